"""`Mention`: words that name, describe or point back to somebody or something."""

from dataclasses import dataclass
from typing import Literal

from communique.records.span import Span

Kind = Literal[
    "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "ROLE", "GROUP", "WEAPON", "EVENT",
    "DATE", "TIME", "DURATION", "MONEY", "QUANTITY", "PRONOUN", "OTHER",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: `id` unique in its document ("m12"), `span`, `kind`, the document index of its head word, and the
    `chain` it shares with other mentions of the same referent, if known ("c3")."""

    id: str
    span: Span
    kind: Kind
    head: int
    chain: str | None = None
