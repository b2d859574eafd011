"""Deep roles: sentence, word, role path → fillers."""

import pytest

from communique.events.syntax import Syntax
from tests.trees import document

LIGHT = frozenset({"carry_out", "make", "hold", "launch", "take"})
LIGHT_PASSIVE = frozenset({"come_under", "suffer"})

TOLD_THAT = """
delegation/NOUN/NN 3 nsubj:pass
was/AUX/VBD/be 3 aux:pass
told/VERB/VBN/tell 0 root
that/SCONJ/IN 7 mark
havens/NOUN/NNS/haven 7 nsubj
would/AUX/MD/would 7 aux
undermine/VERB/VB/undermine 3 ccomp
efforts/NOUN/NNS/effort 7 obj
"""
GIVEN_AID = """
Kabul/PROPN/NNP 3 nsubj:pass
was/AUX/VBD/be 3 aux:pass
given/VERB/VBN/give 0 root
aid/NOUN/NN 3 obj
by/ADP/IN 6 case
Rome/PROPN/NNP 3 obl:agent
"""
CALLED_FOR = """
Rome/PROPN/NNP 2 nsubj
called/VERB/VBD/call 0 root
for/SCONJ/IN 6 mark
Kabul/PROPN/NNP 6 nsubj
to/PART/TO 6 mark
act/VERB/VB/act 2 advcl
"""
CALLED_ON = """
Rome/PROPN/NNP 2 nsubj
called/VERB/VBD/call 0 root
on/ADP/IN 4 case
Kabul/PROPN/NNP 2 obl
to/PART/TO 6 mark
act/VERB/VB/act 2 xcomp
"""
WAS_ASKED = """
Kabul/PROPN/NNP 3 nsubj:pass
was/AUX/VBD/be 3 aux:pass
asked/VERB/VBN/ask 0 root
to/PART/TO 5 mark
free/VERB/VB/free 3 xcomp
him/PRON/PRP/he 5 obj
"""
PROMISED = """
Rome/PROPN/NNP 2 nsubj
promised/VERB/VBD/promise 0 root
Kabul/PROPN/NNP 2 iobj
to/PART/TO 5 mark
leave/VERB/VB/leave 2 xcomp
"""
PARTICIPLE = """
rebels/NOUN/NNS/rebel 5 nsubj
backed/VERB/VBN/back 1 acl
by/ADP/IN 4 case
Rome/PROPN/NNP 2 obl:agent
fled/VERB/VBD/flee 0 root
,/PUNCT/, 7 punct
citing/VERB/VBG/cite 5 advcl
hunger/NOUN/NN 7 obj
"""
WHOSE = """
Rome/PROPN/NNP 0 root
,/PUNCT/, 5 punct
whose/PRON/WP$ 4 nmod:poss
army/NOUN/NN 5 nsubj
attacked/VERB/VBD/attack 1 acl:relcl
Kabul/PROPN/NNP 5 obj
"""
WITH_WHOM = """
Rome/PROPN/NNP 0 root
with/ADP/IN 3 case
which/PRON/WDT 5 obl
Kabul/PROPN/NNP 5 nsubj
met/VERB/VBD/meet 1 acl:relcl
"""
ADJECTIVE = """
Rome/PROPN/NNP 3 nsubj
is/AUX/VBZ/be 3 cop
critical/ADJ/JJ 0 root
of/ADP/IN 5 case
Kabul/PROPN/NNP 3 obl
"""
LIGHT_NOUN = """
Rome/PROPN/NNP 2 nsubj
carried/VERB/VBD/carry 0 root
out/ADP/RP 2 compound:prt
raids/NOUN/NNS/raid 2 obj
and/CCONJ/CC 6 cc
attacks/NOUN/NNS/attack 4 conj
on/ADP/IN 8 case
Kabul/PROPN/NNP 2 obl
"""
UNDER_ATTACK = """
Rome/PROPN/NNP 2 nsubj
came/VERB/VBD/come 0 root
under/ADP/IN 4 case
attack/NOUN/NN 2 obl
by/ADP/IN 6 case
rebels/NOUN/NNS/rebel 4 nmod
"""
TALKS_HELD = """
talks/NOUN/NNS/talk 6 nsubj:pass
between/ADP/IN 3 case
Rome/PROPN/NNP 1 nmod
and/CCONJ/CC 5 cc
Kabul/PROPN/NNP 3 conj
held/VERB/VBN/hold 0 root
"""
LED_STRIKE = """
US/PROPN/NNP 3 obl:unmarked
-/PUNCT/HYPH 1 punct
led/VERB/VBN/lead 4 amod
strike/NOUN/NN 5 nsubj
began/VERB/VBD/begin 0 root
"""
QUOTED = """
Rome/PROPN/NNP 2 nsubj
acted/VERB/VBD/act 0 root
,/PUNCT/, 5 punct
Kabul/PROPN/NNP 5 nsubj
warned/VERB/VBD/warn 2 parataxis
"""


@pytest.mark.parametrize(
    ("rows", "word", "path", "fillers"),
    [
        (TOLD_THAT, "told", "object", ["delegation"]),
        (TOLD_THAT, "told", "recipient", ["delegation"]),
        (TOLD_THAT, "told", "subject", []),
        (TOLD_THAT, "told", "clause.object", ["efforts"]),
        (TOLD_THAT, "told", "clause.subject", ["havens"]),
        (GIVEN_AID, "given", "recipient", ["Kabul"]),
        (GIVEN_AID, "given", "object", ["aid"]),
        (GIVEN_AID, "given", "subject", ["Rome"]),
        (GIVEN_AID, "given", "to", ["Kabul"]),
        (CALLED_FOR, "called", "for", ["Kabul", "act"]),
        (CALLED_FOR, "called", "clause.subject", ["Kabul"]),
        (CALLED_ON, "act", "subject", ["Kabul"]),
        (WAS_ASKED, "free", "subject", ["Kabul"]),
        (WAS_ASKED, "asked", "clause.object", ["him"]),
        (PROMISED, "leave", "subject", ["Rome"]),
        (PROMISED, "promised", "object", ["Kabul"]),
        (PARTICIPLE, "backed", "object", ["rebels"]),
        (PARTICIPLE, "backed", "subject", ["Rome"]),
        (PARTICIPLE, "citing", "subject", ["rebels"]),
        (WHOSE, "attacked", "subject.poss", ["Rome"]),
        (WITH_WHOM, "met", "with", ["Rome"]),
        (ADJECTIVE, "critical", "subject", ["Rome"]),
        (ADJECTIVE, "critical", "of", ["Kabul"]),
        (LIGHT_NOUN, "raids", "subject", ["Rome"]),
        (LIGHT_NOUN, "attacks", "subject", ["Rome"]),
        (LIGHT_NOUN, "attacks", "on", ["Kabul"]),
        (UNDER_ATTACK, "attack", "object", ["Rome"]),
        (UNDER_ATTACK, "attack", "subject", ["rebels"]),
        (TALKS_HELD, "talks", "between", ["Rome"]),
        (LED_STRIKE, "strike", "mod", ["US", "led"]),
        (QUOTED, "warned", "clause", ["acted"]),
    ],
)
def test_roles(rows: str, word: str, path: str, fillers: list[str]) -> None:
    read = document(rows)
    syntax = Syntax(read, LIGHT, LIGHT_PASSIVE)
    (index,) = [each.index for each in read.words if each.form == word]
    assert [read.words[each].form for each in syntax.resolve(index, path)] == fillers


def test_coordination() -> None:
    read = document(TALKS_HELD)
    syntax = Syntax(read)
    assert [read.words[each].form for each in syntax.arcs.conjuncts(2)] == ["Rome", "Kabul"]


def test_a_loop_of_control_ends() -> None:
    """A tree that no grammar would give, as a parser may."""
    read = document("""
    to/PART/TO 2 mark
    go/VERB/VB 0 root
    and/CCONJ/CC 4 cc
    come/VERB/VB 2 conj
    back/VERB/VB 4 xcomp
    """)
    syntax = Syntax(read)
    assert [syntax.roles(index).get("subject") for index in range(5)] == [None] * 5
