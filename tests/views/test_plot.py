"""The drawing of a series: well-formed, one bar for each count, no foreign markup."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.views.plot import HEIGHT, dyad


def row(month: int, goldstein: float | None, *counts: int) -> dict[str, object]:
    names = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    return {"month": dt.date(2010, month, 1), "goldstein": goldstein, **dict(zip(names, counts, strict=True))}


def test_bars_stand_for_counts_and_the_line_breaks_where_nothing_happened() -> None:
    told = dyad(
        [row(1, 2.0, 2, 0, 1, 0), row(2, None, 0, 0, 0, 0), row(3, -4.0, 0, 1, 0, 4)], step="month", title="A & <B>"
    )
    root = ElementTree.fromstring(told)
    space = "{http://www.w3.org/2000/svg}"
    bars = [each for each in root.iter(f"{space}rect") if each.get("x") is not None and each.get("width") != "12"]
    heights = [float(each.get("height") or 0) for each in bars]
    assert len(bars) == 4
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.02)
    assert max(heights) == pytest.approx(heights[-1])
    (path,) = root.iter(f"{space}path")
    assert (path.get("d") or "").count("M") == 2
    assert root.findtext(f"{space}title") == "A & <B>"
    assert "2010-01" in told
    assert dyad([row(1, 2.0, 2, 0, 1, 0)], step="month", title="x") == dyad(
        [row(1, 2.0, 2, 0, 1, 0)], step="month", title="x"
    )


@given(st.lists(st.tuples(st.none() | st.floats(-10, 10), *[st.integers(0, 99)] * 4), max_size=12))
def test_every_series_gives_a_drawing_inside_its_frame(told: list[tuple[float | None, int, int, int, int]]) -> None:
    root = ElementTree.fromstring(dyad([row(1, *each) for each in told], step="month", title="x"))
    for each in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(each.get("y") or 0) + float(each.get("height") or 0) <= HEIGHT + 0.1
