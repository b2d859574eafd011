"""Flat rows: the words that a row repeats."""

import datetime as dt

import pytest
from hypothesis import given, settings

from communique.records import CodedArticle, Span
from communique.store.rows import TAIL, code, day, event_rows, evidence_words, passage, statement_rows
from tests.factories import coded_articles, span

TEXT = "Gen. Kayani told the U.S. envoy J. Cole to wait.” He left, and then some more words came.\n\nA new paragraph"


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        ("told", "told the U.S. envoy J. Cole to wait.”"),
        ("left", "left, and then some more words came."),
        ("paragraph", "paragraph"),
        ("came", "came."),
    ],
)
def test_a_passage_ends_with_its_sentence(trigger: str, words: str) -> None:
    assert passage(TEXT, span(TEXT, trigger), []) == words


def test_a_passage_in_a_quotation_ends_with_it() -> None:
    text = "“We asked Oslo to wait,” he told reporters."
    assert passage(text, span(text, "asked"), [(1, 3)], inside=Span(1, 22)) == "We asked Oslo to wait"


def test_a_long_sentence_is_cut_at_a_word() -> None:
    text = "He asked " + "for more time " * 40
    told = passage(text, Span(3, 8), [(0, 2)])
    assert told.startswith("He asked for more")
    assert told.endswith((" more …", " time …", " for …"))
    assert len(told) < TAIL + 20


def test_short_gaps_are_filled_and_long_ones_dotted() -> None:
    text = "Oslo, the host, asked " + "x" * 40 + " Accra"
    assert evidence_words(text, [(0, 4), (16, 21)]) == "Oslo, the host, asked"
    assert evidence_words(text, [(63, 68), (16, 21)]) == "asked … Accra"


@settings(max_examples=25, deadline=None)
@given(item=coded_articles())
def test_rows_of_any_article_have_words_of_its_text(item: CodedArticle) -> None:
    text = " ".join(item.article.text.split())
    for row in event_rows(item):
        for words in (row["words"], row["passage"].removesuffix(" …")):
            assert all(part in text for part in words.split(" … "))
        assert "".join(row["trigger"].split()) in "".join(row["passage"].split())
    for row in statement_rows(item):
        assert all(part in text for part in row["words"].split(" … "))


def test_codes_and_days() -> None:
    assert (code("PAK", ("MIL", "GOV")), code(None, ("IGO",)), code("USA", ()), code(None, ())) == (
        "PAK MIL", "IGO", "USA", "",
    )  # fmt: skip
    assert day("2010-10-21T09:43+05:30") == dt.date(2010, 10, 21)
    assert day("soon") is day(None) is None
