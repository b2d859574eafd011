"""Scores of spans and a parsed text → mentions with kinds and, within a window, antecedents.

Each mention has a head word of its own. Where the span head finds several for one head, the best scored wins, but one
that is not a whole list ("Gates and Mullen") is preferred; a nominal head that it passes over gets the mention that the
tree gives, so that whoever takes part in an event can be pointed to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.encoder import Labels, Scores, Window
from communique.reading.parse import Parse
from communique.records import Kind, Mention, Span, Word

WIDEST = 60  # words; as in training
HOPELESS = -4.0  # log odds below which an antecedent is not kept
_KINDS: dict[str, Kind] = {
    "PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "NORP": "NORP", "EVENT": "EVENT", "WEAPON": "WEAPON",
    "DATE": "DATE", "MONEY": "MONEY", "QUANTITY": "QUANTITY",
}  # fmt: skip
_OUTSIDE = frozenset({"case", "cc", "punct", "conj", "appos", "parataxis", "acl:relcl", "cop", "mark", "advmod:emph"})
_CLAUSAL = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "aux", "aux:pass", "advcl", "discourse", "ccomp"})
_NO_HEAD = frozenset(
    {"compound", "flat", "fixed", "goeswith", "det", "case", "cc", "punct", "amod", "nummod", "advmod"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it has an id: words `first` to `last` (inclusive), head word, kind, and the head word of its
    antecedent in the window, or None."""

    first: int
    last: int
    head: int
    kind: Kind
    antecedent: int | None = None


def find(
    windows: Sequence[tuple[Window, Scores]], sentences: Sequence[Parse], words: Sequence[Word], labels: Labels
) -> tuple[Mention, ...]:
    """All mentions of the document, in order of start, longer first; ids "m1" …, chains "c1" … where two or more
    mentions share a referent."""
    best: dict[int, Found] = {}
    for window, scores in windows:
        inner = [each for each in sentences if window.first <= each.first < window.last]
        spans = {found.head: found for found in _spans(window, scores, inner, words, labels)}
        for word in words[window.first : window.last]:
            if word.index not in spans and _nominal(word):
                first, last = extent(word, words)
                spans[word.index] = Found(first, last, word.index, _kind(scores, window, first, last, word, labels))
        best |= _linked(window, scores, spans)
    return _numbered(sorted(best.values(), key=lambda each: (each.first, -each.last)), words)


def extent(head: Word, words: Sequence[Word]) -> tuple[int, int]:
    """First and last word of the phrase that the tree gives to a nominal head: what hangs from it, without its case
    words, coordination, appositions and relative clauses."""
    inside = {head.index}
    begin, end = _sentence_bounds(head, words)
    waiting = [head.index]
    while waiting:
        governor = waiting.pop()
        for word in words[begin:end]:
            if word.head == governor and word.index not in inside:
                base = word.label.split(":")[0]
                outside = word.label in _OUTSIDE or base in _OUTSIDE
                if governor == head.index and (outside or base in _CLAUSAL or word.label in _CLAUSAL):
                    continue
                inside.add(word.index)
                waiting.append(word.index)
    first = last = head.index
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while last > head.index and words[last].upos == "PUNCT":
        last -= 1
    return first, last


def _sentence_bounds(word: Word, words: Sequence[Word]) -> tuple[int, int]:
    first = last = word.index
    while first and words[first - 1].sentence == word.sentence:
        first -= 1
    while last < len(words) and words[last].sentence == word.sentence:
        last += 1
    return first, last


def _nominal(word: Word) -> bool:
    """Whether the word heads a phrase that can name somebody or something."""
    if word.label.split(":")[0] in _NO_HEAD and word.label != "nmod:poss":
        return False
    if word.upos in {"NOUN", "PROPN"}:
        return True
    return word.upos == "PRON" and word.xpos in {"PRP", "PRP$", "DT", "NN"}


def _spans(
    window: Window, scores: Scores, sentences: Sequence[Parse], words: Sequence[Word], labels: Labels
) -> Iterable[Found]:
    """The best span per head word among those above zero."""
    best: dict[int, tuple[bool, float, Found]] = {}
    for sentence in sentences:
        begin, end = sentence.first - window.first, sentence.last - window.first
        table = scores.span[begin:end, begin:end]
        for start, stop in zip(*np.nonzero(table > 0), strict=True):
            if not start <= stop < start + WIDEST:
                continue
            first, last = sentence.first + int(start), sentence.first + int(stop)
            heads = [each for each in range(first, last + 1) if not first <= words[each].head <= last]
            head = next((each for each in heads if words[each].upos not in {"PUNCT", "ADP"}), first)
            if words[head].upos in {"VERB", "AUX", "PUNCT"}:
                continue  # a clause: GUM marks few of them as mentions, and nobody who acts is one
            is_list = any(
                words[each].head == head and words[each].label == "conj" for each in range(head + 1, last + 1)
            )
            kind = _kind(scores, window, first, last, words[head], labels)
            found = (is_list, -float(table[start, stop]), Found(first, last, head, kind))
            if head not in best or found[:2] < best[head][:2]:
                best[head] = found
    return [each[2] for each in best.values()]


def _kind(scores: Scores, window: Window, first: int, last: int, head: Word, labels: Labels) -> Kind:
    if head.upos == "PRON":
        return "PRONOUN"
    summed = (
        scores.kind_start[first - window.first]
        + scores.kind_end[last - window.first]
        + scores.kind_head[head.index - window.first]
    )
    return _KINDS.get(labels.kind[int(summed.argmax())], "OTHER")


def antecedents(windows: Sequence[tuple[Window, Scores]], heads: Sequence[int]) -> dict[int, dict[int, float]]:
    """For each mention's head word, given in order of text: the heads of earlier mentions of its window that it may
    point back to, with the log odds against pointing to none; hopeless ones are left out."""
    found: dict[int, dict[int, float]] = {}
    for window, scores in windows:
        odds = _odds(scores)
        inside = [head for head in heads if window.first <= head < window.last]
        for number, head in enumerate(inside):
            row = odds[head - window.first]
            likely = {each: float(row[each - window.first]) for each in inside[:number]}
            found[head] = {each: round(value, 3) for each, value in likely.items() if value > HOPELESS}
    return found


def _odds(scores: Scores) -> NDArray[np.float32]:
    """Log odds [W, W] that the row's mention points back to the column's rather than to none."""
    return scores.antecedent[:, :-1] - scores.antecedent[:, -1:]


def _linked(window: Window, scores: Scores, spans: dict[int, Found]) -> dict[int, Found]:
    """The mentions with their likeliest antecedents among the window's earlier mentions."""
    heads = sorted(spans)
    odds = _odds(scores)
    linked: dict[int, Found] = {}
    for number, head in enumerate(heads):
        found = spans[head]
        row = odds[head - window.first]
        earlier = [each - window.first for each in heads[:number]]
        if earlier:
            likeliest = int(row[earlier].argmax())
            if row[earlier[likeliest]] > 0:
                found = Found(found.first, found.last, head, found.kind, earlier[likeliest] + window.first)
        linked[head] = found
    return linked


def _numbered(found: list[Found], words: Sequence[Word]) -> tuple[Mention, ...]:
    chains: dict[int, int] = {}
    for each in sorted(found, key=lambda one: one.head):
        chains[each.head] = each.head if each.antecedent is None else chains.get(each.antecedent, each.antecedent)
    sizes: dict[int, int] = {}
    for chain in chains.values():
        sizes[chain] = sizes.get(chain, 0) + 1
    names: dict[int, str] = {}
    for chain in sorted(chain for chain, size in sizes.items() if size > 1):
        names[chain] = f"c{len(names) + 1}"
    return tuple(
        Mention(
            f"m{number}",
            Span(words[each.first].span.start, words[each.last].span.end),
            each.kind,
            each.head,
            names.get(chains[each.head]),
        )
        for number, each in enumerate(found, 1)
    )
