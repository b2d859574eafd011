"""Rows as JSON, JSON Lines, CSV and Parquet, and in the layouts of other data sets, written as they come.

Codes are text everywhere, so that the leading zero of CAMEO "025" stays in the file: JSON and Parquet say so by type,
CSV by quotation marks (a reader of CSV must still be told to take the column `cameo` for text).
"""

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from communique.records import CodedArticle
from communique.views.layouts import LAYOUTS, rows_in
from communique.views.printable import cell, json_safe

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

# Rows that are turned into Python objects at a time.
BATCH = 1024


def rows(table: "pa.Table") -> Iterator[Row]:
    """The rows of an Arrow table as dictionaries, a batch in memory at a time."""
    for batch in table.to_batches(max_chunksize=BATCH):
        yield from batch.to_pylist()


def by_article(coded: Iterable[CodedArticle], table: "pa.Table") -> Iterator[tuple[CodedArticle, list[Row]]]:
    """The coded articles of the events in a table, in the order of `coded`, each with the rows of its events there."""
    wanted: dict[tuple[str, str], list[Row]] = {}
    for row in rows(table):
        wanted.setdefault((row["version"], row["run"]), []).append(row)
    for each in coded:
        told = wanted.pop((each.article.version, each.run.id), None)
        if told is not None:
            yield each, told


def write_json(objects: Iterable[Row], out: IO[str]) -> None:
    """One JSON array with an object for each row, indented."""
    first = True
    for each in objects:
        out.write("[\n" if first else ",\n")
        out.write(json_text(each, indent=2))
        first = False
    out.write("[]\n" if first else "\n]\n")


def write_jsonl(objects: Iterable[Row], out: IO[str]) -> None:
    """One JSON object on each line."""
    for each in objects:
        out.write(json_text(each) + "\n")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON text; days as ISO 8601, letters as they are, terminal commands as escapes."""
    separators = (",", ":") if indent is None else None
    return json_safe(json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, default=_plain))


def write_csv(table: "pa.Table", out: IO[str]) -> None:
    """A CSV file with a header: lists of words joined with "; ", lists of records left out (JSON and Parquet have
    them), text in quotation marks and numbers without, formulas neutralised."""
    names = [field.name for field in table.schema if not _holds_records(field.type)]
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(names)
    for row in rows(table.select(names)):
        writer.writerow([_cell(row[name]) for name in names])


def write_layout(layout: str, events: Iterable[Mapping[str, Any]], out: IO[str]) -> int:
    """The events in the layout of another data set ("gdelt", "icews", "polecat"), tab-separated; gives the number of
    rows, of which an event of several sources or targets has several."""
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    if layout != "gdelt":
        writer.writerow([column.name for column in LAYOUTS[layout]()])
    count = 0
    for count, cells in enumerate(rows_in(layout, events), 1):  # noqa: B007  (the count is what is asked for)
        writer.writerow([_cell(" ".join(each.split()) if isinstance(each, str) else each) for each in cells])
    return count


def columns_of(table: "pa.Table") -> list[tuple[str, str]]:
    """The columns of a flat table with the types that a schema file gives them; lists of records are left out."""
    return [(field.name, _type_of(field.type)) for field in table.schema if not _holds_records(field.type)]


def write_parquet(table: "pa.Table", out: Path | IO[bytes]) -> None:
    """A Parquet file with all columns, lists of records too."""
    import pyarrow.parquet as pq

    pq.write_table(table, out, compression="zstd")


def _type_of(kind: Any) -> str:
    import pyarrow as pa

    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "number"
    return "date" if pa.types.is_date(kind) else "string"


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _holds_records(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_list(kind) and pa.types.is_struct(kind.value_type))


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return cell("; ".join(str(each) for each in value))
    return cell(value if isinstance(value, str) else _plain(value))
