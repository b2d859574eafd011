"""A tiny encoder for unit tests: scores drawn from the words' forms, the same for the same window, with no model."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from communique.encoder import Labels, Scores, Token, Window

LABELS = Labels(
    upos=("NOUN", "PRON", "PROPN", "PUNCT", "VERB"),
    xpos=("NN", "PRP", "NNP", ".", "VBD"),
    deprel=("amod", "conj", "nsubj", "obj", "punct"),
    kind=("PERSON", "ORG", "LOC", "OTHER"),
)
WIDTH = 4


class FakeEncoder:
    """Scores every window of at most `limit` words with numbers that look random and are not."""

    labels = LABELS
    digest = "fake"

    def __init__(self, limit: int = 12) -> None:
        self._limit = limit

    def score(self, tokens: Sequence[Token]) -> Iterator[tuple[Window, Scores]]:
        """Windows in order, without overlap."""
        for first in range(0, len(tokens), self._limit):
            last = min(first + self._limit, len(tokens))
            nothing = np.zeros(last - first, dtype=np.int64)
            yield (
                Window(first, last, nothing, nothing, nothing),
                self._scores([each.form for each in tokens[first:last]]),
            )

    @staticmethod
    def _scores(forms: list[str]) -> Scores:
        seed = int.from_bytes(hashlib.sha256(" ".join(forms).encode("utf-8", "replace")).digest()[:4], "big")
        chance = np.random.default_rng(seed)
        count, labels, kinds = len(forms), len(LABELS.deprel), len(LABELS.kind)

        def table(*shape: int) -> np.ndarray:
            return chance.normal(size=shape).astype(np.float32)

        return Scores(
            end=table(count) - 1,
            upos=table(count, len(LABELS.upos)),
            xpos=table(count, len(LABELS.xpos)),
            arc=table(count, count + 1),
            label_head=table(count, WIDTH),
            label_dep=table(count, labels, WIDTH),
            span=table(count, count) - 1,
            kind_start=table(count, kinds),
            kind_end=table(count, kinds),
            kind_head=table(count, kinds),
            antecedent=table(count, count + 1),
            meaning=table(count, WIDTH),
        )
