"""Parses against treebanks: the measures of the CoNLL 2018 shared task (Zeman et al. 2018).

Words are aligned by their characters. A measure is an F1 over words (or sentences): `words`, `sentences` (same first
and last character), `upos`, `uas` (same governor), `las` (same governor and universal label, the subtype after ":" left
out, as in the shared task), `las_subtypes` (whole label). With gold words and sentences F1 is accuracy.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.records import Document, Span

MEASURES = ("words", "sentences", "upos", "xpos", "uas", "las", "las_subtypes")


@dataclass
class Tally:
    """Right, found and gold counts per measure, summed over documents."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    gold: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    def f1(self) -> dict[str, float]:
        """F1 of every measure, per cent."""
        return {
            name: round(200 * self.right[name] / max(1, self.found[name] + self.gold[name]), 2) for name in MEASURES
        }


def score(pairs: Iterable[tuple[Document, Document]]) -> dict[str, float]:
    """F1 per measure, per cent, over (gold, found) documents of the same text."""
    tally = Tally()
    for gold, found in pairs:
        _count(tally, gold, found)
    return tally.f1()


def _count(tally: Tally, gold: Document, found: Document) -> None:
    for name in MEASURES:
        tally.gold[name] += len(gold.sentences) if name == "sentences" else len(gold.words)
        tally.found[name] += len(found.sentences) if name == "sentences" else len(found.words)
    bounds = {_bounds(gold, number) for number in range(len(gold.sentences))}
    tally.right["sentences"] += sum(_bounds(found, number) in bounds for number in range(len(found.sentences)))
    pairs = _aligned(gold, found)
    for found_index, gold_index in pairs.items():
        ours, theirs = found.words[found_index], gold.words[gold_index]
        tally.right["words"] += 1
        tally.right["upos"] += ours.upos == theirs.upos
        tally.right["xpos"] += ours.xpos == theirs.xpos
        same_head = theirs.head < 0 if ours.head < 0 else pairs.get(ours.head, -2) == theirs.head
        if same_head:
            tally.right["uas"] += 1
            tally.right["las"] += ours.label.split(":")[0] == theirs.label.split(":")[0]
            tally.right["las_subtypes"] += ours.label == theirs.label


def _aligned(gold: Document, found: Document) -> dict[int, int]:
    """Found word → gold word with the same characters; words that share characters are paired in order."""
    waiting: dict[Span, list[int]] = {}
    for word in reversed(gold.words):
        waiting.setdefault(word.span, []).append(word.index)
    return {word.index: waiting[word.span].pop() for word in found.words if waiting.get(word.span)}


def _bounds(document: Document, number: int) -> Span:
    sentence = document.sentences[number]
    return Span(document.words[sentence.first].span.start, document.words[sentence.last - 1].span.end)
