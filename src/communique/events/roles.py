"""How likely a mention is the source or the target of a trigger, by the tree between them: a small linear scorer.

What enters are a trigger with its type and a mention of the same sentence; what leaves are log-odds of each role. The
features are words of the grammar (the path through the tree, who stands first, what kind of mention it is), the weights
were fitted on the training part of the project's corpus (`communique.training.roles`) over trees of the shipped reader.
"""

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from communique.records import Document, Mention, Word

_DATA = Path(__file__).parent / "data" / "roles.json"
_LONGEST = 5  # arcs of a path that are told; what hangs farther away is only "far"
ROLES = ("source", "target")


def features(document: Document, trigger: int, mention: Mention, kind: str, *, acts: bool) -> Iterator[str]:
    """The features of a mention beside a trigger of an event type; `acts`: an actor is known for the mention."""
    words = document.words
    word, other = words[trigger], words[mention.head]
    path = " ".join(_path(document, trigger, mention.head))
    tag = _tag(word)
    lemma = word.lemma.lower()
    yield f"type {kind}"
    yield f"path {tag} {path}"
    yield f"path {tag} {path} {kind}"
    yield f"path {tag} {path} {lemma}"
    yield f"first {path.partition(' ')[0]} {tag}"
    yield f"kind {mention.kind} {kind}"
    yield f"acts {acts} {mention.kind}"
    yield f"acts {acts} {path}"
    yield f"order {other.index < trigger} {_near(abs(other.index - trigger))}"
    yield f"order {other.index < trigger} {kind}"
    yield f"word {other.lemma.lower()} {kind}"


class Roles:
    """The fitted scorer."""

    def __init__(self, weights: Mapping[str, tuple[float, float]]) -> None:
        self._weights = weights

    @classmethod
    @cache
    def load(cls) -> "Roles":
        """The scorer of the package."""
        rows = json.loads(_DATA.read_text(encoding="utf-8"))
        return cls({name: (source, target) for name, (source, target) in rows.items()})

    def odds(self, document: Document, trigger: int, mention: Mention, kind: str, *, acts: bool) -> dict[str, float]:
        """Log-odds that the mention is the source, and that it is the target, of the trigger."""
        source = target = 0.0
        for name in ("bias", *features(document, trigger, mention, kind, acts=acts)):
            weights = self._weights.get(name)
            if weights is not None:
                source, target = source + weights[0], target + weights[1]
        neither, ours, theirs = 1.0, math.exp(source), math.exp(target)
        return {"source": math.log(ours / (neither + theirs)), "target": math.log(theirs / (neither + ours))}


def _tag(word: Word) -> str:
    if word.upos in ("VERB", "AUX"):
        return "VBN" if word.xpos == "VBN" and word.label.startswith(("acl", "amod")) else "verb"
    return "adj" if word.upos == "ADJ" else "noun"


def _near(distance: int) -> str:
    return (
        "1" if distance == 1 else "3" if distance <= 3 else "8" if distance <= 8 else "20" if distance <= 20 else "far"
    )


def _path(document: Document, trigger: int, other: int) -> list[str]:
    """The arcs from trigger to word: upward ones with "<", downward ones with their prepositions."""
    words = document.words
    above = [trigger, *(each.index for each in document.ancestors(trigger))]
    down: list[str] = []
    at = other
    while at not in above:
        if words[at].head < 0 or len(down) > _LONGEST:
            return ["far"]
        down.append(_arc(document, at))
        at = words[at].head
    up = [f"<{words[each].label}" for each in above[: above.index(at)]]
    if len(up) + len(down) > _LONGEST:
        return ["far"]
    passive = "pass" if any(each.label == "aux:pass" for each in document.children(trigger)) else ""
    return [passive, *up, *reversed(down)] if passive else [*up, *reversed(down)]


def _arc(document: Document, index: int) -> str:
    word = document.words[index]
    if word.label.partition(":")[0] in ("obl", "nmod"):
        case = next((each.lemma.lower() for each in document.children(index, "case")), "")
        return f"{word.label}({case})"
    return word.label
