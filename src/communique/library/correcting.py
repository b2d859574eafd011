"""Correcting: a person's decision about an event, checked against the codebook, with all that follows from it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from communique.codebook import Codebook
from communique.errors import InputError
from communique.records import Change, CodedArticle, Correction, CorrectionKind, Modality, Span
from communique.store import Archive
from communique.store.amend import FIELDS
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
    start = after["start"] if text[after["start"] : after["end"]] == told.trigger else text.index(told.trigger)
    sentence = _sentence_span(text, start, start + len(told.trigger))
    fields = ("type", "mode", "modality", "source", "target", "cameo")
    return {
        "sentence": sentence.of(text),
        "trigger": {"start": start - sentence.start, "end": start - sentence.start + len(told.trigger)},
        "verdict": told.kind,
        "coded": None if before is None else {name: before[name] for name in fields},
        "corrected": {name: after[name] for name in fields},
        "marked": _marked(coded, sentence, after, before),
        "reason": told.reason,
        "article": told.article,
        "correction": told.id,
    }


def _marked(coded: CodedArticle, sentence: Span, after: Row, before: Row | None) -> str | None:
    """`LABEL [PLOVER/mode]: sentence with <s>…</s> and <t>…</t>`, as the corpus writes it."""
    event = next((each for each in coded.events if before is not None and each.id == before["number"]), None)
    if event is None or not event.sources or not event.targets or after["type"] == "NONE":
        return None
    spans = {each.id: each.span for each in coded.mentions}
    source, target = spans.get(event.sources[0].mention), spans.get(event.targets[0].mention)
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
