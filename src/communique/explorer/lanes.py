"""Lanes: events between two sides → the places of dots in a drawing with one lane each way and one for both.

Every dot is a happening; its area grows with the number of independent stories, its shape and colour are its quad
class. Dots of one day are stacked. Under the lanes stand the weekly means of the Goldstein values, with the number of
happenings in each, and the days of which the archive has no article at all.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]

WIDTH, LEFT, RIGHT, TOP = 960, 92, 16, 8
MEANS, COVER, AXIS = 76, 14, 24
# Height of a lane with few dots, of one with many, and how many are many.
LOW, HIGH, MANY = 72, 128, 24
# Radius of a dot that one story tells, and the most that a dot may have.
RADIUS, WIDEST = 5.0, 15.0
# Dots that are drawn: more could not be told apart.
MOST = 2000
# Weekly means of more weeks than this are drawn as means of months.
_WEEKS = 160
_SCALE = 10.0  # Goldstein values run from -10 to 10
_LABEL = 48  # width of "22 Nov", which must end before the drawing does
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Dot:
    """One happening: centre, radius, and the row that it stands for."""

    x: float
    y: float
    r: float
    row: Row


@dataclass(frozen=True)
class Mean:
    """The mean of one week or month: from where to where it is drawn, its value and how many happenings it is of."""

    x: float
    width: float
    y: float
    height: float
    first: dt.date
    last: dt.date
    value: float
    number: int


@dataclass(frozen=True)
class Lane:
    """One lane: its name, its middle and its dots."""

    name: str
    y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Drawing:
    """All that is drawn, in units of the drawing; `ticks` are days of the axis with their places, `gaps` stretches
    without any article."""

    width: int
    height: int
    lane: int
    first: dt.date
    last: dt.date
    lanes: tuple[Lane, ...]
    means: tuple[Mean, ...]
    zero: float
    cover: float
    axis: float
    ticks: tuple[tuple[float, str], ...]
    gaps: tuple[tuple[float, float], ...]
    left_out: int


def draw(
    lanes: Sequence[tuple[str, Sequence[Row]]], *, first: dt.date, last: dt.date, covered: Mapping[dt.date, int]
) -> Drawing:
    """The drawing of named lanes of rows between two days; `covered` are the days of which there are articles."""
    last = max(last, first + 6 * _DAY)
    place = _Place(first, last)
    lane = HIGH if max((len(rows) for _, rows in lanes), default=0) > MANY else LOW
    drawn, left_out = [], 0
    for number, (name, rows) in enumerate(lanes):
        middle = TOP + lane * (number + 0.5)
        dated = [row for row in rows if row["first_day"] is not None and first <= row["first_day"] <= last]
        left_out += len(rows) - min(len(dated), MOST)
        drawn.append(Lane(name, middle, tuple(_stacked(dated[-MOST:], place, middle, lane))))
    below = TOP + lane * len(lanes)
    zero, cover = below + MEANS / 2, below + MEANS + 4
    means = tuple(_means([row for _, rows in lanes for row in rows], place, zero, first, last))
    axis = cover + COVER
    return Drawing(
        WIDTH, int(axis + AXIS), lane, first, last, tuple(drawn), means, zero, cover, axis,
        tuple(_ticks(first, last, place)), tuple(_gaps(first, last, covered, place)), left_out,
    )  # fmt: skip


class _Place:
    """Days → places from left to right."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self._first = first
        self.day = (WIDTH - LEFT - RIGHT) / ((last - first).days + 1)

    def __call__(self, day: dt.date) -> float:
        """The left border of a day."""
        return LEFT + (day - self._first).days * self.day


def _stacked(rows: Sequence[Row], place: _Place, middle: float, lane: int) -> Iterable[Dot]:
    """Dots of one lane; each stands as near to the middle as those before it let it."""
    standing: list[Dot] = []
    for row in sorted(rows, key=lambda each: (each["first_day"], -each["stories"], each["event"])):
        r = min(RADIUS * math.sqrt(max(1, row["stories"])), WIDEST)
        x = place(row["first_day"]) + place.day / 2
        x = min(max(x, LEFT + r), WIDTH - RIGHT - r)
        near = [dot for dot in standing[-40:] if abs(dot.x - x) < dot.r + r + 1]
        room = lane / 2 - r - 3
        offsets = sorted((step * 3.0 * side for step in range(int(room / 3) + 1) for side in (1, -1)), key=abs)
        free = (y for y in offsets if all(math.hypot(dot.x - x, dot.y - middle - y) > dot.r + r + 1 for dot in near))
        dot = Dot(round(x, 1), round(middle + next(free, 0.0), 1), round(r, 1), row)
        standing.append(dot)
        yield dot


def _means(rows: Iterable[Row], place: _Place, zero: float, first: dt.date, last: dt.date) -> Iterable[Mean]:
    by_month = (last - first).days / 7 > _WEEKS
    groups: dict[dt.date, list[float]] = {}
    for row in rows:
        day = row["first_day"]
        if day is not None and first <= day <= last and row["goldstein"] is not None:
            begin = day.replace(day=1) if by_month else day - dt.timedelta(days=day.weekday())
            groups.setdefault(begin, []).append(row["goldstein"])
    for begin, values in sorted(groups.items()):
        end = _next_month(begin) - _DAY if by_month else begin + 6 * _DAY
        left, right = place(max(begin, first)), place(min(end, last) + _DAY)
        mean = sum(values) / len(values)
        height = abs(mean) / _SCALE * (MEANS / 2 - 6)
        yield Mean(
            round(left + 0.5, 1), round(max(1.0, right - left - 1), 1), round(zero - height if mean > 0 else zero, 1),
            round(max(height, 1.0), 1), begin, end, round(mean, 1), len(values),
        )  # fmt: skip


def _ticks(first: dt.date, last: dt.date, place: _Place) -> Iterable[tuple[float, str]]:
    """Marks of the axis, far enough from each other to be read: weeks, months, or years."""
    span = (last - first).days
    if span <= 84:
        first = day = first + dt.timedelta(days=-first.weekday() % 7)
        while day <= last and place(day) < WIDTH - _LABEL:
            yield round(place(day), 1), f"{day.day} {day:%b}" + (f" {day.year}" if day == first else "")
            day += 7 * _DAY
        return
    step = 1 if span < 420 else 3 if span < 1300 else 12
    day = _next_month(first) if first.day > 1 else first
    while day <= last:
        if (day.month - 1) % step == 0:
            yield round(place(day), 1), f"{day:%Y}" if step == 12 else f"{day:%b %Y}"
        day = _next_month(day)


def _gaps(
    first: dt.date, last: dt.date, covered: Mapping[dt.date, int], place: _Place
) -> Iterable[tuple[float, float]]:
    """Stretches of days without any article: left border and width."""
    begin, day = None, first
    while day <= last + _DAY:
        is_bare = day <= last and day not in covered
        if is_bare and begin is None:
            begin = day
        elif not is_bare and begin is not None:
            yield round(place(begin), 1), round(place(day) - place(begin), 1)
            begin = None
        day += _DAY


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1)
