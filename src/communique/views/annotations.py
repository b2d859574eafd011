"""Events as W3C Web Annotations (2017): what was coded, pointing into the article by place and by quotation."""

from collections.abc import Iterable, Iterator
from typing import Any

from communique.records import CodedArticle, Event, Span
from communique.store.ids import event_ids

# Characters of the article on each side of a quotation, by which it is found again when offsets have moved.
AROUND = 32


def annotations(coded: CodedArticle, only: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """One annotation for each event of the article, or for those `only` whose global ids are given."""
    names, chosen = event_ids(coded), None if only is None else set(only)
    for event in coded.events:
        if chosen is None or names[event.id] in chosen:
            yield _annotation(coded, event, names[event.id])


def _annotation(coded: CodedArticle, event: Event, name: str) -> dict[str, Any]:
    source = coded.article.url or f"urn:communique:article:{coded.article.id}"
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:communique:event:{name}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": f"urn:communique:run:{coded.run.id}", "type": "Software", "name": coded.run.software},
        "body": list(_bodies(coded, event)),
        "target": [
            {"type": "SpecificResource", "source": source, "styleClass": field,
             "selector": _selectors(span, coded.article.text)}
            for field, span in _spans(coded, event)
        ],
    }  # fmt: skip


def _bodies(coded: CodedArticle, event: Event) -> Iterator[dict[str, Any]]:
    actors = {each.id: each for each in coded.actors}
    code = f"{event.type}/{event.mode}" if event.mode else event.type
    yield {"type": "TextualBody", "purpose": "classifying", "value": code}
    if event.cameo is not None:
        yield {"type": "TextualBody", "purpose": "tagging", "value": f"CAMEO {event.cameo}"}
    for side, participants in (("source", event.sources), ("target", event.targets)):
        for each in participants:
            actor = actors.get(each.actor or "")
            if actor is not None:
                told = " ".join(part for part in (actor.country, *actor.sectors) if part) or actor.name
                yield {"type": "TextualBody", "purpose": "identifying", "value": f"{side}: {actor.name} ({told})"}


def _spans(coded: CodedArticle, event: Event) -> list[tuple[str, Span]]:
    mentions = {each.id: each.span for each in coded.mentions}
    found = [("trigger", event.trigger)]
    for field, participants in (("source", event.sources), ("target", event.targets)):
        found += [(field, mentions[each.mention]) for each in participants if each.mention in mentions]
    found += [(each.field, each.span) for each in event.evidence]
    return list(dict.fromkeys(found))


def _selectors(span: Span, text: str) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": text[max(0, span.start - AROUND) : span.start],
         "suffix": text[span.end : span.end + AROUND]},
    ]  # fmt: skip
