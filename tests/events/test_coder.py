"""Shapes of sentences and what must come out of them."""

from dataclasses import replace

import pytest

from communique.codebook import Codebook
from communique.events import code
from communique.records import Span, Statement
from tests.events.stage import ground, only, participant, told, with_place, with_time

SHAPES = {
    "active": (
        """
        Tehran/PROPN/NNP 2 nsubj GPE
        attacked/VERB/VBD/attack 0 root
        rebels/NOUN/NNS/rebel 2 obj GROUP
        """,
        ["Tehran > ASSAULT > rebels"],
    ),
    "passive with an agent": (
        """
        rebels/NOUN/NNS/rebel 3 nsubj:pass GROUP
        were/AUX/VBD/be 3 aux:pass
        attacked/VERB/VBN/attack 0 root
        by/ADP/IN 5 case
        Tehran/PROPN/NNP 3 obl:agent GPE
        """,
        ["Tehran > ASSAULT > rebels"],
    ),
    "passive without an agent": (
        """
        Karzai/PROPN/NNP 3 nsubj:pass PERSON
        was/AUX/VBD/be 3 aux:pass
        arrested/VERB/VBN/arrest 0 root
        """,
        ["- > COERCE > Karzai"],
    ),
    "relative clause, its pronoun as subject": (
        """
        Karzai/PROPN/NNP 2 nsubj PERSON
        condemned/VERB/VBD/condemn 0 root
        rebels/NOUN/NNS/rebel 2 obj GROUP
        who/PRON/WP 5 nsubj
        killed/VERB/VBD/kill 3 acl:relcl
        students/NOUN/NNS/student 5 obj GROUP
        """,
        ["Karzai > ACCUSE > rebels", "rebels > ASSAULT > students"],
    ),
    "relative clause without a pronoun": (
        """
        rebels/NOUN/NNS/rebel 4 nsubj GROUP
        Tehran/PROPN/NNP 3 nsubj GPE
        attacked/VERB/VBD/attack 1 acl:relcl
        fled/VERB/VBD/flee 0 root
        """,
        ["Tehran > ASSAULT > rebels"],
    ),
    "two verbs share subject and object": (
        """
        rebels/NOUN/NNS/rebel 2 nsubj GROUP
        attacked/VERB/VBD/attack 0 root
        and/CCONJ/CC 4 cc
        killed/VERB/VBD/kill 2 conj
        students/NOUN/NNS/student 4 obj GROUP
        """,
        ["rebels > ASSAULT > students"],
    ),
    "an act and its result are one": (
        """
        rebels/NOUN/NNS/rebel 2 nsubj GROUP
        attacked/VERB/VBD/attack 0 root
        Tehran/PROPN/NNP 2 obj GPE
        ,/PUNCT/, 5 punct
        killing/VERB/VBG/kill 2 advcl
        students/NOUN/NNS/student 5 obj GROUP
        """,
        ["rebels > ASSAULT > Tehran,students"],
    ),
    "verbs of different sides are two events": (
        """
        rebels/NOUN/NNS/rebel 2 nsubj GROUP
        attacked/VERB/VBD/attack 0 root
        Tehran/PROPN/NNP 2 obj GPE
        and/CCONJ/CC 5 cc
        killed/VERB/VBD/kill 2 conj
        students/NOUN/NNS/student 5 obj GROUP
        """,
        ["rebels > ASSAULT > Tehran", "rebels > ASSAULT > students"],
    ),
    "reciprocal with a list": (
        """
        Gates/PROPN/NNP 4 nsubj PERSON
        and/CCONJ/CC 3 cc
        Mullen/PROPN/NNP 1 conj PERSON
        met/VERB/VBD/meet 0 root
        Kayani/PROPN/NNP 4 obj PERSON
        """,
        ["Gates,Mullen,Kayani > CONSULT > -"],
    ),
    "noun of a light verb": (
        """
        Israel/PROPN/NNP 2 nsubj GPE
        launched/VERB/VBD/launch 0 root
        an/DET/DT 4 det
        attack/NOUN/NN 2 obj EVENT
        on/ADP/IN 6 case
        Tehran/PROPN/NNP 2 obl GPE
        """,
        ["Israel > ASSAULT > Tehran"],
    ),
    "nationality before the noun": (
        """
        The/DET/DT 3 det
        Israeli/ADJ/JJ 3 amod NORP
        attack/NOUN/NN 6 nsubj EVENT
        on/ADP/IN 5 case
        Tehran/PROPN/NNP 3 nmod GPE
        failed/VERB/VBD/fail 0 root
        """,
        ["Israeli > ASSAULT > Tehran"],
    ),
    "things act for their owners": (
        """
        Israeli/ADJ/JJ 2 amod NORP
        jets/NOUN/NNS/jet 3 nsubj WEAPON
        attacked/VERB/VBD/attack 0 root
        Tehran/PROPN/NNP 3 obj GPE
        """,
        ["Israeli > ASSAULT > Tehran"],
    ),
    "condemning an act is no second act by the speaker": (
        """
        Paris/PROPN/NNP 2 nsubj GPE
        condemned/VERB/VBD/condemn 0 root
        the/DET/DT 4 det
        attack/NOUN/NN 2 obj EVENT
        by/ADP/IN 6 case
        rebels/NOUN/NNS/rebel 4 nmod GROUP
        """,
        ["Paris > ACCUSE > rebels", "rebels > ASSAULT > -"],
    ),
    "object control": (
        """
        Obama/PROPN/NNP 2 nsubj PERSON
        asked/VERB/VBD/ask 0 root
        Israel/PROPN/NNP 2 obj GPE
        to/PART/TO 5 mark
        attack/VERB/VB/attack 2 xcomp
        Tehran/PROPN/NNP 5 obj GPE
        """,
        ["Obama > REQUEST > Israel"],
    ),
    "a promise of force is a threat": (
        """
        Israel/PROPN/NNP 2 nsubj GPE
        promised/VERB/VBD/promise 0 root
        to/PART/TO 4 mark
        attack/VERB/VB/attack 2 xcomp
        Tehran/PROPN/NNP 4 obj GPE
        """,
        ["Israel > THREATEN > Tehran"],
    ),
    "a promise to withdraw is a concession": (
        """
        Israel/PROPN/NNP 2 nsubj GPE
        promised/VERB/VBD/promise 0 root
        to/PART/TO 4 mark
        withdraw/VERB/VB/withdraw 2 xcomp
        """,
        ["Israel > CONCEDE > -"],
    ),
    "an announced meeting is AGREE": (
        """
        Obama/PROPN/NNP 3 nsubj PERSON
        will/AUX/MD/will 3 aux
        meet/VERB/VB/meet 0 root
        Karzai/PROPN/NNP 3 obj PERSON
        """,
        ["Obama,Karzai > AGREE > -"],
    ),
    "announced force is THREATEN": (
        """
        Israel/PROPN/NNP 3 nsubj GPE
        will/AUX/MD/will 3 aux
        attack/VERB/VB/attack 0 root
        Tehran/PROPN/NNP 3 obj GPE
        """,
        ["Israel > THREATEN > Tehran"],
    ),
    "force that is only scheduled is planned": (
        """
        Israel/PROPN/NNP 3 nsubj GPE
        is/AUX/VBZ/be 3 cop
        due/ADJ/JJ 0 root
        to/PART/TO 5 mark
        attack/VERB/VB/attack 3 xcomp
        Tehran/PROPN/NNP 5 obj GPE
        """,
        ["Israel > ASSAULT > Tehran planned"],
    ),
    "negation": (
        """
        Israel/PROPN/NNP 4 nsubj GPE
        did/AUX/VBD/do 4 aux
        not/PART/RB 4 advmod
        attack/VERB/VB/attack 0 root
        Tehran/PROPN/NNP 4 obj GPE
        """,
        ["Israel > ASSAULT > Tehran negated"],
    ),
    "withheld cooperation is a refusal": (
        """
        Tehran/PROPN/NNP 4 nsubj GPE
        will/AUX/MD/will 4 aux
        not/PART/RB 4 advmod
        meet/VERB/VB/meet 0 root
        Karzai/PROPN/NNP 4 obj PERSON
        """,
        ["Tehran,Karzai > REJECT > -"],
    ),
    "failing to attack is no refusal": (
        """
        Tehran/PROPN/NNP 2 nsubj GPE
        failed/VERB/VBD/fail 0 root
        to/PART/TO 4 mark
        attack/VERB/VB/attack 2 xcomp
        Israel/PROPN/NNP 4 obj GPE
        """,
        ["Tehran > ASSAULT > Israel negated"],
    ),
    "condition": (
        """
        If/SCONJ/IN 3 mark
        Israel/PROPN/NNP 3 nsubj GPE
        attacks/VERB/VBZ/attack 6 advcl
        Tehran/PROPN/NNP 3 obj GPE
        Karzai/PROPN/NNP 6 nsubj PERSON
        speaks/VERB/VBZ/speak 0 root
        """,
        ["Israel > ASSAULT > Tehran hypothetical"],
    ),
    "what somebody is accused of is alleged": (
        """
        Paris/PROPN/NNP 2 nsubj GPE
        accused/VERB/VBD/accuse 0 root
        Tehran/PROPN/NNP 2 obj GPE
        of/SCONJ/IN 5 mark
        attacking/VERB/VBG/attack 2 advcl
        Israel/PROPN/NNP 5 obj GPE
        """,
        ["Paris > ACCUSE > Tehran", "Tehran > ASSAULT > Israel alleged"],
    ),
    "who reports is no source": (
        """
        Tehran/PROPN/NNP 2 nsubj GPE
        attacked/VERB/VBD/attack 0 root
        rebels/NOUN/NNS/rebel 2 obj GROUP
        ,/PUNCT/, 6 punct
        officials/NOUN/NNS/official 6 nsubj ROLE
        said/VERB/VBD/say 2 parataxis
        """,
        ["Tehran > ASSAULT > rebels"],
    ),
    "a particle makes another predicate, which tells of its noun too": (
        """
        Tehran/PROPN/NNP 2 nsubj GPE
        called/VERB/VBD/call 0 root
        off/ADP/RP 2 compound:prt
        the/DET/DT 5 det
        talks/NOUN/NNS/talk 2 obj EVENT
        with/ADP/IN 7 case
        Paris/PROPN/NNP 5 nmod GPE
        """,
        ["Tehran > REJECT > Paris"],
    ),
    "a NONE frame blocks": (
        """
        Karzai/PROPN/NNP 2 nsubj PERSON
        withdrew/VERB/VBD/withdraw 0 root
        the/DET/DT 4 det
        glass/NOUN/NN 2 obj OTHER
        """,
        [],
    ),
    "nobody acts upon himself": (
        """
        Tehran/PROPN/NNP 2 nsubj GPE
        attacked/VERB/VBD/attack 0 root
        Tehran/PROPN/NNP 2 obj GPE
        """,
        ["Tehran > ASSAULT > -"],
    ),
    "nobody able to act, no event": (
        """
        wolves/NOUN/NNS/wolf 2 nsubj OTHER
        attacked/VERB/VBD/attack 0 root
        sheep/NOUN/NNS/sheep 2 obj OTHER
        """,
        [],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str, codebook: Codebook) -> None:
    rows, expected = SHAPES[shape]
    assert told(ground(rows), codebook) == expected


MEETING = """
Gates/PROPN/NNP 2 nsubj PERSON
met/VERB/VBD/meet 0 root
Kayani/PROPN/NNP 2 obj PERSON
in/ADP/IN 5 case
Paris/PROPN/NNP 2 obl GPE
on/ADP/IN 7 case
Tuesday/PROPN/NNP 2 obl DATE
./PUNCT/. 2 punct
"""


def test_time_and_place_hang_on_the_trigger(codebook: Codebook) -> None:
    grounding = with_place(with_time(ground(MEETING), "Tuesday", "2010-10-19", "2010-10-19"), "Paris", "FRA")
    event = only(grounding, codebook)
    assert event.when is not None
    assert (event.when.start, event.when.basis) == ("2010-10-19", "stated")
    assert event.where is not None
    assert event.where.name == "Paris"
    fields = {each.field: each.span.of(grounding.document.text) for each in event.evidence}
    assert fields == {"trigger": "met", "source": "Kayani", "when": "Tuesday", "where": "Paris"}
    assert [each.actor for each in event.sources] == ["a0", "a1"]
    assert not event.historical


def test_the_article_dates_an_event_without_a_time(codebook: Codebook) -> None:
    event = only(ground(SHAPES["active"][0]), codebook)
    assert event.when is not None
    assert (event.when.start, event.when.basis, event.when.evidence) == ("2010-10-21", "document", None)


def test_no_date_at_all(codebook: Codebook) -> None:
    assert only(ground(SHAPES["active"][0], published=None), codebook).when is None


def test_an_old_time_makes_history(codebook: Codebook) -> None:
    grounding = with_time(ground(MEETING), "Tuesday", "1999-03-02", "1999-03-02")
    assert only(grounding, codebook).historical


def test_a_background_noun_is_not_dated_by_the_article(codebook: Codebook) -> None:
    event = only(ground(SHAPES["nationality before the noun"][0]), codebook)
    assert event.when is None


def test_quad_goldstein_and_code_come_from_the_tables(codebook: Codebook) -> None:
    event = only(ground(SHAPES["active"][0]), codebook)
    assert (event.quad, event.cameo) == ("material-conflict", codebook.cameo_of("ASSAULT"))
    assert event.goldstein == codebook.goldstein(event.cameo or "")


def test_we_in_a_quotation_is_its_speaker(codebook: Codebook) -> None:
    grounding = ground("""
    Gates/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    :/PUNCT/: 2 punct
    we/PRON/PRP 5 nsubj PRONOUN
    attacked/VERB/VBD/attack 2 ccomp
    rebels/NOUN/NNS/rebel 5 obj GROUP
    """)
    text = grounding.document.text
    statement = Statement(
        "s1", "direct", participant(grounding, "Gates"), None, Span(6, 10), (Span(text.index("we"), len(text)),), 0.9
    )
    assert told(grounding, codebook, (statement,)) == ["Gates > ASSAULT > rebels"]
    event = only(grounding, codebook, (statement,))
    assert event.statement == "s1"
    assert grounding.mention(event.sources[0].mention).span.of(text) == "we"  # type: ignore[union-attr]


TWICE = """
Gates/PROPN/NNP 2 nsubj PERSON
met/VERB/VBD/meet 0 root
Kayani/PROPN/NNP 2 obj PERSON
./PUNCT/. 2 punct
--
The/DET/DT 2 det
meeting/NOUN/NN 3 nsubj EVENT
lasted/VERB/VBD/last 0 root
./PUNCT/. 3 punct
--
Kayani/PROPN/NNP 2 nsubj PERSON
met/VERB/VBD/meet 0 root
Gates/PROPN/NNP 2 obj PERSON
./PUNCT/. 2 punct
"""


def test_one_event_told_three_times(codebook: Codebook) -> None:
    grounding = ground(TWICE)
    event = only(grounding, codebook)
    text = grounding.document.text
    assert [each.span.of(text) for each in event.evidence if each.field == "trigger"] == ["met", "meeting", "met"]


def test_different_times_are_different_events(codebook: Codebook) -> None:
    rows = TWICE.replace("./PUNCT/. 3 punct\n--\n", "./PUNCT/. 3 punct\n\n")
    rows = rows.replace(
        "Kayani/PROPN/NNP 2 obj PERSON\n", "Kayani/PROPN/NNP 2 obj PERSON\nMonday/PROPN/NNP 2 obl DATE\n"
    )
    rows = rows.replace("Gates/PROPN/NNP 2 obj PERSON\n", "Gates/PROPN/NNP 2 obj PERSON\nFriday/PROPN/NNP 2 obl DATE\n")
    grounding = ground(rows)
    grounding = with_time(
        with_time(grounding, "Monday", "2010-10-18", "2010-10-18"), "Friday", "2010-10-15", "2010-10-15"
    )
    assert len(code(grounding, (), codebook)) == 2


def test_ids_count_in_order_of_trigger(codebook: Codebook) -> None:
    events = code(ground(SHAPES["relative clause, its pronoun as subject"][0]), (), codebook)
    assert [each.id for each in events] == ["e1", "e2"]
    assert events[0].trigger < events[1].trigger


def test_the_same_input_gives_the_same_events(codebook: Codebook) -> None:
    assert code(ground(TWICE), (), codebook) == code(ground(TWICE), (), codebook)


MUST = """
Tehran/PROPN/NNP 3 nsubj GPE
must/AUX/MD 3 aux
attack/VERB/VB/attack 6 ccomp
rebels/NOUN/NNS/rebel 3 obj GROUP
Gates/PROPN/NNP 6 nsubj PERSON
said/VERB/VBD/say 0 root
"""


def test_must_in_a_statement_is_a_demand(codebook: Codebook) -> None:
    grounding = ground(MUST)
    said = Statement("s1", "indirect", participant(grounding, "Gates"), None, None, (Span(0, 26),), 0.9)
    assert told(grounding, codebook, (said,)) == ["Gates > REQUEST > Tehran"]
    event = only(grounding, codebook, (said,))
    assert event.trigger.of(grounding.document.text) == "attack"


def test_must_of_the_writer_asks_nobody(codebook: Codebook) -> None:
    assert told(ground(MUST), codebook) == ["Tehran > ASSAULT > rebels hypothetical"]


def test_what_is_left_to_do_is_asked_of_the_last_actor_named(codebook: Codebook) -> None:
    grounding = ground("""
    Gates/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    Tehran/PROPN/NNP 4 nsubj GPE
    helped/VERB/VBD/help 2 ccomp
    but/CCONJ/CC 7 cc
    more/ADJ/JJR 7 nsubj
    needs/VERB/VBZ/need 4 conj
    to/PART/TO 10 mark
    be/AUX/VB 10 aux:pass
    done/VERB/VBN/do 7 xcomp
    """)
    end = len(grounding.document.text)
    said = Statement("s1", "indirect", participant(grounding, "Gates"), None, None, (Span(11, end),), 0.9)
    assert told(grounding, codebook, (said,)) == ["Gates > REQUEST > Tehran"]


def test_a_model_that_sees_nothing_is_heard_and_no_model_is_not(codebook: Codebook) -> None:
    alone = ground(SHAPES["active"][0])
    heard = replace(alone, document=replace(alone.document, signs=()))
    assert told(alone, codebook) == ["Tehran > ASSAULT > rebels"]
    assert told(heard, codebook) == []
