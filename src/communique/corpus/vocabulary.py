"""The words that an annotation may use: the codebook's tables, and the corpus format's own lists."""

from functools import cache
from typing import get_args

from communique.codebook import Codebook
from communique.errors import CorpusError
from communique.records import EventType, Kind, Modality

TYPES: tuple[str, ...] = get_args(EventType)
KINDS: tuple[str, ...] = get_args(Kind)
MODALITIES: tuple[str, ...] = get_args(Modality)
FORMS = ("direct", "indirect", "mixed")
ACTS = (
    "asserted", "asked", "promised", "offered", "warned", "threatened", "accused", "denied", "declined", "praised",
    "apologised",
)  # fmt: skip
ENTRY_KINDS = ("demand", "request", "commitment", "threat", "offer")
MOVES = (
    "repeated", "acknowledged", "accepted", "refused", "part-done", "done", "broken", "changed", "withdrawn",
    "disputed",
)  # fmt: skip
VOICES = (
    "wire", "report", "headlines", "brief", "briefing", "communique", "liveblog", "regional", "translated", "analysis",
    "pagesave", "interview",
)  # fmt: skip
REGIONS = (
    "north-america", "latin-america", "caribbean", "europe", "eastern-europe", "middle-east", "north-africa",
    "west-africa", "east-africa", "central-africa", "southern-africa", "central-asia", "south-asia", "east-asia",
    "southeast-asia", "pacific", "global",
)  # fmt: skip
# PLOVER's entries for actors that belong to no country.
BODIES = ("UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC")
PRONOUNS = frozenset((
    "i", "me", "my", "mine", "we", "us", "our", "ours", "he", "him", "his", "she", "her", "hers", "they", "them",
    "their", "theirs", "it", "its", "you", "your", "yours",
))  # fmt: skip
POSSESSIVES = frozenset(("my", "our", "his", "their", "its", "your"))
# The fifteen labels of the CAMEO (PLV) policy.
LABELS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


@cache
def codebook() -> Codebook:
    """The codebook whose types, modes, contexts and sectors annotations use."""
    return Codebook.load()


def modes_of(type: str) -> tuple[str, ...]:  # noqa: A002  (the field's own word)
    """The modes of an event type."""
    return tuple(mode for owner, mode in codebook().modes if owner == type)


def one_of(value: str, accepted: tuple[str, ...], what: str) -> str:
    """`value` if it is accepted; otherwise `CorpusError` saying what is."""
    if value not in accepted:
        listed = ", ".join(accepted) or "none"
        raise CorpusError(f"{value!r} is not a {what}; write one of: {listed}")
    return value


def plv_label(type: str, modes: tuple[str, ...], *, compound: bool = False) -> str:  # noqa: A002
    """The label of a type under the CAMEO (PLV) policy where the annotation gives none (guidelines E10).

    `compound` says that the act is also an imprisonment (SANCTION/convict + COERCE/arrest).
    """
    if type in ("CONCEDE", "RETREAT"):
        return "YIELD"
    if type == "SANCTION" and "convict" in modes:
        return "COERCE" if compound else "ACCUSE"
    return type
