"""Gold documents → padded batches of windows, cut anew each pass."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from communique.encoder import Cutter, Window
from communique.training.data import KINDS, Gold
from communique.training.model import Labels

IGNORE = -100
SHORTEST, LONGEST = 80, 256  # pieces; windows are cut at a random limit between the two


@dataclass(frozen=True)
class Batch:
    """Tensors over windows; shapes in brackets, B windows, P pieces, W words."""

    pieces: Tensor  # [B, P]
    shapes: Tensor  # [B, P]
    lengths: Tensor  # [B]
    positions: Tensor  # [B, W]
    words: Tensor  # [B, W] bool: a word stands here
    upos: Tensor  # [B, W]
    xpos: Tensor  # [B, W]
    ends: Tensor  # [B, W] 1 at the last word of a sentence, IGNORE where unknown
    sentence: Tensor  # [B, W] number of the sentence, -1 where unknown
    head: Tensor  # [B, W] word of the window, W for the root, IGNORE where unknown or outside
    label: Tensor  # [B, W]
    marked: Tensor  # [B] bool: every mention is marked
    spans: Tensor  # [N, 5] window, first, last, kind, head word
    referents: Tensor  # [B, W] referent of the mention headed here, -1 where none


class Numbers:
    """Label → number, for the label sets."""

    def __init__(self, labels: Labels) -> None:
        self.upos = {label: number for number, label in enumerate(labels.upos)}
        self.xpos = {label: number for number, label in enumerate(labels.xpos)}
        self.deprel = {label: number for number, label in enumerate(labels.deprel)}
        self.kind = {label: number for number, label in enumerate(KINDS)}


def windows(corpus: Sequence[Gold], cutter: Cutter, chance: random.Random | None) -> list[tuple[Gold, Window]]:
    """All windows of the corpus; with `chance`, limits are drawn per document, without, they are the longest."""
    found = []
    for gold in corpus:
        limit = chance.randint(SHORTEST, LONGEST) if chance else LONGEST
        found += [(gold, window) for window in cutter.cut(gold.tokens, limit=limit)]
    return found


def batches(
    corpus: Sequence[Gold], cutter: Cutter, numbers: Numbers, *, pieces: int, chance: random.Random | None = None
) -> Iterator[Batch]:
    """Batches of about `pieces` pieces each, windows of like length together, in random order with `chance`."""
    cut = windows(corpus, cutter, chance)
    cut.sort(key=lambda pair: len(pair[1].pieces))
    groups: list[list[tuple[Gold, Window]]] = [[]]
    for pair in cut:
        if (len(groups[-1]) + 1) * len(pair[1].pieces) > pieces and groups[-1]:
            groups.append([])
        groups[-1].append(pair)
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield _batch(group, numbers)


def _batch(group: list[tuple[Gold, Window]], numbers: Numbers) -> Batch:
    count = len(group)
    piece_count = max(len(window.pieces) for _, window in group)
    word_count = max(len(window.positions) for _, window in group)

    def table(fill: int, width: int) -> Tensor:
        return torch.full((count, width), fill, dtype=torch.long)

    pieces, shapes, positions = table(0, piece_count), table(0, piece_count), table(0, word_count)
    upos, xpos, ends = table(IGNORE, word_count), table(IGNORE, word_count), table(IGNORE, word_count)
    sentence, head, label = table(-1, word_count), table(IGNORE, word_count), table(IGNORE, word_count)
    referents = table(-1, word_count)
    spans: list[list[int]] = []
    for row, (gold, window) in enumerate(group):
        first, last, size = window.first, window.last, window.last - window.first
        pieces[row, : len(window.pieces)] = torch.from_numpy(window.pieces)
        shapes[row, : len(window.shapes)] = torch.from_numpy(window.shapes)
        positions[row, :size] = torch.from_numpy(window.positions)
        for span in gold.spans:
            if first <= span.first and span.last < last:
                inner = span.head - first if span.head >= 0 else span.last - first
                spans.append([row, span.first - first, span.last - first, numbers.kind[span.kind], inner])
                if gold.all_spans:
                    referents[row, inner] = span.referent
        if not gold.upos:
            continue
        for place, index in enumerate(range(first, last)):
            upos[row, place] = numbers.upos[gold.upos[index]]
            xpos[row, place] = numbers.xpos.get(gold.xpos[index], IGNORE)
            sentence[row, place] = gold.sentences[index]
            is_end = index + 1 == len(gold.tokens) or gold.sentences[index + 1] != gold.sentences[index]
            ends[row, place] = int(is_end)
            governor = gold.heads[index]
            if governor < 0:
                head[row, place] = word_count
            elif first <= governor < last:
                head[row, place] = governor - first
                label[row, place] = numbers.deprel.get(gold.labels[index], IGNORE)
    return Batch(
        pieces=pieces,
        shapes=shapes,
        lengths=torch.tensor([len(window.pieces) for _, window in group]),
        positions=positions,
        words=torch.arange(word_count)[None] < torch.tensor([len(window.positions) for _, window in group])[:, None],
        upos=upos,
        xpos=xpos,
        ends=ends,
        sentence=sentence,
        head=head,
        label=label,
        marked=torch.tensor([gold.all_spans for gold, _ in group]),
        spans=torch.tensor(spans, dtype=torch.long).reshape(-1, 5),
        referents=referents,
    )
