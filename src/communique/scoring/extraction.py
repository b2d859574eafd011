"""Scores of main-text extraction: bag-of-shingles F1 and furniture that leaked.

The measure of text is that of the article-extraction benchmark (Scrapinghub, 2020): shingles of four words, counted
with repetition; precision and recall averaged over the pages, F1 from the two averages.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.errors import ScoringError

_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page with its main text as a person marked it.

    `html` is the path of the page's file relative to the gold file's folder; `present` are snippets that the main text
    must hold, `absent` snippets of furniture that it must not; `title`, `author` and `published` (ISO 8601 day) are
    None where the gold does not state them.
    """

    id: str
    html: str
    text: str
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None


def gold_pages(path: Path) -> Iterator[GoldPage]:
    """The pages of a gold file: JSON lines, plain or gzipped (name ending in .gz), in the form of the WCXB dev set.

    Raises `ScoringError` with file and line where a line is not such a page.
    """
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                yield GoldPage(
                    id=str(row["id"]),
                    html=str(row["html"]),
                    text=str(row["text"]),
                    present=tuple(row.get("with") or ()),
                    absent=tuple(row.get("without") or ()),
                    url=row.get("url"),
                    title=row.get("title"),
                    author=row.get("author"),
                    published=row.get("publish_date"),
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ScoringError(
                    f"{path}, line {number}: found no page ({error}); one JSON object a line with id, html and text is"
                    " accepted; mend or delete the line"
                ) from error


def score(pairs: Iterable[tuple[str, GoldPage]]) -> dict[str, float]:
    """Measures over (predicted main text, gold page) pairs; a page without prediction enters with "".

    `f1`, `precision`, `recall` of shingles in 0 to 1; `leaked` and `missed`: snippets of furniture that stand in the
    prediction and of main text that do not, per page; `empty`: share of pages without any text; `pages`: their number.
    """
    precisions, recalls = [], []
    leaked = missed = empty = 0
    for predicted, gold in pairs:
        precision, recall = shingle_match(predicted, gold.text)
        precisions.append(precision)
        recalls.append(recall)
        folded = _folded(predicted)
        leaked += sum(_folded(snippet) in folded for snippet in gold.absent)
        missed += sum(_folded(snippet) not in folded for snippet in gold.present)
        empty += not predicted.strip()
    pages = len(precisions)
    if not pages:
        return {"pages": 0.0, "f1": 0.0, "precision": 0.0, "recall": 0.0, "leaked": 0.0, "missed": 0.0, "empty": 0.0}
    precision, recall = sum(precisions) / pages, sum(recalls) / pages
    return {
        "pages": float(pages),
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "precision": precision,
        "recall": recall,
        "leaked": leaked / pages,
        "missed": missed / pages,
        "empty": empty / pages,
    }


def shingle_match(predicted: str, gold: str) -> tuple[float, float]:
    """Precision and recall of four-word shingles of `predicted` against `gold`.

    Both are 1 where nothing is wrong and nothing missing (two empty texts), 0 where nothing is right.
    """
    found, wanted = _shingles(predicted), _shingles(gold)
    right = sum((found & wanted).values())
    wrong, missing = sum(found.values()) - right, sum(wanted.values()) - right
    if not wrong and not missing:
        return 1.0, 1.0
    return (right / (right + wrong) if right else 0.0), (right / (right + missing) if right else 0.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    # A text shorter than one shingle is one shingle of all its words.
    return Counter(tuple(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1)))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
