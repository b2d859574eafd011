"""Spans that overlap in any way, cut into pieces."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.explorer.marks import ROLES, Mark, marks_of, paragraphs, pieces
from communique.explorer.wording import around, days, moment, web
from communique.records import Span
from tests.factories import BORDER, border_article, coded_articles

TEXT = "the minister and the general asked them to leave"
PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda two: Span(min(two), max(two)))


@given(
    st.lists(st.builds(Mark, PLACES, st.sampled_from(["e1", "e2", "s1"]), st.sampled_from(ROLES)), max_size=8), PLACES
)
def test_pieces_are_the_text_and_each_knows_what_covers_it(marks: list[Mark], inside: Span) -> None:
    cut = pieces(TEXT, inside, marks)
    assert "".join(piece.text for piece in cut) == inside.of(TEXT)
    at = inside.start
    for piece in cut:
        here = Span(at, at + len(piece.text))
        assert set(piece.marks) == {mark for mark in marks if mark.span.overlaps(here) and len(mark.span)}
        assert all(mark.span.contains(here) for mark in piece.marks)
        at = here.end


# A busy machine makes articles slowly.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(coded_articles())
def test_every_mark_of_an_article_is_in_some_piece(coded: object) -> None:
    text = coded.article.text  # type: ignore[attr-defined]
    marks = marks_of(coded)  # type: ignore[arg-type]
    whole = pieces(text, Span(0, len(text)), marks)
    assert {mark for piece in whole for mark in piece.marks} == set(marks)
    begun = [mark for piece in whole for mark in piece.begins]
    assert sorted(begun) == sorted(set(marks))


def test_words_with_two_roles_show_the_stronger() -> None:
    coded = border_article()
    (first, *_) = list(paragraphs(BORDER))
    cut = pieces(BORDER, first, marks_of(coded))
    asked = next(piece for piece in cut if piece.text == "asked")
    assert asked.role("e1") == "trigger"
    assert asked.role("e2") is None
    assert next(piece for piece in cut if piece.text == "Pakistan").role("e1") == "target"


def test_paragraphs_are_what_stands_between_blank_lines() -> None:
    text = "a\nb\n\n c\n \n\nd"
    assert [span.of(text) for span in paragraphs(text)] == ["a\nb", "c" if text[5] == "c" else " c", "d"]
    assert "".join(span.of(BORDER) for span in paragraphs(BORDER)) == BORDER.replace("\n\n", "")


def test_days_and_moments_are_written_for_people() -> None:
    assert days("2010-10-21") == "21 Oct 2010"
    assert days("2010-10-03", "2010-10-09") == "3–9 Oct 2010"
    assert days("2010-09-28", "2010-10-03") == "28 Sep – 3 Oct 2010"
    assert days("2009-12-30", "2010-01-02") == "30 Dec 2009 – 2 Jan 2010"
    assert days(None) == days("soon") == "undated"
    assert moment("2010-10-21T09:43+05:30") == "21 Oct 2010, 09:43 +05:30"
    assert moment("2010-10-21T09:43:10Z") == "21 Oct 2010, 09:43 Z"


def test_only_addresses_of_the_web_become_links() -> None:
    assert web("https://example.org/a?b=1") == "https://example.org/a?b=1"
    for told in (
        "javascript:alert(1)",
        " https://x",
        "data:text/html,x",
        'https://x"onclick=y',
        "//x",
        "ftp://x",
        None,
    ):
        assert web(told) is None


def test_a_trigger_is_found_as_a_word() -> None:
    assert around("He reacted and acted.", "acted") == ("He reacted and ", "acted", ".")
    assert around("Nothing here.", "acted") == ("Nothing here.", "", "")
