"""Articles as programs for annotating see them: spans with labels, and ties between spans.

Each event is a span over its trigger, labelled with type and mode ("REQUEST/assist"); each party a span labelled
"actor"; a tie leads from a trigger to a party, with its role. What people change there comes back in the same form, and
`communique.library.returning` makes corrections of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.records import CodedArticle, Span
from communique.views.standing import Row, standing

ACTOR = "actor"
ROLES = ("source", "target")
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span; `id` is unique in its article, and for a coded trigger the long id of the event."""

    id: str
    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Tie:
    """The party `actor` has a `role` in the event `trigger`; both are ids of marks."""

    trigger: str
    role: str
    actor: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One article: its `version` ("" where a program has lost it), `text`, marks and ties in order of text."""

    version: str
    text: str
    marks: tuple[Mark, ...]
    ties: tuple[Tie, ...]

    def triggers(self) -> Iterator[Mark]:
        """The marks that are events."""
        return (each for each in self.marks if each.label != ACTOR)

    def parties(self, trigger: str, role: str) -> tuple[Span, ...]:
        """Where the parties of an event stand that have this role, in order of text."""
        spans = {each.id: each.span for each in self.marks}
        return tuple(sorted(
            {spans[each.actor] for each in self.ties
             if each.trigger == trigger and each.role == role and each.actor in spans}
        ))  # fmt: skip


def marked(coded: CodedArticle, rows: Iterable[Row] | None = None) -> Marked:
    """The article with the events that its flat `rows` tell, so with what people corrected; without rows, as coded."""
    marks: dict[str, Mark] = {}
    ties: list[Tie] = []
    for event in standing(coded, rows):
        name = str(event.row["event"])
        label = f"{event.row['type']}/{event.row['mode']}" if event.row["mode"] else str(event.row["type"])
        marks[name] = Mark(name, event.trigger, label)
        for role, sides in zip(ROLES, (event.sources, event.targets), strict=True):
            for span in dict.fromkeys(each.span for each in sides if each.span is not None):
                actor = f"a{span.start}-{span.end}"
                marks.setdefault(actor, Mark(actor, span, ACTOR))
                ties.append(Tie(name, role, actor))
    ordered = sorted(marks.values(), key=lambda each: (each.span, each.id))
    return Marked(coded.article.version, coded.article.text, tuple(ordered), tuple(ties))


def tokens(article: Marked) -> list[Span]:
    """The words and marks of the text; no token goes across the end of a span."""
    cuts = sorted({at for each in article.marks for at in (each.span.start, each.span.end)})
    found: list[Span] = []
    for match in _TOKEN.finditer(article.text):
        start = match.start()
        for cut in (*(each for each in cuts if start < each < match.end()), match.end()):
            found.append(Span(start, cut))
            start = cut
    return found


def labels(articles: Iterable[Marked]) -> list[str]:
    """Every label of an event in the articles, sorted."""
    return sorted({mark.label for each in articles for mark in each.triggers()})
