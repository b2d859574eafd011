"""Exports that point into the article tell events with or without what people corrected."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from communique.library import Library
from communique.store import Archive
from communique.views import exports, textfree
from communique.views.annotations import annotations
from tests.factories import border_article


@pytest.fixture
def library(tmp_path: Path) -> Library:
    archive = Archive.create(tmp_path / "archive")
    archive.add([border_article()])
    return Library(archive)


def rows(library: Library, *, corrected: bool = True) -> list[dict[str, Any]]:
    return list(exports.rows(library.events(corrected=corrected).arrow()))


def values(annotation: Mapping[str, Any]) -> list[str]:
    return [each["value"] for each in annotation["body"]]


def test_a_corrected_event_is_exported_as_corrected_or_as_coded(library: Library) -> None:
    event = library.events().first()
    made = library.correct(
        event["event"], fields={"type": "ACCUSE", "target": "AFG GOV"}, because="it accused Kabul", by="one"
    )
    item = border_article()
    now, was = rows(library), rows(library, corrected=False)
    told = {each["event"]: each for each in textfree.without_text(item, now)["events"]}[event["event"]]
    before = {each["event"]: each for each in textfree.without_text(item, was)["events"]}[event["event"]]
    assert (told["type"], before["type"]) == ("ACCUSE", event["type"])
    assert (told["corrections"], before["corrections"]) == ([made.id], [])
    assert [(side["country"], side["span"]) for side in told["targets"]] == [("AFG", None)]
    assert before["targets"][0]["span"] is not None
    assert not any(each["field"] == "target" for each in told["evidence"])
    marked = next(each for each in annotations(item, now) if event["event"] in each["id"])
    assert "ACCUSE" in values(marked)
    assert any(each.startswith("target: AFG GOV") for each in values(marked))
    assert marked["prov:wasInfluencedBy"] == [f"urn:communique:correction:{made.id}"]
    coded = next(each for each in annotations(item, was) if event["event"] in each["id"])
    assert event["type"] in values(coded)
    assert "prov:wasInfluencedBy" not in coded


def test_rejected_events_are_left_out_and_added_ones_are_in(library: Library) -> None:
    first = library.events().first()
    library.correct(first["event"], kind="reject", because="not told", by="one")
    item = border_article()
    words = item.article.text.split(".")[0].split()[-1]
    library.add_event(item.article.id, words, fields={"type": "CONSULT"}, because="missed", by="one")
    form = textfree.without_text(item, rows(library))
    assert first["event"] not in {each["event"] for each in form["events"]}
    added = next(each for each in form["events"] if each["type"] == "CONSULT" and each["corrections"])
    (back,) = textfree.rehydrate([form], [item.article])
    assert back["found"] == "whole"
    assert next(each for each in back["events"] if each["event"] == added["event"])["trigger"]["text"] == words
    assert len(textfree.without_text(item)["events"]) == len(item.events)


def test_words_that_a_person_pointed_to_are_found_in_the_text(library: Library) -> None:
    item, event = border_article(), library.events().first()
    start = item.article.text.index("Torkham")
    library.correct(
        event["event"], fields={"source_span": f"{start}-{start + 7} Torkham"}, because="the place is meant", by="one"
    )
    form = textfree.without_text(item, rows(library))
    told = next(each for each in form["events"] if each["event"] == event["event"])
    assert (told["sources"][0]["span"]["start"], told["sources"][0]["span"]["end"]) == (start, start + 7)
