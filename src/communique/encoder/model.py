"""The shipped model: its files, their digests, and one run per window."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from communique.encoder.windows import Cutter, Token, Window
from communique.errors import ModelError

Table = NDArray[np.float32]
FILES = ("reader.onnx", "labels.json", "tokenizer.json")
OUTPUTS = (
    "end", "upos", "xpos", "arc", "label_head", "label_dep", "span", "kind_start", "kind_end", "kind_head",
    "antecedent", "meaning",
)  # fmt: skip
ACT_OUTPUTS = (
    "type", "label", "mode", "context", "modality", "past", "cue", "attitude", "link", "act",
)  # fmt: skip
DATA = Path(__file__).parent / "data"
_NOTHING: Table = np.empty(0, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of the columns of the scores; those of acts (`act_…`) are empty where a model has no heads for them.

    `act_type` and `act_cue` begin with "", the word that is no trigger or cue; `act_mode` are "TYPE/mode".
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    kind: tuple[str, ...]
    act_type: tuple[str, ...] = ()
    act_label: tuple[str, ...] = ()
    act_mode: tuple[str, ...] = ()
    act_context: tuple[str, ...] = ()
    act_modality: tuple[str, ...] = ()
    act_cue: tuple[str, ...] = ()
    act_link: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActScores:
    """What the heads of acts say of one window of W words; logits, as in :class:`Scores`.

    `type` [W, types]: the word as a trigger; `label`, `mode`, `context`, `modality` [W, …] and `past` [W, 1]: of the
    act that it tells of, if it is one; `cue` [W, acts of saying], `attitude` [W, 1]: the word as a cue; `link`
    [links, W, W]: row a trigger or cue, column a word that is its source, target, place, time, speaker, addressee, or
    the first or last word of its content (above 0: likelier than not).
    `act` [W, size]: what these heads read of a word.
    """

    type: Table
    label: Table
    mode: Table
    context: Table
    modality: Table
    past: Table
    cue: Table
    attitude: Table
    link: Table
    act: Table


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one window of W words; float32, higher is likelier, no table is normalised.

    `end` [W]: the word ends a sentence (above 0: yes). `upos`, `xpos` [W, tags]. `arc` [W, W + 1]: row the dependent,
    column its governor, last column the root. `label_head` [W, H] and `label_dep` [W, labels, H]: their product over H
    scores the label of an arc. `span` [W, W]: row the first, column the last word of a mention (above 0: yes).
    `kind_start`, `kind_end`, `kind_head` [W, kinds]: their sum scores a mention's kind. `antecedent` [W, W + 1]: row
    the later mention's head word, column the earlier one's; last column: none. `meaning` [W, size]: word vectors.
    """

    end: Table
    upos: Table
    xpos: Table
    arc: Table
    label_head: Table
    label_dep: Table
    span: Table
    kind_start: Table
    kind_end: Table
    kind_head: Table
    antecedent: Table
    meaning: Table
    acts: ActScores | None = None

    def for_mentions(self) -> "Scores":
        """What mentions and their antecedents are found from; every other table is empty."""
        return replace(
            self, end=_NOTHING, upos=_NOTHING, xpos=_NOTHING, arc=_NOTHING, label_head=_NOTHING, label_dep=_NOTHING,
            meaning=_NOTHING, acts=None,
        )  # fmt: skip


class Scorer(Protocol):
    """What the reading needs of an encoder; tests pass a small one of their own."""

    @property
    def labels(self) -> Labels:
        """Names of the columns of the scores."""

    @property
    def digest(self) -> str:
        """What tells this model from every other."""

    def score(self, tokens: Sequence[Token]) -> Iterator[tuple[Window, Scores]]:
        """The windows over the words in order, each with its scores."""


class Encoder:
    """The shipped model, loaded; one thread, one window a run, so that the same window always has the same scores."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # here, because it takes a tenth of a second and most commands do not need it
        from tokenizers import Tokenizer

        self.digest = check_digests(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._cutter = Cutter(Tokenizer.from_file(str(folder / "tokenizer.json")))
        sets = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.labels = Labels(**{name: tuple(each) for name, each in sets.items()})

    @classmethod
    def load(cls, folder: Path | None = None) -> "Encoder":
        """The shipped model, or another one of the same form from `folder`.

        Raises `ModelError` where files are missing or are not those that the folder's `digests.json` names.
        """
        return cls(folder or DATA)

    def score(self, tokens: Sequence[Token]) -> Iterator[tuple[Window, Scores]]:
        """The windows over the words in order, each with its scores."""
        for window in self._cutter.cut(tokens):
            yield window, self.run(window)

    def run(self, window: Window) -> Scores:
        """One forward pass."""
        feed = {"pieces": window.pieces[None], "shapes": window.shapes[None], "positions": window.positions[None]}
        if not self.labels.act_type:
            return Scores(*self._session.run(OUTPUTS, feed))
        tables = self._session.run(OUTPUTS + ACT_OUTPUTS, feed)
        acts = ActScores(*tables[len(OUTPUTS) :])
        return Scores(**dict(zip(OUTPUTS, tables, strict=False)), acts=acts)


def check_digests(folder: Path) -> str:
    """The digest of the whole model in `folder`, after checking each file against `digests.json`."""
    try:
        expected: dict[str, str] = json.loads((folder / "digests.json").read_text(encoding="utf-8"))
        found = {name: _digest(folder / name) for name in FILES}
    except (OSError, ValueError) as error:
        raise ModelError(f"the model in {folder} cannot be read ({error}); install the package again") from error
    for name in FILES:
        if found[name] != expected.get(name):
            raise ModelError(
                f"{folder / name} is not the file that belongs to this model (its digest is {found[name][:12]}, "
                f"expected {expected.get(name, 'none')[:12]}); install the package again"
            )
    return _whole(found)


def write_digests(folder: Path) -> None:
    """Records the digests of the model files in `folder`."""
    found = {name: _digest(folder / name) for name in FILES}
    (folder / "digests.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _whole(digests: dict[str, str]) -> str:
    return hashlib.sha256("".join(digests[name] for name in FILES).encode()).hexdigest()[:16]
