"""`communique.read`: one text, one record, shown in a notebook and given to other programs."""

import json

import pytest

import communique
from communique.errors import InputError
from communique.records import from_contract

TEXT = "Lima\n\n3 May 2011\n\nPeru expelled the Libyan ambassador on Monday."


def test_a_text_is_read() -> None:
    reading = communique.read(TEXT, source="peru.txt")
    expelled = next(event for event in reading.events if event.trigger.of(reading.article.text) == "expelled")
    source = reading.actor(expelled.sources[0].actor)
    assert source is not None
    assert source.country == "PER"
    assert from_contract(json.loads(json.dumps(reading.json()))) == reading.coded
    assert "expelled<sub>" in reading._repr_html_()
    assert reading.actor(None) is None
    assert communique.read(TEXT, source="peru.txt") == reading


def test_what_is_no_article_is_told() -> None:
    with pytest.raises(InputError, match=r"\w"):
        communique.read("")
