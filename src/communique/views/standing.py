"""Events as they stand: what was coded in an article, with what people corrected laid over it.

Forms that point into the article need its places, which the flat rows of a table do not all have; corrections are in
the rows only. Here both come together.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.records import CodedArticle, Event, Participant, Span
from communique.store.rows import event_rows

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One source or target: what is known of it, and where it is named; a side that a person set has no place."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    registry_id: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One event: its flat `row`, its sides, and the places that it rests on; `corrections` are the ids of those that
    changed it."""

    row: Row
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    trigger: Span
    evidence: tuple[tuple[str, Span], ...]
    corrections: tuple[str, ...]


def standing(coded: CodedArticle, rows: Iterable[Row] | None = None) -> Iterator[Standing]:
    """The events of the article that have flat `rows`, as these have them; without rows, all as they were coded."""
    events = {each.id: each for each in coded.events}
    was = {row["number"]: row for row in event_rows(coded)}
    for row in was.values() if rows is None else rows:
        yield _standing(coded, row, events.get(row["number"]), was.get(row["number"]))


def _standing(coded: CodedArticle, row: Row, event: Event | None, was: Row | None) -> Standing:
    trigger = Span(row["start"], row["end"])
    sides = {name: tuple(_sides(coded, row, name, trigger, event, was)) for name in ("sources", "targets")}
    evidence = () if event is None or was is None else tuple(
        (each.field, each.span) for each in event.evidence if _holds(each.field, row, was)
    )  # fmt: skip
    told = row.get("corrections") or ""
    corrections = tuple(filter(None, told.split("; ")))
    return Standing(row, sides["sources"], sides["targets"], trigger, evidence, corrections)


# The columns of a row that the evidence for a field speaks for; once one was corrected, the words speak for it no more.
_COLUMNS = {
    "trigger": ("start", "end"), "source": ("sources",), "target": ("targets",),
    "when": ("first_day", "last_day", "time_words"), "where": ("place", "place_words"),
}  # fmt: skip


def _holds(field: str, row: Row, was: Row) -> bool:
    return all(row[name] == was[name] for name in _COLUMNS.get(field, ()))


def _sides(
    coded: CodedArticle, row: Row, name: str, trigger: Span, event: Event | None, was: Row | None
) -> Iterator[Side]:
    spans = {each.id: each.span for each in coded.mentions}
    named: Sequence[Participant] = () if event is None else event.sources if name == "sources" else event.targets
    for number, each in enumerate(row[name]):
        same = was is not None and number < len(was[name]) and was[name][number] == each
        span = spans.get(named[number].mention) if same else _nearest(coded.article.text, each["words"], trigger)
        yield Side(each["name"], each["country"], tuple(each["sectors"]), each["registry_id"], span)


def _nearest(text: str, words: str, trigger: Span) -> Span | None:
    """Where a person's words stand nearest to the trigger; None where there are none."""
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = [Span(match.start(), match.end()) for match in re.finditer(pattern, text)]
    return min(found, key=lambda each: abs(each.start - trigger.start), default=None)
