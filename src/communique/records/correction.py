"""`Correction`: what a person decided about an event, beside what the program coded."""

from dataclasses import dataclass
from typing import Literal

CorrectionKind = Literal["set", "accept", "reject", "add", "split", "merge", "withdraw"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an event: what it was (`old`) and what it should be (`new`), both as text; None for empty."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision; it is appended and never changed, and a later one on the same words goes before an earlier one.

    `target` is the global id of the event when it was corrected; `article`, `trigger` and `passage` are what it is
    found by after the article has been coded again: the same words, whatever the run. `other` is the event that it is
    merged with, or the correction that a "withdraw" takes back. `by` is who decided, `at` the moment (ISO 8601),
    `reason` why.
    """

    id: str
    kind: CorrectionKind
    target: str
    article: str
    version: str
    trigger: str
    passage: str
    changes: tuple[Change, ...]
    other: str | None
    by: str
    at: str
    reason: str
