"""Fields: for each field of an event its value, the words, what decided, and what people corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from communique.codebook import Codebook
from communique.explorer.wording import QUADS, days, signed
from communique.records import CodedArticle, Correction, Event, Participant, Span
from communique.store.amend import span as span_in
from communique.store.rows import code

Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field: what it is called, its value, the words of the article that it stands on, what decided it, how sure it
    is where that is known, and the corrections of it."""

    name: str
    value: str
    words: tuple[str, ...] = ()
    decided: str = ""
    confidence: float | None = None
    corrections: tuple[str, ...] = field(default=())


def fields_of(
    codebook: Codebook, coded: CodedArticle | None, event: Event | None, row: Row, was: Row | None,
    decisions: Sequence[Correction],
) -> list[Field]:  # fmt: skip
    """The fields of the event in `row`; `was` is the row as it was coded, `event` the record in its article."""
    if coded is None or event is None:
        return [
            _changed(name, row, decisions) for name in ("type", "mode", "modality", "source", "target", "first_day")
        ]
    told = list(_fields(codebook, coded, event, row))
    return [Field(each.name, each.value, each.words, each.decided, each.confidence, _corrected(each.name, decisions))
            for each in told]  # fmt: skip


# Columns that a correction sets, by the field under which they are shown.
_COLUMNS = {
    "type": ("type", "mode", "trigger_span"), "context": ("contexts",), "CAMEO": ("cameo",),
    "Goldstein": ("goldstein",),
    "quad": ("quad",), "modality": ("modality",), "source": ("source", "source_span"),
    "target": ("target", "target_span"), "when": ("first_day", "last_day", "time_span"),
    "where": ("place", "place_span"),
}  # fmt: skip


def _corrected(name: str, decisions: Iterable[Correction]) -> tuple[str, ...]:
    columns = _COLUMNS.get(name, ())
    return tuple(
        f"{_told(change.old)} → {_told(change.new)}, by {each.by}"
        for each in decisions
        for change in each.changes
        if change.field in columns
    )


def _told(value: str | None) -> str:
    """A value as a page shows it; of words with their place only the words."""
    there = None if value is None else span_in(value)
    return f"“{there[2]}”" if there is not None else value or "empty"


def _fields(codebook: Codebook, coded: CodedArticle, event: Event, row: Row) -> Iterable[Field]:
    text, evidence = coded.article.text, _evidence(event)
    trigger = _words(text, [event.trigger])
    kind = row["type"] + (f" / {row['mode']}" if row["mode"] else "")
    yield Field("type", kind, trigger, event.why, event.confidence)
    if row["contexts"]:
        yield Field("context", ", ".join(row["contexts"]), _words(text, evidence.get("context", ())),
                    "cue words of the codebook near the event")  # fmt: skip
    entry = codebook.cameo.get(row["cameo"] or "")
    yield Field("CAMEO", f"{row['cameo'] or 'none'}" + (f" {entry.name}" if entry else ""), trigger,
                "from type, mode and predicate, by the codebook")  # fmt: skip
    yield Field("Goldstein", signed(row["goldstein"]), (), "the value of the CAMEO code, by table")
    yield Field("quad", QUADS.get(str(row["quad"]), str(row["quad"])), (), "the class of the type, by table")
    long_ago = ", an act of long before the article" if row["historical"] else ""
    yield Field("modality", row["modality"] + long_ago, _words(text, evidence.get("modality", ())) or trigger,
                "tense, modal words and conditions around the trigger")  # fmt: skip
    yield from _parties("source", coded, event.sources, row["source"])
    yield from _parties("target", coded, event.targets, row["target"])
    yield _when(text, event, row)
    yield _where(text, event, row)
    yield _statement(coded, event)


def _evidence(event: Event) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for each in event.evidence:
        found.setdefault(each.field, []).append(each.span)
    return found


def _words(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """The words of some spans, or their places where the archive has no text."""
    if not text:
        return tuple(dict.fromkeys(f"characters {span.start}–{span.end}" for span in spans))
    return tuple(dict.fromkeys(" ".join(span.of(text).split()) for span in spans))


def _parties(name: str, coded: CodedArticle, parties: tuple[Participant, ...], now: str) -> Iterable[Field]:
    if not parties:
        yield Field(name, now or "none", (), "the words name nobody" if not now else "")
    spans = {each.id: each.span for each in coded.mentions}
    actors = {each.id: each for each in coded.actors}
    own = "; ".join(dict.fromkeys(filter(None, (
        code(actors[each.actor].country, actors[each.actor].sectors) for each in parties if each.actor in actors
    ))))  # fmt: skip
    for party in parties:
        actor = actors.get(party.actor or "")
        words = _words(coded.article.text, [spans[party.mention]] if party.mention in spans else [])
        if actor is None:
            yield Field(name, now if now != own else "not resolved", words, "no actor was found for these words")
            continue
        told = " ".join(filter(None, (code(actor.country, actor.sectors), actor.name)))
        undecided = f"; undecided between {', '.join(actor.candidates)}" if actor.candidates else ""
        yield Field(name, told if now == own else now, words, actor.why + undecided)


def _when(text: str, event: Event, row: Row) -> Field:
    value = days(row["first_day"], row["last_day"])
    when = event.when
    if when is None:
        return Field("when", value, (), "neither the words nor the article say")
    if when.basis == "document" or when.evidence is None:
        return Field("when", value, (), "no words say when: the article's own date")
    return Field("when", f"{value}, to the {when.precision}", _words(text, [when.evidence]), "calendar arithmetic")


def _where(text: str, event: Event, row: Row) -> Field:
    where = event.where
    if where is None:
        return Field("where", row["place"] or "not stated")
    told = [row["place"], where.country, where.precision]
    spot = f", {where.lat:.2f}, {where.lon:.2f}" if where.lat is not None and where.lon is not None else ""
    source = f"gazetteer, GeoNames {where.geonames_id}" if where.geonames_id is not None else "gazetteer"
    return Field("where", ", ".join(filter(None, told)) + spot, _words(text, [where.evidence]), source)


def _statement(coded: CodedArticle, event: Event) -> Field:
    told = next((each for each in coded.statements if each.id == event.statement), None)
    if told is None:
        return Field("told by", "the article itself")
    text = coded.article.text
    speaker = next((each.span for each in coded.mentions if each.id == told.speaker.mention), None)
    who = "somebody unnamed" if speaker is None else " ".join(speaker.of(text).split())
    cue = () if told.cue is None else (told.cue.of(text),)
    return Field("told by", f"{who}, {told.form} speech", cue, "the statement that holds the trigger", told.confidence)


def _changed(name: str, row: Row, decisions: Sequence[Correction]) -> Field:
    label = {"first_day": "when"}.get(name, name)
    value = days(row["first_day"], row["last_day"]) if name == "first_day" else row[name] or "none"
    words = (row["trigger"],) if name == "type" else ()
    return Field(label, value, words, row["why"] if name == "type" else "", None, _corrected(label, decisions))
