"""Flat rows of a coded article: what tables, queries and exports are made of.

Each row is a dictionary with plain values; it repeats the words of the article that it stands on, so that a row can be
read without the article. Ids are global (:mod:`communique.store.ids`), `number` is the id inside the article ("e3").
"""

import datetime as dt
import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from communique.records import Actor, CodedArticle, Correction, Event, Mention, Participant, Problem, Span, Statement
from communique.store.ids import event_ids, statement_ids

Row = dict[str, Any]
Place = tuple[int, int]

# A gap of up to this many characters between two pieces of evidence is filled with its own words, a longer one with
# dots: "asked Pakistan on Tuesday to reopen" reads better than "asked Pakistan … to reopen".
GAP = 32
# How many characters of its sentence a passage follows its trigger: enough for what was asked or promised.
TAIL = 160
# The stop comes first in the pattern, and what must not stand before it is looked for backwards from there: a search
# then leaps from stop to stop.
_SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=\n)|(?<![A-Z].)(?<!\b(?:Mr|Ms|Dr|Lt|St|Jr|No).)(?<!\b(?:Mrs|Gen|Col|Maj|Adm|Sen|Rep|Gov).)"
    r"[\"”’')\]]*(?=\s+[^\sa-z]|\s*$))"
)


_NEVER: Row = dict.fromkeys(("first_day", "last_day", "time_precision", "time_basis", "time_words"))
_NOWHERE: Row = dict.fromkeys(("place", "place_country", "geonames_id", "lat", "lon", "place_precision", "place_words"))


def article_row(coded: CodedArticle) -> Row:
    """The article's origin and text; `day` is its calendar day of publication in the outlet's zone."""
    article = coded.article
    return {
        "article": article.id,
        "version": article.version,
        "run": coded.run.id,
        "outlet": article.outlet,
        "published": article.published,
        "day": day(article.published),
        "title": article.title,
        "byline": article.byline,
        "url": article.url,
        "language": article.language,
        "text": article.text,
    }


def record_rows(coded: CodedArticle) -> tuple[list[Row], list[Row]]:
    """One row for each event, and one for each statement, in the article's order; the `words` of a statement are what
    was said, dots between its parts."""
    # Both at once, for both need the same ids and the same people.
    reports, people = statement_ids(coded), _People(coded)
    return _events(coded, people, reports), _statements(coded, people, reports)


def event_rows(coded: CodedArticle) -> list[Row]:
    """One row for each event, in the article's order."""
    return _events(coded, _People(coded), statement_ids(coded))


def statement_rows(coded: CodedArticle) -> list[Row]:
    """One row for each statement, in the article's order."""
    return _statements(coded, _People(coded), statement_ids(coded))


def mention_rows(coded: CodedArticle) -> list[Row]:
    """One row for each mention."""
    text = coded.article.text
    return [
        {"number": each.id, "start": each.span.start, "end": each.span.end, "words": each.span.of(text),
         "kind": each.kind, "chain": each.chain}
        for each in coded.mentions
    ]  # fmt: skip


def actor_rows(coded: CodedArticle) -> list[Row]:
    """One row for each actor."""
    return [
        {"number": each.id, "name": each.name, "country": each.country, "sectors": list(each.sectors),
         "role": each.role, "registry_id": each.registry_id, "status": each.status, "mentions": list(each.mentions),
         "why": each.why, "candidates": list(each.candidates)}
        for each in coded.actors
    ]  # fmt: skip


def problem_row(problem: Problem) -> Row:
    """The row of one problem, of an article or of an input that gave none."""
    return {
        "code": problem.code,
        "step": problem.step,
        "message": problem.message,
        "place": problem.place,
        "fatal": problem.fatal,
    }


def correction_row(correction: Correction) -> Row:
    """The row of one correction."""
    changes = [{"field": each.field, "old": each.old, "new": each.new} for each in correction.changes]
    return {
        "correction": correction.id,
        "kind": correction.kind,
        "target": correction.target,
        "article": correction.article,
        "version": correction.version,
        "trigger": correction.trigger,
        "passage": correction.passage,
        "changes": changes,
        "other": correction.other,
        "by": correction.by,
        "at": correction.at,
        "reason": correction.reason,
    }


def code(country: str | None, sectors: tuple[str, ...]) -> str:
    """Country and first sector as event data write them: "PAK MIL", "IGO"; empty where neither is known."""
    return " ".join(part for part in (country, *sectors[:1]) if part)


def evidence_words(text: str, places: Collection[Place]) -> str:
    """The words at `places` (start and end, each place once) in order of text, short gaps filled and long ones dotted,
    on one line."""
    # Plain numbers and no spans, because this is done twice for each event of each article.
    if not places:
        return ""
    places = sorted(places)
    joined = []
    first, last = places[0]
    for start, end in places:
        if start - last > GAP or "\n" in text[last:start]:
            joined.append(" ".join(text[first:last].split()))
            first, last = start, end
        elif end > last:
            last = end
    joined.append(" ".join(text[first:last].split()))
    return " … ".join(joined)


def passage(text: str, trigger: Span, places: Collection[Place], *, inside: Span | None = None) -> str:
    """The words at `places` as :func:`evidence_words` gives them, the trigger's followed by more of its sentence, up to
    the end of `inside`: the part of a quotation that holds it."""
    if not text:
        return ""  # an archive without texts keeps the places of words only
    # No further than what is shown at most; the few letters more let a sentence end there.
    limit = trigger.end + TAIL + 8
    ending = _SENTENCE_END.search(text, trigger.end, limit)
    end = min(len(text), limit) if ending is None else ending.start() if ending[0] == "\n" else ending.end()
    end = end if inside is None else max(trigger.end, min(end, inside.end))
    if end > trigger.end + TAIL:
        cut = text.rfind(" ", trigger.end, trigger.end + TAIL)
        end = cut if cut > trigger.end else trigger.end
        return evidence_words(text, {(trigger.start, end), *places}) + " …"
    return evidence_words(text, {(trigger.start, end), *places})


@lru_cache(maxsize=1 << 12)
def day(moment: str | None) -> dt.date | None:
    """The calendar day of an ISO 8601 day or time; None where there is none or it is no day of the calendar."""
    try:
        return None if moment is None else dt.date.fromisoformat(moment[:10])
    except ValueError:
        return None


class _People:
    """Looks participants up in their article."""

    def __init__(self, coded: CodedArticle) -> None:
        self._text = coded.article.text
        self._mentions: dict[str, Mention] = {each.id: each for each in coded.mentions}
        self._actors: dict[str, Actor] = {each.id: each for each in coded.actors}
        self._statements: dict[str, Statement] = {each.id: each for each in coded.statements}
        self._rows: dict[tuple[str, str | None], Row] = {}

    def row(self, participant: Participant) -> Row:
        """The participant with the words that name it here and what is known of the actor; the same row each time."""
        name = participant.mention, participant.actor
        found = self._rows.get(name)
        if found is None:
            found = self._rows[name] = self._row(participant)
        return found

    def quotation(self, event: Event) -> Span | None:
        """The uninterrupted part of a statement's content in which the event is told, if a statement reports it."""
        told = self._statements.get(event.statement or "")
        for part in () if told is None else told.content:
            if part.contains(event.trigger):
                return part
        return None

    def _row(self, participant: Participant) -> Row:
        mention = self._mentions.get(participant.mention)
        words = "" if mention is None else mention.span.of(self._text)
        actor = None if participant.actor is None else self._actors.get(participant.actor)
        return {
            "words": words,
            "name": words if actor is None else actor.name,
            "code": "" if actor is None else code(actor.country, actor.sectors),
            "country": None if actor is None else actor.country,
            "sectors": [] if actor is None else list(actor.sectors),
            "role": None if actor is None else actor.role,
            "registry_id": None if actor is None else actor.registry_id,
            "status": "unresolved" if actor is None else actor.status,
        }

    def places(self, participants: tuple[Participant, ...]) -> list[Place]:
        """Where the participants are named."""
        known = [self._mentions[each.mention].span for each in participants if each.mention in self._mentions]
        return [(each.start, each.end) for each in known]


def _events(coded: CodedArticle, people: _People, reports: dict[str, str]) -> list[Row]:
    names = event_ids(coded)
    text = coded.article.text
    return [{"event": names[each.id], **_event(text, each, people, reports)} for each in coded.events]


def _statements(coded: CodedArticle, people: _People, names: dict[str, str]) -> list[Row]:
    text = coded.article.text
    return [{"statement": names[each.id], **_statement(text, each, people)} for each in coded.statements]


def _event(text: str, event: Event, people: _People, reports: dict[str, str]) -> Row:
    sources = [people.row(each) for each in event.sources]
    targets = [people.row(each) for each in event.targets]
    places = {(each.span.start, each.span.end) for each in event.evidence}
    places.update(people.places(event.sources), people.places(event.targets))
    start, end = event.trigger.start, event.trigger.end
    return {
        "number": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "modality": event.modality,
        "historical": event.historical,
        "source": _listed(sources, "code"),
        "source_name": _listed(sources, "name"),
        "target": _listed(targets, "code"),
        "target_name": _listed(targets, "name"),
        "trigger": event.trigger.of(text),
        "words": evidence_words(text, {(start, end), *places}),
        "passage": passage(text, event.trigger, places, inside=people.quotation(event)),
        **_when(event, text),
        **_where(event, text),
        "statement": reports.get(event.statement or ""),
        "confidence": event.confidence,
        "why": event.why,
        "start": start,
        "end": end,
        "sources": sources,
        "targets": targets,
    }


def _when(event: Event, text: str) -> Row:
    when = event.when
    if when is None:
        return _NEVER
    return {
        "first_day": day(when.start),
        "last_day": day(when.end),
        "time_precision": when.precision,
        "time_basis": when.basis,
        "time_words": None if when.evidence is None else when.evidence.of(text),
    }


def _where(event: Event, text: str) -> Row:
    where = event.where
    if where is None:
        return _NOWHERE
    return {
        "place": where.name,
        "place_country": where.country,
        "geonames_id": where.geonames_id,
        "lat": where.lat,
        "lon": where.lon,
        "place_precision": where.precision,
        "place_words": where.evidence.of(text),
    }


def _statement(text: str, statement: Statement, people: _People) -> Row:
    speakers = [people.row(each) for each in statement.speakers]
    addressee = None if statement.addressee is None else people.row(statement.addressee)
    return {
        "number": statement.id,
        "form": statement.form,
        "act": statement.act,
        "attitude": statement.attitude,
        "topic": statement.topic,
        "speaker": _listed(speakers, "code"),
        "speaker_name": _listed(speakers, "name"),
        "addressee": None if addressee is None else addressee["code"],
        "addressee_name": None if addressee is None else addressee["name"],
        "cue": None if statement.cue is None else statement.cue.of(text),
        "words": " … ".join(" ".join(each.of(text).split()) for each in statement.content),
        "confidence": statement.confidence,
        "start": statement.content[0].start,
        "end": statement.content[-1].end,
        "speakers": speakers,
        "addressees": [] if addressee is None else [addressee],
    }


def _listed(participants: list[Row], field: str) -> str:
    if len(participants) < 2:
        return str(participants[0][field]) if participants else ""
    # The same code twice ("USA GOV; USA GOV" of two ministers) says nothing more than once.
    return "; ".join(dict.fromkeys(each[field] for each in participants if each[field]))
