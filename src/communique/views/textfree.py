"""Events without a word of the articles: offsets, digests and addresses, for data whose texts may not be passed on.

Whoever has copies of the articles gets the words back (`rehydrate`), and is told where a copy is not the text that was
coded: each span has the digest of its words.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.errors import InputError
from communique.records import Article, CodedArticle, Span
from communique.views.standing import Row, Side, Standing, standing

SCHEMA = "communique.text-free/1"
Json = dict[str, Any]


def without_text(coded: CodedArticle, rows: Iterable[Row] | None = None) -> Json:
    """The article's events that have flat `rows`, as these have them, so with or without what people corrected, with
    places and digests for words; without rows, all events as they were coded."""
    article = coded.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id, "version": article.version, "url": article.url, "outlet": article.outlet,
            "published": article.published, "characters": len(article.text), "sha256": digest(article.text),
        },
        "run": {"id": coded.run.id, "software": coded.run.software, "codebook": coded.run.codebook,
                "model": coded.run.model, "registry": coded.run.registry},
        "events": [_event(coded.article.text, each) for each in standing(coded, rows)],
    }  # fmt: skip


def stripped(coded: CodedArticle) -> CodedArticle:
    """The coded article without its text, for an archive that may be passed on where the article may not: spans keep
    their places, and what intake cut off as furniture is left out."""
    article = dataclasses.replace(coded.article, text="", removed=())
    return dataclasses.replace(coded, article=article)


def rehydrate(forms: Iterable[Json], articles: Iterable[Article]) -> Iterator[Json]:
    """The events with their words, from one's own copies of the articles.

    An article is found by the digest of its text, or else by its version or id. Each form comes back with `found`:
    "whole" (every word is the one that was coded), "parts" (some spans are; the others have no words), or "missing".
    Raises `InputError` for a form of another kind.
    """
    by_text: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for article in articles:
        by_text[digest(article.text)] = article.text
        by_name[article.version] = by_name[article.id] = article.text
    for form in forms:
        if form.get("schema") != SCHEMA:
            raise InputError(f"found the schema “{form.get('schema')}”; rehydrate reads {SCHEMA}")
        known = form["article"]
        text = by_text.get(known["sha256"]) or by_name.get(known["version"]) or by_name.get(known["id"])
        yield _filled(form, text)


def digest(words: str) -> str:
    """The SHA-256 of words, as 64 hexadecimal digits."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _event(text: str, event: Standing) -> Json:
    def side(parties: Iterable[Side]) -> list[Json]:
        return [
            {"country": each.country, "sectors": list(each.sectors), "registry_id": each.registry_id,
             "span": _span(each.span, text)}
            for each in parties
        ]  # fmt: skip

    row = event.row
    days = {name: None if row[name] is None else row[name].isoformat() for name in ("first_day", "last_day")}
    return {
        **{name: row[name] for name in ("event", "type", "mode", "contexts", "cameo", "quad", "goldstein", "modality",
                                        "historical", "confidence")},
        "sources": side(event.sources), "targets": side(event.targets),
        "from": days["first_day"], "to": days["last_day"],
        "geonames_id": row["geonames_id"], "place_country": row["place_country"],
        "trigger": _span(event.trigger, text),
        "evidence": [{"field": field, **(_span(span, text) or {})} for field, span in event.evidence],
        "corrections": list(event.corrections),
    }  # fmt: skip


def _span(span: Span | None, text: str) -> Json | None:
    return None if span is None else {"start": span.start, "end": span.end, "sha256": digest(span.of(text))}


def _filled(form: Json, text: str | None) -> Json:
    missed: list[Mapping[str, Any]] = []
    found: list[Mapping[str, Any]] = []

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(each) for each in value]
        if not isinstance(value, dict):
            return value
        filled = {name: fill(each) for name, each in value.items()}
        if {"start", "end", "sha256"} <= value.keys():
            words = None if text is None else text[value["start"] : value["end"]]
            right = words is not None and digest(words) == value["sha256"]
            (found if right else missed).append(value)
            filled["text"] = words if right else None
        return filled

    events = fill(form["events"])
    state = "missing" if text is None else "parts" if missed else "whole"
    return {**form, "events": events, "found": state}
