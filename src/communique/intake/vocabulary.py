"""The room's word lists and line patterns, kept as data beside the code: `vocabulary.tsv` and `furniture.tsv`."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list `name` ("share-head", "section", "language-en" …); raises `KeyError` for an unknown one."""
    return _lists()[name]


def names(prefix: str) -> tuple[str, ...]:
    """The lists whose name begins with `prefix`, in order of the file."""
    return tuple(name for name in _lists() if name.startswith(prefix))


@cache
def line_patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """(reason, most words, pattern for the whole line) in order of `furniture.tsv`; neighbours of a kind are one."""
    groups: list[tuple[str, int, int, list[str]]] = []
    for reason, most, case, pattern in _rows("furniture.tsv"):
        flag = re.IGNORECASE if case == "any" else 0
        if not groups or groups[-1][:3] != (reason, int(most), flag):
            groups.append((reason, int(most), flag, []))
        groups[-1][3].append(pattern)
    return tuple((reason, most, re.compile("|".join(parts), flag)) for reason, most, flag, parts in groups)


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(listed.split(" ")) for name, listed in _rows("vocabulary.tsv")}


def _rows(file: str) -> Iterator[list[str]]:
    for row in files("communique.intake").joinpath(file).read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")
