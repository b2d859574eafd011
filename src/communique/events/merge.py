"""One event told twice is one event with two pieces of evidence.

The rule. Two tellings in one article are the same event when
1. type and modality agree and their modes do not contradict each other;
2. on each side the actors of one are all among those of the other, or one telling leaves that side open, and the two
   share at least one actor;
3. they use the same lemma, or one of them is a noun that points back with "the" or "this", or they state the same time;
4. they do not state different times or different places.
Within a sentence, an act and its result are one ("bombed the depot, killing six"), and so are two words of one type
that share their sides, joined by "and" ("condemned and denounced") or one hanging on the other ("went on strike").
The first telling stays, takes over what it lacks (sides, mode, time, place), and gets the other's words as evidence.
A telling that names nobody ("The meeting lasted 30 minutes") adds its words to the nearest event of its type up to
three sentences before it.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import TypeVar

from communique.records import Event, Evidence, Interval, Place, Span

Item = TypeVar("Item")

_REACH = 3  # sentences over which a bare "the meeting" may point back; farther ones are mostly other meetings


@dataclass(frozen=True, slots=True)
class Told:
    """One telling: the event (None for a noun that names nobody), its type, trigger lemma and actors by side.

    A `bare` telling names nobody: it points back to an event told before, or stands for itself. `word` is the trigger's
    index, `joined_to` that of the word it is joined to by "and" or hangs on, perhaps as a `result`.
    """

    event: Event | None
    type: str
    lemma: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    trigger: Span
    sentence: int
    where: Place | None
    definite: bool = False
    bare: bool = False
    word: int = -1
    joined_to: int = -1
    result: bool = False


def merge(told: list[Told]) -> list[Event]:
    """Events in order of their first telling."""
    kept: list[Told] = []
    for each in told:
        if (each.event is None or each.bare) and _points_back(kept, each):
            continue
        for place, earlier in enumerate(kept):
            if _same(earlier, each):
                kept[place] = _join(earlier, each)
                break
        else:
            kept.append(each)
    return [each.event for each in kept if each.event is not None]


def _points_back(kept: list[Told], bare: Told) -> bool:
    """Whether the words of a bare telling were added to the event that they point back to."""
    for place in range(len(kept) - 1, -1, -1):
        earlier = kept[place]
        if bare.sentence - earlier.sentence > _REACH:
            break
        if earlier.type == bare.type and earlier.event is not None and earlier.event.modality == "actual":
            event = replace(earlier.event, evidence=(*earlier.event.evidence, Evidence(bare.trigger, "trigger")))
            kept[place] = replace(earlier, event=event)
            return True
    return bare.event is None


def _same(first: Told, second: Told) -> bool:
    one, two = first.event, second.event
    if one is None or two is None or one.type != two.type or one.modality != two.modality:
        return False
    joined = _one_act(first, second)
    if joined and second.result:  # an act and its result, whatever the result's word says of the means
        return True
    if one.mode is not None and two.mode is not None and one.mode != two.mode:
        return False
    if joined:
        return True
    if not _compatible(first, second):
        return False
    times = _stated(one.when), _stated(two.when)
    if (times[0] and times[1] and times[0] != times[1]) or _apart(one.where, two.where):
        return False
    return (
        first.lemma == second.lemma
        or first.definite
        or second.definite
        or (times[0] is not None and times[0] == times[1])
    )


def _one_act(first: Told, second: Told) -> bool:
    """Whether the second is the result of the first or joined to it with the same sides."""
    if second.joined_to != first.word or set(first.sources) != set(second.sources):
        return False
    return second.result or set(first.targets) == set(second.targets)


def _compatible(first: Told, second: Told) -> bool:
    everybody = set(first.sources) | set(first.targets), set(second.sources) | set(second.targets)
    if not everybody[0] & everybody[1]:
        return False
    for one, two in ((first.sources, second.sources), (first.targets, second.targets)):
        if one and two and not (set(one) <= set(two) or set(two) <= set(one)):
            return False
    return True


def _join(first: Told, second: Told) -> Told:
    second = _beside(first, second)
    one, two = first.event, second.event
    if one is None or two is None:
        return first
    fuller = second if len(second.sources) > len(first.sources) else first
    aimed = second if len(second.targets) > len(first.targets) else first
    targets = (two if aimed is second else one).targets
    if second.result and second.joined_to == first.word:  # those hit and those who were killed by it
        known = {each.actor for each in one.targets}
        targets = (*one.targets, *(each for each in two.targets if each.actor not in known))
    event = replace(
        one,
        mode=one.mode or two.mode,
        cameo=one.cameo if one.mode or not two.mode else two.cameo,
        goldstein=one.goldstein if one.mode or not two.mode else two.goldstein,
        contexts=tuple(dict.fromkeys([*one.contexts, *two.contexts])),
        sources=(two if fuller is second else one).sources,
        targets=targets,
        when=two.when if _stated(one.when) is None and _stated(two.when) else one.when,
        where=one.where or two.where,
        historical=one.historical or two.historical,
        confidence=max(one.confidence, two.confidence),
        evidence=tuple(dict.fromkeys([*one.evidence, *two.evidence])),
    )
    return replace(first, event=event, sources=fuller.sources, targets=aimed.targets)


def _beside(first: Told, second: Told) -> Told:
    """The second telling without those whom the first alone has on the other side ("discuss with Pakistan how to work
    with Pakistan")."""
    event = second.event
    doing = (set(first.targets) - set(second.targets)) & set(second.sources)
    done_to = (set(first.sources) - set(second.sources)) & set(second.targets)
    if event is None or not doing | done_to:
        return second
    dropped = {*_words(event, "source", second.sources, doing), *_words(event, "target", second.targets, done_to)}
    return replace(
        second,
        event=replace(
            event,
            sources=_left(event.sources, second.sources, doing),
            targets=_left(event.targets, second.targets, done_to),
            evidence=tuple(each for each in event.evidence if each not in dropped),
        ),
        sources=_left(second.sources, second.sources, doing),
        targets=_left(second.targets, second.targets, done_to),
    )


def _words(event: Event, side: str, names: tuple[str, ...], chosen: Set[str]) -> list[Evidence]:
    """The words of the chosen ones; a telling's evidence for a side stands in the order of the side."""
    words = [each for each in event.evidence if each.field == side]
    return [each for each, name in zip(words, names, strict=False) if name in chosen]


def _left(items: tuple[Item, ...], names: tuple[str, ...], dropped: Set[str]) -> tuple[Item, ...]:
    return tuple(each for each, name in zip(items, names, strict=True) if name not in dropped)


def _stated(interval: Interval | None) -> tuple[str, str] | None:
    return None if interval is None or interval.basis != "stated" else (interval.start, interval.end)


def _apart(first: Place | None, second: Place | None) -> bool:
    return (
        first is not None
        and second is not None
        and first.name != second.name
        and first.geonames_id != second.geonames_id
    )
