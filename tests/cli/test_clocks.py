"""Clocks that are wrong and articles from the future: versions kept, the order that of their dates, and told."""

import datetime as dt
import json
from pathlib import Path

import pytest

from communique.store import Archive
from tests.cli.conftest import Command
from tests.factories import BORDER


def write(folder: Path, name: str, day: str, more: str = "") -> str:
    path = folder / name
    path.write_text(f"Report {name}\n\n{day}\n\n{BORDER} {more}\n", encoding="utf-8")
    return str(path)


def set_clock(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Clock":
            return cls(year, 1, 1, tzinfo=tz)

    monkeypatch.setattr("communique.cli.adding.dt.datetime", Clock)


def test_an_article_from_the_future_is_kept_in_its_place_and_told(communique: Command, tmp_path: Path) -> None:
    ahead = write(tmp_path, "b.txt", "October 6, 2999")
    status, _, told = communique("add", ahead, write(tmp_path, "a.txt", "October 6, 2010", "More."), "--to", "a")
    assert status == 0
    assert "1 article dated after today" in told
    assert Archive.open(Path("a")).articles().column("published").to_pylist() == ["2010-10-06", "2999-10-06"]


def test_a_wrong_clock_changes_no_byte_and_is_told(
    communique: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = write(tmp_path, "a.txt", "October 6, 2010")
    _, _, told = communique("add", page, "--to", "right")
    assert "after today" not in told
    set_clock(monkeypatch, 1971)
    status, _, told = communique("add", page, "--to", "wrong")
    assert status == 0
    assert "1 article dated after today (1971-01-01)" in told
    right, wrong = ([each.read_bytes() for each in sorted(Path(name, "data").iterdir())] for name in ("right", "wrong"))
    assert right == wrong != []


def test_versions_are_kept_and_the_last_added_counts_though_the_clock_went_back(
    communique: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "t.jsonl"
    for year, words in ((2990, BORDER), (1971, f"{BORDER} It was updated.")):
        set_clock(monkeypatch, year)
        row = {"text": words, "url": "https://example.org/1", "published": "2010-10-06", "title": "T"}
        table.write_text(json.dumps(row) + "\n", encoding="utf-8")
        assert communique("add", str(table), "--to", "a")[0] == 0
    archive = Archive.open(Path("a"))
    assert archive.articles(history=True).num_rows == 2
    (kept,) = archive.all_coded()
    assert kept.article.text.endswith("It was updated.")
