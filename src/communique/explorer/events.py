"""Events: the list with its filters, as a table, a file and a feed; and one event with all that it stands on."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.explorer.fields import fields_of
from communique.explorer.marks import around, marks_of, moved, pieces, roles_set
from communique.records import CodedArticle, Correction, Event
from communique.store import browse
from communique.store.filters import Conditions
from communique.store.ids import event_ids

Row = dict[str, Any]
# Events that a feed tells.
FED = 50
_FILTERS = ("source", "target", "type", "quad", "modality", "outlet", "place", "since", "until")
# Filters whose values are offered with their numbers.
_FACETS = {"type": "Types", "quad": "Classes", "modality": "Modality", "outlet": "Outlets"}


def conditions(desk: Desk, asked: Asked) -> Conditions:
    """The conditions on events in an address."""
    return browse.events_asked(words=asked.text("q"), own=desk.kinds, **asked.texts(*_FILTERS))


def listing(desk: Desk, asked: Asked) -> Response:
    """Events with filters, and how many there are of each type, class and outlet under them."""
    newest, told = asked.text("order") == "newest", conditions(desk, asked)
    found = desk.kept(
        f"events {asked.link()}", lambda: browse.events(desk.archive, told, newest=newest, number=asked.page)
    )
    return desk.page(asked, "events.html", found=found, types=desk.types(), facets=facets_of(desk, asked, told))


def facets_of(desk: Desk, asked: Asked, told: Conditions) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """What the events of an address are made of: for each filter that is free, its values with their numbers."""
    free = [(name, label) for name, label in _FACETS.items() if asked.text(name) is None]
    counts = desk.kept(
        f"facets {asked.link(page=None, order=None)}",
        lambda: browse.facets(desk.archive, told, [name for name, _ in free]),
    )
    return [(name, label, counts[name]) for name, label in free if len(counts[name]) > 1]


def as_feed(desk: Desk, asked: Asked) -> Response:
    """The newest events of an address as an Atom feed."""
    found = browse.events(desk.archive, conditions(desk, asked), newest=True, per=FED)
    updated = max((instant(row["published"]) for row in found.rows), default=instant(None))
    page = desk.page(asked, "events.atom", found=found, updated=updated, instant=instant)
    return Response(page.body, media_type="application/atom+xml")


def event(desk: Desk, asked: Asked) -> Response:
    """One event: fields with their words, why this code, all reports, corrections. `ID@RUN` shows it as it was coded
    under that run, for good; `ID` as it stands now."""
    name, _, run = asked.path["event"].partition("@")
    now, was = browse.event(desk.archive, name)
    if (now is None and was is None) or (run and (was is None or was["run"] != run)):
        raise NotFoundError(f"There is no event “{asked.path['event']}” in this archive.")
    if run:
        now = None
    shown: Row = now or was or {}
    coded = desk.archive.coded(name) or desk.archive.coded(shown["article"])
    event = None if coded is None else _event(coded, name)
    decisions = [] if run else [each.correction for each in desk.archive.decisions() if each.event == name]
    return desk.page(
        asked, "event.html", row=shown, was=was, is_permalink=bool(run), rejected=now is None and not run, coded=coded,
        fields=fields_of(desk.codebook, coded, event, shown, was, decisions), decisions=decisions,
        passage=[] if coded is None or event is None else _passage(coded, event, decisions),
        number="" if event is None else event.id,
        reports=[] if run else browse.reports(desk.archive, name), near=_near(desk, shown),
        same_book=_same_book(desk, coded),
        codebook=desk.codebook,
    )  # fmt: skip


def _event(coded: CodedArticle, name: str) -> Event | None:
    names = event_ids(coded)
    return next((each for each in coded.events if names[each.id] == name), None)


def _passage(coded: CodedArticle, event: Event, decisions: Iterable[Correction]) -> list[Any]:
    """The paragraph of the event, its words where people have put them last."""
    roles = {role: span for each in decisions for role, span in roles_set(each).items()}
    marks = moved([mark for mark in marks_of(coded) if mark.of == event.id], roles)
    return pieces(coded.article.text, around(coded.article.text, event), marks)


def _near(desk: Desk, row: Row) -> list[tuple[str, str, str]]:
    """The codes that stand next to this one: the other modes of its type, and the types that its definition is set
    apart from; each with what it would have taken."""
    book, kind = desk.codebook, row["type"]
    modes = [
        (f"{owner} / {name}", mode.cameo, mode.definition)
        for (owner, name), mode in book.modes.items()
        if owner == kind and name != row["mode"]
    ]
    entry = book.types.get(kind)
    others = dict.fromkeys(() if entry is None else (each for each in entry.others.values() if each in book.types))
    others.pop(kind, None)
    return modes + [(other, book.types[other].cameo, book.types[other].definition) for other in others]


def _same_book(desk: Desk, coded: CodedArticle | None) -> bool:
    return coded is not None and coded.run.codebook == desk.codebook.digest


def instant(published: str | None) -> str:
    """A moment as Atom wants it, the beginning of 1970 for none."""
    try:
        told = dt.datetime.fromisoformat(published or "1970-01-01")
    except ValueError:
        told = dt.datetime(1970, 1, 1)
    return (told if told.tzinfo else told.replace(tzinfo=dt.UTC)).isoformat(timespec="seconds")
