"""Deciding: an article as people have corrected it, for the ledger, which reads whole articles and no rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from communique.ledger import Decided
from communique.records import Actor, CodedArticle, Event, Interval, Participant, Span
from communique.store import Archive
from communique.store.ids import digest, event_ids

Row = Mapping[str, Any]
# Columns of a row that the ledger goes by.
_READ = ("type", "mode", "modality", "sources", "targets", "first_day", "last_day", "start", "end")
# What a person decides about happenings tells the ledger nothing.
_KINDS = frozenset(("set", "add", "reject", "accept"))


def decided(archive: Archive) -> dict[str, str]:
    """By the key of each article that has corrected events, a digest of the corrections that stand."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in archive.decisions():
        if each.event is not None and each.correction.kind in _KINDS:
            found[each.correction.article].append(each.correction.id)
    if not found:
        return {}
    query = "SELECT key, article FROM inputs WHERE list_contains(?::VARCHAR[], article)"
    rows = archive.ask(query, [sorted(found)]).to_pylist()
    return {row["key"]: digest(found[row["article"]], length=16) for row in rows}


def corrected(archive: Archive, coded: CodedArticle) -> tuple[CodedArticle, Decided]:
    """The article with its events as they stand, and what of them people decided."""
    asked = [coded.article.id]
    stands = archive.ask("SELECT * FROM events WHERE article = ?", asked).to_pylist()
    was = {row["event"]: row for row in archive.ask("SELECT * FROM coded_events WHERE article = ?", asked).to_pylist()}
    names = event_ids(coded)
    rows = {row["event"]: row for row in stands}
    actors: dict[str, Actor] = {}
    events, changed, rejected = [], {}, []
    for event in coded.events:
        name = names[event.id]
        if name not in rows:
            rejected.append(event.trigger)
            continue
        fields = frozenset(each for each in _READ if rows[name][each] != was[name][each])
        events.append(_set(event, rows[name], fields, actors) if fields else event)
        changed[event.id] = fields
    for row in stands:
        if row["event"] not in was:
            events.append(_added(row, actors))
            changed[row["event"]] = frozenset(_READ)
    told = replace(coded, events=tuple(events), actors=(*coded.actors, *actors.values()))
    return told, Decided(tuple(rejected), {name: fields for name, fields in changed.items() if fields})


def _set(event: Event, row: Row, fields: frozenset[str], actors: dict[str, Actor]) -> Event:
    dated = not fields.isdisjoint(("first_day", "last_day"))
    return replace(
        event,
        type=row["type"],
        mode=row["mode"],
        modality=row["modality"],
        trigger=Span(row["start"], row["end"]),
        sources=_participants(row["sources"], actors) if "sources" in fields else event.sources,
        targets=_participants(row["targets"], actors) if "targets" in fields else event.targets,
        when=_when(row) if dated else event.when,
    )


def _added(row: Row, actors: dict[str, Actor]) -> Event:
    """The event that a person added, under its id for good: it has none in the article."""
    return Event(
        row["event"], row["type"], row["mode"], (), row["cameo"], _participants(row["sources"], actors),
        _participants(row["targets"], actors), Span(row["start"], row["end"]), row["quad"], row["goldstein"],
        row["modality"], None if row["first_day"] == row["day"] else _when(row), None, None, 1.0, (), row["why"],
    )  # fmt: skip


def _when(row: Row) -> Interval | None:
    if row["first_day"] is None:
        return None
    first = row["first_day"].isoformat()
    last = first if row["last_day"] is None else row["last_day"].isoformat()
    return Interval(first, last, "day", "stated")


def _participants(told: list[Row], actors: dict[str, Actor]) -> tuple[Participant, ...]:
    """The sides that a person set, each by an actor of its own: no words of the article name it."""
    found = []
    for each in told:
        name = f"set {each['name']}"
        actors[name] = Actor(
            name, each["name"], each["country"], tuple(each["sectors"]), each["role"], each["registry_id"], "resolved",
            (), "set by a person",
        )  # fmt: skip
        found.append(Participant("", name))
    return tuple(found)
