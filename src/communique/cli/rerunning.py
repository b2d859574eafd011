"""`code --again` and `diff`: the archive's articles coded anew, and what became different."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from communique.cli import coding
from communique.cli.adding import SHARD, batches
from communique.cli.keeping import opened, show
from communique.cli.output import TableFormat, console
from communique.errors import InputError
from communique.records import CodedArticle, Problem
from communique.store import Archive

if TYPE_CHECKING:
    from communique.pipeline import Coder


def code(*, again: bool, codebook: Path | None, archive: Path, wait: float) -> int:
    """Code what the archive holds as a new run; gives the exit status."""
    if not again:
        raise InputError("say what to code: code --again for the archive's articles, add or read for others")
    library = opened(archive)
    coder = coding.load_coder(codebook)
    run, count = coder.run.id, 0
    for batch in batches(_anew(library.archive, coder), SHARD):
        count += library.archive.add(batch, wait=wait).articles
        print(f"{count} coded", file=sys.stderr)
    print(f"{archive}: run {run}, {count} articles coded anew")
    others = [row["run"] for row in library.runs() if row["run"] != run]
    if count and others:
        print(f"what became different: communique diff {others[-1]} {run} --archive {archive}")
    return 0


def diff(
    first: str, second: str, *, archive: Path, form: TableFormat | None, out: Path | None, limit: int | None
) -> int:
    """Tell the difference between two runs; gives the exit status."""
    import pyarrow as pa

    from communique.views import differences

    told = opened(archive).compare(first, second)
    if form in (None, TableFormat.TABLE) and out is None:
        console().print(
            differences.summary(
                first=told.first, second=told.second, parts=told.parts, articles=told.articles, same=told.same,
                counts=told.counts,
            )
        )  # fmt: skip
        if not told.differences:
            return 0
    table = pa.Table.from_pylist(list(differences.rows(told.differences)))
    show(table, render=differences.listing, form=form, out=out, limit=limit)
    return 0


def _anew(archive: Archive, coder: "Coder") -> Iterator[CodedArticle | Problem]:
    """The archive's articles, coded, but for those that this run has coded before."""
    for _, coded in archive.inputs():
        if not archive.has(coded.article.version, coder.run.id):
            found = coder.code(coded.article)
            trouble = coding.failure(found)
            if trouble is None:
                yield found
            else:
                coding.report_skipped(trouble)
