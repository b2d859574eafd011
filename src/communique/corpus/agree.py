"""How far two annotations of the same texts agree: span-level F1 per layer.

Mentions, roles and cues count as equal when their spans are; contents and triggers when they overlap as the measure
says. Neither side is the truth: precision and recall only name the two directions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from communique.corpus.annotation import AnnotatedArticle, MarkedEvent, MarkedStatement, Party
from communique.errors import CorpusError
from communique.records import Span

# Contents are the same when they share at least half of their joint characters (the measure of PROTOCOLS, attribution).
_CONTENT_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """Agreement on one layer: items of the first, of the second annotation, and those that both have."""

    layer: str
    first: int
    second: int
    both: int

    @property
    def f1(self) -> float:
        """Twice the items of both over all items, 0 to 100; 100 where neither has any."""
        return 100.0 * 2 * self.both / (self.first + self.second) if self.first + self.second else 100.0


def compare(first: Sequence[AnnotatedArticle], second: Sequence[AnnotatedArticle]) -> tuple[Measure, ...]:
    """Measures for every layer over the articles that both sides have, by id.

    Raises `CorpusError` where the two texts of an id differ, or no id is on both sides.
    """
    others = {article.id: article for article in second}
    pairs = [(article, others[article.id]) for article in first if article.id in others]
    if not pairs:
        raise CorpusError("the two sides have no article in common; files of the same name are compared")
    for one, other in pairs:
        if one.text != other.text:
            raise CorpusError(f"the texts of {one.id} differ between the two sides; annotate the same text")
    return tuple(_total(name, [layer(one, other) for one, other in pairs]) for name, layer in _LAYERS.items())


_Counts = tuple[int, int, int]
_Item = TypeVar("_Item")


def _total(name: str, counts: Iterable[_Counts]) -> Measure:
    rows = list(counts)
    return Measure(name, *(sum(row[at] for row in rows) for at in range(3)))


def _sets(one: Iterable[object], other: Iterable[object]) -> _Counts:
    left, right = set(one), set(other)
    return len(left), len(right), len(left & right)


def _matched(
    one: Sequence[_Item], other: Sequence[_Item], same: Callable[[_Item, _Item], bool]
) -> list[tuple[_Item, _Item]]:
    """Pairs of items that are the same, each used once, in order of the first side."""
    free = list(other)
    pairs = []
    for item in one:
        partner = next((each for each in free if same(item, each)), None)
        if partner is not None:
            free.remove(partner)
            pairs.append((item, partner))
    return pairs


def _counted(one: Sequence[_Item], other: Sequence[_Item], same: Callable[[_Item, _Item], bool]) -> _Counts:
    return len(one), len(other), len(_matched(one, other, same))


def _links(article: AnnotatedArticle) -> set[tuple[Span, Span]]:
    spans: dict[str, list[Span]] = {}
    for mention in article.mentions:
        spans.setdefault(mention.chain, []).append(mention.span)
    return {(low, high) for each in spans.values() for at, low in enumerate(each) for high in each[at + 1 :]}


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    left = {offset for span in one for offset in range(span.start, span.end)}
    right = {offset for span in other for offset in range(span.start, span.end)}
    return len(left & right) / len(left | right) if left | right else 0.0


class _Pair:
    """One article annotated twice; tells whether parties of the two sides are the same."""

    def __init__(self, one: AnnotatedArticle, other: AnnotatedArticle) -> None:
        self.one, self.other = one, other

    def same_party(self, left: Party | None, right: Party | None) -> bool:
        """Whether both name nobody, overlapping words, or chains with a mention in common."""
        if left is None or right is None:
            return left is right
        if left.mention.overlaps(right.mention):
            return True
        spans = {each.span for each in self.one.mentions if each.chain == left.chain}
        return any(each.span in spans for each in self.other.mentions if each.chain == right.chain)

    def same_content(self, left: MarkedStatement, right: MarkedStatement) -> bool:
        return _shared(left.content, right.content) >= _CONTENT_OVERLAP

    def same_statement(self, left: MarkedStatement, right: MarkedStatement) -> bool:
        return self.same_content(left, right) and self.same_party(left.speaker, right.speaker)

    def events(self) -> list[tuple[MarkedEvent, MarkedEvent]]:
        return _matched(self.one.events, self.other.events, _same_event)


def _same_event(left: MarkedEvent, right: MarkedEvent) -> bool:
    return left.trigger.overlaps(right.trigger) and left.type == right.type


def _parties(side: str, *, shared: bool) -> Callable[[AnnotatedArticle, AnnotatedArticle], _Counts]:
    """Parties of all events, or only of those whose trigger and type both sides have."""

    def layer(one: AnnotatedArticle, other: AnnotatedArticle) -> _Counts:
        pair = _Pair(one, other)
        events = pair.events()
        both = sum(len(_matched(getattr(left, side), getattr(right, side), pair.same_party)) for left, right in events)
        if shared:
            return _sum((left for left, _ in events), side), _sum((right for _, right in events), side), both
        return _sum(one.events, side), _sum(other.events, side), both

    return layer


def _sum(events: Iterable[MarkedEvent], side: str) -> int:
    return sum(len(getattr(event, side)) for event in events)


def _modality(one: AnnotatedArticle, other: AnnotatedArticle) -> _Counts:
    pairs = _Pair(one, other).events()
    return len(pairs), len(pairs), sum(left.modality == right.modality for left, right in pairs)


def _modes(one: AnnotatedArticle, other: AnnotatedArticle) -> _Counts:
    pairs = _Pair(one, other).events()
    return len(pairs), len(pairs), sum(left.modes[:1] == right.modes[:1] for left, right in pairs)


def _ledger(one: AnnotatedArticle, other: AnnotatedArticle) -> _Counts:
    return _counted(
        one.ledger, other.ledger, lambda left, right: left.kind == right.kind and _shared(left.what, right.what) > 0
    )


_LAYERS: dict[str, Callable[[AnnotatedArticle, AnnotatedArticle], _Counts]] = {
    "mentions": lambda one, other: _sets((each.span for each in one.mentions), (each.span for each in other.mentions)),
    "mentions with kind": lambda one, other: _sets(
        ((each.span, each.kind) for each in one.mentions), ((each.span, each.kind) for each in other.mentions)
    ),
    "links of chains": lambda one, other: _sets(_links(one), _links(other)),
    "roles": lambda one, other: _sets((each.span for each in one.roles), (each.span for each in other.roles)),
    "cues": lambda one, other: _sets((each.cue for each in one.statements), (each.cue for each in other.statements)),
    "contents, exact": lambda one, other: _sets(
        (each.content for each in one.statements), (each.content for each in other.statements)
    ),
    "statements": lambda one, other: _counted(one.statements, other.statements, _Pair(one, other).same_statement),
    "event triggers": lambda one, other: _counted(
        one.events, other.events, lambda left, right: left.trigger.overlaps(right.trigger)
    ),
    "event triggers with type": lambda one, other: _counted(one.events, other.events, _same_event),
    "modes of shared events": _modes,
    "modality of shared events": _modality,
    "sources of shared events": _parties("sources", shared=True),
    "targets of shared events": _parties("targets", shared=True),
    "sources": _parties("sources", shared=False),
    "targets": _parties("targets", shared=False),
    "ledger entries": _ledger,
}
