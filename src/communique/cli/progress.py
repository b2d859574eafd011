"""Progress of long work: counts, rate and remaining time on standard error, and what it came to at the end."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TypeVar

from communique.intake.refusals import CONTAINERS, SUFFIXES
from communique.records import Problem

Item = TypeVar("Item")
# Seconds between two lines in a terminal; in a file there is one for each commit.
TOLD = 2.0
# The rate is that of so many last seconds: long enough to be steady, short enough to follow pages that grow longer.
LOOK_BACK = 60.0
# Files that hold one article each. With any other, how many there are can only be told by opening it.
_ONE = (*SUFFIXES, ".eml", ".pdf")


class Progress:
    """What has been read, added, known and skipped, and how fast. Nothing is written where it is `quiet`.

    `total` is the number of inputs, where it is known; `clock` gives seconds. A terminal has one line that is written
    over.
    """

    def __init__(
        self, *, total: int | None = None, quiet: bool = False, stream: IO[str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._total, self._quiet, self._stream, self._clock = total, quiet, stream or sys.stderr, clock
        self._began = self._last = clock()
        self._seen = [(self._began, 0)]
        self.read = self.added = self.known = self.skipped = 0
        self.reasons: Counter[str] = Counter()

    def through(self, answers: Iterable[Item]) -> Iterator[Item]:
        """The answers, counted as read."""
        for answer in answers:
            self.read += 1
            if self._stream.isatty() and self._clock() - self._last >= TOLD:
                self._write()
            yield answer

    def committed(self, *, added: int, known: int, problems: Iterable[Problem]) -> None:
        """Count what one commit added and what it skipped; `known` is the number of all that was there before."""
        told = list(problems)
        self.added, self.known, self.skipped = self.added + added, known, self.skipped + len(told)
        self.reasons.update(each.code for each in told)
        self.read = max(self.read, self.added + self.known + self.skipped)
        self._write()

    def done(self) -> None:
        """Take the line off a terminal."""
        if self._stream.isatty() and not self._quiet:
            self._stream.write("\r\033[K")
            self._stream.flush()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return self._clock() - self._began

    def line(self) -> str:
        """One line: "512 of 2,000 read, 500 added, 10 known, 2 skipped, 31.2 a second, 48 s left"."""
        of = f" of {self._total:,}" if self._total is not None and self._total >= self.read else ""
        parts = [
            f"{self.read:,}{of} read",
            f"{self.added:,} added",
            f"{self.known:,} known",
            f"{self.skipped:,} skipped",
        ]
        rate = self._rate()
        if rate:
            parts.append(f"{rate:.1f} a second")
            if of and self._total is not None and self._total > self.read:
                parts.append(f"{_long((self._total - self.read) / rate)} left")
        return ", ".join(parts)

    def _rate(self) -> float:
        now = self._clock()
        self._seen.append((now, self.read))
        while len(self._seen) > 2 and now - self._seen[1][0] > LOOK_BACK:
            self._seen.pop(0)
        since, read = self._seen[0]
        return (self.read - read) / (now - since) if now - since >= 1 else 0.0

    def _write(self) -> None:
        self._last = self._clock()
        if self._quiet:
            return
        if self._stream.isatty():
            self._stream.write(f"\r\033[K{self.line()}")
            self._stream.flush()
        else:
            print(self.line(), file=self._stream)


def summary(progress: Progress, archive: Path, *, status: int) -> str:
    """What the run came to as one JSON object, for programs."""
    told = {
        "archive": str(archive), "added": progress.added, "known": progress.known, "skipped": progress.skipped,
        "reasons": dict(sorted(progress.reasons.items())), "seconds": round(progress.seconds, 1), "status": status,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def why_skipped(progress: Progress, archive: Path) -> str:
    """What was skipped by reason, the commonest first, and how to see it again."""
    parts = (
        f"{count} {reason}" for reason, count in sorted(progress.reasons.items(), key=lambda one: (-one[1], one[0]))
    )
    return f"skipped: {', '.join(parts)}; to see them again: communique problems --archive {archive}"


def count_inputs(paths: Iterable[str]) -> int | None:
    """How many inputs the paths hold, where that can be told without opening them; None where it cannot."""
    count = 0
    for name in paths:
        path = Path(name)
        if not path.exists():
            return None
        for each in _files(path):
            one = each.lower().endswith(_ONE)
            if not one and (path.is_file() or each.lower().endswith(CONTAINERS)):
                return None
            count += one
    return count


def _files(path: Path) -> Iterator[str]:
    """The names of the files that intake would look at, of a folder or of one file."""
    if path.is_file():
        yield path.name
        return
    for _, folders, names in os.walk(path):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (each for each in names if not each.startswith("."))


def _long(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{seconds / 3600:.1f} h"
