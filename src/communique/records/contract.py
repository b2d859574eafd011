"""The public form of a coded article: plain dictionaries after the schema `communique.coded-article/1`, and back."""

from typing import Any

from communique.records.actor import Actor, Participant
from communique.records.article import Article, Removed
from communique.records.coded import CodedArticle
from communique.records.event import Event, Evidence, Interval, Place
from communique.records.mention import Mention
from communique.records.problem import Problem
from communique.records.run import Run
from communique.records.span import Span
from communique.records.statement import Statement

SCHEMA = "communique.coded-article/1"
Json = dict[str, Any]


def to_contract(coded: CodedArticle) -> Json:
    """The coded article as JSON-ready dictionaries; every span carries its own text."""
    text = coded.article.text
    return {
        "schema": SCHEMA,
        "run": _run(coded.run),
        "article": _article(coded.article),
        "mentions": [_mention(each, text) for each in coded.mentions],
        "actors": [_actor(each) for each in coded.actors],
        "statements": [_statement(each, text) for each in coded.statements],
        "events": [_event(each, text) for each in coded.events],
        "problems": [_problem(each) for each in coded.problems],
    }


def from_contract(form: Json) -> CodedArticle:
    """The coded article back from its public form.

    Raises `KeyError` or `ValueError` where `form` does not follow the schema.
    """
    problems = tuple(_problem_back(each) for each in form["problems"])
    run, article = form["run"], form["article"]
    return CodedArticle(
        run=Run(
            run["id"],
            run["software"],
            run["codebook"],
            run["model"],
            run.get("registry", ""),
            tuple(sorted((str(key), str(value)) for key, value in run.get("settings", {}).items())),
        ),
        article=Article(
            id=article["id"],
            version=article.get("version", ""),
            text=article["text"],
            title=article["title"],
            outlet=article["outlet"],
            byline=article["byline"],
            published=article["published"],
            url=article["url"],
            language=article["language"],
            removed=tuple(Removed(each["text"], each["reason"]) for each in article["removed"]),
            problems=tuple(each for each in problems if each.step == "intake"),
        ),
        mentions=tuple(
            Mention(each["id"], _span_back(each), each["kind"], each.get("head", -1), each["chain"])
            for each in form["mentions"]
        ),
        actors=tuple(_actor_back(each) for each in form["actors"]),
        statements=tuple(_statement_back(each) for each in form["statements"]),
        events=tuple(_event_back(each) for each in form["events"]),
        problems=problems,
    )


def _span(span: Span, text: str) -> Json:
    # Dozens of these are made of each article: spelled out where a call or a copy would do, for it is felt.
    start, end = span.start, span.end
    return {"start": start, "end": end, "text": text[start:end]}


def _evidence(evidence: Evidence, text: str) -> Json:
    start, end = evidence.span.start, evidence.span.end
    return {"start": start, "end": end, "text": text[start:end], "field": evidence.field}


def _span_back(form: Json) -> Span:
    return Span(form["start"], form["end"])


def _run(run: Run) -> Json:
    return {
        "id": run.id,
        "software": run.software,
        "codebook": run.codebook,
        "model": run.model,
        "registry": run.registry,
        "settings": dict(run.settings),
    }


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "version": article.version,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "language": article.language,
        "text": article.text,
        "removed": [{"text": each.text, "reason": each.reason} for each in article.removed],
    }


def _mention(mention: Mention, text: str) -> Json:
    start, end = mention.span.start, mention.span.end
    return {
        "id": mention.id,
        "start": start,
        "end": end,
        "text": text[start:end],
        "kind": mention.kind,
        "chain": mention.chain,
        "head": mention.head,
    }


def _actor(actor: Actor) -> Json:
    return {
        "id": actor.id,
        "name": actor.name,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "role": actor.role,
        "registry_id": actor.registry_id,
        "status": actor.status,
        "mentions": list(actor.mentions),
        "why": actor.why,
        "candidates": list(actor.candidates),
    }


def _actor_back(form: Json) -> Actor:
    return Actor(
        form["id"],
        form["name"],
        form["country"],
        tuple(form["sectors"]),
        form["role"],
        form["registry_id"],
        form["status"],
        tuple(form["mentions"]),
        form["why"],
        tuple(form.get("candidates", ())),
    )


def _participant(participant: Participant) -> Json:
    return {"mention": participant.mention, "actor": participant.actor}


def _participant_back(form: Json) -> Participant:
    return Participant(form["mention"], form["actor"])


def _statement(statement: Statement, text: str) -> Json:
    return {
        "id": statement.id,
        "form": statement.form,
        "speaker": _participant(statement.speaker),
        "addressee": None if statement.addressee is None else _participant(statement.addressee),
        "cue": None if statement.cue is None else _span(statement.cue, text),
        "content": [_span(each, text) for each in statement.content],
        "confidence": statement.confidence,
        "act": statement.act,
        "attitude": statement.attitude,
        "topic": statement.topic,
        "joint": [_participant(each) for each in statement.joint],
    }


def _statement_back(form: Json) -> Statement:
    return Statement(
        id=form["id"],
        form=form["form"],
        speaker=_participant_back(form["speaker"]),
        addressee=None if form["addressee"] is None else _participant_back(form["addressee"]),
        cue=None if form["cue"] is None else _span_back(form["cue"]),
        content=tuple(_span_back(each) for each in form["content"]),
        confidence=form["confidence"],
        act=form.get("act", "asserted"),
        attitude=form.get("attitude", False),
        topic=form.get("topic", False),
        joint=tuple(_participant_back(each) for each in form.get("joint", ())),
    )


def _event(event: Event, text: str) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "sources": [_participant(each) for each in event.sources],
        "targets": [_participant(each) for each in event.targets],
        "trigger": _span(event.trigger, text),
        "quad": event.quad,
        "goldstein": event.goldstein,
        "modality": event.modality,
        "historical": event.historical,
        "when": None if event.when is None else _interval(event.when, text),
        "where": None if event.where is None else _place(event.where, text),
        "statement": event.statement,
        "confidence": event.confidence,
        "evidence": [_evidence(each, text) for each in event.evidence],
        "why": event.why,
    }


def _interval(interval: Interval, text: str) -> Json:
    return {
        "from": interval.start,
        "to": interval.end,
        "precision": interval.precision,
        "basis": interval.basis,
        "evidence": None if interval.evidence is None else _span(interval.evidence, text),
    }


def _interval_back(form: Json) -> Interval:
    evidence = form["evidence"]
    return Interval(
        form["from"],
        form["to"],
        form["precision"],
        form["basis"],
        None if evidence is None else _span_back(evidence),
    )


def _place(place: Place, text: str) -> Json:
    return {
        "name": place.name,
        "country": place.country,
        "geonames_id": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "evidence": _span(place.evidence, text),
    }


def _place_back(form: Json) -> Place:
    return Place(
        form["name"],
        form["country"],
        form["geonames_id"],
        form["lat"],
        form["lon"],
        form["precision"],
        _span_back(form["evidence"]),
    )


def _event_back(form: Json) -> Event:
    return Event(
        id=form["id"],
        type=form["type"],
        mode=form["mode"],
        contexts=tuple(form["contexts"]),
        cameo=form["cameo"],
        sources=tuple(_participant_back(each) for each in form["sources"]),
        targets=tuple(_participant_back(each) for each in form["targets"]),
        trigger=_span_back(form["trigger"]),
        quad=form["quad"],
        goldstein=form["goldstein"],
        modality=form["modality"],
        when=None if form["when"] is None else _interval_back(form["when"]),
        where=None if form["where"] is None else _place_back(form["where"]),
        statement=form["statement"],
        confidence=form["confidence"],
        evidence=tuple(Evidence(_span_back(each), each.get("field", "trigger")) for each in form["evidence"]),
        why=form["why"],
        historical=form.get("historical", False),
    )


def _problem(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "message": problem.message,
        "step": problem.step,
        "place": problem.place,
        "fatal": problem.fatal,
        "spans": [{"start": each.start, "end": each.end} for each in problem.spans],
    }


def _problem_back(form: Json) -> Problem:
    return Problem(
        form["code"],
        form["message"],
        form.get("step", ""),
        form.get("place", ""),
        form.get("fatal", False),
        tuple(_span_back(each) for each in form.get("spans", ())),
    )
