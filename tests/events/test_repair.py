from communique.events.repair import repaired
from tests.trees import document


def arcs(rows: str) -> list[tuple[str, str, str]]:
    found = repaired(document(rows))
    return [(each.form, each.label, found.words[each.head].form if each.head >= 0 else "") for each in found.words]


def test_a_second_subject_is_an_object() -> None:
    found = arcs("""
    we/PRON/PRP 4 nsubj
    will/AUX/MD/will 4 aux
    be/AUX/VB 4 aux
    urging/VERB/VBG/urge 0 root
    Kabul/PROPN/NNP 4 nsubj
    to/PART/TO 7 mark
    act/VERB/VB 4 xcomp
    """)
    assert found[0] == ("we", "nsubj", "urging")
    assert found[4] == ("Kabul", "obj", "urging")


def test_who_is_asked_is_an_object_and_joined_infinitives_stay_together() -> None:
    found = arcs("""
    Rome/PROPN/NNP 2 nsubj
    asked/VERB/VBD/ask 0 root
    leaders/NOUN/NNS/leader 4 nsubj
    attending/VERB/VBG/attend 2 advcl
    to/PART/TO 6 mark
    hurry/VERB/VB 2 xcomp
    and/CCONJ/CC 8 cc
    act/VERB/VB 2 conj
    """)
    assert found[2] == ("leaders", "obj", "asked")
    assert found[3] == ("attending", "acl", "leaders")
    assert found[7] == ("act", "conj", "hurry")


def test_sound_trees_are_left_alone() -> None:
    read = document("""
    "/PUNCT/`` 2 punct
    No/INTJ/UH 4 ccomp
    "/PUNCT/'' 2 punct
    said/VERB/VBD/say 0 root
    Rome/PROPN/NNP 4 nsubj
    and/CCONJ/CC 7 cc
    left/VERB/VBD/leave 4 conj
    """)
    assert repaired(read) is read
