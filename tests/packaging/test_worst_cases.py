"""Our regular expressions, each fed with strings made from its own shape to keep it busy: none takes long over them.

The strings are found in the parsed expression: a way to each of its repetitions, what it repeats very many times, and
then something that fits nowhere.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import communique

# Far longer than any line of an article; a page has at most a million characters, and its process ends after a while.
LENGTH = 5_000
# A linear expression takes a thousandth of this, one that doubles with each letter would take for ever.
SECONDS = 2.0
# What compiles expressions; it has no public name.
parser: Any = importlib.import_module("re._parser")
# What the program only tries at the beginning of a text or of the rest of a line, and how: a search would try it at
# every place, and take the square of the time.
TRIED = {
    "communique.intake.dates._ZONE": "match", "communique.intake.folder._LOOKS_LIKE_HTML": "match",
    "communique.intake.furniture._AGENCY_SLUG": "fullmatch", "communique.intake.furniture._CRUMBS": "fullmatch",
    "communique.intake.trimming._DATELINE": "match", "communique.intake.trimming._UNMARKED": "match",
}  # fmt: skip
OTHERS = ("training", "corpus", "scoring")
_CATEGORIES = {
    "CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-",
}  # fmt: skip


def expressions() -> dict[str, re.Pattern[Any]]:
    """Every compiled expression that a module of the program holds, in tables too, by module and name."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(communique.__path__, "communique."):
        if module.name.split(".")[1] in OTHERS or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, each in enumerate(_held(value, depth=2)):
                found.setdefault(f"{module.name}.{name}" + (f".{number}" if number else ""), each)
    return {name: each for name, each in found.items() if not name.startswith("communique._")}


def _held(value: Any, *, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for each in value.values():
            yield from _held(each, depth=depth - 1)
    elif depth and isinstance(value, tuple | list):
        for each in value:
            yield from _held(each, depth=depth - 1)


def attacks(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Strings on which the expression has most to do."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    for before, body in _repeats(list(tree), ""):
        for unit in {body, body[:1], body[-1:]} - {""}:
            times = LENGTH // len(unit)
            for end in ("\x00", "\n\x00"):
                yield before + unit * times + end
            yield (before + unit * 50 + "\x00") * (LENGTH // (len(before) + 50 * len(unit) + 1) + 1)


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """Each repetition of more than a few: a string that leads to it, and one that it repeats."""
    for operator, given in items:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if int(given[1]) > 8:
                yield before, _sample(list(given[2]))
            yield from _repeats(list(given[2]), before)
        elif name == "SUBPATTERN":
            yield from _repeats(list(given[3]), before)
        elif name == "BRANCH":
            for branch in given[1]:
                yield from _repeats(list(branch), before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeats(list(given[1]), before)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(list(given), before)
        before += _sample([(operator, given)])


def _sample(items: list[Any]) -> str:
    """A string that the items fit."""
    return "".join(_one(str(operator), given) for operator, given in items)


def _one(name: str, given: Any) -> str:
    if name == "LITERAL":
        return chr(given)
    if name == "NOT_LITERAL":
        return "b" if given == ord("a") else "a"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _of_class(given)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sample(list(given[2])) * max(1, min(int(given[0]), 3))
    if name == "SUBPATTERN":
        return _sample(list(given[3]))
    if name == "BRANCH":
        return _sample(list(given[1][0]))
    return ""


def _of_class(members: Any) -> str:
    negated = str(members[0][0]) == "NEGATE"
    for operator, given in members[negated:]:
        if negated:
            break
        if str(operator) == "LITERAL":
            return chr(given)
        if str(operator) == "RANGE":
            return chr(given[0])
        return _CATEGORIES.get(str(given), "a")
    excluded = re.compile("[" + "".join(_written(each) for each in members[1:]) + "]")
    return next((each for each in "a 7-.,<>\n" if not excluded.match(each)), "\x01")


def _written(member: Any) -> str:
    operator, given = str(member[0]), member[1]
    if operator == "LITERAL":
        return re.escape(chr(given))
    if operator == "RANGE":
        return f"{re.escape(chr(given[0]))}-{re.escape(chr(given[1]))}"
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(given).rsplit("_", 1)[1]]
    return "\\" + (letter.upper() if "NOT" in str(given) else letter)


EXPRESSIONS = expressions()


def test_there_are_as_many_as_there_should_be() -> None:
    assert len(EXPRESSIONS) > 100


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_no_expression_takes_long_over_its_worst_case(name: str) -> None:
    pattern = EXPRESSIONS[name]
    for attack in attacks(pattern):
        given = attack if isinstance(pattern.pattern, str) else attack.encode("utf-8", "replace")
        began = time.process_time()
        getattr(pattern, TRIED.get(name, "search"))(given)
        took = time.process_time() - began
        assert took < SECONDS, f"{took:.1f} s over {attack[:40]!r}…"


def test_a_bad_expression_would_be_found() -> None:
    """The strings do find what they look for."""
    pattern = re.compile(r"x(?:\s*\w+\s*)*;|(\d+)*\$")
    shorter = (attack[:24] + "\x00" for attack in attacks(pattern))
    slow = 0.0
    for attack in shorter:
        began = time.process_time()
        pattern.search(attack)
        slow = max(slow, time.process_time() - began)
    assert slow > 0.05
