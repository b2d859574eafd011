"""How things are called and written on pages: filters and names that templates use."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from communique.explorer.marks import CALLED
from communique.views.printable import one_line, printable, shortened

Row = Mapping[str, Any]

QUADS = {
    "verbal-cooperation": "words of cooperation", "material-cooperation": "deeds of cooperation",
    "verbal-conflict": "words of conflict", "material-conflict": "deeds of conflict",
}  # fmt: skip
MODALITIES = ("actual", "planned", "hypothetical", "negated", "alleged")
ENTRY_KINDS = ("demand", "request", "commitment", "threat", "offer")
ACTS = ("asserted", "asked", "promised", "warned", "denied", "praised", "apologised", "declined")


def around(passage: str, trigger: str) -> tuple[str, str, str]:
    """The passage cut before and after its trigger; where the trigger is not found, all of it stands before."""
    told, word = one_line(passage), one_line(trigger)
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told) if word else None
    return (told, "", "") if found is None else (told[: found.start()], found[0], told[found.end() :])


def days(first: object, last: object = None) -> str:
    """One day or two: "21 Oct 2010", "3–9 Oct 2010", "28 Sep – 3 Oct 2010"; "undated" for none."""
    start, end = _day(first), _day(last) or _day(first)
    if start is None or end is None:
        return "undated"
    if start == end:
        return f"{start.day} {start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {start:%b}{year} – {end.day} {end:%b %Y}"


def moment(published: str | None) -> str:
    """ "2010-10-21T09:43+05:30" as "21 Oct 2010, 09:43 +05:30"."""
    if published is None:
        return "undated"
    told = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(.*))?", published)
    if told is None:
        return one_line(published)
    clock = f", {told[2]} {told[3]}".rstrip() if told[2] else ""
    return days(told[1]) + clock


def web(url: str | None) -> str | None:
    """An address that may be made a link: http or https, and nothing that only looks like it."""
    return url if url is not None and re.fullmatch(r"https?://[^\s\x00-\x20\"'<>`\\]+", url, re.IGNORECASE) else None


def to_reader(row: Row, record: str | None = None) -> str:
    """The address at which the reader opens the article of a row, with one record lit."""
    name = record or row.get("number")
    known = name and re.fullmatch(r"[es]\d+", str(name))
    return f"/a/{quote(row['article'], safe='')}" + (f"?show={name}#{name}" if known else "")


def to_dyad(one: str, two: str) -> str:
    """The address of what is told between two."""
    if re.fullmatch(r"[A-Z]{3}( [A-Z]{3})*", one) and re.fullmatch(r"[A-Z]{3}( [A-Z]{3})*", two):
        return f"/d/{quote(one)}-{quote(two)}"
    return "/d?" + urlencode({"a": one, "b": two})


def signed(number: float | None) -> str:
    """A Goldstein value: "+4.0", "−0.3"."""
    return "–" if number is None else f"{number:+.1f}".replace("-", "−")


def counted(number: int, noun: str) -> str:
    """ "1 story", "2 stories", "1,204 events"."""
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else several}"


def _day(told: object) -> dt.date | None:
    if isinstance(told, dt.date):
        return told
    try:
        return dt.date.fromisoformat(str(told)[:10])
    except ValueError:
        return None


def _line(text: object) -> str:
    return "" if text is None else one_line(str(text))


FILTERS: dict[str, Callable[..., Any]] = {
    "around": around, "days": days, "moment": moment, "web": web, "to_reader": to_reader, "signed": signed,
    "counted": counted, "line": _line, "plain": printable, "short": shortened,
}  # fmt: skip
NAMES: dict[str, Any] = {
    "QUADS": QUADS, "MODALITIES": MODALITIES, "ENTRY_KINDS": ENTRY_KINDS, "ACTS": ACTS, "CALLED": CALLED,
    "to_dyad": to_dyad,
}  # fmt: skip
