"""The archive: what goes in comes out, once; filters; formats; damage."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import ArchiveError, InputError
from communique.records import CodedArticle, Participant, Problem, Run
from communique.store import Archive, manifest, shards
from communique.store.ids import event_ids, statement_ids
from tests.factories import BORDER, border_article, coded_articles

REJECT = Problem("empty-file", "The file is empty.", "intake", "b.txt", True)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "an [odd]* 'name'")


def files(archive: Archive) -> list[str]:
    return sorted(path.relative_to(archive.root).as_posix() for path in archive.root.rglob("*") if path.is_file())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(coded_articles(), min_size=1, max_size=3))
def test_every_article_survives_exactly(items: list[CodedArticle], tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive.create(tmp_path_factory.mktemp("archive"))
    archive.add(items)
    expected = {shards.key_of(item): item for item in items}
    assert list(archive.all_coded(history=True)) == list(expected.values())
    assert archive.events(history=True).num_rows == sum(len(item.events) for item in expected.values())
    assert archive.verify() == ()


@settings(max_examples=12, deadline=None)
@given(item=coded_articles())
def test_same_articles_same_bytes(item: CodedArticle) -> None:
    assert shards.to_parquet([item, REJECT]) == shards.to_parquet([item, REJECT])


@settings(max_examples=25, deadline=None)
@given(item=coded_articles())
def test_ids_of_events_and_statements_are_unique(item: CodedArticle) -> None:
    assert len(set(event_ids(item).values())) == len({event.id for event in item.events})
    assert len(set(statement_ids(item).values())) == len({each.id for each in item.statements})


def test_lone_surrogates_are_kept(archive: Archive) -> None:
    item = border_article(text=BORDER + " \ud83d", title="half \udc00 a pair")
    archive.add([item])
    assert archive.coded(item.article.id) == item
    assert archive.articles().column("title").to_pylist() == ["half ? a pair"]


def test_adding_twice_is_adding_once(archive: Archive) -> None:
    item = border_article()
    first = archive.add([item, item, REJECT])
    before = files(archive)
    second = archive.add([item, REJECT])
    assert (first.articles, first.rejects, first.known) == (1, 1, 0)
    assert (second.articles, second.rejects, second.known) == (0, 0, 1)
    assert files(archive) == before
    assert archive.events().num_rows == 2


def test_a_batch_that_is_partly_known_adds_the_rest(archive: Archive) -> None:
    old, new = border_article(), border_article(text=BORDER + "\n\nMore.")
    archive.add([old])
    receipt = archive.add([new, old])
    assert (receipt.articles, receipt.known) == (1, 1)
    assert list(archive.all_coded(history=True)) == [old, new]


def test_the_last_version_and_run_count_and_the_others_stay(archive: Archive) -> None:
    first, updated = border_article(), border_article(text=BORDER + "\n\nMore.")
    again = border_article(text=updated.article.text, run=Run("run-2", "communique 0.2", "c", "m", "r"))
    assert first.article.id == updated.article.id
    for item in (first, updated, again):
        archive.add([item])
    assert list(archive.all_coded()) == [again]
    assert archive.events().column("run").to_pylist() == ["run-2", "run-2"]
    assert archive.events(history=True).num_rows == 6
    assert archive.coded(first.article.id) == again
    assert archive.coded(first.article.version) == first
    assert {row["run"]: row["articles"] for row in archive.runs().to_pylist()} == {"run-1": 2, "run-2": 1}


def test_an_event_is_found_by_its_global_id(archive: Archive) -> None:
    item = border_article()
    archive.add([item])
    for row in archive.events().to_pylist():
        assert event_ids(item)[row["number"]] == row["event"]
        assert archive.coded(row["event"]) == item
    assert archive.coded("nothing") is None


def test_an_event_row_repeats_its_words(archive: Archive) -> None:
    archive.add([border_article()])
    request, promise = archive.events().to_pylist()
    assert request["words"] == "The United States asked Pakistan on Tuesday to reopen the Torkham crossing"
    assert (request["source"], request["target"], request["cameo"]) == ("USA GOV", "PAK GOV", "025")
    assert request["time_words"] == "Tuesday"
    assert promise["words"] == "We will act"
    assert promise["source_name"] == "Abdul Basit"
    assert promise["statement"] == archive.statements().column("statement")[0].as_py()


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        ({}, ["REQUEST", "AGREE"]),
        ({"source": "USA"}, ["REQUEST"]),
        ({"source": "USA GOV", "target": "PAK"}, ["REQUEST"]),
        ({"source": "USA MIL"}, []),
        ({"source": "GOV"}, ["REQUEST", "AGREE"]),
        ({"source": "abdul  BÁSIT"}, ["AGREE"]),
        ({"source": "basi"}, []),
        ({"target": "country:PAK"}, ["REQUEST"]),
        ({"since": "2010-10-06"}, ["AGREE"]),
        ({"until": "2010-10-05"}, ["REQUEST"]),
        ({"since": "2010", "until": "2010-10"}, ["REQUEST", "AGREE"]),
        ({"since": "2011"}, []),
        ({"type": "agree"}, ["AGREE"]),
        ({"type": ["AGREE", "REQUEST"]}, ["REQUEST", "AGREE"]),
    ],
)
def test_events_are_found_by_who_whom_when_and_what(archive: Archive, asked: dict, types: list[str]) -> None:  # type: ignore[type-arg]
    archive.add([border_article()])
    assert archive.events(**asked).column("type").to_pylist() == types


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"speaker": "Basit"}, 1),
        ({"speaker": "USA"}, 0),
        ({"country": "pak"}, 1),
        ({"addressee": "MED", "words": "act WITHIN days"}, 1),
        ({"words": "never"}, 0),
        ({"act": "Promised"}, 1),
        ({"act": "warned"}, 0),
        ({"since": "2010-10-06", "until": "2010-10-06"}, 1),
        ({"until": "2010-10-05"}, 0),
    ],
)
def test_statements_are_found(archive: Archive, asked: dict[str, str], count: int) -> None:
    archive.add([border_article()])
    assert archive.statements(**asked).num_rows == count  # type: ignore[arg-type]


def test_topics_are_left_out_unless_asked_for_and_all_speakers_are_found(archive: Archive) -> None:
    item = border_article()
    joint = (Participant("m7", item.statements[0].addressee.actor),)  # type: ignore[union-attr]
    said = dataclasses.replace(item.statements[0], topic=True, joint=joint)
    archive.add([dataclasses.replace(item, statements=(said,))])
    assert archive.statements().num_rows == 0
    (row,) = archive.statements(topics=True, speaker="MED").to_pylist()
    assert [each["words"] for each in row["speakers"]][1:] == ["reporters"]


def test_a_party_of_a_reciprocal_event_fits_as_target(archive: Archive) -> None:
    item = border_article()
    both = (Participant("m1", "a1"), Participant("m2", "a2"))
    meeting = dataclasses.replace(item.events[0], type="CONSULT", sources=both, targets=())
    archive.add([dataclasses.replace(item, events=(meeting,))])
    assert archive.events(source="USA", target="PAK").num_rows == 1
    assert archive.events(source="PAK", target="USA").num_rows == 1
    assert archive.events(source="USA", target="USA").num_rows == 0
    assert archive.events(source="USA", target="AFG").num_rows == 0


@pytest.mark.parametrize(
    "asked", [{"since": "yesterday"}, {"until": "2010-02-30"}, {"type": "QUARREL"}, {"source": " "}]
)
def test_a_filter_that_makes_no_sense_is_refused(archive: Archive, asked: dict[str, str]) -> None:
    archive.add([border_article()])
    with pytest.raises(InputError):
        archive.events(**asked)  # type: ignore[arg-type]


def test_problems_of_articles_and_of_inputs_without_one(archive: Archive) -> None:
    archive.add([border_article(), REJECT])
    rows = archive.problems().to_pylist()
    assert [(row["code"], row["fatal"], row["article"] is None) for row in rows] == [
        ("odd-date", False, False),
        ("empty-file", True, True),
    ]


def test_a_new_archive_answers_with_empty_tables(archive: Archive) -> None:
    tables = [
        archive.events(source="USA"),
        archive.statements(),
        archive.problems(),
        archive.articles(),
        archive.runs(),
    ]
    assert [table.num_rows for table in tables] == [0] * 5
    assert "words" in tables[0].column_names
    assert archive.add([]).articles == 0


def test_other_tables(archive: Archive) -> None:
    archive.add([border_article()])
    assert archive.mentions().num_rows == 8
    assert archive.actors().column("name").to_pylist() == ["United States", "Pakistan", "Abdul Basit", "reporters"]
    assert archive.articles(since="2010-10-06").column("events").to_pylist() == [2]


def test_readers_see_what_a_writer_commits_meanwhile(archive: Archive) -> None:
    reader = Archive.open(archive.root)
    assert reader.events().num_rows == 0
    archive.add([border_article()])
    assert reader.events().num_rows == 2
    assert reader.has(border_article().article.version, "run-1")


def test_queries_cannot_leave_the_archive(archive: Archive, tmp_path: Path) -> None:
    import duckdb

    archive.add([border_article()])
    (tmp_path / "secret.csv").write_text("a\n1\n")
    closed = archive._connected()
    for query in (
        f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            closed.execute(query)


@pytest.mark.parametrize("told", [{"format": "communique-archive", "number": 99}, {"format": "x", "number": 1}, [], {}])
def test_newer_and_foreign_formats_are_refused_in_one_sentence(archive: Archive, told: object) -> None:
    (archive.root / "archive.json").write_text(json.dumps(told))
    with pytest.raises(ArchiveError) as caught:
        Archive.open(archive.root)
    assert "\n" not in str(caught.value)
    with pytest.raises(ArchiveError):
        Archive.create(archive.root)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive"):
        Archive.open(tmp_path / "nowhere")
    (tmp_path / "letter.txt").write_text("Dear …")
    with pytest.raises(ArchiveError, match="not an archive"):
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match=r"letter\.txt"):
        Archive.create(tmp_path)
    with pytest.raises(ArchiveError):
        Archive.create(tmp_path / "letter.txt")
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path / "letter.txt")


def test_what_a_killed_beginning_left_becomes_an_archive(tmp_path: Path) -> None:
    (tmp_path / "staging").mkdir()
    (tmp_path / "writer.lock").touch()
    assert Archive.create(tmp_path).add([border_article()]).articles == 1


def test_verify_finds_flipped_lost_and_foreign_bytes(archive: Archive) -> None:
    archive.add([border_article()])
    archive.add([border_article(text=BORDER + "\n\nMore.")])
    assert archive.verify() == ()
    one, two = sorted((archive.root / "data").glob("*-events-*.parquet"))
    body = bytearray(one.read_bytes())
    body[len(body) // 2] ^= 1
    one.write_bytes(bytes(body))
    two.unlink()
    assert {(fault.file, fault.message) for fault in archive.verify()} == {
        (f"data/{one.name}", "has other bytes than were committed"),
        (f"data/{two.name}", "is gone"),
    }
    with pytest.raises(ArchiveError, match="is gone"):
        Archive.open(archive.root).events()
    entry = next((archive.root / "manifest").iterdir())
    entry.write_text("{")
    assert any(fault.file == f"manifest/{entry.name}" for fault in archive.verify())
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(archive.root).events()


def test_verify_finds_an_entry_whose_rows_were_edited(archive: Archive) -> None:
    archive.add([border_article()])
    entry = next((archive.root / "manifest").iterdir())
    told = json.loads(entry.read_text())
    entry.write_text(json.dumps({**told, "keys": ["0" * 32]}))
    assert {fault.message for fault in archive.verify()} == {
        "holds other inputs than the manifest says",
        "does not fit the inputs that it names",
    }


def test_leftovers_are_not_read_and_are_swept_by_the_next_writer(archive: Archive) -> None:
    archive.add([border_article()])
    orphan, draft = archive.root / "data" / "dead.parquet", archive.root / "staging" / "dead.parquet"
    orphan.write_bytes(shards.to_parquet([border_article(text=BORDER + " More.")])["events"])
    draft.write_bytes(b"half a fi")
    assert Archive.open(archive.root).events().num_rows == 2
    archive.add([border_article()])
    assert not orphan.exists()
    assert not draft.exists()
    assert Archive.open(archive.root).events().num_rows == 2


def test_a_second_writer_is_told(archive: Archive) -> None:
    with manifest.writing(archive.root, wait=0):
        with pytest.raises(ArchiveError, match="another process is writing"):
            Archive.open(archive.root).add([border_article()], wait=0)
        assert Archive.open(archive.root).events().num_rows == 0
    assert archive.add([border_article()], wait=0).articles == 1
