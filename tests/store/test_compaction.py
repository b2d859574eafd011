"""Compaction: the same rows in fewer files, at any moment of death, under the eyes of a reader."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.records import CodedArticle, Problem
from communique.store import Archive, manifest, shards
from tests.factories import BORDER, border_article

REJECT = Problem("empty-file", "The file is empty.", "intake", "b.txt", True)


def articles(count: int) -> list[CodedArticle]:
    return [border_article(text=f"{BORDER} {number}", title=f"{number}") for number in range(count)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "archive")
    for each in articles(6):
        made.add([each])
    made.add([REJECT])
    return made


def test_rows_and_their_order_stay(archive: Archive) -> None:
    names = ("articles", "events", "statements", "mentions", "actors", "problems")
    before = {name: getattr(archive, name)(history=True) for name in names}
    order, stamp = list(archive.all_coded(history=True)), archive.stamp("x")
    assert archive.compact() == 6
    assert len(manifest.names(archive.root)) == 1
    assert {name: getattr(archive, name)(history=True) for name in names} == before
    assert list(archive.all_coded(history=True)) == order
    assert archive.stamp("x") == stamp
    assert archive.verify() == ()
    assert archive.compact() == 0
    assert archive.add(articles(6)).known == 6


def test_files_of_an_earlier_program_lack_columns(tmp_path: Path) -> None:
    table = pa.table({"statement": ["a"], "topic": [True]})
    for name, told in (("old", table.select(["statement"])), ("new", table)):
        pq.write_table(told, tmp_path / f"{name}.parquet")
    for order, topics in ((("old", "new"), [None, True]), (("new", "old"), [True, None])):
        body = shards.merged([tmp_path / f"{name}.parquet" for name in order])
        assert pq.read_table(io.BytesIO(body)).column("topic").to_pylist() == topics


def test_files_grow_up_to_a_size(archive: Archive) -> None:
    assert archive.compact(most=3) == 4
    assert [manifest.load(archive.root, name).rows for name in manifest.names(archive.root)].count(3) == 2
    assert archive.verify() == ()


def test_a_reader_goes_on_reading(archive: Archive) -> None:
    reader = Archive.open(archive.root)
    assert reader.events().num_rows == 12
    archive.compact()
    assert reader.events().num_rows == 12
    assert list(reader.all_coded()) == list(archive.all_coded())


@pytest.mark.parametrize("step", ["commit", "retire", "sweep"])
def test_dying_between_any_two_steps_changes_nothing(
    archive: Archive, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.events(history=True)
    real, calls = getattr(manifest, step), []

    def dying(*given: object, **more: object) -> object:
        calls.append(given)
        if len(calls) == (2 if step == "retire" else 1):
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(manifest, step, dying)
    with pytest.raises(KeyboardInterrupt):
        archive.compact()
    monkeypatch.undo()
    again = Archive.open(archive.root)
    assert again.events(history=True) == before
    assert again.verify() == ()
    again.compact()
    assert again.events(history=True) == before
    assert len(manifest.names(archive.root)) == 1
