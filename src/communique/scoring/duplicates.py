"""Scores of near-duplicates: pairs, what kind of copy each is, and stories.

Hand-made or measured pairs are given beside the texts that they are taken of; any two texts that no pair names are no
copies. Of pairs: precision, recall and F1, for those that are copies in whole or contained, and with partial ones. Of
stories: the adjusted Rand index (Hubert and Arabie 1985) of the program's against the chains of gold pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from communique.errors import ScoringError
from communique.scoring.counting import percent

BANDS = ("copy", "contained", "partial")
# What folding is for; partly the same texts are scored beside it.
COPIES = ("copy", "contained")
Couple = frozenset[str]


class Row(Protocol):
    """A line of a file."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Doc:
    """One text: `day` is ISO 8601 or None."""

    id: str
    text: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """Texts, and the kinship of each couple of them that has one."""

    docs: tuple[Doc, ...]
    pairs: Mapping[Couple, str]


def read(rows: Iterable[tuple[str, Row]]) -> Gold:
    """Gold from lines of two forms, each with its place: a text has `id`, `text` and perhaps `dct`; a pair `a`, `b` and
    its `band`. Raises `ScoringError` where a line is neither, or a pair names a text that is not there."""
    docs: dict[str, Doc] = {}
    pairs: dict[Couple, tuple[str, str]] = {}
    for place, row in rows:
        try:
            if isinstance(row, dict) and "text" in row:
                docs[str(row["id"])] = Doc(str(row["id"]), str(row["text"]), row.get("dct"))
            else:
                pairs[frozenset((str(row["a"]), str(row["b"])))] = place, str(row["band"])
        except (KeyError, TypeError) as error:
            raise ScoringError(
                f"{place}: found neither a text (id, text) nor a pair (a, b, band): {error!r}"
            ) from error
    for couple, (place, band) in pairs.items():
        if band not in BANDS or len(couple) != 2 or not couple <= docs.keys():
            raise ScoringError(
                f"{place}: a pair is of two texts of the same files and its band one of {', '.join(BANDS)}"
            )
    if not docs or not pairs:
        raise ScoringError("duplicates are scored on texts and pairs together: name both files")
    return Gold(tuple(docs.values()), {couple: band for couple, (_, band) in pairs.items()})


def score(gold: Gold, pairs: Mapping[Couple, str], stories: Mapping[str, str]) -> dict[str, Any]:
    """The measures, in percent. `pairs` are the program's with their kinship; `stories` give each text its story."""
    both = gold.pairs.keys() & pairs.keys()
    ids = [doc.id for doc in gold.docs]
    chains = _chains(ids, (couple for couple, band in gold.pairs.items() if band in COPIES))
    return {
        "texts": len(ids),
        "copies": _measures(gold.pairs, pairs, COPIES),
        "with_partial": _measures(gold.pairs, pairs, BANDS),
        "bands_right": percent(sum(gold.pairs[each] == pairs[each] for each in both), len(both)),
        "stories_ari": round(100 * rand_index([chains[each] for each in ids], [stories[each] for each in ids]), 1),
    }


def _measures(gold: Mapping[Couple, str], found: Mapping[Couple, str], bands: Sequence[str]) -> dict[str, Any]:
    wanted = {couple for couple, band in gold.items() if band in bands}
    given = {couple for couple, band in found.items() if band in bands}
    right = len(wanted & given)
    return {
        "gold": len(wanted),
        "found": len(given),
        "precision": percent(right, len(given)),
        "recall": percent(right, len(wanted)),
        "f1": percent(2 * right, len(given) + len(wanted)),
    }


def _chains(ids: Iterable[str], couples: Iterable[Couple]) -> dict[str, str]:
    """For each text the least name of those that it hangs together with."""
    next_to: dict[str, set[str]] = defaultdict(set)
    for couple in couples:
        for each in couple:
            next_to[each] |= couple
    found: dict[str, str] = {}
    for start in sorted(ids):
        waiting = [start]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = start
                waiting += next_to[each]
    return found


def rand_index(one: Sequence[str], other: Sequence[str]) -> float:
    """The adjusted Rand index of two ways to put the same things into groups: 1 the same, about 0 by chance."""
    together = _couples(Counter(zip(one, other, strict=True)).values())
    first, second = _couples(Counter(one).values()), _couples(Counter(other).values())
    chance = first * second / max(1, _couples([len(one)]))
    most = (first + second) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _couples(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
