"""A small archive of each format so far, as it was written then: it opens, is whole, and takes more."""

import dataclasses
import json
import zipfile
from pathlib import Path

import pytest

from communique.errors import ArchiveError
from communique.store import Archive
from tests.factories import BORDER, RUN, border_article

KEPT = sorted((Path(__file__).parent / "kept").glob("archive-*.zip"))


def unpacked(kept: Path, folder: Path) -> Path:
    with zipfile.ZipFile(kept) as file:
        file.extractall(folder)
    return folder


def files(folder: Path) -> dict[Path, bytes]:
    """All but the lock, which is empty."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "writer.lock"}


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_an_archive_of_each_format_so_far_opens_and_takes_more(kept: Path, tmp_path: Path) -> None:
    archive = Archive.open(unpacked(kept, tmp_path))
    assert archive.verify() == ()
    (coded,) = archive.all_coded()
    assert coded.article.text == BORDER
    assert [event.type for event in coded.events] == [event.type for event in border_article().events]
    assert archive.add([coded]).known == 1
    assert archive.add([border_article(text=f"{BORDER}\n\nMore.", title="Another")]).articles == 1
    assert archive.articles(history=True).num_rows == 2
    assert archive.verify() == ()


@pytest.mark.parametrize("kept", KEPT[-1:], ids=lambda path: path.stem)
def test_a_newer_archive_is_refused_and_left_as_it_is(kept: Path, tmp_path: Path) -> None:
    said = unpacked(kept, tmp_path) / "archive.json"
    told = json.loads(said.read_text(encoding="utf-8"))
    said.write_text(json.dumps({**told, "number": told["number"] + 1}), encoding="utf-8")
    before = files(tmp_path)
    for opening in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError, match="use a newer Communique"):
            opening(tmp_path)
    assert files(tmp_path) == before


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_another_model_makes_rows_of_its_own_and_mixes_with_none(kept: Path, tmp_path: Path) -> None:
    archive = Archive.open(unpacked(kept, tmp_path))
    (old,) = archive.all_coded()
    run = dataclasses.replace(RUN, id="another", model="another model")
    archive.add([border_article(run=run)])
    every = archive.events(history=True)
    assert set(every.column("run").to_pylist()) == {old.run.id, "another"}
    assert set(archive.events().column("run").to_pylist()) == {"another"}
