"""`communique stories`: articles with their copies and updates, told once."""

from typing import Annotated

import typer

from communique.cli.ledger import HERE, ArchivePath, Format, Limit, Out


def stories(
    copied: Annotated[bool, typer.Option("--copied", help="Only stories that more than one article tells.")] = False,
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    limit: Limit = None,
) -> None:
    """List the stories: each article once, with its copies in other outlets and the updates that add to it."""
    import pyarrow.compute as pc

    from communique.cli import keeping
    from communique.views import tables

    table = keeping.opened(archive).stories().arrow()
    if copied:
        table = table.filter(pc.greater(table.column("articles"), 1))
    keeping.show(table, render=tables.stories, form=form, out=out, limit=limit)
