"""Fitting: how well an act fits an entry that is under way, and which move it would be.

What counts are the parties, the matter and the time between them; a noun ("the demand", "its promise") or a bare "it"
stands in for the matter.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from communique.ledger.act import Act
from communique.ledger.lexicon import lexicon
from communique.ledger.matter import alike, amount, opposed, shared, weigh
from communique.ledger.moves import Role, move_of
from communique.ledger.parties import best, same
from communique.records import EntryKind, LedgerEntry, LedgerMove, MoveKind, Party

# Weights of parties, matter and time in the fit of an act, and the least fit with which it joins. All set on the
# dossiers of development under corpus/ledger; see docs/ledger.md for what they give there and on the others.
_PARTIES, _MATTER, _TIME = 0.25, 0.6, 0.15
MARGIN = 0.5
# What "as it had promised" adds to the fit.
_ECHOED = 0.12
# What "again" adds, and what an entry gains that the same article has just moved where an act only says "it".
_AGAIN, _HERE = 0.08, 0.15
# An act that names the entry by a noun ("the demand", "its promise") needs no matter; the newest one is meant.
_BY_NOUN = 0.62
# Least likeness of matter of an act that could be about anything, and of one in another article that only repeats.
_LEAST_MATTER = 0.3
# Entries whose fit lies this far below the margin are listed as near.
NEAR = 0.15
# After so many days half of the weight of time is gone; after so many an entry is no longer looked at.
_HALF_LIFE, _LONGEST = 45, 1000


@dataclass(slots=True, eq=False)
class Open:
    """An entry under way."""

    entry: LedgerEntry
    matter: dict[str, float]
    head: frozenset[str]
    moves: list[LedgerMove] = field(default_factory=list)
    last: dt.date | None = None
    touched: int = 0
    debtors: tuple[Party, ...] = ()
    names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Know by which letters the entry's parties are named."""
        self.names = names_of((*self.entry.sources, *self.entry.targets))


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an act fits an entry, and as what."""

    entry: Open
    move: MoveKind
    score: float
    likeness: float
    why: str


def fit(act: Act, matter: Mapping[str, float], opened: Open) -> Iterator[Fit]:
    """As what the act may move the entry, and how well that fits; nothing where it fits in no way. `matter` are the
    act's words, weighed."""
    entry = opened.entry
    elapsed = _elapsed(opened, act)
    if not -30 <= elapsed <= _LONGEST:
        return
    roles = tuple(_roles(act, opened))
    if not roles:
        return
    names = opened.names | names_of((*act.by, *act.to))
    own = {word: weight for word, weight in matter.items() if word[:5] not in names}
    if act.refers is not None and act.refers != "it":
        # In "the Tajik offer of electricity", the noun stands for the entry and is no part of its matter.
        own = {word: weight for word, weight in own.items() if word not in lexicon().stands}
    shared_words = alike(own, opened.matter)
    if shared_words < _LEAST_MATTER and act.refers is None and act.deed != "deny":
        return
    for role, certainty in roles:
        move = move_of(entry.kind, role, act)
        if move is None:
            continue
        likeness = shared_words
        if opposed(own, opened.matter):
            # "It would resume building" answers "stop building" with no.
            move = {"accepted": "rejected", "met": "broken"}.get(move)  # type: ignore[assignment]
            if move is None or (move == "broken" and not any(each.move == "accepted" for each in opened.moves)):
                continue
        if act.deed == "deny":
            if opened.moves[-1].move != "broken":
                continue
            likeness = max(likeness, alike(own, weigh(opened.moves[-1].reports[0].words)))
        if act.refers is not None and _names_kind(act.refers, entry.kind, move):
            # A noun with words of its own that fit nothing ("the request for more flights") means another entry.
            likeness = max(likeness, _BY_NOUN if likeness >= 0.25 or len(own) < 2 or act.refers == "it" else 0.0)
        if likeness < _LEAST_MATTER or not _is_done(move, act, own, opened):
            continue
        time = 0.5 ** (abs(elapsed) / _HALF_LIFE)
        score = _PARTIES * certainty + _MATTER * min(1.0, likeness) + _TIME * time + _ECHOED * act.echo
        score += _AGAIN * (act.again and move == "repeated") + _HERE * (act.refers == "it" and is_here(opened, act))
        if act.deed == "offer" and role == "other" and likeness < 0.6:
            continue
        if move == "met" and (_is_less(act, entry) or _is_one_of(act, opened)):
            move = "partly-met"
        common = ", ".join(word.lstrip("~") for word in shared(own, opened.matter)[:4])
        why = f"{role}; shares {common}" if common else f"{role}; named as {act.refers}"
        yield Fit(opened, move, round(min(1.0, score), 3), likeness, why)


def also(fits: list[Fit]) -> list[Fit]:
    """The best fit, and others of other owners that the same answer fits as well: one "no" may answer two demands."""
    first = fits[0]
    answers = first.move in ("rejected", "accepted", "met", "partly-met")
    others = [each for each in fits[1:] if answers and each.score >= max(MARGIN, first.score - 0.1)
              and each.move == first.move and each.likeness >= 0.5
              and not best(each.entry.entry.sources, first.entry.entry.sources) >= 0.8]  # fmt: skip
    return [first, *others]


def _is_less(act: Act, entry: LedgerEntry) -> bool:
    """Whether a smaller number was done than the entry is about: $5 million of $8 million."""
    if re.search(r"\b(?:last|remaining|rest|others?)\b", act.matter):
        return False
    done, owed = amount(act.matter), amount(entry.words)
    return done is not None and owed is not None and 0 < done < owed


def _is_one_of(act: Act, opened: Open) -> bool:
    """Whether others of whom the same was wanted have still to do it: of two who should apologise, one has."""
    owing = opened.entry.targets
    moved = (each.by for each in opened.moves if each.move in ("met", "partly-met") and each.by is not None)
    done = (*act.by, *moved)
    apart = all(same(one, two) < 0.5 for one in owing for two in owing if one is not two)
    return len(owing) > 1 and bool(act.by) and apart and any(best((each,), done) < 0.5 for each in owing)


def _is_done(move: MoveKind, act: Act, own: Mapping[str, float], opened: Open) -> bool:
    """Whether a deed does what the entry is about: not only to the same things, and not before it was asked."""
    if move not in ("met", "partly-met") or act.deed != "do":
        return True
    before = act.stated and act.day is not None and act.day < (opened.entry.opened or "")
    return not before and any(word in own for word in opened.head)


def _roles(act: Act, opened: Open) -> Iterator[tuple[Role, float]]:
    """As what the act's party may stand to the entry, and how surely."""
    entry = opened.entry
    own = best(act.by, entry.sources)
    if act.by and own >= 0.5:
        other = _reached(act, entry.targets)
        if other >= 0.3:
            yield "owner", own * (0.6 + 0.4 * other)
    reply = best(act.by, (*entry.targets, *opened.debtors) if entry.targets else ())
    answering = act.refers == "it" and is_here(opened, act)
    if own < 0.8 and (reply >= 0.5 or (answering and reply > 0)):
        back = _reached(act, entry.sources)
        if back >= 0.3 or act.deed in ("do", "promise", "accept"):
            yield "other", reply * (0.6 + 0.4 * back)


def _reached(act: Act, parties: tuple[Party, ...]) -> float:
    """How surely the act is done to one of the parties; a deed to a bank or a village is one to their country."""
    sure = best(act.to, parties)
    countries = {each.country for each in act.to} & {each.country for each in parties} - {None}
    return max(sure, 0.5) if act.deed == "do" and countries else sure


def is_here(opened: Open, act: Act) -> bool:
    """Whether the article of the act has made the entry's last move."""
    return any(each.version == act.version for each in opened.moves[-1].reports)


def _names_kind(noun: str, kind: EntryKind, move: MoveKind) -> bool:
    if noun == "it":
        return True
    if noun == "demand":
        return kind in ("demand", "request")
    if noun == "commitment":
        return kind in ("commitment", "offer") or move in ("broken", "withdrawn")
    return noun == kind


def own_words(matter: Mapping[str, float], parties: Iterable[Party]) -> dict[str, float]:
    """The words of a matter that do not only name its parties."""
    names = names_of(tuple(parties))
    return {word: weight for word, weight in matter.items() if word[:5] not in names}


@lru_cache(maxsize=100_000)
def names_of(parties: tuple[Party, ...]) -> frozenset[str]:
    """The first letters of the proper words of their names, enough to know "Pakistani" by "Pakistan"."""
    return frozenset(word.casefold()[:5] for each in parties for word in each.name.split() if word[:1].isupper())


def _elapsed(opened: Open, act: Act) -> int:
    day = day_of(act)
    return 0 if day is None or opened.last is None else (day - opened.last).days


def day_of(act: Act) -> dt.date | None:
    """The day of the act; None where it is not known."""
    return None if act.day is None else _date(act.day)


_date = lru_cache(maxsize=1 << 12)(dt.date.fromisoformat)
