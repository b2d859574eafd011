"""`add --screen`: what the first look passes over is counted and listed, and no failure."""

from pathlib import Path

from tests.cli.conftest import Command
from tests.factories import BORDER


def test_screened_articles_are_counted_listed_and_coded_without_the_option(communique: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "cake.txt").write_text("Cake\n\nOctober 6, 2010\n\nWhisk the eggs until pale.\n", encoding="utf-8")
    (folder / "border.txt").write_text(f"Report\n\nOctober 6, 2010\n\n{BORDER}\n", encoding="utf-8")
    status, out, err = communique("add", str(folder), "--to", "a", "--screen")
    assert (status, "1 article added, 0 there before, 1 skipped" in out) == (0, True)
    assert "1 screened-out" in err
    _, out, _ = communique("problems", "--archive", "a", "--format", "json")
    assert "screened-out" in out
    assert "cake.txt" in out
    status, out, _ = communique("add", str(folder), "--to", "a")
    assert (status, "1 article added, 1 there before, 0 skipped" in out) == (0, True)


def test_nothing_that_passes_is_no_failure(communique: Command, tmp_path: Path) -> None:
    (tmp_path / "cake.txt").write_text("Cake\n\nOctober 6, 2010\n\nWhisk the eggs until pale.\n", encoding="utf-8")
    status, out, _ = communique("add", str(tmp_path / "cake.txt"), "--to", "a", "--screen")
    assert (status, "0 articles added" in out) == (0, True)
