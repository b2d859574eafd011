"""Pages of rows: what is looked through a screen at a time, and counts of what there is.

Enters: an archive and conditions. Leaves: a page of plain rows with the number of all of them. Derived tables are read
as they stand and never made here; where they do not stand, what depends on them is empty.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pyarrow as pa

from communique.records import Quad
from communique.store import filters
from communique.store.archive import Archive
from communique.store.filters import Conditions, any_of, between

Row = dict[str, Any]

# Rows of one page, unless more are asked for, and the most that are given.
PER, MOST = 50, 500
_ORDER = {
    "day": "first_day NULLS LAST, published, version, start, event",
    "newest": "published DESC NULLS LAST, version, start, event",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `number` · `per` … of `total`; pages are counted from 1."""

    rows: list[Row]
    number: int
    per: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.per))

    @property
    def first_row(self) -> int:
        """The number of the first row on this page, counted from 1; 0 where there is none."""
        return 0 if not self.rows else (self.number - 1) * self.per + 1


def page(
    archive: Archive, source: str, asked: Conditions, *, order: str, columns: str = "*", number: int = 1,
    per: int = PER, at_once: bool = False,
) -> Page:  # fmt: skip
    """One page of the rows of `source`, a view or a subquery of the archive, for which `asked` holds.

    With `at_once` rows are counted by the query that gives them: for a source that is dear to make and has few rows.
    """
    number, per = max(1, number), min(max(1, per), MOST)
    where, offset = asked.where(), (number - 1) * per
    counted = ", count(*) OVER () AS of_all" if at_once else ""
    query = f"SELECT {columns}{counted} FROM {source}{where} ORDER BY {order} LIMIT {per} OFFSET {offset}"
    rows = archive.ask(query, asked.values).to_pylist()
    if at_once and rows:
        totals = [row.pop("of_all") for row in rows]
        return Page(rows, number, per, totals[0])
    if len(rows) < per and (rows or not offset):
        return Page(rows, number, per, offset + len(rows))
    total = int(archive.ask(f"SELECT count(*) FROM {source}{where}", asked.values).column(0)[0].as_py())
    return Page(rows, number, per, total)


def named(column: str, *names: str) -> Conditions:
    """The condition that a row has one of some ids in the column that is called so ("event", "entry", "article")."""
    if column not in ("event", "entry", "article", "statement"):
        raise ValueError(f"rows are not named by {column}")
    asked = Conditions()
    asked.add(f"list_contains(?::VARCHAR[], {column})", list(names))
    return asked


def events(archive: Archive, asked: Conditions, *, newest: bool = False, number: int = 1, per: int = PER) -> Page:
    """Events with people's corrections, in order of their day, or those of the newest articles first."""
    order = _ORDER["newest" if newest else "day"]
    return page(archive, "events", asked, order=order, columns="* EXCLUDE (key)", number=number, per=per)


def events_asked(
    *, source: str | None = None, target: str | None = None, type: str | None = None, since: str | None = None,  # noqa: A002
    until: str | None = None, quad: str | None = None, modality: str | None = None, outlet: str | None = None,
    words: str | None = None, place: str | None = None, own: Callable[[], Collection[str]] = tuple,
) -> Conditions:  # fmt: skip
    """Conditions on events; `words` stand in the passage or the title, `place` is the whole name of a place or the code
    of the country that it lies in, `own` gives the types of users' own codebooks. Raises `InputError` where one makes
    no sense."""
    asked = filters.events(source=source, target=target, since=since, until=until, type=type, own=own)
    if place is not None and re.fullmatch("[A-Z]{3}", place):
        asked.add("place_country = ?", place)
    elif place is not None:
        asked.add("plain(place) = plain(?)", place)
    for column, value in (("quad", quad), ("modality", modality), ("outlet", outlet)):
        if value is not None:
            asked.add(f"{column} = ?", value)
    if words is not None:
        holding(asked, "passage || ' ' || coalesce(title, '')", words)
    return asked


def statements_asked(
    *, speaker: str | None = None, addressee: str | None = None, act: str | None = None, words: str | None = None,
    since: str | None = None, until: str | None = None,
) -> Conditions:  # fmt: skip
    """Conditions on statements; the days are those of publication."""
    asked = Conditions()
    for parties, who in (("speakers", speaker), ("addressees", addressee)):
        if who is not None:
            condition, values = any_of(parties, who)
            asked.add(condition, *values)
    if act is not None:
        asked.add("act = ?", act)
    if words is not None:
        holding(asked, "words", words)
    between(asked, "day", "day", since=since, until=until)
    return asked


def articles_asked(
    *, words: str | None = None, outlet: str | None = None, since: str | None = None, until: str | None = None
) -> Conditions:
    """Conditions on articles; `words` stand in the title or the text."""
    asked = Conditions()
    if words is not None:
        holding(asked, "coalesce(title, '') || ' ' || text", words)
    if outlet is not None:
        asked.add("outlet = ?", outlet)
    between(asked, "day", "day", since=since, until=until)
    return asked


def people_asked(
    *, words: str | None = None, country: str | None = None, sector: str | None = None, status: str | None = None
) -> Conditions:
    """Conditions on the rows of :func:`people`; `words` stand in the name."""
    asked = Conditions()
    if words is not None:
        asked.add("contains(plain(name), plain(?))", words)
    for column, value in (("country", country), ("sector", sector), ("status", status)):
        if value is not None:
            asked.add(f"{column} = ?", value)
    return asked


def holding(asked: Conditions, text: str, words: str) -> None:
    """Add that some text, an expression in SQL, holds words, whatever their case and accents."""
    longest = max(re.findall(r"[^\W_]+", words), key=len, default="")
    if not longest:
        asked.add("false")
        return
    # Most texts lack even the longest of the words, and that is seen for a tenth of the price. In the others the words
    # are looked for where they stand: the same answer as `contains(plain(text), plain(words))`, without a copy of each
    # text. Of `plain(words)` only letters, digits and blanks are left, none of which means anything in a pattern.
    asked.add(f"contains(strip_accents(lower({text})), strip_accents(lower(?)))", longest)
    other = r"[^\p{L}\p{N}]"
    pattern = f"'(^|{other})' || replace(trim(plain(?)), ' ', '{other}+') || '({other}|$)'"
    asked.add(f"regexp_matches(strip_accents(lower({text})), {pattern})", words)


def all_events(archive: Archive, asked: Conditions) -> pa.Table:
    """All events for which the conditions hold, for a file."""
    order = _ORDER["day"]
    return archive.ask(f"SELECT * EXCLUDE (key) FROM events{asked.where()} ORDER BY {order}", asked.values)


def count_events(archive: Archive, asked: Conditions) -> int:
    """How many events there are for which the conditions hold."""
    return int(archive.ask(f"SELECT count(*) FROM events{asked.where()}", asked.values).column(0)[0].as_py())


def of_article(archive: Archive, article: str) -> list[Row]:
    """The events of one article as they stand, in order of text."""
    query = "SELECT * EXCLUDE (key) FROM events WHERE article = ? ORDER BY start, event"
    rows: list[Row] = archive.ask(query, [article]).to_pylist()
    return rows


def statements(archive: Archive, asked: Conditions, *, number: int = 1, per: int = PER) -> Page:
    """Statements, those of the newest articles first."""
    order = "published DESC NULLS LAST, version, start, statement"
    return page(archive, "statements", asked, order=order, columns="* EXCLUDE (key)", number=number, per=per)


def articles(archive: Archive, asked: Conditions, *, number: int = 1, per: int = PER) -> Page:
    """Articles, the newest first, with the number of events and statements of each, and without their text."""
    source = (
        "(SELECT article, version, run, outlet, published, day, title, byline, url, language, text, events, statements "
        "FROM inputs WHERE article IS NOT NULL)"
    )
    order = "published DESC NULLS LAST, version"
    return page(archive, source, asked, order=order, columns="* EXCLUDE (text)", number=number, per=per)


def problems(archive: Archive, *, number: int = 1, per: int = PER) -> Page:
    """Problems: inputs that gave no article first, then those of articles, the newest first."""
    order = "fatal DESC, published DESC NULLS LAST, place, code, message"
    return page(archive, "problems", Conditions(), order=order, columns="* EXCLUDE (key)", number=number, per=per)


def entries(archive: Archive, asked: Conditions, *, newest: bool = False, number: int = 1, per: int = PER) -> Page:
    """Entries of the ledger in order of opening, or those that moved last first."""
    if not archive.has_derived("entries"):
        return Page([], 1, per, 0)
    order = "last DESC NULLS LAST, entry" if newest else "opened NULLS LAST, entry"
    return page(archive, "entries", asked, order=order, number=number, per=per)


def entries_asked(
    *, source: str | None = None, target: str | None = None, kind: str | None = None, standing: str | None = None,
    since: str | None = None, until: str | None = None, words: str | None = None,
) -> Conditions:  # fmt: skip
    """Conditions on entries; `standing` is "open", "settled", or how exactly an entry stands ("partly met")."""
    asked = Conditions()
    for parties, who in (("sources", source), ("targets", target)):
        if who:
            condition, values = any_of(parties, who)
            asked.add(condition, *values)
    if kind:
        asked.add("kind = ?", kind)
    if standing in ("open", "settled"):
        asked.add("is_open = ?", standing == "open")
    elif standing:
        asked.add("standing = ?", standing)
    if words:
        holding(asked, "matter || ' ' || words", words)
    between(asked, "opened", "last", since=since, until=until)
    return asked


def moves(archive: Archive, *, entry: str | None = None, limit: int = 500) -> list[Row]:
    """The moves of one entry in order of date, or the newest of all, with entry and the article that tells each."""
    if not archive.has_derived("moves"):
        return []
    condition = "" if entry is None else "WHERE m.entry = ? "
    order = "m.day DESC NULLS LAST, m.move_id" if entry is None else "m.place"
    query = (
        "SELECT m.*, n.kind, n.matter, n.source, n.target, n.source_name, n.target_name, a.outlet, a.title, "
        "a.published FROM moves m JOIN entries n USING (entry) LEFT JOIN articles a USING (article) "
        f"{condition}ORDER BY {order} LIMIT {limit}"
    )
    rows: list[Row] = archive.ask(query, [] if entry is None else [entry]).to_pylist()
    return rows


def reports(archive: Archive, event: str) -> list[Row]:
    """All reports of the happening that an event belongs to, each with why it was joined to which."""
    if not archive.has_derived("happenings"):
        return []
    joined = archive.ask(
        "SELECT event, happening, joined_to, score, relation, reasons FROM happenings "
        "WHERE happening = (SELECT happening FROM happenings WHERE event = ?)", [event]
    ).to_pylist()  # fmt: skip
    told = {row["event"]: row for row in joined}
    rows = _events_named(archive, list(told), "published NULLS LAST, version, start")
    return [{**told[row["event"]], **row} for row in rows]


def _events_named(archive: Archive, names: Sequence[str], order: str, columns: str = "* EXCLUDE (key)") -> list[Row]:
    """The events with these ids. Written out one by one they are held against the files while those are read, and
    whatever stands beside other ids is not even unpacked."""
    if not names:
        return []
    places = ", ".join("?" * len(names))
    query = f"SELECT {columns} FROM events WHERE event IN ({places}) ORDER BY {order}"
    rows: list[Row] = archive.ask(query, names).to_pylist()
    return rows


_HAPPENING = (
    "event, type, mode, quad, goldstein, modality, historical, source, source_name, target, target_name, sources, "
    "targets, passage, trigger, first_day, last_day, time_basis, day, published, outlet, title, article, version, "
    "place, contexts, start, corrections"
)


def happenings(archive: Archive, there: Conditions, back: Conditions) -> list[Row]:
    """Events for which one of two conditions holds, and which (`there`, `back`), one row for each happening, with how
    many `reports` and independent `stories` tell it; without derived tables, one row for each event."""
    one, other = (" AND ".join(way.sql) for way in (there, back))
    # First what holds at all, so that few rows are asked again for which of the two it is.
    asked = (
        f"(SELECT *, coalesce({one}, false) AS there, coalesce({other}, false) AS back FROM "
        f"(SELECT * FROM events WHERE ({one}) OR ({other})))"
    )
    if archive.has_derived("happenings") and archive.has_derived("stories"):
        whole = "PARTITION BY coalesce(happening, event), there, back"
        query = (
            f"SELECT event, there, back, count(*) OVER ({whole}) AS reports, "
            f"count(DISTINCT coalesce(story, article)) OVER ({whole}) AS stories FROM {asked} "
            "LEFT JOIN happenings USING (event) LEFT JOIN (SELECT article, story FROM stories) USING (article) "
            f"QUALIFY row_number() OVER ({whole} ORDER BY published NULLS LAST, version, start) = 1"
        )
    else:
        query = f"SELECT event, there, back, 1 AS reports, 1 AS stories FROM {asked}"
    told = {row["event"]: row for row in archive.ask(query, 2 * [*there.values, *back.values]).to_pylist()}
    rows = _events_named(archive, list(told), _ORDER["day"], _HAPPENING)
    return [{**row, **told[row["event"]]} for row in rows]


def event(archive: Archive, name: str) -> tuple[Row | None, Row | None]:
    """The event with this id as it stands now, people's corrections in it, and as it was coded; None for what there is
    not: a rejected or superseded event does not stand, one that a person added was not coded."""
    now = archive.ask("SELECT * EXCLUDE (key) FROM events WHERE event = ?", [name]).to_pylist()
    coded = archive.ask("SELECT * EXCLUDE (key) FROM events_of_all WHERE event = ?", [name]).to_pylist()
    return (now[0] if now else None), (coded[0] if coded else None)


def counts(archive: Archive) -> Row:
    """How many articles, events, statements, actors and problems there are, and from which day to which."""
    query = (
        "SELECT count(*) AS articles, (SELECT count(*) FROM events) AS events, coalesce(sum(statements), 0)::BIGINT AS "
        "statements, (SELECT count(*) FROM problems) AS problems, min(day) AS first_day, max(day) AS last_day "
        "FROM inputs WHERE article IS NOT NULL"
    )
    row: Row = archive.ask(query).to_pylist()[0]
    return row


def pairs(archive: Archive, asked: Conditions | None = None, *, number: int = 1, per: int = PER) -> Page:
    """Pairs of countries between which something is told, whatever the direction, by the number of events; only of the
    events for which `asked` holds."""
    conditions = asked or Conditions()
    countries = "list_distinct([p.country FOR p IN {} IF p.country IS NOT NULL])"
    source = (
        f"(WITH told AS (SELECT event, goldstein, first_day, {countries.format('sources')} AS ones, CASE WHEN "
        f"len(targets) = 0 THEN ones ELSE {countries.format('targets')} END AS twos FROM events{conditions.where()}), "
        "sides AS (SELECT * EXCLUDE (ones), unnest(ones) AS one FROM told), "
        "ways AS (SELECT * EXCLUDE (twos), unnest(twos) AS two FROM sides) "
        "SELECT least(one, two) AS one, greatest(one, two) AS two, count(DISTINCT event) AS events, "
        "min(first_day) AS first_day, max(first_day) AS last_day, avg(goldstein) AS mean "
        "FROM ways WHERE one <> two GROUP BY ALL)"
    )
    order = "events DESC, one, two"
    return page(archive, source, Conditions([], conditions.values), order=order, number=number, per=per, at_once=True)


def places(archive: Archive, asked: Conditions) -> list[Row]:
    """Places where events happened, those of most events first: name, country, how precise it is known, degrees, and
    the number of events of each quad class; at most 2,000."""
    quads = ", ".join(f"count(DISTINCT event) FILTER (quad = '{quad}') AS \"{quad}\"" for quad in get_args(Quad))
    also = "place IS NOT NULL" + "".join(f" AND {each}" for each in asked.sql)
    query = (
        "SELECT arg_max(place, published) AS place, place_country AS country, place_precision AS precision, "
        f"any_value(lat) AS lat, any_value(lon) AS lon, count(DISTINCT event) AS events, {quads}, "
        f"min(first_day) AS first_day, max(last_day) AS last_day FROM events WHERE {also} "
        "GROUP BY plain(place), place_country, place_precision, geonames_id ORDER BY events DESC, 1, 2 LIMIT 2000"
    )
    rows: list[Row] = archive.ask(query, asked.values).to_pylist()
    return rows


def people(archive: Archive, asked: Conditions, *, number: int = 1, per: int = PER) -> Page:
    """Actors over all articles: by registry id where there is one, or else by name and code, the often named first."""
    source = (
        "(SELECT coalesce(registry_id, '') AS registry_id, arg_max(name, published) AS name, country, "
        "coalesce(sectors[1], '') AS sector, mode(status) AS status, count(*) AS articles, "
        "sum(len(mentions))::BIGINT AS mentions, list_sort(list_distinct(list(role) FILTER (role IS NOT NULL))) AS "
        "roles, min(day) AS first_day, max(day) AS last_day FROM actors GROUP BY coalesce(registry_id, ''), "
        "CASE WHEN registry_id IS NULL THEN lower(name) END, country, coalesce(sectors[1], ''))"
    )
    order = "articles DESC, mentions DESC, name, country"
    return page(archive, source, asked, order=order, number=number, per=per, at_once=True)


def person(archive: Archive, registry_id: str, name: str) -> list[Row]:
    """All rows of one actor, by registry id or else by name, in order of publication, with the words that name it."""
    condition, value = ("a.registry_id = ?", registry_id) if registry_id else ("lower(a.name) = lower(?)", name)
    query = (
        "SELECT a.* EXCLUDE (key), (SELECT list_sort(list(DISTINCT m.words)) FROM mentions m WHERE m.key = a.key AND "
        "list_contains(a.mentions, m.number)) AS words FROM actors a "
        f"WHERE {condition} ORDER BY a.published NULLS LAST, a.version LIMIT 500"
    )
    rows: list[Row] = archive.ask(query, [value]).to_pylist()
    return rows


def coverage(archive: Archive, first: dt.date, last: dt.date) -> Mapping[dt.date, int]:
    """How many articles were published on each day from `first` to `last` that has any."""
    query = "SELECT day, count(*) AS articles FROM articles WHERE day BETWEEN ? AND ? GROUP BY day"
    return {row["day"]: row["articles"] for row in archive.ask(query, [first, last]).to_pylist()}


def outlets(archive: Archive) -> list[Row]:
    """Outlets with their articles, days, events and statements, those with most articles first; at most 500."""
    query = (
        "SELECT outlet, count(*) AS articles, min(day) AS first_day, max(day) AS last_day, sum(events)::BIGINT AS "
        "events, sum(statements)::BIGINT AS statements FROM inputs WHERE article IS NOT NULL "
        "GROUP BY outlet ORDER BY articles DESC, outlet NULLS LAST LIMIT 500"
    )
    rows: list[Row] = archive.ask(query).to_pylist()
    return rows


def tally(archive: Archive, column: str, *, asked: Conditions | None = None) -> Mapping[str, int]:
    """How many events there are of each value of `column` ("type", "quad", "modality")."""
    if column not in ("type", "mode", "quad", "modality", "outlet"):
        raise ValueError(f"events are not tallied by {column}")
    conditions = asked or Conditions()
    query = f"SELECT {column} AS name, count(*) AS events FROM events{conditions.where()} GROUP BY 1 ORDER BY 2 DESC, 1"
    return {row["name"]: row["events"] for row in archive.ask(query, conditions.values).to_pylist()}


def kinds(archive: Archive, asked: Conditions | None = None) -> list[Row]:
    """The types of the events for which `asked` holds, those of users' own codebooks among them, each with its quad
    class and the number of events, most first."""
    conditions = asked or Conditions()
    query = (
        "SELECT type, mode(quad) AS quad, count(*) AS events FROM events"
        f"{conditions.where()} GROUP BY type ORDER BY events DESC, type"
    )
    rows: list[Row] = archive.ask(query, conditions.values).to_pylist()
    return rows


def facets(
    archive: Archive, asked: Conditions, columns: Sequence[str], *, most: int = 8
) -> dict[str, list[tuple[str, int]]]:
    """For each of some columns ("type", "quad", "modality", "outlet") its `most` frequent values among the events for
    which `asked` holds, with their numbers."""
    strange = set(columns) - {"type", "quad", "modality", "outlet"}
    if strange:
        raise ValueError(f"events are not counted by {', '.join(sorted(strange))}")
    found: dict[str, list[tuple[str, int]]] = {column: [] for column in columns}
    if not columns:
        return found
    names, sets = ", ".join(columns), ", ".join(f"({each})" for each in columns)
    query = f"SELECT {names}, count(*) AS events FROM events{asked.where()} GROUP BY GROUPING SETS ({sets})"
    for row in archive.ask(f"{query} ORDER BY events DESC, {names}", asked.values).to_pylist():
        for column in columns:
            if row[column] is not None and len(found[column]) < most:
                found[column].append((row[column], row["events"]))
    return found


def examples(archive: Archive, kind: str, *, limit: int = 8) -> list[Row]:
    """Events of one type that are surest, one for each trigger, to show what the type means in this archive."""
    query = (
        "SELECT event FROM events WHERE type = ? "
        "QUALIFY row_number() OVER (PARTITION BY lower(trigger) ORDER BY confidence DESC, event) = 1 "
        f"ORDER BY confidence DESC, event LIMIT {limit}"
    )
    return _events_named(archive, archive.ask(query, [kind])["event"].to_pylist(), "confidence DESC, event")


def waiting(archive: Archive, decided: Sequence[str], *, doubtful: bool, limit: int = 200) -> tuple[list[str], int]:
    """Ids of coded events that are not among `decided`: the least sure first, or those of the newest articles; at most
    `limit` of them, and how many there are in all."""
    order = "confidence, event" if doubtful else "published DESC NULLS LAST, version, start, event"
    query = (
        "SELECT event, count(*) OVER () AS total FROM coded_events WHERE NOT list_contains(?::VARCHAR[], event) "
        f"ORDER BY {order} LIMIT {limit}"
    )
    rows = archive.ask(query, [list(decided)]).to_pylist()
    return [row["event"] for row in rows], rows[0]["total"] if rows else 0
