"""The founding article, with the shipped model: two spokesmen speak in turn and are never taken for one another."""

from pathlib import Path

import pytest

from communique.encoder import Encoder
from communique.grounding import Grounding, Registry, ground
from communique.intake import from_text
from communique.reading import read
from communique.records import Problem, Statement
from communique.statements import find

ARTICLE = Path(__file__).parents[3] / "shared" / "founding" / "article.txt"


@pytest.fixture(scope="module")
def found() -> tuple[Grounding, tuple[Statement, ...]]:
    if not ARTICLE.exists():
        pytest.skip("the founding article is not beside this checkout")
    article = from_text(ARTICLE.read_text(encoding="utf-8"))
    assert not isinstance(article, Problem)
    grounding = ground(read(article, Encoder.load()), Registry.load())
    return grounding, find(grounding)


def speakers(found: tuple[Grounding, tuple[Statement, ...]], word: str) -> set[str]:
    """Surnames of the actors whose outermost statement holds the word."""
    grounding, statements = found
    text = grounding.document.text
    holding = [each for each in statements if any(word in span.of(text) for span in each.content) and not each.attitude]
    longest = max(holding, key=lambda each: sum(len(span) for span in each.content))
    actor = grounding.actor(longest.speaker.actor or "")
    return {actor.name.split()[-1]} if actor is not None else set()


@pytest.mark.parametrize(
    ("word", "surname"),
    [
        ("encouraging", "Crowley"),
        ("coordination", "Morrell"),
        ("resolve", "Morrell"),
        ("condolences", "Morrell"),
        ("secret", "Crowley"),
        ("flood", "Crowley"),
        ("capabilities", "Crowley"),
        ("unintentional", "Gates"),
    ],
)
def test_each_word_is_its_speakers(found: tuple[Grounding, tuple[Statement, ...]], word: str, surname: str) -> None:
    assert speakers(found, word) == {surname}


def test_the_interrupted_quotation_has_both_parts(found: tuple[Grounding, tuple[Statement, ...]]) -> None:
    grounding, statements = found
    text = grounding.document.text
    (whole,) = [
        each for each in statements if each.form == "direct" and any("resolve" in s.of(text) for s in each.content)
    ]
    assert len(whole.content) == 2
    assert not any(mark in span.of(text) for span in whole.content for mark in '"“”')


def test_the_passive_report_speaks_for_whoever_asked_before(found: tuple[Grounding, tuple[Statement, ...]]) -> None:
    grounding, statements = found
    text = grounding.document.text
    told = [each for each in statements if each.cue is not None and each.cue.of(text) == "was told"]
    assert [grounding.actor(each.speaker.actor or "").name for each in told] == ["United States"]  # type: ignore[union-attr]
