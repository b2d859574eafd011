from pathlib import Path

import pytest

from communique.errors import ScoringError
from communique.records import Actor, Event, Modality, Participant, Span
from communique.scoring.events import NOBODY, Triple, read_texts, score_events, triples

ACTORS = (
    Actor("a1", "Gates", "USA", ("GOV",), None, None, "resolved", (), ""),
    Actor("a2", "Kayani", "PAK", ("MIL",), None, None, "resolved", (), ""),
    Actor("a3", "gunmen", None, (), None, None, "unresolved", (), ""),
)


def event(sources: str, targets: str, *, modality: Modality = "actual") -> Event:
    sides = [tuple(Participant(f"m{each}", f"a{each}") for each in side) for side in (sources, targets)]
    return Event("e1", "CONSULT", None, (), "040", sides[0], sides[1], Span(0, 3), "verbal-cooperation", 1.0, modality,
                 None, None, None, 0.9, (), "test")  # fmt: skip


def test_triples_of_an_event() -> None:
    assert triples([event("1", "2")], ACTORS) == [Triple("USAGOV", "CONSULT", "PAKMIL")]


def test_a_reciprocal_event_is_a_triple_a_pair_in_order_of_code() -> None:
    assert triples([event("12", "")], ACTORS) == [Triple("PAKMIL", "CONSULT", "USAGOV")]


def test_an_open_side_and_an_unknown_actor() -> None:
    assert triples([event("", "2"), event("3", "2")], ACTORS) == [Triple(NOBODY, "CONSULT", "PAKMIL")]


@pytest.mark.parametrize("modality", ["negated", "hypothetical", "alleged"])
def test_what_did_not_happen_is_no_triple(modality: Modality) -> None:
    assert triples([event("1", "2", modality=modality)], ACTORS) == []


def test_measures() -> None:
    one, other = Triple("USAGOV", "AID", "PAKGOV"), Triple("USAGOV", "CONSULT", "PAKGOV")
    scores = score_events([([one], [one, other]), ([other], []), ([], [one]), ([], [])])
    assert (scores.triple.right, scores.triple.answered, scores.triple.gold) == (1, 3, 2)
    assert (scores.triple.precision, scores.triple.recall, scores.triple.f1) == (33.33, 50.0, 40.0)
    assert scores.actors.right == 1
    assert (scores.quiet, scores.disturbed) == (2, 1)


def test_type_alone_forgives_the_actors() -> None:
    scores = score_events([([Triple("USAGOV", "AID", "PAKGOV")], [Triple("USAGOV", "AID", "AFGGOV")])])
    assert (scores.triple.f1, scores.type.f1, scores.actors.f1) == (0.0, 100.0, 0.0)


def test_reading(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"text": "Quiet.", "events": []}\n\n{"id": "b", "text": "Loud.", "published": "2010-10-21",'
                    ' "events": [{"source": "USAGOV", "type": "aid", "target": null}]}\n')  # fmt: skip
    quiet, loud = read_texts(file)
    assert (quiet.id, quiet.triples) == ("1", ())
    assert (loud.id, loud.published, loud.triples) == ("b", "2010-10-21", (Triple("USAGOV", "AID", NOBODY),))


@pytest.mark.parametrize("line", ["{", '{"text": "No events."}', '{"text": "x", "events": [{"source": "A"}]}'])
def test_a_broken_line_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(line + "\n")
    with pytest.raises(ScoringError, match=r"texts\.jsonl, line 1"):
        list(read_texts(file))


def test_no_texts() -> None:
    with pytest.raises(ScoringError):
        score_events([])
