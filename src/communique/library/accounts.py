"""Accounts: the ledger of an archive.

What the words of an article do is read once and kept by the key of its input. How the acts hang together is worked out
in order of publication; what stands after all but the latest articles is put aside, so that a new one costs the latest,
not all. One that comes late, before that point, makes the whole be worked out anew.
"""

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from communique.ledger import Act, Board, Ledger, acts_of
from communique.library import deciding
from communique.records import CodedArticle, Party, Span
from communique.store import Archive
from communique.store.ids import event_ids, statement_ids

Row = dict[str, Any]
# `decided` tells which corrections of its events were seen when an article was read.
READ = pa.schema([(name, pa.string()) for name in ("key", "moment", "version", "decided", "acts")])

# How many of the latest articles are joined again each time something comes. What is put aside moves on when twice as
# many have come after it.
RECENT = 1000


@dataclass(frozen=True, slots=True)
class Accounts:
    """The ledger, what was `read` of each article for it, and the `board` as it stood before the latest articles."""

    ledger: Ledger
    read: pa.Table
    board: list[str]


def keep_accounts(archive: Archive, *, standing: bool) -> Accounts:
    """The ledger of the archive; where derived tables are `standing`, what was read and put aside then is used."""
    decided = deciding.decided(archive)
    known = _known(archive, decided) if standing else READ.empty_table()
    read = pa.concat_tables([known, *_new(archive, set(known.column("key").to_pylist()), decided)])
    # Kept as they are in memory and looked up one at a time: all acts of a million articles are no small thing.
    acts = read.column("acts")
    ordered = pc.sort_indices(read, [("moment", "ascending"), ("version", "ascending")]).to_pylist()
    acting = [number for number in ordered if acts[number].is_valid]
    names = (
        pc.binary_join_element_wise(read.column("key"), read.column("decided"), "")
        .take(pa.array(acting, pa.int64()))
        .to_pylist()
    )
    kept = archive.ask("SELECT form FROM board ORDER BY part").column("form").to_pylist() if standing else []
    done = _still(kept, names)
    board = Board.restored(kept[1:]) if done else Board()
    put = len(acting) - RECENT if len(acting) - done > 2 * RECENT else done
    kept = kept if done else []
    for number in range(done, len(acting)):
        if number == put and put > done:
            kept = [json.dumps([put, _digest(names[:put])]), *board.saved()]
        for act in dict.fromkeys(map(_back, json.loads(acts[acting[number]].as_py()))):
            board.take(act)
    return Accounts(board.ledger(), read, kept)


def _known(archive: Archive, decided: Mapping[str, str]) -> pa.Table:
    """What was read before of the articles as they stand now, with the corrections that stand now."""
    read = archive.ask("SELECT * FROM read SEMI JOIN latest_keys USING (key)").cast(READ)
    told = zip(read.column("key").to_pylist(), read.column("decided").to_pylist(), strict=True)
    return read.filter(pa.array([decided.get(key, "") == seen for key, seen in told], pa.bool_()))


def _new(archive: Archive, known: Container[str], decided: Mapping[str, str]) -> Iterator[pa.Table]:
    """What the other articles do to demands and promises."""
    told = (_row(archive, key, coded, decided.get(key, "")) for key, coded in archive.inputs(without=known))
    while part := list(itertools.islice(told, 4096)):
        yield pa.Table.from_pylist(part, schema=READ)


def _row(archive: Archive, key: str, coded: CodedArticle, decided: str) -> dict[str, str | None]:
    names = event_ids(coded) | statement_ids(coded)
    standing, ruled = deciding.corrected(archive, coded) if decided else (coded, None)
    found = acts_of(standing, decided=ruled)
    acts = [dataclasses.replace(act, record=names.get(act.record or "", act.record)) for act in found]
    told = json.dumps([_form(act) for act in acts], separators=(",", ":")) if acts else None
    moment = acts[0].order[0] if acts else ""
    return {"key": key, "moment": moment, "version": coded.article.version, "decided": decided, "acts": told}


def _still(kept: Sequence[str], names: Sequence[str]) -> int:
    """After how many articles the board was put aside, if these are still the first; else 0."""
    if not kept:
        return 0
    count, digest = json.loads(kept[0])
    return int(count) if count <= len(names) and _digest(names[:count]) == digest else 0


def _digest(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _form(act: Act) -> Row:
    parties = {name: [_party_form(each) for each in getattr(act, name)] for name in _PARTIES}
    return {name: getattr(act, name) for name in _PLAIN} | parties | {"span": [act.span.start, act.span.end]}


def _back(form: Row) -> Act:
    parties = {name: tuple(_party(*each) for each in form[name]) for name in _PARTIES}
    return Act(**{**form, **parties, "span": Span(*form["span"]), "order": tuple(form["order"])})


def _party_form(party: Party) -> list[str | None]:
    return [party.name, party.code, party.country, " ".join(party.sectors), party.registry_id]


# One object for each party: what is the same object is the same party without a look.
@lru_cache(maxsize=1 << 16)
def _party(name: str, code: str, country: str | None, sectors: str, registry_id: str | None) -> Party:
    return Party(name, code, country, tuple(sectors.split()), registry_id)


_PARTIES = ("by", "to", "named")
_PLAIN = tuple(each.name for each in dataclasses.fields(Act) if each.name not in (*_PARTIES, "span"))
