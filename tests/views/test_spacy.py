"""The article as a spaCy document: same characters, every record a span with its id."""

import pytest

from communique.views.spacy import relations
from tests.factories import BORDER, border_article


def test_participants_are_relations() -> None:
    assert relations(border_article()) == [
        ("e1", "source", "m1"),
        ("e1", "target", "m2"),
        ("e2", "source", "m5"),
        ("s1", "speaker", "m6"),
        ("s1", "addressee", "m7"),
    ]


@pytest.mark.filterwarnings("default")  # what spaCy's own packages warn of is not ours to mend
def test_records_are_spans_over_the_same_characters() -> None:
    pytest.importorskip("spacy")
    from communique.views.spacy import to_spacy

    coded = border_article()
    doc = to_spacy(coded)
    assert doc.text == BORDER
    mentions = {span.id_: span for span in doc.spans["mentions"]}
    for mention in coded.mentions:
        span = mentions[mention.id]
        assert (span.start_char, span.end_char, span.label_) == (mention.span.start, mention.span.end, mention.kind)
    triggers = {span.id_: (span.text, span.label_) for span in doc.spans["triggers"]}
    assert triggers == {"e1": ("asked", "REQUEST"), "e2": ("act", "AGREE")}
    assert [span.text for span in doc.spans["cues"]] == ["told"]
    assert doc._.communique is coded
    assert doc.user_data["relations"] == relations(coded)
