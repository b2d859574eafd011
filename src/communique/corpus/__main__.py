"""The corpus tools without the rest of the program: `python -m communique.corpus check corpus/articles/x*.txt`.

The same commands as `communique corpus …`, for writers who need no other part of it.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from communique.corpus.agree import compare
from communique.corpus.check import check, load_annotated, load_whole
from communique.corpus.report import agree_lines, article_lines, check_lines, stats_lines
from communique.corpus.stats import count
from communique.errors import CommuniqueError

_CORPUS = Path("corpus")
_DATA = Path("../shared/data")


def main(arguments: list[str] | None = None) -> int:
    """Runs `check`, `stats`, `show` or `agree`; the result is the exit code (1: errors found, 2: the call is wrong)."""
    parser = argparse.ArgumentParser(prog="python -m communique.corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser(
        "check", help="errors, gaps, copies and lack of variety in files or the whole corpus"
    )
    checking.add_argument("paths", nargs="*", type=Path, help="files or folders; without any: all of corpus/")
    checking.add_argument("--overlap", action="store_true", help=f"also compare with every text below {_DATA}")
    checking.add_argument("--quiet", action="store_true", help="leave out notes")
    counting = commands.add_parser("stats", help="coverage of files or of the whole corpus")
    counting.add_argument("paths", nargs="*", type=Path)
    showing = commands.add_parser("show", help="what files come to: chains, statements, events with their words")
    showing.add_argument("paths", nargs="+", type=Path)
    agreeing = commands.add_parser("agree", help="agreement between two annotations of the same texts")
    agreeing.add_argument("first", type=Path)
    agreeing.add_argument("second", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen)
    except CommuniqueError as error:
        _say([f"error: {error}"])
        return 2


def _run(chosen: argparse.Namespace) -> int:
    if chosen.command == "agree":
        _say(agree_lines(compare(load_annotated([chosen.first]), load_annotated([chosen.second]))))
        return 0
    if chosen.command == "show":
        for article in load_annotated(chosen.paths):
            _say(article_lines(article))
        return 0
    if chosen.command == "stats":
        _say(stats_lines(count(*load_whole(chosen.paths or [_CORPUS]))))
        return 0
    whole = not chosen.paths
    data = _DATA if (chosen.overlap or whole) and _DATA.is_dir() else None
    checked = check(chosen.paths or [_CORPUS], beside=_CORPUS if _CORPUS.is_dir() else None, data=data)
    _say(check_lines(checked, notes=not chosen.quiet))
    return 0 if checked.passed else 1


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
