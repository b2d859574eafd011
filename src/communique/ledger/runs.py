"""Runs of words: what texts are compared by, and which pairs of many texts share enough of them to be compared at all.

Each text gives the hashes of its runs of five words. Of these a fixed part of all hash values is looked up (MinHash as
Broder 1997 has it for containment: "sketches modulo m"; Irber et al. 2022 call it FracMinHash), so that the share of a
short text that stands in a long one is seen as well as the likeness of two texts of one length. Whoever shares some is
compared run by run. Work and memory grow with the number of texts and of pairs that are alike, not with all pairs.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

# Words in a run.
RUN = 5
# Hashes of runs have 40 bits, numbers of texts 24: both fit into one number, and one sort brings likes together.
_BITS, _NUMBER = np.uint64(40), np.uint64(24)
# One of so many hash values is looked up; all of those of a text with at most so many runs.
PART, SHORT = 4, 64
_LOOKED_UP = np.uint64((1 << 40) // PART)
# Of texts that share one run, each is held against so many that follow it in order: a line that thousands have in
# common costs thousands of comparisons, not millions, and a story of thousands of copies still hangs together.
NEXT = 24
# Pairs of which the looked-up runs promise less than this share of the shorter text are not compared.
PROMISING = 0.15
# Runs that two texts must share at least, or a greeting of eight words would be a copy of any text that has it.
FEWEST = 3
_SLICE = 2_000_000
# Texts whose runs are held in memory while pairs are compared.
_AT_HAND = 1024
_WORD = re.compile(r"\w+")
_STEPS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
                  dtype=np.uint64)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their numbers, `first` the lower; how many runs each has, and how many they share."""

    first: int
    second: int
    runs_of_first: int
    runs_of_second: int
    shared: int

    @property
    def likeness(self) -> float:
        """Shared runs as a part of all runs of both (Jaccard), 0 to 1."""
        return self.shared / (self.runs_of_first + self.runs_of_second - self.shared)

    @property
    def containment(self) -> float:
        """Shared runs as a part of the runs of the shorter text, 0 to 1."""
        return self.shared / min(self.runs_of_first, self.runs_of_second)


def runs(text: str) -> Hashes:
    """The hashes of the runs of five words, whatever their case and punctuation, in the order of the text."""
    words = np.array([_hash(word) for word in _WORD.findall(text.casefold())], dtype=np.uint64)
    count = len(words) - RUN + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place, step in enumerate(_STEPS):
        mixed = (mixed ^ words[place : place + count]) * step
        mixed ^= mixed >> np.uint64(29)
    return mixed >> np.uint64(24)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    # Not Python's own hash: that differs from process to process.
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


class Runs:
    """The runs of many texts, in a temporary file that is gone after the `with`; in memory, one number for each."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as this object)
        self._ends = [0]

    def __enter__(self) -> "Runs":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, text: str) -> None:
        """Take in one more text; its number is how many came before it, at most 16,777,215."""
        own = runs(text)
        self._file.write(own.tobytes())
        self._ends.append(self._ends[-1] + len(own))

    def of(self, number: int) -> Hashes:
        """The runs of a text in their order."""
        # Read and not mapped: what is mapped counts as memory of the process, and of a million texts that is much.
        self._file.seek(8 * self._ends[number])
        return np.frombuffer(self._file.read(8 * (self._ends[number + 1] - self._ends[number])), dtype=np.uint64)

    def pairs(self, order: NDArray[np.uint64]) -> Iterator[Pair]:
        """The pairs of texts that share runs enough to be compared, compared; by the number of the first, then of the
        second. `order` has the rank of each text: those of near ranks meet first where very many share a run."""
        back = np.argsort(order)

        # A text is held against several others, most of which stand near it in order.
        @lru_cache(maxsize=_AT_HAND)
        def runs_at(rank: int) -> Hashes:
            return np.unique(self.of(int(back[rank])))

        for first, second in self._candidates(order):
            own, other = runs_at(first), runs_at(second)
            shared = len(np.intersect1d(own, other, assume_unique=True))
            if shared >= FEWEST:
                yield Pair(first, second, len(own), len(other), shared)

    def _candidates(self, order: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
        """Pairs of ranks that the looked-up runs promise."""
        sizes = np.diff(self._ends)[np.argsort(order)]
        keys, counts = _counted(_emitted(self._looked_up(order)))
        first, second = keys >> _NUMBER, keys & np.uint64((1 << 24) - 1)
        least = np.minimum(sizes[first], sizes[second])
        whole = np.maximum(sizes[first], sizes[second]) <= SHORT
        promise = counts / np.maximum(1, least / np.where(whole, 1, PART))
        kept = promise >= PROMISING
        yield from zip(first[kept].tolist(), second[kept].tolist(), strict=True)

    def _looked_up(self, order: NDArray[np.uint64]) -> Hashes:
        """Hash and rank of each looked-up run as one number, sorted, but those that one text has alone."""
        parts = []
        for number in range(len(self)):
            own = np.unique(self.of(number))
            own = own if len(own) <= SHORT else own[own < _LOOKED_UP]
            parts.append((own << _NUMBER) | order[number])
        joined = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
        parts.clear()
        joined.sort()
        same = (joined[1:] >> _NUMBER) == (joined[:-1] >> _NUMBER)
        several = np.zeros(len(joined), dtype=bool)
        several[1:] |= same
        several[:-1] |= same
        return joined[several]


def _emitted(joined: Hashes) -> Iterator[Hashes]:
    """The pairs that share a looked-up run, as first rank and second rank in one number, many at a time."""
    rank = np.uint64((1 << 24) - 1)
    for start in range(0, len(joined), _SLICE):
        part = joined[start : start + _SLICE + NEXT]
        found = []
        for step in range(1, NEXT + 1):
            here, there = part[: max(0, min(_SLICE, len(part) - step))], part[step : step + _SLICE]
            same = (here >> _NUMBER) == (there >> _NUMBER)
            found.append(((here[same] & rank) << _NUMBER) | (there[same] & rank))
        yield np.concatenate(found)


def _counted(parts: Iterator[Hashes]) -> tuple[Hashes, NDArray[np.int64]]:
    """Each pair once, and how often it came."""
    keys, counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    for part in parts:
        more, times = np.unique(part, return_counts=True)
        keys, places = np.unique(np.concatenate([keys, more]), return_inverse=True)
        counts = np.bincount(places, weights=np.concatenate([counts, times]), minlength=len(keys)).astype(np.int64)
    return keys, counts
