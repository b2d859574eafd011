"""The drawing of a dyad: everything in its place."""

import datetime as dt
import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.explorer import lanes
from communique.explorer.lanes import draw

FIRST = dt.date(2010, 10, 1)


def row(day: int, *, stories: int = 1, goldstein: float = 1.0, name: str = "") -> dict[str, Any]:
    return {"first_day": FIRST + dt.timedelta(days=day), "stories": stories, "goldstein": goldstein, "event": name}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.floats(-10, 10)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_everything_is_drawn_inside(told: list[tuple[int, int, float]]) -> None:
    rows = [row(day, stories=stories, goldstein=value) for day, stories, value in told]
    drawing = draw([("a", rows), ("b", [])], first=FIRST, last=FIRST + dt.timedelta(days=60), covered={})
    assert len(drawing.lanes[0].dots) == len(rows)
    for dot in drawing.lanes[0].dots:
        assert dot.x - dot.r + 0.1 >= lanes.LEFT
        assert dot.x + dot.r - 0.1 <= drawing.width - lanes.RIGHT
        assert abs(dot.y - drawing.lanes[0].y) + dot.r <= drawing.lane / 2
    for mean in drawing.means:
        assert drawing.zero - lanes.MEANS / 2 <= mean.y
        assert mean.y + mean.height <= drawing.zero + lanes.MEANS / 2
    assert sum(mean.number for mean in drawing.means) == len(rows)


def test_dots_of_one_day_do_not_cover_each_other_while_there_is_room() -> None:
    rows = [row(9, name=str(number)) for number in range(5)]
    drawing = draw([("a", rows)], first=FIRST, last=FIRST + dt.timedelta(days=30), covered={})
    dots = drawing.lanes[0].dots
    assert all(
        math.hypot(one.x - two.x, one.y - two.y) >= one.r + two.r
        for place, one in enumerate(dots)
        for two in dots[place + 1 :]
    )


def test_more_stories_make_a_larger_dot() -> None:
    drawing = draw([("a", [row(1), row(9, stories=4)])], first=FIRST, last=FIRST + dt.timedelta(days=30), covered={})
    small, large = drawing.lanes[0].dots
    assert large.r == 2 * small.r


def test_weeks_have_their_mean_and_number() -> None:
    monday = (7 - FIRST.weekday()) % 7
    rows = [row(monday, goldstein=4.0), row(monday + 6, goldstein=-1.0), row(monday + 7, goldstein=-2.0)]
    drawing = draw([("a", rows)], first=FIRST, last=FIRST + dt.timedelta(days=30), covered={})
    assert [(mean.value, mean.number) for mean in drawing.means] == [(1.5, 2), (-2.0, 1)]
    assert drawing.means[0].y < drawing.zero == drawing.means[1].y


def test_days_without_articles_are_gaps() -> None:
    covered = {FIRST + dt.timedelta(days=day): 1 for day in (0, 1, 5, 9)}
    drawing = draw([("a", [])], first=FIRST, last=FIRST + dt.timedelta(days=9), covered=covered)
    day = (drawing.width - lanes.LEFT - lanes.RIGHT) / 10
    assert [round(width / day) for _, width in drawing.gaps] == [3, 3]


def test_long_times_are_told_by_month() -> None:
    rows = [row(day) for day in range(0, 3000, 100)]
    drawing = draw([("a", rows)], first=FIRST, last=FIRST + dt.timedelta(days=3000), covered={})
    assert all(mean.first.day == 1 for mean in drawing.means)
    assert 2 < len(drawing.ticks) < 14
