"""Stories and happenings: copies are folded, reports of one event are gathered, and both can be undone."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cli.score import KINDS, Program
from communique.errors import ScoringError
from communique.ledger.copies import Text, fold, stories_of
from communique.ledger.happenings import Told, compare, gather
from communique.records import Party
from communique.scoring import happenings as scoring

FOLDER = Path(__file__).parents[2] / "corpus" / "happenings"
WIRE = (
    "Helicopters fired on a border post in the hills on Thursday and killed three soldiers, officials said. "
    "The post lies on a road that convoys use. Hours later the road was closed to all lorries from the south."
)
PAK = Party("Pakistan", "PAK GOV", "PAK", ("GOV",), "state/PAK")
USA = Party("United States", "USA GOV", "USA", ("GOV",), "state/USA")


def text(name: str, words: str, day: str = "2010-09-30") -> Text:
    return Text(name, dt.date.fromisoformat(day), f"{day}{name}", words)


def test_copies_are_one_story_and_other_texts_are_not() -> None:
    other = "The parliament voted for the budget of the coming year after a debate of nine hours that ended at dawn."
    texts = [text("b", WIRE), text("a", WIRE[: len(WIRE) * 2 // 3]), text("c", other), text("d", WIRE, "2010-12-30")]
    stories = fold(texts)
    assert [story.articles for story in stories] == [("a", "b"), ("c",), ("d",)]
    assert stories[0].shared[0] == 1.0
    assert stories_of(stories)["b"] == "a"
    assert fold(reversed(texts)) == stories


@given(st.lists(st.text(min_size=0, max_size=60), max_size=8))
def test_every_article_is_in_one_story(words: list[str]) -> None:
    stories = fold(text(str(number), each) for number, each in enumerate(words))
    assert sorted(each for story in stories for each in story.articles) == sorted(map(str, range(len(words))))


def report(event: str, **more: object) -> Told:
    day = dt.date(2010, 10, 2)
    made = Told(
        event=event, article=event, version=event, type="REQUEST", modality="actual", sources=(USA,), targets=(PAK,),
        first=day, last=day, stated=True, published=day, place=None, area=False, place_country=None, trigger="urged",
        passage="The United States urged Pakistan to reopen the Torkham crossing", order=("2010-10-02", event, 0),
    )  # fmt: skip
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "relation"),
    [
        ({}, "same"),
        ({"type": "AID"}, "different"),
        ({"modality": "negated"}, "different"),
        ({"sources": (PAK,), "targets": (USA,)}, "different"),
        ({"first": dt.date(2010, 10, 9), "last": dt.date(2010, 10, 9)}, "different"),
        ({"passage": "Washington urged Islamabad to free an engineer"}, "different"),
        ({"passage": "urged Pakistan to reopen the Torkham crossing", "targets": ()}, "same"),
    ],
)
def test_reports_are_compared_field_by_field(change: dict[str, object], relation: str) -> None:
    verdict = compare(report("a"), report("b", **change))
    assert verdict.relation == relation
    assert verdict.why
    assert compare(report("b", **change), report("a")).relation == relation


def test_a_merge_says_why_and_can_be_undone() -> None:
    told = [report("a"), report("b"), report("c", type="AID")]
    both, alone = gather(told)
    assert both.reports == ("a", "b")
    assert (both.joints[0].event, both.joints[0].joined) == ("a", "b")
    assert "same parties" in both.joints[0].why
    assert alone.reports == ("c",)
    assert len(gather(told, apart=["b"])) == 3
    assert [each.reports for each in gather(told, together=[("c", "a")])] == [("a", "b", "c")]


def test_two_events_of_one_article_are_two_happenings() -> None:
    told = [report("a", version="v"), report("b", version="v", trigger="pressed")]
    assert len(gather(told)) == 2


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_pairs_are_judged_well_enough(path: Path) -> None:
    told = KINDS["happenings"](Program(), [path])
    assert told["joined"]["f1"] >= 85


def test_there_are_enough_pairs() -> None:
    assert sum(1 for path in FOLDER.glob("*.txt") for _ in scoring.pairs(scoring.read(path))) >= 150


def test_a_broken_file_of_pairs_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text("case: x\na 2010-01-01: no trigger\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="line 2"):
        scoring.read(path)
