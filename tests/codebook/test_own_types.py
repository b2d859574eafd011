"""Own types at work: found in new sentences, coded as events with reasons, left out where others replace them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from communique.codebook import Codebook
from communique.encoder import Encoder
from communique.events.own import OwnHead, _Rows, advice, fit
from communique.grounding import Registry
from communique.pipeline import Coder
from communique.reading import read
from communique.records import Article, CodedArticle, Document
from tests.codebook.conftest import fit_once
from tests.fake_encoder import FakeEncoder

HERE = Path(__file__).parent / "own"
# The model of the day on which this was written reaches 0.86 and 0.83 (docs/codebook.md).
FLOOR, FRESH_FLOOR = 0.78, 0.76
TEXT = (
    "Bailiffs evicted nine families from a block in Lublin on Monday. Police may evict forty more, the mayor said. "
    "The Polish president met the German chancellor in Warsaw."
)


def document(text: str, encoder: Encoder) -> Document:
    return read(Article(id="a", version="a", text=text), encoder, vectors=True)


def held_out(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, sentence = line.split("\t")
            yield kind, sentence


def f1(head: OwnHead, path: Path, encoder: Encoder) -> float:
    """Macro-F1 over types: a sentence is found if a word of it tells of its type."""
    right, found, there = (dict.fromkeys(head.names, 0) for _ in range(3))
    for kind, sentence in held_out(path):
        told = {each.type for each in head.find(document(sentence.replace("*", ""), encoder)).values()}
        for name in head.names:
            right[name] += name == kind and name in told
            found[name] += name in told
            there[name] += name == kind
    return sum(2 * right[name] / (found[name] + there[name]) for name in head.names) / len(head.names)


def test_new_sentences_are_told_apart(head: OwnHead, encoder: Encoder) -> None:
    assert f1(head, HERE / "held-out.txt", encoder) >= FLOOR


def test_types_on_which_nothing_was_set(encoder: Encoder) -> None:
    codebook = Codebook.load(HERE / "fresh.yaml")
    assert codebook.own is not None
    fresh = fit_once(codebook.own, encoder, ours=codebook.shown())
    assert f1(fresh, HERE / "fresh.txt", encoder) >= FRESH_FLOOR


def test_held_out_sentences_are_none_of_the_examples(four: Codebook) -> None:
    assert four.own is not None
    known = {sentence.shown for _, _, sentence in four.own.sentences()}
    sentences = [sentence for _, sentence in held_out(HERE / "held-out.txt")]
    assert len(sentences) == len(set(sentences)) == 120
    assert known.isdisjoint(sentences)


def test_one_trial_for_each_sentence(head: OwnHead, four: Codebook) -> None:
    assert four.own is not None
    expected = [(kind.name, tells, sentence) for kind, tells, sentence in four.own.sentences()]
    assert [(each.type, each.tells, each.sentence) for each in head.trials] == expected
    assert all(0 <= each.probability <= 1 for each in head.trials)
    assert sum(each.right for each in head.trials) > len(head.trials) / 2


def test_advice_names_lines_of_the_file(head: OwnHead) -> None:
    lines = {each.sentence.line for each in head.trials}
    assert all(line in lines and text for line, text in advice(head))


def coded(codebook: Codebook, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> CodedArticle:
    monkeypatch.setattr("communique.events.own.fit", fit_once)
    coder = Coder(encoder, Registry.load(), codebook)
    return coder.code(Article(id="a", version="a", text=TEXT, language="en"))


def test_events_of_own_types(four: Codebook, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    found = coded(four, encoder, monkeypatch)
    first = next(event for event in found.events if str(event.type) == "EVICTION")
    assert first.trigger.of(TEXT) == "evicted"
    assert (first.cameo, first.goldstein, first.quad, first.mode) == ("1711", -6.0, "material-conflict", None)
    assert "nearest to the example “" in first.why
    assert "evict" in first.why
    assert {each.field for each in first.evidence} >= {"trigger", "source", "target"}
    assert 0.5 <= first.confidence <= 1
    assert any(event.type == "CONSULT" for event in found.events)


def test_replaced_types_are_not_coded(four: Codebook, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert four.own is not None
    alone = replace(four, own=replace(four.own, replaced=frozenset(Codebook.load().types)))
    assert {event.type for event in coded(alone, encoder, monkeypatch).events} == {"EVICTION"}


def test_without_own_types_nothing_is_kept_of_words(encoder: Encoder) -> None:
    plain = read(Article(id="a", version="a", text=TEXT), encoder)
    assert len(plain.vectors) == 0
    assert len(document(TEXT, encoder).vectors) % len(plain.words) == 0
    assert document(TEXT, encoder) == plain


def small(four: Codebook) -> Codebook:
    assert four.own is not None
    return four.with_own(replace(four.own, types=four.own.types[:2], background=("The mayor met a bishop in Lublin.",)))


def test_the_same_file_gives_the_same_head(four: Codebook) -> None:
    own = small(four).own
    assert own is not None
    one, other = (fit(own, FakeEncoder(), ours=["Norway met the rebels."]) for _ in range(2))
    assert one.trials == other.trials
    assert np.array_equal(one._weights, other._weights)


def test_leave_one_out_is_what_a_fit_without_the_sentence_gives(four: Codebook) -> None:
    from communique.events import own as module

    own = small(four).own
    assert own is not None
    rows = _Rows(own, FakeEncoder(), ["Norway met the rebels."])
    _, left_out = module._fit(rows)
    block = rows.block[0]
    rest, out = rows.block != block, rows.block == block
    root = np.sqrt(rows.weight[rest])[:, None]
    table = np.c_[rows.table, np.ones(len(rows.table))]
    ridge = np.diag([module._RIDGE] * rows.table.shape[1] + [0.0])
    scaled = table[rest] * root
    weights = np.linalg.solve(scaled.T @ scaled + ridge, scaled.T @ (rows.target[rest] * root))
    assert np.allclose(left_out[out], table[out] @ weights)
