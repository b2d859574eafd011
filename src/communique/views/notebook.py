"""A coded article as HTML for notebooks: the text with its words marked, then events and statements as tables.

Everything that comes from an article is escaped; there is no script, no link and nothing loaded from anywhere.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from communique.records import CodedArticle, Event, Participant, Span, Statement
from communique.store.rows import code
from communique.views.printable import printable
from communique.views.tables import moment

# Background of what a mark shows; light enough for black letters, told apart by a label too, not by colour alone.
_COLOUR = {"event": "#ffe3a3", "statement": "#d5e8fb"}
_CELL = "padding:2px 12px 2px 0;vertical-align:top;text-align:left"


def html(coded: CodedArticle) -> str:
    """The article with triggers and quoted words marked, its events and its statements, as one HTML element."""
    article = coded.article
    origin = " · ".join(_safe(each) for each in (article.outlet, moment(article.published)) if each)
    parts = [
        '<div class="communique" style="max-width:60em;color:#111;background:#fff;padding:8px">',
        f"<strong>{_safe(article.title or '(no title)')}</strong><br><small>{origin}</small>",
        f'<p style="white-space:pre-line">{"".join(_marked(coded))}</p>',
        _table(("", "type", "who", "whom", "when", "words"), (_event(coded, each) for each in coded.events)),
        _table(("", "how", "who", "to whom", "words"), (_statement(coded, each) for each in coded.statements)),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def _marked(coded: CodedArticle) -> Iterator[str]:
    """The text in pieces; a piece that events or statements rest on is a mark with their numbers."""
    text, marks = coded.article.text, list(_marks(coded))
    cuts = sorted({0, len(text), *(at for span, _, _ in marks for at in (span.start, span.end))})
    for start, end in pairwise(cuts):
        piece = Span(start, end)
        over = [(kind, name) for span, kind, name in marks if span.contains(piece) and len(piece)]
        shown = _safe(piece.of(text))
        if not over:
            yield shown
            continue
        kind = "event" if any(each == "event" for each, _ in over) else "statement"
        names = " ".join(dict.fromkeys(name for _, name in over))
        ending = {name for span, _, name in marks if span.end == end}
        label = " ".join(name for name in names.split() if name in ending)
        told = f"<sub>{_safe(label)}</sub>" if label else ""
        yield f'<mark title="{_safe(names)}" style="background:{_COLOUR[kind]};color:#111">{shown}{told}</mark>'


def _marks(coded: CodedArticle) -> Iterator[tuple[Span, str, str]]:
    for event in coded.events:
        yield event.trigger, "event", event.id
    for statement in coded.statements:
        for span in statement.content:
            yield span, "statement", statement.id


def _event(coded: CodedArticle, event: Event) -> tuple[str, ...]:
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    kind = kind if event.modality == "actual" else f"{kind}, {event.modality}"
    when = "" if event.when is None else event.when.start
    when = when if event.when is None or event.when.end == when else f"{when} to {event.when.end}"
    words = event.trigger.of(coded.article.text)
    return event.id, kind, _who(coded, event.sources), _who(coded, event.targets), when, words


def _statement(coded: CodedArticle, statement: Statement) -> tuple[str, ...]:
    text = coded.article.text
    addressee = () if statement.addressee is None else (statement.addressee,)
    how = statement.form if statement.act == "asserted" else f"{statement.form}, {statement.act}"
    words = " … ".join(span.of(text) for span in statement.content)
    return statement.id, how, _who(coded, statement.speakers), _who(coded, addressee), words


def _who(coded: CodedArticle, participants: Iterable[Participant]) -> str:
    actors = {each.id: each for each in coded.actors}
    spans = {each.id: each.span for each in coded.mentions}
    told = []
    for each in participants:
        actor, span = actors.get(each.actor or ""), spans.get(each.mention)
        name = actor.name if actor is not None else span.of(coded.article.text) if span is not None else "?"
        codes = "" if actor is None else code(actor.country, actor.sectors)
        told.append(f"{name} ({codes})" if codes else name)
    return ", ".join(dict.fromkeys(told))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td style={_CELL!r}>{_safe(cell)}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th style={_CELL!r}>{_safe(each)}</th>" for each in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""


def _safe(text: str) -> str:
    return escape(printable(text), quote=True)
