"""Shards: a batch of coded articles as Parquet files, one for each table.

A row of `inputs` is one input. Its column `coded` holds the coded article in its public form, character for character,
and is the truth; the other tables hold flat rows made from it, so that a query reads only the columns that it needs. An
input that gave no article is a row of `inputs` whose `coded` is null, and a row of `problems` that says why.

Each row of each table carries the key of its input, and the flat rows of articles repeat where the article appeared.
"""

import contextlib
import gc
import io
import itertools
import json
import operator
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.records import CodedArticle, Correction, Problem, Run, from_contract, to_contract
from communique.store.ids import article_key, problem_key
from communique.store.rows import (
    Row,
    actor_rows,
    article_row,
    correction_row,
    mention_rows,
    problem_row,
    record_rows,
)

Item = CodedArticle | Problem | Correction

_TEXT, _DAY, _NUMBER, _FLOAT, _FLAG = pa.string(), pa.date32(), pa.int32(), pa.float64(), pa.bool_()
_TEXTS = pa.list_(_TEXT)


def _columns(kind: pa.DataType, names: str) -> list[pa.Field]:
    return [pa.field(name, kind) for name in names.split()]


# Who takes part in an event, says a statement, or stands on one side of an entry.
PARTICIPANTS = pa.list_(pa.struct([
    *_columns(_TEXT, "words name code country"), pa.field("sectors", _TEXTS),
    *_columns(_TEXT, "role registry_id status"),
]))  # fmt: skip
_KEY = pa.field("key", _TEXT, nullable=False)
# Where an article appeared: the columns that every flat row repeats.
_ORIGIN = [*_columns(_TEXT, "article version run outlet published"), pa.field("day", _DAY),
           *_columns(_TEXT, "title url")]  # fmt: skip
_ORIGIN_NAMES = tuple(field.name for field in _ORIGIN)

TABLES: Mapping[str, pa.Schema] = {
    "inputs": pa.schema([
        *_columns(_TEXT, "article version run outlet published"), pa.field("day", _DAY),
        *_columns(_TEXT, "title byline url language text software codebook model registry settings"),
        *_columns(_NUMBER, "events statements"), pa.field("coded", _TEXT), _KEY,
    ]),
    "events": pa.schema([
        *_columns(_TEXT, "event number type mode"), pa.field("contexts", _TEXTS), *_columns(_TEXT, "cameo quad"),
        pa.field("goldstein", _FLOAT), pa.field("modality", _TEXT), pa.field("historical", _FLAG),
        *_columns(_TEXT, "source source_name target target_name trigger words passage"),
        *_columns(_DAY, "first_day last_day"), *_columns(_TEXT, "time_precision time_basis time_words"),
        *_columns(_TEXT, "place place_country"), pa.field("geonames_id", pa.int64()), *_columns(_FLOAT, "lat lon"),
        *_columns(_TEXT, "place_precision place_words statement"), pa.field("confidence", _FLOAT),
        pa.field("why", _TEXT), *_columns(_NUMBER, "start end"),
        pa.field("sources", PARTICIPANTS), pa.field("targets", PARTICIPANTS), *_ORIGIN, _KEY,
    ]),
    "statements": pa.schema([
        *_columns(_TEXT, "statement number form act"), pa.field("attitude", _FLAG), pa.field("topic", _FLAG),
        *_columns(_TEXT, "speaker speaker_name addressee addressee_name cue words"), pa.field("confidence", _FLOAT),
        *_columns(_NUMBER, "start end"),
        pa.field("speakers", PARTICIPANTS), pa.field("addressees", PARTICIPANTS), *_ORIGIN, _KEY,
    ]),
    "mentions": pa.schema([
        pa.field("number", _TEXT), *_columns(_NUMBER, "start end"), *_columns(_TEXT, "words kind chain"),
        *_ORIGIN, _KEY,
    ]),
    "actors": pa.schema([
        *_columns(_TEXT, "number name country"), pa.field("sectors", _TEXTS),
        *_columns(_TEXT, "role registry_id status"), pa.field("mentions", _TEXTS), pa.field("why", _TEXT),
        pa.field("candidates", _TEXTS), *_ORIGIN, _KEY,
    ]),
    "corrections": pa.schema([
        *_columns(_TEXT, "correction kind target article version trigger passage"),
        pa.field("changes", pa.list_(pa.struct(_columns(_TEXT, "field old new")))),
        *_columns(_TEXT, "other by at reason"), _KEY,
    ]),
    "problems": pa.schema([*_columns(_TEXT, "code step message place"), pa.field("fatal", _FLAG), *_ORIGIN, _KEY]),
}  # fmt: skip


_ORIGIN_SCHEMA = pa.schema([*_ORIGIN, _KEY])
# Of an input that gave no article, nothing is known but its key.
_NOWHERE: Row = dict.fromkeys(_ORIGIN_NAMES)
_NO_INPUT: Row = dict.fromkeys(name for name in TABLES["inputs"].names if name != "key")
# A record has no cycles to look for.
_WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
# Rows that a reader takes in at once from a large file: few enough that a question about some days skips most of them.
_GROUP = 20_000


def key_of(item: Item) -> str:
    """The key of one input: by version and run for an article, by its message for an input that gave none; for a
    correction its id."""
    if isinstance(item, Problem):
        return problem_key(item)
    if isinstance(item, Correction):
        return item.id
    return article_key(item.article.version, item.run.id)


@dataclass(frozen=True, slots=True)
class Packed:
    """A shard that is ready to be committed: the `keys` of its inputs in order, the bytes of its files by table, and by
    key what is no article among its inputs."""

    keys: tuple[str, ...]
    bodies: Mapping[str, bytes]
    others: Mapping[str, Problem | Correction]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of the inputs that gave no article."""
        return tuple(each for each in self.others.values() if isinstance(each, Problem))

    @property
    def articles(self) -> int:
        """How many of the inputs are articles."""
        return len(self.keys) - len(self.others)


def pack(items: Iterable[Item]) -> Packed:
    """The shard of these items, each once; a pure function, for any process on any machine."""
    new = {key_of(item): item for item in items}
    others = {key: item for key, item in new.items() if not isinstance(item, CodedArticle)}
    return Packed(tuple(new), to_parquet(list(new.values())) if new else {}, others)


def without(packed: Packed, known: Container[str]) -> Packed:
    """The shard as it would have been packed without the `known` inputs."""
    if not any(key in known for key in packed.keys):
        return packed
    rows = pq.read_table(io.BytesIO(packed.bodies["inputs"]), columns=["key", "coded"]).to_pylist()
    coded = {row["key"]: row["coded"] for row in rows}
    # The truth in it is the whole article, so that the same bytes come of it.
    return pack(
        packed.others[key] if key in packed.others else from_contract(json.loads(coded[key]))
        for key in packed.keys if key not in known
    )  # fmt: skip


def to_parquet(items: Sequence[Item]) -> dict[str, bytes]:
    """The bytes of one Parquet file for each table that has rows, by name; same items, same bytes."""
    with _without_collecting():
        # In a function of its own: the rows are gone again before anything is looked for among them.
        return _bodies(items)


def _bodies(items: Sequence[Item]) -> dict[str, bytes]:
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    origins: list[Row] = []
    # For each row, from which item it is: where an article appeared is told once and repeated as columns.
    places: dict[str, list[int]] = {name: [] for name in TABLES}
    for number, item in enumerate(items):
        origin, found = _rows(item)
        origins.append(origin)
        for name, own in found.items():
            rows[name] += own
            places[name] += [number] * len(own)
    people = _People(rows)
    told = _columns_of(origins, _ORIGIN_SCHEMA, people)
    return {name: _file(own, TABLES[name], told, places[name], people) for name, own in rows.items() if own}


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for reference cycles among hundreds of thousands of rows that have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def row_keys(path: Path) -> tuple[str, ...]:
    """The keys of the rows in the file at `path`, in their order."""
    return tuple(pq.read_table(path, columns=["key"]).column("key").to_pylist())


def merged(files: Sequence[Path]) -> bytes:
    """The bytes of one Parquet file with the rows of several of one table, in their order."""
    sink = io.BytesIO()
    # An older file may lack a column that was added since: its rows have none of it.
    table = pa.concat_tables([pq.read_table(path) for path in files], promote_options="default")
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True, store_schema=False, row_group_size=_GROUP)
    return sink.getvalue()


def _file(
    rows: list[Row], schema: pa.Schema, origins: Mapping[str, pa.Array], places: list[int], people: "_People"
) -> bytes:
    """The bytes of a table's file: columns that its rows lack are those of the `origins` at `places`."""
    sink = io.BytesIO()
    told = _columns_of(rows, pa.schema([field for field in schema if field.name in rows[0]]), people)
    repeated = pa.array(places, pa.int32())
    columns = [told[name] if name in told else _repeated(origins[name], repeated) for name in schema.names]
    fields = [field.with_type(column.type) for field, column in zip(schema, columns, strict=True)]
    table = pa.Table.from_arrays(columns, schema=pa.schema(fields))
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True, store_schema=False)
    return sink.getvalue()


def _repeated(column: pa.Array, places: pa.Array) -> pa.Array:
    """The values of a column at some places; each text is there once, as Parquet too keeps what is repeated."""
    if column.type != _TEXT:
        return column.take(places)
    told = column.dictionary_encode()
    return pa.DictionaryArray.from_arrays(told.indices.take(places), told.dictionary)


def _columns_of(rows: list[Row], schema: pa.Schema, people: "_People") -> dict[str, pa.Array]:
    """The rows, which all have the same names, as columns."""
    values = zip(*map(operator.itemgetter(*schema.names), rows), strict=True)
    return {
        field.name: people.column(each) if field.type == PARTICIPANTS else pa.array(each, field.type)
        for field, each in zip(schema, values, strict=True)
    }


class _People:
    """Participants of a batch as columns: somebody who takes part in ten events and statements of an article is made
    ready once for all of them."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        lists = (each[field.name] for name, own in rows.items() for field in TABLES[name]
                 if field.type == PARTICIPANTS for each in own)  # fmt: skip
        once = {id(each): each for each in itertools.chain.from_iterable(lists)}
        self._numbers = {name: number for number, name in enumerate(once)}
        self._people = pa.array(list(once.values()), PARTICIPANTS.value_type)

    def column(self, lists: Sequence[Sequence[Row]]) -> pa.Array:
        """The column of these lists of participants."""
        places = [self._numbers[id(each)] for own in lists for each in own]
        ends = pa.array([0, *itertools.accumulate(map(len, lists))], pa.int32())
        return pa.ListArray.from_arrays(ends, self._people.take(pa.array(places, pa.int32())))


def _rows(item: Item) -> tuple[Row, dict[str, list[Row]]]:
    """Where an item comes from, with its key, and its rows by table."""
    key = key_of(item)
    if isinstance(item, CodedArticle):
        return _rows_of_article(item, key)
    nowhere = {**_NOWHERE, "key": key}
    if isinstance(item, Problem):
        return nowhere, {"inputs": [_NO_INPUT], "problems": [_storable(problem_row(item))]}
    return nowhere, {"inputs": [_NO_INPUT], "corrections": [correction_row(item)]}


def _rows_of_article(item: CodedArticle, key: str) -> tuple[Row, dict[str, list[Row]]]:
    article = article_row(item)
    origin = {"key": key, **{name: article[name] for name in _ORIGIN_NAMES}}
    events, statements = record_rows(item)
    told = {
        "inputs": [{**article, **_run(item.run), "events": len(events), "statements": len(statements)}],
        "events": events,
        "statements": statements,
        "mentions": mention_rows(item),
        "actors": actor_rows(item),
        "problems": [problem_row(each) for each in item.problems],
    }
    form = to_contract(item)
    coded = _WRITE(form)
    try:
        coded.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair has no UTF-8: the truth keeps it as an escape, the flat rows a question mark.
        coded = json.dumps(form, ensure_ascii=True, separators=(",", ":"))
        origin, told = _storable((origin, told))
    told["inputs"][0]["coded"] = coded
    return origin, told


@lru_cache(maxsize=64)
def _run(run: Run) -> Row:
    settings = json.dumps(dict(run.settings), ensure_ascii=False, sort_keys=True)
    return {"software": run.software, "codebook": run.codebook, "model": run.model, "registry": run.registry,
            "settings": settings}  # fmt: skip


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, tuple):
        return tuple(_storable(each) for each in value)
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return value
