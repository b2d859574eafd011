"""Kill -9 at random moments of `code --again`, `correct` and `export`: what was told stands there once, whole."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communique.library import Library
from communique.store import Archive
from tests.cli.test_process import ROOT
from tests.factories import BORDER, border_article

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
COUNT = 24
AGAIN = """
import sys
from communique.cli import coding, main, rerunning
from tests.cli.conftest import StubCoder
coding.load_coder, rerunning.SHARD = StubCoder, 2
sys.argv = ["communique", "code", "--again", "--codebook", "other", "--archive", sys.argv[1]]
print("ready", flush=True)
sys.stderr = sys.stdout
sys.stdout.reconfigure(line_buffering=True)
main()
"""
CORRECT = """
import sys
from communique.library import Library
from communique.store import Archive
library = Library(Archive.open(sys.argv[1]))
events = library.events().arrow().column("event").to_pylist()
print("ready", flush=True)
for number, event in enumerate(events):
    made = library.correct(event, kind="accept", because=f"turn {sys.argv[2]}, {number}", by="me")
    print(made.id, flush=True)
"""
EXPORT = """
import sys
from pathlib import Path
from communique.cli import exporting
print("ready", flush=True)
while True:
    exporting.export("csv", out=Path(sys.argv[2]), archive=Path(sys.argv[1]), asked={})
    print("done", flush=True)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "archive")
    made.add([border_article(text=f"{BORDER} Report {number}.", title=f"{number}") for number in range(COUNT)])
    return made


def killed(program: str, *arguments: object, after: float) -> list[str]:
    """What the program told before it was killed, so many seconds after it was ready."""
    line = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(
        line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.kill()
        return [each.rstrip("\n") for each in process.stdout if each.endswith("\n")]


def test_code_again_killed_goes_on_where_it_was(archive: Archive) -> None:
    chance = random.Random(3)
    for _ in range(3):
        told = killed(AGAIN, archive.root, after=chance.uniform(0.05, 0.5))
        found = Archive.open(archive.root)
        assert found.verify() == ()
        runs = found.articles(history=True).column("run").to_pylist()
        assert runs.count("run-2") >= max([int(each.split()[0]) for each in told if each.endswith(" coded")], default=0)
        assert len(runs) == len(set(found.keys()))
    done = subprocess.run([sys.executable, "-c", AGAIN, str(archive.root)], cwd=ROOT, check=True, capture_output=True)
    assert b"coded anew" in done.stdout
    rows = Archive.open(archive.root).articles(history=True)
    versions = [v for v, run in zip(rows.column("version").to_pylist(), rows.column("run").to_pylist(), strict=True)
                if run == "run-2"]  # fmt: skip
    assert len(versions) == len(set(versions)) == COUNT


def test_correct_killed_keeps_what_was_told_once(archive: Archive) -> None:
    chance, told = random.Random(5), set[str]()
    before = Library(archive).events().arrow().column("event").to_pylist()
    for turn in range(3):
        told |= set(killed(CORRECT, archive.root, turn, after=chance.uniform(0, 0.3)))
        assert Archive.open(archive.root).verify() == ()
    kept = [each.correction.id for each in Archive.open(archive.root).decisions()]
    assert told <= set(kept)
    assert len(kept) == len(set(kept))
    assert Library(Archive.open(archive.root)).events().arrow().column("event").to_pylist() == before


def test_export_killed_leaves_the_old_file_or_the_new_one(archive: Archive, tmp_path: Path) -> None:
    from communique.cli import exporting

    chance, out, whole = random.Random(7), tmp_path / "events.csv", tmp_path / "whole.csv"
    exporting.export("csv", out=whole, archive=archive.root, asked={})
    out.write_text("old", encoding="utf-8")
    for _ in range(4):
        told = killed(EXPORT, archive.root, out, after=chance.uniform(0, 0.4))
        left = out.read_bytes()
        assert left == whole.read_bytes() or (left == b"old" and not told)
    assert Archive.open(archive.root).verify() == ()
