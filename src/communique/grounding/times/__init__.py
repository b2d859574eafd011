"""Times: what a text says of when; spans, TIMEX3 values and calendar days, from the article's date.

Enters a :class:`Document` (its words' tags and arcs help with tense, but are not needed); leaves time mentions in order
of text. An own grammar over the text's tokens (:mod:`grammar`), no parser; values follow TIMEX3 (TimeML 1.2.1,
ISO 24617-1). Without a document date a relative expression keeps its value with `X` and has no interval.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from communique.grounding.times.anchor import Anchor, Reading, Timex
from communique.grounding.times.calendar import Stretch, shift
from communique.grounding.times.found import Found
from communique.grounding.times.grammar import ANY, RULES
from communique.grounding.times.lexicon import CLASSES, Token, tokens
from communique.grounding.times.tense import tense_at
from communique.records import Document, Interval, Span

__all__ = ["TimeMention", "Timex", "find"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One expression of time.

    `kind` is the mention kind of the records, `timex` the TIMEX3 type (which also knows SET: what recurs), `value` and
    `mod` as in TIMEX3 ("2010-W42", "PT30M", "PAST_REF"; "START", "APPROX"). `interval` gives calendar days, both
    inclusive, where the words and the document's date allow it; after "since" or "until", and in ranges, it runs to the
    other end, which the TIMEX3 value does not.
    """

    span: Span
    kind: Literal["DATE", "TIME", "DURATION"]
    timex: Timex
    value: str
    mod: str | None
    interval: Interval | None


def find(document: Document) -> tuple[TimeMention, ...]:
    """The time expressions of a document, in order of text, none overlapping another.

    "on Tuesday" in an article of Thursday 21 October 2010 is 2010-10-19 after a past verb; "this week" is Monday 18 to
    Sunday 24 October; "in recent months" runs from 1 June to 21 October.
    """
    found = list(_matches(document))
    return tuple(_mention(document, each, found, index) for index, each in enumerate(found))


@dataclass(frozen=True, slots=True)
class _Match:
    first: int
    last: int
    span: Span
    reading: Reading
    before: tuple[Token, ...]
    dated: bool


def _matches(document: Document) -> Iterator[_Match]:
    """Longest matches from left to right; each may anchor those after it."""
    row = tuple(tokens(document.text))
    line = "".join(token.kind for token in row)
    anchor = Anchor(document.article.day, lambda: None)
    position = after = 0
    while position < len(line):
        if line[position] in _NEVER_FIRST or ANY.match(line, position) is None:
            position += 1
            continue
        if anchor.recent is not None and row[position].start - anchor.recent_end > _COMPARED:
            anchor.recent = None
        if anchor.week is not None and any(each in _ENDS for each in line[after:position]):
            anchor.week = None
        match = _longest(document, row, line, position, anchor)
        if match is None:
            position += 1
            continue
        yield match
        _remember(anchor, match, "".join(token.kind for token in row[position : match.last]))
        position = after = match.last
        if match.reading.stretch is not None and match.reading.value.find("-W") > 0 and "WE" not in match.reading.value:
            anchor.week = match.reading.stretch


# What ends a sentence or a paragraph; the full stops of abbreviations are not tokens of their own.
_ENDS = frozenset((CLASSES["DOT"], CLASSES["BREAK"]))
# How far back in characters "a year earlier" may look for the quarter that it is compared with: about two sentences.
_COMPARED = 250


def _remember(anchor: Anchor, match: _Match, kinds: str) -> None:
    """Let what was dated anchor what follows; what was itself counted from something else does not."""
    stretch = match.reading.stretch
    if stretch is None or match.reading.type not in ("DATE", "TIME"):
        return
    if any(CLASSES[name] in kinds for name in ("AGO", "EARLIER", "LATER")) and stretch.precision == "quarter":
        return
    anchor.previous = stretch
    anchor.spoken[stretch.precision] = stretch
    if stretch.precision == "quarter" and "Q" in match.reading.value:
        anchor.recent, anchor.recent_end = stretch, match.span.end


# Classes that begin no rule: most of a text, skipped without trying.
_NEVER_FIRST = frozenset(
    CLASSES[name]
    for name in ("OTHER", "COMMA", "DOT", "OF", "IN", "ON", "AND", "HYPHEN", "BREAK", "ZONE", "AMPM", "POSSESSIVE",
                 "OLD", "LONG", "TERM", "TIME_WORD", "THAN", "MONEY", "AGO", "TO", "OCLOCK")
)  # fmt: skip


def _longest(document: Document, row: tuple[Token, ...], line: str, position: int, anchor: Anchor) -> _Match | None:
    """The longest rule match that its builder accepts, from this token on."""
    if _person(document, row[position]):
        return None
    candidates = []
    for rule, builder in RULES:
        match = rule.match(line, position)
        if match is not None and match.end() > position:
            candidates.append((match.end(), builder))
    candidates.sort(key=lambda each: -each[0])
    for end, builder in candidates:
        before = row[max(0, position - 6) : position]
        since = bool(before) and before[-1].data == "since"
        anchor.tense = _past if since else partial(tense_at, document, row[position].start)
        reading = builder(Found(row[position:end], before, row[end : end + 3]), anchor)
        if reading is not None:
            span = Span(row[position].start, row[end - 1].end)
            return _Match(position, end, span, reading, before, CLASSES["YEAR"] in line[position:end])
    return None


def _past() -> Literal["past"]:
    """What follows "since" has begun, whatever the clause around it."""
    return "past"


_NAMES = frozenset(CLASSES[name] for name in ("MONTH", "MAYBE_MONTH", "SHORT_MONTH", "SEASON"))


def _person(document: Document, token: Token) -> bool:
    """Whether a word that can be a month belongs to somebody's name ("April Glaspie", "Theresa May")."""
    return token.kind in _NAMES and any(
        each.kind == "PERSON" and each.span.start <= token.start and token.end <= each.span.end
        for each in document.mentions
    )


def _mention(document: Document, match: _Match, found: list[_Match], index: int) -> TimeMention:
    reading = match.reading
    stretch, evidence = reading.stretch, match.span
    if stretch is not None and reading.type != "SET":
        stretch, evidence = _opened(document, match, found, index, stretch)
    kind: Literal["DATE", "TIME", "DURATION"] = "DATE" if reading.type == "SET" else reading.type
    return TimeMention(match.span, kind, reading.type, reading.value, reading.mod, _interval(stretch, evidence))


def _opened(
    document: Document, match: _Match, found: list[_Match], index: int, stretch: Stretch
) -> tuple[Stretch, Span]:
    """The stretch as the words around it open it: ranges, "since", "until"; and the words that say so."""
    word = match.before[-1] if match.before else None
    lead = word.data if word is not None else None
    following = found[index + 1] if index + 1 < len(found) else None
    previous = found[index - 1] if index else None
    if following is not None and _range(document.text, match, following) and following.reading.stretch is not None:
        return _in_year_of(match, following, stretch).cover(following.reading.stretch), match.span.cover(following.span)
    if previous is not None and _range(document.text, previous, match) and previous.reading.stretch is not None:
        return _in_year_of(previous, match, previous.reading.stretch).cover(stretch), previous.span.cover(match.span)
    day = document.article.day
    if word is None or day is None or match.reading.type != "DATE":
        return stretch, match.span
    if lead == "since" and stretch.start <= day:
        return replace(stretch, end=max(day, stretch.start), clock=None), Span(word.start, match.span.end)
    if lead in ("until", "till", "through") and stretch.end >= day:
        return replace(stretch, start=min(day, stretch.end), clock=None), Span(word.start, match.span.end)
    return stretch, match.span


def _in_year_of(first: _Match, second: _Match, stretch: Stretch) -> Stretch:
    """The days of the first end of a range, moved to the year that only the second end states."""
    if first.dated or not second.dated or second.reading.stretch is None:
        return stretch
    end = second.reading.stretch.end
    years = stretch.start.year - end.year
    moved = replace(stretch, start=shift(stretch.start, -years, "year"), end=shift(stretch.end, -years, "year"))
    if moved.start > end:
        moved = replace(moved, start=shift(moved.start, -1, "year"), end=shift(moved.end, -1, "year"))
    return moved


def _range(text: str, first: _Match, second: _Match) -> bool:
    """Whether the two are the ends of "from … to", "between … and", "…–…"."""
    between = text[first.span.end : second.span.start].strip().lower()
    lead = first.before[-1].data if first.before else None
    if between == "and":
        return lead == "between"
    return between in ("-", "–", "to", "through") or (between in ("until", "till") and lead == "from")


def _interval(stretch: Stretch | None, evidence: Span) -> Interval | None:
    if stretch is None or stretch.start in (dt.date.min, dt.date.max):
        return None
    start, end = stretch.start.isoformat(), stretch.end.isoformat()
    if stretch.clock is not None:
        minutes, zone = stretch.clock
        start = end = f"{start}T{minutes // 60:02d}:{minutes % 60:02d}{zone}"
    return Interval(start, end, stretch.precision, "stated", evidence)
