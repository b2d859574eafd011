"""Stories: articles that copy each other, in whole or from their beginning, folded into one.

Articles are compared by the runs of five words that they share. Which pairs to compare at all is found by MinHash
signatures in bands (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3), so that the
work grows with the number of articles and not with its square.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from communique.records import Story

# Words in a run; the size of signatures and bands. With 24 bands of 4, a pair that shares half of its runs is compared
# with probability .79, one that shares three quarters with .9999.
RUN, BANDS, ROWS = 5, 24, 4
# Part of the shorter article's runs that a copy shares with the other; a wire text that an outlet cut stays a copy.
SHARED = 0.5
# A text that appears again after so many days is told anew.
DAYS = 10
_WORD = re.compile(r"\w+")
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Text:
    """What folding needs of an article: `order` sorts by publication, `day` may be unknown."""

    article: str
    day: dt.date | None
    order: str
    text: str


def fold(texts: Iterable[Text]) -> tuple[Story, ...]:
    """The stories of the articles, in order of publication; every article is in exactly one.

    A story is called after its first article. Articles of fewer than `RUN` words are stories of their own.
    """
    ordered = sorted(texts, key=lambda each: (each.order, each.article))
    runs = [_runs(each.text) for each in ordered]
    first: dict[int, int] = {}
    shared: dict[int, float] = {}
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        keys = _bands(own)
        candidates = {other for key in keys for other in buckets[key]}
        best = max(((_share(own, runs[each]), -each) for each in candidates
                    if _near(ordered[each], ordered[number])), default=(0.0, 0))  # fmt: skip
        if best[0] >= SHARED:
            first[number], shared[number] = first[-best[1]], round(best[0], 3)
        else:
            first[number], shared[number] = number, 1.0
        for key in keys:
            buckets[key].append(number)
    members: dict[int, list[int]] = defaultdict(list)
    for number, head in first.items():
        members[head].append(number)
    return tuple(
        Story(ordered[head].article, tuple(ordered[each].article for each in own), tuple(shared[each] for each in own))
        for head, own in members.items()
    )


def stories_of(stories: Iterable[Story]) -> Mapping[str, str]:
    """The story of each article, by id."""
    return {article: story.id for story in stories for article in story.articles}


def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(text.casefold())
    joined = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return frozenset(_hash(each) for each in joined)


def _hash(words: str) -> int:
    # Not Python's own hash: that differs from process to process.
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=4).digest())


def _bands(runs: frozenset[int]) -> list[tuple[int, bytes]]:
    if not runs:
        return []
    values = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    slope, shift = _family()
    signature = ((values[:, None] * slope[None, :] + shift[None, :]) % np.uint64(_PRIME)).min(axis=0)
    rows = signature.reshape(BANDS, ROWS)
    return [(band, rows[band].tobytes()) for band in range(BANDS)]


@cache
def _family() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The hash functions of the signature: always the same ones. Products stay below 2^63."""
    state = np.random.Generator(np.random.PCG64(20101021))
    size = BANDS * ROWS
    return state.integers(1, 1 << 31, size, dtype=np.uint64), state.integers(0, 1 << 31, size, dtype=np.uint64)


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _near(one: Text, other: Text) -> bool:
    return one.day is None or other.day is None or abs((one.day - other.day).days) <= DAYS
