"""The lexicon as a whole: size, coverage of types and modes, examples that hold their word, decisions at borders."""

from collections import Counter

import pytest

from communique.codebook import Codebook, Frame, Predicate
from communique.codebook.forms import regular_forms


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return Codebook.load()


@pytest.fixture(scope="module")
def predicates(codebook: Codebook) -> list[Predicate]:
    return [each for found in codebook.lexicon.values() for each in found]


def test_size(predicates: list[Predicate]) -> None:
    assert len(predicates) >= 1300


def test_every_type_has_many_words(codebook: Codebook, predicates: list[Predicate]) -> None:
    told = Counter(
        kind for each in predicates for kind in {frame.type for frame in each.frames} if kind in codebook.types
    )
    assert min(told[kind] for kind in codebook.types) >= 40


def test_every_mode_is_told_or_follows_from_what_is_embedded(codebook: Codebook, predicates: list[Predicate]) -> None:
    told = {(frame.type, frame.mode) for each in predicates for frame in each.frames}
    embedded = {
        (outer, codebook.embedded(outer, inner, mode)[0])
        for outer in ("REQUEST", "REJECT", "THREATEN")
        for inner in codebook.types
        for mode in [None, *(name for kind, name in codebook.modes if kind == inner)]
    }
    missing = set(codebook.modes) - told - embedded
    # What is threatened with territory is known from the object alone, which no frame asks for yet.
    assert missing <= {("THREATEN", "territory"), ("THREATEN", "expel")}


def test_words_that_block(predicates: list[Predicate]) -> None:
    assert sum(any(frame.type == "NONE" for frame in each.frames) for each in predicates) >= 300


def test_examples_are_short_and_hold_their_word(predicates: list[Predicate]) -> None:
    shown = 0
    for each in predicates:
        for frame in each.frames:
            if not frame.example:
                continue
            shown += 1
            assert len(frame.example.split()) <= 16, frame.example
            assert frame.example.endswith(".")
    assert shown >= 1500


def test_examples_of_regular_verbs_hold_a_form_of_them(predicates: list[Predicate]) -> None:
    irregular = 0
    for each in predicates:
        for frame in each.frames:
            if frame.example and each.tag == "verb":
                words = {word.strip(".,'").lower() for word in frame.example.split()}
                irregular += words.isdisjoint({each.lemma} | regular_forms(each.lemma))
    # Irregular past forms ("struck", "left") are not made by rule.
    assert irregular <= 320


def test_most_predicates_show_an_example(predicates: list[Predicate]) -> None:
    shown = sum(any(frame.example for frame in each.frames) for each in predicates)
    assert shown / len(predicates) >= 0.75


def test_promises_turn_what_is_promised(codebook: Codebook) -> None:
    frames = [frame for each in codebook.predicates("promise", "verb") for frame in each.frames if frame.embeds]
    assert frames
    assert all(frame.embeds["RETREAT"] == "CONCEDE" and frame.embeds["ASSAULT"] == "THREATEN" for frame in frames)


def frame_for(codebook: Codebook, lemma: str, example: str, tag: str = "verb") -> Frame:
    found = [
        frame
        for each in codebook.predicates(lemma, tag)  # type: ignore[arg-type]
        for frame in each.frames
        if frame.example == example
    ]
    assert len(found) == 1, example
    return found[0]


@pytest.mark.parametrize(
    ("lemma", "example", "kind", "mode"),
    [
        ("sign", "Chile signed a treaty with Peru.", "SUPPORT", None),
        ("lift", "Brussels lifted its sanctions on Minsk.", "CONCEDE", None),
        ("lift", "The navy lifted the blockade of the island.", "RETREAT", "withdraw"),
        ("summon", "Colombo summoned the Indian ambassador.", "ACCUSE", "disapprove"),
        ("cancel", "The premier cancelled her trip to Minsk.", "REJECT", "meet"),
        ("capture", "The rebels captured the airfield.", "ASSAULT", None),
        ("suspend", "The regime suspended two newspapers.", "COERCE", "censor"),
        ("declare", "The general declared a state of emergency.", "COERCE", "martial-law"),
        ("violate", "The rebels violated the truce with the army.", "ASSAULT", None),
        ("put", "Poland put its garrison on alert.", "MOBILIZE", "troops"),
        ("call", "The union called for a strike against the ministry.", "THREATEN", "restrict"),
        ("call", "The left called for sanctions against the junta.", "ACCUSE", "disapprove"),
        ("announce", "Japan announced a grant of two million dollars for Tonga.", "AID", None),
        ("authorise", "The court authorised the extradition of the banker to Peru.", "CONCEDE", None),
        ("beat", "The striker beat the champion.", "NONE", None),
        ("strike", "The report strikes a balance.", "NONE", None),
    ],
)
def test_decisions_at_the_borders(codebook: Codebook, lemma: str, example: str, kind: str, mode: str | None) -> None:
    frame = frame_for(codebook, lemma, example)
    assert (frame.type, frame.mode) == (kind, mode)


def test_a_verb_is_found_by_its_forms(codebook: Codebook) -> None:
    assert codebook.predicates("blockad", "verb") == codebook.predicates("blockade", "verb")
    assert codebook.predicates("rebuked", "verb")
    assert codebook.predicates("nonsensical", "verb") == ()


def test_absorbed_roles_follow_from_the_conditions(codebook: Codebook) -> None:
    called_off = next(each for each in codebook.predicates("call", "verb") if each.particle == "off")
    assert called_off.frames[0].absorbs == ("object",)
    assert frame_for(codebook, "criticise", "The union criticised the governor.").absorbs == ()
