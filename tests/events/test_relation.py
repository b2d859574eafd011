import pytest

from communique.codebook import Codebook
from communique.events.relation import PRIOR, between
from communique.records import Span
from tests.events.stage import ground
from tests.events.test_coder import SHAPES


def spans(text: str, words: str) -> tuple[Span, ...]:
    return (Span(text.index(words), text.index(words) + len(words)),) if words else ()


@pytest.mark.parametrize(
    ("shape", "source", "target", "label"),
    [
        ("active", "Tehran", "rebels", "ASSAULT"),
        ("passive with an agent", "Tehran", "rebels", "ASSAULT"),
        ("relative clause, its pronoun as subject", "Karzai", "rebels", "ACCUSE"),
        ("relative clause, its pronoun as subject", "rebels", "students", "ASSAULT"),
        ("what somebody is accused of is alleged", "Paris", "Tehran", "ACCUSE"),
        ("what somebody is accused of is alleged", "Tehran", "Israel", "ASSAULT"),
        ("a promise to withdraw is a concession", "Israel", "", "AGREE"),  # the policy of CAMEO
        ("a promise of force is a threat", "Israel", "Tehran", "THREATEN"),
        ("an announced meeting is AGREE", "Obama", "Karzai", "AGREE"),
        ("a NONE frame blocks", "Karzai", "glass", PRIOR),
    ],
)
def test_between(shape: str, source: str, target: str, label: str, codebook: Codebook) -> None:
    grounding = ground(SHAPES[shape][0])
    text = grounding.document.text
    answer = between(grounding, (), codebook, source=spans(text, source), target=spans(text, target))
    assert answer.label == label
    assert answer.why


def test_the_policy_of_the_types(codebook: Codebook) -> None:
    grounding = ground(SHAPES["a promise to withdraw is a concession"][0])
    source = spans(grounding.document.text, "Israel")
    assert between(grounding, (), codebook, source=source, target=(), policy="plover").label == "CONCEDE"
