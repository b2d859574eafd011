"""Upper half of acts → int8, grafted onto the shipped reader: one graph, one run a window.

The reader's own nodes stay as they are, so that its parse is the same, bit for bit, before and after.
"""

import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from communique.corpus import load, load_rows, split_of
from communique.encoder import Encoder
from communique.encoder.model import ACT_OUTPUTS, OUTPUTS, write_digests
from communique.encoder.windows import WINDOW_PIECES
from communique.training.acts import ActLabels, Acts
from communique.training.acts_gold import Cut, LowerHalf, Marker, cut_all, fork_name
from communique.training.export import quantise, smooth_group, watching

CALIBRATION_TEXTS = 60  # of articles and of rows
PREFIX = "acts."


class ShippedActs(nn.Module):
    """The upper half as it is exported: one window in, the scores of every head out, in the order of `ACT_OUTPUTS`."""

    def __init__(self, acts: Acts) -> None:
        super().__init__()
        self.acts = acts

    def forward(self, hidden: Tensor, positions: Tensor, parsed: Tensor) -> tuple[Tensor, ...]:
        """`hidden`: 1 × pieces × size; `positions`: 1 × words; `parsed`: 1 × words × size."""
        acts = self.acts
        words = acts.words(hidden, None, positions, parsed)
        told = acts.told(words)
        heads = (acts.kind, acts.label, acts.mode, acts.context, acts.modality, acts.past, acts.cue, acts.attitude)
        found = (*(head(told) for head in heads), acts.link(words), told)
        return tuple(each[0] for each in found)


def graft(reader: Path, acts: Path, corpus: Path, out: Path) -> None:
    """Writes the reader in `reader` with the upper half that `train_acts` left in `acts` to `out`.

    `corpus` gives training windows, for the scales of activations.
    """
    labels = ActLabels(
        **{name: tuple(each) for name, each in json.loads((acts / "act_labels.json").read_text()).items()}
    )
    model = Acts(json.loads((acts / "config.json").read_text()), labels)
    model.load_state_dict(torch.load(acts / "acts.pt", weights_only=True))
    model.eval()
    sample = _sample(reader, corpus, labels)
    _smooth(model, sample)
    shipped = ShippedActs(model).eval()
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        _to_onnx(shipped, sample[0], plain)
        quantise(plain, small, map(_named, sample))
        merged = merge(onnx.load(str(reader / "reader.onnx")), onnx.load(str(small)))
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(merged, str(out / "reader.onnx"))
    sets = json.loads((reader / "labels.json").read_text())
    sets |= {f"act_{name}": each for name, each in asdict(labels).items()}
    (out / "labels.json").write_text(json.dumps(sets, indent=0) + "\n")
    if out != reader:
        (out / "tokenizer.json").write_bytes((reader / "tokenizer.json").read_bytes())
    write_digests(out)


def _sample(reader: Path, corpus: Path, labels: ActLabels) -> list[Cut]:
    """Windows of training articles and rows."""
    chance = random.Random(7)
    articles = [each for each in load([corpus / "articles"]) if split_of(each.id) == "train"]
    rows = load_rows([corpus / "rows"])
    marker, lower = Marker(Encoder.load(reader), labels), LowerHalf(reader)
    golds = [marker.article(each) for each in chance.sample(articles, CALIBRATION_TEXTS)]
    golds += [marker.row(each) for each in chance.sample(rows, CALIBRATION_TEXTS)]
    return cut_all(golds, lower, limit=WINDOW_PIECES)


def merge(reader: onnx.ModelProto, acts: onnx.ModelProto) -> onnx.ModelProto:
    """One graph of both; an upper half that the reader has already is replaced."""
    _strip(reader)
    fork = fork_name()
    reader.graph.output.append(onnx.helper.make_tensor_value_info(fork, onnx.TensorProto.FLOAT, None))
    acts.ir_version = reader.ir_version
    merged = onnx.compose.merge_models(
        reader, acts, io_map=[(fork, "hidden"), ("meaning", "parsed")], prefix2=PREFIX,
        inputs=None, outputs=[*OUTPUTS, *(PREFIX + name for name in ACT_OUTPUTS)],
    )  # fmt: skip
    renamed = {PREFIX + "positions": "positions"} | {PREFIX + name: name for name in ACT_OUTPUTS}
    for node in merged.graph.node:
        node.input[:] = [renamed.get(each, each) for each in node.input]
        node.output[:] = [renamed.get(each, each) for each in node.output]
    for output in merged.graph.output:
        output.name = renamed.get(output.name, output.name)
    kept = [each for each in merged.graph.input if each.name != PREFIX + "positions"]
    del merged.graph.input[:]
    merged.graph.input.extend(kept)
    return merged


def _strip(reader: onnx.ModelProto) -> None:
    graph = reader.graph
    for listed in (graph.node, graph.initializer, graph.output):
        kept = [each for each in listed if not _grafted(each)]
        del listed[:]
        listed.extend(kept)


def _grafted(part: onnx.NodeProto | onnx.TensorProto | onnx.ValueInfoProto) -> bool:
    return part.name.startswith(PREFIX) or part.name in ACT_OUTPUTS


def _to_onnx(shipped: ShippedActs, cut: Cut, path: Path) -> None:
    torch.onnx.export(
        shipped,
        _tensors(cut),
        str(path),
        input_names=["hidden", "positions", "parsed"],
        output_names=list(ACT_OUTPUTS),
        dynamic_axes={
            "hidden": {1: "pieces"},
            "positions": {1: "words"},
            "parsed": {1: "words"},
            **{name: {0: "words"} for name in ACT_OUTPUTS if name != "link"},
            "link": {1: "words", 2: "words"},
        },
        opset_version=17,
        dynamo=False,
    )


def _tensors(cut: Cut) -> tuple[Tensor, Tensor, Tensor]:
    return (
        torch.from_numpy(cut.hidden.astype(np.float32))[None],
        torch.from_numpy(cut.window.positions)[None],
        torch.from_numpy(cut.parsed.astype(np.float32))[None],
    )


@torch.no_grad()
def _smooth(model: Acts, sample: Sequence[Cut]) -> None:
    with watching(model.layers) as largest:
        for cut in sample:
            hidden, positions, parsed = _tensors(cut)
            model.words(hidden, None, positions, parsed)
    for number, layer in enumerate(model.layers):
        for group in (("query", "key", "value"), ("output",), ("inner",), ("outer",)):
            smooth_group(layer, group, largest[f"{number}.{group[0]}"])


def _named(cut: Cut) -> dict[str, np.ndarray]:
    hidden, positions, parsed = _tensors(cut)
    return {"hidden": hidden.numpy(), "positions": positions.numpy(), "parsed": parsed.numpy()}
