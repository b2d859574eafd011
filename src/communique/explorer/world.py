"""The world: borders of countries → paths of a drawing, in an equal-area projection.

The borders are those of Natural Earth, which draws who holds a place rather than who claims it: a viewpoint, and said
to be one wherever they are drawn. Areas are true to each other (Equal Earth: Šavrič, Patterson and Jenny 2018), so that
no country is large because it lies far north. Antarctica is left out.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np

Points = np.ndarray[Any, np.dtype[Any]]
Outline = tuple[int, ...]

# Equal Earth's polynomial.
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
# Degrees of latitude that a map of the whole world shows.
SOUTH, NORTH = -57.0, 84.0
# Points are moved to a grid of so many units of the drawing, coarse where they are not seen, and drawn once.
FINE, COARSE, MARGIN = 0.5, 32.0, 64.0


@dataclass(frozen=True)
class Box:
    """A rectangle of the projected plane: from left to right, from bottom to top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


@dataclass(frozen=True)
class World:
    """Borders as arcs, projected: one behind the other in `points`, arc n from `starts[n]` to `starts[n + 1]`, each in
    its row of `boxes` (left, bottom, right, top). The outlines of a country are numbers of arcs, ~n for the arc n
    backwards. `inner` arcs stand between two countries, `disputed` ones beside a territory that ISO 3166-1 does not
    list."""

    points: Points
    starts: Points
    boxes: Points
    outlines: dict[str, tuple[Outline, ...]]
    inner: frozenset[int]
    disputed: frozenset[int]


@dataclass(frozen=True)
class Country:
    """The largest part of a country: its box and its centre of gravity."""

    box: Box
    middle: tuple[float, float]


def _projected(degrees: Points) -> Points:
    a1, a2, a3, a4 = _A
    theta = np.arcsin(_M * np.sin(np.radians(degrees[:, 1])))
    square = theta * theta
    sixth = square**3
    across = np.radians(degrees[:, 0]) * np.cos(theta)
    across /= _M * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square))
    return np.column_stack([across, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))])


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees of WGS84 → the plane."""
    x, y = _projected(np.array([[lon, lat]]))[0]
    return float(x), float(y)


# The whole map.
WHOLE = Box(project(-180, 0)[0], project(0, SOUTH)[1], project(180, 0)[0], project(0, NORTH)[1])


@cache
def load() -> World:
    """The world of the package, read once."""
    with (resources.files("communique.explorer") / "data" / "world.npz").open("rb") as file, np.load(file) as told:
        lengths, steps, codes = told["lengths"], told["steps"].astype(float), told["codes"].tolist()
        rings = [tuple(each.tolist()) for each in np.split(told["outlines"], np.cumsum(told["sizes"])[:-1])]
        scale, shift = told["scale"], told["shift"]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    outlines: dict[str, tuple[Outline, ...]] = {}
    owners: dict[int, set[str]] = {}
    for code, ring in zip(codes, rings, strict=True):
        outlines[code] = (*outlines.get(code, ()), ring)
        for arc in ring:
            owners.setdefault(arc if arc >= 0 else ~arc, set()).add(code)
    # The same lines without the leap from 180° east to 180° west.
    turn = 360 / scale[0]
    steps[:, 0] -= np.where(np.isin(np.arange(len(steps)), starts), 0, turn * np.rint(steps[:, 0] / turn))
    points = _projected(_summed(steps, starts) * scale + shift)
    boxes = np.hstack([np.minimum.reduceat(points, starts[:-1]), np.maximum.reduceat(points, starts[:-1])])
    inner = frozenset(arc for arc, sides in owners.items() if len(sides) > 1)
    disputed = frozenset(arc for arc in inner if any(_is_unlisted(code) for code in owners[arc]))
    return World(points, starts, boxes, outlines, inner, disputed)


@cache
def country(code: str) -> Country | None:
    """Where a country lies; None where the world has none of this code."""
    world = load()
    arcs = np.split(world.points, world.starts[1:-1])
    rings = [_joined(each, arcs, leap=1.0) for each in world.outlines.get(code, ())]
    if not rings:
        return None
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    return Country(Box(*map(float, (*largest.min(axis=0), *largest.max(axis=0)))), _middle(largest))


class Sheet:
    """A part of the world as it is drawn, `width` wide and `height` high, in units of the drawing.

    Its paths are in units of `FINE` of them: that makes short numbers.
    """

    def __init__(self, box: Box, width: float) -> None:
        self.box, self.width, self.height = box, width, round(width * box.height / box.width, 1)
        self._scale = width / box.width
        world = load()
        self._arcs = self._drawn(world)
        left, bottom, right, top = world.boxes.T
        self._near = (left <= box.right) & (right >= box.left) & (bottom <= box.top) & (top >= box.bottom)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the plane lies in the drawing."""
        return round((x - self.box.left) * self._scale, 1), round((self.box.top - y) * self._scale, 1)

    @cached_property
    def land(self) -> str:
        """All land."""
        return "".join(map(self.area, load().outlines))

    @cached_property
    def borders(self) -> str:
        """What stands between two countries."""
        return "".join(_line(self._arcs[arc]) for arc in sorted(load().inner - load().disputed))

    @cached_property
    def disputed(self) -> str:
        """What stands around territories that ISO 3166-1 does not list."""
        return "".join(_line(self._arcs[arc]) for arc in sorted(load().disputed))

    def area(self, code: str) -> str:
        """One country; empty where the world has none of this code."""
        drawn = ""
        for outline in load().outlines.get(code, ()):
            if not any(self._near[arc if arc >= 0 else ~arc] for arc in outline):
                continue
            ring = _joined(outline, self._arcs, leap=self._scale / FINE)
            # Small islands cannot be seen.
            if np.ptp(ring, axis=0).max() > 2:
                drawn += _line(ring) + "Z"
        return drawn

    def _snapped(self, points: Points) -> Points:
        """Points of the plane on the grid of the drawing, in whole units of `FINE`."""
        units = (points - [self.box.left, self.box.top]) * [self._scale, -self._scale]
        hidden = np.any((units < -MARGIN) | (units > [self.width + MARGIN, self.height + MARGIN]), axis=1)
        grid = np.where(hidden, COARSE, FINE)[:, None]
        snapped: Points = (np.rint(units / grid) * (grid / FINE)).astype(int)
        return snapped

    def _drawn(self, world: World) -> list[Points]:
        """All arcs on the grid, each point once."""
        units = self._snapped(world.points)
        ends = np.zeros(len(units), bool)
        ends[world.starts[:-1]] = ends[world.starts[1:] - 1] = True
        kept = ends | np.concatenate([[True], np.any(np.diff(units, axis=0) != 0, axis=1)])
        borders = np.concatenate([[0], np.cumsum(kept)])[world.starts]
        return np.split(units[kept], borders[1:-1])


@lru_cache(maxsize=16)
def sheet(box: Box, width: float) -> Sheet:
    """The part of the world in `box`, drawn `width` wide."""
    return Sheet(box, width)


def around(points: Iterable[tuple[float, float]], boxes: Iterable[Box], *, ratio: float, least: float) -> Box:
    """The part of the world that holds some points of the plane and boxes with room about them, `ratio` as wide as high
    and at least `least` wide; all of it where they lie far apart, or where there are none."""
    held = [*(Box(x, y, x, y) for x, y in points), *boxes]
    if not held:
        return WHOLE
    left, right = min(each.left for each in held), max(each.right for each in held)
    bottom, top = min(each.bottom for each in held), max(each.top for each in held)
    width = max((right - left) * 1.3, (top - bottom) * 1.3 * ratio, least)
    if width > WHOLE.width * 0.62:
        return WHOLE
    height = width / ratio
    middle = min(max((left + right) / 2, WHOLE.left + width / 2), WHOLE.right - width / 2)
    level = min(max((bottom + top) / 2, WHOLE.bottom + height / 2), WHOLE.top - height / 2)
    # To a hundredth, so that a part that is asked for again is drawn already.
    return Box(*(round(each, 2) for each in (middle - width / 2, level - height / 2, middle + width / 2,
                                             level + height / 2)))  # fmt: skip


def _is_unlisted(code: str) -> bool:
    """Whether a territory has no letters of its own in ISO 3166-1; those of Kosovo are users' own."""
    return code.islower() or code == "XKX"


def _summed(steps: Points, starts: Points) -> Points:
    """The running sums of the steps of each arc."""
    sums = np.cumsum(steps, axis=0)
    before = np.vstack([[0.0, 0.0], sums])[starts[:-1]]
    summed: Points = sums - np.repeat(before, np.diff(starts), axis=0)
    return summed


def _joined(outline: Sequence[int], arcs: Sequence[Points], *, leap: float) -> Points:
    """The points of an outline; a part that begins more than `leap` from where the one before it ended lies across the
    date line, and is moved there."""
    parts: list[Points] = []
    for number in outline:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        if parts and abs(parts[-1][-1, 0] - part[0, 0]) > leap:
            part = part + (parts[-1][-1] - part[0])
        parts.append(part)
    return np.concatenate(parts)


def _area(ring: Points) -> float:
    x, y = ring.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2


def _middle(ring: Points) -> tuple[float, float]:
    """The centre of gravity of an area."""
    (x, y), (after, below) = ring.T, np.roll(ring, -1, axis=0).T
    cross = x * below - after * y
    whole = 3 * cross.sum()
    return float(((x + after) * cross).sum() / whole), float(((y + below) * cross).sum() / whole)


def _line(points: Points) -> str:
    """A path: where it begins, and each step from there; empty for a single point."""
    steps = np.diff(points, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if not len(steps):
        return ""
    # A sign parts two numbers as well as a blank does.
    told = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
    return f"M{points[0, 0]} {points[0, 1]}l{told}"
