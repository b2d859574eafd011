"""Words after the conventions of the English Universal Dependencies treebanks."""

import pytest

from communique.reading.tokens import tokenise

CASES = {
    "The Pentagon's spokesman didn't answer.": "The Pentagon 's spokesman did n't answer .",
    "Gen. Kayani met U.S. officials at 9:30 a.m. on Friday.": "Gen. Kayani met U.S. officials at 9:30 a.m. on Friday .",
    "The US-led force cannot leave before 1,500 men arrive": "The US - led force can not leave before 1,500 men arrive",
    "“We’ll stay,” O'Neill said—again…": "“ We ’ll stay , ” O'Neill said — again …",
    "Prices rose 3.5% to $40 (a record).": "Prices rose 3.5 % to $ 40 ( a record ) .",
    "See www.example.org/a?b=1, or ask press@example.org.": "See www.example.org/a?b=1 , or ask press@example.org .",
    "the 1990s and the 21st of May": "the 1990s and the 21st of May",
    "He left for Tel Aviv etc. The rest stayed.": "He left for Tel Aviv etc. The rest stayed .",
    "No. They said no.": "No. They said no .",
}


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[:25])
def test_words(text: str) -> None:
    assert " ".join(span.of(text) for span, _ in tokenise(text)) == CASES[text]


def test_paragraphs_are_counted() -> None:
    assert [paragraph for _, paragraph in tokenise("One.\n\nTwo two.\n \nThree")] == [0, 0, 1, 1, 1, 2]


def test_a_long_line_without_spaces_takes_linear_time() -> None:
    text = "a.b-" * 20_000
    assert sum(len(span) for span, _ in tokenise(text)) == len(text)
