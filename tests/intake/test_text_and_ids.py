"""Paragraphs out of lines, languages, and ids made from content."""

from dataclasses import replace

import pytest

from communique.intake import from_text, identity, language, outlets
from communique.records import Article


def article(text: str) -> Article:
    found = from_text(text)
    assert isinstance(found, Article)
    return found


WRAPPED = """\
Border officials from Kirat and Velland met on Thursday for the first
time since the August skirmish and agreed to reopen two crossings, the
US-
led mission said.
    The talks lasted four hours and were held in a customs house on the
bridge, which both sides had cleared of soldiers the evening before.
"""


def test_hard_wrapped_lines_are_joined_and_indents_begin_paragraphs() -> None:
    first, second = article(WRAPPED).text.split("\n\n")
    assert first.startswith("Border officials")
    assert first.endswith("the US-led mission said.")
    assert second.startswith("The talks lasted")


def test_one_line_is_one_paragraph_where_lines_are_long() -> None:
    long = "The minister asked Velland for talks on the border, and said that the clerks would be free by Monday. " * 2
    assert len(article(f"{long}\n{long}\n{long}").text.split("\n\n")) == 3


def test_marks_that_do_not_print_go_and_letters_are_composed() -> None:
    text = article(
        "The\u00a0mi\u00adnis\u200bter of \u202eKirat\u202c met the caf\u0065\u0301 own\ufeffer\x07.\u2028He left."
    ).text
    assert text == "The minister of Kirat met the café owner.\n\nHe left."


def test_a_text_without_headline_has_no_title() -> None:
    assert article("Kirat asked Velland for talks.\n\nVelland did not reply.").title is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said that they had asked for talks on the border and would wait.", "en"),
        ("Crossing shut, traders angry", "en"),
        ("Le ministre a dit que les officiers seraient dans la capitale et que la route est libre.", "fr"),
        ("Der Minister sagte, dass die Beamten nicht in der Stadt sind und auf die Straße warten.", "de"),
        ("El ministro dijo que los oficiales no estaban en la capital y que se abre la frontera.", "es"),
        ("Министр сказал, что они не были на встрече и что он это знал, но не в Москве.", "ru"),
        ("وقال الوزير إن المحادثات التي كانت في العاصمة لم تكن من أجل الحدود بعد أن", "ar"),
        ("大臣は木曜日に国境での協議を求めたと述べた。", "ja"),
        ("xq zzt pfk qwr mnb vcx lkj hgf dsa poi", "und"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language.of(text) == code


HEAD = "Kirat asks Velland for talks\n\nOctober 21, 2010\n\n"
BODY = "Kirat asked Velland for talks on Thursday.\n\n"
FOOT = "© 2010 The Kirat Herald\n"


def test_an_update_keeps_its_id_and_gets_a_new_version() -> None:
    first, second = article(HEAD + BODY + FOOT), article(HEAD + BODY + "Velland agreed.\n\n" + FOOT)
    assert first.id == second.id
    assert first.version != second.version


def test_another_outlet_or_day_is_another_article() -> None:
    one = article(HEAD + BODY + FOOT)
    assert article(HEAD + BODY + FOOT.replace("Kirat", "Velland")).id != one.id
    assert article(HEAD.replace("21", "22") + BODY + FOOT).id != one.id
    assert article(HEAD + BODY).id != article(HEAD + BODY + "Velland agreed.").id


def test_ids_do_not_depend_on_the_file() -> None:
    one, two = from_text(HEAD + BODY, source="a.txt"), from_text(HEAD + BODY, source="b.txt")
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert replace(one, problems=()) == replace(two, problems=())


@pytest.mark.parametrize(
    "url",
    [
        "https://www.kirat.example/world/talks?id=7",
        "http://kirat.example/world/talks/amp?id=7&utm_source=x#top",
        "https://m.kirat.example:443/world/talks?fbclid=abc&id=7",
    ],
)
def test_one_page_has_one_canonical_address(url: str) -> None:
    assert identity.canonical(url) == "kirat.example/world/talks?id=7"


@pytest.mark.parametrize("url", ["", "talks.html", "ftp://kirat.example/a", "http://[bad/", "https://kirat.example:x/"])
def test_what_is_no_web_address(url: str) -> None:
    assert identity.canonical(url) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Get Kirat News in your Inbox:", "Kirat News"),
        ("Copyright 2010 The Kirat Herald. All rights reserved.", "The Kirat Herald"),
        ("© Copyright 2008-2010 Velland Times Pvt Ltd", "Velland Times"),
        ("Follow Kirat Herald on Twitter", "Kirat Herald"),
        ("Get Breaking News in your inbox", None),
        ("Subscribe to our newsletter", None),
        ("All rights reserved", None),
    ],
)
def test_outlets_named_in_furniture(line: str, name: str | None) -> None:
    assert outlets.named_in(line) == name


@pytest.mark.parametrize(
    ("outlet", "url", "place", "country"),
    [
        ("The Hindu", None, None, "IND"),
        ("BBC News", None, None, "GBR"),
        (None, "https://www.jpost.com/a", None, "ISR"),
        (None, "https://kirat.example.pk/a", None, "PAK"),
        ("Kirat Herald", None, "New Delhi", "IND"),
        ("Mint Growers Weekly", None, None, None),
    ],
)
def test_countries(outlet: str | None, url: str | None, place: str | None, country: str | None) -> None:
    assert outlets.country(outlet=outlet, url=url, place=place) == country
