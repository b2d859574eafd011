"""Coded articles against the project's own annotated corpus: the protocol `corpus`.

Every telling of an event counts: a hand-marked trigger, also a repeated one, and each trigger that the program gives as
evidence. Two tellings are the same event when their triggers share a character and their types agree. Sides, modality,
mode and contexts are compared where trigger and type are right: a found participant is right when its words touch a
mention of the chain of a marked one. A statement is right when the contents share half of their words (token F1 of .5 or
more) and the speaker's words touch the marked speaker's chain (or both name none).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.corpus import AnnotatedArticle, MarkedEvent, MarkedStatement, Party
from communique.records import CodedArticle, Event, Participant, Span
from communique.scoring.calibration import reliability

CONTENT_SHARED = 0.5  # token F1 of two contents that are held to be the same, as in the protocol `attribution`


@dataclass
class Count:
    """Right, found and marked items of one measure."""

    right: int = 0
    found: int = 0
    marked: int = 0

    def add(self, right: int, found: int, marked: int) -> None:
        """Adds the counts of one article."""
        self.right, self.found, self.marked = self.right + right, self.found + found, self.marked + marked

    def measures(self, name: str) -> dict[str, float]:
        """Precision, recall and F1, per cent."""
        return {
            f"{name}.precision": _percent(self.right, self.found),
            f"{name}.recall": _percent(self.right, self.marked),
            f"{name}.f1": _percent(2 * self.right, self.found + self.marked),
        }


@dataclass(frozen=True, slots=True)
class Telling:
    """One trigger of a found event."""

    trigger: Span
    event: Event


@dataclass
class Tally:
    """Counts over all articles, and what a reader of errors wants to see."""

    trigger: Count = field(default_factory=Count)
    trigger_and_type: Count = field(default_factory=Count)
    source: Count = field(default_factory=Count)
    target: Count = field(default_factory=Count)
    modality: Count = field(default_factory=Count)
    country: Count = field(default_factory=Count)
    statement: Count = field(default_factory=Count)
    content: Count = field(default_factory=Count)
    speaker_country: Count = field(default_factory=Count)
    empty_sentences: int = 0
    disturbed_sentences: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    modes: Count = field(default_factory=Count)
    contexts: Count = field(default_factory=Count)


def score(pairs: Iterable[tuple[AnnotatedArticle, CodedArticle]]) -> dict[str, object]:
    """All measures, per cent, over (hand-marked, coded) articles, and which types were taken for which."""
    tally, articles = Tally(), 0
    for marked, coded in pairs:
        articles += 1
        _events(tally, marked, coded)
        _statements(tally, marked, coded)
    told: dict[str, object] = {"articles": articles}
    for name in ("trigger", "trigger_and_type", "source", "target", "statement", "content"):
        told |= getattr(tally, name).measures(name)
    for name in ("modality", "country", "speaker_country"):
        count = getattr(tally, name)
        told[f"{name}.accuracy"] = _percent(count.right, count.found)
    told |= tally.modes.measures("mode") | tally.contexts.measures("context")
    told["sentences_without_event"] = tally.empty_sentences
    told["of_them_given_one"] = _percent(tally.disturbed_sentences, tally.empty_sentences)
    told["confusion"] = {f"{marked} as {found}": count for (marked, found), count in tally.confusion.most_common(20)}
    return told | reliability(tally.sure).as_dict()


def tellings(coded: CodedArticle) -> list[Telling]:
    """Every trigger of every found event, in order of text."""
    found = [
        Telling(evidence.span, event)
        for event in coded.events
        for evidence in event.evidence
        if evidence.field == "trigger"
    ]
    return sorted(found, key=lambda each: each.trigger)


def _events(tally: Tally, marked: AnnotatedArticle, coded: CodedArticle) -> None:
    found = tellings(coded)
    taken: set[int] = set()
    any_trigger = {index for index, each in enumerate(found) if _touches_any(each.trigger, marked.events)}
    hit = sum(any(each.trigger.overlaps(one.trigger) for one in found) for each in marked.events)
    tally.trigger.add(min(hit, len(any_trigger)), len(found), len(marked.events))
    pairs = []
    for event in marked.events:
        same = [number for number, each in enumerate(found) if each.trigger.overlaps(event.trigger)]
        right = next((each for each in same if found[each].event.type == event.type and each not in taken), None)
        if right is not None:
            taken.add(right)
            pairs.append((event, found[right].event))
        elif same:
            tally.confusion[event.type, found[same[0]].event.type] += 1
    tally.trigger_and_type.add(len(pairs), len(found), len(marked.events))
    tally.sure += [(each.event.confidence, number in taken) for number, each in enumerate(found)]
    for event, ours in pairs:
        _sides(tally, marked, coded, event, ours)
    _quiet_sentences(tally, marked, found)


def _sides(tally: Tally, marked: AnnotatedArticle, coded: CodedArticle, event: MarkedEvent, ours: Event) -> None:
    tally.modality.add(int(ours.modality == event.modality), 1, 1)
    tally.modes.add(int(ours.mode in event.modes), int(ours.mode is not None), int(bool(event.modes)))
    tally.contexts.add(len(set(ours.contexts) & set(event.contexts)), len(ours.contexts), len(event.contexts))
    countries = {actor.id: actor.country for actor in coded.actors}
    for count, theirs, mine in (
        (tally.source, event.sources, ours.sources),
        (tally.target, event.targets, ours.targets),
    ):
        left = list(mine)
        right = 0
        for party in theirs:
            one = next((each for each in left if _is(each, party, marked, coded)), None)
            if one is None:
                continue
            left.remove(one)
            right += 1
            chain = marked.chain(party.chain)
            if chain and chain.country:
                tally.country.add(int(countries.get(one.actor or "") == chain.country), 1, 1)
        count.add(right, len(mine), len(theirs))


def _is(participant: Participant, party: Party, marked: AnnotatedArticle, coded: CodedArticle) -> bool:
    span = next(mention.span for mention in coded.mentions if mention.id == participant.mention)
    return span.overlaps(party.mention) or any(
        span.overlaps(mention.span) for mention in marked.mentions if mention.chain == party.chain
    )


def _quiet_sentences(tally: Tally, marked: AnnotatedArticle, found: Sequence[Telling]) -> None:
    busy = {marked.sentence_at(event.trigger.start) for event in marked.events}
    given = {marked.sentence_at(each.trigger.start) for each in found}
    quiet = set(range(len(marked.sentences))) - busy
    tally.empty_sentences += len(quiet)
    tally.disturbed_sentences += len(quiet & given)


def _statements(tally: Tally, marked: AnnotatedArticle, coded: CodedArticle) -> None:
    # A topic ("condemned the raid") is no statement by the guidelines: it can neither be right nor one too many.
    left = [each for each in coded.statements if not each.topic]
    given = len(left)
    countries = {actor.id: actor.country for actor in coded.actors}
    contents = right = 0
    for each in marked.statements:
        scored = [(_shared(each.content, one.content, marked.text), number) for number, one in enumerate(left)]
        best = max(scored, default=(0.0, -1))
        if best[0] < CONTENT_SHARED:
            continue
        one = left.pop(best[1])
        contents += 1
        if _same_speaker(each, one.speaker, marked, coded):
            right += 1
            chain = marked.chain(each.speaker.chain) if each.speaker else None
            if chain and chain.country:
                tally.speaker_country.add(int(countries.get(one.speaker.actor or "") == chain.country), 1, 1)
    tally.content.add(contents, given, len(marked.statements))
    tally.statement.add(right, given, len(marked.statements))


def _same_speaker(
    statement: MarkedStatement, speaker: Participant, marked: AnnotatedArticle, coded: CodedArticle
) -> bool:
    return statement.speaker is not None and _is(speaker, statement.speaker, marked, coded)


def _shared(one: Sequence[Span], other: Sequence[Span], text: str) -> float:
    """Token F1 of two contents."""
    ours, theirs = _tokens(one, text), _tokens(other, text)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _tokens(spans: Sequence[Span], text: str) -> set[int]:
    """Where the words inside the spans begin."""
    return {
        place
        for span in spans
        for place in range(span.start, span.end)
        if text[place].isalnum() and (place == span.start or not text[place - 1].isalnum())
    }


def _touches_any(trigger: Span, events: Iterable[MarkedEvent]) -> bool:
    return any(trigger.overlaps(event.trigger) for event in events)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
