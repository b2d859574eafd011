"""Scores of a window → sentences, tags, trees."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.encoder import Labels, Scores, Token, Window
from communique.reading.trees import tree


@dataclass(frozen=True, slots=True)
class Parse:
    """One sentence: words `first` to `last` of the document (end exclusive), and per word its tags, governor (index in
    the document, -1 for the root) and label."""

    first: int
    last: int
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


def parse(window: Window, scores: Scores, tokens: Sequence[Token], labels: Labels) -> list[Parse]:
    """The sentences of one window, in order; a sentence ends with its paragraph and with its window."""
    ends = scores.end > 0
    for place in range(len(ends)):
        index = window.first + place
        if index + 1 == window.last or tokens[index].paragraph != tokens[index + 1].paragraph:
            ends[place] = True
    found, begin = [], 0
    for end in np.flatnonzero(ends):
        found.append(parse_sentence(window, scores, begin, int(end) + 1, labels))
        begin = int(end) + 1
    return found


def parse_sentence(window: Window, scores: Scores, begin: int, end: int, labels: Labels) -> Parse:
    """The sentence over words `begin` to `end` of the window."""
    columns = [*range(begin, end), scores.arc.shape[1] - 1]
    heads = tree(scores.arc[begin:end][:, columns])
    root = heads.index(-1)
    governors = np.array([begin + (head if head >= 0 else root) for head in heads])
    best = _labels(scores.label_head[governors], scores.label_dep[begin:end])
    return Parse(
        first=window.first + begin,
        last=window.first + end,
        upos=tuple(labels.upos[each] for each in scores.upos[begin:end].argmax(1)),
        xpos=tuple(labels.xpos[each] for each in scores.xpos[begin:end].argmax(1)),
        heads=tuple(-1 if head < 0 else window.first + begin + head for head in heads),
        labels=tuple("root" if head < 0 else labels.deprel[each] for head, each in zip(heads, best, strict=True)),
    )


def _labels(heads: NDArray[np.float32], deps: NDArray[np.float32]) -> NDArray[np.intp]:
    """Best label per arc: words × H and words × labels × H → words."""
    best: NDArray[np.intp] = (deps @ heads[:, :, None])[:, :, 0].argmax(1)
    return best
