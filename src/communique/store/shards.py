"""Shards: a batch of coded articles as one Parquet file, and back.

A row is one input. `coded` holds the coded article in its public form, character for character, and is the truth; the
columns beside it hold flat rows made from it, so that a query need not read JSON. An input that gave no article is a
row whose `coded` is null and whose one problem says why.
"""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.records import CodedArticle, Problem, to_contract
from communique.store.ids import article_key, problem_key
from communique.store.rows import (
    Row,
    actor_rows,
    article_row,
    event_rows,
    mention_rows,
    problem_row,
    statement_rows,
)

Item = CodedArticle | Problem

_TEXT, _DAY, _NUMBER, _FLOAT, _FLAG = pa.string(), pa.date32(), pa.int32(), pa.float64(), pa.bool_()
_TEXTS = pa.list_(_TEXT)


def _columns(kind: pa.DataType, names: str) -> list[pa.Field]:
    return [pa.field(name, kind) for name in names.split()]


ARTICLE = [*_columns(_TEXT, "article version run outlet published"), pa.field("day", _DAY),
           *_columns(_TEXT, "title byline url language text")]  # fmt: skip
PARTICIPANT = pa.struct([*_columns(_TEXT, "words name code country"), pa.field("sectors", _TEXTS),
                         *_columns(_TEXT, "role registry_id status")])  # fmt: skip
EVENT = pa.struct([
    *_columns(_TEXT, "event number type mode"), pa.field("contexts", _TEXTS), *_columns(_TEXT, "cameo quad"),
    pa.field("goldstein", _FLOAT), pa.field("modality", _TEXT), pa.field("historical", _FLAG),
    *_columns(_TEXT, "source source_name target target_name trigger words"),
    *_columns(_DAY, "first_day last_day"), *_columns(_TEXT, "time_precision time_basis time_words"),
    *_columns(_TEXT, "place place_country"), pa.field("geonames_id", pa.int64()), *_columns(_FLOAT, "lat lon"),
    *_columns(_TEXT, "place_precision place_words statement"), pa.field("confidence", _FLOAT),
    pa.field("why", _TEXT), *_columns(_NUMBER, "start end"),
    pa.field("sources", pa.list_(PARTICIPANT)), pa.field("targets", pa.list_(PARTICIPANT)),
])  # fmt: skip
STATEMENT = pa.struct([
    *_columns(_TEXT, "statement number form act"), pa.field("attitude", _FLAG),
    *_columns(_TEXT, "speaker speaker_name addressee addressee_name cue words"), pa.field("confidence", _FLOAT),
    *_columns(_NUMBER, "start end"),
    pa.field("speakers", pa.list_(PARTICIPANT)), pa.field("addressees", pa.list_(PARTICIPANT)),
])  # fmt: skip
MENTION = pa.struct([pa.field("number", _TEXT), *_columns(_NUMBER, "start end"), *_columns(_TEXT, "words kind chain")])
ACTOR = pa.struct([
    *_columns(_TEXT, "number name country"), pa.field("sectors", _TEXTS), *_columns(_TEXT, "role registry_id status"),
    pa.field("mentions", _TEXTS), pa.field("why", _TEXT), pa.field("candidates", _TEXTS),
])  # fmt: skip
PROBLEM = pa.struct([*_columns(_TEXT, "code step message place"), pa.field("fatal", _FLAG)])
RUN = [*_columns(_TEXT, "software codebook model registry settings")]
NESTED = {"events": EVENT, "statements": STATEMENT, "mentions": MENTION, "actors": ACTOR, "problems": PROBLEM}

SCHEMA = pa.schema([
    pa.field("key", _TEXT, nullable=False), *ARTICLE, *RUN,
    *(pa.field(name, pa.list_(form)) for name, form in NESTED.items()), pa.field("coded", _TEXT),
])  # fmt: skip


def key_of(item: Item) -> str:
    """The key of one input: by version and run for an article, by its message for an input that gave none."""
    if isinstance(item, Problem):
        return problem_key(item)
    return article_key(item.article.version, item.run.id)


def to_parquet(items: Sequence[Item]) -> bytes:
    """The bytes of the Parquet file that holds `items`, one row each, in their order; same items, same bytes."""
    table = pa.Table.from_pylist([_row(item) for item in items], schema=SCHEMA)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True, store_schema=False)
    return sink.getvalue()


def _row(item: Item) -> Row:
    if isinstance(item, Problem):
        return {"key": key_of(item), "problems": [_storable(problem_row(item))]}
    flat = {
        "key": key_of(item),
        **article_row(item),
        "software": item.run.software,
        "codebook": item.run.codebook,
        "model": item.run.model,
        "registry": item.run.registry,
        "settings": json.dumps(dict(item.run.settings), ensure_ascii=False, sort_keys=True),
        "events": event_rows(item),
        "statements": statement_rows(item),
        "mentions": mention_rows(item),
        "actors": actor_rows(item),
        "problems": [problem_row(each) for each in item.problems],
    }
    coded = json.dumps(to_contract(item), ensure_ascii=False, separators=(",", ":"))
    try:
        return {**flat, "coded": coded.encode("utf-8").decode("utf-8")}
    except UnicodeEncodeError:
        # Half a surrogate pair has no UTF-8: the truth keeps it as an escape, the flat rows a question mark.
        return {**_storable(flat), "coded": json.dumps(to_contract(item), ensure_ascii=True, separators=(",", ":"))}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return value


def row_keys(path: Path) -> tuple[str, ...]:
    """The keys of the rows in the shard at `path`, in their order."""
    return tuple(pq.read_table(path, columns=["key"]).column("key").to_pylist())
