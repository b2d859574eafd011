"""Dates as pages write them, zones by country, and no date where none is stated."""

import datetime as dt
import time

import pytest

from communique.intake import from_text
from communique.intake.dates import find, in_address, is_date_line, settle
from communique.intake.zones import offset_minutes
from communique.records import Article


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("October 21, 2010 09:43 IST", "2010-10-21T09:43+05:30"),
        ("21 Oct 2010", "2010-10-21"),
        ("Thursday, 21 October, 2010, 14:02 GMT 15:02 UK", "2010-10-21T14:02+00:00"),
        ("2010-10-21T04:13:00Z", "2010-10-21T04:13+00:00"),
        ("2010-10-21 09:43:07+0530", "2010-10-21T09:43:07+05:30"),
        ("20101021T0943Z", "2010-10-21T09:43+00:00"),
        ("Updated: Oct. 21, 2010 9:43 p.m. EDT", "2010-10-21T21:43-04:00"),
        ("Oct 21, 2010, 09.43AM IST", "2010-10-21T09:43+05:30"),
        ("21-Oct-2010 10:32 PM", "2010-10-21T22:32"),
        ("21 Oct 2010 | 10:32 PM IST", "2010-10-21T22:32+05:30"),
        ("0943 GMT 21 October 2010", "2010-10-21T09:43+00:00"),
        ("12:05 am, 5th of May 2009", "2009-05-05T00:05"),
        ("21 October 2010 09:43 GMT+5:30", "2010-10-21T09:43+05:30"),
        ("Published: 21:30 BST, 3 June 2011 | Updated: 22:45 BST, 4 June 2011", "2011-06-03T21:30+01:00"),
        ("13/02/2010", "2010-02-13"),
        ("31.12.2009", "2009-12-31"),
        ("29 February 2008", "2008-02-29"),
    ],
)
def test_lines(line: str, iso: str) -> None:
    assert settle(find(line), country=None) == (iso, False)
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    ["Oct 21", "May 2010", "2010", "29 February 2010", "31 June 2010", "at 09:43 IST", "1.2.3.2010", "Route 10/2010"],
)
def test_no_date_is_made_up(line: str) -> None:
    assert find(line) == ()


@pytest.mark.parametrize(
    "line",
    ["They met on October 21, 2010 in Kirat City", "Budget 21 October 2010 rejected", "October 21, 2010 talks fail"],
)
def test_sentences_with_a_date_are_no_date_lines(line: str) -> None:
    assert find(line)
    assert not is_date_line(line)


@pytest.mark.parametrize(
    ("country", "iso", "ambiguous"),
    [("USA", "2010-01-02", False), ("IND", "2010-02-01", False), ("CAN", None, True), (None, None, True)],
)
def test_numeric_dates_go_by_country(country: str | None, iso: str | None, ambiguous: bool) -> None:
    assert settle(find("01/02/2010"), country=country) == (iso, ambiguous)


@pytest.mark.parametrize(
    ("letters", "country", "minutes"),
    [
        ("IST", "IND", 330), ("IST", "ISR", 120), ("IST", "IRL", 60), ("IST", None, 330), ("CST", "CHN", 480),
        ("CST", None, -360), ("BST", "BGD", 360), ("BST", None, 60), ("AST", "SAU", 180), ("AST", None, -240),
        ("PST", "PHL", 480), ("ET", None, -240), ("UK", None, 60), ("XYZ", None, None), ("GMT+5:30", None, 330),
        ("+99:00", None, None),
    ],
)  # fmt: skip
def test_zone_letters(letters: str, country: str | None, minutes: int | None) -> None:
    assert offset_minutes(letters, country=country, day=dt.date(2010, 10, 21)) == minutes


def test_a_zone_that_moved() -> None:
    assert offset_minutes("MSK", country=None, day=dt.date(2010, 1, 5)) == 180
    assert offset_minutes("MSK", country=None, day=dt.date(2013, 1, 5)) == 240


def test_the_same_moment_in_the_outlets_zone_is_preferred() -> None:
    stamps = (*find("2010-10-20T22:13:00Z"), *find("October 21, 2010 03:43 IST"))
    assert settle(stamps, country="IND") == ("2010-10-21T03:43+05:30", False)


@pytest.mark.parametrize(
    ("outlet", "published"),
    [
        ("© 2010 The Jerusalem Post", "2010-10-21T09:43+02:00"),
        ("© 2010 The Irish Times", "2010-10-21T09:43+01:00"),
        ("Get The Hindu in your inbox", "2010-10-21T09:43+05:30"),
        ("Get Breaking News in your inbox", "2010-10-21T09:43+05:30"),
    ],
)
def test_the_outlet_decides_what_ist_means(outlet: str, published: str) -> None:
    article = from_text(
        f"Kirat asks for talks\n\nOctober 21, 2010 09:43 IST\n\nKirat asked Velland for talks.\n\n{outlet}"
    )
    assert isinstance(article, Article)
    assert article.published == published


def test_dates_in_addresses() -> None:
    assert settle(in_address("https://kirat.example/world/2010/10/21/talks"), country=None) == ("2010-10-21", False)
    assert settle(in_address("https://kirat.example/2010/10/talks"), country=None) == (None, False)


def test_what_a_machine_says_of_a_day_is_read_to_80_characters() -> None:
    """Nothing that parses dates sees more of it; what stands further back changes nothing."""
    from communique.intake.inputs import moment

    said = "Wed, 06 Oct 2010 10:00:00 +0000"
    assert moment(said) == moment(said + " " * 60 + "(" * 100_000) == "2010-10-06T10:00+00:00"
    assert moment("day " * 100_000) is None


def test_dates_in_a_line_of_100000_characters_take_linear_time() -> None:
    for line in ("january 7 " + " " * 100_000, "1 " * 50_000, "2010-10-" * 12_500, "7 of may " * 11_000):
        began = time.process_time()
        find(line)
        assert time.process_time() - began < 2
