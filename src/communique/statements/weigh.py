"""Rules and model weighed together: whether a word is the cue of words or thoughts, what is done by it, who speaks.

The rules are exact where layout or marks decide and blind to what a word means in its sentence ("called the whale",
"called the charge a lie"); the model has seen whole sentences and is never sure. So each rule adds a fixed weight to
the log-odds that the model gives. The weights were fitted on the development part of the project's corpus; without a
model (no signs) the rules alone decide.
"""

import math
from collections.abc import Iterable, Mapping

from communique.records import Document, Sign, Span

# Log-odds that a rule adds to those of the model. Marks, tags and layout hardly need the model; a complement clause
# says much; a noun phrase or an infinitive under a word of many senses says little.
_WEIGHT: Mapping[str, float] = {
    "tag": 9.0, "turn": 9.0, "signed": 9.0, "continued": 9.0, "neighbour": 9.0, "phrase": 5.0, "clause": 4.0,
    "fronted": 3.0, "line": 2.0, "infinitive": 0.8, "gerund": 0.8, "noun": 0.8, "adj": 2.0, "quoted": 1.5,
    "predicate": 0.0, "object": -1.5, "prepositional": -1.5, "sign": 0.0,
}  # fmt: skip
_LEAST = 0.01  # the probability of a word of which the model says nothing: it leaves out what is hardly likely
_BY_LEXICON = 1.0  # what the lexicon's act, if it is more than to assert, adds to the log-odds of its kind
_BY_CONTENT = 3.0  # what an act told in the content adds to those of the kind that performs it, for each of probability
LIKELY = 0.5  # from this probability on, words are held to be given to the speaker

# The acts of the lexicon in the kinds that the model was taught, those of section S7 of the corpus's guidelines.
KIND: Mapping[str, str] = {
    "accused": "accused", "admitted": "asserted", "agreed": "promised", "apologised": "apologised", "asked": "asked",
    "asserted": "asserted", "believed": "asserted", "criticised": "accused", "decided": "asserted",
    "declined": "declined", "denied": "denied", "doubted": "asserted", "expressed": "asserted", "feared": "asserted",
    "felt": "asserted", "hoped": "asserted", "inquired": "asserted", "intended": "asserted", "knew": "asserted",
    "offered": "offered", "opposed": "declined", "ordered": "asked", "praised": "praised", "predicted": "asserted",
    "promised": "promised", "proposed": "asked", "rejected": "declined", "replied": "asserted",
    "supported": "asserted", "thanked": "praised", "threatened": "threatened", "wanted": "asserted",
    "warned": "warned",
}  # fmt: skip

# What somebody does who says in his own words that he accuses, refuses, threatens …, by the type of the act told.
_PERFORMS: Mapping[str, str] = {
    "ACCUSE": "accused", "REJECT": "declined", "THREATEN": "threatened", "REQUEST": "asked", "AGREE": "promised",
    "CONCEDE": "promised", "SUPPORT": "praised",
}  # fmt: skip


def heeded(document: Document) -> bool:
    """Whether the document was read by a model that gives signs."""
    return document.signs is not None


def sign_of(document: Document, words: Iterable[int], cue: Span | None) -> Sign | None:
    """The model's sign of a cue: that of its likeliest word, of those given and those of its span."""
    inside = [] if cue is None else [each.index for each in document.words_in(cue)]
    held = (document.sign_at(each) for each in (*words, *inside))
    return max((each for each in held if each is not None), key=lambda each: each.says, default=None)


def likelihood(sign: Sign | None, rule: str) -> float:
    """The probability, 0 to 1, that the cue under a rule gives its speaker words or a thought.

    `sign` is the model's of the cue word, None where it says nothing of it.
    """
    chance = min(max(_LEAST if sign is None else sign.says, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(-math.log(chance / (1 - chance)) - _WEIGHT[rule]))


def act(document: Document, sign: Sign | None, rule: str, content: Iterable[Span]) -> str:
    """What is done by saying it: the lexicon's act `rule`, unless the model of the cue (its `sign`) and of what the
    content tells speaks for another kind."""
    if sign is None or sign.says < LIKELY:
        return rule
    scores = {kind: math.log(max(chance / sign.says, _LEAST)) for kind, chance in sign.acts.items()}
    for kind, chance in _performed(document, content).items():
        scores[kind] = scores.get(kind, math.log(_LEAST)) + _BY_CONTENT * chance
    own = KIND[rule]
    scores[own] = scores.get(own, math.log(_LEAST)) + (0.0 if own == "asserted" else _BY_LEXICON)
    best = max(sorted(scores), key=lambda kind: scores[kind])
    return rule if best == own else best


def _performed(document: Document, content: Iterable[Span]) -> dict[str, float]:
    """The kinds of act that words of the content tell of, each with the highest probability of such a word."""
    found: dict[str, float] = {}
    for word in (word for span in content for word in document.words_in(span)):
        sign = document.sign_at(word.index)
        for type_, chance in () if sign is None else sign.types.items():
            if (kind := _PERFORMS.get(type_)) is not None:
                found[kind] = max(chance, found.get(kind, 0.0))
    return found


def likeliest(sign: Sign, role: str, words: Iterable[int], *, least: float) -> int | None:
    """The word, of those given, that most likely fills the role; None if none has the probability `least`."""
    chances = sign.links.get(role, {})
    best = max(words, key=lambda word: (chances.get(word, 0.0), -word), default=None)
    return best if best is not None and chances.get(best, 0.0) >= least else None


def stretch(sign: Sign, words: range, *, least: float) -> tuple[int, int] | None:
    """First and last word of the content that the links give inside `words`, or None; `least` is the smallest
    probability that both may have together."""
    firsts, lasts = sign.links.get("first", {}), sign.links.get("last", {})
    pairs = [
        (begins * ends, -first, -last)
        for first, begins in firsts.items() if first in words
        for last, ends in lasts.items() if last in words and first <= last
    ]  # fmt: skip
    best = max(pairs, default=(0.0, 0, 0))
    return (-best[1], -best[2]) if best[0] >= least else None
