"""Scoring of the event type between two given actors: protocol `relations`.

One row is a sentence with a marked source and target and one gold root out of 15; an answer is always owed. Macro-F1
and accuracy for the root; quad and binary are derived from the root by the fixed table, gold and answer alike. The
labels are those of PLV (Hu and others, "Leveraging Codebook Knowledge", 2024): CONCEDE and RETREAT are YIELD,
INVESTIGATE counts as ACCUSE, FIGHT as ASSAULT.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.errors import ScoringError
from communique.records import Span

# Root → quad: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
QUADS: Mapping[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_MERGED: Mapping[str, str] = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_TAG = re.compile(r"</?([st])>")


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row of a relations file: the bare sentence, the spans of source and target in it (none where the sentence
    leaves that side open, two where it names the actor twice), and the gold root."""

    id: str
    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    gold: str


@dataclass(frozen=True, slots=True)
class RelationScores:
    """Macro-F1 and accuracy (0 to 100) by level, F1 by root, and how often each gold root got each answer."""

    rows: int
    root: float
    quad: float
    binary: float
    root_accuracy: float
    quad_accuracy: float
    binary_accuracy: float
    by_root: Mapping[str, float]
    confusion: Mapping[tuple[str, str], int]


def root_of(label: str) -> str:
    """A label as one of the 15 roots, upper case; raises `ScoringError` for any other word."""
    name = label.strip().upper()
    name = _MERGED.get(name, name)
    if name not in QUADS:
        raise ScoringError(f"unknown root {label!r}; the roots are {', '.join(QUADS)}")
    return name


def score_relations(pairs: Iterable[tuple[str, str]]) -> RelationScores:
    """Measures over (gold root, answered root); macro-F1 averages over the labels that occur in gold or answers.

    Raises `ScoringError` for an unknown label or if there is no pair.
    """
    roots = [(root_of(gold), root_of(answer)) for gold, answer in pairs]
    if not roots:
        raise ScoringError("no rows to score; a relations file has one sentence with marked source and target a row")
    quads = [(str(QUADS[gold]), str(QUADS[answer])) for gold, answer in roots]
    binary = [(_side(gold), _side(answer)) for gold, answer in quads]
    return RelationScores(
        rows=len(roots),
        root=_macro(roots),
        quad=_macro(quads),
        binary=_macro(binary),
        root_accuracy=_accuracy(roots),
        quad_accuracy=_accuracy(quads),
        binary_accuracy=_accuracy(binary),
        by_root=_by_label(roots),
        confusion=dict(Counter(roots)),
    )


def read_rows(path: Path) -> Iterator[MarkedRow]:
    """Rows of a relations file: JSON lines, or tab-separated values with a header and CSV quoting (by its suffix).

    Both have `marked_sentence` with `<s>…</s>` around the source and `<t>…</t>` around the target, and `gold_root`.
    Raises `ScoringError` naming file and row where one of them is missing.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows: Iterable[Mapping[str, str]]
        if path.suffix == ".jsonl":
            rows = (json.loads(line) for line in lines if line.strip())
        else:
            rows = csv.DictReader(lines, delimiter="\t")
        for number, row in enumerate(rows, start=1):
            try:
                text, source, target = unmark(row["marked_sentence"])
                name = str(row.get("id") or row.get("sentence_id") or number)
                yield MarkedRow(name, text, source, target, root_of(row["gold_root"]))
            except (AttributeError, KeyError, TypeError, ScoringError) as error:
                raise ScoringError(f"{path}, row {number}: {error}") from error


def unmark(marked: str) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The bare sentence and the spans of source and of target; a side may be marked twice, or not at all where the
    sentence leaves it open. Raises `ScoringError` where a mark is not closed."""
    pieces: list[str] = []
    bounds: dict[str, list[int]] = {"s": [], "t": []}
    position = length = 0
    for tag in _TAG.finditer(marked):
        pieces.append(marked[position : tag.start()])
        length += len(pieces[-1])
        if (len(bounds[tag[1]]) % 2 == 1) != (tag[0][1] == "/"):
            raise ScoringError(f"a mark <{tag[1]}> is closed by </{tag[1]}>, found {marked[:80]!r}")
        bounds[tag[1]].append(length)
        position = tag.end()
    if any(len(each) % 2 for each in bounds.values()):
        raise ScoringError(f"a mark <s> or <t> is never closed in {marked[:80]!r}")
    return "".join([*pieces, marked[position:]]), _spans(bounds["s"]), _spans(bounds["t"])


def _spans(bounds: list[int]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def _side(quad: str) -> str:
    return "cooperation" if quad in ("1", "2") else "conflict"


def _accuracy(pairs: list[tuple[str, str]]) -> float:
    return round(100 * sum(gold == answer for gold, answer in pairs) / len(pairs), 2)


def _macro(pairs: list[tuple[str, str]]) -> float:
    found = _by_label(pairs)
    return round(sum(found.values()) / len(found), 2)


def _by_label(pairs: list[tuple[str, str]]) -> dict[str, float]:
    gold, answers = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    right = Counter(pair[0] for pair in pairs if pair[0] == pair[1])
    labels = sorted(gold | answers)
    return {label: round(100 * 2 * right[label] / (gold[label] + answers[label]), 2) for label in labels}
