"""The same data for programs: JSON by page, described by OpenAPI, with ETags; it only reads.

Every listing answers `{"rows": […], "page": 1, "per": 50, "total": 84, "next": "/api/…" or null}`. The ETag of an
answer changes whenever the archive does, so that a program that asks again with If-None-Match is told 304 at once.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from communique import __version__
from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.records import to_contract
from communique.store import browse
from communique.store.browse import MOST, PER, Page
from communique.views.contract import schema
from communique.views.exports import json_text

Handler = Callable[[Desk, Asked], Response]
Json = dict[str, Any]


def _events(desk: Desk, asked: Asked, *, per: int) -> Page:
    conditions = browse.events_asked(words=asked.text("q"), own=desk.kinds, **asked.texts(*_EVENT))
    return browse.events(desk.archive, conditions, newest=asked.text("order") == "newest", number=asked.page, per=per)


def _statements(desk: Desk, asked: Asked, *, per: int) -> Page:
    conditions = browse.statements_asked(words=asked.text("q"), **asked.texts(*_STATEMENT))
    return browse.statements(desk.archive, conditions, number=asked.page, per=per)


def _articles(desk: Desk, asked: Asked, *, per: int) -> Page:
    conditions = browse.articles_asked(words=asked.text("q"), **asked.texts(*_ARTICLE))
    return browse.articles(desk.archive, conditions, number=asked.page, per=per)


def _entries(desk: Desk, asked: Asked, *, per: int) -> Page:
    conditions = browse.entries_asked(words=asked.text("q"), **asked.texts(*_ENTRY))
    return browse.entries(desk.archive, conditions, number=asked.page, per=per)


def _actors(desk: Desk, asked: Asked, *, per: int) -> Page:
    conditions = browse.people_asked(words=asked.text("q"), **asked.texts(*_ACTOR))
    return browse.people(desk.archive, conditions, number=asked.page, per=per)


def _pairs(desk: Desk, asked: Asked, *, per: int) -> Page:
    return browse.pairs(desk.archive, number=asked.page, per=per)


def _problems(desk: Desk, asked: Asked, *, per: int) -> Page:
    return browse.problems(desk.archive, number=asked.page, per=per)


def _corrections(desk: Desk, asked: Asked, *, per: int) -> Page:
    rows = desk.archive.corrections().to_pylist()
    begin = (asked.page - 1) * per
    return Page(rows[begin : begin + per], asked.page, per, len(rows))


def _event(desk: Desk, asked: Asked) -> Any:
    name = asked.path["event"]
    now, was = browse.event(desk.archive, name)
    if now is None and was is None:
        raise NotFoundError(f"there is no event “{name}” in this archive")
    decisions = [asdict(each.correction) for each in desk.archive.decisions() if each.event == name]
    return {"event": now, "as_coded": was, "corrections": decisions, "reports": browse.reports(desk.archive, name)}


def _article(desk: Desk, asked: Asked) -> Any:
    coded = desk.archive.coded(asked.path["article"])
    if coded is None:
        raise NotFoundError(f"there is no article “{asked.path['article']}” in this archive")
    return to_contract(coded)


def _entry(desk: Desk, asked: Asked) -> Any:
    name = asked.path["entry"]
    told = browse.entries(desk.archive, browse.named("entry", name), per=1).rows
    if not told:
        raise NotFoundError(f"there is no entry “{name}” in the ledger of this archive")
    return {"entry": told[0], "moves": browse.moves(desk.archive, entry=name)}


def _runs(desk: Desk, asked: Asked) -> Any:
    return {"rows": desk.archive.runs().to_pylist()}


_DAYS = ("since", "until")
_EVENT = ("source", "target", "type", "quad", "modality", "outlet", "place", *_DAYS)
_STATEMENT = ("speaker", "addressee", "act", *_DAYS)
_ARTICLE = ("outlet", *_DAYS)
_ENTRY = ("source", "target", "kind", "standing", *_DAYS)
_ACTOR = ("country", "sector", "status")

# Listings: address, what it gives, its filters beside page and per, and the answer.
_LISTINGS: Mapping[str, tuple[str, tuple[str, ...], Callable[..., Page]]] = {
    "events": ("Events, with people's corrections.", ("q", *_EVENT, "order"), _events),
    "statements": ("Statements.", ("q", *_STATEMENT), _statements),
    "articles": ("Articles, without their text.", ("q", *_ARTICLE), _articles),
    "ledger": ("Entries of the ledger.", ("q", *_ENTRY), _entries),
    "actors": ("Actors over all articles.", ("q", *_ACTOR), _actors),
    "dyads": ("Pairs of countries with counts of events.", (), _pairs),
    "problems": ("What went wrong.", (), _problems),
    "corrections": ("What people decided, in order of decision.", (), _corrections),
}
_SINGLE: Mapping[str, tuple[str, Callable[[Desk, Asked], Any]]] = {
    "events/{event}": ("One event: as it stands, as it was coded, corrections and reports.", _event),
    "articles/{article}": ("One coded article in its published form.", _article),
    "ledger/{entry}": ("One entry of the ledger with its moves.", _entry),
    "runs": ("The ways in which articles were coded.", _runs),
}
# What the filters mean.
_MEANING = {
    "q": "Words that it holds, whatever their case and accents.", "source": "A country, a sector, both, or a name.",
    "target": "The same for the other side.", "speaker": "Who says it: codes or a name.",
    "addressee": "Whom it is said to.", "type": "A type of event: REQUEST.", "quad": "A quad class: verbal-conflict.",
    "modality": "actual, planned, hypothetical, negated or alleged.", "outlet": "The outlet, exactly.",
    "place": "The whole name of a place, or the code of the country that it lies in.",
    "since": "From this day on: 2010-10-21, 2010-10 or 2010.", "until": "Up to this day, month or year.",
    "act": "What is done by saying it: promised.", "kind": "demand, request, commitment, threat or offer.",
    "standing": "open, settled, or how exactly it stands.", "country": "ISO 3166-1 alpha-3.",
    "sector": "A sector: MIL.", "status": "resolved, country-only or unresolved.",
    "order": "newest for the newest articles first.", "page": "The page, counted from 1.",
    "per": f"Rows on a page: {PER} unless told, at most {MOST}.",
}  # fmt: skip


def _listing(answer: Callable[..., Page]) -> Handler:
    def listed(desk: Desk, asked: Asked) -> Response:
        told = asked.query.get("per", "")
        per = min(max(1, int(told)), MOST) if told.isdecimal() and len(told) < 6 else PER

        def body() -> Json:
            page = answer(desk, asked, per=per)
            after = asked.link(page=page.number + 1) if page.number < page.last else None
            return {"rows": page.rows, "page": page.number, "per": page.per, "total": page.total, "next": after}

        return _tagged(desk, asked, body)

    return listed


def _single(answer: Callable[[Desk, Asked], Any]) -> Handler:
    return lambda desk, asked: _tagged(desk, asked, lambda: answer(desk, asked))


ADDRESSES: tuple[tuple[str, Handler], ...] = (
    *((f"/api/{name}", _listing(answer)) for name, (_, _, answer) in _LISTINGS.items()),
    *((f"/api/{name}", _single(answer)) for name, (_, answer) in _SINGLE.items()),
)


def explained(desk: Desk, asked: Asked) -> Response:
    """A page that tells how the addresses are used."""
    listings = [(name, told, filters) for name, (told, filters, _) in _LISTINGS.items()]
    singles = [(name, told) for name, (told, _) in _SINGLE.items()]
    return desk.page(asked, "api.html", listings=listings, singles=singles, meaning=_MEANING, per=PER, most=MOST)


def described(desk: Desk, asked: Asked) -> Response:
    """The description of all addresses in OpenAPI 3.1."""
    return _answer(openapi())


def openapi() -> Json:
    """The description as a dictionary."""
    rows = {
        "type": "object", "required": ["rows", "page", "per", "total", "next"],
        "properties": {
            "rows": {"type": "array", "items": {"type": "object"}}, "page": {"type": "integer", "minimum": 1},
            "per": {"type": "integer", "minimum": 1, "maximum": MOST}, "total": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"]},
        },
    }  # fmt: skip
    coded = {name: value for name, value in schema().items() if name not in ("$schema", "$id")}
    paths: Json = {}
    for name, (told, filters, _) in _LISTINGS.items():
        parameters = [_parameter(each) for each in (*filters, "page", "per")]
        paths[f"/api/{name}"] = {"get": _operation(name, told, rows, parameters, fails="400")}
    for name, (told, _) in _SINGLE.items():
        form = coded if name.startswith("articles/") else {"type": "object"}
        inside = [part[1:-1] for part in name.split("/") if part.startswith("{")]
        parameters = [{"name": each, "in": "path", "required": True, "schema": {"type": "string"}} for each in inside]
        fails = "404" if inside else None
        paths[f"/api/{name}"] = {"get": _operation(name, told, form, parameters, fails=fails)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Communique, the explorer's data", "version": __version__},
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }


def failed(status: int, message: str) -> Response:
    """An answer that tells what went wrong."""
    return _answer({"error": message}, status)


def _parameter(name: str) -> Json:
    kind: Json = {"type": "integer", "minimum": 1} if name in ("page", "per") else {"type": "string"}
    if name in _DAYS:
        kind["pattern"] = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
    return {"name": name, "in": "query", "required": False, "description": _MEANING[name], "schema": kind}


def _operation(name: str, told: str, form: Json, parameters: list[Json], *, fails: str | None) -> Json:
    wrong = {"description": "It says what is wrong.", "content": {"application/json": {"schema": {
        "type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}}}}  # fmt: skip
    answers: Json = {
        "200": {"description": told, "content": {"application/json": {"schema": form}}},
        "304": {"description": "Nothing has changed since the ETag that was told."},
        "401": {"description": "The token lacks or is wrong."},
    }
    if fails is not None:
        answers[fails] = wrong
    words = name.replace("{", "").replace("}", "").split("/")
    return {"operationId": "_".join(words), "summary": told, "parameters": parameters, "responses": answers}


def _tagged(desk: Desk, asked: Asked, body: Callable[[], Any]) -> Response:
    """The answer with its ETag, or 304 where the asker has it already."""
    content = hashlib.sha256(f"{desk.state()} {asked.link()}".encode()).hexdigest()[:24]
    tag = f'"{content}"'
    if tag in (each.strip().removeprefix("W/") for each in asked.etag.split(",")):
        return Response(status_code=304, headers={"ETag": tag})
    return _answer(body(), headers={"ETag": tag})


def _answer(told: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        json_text(told).encode("utf-8", "replace"), status, headers=dict(headers or {}), media_type="application/json"
    )
