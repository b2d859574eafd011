"""Where output goes: streams in UTF-8, a console 100 columns wide in a pipe, tables and files in the asked format."""

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from communique.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console, RenderableType

WIDTH, WIDEST = 100, 120


class TableFormat(StrEnum):
    """Forms in which a table of the archive can be had."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale, half a surrogate pair as an escape instead of an error; and end quietly, as
    other Unix tools do, when the reader of a pipe goes away (an archive is safe from that as from any sudden end)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def complain(message: str) -> int:
    """Print one line on standard error; gives the exit status 2."""
    from communique.views.printable import one_line

    print(f"communique: {one_line(message)}", file=sys.stderr)
    return 2


def console() -> "Console":
    """A console on standard output: as wide as the terminal up to 120 columns, 100 in a pipe; colours in a terminal
    only, and none where NO_COLOR is set."""
    from rich.console import Console

    made = Console(highlight=False, emoji=False, markup=False)
    known = made.is_terminal or "COLUMNS" in os.environ
    made.width = min(made.width, WIDEST) if known else WIDTH
    return made


def write_table(
    table: "pa.Table",
    *,
    render: Callable[[Iterable[Mapping[str, Any]]], "RenderableType"],
    form: TableFormat | None,
    out: Path | None,
) -> None:
    """Write an Arrow table to the file `out` or to standard output; `render` makes the table for people.

    Without `form`, the ending of `out` decides. Raises `InputError` where the two leave it open.
    """
    from communique.views import exports

    form = form or _form_of(out)
    if form is TableFormat.PARQUET:
        if out is None and sys.stdout.isatty():
            raise InputError("Parquet is not for a terminal; name a file with --out, or send it into a pipe")
        exports.write_parquet(table, sys.stdout.buffer if out is None else out)
        return
    if form is TableFormat.TABLE and out is None:
        _show(table, render, console())
        return
    if out is None:
        _write_text(table, render, form, sys.stdout)
    else:
        with out.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
            _write_text(table, render, form, file)


def _form_of(out: Path | None) -> TableFormat:
    if out is None:
        return TableFormat.TABLE
    ending = out.suffix.lower().removeprefix(".")
    if ending not in {"json", "jsonl", "csv", "parquet"}:
        raise InputError(f"{out}: say which --format; the ending .json, .jsonl, .csv or .parquet would say it too")
    return TableFormat(ending)


def _write_text(
    table: "pa.Table",
    render: Callable[[Iterable[Mapping[str, Any]]], "RenderableType"],
    form: TableFormat,
    out: IO[str],
) -> None:
    from communique.views import exports

    if form is TableFormat.JSON:
        exports.write_json(exports.rows(table), out)
    elif form is TableFormat.JSONL:
        exports.write_jsonl(exports.rows(table), out)
    elif form is TableFormat.CSV:
        exports.write_csv(table, out)
    else:
        from rich.console import Console

        _show(table, render, Console(file=out, width=WIDTH, highlight=False, emoji=False, markup=False))


def _show(
    table: "pa.Table", render: Callable[[Iterable[Mapping[str, Any]]], "RenderableType"], shown: "Console"
) -> None:
    from rich.text import Text

    from communique.views import exports

    if table.num_rows:
        rendered = render(exports.rows(table))
        # Lines of plain text stay lines, however long; only tables are fitted to the width.
        shown.print(rendered, soft_wrap=isinstance(rendered, Text))
    else:
        print("communique: nothing found", file=sys.stderr)
