"""`communique ledger …`: what was asked, promised, threatened and offered, and what became of it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli.output import TableFormat

ledger_app = typer.Typer(help="List what was asked, promised, threatened and offered, and how it stands.")

_ACTOR = "a country (PAK), a sector (MIL), both (“PAK MIL”) or a name"
ArchivePath = Annotated[
    Path, typer.Option("--archive", "-a", envvar="COMMUNIQUE_ARCHIVE", help="The archive to ask.", show_envvar=True)
]
HERE = Path("communique.archive")
Format = Annotated[
    TableFormat | None,
    typer.Option("--format", "-f", help="How to write it; table, unless --out ends in another.", show_default=False),
]
Limit = Annotated[int | None, typer.Option(min=0, metavar="ROWS", help="Write at most so many; 0 for all.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="A file to write instead of standard output.")]


@ledger_app.callback(invoke_without_command=True)
def entries(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option("--from", metavar="ACTOR", help=f"Who demands or promises: {_ACTOR}.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", metavar="ACTOR", help="Of whom or to whom; apart, what is to nobody named.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="demand, request, commitment, threat or offer.")
    ] = None,
    open_: Annotated[
        bool | None, typer.Option("--open/--settled", help="Only what is still open, or only what is settled.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Moved on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Opened up to this day, month or year.")] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="Words that stand in the matter.")] = None,
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    limit: Limit = None,
) -> None:
    """List what was asked, promised, threatened and offered, and how it stands; `show ID` tells one in full."""
    if context.invoked_subcommand is not None:
        return
    from communique.cli import keeping
    from communique.views import ledger

    library = keeping.opened(archive)
    found = library.ledger(source=source, target=target, kind=kind, open=open_, since=since, until=until, words=words,
                           unnamed=True)  # fmt: skip

    def render(rows: Any) -> Any:
        return ledger.entries(rows, target=target)

    keeping.show(found.arrow(), render=render, form=form, out=out, limit=limit)


@ledger_app.command("show")
def show(
    entry: Annotated[str, typer.Argument(help="The id of an entry, or its first letters.")],
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
) -> None:
    """Tell the life of one entry: each move with its day, its words and where they stand."""
    from communique.cli import keeping
    from communique.views import ledger

    library = keeping.opened(archive)
    head = library.entry(entry)

    def render(rows: Any) -> Any:
        return ledger.life(head, rows)

    keeping.show(library.moves(head["entry"]).arrow(), render=render, form=form, out=out, limit=0)
