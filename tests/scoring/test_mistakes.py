"""Which events an article was coded wrongly with, and in which order they are told."""

from dataclasses import replace
from pathlib import Path

from communique.corpus import load_briefs
from communique.records import CodedArticle, Event, EventType, Evidence, Span
from communique.scoring.mistakes import most_telling
from tests.corpus.test_check import write

TEXT = """Police held two men, miners struck and the minister resigned.
= COERCE/arrest held: Police > two men
= PROTEST/strike struck: miners
= RETREAT/resign resigned: the minister
"""


def event(kind: EventType, words: str, text: str, confidence: float) -> Event:
    start = text.index(words)
    trigger = Span(start, start + len(words))
    return Event(
        id=words, type=kind, mode=None, contexts=(), cameo=None, sources=(), targets=(), trigger=trigger,
        quad="verbal-conflict", goldstein=0.0, modality="actual", when=None, where=None, statement=None,
        confidence=confidence, evidence=(Evidence(trigger, "trigger"),), why="", historical=False,
    )  # fmt: skip


def test_false_wrong_and_missed_events_take_turns_the_surest_first(tmp_path: Path) -> None:
    marked = load_briefs([write(tmp_path, "briefs/x-01.txt", TEXT)])[0].article()
    text = marked.text
    coded = CodedArticle(
        run=None,  # type: ignore[arg-type]
        article=marked.article, mentions=(), actors=(), statements=(), problems=(),
        events=(event("COERCE", "held", text, 0.9), event("ASSAULT", "struck", text, 0.6),
                event("AID", "minister", text, 0.3), event("AID", "men", text, 0.7)),
    )  # fmt: skip
    found = most_telling([(marked, coded)])
    assert [(each.kind, each.marked, each.found, each.trigger) for each in found] == [
        ("false", "", "AID", "men"),
        ("type", "PROTEST", "ASSAULT", "struck"),
        ("missed", "RETREAT", "", "resigned"),
        ("false", "", "AID", "minister"),
    ]
    assert {each.sentence for each in found} == {text}
    assert most_telling([(marked, replace(coded, events=()))])[0].kind == "missed"
