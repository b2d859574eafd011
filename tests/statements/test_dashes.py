"""Speech that dashes open, with the shipped model: tags inside it, sentences that tell, and lists that nobody says."""

import pytest

from communique.encoder import Encoder
from communique.grounding import Registry, ground
from communique.intake import from_text
from communique.reading import read
from communique.records import Problem
from communique.statements import find

TALK = """— Come in, said the general.

— I will not, Tom Reyes answered quietly. You never asked me before.

— He asked you, she said, and you refused. He turned to the window and closed it.

The clerk looked up and cried: — Nobody leaves this room!
"""
LIST = """The ministers agreed on four points, the statement said:

— customs officers return to the bridge in May.

— the price of transit falls by a tenth.

— a commission meets twice a year.

— the border stays open.
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def said(text: str, encoder: Encoder) -> list[tuple[str, str, list[str]]]:
    """Form, speaker and contents of each statement of a text."""
    article = from_text(text)
    assert not isinstance(article, Problem)
    grounding = ground(read(article, encoder), Registry.load())
    text = grounding.document.text
    found: list[tuple[str, str, list[str]]] = []
    for each in find(grounding):
        mention = grounding.mention(each.speaker.mention)
        assert mention is not None
        found.append((each.form, mention.span.of(text), [span.of(text) for span in each.content]))
    return found


def test_dashes_open_speech_and_tags_interrupt_it(encoder: Encoder) -> None:
    assert said(TALK, encoder) == [
        ("direct", "the general", ["Come in"]),
        ("direct", "Tom Reyes", ["I will not", "You never asked me before."]),
        ("direct", "she", ["He asked you", "and you refused."]),
        ("direct", "The clerk", ["Nobody leaves this room!"]),
    ]


def test_a_list_with_dashes_is_no_speech(encoder: Encoder) -> None:
    assert not [each for each in said(LIST, encoder) if each[0] == "direct"]
