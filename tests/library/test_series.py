"""Series of a dyad: counts of events by step, with the gaps between them."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.library import Library
from communique.records import Interval
from communique.store import Archive
from tests.factories import BORDER, border_article


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(Archive.create(tmp_path / "archive"))
    early = border_article()
    later = border_article(text=BORDER + "\n\nLater.", title="Later", published="2011-01-05")
    when = Interval("2011-01-04", "2011-01-04", "day", "stated")
    events = tuple(dataclasses.replace(each, when=when) for each in later.events)
    copy = border_article(title="Copy", outlet="The Post")
    made.archive.add([early, dataclasses.replace(later, events=events), copy])
    return made


def test_counts_are_of_events_in_the_world_and_gaps_are_rows(library: Library) -> None:
    months = list(library.series("USA", "PAK"))
    assert [row["month"] for row in months] == [dt.date(2010, month, 1) for month in (10, 11, 12)] + [
        dt.date(2011, 1, 1)
    ]
    assert [row["events"] for row in months] == [1, 0, 0, 1]
    assert [row["verbal_conflict"] for row in months] == [1, 0, 0, 1]
    assert (months[0]["goldstein"], months[1]["goldstein"]) == (-0.3, None)
    assert months[0]["stories"] == 1
    assert [row["events"] for row in library.series("USA", "PAK", reports=True)] == [2, 0, 0, 1]


def test_ways_and_days_and_steps_are_chosen(library: Library) -> None:
    assert len(library.series("PAK", "USA")) == 4
    assert len(library.series("PAK", "USA", directed=True)) == 0
    assert [row["year"] for row in library.series("USA", "PAK", by="year", since="2011")] == [dt.date(2011, 1, 1)]
    assert len(library.series("USA", "PAK", by="day", until="2010")) == 1
    with pytest.raises(InputError, match="no step"):
        library.series("USA", "PAK", by="decade").arrow()


def test_corrections_may_be_left_out(library: Library) -> None:
    event = next(iter(library.events(source="USA", target="PAK")))["event"]
    library.correct(event, kind="reject", because="not told", by="one")
    assert sum(row["events"] for row in library.series("USA", "PAK", reports=True)) == 2
    assert sum(row["events"] for row in library.series("USA", "PAK", reports=True, corrected=False)) == 3
