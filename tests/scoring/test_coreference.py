"""Coreference measures on small made-up chains whose values are worked out by hand."""

import pytest

from communique.reading.conllu import documents
from communique.records import Document, Mention, Span
from communique.scoring.coreference import conll, heaviest
from communique.scoring.mentions import Marked

_ROWS = [
    ("The", "DET", 2, "det"), ("envoy", "NOUN", 3, "nsubj"), ("met", "VERB", 0, "root"), ("Rossi", "PROPN", 3, "obj"),
    ("before", "SCONJ", 7, "mark"), ("he", "PRON", 7, "nsubj"), ("left", "VERB", 3, "advcl"), ("her", "PRON", 7, "obj"),
]  # fmt: skip


def _document() -> Document:
    lines = ["# newdoc id = t"]
    for number, (form, upos, head, label) in enumerate(_ROWS, 1):
        lines.append(f"{number}\t{form}\t{form}\t{upos}\t_\t_\t{head}\t{label}\t_\t_")
    return next(documents([*lines, ""]))


def _span(document: Document, first: int, last: int) -> Span:
    return document.span_of([first, last])


def _with(document: Document, *chains: tuple[str, int, int]) -> Document:
    mentions = tuple(
        Mention(f"m{number}", _span(document, first, head), "OTHER", head, chain)
        for number, (chain, first, head) in enumerate(chains, 1)
    )
    return document.with_mentions(mentions)


def _marked(document: Document) -> list[Marked]:
    """The envoy = he, Rossi = her, and one that stands alone."""
    return [
        Marked(_span(document, 0, 1), "PERSON", "1"), Marked(_span(document, 3, 3), "PERSON", "2"),
        Marked(_span(document, 5, 5), "PERSON", "1"), Marked(_span(document, 7, 7), "PERSON", "2"),
        Marked(_span(document, 6, 6), "EVENT", "3"),
    ]  # fmt: skip


def test_equal_chains_score_a_hundred() -> None:
    gold = _document()
    found = _with(gold, ("c1", 0, 1), ("c2", 3, 3), ("c1", 5, 5), ("c2", 7, 7))
    told = conll([(gold, _marked(gold), found)])
    assert {name: value for name, value in told.items() if value != 100} == {}


def test_heads_forgive_ends_and_exact_does_not() -> None:
    gold = _document()
    found = _with(gold, ("c1", 1, 1), ("c2", 3, 3), ("c1", 5, 5), ("c2", 7, 7))
    told = conll([(gold, _marked(gold), found)])
    assert told["head.conll"] == 100
    assert told["exact.muc"] == pytest.approx(50)
    assert told["exact.b3"] == pytest.approx(62.5)


def test_one_chain_for_all_is_not_precise() -> None:
    gold = _document()
    found = _with(gold, ("c1", 0, 1), ("c1", 3, 3), ("c1", 5, 5), ("c1", 7, 7))
    told = conll([(gold, _marked(gold), found)])
    assert told["exact.muc"] == pytest.approx(80)  # recall 2/2, precision 2/3
    assert told["exact.b3"] == pytest.approx(66.67)  # recall 1, precision 1/2
    assert told["exact.ceafe"] == pytest.approx(44.44, abs=0.01)  # 2/3 over two marked and one found chain


def test_the_heaviest_pairing_is_not_the_greedy_one() -> None:
    assert heaviest([[0.9, 0.8], [0.8, 0.1]]) == pytest.approx(1.6)
    assert heaviest([[0.2, 0.5, 0.1]]) == pytest.approx(0.5)
    assert heaviest([]) == 0
