"""The commands over an archive in use: ledger, correct, corrections, rebuild."""

import json
from pathlib import Path

import pytest

from communique.cli.exporting import FORMS
from tests.cli.conftest import Command


@pytest.fixture
def archive(communique: Command, page: Path) -> str:
    assert communique("add", str(page), "--to", "a")[0] == 0
    return "a"


def events(communique: Command, *more: str) -> list[dict[str, object]]:
    status, out, _ = communique("events", "-a", "a", "--format", "json", *more)
    assert status == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_the_ledger_lists_and_shows(communique: Command, archive: str) -> None:
    status, out, _ = communique("ledger", "-a", archive, "--from", "USA", "--to", "PAK", "--open")
    assert status == 0
    assert "reopen the Torkham" in " ".join(out.split())
    status, out, _ = communique("ledger", "-a", archive, "--words", "torkham", "--format", "jsonl")
    entry = json.loads(out.splitlines()[0])
    status, out, _ = communique("ledger", "show", entry["entry"][:10], "-a", archive)
    assert status == 0
    assert "raised" in out
    assert "asked Pakistan on Tuesday" in " ".join(out.split())
    assert communique("ledger", "show", "nothing", "-a", archive)[0] == 2


def test_one_thing_is_decided_at_a_time(communique: Command, archive: str) -> None:
    name = str(events(communique, "--type", "REQUEST")[0]["event"])
    assert communique("correct", name, "-a", archive, "--because", "x")[0] == 2
    assert communique("correct", name, "-a", archive, "--because", "x", "--accept", "--reject")[0] == 2
    assert communique("correct", name, "-a", archive, "--because", "x", "--set", "type")[0] == 2
    assert communique("correct", name, "-a", archive, "--accept")[0] == 2


def test_correcting_and_listing(communique: Command, archive: str) -> None:
    name = str(events(communique, "--type", "REQUEST")[0]["event"])
    status, out, _ = communique(
        "correct", name, "-a", archive, "--set", "type=THREATEN", "--because", "so", "--by", "reader"
    )
    assert (status, out.startswith(f"set {name}: type: REQUEST → THREATEN")) == (0, True)
    assert [row["event"] for row in events(communique, "--type", "THREATEN")] == [name]
    assert events(communique, "--type", "REQUEST", "--as-coded")
    assert "reader" in communique("corrections", "-a", archive)[1]
    status, out, _ = communique("corrections", "-a", archive, "--training")
    assert json.loads(out)["corrected"]["type"] == "THREATEN"
    status, out, _ = communique(
        "correct", str(events(communique)[0]["article"]), "-a", archive, "--add", "told reporters", "--set",
        "type=CONSULT", "--because", "missed",
    )  # fmt: skip
    assert status == 0
    assert len(events(communique, "--type", "CONSULT")) == 1
    assert communique("corrections", "-a", archive, "--training", "--out", "rows.jsonl")[0] == 0
    assert len(Path("rows.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_happenings_and_rebuilding(communique: Command, archive: str) -> None:
    assert len(events(communique, "--happenings")) == 2
    status, out, _ = communique("rebuild", "-a", archive)
    assert (status, "1 stories" in out or "1 story" in out) == (0, True)
    assert communique("verify", "-a", archive)[0] == 0


def test_coding_again_is_a_run_and_diff_tells_what_changed(communique: Command, archive: str) -> None:
    assert communique("code", "-a", archive)[0] == 2
    status, out, _ = communique("code", "--again", "--codebook", "mine", "-a", archive)
    assert (status, "run-2" in out, "1 articles" in out) == (0, True, True)
    assert "0 articles" in communique("code", "--again", "--codebook", "mine", "-a", archive)[1]
    assert [row["type"] for row in events(communique)] == ["ACCUSE"]
    assert "run-2" in communique("runs", "-a", archive)[1]
    status, out, _ = communique("diff", "run-1", "run-2", "-a", archive)
    assert status == 0
    assert "codebook differ" in out
    status, out, _ = communique("diff", "run-1", "run-2", "-a", archive, "--format", "json")
    found = {row["status"]: row for row in json.loads(out)}
    assert set(found) == {"changed", "went"}
    assert found["changed"]["changes"] == "type: REQUEST → ACCUSE"
    assert {row["cause"] for row in found.values()} == {"codebook"}
    assert communique("diff", "run-1", "nothing", "-a", archive)[0] == 2
    assert communique("diff", "run", "run-1", "-a", archive)[0] == 2


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_exported_with_its_description(communique: Command, archive: str, form: str) -> None:
    status, _, err = communique("export", form, "-a", archive, "--out", "x.out")
    assert (status, "2 rows" in err or "2 events" in err) == (0, True)
    assert Path("x.out").stat().st_size > 0
    about = json.loads(Path("x.out-metadata.json").read_text(encoding="utf-8"))
    assert "run-1" in about["dc:bibliographicCitation"]


def test_text_free_exports_are_rehydrated_from_own_copies(communique: Command, archive: str, page: Path) -> None:
    assert communique("export", "text-free", "-a", archive, "--out", "free.jsonl")[0] == 0
    assert "Torkham" not in Path("free.jsonl").read_text(encoding="utf-8")
    status, out, _ = communique("rehydrate", "free.jsonl", str(page))
    assert (status, json.loads(out)["found"]) == (0, "whole")
    page.write_text("Something else happened on October 6, 2010 in a village by the sea.\n", encoding="utf-8")
    assert communique("rehydrate", "free.jsonl", str(page))[0] == 3
    assert communique("export", "nonsense", "-a", archive, "--out", "x")[0] == 2
    page.write_text("no json", encoding="utf-8")
    assert communique("rehydrate", str(page), str(page))[0] == 2


def test_series_and_drawings(communique: Command, archive: str) -> None:
    status, out, _ = communique("series", "USA", "PAK", "-a", archive, "--format", "json")
    assert (status, json.loads(out)[0]["events"]) == (0, 1)
    assert "2010-10-01" in communique("series", "USA", "PAK", "-a", archive)[1]
    assert communique("series", "USA", "PAK", "-a", archive, "--by", "decade")[0] == 2
    assert communique("plot", "dyad", "USA", "PAK", "-a", archive, "--out", "x.svg")[0] == 0
    assert Path("x.svg").read_text(encoding="utf-8").startswith("<svg")
    assert communique("compact", "-a", archive)[0] == 0
