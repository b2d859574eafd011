"""What stands inside the first and the last paragraph and is not text: the dateline, agency initials, credits."""

import re
from dataclasses import dataclass

from communique.intake import dates, outlets
from communique.intake.assembly import Findings
from communique.intake.furniture import AGENCY

_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*)?"
_DAY = rf"{_WEEKDAY}(?:{_MONTHS} \d{{1,2}}|\d{{1,2}} {_MONTHS})(?:,? [12]\d{{3}})?"
_WORD = rf"(?!{_MONTHS}\b)[A-Z][A-Za-z.'’/-]*"
_PLACE = rf"(?P<place>{_WORD}(?: {_WORD}){{0,3}}(?:, {_WORD}(?: {_WORD}){{0,2}})?)"
_ON = rf",? ?\(?(?P<date>{_DAY})\)?"
_BY = r",? ?[(\[](?P<agency>[A-Z][A-Za-z /.&-]{1,40})[)\]]"
_DATELINE = re.compile(rf"{_PLACE}(?:{_ON})?(?:{_BY})?(?P<mark>\s*(?:--|[–—])\s*|\s+-\s+|\s*:\s+)")
# With both day and agency no dash is needed: "New Delhi, Oct 21 (PTI) The minister …".
_UNMARKED = re.compile(rf"{_PLACE}{_ON}{_BY}(?P<mark>\s+)")
_AGENCY_ONLY = re.compile(
    rf"[(\[](?P<agency>{AGENCY})[)\]]\s*(?:--|[-–—:])?\s*|(?P<bare>{AGENCY})\s*(?:--|[–—]|\s-\s)\s*"
)
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]{2,40}:\s")
_CREDITS = re.compile(
    r"\s*[(\[](?:(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Ww]ritten|[Ee]dited|[Cc]ompiled) by"
    r"|With (?:inputs|reporting) from)[^()\[\]]{2,300}[)\]]\.?$"
)
_INITIALS = re.compile(rf"(?<=[.!?\"”’])\s*(?:[-–—(\[]\s*)*{AGENCY}(?:\s+[A-Z]{{2,4}}){{0,4}}[)\]]*\.?$")
# What remains after a cut must still be a paragraph.
_SHORTEST_REST = 15


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line of the page, and the code of the furniture that it is, if any."""

    text: str
    reason: str | None


def read_dateline(paragraphs: list[str], findings: Findings) -> None:
    """Cut the dateline off the first paragraph, in place: "WASHINGTON, Oct 21 (Reuters) — The …" → "The …".

    A place in capitals before a dash or colon is one; a place in small letters only with a day or an agency behind it.
    A speaker's name in a transcript ("OBAMA: …", and others after it) is none.
    """
    if not paragraphs:
        return
    first = paragraphs[0]
    match = _DATELINE.match(first) or _UNMARKED.match(first)
    if match is None or not _is_dateline(match, paragraphs):
        match = _AGENCY_ONLY.match(first)
    if (
        match is None
        or len(first) - match.end() < _SHORTEST_REST
        or not re.match(r"[A-Z\"“‘'\d]", first[match.end() :])
    ):
        return
    groups = match.groupdict()
    findings.remove(match[0].strip(), "dateline")
    findings.stamps.extend(dates.find(groups.get("date") or ""))
    findings.agency = findings.agency or groups.get("agency") or groups.get("bare")
    findings.place = findings.place or _known_place(groups.get("place"))
    paragraphs[0] = first[match.end() :]


def strip_endings(paragraphs: list[str], findings: Findings) -> None:
    """Cut credits and agency initials off the end of the last paragraph, in place: "… he said. PTI LKJ"."""
    for pattern, reason in ((_INITIALS, "agency-slug"), (_CREDITS, "credit-line"), (_INITIALS, "agency-slug")):
        match = pattern.search(paragraphs[-1]) if paragraphs else None
        if match is not None and match.start() >= _SHORTEST_REST:
            findings.remove(match[0].strip(), reason)
            if reason == "agency-slug" and (name := re.search(AGENCY, match[0])):
                findings.agency = findings.agency or name[0]
            paragraphs[-1] = paragraphs[-1][: match.start()]


def _is_dateline(match: re.Match[str], paragraphs: list[str]) -> bool:
    place, mark = match["place"], match["mark"].strip()
    if match["agency"] and match["date"]:
        return True
    capitals = place.split(",")[0].isupper() and len(place.split(",")[0]) >= 4
    if match["agency"] or match["date"]:
        return capitals or mark != ":" or outlets.is_place(place)
    if not capitals:
        return False
    return mark != ":" or sum(bool(_SPEAKER.match(each)) for each in paragraphs) < 2


def _known_place(place: str | None) -> str | None:
    if place is None:
        return None
    for part in re.split(r"[,/]", place):
        if outlets.is_place(part):
            return part.strip()
    return None
