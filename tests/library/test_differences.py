"""The difference between two runs: rows paired by their words, and a cause for each."""

import dataclasses
from pathlib import Path

import pytest

from communique.library import Library
from communique.records import Actor, CodedArticle, Run
from communique.store import Archive
from tests.factories import RUN, border_article


def library(tmp_path: Path, second: CodedArticle) -> Library:
    made = Library(Archive.create(tmp_path / "archive"))
    made.archive.add([border_article()])
    made.archive.add([second])
    return made


def rerun(**parts: str) -> Run:
    return dataclasses.replace(RUN, id="run-2", **parts)  # type: ignore[arg-type]


def test_equal_rows_of_two_runs_are_no_difference(tmp_path: Path) -> None:
    told = library(tmp_path, border_article(run=rerun(model="model-2"))).compare("run-1", "run-2")
    assert (told.parts, told.articles, told.same, told.differences) == (("model",), 1, 2, ())


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        ({"codebook": "c2"}, "codebook"),
        ({"model": "m2"}, "model"),
        ({"model": "m2", "codebook": "c2", "registry": "r2"}, "codebook"),
        ({"model": "m2", "registry": "r2", "software": "s2"}, "software"),
    ],
)
def test_a_change_of_type_has_a_cause(tmp_path: Path, parts: dict[str, str], cause: str) -> None:
    second = border_article(run=rerun(**parts))
    events = (dataclasses.replace(second.events[0], type="ACCUSE"), second.events[1])
    told = library(tmp_path, dataclasses.replace(second, events=events)).compare("run-1", "run-2")
    (change,) = told.differences
    assert (change.status, change.cause, change.fields) == ("changed", cause, (("type", "REQUEST", "ACCUSE"),))
    assert told.counts == {(cause, "changed"): 1}


def test_another_actor_is_laid_to_the_registry(tmp_path: Path) -> None:
    second = border_article(run=rerun(model="m2", registry="r2"))
    other = Actor("a2", "Afghanistan", "AFG", ("GOV",), None, "country:AFG", "resolved", ("m2",), "x")
    actors = (second.actors[0], other, *second.actors[2:])
    told = library(tmp_path, dataclasses.replace(second, actors=actors)).compare("run-1", "run-2")
    (change,) = told.differences
    assert (change.cause, change.fields) == ("registry", (("target", "PAK GOV", "AFG GOV"),))


def test_rows_come_and_go(tmp_path: Path) -> None:
    second = border_article(run=rerun(model="m2"))
    made = library(tmp_path, dataclasses.replace(second, events=second.events[:1]))
    assert [each.status for each in made.compare("run-1", "run-2").differences] == ["went"]
    assert [each.status for each in made.compare("run-2", "run-1").differences] == ["came"]
