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

# How much the model's log-odds that a word tells of an act at all weigh. What the lexicon adds to them by the kind of
# its trigger ("demand": a word of duty in a statement), and to its own type among the others; what its silence and a
# use that it blocks take away.
_TRUST = 1.5
_TELLS: Mapping[str, float] = {"demand": 8.0, "verb": -0.5, "noun": 0.5, "adj": 0.0}
_SIDE = 1.5  # what each side that somebody able to act fills adds to the former
_FIRM = 2.0  # the same for a frame with conditions of its own, which the words around it meet
_SAYS: Mapping[str, float] = {"demand": 5.0, "verb": 4.0, "noun": 1.2, "adj": 2.2}
_SILENT, _BLOCKED = 2.75, 2.5
# Weights of the model's link and of the tree, in log-odds; what a side by the lexicon's frame adds; and what a word of
# another sentence starts from.
_BY_LINK, _BY_TREE, _BY_FRAME, _ELSEWHERE = 0.5, 0.8, 4.0, -0.5
ALONE = 0.8  # the probability of the lexicon's answer without a model
_LEAST = 0.005  # the probability of what the model leaves out as hardly likely
# Confidence from probability, in log-odds: fitted on the development part of the corpus, where raw ones are surer than
# right (share of events whose trigger and type are both marked).
_SLOPE, _SHIFT = 0.37, -0.45
# What a rule of modality adds to its answer.
_BY_RULE = 2.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The type that a word tells of (NONE for none) and its probability, 0 to 1."""

    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class Voice:
    """What the lexicon says of a word: the type; the `tag` of its predicate, or "demand"; how many of its sides are
    filled; whether its frame has conditions, which the words around it meet; and the type of the bare act, which is
    another one where that is only announced or withheld ("will meet": AGREE of a CONSULT)."""

    type: str
    tag: str
    sides: int = 0
    firm: bool = False
    bare: str = ""


def verdict(sign: Sign | None, voice: Voice | None, *, blocked: bool = False) -> Verdict:
    """What a word tells of, by the model's sign and the lexicon (None where it says nothing); without a model (no
    sign), by the lexicon alone.

    `blocked` says that the lexicon knows this use as no event.
    """
    if sign is None:
        return Verdict(NONE if voice is None else voice.type, ALONE)
    odds = _TRUST * _log_odds(sign.tells)
    if voice is not None:
        odds += _TELLS[voice.tag] + _SIDE * voice.sides + (_FIRM if voice.firm else 0.0)
    else:
        odds -= _BLOCKED if blocked else _SILENT
    tells = 1 / (1 + math.exp(-odds))
    seen = dict(sign.types)
    if voice is not None and voice.bare in seen and voice.bare != voice.type:
        seen[voice.type] = seen.get(voice.type, 0.0) + seen[voice.bare]  # the model often sees the bare act
    scores = {kind: math.log(max(each, _LEAST)) for kind, each in seen.items()}
    if voice is not None:
        scores[voice.type] = scores.get(voice.type, math.log(_LEAST)) + _SAYS[voice.tag]
    if odds <= 0 or not scores:
        return Verdict(NONE, 1 - tells)
    whole = sum(math.exp(each) for each in scores.values())
    best = max(sorted(scores), key=lambda kind: scores[kind])
    return Verdict(best, tells * math.exp(scores[best]) / whole)


def confidence(probability: float) -> float:
    """The share of events with such a probability that is right."""
    return 1 / (1 + math.exp(-(_SLOPE * _log_odds(probability) + _SHIFT)))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(chance / (1 - chance))


def linked(sign: Sign, role: str, words: Iterable[int], *, by_tree: float | None, by_frame: bool) -> float:
    """Log-odds that one of the words fills the role (above 0: it does).

    `by_tree` are the log-odds that the scorer of roles gives (None: the words stand in another sentence); `by_frame`
    says that the lexicon's frame has them there.
    """
    chance = max((sign.link(role, each) for each in words), default=0.0)
    odds = _BY_LINK * _log_odds(chance) + (_ELSEWHERE if by_tree is None else _BY_TREE * by_tree)
    return odds + (_BY_FRAME if by_frame else 0.0)


def likeliest(chances: Mapping[str, float], rule: str) -> str:
    """The likeliest label, with the weight of the rule's own answer."""
    scores = {name: math.log(max(each, _LEAST)) for name, each in chances.items()}
    scores[rule] = scores.get(rule, math.log(_LEAST)) + _BY_RULE
    return max(sorted(scores), key=lambda name: scores[name])
