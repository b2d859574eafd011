"""The first look: what names an actor and an act passes; what does not is answered with a problem, without a model."""

import pytest

from communique.codebook import Codebook
from communique.grounding import Registry
from communique.pipeline.screen import LEAD, Screen, Screened
from communique.records import Article, CodedArticle, Problem
from tests.factories import RUN


class Counting:
    """A coder that finds nothing and counts what it was given."""

    run = RUN

    def __init__(self) -> None:
        self.given: list[str] = []

    def code(self, article: Article) -> CodedArticle:
        self.given.append(article.id)
        return CodedArticle(RUN, article, (), (), (), (), article.problems)


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(Codebook.load(), Registry.load())


@pytest.mark.parametrize(
    ("title", "text", "passes"),
    [
        ("Kenya closes border", "Lorries wait.", True),
        (None, "Rebels shelled a village near the river at dawn.", True),
        (None, "Whisk the eggs with sugar until pale, then fold in the flour and bake for an hour.", False),
        ("Weather", "Rain in the north, sunny spells in the south; twelve degrees by noon.", False),
        (None, "", False),
        ("Norway", "Fjords, lakes and mountains, with maps.", False),
    ],
)
def test_an_actor_and_an_act_pass(screen: Screen, title: str | None, text: str, passes: bool) -> None:
    assert screen.passes(Article("a", "v", text, title=title)) is passes


def test_only_headline_and_lead_are_looked_at(screen: Screen) -> None:
    late = "lemon " * LEAD + "Kenyan troops attacked the rebels."
    assert not screen.passes(Article("a", "v", late))
    assert screen.passes(Article("a", "v", late, title="Kenyan troops attacked the rebels"))


def test_other_languages_pass_since_their_words_are_not_known(screen: Screen) -> None:
    assert screen.passes(Article("a", "v", "Ein Rezept", language="de"))


def test_what_does_not_pass_is_not_coded_and_listed(screen: Screen) -> None:
    coder = Counting()
    screened = Screened(coder, screen)
    found = screened.code(Article("a", "v", "Bake for an hour."))
    assert isinstance(found, Problem)
    assert (found.code, found.fatal) == ("screened-out", True)
    assert isinstance(screened.code(Article("b", "v", "Kenyan troops attacked the rebels.")), CodedArticle)
    assert coder.given == ["b"]
