"""Near-duplicates: pairs by shared runs, updates apart from copies, and the way from a copy to the kept text."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cli.score import KINDS, Program
from communique.errors import ScoringError
from communique.ledger.copies import Text, fold, near
from communique.ledger.passages import passages
from communique.ledger.runs import NEXT, runs
from communique.scoring import duplicates
from communique.scoring.duplicates import rand_index

SENTENCES = (
    "The two governments agreed on Tuesday to open the northern crossing to lorries for six hours a day.",
    "A joint board will count the vehicles and hear complaints of the drivers every second week.",
    "The foreign minister called it a first step and thanked the envoy for eleven months of work.",
    "Her colleague warned that shots across the river would end the arrangement at once.",
    "Traders in both towns had asked for it since the bridge was closed in the spring of last year.",
    "Prices of flour and fuel doubled there in the weeks that followed, according to the market office.",
)
NEWS = (
    "On Friday the board stopped the traffic after a mortar round had struck the customs house, "
    "and the minister summoned the ambassador to demand an explanation within two days from his government.",
)


def made(number: int) -> str:
    chance = random.Random(number)
    return " ".join(f"w{chance.randrange(9000)}" for _ in range(120))


def text(name: str, words: str, day: int = 1) -> Text:
    return Text(name, dt.date(2010, 9, day), f"2010-09-{day:02}", words)


def test_a_short_copy_is_found_in_a_text_many_times_as_long() -> None:
    long = " ".join(made(number) for number in range(40))
    short = " ".join(long.split()[2000:2040])
    ((pair, kin),) = near([made(99), long, made(98), short])
    assert (pair.first, pair.second, kin) == (1, 3, "contained")
    assert pair.containment == 1.0
    assert pair.likeness < 0.01


def test_case_and_punctuation_make_no_other_run() -> None:
    assert runs("Talks, held in Oslo, ended.").tolist() == runs("talks held in OSLO — ended!").tolist()
    assert runs("Talks held in Oslo").tolist() == []
    assert runs("one two three four five").tolist() != runs("five four three two one").tolist()


def test_a_line_of_one_outlet_makes_no_copies() -> None:
    line = "Sign up for our letter and have the news of the day in your inbox."
    assert near([f"{made(number)} {line}" for number in range(3 * NEXT)]) == ()


def test_more_copies_than_are_compared_are_one_story() -> None:
    whole = made(1)
    texts = [text(f"{number:03}", f"{whole} outlet{number}") for number in range(4 * NEXT)]
    assert len(fold(texts)) == 1
    assert fold(reversed(texts)) == fold(texts)


def test_updates_are_told_from_copies() -> None:
    wire = " ".join(SENTENCES)
    cut, updated = " ".join(SENTENCES[:4]), " ".join((*NEWS, *SENTENCES))
    touched = wire.replace("Tuesday", "Monday").replace("called it", "named it")
    (story,) = fold([text("a", wire), text("b", cut, 2), text("c", updated, 4), text("d", touched, 2),
                     text("e", updated + " Adds.", 5)])  # fmt: skip
    assert story.articles == ("a", "b", "d", "c", "e")
    assert story.updates == ("c",)


def test_passages_of_a_changed_copy() -> None:
    kept = "\n\n".join(SENTENCES)
    copy = "\n\n".join((SENTENCES[4], NEWS[0], *SENTENCES[:2]))
    found = passages(copy, kept)
    assert [copy[each.start : each.end].strip() for each in found] == [SENTENCES[4], "\n\n".join(SENTENCES[:2])]


@given(st.lists(st.sampled_from([*SENTENCES, *NEWS]), max_size=5), st.lists(st.sampled_from(SENTENCES), max_size=5))
def test_passages_are_the_same_characters_and_never_overlap(one: list[str], other: list[str]) -> None:
    copy, kept = " ".join(one), "\n".join(other)
    end = 0
    for each in passages(copy, kept):
        assert end <= each.start < each.end
        assert copy[each.start : each.end] == kept[each.kept_start : each.kept_end]
        end = each.end
    if one == other[:1]:
        assert end == len(copy)


def test_rand_index() -> None:
    assert rand_index("aabbc", "xxyyz") == 1.0
    assert rand_index("aaaa", "abcd") == 0.0
    assert rand_index("aabb", "abab") < 0


def test_scores_of_pairs_and_stories() -> None:
    rows = [{"id": "1", "text": "x"}, {"id": "2", "text": "y"}, {"id": "3", "text": "z", "dct": "2010-09-01"},
            {"a": "1", "b": "2", "band": "copy"}, {"a": "2", "b": "3", "band": "partial"}]  # fmt: skip
    gold = duplicates.read([("here", row) for row in rows])
    told = duplicates.score(
        gold, {frozenset("12"): "contained", frozenset("13"): "copy"}, {"1": "s", "2": "s", "3": "t"}
    )
    assert told["copies"] == {"gold": 1, "found": 2, "precision": 50.0, "recall": 100.0, "f1": 66.67}
    assert told["with_partial"]["f1"] == 50.0
    assert told["bands_right"] == 0.0
    assert told["stories_ari"] == 100.0


@pytest.mark.parametrize("row", [{"a": "1", "b": "9", "band": "copy"}, {"a": "1", "b": "2", "band": "alike"}, {}, []])
def test_bad_rows_are_told(row: object) -> None:
    rows = [("here", {"id": "1", "text": "x"}), ("here", {"id": "2", "text": "y"}), ("there", row)]
    with pytest.raises(ScoringError, match="there"):
        duplicates.read(rows)  # type: ignore[arg-type]


def test_the_program_is_scored_on_files() -> None:
    program = Program()
    folder = Path(__file__).parent / "copies"
    told = KINDS["duplicates"](program, sorted(folder.glob("*.jsonl")))
    assert told["copies"]["f1"] == told["with_partial"]["f1"] == told["stories_ari"] == 100.0
    assert not vars(program)
