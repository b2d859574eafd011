"""Main text of web pages: this program against bare trafilatura, on the same pages in the same run.

    python benchmarks/extraction.py GOLD.jsonl.gz [--first N]

GOLD is a file in the form that `communique.scoring.extraction.gold_pages` reads. Prints one JSON object: measures of
both, milliseconds per page, and how often title and day agree with the gold where it states them.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from communique.intake import from_html
from communique.records import Article
from communique.scoring.extraction import GoldPage, gold_pages, score


def main() -> None:
    """Read the arguments, run both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--first", type=int, default=None, help="only the first N pages")
    arguments = parser.parse_args()
    pages = list(gold_pages(arguments.gold))[: arguments.first]
    sources = [gzip.decompress((arguments.gold.parent / page.html).read_bytes()) for page in pages]
    articles: list[Article | None] = []

    def ours(data: bytes) -> str:
        found = from_html(data)
        articles.append(found if isinstance(found, Article) else None)
        return found.text if isinstance(found, Article) else ""

    def bare(data: bytes) -> str:
        return trafilatura.extract(data, fast=True, include_comments=False) or ""

    report = {"ours": _run(ours, pages, sources), "trafilatura": _run(bare, pages, sources)}
    report["metadata"] = _metadata(pages, articles)
    print(json.dumps(report, indent=1))


def _run(extract: Callable[[bytes], str], pages: list[GoldPage], sources: list[bytes]) -> dict[str, float]:
    start = time.perf_counter()
    predicted = [extract(data) for data in sources]
    seconds = time.perf_counter() - start
    measures = score(zip(predicted, pages, strict=True))
    measures["milliseconds"] = 1000 * seconds / max(1, len(pages))
    return {name: round(value, 4) for name, value in measures.items()}


def _metadata(pages: list[GoldPage], articles: list[Article | None]) -> dict[str, float]:
    counts = dict.fromkeys(("dated", "day_right", "day_wrong", "titled", "title_right"), 0)
    for page, article in zip(pages, articles, strict=True):
        if page.published:
            counts["dated"] += 1
            day = article.published[:10] if article and article.published else None
            counts["day_right"] += day == page.published[:10]
            counts["day_wrong"] += day is not None and day != page.published[:10]
        if page.title:
            counts["titled"] += 1
            counts["title_right"] += article is not None and _folded(article.title or "") == _folded(page.title)
    return {name: float(count) for name, count in counts.items()}


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


if __name__ == "__main__":
    main()
