"""Review: one decision a screen, by keyboard or not; decisions become corrections, and two readers can be compared.

A reader sees events as they were coded, without other readers' decisions, until they have decided themselves. What is
decided is kept as a correction of `communique correct`, with all that follows from it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from communique.errors import InputError
from communique.explorer.desk import READER, Asked, Desk, NotFoundError, to
from communique.explorer.marks import around, marks_of, moved, pieces, roles_set
from communique.library.correcting import spans_of
from communique.records import CodedArticle, Event
from communique.store import browse
from communique.store.amend import SPANS, Applied
from communique.store.amend import span as span_in
from communique.store.ids import event_ids

Row = dict[str, Any]
# Fields that the form of a correction offers, by the column that they set.
FIELDS = ("type", "mode", "modality", "source", "target", "first_day", "last_day", "place")
_VERDICTS = ("accept", "set", "reject")
# Words that the form offers: the role in the text, and what the field is called; `{role}_span` is set by them.
WORDS = {"trigger": "Did", "source": "Who", "target": "Whom", "time": "When", "place": "Where"}


def decided_by(desk: Desk, reader: str | None) -> dict[str, Applied]:
    """Events that a reader has decided, each with the last decision; of anybody for None."""
    return {
        each.event: each
        for each in desk.archive.decisions()
        if each.event is not None and each.correction.kind in _VERDICTS and reader in (None, each.correction.by)
    }


def review(desk: Desk, asked: Asked) -> Response:
    """The event `at`, or the first that waits."""
    mine = decided_by(desk, asked.reader)
    queue, total = browse.waiting(desk.archive, list(mine), doubtful=asked.text("order") != "newest")
    at = asked.text("at") or (queue[0] if queue else None)
    if at is None:
        return desk.page(asked, "reviewed.html", decided=len(mine), last=_last(desk, asked.reader))
    _, row = browse.event(desk.archive, at)
    coded = desk.archive.coded(at)
    if row is None or coded is None:
        raise NotFoundError(f"There is no coded event “{at}” in this archive.")
    names = event_ids(coded)
    event = next(each for each in coded.events if names[each.id] == at)
    spans = {**spans_of(coded, event), **_spans_set(mine.get(at))}
    marks = moved(
        [mark for mark in marks_of(coded) if mark.of == event.id], roles_set(mine[at].correction) if at in mine else {}
    )
    inside = around(coded.article.text, event)
    place = queue.index(at) if at in queue else -1
    return desk.page(
        asked, "review.html", row=row, coded=coded, event=event, number=event.id, fields=FIELDS,
        passage=pieces(coded.article.text, inside, marks), inside=inside, waiting=total, decided=len(mine),
        spans={role: span_in(spans.get(f"{role}_span") or "") for role in WORDS}, words=WORDS,
        mine=mine.get(at), before=queue[place - 1] if place > 0 else None,
        after=queue[place + 1] if place + 1 < len(queue) and queue[place + 1] != at else None,
        edit=asked.text("edit") is not None, book=desk.codebook, last=_last(desk, asked.reader),
    )  # fmt: skip


def decide(desk: Desk, asked: Asked) -> Response:
    """Keep one decision and go on to the next event."""
    name, verdict = asked.path["event"], asked.told("verdict")
    if verdict not in _VERDICTS:
        raise InputError("a decision is accept, set or reject")
    order = asked.told("order")
    mine = decided_by(desk, asked.reader)
    queue, _ = browse.waiting(desk.archive, list(mine), doubtful=order != "newest")
    place = queue.index(name) if name in queue else -1
    following = queue[place + 1] if place + 1 < len(queue) else queue[0] if queue and queue[0] != name else None
    _, row = browse.event(desk.archive, name)
    if row is None:
        raise NotFoundError(f"There is no event “{name}” in this archive.")
    fields = {**_set(asked, row), **_words(desk, asked, name)} if verdict == "set" else {}
    because = asked.told("because") or f"{verdict} in review"
    desk.library.correct(name, fields=fields, because=because, by=_reader(asked), kind=verdict)  # type: ignore[arg-type]
    desk.jobs.bring_up_to_date()
    return to(_address(at=following, order=order))


def undo(desk: Desk, asked: Asked) -> Response:
    """Take the reader's last decision back, and show its event again."""
    last = _last(desk, asked.reader)
    if last is None:
        raise InputError("there is no decision of yours to take back")
    desk.library.take_back(last.correction.id, by=_reader(asked))
    desk.jobs.bring_up_to_date()
    return to(_address(at=last.event, order=asked.told("order")))


def missed(desk: Desk, asked: Asked) -> Response:
    """Add an event that was missed in an article."""
    article = asked.path["article"]
    fields = {name: asked.told(name) for name in ("type", "source", "target") if asked.told(name)}
    because = asked.told("because") or "missed, added in the reader"
    made = desk.library.add_event(article, asked.told("words"), fields=fields, because=because, by=_reader(asked))
    desk.jobs.bring_up_to_date()
    return to(f"/e/{made.target}")


def name_reader(desk: Desk, asked: Asked) -> Response:
    """Who decides from now on in this browser."""
    name = " ".join(asked.told("name").split())[:60]
    if not name or not name.isprintable() or not name.isascii():
        raise InputError("a reader's name has plain letters, at most 60")
    answer = to("/review")
    answer.set_cookie(READER, name.replace(";", ","), httponly=True, samesite="strict", path="/")
    return answer


def agreement(desk: Desk, asked: Asked) -> Response:
    """How far readers agree on the events that two of them decided."""
    verdicts: dict[str, dict[str, Applied]] = {}
    for each in desk.archive.decisions():
        if each.event is not None and each.correction.kind in _VERDICTS:
            verdicts.setdefault(each.event, {})[each.correction.by] = each
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    apart = []
    for told in verdicts.values():
        readers = sorted(told)
        for place, one in enumerate(readers):
            for two in readers[place + 1 :]:
                kinds = told[one].correction.kind, told[two].correction.kind
                pairs.setdefault((one, two), []).append(kinds)
                if not _same(told[one], told[two]):
                    apart.append((told[one], told[two]))
    rows = [(one, two, len(kinds), _share(kinds), kappa(kinds)) for (one, two), kinds in sorted(pairs.items())]
    counts = Counter(reader for told in verdicts.values() for reader in told)
    return desk.page(asked, "agreement.html", rows=rows, apart=apart[:100], counts=counts.most_common())


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers' verdicts: agreement beyond chance (Cohen 1960); None where chance alone is 1."""
    told = list(pairs)
    if not told:
        return None
    ones, twos = Counter(one for one, _ in told), Counter(two for _, two in told)
    chance = sum(ones[kind] * twos[kind] for kind in ones) / len(told) ** 2
    return None if chance == 1 else (_share(told) - chance) / (1 - chance)


def _share(pairs: list[tuple[str, str]]) -> float:
    return sum(one == two for one, two in pairs) / len(pairs)


def _same(one: Applied, two: Applied) -> bool:
    def told(each: Applied) -> tuple[str, frozenset[tuple[str, str | None]]]:
        return each.correction.kind, frozenset((change.field, change.new) for change in each.correction.changes)

    return told(one) == told(two)


def _last(desk: Desk, reader: str) -> Applied | None:
    """The reader's last decision that stands."""
    own = (
        each
        for each in reversed(desk.archive.decisions())
        if each.correction.by == reader and each.event is not None and each.correction.kind in _VERDICTS
    )
    return next(own, None)


def _reader(asked: Asked) -> str:
    return asked.reader or "somebody"


def _set(asked: Asked, row: Row) -> dict[str, str | None]:
    """The fields of the form that differ from what was coded."""
    told = {name: asked.told(name) or None for name in FIELDS if name in asked.form}
    return {
        name: value for name, value in told.items() if value != (None if row[name] in (None, "") else str(row[name]))
    }


def _spans_set(decision: Applied | None) -> dict[str, str | None]:
    changes = () if decision is None else decision.correction.changes
    return {change.field: change.new for change in changes if change.field in SPANS}


def _words(desk: Desk, asked: Asked, name: str) -> dict[str, str | None]:
    """The words of the form that differ from those that were coded, by the field that sets them."""
    coded = desk.archive.coded(name)
    if coded is None:
        return {}
    names = event_ids(coded)
    event = next(each for each in coded.events if names[each.id] == name)
    was = spans_of(coded, event)
    told = {f"{role}_span": _span(coded, event, asked.told(f"{role}_words"), asked.told(f"{role}_at"))
            for role in WORDS if f"{role}_words" in asked.form}  # fmt: skip
    return {field: value for field, value in told.items() if value != was.get(field)}


def _span(coded: CodedArticle, event: Event, words: str, at: str) -> str | None:
    """Where words of the form stand: where the page says, or else where they are written so nearest to the trigger."""
    text = coded.article.text
    if not words:
        return None
    start, dash, end = at.partition("-")
    if dash and start.isdecimal() and end.isdecimal() and len(at) < 20:
        there = text[int(start) : int(end)]
        if " ".join(there.split()) == " ".join(words.split()):
            return f"{start}-{end} {there}"
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    if not found:
        raise InputError(
            f"the words “{words[:200]}” do not stand in the article; write them exactly as they stand there"
        )
    nearest = min(found, key=lambda place: abs(place - event.trigger.start))
    return f"{nearest}-{nearest + len(words)} {words}"


def _address(*, at: str | None, order: str) -> str:
    told = {name: value for name, value in (("at", at), ("order", order)) if value}
    return "/review" + (f"?{urlencode(told)}" if told else "")
