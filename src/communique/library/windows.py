"""Windows: stories and happenings brought up to date around the days on which something changed.

A report joins one of a few days before or after, a copy one of the last ten. So what came on a day can change nothing
that lies further off: only reports and articles near it are decided again, beside those that these may join; all other
joints stay as they were. The outcome is the same as of deciding everything anew.
"""

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

from communique.ledger import copies, happenings
from communique.ledger.copies import Copy, Text
from communique.records import Happening, Joint, Story
from communique.store import Archive

# Days are numbers here, for sets of them; what has no day stands at this one.
_NO_DAY = -1
_AT = "coalesce(date_diff('day', DATE '0001-01-01', {day}) + 1, " + f"{_NO_DAY}) AS on_day"
_ARTICLES = (
    "(SELECT 'article' AS kind, article AS record, article, published, version, 0 AS start, "
    f"{_AT.format(day='day')} FROM articles)"
)
_REPORTS = (
    "(SELECT 'event' AS kind, event AS record, article, published, version, start, "
    f"{_AT.format(day='coalesce(first_day, day)')} FROM events WHERE NOT historical)"
)
_COLUMNS = (
    "event, article, version, type, modality, sources, targets, first_day, last_day, time_basis, day, geonames_id, "
    "place_precision, place_country, trigger, passage, published, start"
)


def stories(archive: Archive, *, standing: bool) -> tuple[Story, ...]:
    """The stories of the archive; where derived tables are `standing`, only what changed since is decided again."""
    names = _records(archive, _ARTICLES)
    days = _changed(archive, _ARTICLES, "article") if standing else None
    if days is not None and _NO_DAY in days:
        # A text without a day may be a copy of any other.
        days = None
    if days is None:
        return copies.folded(copies.copies(_texts(archive)))
    kept = {
        row["article"]: None if row["copied_from"] is None else Copy(row["copied_from"], row["shared"], row["update"])
        for row in archive.ask("SELECT article, copied_from, shared, update FROM stories").to_pylist()
    }
    again = _days_near(days, copies.DAYS) | {_NO_DAY}
    found = copies.copies(_texts(archive, _days_near(days, 2 * copies.DAYS) | {_NO_DAY}))
    decided = set(_records(archive, _ARTICLES, again))
    return copies.folded({name: found[name] if name in decided else kept[name] for name in names})


def happened(archive: Archive, *, standing: bool) -> tuple[Happening, ...]:
    """The happenings of the archive; where derived tables are `standing`, only what changed since is decided again."""
    apart, together = _decisions(archive)
    days = _changed(archive, _REPORTS, "event", {name for pair in together for name in pair}) if standing else None
    if days is None:
        return happenings.gather(_reports(archive), apart=apart, together=together)
    kept = {
        row["event"]: None if row["joined_to"] is None
        else Joint(row["joined_to"], row["event"], row["score"], row["relation"], row["reasons"])
        for row in archive.ask(
            "SELECT event, joined_to, score, relation, reasons FROM happenings"
        ).to_pylist()
    }  # fmt: skip
    decided = set(_records(archive, _REPORTS, _days_near(days, happenings.APART)))
    reports = list(_reports(archive, _days_near(days, 2 * happenings.APART)))
    found = happenings.joints(
        reports, apart=apart, together=together, settled={each.event for each in reports} - decided
    )
    order = _records(archive, _REPORTS)
    return happenings.grouped({name: found[name] if name in found else kept[name] for name in order})


def placed(archive: Archive) -> pa.Table:
    """Every article and event with its version and day, to tell the next time what has changed."""
    query = "SELECT kind, record, version, on_day FROM {} UNION ALL SELECT kind, record, version, on_day FROM {}"
    return archive.ask(query.format(_ARTICLES, _REPORTS) + " ORDER BY kind, record")


def _changed(archive: Archive, source: str, kind: str, also: Iterable[str] = ()) -> set[int] | None:
    """The days of all records that came, went or were corrected since; None where it cannot be told."""
    if not all(archive.has_derived(name) for name in ("placed", "stories", "happenings")):
        return None
    query = (
        f"WITH now AS {source}, old AS (SELECT * FROM placed WHERE kind = ?), touched AS (SELECT record FROM now "
        "WHERE kind = 'event' AND (article IN (SELECT article FROM corrections_of_all) "
        "OR list_contains(?::VARCHAR[], record))) "
        "SELECT on_day FROM now ANTI JOIN old USING (record, version) UNION SELECT on_day FROM old ANTI JOIN now "
        "USING (record, version) UNION SELECT on_day FROM now SEMI JOIN touched USING (record) UNION "
        "SELECT on_day FROM old SEMI JOIN touched USING (record)"
    )
    return set(archive.ask(query, [kind, sorted(also)]).column("on_day").to_pylist())


def _days_near(days: Iterable[int], reach: int) -> set[int]:
    """The days that lie up to so many days before or after one of `days`."""
    dated = {day + step for day in days if day != _NO_DAY for step in range(-reach, reach + 1)}
    return dated | ({_NO_DAY} & set(days))


def _records(archive: Archive, source: str, days: set[int] | None = None) -> list[str]:
    """Records in order of publication, all or those of some days."""
    within = "" if days is None else " WHERE on_day IN (SELECT unnest(?::BIGINT[]))"
    # Articles of one moment are in the order of their ids, reports in that of their texts.
    order = "CASE WHEN kind = 'article' THEN record ELSE version END, start, record"
    query = f"SELECT record FROM {source}{within} ORDER BY coalesce(published, '9999'), {order}"
    found: list[str] = archive.ask(query, [] if days is None else [sorted(days)]).column("record").to_pylist()
    return found


def _texts(archive: Archive, days: set[int] | None = None) -> Iterator[Text]:
    query = f"SELECT article, day, published, text FROM articles{_within(days, 'article', _ARTICLES)}"
    table = archive.ask(query, [] if days is None else [sorted(days)])
    for batch in table.to_batches(max_chunksize=1024):
        for row in batch.to_pylist():
            yield Text(row["article"], row["day"], row["published"] or "9999", row["text"])


def _reports(archive: Archive, days: set[int] | None = None) -> Iterator[happenings.Told]:
    query = f"SELECT {_COLUMNS} FROM events WHERE NOT historical{_within(days, 'event', _REPORTS, ' AND')}"
    table = archive.ask(query + " ORDER BY event", [] if days is None else [sorted(days)])
    for batch in table.to_batches(max_chunksize=4096):
        yield from map(happenings.told, batch.to_pylist())


def _within(days: set[int] | None, column: str, source: str, lead: str = " WHERE") -> str:
    if days is None:
        return ""
    return f"{lead} {column} IN (SELECT record FROM {source} WHERE on_day IN (SELECT unnest(?::BIGINT[])))"


def _decisions(archive: Archive) -> tuple[Mapping[str, bool], Mapping[tuple[str, str], None]]:
    """Events that people have split off, and pairs that they have merged; what was decided last holds."""
    apart: dict[str, bool] = {}
    together: dict[tuple[str, str], None] = {}
    for each in archive.decisions():
        if each.event is not None and each.correction.kind == "split":
            apart[each.event] = True
            together = {pair: None for pair in together if each.event not in pair}
        elif each.event is not None and each.correction.kind == "merge" and each.correction.other is not None:
            apart.pop(each.event, None)
            together[each.event, _as_it_is(archive, each.correction.other)] = None
    return apart, together


def _as_it_is(archive: Archive, event: str) -> str:
    """The event as the article is coded now: the one with the same words, if the id is of an earlier run."""
    query = (
        "SELECT now.event FROM events_of_all old JOIN events now USING (article, trigger, passage) WHERE old.event = ? "
        "ORDER BY now.event = old.event DESC, now.event LIMIT 1"
    )
    found = archive.ask(query, [event]).column("event").to_pylist()
    return str(found[0]) if found else event
