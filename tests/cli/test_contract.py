"""The contract, with the shipped model: what `read` writes keeps the schema, and its spans spell their words."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import communique.cli
from communique.cli import coding
from communique.cli.codebook import schema as show_schema
from communique.cli.reading import read
from communique.records import CodedArticle, from_contract, to_contract
from communique.views.contract import schema

DOSSIER = Path(communique.cli.__file__).parent / "dossier"


@pytest.fixture(scope="module")
def coded() -> list[CodedArticle]:
    found = [each for each in coding.coded([str(DOSSIER)]) if isinstance(each, CodedArticle)]
    assert len(found) >= 14
    return found


def spans(form: Any) -> Iterator[dict[str, Any]]:
    """Everything in the form that has start, end and text."""
    if isinstance(form, dict):
        if {"start", "end", "text"} <= form.keys():
            yield form
        form = list(form.values())
    if isinstance(form, list):
        yield from itertools.chain.from_iterable(map(spans, form))


def test_read_keeps_the_schema(coded: list[CodedArticle], capsys: pytest.CaptureFixture[str]) -> None:
    assert read([str(DOSSIER)], form="json") == 0
    told = json.loads(capsys.readouterr().out)
    validator = jsonschema.Draft202012Validator(schema())
    for form in told:
        validator.validate(form)
    # The same articles again give the same forms.
    assert told == [to_contract(each) for each in coded]


def test_every_span_spells_its_words(coded: list[CodedArticle]) -> None:
    for each in coded:
        form = to_contract(each)
        found = list(spans(form))
        assert found
        assert all(span["text"] == each.article.text[span["start"] : span["end"]] for span in found)


def test_every_reference_is_answered(coded: list[CodedArticle]) -> None:
    for each in coded:
        mentions, actors = {one.id for one in each.mentions}, {one.id for one in each.actors}
        statements = {one.id for one in each.statements}
        parties = [one for event in each.events for one in (*event.sources, *event.targets)]
        parties += [one for said in each.statements for one in (said.speaker, said.addressee) if one is not None]
        assert {one.mention for one in parties} <= mentions
        assert {one.actor for one in parties} - {None} <= actors
        assert {event.statement for event in each.events} - {None} <= statements
        assert {name for actor in each.actors for name in actor.mentions} <= mentions
        for records in (each.mentions, each.actors, each.statements, each.events):
            names = [one.id for one in records]
            assert len(names) == len(set(names))


def test_the_form_reads_back(coded: list[CodedArticle]) -> None:
    for each in coded:
        assert from_contract(to_contract(each)) == each


def test_nothing_went_wrong(coded: list[CodedArticle]) -> None:
    assert [problem for each in coded for problem in each.problems] == []
    assert sum(len(each.events) for each in coded) > len(coded)


def test_types_of_ones_own_keep_the_schema_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    types = Path(__file__).parents[2] / "docs/examples/four-types.yaml"
    text = tmp_path / "lublin.txt"
    text.write_text("Bailiffs evicted nine families from a block in Lublin on Monday.\n", encoding="utf-8")
    assert read([str(text)], form="json", codebook=types) == 0
    form = json.loads(capsys.readouterr().out)
    found = {event["type"] for event in form["events"]}
    assert not found <= set(schema()["properties"]["events"]["items"]["properties"]["type"]["enum"])
    assert show_schema(path=types) == 0
    jsonschema.validate(form, json.loads(capsys.readouterr().out))
