"""Scores of a window → signs: the words that may tell of an act or a saying, with who may take part."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from communique.encoder import ActScores, Labels, Scores, Window
from communique.records import Sign

# Probabilities below these are left out: of being a trigger or a cue, of one label, of one link. Ten thousand words of
# the corpus's dev part have no marked trigger and few marked links below them.
_WORD, _LABEL, _LINK = 0.02, 0.02, 0.03

Table = NDArray[np.float32]


def find(windows: Sequence[tuple[Window, Scores]], labels: Labels) -> tuple[Sign, ...]:
    """The signs of a document, in order of text; none where the model has no heads of acts."""
    return tuple(
        sign for window, scores in windows if scores.acts is not None
        for sign in _signs(window, scores.acts, labels)
    )  # fmt: skip


def _signs(window: Window, acts: ActScores, labels: Labels) -> Iterator[Sign]:
    types, cues = _softmax(acts.type), _softmax(acts.cue)
    chosen = np.flatnonzero((types[:, 0] < 1 - _WORD) | (cues[:, 0] < 1 - _WORD))
    if not len(chosen):
        return
    tables = {name: _softmax(getattr(acts, name)[chosen]) for name in ("label", "mode", "modality")}
    contexts, past = _logistic(acts.context[chosen]), _logistic(acts.past[chosen])
    attitude, links = _logistic(acts.attitude[chosen]), _logistic(acts.link[:, chosen])
    for place, word in enumerate(chosen):
        tells, says = types[word, 0] < 1 - _WORD, cues[word, 0] < 1 - _WORD
        yield Sign(
            word=window.first + int(word),
            types=_listed(types[word], labels.act_type, first=1) if tells else {},
            labels=_listed(tables["label"][place], labels.act_label) if tells else {},
            modes=_listed(tables["mode"][place], labels.act_mode) if tells else {},
            contexts=_listed(contexts[place], labels.act_context) if tells else {},
            modalities=_listed(tables["modality"][place], labels.act_modality) if tells else {},
            past=_rounded(past[place, 0]) if tells else 0.0,
            acts=_listed(cues[word], labels.act_cue, first=1) if says else {},
            attitude=_rounded(attitude[place, 0]) if says else 0.0,
            links={
                role: {window.first + int(other): _rounded(links[kind, place, other]) for other in found}
                for kind, role in enumerate(labels.act_link)
                if len(found := np.flatnonzero(links[kind, place] > _LINK))
            },
        )


def _listed(row: Table, names: Sequence[str], *, first: int = 0) -> Mapping[str, float]:
    return {names[int(each)]: _rounded(row[each]) for each in np.flatnonzero(row > _LABEL) if each >= first}


def _rounded(value: np.float32) -> float:
    return round(float(value), 4)


def _softmax(scores: Table) -> Table:
    raised: Table = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Table = raised / raised.sum(-1, keepdims=True)
    return shares


def _logistic(scores: Table) -> Table:
    shares: Table = np.reciprocal(1 + np.exp(-scores))
    return shares
