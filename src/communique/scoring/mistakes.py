"""What an event coder got wrong, one by one, the most telling first.

A mistake tells the more, the surer the program was: false events and wrong types by their confidence. An event that was
missed has none; those come in between, in order of text, so that a short list shows all kinds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, zip_longest
from typing import Literal

from communique.corpus import AnnotatedArticle
from communique.records import CodedArticle
from communique.scoring.annotated import tellings


@dataclass(frozen=True, slots=True)
class Mistake:
    """An event that is false, missed or of the wrong type, with its words and their sentence; `marked` and `found` are
    types, "" for none."""

    kind: Literal["false", "missed", "type"]
    marked: str
    found: str
    trigger: str
    sentence: str
    article: str
    confidence: float | None = None

    def as_row(self) -> dict[str, object]:
        """The mistake as plain values by name."""
        return asdict(self)


def most_telling(pairs: Iterable[tuple[AnnotatedArticle, CodedArticle]]) -> list[Mistake]:
    """All mistakes over (hand-marked, coded) articles, kinds by turns."""
    found = [mistake for marked, coded in pairs for mistake in mistakes(marked, coded)]
    kinds: list[Sequence[Mistake]] = [
        sorted((each for each in found if each.kind == kind), key=lambda each: -(each.confidence or 0))
        for kind in ("false", "type", "missed")
    ]
    return [each for each in chain.from_iterable(zip_longest(*kinds)) if each is not None]


def mistakes(marked: AnnotatedArticle, coded: CodedArticle) -> Iterator[Mistake]:
    """The mistakes in one article, by the pairing of :mod:`communique.scoring.annotated`."""
    found = tellings(coded)
    text = marked.text

    def told(kind: Literal["false", "missed", "type"], gold: str, given: str, trigger: tuple[int, int],
             sure: float | None) -> Mistake:  # fmt: skip
        sentence = marked.sentences[max(0, marked.sentence_at(trigger[0]))].of(text)
        return Mistake(kind, gold, given, text[slice(*trigger)], sentence, marked.id, sure)

    for event in marked.events:
        same = [each for each in found if each.trigger.overlaps(event.trigger)]
        place = event.trigger.start, event.trigger.end
        if not same:
            yield told("missed", event.type, "", place, None)
        elif all(each.event.type != event.type for each in same):
            yield told("type", event.type, same[0].event.type, place, same[0].event.confidence)
    for each in found:
        if not any(each.trigger.overlaps(event.trigger) for event in marked.events):
            place = each.trigger.start, each.trigger.end
            yield told("false", "", each.event.type, place, each.event.confidence)
