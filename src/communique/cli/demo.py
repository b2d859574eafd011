"""`demo`: a dossier of articles that comes with the package, coded before the reader's eyes."""

import shutil
import sys
import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from communique.cli.coding import coded
from communique.cli.output import console
from communique.cli.reading import Tally
from communique.errors import InputError
from communique.records import CodedArticle

if TYPE_CHECKING:
    from rich.console import RenderableType


def demo() -> int:
    """Code the bundled dossier and show what it comes to; gives the exit status."""
    from rich.text import Text

    from communique.views.dossier import render, summarise

    with resources.as_file(resources.files("communique.cli") / "dossier") as folder:
        paths = sorted(folder.glob("*.txt"))
        if not paths:
            raise InputError("this installation lacks the demonstration dossier; install Communique again")
        began = time.monotonic()
        found = Tally(coded(map(str, paths)))
        articles = list(found)
        seconds = time.monotonic() - began
    events, statements = _rows(articles)
    shown = console()
    words = sum(len(each.article.text.split()) for each in articles)
    shown.print(
        Text(f"{len(articles)} articles, {words:,} words, read in {seconds:.1f} s: ", style="bold").append(
            f"{len(events)} events and {len(statements)} statements. Near copies are told once.", style="not bold"
        )
    )
    shown.print()
    shown.print(render(summarise(events, statements)))
    shown.print(Text(" What became of it ", style="bold reverse"))
    shown.print()
    shown.print(_lives(articles))
    shown.print(_next(paths[0]))
    return found.status


def _lives(articles: list[CodedArticle]) -> "RenderableType":
    """The entries of the ledger that moved at all, in order of opening."""
    from communique.ledger import acts_of, join
    from communique.library.entries import entry_rows, move_rows
    from communique.views.ledger import lives

    ledger = join(act for each in articles for act in acts_of(each))
    moves = move_rows(ledger)
    told = [(entry, [move for move in moves if move["entry"] == entry["entry"]]) for entry in entry_rows(ledger)]
    return lives((entry, own) for entry, own in told if len(own) > 1)


def _rows(articles: list[CodedArticle]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    from communique.store.rows import article_row, event_rows, statement_rows

    events, statements = [], []
    for each in articles:
        origin = article_row(each)
        events += [{**origin, **row} for row in event_rows(each)]
        statements += [{**origin, **row} for row in statement_rows(each)]
    return events, statements


def _next(first: Path) -> str:
    name = _program()
    if first.is_relative_to(Path.cwd()):
        first = first.relative_to(Path.cwd())
    folder = first.parent
    return (
        "Try next:\n"
        f"  {name} read {first}\n"
        f"  {name} explain {first} e1\n"
        f"  {name} add {folder} --to my.archive\n"
        f"  {name} ledger --archive my.archive --from USA --to PAK\n"
        f"  {name} events --archive my.archive --source USA --target PAK --since 2010-10\n"
        f"  {name} statements --archive my.archive --country USA --format csv --out said.csv"
    )


def _program() -> str:
    """How this program can be called from here: by its name where the shell finds it, else by its path."""
    called = Path(sys.argv[0])
    found = shutil.which("communique")
    if called.name != "communique" or (found is not None and Path(found).samefile(called)):
        return "communique"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)
