"""Events without a word of the articles: offsets, digests and addresses, for data whose texts may not be passed on.

Whoever has copies of the articles gets the words back (`rehydrate`), and is told where a copy is not the text that was
coded: each span has the digest of its words.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.errors import InputError
from communique.records import Article, CodedArticle, Event, Span
from communique.store.ids import event_ids

SCHEMA = "communique.text-free/1"
Json = dict[str, Any]


def without_text(coded: CodedArticle, only: Iterable[str] | None = None) -> Json:
    """The article's events, or those `only` whose global ids are given, with places and digests for words."""
    names, chosen = event_ids(coded), None if only is None else set(only)
    article = coded.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id, "version": article.version, "url": article.url, "outlet": article.outlet,
            "published": article.published, "characters": len(article.text), "sha256": digest(article.text),
        },
        "run": {"id": coded.run.id, "software": coded.run.software, "codebook": coded.run.codebook,
                "model": coded.run.model, "registry": coded.run.registry},
        "events": [
            _event(coded, event, names[event.id])
            for event in coded.events if chosen is None or names[event.id] in chosen
        ],
    }  # fmt: skip


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


def _event(coded: CodedArticle, event: Event, name: str) -> Json:
    actors = {each.id: each for each in coded.actors}
    mentions = {each.id: each.span for each in coded.mentions}

    def side(participants: Iterable[Any]) -> list[Json]:
        known = [(each, actors.get(each.actor or "")) for each in participants]
        return [
            {"country": None if actor is None else actor.country,
             "sectors": [] if actor is None else list(actor.sectors),
             "registry_id": None if actor is None else actor.registry_id,
             "span": _span(mentions.get(each.mention), coded.article.text)}
            for each, actor in known
        ]  # fmt: skip

    text, when, where = coded.article.text, event.when, event.where
    return {
        "event": name, "type": event.type, "mode": event.mode, "contexts": list(event.contexts), "cameo": event.cameo,
        "quad": event.quad, "goldstein": event.goldstein, "modality": event.modality, "historical": event.historical,
        "confidence": event.confidence, "sources": side(event.sources), "targets": side(event.targets),
        "from": None if when is None else when.start, "to": None if when is None else when.end,
        "geonames_id": None if where is None else where.geonames_id,
        "place_country": None if where is None else where.country,
        "trigger": _span(event.trigger, text),
        "evidence": [{"field": each.field, **(_span(each.span, text) or {})} for each in event.evidence],
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
