"""`communique corpus …`: check, count and compare annotated articles of the corpus format."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

corpus_app = typer.Typer(help="Check, count and compare articles annotated by hand.", no_args_is_help=True)

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[PATH...]", help="Files or folders; the folder corpus if none is given.")
]
_HERE = Path("corpus")


@corpus_app.command()
def check(
    paths: Files = None,
    against: Annotated[
        Path | None, typer.Option(help="A folder of other texts with which no file may share eight words in a row.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors only, no notes.")] = False,
) -> None:
    """Say what is wrong with annotated files: format, links, copies, lack of variety; exit status 1 if anything is."""
    from communique.corpus import check as examine
    from communique.corpus.report import check_lines

    beside = _HERE if (_HERE / "articles").is_dir() else None
    checked = examine(paths or [_HERE], beside=beside, data=against)
    _write(check_lines(checked, notes=not quiet))
    raise typer.Exit(0 if checked.passed else 1)


@corpus_app.command()
def stats(paths: Files = None) -> None:
    """Count articles, sentences, events and everything else in annotated files."""
    from communique.corpus import count, load_whole
    from communique.corpus.report import stats_lines

    _write(stats_lines(count(*load_whole(paths or [_HERE]))))


@corpus_app.command(name="list")
def parts(
    paths: Files = None,
    part: Annotated[str, typer.Option(help="train, dev or test.")] = "dev",
) -> None:
    """List the files of one part, articles if no folder is named: what trains, what may be looked at, what is kept."""
    from communique.corpus import split_of
    from communique.corpus.parse import corpus_files

    _write(str(path) for path in corpus_files(paths or [_HERE / "articles"]) if split_of(path.stem) == part)


@corpus_app.command()
def agree(
    first: Annotated[Path, typer.Argument(help="A folder of annotated files.")],
    second: Annotated[Path, typer.Argument(help="A folder with files of the same names, annotated by somebody else.")],
) -> None:
    """Measure how far two annotations of the same texts agree, layer by layer."""
    from communique.corpus import compare, load_annotated
    from communique.corpus.report import agree_lines

    _write(agree_lines(compare(load_annotated([first]), load_annotated([second]))))


@corpus_app.command()
def show(path: Annotated[Path, typer.Argument(help="An annotated file.")]) -> None:
    """Show what an annotated file comes to: who is who, who said what, who did what to whom."""
    from communique.corpus import load_annotated
    from communique.corpus.report import article_lines

    for article in load_annotated([path]):
        _write(article_lines(article))


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
