"""Annotations that come back: what differs is a correction, what does not is left or accepted."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from communique.errors import InputError
from communique.library import Library
from communique.library.returning import Returned, keep
from communique.records import Span
from communique.store import Archive
from communique.views.marked import ACTOR, Mark, Marked, Tie, marked
from tests.factories import BORDER, border_article, span

WHY: dict[str, Any] = {"because": "annotated", "by": "Ada", "at": "2026-01-01T00:00:00+00:00"}


@pytest.fixture
def archive(tmp_path: Path) -> Library:
    made = Archive.create(tmp_path / "archive")
    made.add([border_article()])
    return Library(made)


@pytest.fixture
def told() -> Marked:
    return marked(border_article())


def test_the_same_changes_nothing_and_can_be_accepted(archive: Library, told: Marked) -> None:
    assert list(keep(archive, [told], **WHY)) == [Returned(border_article().article.id, (), ())]
    (back,) = keep(archive, [dataclasses.replace(told, version="")], accept=True, **WHY)
    assert [each.kind for each in back.corrections] == ["accept", "accept"]


def test_type_words_and_parties_are_set(archive: Library, told: Marked) -> None:
    first, second = told.triggers()
    changed = Mark("x", span(BORDER, "to reopen"), "SUPPORT")
    marks = (*(each for each in told.marks if each not in (first, second)), Mark("y", first.span, "THREATEN"), changed)
    ties = tuple(dataclasses.replace(each, trigger="y") for each in told.ties if each.trigger == first.id)
    (back,) = keep(archive, [Marked(told.version, told.text, marks, ties[:1])], **WHY)
    assert [each.kind for each in back.corrections] == ["set", "reject", "add"]
    rows = {row["trigger"]: row for row in archive.events()}
    assert set(rows) == {"asked", "to reopen"}
    assert (rows["asked"]["type"], rows["asked"]["source"], rows["asked"]["target"] or "") == (
        "THREATEN",
        "USA GOV",
        "",
    )
    added = rows["to reopen"]
    assert (added["type"], BORDER[added["start"] : added["end"]]) == ("SUPPORT", "to reopen")
    (again,) = keep(archive, [Marked(told.version, told.text, marks, ties[:1])], **WHY)
    assert not again.corrections


def test_a_party_is_another_actor(archive: Library, told: Marked) -> None:
    first, _ = told.triggers()
    who = Mark("w", span(BORDER, "Pakistani foreign ministry spokesman Abdul Basit"), ACTOR)
    ties = (*(each for each in told.ties if each.role != "target"), Tie(first.id, "target", "w"))
    changed = Marked(told.version, told.text, (*told.marks, who), ties)
    (back,) = keep(archive, [changed], **WHY)
    (only,) = back.corrections
    words = "Pakistani foreign ministry spokesman Abdul Basit"
    # The code stays what it was; only whose words it rests on is another.
    assert [(each.field, str(each.new).partition(" ")[2]) for each in only.changes] == [("target_span", words)]


def test_who_is_not_known_is_told(archive: Library, told: Marked) -> None:
    _, second = told.triggers()
    who = Mark("w", span(BORDER, "the Torkham crossing"), ACTOR)
    changed = Marked(told.version, told.text, (*told.marks, who), (*told.ties, Tie(second.id, "target", "w")))
    (back,) = keep(archive, [changed], **WHY)
    assert not back.corrections
    assert "“the Torkham crossing” is, as target, is not known" in back.untold[0]


def test_what_is_not_of_the_archive_is_refused(archive: Library, told: Marked) -> None:
    with pytest.raises(InputError, match="is not in"):
        list(keep(archive, [Marked("", "Another text.", (), ())], **WHY))
    with pytest.raises(InputError, match="was changed"):
        list(keep(archive, [dataclasses.replace(told, text=told.text + " More.")], **WHY))
    wrong = Mark("x", Span(4, 10), "DANCE")
    with pytest.raises(InputError, match="no type"):
        list(keep(archive, [dataclasses.replace(told, marks=(*told.marks, wrong))], **WHY))
