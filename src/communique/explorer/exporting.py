"""Exporting: the events of an address in the forms of other programs, and how to cite exactly these."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from communique import __version__
from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.explorer.events import conditions
from communique.store import browse
from communique.views import about, exports, layouts, textfree
from communique.views.annotations import annotations

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
# Forms: the ending of the file, what it is called by the web, and who reads it.
FORMS: Mapping[str, tuple[str, str, str]] = {
    "csv": ("csv", "text/csv", "one row for each event, with its words: pandas, R, a spreadsheet"),
    "parquet": ("parquet", "application/vnd.apache.parquet", "the same with types and lists: pandas, polars, DuckDB"),
    "plover": ("jsonl", "application/jsonl", "PLOVER as JSON, an event a line"),
    "polecat": ("txt", "text/tab-separated-values", "the columns of POLECAT"),
    "icews": ("tab", "text/tab-separated-values", "the columns of ICEWS"),
    "gdelt": ("tsv", "text/tab-separated-values", "the columns of GDELT 2.0, which has no header"),
    "annotations": ("jsonl", "application/jsonl", "W3C Web Annotations on the pages of the articles"),
    "text-free": ("jsonl", "application/jsonl", "places and digests instead of words, where no text may be passed on"),
}  # fmt: skip


def form(desk: Desk, asked: Asked) -> Response:
    """The page that offers the forms and the citation, under the filters of the address."""
    table = browse.count_events(desk.archive, conditions(desk, asked))
    told = desk.archive.runs().to_pylist()
    return desk.page(
        asked, "export.html", total=table, forms=FORMS, types=desk.types(),
        citation=about.citation(runs=told, stamp=desk.archive.stamp("explorer"), rows=table), version=__version__,
    )  # fmt: skip


def file(desk: Desk, asked: Asked) -> Response:
    """The events of an address in one form."""
    name = asked.path["form"]
    return _file(desk, asked, name)


def as_csv(desk: Desk, asked: Asked) -> Response:
    """The events of an address as a CSV file."""
    return _file(desk, asked, "csv")


def described(desk: Desk, asked: Asked) -> Response:
    """What goes with a form: the schema of its columns, the citation, and lines to read it with."""
    name = asked.path["form"]
    if name not in FORMS:
        raise NotFoundError(f"There is no form “{name}”; there are {', '.join(FORMS)}.")
    table = browse.all_events(desk.archive, conditions(desk, asked))
    columns = (
        [(each.name, each.type) for each in layouts.LAYOUTS[name]()] if name in layouts.LAYOUTS
        else exports.columns_of(table) if name in ("csv", "parquet") else []
    )  # fmt: skip
    runs = set(table.column("run").to_pylist())
    told = about.describe(
        Path(f"events.{FORMS[name][0]}"), layout=name, columns=columns, rows=table.num_rows,
        runs=[row for row in desk.archive.runs().to_pylist() if row["run"] in runs],
        stamp=desk.archive.stamp("explorer"), asked={key: value for key, value in asked.query.items() if value},
        delimiter="," if name == "csv" else "\t", header=name != "gdelt",
    )  # fmt: skip
    return Response(told.encode("utf-8", "replace"), media_type="application/json")


def _file(desk: Desk, asked: Asked, name: str) -> Response:
    if name not in FORMS:
        raise NotFoundError(f"There is no form “{name}”; there are {', '.join(FORMS)}.")
    ending, kind, _ = FORMS[name]
    body = _body(desk, browse.all_events(desk.archive, conditions(desk, asked)), name)
    headers = {"Content-Disposition": f'attachment; filename="events.{ending}"'}
    return Response(body, media_type=kind, headers=headers)


def _body(desk: Desk, table: "pa.Table", name: str) -> bytes:
    if name == "parquet":
        packed = io.BytesIO()
        exports.write_parquet(table, packed)
        return packed.getvalue()
    out = io.StringIO()
    articles = exports.by_article(desk.archive.all_coded(history=True), table)
    writers: Mapping[str, Callable[[], Any]] = {
        "csv": lambda: exports.write_csv(table, out),
        "plover": lambda: exports.write_jsonl(map(layouts.plover, exports.rows(table)), out),
        "annotations": lambda: exports.write_jsonl(
            (each for coded, rows in articles for each in annotations(coded, rows)), out
        ),
        "text-free": lambda: exports.write_jsonl((textfree.without_text(coded, rows) for coded, rows in articles), out),
    }
    write = writers.get(name) or (lambda: exports.write_layout(name, exports.rows(table), out))
    write()
    return out.getvalue().encode("utf-8", "replace")
