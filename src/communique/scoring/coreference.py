"""Coreference: found chains against hand-marked ones, by two protocols.

`conll`: the CoNLL-2012 average of the F1 of MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and entity CEAF with
φ4 (Luo 2005), from raw text, over chains of two or more mentions on both sides ("without singletons"); counts are
summed over documents. It is given twice: `exact`, where a found mention is a marked one only if both ends agree, and
`head`, where mentions that agree exactly are paired first and then those left that have the same head word.

`named`: who speaks and acts. An item is a mention that takes part in a marked statement or event (speaker, source,
target) and whose chain has a code and a name. It is right when the program has, in one chain with the mention that
touches it, words that touch a name of that chain; wrong when all names that the program has there are those of other
chains; else missed. Given for all items, and apart for pronouns, descriptions and names (a name that is found is right
by itself; it is an item because a reader of the data meets it as one).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from communique.corpus import AnnotatedArticle, MarkedMention
from communique.records import Document, Mention, Span
from communique.scoring.mentions import Marked

Chain = frozenset[str]
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
     "theirs", "themselves", "i", "me", "my", "we", "us", "our", "you", "your", "who", "which", "that", "this", "both",
     "those", "these", "one", "some", "others", "each"}
)  # fmt: skip
_AFTER = re.compile(r",| (?:of|in|for|from|to|at|on|with|who|that|which) ")


@dataclass
class Ratio:
    """Sums of numerators and denominators of recall and precision."""

    recall: list[float] = field(default_factory=lambda: [0.0, 0.0])
    precision: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def add(self, recall: tuple[float, float], precision: tuple[float, float]) -> None:
        """Adds (numerator, denominator) of recall and of precision of one document."""
        for sums, one in ((self.recall, recall), (self.precision, precision)):
            sums[0], sums[1] = sums[0] + one[0], sums[1] + one[1]

    @property
    def f1(self) -> float:
        """The harmonic mean of both, per cent."""
        recall, precision = (sums[0] / sums[1] if sums[1] else 0.0 for sums in (self.recall, self.precision))
        return 200 * recall * precision / (recall + precision) if recall + precision else 0.0


def conll(pairs: Iterable[tuple[Document, Sequence[Marked], Document]]) -> dict[str, float]:
    """The measures over (gold words, marked mentions, document with chains), per cent."""
    sums = {way: {name: Ratio() for name in MEASURES} for way in ("exact", "head")}
    for gold, marked, document in pairs:
        found = [each for each in document.mentions if each.chain is not None]
        theirs = _marked_chains(marked)
        named = {id(each): f"g{number}" for number, each in enumerate(marked)}
        key = [frozenset(named[id(each)] for each in chain) for chain in theirs]
        for way, measures in sums.items():
            alike = _aligned(gold, [each for chain in theirs for each in chain], document, found, way, named)
            answer = _chains((each.chain or "", alike.get(each.id, each.id)) for each in found)
            for name, measure in MEASURES.items():
                measures[name].add(*measure(key, answer))
    told: dict[str, float] = {}
    for way, measures in sums.items():
        told[f"{way}.conll"] = round(sum(each.f1 for each in measures.values()) / len(measures), 2)
        told |= {f"{way}.{name}": round(each.f1, 2) for name, each in measures.items()}
    return told


def _marked_chains(marked: Sequence[Marked]) -> list[list[Marked]]:
    chains: dict[str, list[Marked]] = {}
    for each in marked:
        chains.setdefault(each.referent, []).append(each)
    return [chain for chain in chains.values() if len(chain) > 1]


def _chains(members: Iterable[tuple[str, str]]) -> list[Chain]:
    chains: dict[str, set[str]] = {}
    for chain, member in members:
        chains.setdefault(chain, set()).add(member)
    return [frozenset(chain) for chain in chains.values()]


def _aligned(
    gold: Document, marked: Sequence[Marked], document: Document, found: Sequence[Mention], way: str,
    named: Mapping[int, str],
) -> dict[str, str]:  # fmt: skip
    """Found mention → name of the marked one that it is; one to one."""
    spans: dict[Span, Marked] = {each.span: each for each in marked}
    alike: dict[str, str] = {}
    left = {id(each): each for each in marked}
    for mine in found:
        if (theirs := spans.get(mine.span)) is not None and left.pop(id(theirs), None) is not None:
            alike[mine.id] = named[id(theirs)]
    if way == "exact":
        return alike
    heads: dict[int, list[Marked]] = {}
    for theirs in sorted(left.values(), key=lambda each: each.span.start - each.span.end):
        heads.setdefault(_head(gold, theirs.span), []).append(theirs)
    for mine in found:
        waiting = heads.get(document.words[mine.head].span.start)
        if mine.id not in alike and waiting:
            alike[mine.id] = named[id(waiting.pop(0))]
    return alike


def _head(document: Document, span: Span) -> int:
    """Where the head word of a marked mention begins: the first of its words whose governor lies outside."""
    words = document.words_in(span)
    inside = {word.index for word in words}
    top = next((word for word in words if word.head not in inside and word.upos != "PUNCT"), words[0])
    return top.span.start


def _muc(key: Sequence[Chain], answer: Sequence[Chain]) -> tuple[tuple[float, float], tuple[float, float]]:
    return _links(key, answer), _links(answer, key)


def _links(one: Sequence[Chain], other: Sequence[Chain]) -> tuple[float, float]:
    """Links of the chains of `one` that `other` has, of all its links."""
    home = {member: number for number, chain in enumerate(other) for member in chain}
    right = whole = 0
    for chain in one:
        parts = {home.get(member, member) for member in chain}
        right += len(chain) - len(parts)
        whole += len(chain) - 1
    return right, whole


def _b_cubed(key: Sequence[Chain], answer: Sequence[Chain]) -> tuple[tuple[float, float], tuple[float, float]]:
    return _overlaps(key, answer), _overlaps(answer, key)


def _overlaps(one: Sequence[Chain], other: Sequence[Chain]) -> tuple[float, float]:
    shared = sum(len(mine & theirs) ** 2 / len(mine) for mine in one for theirs in other)
    return shared, sum(len(mine) for mine in one)


def _ceaf(key: Sequence[Chain], answer: Sequence[Chain]) -> tuple[tuple[float, float], tuple[float, float]]:
    table = [[2 * len(mine & theirs) / (len(mine) + len(theirs)) for theirs in answer] for mine in key]
    best = heaviest(table)
    return (best, len(key)), (best, len(answer))


MEASURES: Mapping[str, Callable[[Sequence[Chain], Sequence[Chain]], tuple[tuple[float, float], tuple[float, float]]]]
MEASURES = {"muc": _muc, "b3": _b_cubed, "ceafe": _ceaf}


def heaviest(table: Sequence[Sequence[float]]) -> float:
    """The greatest sum of entries with no two in one row or column (Kuhn–Munkres with potentials)."""
    if not table or not table[0]:
        return 0.0
    rows = table if len(table) <= len(table[0]) else [list(column) for column in zip(*table, strict=True)]
    height, width = len(rows), len(rows[0])
    of_row, of_column = [0.0] * (height + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)  # the row that holds each column, counted from 1; 0 for none
    for row in range(1, height + 1):
        owner[0], column = row, 0
        least, came = [float("inf")] * (width + 1), [0] * (width + 1)
        used = [False] * (width + 1)
        while owner[column] != 0:
            used[column] = True
            step, following = float("inf"), 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                cost = -rows[owner[column] - 1][other - 1] - of_row[owner[column]] - of_column[other]
                if cost < least[other]:
                    least[other], came[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(width + 1):
                if used[other]:
                    of_row[owner[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            owner[column], column = owner[came[column]], came[column]
    return sum(rows[owner[column] - 1][column - 1] for column in range(1, width + 1) if owner[column])


@dataclass(frozen=True, slots=True)
class Item:
    """One mention that speaks or acts, and what became of it: "right", "wrong" or "missed"."""

    span: Span
    chain: str
    form: str
    outcome: str


def named(pairs: Iterable[tuple[AnnotatedArticle, Document]]) -> dict[str, float]:
    """Share of right items, per cent, over (hand-marked article, document with chains); and their numbers."""
    counts: dict[str, Counter[str]] = {form: Counter() for form in ("all", "pronoun", "description", "name")}
    for marked, document in pairs:
        for item in items(marked, document):
            counts["all"][item.outcome] += 1
            counts[item.form][item.outcome] += 1
    told: dict[str, float] = {}
    for form, count in counts.items():
        whole = count.total()
        told[f"named.{form}"] = round(100 * count["right"] / whole, 2) if whole else 0.0
        told[f"named.{form}.wrong"] = round(100 * count["wrong"] / whole, 2) if whole else 0.0
        told[f"named.{form}.items"] = whole
    return told


def items(marked: AnnotatedArticle, document: Document) -> list[Item]:
    """The items of one article in order of text, judged."""
    names: dict[str, list[Span]] = {}
    for mention in marked.mentions:
        if _form(marked, mention) == "name":
            names.setdefault(mention.chain, []).append(mention.span)
    spoken = [each.speaker for each in marked.statements if each.speaker]
    acted = [party for each in marked.events for party in (*each.sources, *each.targets)]
    by_span = {each.span: each for each in marked.mentions}
    judged = []
    for span in sorted({party.mention for party in (*spoken, *acted)}):
        found = by_span.get(span)
        chain = marked.chain(found.chain) if found else None
        if found is None or chain is None or not (chain.country or chain.sectors) or chain.name not in names:
            continue
        judged.append(Item(span, chain.name, _form(marked, found), _outcome(document, span, chain.name, names)))
    return judged


def _outcome(document: Document, span: Span, chain: str, names: Mapping[str, Sequence[Span]]) -> str:
    mine = _nearest(document, span)
    if mine is None:
        return "missed"
    group = [each for each in document.mentions if each.chain == mine.chain] if mine.chain else [mine]
    heads = [document.words[each.head].span for each in group]
    if any(head.overlaps(name) for head in heads for name in names[chain]):
        return "right"
    others = (name for owner, spans in names.items() if owner != chain for name in spans)
    return "wrong" if any(head.overlaps(name) for name in others for head in heads) else "missed"


def _nearest(document: Document, span: Span) -> Mention | None:
    """The program's mention that the marked span means: the widest one headed by its highest word."""
    words = document.words_in(span)
    inside = {word.index for word in words}
    tops = [word.index for word in words if word.head not in inside and word.upos != "PUNCT"]
    return next((found for index in tops if (found := document.mention_at(index)) is not None), None)


def _form(marked: AnnotatedArticle, mention: MarkedMention) -> str:
    """Whether a marked mention is a "pronoun", a "name" or a "description".

    A name ends, before any comma or preposition, in a word with a capital that a sentence's start does not explain.
    """
    text = mention.span.of(marked.text)
    if mention.kind == "PRONOUN" or text.lower() in _PRONOUNS:
        return "pronoun"
    words = list(_WORD.finditer(_AFTER.split(text, maxsplit=1)[0]))
    if not words or not words[-1][0][0].isupper():
        return "description"
    first = mention.span.start + words[-1].start() in {sentence.start for sentence in marked.sentences}
    return "description" if first and words[-1][0].lower() in marked.text else "name"
