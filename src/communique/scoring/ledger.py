"""Score of the ledger: dossiers of short articles with entries and moves marked by hand.

A dossier is one plain file: a head (`dossier:`, `set:`), its articles (`--- a1` with title, outlet, published and text)
and a section `--- ledger`, whose form docs/ledger.md tells:

    L1 demand FJI/LAB > FJI/GOV: restore the night bonus
      raised a1: demanded that the government restore the night bonus

An entry is found if the program has one of the same kind (demands and requests count as one) between the same parties,
as far as these have a code, whose opening words overlap those marked. A move is found if the entry that was found has
it in the same article; its evidence is right if its words overlap those marked.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from communique.errors import ScoringError
from communique.records import Article, EntryKind, LedgerEntry, LedgerMove, MoveKind, Party, Span

# What stands for "no country" in the parties of a dossier; each of them fits any body without one.
_BODIES = frozenset(("IGO", "UNO", "EUR", "NGO"))
_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY", "COP"))
_ENTRY = re.compile(r"L\d+ (?P<kind>[a-z]+) (?P<source>[^>:]+?)(?: > (?P<target>[^:]+))?: (?P<matter>.+)")
_MOVE = re.compile(r"\s+(?P<move>[a-z-]+) (?P<article>a\d+): (?P<words>.+)")


@dataclass(frozen=True, slots=True)
class GoldMove:
    """A move marked by hand: which, in which article, and where its words stand."""

    move: str
    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class GoldEntry:
    """An entry marked by hand; parties are codes ("FJI/LAB"), `target` may be empty."""

    kind: str
    source: str
    target: str
    matter: str
    moves: tuple[GoldMove, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Articles in order of date and what their ledger should be."""

    name: str
    part: str
    articles: tuple[Article, ...]
    entries: tuple[GoldEntry, ...]


def read(path: Path) -> Dossier:
    """The dossier in a file. Raises `ScoringError`, which names the line, where it breaks the form."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("--- ")]
    if not starts:
        raise ScoringError(f"{path} has no “--- a1” line; a dossier holds articles and a ledger")
    head = _fields(lines[: starts[0]])
    articles: dict[str, Article] = {}
    entries: tuple[GoldEntry, ...] = ()
    for number, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name = lines[number][4:].strip()
        if name == "ledger":
            entries = _entries(path, lines, number + 1, end, articles)
        else:
            articles[name] = _article(path, name, lines[number + 1 : end])
    return Dossier(head.get("dossier", path.stem), head.get("set", ""), tuple(articles.values()), entries)


def score(dossiers: Iterable[Dossier], ledger: Callable[[Sequence[Article]], Any]) -> Mapping[str, Any]:
    """Precision, recall and F1 of entries and moves, and the share of found moves whose evidence is right.

    `ledger` gives for the articles of a dossier an object with `entries` and `moves` (see communique.ledger).
    """
    counts: dict[str, int] = dict.fromkeys(
        ("gold_entries", "entries", "found_entries", "gold_moves", "moves", "found_moves", "right_evidence"), 0
    )
    number = 0
    for dossier in dossiers:
        number += 1
        told = ledger(dossier.articles)
        for name, value in _compare(dossier, told.entries, told.moves).items():
            counts[name] += value
    return {
        "dossiers": number,
        "entries": _measures(counts["found_entries"], counts["entries"], counts["gold_entries"]),
        "moves": _measures(counts["found_moves"], counts["moves"], counts["gold_moves"]),
        "evidence_right": round(100 * counts["right_evidence"] / max(1, counts["found_moves"]), 1),
    }


def pairs(
    dossier: Dossier, entries: Sequence[LedgerEntry], moves: Sequence[LedgerMove]
) -> tuple[tuple[GoldEntry, LedgerEntry], ...]:
    """Which entry of the program was found for which entry marked by hand, one to one, most common moves first."""
    mine: dict[str, list[LedgerMove]] = {each.id: [] for each in entries}
    for move in moves:
        mine[move.entry].append(move)
    possible = [
        (len(_common(dossier, gold, mine[entry.id])), -one, -two)
        for one, gold in enumerate(dossier.entries)
        for two, entry in enumerate(entries)
        if _fits(dossier, gold, entry, mine[entry.id])
    ]
    chosen: dict[int, int] = {}
    for _, one, two in sorted(possible, reverse=True):
        if -one not in chosen and -two not in chosen.values():
            chosen[-one] = -two
    return tuple((dossier.entries[one], entries[two]) for one, two in sorted(chosen.items()))


def _compare(dossier: Dossier, entries: Sequence[LedgerEntry], moves: Sequence[LedgerMove]) -> dict[str, int]:
    found = pairs(dossier, entries, moves)
    common = [_common(dossier, gold, [each for each in moves if each.entry == entry.id]) for gold, entry in found]
    return {
        "gold_entries": len(dossier.entries),
        "entries": len(entries),
        "found_entries": len(found),
        "gold_moves": sum(len(each.moves) for each in dossier.entries),
        "moves": len(moves),
        "found_moves": sum(map(len, common)),
        "right_evidence": sum(right for each in common for right in each),
    }


def _common(dossier: Dossier, gold: GoldEntry, moves: Sequence[LedgerMove]) -> list[bool]:
    """For each marked move that the program has in the same article, whether its words overlap."""
    names = {each.version: each.id for each in dossier.articles}
    found = []
    for move in gold.moves:
        reports = [
            report for each in moves if each.move == move.move for report in each.reports[:1]
            if names.get(report.version) == move.article
        ]  # fmt: skip
        if reports:
            found.append(any(report.span.overlaps(move.span) for report in reports))
    return found


def _fits(dossier: Dossier, gold: GoldEntry, entry: LedgerEntry, moves: Sequence[LedgerMove]) -> bool:
    kinds = [{"request": "demand"}.get(kind, kind) for kind in (gold.kind, entry.kind)]
    if kinds[0] != kinds[1] or not _is(gold.source, entry.sources):
        return False
    if gold.target and entry.targets and not _is(gold.target, entry.targets):
        return False
    names = {each.version: each.id for each in dossier.articles}
    opening = next((each for each in gold.moves if each.move == "raised"), None)
    raised = next((each for each in moves if each.move == "raised"), None)
    return (
        opening is not None
        and raised is not None
        and any(
            names.get(each.version) == opening.article and each.span.overlaps(opening.span) for each in raised.reports
        )
    )


def _is(code: str, parties: Iterable[Party]) -> bool:
    country, _, sector = code.partition("/")
    for each in parties:
        # A name that was left without a code, or a state or group without its country, is scored elsewhere.
        if not each.country and not each.sectors:
            return True
        state = bool(_STATE & set(each.sectors)) or (each.country is not None and not each.sectors)
        body = each.country is None and bool({"IGO", "NGO", "UNO", "EUR", "IMG", "ISM"} & set(each.sectors))
        if country in _BODIES:
            if body:
                return True
        elif (each.country == country or (each.country is None and not body)) and (
            not sector or state == (sector in _STATE)
        ):
            return True
    return False


def _measures(found: int, given: int, gold: int) -> dict[str, float]:
    precision, recall = found / max(1, given), found / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if found else 0.0
    return {"gold": gold, "precision": round(100 * precision, 1), "recall": round(100 * recall, 1),
            "f1": round(100 * f1, 1)}  # fmt: skip


def _fields(lines: Sequence[str]) -> dict[str, str]:
    return {name.strip(): value.strip() for name, colon, value in (line.partition(":") for line in lines) if colon}


def _article(path: Path, name: str, lines: Sequence[str]) -> Article:
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    fields, text = _fields(lines[:blank]), "\n".join(lines[blank:]).strip()
    if not text or "published" not in fields:
        raise ScoringError(f"{path}, article {name}: an article has title, outlet, published, a blank line and text")
    version = hashlib.sha256(f"{path.stem}\n{name}\n{text}".encode()).hexdigest()[:16]
    return Article(
        id=name, version=version, text=text, title=fields.get("title"), outlet=fields.get("outlet"),
        published=fields["published"],
    )  # fmt: skip


def _entries(
    path: Path, lines: Sequence[str], first: int, end: int, articles: Mapping[str, Article]
) -> tuple[GoldEntry, ...]:
    entries: list[GoldEntry] = []
    for number in range(first, end):
        line, place = lines[number], f"{path}, line {number + 1}"
        if not line.strip():
            continue
        if entry := _ENTRY.fullmatch(line):
            kind = _known(entry["kind"], get_args(EntryKind), place)
            entries.append(GoldEntry(kind, entry["source"].strip(), (entry["target"] or "").strip(),
                                     entry["matter"], ()))  # fmt: skip
        elif (move := _MOVE.fullmatch(line)) and entries:
            last = entries[-1]
            marked = (*last.moves, _move(move, articles, place))
            entries[-1] = GoldEntry(last.kind, last.source, last.target, last.matter, marked)
        else:
            raise ScoringError(f"{place}: neither an entry (L1 demand USA > PAK: …) nor a move (raised a1: …)")
    return tuple(entries)


def _move(told: re.Match[str], articles: Mapping[str, Article], place: str) -> GoldMove:
    article = articles.get(told["article"])
    if article is None:
        raise ScoringError(f"{place}: there is no article {told['article']} above")
    words = r"\s+".join(map(re.escape, told["words"].split()))
    found = re.search(words, article.text)
    if found is None:
        raise ScoringError(f"{place}: the words {told['words']!r} do not stand in {told['article']}")
    return GoldMove(_known(told["move"], get_args(MoveKind), place), told["article"], Span(found.start(), found.end()))


def _known(value: str, accepted: Sequence[str], place: str) -> str:
    if value not in accepted:
        raise ScoringError(f"{place}: {value!r} is none of {', '.join(accepted)}")
    return value
