"""Joining: acts in order of date become entries and their moves.

An act joins an entry by its parties, its matter and the time between them. Where nothing fits well enough, an act that
can open an entry opens one, and lists what it almost joined; any other act is left out: most deeds answer nothing.
"""

import datetime as dt
import hashlib
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from communique.ledger.act import Act
from communique.ledger.matter import alike, amount, head, opposed, phrase, shared, weigh
from communique.ledger.moves import OPENS, Role, move_of
from communique.ledger.parties import best, same
from communique.records import EntryKind, LedgerEntry, LedgerMove, MoveKind, Party, Report

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
_NEAR = 0.15
# After so many days half of the weight of time is gone; after so many an entry is no longer looked at.
_HALF_LIFE, _LONGEST = 45, 1000


# Entries are looked up by party and word, at most so many words of an entry and so many of the latest entries of each.
_ANY, _WORDS, _LATEST = "*", 16, 24
# Of the entries found so, as many are weighed.
_LIKELY = 12


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries in order of opening, and the moves of all of them in order of date."""

    entries: tuple[LedgerEntry, ...]
    moves: tuple[LedgerMove, ...]

    def moves_of(self, entry: str) -> tuple[LedgerMove, ...]:
        """The moves of one entry, in order of date."""
        return tuple(each for each in self.moves if each.entry == entry)


@dataclass(slots=True, eq=False)
class _Open:
    """An entry under way."""

    entry: LedgerEntry
    matter: dict[str, float]
    head: frozenset[str]
    moves: list[LedgerMove] = field(default_factory=list)
    last: dt.date | None = None
    touched: int = 0
    debtors: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well an act fits an entry, and as what."""

    entry: _Open
    move: MoveKind
    score: float
    likeness: float
    why: str


def join(acts: Iterable[Act]) -> Ledger:
    """The ledger of the acts. Their order does not matter: they are taken by publication and place in the text."""
    board = _Board()
    for act in dict.fromkeys(sorted(acts, key=lambda each: each.order)):
        board.take(act)
    return board.ledger()


class _Board:
    """All entries so far, looked up by the keys of their parties."""

    def __init__(self) -> None:
        self._all: list[_Open] = []
        self._known_by: dict[tuple[str, str], deque[_Open]] = {}
        self._names: dict[str, Party] = {}
        self._turn = 0
        # Entries that the present article has moved: an answer may name neither side ("Iceland refused").
        self._here: list[_Open] = []
        self._here_in = ""

    def take(self, act: Act) -> None:
        """Let the act move an entry, or open one, or pass."""
        self._turn += 1
        for each in act.named:
            self._names[each.name.split()[-1]] = each
        act = replace(act, by=self._known(act.by), to=self._known(act.to))
        if not act.by and act.deed not in ("do", "lapse"):
            return
        # Of equals, the entry that was moved last is meant: "accepted it".
        fits = sorted(self._fits(act), key=lambda each: (-each.score, -each.entry.touched))
        if fits and fits[0].score >= MARGIN:
            for fit in _also(fits):
                self._move(fit, act)
            return
        if act.deed in ("refuse", "accept") and act.refers == "demand" and act.to and _is_told(act):
            # "Refused a request by the United States to widen the flights": the request is told by its answer only.
            self._open("request", replace(act, by=act.to, to=act.by), ())
            self.take(act)
            return
        kind = OPENS.get(act.deed)
        if kind is not None and act.by and _has_content(act):
            near = tuple(
                (each.entry.entry.id, round(each.score, 3)) for each in fits[:3] if each.score >= MARGIN - _NEAR
            )
            self._open(kind, act, near)

    def _known(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The parties, each that has only a name as it was known by that name before."""
        found = []
        for each in parties:
            last = each.name.split()[-1] if each.name else ""
            if each.code and last[:1].isupper():
                self._names[last] = each
            known = self._names.get(last) if not each.code else None
            found.append(known if known is not None and last[:1].isupper() else each)
        return tuple(dict.fromkeys(found))

    def ledger(self) -> Ledger:
        """What has been found, each move in order of day and article."""
        moves = [(each, number) for opened in self._all for number, each in enumerate(opened.moves)]
        moves.sort(key=lambda pair: (pair[0].on or "9999", pair[0].entry, pair[1]))
        return Ledger(tuple(each.entry for each in self._all), tuple(each for each, _ in moves))

    def _fits(self, act: Act) -> Iterator[_Fit]:
        matter = weigh(act.matter)
        words = (*matter, _ANY) if act.refers is not None else tuple(matter)
        hits: Counter[_Open] = Counter()
        for key in _keys((*act.by, *act.to)):
            for word in words:
                hits.update(self._known_by.get((key, word), ()))
        for word in matter:
            # Where a party is not known, the names in the matter must do.
            hits.update(self._known_by.get((_ANY, word), ()))
        if self._here_in == act.version:
            hits.update(dict.fromkeys(self._here, len(words)))
        # Those that share most words; of equals the ones moved last, for "it" and "the demand" mean these.
        likely = sorted(hits, key=lambda each: (-hits[each], -each.touched)) if len(hits) > _LIKELY else hits
        for opened in itertools.islice(likely, _LIKELY):
            yield from _fit(act, matter, opened)

    def _move(self, fit: _Fit, act: Act) -> None:
        opened = fit.entry
        self._touch(opened, act)
        told = _retelling(opened, fit.move, act)
        if told is not None:
            if all(each.version != act.version for each in told.reports):
                merged = LedgerMove(told.id, told.entry, told.move, told.on, told.by, (*told.reports, _report(act)),
                                    told.score, told.why)  # fmt: skip
                opened.moves[opened.moves.index(told)] = merged
            return
        opened.moves.append(_moved(opened.entry.id, fit.move, act, fit.score, fit.why))
        opened.last = _day(act) or opened.last
        if fit.move == "accepted":
            opened.debtors = tuple(dict.fromkeys((*opened.debtors, *act.by)))
        if fit.move in ("repeated", "accepted", "met", "partly-met") and act.refers is None:
            for word, weight in weigh(act.matter).items():
                # Later words for the same matter count, but less than the first ones.
                opened.matter.setdefault(word, weight / 2)
            self._register(opened, (*act.by, *act.to))

    def _open(self, kind: EntryKind, act: Act, near: tuple[tuple[str, float], ...]) -> None:
        name = _digest("entry", act.version, kind, act.span.start, act.matter, *(each.code for each in act.by))
        entry = LedgerEntry(name, kind, act.by, act.to, phrase(act.matter), act.matter, act.day, near)
        own = _own_words(weigh(act.matter), (*act.by, *act.to))
        opened = _Open(entry, own, head(act.matter, own), last=_day(act))
        opened.moves.append(_moved(name, "raised", act, 1.0, "opens the entry"))
        self._touch(opened, act)
        self._all.append(opened)
        self._register(opened, (*act.by, *act.to))

    def _touch(self, opened: _Open, act: Act) -> None:
        opened.touched = self._turn
        if self._here_in != act.version:
            self._here, self._here_in = [], act.version
        self._here.append(opened)

    def _register(self, opened: _Open, parties: tuple[Party, ...]) -> None:
        """Let the entry be found by its parties together with the words of its matter, the latest ones first to last:
        of thousands of entries about talks between two sides, an act can only mean one of the last."""
        words = (*sorted(opened.matter, key=lambda word: -opened.matter[word])[:_WORDS], _ANY)
        for key in _keys(parties):
            for word in words:
                line = self._known_by.setdefault((key, word), deque(maxlen=_LATEST))
                if opened not in line:
                    line.append(opened)
        if not opened.entry.targets:
            for word in (each for each in words if each[0] not in "~*"):
                self._known_by.setdefault((_ANY, word), deque(maxlen=_LATEST)).append(opened)


def _fit(act: Act, matter: Mapping[str, float], opened: _Open) -> Iterator[_Fit]:
    entry = opened.entry
    elapsed = _elapsed(opened, act)
    own = _own_words(matter, (*entry.sources, *entry.targets, *act.by))
    shared_words = alike(own, opened.matter)
    if (
        elapsed > _LONGEST
        or elapsed < -30
        or (shared_words < _LEAST_MATTER and act.refers is None and act.deed != "deny")
    ):
        return
    for role, certainty in _roles(act, opened):
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
        score += _AGAIN * (act.again and move == "repeated") + _HERE * (act.refers == "it" and _is_here(opened, act))
        if act.deed == "offer" and role == "other" and likeness < 0.6:
            continue
        if move == "met" and (_is_less(act, entry) or _is_one_of(act, opened)):
            move = "partly-met"
        common = ", ".join(word.lstrip("~") for word in shared(own, opened.matter)[:4])
        why = f"{role}; shares {common}" if common else f"{role}; named as {act.refers}"
        yield _Fit(opened, move, round(min(1.0, score), 3), likeness, why)


def _also(fits: list[_Fit]) -> list[_Fit]:
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


def _is_one_of(act: Act, opened: _Open) -> bool:
    """Whether others of whom the same was wanted have still to do it: of two who should apologise, one has."""
    owing = opened.entry.targets
    done = [*act.by, *(each.by for each in opened.moves if each.move in ("met", "partly-met") and each.by is not None)]
    apart = all(same(one, two) < 0.5 for one in owing for two in owing if one is not two)
    return len(owing) > 1 and bool(act.by) and apart and any(best((each,), done) < 0.5 for each in owing)


def _is_done(move: MoveKind, act: Act, own: Mapping[str, float], opened: _Open) -> bool:
    """Whether a deed does what the entry is about: not only to the same things, and not before it was asked."""
    if move not in ("met", "partly-met") or act.deed != "do":
        return True
    before = act.stated and act.day is not None and act.day < (opened.entry.opened or "")
    return not before and any(word in own for word in opened.head)


def _roles(act: Act, opened: _Open) -> Iterator[tuple[Role, float]]:
    """As what the act's party may stand to the entry, and how surely."""
    entry = opened.entry
    own = best(act.by, entry.sources)
    if act.by and own >= 0.5:
        other = _reached(act, entry.targets)
        if other >= 0.3:
            yield "owner", own * (0.6 + 0.4 * other)
    reply = best(act.by, (*entry.targets, *opened.debtors) if entry.targets else ())
    answering = act.refers == "it" and _is_here(opened, act)
    if own < 0.8 and (reply >= 0.5 or (answering and reply > 0)):
        back = _reached(act, entry.sources)
        if back >= 0.3 or act.deed in ("do", "promise", "accept"):
            yield "other", reply * (0.6 + 0.4 * back)


def _reached(act: Act, parties: tuple[Party, ...]) -> float:
    """How surely the act is done to one of the parties; a deed to a bank or a village is one to their country."""
    sure = best(act.to, parties)
    countries = {each.country for each in act.to} & {each.country for each in parties} - {None}
    return max(sure, 0.5) if act.deed == "do" and countries else sure


def _retelling(opened: _Open, move: MoveKind, act: Act) -> LedgerMove | None:
    """The move of the entry that the act only tells again: the same one in the same article, on the same stated day, or
    in the words of a copy."""
    for told in reversed(opened.moves):
        alike_kind = told.move == move or {told.move, move} == {"raised", "repeated"}
        if not alike_kind:
            continue
        if any(each.version == act.version for each in told.reports):
            if not (act.again and told.move == "raised" and move == "repeated"):
                return told
            continue
        if told.on == act.day and (act.stated or _same_words(told, act)):
            return told
        known = told.by is None or not act.by or best(act.by, (told.by,)) >= 0.5
        if move in ("met", "broken", "withdrawn", "lapsed") and told is opened.moves[-1] and known:
            return told
    return None


def _same_words(told: LedgerMove, act: Act) -> bool:
    mine, others = set(act.words.casefold().split()), set(told.reports[0].words.casefold().split())
    return len(mine & others) >= 0.6 * len(mine | others)


def _is_here(opened: _Open, act: Act) -> bool:
    return any(each.version == act.version for each in opened.moves[-1].reports)


def _names_kind(noun: str, kind: EntryKind, move: MoveKind) -> bool:
    if noun == "it":
        return True
    if noun == "demand":
        return kind in ("demand", "request")
    if noun == "commitment":
        return kind in ("commitment", "offer") or move in ("broken", "withdrawn")
    return noun == kind


def _has_content(act: Act) -> bool:
    """Whether the matter says something of its own, and is not only "the demand"."""
    own = _own_words(weigh(act.matter), (*act.by, *act.to))
    return bool(own) and (
        act.refers is None or (act.refers != "it" and len(own) >= 2 and act.deed in ("ask", "demand"))
    )


def _is_told(act: Act) -> bool:
    """Whether the matter says what was asked: "a request … to widen the area of its flights"."""
    return (
        bool(re.search(r"\b(?:to|for)\s+\w", act.matter))
        and len(_own_words(weigh(act.matter), (*act.by, *act.to))) >= 3
    )


def _own_words(matter: Mapping[str, float], parties: Iterable[Party]) -> dict[str, float]:
    """The words of a matter that do not only name its parties."""
    names = {start for each in parties for start in _starts(each.name)}
    return {word: weight for word, weight in matter.items() if word[:5] not in names}


@lru_cache(maxsize=100_000)
def _starts(name: str) -> tuple[str, ...]:
    """The first letters of the proper words of a name, enough to know "Pakistani" by "Pakistan"."""
    return tuple(word.casefold()[:5] for word in name.split() if word[:1].isupper())


def _keys(parties: Iterable[Party]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for each in parties:
        if each.country:
            keys[each.country] = None
        elif each.registry_id:
            keys[each.registry_id] = None
        for sector in each.sectors if not each.country else ():
            keys[sector] = None
        for word in each.name.casefold().split() if not each.code else ():
            keys[word] = None
    return tuple(keys)


def _elapsed(opened: _Open, act: Act) -> int:
    day = _day(act)
    return 0 if day is None or opened.last is None else (day - opened.last).days


def _day(act: Act) -> dt.date | None:
    return None if act.day is None else dt.date.fromisoformat(act.day)


def _moved(entry: str, move: MoveKind, act: Act, score: float, why: str) -> LedgerMove:
    name = _digest("move", entry, move, act.version, act.span.start)
    return LedgerMove(name, entry, move, act.day, act.by[0] if act.by else None, (_report(act),), score, why)


def _report(act: Act) -> Report:
    return Report(act.article, act.version, act.span, act.words, act.record)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
