"""The protocol of actors: queries read, names compared, verdicts given, on a grounding made by hand."""

from pathlib import Path
from types import MappingProxyType

import pytest

from communique.errors import ScoringError
from communique.grounding import Grounding
from communique.reading.conllu import documents
from communique.records import Actor, Mention
from communique.scoring.actors import Query, alike, judge, read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"), ("S. M. Krishna", "S.M. Krishna"),
        ("L. K. Advani", "Lal Advani"),
        ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi"), ("Natwar Singh", "K. Natwar Singh"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("George H. W. Bush", "George W. Bush"), ("Kim Jong-il", "Kim Jong-un"), ("Nawaz Sharif", "Raheel Sharif"),
        ("Joseph Kabila", "Laurent-Désiré Kabila"), ("Hafez al-Assad", "Bashar al-Assad"),
    ],
)  # fmt: skip
def test_namesakes_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


def _grounding(actor: Actor | None) -> Grounding:
    rows = ["# newdoc id = t", "1\tMinister\tMinister\tPROPN\tNNP\t_\t2\tnsubj\t_\t_", "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_"]  # fmt: skip  # noqa: E501
    document = next(documents([*rows, ""]))
    document = document.with_mentions((Mention("m1", document.words[0].span, "PERSON", 0),))
    actors = (actor,) if actor else ()
    return Grounding(document, actors, MappingProxyType({"m1": "a1"} if actor else {}))


def _actor(name: str, country: str | None, role: str) -> Actor:
    return Actor("a1", name, country, ("GOV",), role, "Q1", "resolved", ("m1",), "")


def _query(name: str | None) -> Query:
    document = _grounding(None).document
    return Query("2011-05-02", document.text, document.words[0].span, name, "NOR", "foreign minister")


@pytest.mark.parametrize(
    ("name", "actor", "outcome"),
    [
        ("Jonas Gahr Støre", _actor("Jonas Gahr Støre", "NOR", "Minister of Foreign Affairs"), "right"),
        ("Jonas Gahr Støre", _actor("Jonas Gahr Støre", "SWE", "Minister of Foreign Affairs"), "wrong"),
        ("Jonas Gahr Støre", _actor("Jonas Gahr Støre", "NOR", "Prime Minister"), "wrong"),
        ("Jonas Gahr Støre", _actor("Espen Barth Eide", "NOR", "Minister of Foreign Affairs"), "wrong"),
        ("Jonas Gahr Støre", None, "abstained"),
        (None, None, "right"),
        (None, _actor("Espen Barth Eide", "NOR", "Minister of Foreign Affairs"), "wrong"),
    ],
)
def test_a_verdict(name: str | None, actor: Actor | None, outcome: str) -> None:
    assert judge(_query(name), _grounding(actor)).outcome == outcome


def test_a_broken_query_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "queries.tsv"
    file.write_text("# remark\n2011-05-02\tThe minister left.\tA B\tNOR\t\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="line 2"):
        list(read(file))
    file.write_text("2011-05-02\t[The minister] left.\tA B\tNOR\t\n2011-05-02\t[He] left.\t-\t-\t\n", encoding="utf-8")
    first, second = read(file)
    assert first.span.of(first.text) == "The minister"
    assert (second.name, second.country) == (None, None)
