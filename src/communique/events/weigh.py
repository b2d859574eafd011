"""Lexicon and model weighed together: whether a word tells of an act, of which type, and who takes part.

The lexicon is exact where a word's use is plain and blind where it lists nothing; the model has seen whole sentences
and is never sure. So each answer of the lexicon adds a fixed weight to the log-odds that the model gives, and the best
sum decides. The weights were fitted on the development part of the project's corpus; without a model (no signs) the
lexicon decides alone.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.records import Sign

NONE = "NONE"

# Log-odds that the lexicon's answer adds to its type, by the kind of its trigger, and what its silence adds to "no
# event"; a use that the lexicon blocks, or that another act has told already, adds more.
_SAYS: Mapping[str, float] = {"verb": 2.0, "noun": 1.5, "adj": 1.0}
_SILENT, _BLOCKED, _TOLD = 0.5, 1.5, 1.5
# Weights of the model's link and of the tree, in log-odds; what a side by the lexicon's frame adds; and what a word of
# another sentence starts from.
_BY_LINK, _BY_TREE, _BY_FRAME, _ELSEWHERE = 0.5, 0.8, 2.5, -0.5
ALONE = 0.8  # the probability of the lexicon's answer without a model
_LEAST = 0.005  # the probability of what the model leaves out as hardly likely
# What a rule of modality adds to its answer.
_BY_RULE = 2.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The type that a word tells of (NONE for none) and its probability, 0 to 1."""

    type: str
    probability: float


def verdict(sign: Sign | None, rule: str | None, tag: str, *, blocked: bool = False, told: bool = False) -> Verdict:
    """What a word tells of, by the model's sign and the lexicon's type (None where it says nothing); without a model
    (no sign), the lexicon's.

    `tag` is the kind of the lexicon's trigger; `blocked` that the lexicon knows this use as no event, `told` that
    another trigger has told the act already.
    """
    if sign is None:
        return Verdict(rule or NONE, ALONE)
    scores = {kind: math.log(max(each, _LEAST)) for kind, each in sign.types.items()}
    scores[NONE] = math.log(max(1.0 - sign.tells, _LEAST))
    if rule is not None:
        scores[rule] = scores.get(rule, math.log(_LEAST)) + _SAYS[tag]
    else:
        scores[NONE] += _BLOCKED if blocked else _SILENT
    if told:
        scores[NONE] += _TOLD
    whole = sum(math.exp(each) for each in scores.values())
    best = max(sorted(scores), key=lambda kind: scores[kind])
    return Verdict(best, math.exp(scores[best]) / whole)


def linked(sign: Sign, role: str, words: Iterable[int], *, by_tree: float | None, by_frame: bool) -> float:
    """Log-odds that one of the words fills the role (above 0: it does).

    `by_tree` are the log-odds that the scorer of roles gives (None: the words stand in another sentence); `by_frame`
    says that the lexicon's frame has them there.
    """
    chance = max((sign.link(role, each) for each in words), default=0.0)
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    odds = _BY_LINK * math.log(chance / (1 - chance)) + (_ELSEWHERE if by_tree is None else _BY_TREE * by_tree)
    return odds + (_BY_FRAME if by_frame else 0.0)


def likeliest(chances: Mapping[str, float], rule: str) -> str:
    """The likeliest label, with the weight of the rule's own answer."""
    scores = {name: math.log(max(each, _LEAST)) for name, each in chances.items()}
    scores[rule] = scores.get(rule, math.log(_LEAST)) + _BY_RULE
    return max(sorted(scores), key=lambda name: scores[name])
