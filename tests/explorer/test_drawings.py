"""The map and the network: everything in its place, the same every time, and no country drawn as a point."""

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from communique.explorer import network, places, world
from communique.explorer.network import draw
from communique.library import Library

# Coarse facts of geography: a point of the country's inside, in degrees.
INSIDE = {"PAK": (70, 30), "FRA": (3, 47), "USA": (-100, 40), "AUS": (134, -25), "BRA": (-52, -10), "FJI": (178, -17.8)}
ROWS = st.lists(
    st.tuples(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.sampled_from("abcdefghijklm"), st.integers(1, 5000)),
    unique_by=lambda row: row[:2], max_size=200,
)  # fmt: skip


def test_the_world_is_whole() -> None:
    assert len(world.load().outlines) > 230
    assert world.country("PAK") is not None
    assert world.country("ATA") is None
    assert world.country("nowhere") is None
    for code, (lon, lat) in INSIDE.items():
        land = world.country(code)
        assert land is not None
        x, y = world.project(lon, lat)
        assert land.box.left <= x <= land.box.right, code
        assert land.box.bottom <= y <= land.box.top, code


def test_areas_are_true_to_each_other() -> None:
    """Greenland has 2.17 million square kilometres, the Congo 2.34, Kazakhstan 2.72, Argentina 2.78."""

    def area(code: str) -> float:
        path = world.sheet(world.WHOLE, 960.0).area(code)
        whole = 0.0
        for ring in path.split("Z"):
            numbers = [float(each) for each in re.findall(r"-?\d+", ring)]
            x, y, points = 0.0, 0.0, []
            for left, top in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + left, y + top
                points.append((x, y))
            whole += abs(sum(a * d - c * b for (a, b), (c, d) in zip(points, points[1:] + points[:1], strict=True))) / 2
        return whole

    for code, size in (("GRL", 2.17), ("KAZ", 2.72), ("ARG", 2.78)):
        assert area(code) / area("COD") == pytest.approx(size / 2.34, rel=0.03), code


def test_no_line_crosses_the_whole_map() -> None:
    """Lines that meet the date line go on beyond it."""
    sheet = world.sheet(world.WHOLE, 960.0)
    for path in (sheet.land, sheet.borders, sheet.disputed):
        steps = [int(each) for each in re.findall(r"-?\d+", path)]
        assert len(steps) > 20
        for line in re.findall(r"l([^MZ]+)", path):
            assert max(abs(int(each)) for each in re.findall(r"-?\d+", line)) < 400


def test_what_is_near_is_drawn_near_and_what_is_far_on_the_whole_map() -> None:
    near = world.around([world.project(73, 33), world.project(67, 30)], [], ratio=1.9, least=0.36)
    assert near.width == pytest.approx(0.36, abs=0.02)
    assert near.width / near.height == pytest.approx(1.9, rel=0.05)
    assert len(world.sheet(near, 960.0).land) < 40_000
    assert world.around([world.project(-77, 39), world.project(140, 36)], [], ratio=1.9, least=0.36) == world.WHOLE
    assert world.around([], [], ratio=1.9, least=0.36) == world.WHOLE


def spot(name: str, events: int, lat: float | None, lon: float | None, precision: str, country: str = "PAK") -> Any:
    quads = {"verbal-cooperation": events, "material-cooperation": 0, "verbal-conflict": 0, "material-conflict": 0}
    return {"place": name, "country": country, "precision": precision, "lat": lat, "lon": lon, "events": events,
            "quad": "verbal-cooperation", **quads}  # fmt: skip


def test_a_country_is_never_a_point() -> None:
    rows = [spot("Quetta", 9, 30.2, 67.0, "city"), spot("Pakistan", 40, 30.0, 70.0, "country"),
            spot("Sindh", 2, 26.0, 68.5, "admin1"), spot("Bahrain", 1, None, None, "country", "BHR"),
            spot("Atlantis", 1, None, None, "region", "")]  # fmt: skip
    sheet = places._sheet(rows, whole=False)
    marks = places._marks(sheet, rows, [])
    assert [(mark.row["place"], mark.is_sharp) for mark in marks] == [("Quetta", True), ("Sindh", False)]
    hatched = list(places._hatched(sheet, rows))
    assert [each.row["place"] for each in hatched] == ["Pakistan", "Bahrain"]
    assert all(0 <= mark.x <= sheet.width and 0 <= mark.y <= sheet.height for mark in marks)
    assert hatched[0].area.startswith("M")


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_a_network_is_drawn_inside_and_the_same_every_time(told: list[tuple[str, str, int]]) -> None:
    rows = [{"one": one, "two": two, "events": events, "mean": 0.0}
            for one, two, events in sorted(told, key=lambda row: -row[2])]  # fmt: skip
    nodes, ties = draw(rows)
    assert (nodes, ties) == draw(rows)
    assert len(ties) == min(len(rows), network.MOST)
    for node in nodes:
        assert node.r <= node.x <= network.WIDTH - node.r
        assert node.r <= node.y <= network.HEIGHT - node.r
    for place, one in enumerate(nodes):
        for two in nodes[place + 1 :]:
            assert math.hypot(one.x - two.x, one.y - two.y) > max(one.r, two.r)


def test_who_has_more_to_do_with_each_other_stands_nearer() -> None:
    rows = [{"one": one, "two": two, "events": events, "mean": 1.0}
            for one, two, events in (("A", "B", 900), ("C", "D", 800), ("A", "C", 1))]  # fmt: skip
    where = {node.name: node for node in draw(rows)[0]}

    def far(one: str, two: str) -> float:
        return math.hypot(where[one].x - where[two].x, where[one].y - where[two].y)

    assert far("A", "B") < far("B", "D")
    assert far("C", "D") < far("B", "D")


def test_the_pages_say_the_same_as_their_tables(browser: TestClient, library: Library) -> None:
    page = browser.get("/map").text
    assert "Torkham" in page
    assert "to the spot" in page
    assert "a viewpoint" in page
    told = len([row for row in library.events() if row["place"] == "Torkham"])
    assert f"Torkham, PAK: {told} events" in page
    listed = browser.get("/e?place=torkham").text
    assert f"of {told} events" in listed
    assert "no event found" in browser.get("/e?place=Tork").text
    graph = browser.get("/network").text
    assert 'href="/d/PAK-USA"' in graph
    assert ">PAK</text>" in graph
    assert "no dyad found" in browser.get("/network?who=FRA").text
    assert "no place found" in browser.get("/map?since=1990&until=1991").text
