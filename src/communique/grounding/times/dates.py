"""Builders for what the calendar names: days, months, years, feasts, weekdays, clock times.

A builder goes from matched tokens to a :class:`Reading`, or to None to refuse.
"""

import datetime as dt
from dataclasses import replace

from communique.grounding.times import calendar
from communique.grounding.times.anchor import Anchor, Reading
from communique.grounding.times.calendar import Stretch
from communique.grounding.times.found import Found, after_word, narrowed
from communique.grounding.times.lexicon import CLASSES

MONTH_SPAN = {"half": 6, "quarter": 3}


def written(found: Found, anchor: Anchor) -> Reading | None:
    """ "2010-10-21", "10/21/2010"."""
    date = found.get("ISO", "SLASHED")
    return Reading("DATE", date.isoformat(), calendar.day(date)) if isinstance(date, dt.date) else None


def month_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "Oct. 21", "Thursday, 21 October 2010"."""
    month, day = found.number("MONTH", "MAYBE_MONTH", "SHORT_MONTH") or 1, found.number("DAY", "NTH_DAY") or 0
    year = found.number("YEAR")
    try:
        date = dt.date(year, month, day) if year else anchor.month_day(month, day)
    except ValueError:
        return None
    if date is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}") if day <= 31 else None
    return Reading("DATE", date.isoformat(), calendar.day(date))


def month_days(found: Found, anchor: Anchor) -> Reading | None:
    """ "3 to 7 May", "Oct. 19-22, 2010": two days of one month; the value is an ISO 8601 interval."""
    kinds = {CLASSES["DAY"], CLASSES["NTH_DAY"]}
    first, last = (place for place, token in enumerate(found.tokens) if token.kind in kinds)
    ends = [
        month_day(replace(found, tokens=tuple(t for p, t in enumerate(found.tokens) if p != other)), anchor)
        for other in (last, first)
    ]
    if ends[0] is None or ends[1] is None or ends[0].stretch is None or ends[1].stretch is None:
        return None
    if ends[0].stretch.start >= ends[1].stretch.start:
        return None
    return Reading("DATE", f"{ends[0].value}/{ends[1].value}", ends[0].stretch.cover(ends[1].stretch))


def month(found: Found, anchor: Anchor) -> Reading | None:
    """ "March", "late last March", "March 2009", "March of next year"."""
    number = found.number("MONTH", "MAYBE_MONTH", "SHORT_MONTH") or 1
    year = found.number("YEAR")
    if year is None and found.has("UNIT"):
        if found.unit != "year" or anchor.day is None:
            return None
        year = anchor.day.year + {"LAST": -1, "NEXT": 1}.get(found.relation or "", 0)
    stretch = calendar.month(year, number) if year else anchor.month(number, found.relation)
    if stretch is None:
        return narrowed(found, Reading("DATE", f"XXXX-{number:02d}"))
    return narrowed(found, Reading("DATE", calendar.unit_value(stretch.start, "month"), stretch))


_COUNTED = frozenset({
    "people", "men", "women", "soldiers", "troops", "dollars", "tons", "votes", "jobs", "shares", "points", "miles",
    "feet", "euros",
})  # fmt: skip


_NUMBERED = frozenset({"no", "flight", "room", "route", "highway", "number", "#", "resolution"})


def year(found: Found, anchor: Anchor) -> Reading | None:
    """ "2009", "late 1989", "fiscal 1990"; a number of things counted, of money or of a flight is none."""
    number = found.number("YEAR") or 0
    if found.before and (found.before[-1].kind == CLASSES["MONEY"] or found.before[-1].data in _NUMBERED):
        return None
    if found.after and (found.after[0].data in _COUNTED or found.after[0].kind in (CLASSES["ZONE"], CLASSES["UNITS"])):
        return None
    if anchor.day is not None and number > anchor.day.year + 60:
        return None
    return narrowed(found, Reading("DATE", f"{number:04d}", calendar.year(number)))


def spoken_year(found: Found, anchor: Anchor) -> Reading | None:
    """ "nineteen ninety-six", "the year two thousand", as broadcasters write."""
    numbers = [token.data for token in found.tokens if token.kind == CLASSES["COUNT"] and isinstance(token.data, int)]
    if numbers[:2] == [2, 1000] and len(numbers) <= 3 and found.has("UNIT"):
        number = 2000 + sum(numbers[2:])
    elif numbers[0] in (17, 18, 19, 20) and 10 <= numbers[1] < 100 and (len(numbers) == 2 or numbers[2] < 10):
        number = numbers[0] * 100 + sum(numbers[1:])
    else:
        return None
    return Reading("DATE", f"{number:04d}", calendar.year(number))


def decade(found: Found, anchor: Anchor) -> Reading | None:
    """ "the 1990s", "the late '80s"."""
    first = found.number("DECADE") or 0
    return narrowed(found, Reading("DATE", f"{first // 10}", calendar.years(first, first + 9)))


def ordinal_unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "the third quarter of 2009", "first-half", "the 19th century", "the second quarter"."""
    unit = "half" if found.has("HALF") else found.name("UNIT") or ""
    number = found.number("ORDINAL", "SECOND", "NTH_DAY")
    if unit == "century" and number:
        return narrowed(
            found, Reading("DATE", f"{number - 1:02d}", calendar.years(number * 100 - 100, number * 100 - 1))
        )
    whole = found.number("YEAR")
    if unit not in MONTH_SPAN:
        return None
    if number is None:
        return None
    if number > 12 // MONTH_SPAN[unit]:
        return None
    if whole is None and any(token.data == "year" for token in found.tokens) and anchor.day is not None:
        whole = anchor.day.year + {"LAST": -1, "NEXT": 1}.get(found.relation or "", 0)
    if whole is None:
        chosen = anchor.quarter(number if unit == "quarter" else number * 2 - 1)
        if chosen is None:
            return Reading("DATE", f"XXXX-Q{number}" if unit == "quarter" else f"XXXX-H{number}")
        whole = chosen[0]
    if unit == "half":
        return Reading("DATE", f"{whole:04d}-H{number}", calendar.half(whole, number))
    return Reading("DATE", f"{whole:04d}-Q{number}", calendar.quarter(whole, number))


def season(found: Found, anchor: Anchor) -> Reading | None:
    """ "last summer", "the winter of 1990"; a bare "fall" or "spring" needs an article, a relation or a year."""
    name = found.name("SEASON") or ""
    whole = found.number("YEAR")
    if len(found.tokens) == 1 and (name in ("fall", "spring") and not after_word(found, "in", "since", "until")):
        return None
    if name == "fall" and found.after and found.after[0].data in ("of", "in", "into"):
        return None
    if whole is None and found.has("UNIT") and anchor.day is not None:
        whole = anchor.day.year + {"LAST": -1, "NEXT": 1}.get(found.relation or "", 0)
    letters = calendar.SEASONS[name][0]
    if whole is not None:
        return narrowed(found, Reading("DATE", f"{whole:04d}-{letters}", calendar.season(whole, name)))
    chosen = anchor.season(name, found.relation)
    if chosen is None:
        return Reading("DATE", f"XXXX-{letters}")
    return narrowed(found, Reading("DATE", f"{chosen[0]:04d}-{letters}", chosen[1]))


def feast(found: Found, anchor: Anchor) -> Reading | None:
    """ "Christmas Day", "last Thanksgiving", "New Year's Day 2009"."""
    name, whole = found.name("FEAST") or "", found.number("YEAR")
    date = calendar.feast(name, whole) if whole else anchor.feast(name, found.relation)
    if name == "sept-11" and not whole:
        date = dt.date(2001, 9, 11)
    return Reading("DATE", date.isoformat() if date else "XXXX-XX-XX", calendar.day(date) if date else None)


def weekday(found: Found, anchor: Anchor) -> Reading | None:
    """ "Tuesday", "next Friday", "late Monday"."""
    number = found.number("WEEKDAY") or 0
    if found.has("THE"):
        if found.relation is None:
            return None
        anchor = replace(anchor, day=anchor.previous.start if anchor.previous is not None else anchor.day)
    date = anchor.weekday(number, found.relation)
    if date is None:
        return Reading("DATE", f"XXXX-WXX-{number + 1}", None, found.mod)
    return Reading("DATE", date.isoformat(), calendar.day(date), found.mod)


def today(found: Found, anchor: Anchor) -> Reading | None:
    """ "today", "yesterday", "late tomorrow"."""
    if anchor.day is None:
        return Reading("DATE", "PRESENT_REF" if found.number("TODAY") == 0 else "XXXX-XX-XX")
    date = anchor.day + dt.timedelta(days=found.number("TODAY") or 0)
    return Reading("DATE", date.isoformat(), calendar.day(date), found.mod)


def _base_day(found: Found, anchor: Anchor) -> dt.date | None:
    """The day that a part of day or a clock time belongs to: one named beside it, that of the text before, today."""
    if anchor.day is None and not found.has("YEAR"):
        return None
    if found.has("MONTH", "MAYBE_MONTH", "SHORT_MONTH"):
        months = {CLASSES[name] for name in ("MONTH", "MAYBE_MONTH", "SHORT_MONTH")}
        first = next(place for place, token in enumerate(found.tokens) if token.kind in months)
        reading = month_day(replace(found, tokens=found.tokens[first:]), anchor)
        return reading.stretch.start if reading is not None and reading.stretch is not None else None
    if found.has("WEEKDAY"):
        return anchor.weekday(found.number("WEEKDAY") or 0, found.relation)
    if anchor.day is None:
        return None
    if found.has("TODAY"):
        return anchor.day + dt.timedelta(days=found.number("TODAY") or 0)
    if found.has("THIS"):
        return anchor.day
    if found.has("LAST") and not found.has("THE"):
        return anchor.day - dt.timedelta(days=1)
    known = anchor.previous.start if anchor.previous is not None and anchor.previous.precision == "day" else anchor.day
    if found.has("NEXT"):
        return known + dt.timedelta(days=1)
    return known - dt.timedelta(days=1) if found.has("LAST") else known


def part_of_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "Tuesday night", "this morning", "yesterday afternoon", "tonight"."""
    part = found.name("PART") or "NI"
    if found.has("TONIGHT") and anchor.day is not None:
        date: dt.date | None = anchor.day + dt.timedelta(days=found.number("TONIGHT") or 0)
    else:
        date = _base_day(found, anchor)
    if date is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", None, found.mod)
    return Reading("TIME", f"{date.isoformat()}T{part}", calendar.day(date), found.mod)


def clock(found: Found, anchor: Anchor) -> Reading | None:
    """ "9 a.m.", "0430 GMT", "noon Thursday", "5 p.m. EST, Nov. 6"."""
    half = found.name("AMPM")
    if found.has("NOON"):
        minutes = found.number("NOON") or 0
    elif found.has("CLOCK"):
        minutes = found.number("CLOCK") or 0
    elif found.has("MILITARY", "YEAR") and half is None and not found.has("OCLOCK"):
        raw = found.number("MILITARY", "YEAR") or 0
        minutes = raw // 100 * 60 + raw % 100
    else:
        minutes = (found.number("DAY", "COUNT") or 0) * 60
    if (
        found.has("CLOCK")
        and half is None
        and not found.has("ZONE", "WEEKDAY", "TODAY")
        and not after_word(found, "at", "by", "until", "till", "from", "around", "about", "since", "before", "after")
    ):
        return None
    if half is not None:
        if minutes >= 13 * 60:
            return None
        minutes = minutes % 720 + (720 if half == "p" else 0)
    if minutes > 1440:
        return None
    zone = found.name("ZONE") or ""
    date = _base_day(found, anchor)
    text = "24:00" if minutes == 1440 else f"{minutes // 60:02d}:{minutes % 60:02d}"
    suffix = "Z" if zone == "+00:00" else ""
    if date is None:
        return Reading("TIME", f"XXXX-XX-XXT{text}{suffix}", None, found.mod)
    stretch = Stretch(date, date, "minute" if minutes % 60 else "hour", (min(minutes, 1439), zone))
    return Reading("TIME", f"{date.isoformat()}T{text}{suffix}", stretch, found.mod)
