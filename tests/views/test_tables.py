"""Tables, explanations and summaries: 100 columns, the words behind each row, nothing that commands a terminal."""

import dataclasses
import io

import pytest
from hypothesis import given, settings
from rich.console import Console, RenderableType

from communique.errors import InputError
from communique.records import CodedArticle
from communique.store.rows import article_row, event_rows, problem_row, statement_rows
from communique.views import tables
from communique.views.dossier import render, summarise
from communique.views.explain import explain, find
from communique.views.printable import one_line, printable, shortened
from tests.factories import BORDER, border_article, coded_articles


def shown(renderable: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=100, highlight=False, emoji=False, markup=False).print(renderable)
    return out.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def rows_of(item: CodedArticle) -> tuple[list, list]:  # type: ignore[type-arg]
    origin = article_row(item)
    return [{**origin, **row} for row in event_rows(item)], [{**origin, **row} for row in statement_rows(item)]


def test_an_event_row_says_who_whom_what_when_where_and_in_which_words() -> None:
    first, *rest = shown(tables.events(event_rows(border_article()), origin=False)).split("\ne2 ")
    assert len(rest) == 1
    for part in ("e1", "USA GOV United States", "→ PAK GOV Pakistan", "REQUEST", "trade", "2010-10-05", "Torkham"):
        assert part in first
    assert "“The United States asked" in first
    assert "planned" in rest[0]


def test_archive_rows_say_where_they_stand() -> None:
    events, statements = rows_of(border_article())
    told = shown(tables.events(events, origin=True))
    assert events[0]["event"] in flat(told)
    assert "The Courier, 2010-10-06, A test" in flat(told)
    said = shown(tables.statements(statements, origin=True))
    for part in ("PAK GOV Abdul Basit", "→ MED reporters", "promised", "“We will act within days,”"):
        assert part in said


@settings(max_examples=20, deadline=None)
@given(item=coded_articles())
def test_any_article_fits_into_100_columns_without_commands(item: CodedArticle) -> None:
    events, statements = rows_of(item)
    pieces: list[RenderableType] = [
        tables.article_head(item.article, len(events), len(statements)),
        tables.events(events, origin=True),
        tables.events(events, origin=False),
        tables.statements(statements, origin=True),
        tables.problems(map(problem_row, item.problems)),
        render(summarise(events, statements)),
        *(explain(item, event) for event in item.events),
    ]
    for piece in pieces:
        told = shown(piece)
        assert printable(told) == told
        assert all(len(line) <= 100 for line in told.split("\n") if line.isascii())


def test_terminal_commands_in_an_article_stay_words() -> None:
    item = border_article(text=BORDER.replace("asked", "asked\x1b[2J\u202e"), title="\x1b]0;owned\x07Title")
    item = dataclasses.replace(item, events=(dataclasses.replace(item.events[0], why="x\x9b31m"), item.events[1]))
    events, statements = rows_of(item)
    told = [
        shown(tables.article_head(item.article, 2, 1)),
        shown(tables.events(events, origin=True)),
        shown(tables.statements(statements, origin=True)),
        shown(explain(item, item.events[0])),
        shown(render(summarise(events, statements))),
    ]
    assert not any(sign in text for text in told for sign in "\x1b\x9b\x07\u202e")
    assert "asked\ufffd[2J" in told[1]


def test_explain_marks_the_words_and_gives_a_reason_for_each_field() -> None:
    item = border_article()
    told = flat(shown(explain(item, item.events[0])))
    assert "[source: The United States] [trigger: asked] [target: Pakistan] on [time: Tuesday] to reopen" in told
    assert "[place: the Torkham crossing]" in told
    for part in ("ask (verb): subject asks", "CAMEO 025", "Goldstein -0.3", "name of a country", "GeoNames 1163968"):
        assert part in told
    assert "2010-10-05 (day): “Tuesday”" in told
    assert "We will act" not in told


def test_explain_follows_a_pronoun_and_names_the_report() -> None:
    item = border_article()
    told = flat(shown(explain(item, item.events[1])))
    assert "“We” stands for “Pakistani foreign ministry spokesman Abdul Basit” → Abdul Basit" in told
    assert "undecided between Q1, Q2" in told
    assert "no words state it" in told
    assert "statement s1, direct: Pakistani foreign ministry spokesman Abdul Basit told: “We will act" in told


def test_explain_finds_an_event_by_either_id_and_lists_them_otherwise() -> None:
    item = border_article()
    assert find(item, "e2") is item.events[1]
    assert find(item, event_rows(item)[0]["event"]) is item.events[0]
    with pytest.raises(InputError, match="e1 REQUEST, e2 AGREE"):
        find(item, "e9")


def test_a_dossier_tells_near_copies_once_and_sorts_by_kind() -> None:
    item = border_article()
    promise = dataclasses.replace(item.events[1], targets=item.events[0].sources)
    one = dataclasses.replace(item, events=(item.events[0], promise))
    copy = dataclasses.replace(one, article=dataclasses.replace(one.article, outlet="The Gazette", version="other"))
    events, statements = [], []
    for each in (one, copy):
        mine, said = rows_of(each)
        events += mine
        statements += said
    (relation,) = summarise(events, statements)
    assert relation.parties == ("PAK", "USA")
    assert [(line.section, line.outlets) for line in relation.lines] == [
        ("demand", ("The Courier", "The Gazette")),
        ("commitment", ("The Courier", "The Gazette")),
    ]
    told = flat(shown(render([relation])))
    assert "What was asked 2010-10-05 United States (USA GOV) → Pakistan (PAK GOV) REQUEST “The United States" in told
    assert "Abdul Basit, in The Courier; The Gazette" in told


def test_a_dossier_leaves_out_what_did_not_happen() -> None:
    item = border_article()
    for change in ({"modality": "negated"}, {"modality": "hypothetical"}, {"historical": True}, {"targets": ()}):
        event = dataclasses.replace(item.events[0], **change)
        assert summarise(*rows_of(dataclasses.replace(item, events=(event,)))) == ()


def test_words_are_shortened_at_a_word() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 10) == "one two…"
    assert one_line(" a\n\tb\x00 ") == "a b\ufffd"
