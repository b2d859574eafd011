"""Deriving: coded articles become stories, happenings and the ledger, as tables that stand beside the archive.

What single articles say is kept from one time to the next by the key of their input, so that only new ones are read;
how articles hang together is worked out anew each time, since one that comes late may change what came after it.
"""

import bisect
import dataclasses
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from communique import __version__
from communique.ledger import Act, Ledger, acts_of, join, settle
from communique.ledger.copies import Text, fold, stories_of
from communique.ledger.happenings import gather, told
from communique.records import Happening, LedgerEntry, LedgerMove, Party, Span, Story
from communique.store import Archive
from communique.store.derived import rows as derived_rows
from communique.store.ids import event_ids, statement_ids
from communique.store.shards import PARTICIPANTS

Row = dict[str, Any]

# Raised when the rules of the ledger, of stories or of happenings change: what was derived before is then made anew.
RULES = 2
MADE_BY = f"communique {__version__}, rules {RULES}"

_TEXT, _NUMBER, _FLOAT, _DAY = pa.string(), pa.int32(), pa.float64(), pa.date32()


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


SCHEMAS: Mapping[str, pa.Schema] = {
    "stories": _schema(story=_TEXT, article=_TEXT, shared=_FLOAT),
    "happenings": _schema(happening=_TEXT, event=_TEXT, joined_to=_TEXT, score=_FLOAT, relation=_TEXT, reasons=_TEXT),
    "entries": _schema(
        entry=_TEXT, kind=_TEXT, source=_TEXT, source_name=_TEXT, target=_TEXT, target_name=_TEXT, matter=_TEXT,
        words=_TEXT, opened=_DAY, standing=_TEXT, told=_TEXT, since=_DAY, is_open=pa.bool_(), moves=_NUMBER,
        repeats=_NUMBER, silent=_NUMBER, last=_DAY,
        near=pa.list_(pa.struct([("entry", _TEXT), ("score", _FLOAT)])), sources=PARTICIPANTS, targets=PARTICIPANTS,
    ),
    "moves": _schema(
        move_id=_TEXT, entry=_TEXT, place=_NUMBER, move=_TEXT, day=_DAY, by_code=_TEXT, by_name=_TEXT, words=_TEXT,
        article=_TEXT, version=_TEXT, start=_NUMBER, end=_NUMBER, record=_TEXT, score=_FLOAT, why=_TEXT,
        reports=_NUMBER, articles=pa.list_(_TEXT),
    ),
    "read": _schema(key=_TEXT, acts=_TEXT, records=_TEXT),
}  # fmt: skip


def derive(archive: Archive) -> Mapping[str, pa.Table]:
    """The derived tables of the archive as it is now."""
    read = _read(archive)
    acts = [act for acts, _ in read.values() for act in acts]
    records = {acts[0].version: names for acts, names in read.values() if acts}
    stories = fold(_texts(archive))
    ledger = join(acts)
    return {
        "stories": _table("stories", _story_rows(stories)),
        "happenings": _table("happenings", _happening_rows(_gathered(archive))),
        "entries": _table("entries", _entry_rows(ledger, _later(archive, stories_of(stories)))),
        "moves": _table("moves", _move_rows(ledger, records)),
        "read": _table("read", [{"key": key, "acts": json.dumps([_form(each) for each in acts], ensure_ascii=False),
                                 "records": json.dumps(names)} for key, (acts, names) in read.items()]),
    }  # fmt: skip


def _read(archive: Archive) -> dict[str, tuple[tuple[Act, ...], dict[str, str]]]:
    """By key of input, the acts of each article, and the global ids of its records by their ids in the article."""
    made = archive.derived()
    known: dict[str, Row] = {}
    if made is not None and made.made_by == MADE_BY:
        known = {row["key"]: row for row in derived_rows(archive.root, made, "read")}
    current = archive.ask("SELECT key FROM latest_keys ORDER BY key").column("key").to_pylist()
    found: dict[str, tuple[tuple[Act, ...], dict[str, str]]] = {}
    for key in (each for each in current if each in known):
        row = known[key]
        found[key] = tuple(map(_back, json.loads(row["acts"]))), json.loads(row["records"])
    for key, coded in archive.inputs(without=found):
        found[key] = acts_of(coded), event_ids(coded) | statement_ids(coded)
    return dict(sorted(found.items()))


def _texts(archive: Archive) -> Iterable[Text]:
    for batch in archive.ask("SELECT article, day, published, text FROM articles").to_batches(max_chunksize=1024):
        for row in batch.to_pylist():
            yield Text(row["article"], row["day"], row["published"] or "9999", row["text"])


def _gathered(archive: Archive) -> Sequence[Happening]:
    columns = (
        "event, article, version, type, modality, sources, targets, first_day, last_day, time_basis, day, geonames_id, "
        "place_precision, place_country, trigger, passage, published, start"
    )
    table = archive.ask(f"SELECT {columns} FROM events WHERE NOT historical")
    reports = (told(row) for batch in table.to_batches(max_chunksize=4096) for row in batch.to_pylist())
    # What was decided last about an event holds.
    apart: dict[str, bool] = {}
    together: dict[tuple[str, str], None] = {}
    for each in archive.decisions():
        if each.event is not None and each.correction.kind == "split":
            apart[each.event] = True
            together = {pair: None for pair in together if each.event not in pair}
        elif each.event is not None and each.correction.kind == "merge" and each.correction.other is not None:
            apart.pop(each.event, None)
            together[each.event, _as_it_is(archive, each.correction.other)] = None
    return gather(reports, apart=apart, together=together)


def _as_it_is(archive: Archive, event: str) -> str:
    """The event as the article is coded now: the one with the same words, if the id is of an earlier run."""
    query = (
        "SELECT now.event FROM events_of_all old JOIN events now USING (article, trigger, passage) WHERE old.event = ? "
        "ORDER BY now.event = old.event DESC, now.event LIMIT 1"
    )
    found = archive.ask(query, [event]).column("event").to_pylist()
    return str(found[0]) if found else event


def _later(archive: Archive, stories: Mapping[str, str]) -> Mapping[frozenset[str], list[tuple[str, str]]]:
    """For each two sides, the days and stories of the articles that tell of both, in order of day."""
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
    return {sides: sorted((day, story) for story, day in told.items()) for sides, told in found.items()}


def _story_rows(stories: Iterable[Story]) -> list[Row]:
    return [
        {"story": story.id, "article": article, "shared": shared}
        for story in stories for article, shared in zip(story.articles, story.shared, strict=True)
    ]  # fmt: skip


def _happening_rows(happenings: Iterable[Happening]) -> list[Row]:
    found: list[Row] = []
    for happening in happenings:
        found.append({"happening": happening.id, "event": happening.reports[0], "reasons": "the first report"})
        found += [
            {"happening": happening.id, "event": joint.joined, "joined_to": joint.event, "score": joint.score,
             "relation": joint.relation, "reasons": joint.why}
            for joint in happening.joints
        ]  # fmt: skip
    return found


def _entry_rows(ledger: Ledger, later: Mapping[frozenset[str], list[tuple[str, str]]]) -> list[Row]:
    moves: dict[str, list[LedgerMove]] = defaultdict(list)
    for move in ledger.moves:
        moves[move.entry].append(move)
    return [_entry_row(entry, moves[entry.id], later) for entry in ledger.entries]


def entry_rows(ledger: Ledger) -> list[Row]:
    """The entries of a ledger as rows, as the archive would have them; for a ledger that is kept nowhere."""
    return _entry_rows(ledger, {})


def move_rows(ledger: Ledger) -> list[Row]:
    """The moves of a ledger as rows, likewise."""
    return _move_rows(ledger, {})


def _entry_row(
    entry: LedgerEntry, moves: Sequence[LedgerMove], later: Mapping[frozenset[str], list[tuple[str, str]]]
) -> Row:
    days = [move.on for move in moves if move.on is not None]
    raised = max((move.on or "" for move in moves if move.move in ("raised", "repeated")), default="")
    state = settle(moves, later=_stories_after(entry, raised, later))
    return {
        "entry": entry.id, "kind": entry.kind, "matter": entry.matter, "words": entry.words,
        "source": _codes(entry.sources), "source_name": _names(entry.sources), "target": _codes(entry.targets),
        "target_name": _names(entry.targets), "opened": _day(entry.opened), "standing": state.standing,
        "told": state.told, "since": _day(state.since), "is_open": state.open, "moves": len(moves),
        "repeats": state.repeats, "silent": state.silent, "last": _day(max(days, default=None)),
        "near": [{"entry": name, "score": score} for name, score in entry.near],
        "sources": _participants(entry.sources), "targets": _participants(entry.targets),
    }  # fmt: skip


def _stories_after(entry: LedgerEntry, day: str, later: Mapping[frozenset[str], list[tuple[str, str]]]) -> int:
    found: set[str] = set()
    for one in entry.sources:
        for other in entry.targets:
            if one.country and other.country:
                told = later.get(frozenset((one.country, other.country)), [])
                found.update(story for _, story in told[bisect.bisect_right(told, (day, "\uffff")) :])
    return len(found)


def _move_rows(ledger: Ledger, records: Mapping[str, Mapping[str, str]]) -> list[Row]:
    return [
        {
            "move_id": move.id, "entry": move.entry, "place": number, "move": move.move, "day": _day(move.on),
            "by_code": None if move.by is None else move.by.code, "by_name": None if move.by is None else move.by.name,
            "words": move.reports[0].words, "article": move.reports[0].article, "version": move.reports[0].version,
            "start": move.reports[0].span.start, "end": move.reports[0].span.end,
            "record": records.get(move.reports[0].version, {}).get(move.reports[0].record or ""),
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


def _table(name: str, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def _form(act: Act) -> Row:
    return dataclasses.asdict(act)


def _back(form: Row) -> Act:
    parties = {name: tuple(_party(each) for each in form[name]) for name in ("by", "to", "named")}
    return Act(**{**form, **parties, "span": Span(**form["span"]), "order": tuple(form["order"])})


def _party(form: Row) -> Party:
    return Party(**{**form, "sectors": tuple(form["sectors"])})
