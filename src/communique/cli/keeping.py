"""`add`, `verify` and the listings of the archive."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.cli.output import TableFormat, write_table

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import RenderableType

    from communique.library import Library
    from communique.store import Archive

# Of an archive with up to so many articles, stories and the ledger are brought up to date after each `add`: that takes
# some seconds then. Larger ones wait for the first question, so that adding in many steps costs it once.
AT_ONCE = 2000
# Rows of a table that nobody has asked to see in full: some ten screens.
SHOWN = 200


def opened(path: Path) -> "Library":
    """The archive at `path`, ready to be asked. What is derived is brought up to date when it is asked for."""
    from communique import library

    return library.open(path)


def compact(path: Path) -> int:
    """Compact the archive; gives the exit status."""
    from communique.store import Archive

    fewer = Archive.open(path).compact()
    print(f"{path}: {fewer} files of articles fewer" if fewer else f"{path}: nothing to put together")
    return 0


def rebuild(path: Path) -> int:
    """Make what is derived anew; gives the exit status."""
    library = opened(path)
    library.refresh(anew=True)
    counts = library.archive.ask(
        "SELECT (SELECT count(DISTINCT story) FROM stories), (SELECT count(DISTINCT happening) FROM happenings), "
        "(SELECT count(*) FROM entries), (SELECT count(*) FROM moves)"
    )
    stories, happenings, entries, moves = (column[0].as_py() for column in counts.columns)
    told = f"{stories} stories, {happenings} happenings, {entries} entries of the ledger with {moves} moves"
    print(f"{path}: {told}")
    return 0


def bring_up_to_date(archive: "Archive") -> None:
    """Derive what hangs together across articles, unless there are so many that the next question had better do it."""
    from communique.library import Library

    if archive.articles().num_rows <= AT_ONCE:
        Library(archive).refresh()


def verify(path: Path) -> int:
    """Check the archive and say what is wrong; gives 1 if anything is."""
    from communique.store import Archive

    archive = Archive.open(path)
    faults = archive.verify()
    for fault in faults:
        print(f"{fault.file}: {fault.message}")
    if faults:
        return 1
    count = archive.articles(history=True).num_rows
    print(f"{path}: all well; {articles_of(count)}, every byte as it was committed")
    return 0


def show(
    table: "pa.Table",
    *,
    render: Callable[[Iterable[Mapping[str, Any]]], "RenderableType"],
    form: TableFormat | None,
    out: Path | None,
    limit: int | None,
) -> None:
    """Write the first `limit` rows of a listing (0: all; None: all but for a table), and say on standard error how
    many went into a file, or were left out."""
    if limit is None:
        limit = SHOWN if out is None and form in (None, TableFormat.TABLE) else 0
    part = table.slice(0, limit) if limit else table
    write_table(part, render=render, form=form, out=out)
    if out is not None:
        print(f"{out}: {part.num_rows} rows", file=sys.stderr)
    if part.num_rows < table.num_rows:
        told = f"{part.num_rows} of {table.num_rows:,} rows; --limit 0 gives all"
        print(f"communique: {told}", file=sys.stderr)


def articles_of(count: int) -> str:
    """So many articles, in words."""
    return f"{count} article" if count == 1 else f"{count} articles"
