"""Resuming: a board of entries under way as lines of JSON, and back; each way gives exactly what the other took."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from communique.ledger.fitting import Open
from communique.records import LedgerEntry, LedgerMove, Party, Report, Span

# Party, word, and the numbers of the entries that are found by them, the latest last.
Line = Sequence[Any]


def open_form(opened: Open) -> str:
    """One entry under way as a line of JSON."""
    entry = opened.entry
    return _written({
        "entry": [entry.id, entry.kind, _parties(entry.sources), _parties(entry.targets), entry.matter, entry.words,
                  entry.opened, entry.near],
        "matter": opened.matter,
        "head": sorted(opened.head),
        "moves": [[each.id, each.move, each.on, None if each.by is None else _party(each.by),
                   [[told.article, told.version, told.span.start, told.span.end, told.words, told.record]
                    for told in each.reports], each.score, each.why] for each in opened.moves],
        "last": None if opened.last is None else opened.last.isoformat(),
        "touched": opened.touched,
        "debtors": _parties(opened.debtors),
    })  # fmt: skip


def open_back(line: str) -> Open:
    """The entry under way in a line that :func:`open_form` wrote."""
    form = json.loads(line)
    name, kind, sources, targets, matter, words, day, near = form["entry"]
    entry = LedgerEntry(
        name, kind, _parties_back(sources), _parties_back(targets), matter, words, day,
        tuple((other, score) for other, score in near),
    )  # fmt: skip
    moves = [
        LedgerMove(
            move, name, made, on, None if by is None else _party_back(by),
            tuple(Report(article, version, Span(start, end), told, record)
                  for article, version, start, end, told, record in reports),
            score, why,
        )
        for move, made, on, by, reports, score, why in form["moves"]
    ]  # fmt: skip
    last = None if form["last"] is None else dt.date.fromisoformat(form["last"])
    debtors = _parties_back(form["debtors"])
    return Open(entry, form["matter"], frozenset(form["head"]), moves, last, form["touched"], debtors)


def board_form(lines: Sequence[Line], names: Mapping[str, Party], turn: int) -> str:
    """How entries are found, who is known by which name, and how many acts were taken, as a line of JSON."""
    return _written({"lines": lines, "names": {name: _party(each) for name, each in names.items()}, "turn": turn})


def board_back(line: str) -> tuple[list[Line], dict[str, Party], int]:
    """What :func:`board_form` wrote."""
    form = json.loads(line)
    return form["lines"], {name: _party_back(each) for name, each in form["names"].items()}, form["turn"]


def _written(form: object) -> str:
    # Escaped: half a surrogate pair in an article has no UTF-8 of its own.
    return json.dumps(form, separators=(",", ":"))


def _parties(parties: Sequence[Party]) -> list[Any]:
    return [_party(each) for each in parties]


def _parties_back(forms: Sequence[Any]) -> tuple[Party, ...]:
    return tuple(map(_party_back, forms))


def _party(party: Party) -> list[Any]:
    return [party.name, party.code, party.country, party.sectors, party.registry_id]


def _party_back(form: Sequence[Any]) -> Party:
    name, code, country, sectors, registry_id = form
    return Party(name, code, country, tuple(sectors), registry_id)
