"""Signs: what the heads of acts say, word by word, and nothing where they say nothing."""

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from communique.encoder import ActScores, Labels, Scores, Window
from communique.reading import signs
from communique.records import Sign

LABELS = Labels(
    upos=(), xpos=(), deprel=(), kind=(),
    act_type=("", "ASSAULT", "CONSULT"), act_label=("ASSAULT", "CONSULT"), act_mode=("", "ASSAULT/aerial"),
    act_context=("military",), act_modality=("actual", "planned"), act_cue=("", "asserted"),
    act_link=("source", "target"),
)  # fmt: skip
SURE, NOT = 8.0, -8.0


def scores(words: int, *, trigger: int, source: int) -> Scores:
    """Scores of a window in which one word is surely an air raid by another."""

    def flat(*shape: int, value: float = 0.0) -> NDArray[np.float32]:
        return np.full(shape, value, dtype=np.float32)

    kinds = flat(words, 3)
    kinds[:, 0] = SURE
    kinds[trigger] = (NOT, SURE, NOT)
    cue = flat(words, 2)
    cue[:, 0] = SURE
    link = flat(2, words, words, value=NOT)
    link[0, trigger, source] = SURE
    mode = flat(words, 2)
    mode[trigger] = (NOT, SURE)
    acts = ActScores(
        type=kinds, label=flat(words, 2), mode=mode, context=flat(words, 1, value=NOT), modality=flat(words, 2),
        past=flat(words, 1, value=NOT), cue=cue, attitude=flat(words, 1), link=link,
        act=flat(words, 4),
    )  # fmt: skip
    return unread(acts)


def unread(acts: ActScores | None) -> Scores:
    """Scores without a parse, which signs do not look at."""
    empty = np.zeros(0, dtype=np.float32)
    return Scores(
        end=empty, upos=empty, xpos=empty, arc=empty, label_head=empty, label_dep=empty, span=empty, kind_start=empty,
        kind_end=empty, kind_head=empty, antecedent=empty, meaning=empty, acts=acts,
    )  # fmt: skip


def window(first: int, words: int) -> Window:
    nothing = np.zeros(words, dtype=np.int64)
    return Window(first, first + words, nothing, nothing, nothing)


def found(first: int, words: int, *, trigger: int, source: int) -> list[Sign]:
    acts = scores(words, trigger=trigger, source=source).acts
    assert acts is not None
    return list(signs.find(window(first, words), acts, LABELS))


def test_only_the_word_that_tells_has_a_sign() -> None:
    (sign,) = found(10, 5, trigger=2, source=0)
    assert sign.word == 12
    assert sign.types == pytest.approx({"ASSAULT": 1.0}, abs=0.01)
    assert sign.tells == pytest.approx(1.0, abs=0.01)
    assert sign.modes == pytest.approx({"ASSAULT/aerial": 1.0}, abs=0.01)
    assert sign.contexts == {}
    assert sign.says == 0.0


def test_links_point_into_the_document() -> None:
    (sign,) = found(10, 5, trigger=2, source=0)
    assert sign.link("source", 10) == pytest.approx(1.0, abs=0.01)
    assert sign.link("target", 10) == 0.0
    assert "target" not in sign.links


def test_what_mentions_are_found_from_stays_and_nothing_else() -> None:
    full = np.ones((3, 3), dtype=np.float32)
    kept = dataclasses.replace(unread(scores(3, trigger=0, source=1).acts), span=full, arc=full).for_mentions()
    assert kept.span is full
    assert kept.arc.size == 0
    assert kept.acts is None
