"""Network: who has to do with whom, drawn as a graph, with the table of its dyads beside it.

Countries are drawn near to those with which they have much to do (Fruchterman and Reingold 1991). The layout begins on
a circle, in order of size, and no chance is in it: the same archive gives the same drawing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from starlette.responses import Response

from communique.explorer.desk import Asked, Desk
from communique.explorer.events import conditions
from communique.store import browse
from communique.store.browse import PER, Page

Row = dict[str, Any]

WIDTH, HEIGHT, EDGE = 960, 560, 40
# Dyads and countries that are drawn, those of most events: more could not be told apart.
MOST, NODES = 120, 48
_STEPS = 260
RADIUS, SMALLEST, WIDEST = 20.0, 7.0, 9.0
# Countries further from each other than this on average are brought nearer: three would stand in the corners.
_FAR = 210.0


@dataclass(frozen=True)
class Node:
    """One country: where, how large, and its number of events."""

    name: str
    x: float
    y: float
    r: float
    events: int


@dataclass(frozen=True)
class Tie:
    """One dyad: from where to where, how wide, and its row."""

    ends: tuple[float, float, float, float]
    width: float
    row: Row


def drawn(desk: Desk, asked: Asked) -> Response:
    """The graph and its table."""
    told, who = conditions(desk, asked), (asked.text("who") or "").upper()
    rows = desk.kept(
        f"network {asked.link(page=None, who=None)}", lambda: browse.pairs(desk.archive, told, per=browse.MOST).rows
    )
    if who:
        near = {who, *(each for row in rows if who in (row["one"], row["two"]) for each in (row["one"], row["two"]))}
        rows = [row for row in rows if row["one"] in near and row["two"] in near] if len(near) > 1 else []
    number = min(asked.page, max(1, -(-len(rows) // PER)))
    page = Page(rows[(number - 1) * PER : number * PER], number, PER, len(rows))
    nodes, ties = draw(rows)
    return desk.page(
        asked, "network.html", found=page, nodes=nodes, ties=ties, width=WIDTH, height=HEIGHT, types=desk.types(),
        who=who, left_out=len(rows) - len(ties),
    )  # fmt: skip


def draw(rows: Sequence[Row]) -> tuple[list[Node], list[Tie]]:
    """The countries and dyads of rows with `one`, `two` and `events`, those of most events first."""
    sizes: dict[str, int] = {}
    shown: list[Row] = []
    for row in rows[:MOST]:
        if len({*sizes, row["one"], row["two"]}) > NODES:
            continue
        shown.append(row)
        for side in (row["one"], row["two"]):
            sizes[side] = sizes.get(side, 0) + row["events"]
    if not shown:
        return [], []
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    radii = [max(SMALLEST, RADIUS * math.sqrt(sizes[name] / max(sizes.values()))) for name in names]
    places = _layout(names, shown, radii)
    nodes = [Node(name, round(x, 1), round(y, 1), round(r, 1), sizes[name])
             for name, (x, y), r in zip(names, places.tolist(), radii, strict=True)]  # fmt: skip
    where = {node.name: node for node in nodes}
    most = max(row["events"] for row in shown)
    # Many lines are drawn thinner, so that they can be told from each other.
    widest = max(3.0, WIDEST * min(1.0, 3 / math.sqrt(len(shown))))
    ties = [
        Tie((where[row["one"]].x, where[row["one"]].y, where[row["two"]].x, where[row["two"]].y),
            round(max(1.0, widest * row["events"] / most), 1), row)
        for row in shown
    ]  # fmt: skip
    return nodes, ties


def _layout(names: Sequence[str], rows: Sequence[Row], radii: Sequence[float]) -> Any:
    """Places in the drawing, one row for each name."""
    count, index = len(names), {name: place for place, name in enumerate(names)}
    pull = np.zeros((count, count))
    for row in rows:
        one, two = index[row["one"]], index[row["two"]]
        pull[one, two] = pull[two, one] = 1 + math.log(row["events"])
    pull /= pull.max()
    angles = np.arange(count) * 2.399963  # the golden angle, so that neighbours in the order begin apart
    spots = np.column_stack([np.cos(angles), np.sin(angles)]) * np.sqrt(np.arange(count) + 0.5)[:, None] / 2
    ideal = 1.0 / math.sqrt(count)
    spots /= max(1.0, float(np.abs(spots).max()))
    for step in range(_STEPS):
        between = spots[:, None] - spots[None]
        distance = np.maximum(np.sqrt((between**2).sum(axis=2)), 0.01)
        force = ideal**2 / distance - pull * distance**2 / ideal
        np.fill_diagonal(force, 0)
        move = (between / distance[..., None] * force[..., None]).sum(axis=1) - spots * 0.4 * ideal
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-9)
        spots = spots + move / length * np.minimum(length, 0.12 * (1 - step / _STEPS))
    return _apart(_fitted(spots), np.array(radii))


def _fitted(spots: Any) -> Any:
    """The same places, spread over the drawing."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    room = np.array([WIDTH - 2.0 * EDGE, HEIGHT - 2.0 * EDGE])
    size = np.minimum(room, _FAR * math.sqrt(len(spots)) * np.array([1.3, 0.8]))
    middle = np.array([WIDTH, HEIGHT]) / 2
    return middle + ((spots - low) / np.maximum(high - low, 1e-9) - 0.5) * size if len(spots) > 1 else middle[None]


def _apart(spots: Any, radii: Any) -> Any:
    """The same places, moved so that no circle lies on another and all stay in the drawing."""
    least = radii[:, None] + radii[None] + 8
    for _ in range(60):
        between = spots[:, None] - spots[None]
        distance = np.maximum(np.sqrt((between**2).sum(axis=2)), 0.01)
        lack = np.maximum(least - distance, 0) / 2
        np.fill_diagonal(lack, 0)
        if not lack.any():
            break
        spots = spots + (between / distance[..., None] * lack[..., None]).sum(axis=1)
        spots = np.clip(spots, EDGE / 2, [WIDTH - EDGE / 2, HEIGHT - EDGE / 2])
    return spots
