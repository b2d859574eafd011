"""What each head should have said: one loss per layer of gold, summed with fixed weights."""

import torch
from torch import Tensor, nn

from communique.training.batches import IGNORE, Batch
from communique.training.model import Reader

WIDEST = 60  # words of the longest mention that is scored; 0.1 % of GUM's are longer
FAR = -1e4


def arc_scores(model: Reader, syntax: Tensor, words: Tensor, sentence: Tensor) -> Tensor:
    """Scores of governors: batch × dependants × (words + 1); the last column is the root. Governors outside the
    dependant's sentence are ruled out."""
    scores = model.arc(syntax)
    same = (sentence[:, :, None] == sentence[:, None, :]) & words[:, None, :] & words[:, :, None]
    itself = torch.eye(scores.shape[1], dtype=torch.bool)[None]
    scores = scores.masked_fill(~same | itself, FAR)
    return torch.cat([scores, model.root(syntax)], dim=-1)


def span_mask(words: Tensor) -> Tensor:
    """Which (first, last) pairs are spans at all: batch × words × words."""
    places = torch.arange(words.shape[1])
    width = places[None, :] - places[:, None]
    return ((width >= 0) & (width < WIDEST))[None] & words[:, None, :] & words[:, :, None]


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """The loss of every head on one batch; a head without gold here has none."""
    syntax, meaning = model.encode(batch.pieces, batch.shapes, batch.lengths, batch.positions)
    syntax, meaning = syntax.float(), meaning.float()
    found: dict[str, Tensor] = {}
    cross = nn.functional.cross_entropy
    if (batch.upos != IGNORE).any():
        found["upos"] = cross(model.upos(syntax).flatten(0, 1), batch.upos.flatten(), ignore_index=IGNORE)
        found["xpos"] = cross(model.xpos(syntax).flatten(0, 1), batch.xpos.flatten(), ignore_index=IGNORE)
        known = batch.ends != IGNORE
        found["end"] = nn.functional.binary_cross_entropy_with_logits(
            model.end(syntax)[..., 0][known], batch.ends[known].float()
        )
        arcs = arc_scores(model, syntax, batch.words, batch.sentence)
        found["arc"] = cross(arcs.flatten(0, 1), batch.head.flatten(), ignore_index=IGNORE)
        row, dependant = (batch.label != IGNORE).nonzero(as_tuple=True)
        governor = batch.head[row, dependant]
        heads, deps = model.label_vectors(syntax)
        scores = model.label_scores(heads[row, governor], deps[row, dependant])
        found["label"] = cross(scores, batch.label[row, dependant])
    if len(batch.spans):
        row, first, last, kind, head = batch.spans.unbind(1)
        scores = model.kind_start(meaning)[row, first] + model.kind_end(meaning)[row, last]
        found["kind"] = cross(scores + model.kind_head(meaning)[row, head], kind)
    if batch.marked.any():
        found |= _mention_losses(model, meaning, batch)
    return found


def _mention_losses(model: Reader, meaning: Tensor, batch: Batch) -> dict[str, Tensor]:
    gold = torch.zeros(batch.words.shape[0], batch.words.shape[1], batch.words.shape[1])
    row, first, last, _, _ = batch.spans.unbind(1)
    gold[row, first, last] = 1.0
    scored = span_mask(batch.words) & batch.marked[:, None, None]
    count = (batch.words & batch.marked[:, None]).sum()
    span = nn.functional.binary_cross_entropy_with_logits(model.span(meaning)[scored], gold[scored], reduction="sum")
    table = antecedent_scores(model, meaning, batch.referents >= 0)
    same = (batch.referents[:, :, None] == batch.referents[:, None, :]) & (table[..., :-1] > FAR / 2)
    right = torch.cat([same, ~same.any(-1, keepdim=True)], dim=-1)
    mentions = (batch.referents >= 0) & batch.marked[:, None]
    whole = torch.logsumexp(table[mentions], -1)
    good = torch.logsumexp(table[mentions].masked_fill(~right[mentions], FAR), -1)
    return {"span": span / count, "antecedent": (whole - good).mean()}


def antecedent_scores(model: Reader, meaning: Tensor, heads: Tensor) -> Tensor:
    """Scores of antecedents among earlier mention heads: batch × words × (words + 1); the last column: none."""
    scores = model.antecedent(meaning)
    earlier = torch.tril(torch.ones_like(scores[0], dtype=torch.bool), diagonal=-1)[None] & heads[:, None, :]
    return torch.cat([scores.masked_fill(~earlier, FAR), model.new(meaning)], dim=-1)
