"""Joining: acts in order of date become entries and their moves.

An act joins an entry by its parties, its matter and the time between them. Where nothing fits well enough, an act that
can open an entry opens one, and lists what it almost joined; any other act is left out: most deeds answer nothing.
"""

import hashlib
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.ledger import resuming
from communique.ledger.act import Act
from communique.ledger.fitting import MARGIN, NEAR, Fit, Open, also, day_of, fit, own_words
from communique.ledger.matter import head, phrase, weigh
from communique.ledger.moves import OPENS
from communique.ledger.parties import best
from communique.records import EntryKind, LedgerEntry, LedgerMove, MoveKind, Party, Report

# Entries are looked up by party and word, at most so many words of an entry and so many of the latest entries of each.
_ANY, _WORDS, _LATEST = "*", 16, 24
# Of the entries found so, as many are weighed.
_LIKELY = 12
# Of an entry that is moved hundreds of times, so many of the latest moves are looked through for one that is
# told again.
_RETOLD = 64


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries in order of opening, and the moves of all of them in order of date."""

    entries: tuple[LedgerEntry, ...]
    moves: tuple[LedgerMove, ...]

    def moves_of(self, entry: str) -> tuple[LedgerMove, ...]:
        """The moves of one entry, in order of date."""
        return tuple(each for each in self.moves if each.entry == entry)


def join(acts: Iterable[Act]) -> Ledger:
    """The ledger of the acts. Their order does not matter: they are taken by publication and place in the text."""
    board = Board()
    for act in dict.fromkeys(sorted(acts, key=lambda each: each.order)):
        board.take(act)
    return board.ledger()


class Board:
    """All entries so far, looked up by the keys of their parties.

    Acts are taken in order. What a board holds can be saved between two articles and taken up again later, so that
    those that came before need not be read again.
    """

    def __init__(self) -> None:
        self._all: list[Open] = []
        self._known_by: dict[tuple[str, str], deque[Open]] = {}
        self._names: dict[str, Party] = {}
        self._turn = 0
        # Entries that the present article has moved: an answer may name neither side ("Iceland refused").
        self._here: list[Open] = []
        self._here_in = ""

    def take(self, act: Act) -> None:
        """Let the act move an entry, or open one, or pass."""
        self._turn += 1
        for each in act.named:
            self._names[each.name.split()[-1]] = each
        by, to = self._known(act.by), self._known(act.to)
        if (by, to) != (act.by, act.to):
            act = replace(act, by=by, to=to)
        if not act.by and act.deed not in ("do", "lapse"):
            return
        # Of equals, the entry that was moved last is meant: "accepted it".
        fits = sorted(self._fits(act), key=lambda each: (-each.score, -each.entry.touched))
        if fits and fits[0].score >= MARGIN:
            for found in also(fits):
                self._move(found, act)
            return
        if act.deed in ("refuse", "accept") and act.refers == "demand" and act.to and _is_told(act):
            # "Refused a request by the United States to widen the flights": the request is told by its answer only.
            self._open("request", replace(act, by=act.to, to=act.by), ())
            self.take(act)
            return
        kind = OPENS.get(act.deed)
        if kind is not None and act.by and _has_content(act):
            near = tuple(
                (each.entry.entry.id, round(each.score, 3)) for each in fits[:3] if each.score >= MARGIN - NEAR
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

    def saved(self) -> Iterator[str]:
        """What the board holds, as lines of text: one for each entry, then one for how they are found."""
        numbers = {id(each): number for number, each in enumerate(self._all)}
        yield from map(resuming.open_form, self._all)
        lines = [[*key, [numbers[id(each)] for each in line]] for key, line in self._known_by.items()]
        yield resuming.board_form(lines, self._names, self._turn)

    @classmethod
    def restored(cls, lines: Iterable[str]) -> "Board":
        """The board that was saved in `lines`."""
        board = cls()
        *entries, rest = lines
        board._all = [resuming.open_back(each) for each in entries]
        known, board._names, board._turn = resuming.board_back(rest)
        for party, word, numbers in known:
            board._known_by[party, word] = deque((board._all[each] for each in numbers), maxlen=_LATEST)
        return board

    def _fits(self, act: Act) -> Iterator[Fit]:
        matter = weigh(act.matter)
        words = (*matter, _ANY) if act.refers is not None else tuple(matter)
        hits: Counter[Open] = Counter()
        for key in _keys((*act.by, *act.to)):
            for word in words:
                hits.update(self._known_by.get((key, word), ()))
        for word in matter:
            # Where a party is not known, the names in the matter must do.
            hits.update(self._known_by.get((_ANY, word), ()))
        if self._here_in == act.version:
            hits.update(dict.fromkeys(self._here, len(words)))
        # Those that share most words; of equals the ones moved last, for "it" and "the demand" mean these.
        if len(hits) > _LIKELY:
            likely = sorted(hits, key=lambda each: hits[each] << 40 | each.touched, reverse=True)[:_LIKELY]
        else:
            likely = list(hits)
        for opened in likely:
            yield from fit(act, matter, opened)

    def _move(self, found: Fit, act: Act) -> None:
        opened = found.entry
        self._touch(opened, act)
        told = _retelling(opened, found.move, act)
        if told is not None:
            if all(each.version != act.version for each in told.reports):
                merged = LedgerMove(told.id, told.entry, told.move, told.on, told.by, (*told.reports, _report(act)),
                                    told.score, told.why)  # fmt: skip
                opened.moves[opened.moves.index(told)] = merged
            return
        opened.moves.append(_moved(opened.entry.id, found.move, act, found.score, found.why))
        opened.last = day_of(act) or opened.last
        if found.move == "accepted":
            opened.debtors = tuple(dict.fromkeys((*opened.debtors, *act.by)))
        if found.move in ("repeated", "accepted", "met", "partly-met") and act.refers is None:
            for word, weight in weigh(act.matter).items():
                # Later words for the same matter count, but less than the first ones.
                opened.matter.setdefault(word, weight / 2)
            self._register(opened, (*act.by, *act.to))

    def _open(self, kind: EntryKind, act: Act, near: tuple[tuple[str, float], ...]) -> None:
        name = _digest("entry", act.version, kind, act.span.start, act.matter, *(each.code for each in act.by))
        entry = LedgerEntry(name, kind, act.by, act.to, phrase(act.matter), act.matter, act.day, near)
        own = own_words(weigh(act.matter), (*act.by, *act.to))
        opened = Open(entry, own, head(act.matter, own), last=day_of(act))
        opened.moves.append(_moved(name, "raised", act, 1.0, "opens the entry"))
        self._touch(opened, act)
        self._all.append(opened)
        self._register(opened, (*act.by, *act.to))

    def _touch(self, opened: Open, act: Act) -> None:
        opened.touched = self._turn
        if self._here_in != act.version:
            self._here, self._here_in = [], act.version
        self._here.append(opened)

    def _register(self, opened: Open, parties: tuple[Party, ...]) -> None:
        """Let the entry be found by its parties together with the words of its matter, the latest ones first to last:
        of thousands of entries about talks between two sides, an act can only mean one of the last."""
        words = (*sorted(opened.matter, key=lambda word: -opened.matter[word])[:_WORDS], _ANY)
        for key in _keys(parties):
            for word in words:
                line = self._known_by.setdefault((key, word), deque(maxlen=_LATEST))
                if opened not in line:
                    line.append(opened)
        if not opened.entry.targets:
            for word in (each for each in words if each != _ANY):
                self._known_by.setdefault((_ANY, word), deque(maxlen=_LATEST)).append(opened)


def _retelling(opened: Open, move: MoveKind, act: Act) -> LedgerMove | None:
    """The move of the entry that the act only tells again: the same one in the same article, on the same stated day, or
    in the words of a copy."""
    for told in itertools.islice(reversed(opened.moves), _RETOLD):
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


def _has_content(act: Act) -> bool:
    """Whether the matter says something of its own, and is not only "the demand"."""
    own = own_words(weigh(act.matter), (*act.by, *act.to))
    return bool(own) and (
        act.refers is None or (act.refers != "it" and len(own) >= 2 and act.deed in ("ask", "demand"))
    )


def _is_told(act: Act) -> bool:
    """Whether the matter says what was asked: "a request … to widen the area of its flights"."""
    return (
        bool(re.search(r"\b(?:to|for)\s+\w", act.matter)) and len(own_words(weigh(act.matter), (*act.by, *act.to))) >= 3
    )


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


def _moved(entry: str, move: MoveKind, act: Act, score: float, why: str) -> LedgerMove:
    name = _digest("move", entry, move, act.version, act.span.start)
    return LedgerMove(name, entry, move, act.day, act.by[0] if act.by else None, (_report(act),), score, why)


def _report(act: Act) -> Report:
    return Report(act.article, act.version, act.span, act.words, act.record)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
