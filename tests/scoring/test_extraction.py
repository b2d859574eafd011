"""The measure of main text: shingles counted with repetition, averaged over pages."""

import gzip
import json
from pathlib import Path

import pytest

from communique.errors import ScoringError
from communique.scoring.extraction import GoldPage, gold_pages, score, shingle_match


def test_shingles_count_repetition() -> None:
    assert shingle_match("a b c d e", "a b c d e") == (1.0, 1.0)
    assert shingle_match("a b c d e f", "a b c d e") == (2 / 3, 1.0)
    assert shingle_match("a b c d", "a b c d e") == (1.0, 0.5)
    assert shingle_match("a a a a a a", "a a a a") == (1 / 3, 1.0)
    assert shingle_match("a b", "a b") == (1.0, 1.0)
    assert shingle_match("", "") == (1.0, 1.0)
    assert shingle_match("", "a b c d") == (0.0, 0.0)
    assert shingle_match("x y z w", "a b c d") == (0.0, 0.0)


def test_f1_comes_from_the_averages() -> None:
    pages = [
        ("a b c d e f", GoldPage("1", "", "a b c d e", present=("b c",), absent=("e f", "g"))),
        ("", GoldPage("2", "", "a b c d", present=("a b",))),
    ]
    measures = score(pages)
    assert measures["precision"] == pytest.approx(1 / 3)
    assert measures["recall"] == pytest.approx(0.5)
    assert measures["f1"] == pytest.approx(0.4)
    assert (measures["leaked"], measures["missed"], measures["empty"], measures["pages"]) == (0.5, 0.5, 0.5, 2.0)
    assert score([])["f1"] == 0.0


def test_gold_files(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "html": "p/1.html.gz",
        "text": "a b",
        "with": ["a"],
        "without": ["c"],
        "publish_date": "2010-10-21",
    }
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(row) + "\n").encode()))
    (page,) = gold_pages(path)
    assert (page.present, page.absent, page.published) == (("a",), ("c",), "2010-10-21")
    plain = tmp_path / "gold.jsonl"
    plain.write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(ScoringError, match=r"gold\.jsonl, line 1"):
        list(gold_pages(plain))
