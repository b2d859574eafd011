"""Lemmas of regular and irregular forms, seen in training or not."""

import pytest

from communique.reading.lemmas import lemma

CASES = [
    ("evacuated", "VERB", "VBD", "evacuate"), ("fled", "VERB", "VBD", "flee"), ("withdrawn", "VERB", "VBN", "withdraw"),
    ("Expelled", "VERB", "VBN", "expel"), ("visiting", "VERB", "VBG", "visit"), ("denies", "VERB", "VBZ", "deny"),
    ("sanctions", "NOUN", "NNS", "sanction"), ("spokesmen", "NOUN", "NNS", "spokesman"), ("was", "AUX", "VBD", "be"),
    ("Kayani", "PROPN", "NNP", "Kayani"), ("worse", "ADJ", "JJR", "bad"), ("crises", "NOUN", "NNS", "crisis"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "upos", "xpos", "expected"), CASES, ids=[case[0] for case in CASES])
def test_lemma(form: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(form, upos, xpos) == expected
