"""Corrections: they stand beside what was coded, outlive coding again, and are told where their words are gone."""

import dataclasses
import json
from pathlib import Path

import pytest

from communique.corpus.rows import read_rows
from communique.errors import InputError
from communique.library import Library
from communique.records import Run
from communique.store import Archive
from tests.factories import BORDER, border_article

AGAIN = Run("run-2", "communique 0.2", "codebook-2", "model-1", "registry-1")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(Archive.create(tmp_path / "archive"))
    made.archive.add([border_article()])
    return made


def correct(library: Library, kind: str = "set", **fields: str | None) -> str:
    event = library.events(type="REQUEST").first()["event"]
    made = library.correct(event, fields=fields, because="so", by="reader", at="2026-01-01T00:00:00+00:00", kind=kind)  # type: ignore[arg-type]
    return made.target


def test_a_corrected_field_carries_what_follows_from_it(library: Library) -> None:
    name = correct(library, type="threaten")
    (row,) = library.events(type="THREATEN")
    assert row["event"] == name
    assert (row["quad"], row["mode"], row["cameo"][:2]) == ("verbal-conflict", None, "13")
    assert row["corrections"]
    (coded,) = library.events(type="REQUEST", corrected=False)
    assert (coded["event"], coded["cameo"]) == (name, "025")
    assert len(library.events(type="REQUEST")) == 0
    (told,) = library.corrections()
    assert told["changes"].startswith("type: REQUEST → THREATEN")
    assert told["by"] == "reader"


def test_it_survives_coding_again_where_the_words_are_the_same(library: Library) -> None:
    old = correct(library, type="THREATEN")
    library.archive.add([border_article(run=AGAIN)])
    (row,) = library.events(type="THREATEN")
    assert row["run"] == "run-2"
    assert row["event"] != old
    assert library.corrections().first()["event"] == row["event"]


def test_it_is_told_where_its_words_are_gone(library: Library) -> None:
    correct(library, type="THREATEN")
    changed = border_article(run=AGAIN)
    library.archive.add([dataclasses.replace(changed, events=changed.events[1:])])
    assert library.corrections().first()["event"] is None
    assert [row["type"] for row in library.events()] == ["AGREE"]


def test_rejecting_hides_and_accepting_shows_again(library: Library) -> None:
    name = correct(library, "reject")
    assert [row["type"] for row in library.events()] == ["AGREE"]
    library.correct(name, because="it was right", by="other", kind="accept")
    assert len(library.events(type="REQUEST")) == 1
    assert [row["kind"] for row in library.corrections()] == ["reject", "accept"]


def test_a_later_correction_goes_before_an_earlier_one(library: Library) -> None:
    correct(library, target="AFG GOV")
    name = library.events(target="AFG").first()["event"]
    library.correct(name, fields={"target": "IND"}, because="no", by="other")
    assert len(library.events(target="AFG")) == 0
    (row,) = library.events(target="IND")
    assert (row["target"], row["corrections"].count(";")) == ("IND", 1)


def test_a_missed_event_is_added_with_its_words(library: Library) -> None:
    article = library.archive.articles().column("article")[0].as_py()
    fields: dict[str, str | None] = {"type": "CONSULT", "source": "PAK GOV", "target": "MED"}
    library.add_event(article, "told reporters", fields=fields, because="missed", by="reader")
    (row,) = library.events(type="CONSULT")
    assert BORDER[row["start"] : row["end"]] == "told reporters" == row["trigger"]
    assert (row["source"], row["quad"]) == ("PAK GOV", "verbal-cooperation")
    library.archive.add([border_article(run=AGAIN)])
    assert len(library.events(type="CONSULT")) == 1


def test_merging_and_splitting_change_happenings(library: Library) -> None:
    library.archive.add([border_article(text=BORDER + "\n\nMore.", title="Another", outlet="The Post")])
    (first, second) = library.events(type="REQUEST")
    assert len(library.events(type="REQUEST", happenings=True)) == 1
    library.correct(second["event"], because="another day", by="reader", kind="split")
    assert len(library.events(type="REQUEST", happenings=True)) == 2
    library.correct(second["event"], because="no, the same", by="other", kind="merge", other=first["event"])
    (row,) = library.events(type="REQUEST", happenings=True)
    assert (row["reports"], row["stories"]) == (2, 1)
    assert list(library.reports(second["event"]))[1]["reasons"] == "merged by a person"
    library.archive.add([border_article(run=AGAIN)])
    assert len(library.events(type="REQUEST", happenings=True)) == 1


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"type": "SHOUT"}, "no type"),
        ({"colour": "red"}, "no field"),
        ({"mode": "nothing"}, "no mode"),
        ({"modality": "maybe"}, "no modality"),
        ({"first_day": "soon"}, "no day"),
        ({"cameo": "999"}, "no cameo"),
        ({"contexts": "weather-or-so"}, "no context"),
        ({"type": "REQUEST"}, "already"),
    ],
)
def test_values_that_do_not_exist_are_refused(library: Library, fields: dict[str, str], complaint: str) -> None:
    if fields == {"type": "REQUEST"}:
        fields = {"source": "USA GOV"}
    with pytest.raises(InputError, match=complaint):
        correct(library, **fields)
    assert len(library.corrections()) == 0


def test_other_nonsense_is_refused(library: Library) -> None:
    name = library.events().first()["event"]
    with pytest.raises(InputError, match="no event"):
        library.correct("nothing", because="x", by="y", kind="accept")
    with pytest.raises(InputError, match="reason"):
        library.correct(name, because=" ", by="y", kind="accept")
    with pytest.raises(InputError, match="itself"):
        library.correct(name, because="x", by="y", kind="merge", other=name)
    with pytest.raises(InputError, match="do not stand"):
        library.add_event(library.events().first()["article"], "no such words", fields={}, because="x", by="y")
    with pytest.raises(InputError, match="no article"):
        library.add_event("nothing", "told", fields={}, because="x", by="y")


def test_corrections_train(library: Library, tmp_path: Path) -> None:
    correct(library, type="THREATEN")
    other = library.events(type="AGREE").first()["event"]
    library.correct(other, because="no promise", by="reader", kind="reject")
    first, second = library.training_rows()
    assert first["sentence"][first["trigger"]["start"] : first["trigger"]["end"]] == "asked"
    assert (first["coded"]["type"], first["corrected"]["type"]) == ("REQUEST", "THREATEN")
    assert second["corrected"]["type"] == "NONE"
    assert json.dumps([first, second])
    path = tmp_path / "rows.txt"
    path.write_text(first["marked"] + "\n", encoding="utf-8")
    rows, complaints = read_rows(path)
    assert (rows[0].type, rows[0].source.of(rows[0].text), complaints) == ("THREATEN", "The United States", ())


def test_a_correction_that_is_taken_back_changes_nothing_any_more(library: Library) -> None:
    event = library.events(source="USA").first()["event"]
    before = library.archive.ask("SELECT * FROM events WHERE event = ?", [event]).to_pylist()
    made = library.correct(event, because="not told", by="one", kind="reject")
    assert event not in {each["event"] for each in library.events()}
    library.take_back(made.id, by="one")
    assert library.archive.ask("SELECT * FROM events WHERE event = ?", [event]).to_pylist() == before
    assert len(library.corrections()) == 0
    with pytest.raises(InputError, match="no correction"):
        library.take_back(made.id, by="one")


def test_a_decision_that_was_taken_back_can_be_made_again_at_once(library: Library) -> None:
    event = library.events(source="USA").first()["event"]
    for _ in range(3):
        made = library.correct(event, because="not told", by="one", kind="reject")
        assert event not in {each["event"] for each in library.events()}
        library.take_back(made.id, by="one")
    library.correct(event, because="not told", by="one", kind="reject")
    assert [row["kind"] for row in library.corrections()] == ["reject"]


def _moves(library: Library) -> dict[str, str]:
    """What the moves of the ledger are by the events that they rest on."""
    library.refresh()
    rows = library.archive.ask("SELECT record, move FROM moves WHERE record IS NOT NULL").to_pylist()
    return {row["record"]: row["move"] for row in rows}


def test_the_ledger_sees_what_was_corrected(library: Library) -> None:
    """A rejected event is no move, and is one again once that is taken back; other sides make another entry."""
    before = _moves(library)
    asked = next(row["event"] for row in library.events(type="REQUEST") if before.get(row["event"]) == "raised")
    made = library.correct(asked, kind="reject", because="nobody asked", by="reader")
    assert asked not in _moves(library)
    library.take_back(made.id, by="reader")
    assert _moves(library) == before
    library.correct(asked, fields={"source": "NOR GOV", "target": "ISL"}, because="it was Norway", by="reader")
    assert asked in _moves(library)
    found = library.ledger(source="NOR", target="ISL").first()
    assert found["source"] == "NOR GOV"
    assert asked in [move["record"] for move in library.moves(found["entry"])]


def test_a_type_that_was_corrected_says_what_the_ledger_takes_it_for(library: Library) -> None:
    before = _moves(library)
    asked = next(row["event"] for row in library.events(type="REQUEST") if before.get(row["event"]) == "raised")
    library.correct(asked, fields={"type": "THREATEN"}, because="it was a threat", by="reader")
    query = "SELECT kind FROM entries JOIN moves USING (entry) WHERE record = ?"
    library.refresh()
    assert library.archive.ask(query, [asked]).column("kind").to_pylist() == ["threat"]
    library.correct(asked, fields={"type": "ACCUSE"}, because="it was none", by="reader")
    assert asked not in _moves(library)
