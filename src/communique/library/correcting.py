"""Correcting: a person's decision about an event, checked against the codebook, with all that follows from it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from communique.codebook import Codebook
from communique.errors import InputError
from communique.records import Change, CodedArticle, Correction, CorrectionKind, Event, Modality, Span
from communique.store import Archive
from communique.store.amend import FIELDS, SPANS
from communique.store.amend import span as span_in
from communique.store.ids import digest

Row = Mapping[str, Any]
# What follows from type and mode, and is set with them unless it is set itself.
_FOLLOWS = ("quad", "cameo", "goldstein")


@cache
def _codebook() -> Codebook:
    return Codebook.load()


def corrected(
    row: Row, kind: CorrectionKind, *, fields: Mapping[str, str | None], because: str, by: str, at: str,
    other: str | None = None,
) -> Correction:  # fmt: skip
    """The correction of the event in `row`: `fields` are to be set (None for empty).

    Raises `InputError` for a field, type, mode, day or other value that does not exist, and where no reason is given.
    """
    if not because.strip():
        raise InputError("a correction needs a reason: --because “…”")
    changes = tuple(
        Change(field, _told(row.get(field)), new)
        for field, new in _whole(row, fields).items()
        if _told(row.get(field)) != new
    )
    if kind == "set" and not changes:
        raise InputError(f"event {row['event']} has these values already; nothing to correct")
    name = digest(["correction", row["event"], kind, other, by, at, because, *map(str, changes)])
    return Correction(
        name, kind, row["event"], row["article"], row["version"], row["trigger"], row["passage"], changes, other, by,
        at, because.strip(),
    )  # fmt: skip


def missed(
    coded: CodedArticle, words: str, *, fields: Mapping[str, str | None], because: str, by: str, at: str
) -> Correction:
    """The correction that adds an event which was missed: its trigger is `words` of the article.

    Raises `InputError` where the words do not stand in the article, or no type is given.
    """
    text = coded.article.text
    if not words or words not in text:
        raise InputError(f"the words “{words}” do not stand in article {coded.article.id}; quote its text exactly")
    if "type" not in fields:
        raise InputError("an event that is added needs a type: --set type=REQUEST")
    start = text.index(words)
    event = digest(["added", coded.article.id, words, by, at], length=16)
    row = {
        "event": event, "article": coded.article.id, "version": coded.article.version, "trigger": words,
        "passage": _sentence(text, start, start + len(words)),
    }  # fmt: skip
    return corrected(row, "add", fields={"modality": "actual", **fields}, because=because, by=by, at=at)


def spans_of(coded: CodedArticle, event: Event) -> dict[str, str]:
    """The words of an event by the field that sets them, as a correction writes them ("120-126 reopen"); fields that no
    words fill are left out."""
    known = {each.id: each.span for each in coded.mentions}
    found: dict[str, Span | None] = {
        "trigger_span": event.trigger,
        "source_span": next((known[each.mention] for each in event.sources if each.mention in known), None),
        "target_span": next((known[each.mention] for each in event.targets if each.mention in known), None),
        "time_span": None if event.when is None else event.when.evidence,
        "place_span": None if event.where is None else event.where.evidence,
    }
    return {name: f"{each.start}-{each.end} {each.of(coded.article.text)}" for name, each in found.items() if each}


def check_spans(fields: Mapping[str, str | None], text: str) -> None:
    """Raises `InputError` where words that are to be set do not stand in the text at their place, or where a trigger
    would have none."""
    for name, value in fields.items():
        if name not in SPANS:
            continue
        if value is None and name == "trigger_span":
            raise InputError("an event has a trigger; reject the event if no words tell of it")
        told = None if value is None else span_in(value)
        if value is not None and (told is None or not told[2] or text[told[0] : told[1]] != told[2]):
            raise InputError(
                f"“{value}” is no place of words in this article; write 120-126 reopen, as it stands there"
            )


def training_rows(archive: Archive) -> Iterator[dict[str, Any]]:
    """What people decided, as rows to train with: the sentence, the trigger in it, and every field before and after.

    Rejected events are rows of type NONE. `marked` is the row in the corpus's own form, where source and target stand
    in the sentence. Decisions whose words are not found any more are left out.
    """
    for applied in archive.decisions():
        told, name = applied.correction, applied.event
        if name is None or told.kind in ("merge", "split"):
            continue
        coded = archive.coded(name) or archive.coded(told.article)
        rows = archive.ask("SELECT * FROM events WHERE event = ?", [name]).to_pylist()
        before = archive.ask("SELECT * FROM events_of_all WHERE event = ?", [name]).to_pylist()
        if coded is None or not (rows or before):
            continue
        after = rows[0] if rows else {**before[0], "type": "NONE", "mode": None}
        yield _training_row(coded, told, after, before[0] if before else None)


def _training_row(coded: CodedArticle, told: Correction, after: Row, before: Row | None) -> dict[str, Any]:
    text = coded.article.text
    stands = text[after["start"] : after["end"]] == after["trigger"]
    trigger = after["trigger"] if stands else told.trigger
    start = after["start"] if stands else text.index(trigger)
    sentence = _sentence_span(text, start, start + len(trigger))
    fields = ("type", "mode", "modality", "source", "target", "cameo")
    return {
        "sentence": sentence.of(text),
        "trigger": {"start": start - sentence.start, "end": start - sentence.start + len(trigger)},
        "verdict": told.kind,
        "coded": None if before is None else {name: before[name] for name in fields},
        "corrected": {name: after[name] for name in fields},
        "marked": _marked(coded, sentence, after, before, told),
        "reason": told.reason,
        "article": told.article,
        "correction": told.id,
    }


def _marked(coded: CodedArticle, sentence: Span, after: Row, before: Row | None, told: Correction) -> str | None:
    """`LABEL [PLOVER/mode]: sentence with <s>…</s> and <t>…</t>`, as the corpus writes it."""
    event = next((each for each in coded.events if before is not None and each.id == before["number"]), None)
    if event is None or not event.sources or not event.targets or after["type"] == "NONE":
        return None
    spans = {each.id: each.span for each in coded.mentions}
    source, target = spans.get(event.sources[0].mention), spans.get(event.targets[0].mention)
    for change in told.changes:
        set_to = span_in(change.new or "")
        if set_to is not None and change.field in ("source_span", "target_span"):
            words = Span(set_to[0], set_to[1])
            source, target = (words, target) if change.field == "source_span" else (source, words)
    if source is None or target is None or source.overlaps(target):
        return None
    if not (sentence.contains(source) and sentence.contains(target)):
        return None
    text = sentence.of(coded.article.text)
    for span, mark in sorted(((source, "s"), (target, "t")), reverse=True):
        left, right = span.start - sentence.start, span.end - sentence.start
        text = f"{text[:left]}<{mark}>{text[left:right]}</{mark}>{text[right:]}"
    label = _codebook().label(after["type"], after["cameo"] or "", policy="cameo")
    mode = f"/{after['mode']}" if after["mode"] else ""
    plover = f" {after['type']}{mode}" if after["type"] != label or mode else ""
    return f"{label}{plover}: {' '.join(text.split())}"


def _whole(row: Row, fields: Mapping[str, str | None]) -> dict[str, str | None]:
    """The fields to set, checked, and those that follow from them."""
    book, told = _codebook(), dict(fields)
    strange = [name for name in told if name not in FIELDS]
    if strange:
        raise InputError(f"an event has no field “{strange[0]}” to set; there are {', '.join(FIELDS)}")
    if told.get("type"):
        told["type"] = str(told["type"]).upper()
    kind = told.get("type", row.get("type"))
    _one_of("type", kind, tuple(book.types))
    if "type" in told and told["type"] != row.get("type"):
        told.setdefault("mode", None)
    mode = told.get("mode", row.get("mode"))
    if "mode" in told and mode is not None:
        _one_of("mode", mode, tuple(name for owner, name in book.modes if owner == kind))
    if "type" in told or "mode" in told:
        told.setdefault("cameo", book.cameo_of(str(kind), mode))
        told.setdefault("quad", book.quad(str(kind)))
    if told.get("cameo") is not None:
        _one_of("cameo", told["cameo"], tuple(book.cameo))
        told.setdefault("goldstein", str(book.goldstein(str(told["cameo"]))))
    _check(told)
    return told


def _check(told: Mapping[str, str | None]) -> None:
    if "modality" in told:
        _one_of("modality", told["modality"], get_args(Modality))
    for context in (told.get("contexts") or "").split("; ") if "contexts" in told else ():
        if context:
            _one_of("context", context, tuple(_codebook().contexts))
    for name in ("first_day", "last_day"):
        if told.get(name) is not None:
            try:
                dt.date.fromisoformat(str(told[name]))
            except ValueError:
                raise InputError(f"“{told[name]}” is no day; write 2010-10-21") from None


def _one_of(what: str, value: str | None, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(f"“{value}” is no {what}; there are {', '.join(known[:40])}{' …' if len(known) > 40 else ''}")


def _told(value: Any) -> str | None:
    if value is None:
        return None
    return "; ".join(value) or None if isinstance(value, list) else str(value)


def _sentence(text: str, start: int, end: int) -> str:
    return " ".join(_sentence_span(text, start, end).of(text).split())


def _sentence_span(text: str, start: int, end: int) -> Span:
    from communique.ledger.sentences import sentences

    around = (each for each in sentences(text) if each.start <= start < each.end)
    return next(around, Span(start, end))
