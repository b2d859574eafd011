"""Marks: spans of an article that overlap in any way → pieces of text that each know which records they belong to.

A word may be the target of one event, the source of another and part of a quotation. The text is cut at every border of
every span, so that pieces never overlap, and each carries all marks that cover it.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.records import CodedArticle, Correction, Event, Participant, Span, Statement
from communique.store.amend import SPANS
from communique.store.amend import span as span_in

# From the weakest to the strongest: where one event marks a word twice, the stronger role is shown.
ROLES = ("words", "said", "cue", "speaker", "addressee", "place", "time", "target", "source", "trigger")
# What a role is called beside the words.
CALLED = {
    "words": "evidence", "said": "said", "cue": "cue", "speaker": "speaker", "addressee": "to", "place": "where",
    "time": "when", "target": "whom", "source": "who", "trigger": "did",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span with the record ("e3", "s1") and the role in it that its words fill."""

    span: Span
    of: str
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the marks that cover all of it; `begins` are those that begin with it, `start` is the
    place of its first character in the article."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]
    start: int = 0

    @property
    def names(self) -> str:
        """The marks as the page carries them: "e1:source s2:said"; the strongest of each record."""
        strongest = {mark.of: mark for mark in sorted(self.marks, key=lambda mark: ROLES.index(mark.role))}
        return " ".join(f"{mark.of}:{mark.role}" for mark in strongest.values())

    @property
    def openings(self) -> str:
        """The marks that begin here, in the same form."""
        return " ".join(f"{mark.of}:{mark.role}" for mark in self.begins)

    def role(self, record: str | None) -> str | None:
        """The strongest role that these words have in one record."""
        roles = [mark.role for mark in self.marks if mark.of == record]
        return max(roles, key=ROLES.index) if roles else None

    def opens(self, record: str, role: str) -> bool:
        """Whether the words of this role of a record begin here."""
        return any(mark.of == record and mark.role == role for mark in self.begins)


def marks_of(coded: CodedArticle) -> list[Mark]:
    """The marks of all events and statements of an article."""
    spans = {each.id: each.span for each in coded.mentions}
    found: set[Mark] = set()
    for event in coded.events:
        found.update(_event_marks(event, spans))
    for statement in coded.statements:
        found.update(_statement_marks(statement, spans))
    return sorted(found)


def places_of(coded: CodedArticle, record: str) -> list[tuple[str, str]]:
    """Where the words of a record stand, for an article without its text: what they are, and which characters."""
    own = sorted((mark for mark in marks_of(coded) if mark.of == record), key=lambda mark: (mark.span.start, mark.role))
    return [(CALLED[mark.role], f"{mark.span.start}–{mark.span.end}") for mark in own]


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a text: what stands between blank lines."""
    start = 0
    for gap in re.finditer(r"\n\s*\n", text):
        yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))


def pieces(text: str, inside: Span, marks: Sequence[Mark]) -> list[Piece]:
    """The pieces of the stretch `inside` of a text, in order; together they are all of it."""
    here = [mark for mark in marks if mark.span.overlaps(inside)]
    borders = {inside.start, inside.end}
    for mark in here:
        borders.update(place for place in (mark.span.start, mark.span.end) if inside.start < place < inside.end)
    cuts = sorted(borders)
    found, active = [], sorted(here)
    for start, end in itertools.pairwise(cuts):
        active = [mark for mark in active if mark.span.end > start]
        over = tuple(mark for mark in active if mark.span.start <= start)
        begins = tuple(mark for mark in over if max(mark.span.start, inside.start) == start)
        found.append(Piece(text[start:end], over, begins, start))
    return found


def moved(marks: Sequence[Mark], spans: Mapping[str, Span | None]) -> list[Mark]:
    """The marks of one event, its words where a person has put them: `spans` by role, None for no words."""
    kept = [mark for mark in marks if mark.role not in spans]
    of = marks[0].of if marks else ""
    return sorted([*kept, *(Mark(span, of, role) for role, span in spans.items() if span is not None)])


def roles_set(decision: Correction) -> dict[str, Span | None]:
    """The words that a decision set, by role; None for no words."""
    told = {
        each.field.removesuffix("_span"): span_in(each.new or "") for each in decision.changes if each.field in SPANS
    }
    return {role: None if each is None else Span(each[0], each[1]) for role, each in told.items()}


def around(text: str, event: Event) -> Span:
    """The paragraph that holds the event's trigger."""
    return next((each for each in paragraphs(text) if each.contains(event.trigger)), event.trigger)


def _event_marks(event: Event, spans: dict[str, Span]) -> Iterable[Mark]:
    yield Mark(event.trigger, event.id, "trigger")
    for role, participants in (("source", event.sources), ("target", event.targets)):
        yield from _named(event.id, role, participants, spans)
    if event.when is not None and event.when.evidence is not None:
        yield Mark(event.when.evidence, event.id, "time")
    if event.where is not None:
        yield Mark(event.where.evidence, event.id, "place")
    for each in event.evidence:
        if len(each.span):
            yield Mark(each.span, event.id, each.field if each.field in ROLES else "words")


def _statement_marks(statement: Statement, spans: dict[str, Span]) -> Iterable[Mark]:
    for each in statement.content:
        yield Mark(each, statement.id, "said")
    if statement.cue is not None:
        yield Mark(statement.cue, statement.id, "cue")
    yield from _named(statement.id, "speaker", statement.speakers, spans)
    if statement.addressee is not None:
        yield from _named(statement.id, "addressee", (statement.addressee,), spans)


def _named(record: str, role: str, participants: Iterable[Participant], spans: dict[str, Span]) -> Iterable[Mark]:
    return (Mark(spans[each.mention], record, role) for each in participants if each.mention in spans)
