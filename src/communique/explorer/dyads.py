"""Dyads: what two sides did to each other over time, drawn as lanes, with the table beside."""

import datetime as dt
from typing import Any

from starlette.responses import Response

from communique.errors import InputError
from communique.explorer.desk import Asked, Desk, to
from communique.explorer.lanes import draw
from communique.explorer.wording import to_dyad
from communique.store import browse
from communique.store.browse import PER, Page
from communique.store.filters import first_day, last_day

Row = dict[str, Any]
# Days before the first article that are drawn, unless others are asked for.
_BEFORE = dt.timedelta(days=31)


def listing(desk: Desk, asked: Asked) -> Response:
    """Pairs of countries; or, with `a` and `b`, the way to what is told between any two."""
    one, two = asked.text("a"), asked.text("b")
    if one and two:
        address = to_dyad(one.upper() if len(one) == 3 else one, two.upper() if len(two) == 3 else two)
        return to(address) if address.startswith("/d/") else _dyad(desk, asked, one, two)
    found = desk.kept(f"pairs {asked.page}", lambda: browse.pairs(desk.archive, number=asked.page))
    return desk.page(asked, "dyads.html", found=found, one=one or "", two=two or "")


def dyad(desk: Desk, asked: Asked) -> Response:
    """What is told between two codes: `/d/USA-PAK`."""
    one, dash, two = asked.path["pair"].partition("-")
    if not (dash and one.strip() and two.strip()):
        raise InputError("a dyad is two codes with a hyphen between: USA-PAK")
    return _dyad(desk, asked, one.strip(), two.strip())


def _dyad(desk: Desk, asked: Asked, one: str, two: str) -> Response:
    since, until = asked.text("since"), asked.text("until")
    rows = desk.kept(f"dyad {asked.link(page=None, since=None, until=None)}", lambda: _rows(desk, asked, one, two))
    there = [row for row in rows if row["there"] and row["targets"]]
    back = [row for row in rows if row["back"] and row["targets"]]
    lanes = [
        (f"{one} → {two}", there),
        (f"{two} → {one}", back),
        # All parties of a reciprocal event are its sources, so that both ways find it.
        ("together", [row for row in rows if not row["targets"]]),
    ]
    shown = _between([row for _, lane in lanes for row in lane], since, until)
    number = min(asked.page, max(1, -(-len(shown) // PER)))
    page = Page(shown[(number - 1) * PER : number * PER], number, PER, len(shown))
    return desk.page(
        asked, "dyad.html", one=one, two=two, found=page, drawing=_drawing(desk, lanes, since, until), lanes=lanes,
        types=desk.types(), entries=_entries(desk, one, two),
    )  # fmt: skip


def _rows(desk: Desk, asked: Asked, one: str, two: str) -> list[Row]:
    """What is told either way under the filters of the address, on whatever day."""
    told = asked.texts("type", "quad", "modality")
    ways = [browse.events_asked(source=source, target=target, words=asked.text("q"), own=desk.kinds, **told)
            for source, target in ((one, two), (two, one))]  # fmt: skip
    for each in ways:
        each.add("NOT historical")
    return browse.happenings(desk.archive, *ways)


def _between(rows: list[Row], since: str | None, until: str | None) -> list[Row]:
    """Rows whose days touch the ones asked for, in order of day."""
    low, high = first_day(since) if since else dt.date.min, last_day(until) if until else dt.date.max
    asked = bool(since or until)
    kept = [row for row in rows
            if (low <= (row["last_day"] or row["first_day"]) and row["first_day"] <= high
                if row["first_day"] is not None else not asked)]  # fmt: skip
    return sorted(
        kept, key=lambda row: (row["first_day"] is None, row["first_day"], row["published"] or "", row["event"])
    )


def _drawing(desk: Desk, lanes: list[tuple[str, list[Row]]], since: str | None, until: str | None) -> Any:
    days = [row["first_day"] for _, rows in lanes for row in rows if row["first_day"] is not None]
    if not days:
        return None
    first, last = (first_day(since) if since else min(days)), (last_day(until) if until else max(days))
    if first > last:
        raise InputError(f"from {first} to {last} there is no day; the first day comes first")
    told = desk.kept("counts", lambda: browse.counts(desk.archive))["first_day"]
    if not since and told is not None and max(days) >= told:
        # What articles look back upon would press everything else to the border.
        first = min(day for day in days if day >= told - _BEFORE)
    covered = browse.coverage(desk.archive, first, last)
    return draw(lanes, first=first, last=last, covered=covered)


def _entries(desk: Desk, one: str, two: str) -> list[Row]:
    """Open matters between the two, the newest first."""
    ways = [browse.entries_asked(source=source, target=target) for source, target in ((one, two), (two, one))]
    asked = browse.entries_asked(standing="open")
    asked.add(" OR ".join(" AND ".join(way.sql) for way in ways), *(value for way in ways for value in way.values))
    name = f"entries {one} {two}"
    return desk.kept(name, lambda: browse.entries(desk.archive, asked, newest=True, per=6)).rows
