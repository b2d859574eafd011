"""The TempEval-3 measures on a small hand-made file, and floors on the evaluation sets where they are at hand."""

import json
from pathlib import Path

import pytest

from communique.errors import ScoringError
from communique.scoring import dates

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "dates"


def rows(folder: Path, *lines: dict[str, object]) -> Path:
    path = folder / "times.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_each_measure_counts_what_it_says(tmp_path: Path) -> None:
    text = "They met on Tuesday for late dinner; she had left two years ago for a decade."
    timex = [
        {"start": 12, "end": 19, "type": "DATE", "value": "2010-10-19"},  # right
        {"start": 50, "end": 59, "type": "DURATION", "value": "P2Y"},  # relaxed only, wrong type and value
        {"start": 20, "end": 23, "type": "DATE", "value": "2010"},  # never found
    ]
    path = rows(tmp_path, {"id": "1", "dct": "2010-10-21", "text": text, "timex": timex})
    scores = dates.score(dates.read(path))
    assert (scores.gold, scores.found) == (3, 3)
    assert scores.relaxed.recall == pytest.approx(66.67)
    assert scores.strict.precision == pytest.approx(33.33)
    assert scores.type.f1 == pytest.approx(33.33)
    assert scores.value.f1 == pytest.approx(33.33)
    assert scores.as_dict()["relaxed"]["precision"] == pytest.approx(66.67)


def test_a_span_matches_once(tmp_path: Path) -> None:
    timex = [
        {"start": 0, "end": 4, "type": "DATE", "value": "x"},
        {"start": 5, "end": 9, "type": "DATE", "value": "2010-W41"},
    ]
    path = rows(tmp_path, {"id": "1", "dct": "2010-10-21", "text": "Last week they met.", "timex": timex})
    assert dates.score(dates.read(path)).relaxed.recall == 50


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScoringError, match=r"times\.jsonl, line 1: .*dct"):
        list(dates.read(rows(tmp_path, {"id": "1", "text": "x", "timex": []})))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation sets are not here")
def test_floors_on_timebank_and_aquaint() -> None:
    texts = [text for name in ("timebank", "aquaint") for text in dates.read(SHARED / f"{name}.jsonl.gz")]
    scores = dates.score(texts)
    assert scores.relaxed.f1 >= 93
    assert scores.strict.f1 >= 86
    assert scores.value.f1 >= 77
