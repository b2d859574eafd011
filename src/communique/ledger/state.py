"""State: how an entry stands, as a fold over its moves; nothing is ever overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from communique.records import LedgerMove, MoveKind

Standing = Literal[
    "open", "acknowledged", "accepted", "partly met", "met", "rejected", "withdrawn", "broken", "lapsed", "disputed"
]
# Standings in which something is still owed or wanted. A rejected demand is settled until it is raised again.
OPEN: frozenset[str] = frozenset(("open", "acknowledged", "accepted", "partly met", "disputed"))
_ANSWERS: frozenset[str] = frozenset(
    ("acknowledged", "accepted", "partly-met", "met", "rejected", "broken", "disputed")
)
_AFTER: dict[MoveKind, Standing] = {
    "raised": "open", "repeated": "open", "acknowledged": "acknowledged", "accepted": "accepted",
    "partly-met": "partly met", "met": "met", "rejected": "rejected", "withdrawn": "withdrawn", "broken": "broken",
    "lapsed": "lapsed", "disputed": "disputed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """How an entry stands: `standing`, since which day, whether it is `open`, and how often it was repeated.

    `answered` says whether the other side has ever moved it. `silent` counts the later stories about the same two
    sides in which no answer was found: that is all that silence means here.
    """

    standing: Standing = "open"
    since: str | None = None
    repeats: int = 0
    answered: bool = False
    silent: int = 0

    @property
    def open(self) -> bool:
        """Whether something is still owed or wanted."""
        return self.standing in OPEN

    @property
    def told(self) -> str:
        """The standing in words; silence is told as what was not found."""
        if self.standing == "open" and not self.answered:
            stories = "1 later story" if self.silent == 1 else f"{self.silent} later stories"
            return f"open; no answer found in {stories}" if self.silent else "open"
        return self.standing


def settle(moves: Iterable[LedgerMove], *, later: int = 0) -> State:
    """The state after `moves` in their order; `later` is how many later stories about the two sides there are."""
    state = reduce(_moved, moves, State())
    return State(state.standing, state.since, state.repeats, state.answered, 0 if state.answered else later)


def _moved(state: State, move: LedgerMove) -> State:
    answered = state.answered or move.move in _ANSWERS
    repeats = state.repeats + (move.move == "repeated")
    stays = move.move == "repeated" and state.standing in ("accepted", "partly met", "acknowledged")
    if stays or (move.move == "acknowledged" and state.standing in ("met", "accepted", "partly met")):
        # Welcoming what was done does not undo it, and asking again does not take back a yes.
        return State(state.standing, state.since, repeats, answered)
    return State(_AFTER[move.move], move.on, repeats, answered)
