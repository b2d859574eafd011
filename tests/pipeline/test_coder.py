"""The whole way with the shipped model: the same bytes whatever the order, the contract kept, nothing lost."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest

from communique import intake
from communique.pipeline import Coder
from communique.records import Article, CodedArticle, from_contract, to_contract

DOSSIER = Path(str(files("communique.cli") / "dossier"))


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [each for each in intake.read_paths([DOSSIER]) if isinstance(each, Article)]


@pytest.fixture(scope="module")
def coded(coder: Coder, articles: list[Article]) -> list[CodedArticle]:
    return list(coder.code_all(articles))


def as_bytes(coded: CodedArticle) -> bytes:
    return json.dumps(to_contract(coded), ensure_ascii=False, sort_keys=True).encode()


def test_the_same_bytes_in_any_order_and_batch(
    coder: Coder, articles: list[Article], coded: Sequence[CodedArticle]
) -> None:
    once = {each.article.id: as_bytes(each) for each in coded}
    assert len(once) == len(articles)
    for article in reversed(articles):
        assert as_bytes(coder.code(article)) == once[article.id]
    again = Coder.load()
    for size in (1, 3):
        for start in range(0, 6, size):
            for each in again.code_all(articles[start : start + size]):
                assert as_bytes(each) == once[each.article.id]


def test_every_span_has_its_text_and_every_link_its_end(coded: Sequence[CodedArticle]) -> None:
    for each in coded:
        assert not each.problems
        form = to_contract(each)
        text = each.article.text
        for mention in form["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"] != ""
        mentions = {mention.id for mention in each.mentions}
        actors = {actor.id for actor in each.actors}
        statements = {statement.id for statement in each.statements}
        for event in each.events:
            assert event.trigger.of(text).strip()
            assert event.evidence
            assert event.why
            assert event.statement is None or event.statement in statements
            for participant in (*event.sources, *event.targets):
                assert participant.mention in mentions
                assert participant.actor is None or participant.actor in actors
        for statement in each.statements:
            assert statement.speaker.mention in mentions
            assert all(span.of(text).strip() for span in statement.content)


def test_a_coded_article_survives_its_public_form(coded: Sequence[CodedArticle]) -> None:
    for each in coded:
        assert as_bytes(from_contract(json.loads(as_bytes(each)))) == as_bytes(each)


def test_what_the_dossier_is_about_is_found(coded: Sequence[CodedArticle]) -> None:
    found = set()
    for each in coded:
        actors = {actor.id: actor for actor in each.actors}
        for event in each.events:
            sources = {actors[one.actor].country for one in event.sources if one.actor}
            targets = {actors[one.actor].country for one in event.targets if one.actor}
            found |= {(source, event.type, target) for source in sources for target in targets or {None}}
    wanted = {("USA", "REQUEST", "PAK"), ("PAK", "REQUEST", "USA"), ("USA", "CONCEDE", "PAK")}
    assert wanted <= found


def test_an_article_in_another_language_is_kept_uncoded(coder: Coder) -> None:
    article = Article("a", "v", "Le président a rencontré le ministre à Paris lundi.", language="fr")
    assert coder.code(article) == CodedArticle(coder.run, article, (), (), (), (), ())


def test_a_failing_room_costs_one_article_its_rows(coder: Coder, articles: list[Article]) -> None:
    class Broken:
        labels, digest = coder._encoder.labels, "broken"

        def score(self, tokens: object) -> object:
            raise RuntimeError("no scores today")

    broken = Coder(Broken(), coder._registry, coder._codebook)  # type: ignore[arg-type]
    found = broken.code(articles[0])
    assert [each.code for each in found.problems] == ["coding-failed"]
    assert "no scores today" in found.problems[0].message
    assert found.article == articles[0]
