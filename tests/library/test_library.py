"""The library on the demonstration dossier: stories, happenings, the ledger, and events with their words."""

from dataclasses import replace
from pathlib import Path

import pytest

import communique
from communique.errors import ArchiveError, InputError
from communique.ledger import Act, Decided
from communique.library import Library, accounts
from communique.records import CodedArticle
from communique.store import Archive
from tests.factories import BORDER, border_article


def moves(library: Library, words: str) -> list[str]:
    (entry,) = library.ledger(words=words)
    return [row["move"] for row in library.moves(entry["entry"])]


def test_the_ledger_tells_the_life_of_each_matter(library: Library) -> None:
    assert moves(library, "Haqqani")[0] == "raised"
    assert moves(library, "Haqqani").count("repeated") >= 2
    assert moves(library, "reopen the crossing") == ["raised", "accepted", "acknowledged", "met"]
    assert moves(library, "apologise")[:3] == ["raised", "partly-met", "met"]
    assert moves(library, "$2 billion in military aid")[0] == "raised"


def test_entries_are_asked_for_by_side_and_standing(library: Library) -> None:
    asked = library.ledger(source="USA", target="PAK")
    assert {row["is_open"] for row in library.ledger(source="USA", target="PAK", open=True)} == {True}
    assert 0 < len(library.ledger(source="USA", target="PAK", open=True)) < len(asked)
    assert {row["kind"] for row in library.ledger(kind="commitment")} == {"commitment"}
    assert len(library.ledger(since="2011")) == 0
    assert all(row["source"].startswith("PAK") for row in library.ledger(source="PAK", target="USA"))


def test_every_move_quotes_its_article(library: Library) -> None:
    for entry in library.ledger():
        for row in library.moves(entry["entry"]):
            coded = library.archive.coded(row["version"])
            assert coded is not None
            assert " ".join(coded.article.text[row["start"] : row["end"]].split()) == row["words"]
            assert row["record"] is None or library.archive.coded(row["record"]) == coded


def test_an_entry_is_named_by_the_beginning_of_its_id(library: Library) -> None:
    entry = library.ledger().first()
    assert library.entry(entry["entry"][:10]) == entry
    for name in ("", "nothing"):
        with pytest.raises(InputError, match="no entry"):
            library.entry(name)


def test_copies_are_one_story_and_their_reports_one_happening(library: Library) -> None:
    copied = [story for story in library.stories() if story["articles"] > 1]
    assert [story["outlets"] for story in copied] == [["Capital Wire", "The Morning Ledger"]]
    whole, told = len(library.events(happenings=True)), len(library.events())
    assert whole < told
    assert sum(row["reports"] for row in library.events(happenings=True)) == told
    closed = library.events(source="PAK", type="COERCE", happenings=True).first()
    assert closed["reports"] > closed["stories"]
    assert closed["outlets"][:2] == ["Capital Wire", "The Morning Ledger"] or len(closed["outlets"]) > 2
    reports = list(library.reports(closed["event"]))
    assert [row["joined_to"] for row in reports][:2] == [None, closed["event"]]
    assert "same parties" in reports[1]["reasons"] or "one party" in reports[1]["reasons"]


def test_events_have_their_words_at_hand(library: Library, dossier: Path) -> None:
    event = communique.open(dossier).events(source="USA", target="PAK", type="REQUEST").first()
    assert event["source"].startswith("USA")
    (quote,) = event.evidence["trigger"]
    assert quote.text == event["trigger"]
    assert event.article.article.text[quote.span.start : quote.span.end] == quote.text
    assert event.evidence["target"][0].text in event.article.article.text
    assert "REQUEST" in repr(event)


def test_relations_wait_until_they_are_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Archive, "events", lambda *given, **more: pytest.fail("asked too early"))
    library.events(source="USA")


def test_tables_come_as_arrow(library: Library) -> None:
    table = library.events().arrow()
    assert table.num_rows == len(library.events())
    assert table.schema.field("cameo").type == "string"


def test_what_is_derived_follows_the_archive_and_is_not_made_twice(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.is_current()
    assert not library.refresh()
    before = library.ledger().arrow().num_rows
    library.archive.add([border_article(text=BORDER)])
    assert not library.is_current()
    read: list[str] = []

    def reading(coded: CodedArticle, *, decided: Decided | None = None) -> tuple[Act, ...]:
        assert decided is None, "nothing was corrected here"
        read.append(coded.article.id)
        return ()

    monkeypatch.setattr(accounts, "acts_of", reading)
    assert library.ledger().arrow().num_rows >= before
    assert len(read) == 1


def test_rebuilding_gives_the_same_again(library: Library) -> None:
    names = ("stories", "happenings", "entries", "moves")
    before = [library.archive.ask(f"SELECT * FROM {name}") for name in names]
    assert library.refresh(anew=True)
    assert [library.archive.ask(f"SELECT * FROM {name}") for name in names] == before


def test_damage_to_what_is_derived_is_told_and_mended(library: Library) -> None:
    made = library.archive.derived()
    assert made is not None
    path = library.archive.root / made.files[0].path
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert [fault.file for fault in library.archive.verify()] == [made.files[0].path]
    library.refresh(anew=True)
    assert library.archive.verify() == ()


def test_a_state_of_what_is_derived_that_does_not_read_is_told(library: Library) -> None:
    state = library.archive.root / "derived" / "state.json"
    state.write_text("{", encoding="utf-8")
    assert [fault.file for fault in library.archive.verify()] == ["derived/state.json"]
    library.refresh()
    assert library.archive.verify() == ()


def test_stories_tell_updates_from_plain_copies(library: Library) -> None:
    coded = next(each for each in library.archive.all_coded() if len(each.article.text) > 400)
    more = " ".join(f"Word{number} was added by the desk on the evening." for number in range(12))
    text = f"{coded.article.text}\n\n{more}"
    for name, own in (("copy", coded.article.text), ("update", text)):
        article = replace(coded.article, id=name, version=name, text=own, outlet=f"The {name}", url=None)
        library.archive.add([replace(coded, article=article)])
    told = next(row for row in library.stories() if {"copy", "update"} <= set(row["members"]))
    assert (
        dict(zip(told["members"], told["kinds"], strict=True)).items() >= {"copy": "copy", "update": "update"}.items()
    )
    assert (told["updates"], told["copies"] >= 1, told["kinds"][0]) == (1, True, "first")


def test_queries_reach_nothing_but_the_archive(library: Library, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(ArchiveError):
        library.archive.ask(f"SELECT * FROM read_csv('{secret}')")


def test_a_reader_follows_what_is_derived_anew_by_somebody_else(library: Library) -> None:
    reader, entry = Archive.open(library.archive.root), library.ledger().first()["entry"]
    asked = "SELECT count(*) AS n FROM entries"
    before = reader.ask(asked).to_pylist()
    event = library.events().first()["event"]
    library.correct(event, because="not told", by="one", kind="reject")
    library.refresh(anew=True)
    assert reader.ask(asked).to_pylist() == before
    assert reader.ask("SELECT entry FROM entries WHERE entry = ?", [entry]).num_rows == 1
    library.archive.forget()
    assert not reader.has_derived("entries")


def test_what_is_promised_to_nobody_named_stands_apart(library: Library) -> None:
    """Asked to whom, the ledger also has what others promise without naming whom, last, where the article tells of
    whoever was asked for."""
    strict = [row["entry"] for row in library.ledger(target="USA")]
    found = list(library.ledger(target="USA", unnamed=True))
    apart = found[len(strict) :]
    assert [row["entry"] for row in found[: len(strict)]] == strict
    assert apart
    assert all(not row["targets"] for row in apart)
    assert all(each["country"] != "USA" for row in apart for each in row["sources"])
