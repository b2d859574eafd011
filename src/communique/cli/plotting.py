"""`series` and `plot`: what passed between two sides, by day, week, month, quarter or year."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.ledger import HERE, ArchivePath, Format, Out

plot_app = typer.Typer(help="Draw what the archive holds.", no_args_is_help=True)

_ACTOR = "a country (PAK), a sector (MIL), both (“PAK MIL”) or a name"
First = Annotated[str, typer.Argument(metavar="ACTOR", help=f"One side: {_ACTOR}.")]
Second = Annotated[str, typer.Argument(metavar="ACTOR", help="The other side.")]
By = Annotated[str, typer.Option(metavar="STEP", help="day, week, month, quarter or year.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day on: 2010-10-21, 2010-10 or 2010.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")]
Directed = Annotated[bool, typer.Option("--directed", help="Only what the first side did to the second.")]
Reports = Annotated[bool, typer.Option("--reports", help="Count reports, not events in the world.")]
AsCoded = Annotated[bool, typer.Option("--as-coded", help="Without people's corrections.")]


def series(
    first: First,
    second: Second,
    by: By = "month",
    since: Since = None,
    until: Until = None,
    directed: Directed = False,
    reports: Reports = False,
    as_coded: AsCoded = False,
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
) -> None:
    """Count what passed between two sides: events by quad class, mean Goldstein value, stories."""
    from communique.cli import keeping
    from communique.views import tables

    found = keeping.opened(archive).series(
        first, second, by=by, since=since, until=until, directed=directed, reports=reports, corrected=not as_coded
    )
    keeping.show(found.arrow(), render=tables.series, form=form, out=out, limit=0)


@plot_app.command("dyad")
def dyad(
    first: First,
    second: Second,
    out: Annotated[Path, typer.Option("--out", "-o", help="The SVG file to write.")],
    by: By = "month",
    since: Since = None,
    until: Until = None,
    directed: Directed = False,
    reports: Reports = False,
    as_coded: AsCoded = False,
    archive: ArchivePath = HERE,
) -> None:
    """Draw what passed between two sides: cooperation up, conflict down, mean Goldstein value as a line."""
    from communique.cli import keeping
    from communique.views import plot

    found = keeping.opened(archive).series(
        first, second, by=by, since=since, until=until, directed=directed, reports=reports, corrected=not as_coded
    )
    arrow = "→" if directed else "↔"
    out.write_text(plot.dyad(found, step=by, title=f"{first} {arrow} {second}, events by {by}"), encoding="utf-8")
    print(f"{out}: {len(found)} {by}s" if len(found) != 1 else f"{out}: 1 {by}", file=sys.stderr)
