"""`Actor` and `Participant`: who acts, and the words in which an event or a statement names them."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["resolved", "country-only", "unresolved"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act, as one article speaks of them.

    `id` is unique in its article ("a3"); `country` is ISO 3166-1 alpha-3 (XKX for Kosovo) or None for actors without
    one; `sectors` are PLOVER's, most specific last-resort order kept ("GOV", "MIL" …); `role` is the office or role on
    the article's day; `registry_id` names the registry row that matched; `mentions` are ids of the document's mentions;
    `why` is one line for a person; `candidates` lists registry ids between which the program abstained.
    """

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    registry_id: str | None
    status: Status
    mentions: tuple[str, ...]
    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """A mention in the text and the actor that it was resolved to, if any; both by id."""

    mention: str
    actor: str | None
