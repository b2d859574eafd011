"""The section `events`: `E1 asked = REQUEST/change USA > PAK | on this week | ctx terrorism`."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from communique.corpus.annotation import MarkedEvent, MarkedStatement, Party
from communique.corpus.complaint import Complaints
from communique.corpus.parse_chains import Cast
from communique.corpus.quoting import QuotedText
from communique.corpus.vocabulary import LABELS, MODALITIES, TYPES, codebook, modes_of, one_of, plv_label
from communique.errors import CorpusError
from communique.records import EventType, Modality, Span

if TYPE_CHECKING:
    from communique.corpus.parse import Line

_FIRST = re.compile(r"(?:(?P<id>E\d+)\s+)?(?P<trigger>.+?)\s+=\s+(?P<rest>.+)")
_TYPE = re.compile(r"[A-Z]+(?:/[a-z_,-]+)?")
# Most triggers are one word, a verb with its particle two; more is a phrase.
_LONGEST_TRIGGER = 3
# What is announced of these types is another type (guidelines E6).
_SWALLOWED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "CONCEDE": "CONCEDE",
              "RETREAT": "CONCEDE", "AGREE": "AGREE"}  # fmt: skip


@dataclass
class Fields:
    """What the fields after the first ` | ` say."""

    when: str | None = None
    day: str | None = None
    where: str | None = None
    contexts: tuple[str, ...] | None = None
    modality: Modality | None = None
    historical: bool | None = None
    plv: str | None = None
    cameo: str | None = None
    seen: set[str] = field(default_factory=set)


def read_events(
    lines: "list[Line]",
    text: QuotedText,
    cast: Cast,
    statements: tuple[MarkedStatement, ...],
    complaints: Complaints,
) -> tuple[MarkedEvent, ...]:
    """Reads the section, in the order of its lines; a compound type gives one event per type."""
    events: list[MarkedEvent] = []
    for line in lines:
        with complaints.at(line.number):
            for event in _read_line(line, text, cast, statements, events):
                if any(each.id == event.id for each in events):
                    raise CorpusError(f"the id {event.id} stands twice; number events E1, E2, …")
                check_event(event, events, text, complaints)
                events.append(event)
    return tuple(events)


def _read_line(
    line: "Line",
    text: QuotedText,
    cast: Cast,
    statements: tuple[MarkedStatement, ...],
    before: list[MarkedEvent],
) -> list[MarkedEvent]:
    first, *others = line.text.split(" | ")
    found = _FIRST.fullmatch(first.strip())
    if not found:
        raise CorpusError(
            f"{first[:60]!r} is no event; write trigger = TYPE/mode SOURCE > TARGET | on … | at … | ctx …"
        )
    trigger = read_trigger(found.group("trigger"), text)
    fields = read_fields(others)
    name = found.group("id") or f"e{line.number}"
    rest = found.group("rest").strip()
    if rest.startswith("same "):
        drafts = _again(rest[5:].strip(), name, trigger, before, cast)
    else:
        drafts = _new(rest, name, trigger, cast)
    return [_complete(each, fields, line.number, text, cast, statements) for each in drafts]


def _new(rest: str, name: str, trigger: Span, cast: Cast) -> list[MarkedEvent]:
    types, remainder = read_types(rest)
    sources, arrow, targets = remainder.partition(">")
    return drafts(
        types,
        name,
        trigger,
        _parties(sources, cast, trigger, ahead=True),
        _parties(targets, cast, trigger) if arrow else (),
    )


def drafts(
    types: Sequence[tuple[EventType, tuple[str, ...]]],
    name: str,
    trigger: Span,
    sources: tuple[Party, ...],
    targets: tuple[Party, ...],
) -> list[MarkedEvent]:
    """One event for each type of an act, with nothing but defaults in the fields that may follow."""
    both = any(type_ == "COERCE" and "arrest" in modes for type_, modes in types) and len(types) > 1
    return [
        MarkedEvent(
            id=name + "bcd"[index - 1] if index else name,
            type=type_,
            modes=modes,
            trigger=trigger,
            sources=sources,
            targets=targets,
            contexts=(),
            when=None,
            day=None,
            where=None,
            modality="actual",
            historical=False,
            plv=plv_label(type_, modes, compound=both),
            cameo=None,
            same=None,
            statement=None,
            performed=None,
            line=0,
        )
        for index, (type_, modes) in enumerate(types)
    ]


def read_types(rest: str) -> tuple[list[tuple[EventType, tuple[str, ...]]], str]:
    """`TYPE/mode + TYPE …` → types with their modes, and what is written after them."""
    types: list[tuple[EventType, tuple[str, ...]]] = []
    while True:
        head, _, rest = rest.partition(" ")
        if not _TYPE.fullmatch(head):
            raise CorpusError(f"{head!r} is no type; write TYPE or TYPE/mode with one of {', '.join(TYPES)}")
        type_, _, listed = head.partition("/")
        one_of(type_, TYPES, "type of event")
        modes = tuple(each for each in listed.split(",") if each)
        for mode in modes:
            one_of(mode, modes_of(type_), f"mode of {type_}")
        types.append((cast(EventType, type_), modes))
        rest = rest.strip()
        if not rest.startswith("+ "):
            return types, rest
        rest = rest[2:].strip()


def _again(name: str, own: str, trigger: Span, before: list[MarkedEvent], cast: Cast) -> list[MarkedEvent]:
    told = [each for each in before if each.id == name or each.id in (name + "b", name + "c")]
    if not told:
        raise CorpusError(f"'same {name}' refers to no event above; give that event the id {name} and put it first")
    return [
        replace(
            each,
            id=own + each.id[len(name) :],
            trigger=trigger,
            sources=tuple(cast.party(_name(party, cast), near=trigger, ahead=True) for party in each.sources),
            targets=tuple(cast.party(_name(party, cast), near=trigger) for party in each.targets),
            when=None,
            day=None,
            where=None,
            same=each.same or each.id,
            statement=None,
            performed=None,
        )
        for each in told
    ]


def _name(party: Party, cast: Cast) -> str:
    if not party.chain.startswith("~"):
        return party.chain
    sentence = cast.text.sentence_at(party.mention.start)
    words = party.mention.of(cast.text.text)
    same = [each for each in cast.text.find_all(f"{words}@*") if cast.text.sentence_at(each.start) == sentence]
    return f'"{words}@s{sentence}.{same.index(party.mention) + 1}"'


def _parties(written: str, cast: Cast, trigger: Span, *, ahead: bool = False) -> tuple[Party, ...]:
    names = [each.strip() for each in re.split(r',\s*(?=[A-Z"])', written.strip()) if each.strip()]
    if names in ([], ["-"]):
        return ()
    return tuple(cast.party(each, near=trigger, ahead=ahead) for each in names)


def read_trigger(written: str, text: QuotedText) -> Span:
    """The span of a trigger; raises `CorpusError` where it is not found or is a phrase."""
    span = text.find(written)
    words = span.of(text.text)
    if "\n" in words or len(words.split()) > _LONGEST_TRIGGER:
        raise CorpusError(f"the trigger {words!r} is a phrase; quote the one word that names the act (guidelines E2)")
    return span


def read_fields(written: list[str]) -> Fields:
    """What stands after the first ` | `; raises `CorpusError` at an unknown field or value."""
    fields = Fields()
    for each in written:
        name, _, value = each.strip().partition(" ")
        key = "modality" if name in MODALITIES else name
        if key in fields.seen:
            raise CorpusError(f"the field {key!r} stands twice")
        fields.seen.add(key)
        _set(fields, name, value.strip())
    return fields


def _set(fields: Fields, name: str, value: str) -> None:
    if name in MODALITIES and not value:
        fields.modality = cast(Modality, name)
    elif name == "hist" and not value:
        fields.historical = True
    elif name == "on" and value:
        words, equals, day = value.rpartition(" = ")
        fields.when, fields.day = (words.strip(), _day(day.strip())) if equals else (value, None)
    elif name == "at" and value:
        fields.where = value
    elif name == "ctx" and value:
        known = tuple(codebook().contexts)
        fields.contexts = tuple(one_of(each.strip(), known, "context") for each in value.split(","))
    elif name == "plv" and value:
        fields.plv = one_of(value, LABELS, "label of the PLV policy")
    elif name == "cameo" and value:
        fields.cameo = one_of(value, tuple(codebook().cameo), "CAMEO code")
    else:
        raise CorpusError(
            f"{name!r} with {value!r} is no field; write on WORDS, at PLACE, ctx CONTEXTS, hist, plv LABEL, cameo CODE "
            f"or one of {', '.join(MODALITIES)}"
        )


def _day(written: str) -> str:
    start, _, end = written.partition("/")
    try:
        for each in (start, end or start):
            dt.date.fromisoformat(each[:10])
    except ValueError:
        raise CorpusError(f"{written!r} is no day; write 2011-10-21 or 2011-10-17/2011-10-23") from None
    if end and end < start:
        raise CorpusError(f"{written!r} runs backwards; write the first day first")
    return written


def _complete(
    event: MarkedEvent,
    fields: Fields,
    line: int,
    text: QuotedText,
    cast: Cast,
    statements: tuple[MarkedStatement, ...],
) -> MarkedEvent:
    near = event.trigger
    where = None
    if fields.where is not None:
        named = fields.where.partition('"')[0].strip() in ("", *cast.chains)
        where = cast.party(fields.where if named else f'"{fields.where}"', near=near)
    return replace(
        filled(event, fields, line),
        when=text.find(fields.when, near=near.start) if fields.when else None,
        day=fields.day,
        where=where,
        statement=_reported_by(near, statements),
        performed=next((each.id for each in statements if each.cue is not None and each.cue.overlaps(near)), None),
    )


def filled(event: MarkedEvent, fields: Fields, line: int) -> MarkedEvent:
    """The event with what its fields say of the act itself, and the number of its line."""
    return replace(
        event,
        contexts=event.contexts if fields.contexts is None else fields.contexts,
        modality=fields.modality or event.modality,
        historical=event.historical if fields.historical is None else fields.historical,
        plv=fields.plv or event.plv,
        cameo=fields.cameo or event.cameo,
        line=line,
    )


def _reported_by(trigger: Span, statements: tuple[MarkedStatement, ...]) -> str | None:
    holding = [(len(part), each.id) for each in statements for part in each.content if part.contains(trigger)]
    return min(holding)[1] if holding else None


def check_event(event: MarkedEvent, before: list[MarkedEvent], text: QuotedText, complaints: Complaints) -> None:
    """Raises `CorpusError` where the guidelines exclude the event, and notes what is unlikely."""
    words = event.trigger.of(text.text)
    if event.modality == "planned" and event.type in _SWALLOWED:
        raise CorpusError(
            f"a planned {event.type} is {_SWALLOWED[event.type]} actual; write {_SWALLOWED[event.type]} (guidelines E6)"
        )
    if any(each.trigger == event.trigger and each.type == event.type for each in before):
        raise CorpusError(f"the trigger {words!r} already tells of a {event.type}; join the two lines")
    if event.type == "CONSULT" and event.targets and "visit" not in event.modes:
        complaints.note(event.line, "in a CONSULT that is no visit all parties are sources (guidelines E5)")
    if event.type in ("COOPERATE", "AID", "SANCTION") and not event.targets and len(event.sources) < 2:
        complaints.note(event.line, f"a {event.type} has a target as a rule; is it really not named?")
    if event.type in ("CONSULT", "PROTEST", "ASSAULT") and words.lower() in ("held", "staged", "carried out"):
        complaints.note(event.line, f"{words!r} is an empty verb; the trigger is its noun (guidelines E2)")
