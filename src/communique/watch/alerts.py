"""Saved queries: what each finds anew is an alert, told once in an Atom feed (RFC 4287) and to a web address."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml
from lxml import etree

from communique.errors import InputError
from communique.intake.fetch import Fetcher
from communique.records import Problem
from communique.records.event import Modality
from communique.store import Archive, filters
from communique.store.ids import digest
from communique.watch.state import Alert, State

_ATOM = "http://www.w3.org/2005/Atom"
# Entries of a feed: a reader that comes once a day finds all of a lively day.
ENTRIES = 200
# Alerts in one call of a web address.
CALL = 50
_FIELDS = ("source", "target", "type", "since", "until", "modality")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
_LARGEST = 1_000_000
# What XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOLD = (
    "event", "type", "mode", "modality", "source", "source_name", "target", "target_name", "words", "passage",
    "first_day", "last_day", "title", "outlet", "published", "url", "article",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """A saved question about events; its name is that of its feed's file. Empty fields ask nothing."""

    name: str
    source: str | None = None
    target: str | None = None
    type: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    modality: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Its id: another question under the same name is another query."""
        return digest(["query", self.name, self.source, self.target, *self.type, "·", self.since, self.until,
                       *self.modality])  # fmt: skip


def read_queries(path: Path) -> tuple[Query, ...]:
    """The queries of a YAML file: names, each with some of source, target, type, since, until, modality.

    Raises `InputError` where it says something else.
    """
    try:
        text = path.read_bytes()[: _LARGEST + 1]
        told = None if len(text) > _LARGEST else yaml.safe_load(text)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is no YAML ({str(error).splitlines()[0]})") from error
    if not isinstance(told, dict) or not told:
        raise InputError(f"{path} holds no queries; write one as NAME: {{source: USA, target: PAK, type: REQUEST}}")
    return tuple(_query(path, str(name), asked) for name, asked in told.items())


def _query(path: Path, name: str, asked: Any) -> Query:
    if not _NAME.fullmatch(name):
        raise InputError(f"{path}: “{name}” is no name of a query; letters, digits, - and _ are")
    if not isinstance(asked, dict) or not asked or not set(asked) <= set(_FIELDS):
        raise InputError(f"{path}: query “{name}” may say {', '.join(_FIELDS)}, and must say one of them")
    modality = _several(asked.get("modality"))
    strange = sorted(set(modality) - set(get_args(Modality)))
    if strange:
        known = ", ".join(get_args(Modality))
        raise InputError(f"{path}: query “{name}” asks for modality {strange[0]}; there are {known}")
    single = {field: str(asked[field]) if asked.get(field) else None for field in _FIELDS}
    return Query(
        name, source=single["source"], target=single["target"], type=_several(asked.get("type")),
        since=single["since"], until=single["until"], modality=modality,
    )  # fmt: skip


def _several(said: Any) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else () if said is None else (str(said),)


def check(queries: Sequence[Query], archive: Archive) -> None:
    """Raise `InputError` where a query asks for what cannot be asked for."""
    for query in queries:
        filters.events(
            source=query.source, target=query.target, since=query.since, until=query.until, type=query.type or None,
            own=lambda: archive.ask("SELECT DISTINCT type FROM events")["type"].to_pylist(),
        )  # fmt: skip


def begin(queries: Sequence[Query], archive: Archive, state: State, *, now: dt.datetime) -> None:
    """Note what the archive has already for queries that are new: that is no news, and nobody is called for it."""
    for query in queries:
        if state.is_new(query.digest):
            state.found(query.digest, _alerts(query, archive, now), sent=True)


def find(queries: Sequence[Query], archive: Archive, state: State, *, now: dt.datetime) -> int:
    """Note what each query finds that it had not found before; gives how many alerts that is."""
    return sum(state.found(query.digest, _alerts(query, archive, now)) for query in queries)


def write_feeds(queries: Sequence[Query], state: State, folder: Path) -> None:
    """An Atom feed `NAME.atom` for each query in the folder, put there whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for query in queries:
        body = _atom(query, state.latest(query.digest, most=ENTRIES))
        path = folder / f"{query.name}.atom"
        if not path.exists() or path.read_bytes() != body:
            draft = folder / f".{query.name}.atom.new"
            draft.write_bytes(body)
            draft.replace(path)


def call(queries: Sequence[Query], state: State, fetcher: Fetcher, address: str) -> Problem | None:
    """Send what is not told yet to the web address, some at a time; the problem that stopped it, if one did.

    A call is a POST of JSON: {"query": NAME, "alerts": [{"alert": ID, "at": …, …}]}. What was not confirmed by a
    status 2xx is sent again the next time, with the same ids.
    """
    for query in queries:
        while alerts := state.unsent(query.digest, most=CALL):
            told = [{"alert": each.id, "at": each.at, **each.told} for each in alerts]
            body = json.dumps({"query": query.name, "alerts": told}, ensure_ascii=False).encode("utf-8", "replace")
            key = digest(["call", query.digest, *(each.id for each in alerts)])
            problem = fetcher.post(address, body, headers={"Content-Type": "application/json", "Idempotency-Key": key})
            if problem is not None:
                return problem
            state.sent(query.digest, alerts)
    return None


def _matches(query: Query, archive: Archive) -> list[dict[str, Any]]:
    table = archive.events(
        source=query.source, target=query.target, since=query.since, until=query.until, type=list(query.type) or None
    )
    rows = table.select([*_TOLD, "trigger"]).to_pylist()
    return [row for row in rows if not query.modality or row["modality"] in query.modality]


def _alerts(query: Query, archive: Archive, now: dt.datetime) -> list[Alert]:
    at = now.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return [Alert(_id(row), {name: _told(row[name]) for name in _TOLD}, at) for row in _matches(query, archive)]


def _id(row: Mapping[str, Any]) -> str:
    """The same for the same act in all versions of an article, so that an update that keeps it tells nothing."""
    parts = ("article", "type", "mode", "modality", "source", "target", "trigger")
    return digest(["alert", *(row[name] for name in parts)], length=24)


def _told(value: Any) -> str | None:
    return None if value is None else _NO_XML.sub("\ufffd", str(value))


def _atom(query: Query, alerts: Sequence[Alert]) -> bytes:
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})

    def put(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        made = etree.SubElement(parent, f"{{{_ATOM}}}{name}", **attributes)
        made.text = text
        return made

    put(feed, "id", f"urn:communique:query:{query.digest}")
    put(feed, "title", f"Communique: {query.name}")
    put(feed, "updated", max((each.at for each in alerts), default="1970-01-01T00:00:00Z"))
    put(put(feed, "author"), "name", "Communique")
    for each in alerts:
        told, entry = each.told, put(feed, "entry")
        sides = f"{told['source_name'] or told['source'] or '?'} → {told['target_name'] or told['target'] or '?'}"
        put(entry, "id", f"urn:communique:alert:{each.id}")
        put(entry, "title", f"{told['type']}: {sides}")
        put(entry, "updated", each.at)
        if (told["url"] or "").lower().startswith(("http://", "https://")):
            put(entry, "link", href=told["url"] or "", rel="related")
        where = ", ".join(filter(None, (told["outlet"], (told["published"] or "")[:10], told["title"])))
        put(entry, "content", f"{told['passage'] or told['words'] or ''}\n{where}".strip(), type="text")
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True))
