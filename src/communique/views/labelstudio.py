"""Label Studio: tasks with predictions out, its JSON export back (labels and relations over one text)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from communique.errors import InputError
from communique.records import Span
from communique.views.marked import ACTOR, ROLES, Mark, Marked, Tie

_TEXT, _LABEL = "text", "label"


def task(article: Marked, *, run: str) -> dict[str, Any]:
    """One task: the text as data and what was coded as a prediction, from which an annotator starts."""
    result: list[dict[str, Any]] = [
        {"id": each.id, "from_name": _LABEL, "to_name": _TEXT, "type": "labels",
         "value": {"start": each.span.start, "end": each.span.end, "text": each.span.of(article.text),
                   "labels": [each.label]}}
        for each in article.marks
    ]  # fmt: skip
    result += [
        {"type": "relation", "from_id": each.trigger, "to_id": each.actor, "direction": "right", "labels": [each.role]}
        for each in article.ties
    ]
    return {
        "data": {"text": article.text, "article": article.version},
        "predictions": [{"model_version": run, "result": result}],
    }


def config(labels: Iterable[str]) -> str:
    """The labelling configuration of the project, with every label that occurs."""
    named = "\n".join(f"    <Label value={quoteattr(each)}/>" for each in (*labels, ACTOR))
    roles = "\n".join(f"    <Relation value={quoteattr(each)}/>" for each in ROLES)
    return (
        f'<View>\n  <Relations>\n{roles}\n  </Relations>\n  <Labels name="{_LABEL}" toName="{_TEXT}">\n{named}\n'
        f'  </Labels>\n  <Text name="{_TEXT}" value="$text" granularity="word"/>\n</View>\n'
    )


def read(text: str) -> Iterator[Marked]:
    """The annotated tasks of an export ("JSON" in Label Studio); tasks without an annotation are left out.

    Of several annotations of one task the last one counts that was not cancelled. Raises `InputError` for other JSON.
    """
    try:
        tasks = json.loads(text)
        for each in tasks:
            done = [one for one in each.get("annotations", ()) if not one.get("was_cancelled")]
            if done:
                yield _marked(each["data"], done[-1]["result"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"this is no JSON export of Label Studio over the tasks written here ({error!r})") from error


def _marked(data: Mapping[str, Any], result: Iterable[Mapping[str, Any]]) -> Marked:
    marks: list[Mark] = []
    ties: list[Tie] = []
    for each in result:
        if each["type"] == "labels":
            value = each["value"]
            marks.append(Mark(str(each["id"]), Span(value["start"], value["end"]), str(value["labels"][0])))
        elif each["type"] == "relation":
            roles = [role for role in each.get("labels") or () if role in ROLES]
            ties += [Tie(str(each["from_id"]), role, str(each["to_id"])) for role in roles]
    marks.sort(key=lambda each: (each.span, each.id))
    return Marked(str(data.get("article", "")), data["text"], tuple(marks), tuple(ties))
