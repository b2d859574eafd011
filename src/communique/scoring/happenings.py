"""Score of happenings: pairs of reports, each one sentence, marked by hand as one happening, an update of it, or two.

A file holds cases of happenings that are easily confused; every pair of reports inside a case counts. The words between
stars are the trigger of the event that is meant:

    case: bombs in Iraq
    a 2012-03-05: A car bomb *killed* 14 people in a market in Kirkuk on Monday, Iraqi police said.
    a! 2012-03-06: The bomb that *killed* 19 people in a Kirkuk market on Monday was hidden in a van.
    b 2012-03-12: A bomb *killed* five people in Baghdad on Monday, Iraqi police said.

Reports with one letter are of one happening; "!" marks newer facts.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import ScoringError
from communique.records import Span

_LINE = re.compile(r"(?P<letter>[a-z])(?P<newer>!?) (?P<day>\d{4}-\d\d-\d\d): (?P<words>.*\*.+\*.*)")


@dataclass(frozen=True, slots=True)
class Telling:
    """One report: its case and happening, whether it has newer facts, its day, its text, and where its trigger is."""

    case: str
    letter: str
    newer: bool
    day: str
    text: str
    trigger: Span


def read(path: Path) -> tuple[Telling, ...]:
    """The reports of a file. Raises `ScoringError`, which names the line, where it breaks the form."""
    case, found = "", []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(("case:", "set:")) or not line.strip():
            case = line.removeprefix("case:").strip() or case
            continue
        match = _LINE.fullmatch(line)
        if match is None or not case:
            raise ScoringError(f"{path}, line {number}: a report is “a 2012-03-05: text with one *trigger*”")
        before, trigger, after = match["words"].split("*", 2)
        span = Span(len(before), len(before) + len(trigger))
        found.append(Telling(case, match["letter"], bool(match["newer"]), match["day"], before + trigger + after, span))
    return tuple(found)


def pairs(tellings: Iterable[Telling]) -> Iterator[tuple[Telling, Telling, str]]:
    """The pairs inside each case, with what they are: "same", "update" or "different"."""
    for one, other in itertools.combinations(tuple(tellings), 2):
        if one.case == other.case:
            apart = one.letter != other.letter
            yield one, other, "different" if apart else "update" if one.newer or other.newer else "same"


def score(
    marked: Iterable[tuple[Telling, Telling, str]], answer: Callable[[Telling, Telling], str]
) -> Mapping[str, Any]:
    """Precision, recall and F1 of joining two reports (as the same or as an update), and F1 of each relation."""
    counts: dict[tuple[str, str], int] = {}
    for one, other, relation in marked:
        told = relation, answer(one, other)
        counts[told] = counts.get(told, 0) + 1
    hits = sum(count for (marked, told), count in counts.items() if "different" not in (marked, told))
    given = sum(count for (_, told), count in counts.items() if told != "different")
    gold = sum(count for (marked, _), count in counts.items() if marked != "different")
    return {
        "pairs": sum(counts.values()),
        "joined": _measures(hits, given, gold),
        "by_relation": {name: _of(counts, name) for name in ("same", "update", "different")},
    }


def _of(counts: Mapping[tuple[str, str], int], name: str) -> Mapping[str, float]:
    given = sum(count for (_, told), count in counts.items() if told == name)
    gold = sum(count for (marked, _), count in counts.items() if marked == name)
    return _measures(counts.get((name, name), 0), given, gold)


def _measures(hits: int, given: int, gold: int) -> Mapping[str, float]:
    precision, recall = hits / max(1, given), hits / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"gold": gold, "precision": round(100 * precision, 1), "recall": round(100 * recall, 1),
            "f1": round(100 * f1, 1)}  # fmt: skip
