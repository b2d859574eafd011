"""`add`, `verify` and the listings of the archive."""

import functools
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.cli import coding
from communique.cli.output import TableFormat, write_table
from communique.errors import InputError
from communique.records import CodedArticle, Problem

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import RenderableType

    from communique.intake import Input
    from communique.intake.fetch import Fetcher
    from communique.intake.inputs import Validators
    from communique.intake.visits import Visits
    from communique.library import Library
    from communique.store import Archive

# A batch is committed when it has so many inputs or is so many seconds old, whichever is first: small enough to lose
# little when a long run is stopped, large enough that an archive of millions has thousands of files, not millions.
BATCH, SECONDS = 256, 20.0
# Of an archive with up to so many articles, stories and the ledger are brought up to date after each `add`: that takes
# some seconds then. Larger ones wait for the first question, so that adding in many steps costs it once.
AT_ONCE = 2000
# Rows of a table that nobody has asked to see in full: some ten screens.
SHOWN = 200


def add(
    paths: list[str],
    *,
    to: Path,
    wait: float,
    codebook: Path | None = None,
    jobs: int = 1,
    columns: str | None = None,
    web: "Web | None" = None,
) -> int:
    """Code what is new under `paths` in `jobs` processes and commit it batch by batch; `web` says how addresses are
    fetched, if they are. Gives the exit status."""
    from communique.store import Archive

    archive = Archive.create(to)
    work = _Work(archive, codebook, jobs, _columns(columns), web)
    added = skipped = 0
    for batch in batches(work.over(paths)):
        receipt = archive.add(batch, wait=wait)
        work.note()
        added += receipt.articles
        work.known += receipt.known
        skipped += sum(isinstance(each, Problem) for each in batch)
        _progress(f"{added} added, {work.known} known, {skipped} skipped")
    work.note()
    _progress("", last=True)
    if not added + work.known + skipped:
        print("communique: there is nothing to read", file=sys.stderr)
        return 2
    print(f"{to}: {_articles(added)} added, {work.known} there before, {skipped} skipped")
    if added:
        _bring_up_to_date(archive)
    if not added + work.known:
        return 2
    return 3 if skipped else 0


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


def _bring_up_to_date(archive: "Archive") -> None:
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
    print(f"{path}: all well; {_articles(count)}, every byte as it was committed")
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


def _columns(said: str | None) -> dict[str, str]:
    """Columns by field, of words such as "text=story,published=day". Raises `InputError` where they are none."""
    from communique.intake.rows import FIELDS

    pairs = [each.partition("=") for each in (said or "").split(",") if each.strip()]
    if any(field.strip() not in FIELDS or not name.strip() for field, _, name in pairs):
        raise InputError(f"--columns {said}: say FIELD=COLUMN,…; the fields are {', '.join(FIELDS)}")
    return {field.strip(): name.strip() for field, _, name in pairs}


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are fetched: `allowed` are hosts that need not be public, `contact` is told to servers."""

    allowed: Sequence[str] = ()
    contact: str = ""

    def fetcher(self) -> "Fetcher":
        """A fetcher that keeps to it."""
        from communique.intake.fetch import Fetcher
        from communique.intake.network import Door

        return Fetcher(door=Door(allowed=self.allowed), contact=self.contact)


def _visits(archive: "Archive") -> "Visits":
    from communique.intake.visits import Visits

    return Visits(archive.root / "visits.sqlite")


class _Work:
    """Inputs that the archive does not have yet, coded; what it has is counted in `known` and costs no coding."""

    def __init__(
        self,
        archive: "Archive",
        codebook: Path | None,
        jobs: int,
        columns: Mapping[str, str],
        web: "Web | None",
    ) -> None:
        self._archive, self._codebook, self._jobs, self._columns = archive, codebook, jobs, columns
        self._web, self._visits = web, None if web is None else _visits(archive)
        # What servers said of pages, by the number of the input; and of those that are answered, but not yet committed.
        self._validators: dict[int, tuple[str, Validators]] = {}
        self._answered: list[tuple[str, Validators]] = []
        self.known = 0

    def over(self, paths: list[str]) -> Iterator[CodedArticle | Problem]:
        """Code what is new under `paths`, each input in a process that it may hang or kill."""
        from communique.pipeline.pool import code_inputs
        from communique.pipeline.worker import Known

        load = functools.partial(coding.load_coder, self._codebook)
        # In an archive that was empty nothing is known, and looking again each time would cost much.
        known = None if self._archive.is_empty() else self._archive.has
        for number, found in enumerate(code_inputs(self._inputs(paths), load, jobs=self._jobs, known=known)):
            if number in self._validators:
                self._answered.append(self._validators.pop(number))
            if isinstance(found, Known):
                self.known += 1
                continue
            trouble = coding.failure(found)
            if trouble is None:
                yield found
            else:
                # An article that could not be coded is kept as a problem: it is tried again the next time.
                coding.report_skipped(trouble)
                yield trouble

    def note(self) -> None:
        """Note the pages whose articles are committed, so that they are not sent again while they stay the same."""
        if self._visits is not None and self._answered:
            self._visits.note(self._answered)
            self._answered = []

    def _inputs(self, paths: list[str]) -> "Iterator[Input | Problem]":
        found = coding.inputs(paths, self._columns, addresses=self._web is not None)
        if self._web is None or self._visits is None:
            yield from found
            return
        from communique.intake.fetch import fetched

        pages = fetched(found, self._web.fetcher(), known=self._visits.known, seen=self._unchanged)
        for number, item in enumerate(pages):
            if not isinstance(item, Problem) and item.validators is not None:
                self._validators[number] = item.place, item.validators
            yield item

    def _unchanged(self, page: object) -> None:
        self.known += 1


def batches(items: Iterable[CodedArticle | Problem]) -> Iterator[list[CodedArticle | Problem]]:
    """The items in batches, each for one commit."""
    batch: list[CodedArticle | Problem] = []
    began = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= BATCH or time.monotonic() - began >= SECONDS:
            yield batch
            batch, began = [], time.monotonic()
    if batch:
        yield batch


def _progress(told: str, *, last: bool = False) -> None:
    """One line on standard error that is written over in a terminal; in a file, one line for each commit."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{told}")
        sys.stderr.flush()
    elif not last:
        print(told, file=sys.stderr)


def _articles(count: int) -> str:
    return f"{count} article" if count == 1 else f"{count} articles"
