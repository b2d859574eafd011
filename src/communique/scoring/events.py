"""Scoring of whole texts: protocol `events`.

Nothing is given but the text. Gold and answer are triples (source country + sector, type, target country + sector);
each triple of a text can be right once. Texts without any gold event count: what is answered there lowers precision.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from communique.errors import ScoringError
from communique.records import Actor, Event, Participant

_Item = TypeVar("_Item")

NOBODY = "---"  # the side that an event leaves open

# What counts as an event that took place in words or deeds; a denied, supposed or alleged act does not.
TOLD = frozenset({"actual", "planned"})


@dataclass(frozen=True, slots=True, order=True)
class Triple:
    """Who (country + sector, "USAGOV"; NOBODY for an open side), what (type), to whom."""

    source: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 (0 to 100), and the counts behind them."""

    precision: float
    recall: float
    f1: float
    right: int
    answered: int
    gold: int


@dataclass(frozen=True, slots=True)
class EventScores:
    """Measures of the whole triple, of the type alone, of the two actors alone; `quiet` are texts without gold events,
    `disturbed` those of them in which something was answered."""

    texts: int
    triple: Measure
    type: Measure
    actors: Measure
    quiet: int
    disturbed: int


@dataclass(frozen=True, slots=True)
class GoldText:
    """One hand-coded text."""

    id: str
    text: str
    published: str | None
    triples: tuple[Triple, ...]


def score_events(pairs: Iterable[tuple[Sequence[Triple], Sequence[Triple]]]) -> EventScores:
    """Measures over (gold triples, answered triples), one pair a text; raises `ScoringError` without any pair."""
    texts = list(pairs)
    if not texts:
        raise ScoringError("no texts to score; an events file has one text with its list of events a line")
    quiet = [answer for gold, answer in texts if not gold]
    return EventScores(
        texts=len(texts),
        triple=_measure(texts),
        type=_measure([([each.type for each in gold], [each.type for each in answer]) for gold, answer in texts]),
        actors=_measure([
            ([(each.source, each.target) for each in gold], [(each.source, each.target) for each in answer])
            for gold, answer in texts
        ]),
        quiet=len(quiet),
        disturbed=sum(bool(answer) for answer in quiet),
    )  # fmt: skip


def triples(events: Iterable[Event], actors: Iterable[Actor]) -> list[Triple]:
    """Events as triples: one for each source and target; a reciprocal event one for each pair of its sources, in
    alphabetical order. Denied, supposed and alleged acts are left out, and so are doubles."""
    known = {actor.id: actor for actor in actors}
    found: list[Triple] = []
    for event in events:
        if event.modality not in TOLD:
            continue
        sources = [_code(each, known) for each in event.sources] or [NOBODY]
        targets = [_code(each, known) for each in event.targets]
        if not targets and len(sources) > 1:
            couples = [
                tuple(sorted((one, other))) for place, one in enumerate(sources) for other in sources[place + 1 :]
            ]
            found += [Triple(one, event.type, other) for one, other in couples]
        else:
            found += [Triple(one, event.type, other) for one in sources for other in targets or [NOBODY]]
    return list(dict.fromkeys(found))


def read_texts(path: Path) -> Iterator[GoldText]:
    """Texts of a JSON-lines file: `text`, `events` (each with `source`, `type`, `target`; a side is a code such as
    "USAGOV" or null), and if known `id` and `published`. Raises `ScoringError` naming file and line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield GoldText(
                    str(row.get("id", number)), row["text"], row.get("published"),
                    tuple(_triple(each) for each in row["events"]),
                )  # fmt: skip
            except (AttributeError, KeyError, TypeError, json.JSONDecodeError) as error:
                raise ScoringError(
                    f"{path}, line {number}: {error!r}; a line is an object with `text` and a list `events`"
                ) from error


def _triple(row: Mapping[str, str | None]) -> Triple:
    return Triple(row.get("source") or NOBODY, str(row["type"]).upper(), row.get("target") or NOBODY)


def _code(participant: Participant, actors: Mapping[str, Actor]) -> str:
    actor = actors.get(participant.actor or "")
    if actor is None:
        return NOBODY
    return (actor.country or "") + (actor.sectors[0] if actor.sectors else "") or NOBODY


def _measure(texts: Sequence[tuple[Sequence[_Item], Sequence[_Item]]]) -> Measure:
    right = answered = gold = 0
    for expected, given in texts:
        right += sum((Counter(expected) & Counter(given)).values())
        answered += len(given)
        gold += len(expected)
    precision = 100 * right / answered if answered else 100.0 if not gold else 0.0
    recall = 100 * right / gold if gold else 100.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Measure(round(precision, 2), round(recall, 2), round(f1, 2), right, answered, gold)
