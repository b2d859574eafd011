"""Mentions against hand-marked ones: F1 over spans, untyped and typed.

A gold file is GUM's CoNLL-U, whose `Entity` column marks every mention with nested brackets, or JSONL with `entities`
(re3d). Spans are compared by their characters, edge punctuation and a leading "the", "a", "an" left out on both sides
only for JSONL sets, whose annotators took them now in, now out.

**Published type mapping.** GUM: person → PERSON, organization → ORG, place → LOC, event → EVENT, time → DATE, all
other → OTHER; found GPE, LOC and FAC count as LOC, DATE, TIME and DURATION as DATE, ROLE and GROUP as PERSON; found
pronouns are scored untyped only. re3d: Person, Organisation, Location, Nationality, Weapon and MilitaryPlatform,
Temporal, Money, Quantity → PERSON, ORG, LOC, NORP, WEAPON, DATE, MONEY, QUANTITY; since re3d marks names and
descriptions of these types only, found mentions of other kinds and pronouns are not counted there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.records import Document, Mention, Span

GUM_KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": "DATE"}
RE3D_KINDS = {
    "Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP", "Weapon": "WEAPON",
    "MilitaryPlatform": "WEAPON", "Temporal": "DATE", "Money": "MONEY", "Quantity": "QUANTITY",
}  # fmt: skip
FOUND_KINDS = {"GPE": "LOC", "FAC": "LOC", "TIME": "DATE", "DURATION": "DATE", "ROLE": "PERSON", "GROUP": "PERSON"}
_BRACKET = re.compile(r"\((\d+)-([a-z]+)[^()]*|(\d+)\)|\)")
_EDGES = re.compile(r"^(?:[\W_]*(?:the|a|an)\s+)?[\W_]*|[\W_]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A hand-marked mention: its characters, its kind after the mapping, the number of its referent in the text."""

    span: Span
    kind: str
    referent: str = ""


def gum_mentions(document: Document, column: list[str]) -> Iterator[Marked]:
    """The mentions of a GUM document; `column` has the `Entity` value of every word ("" where there is none)."""
    waiting: list[tuple[str, str, int]] = []
    for index, value in enumerate(column):
        newest = ""
        for part in _BRACKET.finditer(value):
            if part[1]:
                newest = part[1]
                waiting.append((newest, part[2], index))
                continue
            number = part[3] or newest
            for place in range(len(waiting) - 1, -1, -1):
                if waiting[place][0] == number:
                    _, kind, first = waiting.pop(place)
                    span = document.span_of([first, index])
                    yield Marked(span, GUM_KINDS.get(kind, "OTHER"), number)
                    break


def entity_columns(lines: Iterable[str]) -> Iterator[list[str]]:
    """Per document of a CoNLL-U file, the `Entity` value of every word."""
    column: list[str] = []
    for line in lines:
        if line.startswith("# newdoc") and column:
            yield column
            column = []
        elif line[:1].isdigit():
            fields = line.rstrip("\n").split("\t")
            if fields[0].isdigit():
                column.append(next((each[7:] for each in fields[9].split("|") if each.startswith("Entity=")), ""))
    if column:
        yield column


def score(pairs: Iterable[tuple[list[Marked], Document]], *, names_only: bool) -> dict[str, float]:
    """Precision, recall and F1, untyped and typed, per cent, over (hand-marked, found) pairs.

    `names_only` is for sets that mark some kinds only (re3d): other kinds are not counted, edges are trimmed.
    """
    counts = {name: [0, 0, 0] for name in ("untyped", "typed")}
    for marked, document in pairs:
        found = [each for each in document.mentions if not names_only or _kind(each) in set(RE3D_KINDS.values())]
        ours = {_place(each.span, document.text, names_only): _kind(each) for each in found}
        theirs = {_place(each.span, document.text, names_only): each.kind for each in marked}
        shared = ours.keys() & theirs.keys()
        _add(counts["untyped"], len(shared), len(ours), len(theirs))
        pronouns = {place for place, kind in ours.items() if kind == "PRONOUN"}
        right = sum(ours[place] == theirs[place] for place in shared - pronouns)
        _add(counts["typed"], right, len(ours) - len(pronouns), len(theirs.keys() - pronouns))
    return {
        f"{name}_{measure}": value
        for name, (right, found, gold) in counts.items()
        for measure, value in (
            ("precision", _percent(right, found)), ("recall", _percent(right, gold)),
            ("f1", _percent(2 * right, found + gold)),
        )
    }  # fmt: skip


def _kind(mention: Mention) -> str:
    return FOUND_KINDS.get(mention.kind, mention.kind)


def _place(span: Span, text: str, trimmed: bool) -> tuple[int, int]:
    if not trimmed:
        return span.start, span.end
    words = span.of(text)
    opening = _EDGES.match(words)
    start = span.start + (opening.end() if opening else 0)
    closing = re.search(r"[\W_]+$", words)
    end = span.start + closing.start() if closing else span.end
    return (start, end) if start < end else (span.start, span.end)


def _add(counts: list[int], right: int, found: int, gold: int) -> None:
    for place, value in enumerate((right, found, gold)):
        counts[place] += value


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
