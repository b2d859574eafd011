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


@pytest.mark.filterwarnings("default")
def test_a_pipeline_codes_its_text_as_it_stands() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("communique", config={"published": "2011-05-03"})
    doc = nlp("Peru expelled the Libyan ambassador on Monday.\n")
    assert doc.text == "Peru expelled the Libyan ambassador on Monday.\n"
    assert [(span.text, span.label_) for span in doc.spans["triggers"]] == [("expelled", "SANCTION")]
    (event,) = doc._.communique.events
    assert event.when.start == "2011-05-02"
    assert "triggers" not in nlp("  ").spans
    with pytest.raises(ValueError, match="Invalid isoformat"):
        spacy.blank("en").add_pipe("communique", config={"published": "yesterday"})
