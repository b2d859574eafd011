"""Matters: what a demand or promise is about, as a short phrase for people and as weighted words to compare."""

import re
from collections.abc import Mapping
from functools import lru_cache

from communique.ledger.lexicon import lexicon, stem

# Longest phrase of a matter, in words: what fits in one line of a table.
PHRASE = 12
# Weights of shared words: a name or number ties two matters more closely than a concept ("apology"), a concept more
# than any other word. Set on the dossiers of development under corpus/ledger.
_NAMED, _CONCEPT, _WORD = 1.6, 1.0, 0.7

_OPPOSED = (("~opening", "~closing"), ("~stopping", "~starting"))
# Verbs that only lead to what is to be done.
_LIGHT = frozenset(
    ("let", "allow", "see", "use", "begin", "start", "work", "try", "help", "us", "com", "allot", "permit")
)

_LEAD = re.compile(r"^(?:[\s,:;“”\"'’‘(-]|to\b|that\b|not to be\b|on\b|for\b|be\b)+", re.IGNORECASE)
# "A request by the United States to widen the flights": what follows the noun is the matter.
_NAMED_BY = re.compile(
    r"^(?:an?|the|its|his|her|their)\s+(?:\w+\s+)?(?:request|demand|call|appeal|offer|promise|pledge|plea)\b"
    r".{0,60}?\bto\s+(?=[a-z])(?!the\b|an?\b)"
)
# "It would cut supplies", "they stop": who it is stands in the entry already.
_SOMEBODY = re.compile(
    r"^(?:they|it|he|she|we)\s+(?:(?:will|would|shall|should|must|could|may|might)\s+)?(?=[a-z])"
    r"(?!(?:is|are|was|were|has|have|had)\b)",
    re.IGNORECASE,
)
# Words that a phrase which is cut short does not end with.
_LOOSE = re.compile(
    r"a|an|the|its|his|her|their|this|that|and|or|of|in|on|at|to|for|from|by|with|over|under|into|about|between|than"
    r"|more|one|two|three|four|five|six|seven|eight|nine|ten|\d+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;:–—(“”\"]|\s-\s|\b(?:after|while|when|because|since|who|which|before|until|unless|if|saying|adding|as)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\$?\d[\d.,]*\d|\$?\d|[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def phrase(words: str) -> str:
    """A short normal phrase of what the words ask or promise: "to reopen the crossing, officials said" → "reopen the
    crossing"."""
    line = _LEAD.sub("", " ".join(words.split()))
    line = _SOMEBODY.sub("", _NAMED_BY.sub("", line))
    cut = next((each.start() for each in _CUT.finditer(line) if each.start() > 8), len(line))
    short = line[:cut].split()
    if len(short) <= PHRASE:
        return " ".join(short).strip(" .!?’”\"'")
    kept = short[:PHRASE]
    while len(kept) > 1 and _LOOSE.fullmatch(kept[-1]):
        kept.pop()
    return " ".join(kept).strip(" .!?’”\"'") + " …"


def weigh(words: str) -> Mapping[str, float]:
    """The words of a matter with their weights: names and numbers, concepts, and other words by their stems."""
    return _weighed(words)


def alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of the lighter matter the heavier one shares, from 0 to 1, damped where little is there to share."""
    if not one or not other:
        return 0.0
    common = 0.0
    for word, weight in one.items():
        if word in other:
            common += min(weight, other[word])
    smaller, larger = sorted((sum(one.values()), sum(other.values())))
    return common / (0.75 * smaller + 0.25 * larger) * min(1.0, 0.6 + common / 4)


def head(words: str, own: Mapping[str, float]) -> frozenset[str]:
    """The first word of a matter that says something, with its concepts: what is to be done. `own` are the words of the
    matter that are no names of its parties."""
    for match in _TOKEN.finditer(words):
        root = stem(match[0])
        concepts = lexicon().concepts.get(root, ())
        if root not in own and not any(f"~{each}" in own for each in concepts):
            continue
        if match[0].casefold() not in lexicon().stop and root not in _LIGHT:
            return frozenset((root, *(f"~{each}" for each in lexicon().concepts.get(root, ()))))
    return frozenset()


def opposed(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether one matter undoes what the other is about: closing against opening."""
    return any(
        {left, right} & set(one) and {left, right} & set(other) and not ({left, right} & set(one) & set(other))
        for left, right in _OPPOSED
    )


def amount(words: str) -> float | None:
    """The first number of a matter ("40 prisoners", "$8 million"), or None."""
    found = re.search(r"\d[\d,.]*\d|\d", words)
    return None if found is None else float(found[0].replace(",", ""))


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[str, ...]:
    """The words and concepts that two matters share, heaviest first."""
    common = [word for word in one if word in other]
    return tuple(sorted(common, key=lambda word: (-one[word], word)))


@lru_cache(maxsize=100_000)
def _weighed(words: str) -> Mapping[str, float]:
    concepts, stop = lexicon().concepts, lexicon().stop
    found: dict[str, float] = {}
    for match in _TOKEN.finditer(words):
        token = match[0]
        if token.casefold() in stop:
            continue
        root = stem(token)
        known = concepts.get(root, ())
        for concept in known:
            # A word of several concepts says less of each.
            found[f"~{concept}"] = max(found.get(f"~{concept}", 0.0), _CONCEPT / len(known) ** 0.5)
        named = token[0].isupper() or token[0].isdigit() or token[0] == "$"
        if named and match.start() > 0:
            found[root] = _NAMED
        elif not known:
            found[root] = _WORD
    return found
