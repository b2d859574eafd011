"""Score of times after TempEval-3 (UzZaman et al. 2013): spans strict and relaxed, TIMEX3 type and value.

The document's day is given, as in the task. A system span matches a gold span strictly when both ends agree, relaxed
when they share a character; each span matches one other at most. Type and value F1 count relaxed matches whose
attribute is equal as a string; a missing one costs precision and recall alike.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import ScoringError
from communique.grounding.times import TimeMention, find
from communique.records import Article, Document, Span

Reader = Callable[[Article], Document]


@dataclass(frozen=True, slots=True)
class GoldTime:
    """One hand-marked expression with its TIMEX3 type and value."""

    span: Span
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its day of writing and its hand-marked times."""

    article: Article
    times: tuple[GoldTime, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in percent."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class DateScores:
    """What :func:`score` gives: four measures and the counts behind them."""

    strict: Score
    relaxed: Score
    type: Score
    value: Score
    gold: int
    found: int
    documents: int

    def as_dict(self) -> dict[str, Any]:
        """The scores as plain numbers for JSON, F1 first."""
        named = {"strict": self.strict, "relaxed": self.relaxed, "type": self.type, "value": self.value}
        return {
            **{
                name: {"f1": each.f1, "precision": each.precision, "recall": each.recall}
                for name, each in named.items()
            },
            "gold": self.gold,
            "found": self.found,
            "documents": self.documents,
        }


def read(path: Path) -> Iterator[GoldText]:
    """Texts of a JSONL file (plain or gzip) with `id`, `dct`, `text` and `timex` (start, end, type, value).

    Raises `ScoringError` with file and line where a row does not follow the form.
    """
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                times = tuple(
                    GoldTime(Span(each["start"], each["end"]), each["type"], each["value"]) for each in row["timex"]
                )
                article = Article(row["id"], row["id"], row["text"], title=row.get("title"), published=row["dct"])
            except (ValueError, KeyError, TypeError) as error:
                raise ScoringError(
                    f"{path}, line {number}: a row of times needs id, dct, text and timex with start, end, type, value;"
                    f" found {error!r}"
                ) from error
            yield GoldText(article, times)


def bare(article: Article) -> Document:
    """The article as a document without words: what a system knows that reads characters only."""
    return Document(article, (), ())


def score(texts: Iterable[GoldText], *, reader: Reader = bare) -> DateScores:
    """The scores over all texts together (micro-average); `reader` makes the document that the grammar works on."""
    gold = found = documents = strict = relaxed = typed = valued = 0
    for text in texts:
        system = find(reader(text.article))
        documents, gold, found = documents + 1, gold + len(text.times), found + len(system)
        exact = {each.span for each in text.times}
        strict += sum(each.span in exact for each in system)
        for right, own in matched(text.times, system):
            relaxed += 1
            typed += right.type == own.timex
            valued += right.value == own.value
    scores = [_score(hits, found, gold) for hits in (strict, relaxed, typed, valued)]
    return DateScores(scores[0], scores[1], scores[2], scores[3], gold, found, documents)


def matched(gold: tuple[GoldTime, ...], system: tuple[TimeMention, ...]) -> Iterator[tuple[GoldTime, TimeMention]]:
    """Relaxed matches, one to one: equal spans first, then overlapping ones in order of text."""
    left = {each.span: each for each in system}
    waiting = []
    for right in gold:
        own = left.pop(right.span, None)
        if own is None:
            waiting.append(right)
        else:
            yield right, own
    for right in waiting:
        span = next((each for each in left if each.overlaps(right.span)), None)
        if span is not None:
            yield right, left.pop(span)


def _score(hits: int, found: int, gold: int) -> Score:
    precision, recall = 100 * hits / max(found, 1), 100 * hits / max(gold, 1)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Score(round(precision, 2), round(recall, 2), round(f1, 2))
