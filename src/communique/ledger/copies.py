"""Stories: articles that copy each other, in whole or in part, folded into one; updates told from plain copies.

Articles are compared by the runs of five words that they share (`runs`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from communique.ledger.runs import RUN, Hashes, Pair, Runs
from communique.records import Story

# Part of the shorter article's runs that a copy shares with the other; a wire text that an outlet cut stays a copy.
SHARED = 0.5
# Of two texts that share less, the part of all runs of both from which on one is told partly in the words of the other.
PARTLY = 0.2
# A text that appears again after so many days is told anew.
DAYS = 10
# Words on end that the earlier text does not have: what an update adds is a paragraph, what a desk changes is less.
ADDED = 25
Kinship = Literal["copy", "contained", "partial"]


@dataclass(frozen=True, slots=True)
class Text:
    """What folding needs of an article: `order` sorts by publication, `day` may be unknown."""

    article: str
    day: dt.date | None
    order: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """That an article is a copy `of` an earlier one: the part of its runs that it has `shared` with it, and whether it
    `adds` a stretch of its own, which makes it an update."""

    of: str
    shared: float
    adds: bool


def kinship(pair: Pair) -> Kinship | None:
    """How near two texts are: one a "copy" of the other, "contained" in it for the most part, or "partial"ly the same;
    None where they are not."""
    if pair.likeness >= SHARED:
        return "copy"
    if pair.containment >= SHARED:
        return "contained"
    return "partial" if pair.likeness >= PARTLY else None


def near(texts: Sequence[str]) -> tuple[tuple[Pair, Kinship], ...]:
    """The pairs among the texts that are near each other, by their numbers."""
    with Runs() as held:
        for text in texts:
            held.add(text)
        found = [(pair, kinship(pair)) for pair in held.pairs(np.arange(len(held), dtype=np.uint64))]
    return tuple((pair, kin) for pair, kin in found if kin is not None)


def fold(texts: Iterable[Text]) -> tuple[Story, ...]:
    """The stories of the articles, in order of publication; every article is in exactly one.

    A story is called after its first article. Articles of fewer than `RUN` words are stories of their own. Texts are
    taken one at a time and not kept, so that a million need not be in memory.
    """
    return folded(copies(texts))


def copies(texts: Iterable[Text]) -> dict[str, Copy | None]:
    """For each article, in order of publication, the earlier one that it is a copy of, or None."""
    known: list[tuple[str, str, dt.date | None]] = []
    with Runs() as held:
        for text in texts:
            held.add(text.text)
            known.append((text.order, text.article, text.day))
        ordered = sorted(range(len(known)), key=lambda each: known[each][:2])
        names = [known[each][1] for each in ordered]
        found: dict[str, Copy | None] = dict.fromkeys(names)
        for number, (shared, other) in _best(held, ordered, [known[each][2] for each in ordered]).items():
            adds = _adds(held.of(ordered[number]), held.of(ordered[other]))
            found[names[number]] = Copy(names[other], round(shared, 3), adds)
    return found


def folded(copied: Mapping[str, Copy | None]) -> tuple[Story, ...]:
    """The stories that copies make; `copied` has earlier articles first."""
    first: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for article, copy in copied.items():
        name = first[article] = article if copy is None else first[copy.of]
        members.setdefault(name, []).append(article)
    return tuple(_story(name, [(article, copied[article]) for article in own]) for name, own in members.items())


def _story(name: str, told: Sequence[tuple[str, Copy | None]]) -> Story:
    return Story(
        name,
        tuple(article for article, _ in told),
        tuple(1.0 if copy is None else copy.shared for _, copy in told),
        tuple(article for article, copy in told if copy is not None and copy.adds),
        tuple(None if copy is None else copy.of for _, copy in told),
    )


def _best(held: Runs, ordered: Sequence[int], days: Sequence[dt.date | None]) -> dict[int, tuple[float, int]]:
    """By the place in order of each copy, how much it shares with the earlier one that it is nearest to, and which."""
    ranks = np.empty(len(ordered), dtype=np.uint64)
    ranks[list(ordered)] = np.arange(len(ordered), dtype=np.uint64)
    best: dict[int, Pair] = {}
    for pair in held.pairs(ranks):
        if pair.containment >= SHARED and _near(days[pair.first], days[pair.second]):
            # Likeness, not containment: a third version has all of the first, but it was taken from the second. Pairs
            # come by the earlier text, so that of equals the first stays.
            other = best.get(pair.second)
            best[pair.second] = pair if other is None or pair.likeness > other.likeness else other
    return {number: (pair.containment, pair.first) for number, pair in best.items()}


def stories_of(stories: Iterable[Story]) -> Mapping[str, str]:
    """The story of each article, by id."""
    return {article: story.id for story in stories for article in story.articles}


def _adds(later: Hashes, earlier: Hashes) -> bool:
    """Whether the later text has a stretch of `ADDED` words of its own."""
    own = np.flatnonzero(np.concatenate([[True], np.isin(later, earlier), [True]]))
    # So many runs in a row without a match leave fewer words by those that the runs at either end lend.
    return bool(np.diff(own).max() - RUN >= ADDED)


def _near(one: dt.date | None, other: dt.date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= DAYS
