"""Several processes and sudden death: what was reported is there, once; nothing else harms."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.store import Archive
from tests.factories import BORDER, border_article

# Adds articles number `first` to `last`, two in a commit, and reports each commit when it is done.
WRITER = """
import sys
from communique.store import Archive
from tests.factories import BORDER, border_article
archive = Archive.create(sys.argv[1])
print("ready", flush=True)
for number in range(int(sys.argv[2]), int(sys.argv[3]), 2):
    pair = [border_article(text=f"{BORDER} {each}", title=f"{each}") for each in (number, number + 1)]
    archive.add(pair)
    print(number, flush=True)
"""
ROOT = Path(__file__).parents[2]


def start(path: Path, first: int, last: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(first), str(last)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def titles(archive: Archive) -> list[str]:
    found: list[str] = archive.articles(history=True).column("title").to_pylist()
    return sorted(found, key=int)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_killed_at_random_moments_nothing_reported_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    path, chance = tmp_path / "archive", random.Random(7)
    reported: set[int] = set()
    for _ in range(5):
        with start(path, 0, 40) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            os.kill(writer.pid, signal.SIGKILL)
            reported.update(int(line) for line in writer.stdout if line.endswith("\n"))
        archive = Archive.create(path)
        there = titles(archive)
        assert len(there) == len(set(there))
        assert {str(each) for number in reported for each in (number, number + 1)} <= set(there)
        assert archive.verify() == ()
    with start(path, 0, 40) as writer:
        assert writer.wait() == 0
    assert titles(Archive.open(path)) == [str(number) for number in range(40)]


def test_writers_and_readers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    # The two writers overlap in 20..39.
    writers = [start(path, 0, 40), start(path, 20, 60)]
    reader, seen = Archive.create(path), 0
    while any(writer.poll() is None for writer in writers):
        count = reader.articles(history=True).num_rows
        assert count >= seen
        seen = count
    for writer in writers:
        assert writer.wait() == 0
        assert writer.stdout is not None
        writer.stdout.close()
    assert titles(reader) == [str(number) for number in range(60)]
    assert reader.verify() == ()


def test_killed_between_any_two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dying after each single system call of a commit leaves the old state or the new one, and a working archive."""
    from communique.store import manifest

    item, second = border_article(), border_article(text=BORDER + "\n\nMore.")
    steps = ["_write", "_flush"]
    number, died = 0, True
    while died:
        archive = Archive.create(tmp_path / str(number))
        archive.add([item])
        left = number

        def dying(real: Callable[..., None], *given: object) -> None:
            nonlocal left
            if left == 0:
                raise SystemExit("killed")
            left -= 1
            real(*given)

        with monkeypatch.context() as patch:
            for step in steps:
                real = getattr(manifest, step)
                patch.setattr(manifest, step, lambda *given, real=real: dying(real, *given))
            died = False
            try:
                archive.add([second])
            except SystemExit:
                died = True
        number += 1
        again = Archive.open(archive.root)
        assert again.verify() == ()
        assert again.articles(history=True).num_rows in (1, 2)
        again.add([second])
        assert again.articles(history=True).num_rows == 2
        assert again.verify() == ()
        assert list((archive.root / "staging").iterdir()) == []
    # Six tables and the entry are written, two folders flushed.
    assert number == 10
