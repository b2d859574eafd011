"""Prodigy: one task a line with tokens, spans and relations, as its recipe `rel.manual` shows them, and back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.errors import InputError
from communique.records import Span
from communique.views.marked import ROLES, Mark, Marked, Tie, tokens


def task(article: Marked) -> dict[str, Any]:
    """One line: text, tokens, spans, and relations whose heads are triggers and whose children are parties."""
    cut = tokens(article)
    spans = {each.id: _span(each, cut) for each in article.marks}
    return {
        "text": article.text,
        "tokens": [
            {"id": number, "start": each.start, "end": each.end, "text": each.of(article.text),
             "ws": article.text[each.end : each.end + 1].isspace()}
            for number, each in enumerate(cut)
        ],
        "spans": list(spans.values()),
        "relations": [
            {"label": each.role, "head": spans[each.trigger]["token_end"], "child": spans[each.actor]["token_end"],
             "head_span": spans[each.trigger], "child_span": spans[each.actor]}
            for each in article.ties
        ],
        "meta": {"article": article.version},
    }  # fmt: skip


def read(lines: Iterable[str]) -> Iterator[Marked]:
    """The accepted tasks of what `prodigy db-out` writes. Raises `InputError` for other lines, with their number."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            if told.get("answer", "accept") == "accept":
                yield _marked(told)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"line {number} is no task of Prodigy's rel.manual ({error!r})") from error


def _span(mark: Mark, cut: list[Span]) -> dict[str, Any]:
    inside = [number for number, each in enumerate(cut) if mark.span.overlaps(each)]
    return {"id": mark.id, "start": mark.span.start, "end": mark.span.end, "label": mark.label,
            "token_start": inside[0], "token_end": inside[-1]}  # fmt: skip


def _marked(told: Mapping[str, Any]) -> Marked:
    marks: dict[tuple[int, int, str], Mark] = {}
    for each in told.get("spans") or ():
        key = (each["start"], each["end"], each["label"])
        name = str(each.get("id") or "{}-{}-{}".format(*key))
        # Two events may have one trigger; a span that is there twice without ids of ours is one.
        marks[key if "id" not in each else (*key[:2], f"{key[2]} {name}")] = Mark(name, Span(*key[:2]), each["label"])
    ties = [
        Tie(_of(each["head_span"], marks.values()), each["label"], _of(each["child_span"], marks.values()))
        for each in told.get("relations") or ()
        if each["label"] in ROLES
    ]
    ordered = sorted(marks.values(), key=lambda each: (each.span, each.id))
    return Marked(str((told.get("meta") or {}).get("article", "")), told["text"], tuple(ordered), tuple(ties))


def _of(told: Mapping[str, Any], marks: Iterable[Mark]) -> str:
    """The id of the mark that an end of a relation repeats, by its own id or by its place and label."""
    same = [each for each in marks if each.span == Span(told["start"], told["end"]) and each.label == told["label"]]
    return next((each.id for each in same if each.id == told.get("id")), same[0].id if same else "")
