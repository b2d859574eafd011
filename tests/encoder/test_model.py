"""The shipped model: intact, and the same numbers whatever came before."""

from pathlib import Path

import numpy as np
import pytest

from communique.encoder import Encoder, Token
from communique.encoder.model import DATA, FILES
from communique.errors import ModelError

WORDS = [
    *["The", "Pakistani", "delegation", "was", "told", "that", "the", "havens", "would", "undermine", "the", "effort"],
    ".",
]


def tokens(words: list[str]) -> list[Token]:
    return [Token(word, word == ".", 0) for word in words]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_scores_have_their_shapes(encoder: Encoder) -> None:
    ((window, scores),) = encoder.score(tokens(WORDS))
    count = len(WORDS)
    assert (window.first, window.last) == (0, count)
    assert scores.arc.shape == (count, count + 1)
    assert scores.span.shape == (count, count)
    assert scores.upos.shape == (count, len(encoder.labels.upos))
    assert scores.label_dep.shape[:2] == (count, len(encoder.labels.deprel))


def test_a_window_is_scored_alike_alone_and_among_others(encoder: Encoder) -> None:
    long = [Token(word, False, number) for number in range(40) for word in WORDS]
    windows = list(encoder.score(long))
    assert len(windows) > 1
    for window, scores in reversed(windows):
        again = encoder.run(window)
        assert all(np.array_equal(getattr(scores, name), getattr(again, name)) for name in ("arc", "span", "upos"))


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    for name in (*FILES, "digests.json"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    data = bytearray((tmp_path / "reader.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "reader.onnx").write_bytes(data)
    with pytest.raises(ModelError, match=r"reader\.onnx is not the file"):
        Encoder.load(tmp_path)


def test_a_missing_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        Encoder.load(tmp_path)
