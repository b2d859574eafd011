"""Passages with the shipped model: interviews, labels that are places, tags between commas, ends of contents."""

import pytest

from communique.encoder import Encoder
from communique.grounding import Registry, ground
from communique.intake import from_text
from communique.reading import read
from communique.records import Problem
from communique.statements import find


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def said(text: str, encoder: Encoder) -> list[tuple[str, list[str]]]:
    """Speaker and contents of each statement of a text, topics left out."""
    article = from_text(text)
    assert not isinstance(article, Problem)
    grounding = ground(read(article, encoder), Registry.load())
    found = []
    for each in find(grounding):
        mention = grounding.mention(each.speaker.mention)
        assert mention is not None
        if not each.topic:
            found.append((mention.span.of(article.text), [span.of(article.text) for span in each.content]))
    return found


def test_an_interview_is_read_by_its_labels(encoder: Encoder) -> None:
    text = """Amina Sy, 44, runs the ferry at Ziguinchor.

Monthly: When did the soldiers leave? Sy: In March, with their dogs. They took the lamp too.

Monthly: The army says it paid you. Sy: Nobody paid."""
    assert [each for each in said(text, encoder) if each[0] in {"Monthly", "Sy"}] == [
        ("Monthly", ["When did the soldiers leave?"]),
        ("Sy", ["In March, with their dogs. They took the lamp too."]),
        ("Monthly", ["The army says it paid you."]),
        ("Sy", ["Nobody paid."]),
    ]


def test_a_place_before_a_colon_speaks_only_for_itself(encoder: Encoder) -> None:
    assert ("Ottawa", ["We will not pay for the pipeline"]) in said("Ottawa: We will not pay for the pipeline", encoder)
    assert not said("Ottawa: Two officers guilty of fraud", encoder)


def test_a_tag_between_commas_reports_both_sides(encoder: Encoder) -> None:
    text = "If the council kept the ruling from the gazette, several professors pointed out, it would not take effect."
    assert said(text, encoder) == [
        ("several professors", ["If the council kept the ruling from the gazette", "it would not take effect"])
    ]


def test_what_somebody_is_accused_of_is_the_content(encoder: Encoder) -> None:
    assert said("Kinshasa accused Kigali of arming the rebels, a charge that Rwanda denied.", encoder)[0] == (
        "Kinshasa",
        ["arming the rebels"],
    )
