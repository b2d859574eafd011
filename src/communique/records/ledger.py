"""`LedgerEntry` and `LedgerMove`: something that one party wants of another or owes to it, and what became of it."""

from dataclasses import dataclass
from typing import Literal

from communique.records.span import Span

EntryKind = Literal["demand", "request", "commitment", "threat", "offer"]
MoveKind = Literal[
    "raised", "repeated", "acknowledged", "accepted", "partly-met", "met", "rejected", "withdrawn", "broken", "lapsed",
    "disputed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an entry: `name` as first told, `code` as event data write it ("PAK MIL"), and what makes it up."""

    name: str
    code: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    registry_id: str | None = None

    def __hash__(self) -> int:
        # Parties are looked up millions of times; few that differ have one name.
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One demand, request, commitment, threat or offer of `sources` to `targets`.

    `matter` is a short phrase ("reopen the crossing"), `words` the article's own; `opened` the day (ISO 8601) of the
    move that opened it, or None where its article has no date. `near` lists the entries that the opening words almost
    joined, each with its score. The state of an entry is no field: it is a fold over its moves.
    """

    id: str
    kind: EntryKind
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    matter: str
    words: str
    opened: str | None
    near: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Where a move is told: article and version, the span of the words, the words, and the event or statement of the
    article ("e3", "s1") that they are coded as, if any."""

    article: str
    version: str
    span: Span
    words: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerMove:
    """One move of an entry, `on` a day (ISO 8601), `by` a party where one is named.

    `reports` are all tellings of the move, first the one that made it; `score` (0 to 1) says how well it fits the
    entry, and `why` what the fit rests on.
    """

    id: str
    entry: str
    move: MoveKind
    on: str | None
    by: Party | None
    reports: tuple[Report, ...]
    score: float
    why: str
