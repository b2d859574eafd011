"""Moves: what an act of one side makes of an entry of either side."""

from typing import Literal

from communique.ledger.act import Act
from communique.records import EntryKind, MoveKind

# "owner": who demands, promises, threatens or offers; "other": whom it is put to.
Role = Literal["owner", "other"]

# Acts that open an entry where they join none.
OPENS: dict[str, EntryKind] = {
    "demand": "demand", "ask": "request", "promise": "commitment", "accept": "commitment", "offer": "offer",
    "threaten": "threat",
}  # fmt: skip

_WANTED: dict[tuple[Role, str], MoveKind] = {
    ("owner", "demand"): "repeated", ("owner", "ask"): "repeated", ("owner", "repeat"): "repeated",
    ("owner", "withdraw"): "withdrawn", ("owner", "acknowledge"): "acknowledged", ("owner", "lapse"): "lapsed",
    ("other", "accept"): "accepted", ("other", "promise"): "accepted", ("other", "offer"): "accepted",
    ("other", "refuse"): "rejected", ("other", "fail"): "broken", ("other", "do"): "met", ("other", "deny"): "disputed",
    ("other", "acknowledge"): "acknowledged", ("other", "lapse"): "lapsed", ("other", "withdraw"): "broken",
}  # fmt: skip
_OWED: dict[tuple[Role, str], MoveKind] = {
    ("owner", "promise"): "repeated", ("owner", "accept"): "repeated", ("owner", "repeat"): "repeated",
    ("owner", "do"): "met", ("owner", "fail"): "broken", ("owner", "refuse"): "broken",
    ("owner", "withdraw"): "withdrawn", ("owner", "deny"): "disputed", ("owner", "lapse"): "lapsed",
    ("other", "acknowledge"): "acknowledged", ("other", "accept"): "accepted", ("other", "refuse"): "rejected",
    ("other", "deny"): "disputed",
}  # fmt: skip
_THREATENED: dict[tuple[Role, str], MoveKind] = {
    ("owner", "threaten"): "repeated", ("owner", "promise"): "repeated", ("owner", "repeat"): "repeated",
    ("owner", "do"): "met", ("owner", "withdraw"): "withdrawn", ("owner", "lapse"): "lapsed",
    ("other", "refuse"): "rejected", ("other", "acknowledge"): "acknowledged",
}  # fmt: skip
_OFFERED: dict[tuple[Role, str], MoveKind] = {
    ("owner", "offer"): "repeated", ("owner", "promise"): "repeated", ("owner", "repeat"): "repeated",
    ("owner", "do"): "met", ("owner", "withdraw"): "withdrawn", ("owner", "lapse"): "lapsed",
    ("other", "accept"): "accepted", ("other", "promise"): "accepted", ("other", "refuse"): "rejected",
    ("other", "acknowledge"): "acknowledged",
}  # fmt: skip
_OF_KIND: dict[EntryKind, dict[tuple[Role, str], MoveKind]] = {
    "demand": _WANTED, "request": _WANTED, "commitment": _OWED, "threat": _THREATENED, "offer": _OFFERED,
}  # fmt: skip


def move_of(kind: EntryKind, role: Role, act: Act) -> MoveKind | None:
    """The move that the act makes of an entry of this kind, or None where it makes none."""
    move = _OF_KIND[kind].get((role, act.deed))
    return "partly-met" if move == "met" and act.part else move
