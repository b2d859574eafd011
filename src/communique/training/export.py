"""Weights → the shipped model: smoothed, quantised statically to int8, one ONNX graph for one window.

Activations are smoothed towards the weights channel by channel (SmoothQuant, Xiao et al. 2023), the piece table is kept
as int8 with one scale a row, and the weight products take int8 inputs whose scales were fixed on training windows. One
window is one run, so that a window's scores never depend on another's.
"""

import json
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from tokenizers import Tokenizer
from torch import Tensor, nn

from communique.encoder import Cutter
from communique.encoder.model import OUTPUTS, write_digests
from communique.encoder.windows import WINDOW_PIECES, Window
from communique.training.batches import windows
from communique.training.data import training_set
from communique.training.model import Labels, Reader

SMOOTHING = 0.75  # share of the difficulty moved from activations to weights; chosen in the design's measurements
CALIBRATION_WINDOWS = 300


class Smooth(nn.Module):
    """A linear map whose input channels are divided by `scale`, with the weights multiplied to match."""

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter((linear.weight * scale[None, :]).t().contiguous())
        self.bias = nn.Parameter(linear.bias.clone())
        self.inverse = nn.Parameter(1 / scale)

    def forward(self, values: Tensor) -> Tensor:
        """… × inputs → … × outputs."""
        return (values * self.inverse) @ self.weight + self.bias


class Table(nn.Module):
    """An embedding table of int8 rows, one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1).clamp_min(1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale[:, None]).to(torch.int8))
        self.register_buffer("scale", scale[:, None])

    def forward(self, numbers: Tensor) -> Tensor:
        """… → … × size."""
        rows: Tensor = self.rows[numbers].float() * self.scale[numbers]
        return rows


class Shipped(nn.Module):
    """The reader as it is exported: one window in, the scores of every head out, in the order of `OUTPUTS`."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        labels, width, _ = reader.label.shape
        self.label = nn.Parameter(reader.label.permute(2, 0, 1).reshape(width, labels * width).contiguous())
        self.labels = labels

    def forward(self, pieces: Tensor, shapes: Tensor, positions: Tensor) -> tuple[Tensor, ...]:
        """`pieces`, `shapes`: 1 × pieces; `positions`: 1 × words; `communique.encoder.Scores` says what comes out."""
        reader = self.reader
        syntax, meaning = reader.encode(pieces, shapes, None, positions)
        head, dep = reader.label_vectors(syntax)
        arc = torch.cat([reader.arc(syntax), reader.root(syntax)], -1)
        toward = (dep @ self.label).reshape(1, -1, self.labels, head.shape[-1])
        antecedent = torch.cat([reader.antecedent(meaning), reader.new(meaning)], -1)
        kinds = (reader.kind_start(meaning), reader.kind_end(meaning), reader.kind_head(meaning))
        found = (
            reader.end(syntax)[..., 0], reader.upos(syntax), reader.xpos(syntax), arc, head, toward,
            reader.span(meaning), *kinds, antecedent, meaning,
        )  # fmt: skip
        return tuple(each[0] for each in found)


def export(data: Path, model: Path, out: Path) -> None:
    """Writes `reader.onnx`, `labels.json`, `tokenizer.json` and `digests.json` to `out`.

    `model` is the folder that `train` wrote; `data` gives training windows for the scales of activations.
    """
    labels = Labels(**{name: tuple(each) for name, each in json.loads((model / "labels.json").read_text()).items()})
    reader = Reader(json.loads((model / "config.json").read_text()), labels)
    reader.load_state_dict(torch.load(model / "reader.pt", weights_only=True))
    reader.eval()
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    sample = _sample(data, Cutter(tokenizer))
    _smooth(reader, sample)
    reader.pieces = Table(reader.pieces.weight.detach())
    reader.places.weight = nn.Parameter(reader.places.weight[:WINDOW_PIECES].detach().clone())
    shipped = Shipped(reader).eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_onnx(shipped, sample[0], plain)
        plain.replace(model / "reader-float.onnx")
    quantise(model / "reader-float.onnx", out / "reader.onnx", map(_named, sample[:100]))
    sets = json.loads((model / "labels.json").read_text())
    (out / "labels.json").write_text(json.dumps(sets, indent=0) + "\n")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    (out / "tokenizer.json").write_text(tokenizer.to_str())
    write_digests(out)


def _sample(data: Path, cutter: Cutter) -> list[Window]:
    chance = random.Random(7)
    every = [window for _, window in windows(training_set(data), cutter, chance)]
    return chance.sample(every, CALIBRATION_WINDOWS)


def _named(window: Window) -> dict[str, np.ndarray]:
    return {"pieces": window.pieces[None], "shapes": window.shapes[None], "positions": window.positions[None]}


def _tensors(window: Window) -> tuple[Tensor, Tensor, Tensor]:
    return (
        torch.from_numpy(window.pieces)[None],
        torch.from_numpy(window.shapes)[None],
        torch.from_numpy(window.positions)[None],
    )


@contextmanager
def watching(layers: nn.ModuleList) -> Iterator[dict[str, Tensor]]:
    """The largest input of every channel of the layers' linear maps ("0.query" …), over the passes made inside."""
    largest: dict[str, Tensor] = {}

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def look(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen = inputs[0].abs().flatten(0, -2).amax(0)
            largest[name] = torch.maximum(largest[name], seen) if name in largest else seen

        return look

    names = ("query", "key", "value", "output", "inner", "outer")
    hooks = [
        getattr(layer, name).register_forward_pre_hook(watch(f"{number}.{name}"))
        for number, layer in enumerate(layers)
        for name in names
    ]
    yield largest
    for hook in hooks:
        hook.remove()


@torch.no_grad()
def _smooth(reader: Reader, sample: list[Window]) -> None:
    """Replaces the linear maps of the layers by smoothed ones."""
    with watching(reader.layers) as largest:
        for window in sample:
            pieces, shapes, positions = _tensors(window)
            reader.encode(pieces, shapes, None, positions)
    for number, layer in enumerate(reader.layers):
        for group in (("query", "key", "value"), ("output",), ("inner",), ("outer",)):
            smooth_group(layer, group, largest[f"{number}.{group[0]}"])


def smooth_group(layer: nn.Module, group: tuple[str, ...], largest: Tensor) -> None:
    """Smooths linear maps of a layer that read the same vectors; `largest`: their largest input by channel."""
    weights = torch.stack([getattr(layer, name).weight.abs().amax(0) for name in group]).amax(0)
    scale = largest.clamp_min(1e-5) ** SMOOTHING / weights.clamp_min(1e-5) ** (1 - SMOOTHING)
    for name in group:
        setattr(layer, name, Smooth(getattr(layer, name), scale.clamp_min(1e-5)))


def _to_onnx(shipped: Shipped, window: Window, path: Path) -> None:
    torch.onnx.export(
        shipped,
        _tensors(window),
        str(path),
        input_names=["pieces", "shapes", "positions"],
        output_names=list(OUTPUTS),
        dynamic_axes={
            "pieces": {1: "pieces"},
            "shapes": {1: "pieces"},
            "positions": {1: "words"},
            **{name: {0: "words"} for name in OUTPUTS},
        },
        opset_version=17,
        dynamo=False,
    )


class _Feed(CalibrationDataReader):
    def __init__(self, inputs: Iterable[dict[str, np.ndarray]]) -> None:
        self._left = iter(inputs)

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self._left, None)


def quantise(plain: Path, path: Path, inputs: Iterable[dict[str, np.ndarray]]) -> None:
    """The int8 form of a float graph; the scales of activations are fixed on `inputs`, the graph's by name."""
    quantize_static(
        str(plain),
        str(path),
        _Feed(inputs),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.MinMax,
        extra_options={"MatMulConstBOnly": True, "OpTypesToExcludeOutputQuantization": ["MatMul"]},
    )
