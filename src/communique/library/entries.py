"""Entries and moves of the ledger as rows; silence as a count of later stories in which no answer was found."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from communique.ledger import Ledger, settle
from communique.records import LedgerEntry, LedgerMove, Party

if TYPE_CHECKING:
    from communique.store import Archive

Row = dict[str, Any]


class Silence:
    """How many stories told of two sides after a day; made by :func:`later_stories`."""

    def __init__(self, told: Mapping[frozenset[str], Mapping[str, str]]) -> None:
        self._told = told
        self._days: dict[frozenset[frozenset[str]], list[str]] = {}

    def after(self, entry: LedgerEntry, day: str) -> int:
        """Stories after `day` that tell of a side of the entry and of the other one."""
        sides = frozenset(
            frozenset((one.country, other.country)) for one in entry.sources for other in entry.targets
            if one.country and other.country
        )  # fmt: skip
        if sides not in self._days:
            last: dict[str, str] = {}
            for each in sides:
                for story, told in self._told.get(each, {}).items():
                    last[story] = max(told, last.get(story, ""))
            self._days[sides] = sorted(last.values())
        days = self._days[sides]
        return len(days) - bisect.bisect_right(days, day)


def later_stories(archive: "Archive", stories: Mapping[str, str]) -> Silence:
    """Which stories tell of which two sides, and since when."""
    query = (
        "SELECT article, any_value(day)::VARCHAR AS day, "
        "list_distinct(flatten(list(list_transform(sources || targets, lambda p: p.country)))) AS countries "
        "FROM coded_events GROUP BY article ORDER BY day NULLS LAST, article"
    )
    found: dict[frozenset[str], dict[str, str]] = defaultdict(dict)
    for row in archive.ask(query).to_pylist():
        countries = sorted(each for each in row["countries"] if each)
        for number, one in enumerate(countries):
            for other in countries[number:]:
                story = stories.get(row["article"], row["article"])
                found[frozenset((one, other))].setdefault(story, row["day"] or "9999")
    return Silence(found)


def entry_rows(ledger: Ledger, silence: Silence | None = None) -> list[Row]:
    """The entries of a ledger as rows, as the archive has them; without `silence`, later stories are not counted."""
    moves: dict[str, list[LedgerMove]] = defaultdict(list)
    for move in ledger.moves:
        moves[move.entry].append(move)
    silence = silence or Silence({})
    return [_entry_row(entry, moves[entry.id], silence) for entry in ledger.entries]


def _entry_row(entry: LedgerEntry, moves: Sequence[LedgerMove], silence: Silence) -> Row:
    days = [move.on for move in moves if move.on is not None]
    raised = max((move.on or "" for move in moves if move.move in ("raised", "repeated")), default="")
    state = settle(moves, later=silence.after(entry, raised))
    return {
        "entry": entry.id, "kind": entry.kind, "matter": entry.matter, "words": entry.words,
        "source": _codes(entry.sources), "source_name": _names(entry.sources), "target": _codes(entry.targets),
        "target_name": _names(entry.targets), "opened": _day(entry.opened), "standing": state.standing,
        "told": state.told, "since": _day(state.since), "is_open": state.open, "moves": len(moves),
        "repeats": state.repeats, "silent": state.silent, "last": _day(max(days, default=None)),
        "near": [{"entry": name, "score": score} for name, score in entry.near],
        "sources": _participants(entry.sources), "targets": _participants(entry.targets),
    }  # fmt: skip


def move_rows(ledger: Ledger) -> list[Row]:
    """The moves of a ledger as rows, likewise."""
    return [
        {
            "move_id": move.id, "entry": move.entry, "place": number, "move": move.move, "day": _day(move.on),
            "by_code": None if move.by is None else move.by.code, "by_name": None if move.by is None else move.by.name,
            "words": move.reports[0].words, "article": move.reports[0].article, "version": move.reports[0].version,
            "start": move.reports[0].span.start, "end": move.reports[0].span.end,
            "record": move.reports[0].record,
            "score": move.score, "why": move.why, "reports": len(move.reports),
            "articles": [each.article for each in move.reports],
        }
        for number, move in enumerate(ledger.moves)
    ]  # fmt: skip


def _codes(parties: Iterable[Party]) -> str:
    return "; ".join(dict.fromkeys(each.code for each in parties if each.code))


def _names(parties: Iterable[Party]) -> str:
    return "; ".join(dict.fromkeys(each.name for each in parties))


def _participants(parties: Iterable[Party]) -> list[Row]:
    return [
        {"words": each.name, "name": each.name, "code": each.code, "country": each.country,
         "sectors": list(each.sectors), "role": None, "registry_id": each.registry_id,
         "status": "resolved" if each.registry_id else "unresolved"}
        for each in parties
    ]  # fmt: skip


def _day(day: str | None) -> dt.date | None:
    return None if not day else dt.date.fromisoformat(day[:10])
