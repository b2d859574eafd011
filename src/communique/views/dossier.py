"""What a pile of articles comes to: who demanded what of whom, who promised what, what was done, in which words.

Rows of near copies are told once, with all outlets that tell them. This is a reading list with its evidence, not a
ledger: whether a demand was met is not judged here.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.views.printable import one_line, shortened

Row = Mapping[str, Any]

# Types that commit their source by being said or done, and those that do so only as something still to come.
_COMMITS = {"AGREE", "CONCEDE"}
_COMMITS_IF_PLANNED = {"AID", "COOPERATE", "RETREAT", "CONSULT", "SANCTION", "MOBILIZE", "COERCE"}
# Two rows tell of one thing if they share this part of their words and lie at most so many days apart. Set by
# reading the folded rows of invented near copies; a wrong fold hides words, so it is strict.
_SHARED, _APART = 0.6, dt.timedelta(days=2)

SECTIONS = {
    "demand": "What was asked",
    "commitment": "What was promised or agreed",
    "threat": "What was threatened",
    "deed": "What was done",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was demanded, promised, threatened or done: `words` are the article's, `speaker` who is quoted
    with them if anybody, `outlets` where they stand, first telling first."""

    section: str
    day: dt.date | None
    source: str
    target: str
    type: str
    modality: str
    words: str
    trigger: str
    speaker: str | None
    outlets: tuple[str, ...]
    event: str


@dataclass(frozen=True, slots=True)
class Relation:
    """The lines between two countries (or, for `parties` without a country, groups), in order of date."""

    parties: tuple[str, str]
    lines: tuple[Line, ...]


def summarise(events: Iterable[Row], statements: Iterable[Row]) -> tuple[Relation, ...]:
    """Relations between two parties that have a code, the one with most lines first.

    `events` and `statements` are rows of the archive; negated, hypothetical and long past events are no lines.
    """
    said = {each["statement"]: each for each in statements}
    found: dict[tuple[str, str], list[Line]] = {}
    for row in events:
        section, parties = _section(row), _dyad(row)
        if section is not None and parties is not None:
            found.setdefault(parties, []).append(_line(section, row, said.get(row["statement"] or "")))
    relations = [Relation(parties, _folded(lines)) for parties, lines in found.items()]
    return tuple(sorted(relations, key=lambda each: (-len(each.lines), each.parties)))


def render(relations: Iterable[Relation], *, most: int = 8) -> RenderableType:
    """The relations for a person, at most `most` lines of each section; what is left out is counted. Relations of a
    single line stand together at the end."""
    told: list[RenderableType] = []
    relations = list(relations)
    longer = [each for each in relations if len(each.lines) > 1]
    single = [line for each in relations if len(each.lines) == 1 for line in each.lines]
    shown = [*longer, Relation(("others", ""), _folded(single))] if single else longer
    for relation in shown:
        told.append(Text(f" {' ↔ '.join(party for party in relation.parties if party)} ", style="bold reverse"))
        for section, heading in SECTIONS.items():
            lines = [each for each in relation.lines if each.section == section]
            if lines:
                told += [Text(), Text(heading, style="bold"), Padding(_grid(lines[:most]), (0, 0, 0, 2))]
            if len(lines) > most:
                told.append(Padding(Text(f"… and {len(lines) - most} more", style="dim"), (0, 0, 0, 2)))
        told.append(Text())
    return Group(*told)


def _section(row: Row) -> str | None:
    if row["historical"] or row["modality"] in ("negated", "hypothetical"):
        return None
    kind, planned = row["type"], row["modality"] == "planned"
    if kind == "REQUEST":
        return "demand"
    if kind == "THREATEN":
        return "threat"
    if kind in _COMMITS or (planned and kind in _COMMITS_IF_PLANNED):
        return "commitment"
    return "deed" if not planned and (kind == "CONSULT" or row["quad"].startswith("material")) else None


def _dyad(row: Row) -> tuple[str, str] | None:
    """The countries (or else codes) of the first two different parties, sorted; None where there are not two."""
    parties = [_side(each) for each in (*row["sources"], *row["targets"])]
    named = [each for each in dict.fromkeys(parties) if each]
    return (min(named[:2]), max(named[:2])) if len(named) > 1 else None


def _side(party: Row) -> str:
    return party["country"] or (one_line(party["name"]) if party["code"] and "MED" not in party["sectors"] else "")


def _line(section: str, row: Row, statement: Row | None) -> Line:
    sources, targets = list(row["sources"]), list(row["targets"])
    if not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    return Line(
        section=section,
        day=row["first_day"] or row["day"],
        source=_names(sources),
        target=_names(targets),
        type=row["type"],
        modality=row["modality"],
        words=one_line(row["passage"]),
        trigger=one_line(row["trigger"]),
        speaker=None if statement is None else one_line(statement["speaker_name"]),
        outlets=(one_line(row["outlet"] or row["title"] or row["article"]),),
        event=row["event"],
    )


def _names(parties: list[Row]) -> str:
    told = [
        f"{one_line(each['name'])} ({each['code']})" if each["code"] else one_line(each["name"]) for each in parties
    ]
    return " and ".join(dict.fromkeys(told)) or "somebody"


def _folded(lines: list[Line]) -> tuple[Line, ...]:
    """Lines in order of date, near copies as one."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda each: each.day or dt.date.max):
        for number, other in enumerate(kept):
            if _same(line, other):
                kept[number] = replace(other, outlets=tuple(dict.fromkeys((*other.outlets, *line.outlets))))
                break
        else:
            kept.append(line)
    return tuple(kept)


def _same(one: Line, other: Line) -> bool:
    if (one.section, one.type, one.source, one.target) != (other.section, other.type, other.source, other.target):
        return False
    if one.day and other.day and abs(one.day - other.day) > _APART:
        return False
    mine, others = (Counter(re.findall(r"\w+", each.words.casefold())) for each in (one, other))
    return (mine & others).total() >= _SHARED * (mine | others).total()


def _grid(lines: Iterable[Line]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=10, style="dim")
    grid.add_column(overflow="fold")
    for line in lines:
        text = Text(line.source, style="bold").append(" → ", style="").append(line.target)
        text.append(f"  {line.type}", style="dim")
        if line.modality != "actual":
            text.append(f", {line.modality}", style="dim italic")
        words = Text(f"“{shortened(line.words, 300)}”")
        if line.trigger:
            words.highlight_regex(rf"(?<!\w){re.escape(line.trigger)}(?!\w)", style="bold underline")
        text.append("\n").append_text(words)
        origin = "; ".join(line.outlets)
        told = f"{line.speaker}, in {origin}" if line.speaker else origin
        grid.add_row(str(line.day or "undated"), text.append(f"\n{told}", style="dim"))
    return grid
