"""Rules and signs weighed: topics told from words, cues of the model only, acts, and the rules alone without signs."""

import dataclasses

import pytest

from communique.grounding import Grounding
from communique.records import Document, Sign
from communique.statements import find, weigh
from tests import trees
from tests.statements.test_find import ground, listener, told


def heeding(grounding: Grounding, *signs: Sign) -> Grounding:
    """The same grounding as if a model had given the signs."""
    held: Document = dataclasses.replace(grounding.document, signs=signs)
    return dataclasses.replace(grounding, document=held)


CONDEMNED = """
Doe/PROPN/NNP 2 nsubj PERSON
condemned/VERB/VBD/condemn 0 root
the/DET/DET 4 det
raid/NOUN/NN/raid 2 obj OTHER
./PUNCT/. 2 punct
"""
PROMISED = """
Doe/PROPN/NNP 2 nsubj PERSON
promised/VERB/VBD/promise 0 root
to/PART/TO 4 mark
leave/VERB/VB/leave 2 xcomp
./PUNCT/. 2 punct
"""
AGREED = PROMISED.replace("promised/VERB/VBD/promise", "agreed/VERB/VBD/agree")
HINTED = """
Doe/PROPN/NNP 2 nsubj PERSON
blustered/VERB/VBD/bluster 0 root
to/ADP/IN 4 case
reporters/NOUN/NNS/reporter 2 obl ROLE
that/SCONJ/IN 7 mark
Oslo/PROPN/NNP 7 nsubj GPE
lost/VERB/VBD/lose 2 ccomp
./PUNCT/. 2 punct
"""


@pytest.mark.parametrize(("rows", "topic"), [(CONDEMNED, True), (PROMISED, False), (AGREED, True)])
def test_without_signs_the_rules_tell_topics(rows: str, topic: bool) -> None:
    (only,) = find(ground(rows))
    assert only.topic is topic


@pytest.mark.parametrize(("says", "topic"), [(0.03, True), (0.9, False)])
def test_signs_tell_topics(says: float, topic: bool) -> None:
    (only,) = find(heeding(ground(PROMISED), Sign(1, acts={"promised": says})))
    assert only.topic is topic
    assert 0 < only.confidence < 1


def test_a_quotation_beside_its_tag_hardly_needs_the_model() -> None:
    assert weigh.likelihood(None, "tag") > 0.95
    assert weigh.likelihood(None, "object") < 0.05


def test_a_cue_that_no_lexicon_lists_is_found_by_its_sign() -> None:
    grounding = ground(HINTED)
    assert find(grounding) == ()
    sign = Sign(1, acts={"threatened": 0.8}, links={"speaker": {0: 0.9}, "addressee": {3: 0.8}})
    (only,) = find(heeding(grounding, sign))
    assert told(grounding, only) == ("Doe", "blustered", ["Oslo lost"])
    assert (only.act, only.topic, listener(grounding, only)) == ("threatened", False, "reporters")


def test_content_comes_from_the_links_where_the_tree_shows_none() -> None:
    grounding = ground(HINTED.replace("7 mark", "2 mark").replace("2 ccomp", "2 dep"))
    sign = Sign(1, acts={"asserted": 0.9}, links={"speaker": {0: 0.9}, "first": {5: 0.9}, "last": {6: 0.9}})
    (only,) = find(heeding(grounding, sign))
    assert told(grounding, only)[2] == ["Oslo lost"]


def test_links_never_reach_into_another_sentence() -> None:
    document = trees.document(
        "Doe/PROPN/NNP 2 nsubj\nspoke/VERB/VBD/speak 0 root\n--\nOslo/PROPN/NNP 2 nsubj\nlost/VERB/VBD/lose 0 root"
    )
    sign = Sign(1, acts={"asserted": 0.9}, links={"first": {2: 0.9}, "last": {3: 0.9}})
    sentence = document.sentence_of(1)
    assert weigh.stretch(sign, range(sentence.first, sentence.last), least=0.1) is None
    assert weigh.stretch(sign, range(2, 4), least=0.1) == (2, 3)


def test_a_passive_that_names_nobody_stays_without_speaker() -> None:
    grounding = ground("""
    Oslo/PROPN/NNP 3 nsubj:pass GPE
    was/AUX/VBD/be 3 aux:pass
    told/VERB/VBN/tell 0 root
    talks/NOUN/NNS/talk 5 nsubj OTHER
    failed/VERB/VBD/fail 3 ccomp
    ./PUNCT/. 3 punct
    """)
    assert find(heeding(grounding, Sign(2, acts={"asserted": 0.9}, links={"speaker": {0: 0.9}}))) == ()


@pytest.mark.parametrize(
    ("acts", "types", "act"),
    [
        ({"asserted": 0.9}, {}, "asserted"),
        ({"asserted": 0.2, "denied": 0.7}, {}, "denied"),
        ({"asserted": 0.5, "threatened": 0.3}, {"THREATEN": 0.95}, "threatened"),
        ({"denied": 0.3}, {}, "asserted"),  # hardly a cue at all: the lexicon's act stands
    ],
)
def test_the_act_is_told_by_cue_and_content(acts: dict[str, float], types: dict[str, float], act: str) -> None:
    grounding = ground("""
    Doe/PROPN/NNP 2 nsubj PERSON
    said/VERB/VBD/say 0 root
    Oslo/PROPN/NNP 5 nsubj GPE
    would/AUX/MD/would 5 aux
    pay/VERB/VB/pay 2 ccomp
    ./PUNCT/. 2 punct
    """)
    (only,) = find(heeding(grounding, Sign(1, acts=acts), Sign(4, types=types)))
    assert only.act == act


def test_a_finer_act_of_the_lexicon_stays_where_the_kinds_agree() -> None:
    grounding = ground(PROMISED.replace("promised/VERB/VBD/promise", "ordered/VERB/VBD/order"))
    (only,) = find(heeding(grounding, Sign(1, acts={"asked": 0.9})))
    assert only.act == "ordered"


def test_every_act_of_the_lexicon_has_a_kind() -> None:
    from communique.statements.lexicon import ACTS

    assert set(weigh.KIND) == ACTS
