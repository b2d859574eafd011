"""Coded articles against the project's own annotated corpus: the protocol `corpus`.

Every telling of an event counts: a hand-marked trigger, also a repeated one, and each trigger that the program gives as
evidence. Two tellings are the same event when their triggers share a character and their types agree. Sides, modality,
mode and contexts are compared where trigger and type are right: a found participant is right when its words touch a
mention of the chain of a marked one. Statements are
compared as :mod:`communique.scoring.sayings` says.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.corpus import AnnotatedArticle, MarkedEvent, Party
from communique.records import CodedArticle, Event, Participant, Span
from communique.scoring.calibration import reliability
from communique.scoring.counting import Count, percent
from communique.scoring.sayings import Sayings, touched

_THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)  # confidences from which on precision and recall are told


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
    empty_sentences: int = 0
    disturbed_sentences: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    modes: Count = field(default_factory=Count)
    contexts: Count = field(default_factory=Count)
    sayings: Sayings = field(default_factory=Sayings)


def score(pairs: Iterable[tuple[AnnotatedArticle, CodedArticle]]) -> dict[str, object]:
    """All measures, per cent, over (hand-marked, coded) articles, and which types were taken for which; nothing of
    statements where none are marked (briefs)."""
    tally, articles, said = Tally(), 0, False
    for marked, coded in pairs:
        articles += 1
        said = said or bool(marked.statements)
        _events(tally, marked, coded)
        tally.sayings.add(marked, coded)
    told: dict[str, object] = {"articles": articles}
    for name in ("trigger", "trigger_and_type", "source", "target"):
        told |= getattr(tally, name).measures(name)
    for name in ("modality", "country"):
        count = getattr(tally, name)
        told[f"{name}.accuracy"] = percent(count.right, count.found)
    told |= tally.modes.measures("mode") | tally.contexts.measures("context")
    if said:
        told |= tally.sayings.as_dict()
    told["sentences_without_event"] = tally.empty_sentences
    told["of_them_given_one"] = percent(tally.disturbed_sentences, tally.empty_sentences)
    told["confusion"] = {f"{marked} as {found}": count for (marked, found), count in tally.confusion.most_common(20)}
    told["at_confidence"] = {f"{least:.1f}": _kept(tally, least) for least in _THRESHOLDS}
    return told | reliability(tally.sure).as_dict()


def _kept(tally: Tally, least: float) -> str:
    """Precision and recall of trigger and type among events of at least a confidence."""
    kept = [right for confidence, right in tally.sure if confidence >= least]
    precision, recall = percent(sum(kept), len(kept)), percent(sum(kept), tally.trigger_and_type.marked)
    return f"precision {precision}, recall {recall}"


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
    return touched(span, party, marked)


def _quiet_sentences(tally: Tally, marked: AnnotatedArticle, found: Sequence[Telling]) -> None:
    busy = {marked.sentence_at(event.trigger.start) for event in marked.events}
    given = {marked.sentence_at(each.trigger.start) for each in found}
    quiet = set(range(len(marked.sentences))) - busy
    tally.empty_sentences += len(quiet)
    tally.disturbed_sentences += len(quiet & given)


def _touches_any(trigger: Span, events: Iterable[MarkedEvent]) -> bool:
    return any(trigger.overlaps(event.trigger) for event in events)
