"""The lexicon of cues: what ships, and how a broken file is refused."""

import pytest

from communique.errors import CodebookError
from communique.statements.lexicon import ACTS, Lexicon, parse


def test_the_shipped_lexicon_is_large_and_whole() -> None:
    lexicon = Lexicon.load()
    assert sum(tag == "verb" for tag, _ in lexicon.cues) >= 350
    assert sum(tag == "noun" for tag, _ in lexicon.cues) >= 100
    assert sum(tag == "adj" for tag, _ in lexicon.cues) >= 80
    assert {cue.act for uses in lexicon.cues.values() for cue in uses} <= ACTS
    assert ("according", "to") in {phrase.words for phrase in lexicon.phrases["according"]}


def test_prepositions_are_words_and_not_what_yaml_makes_of_them() -> None:
    uses = Lexicon.load().cues["verb", "comment"]
    assert any("on" in cue.content for cue in uses)


def test_narrow_uses_come_first() -> None:
    for uses in Lexicon.load().cues.values():
        narrow = [cue.companion is not None for cue in uses]
        assert narrow == sorted(narrow, reverse=True)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("verbs: [", "not YAML"),
        ("- say", "mapping of sections"),
        ("verbs: [{act: sang, content: [clause], words: say}]", "`act` is 'sang'"),
        ("verbs: [{act: asserted, words: say}]", "at least one slot"),
        ("verbs: [{act: asserted, content: [on], words: say}]", "put it in quotes"),
        ("verbs: [{act: asserted, content: [clause], words: 'say,,tell'}]", "separated by commas"),
        ("verbs: [{act: asserted, content: [clause], words: say, colour: red}]", "keys"),
    ],
)
def test_a_broken_lexicon_is_refused_with_its_place(source: str, message: str) -> None:
    with pytest.raises(CodebookError, match=message) as caught:
        parse(source, place="mine.yaml")
    assert "mine.yaml" in str(caught.value)
