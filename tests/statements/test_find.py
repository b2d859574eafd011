"""Statements from hand-made trees: speaker, addressee, content, form, act for the constructions of reported speech."""

import dataclasses

import pytest

from communique.grounding import Grounding
from communique.records import Actor, Mention, Span, Statement
from communique.statements import find, inside
from tests import trees


def ground(rows: str, actors: dict[str, str] | None = None, countries: dict[str, str] | None = None) -> Grounding:
    """The grounding of a hand-made document; `actors` ties mention texts to actor ids."""
    document = trees.document(rows)
    ids = {
        mention.id: (actors or {})[mention.span.of(document.text)]
        for mention in document.mentions
        if mention.span.of(document.text) in (actors or {})
    }
    known = tuple(
        Actor(each, each, (countries or {}).get(each), (), None, None, "resolved", (), "test")
        for each in sorted(set(ids.values()))
    )
    return Grounding(document, known, ids)


def told(grounding: Grounding, statement: Statement) -> tuple[str, str | None, list[str]]:
    """Speaker, cue and content of a statement in words."""
    text = grounding.document.text
    speaker = grounding.mention(statement.speaker.mention)
    assert speaker is not None
    cue = None if statement.cue is None else statement.cue.of(text)
    return speaker.span.of(text), cue, [span.of(text) for span in statement.content]


def listener(grounding: Grounding, statement: Statement) -> str | None:
    if statement.addressee is None:
        return None
    mention = grounding.mention(statement.addressee.mention)
    assert mention is not None
    return mention.span.of(grounding.document.text)


INTERRUPTED = """
“/PUNCT/`` 3 punct
We/PRON/PRP 3 nsubj PRONOUN
moved/VERB/VBD/move 0 root
,/PUNCT/, 7 punct
~”/PUNCT/'' 3 punct
Doe/PROPN/NNP 7 nsubj PERSON
told/VERB/VBD/tell 3 parataxis
reporters/NOUN/NNS/reporter 7 obj ROLE
,/PUNCT/, 7 punct
“/PUNCT/`` 12 punct
but/CCONJ/CC 12 cc
waited/VERB/VBD/wait 3 conj
~./PUNCT/. 3 punct
~”/PUNCT/'' 3 punct
"""


def test_interrupted_quotation_is_one_statement_of_two_parts() -> None:
    grounding = ground(INTERRUPTED)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "told", ["We moved", "but waited."])
    assert listener(grounding, only) == "reporters"
    assert (only.form, only.act, only.attitude) == ("direct", "asserted", False)


def test_indirect_clause_leaves_out_that_and_the_full_stop() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    warned/VERB/VBD/warn 0 root
    Oslo/PROPN/NNP 2 obj GPE
    that/SCONJ/IN 7 mark
    talks/NOUN/NNS/talk 7 nsubj OTHER
    could/AUX/MD 7 aux
    fail/VERB/VB 2 ccomp
    ./PUNCT/. 2 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "warned", ["talks could fail"])
    assert (listener(grounding, only), only.form, only.act) == ("Oslo", "indirect", "warned")


def test_mixed_content_keeps_both_marks() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    it/PRON/PRP 6 nsubj PRONOUN
    was/AUX/VBD/be 6 cop
    “/PUNCT/`` 6 punct
    unwise/ADJ/JJ 2 ccomp
    ~./PUNCT/. 2 punct
    ~”/PUNCT/'' 6 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only)[2] == ["it was “unwise.”"]
    assert only.form == "mixed"


def test_fronted_content_and_an_adding_participle() -> None:
    grounding = ground("""
    Talks/NOUN/NNS/talk 2 nsubj OTHER
    failed/VERB/VBD/fail 0 root
    ,/PUNCT/, 5 punct
    Doe/PROPN/NNP 5 nsubj PERSON
    said/VERB/VBD/say 2 parataxis
    ,/PUNCT/, 7 punct
    adding/VERB/VBG/add 5 advcl
    that/SCONJ/IN 10 mark
    envoys/NOUN/NNS/envoy 10 nsubj ROLE
    left/VERB/VBD/leave 7 ccomp
    ./PUNCT/. 2 punct
    """)
    found = [told(grounding, each) for each in find(grounding)]
    assert found == [("Doe", "said", ["Talks failed"]), ("Doe", "adding", ["envoys left"])]


def test_request_with_addressee_and_infinitive() -> None:
    grounding = ground("""
    Oslo/PROPN/NNP 3 nsubj GPE
    has/AUX/VBZ/have 3 aux
    asked/VERB/VBN/ask 0 root
    leaders/NOUN/NNS/leader 3 obj ROLE
    to/PART/TO 6 mark
    act/VERB/VB 3 xcomp
    ./PUNCT/. 3 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Oslo", "has asked", ["to act"])
    assert (listener(grounding, only), only.act) == ("leaders", "asked")


PASSIVE = """
Oslo/PROPN/NNP 2 nsubj GPE
asked/VERB/VBD/ask 0 root
Bergen/PROPN/NNP 2 obj GPE
to/PART/TO 5 mark
act/VERB/VB 2 xcomp
./PUNCT/. 2 punct
--
{told}/NOUN/NN 3 nsubj:pass ROLE
was/AUX/VBD/be 3 aux:pass
told/VERB/VBN/tell 0 root
that/SCONJ/IN 6 mark
delay/NOUN/NN 6 nsubj OTHER
hurts/VERB/VBZ/hurt 3 ccomp
./PUNCT/. 3 punct
"""


def test_passive_without_agent_speaks_for_whoever_spoke_to_the_same_party() -> None:
    grounding = ground(PASSIVE.format(told="delegation"), {"Bergen": "a1", "delegation": "a2"}, {"a1": "X", "a2": "X"})
    second = find(grounding)[1]
    assert told(grounding, second) == ("Oslo", "was told", ["delay hurts"])
    assert listener(grounding, second) == "delegation"
    assert second.confidence < find(grounding)[0].confidence


def test_passive_without_agent_or_context_is_not_emitted() -> None:
    grounding = ground(PASSIVE.format(told="delegation"), {"Bergen": "a1", "delegation": "a2"}, {"a1": "X", "a2": "Y"})
    assert len(find(grounding)) == 1


def test_according_to_reports_the_rest_of_its_clause() -> None:
    grounding = ground("""
    According/VERB/VBG/accord 3 case
    to/ADP/IN 1 fixed
    Doe/PROPN/NNP 6 obl PERSON
    ,/PUNCT/, 3 punct
    talks/NOUN/NNS/talk 6 nsubj OTHER
    failed/VERB/VBD/fail 0 root
    ./PUNCT/. 6 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "According to", ["talks failed"])


def test_noun_of_saying_with_its_owner() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 3 nmod:poss PERSON
    ~'s/PART/POS 1 case
    claim/NOUN/NN 8 nsubj OTHER
    that/SCONJ/IN 6 mark
    troops/NOUN/NNS/troop 6 nsubj GROUP
    left/VERB/VBD/leave 3 acl
    was/AUX/VBD/be 8 cop
    false/ADJ/JJ 0 root
    ./PUNCT/. 8 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "claim", ["troops left"])


def test_attitude_is_marked_apart() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 3 nsubj PERSON
    is/AUX/VBZ/be 3 cop
    confident/ADJ/JJ 0 root
    that/SCONJ/IN 6 mark
    talks/NOUN/NNS/talk 6 nsubj OTHER
    resume/VERB/VBP 3 ccomp
    ./PUNCT/. 3 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "is confident", ["talks resume"])
    assert only.attitude


@pytest.mark.parametrize("opening", ["“", '"'])
def test_scare_quotes_and_titles_are_not_speech(opening: str) -> None:
    closing = "”" if opening == "“" else '"'
    grounding = ground(f"""
    The/DET/DT 4 det
    ~{opening}/PUNCT/`` 4 punct
    safe/ADJ/JJ 4 amod
    haven/NOUN/NN 5 nsubj OTHER
    ~{closing}/PUNCT/'' 4 punct
    grew/VERB/VBD/grow 0 root
    ./PUNCT/. 6 punct
    """)
    assert find(grounding) == ()


CHAIN = """
Doe/PROPN/NNP 2 nsubj PERSON
said/VERB/VBD/say 0 root
talks/NOUN/NNS/talk 4 nsubj OTHER
failed/VERB/VBD/fail 2 ccomp
./PUNCT/. 2 punct

“/PUNCT/`` 3 punct
We/PRON/PRP 3 nsubj PRONOUN
waited/VERB/VBD/wait 0 root
~./PUNCT/. 3 punct
~”/PUNCT/'' 3 punct
he/PRON/PRP 7 nsubj PRONOUN
said/VERB/VBD/say 3 parataxis
./PUNCT/. 3 punct

“/PUNCT/`` 4 punct
They/PRON/PRP 4 nsubj PRONOUN
never/ADV/RB 4 advmod
came/VERB/VBD/come 0 root
~./PUNCT/. 4 punct
~”/PUNCT/'' 4 punct
"""


def test_he_said_and_a_bare_paragraph_go_back_to_the_person() -> None:
    grounding = ground(CHAIN, {"Doe": "a1"})
    first, second, third = find(grounding)
    assert [each.speaker.actor for each in (first, second, third)] == ["a1", "a1", "a1"]
    assert told(grounding, third)[2] == ["They never came."]
    assert third.cue is None
    assert third.confidence < second.confidence < first.confidence + 0.05


def test_inside_gives_the_innermost_statement() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    Roe/PROPN/NNP 4 nsubj PERSON
    denied/VERB/VBD/deny 2 ccomp
    the/DET/DT 6 det
    raid/NOUN/NN 4 obj EVENT
    ./PUNCT/. 2 punct
    """)
    statements = find(grounding)
    raid = _word(grounding, "raid")
    innermost = inside(statements, raid)
    assert innermost is not None
    assert told(grounding, innermost)[0] == "Roe"
    assert inside(statements, _word(grounding, "Doe")) is None


def _word(grounding: Grounding, form: str) -> Span:
    return next(word.span for word in grounding.document.words if word.form == form)


def test_turn_of_a_transcript() -> None:
    grounding = ground("""
    MINISTER/PROPN/NNP 0 root ROLE
    :/PUNCT/: 1 punct
    We/PRON/PRP 5 nsubj PRONOUN
    shall/AUX/MD 5 aux
    see/VERB/VB 1 parataxis
    ./PUNCT/. 1 punct
    """)
    (only,) = [each for each in find(grounding) if not each.attitude]
    assert told(grounding, only)[:2] == ("MINISTER", ":")


def test_a_speaker_without_a_mention_is_not_invented() -> None:
    grounding = ground(INTERRUPTED)
    document = dataclasses.replace(
        grounding.document, mentions=tuple[Mention, ...](m for m in grounding.document.mentions if m.kind != "PERSON")
    )
    assert find(Grounding(document)) == ()


def test_block_after_a_colon_in_the_next_paragraph() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    added/VERB/VBD/add 0 root
    :/PUNCT/: 2 punct

    “/PUNCT/`` 3 punct
    Nobody/PRON/NN 3 nsubj
    left/VERB/VBD/leave 0 root
    ~./PUNCT/. 3 punct
    ~”/PUNCT/'' 3 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "added", ["Nobody left."])


def test_quotation_signed_with_a_dash() -> None:
    grounding = ground("""
    “/PUNCT/`` 3 punct
    Nobody/PRON/NN 3 nsubj
    left/VERB/VBD/leave 0 root
    ~./PUNCT/. 3 punct
    ~”/PUNCT/'' 3 punct
    —/PUNCT/: 7 punct
    Doe/PROPN/NNP 3 parataxis PERSON
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "—", ["Nobody left."])


def test_quotation_that_goes_on_from_unquoted_words_is_mixed() -> None:
    grounding = ground("""
    Raids/NOUN/NNS/raid 4 nsubj EVENT
    “/PUNCT/`` 4 punct
    are/AUX/VBP/be 4 cop
    wrong/ADJ/JJ 0 root
    ,/PUNCT/, 4 punct
    ~”/PUNCT/'' 4 punct
    said/VERB/VBD/say 4 parataxis
    Doe/PROPN/NNP 7 nsubj PERSON
    ./PUNCT/. 4 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "said", ["Raids “are wrong,”"])
    assert only.form == "mixed"


def test_tag_is_read_off_the_line_where_the_tree_is_wrong() -> None:
    """Both the subject and the clause hang in the wrong places."""
    grounding = ground("""
    Talks/NOUN/NNS/talk 6 obj OTHER
    had/AUX/VBD/have 3 aux
    failed/VERB/VBN/fail 6 advcl
    ,/PUNCT/, 3 punct
    Doe/PROPN/NNP 3 nsubj PERSON
    said/VERB/VBD/say 0 root
    ./PUNCT/. 6 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "said", ["Talks had failed"])


def test_that_as_a_subject_stays_in_the_content() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    that/PRON/DT 5 nsubj
    is/AUX/VBZ/be 5 cop
    untrue/ADJ/JJ 2 ccomp
    ./PUNCT/. 2 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only)[2] == ["that is untrue"]


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 8 nsubj PERSON
    ,/PUNCT/, 4 punct
    who/PRON/WP 4 nsubj
    claimed/VERB/VBD/claim 1 acl:relcl
    talks/NOUN/NNS/talk 6 nsubj OTHER
    failed/VERB/VBD/fail 4 ccomp
    ,/PUNCT/, 4 punct
    left/VERB/VBD/leave 0 root
    ./PUNCT/. 8 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "claimed", ["talks failed"])


def test_what_i_think_inside_a_quotation_is_no_statement_of_its_own() -> None:
    grounding = ground("""
    “/PUNCT/`` 3 punct
    We/PRON/PRP 3 nsubj PRONOUN
    believe/VERB/VBP 0 root
    talks/NOUN/NNS/talk 5 nsubj OTHER
    failed/VERB/VBD/fail 3 ccomp
    ,/PUNCT/, 3 punct
    ~”/PUNCT/'' 3 punct
    Doe/PROPN/NNP 9 nsubj PERSON
    said/VERB/VBD/say 3 parataxis
    ./PUNCT/. 3 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "said", ["We believe talks failed"])


def test_adding_goes_on_with_the_speaker_even_where_the_tree_hangs_it_in_the_content() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    talks/NOUN/NNS/talk 4 nsubj OTHER
    failed/VERB/VBD/fail 2 ccomp
    ,/PUNCT/, 6 punct
    adding/VERB/VBG/add 4 advcl
    that/SCONJ/IN 9 mark
    envoys/NOUN/NNS/envoy 9 nsubj ROLE
    left/VERB/VBD/leave 6 ccomp
    ./PUNCT/. 2 punct
    """)
    found = [told(grounding, each) for each in find(grounding)]
    assert found == [("Doe", "said", ["talks failed"]), ("Doe", "adding", ["envoys left"])]


def test_one_quoted_word_before_a_british_comma_is_the_first_part() -> None:
    grounding = ground("""
    “/PUNCT/`` 2 punct
    Nobody/PRON/NN 9 nsubj
    ~”/PUNCT/'' 2 punct
    ,/PUNCT/, 9 punct
    Doe/PROPN/NNP 6 nsubj PERSON
    said/VERB/VBD/say 9 parataxis
    ,/PUNCT/, 9 punct
    “/PUNCT/`` 9 punct
    left/VERB/VBD/leave 0 root
    ~./PUNCT/. 9 punct
    ~”/PUNCT/'' 9 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only)[2] == ["Nobody", "left."]
    assert only.form == "direct"


JOINT = """
Doe/PROPN/NNP 4 nsubj PERSON
and/CCONJ/CC 3 cc
Roe/PROPN/NNP 1 conj PERSON
said/VERB/VBD/say 0 root
talks/NOUN/NNS/talk 6 nsubj OTHER
failed/VERB/VBD/fail 4 ccomp
./PUNCT/. 4 punct
"""


def test_coordinated_speakers_speak_together() -> None:
    grounding = ground(JOINT)
    (only,) = find(grounding)
    words = [grounding.mention(each.mention).span.of(grounding.document.text) for each in only.speakers]  # type: ignore[union-attr]
    assert words == ["Doe", "Roe"]


def test_the_parts_of_a_sum_speak_together() -> None:
    grounding = ground("""
    British/ADJ/JJ 4 amod NORP
    and/CCONJ/CC 3 cc
    French/ADJ/JJ 1 conj NORP
    officials/NOUN/NNS/official 5 nsubj GROUP=1:4
    said/VERB/VBD/say 0 root
    talks/NOUN/NNS/talk 7 nsubj OTHER
    failed/VERB/VBD/fail 5 ccomp
    ./PUNCT/. 5 punct
    """)
    british, french = (trees.mention(grounding.document, each).id for each in ("British", "French"))
    officials = trees.mention(grounding.document, "British and French officials").id
    (only,) = find(dataclasses.replace(grounding, parts={officials: (british, french)}))
    assert [each.mention for each in only.joint] == [british, french]


def test_a_second_subject_belongs_to_the_report() -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    it/PRON/PRP 2 nsubj PRONOUN
    was/AUX/VBD/be 5 aux
    failing/VERB/VBG/fail 2 ccomp
    ./PUNCT/. 2 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "said", ["it was failing"])


def test_a_relative_clause_after_the_speaker_is_not_said() -> None:
    grounding = ground("""
    “/PUNCT/`` 3 punct
    We/PRON/PRP 3 nsubj PRONOUN
    moved/VERB/VBD/move 0 root
    ,/PUNCT/, 3 punct
    ~”/PUNCT/'' 3 punct
    said/VERB/VBD/say 3 parataxis
    Doe/PROPN/NNP 6 nsubj PERSON
    ,/PUNCT/, 10 punct
    who/PRON/WP 10 nsubj
    led/VERB/VBD/lead 6 ccomp
    it/PRON/PRP 10 obj PRONOUN
    ./PUNCT/. 3 punct
    """)
    (only,) = find(grounding)
    assert told(grounding, only) == ("Doe", "said", ["We moved"])
