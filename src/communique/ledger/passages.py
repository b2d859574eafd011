"""Passages: which words of a copy stand, character for character, where in the text that was kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.ledger.runs import RUN

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """`copy[start:end] == kept[kept_start:kept_start + end - start]`, in characters."""

    start: int
    end: int
    kept_start: int

    @property
    def kept_end(self) -> int:
        """Where it ends in the kept text."""
        return self.kept_start + self.end - self.start


def passages(copy: str, kept: str) -> tuple[Passage, ...]:
    """The stretches of `copy` that stand in `kept`, in order of the copy, none overlapping another.

    Stretches begin at five words that both texts have and reach as far as every character is the same. A stretch that
    stands in the kept text several times is taken where it is longest, and of equals where the last one went on.
    """
    ours, theirs = list(_WORD.finditer(copy)), list(_WORD.finditer(kept))
    places: dict[tuple[str, ...], list[int]] = {}
    words = [word.group() for word in theirs]
    for number in range(len(words) - RUN + 1):
        places.setdefault(tuple(words[number : number + RUN]), []).append(number)
    found: list[Passage] = []
    own = [word.group() for word in ours]
    number = done = 0
    while number <= len(own) - RUN:
        candidates = places.get(tuple(own[number : number + RUN]), ())[:_MOST]
        best = _best(copy, kept, ours[number].start(), [theirs[each].start() for each in candidates], found, done)
        if best is None:
            number += 1
            continue
        found.append(best)
        done = best.end
        while number < len(ours) and ours[number].start() < done:
            number += 1
    return tuple(found)


# Places of one run in the kept text that are tried; a text that says the same line a thousand times has no better one.
_MOST = 16


def _best(
    copy: str, kept: str, start: int, places: Sequence[int], found: Sequence[Passage], done: int
) -> Passage | None:
    last = found[-1].kept_end if found else 0
    best: tuple[int, int, Passage] | None = None
    for place in places:
        before = _same(copy[done:start][::-1], kept[:place][::-1])
        after = _same(copy[start:], kept[place:])
        if sum(1 for _ in _WORD.finditer(copy, start - before, start + after)) < RUN:
            continue
        passage = Passage(start - before, start + after, place - before)
        order = (before + after, -abs(passage.kept_start - last), passage)
        if best is None or order[:2] > best[:2]:
            best = order
    return None if best is None else best[2]


def _same(one: str, other: str) -> int:
    """How many characters from the beginning both have in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
