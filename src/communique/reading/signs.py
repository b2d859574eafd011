"""Scores of a window → signs: the words that may tell of an act or a saying, with who may take part."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from communique.encoder import ActScores, Labels, Window
from communique.records import Sign

# Probabilities below these are left out: of being a trigger or a cue, of one label, of one link. What lies below hardly
# changes an answer.
_WORD, _LABEL, _LINK = 0.01, 0.01, 0.01

Table = NDArray[np.float32]


def find(window: Window, acts: ActScores, labels: Labels) -> Iterator[Sign]:
    """The signs of one window, in order of text."""
    types, cues = _softmax(acts.type), _softmax(acts.cue)
    chosen = np.flatnonzero((types[:, 0] < 1 - _WORD) | (cues[:, 0] < 1 - _WORD))
    if not len(chosen):
        return
    tells, says = (table[chosen, 0] < 1 - _WORD for table in (types, cues))
    kinds = _listed(types[chosen], labels.act_type, tells)
    label, mode, modality = (
        _listed(_softmax(getattr(acts, name)[chosen]), names, tells)
        for name, names in (("label", labels.act_label), ("mode", labels.act_mode), ("modality", labels.act_modality))
    )
    contexts = _listed(_logistic(acts.context[chosen]), labels.act_context, tells)
    sayings = _listed(cues[chosen], labels.act_cue, says)
    past = (_logistic(acts.past[chosen, 0]) * tells).astype(float).round(4).tolist()
    attitude = (_logistic(acts.attitude[chosen, 0]) * says).astype(float).round(4).tolist()
    links = _linked(_logistic(acts.link[:, chosen]), labels.act_link, window.first)
    for place, word in enumerate(chosen.tolist()):
        kinds[place].pop("", None)
        sayings[place].pop("", None)
        yield Sign(
            window.first + word, kinds[place], label[place], mode[place], contexts[place], modality[place],
            past[place], sayings[place], attitude[place], links[place],
        )  # fmt: skip


def _listed(table: Table, names: Sequence[str], held: NDArray[np.bool_]) -> list[dict[str, float]]:
    """Per row its likely labels; none for rows that are not `held`."""
    found: list[dict[str, float]] = [{} for _ in table]
    rows, columns = np.nonzero((table > _LABEL) & held[:, None])
    values = table[rows, columns].astype(float).round(4)
    for row, column, value in zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True):
        found[row][names[column]] = value
    return found


def _linked(links: Table, names: Sequence[str], first: int) -> list[dict[str, dict[int, float]]]:
    """Per row the words that may fill each role; `links` [roles, rows, words]."""
    found: list[dict[str, dict[int, float]]] = [{} for _ in range(links.shape[1])]
    kinds, rows, words = np.nonzero(links > _LINK)
    values = links[kinds, rows, words].astype(float).round(4)
    for kind, row, word, value in zip(kinds.tolist(), rows.tolist(), words.tolist(), values.tolist(), strict=True):
        found[row].setdefault(names[kind], {})[first + word] = value
    return found


def _softmax(scores: Table) -> Table:
    raised: Table = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Table = raised / raised.sum(-1, keepdims=True)
    return shares


def _logistic(scores: Table) -> Table:
    shares: Table = np.reciprocal(1 + np.exp(-scores))
    return shares
