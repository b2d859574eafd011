"""Dates that a page states, read without guessing.

What enters is one short line or attribute ("October 21, 2010 09:43 IST", "2010-10-21T04:13:00Z"); what leaves is
:class:`Stamp` objects, and from them one ISO 8601 string. A day that the page does not state is never made up: a month
and day without a year give no stamp, and 01/02/2010 stays open until the outlet's country is known.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from communique.intake.zones import is_zone, offset_minutes

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>[12]\d{3})\b"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"(?<![\d/.-]){_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?![\d/.-]*\d[/.-])(?=\b|T)",
        rf"(?<![\d/.-]){_YEAR[:-2]}(?P<m>\d{{2}})(?P<day>\d{{2}})(?=T\d{{4}}|\b)",
        rf"\b{_MONTH}\s*{_DAY}(?:\s*[,.])?\s+{_YEAR}",
        rf"(?<![\d/.-]){_DAY}(?:\s+of\b)?[\s,/-]*{_MONTH}[\s,/-]*{_YEAR}",
        rf"\b{_YEAR}[\s,]+{_MONTH}\s*{_DAY}",
        rf"(?<![\d/.-])(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})(?P=mark){_YEAR}",
    )
)
_TIME = re.compile(
    r"(?<![\d:.+-])(?:T)?(?P<hour>\d{1,2})(?:(?P<mark>[:.h])(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"|(?P<compact>[0-5]\d))?"
    r"\s*(?:hrs|hours)?\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE | re.ASCII,
)
_ZONE = re.compile(
    r"\s*(?:hrs\.?|hours)?[\s,]*[(\[]?(?P<zone>(?:GMT|UTC)\s*[+\-−]\s*\d{1,2}(?::?\d{2})?|[A-Z]{1,4}\b|[+\-−]\d{2}:?\d{2}\b)"
    r"[)\]]?",
    re.ASCII,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated?|modified|revised|edited|corrected)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted|issued|released|created|first\s+published)\b", re.IGNORECASE)
# What ends the reach of a date towards a time of day behind it.
_STOP = re.compile(r"[|•·](?!\s*\d{1,2}[:.]\d\d)|\b(?:updated?|modified|revised|published|posted)\b", re.IGNORECASE)
# Words that may stand on a line beside its date and still leave it a line of date alone.
_BESIDE = re.compile(
    r"\b(?:first|last|originally|published|publication|posted|updated?|modified|revised|issued|released|created|edited"
    r"|uploaded|date|time|on|at|the|of|as|hrs|hours|hour|local|edition|am|pm|print|web|online|version|story|article)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][\w.'’-]*(?:[ ,]+[A-Z][\w.'’-]*){0,3}\s*[,:/–—-]+\s*")
# Month before day in these countries' outlets; after it in all others except Canada, which uses both.
_MONTH_FIRST = frozenset({"USA", "PHL", "FSM", "PLW", "MHL"})
_BOTH_ORDERS = frozenset({"CAN"})
_EARLIEST_YEAR = 1700
_LONGEST_DATE_LINE = 140
_HAS_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


class Rank(IntEnum):
    """How directly a stamp says when the article was published; lower is better."""

    PUBLISHED = 0
    UNLABELLED = 1
    UPDATED = 2
    ADDRESS = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """One date on the page, with its time and zone letters as far as they are stated.

    `month` and `day` are 0 while `numeric` (the two numbers of 01/02/2010) is undecided. `start` and `end` are offsets
    into the line that was read.
    """

    year: int
    month: int
    day: int
    start: int
    end: int
    rank: Rank = Rank.UNLABELLED
    numeric: tuple[int, int] | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    zone: str | None = None


def find(line: str) -> tuple[Stamp, ...]:
    """The dates that stand in `line`, in order, each with the first time of day near it and the zone after that."""
    dated: list[Stamp] = []
    for pattern in _DATES:
        for match in pattern.finditer(line):
            stamp = _from_match(match)
            if stamp is not None and not any(stamp.start < each.end and each.start < stamp.end for each in dated):
                dated.append(stamp)
    dated.sort(key=lambda stamp: stamp.start)
    found = []
    for position, stamp in enumerate(dated):
        before = dated[position - 1].end if position else 0
        after = dated[position + 1].start if position + 1 < len(dated) else len(line)
        found.append(replace(_with_time(stamp, line, before, after), rank=_rank(line[before : stamp.start])))
    return tuple(found)


def is_date_line(line: str, *, with_place: bool = True) -> bool:
    """Whether `line` holds a date and besides it only labels, week-days, times, and with `with_place` a place.

    True for "Updated: Thursday, 21 October, 2010, 14:02 GMT 15:02 UK"; false for a sentence that contains a date.
    """
    # Cheap tests first: every line of every page comes by here.
    if len(line) > _LONGEST_DATE_LINE or not _HAS_YEAR.search(line):
        return False
    stamps = find(line)
    if not stamps:
        return False
    rest = line
    for stamp in reversed(stamps):
        rest = rest[: stamp.start] + " " + rest[stamp.end :]
    if with_place and (place := _PLACE.match(line)) and place.end() <= stamps[0].start:
        rest = rest[place.end() :]
    rest = _WEEKDAY.sub(" ", rest)
    rest = re.sub(
        r"\bT?\d{1,2}(?:[:.]?\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z\b|\s*[ap]\.?m\b\.?)?", " ", rest, flags=re.IGNORECASE
    )
    rest = re.sub(r"(?:GMT|UTC)?[+\-−]\d{1,2}(?::?\d{2})?", " ", rest)
    rest = re.sub(r"\b[A-Z]{1,4}\b", lambda match: " " if is_zone(match[0]) else match[0], rest)
    return not re.search(r"\w", _BESIDE.sub(" ", rest))


def settle(stamps: Iterable[Stamp], *, country: str | None) -> tuple[str | None, bool]:
    """The time of publication in ISO 8601 that `stamps` state, and whether only an ambiguous date was found.

    A published date goes before an unlabelled one, that before an update, that before the date in the page's address;
    of stamps of the same day the most exact is taken. `country` (ISO 3166-1 alpha-3, of the outlet) decides the order
    of 01/02/2010 and the meaning of zone letters: "October 21, 2010 09:43 IST" gives "2010-10-21T09:43+05:30" for an
    Indian outlet.
    """
    ordered = sorted(stamps, key=lambda stamp: stamp.rank)
    decided = [each for stamp in ordered if (each := _decide(stamp, country)) is not None]
    if not decided:
        return None, bool(ordered)
    first = decided[0]
    same_day = [each for each in decided if (each.year, each.month, each.day) == (first.year, first.month, first.day)]
    trusted = [each for each in same_day if each.rank < Rank.UPDATED or each.rank == first.rank]
    best = max(trusted, key=lambda each: (each.hour is not None, each.zone is not None))
    return _iso(_in_local_zone(best, decided, country), country), False


def _from_match(match: re.Match[str]) -> Stamp | None:
    groups = match.groupdict()
    year, numeric = int(groups["year"]), None
    if groups.get("a"):
        first, second = int(groups["a"]), int(groups["b"])
        month, day = 0, 0
        if first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            numeric = (first, second)
    elif groups.get("month"):
        short = groups["month"][:3].lower()
        month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(short))
        day = int(groups["day"])
    else:
        month, day = int(groups["m"]), int(groups["day"])
    stamp = Stamp(year, month, day, match.start(), match.end(), numeric=numeric)
    if numeric:
        return stamp if min(numeric) >= 1 and year >= _EARLIEST_YEAR else None
    return stamp if _is_day(year, month, day) else None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return year >= _EARLIEST_YEAR


def _with_time(stamp: Stamp, line: str, before: int, after: int) -> Stamp:
    """The stamp with the nearest time of day: behind it up to the next date or label, else in front of it."""
    stop = _STOP.search(line, stamp.end, after)
    for low, high in ((stamp.end, stop.start() if stop else after), (before, stamp.start)):
        for match in _TIME.finditer(line, low, high):
            timed = _read_time(stamp, match, line, high)
            if timed is not None:
                return timed
    return stamp


def _read_time(stamp: Stamp, match: re.Match[str], line: str, limit: int) -> Stamp | None:
    hour, minute, second = int(match["hour"]), int(match["minute"] or match["compact"] or 0), int(match["second"] or 0)
    zone_match = _ZONE.match(line, match.end(), limit)
    zone = zone_match["zone"] if zone_match else None
    if zone and zone[-1].isalpha() and not is_zone(zone):
        zone = None
    # A bare number is a time only with "am", "pm", or ("0943 GMT", "T0943Z") four digits and a zone.
    if not match["minute"] and not match["half"] and not (match["compact"] and len(match["hour"]) == 2 and zone):
        return None
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return replace(stamp, hour=hour, minute=minute, second=second, zone=zone)


def _rank(label: str) -> Rank:
    if _UPDATED.search(label):
        return Rank.UPDATED
    return Rank.PUBLISHED if _PUBLISHED.search(label) else Rank.UNLABELLED


def _decide(stamp: Stamp, country: str | None) -> Stamp | None:
    if stamp.numeric is None:
        return stamp
    if country is None or country in _BOTH_ORDERS:
        return None
    first, second = stamp.numeric
    month, day = (first, second) if country in _MONTH_FIRST else (second, first)
    return replace(stamp, month=month, day=day, numeric=None) if _is_day(stamp.year, month, day) else None


def _in_local_zone(best: Stamp, others: list[Stamp], country: str | None) -> Stamp:
    """The same moment in the outlet's own zone where the page states it so too: machines write UTC, people do not."""
    moment = _moment(best, country)
    if moment is None or moment.utcoffset():
        return best
    for other in others:
        same = _moment(other, country)
        if same is not None and same.utcoffset() and abs(same - moment) < dt.timedelta(minutes=1):
            return other
    return best


def _moment(stamp: Stamp, country: str | None) -> dt.datetime | None:
    day = dt.date(stamp.year, stamp.month, stamp.day)
    minutes = None if stamp.zone is None else offset_minutes(stamp.zone, country=country, day=day)
    if stamp.hour is None or minutes is None:
        return None
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    return dt.datetime(day.year, day.month, day.day, stamp.hour, stamp.minute, stamp.second, tzinfo=zone)


def _iso(stamp: Stamp, country: str | None) -> str:
    day = dt.date(stamp.year, stamp.month, stamp.day)
    if stamp.hour is None:
        return day.isoformat()
    time = f"{stamp.hour:02}:{stamp.minute:02}" + (f":{stamp.second:02}" if stamp.second else "")
    minutes = None if stamp.zone is None else offset_minutes(stamp.zone, country=country, day=day)
    if minutes is None:
        return f"{day.isoformat()}T{time}"
    sign = "-" if minutes < 0 else "+"
    return f"{day.isoformat()}T{time}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def in_address(url: str) -> Iterator[Stamp]:
    """The day that the path of a web address spells as /2010/10/21/ or /2010-10-21; none for a month alone."""
    match = re.search(r"/([12]\d{3})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)", url, re.ASCII)
    match = match or re.search(r"/((?:19|20)\d{2})(\d{2})(\d{2})(?=[/-]|$)", url, re.ASCII)
    if match and _is_day(int(match[1]), int(match[2]), int(match[3])):
        yield Stamp(int(match[1]), int(match[2]), int(match[3]), 0, 0, rank=Rank.ADDRESS)
