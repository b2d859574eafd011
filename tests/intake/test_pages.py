"""Each invented page of `pages/` gives what `pages/expected.yaml` says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.intake import read_paths
from communique.records import Article

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((PAGES / "expected.yaml").read_text(encoding="utf-8"))


def test_every_page_has_its_expectation() -> None:
    assert {path.name for path in PAGES.iterdir() if path.suffix != ".yaml"} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page(name: str) -> None:
    wanted = EXPECTED[name]
    (article,) = read_paths([PAGES / name])
    assert isinstance(article, Article)
    paragraphs = article.text.split("\n\n")
    found = {
        **{key: getattr(article, key) for key in ("title", "outlet", "byline", "published", "url", "language")},
        "problems": [problem.code for problem in article.problems],
        "paragraphs": len(paragraphs),
        "first": paragraphs[0][: len(wanted.get("first", ""))],
        "last": paragraphs[-1][-len(wanted.get("last", "")) :],
        "removed": sorted({removed.reason for removed in article.removed}),
    }
    assert {key: found[key] for key in wanted} == wanted


def test_folder_is_read_in_sorted_order() -> None:
    titles = [article.title for article in read_paths([PAGES]) if isinstance(article, Article)]
    assert titles == [
        article.title
        for name in sorted(EXPECTED)
        for article in read_paths([PAGES / name])
        if isinstance(article, Article)
    ]
    assert len(titles) == len(EXPECTED)


def test_founding_article() -> None:
    founding = Path(__file__).parents[3] / "shared" / "founding" / "article.txt"
    if not founding.exists():
        pytest.skip("the founding article is not part of the project")
    (article,) = read_paths([founding])
    assert isinstance(article, Article)
    assert article.published == "2010-10-21T09:43+05:30"
    assert article.outlet is not None
    assert article.outlet.startswith("Rediff")
    assert article.problems == ()
    assert sorted(removed.reason for removed in article.removed) == [
        "date-line", "newsletter-box", "share-line", "share-line",
    ]  # fmt: skip
    assert "Share" not in article.text
    assert len(article.text.split("\n\n")) == 13
