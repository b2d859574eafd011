"""Places: where events happened → a map with a mark for each place, as precise as the place is known, and a table.

A mark's area is the number of events, its shape and colour the class of most of them. What is known to lie somewhere in
a province has a ring around a hollow mark; what is known of a country only has no mark at all: the country is hatched,
and its number stands on it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from communique.explorer import world
from communique.explorer.desk import Asked, Desk
from communique.explorer.events import conditions
from communique.explorer.wording import QUADS
from communique.store import browse
from communique.store.browse import PER, Page

Row = dict[str, Any]
# Left, top, right and bottom in the drawing.
Rectangle = tuple[float, float, float, float]

WIDTH, RATIO = 960.0, 1.9
# The narrowest part of the world that is drawn: some 2,000 km, below which the outline has too few points.
_LEAST = 0.36
# Marks, and names beside them, that are drawn: more would hide each other.
MOST, NAMED = 400, 60
RADIUS, SMALLEST = 17.0, 4.5
# What a map may show of the world: what is needed, or all of it.
VIEWS = (("world", "the whole world"),)
PRECISION = {
    "point": "to the spot", "city": "to the town", "admin2": "somewhere in the district",
    "admin1": "somewhere in the province", "country": "somewhere in the country", "region": "somewhere in the region",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One place as it is drawn: where, how large, whether it is known to the spot, its name and where that begins."""

    x: float
    y: float
    r: float
    is_sharp: bool
    row: Row
    label: str = ""
    side: str = "right"


@dataclass(frozen=True)
class Hatched:
    """A country of which no more is known: its area and where its number stands; without an area it is too small to be
    drawn, and a square stands for it."""

    area: Markup
    x: float
    y: float
    row: Row


def drawn(desk: Desk, asked: Asked) -> Response:
    """The map and its table."""
    told = conditions(desk, asked)
    total = desk.kept(f"places of {asked.link(page=None)}", lambda: browse.count_events(desk.archive, told))
    rows = desk.kept(f"places {asked.link(page=None)}", lambda: browse.places(desk.archive, told))
    for row in rows:
        row["quad"] = max(QUADS, key=lambda quad: row[quad])
    number = min(asked.page, max(1, -(-len(rows) // PER)))
    page = Page(rows[(number - 1) * PER : number * PER], number, PER, len(rows))
    sheet = _sheet(rows, whole=asked.text("view") == "world")
    hatched = list(_hatched(sheet, rows))
    taken = [(each.x - 24, each.y - 8, each.x + 24, each.y + 8) for each in hatched]
    return desk.page(
        asked, "map.html", found=page, sheet=sheet, land=Markup(sheet.land), borders=Markup(sheet.borders),
        disputed=Markup(sheet.disputed), marks=_marks(sheet, rows, taken), hatched=hatched, types=desk.types(),
        undrawn=sum(not _has_spot(row) for row in rows) - len(hatched), placed=sum(row["events"] for row in rows),
        total=total,
        precision=PRECISION, views=VIEWS, fine=world.FINE,
    )  # fmt: skip


def _has_spot(row: Row) -> bool:
    """Whether a place may be drawn as a mark; a country never may."""
    return row["lat"] is not None and row["lon"] is not None and row["precision"] != "country"


def _sheet(rows: Sequence[Row], *, whole: bool) -> world.Sheet:
    if whole:
        return world.sheet(world.WHOLE, WIDTH)
    points = [world.project(row["lon"], row["lat"]) for row in rows if _has_spot(row)]
    lands = (world.country(row["country"] or "") for row in rows if not _has_spot(row))
    boxes = [each.box for each in lands if each is not None]
    return world.sheet(world.around(points, boxes, ratio=RATIO, least=_LEAST), WIDTH)


def _marks(sheet: world.Sheet, rows: Sequence[Row], taken: list[Rectangle]) -> list[Mark]:
    """Marks, the large ones first, so that small ones lie upon them and can be reached; names leave what is `taken`."""
    shown = [row for row in rows if _has_spot(row)][:MOST]
    most = max((row["events"] for row in shown), default=1)
    marks: list[Mark] = []
    for row in shown:
        x, y = sheet.place(*world.project(row["lon"], row["lat"]))
        r = round(max(SMALLEST, RADIUS * math.sqrt(row["events"] / max(most, 10))), 1)
        label, side = _label(sheet, row["place"], x, y, r, taken) if len(marks) < NAMED else ("", "right")
        marks.append(Mark(x, y, r, row["precision"] in ("point", "city"), row, label, side))
    return marks


def _label(sheet: world.Sheet, name: str, x: float, y: float, r: float, taken: list[Rectangle]) -> tuple[str, str]:
    """The name of a place and the side of its mark that has room for it; empty where none has."""
    told = name if len(name) < 25 else name[:23] + "…"
    width = 6.4 * len(told)
    for side, left in (("right", x + r + 4), ("left", x - r - 4 - width)):
        box = (left, y - 7, left + width, y + 7)
        inside = left > 0 and left + width < sheet.width
        if inside and not any(_meet(box, other) for other in taken):
            taken += [box, (x - r, y - r, x + r, y + r)]
            return told, side
    taken.append((x - r, y - r, x + r, y + r))
    return "", "right"


def _meet(one: Rectangle, two: Rectangle) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _hatched(sheet: world.Sheet, rows: Iterable[Row]) -> Iterable[Hatched]:
    for row in rows:
        land = None if _has_spot(row) else world.country(row["country"] or "")
        if land is not None and row["precision"] == "country":
            x, y = sheet.place(*land.middle)
            yield Hatched(Markup(sheet.area(row["country"])), x, y, row)
