"""Times: what the grammar finds, which value and which days it gives."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.grounding import times
from communique.records import Article, Document, Mention, Span

DAY = "2010-10-21"  # a Thursday


def document(text: str, day: str | None = DAY, mentions: tuple[Mention, ...] = ()) -> Document:
    return Document(Article("a", "a", text, published=day), (), (), mentions)


def only(text: str, day: str | None = DAY) -> times.TimeMention:
    found = times.find(document(text, day))
    assert len(found) == 1, found
    return found[0]


def days(mention: times.TimeMention) -> tuple[str, str] | None:
    return None if mention.interval is None else (mention.interval.start, mention.interval.end)


@pytest.mark.parametrize(
    ("text", "words", "value", "start", "end"),
    [
        ("He arrived on Oct. 19.", "Oct. 19", "2010-10-19", "2010-10-19", "2010-10-19"),
        ("He arrived on 19 October.", "19 October", "2010-10-19", "2010-10-19", "2010-10-19"),
        ("It was the 3rd of May 2009.", "the 3rd of May 2009", "2009-05-03", "2009-05-03", "2009-05-03"),
        ("Signed Monday, March 1, 2010.", "Monday, March 1, 2010", "2010-03-01", "2010-03-01", "2010-03-01"),
        ("Filed 2010-10-01 in court.", "2010-10-01", "2010-10-01", "2010-10-01", "2010-10-01"),
        ("Filed 10/01/2010 in court.", "10/01/2010", "2010-10-01", "2010-10-01", "2010-10-01"),
        ("The deal of March 2009 stands.", "March 2009", "2009-03", "2009-03-01", "2009-03-31"),
        ("They fought in 1971 over it.", "1971", "1971", "1971-01-01", "1971-12-31"),
        ("They fought in the 1990s.", "the 1990s", "199", "1990-01-01", "1999-12-31"),
        ("The envoy met them on Tuesday.", "Tuesday", "2010-10-19", "2010-10-19", "2010-10-19"),
        ("The envoy will meet them on Tuesday.", "Tuesday", "2010-10-26", "2010-10-26", "2010-10-26"),
        ("Tuesday's attack shook the town.", "Tuesday", "2010-10-19", "2010-10-19", "2010-10-19"),
        ("They were told last Thursday.", "last Thursday", "2010-10-14", "2010-10-14", "2010-10-14"),
        ("The talks began yesterday.", "yesterday", "2010-10-20", "2010-10-20", "2010-10-20"),
        ("The talks begin tomorrow.", "tomorrow", "2010-10-22", "2010-10-22", "2010-10-22"),
        ("They will be discussing it this week.", "this week", "2010-W42", "2010-10-18", "2010-10-24"),
        ("They met last month.", "last month", "2010-09", "2010-09-01", "2010-09-30"),
        ("They meet next year.", "next year", "2011", "2011-01-01", "2011-12-31"),
        ("Action in recent months was seen.", "recent months", "PXM", "2010-06-01", "2010-10-21"),
        ("In the past six months it rose.", "the past six months", "P6M", "2010-04-21", "2010-10-21"),
        ("He left three days ago.", "three days ago", "2010-10-18", "2010-10-18", "2010-10-18"),
        ("He was hired two years ago.", "two years ago", "2008", "2008-01-01", "2008-12-31"),
        ("In the first half of 2011 it fell.", "the first half of 2011", "2011-H1", "2011-01-01", "2011-06-30"),
        ("In the third quarter it fell.", "the third quarter", "2010-Q3", "2010-07-01", "2010-09-30"),
        ("It opened last summer.", "last summer", "2010-SU", "2010-06-01", "2010-08-31"),
        ("It opened on New Year's Day 2009.", "New Year's Day 2009", "2009-01-01", "2009-01-01", "2009-01-01"),
        ("They ate on Thanksgiving Day 2009.", "Thanksgiving Day 2009", "2009-11-26", "2009-11-26", "2009-11-26"),
        ("On Good Friday 2010 it rained.", "Good Friday 2010", "2010-04-02", "2010-04-02", "2010-04-02"),
        ("After 9/11 it changed.", "9/11", "2001-09-11", "2001-09-11", "2001-09-11"),
        ("They struck last night.", "last night", "2010-10-20TNI", "2010-10-20", "2010-10-20"),
    ],
)
def test_dates_have_words_value_and_days(text: str, words: str, value: str, start: str, end: str) -> None:
    mention = only(text)
    assert mention.span.of(text) == words
    assert mention.value == value
    assert days(mention) == (start, end)


@pytest.mark.parametrize(
    ("text", "timex", "value"),
    [
        ("The meeting lasted for 30 minutes.", "DURATION", "PT30M"),
        ("He began a 10-day visit.", "DURATION", "P10D"),
        ("They waited nearly two years.", "DURATION", "P2Y"),
        ("They waited a few weeks.", "DURATION", "PXW"),
        ("It took two and a half hours.", "DURATION", "PT2H30M"),
        ("It took 2 1/2 years.", "DURATION", "P2Y6M"),
        ("It took twenty-five days.", "DURATION", "P25D"),
        ("They meet every day.", "SET", "P1D"),
        ("They meet each Thursday.", "SET", "XXXX-WXX-4"),
        ("It is paid annually.", "SET", "P1Y"),
        ("It costs $5 a year.", "SET", "P1Y"),
        ("It is now known.", "DATE", "PRESENT_REF"),
        ("It was recently known.", "DATE", "PAST_REF"),
    ],
)
def test_durations_and_sets_have_no_days(text: str, timex: str, value: str) -> None:
    mention = only(text)
    assert (mention.timex, mention.value, mention.interval) == (timex, value, None)


@pytest.mark.parametrize(
    ("text", "value", "start"),
    [
        ("The strike came at 0430 GMT.", "2010-10-21T04:30Z", "2010-10-21T04:30+00:00"),
        ("The strike came at 9 a.m.", "2010-10-21T09:00", "2010-10-21T09:00"),
        ("It is held at 10 p.m. Wednesday, he said.", "2010-10-20T22:00", "2010-10-20T22:00"),
        ("It closed at 5 p.m. EST, Nov. 6.", "2010-11-06T17:00", "2010-11-06T17:00-05:00"),
        ("It closed at noon.", "2010-10-21T12:00", "2010-10-21T12:00"),
    ],
)
def test_clock_times(text: str, value: str, start: str) -> None:
    mention = only(text)
    assert mention.kind == "TIME"
    assert mention.value == value
    assert mention.interval is not None
    assert mention.interval.start == start


def test_since_and_until_open_the_interval_and_are_its_evidence() -> None:
    text = "Since March they have waited until Friday."
    march, friday = times.find(document(text))
    assert march.span.of(text) == "March"
    assert days(march) == ("2010-03-01", DAY)
    assert march.interval is not None
    assert march.interval.evidence is not None
    assert march.interval.evidence.of(text) == "Since March"
    # The verb is in the perfect, so the Friday is the last one; what ended is not opened again.
    assert days(friday) == ("2010-10-15", "2010-10-15")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("He stays from May 3 to June 7, 2009, in all.", "2009-05-03", "2009-06-07"),
        ("It ran from December 3 to February 2, 2009.", "2008-12-03", "2009-02-02"),
        ("It ran between March 2008 and May 2009.", "2008-03-01", "2009-05-31"),
        ("It ran from 1990 to 1995.", "1990-01-01", "1995-12-31"),
        ("It ran 1990-1995.", "1990-01-01", "1995-12-31"),
    ],
)
def test_both_ends_of_a_range_get_all_of_it(text: str, start: str, end: str) -> None:
    first, second = times.find(document(text))
    assert days(first) == days(second) == (start, end)


@pytest.mark.parametrize("text", ["He stays from 3 to 7 May 2009.", "He stays May 3-7, 2009, in all."])
def test_days_of_one_month_are_one_mention(text: str) -> None:
    mention = only(text)
    assert mention.value == "2009-05-03/2009-05-07"
    assert days(mention) == ("2009-05-03", "2009-05-07")


def test_later_and_earlier_count_from_what_was_dated_before() -> None:
    text = "He resigned on May 3, 2010. Two weeks later he left."
    _, later = times.find(document(text))
    assert days(later) == ("2010-05-17", "2010-05-23")


def test_a_weekday_lies_in_the_week_named_before_it_in_the_sentence() -> None:
    _, friday = times.find(document("He will fly next week and meet them on Friday."))
    assert days(friday) == ("2010-10-29", "2010-10-29")
    _, friday = times.find(document("He will fly next week. They will meet on Friday."))
    assert days(friday) == ("2010-10-22", "2010-10-22")


def test_early_late_and_the_ends_cut_the_interval() -> None:
    assert days(only("It closed in late March 2009.")) == ("2009-03-20", "2009-03-31")
    assert days(only("It closes by the end of the year.")) == ("2010-10-20", "2010-12-31")


def test_without_a_date_relative_words_have_no_days() -> None:
    for text in ("on Tuesday", "this week", "three days ago", "in March", "last summer", "at 9 a.m."):
        mention = only(text, None)
        assert mention.interval is None, text
        assert "X" in mention.value, text
    assert days(only("on 3 May 2009", None)) == ("2009-05-03", "2009-05-03")


@pytest.mark.parametrize(
    "text",
    [
        "They may act.",
        "They march on.",
        "The 6-year-old boy.",
        "It cost $1990.",
        "It fell 2000 feet.",
        "He ran second.",
    ],
)
def test_words_that_are_no_time(text: str) -> None:
    assert times.find(document(text)) == ()


def test_a_person_is_no_month() -> None:
    text = "The envoy met April Glaspie."
    name = Mention("m1", Span(14, 27), "PERSON", 4)
    assert times.find(document(text, mentions=(name,))) == ()
    assert len(times.find(document("The envoy left in April."))) == 1


@given(
    st.text(alphabet="aeo0123456789 :.,-/'dayMrchTuesofthlnxwkgPXp\n", max_size=120),
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
)
def test_any_text_gives_ordered_spans_and_forward_intervals(text: str, day: dt.date) -> None:
    end = 0
    for mention in times.find(document(text, day.isoformat())):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        if mention.interval is not None:
            assert mention.interval.start <= mention.interval.end


@pytest.mark.parametrize(
    "piece",
    ["one ", "a few of ", "the early ", "- ", "1", "10:10", "the end of ", "last next this ", "two-", "1/2 ", "May "],
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = document((piece * size)[:size])
        start = time.process_time()
        times.find(text)
        return time.process_time() - start

    small = min(seconds(4_000) for _ in range(3))
    # Eight times the text: linear is 8, quadratic 64; the gap leaves room for a busy machine.
    assert min(seconds(32_000) for _ in range(2)) < max(small, 0.002) * 32
