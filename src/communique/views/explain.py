"""Why this row: the way from the words of an article to one event, step by step."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.errors import InputError
from communique.records import Actor, CodedArticle, Event, Mention, Participant, Span, Statement
from communique.store.ids import event_ids
from communique.store.rows import code
from communique.views.printable import one_line, printable
from communique.views.tables import QUAD_STYLE, moment

_MARK = {"trigger": "bold underline", "source": "cyan", "target": "magenta", "time": "green", "place": "blue"}


def find(coded: CodedArticle, name: str) -> Event:
    """The event called `name`: its id in the article ("e3") or its global id.

    Raises `InputError`, which lists the events that there are.
    """
    names = event_ids(coded)
    for event in coded.events:
        if name in (event.id, names[event.id]):
            return event
    raise InputError(f"the article has no event “{name}”; its events are: {listed(coded)}")


def listed(coded: CodedArticle) -> str:
    """The events of an article in one line: "e1 REQUEST, e2 AGREE"."""
    return ", ".join(f"{event.id} {event.type}" for event in coded.events) or "none"


def explain(coded: CodedArticle, event: Event) -> RenderableType:
    """The event's code, the passage with its words marked, and for each field what it stands on."""
    steps = Table.grid(padding=(0, 2))
    steps.add_column(style="dim", width=10)
    steps.add_column(overflow="fold")
    for name, told in _steps(coded, event):
        steps.add_row(name, told)
    passage = Padding(_passage(coded, event), (0, 0, 0, 2))
    return Group(_head(coded, event), Text(), passage, Text(), steps)


def _head(coded: CodedArticle, event: Event) -> Text:
    article = coded.article
    text = Text(f"{event.id}  ", style="bold cyan")
    text.append(event.type, style=QUAD_STYLE[event.quad])
    text.append(f"  {_codes(coded, event.sources) or '(nobody named)'}")
    if event.targets:
        text.append(f" → {_codes(coded, event.targets)}")
    text.append("\n" + one_line(article.title or "(no title)"), style="bold")
    origin = [article.outlet, moment(article.published), article.url]
    return text.append("\n" + one_line(" · ".join(each for each in origin if each)), style="dim")


def _codes(coded: CodedArticle, participants: tuple[Participant, ...]) -> str:
    actors = {each.id: each for each in coded.actors}
    found = [actors.get(each.actor or "") for each in participants]
    told = [_code(actor) if actor else "?" for actor in found]
    return ", ".join(dict.fromkeys(told))


def _code(actor: Actor) -> str:
    return one_line(code(actor.country, actor.sectors) or actor.name)


def _steps(coded: CodedArticle, event: Event) -> Iterable[tuple[str, Text]]:
    yield "why", Text(one_line(event.why))
    yield "code", Text(_coded_as(event))
    for name, participants in (("source", event.sources), ("target", event.targets)):
        for each in participants:
            yield name, _participant(coded, each)
    if not event.sources:
        yield "source", Text("the words name no agent")
    yield "modality", Text(event.modality + (", an act of long before the article" if event.historical else ""))
    yield "when", Text(_when(coded, event))
    yield "where", Text(_where(coded, event))
    yield "told by", _report(coded, event)
    for evidence in event.evidence:
        place = f"  {evidence.span.start}–{evidence.span.end}"
        words = Text(f"“{one_line(evidence.span.of(coded.article.text))}”")
        yield "evidence", words.append(f"  {one_line(evidence.field)}{place}", style="dim")
    yield "confidence", Text(f"{event.confidence:.2f}")
    yield "id", Text(event_ids(coded)[event.id], style="dim")
    run = coded.run
    yield "run", Text(one_line(f"{run.software}, codebook {run.codebook[:12]}, model {run.model[:12]}"), style="dim")


def _coded_as(event: Event) -> str:
    parts = [event.type, *([f"mode {event.mode}"] if event.mode else []), *event.contexts]
    cameo = f"CAMEO {event.cameo}" if event.cameo else "no CAMEO code"
    return one_line(f"{', '.join(parts)}; {cameo}; {event.quad}; Goldstein {event.goldstein:+.1f}")


def _participant(coded: CodedArticle, participant: Participant) -> Text:
    mention = next((each for each in coded.mentions if each.id == participant.mention), None)
    actor = next((each for each in coded.actors if each.id == participant.actor), None)
    words = "?" if mention is None else mention.span.of(coded.article.text)
    text = Text(f"“{one_line(words)}”")
    if mention is not None and actor is not None and mention.kind == "PRONOUN":
        named = _named(coded, actor, mention)
        text.append(f" stands for “{named}”" if named else "")
    if actor is None:
        return text.append(" → not resolved", style="italic")
    text.append(f" → {one_line(actor.name)}")
    told = [code(actor.country, actor.sectors), actor.role, actor.registry_id]
    text.append(f" ({one_line(', '.join(each for each in told if each)) or actor.status})", style="dim")
    text.append("\n" + one_line(actor.why))
    if actor.candidates:
        text.append(f"\nundecided between {one_line(', '.join(actor.candidates))}", style="italic")
    return text


def _named(coded: CodedArticle, actor: Actor, pronoun: Mention) -> str | None:
    """The nearest mention of the actor before the pronoun that is no pronoun itself, or else the first."""
    own = [each for each in coded.mentions if each.id in actor.mentions and each.kind != "PRONOUN"]
    before = [each for each in own if each.span.start < pronoun.span.start]
    chosen = before[-1] if before else own[0] if own else None
    return None if chosen is None else one_line(chosen.span.of(coded.article.text))


def _when(coded: CodedArticle, event: Event) -> str:
    when = event.when
    if when is None:
        return "not known"
    days = when.start if when.start == when.end else f"{when.start} to {when.end}"
    if when.basis == "document" or when.evidence is None:
        return f"{days}: no words state it; the article's own date"
    return one_line(f"{days} ({when.precision}): “{when.evidence.of(coded.article.text)}”")


def _where(coded: CodedArticle, event: Event) -> str:
    where = event.where
    if where is None:
        return "not stated"
    told = [where.name, where.country, where.precision]
    told += [f"GeoNames {where.geonames_id}"] if where.geonames_id is not None else []
    told += [f"{where.lat:.2f}, {where.lon:.2f}"] if where.lat is not None and where.lon is not None else []
    return one_line(f"{', '.join(each for each in told if each)}: “{where.evidence.of(coded.article.text)}”")


def _report(coded: CodedArticle, event: Event) -> Text:
    statement = next((each for each in coded.statements if each.id == event.statement), None)
    if statement is None:
        return Text("the article itself")
    return Text(f"statement {statement.id}, {statement.form}: ").append_text(_said(coded, statement))


def _said(coded: CodedArticle, statement: Statement) -> Text:
    text = coded.article.text
    speaker = next((each for each in coded.mentions if each.id == statement.speaker.mention), None)
    cue = "" if statement.cue is None else f" {one_line(statement.cue.of(text))}:"
    words = " … ".join(one_line(each.of(text)) for each in statement.content)
    return Text(f"{one_line(speaker.span.of(text)) if speaker else '?'}{cue} “{words}”")


def _passage(coded: CodedArticle, event: Event) -> Text:
    """The paragraphs in which the event's words stand, each of them marked with its field."""
    marks = _marks(coded, event)
    text, told, start = printable(coded.article.text), Text(), 0
    skipped = False
    for paragraph in text.split("\n\n"):
        inside = Span(start, start + len(paragraph))
        here = [(span, name) for span, name in marks if inside.contains(span)]
        if here:
            told.append("\n" if told else "").append("[…]\n" if skipped and told else "")
            told.append_text(_marked(text, inside, here))
        skipped = not here
        start += len(paragraph) + 2
    return told


def _marks(coded: CodedArticle, event: Event) -> list[tuple[Span, str]]:
    """Spans with the field that each supports, in order of text; where two overlap, the earlier of `wanted` stays."""
    spans = {each.id: each.span for each in coded.mentions}
    wanted = [(event.trigger, "trigger")]
    for name, participants in (("source", event.sources), ("target", event.targets)):
        wanted += [(spans[each.mention], name) for each in participants if each.mention in spans]
    if event.when is not None and event.when.evidence is not None:
        wanted.append((event.when.evidence, "time"))
    if event.where is not None:
        wanted.append((event.where.evidence, "place"))
    wanted += [(each.span, each.field) for each in event.evidence]
    kept: list[tuple[Span, str]] = []
    for span, name in wanted:
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, name))
    return sorted(kept)


def _marked(text: str, inside: Span, marks: list[tuple[Span, str]]) -> Text:
    told, at = Text(), inside.start
    for span, name in marks:
        told.append(text[at : span.start])
        told.append(f"[{one_line(name)}: {span.of(text)}]", style=_MARK.get(name, "italic"))
        at = span.end
    return told.append(text[at : inside.end])
