"""`Story` and `Happening`: articles that tell the same text, and reports that tell the same event."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are copies of each other, or of each other's beginnings: ids in order of publication, first the
    one that the story is called after. `shared` tells for each the part of its words that it shares with the
    earlier one that it is nearest to, and `copied_from` which that is, None for the first. `updates` are those of them
    that add a stretch of words of their own to it."""

    id: str
    articles: tuple[str, ...]
    shared: tuple[float, ...]
    updates: tuple[str, ...] = ()
    copied_from: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Joint:
    """Why the report `joined` belongs to the happening of `event`: `score` (0 to 1), whether it tells the same or an
    update, and one line of reasons."""

    event: str
    joined: str
    score: float
    relation: Literal["same", "update", "different"]
    why: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in the world: `reports` are global ids of events in order of publication, the first also its own id;
    there is one joint for each report but the first."""

    id: str
    reports: tuple[str, ...]
    joints: tuple[Joint, ...] = ()
