"""Progress: counts, rate, remaining time; quiet where asked; what was skipped and why at the end."""

import io
import json
from pathlib import Path

import pytest

from communique.cli.progress import Progress, count_inputs
from communique.records import Problem
from tests.cli.conftest import Command
from tests.factories import BORDER

EMPTY = Problem("empty", "There is nothing in it.", "intake", "empty.txt")


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_what_is_left_are_told() -> None:
    clock, out = Clock(), io.StringIO()
    told = Progress(total=600, stream=out, clock=clock)
    list(told.through(range(100)))
    clock.now = 10.0
    told.committed(added=97, known=2, problems=[EMPTY])
    assert out.getvalue() == "100 of 600 read, 97 added, 2 known, 1 skipped, 10.0 a second, 50 s left\n"


def test_the_rate_is_of_late_and_nothing_is_promised_without_a_total() -> None:
    clock, out = Clock(), io.StringIO()
    told = Progress(stream=out, clock=clock)
    for now, count in ((10.0, 1000), (70.0, 60), (130.0, 60)):
        clock.now = now
        list(told.through(range(count)))
        told.committed(added=count, known=0, problems=[])
    assert out.getvalue().splitlines()[-1] == "1,120 read, 1,120 added, 0 known, 0 skipped, 1.0 a second"


def test_quiet_says_nothing() -> None:
    out = io.StringIO()
    told = Progress(total=1, quiet=True, stream=out, clock=Clock())
    list(told.through([1]))
    told.committed(added=0, known=0, problems=[EMPTY])
    told.done()
    assert out.getvalue() == ""


def test_inputs_are_counted_where_no_file_has_to_be_opened(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", ".hidden", "picture.jpg"):
        (tmp_path / name).write_text("x")
    assert count_inputs([str(tmp_path), str(tmp_path / "a.txt")]) == 3
    assert count_inputs(["-"]) is None
    (tmp_path / "c.warc.gz").write_bytes(b"")
    assert count_inputs([str(tmp_path)]) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "border.txt").write_text(BORDER, encoding="utf-8")
    (made / "empty.txt").write_text("", encoding="utf-8")
    return made


def test_a_run_with_skips_says_which_why_and_where(communique: Command, folder: Path) -> None:
    status, out, err = communique("add", str(folder), "--to", "a")
    assert (status, out) == (3, "a: 1 article added, 0 there before, 1 skipped\n")
    assert "skipped " in err
    assert "empty.txt" in err
    assert err.splitlines()[-1].endswith("; to see them again: communique problems --archive a")


def test_quiet_and_a_summary_for_programs(communique: Command, folder: Path) -> None:
    status, out, err = communique("add", str(folder), "--to", "a", "--quiet", "--format", "json")
    told = json.loads(out)
    assert (status, err) == (3, "")
    assert (told["added"], told["known"], told["skipped"], told["status"]) == (1, 0, 1, 3)
    assert sum(told["reasons"].values()) == 1
