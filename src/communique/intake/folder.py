"""Paths → inputs → articles: files, folders (recursive, in sorted order), and "-" for standard input.

Finding inputs and reading them are two steps, so that a page can be read in a process that may be killed.

Each bad file becomes one fatal problem and the rest goes on. Files inside folders are taken by the ending of their
name; a file that is named outright is taken whatever its name, and read as HTML if it looks like HTML.
"""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from communique.intake import pdf
from communique.intake.decoding import decode
from communique.intake.inputs import Input, with_given
from communique.intake.mail import message
from communique.intake.plain import from_text
from communique.intake.refusals import CONTAINERS, LARGEST_FILE, SUFFIXES, refuse
from communique.intake.rows import TABLES, rows
from communique.intake.warc import pages
from communique.records import Article, Problem, Removed

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_FEEDS = (".rss", ".atom", ".opml", ".xml", ".json", ".nitf", ".newsml")
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def read_paths(
    paths: Iterable[str | os.PathLike[str]], *, stdin: BinaryIO | None = None
) -> Iterator[Article | Problem]:
    """The articles at `paths` in order, one at a time; a fatal problem stands in the place of each that is none.

    A folder gives its files with the endings .txt .text .md .html .htm .xhtml, subfolders included, in sorted order of
    their paths; names that begin with a dot are left out and links to folders are not followed. "-" reads `stdin`
    (by default the process's own). Never raises for what it finds on the way.
    """
    for item in find_inputs(paths, stdin=stdin):
        yield item if isinstance(item, Problem) else take(item)


def find_inputs(
    paths: Iterable[str | os.PathLike[str]], *, stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Input | Problem]:  # fmt: skip
    """The inputs at `paths` in order, of which only standard input and files of many articles are opened; otherwise as
    :func:`read_paths`. A path with * or ? that is no file stands for all that it fits, sorted, "**" for subfolders.
    `columns` names the columns of tables that do not have usual names, as in {"text": "story"}."""
    for path in paths:
        if str(path) == "-":
            yield _from_stream(stdin or sys.stdin.buffer)
        else:
            for found in _fitting(str(path)):
                for item in _from_path(Path(found)):
                    yield from [item] if isinstance(item, Problem) else _opened(item, columns)


def _fitting(path: str) -> list[str]:
    if glob.has_magic(path) and not os.path.lexists(path):
        return sorted(glob.glob(path, recursive=True)) or [path]  # noqa: PTH207 (absolute patterns too)
    return [path]


def _opened(found: Input, columns: Mapping[str, str] | None) -> Iterator[Input | Problem]:
    """The inputs in a file of many; any other as it is."""
    path = Path(found.path or "")
    if found.suffix in TABLES:
        yield from rows(path, found.place, columns=columns)
    elif path.name.lower().endswith((".warc", ".warc.gz")):
        yield from pages(path, found.place)
    elif found.suffix in _FEEDS:
        yield from _feed(path, found)
    else:
        yield found


def _feed(path: Path, found: Input) -> Iterator[Input | Problem]:
    """The items of the file where it is a feed or an agency's; else the file as it is."""
    from communique.intake import newsml  # here, because few inputs need the parser
    from communique.intake.feeds import is_feed, items

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        data = b""  # whoever reads it as a file says what is wrong
    if len(data) <= LARGEST_FILE and is_feed(data):
        yield from items(data, found.place)
    elif len(data) <= LARGEST_FILE and found.suffix != ".json" and newsml.is_news(data):
        yield from newsml.items(data, found.place)
    else:
        yield found


def take(source: Input) -> Article | Problem:
    """The article in one input, or the fatal problem that stands in its place. Never raises for what it finds."""
    if source.url is not None:
        return refuse("not-fetched", found="an address without its text", place=source.place)
    if source.path is not None:
        return _from_file(Path(source.path), source.place)
    found = from_bytes(source.data, source=source.place, suffix=source.suffix)
    return found if isinstance(found, Problem) else with_given(found, source.given)


def _from_path(path: Path) -> Iterator[Input | Problem]:
    place = _named(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield refuse("missing-path", place=place)
        return
    except (OSError, ValueError) as error:
        yield refuse("unreadable-file", found=_cause(error), place=place)
        return
    if stat.S_ISDIR(mode):
        yield from _from_folder(path)
    else:
        yield _as_input(path)


def _from_folder(folder: Path) -> Iterator[Input | Problem]:
    failed: list[OSError] = []
    seen = False
    for root, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        while failed:
            yield _unlisted(failed.pop(0))
            seen = True
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES + CONTAINERS):
                yield _as_input(Path(root, name))
                seen = True
    for error in failed:
        yield _unlisted(error)
        seen = True
    if not seen:
        yield refuse("empty-folder", place=_named(folder))


def _unlisted(error: OSError) -> Problem:
    return refuse("unreadable-folder", found=_cause(error), place=_named(Path(str(error.filename))))


def _as_input(path: Path) -> Input:
    return Input(_named(path), path=str(path), suffix=path.suffix.lower())


def _from_file(path: Path, place: str) -> Article | Problem:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return refuse("not-a-file", found="a device, pipe or socket", place=place)
        if status.st_size > LARGEST_FILE:
            return refuse("too-large", found=f"{status.st_size:,} bytes", place=place)
        with path.open("rb") as file:
            # One byte more than is accepted, so that a file that grows meanwhile is seen to be too large.
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return refuse("missing-path", place=place)
    except (OSError, ValueError) as error:
        return refuse("unreadable-file", found=_cause(error), place=place)
    if path.suffix.lower() == ".eml":
        letter = message(data, place)
        return letter if isinstance(letter, Problem) else take(letter)
    return from_bytes(data, source=place, suffix=path.suffix.lower())


def _from_stream(stream: BinaryIO) -> Input | Problem:
    try:
        data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        return refuse("unreadable-file", found=_cause(error), place="-")
    return Input("-", data=data)


def from_bytes(data: bytes, *, source: str = "", suffix: str = "") -> Article | Problem:
    """The article in `data`; `suffix` (".html", ".md" …) or, without one of HTML, the first tag tells its kind."""
    if data.startswith(pdf.BEGIN):
        return _from_pdf(data, source)
    is_html = suffix in _HTML_SUFFIXES
    text = decode(data, place=source, is_html=is_html or data[:500].lstrip()[:1] == b"<")
    if isinstance(text, Problem):
        return text
    if is_html or _LOOKS_LIKE_HTML.match(text[:2000]):
        # Imported here because the extractor is slow to load and plain text does not need it.
        from communique.intake.page import from_html

        return from_html(text, source=source)
    return from_text(text, source=source, markdown=suffix == ".md")


def _from_pdf(data: bytes, place: str) -> Article | Problem:
    found = pdf.text_of(data, place)
    if isinstance(found, Problem):
        return found
    text, lines = found
    article = from_text(text, source=place)
    if isinstance(article, Problem):
        return article
    return replace(article, removed=(*article.removed, *(Removed(line, "page-edge") for line in lines)))


def _named(path: Path) -> str:
    # Names that are not UTF-8 carry lone surrogates, which no JSON or Parquet can hold.
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _cause(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
