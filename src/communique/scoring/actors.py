"""Score of actors: a mention in a sentence on a day → the person, with country and office, or rightly nobody.

A query file is plain text, one query a line with columns parted by tabs: ISO day, sentence with the mention in square
brackets, person, ISO country, office; "#" begins a remark, "-" stands for none. An answer is *right* when the person is
the one asked for, with his country and an office of the same key (:func:`communique.grounding.titles.title_key`), or
when there is none to be named and the program names none; *wrong* when it names another person, the right one with
another country or office, or anybody where there is none; else it *abstains*.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import JaroWinkler

from communique.errors import ScoringError
from communique.grounding import Grounding
from communique.grounding.titles import fold, title_key
from communique.records import Actor, Span

# Likeness (Jaro-Winkler) of given and family names in two spellings of one name ("Zelensky", "Zelenskyy").
_ALIKE_GIVEN, _ALIKE_FAMILY = 0.72, 0.84
_PARTICLES = frozenset({"al", "el", "de", "da", "di", "ul", "bin", "van", "von", "der", "iii", "ii", "jr"})


@dataclass(frozen=True, slots=True)
class Query:
    """One query: the ISO `day`, the `text` without brackets, the mention's `span`, and the answer; None for none."""

    day: str
    text: str
    span: Span
    name: str | None
    country: str | None
    office: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a query: "right", "wrong" or "abstained", and the actor that the program gave."""

    query: Query
    outcome: str
    actor: Actor | None


def read(path: Path) -> Iterator[Query]:
    """The queries of a file. Raises `ScoringError` with file and line where one breaks the form."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [each.strip() for each in [*line.split("\t"), ""][:5]]
        start, end = line.count("["), line.count("]")
        if len(columns) < 5 or (start, end) != (1, 1) or not columns[2]:
            raise ScoringError(
                f"{path}, line {number}: found {line[:80]!r}; a query has day, sentence with one [mention], person,"
                " country and office, parted by tabs"
            )
        before, _, rest = columns[1].partition("[")
        mention, _, after = rest.partition("]")
        span = Span(len(before), len(before) + len(mention))
        name, country = (None if each == "-" else each for each in columns[2:4])
        yield Query(columns[0], before + mention + after, span, name, country, columns[4])


def score(queries: Iterable[Query], answer: Callable[[str, str], Grounding]) -> dict[str, Any]:
    """Accuracy, wrong and abstained, per cent; `answer` grounds (text, day). The wrong ones are listed."""
    verdicts = [judge(query, answer(query.text, query.day)) for query in queries]
    counts = Counter(each.outcome for each in verdicts)
    whole = max(1, len(verdicts))
    told: dict[str, Any] = {"queries": len(verdicts), "accuracy": round(100 * counts["right"] / whole, 2)}
    told |= {name: round(100 * counts[name] / whole, 2) for name in ("wrong", "abstained")}
    told["nobody"] = sum(each.query.name is None for each in verdicts)
    told["wrong_answers"] = [
        f"{each.query.day} {each.query.span.of(each.query.text)}: {each.actor.name if each.actor else '-'}"
        f" ({each.actor.role if each.actor else ''}) for {each.query.name or 'nobody'}"
        for each in verdicts
        if each.outcome == "wrong"
    ]
    return told


def judge(query: Query, grounding: Grounding) -> Verdict:
    """The verdict on one query."""
    document = grounding.document
    words = document.words_in(query.span)
    inside = {word.index for word in words}
    heads = [word.index for word in words if word.head not in inside] + [word.index for word in reversed(words)]
    mentions = [found for index in heads if (found := document.mention_at(index)) is not None]
    actor = next((one for each in mentions if (one := grounding.actor_of(each.id)) is not None), None)
    named = actor is not None and (actor.registry_id or "").startswith(("Q", "person/"))
    if actor is None or not named:
        return Verdict(query, "right" if query.name is None else "abstained", actor)
    right = query.name is not None and alike(query.name, actor.name) and actor.country == query.country
    if right and query.office:
        asked, given = (set(title_key(each, query.country).split()) for each in (query.office, actor.role or ""))
        right = asked <= given or (bool(given) and given <= asked)
    return Verdict(query, "right" if right else "wrong", actor)


def alike(one: str, other: str) -> bool:
    """Whether two full names are spellings of one: family and given names alike, initials and short parts the same."""
    mine, theirs = (
        [word for word in fold(each.replace("-", " ")).split() if word not in _PARTICLES] for each in (one, other)
    )
    if len(mine) > 1 and len(theirs) > 1 and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return _short(mine) == _short(theirs) or not (_short(mine) and _short(theirs))
    if _short(mine[1:]) != _short(theirs[1:]) and _short(mine[1:]) and _short(theirs[1:]):
        return False
    given = JaroWinkler.similarity(mine[0], theirs[0]) >= _ALIKE_GIVEN
    given = given or (min(len(mine[0]), len(theirs[0])) <= 2 and mine[0][0] == theirs[0][0])
    return given and JaroWinkler.similarity(mine[-1], theirs[-1]) >= _ALIKE_FAMILY


def _short(words: list[str]) -> set[str]:
    return {word for word in words if len(word) <= 2}
