"""From paths to coded articles: what `read`, `explain`, `add` and `demo` share."""

import dataclasses
import glob
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import InputError
from communique.records import Article, CodedArticle, Problem

if TYPE_CHECKING:
    from communique.intake import Input
    from communique.pipeline import Coder

STDIN = "-"
# The code under which the pipeline keeps an article on which a room failed.
CODING_FAILED = "coding-failed"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# How a page begins that comes without a file name to say so.
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--|div|article|p)\b", re.IGNORECASE)


def articles(paths: Iterable[str]) -> Iterator[Article | Problem]:
    """What the paths hold; "-" is standard input. Raises `InputError` for a path that does not exist."""
    from communique import intake

    for item in inputs(paths):
        yield item if isinstance(item, Problem) else intake.take(item)


def inputs(
    paths: Iterable[str], columns: Mapping[str, str] | None = None, *, addresses: bool = False
) -> Iterator["Input | Problem"]:
    """The inputs at the paths, not yet read but for standard input; with `addresses`, web addresses among them are
    inputs for somebody to fetch. Raises `InputError` as `articles` does."""
    from communique import intake

    for path in paths:
        if path == STDIN:
            yield _from_stdin()
        elif _ADDRESS.match(path):
            if not addresses:
                raise InputError(f"{path} is an address; nothing is fetched unless asked: communique add --fetch")
            yield intake.Input(path, url=path)
        elif not Path(path).exists() and not glob.glob(path, recursive=True):  # noqa: PTH207 (absolute patterns too)
            raise InputError(f"{path} does not exist; name a file, a folder, or - for standard input")
        else:
            yield from intake.find_inputs([path], columns=columns)


def load_coder(codebook: Path | None = None) -> "Coder":
    """The shipped coder: model, registry and codebook, or the one in a folder. Tests put another in its place."""
    from communique.pipeline import Coder

    return Coder.load(codebook=codebook)


def coded(paths: Iterable[str], codebook: Path | None = None) -> Iterator[CodedArticle | Problem]:
    """The articles under the paths, coded one by one, with the codebook at a path if one is given. The model is loaded
    when the first article is there."""
    coder = None
    for item in articles(paths):
        if isinstance(item, Problem):
            yield item
            continue
        coder = coder or load_coder(codebook)
        yield coder.code(item)


def failure(item: CodedArticle | Problem) -> Problem | None:
    """The problem for which an input counts as skipped: it gave no article, or its article could not be coded."""
    if isinstance(item, Problem):
        return item
    failed = (problem for problem in item.problems if problem.code == CODING_FAILED)
    return next((dataclasses.replace(problem, fatal=True) for problem in failed), None)


def report_skipped(problem: Problem) -> None:
    """Say on standard error, in one line, which input was skipped and why."""
    from communique.views.printable import one_line

    place = f"{problem.place}: " if problem.place else ""
    print(one_line(f"skipped {place}{problem.message} [{problem.code}]"), file=sys.stderr)


def _from_stdin() -> "Input":
    from communique.intake import Input

    data = sys.stdin.buffer.read()
    return Input("standard input", data=data, suffix=".html" if _PAGE.match(data) else "")
