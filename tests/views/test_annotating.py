"""Forms for programs to annotate in: what is written comes back the same, whatever letters the article has."""

import dataclasses
import io
import json
import zipfile

import pytest

from communique.errors import InputError
from communique.records import Span
from communique.store.ids import event_ids
from communique.views import labelstudio, prodigy, uima
from communique.views.marked import ACTOR, Marked, marked, tokens
from tests.factories import BORDER, border_article

# Letters of two UTF-16 units before every span, a line end, and what XML has to write as references.
ODD = "🕊 <peace> & “talks”:\n\n"


@pytest.fixture(params=["plain", "odd"])
def article(request: pytest.FixtureRequest) -> Marked:
    told = marked(border_article())
    if request.param == "plain":
        return told
    by = len(ODD)
    marks = tuple(dataclasses.replace(each, span=Span(each.span.start + by, each.span.end + by)) for each in told.marks)
    return Marked(told.version, ODD + told.text, marks, told.ties)


def test_events_and_parties_are_marks_and_ties() -> None:
    coded = border_article()
    told = marked(coded)
    names = event_ids(coded)
    assert [(each.id, each.span.of(BORDER), each.label) for each in told.triggers()] == [
        (names["e1"], "asked", "REQUEST"),
        (names["e2"], "act", "AGREE"),
    ]
    assert [span.of(BORDER) for span in told.parties(names["e1"], "target")] == ["Pakistan"]
    assert {each.span.of(BORDER) for each in told.marks if each.label == ACTOR} == {
        "The United States", "Pakistan", "We",
    }  # fmt: skip


def test_no_token_goes_across_the_end_of_a_span() -> None:
    told = marked(border_article())
    cut = tokens(told)
    ends = {at for each in cut for at in (each.start, each.end)}
    assert all({each.span.start, each.span.end} <= ends for each in told.marks)
    assert "".join(each.of(BORDER) for each in cut) == "".join(BORDER.split())


def test_label_studio_gives_back_what_it_got(article: Marked) -> None:
    task = json.loads(json.dumps(labelstudio.task(article, run="run-1")))
    done = [{"data": task["data"], "annotations": [
        {"was_cancelled": True, "result": []}, {"result": task["predictions"][0]["result"]}
    ]}]  # fmt: skip
    assert list(labelstudio.read(json.dumps(done))) == [article]
    assert list(labelstudio.read(json.dumps([task]))) == []
    config = labelstudio.config(["REQUEST", "AGREE"])
    assert '<Label value="REQUEST"/>' in config
    assert '<Relation value="source"/>' in config


def test_prodigy_gives_back_what_it_got(article: Marked) -> None:
    task = prodigy.task(article)
    for each in task["spans"]:
        assert task["tokens"][each["token_start"]]["start"] == each["start"]
        assert task["tokens"][each["token_end"]]["end"] == each["end"]
    (back,) = prodigy.read([json.dumps({**task, "answer": "accept"})])
    assert back.marks == article.marks
    assert set(back.ties) == set(article.ties)
    assert list(prodigy.read([json.dumps({**task, "answer": "reject"})])) == []


def test_inception_gives_back_what_it_got(article: Marked) -> None:
    out = io.BytesIO()
    assert uima.write_zip([article], out) == 1
    again = io.BytesIO()
    uima.write_zip([article], again)
    assert out.getvalue() == again.getvalue()
    assert list(uima.read(out.getvalue())) == [article]
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as pack:
        pack.writestr("annotation/one/admin.zip", out.getvalue())
    assert list(uima.read(outer.getvalue())) == [article]


def test_another_reader_of_cas_finds_the_same(article: Marked) -> None:
    cassis = pytest.importorskip("cassis")
    out = io.BytesIO()
    uima.write_zip([article], out)
    with zipfile.ZipFile(out) as pack:
        system = cassis.load_typesystem(io.BytesIO(pack.read("TypeSystem.xml")))
        cas = cassis.load_cas_from_xmi(io.BytesIO(pack.read(f"{article.version}.xmi")), typesystem=system)
    found = [(each.get_covered_text(), each.label) for each in cas.select(f"webanno.custom.{uima.SPAN}")]
    assert sorted(found) == sorted((each.span.of(article.text), each.label) for each in article.marks)
    ties = [(each.Governor.get_covered_text(), each.role, each.Dependent.get_covered_text())
            for each in cas.select(f"webanno.custom.{uima.RELATION}")]  # fmt: skip
    spans = {each.id: each.span.of(article.text) for each in article.marks}
    assert sorted(ties) == sorted((spans[each.trigger], each.role, spans[each.actor]) for each in article.ties)


@pytest.mark.parametrize("text", ["", "{", '{"data": 1}', '[{"annotations": [{"result": [{}]}]}]', "[1]"])
def test_what_is_no_export_is_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="Label Studio"):
        list(labelstudio.read(text))
    if text:
        with pytest.raises(InputError, match="line 1"):
            list(prodigy.read([text]))
    with pytest.raises(InputError, match="XMI"):
        list(uima.read(text.encode()))
