"""Events as W3C Web Annotations (2017): what was coded, pointing into the article by place and by quotation."""

from collections.abc import Iterable, Iterator
from typing import Any

from communique.records import CodedArticle, Span
from communique.views.standing import Row, Standing, standing

# Characters of the article on each side of a quotation, by which it is found again when offsets have moved.
AROUND = 32


def annotations(coded: CodedArticle, rows: Iterable[Row] | None = None) -> Iterator[dict[str, Any]]:
    """One annotation for each event of the article that has a flat row, as the `rows` have it, so with or without what
    people corrected; without rows, one for each event as it was coded."""
    for event in standing(coded, rows):
        yield _annotation(coded, event)


def _annotation(coded: CodedArticle, event: Standing) -> dict[str, Any]:
    source = coded.article.url or f"urn:communique:article:{coded.article.id}"
    told: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:communique:event:{event.row['event']}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": f"urn:communique:run:{coded.run.id}", "type": "Software", "name": coded.run.software},
        "body": list(_bodies(event)),
        "target": [
            {"type": "SpecificResource", "source": source, "styleClass": field,
             "selector": _selectors(span, coded.article.text)}
            for field, span in _spans(event)
        ],
    }  # fmt: skip
    if event.corrections:
        # PROV's word for what a thing was made from, as the annotation model lets one use it.
        told["prov:wasInfluencedBy"] = [f"urn:communique:correction:{each}" for each in event.corrections]
    return told


def _bodies(event: Standing) -> Iterator[dict[str, Any]]:
    row = event.row
    code = f"{row['type']}/{row['mode']}" if row["mode"] else row["type"]
    yield {"type": "TextualBody", "purpose": "classifying", "value": code}
    if row["cameo"] is not None:
        yield {"type": "TextualBody", "purpose": "tagging", "value": f"CAMEO {row['cameo']}"}
    for side, parties in (("source", event.sources), ("target", event.targets)):
        for each in parties:
            told = " ".join(part for part in (each.country, *each.sectors) if part)
            if told or each.registry_id:
                yield {"type": "TextualBody", "purpose": "identifying",
                       "value": f"{side}: {each.name} ({told or each.name})"}  # fmt: skip


def _spans(event: Standing) -> list[tuple[str, Span]]:
    found = [("trigger", event.trigger)]
    for field, parties in (("source", event.sources), ("target", event.targets)):
        found += [(field, each.span) for each in parties if each.span is not None]
    return list(dict.fromkeys((*found, *event.evidence)))


def _selectors(span: Span, text: str) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": text[max(0, span.start - AROUND) : span.start],
         "suffix": text[span.end : span.end + AROUND]},
    ]  # fmt: skip
