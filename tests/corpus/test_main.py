"""The corpus tools on the command line: what they print and how they end."""

from pathlib import Path

import pytest

from communique.corpus.__main__ import main
from tests.corpus.test_check import HEAD, NOTES, TEXT, write


def test_check_show_and_stats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, "articles/a-01.txt", HEAD + TEXT + NOTES)
    assert main(["check", str(good)]) == 0
    assert "1 articles, 2 sentences, 0 rows, 0 briefs: 0 errors" in capsys.readouterr().out
    assert main(["show", str(good)]) == 0
    assert "E1 ASSAULT/heavy-weapons “shelled”: Rebels (REBELS) > Lomo (LOMO)" in capsys.readouterr().out
    assert main(["stats", str(tmp_path)]) == 0
    assert "types of actual events (2): ASSAULT 1, REQUEST 1" in capsys.readouterr().out


def test_a_bad_file_fails_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write(tmp_path, "a-01.txt", HEAD + TEXT + NOTES.replace("> ADE", "> ABE"))
    assert main(["check", str(bad)]) == 1
    assert "a-01.txt:22: error: there is no chain 'ABE'" in capsys.readouterr().out
    assert main(["show", str(bad)]) == 2
    assert capsys.readouterr().out.startswith("error: ")
