"""Statements against a hand-marked article: right words and speakers, topics left out, acts, joint speakers."""

import dataclasses

import pytest

from communique.corpus import AnnotatedArticle, Chain, MarkedMention, MarkedStatement, Party
from communique.records import Actor, CodedArticle, Mention, Participant, Span, Statement
from communique.scoring.sayings import Sayings, kind
from tests.factories import RUN, article, span

TEXT = "Ana Reyes warned reporters that the truce could fail. She and Bo condemned the raid."


def marked() -> AnnotatedArticle:
    """The article with one statement marked."""
    told = MarkedStatement(
        "S1", Party("REYES", span(TEXT, "Ana Reyes")), Party("PRESS", span(TEXT, "reporters")), span(TEXT, "warned"),
        (span(TEXT, "the truce could fail"),), "indirect", "warned", False, 1,
    )  # fmt: skip
    mentions = (
        MarkedMention(span(TEXT, "Ana Reyes"), "PERSON", "REYES"),
        MarkedMention(span(TEXT, "reporters"), "GROUP", "PRESS"),
        MarkedMention(span(TEXT, "She"), "PRONOUN", "REYES"),
        MarkedMention(span(TEXT, "Bo"), "PERSON", "BO"),
    )
    return AnnotatedArticle(
        article(TEXT), "wire", "test", "a test", None, "", (Span(0, 53), Span(54, len(TEXT))), (Span(0, len(TEXT)),),
        (Chain("REYES", "PERSON", "FJI"), Chain("PRESS", "GROUP"), Chain("BO", "PERSON")), mentions, (), (told,), (),
        (),
    )  # fmt: skip


MENTIONS = (
    Mention("m1", span(TEXT, "Ana Reyes"), "PERSON", 0),
    Mention("m2", span(TEXT, "reporters"), "GROUP", 3),
    Mention("m3", span(TEXT, "Bo"), "PERSON", 12),
)
ACTORS = (Actor("a1", "Ana Reyes", "FJI", (), None, None, "resolved", ("m1",), "test"),)
RIGHT = Statement(
    "s1", "indirect", Participant("m1", "a1"), Participant("m2", None), span(TEXT, "warned"),
    (span(TEXT, "truce could fail"),), 0.9, "warned",
)  # fmt: skip
TOPIC = dataclasses.replace(RIGHT, id="s2", cue=span(TEXT, "condemned"), content=(span(TEXT, "the raid"),), topic=True)


def scored(*statements: Statement) -> dict[str, object]:
    sayings = Sayings()
    sayings.add(marked(), CodedArticle(RUN, article(TEXT), MENTIONS, ACTORS, statements, (), ()))
    return sayings.as_dict()


def test_a_right_statement_counts_with_its_parts_and_a_topic_does_not_count() -> None:
    told = scored(RIGHT, TOPIC)
    for name in ("statement.f1", "content.f1", "addressee.f1", "statement_act.accuracy", "speaker_country.accuracy"):
        assert told[name] == 100.0
    assert told["speaker_actor.accuracy"] == told["speaker_actor_by_name.accuracy"] == 100.0


def test_a_topic_that_is_taken_for_words_is_one_too_many() -> None:
    assert scored(RIGHT, dataclasses.replace(TOPIC, topic=False))["statement.precision"] == 50.0


def test_words_that_are_taken_for_a_topic_are_missed() -> None:
    assert scored(dataclasses.replace(RIGHT, topic=True))["statement.recall"] == 0.0


@pytest.mark.parametrize(
    ("changed", "statement", "content"),
    [
        ({"speaker": Participant("m3", None)}, 0.0, 100.0),
        ({"speaker": Participant("m3", None), "joint": (Participant("m1", "a1"),)}, 100.0, 100.0),
        ({"content": (span(TEXT, "could"),)}, 0.0, 0.0),
    ],
)
def test_speaker_and_content_are_judged_apart(changed: dict, statement: float, content: float) -> None:  # type: ignore[type-arg]
    told = scored(dataclasses.replace(RIGHT, **changed))
    assert (told["statement.f1"], told["content.f1"]) == (statement, content)


def test_a_wrong_act_is_told_by_name() -> None:
    told = scored(dataclasses.replace(RIGHT, act="expressed"))
    assert told["statement_act.accuracy"] == 0.0
    assert told["act_confusion"] == {"warned as asserted": 1}


@pytest.mark.parametrize(("act", "plain"), [("criticised", "accused"), ("ordered", "asked"), ("knew", "asserted"),
                                           ("offered", "offered")])  # fmt: skip
def test_finer_acts_count_as_their_kind(act: str, plain: str) -> None:
    assert kind(act) == plain
