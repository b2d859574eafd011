"""The network: a small BERT encoder with shapes, and one light head per layer of the reading.

All heads read word vectors (the vector of a word's first piece) of the same pass. Arcs, mentions and antecedents are
biaffine products after Dozat and Manning (2017): a table of scores between words of one window.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from communique.encoder.windows import SHAPES

ARC, LABEL, SPAN, LINK = 256, 96, 128, 128  # widths of the heads' projections


@dataclass(frozen=True)
class Labels:
    """The label sets of the heads, in the order of their scores."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    kind: tuple[str, ...]


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = nn.Linear(size, size), nn.Linear(size, size), nn.Linear(size, size)
        self.output = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.inner, self.outer = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`hidden`: batch × pieces × size; `mask`: batch × 1 × 1 × pieces, added to the attention scores."""
        batch, length, size = hidden.shape
        width = size // self.heads

        def split(tensor: Tensor) -> Tensor:
            return tensor.view(batch, length, self.heads, width).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        scores = query @ key.transpose(-1, -2) / math.sqrt(width) + mask
        context = (torch.softmax(scores, dim=-1) @ value).transpose(1, 2).reshape(batch, length, size)
        hidden = self.norm1(hidden + self.dropout(self.output(context)))
        inner = nn.functional.gelu(self.inner(hidden))
        out: Tensor = self.norm2(hidden + self.dropout(self.outer(inner)))
        return out


def mask_of(lengths: Tensor | None, most: int, device: torch.device) -> Tensor:
    """What is added to the attention scores of windows with `lengths` pieces out of `most` (None: all)."""
    if lengths is None:
        return torch.zeros(1, 1, 1, 1)
    places = torch.arange(most, device=device)
    return torch.where(places[None] < lengths[:, None], 0.0, -1e4)[:, None, None, :]


class Biaffine(nn.Module):
    """Scores between every pair of words: left × U × right + bias of the right word."""

    def __init__(self, size: int, width: int, dropout: float) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(size, width), nn.Linear(size, width)
        self.weight = nn.Parameter(torch.zeros(width, width))
        self.bias = nn.Linear(width, 1)
        self.dropout = nn.Dropout(dropout)
        nn.init.xavier_uniform_(self.weight)

    def forward(self, words: Tensor) -> Tensor:
        """batch × words × size → batch × words × words (row: left, column: right)."""
        left = self.dropout(nn.functional.gelu(self.left(words)))
        right = self.dropout(nn.functional.gelu(self.right(words)))
        scores: Tensor = left @ self.weight @ right.transpose(-1, -2) / math.sqrt(self.weight.shape[0])
        return scores + self.bias(right).transpose(-1, -2)


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, config: dict[str, Any], labels: Labels, *, dropout: float = 0.1, head_dropout: float = 0.33):
        super().__init__()
        size = config["hidden_size"]
        self.pieces = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.shapes = nn.Embedding(SHAPES, size)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(size, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self.dropout = nn.Dropout(dropout)
        self.word_dropout = nn.Dropout(head_dropout / 2)
        self.mix = nn.Parameter(torch.tensor([[-2.0, -1.0, 0.0, 1.0], [-2.0, -1.0, 0.0, 1.0]]))
        self.end = nn.Linear(size, 1)
        self.upos, self.xpos = nn.Linear(size, len(labels.upos)), nn.Linear(size, len(labels.xpos))
        self.arc = Biaffine(size, ARC, head_dropout)
        self.root = nn.Linear(size, 1)
        self.label_head, self.label_dep = nn.Linear(size, LABEL), nn.Linear(size, LABEL)
        self.label = nn.Parameter(torch.zeros(len(labels.deprel), LABEL + 1, LABEL + 1))
        nn.init.xavier_uniform_(self.label)
        self.head_dropout = nn.Dropout(head_dropout)
        self.span = Biaffine(size, SPAN, head_dropout)
        self.kind_start, self.kind_end = nn.Linear(size, len(labels.kind)), nn.Linear(size, len(labels.kind))
        self.kind_head = nn.Linear(size, len(labels.kind))
        self.antecedent = Biaffine(size, LINK, head_dropout)
        self.new = nn.Linear(size, 1)

    def encode(
        self, pieces: Tensor, shapes: Tensor, lengths: Tensor | None, positions: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Word vectors for syntax and for meaning.

        `pieces`, `shapes`: batch × pieces; `lengths`: pieces per window (None: all); `positions`: batch × words.
        """
        length = pieces.shape[1]
        places = torch.arange(length, device=pieces.device)
        hidden = self.dropout(self.norm(self.pieces(pieces) + self.places(places) + self.shapes(shapes)))
        mask = mask_of(lengths, length, pieces.device)
        kept = []
        for number, layer in enumerate(self.layers):
            hidden = layer(hidden, mask)
            if number >= len(self.layers) - 4:
                kept.append(hidden.gather(1, positions[:, :, None].expand(-1, -1, hidden.shape[2])))
        stack = torch.stack(kept)
        mixes = torch.softmax(self.mix, dim=1)
        syntax = (mixes[0][:, None, None, None] * stack).sum(0)
        meaning = (mixes[1][:, None, None, None] * stack).sum(0)
        return self.word_dropout(syntax), self.word_dropout(meaning)

    def label_vectors(self, syntax: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words as governors and as dependents, each with a trailing one for the biases."""
        head = self.head_dropout(nn.functional.gelu(self.label_head(syntax)))
        dep = self.head_dropout(nn.functional.gelu(self.label_dep(syntax)))
        one = torch.ones_like(head[..., :1])
        return torch.cat([head, one], -1), torch.cat([dep, one], -1)

    def label_scores(self, head: Tensor, dep: Tensor) -> Tensor:
        """Scores of each label for chosen arcs: arcs × width twice → arcs × labels."""
        return torch.einsum("nh,lhd,nd->nl", head, self.label, dep)
