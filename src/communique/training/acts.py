"""The upper half that reads acts: what is done and said, and by whom to whom.

It grows out of the finished reader: its layers take the reader's pieces after layer `FORK`, so that the lower layers
run once for both, and the parse never changes when this half is trained anew. Its heads read one vector a word.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from communique.training.model import Layer, mask_of

FORK = 1  # layers of the reader below the fork; measured: 3 gave plv-dev 66 after two passes, 1 gave 72
LINK = 64  # width of the projections of one kind of link
BLIND = 0.06  # share of the pieces that a step of training does not see


@dataclass(frozen=True)
class ActLabels:
    """The label sets of the heads, in the order of their scores; `type` and `cue` begin with "" for no such word."""

    type: tuple[str, ...]  # PLOVER types of a trigger
    label: tuple[str, ...]  # labels of the CAMEO policy
    mode: tuple[str, ...]  # "TYPE/mode", the first ""
    context: tuple[str, ...]
    modality: tuple[str, ...]
    cue: tuple[str, ...]  # acts of saying
    link: tuple[str, ...]  # what a word is to a trigger or a cue


class Links(nn.Module):
    """Scores of every kind of link between every two words: row the trigger or cue, column the word linked."""

    def __init__(self, size: int, kinds: int, dropout: float) -> None:
        super().__init__()
        self.kinds = kinds
        self.left, self.right = nn.Linear(size, kinds * LINK), nn.Linear(size, kinds * LINK)
        self.weight = nn.Parameter(torch.zeros(kinds, LINK, LINK))
        self.bias = nn.Linear(kinds * LINK, kinds)
        self.dropout = nn.Dropout(dropout)
        for each in self.weight:
            nn.init.xavier_uniform_(each)
        nn.init.constant_(self.bias.bias, -4.0)

    def forward(self, words: Tensor) -> Tensor:
        """batch × words × size → batch × kinds × words × words."""
        batch, count, _ = words.shape

        def split(tensor: Tensor) -> Tensor:
            return tensor.view(batch, count, self.kinds, LINK).transpose(1, 2)

        left = self.dropout(nn.functional.gelu(self.left(words)))
        right = self.dropout(nn.functional.gelu(self.right(words)))
        scores: Tensor = split(left) @ self.weight @ split(right).transpose(-1, -2) / math.sqrt(LINK)
        return scores + self.bias(right).transpose(-1, -2)[:, :, None, :]


class Acts(nn.Module):
    """Upper layers and heads."""

    def __init__(
        self, config: dict[str, Any], labels: ActLabels, *, dropout: float = 0.1, head_dropout: float = 0.33
    ) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.layers = nn.ModuleList(
            Layer(size, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"] - FORK)
        )
        self.parsed = nn.Linear(size, size)
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(head_dropout)
        self.inner = nn.Linear(size, size)
        self.kind, self.label = nn.Linear(size, len(labels.type)), nn.Linear(size, len(labels.label))
        self.mode, self.context = nn.Linear(size, len(labels.mode)), nn.Linear(size, len(labels.context))
        self.modality, self.past = nn.Linear(size, len(labels.modality)), nn.Linear(size, 1)
        self.cue, self.attitude = nn.Linear(size, len(labels.cue)), nn.Linear(size, 1)
        self.link = Links(size, len(labels.link), head_dropout)

    def words(self, hidden: Tensor, lengths: Tensor | None, positions: Tensor, parsed: Tensor) -> Tensor:
        """Word vectors. `hidden`: batch × pieces × size after layer `FORK`; `lengths`: pieces per window (None: all);
        `positions`: batch × words; `parsed`: the reader's own word vectors, batch × words × size."""
        mask = mask_of(lengths, hidden.shape[1], hidden.device)
        if self.training:  # some pieces unseen, so that no word is learnt by heart
            hidden = hidden * (torch.rand(*hidden.shape[:2], 1) >= BLIND)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        words = hidden.gather(1, positions[:, :, None].expand(-1, -1, hidden.shape[2]))
        out: Tensor = self.dropout(self.norm(words + self.parsed(parsed)))
        return out

    def told(self, words: Tensor) -> Tensor:
        """What the heads over single words read."""
        inner: Tensor = words + self.dropout(nn.functional.gelu(self.inner(words)))
        return inner
