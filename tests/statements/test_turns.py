"""Turns of transcripts: labels in capitals, repeated ones, somebody unnamed; and what only looks like a label."""

from communique.statements import find
from tests.statements.test_find import ground, told

BRIEFING = """
QUESTION/NOUN/NN/question 0 root OTHER
:/PUNCT/: 1 punct
Will/AUX/MD/will 5 aux
Oslo/PROPN/NNP 5 nsubj GPE
pay/VERB/VB/pay 1 parataxis
?/PUNCT/. 1 punct
--
MS/PROPN/NNP/MS 2 compound
SANDE/PROPN/NNP/SANDE 0 root PERSON
:/PUNCT/: 2 punct
We/PRON/PRP/we 5 nsubj PRONOUN
pay/VERB/VBP/pay 2 parataxis
./PUNCT/. 2 punct
"""


def test_labels_in_capitals_open_turns_inside_a_paragraph() -> None:
    grounding = ground(BRIEFING)
    turns = [told(grounding, each) for each in find(grounding)]
    assert turns == [("QUESTION", ":", ["Will Oslo pay?"]), ("MS SANDE", ":", ["We pay."])]
    assert [each.form for each in find(grounding)] == ["direct", "direct"]


def test_a_headlines_colon_may_report_in_other_words() -> None:
    grounding = ground("""
    Sande/PROPN/NNP/Sande 0 root PERSON
    :/PUNCT/: 1 punct
    Talks/NOUN/NNS/talk 4 nsubj OTHER
    failed/VERB/VBD/fail 1 parataxis
    """)
    (only,) = find(grounding)
    assert (told(grounding, only)[0], only.form) == ("Sande", "indirect")


def test_a_single_label_in_capitals_inside_a_paragraph_is_none() -> None:
    grounding = ground("""
    Talks/NOUN/NNS/talk 2 nsubj OTHER
    failed/VERB/VBD/fail 0 root
    ./PUNCT/. 2 punct
    --
    UPDATE/NOUN/NN/update 0 root OTHER
    :/PUNCT/: 1 punct
    Talks/NOUN/NNS/talk 4 nsubj OTHER
    resumed/VERB/VBD/resume 1 parataxis
    ./PUNCT/. 1 punct
    """)
    assert find(grounding) == ()


def test_an_answer_inside_a_questioners_paragraph_is_a_turn_of_its_own() -> None:
    pair = """
    Question/NOUN/NN/question 0 root OTHER
    :/PUNCT/: 1 punct
    Why/ADV/WRB 1 parataxis
    ?/PUNCT/. 1 punct
    --
    Sande/PROPN/NNP/Sande 0 root PERSON
    :/PUNCT/: 1 punct
    Nobody/PRON/NN/nobody 4 nsubj
    asked/VERB/VBD/ask 1 parataxis
    ./PUNCT/. 1 punct
    """
    grounding = ground(pair + "\n" + pair)
    assert [told(grounding, each)[::2] for each in find(grounding)] == [
        ("Question", ["Why?"]), ("Sande", ["Nobody asked."]), ("Question", ["Why?"]), ("Sande", ["Nobody asked."]),
    ]  # fmt: skip


def test_a_place_before_a_colon_says_where_and_not_who() -> None:
    grounding = ground("""
    KABUL/PROPN/NNP/KABUL 0 root GPE
    :/PUNCT/: 1 punct
    Talks/NOUN/NNS/talk 4 nsubj OTHER
    failed/VERB/VBD/fail 1 parataxis
    ./PUNCT/. 1 punct
    """)
    assert find(grounding) == ()
