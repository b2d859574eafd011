"""`Library`: one archive with all that is derived from it.

import communique
db = communique.open("news.archive")
for event in db.events(source="USA", target="PAK"):
    print(event["type"], event.evidence["target"])
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from communique.errors import InputError
from communique.library.correcting import check_spans, corrected, missed, spans_of, training_rows
from communique.library.deriving import MADE_BY, derive
from communique.library.differences import Comparison, compare
from communique.library.relation import EventView, Relation
from communique.library.series import series
from communique.records import Correction, CorrectionKind
from communique.store import Archive
from communique.store.amend import SPANS
from communique.store.filters import Conditions, Day, any_of, between
from communique.store.ids import digest, event_ids


def open(path: str | Path) -> "Library":  # noqa: A001  (the word that a user expects)
    """The archive at `path`, ready to be asked. Raises `ArchiveError` where there is none."""
    return Library(Archive.open(path))


class Library:
    """One archive in use. Questions that need what is derived bring it up to date first, where articles or corrections
    have come since; that takes a while after many."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def is_current(self) -> bool:
        """Whether what is derived stands for the archive as it is now."""
        made = self.archive.derived()
        return made is not None and made.stamp == self.archive.stamp(MADE_BY)

    def refresh(self, *, anew: bool = False) -> bool:
        """Bring what is derived up to date, or make it `anew`; gives whether there was anything to do."""
        if not anew and self.is_current():
            return False
        if anew:
            self.archive.forget()
        stamp = self.archive.stamp(MADE_BY)
        self.archive.keep(derive(self.archive), stamp=stamp, made_by=MADE_BY)
        return True

    def events(
        self, *, source: str | None = None, target: str | None = None, since: Day | None = None,
        until: Day | None = None, type: str | Sequence[str] | None = None, history: bool = False,  # noqa: A002
        corrected: bool = True, happenings: bool = False,
    ) -> Relation:  # fmt: skip
        """Events as :meth:`communique.store.Archive.events` gives them, as :class:`EventView` when iterated."""

        def fetch() -> pa.Table:
            if happenings:
                self.refresh()
            return self.archive.events(
                source=source, target=target, since=since, until=until, type=type, history=history,
                corrected=corrected, happenings=happenings,
            )  # fmt: skip

        return Relation(fetch, lambda row: EventView(row, self.archive.coded))

    def statements(
        self, *, speaker: str | None = None, country: str | None = None, addressee: str | None = None,
        act: str | None = None, since: Day | None = None, until: Day | None = None, words: str | None = None,
        topics: bool = False, history: bool = False,
    ) -> Relation:  # fmt: skip
        """Statements as :meth:`communique.store.Archive.statements` gives them."""
        return Relation(
            lambda: self.archive.statements(
                speaker=speaker, country=country, addressee=addressee, act=act, since=since, until=until, words=words,
                topics=topics, history=history,
            )
        )  # fmt: skip

    def ledger(
        self, *, source: str | None = None, target: str | None = None, kind: str | None = None,
        open: bool | None = None, since: Day | None = None, until: Day | None = None, words: str | None = None,  # noqa: A002
        unnamed: bool = False,
    ) -> Relation:  # fmt: skip
        """Entries of the ledger in order of opening: of `source` to `target`, of one `kind`, only `open` ones (or only
        settled ones), that were moved since or until a day, whose matter holds `words`.

        With `unnamed`, after those to `target` come those of others whose words name nobody, where an article that
        tells them has `target` in its events."""
        asked = Conditions()
        if source is not None:
            condition, values = any_of("sources", source)
            asked.add(condition, *values)
        if target is not None:
            condition, values = _to_nobody_named(target) if unnamed else any_of("targets", target)
            asked.add(condition, *values)
        if kind is not None:
            asked.add("kind = ?", kind.strip().lower())
        if open is not None:
            asked.add("is_open = ?", open)
        if words is not None:
            asked.add("contains(plain(matter || ' ' || words), plain(?))", words)
        between(asked, "opened", "last", since=since, until=until)
        order = "len(targets) = 0, " if unnamed and target is not None else ""
        return self._derived(
            f"SELECT * FROM entries{asked.where()} ORDER BY {order}opened NULLS LAST, entry", asked.values
        )

    def moves(self, entry: str) -> Relation:
        """The moves of an entry in order of date, with outlet, title and URL of the articles that tell them.

        Raises `InputError`, when it is asked, where there is no such entry.
        """
        query = (
            "SELECT m.* EXCLUDE (place), a.outlet, a.title, a.url, a.published FROM moves m "
            "LEFT JOIN articles a USING (article) WHERE entry = ? ORDER BY place"
        )
        return self._derived(query, [self.entry(entry)["entry"]])

    def entry(self, name: str) -> dict[str, Any]:
        """The entry with this id, or whose id begins so. Raises `InputError` where there is none or more than one."""
        self.refresh()
        found = self.archive.ask("SELECT * FROM entries WHERE starts_with(entry, ?) LIMIT 2", [name]).to_pylist()
        if len(found) != 1 or not name:
            told = "several entries begin with" if found and name else "there is no entry"
            raise InputError(f"{told} “{name}”; ids stand in the list: communique ledger")
        entry: dict[str, Any] = found[0]
        return entry

    def series(
        self, first: str, second: str, *, by: str = "month", since: Day | None = None, until: Day | None = None,
        directed: bool = False, reports: bool = False, corrected: bool = True,
    ) -> Relation:  # fmt: skip
        """What passed between two sides by day, week, month, quarter or year; see :mod:`communique.library.series`."""

        def fetch() -> pa.Table:
            self.refresh()
            return series(
                self.archive, first, second, by=by, since=since, until=until, directed=directed, reports=reports,
                corrected=corrected,
            )  # fmt: skip

        return Relation(fetch)

    def stories(self) -> Relation:
        """Stories in order of their first article: how many articles, of them plain `copies` and `updates` (which add
        a stretch of words of their own), the `members` in order of publication with their `outlets`, and of each
        member in `kinds` whether it is the "first", a "copy" or an "update"."""
        listed = "list({} ORDER BY published NULLS LAST, article)"
        kind = "CASE WHEN copied_from IS NULL THEN 'first' WHEN update THEN 'update' ELSE 'copy' END"
        return self._derived(
            "SELECT story, count(*) AS articles, count(*) FILTER (copied_from IS NOT NULL AND NOT update) AS copies, "
            "count(*) FILTER (update) AS updates, min(day) AS day, "
            f"{listed.format('title')}[1] AS title, {listed.format('outlet')} AS outlets, "
            f"{listed.format('article')} AS members, {listed.format(kind)} AS kinds "
            "FROM stories JOIN articles USING (article) GROUP BY story ORDER BY day NULLS LAST, story", []
        )  # fmt: skip

    def reports(self, event: str) -> Relation:
        """All reports of the happening that an event belongs to, each with why it was joined to which."""
        return self._derived(
            "SELECT h.happening, h.joined_to, h.score, h.relation, h.reasons, e.* EXCLUDE (key) FROM happenings h "
            "JOIN events e USING (event) WHERE happening = (SELECT happening FROM happenings WHERE event = ?) "
            "ORDER BY published NULLS LAST, version, start", [event]
        )  # fmt: skip

    def correct(
        self, event: str, *, fields: Mapping[str, str | None] | None = None, because: str, by: str,
        at: str | None = None, kind: CorrectionKind = "set", other: str | None = None,
    ) -> Correction:  # fmt: skip
        """Decide something about an event, and keep it.

        `kind` is "set" (with `fields`), "accept", "reject", "split" (it is a happening of its own) or "merge" (with the
        happening of `other`). `at` is the moment, now if it is not told. Raises `InputError` for an event or a value
        that does not exist.
        """
        row = self._event(event)
        if any(name in SPANS for name in fields or {}):
            row = {**self._words(row), **row}
            check_spans(fields or {}, self._text(row))
        if kind == "merge":
            other = self._event(other or "")["event"]
            if other == row["event"]:
                raise InputError("an event cannot be merged with itself; name another one")
        made = corrected(row, kind, fields=fields or {}, because=because, by=by, at=at or _now(), other=other)
        return self._kept(made)

    def add_event(
        self, article: str, words: str, *, fields: Mapping[str, str | None], because: str, by: str,
        at: str | None = None,
    ) -> Correction:  # fmt: skip
        """Add an event that was missed: `words` of the article are its trigger. Raises as :meth:`correct` does."""
        coded = self.archive.coded(article)
        if coded is None:
            raise InputError(f"there is no article “{article}” in {self.archive.root}")
        return self._kept(missed(coded, words, fields=fields, because=because, by=by, at=at or _now()))

    def take_back(self, correction: str, *, by: str, because: str = "taken back", at: str | None = None) -> Correction:
        """Take a correction back: it stays in the archive and changes nothing any more.

        Raises `InputError` where no correction that stands has this id.
        """
        told = next((each.correction for each in self.archive.decisions() if each.correction.id == correction), None)
        if told is None:
            raise InputError(f"there is no correction “{correction}” that stands; see: communique corrections")
        moment = at or _now()
        name = digest(["correction", told.target, "withdraw", told.id, by, moment, because])
        return self._kept(
            Correction(
                name, "withdraw", told.target, told.article, told.version, told.trigger, told.passage, (), told.id, by,
                moment, because,
            )
        )  # fmt: skip

    def corrections(self) -> Relation:
        """What people decided, and which events it changes now; `event` is null where the words are gone."""
        return Relation(self.archive.corrections)

    def training_rows(self) -> Iterator[dict[str, Any]]:
        """The decisions as rows to train with; see :func:`communique.library.correcting.training_rows`."""
        return training_rows(self.archive)

    def runs(self) -> Relation:
        """The ways of coding in the archive, and how many articles each coded."""
        return Relation(self.archive.runs)

    def compare(self, first: str, second: str) -> Comparison:
        """What came, went and changed from one run to another, by cause. Raises `InputError` for an unknown run."""
        return compare(self.archive, first, second)

    def _event(self, name: str) -> dict[str, Any]:
        found = self.archive.ask("SELECT * FROM events WHERE event = ?", [name]).to_pylist()
        found = found or self.archive.ask("SELECT * FROM coded_events WHERE event = ?", [name]).to_pylist()
        if not found:
            raise InputError(f"there is no event “{name}” in {self.archive.root}; ids stand in the list of events")
        row: dict[str, Any] = found[0]
        return row

    def _words(self, row: dict[str, Any]) -> dict[str, Any]:
        """The words of an event as they were coded, by the fields that set them."""
        coded = self.archive.coded(row["event"])
        names = {} if coded is None else event_ids(coded)
        found = () if coded is None else (each for each in coded.events if names[each.id] == row["event"])
        return next(({**spans_of(coded, each)} for each in found if coded is not None), {})

    def _text(self, row: dict[str, Any]) -> str:
        coded = self.archive.coded(row["version"])
        return "" if coded is None else coded.article.text

    def _kept(self, made: Correction) -> Correction:
        self.archive.add([made])
        return made

    def _derived(self, query: str, values: Sequence[object]) -> Relation:
        def fetch() -> pa.Table:
            self.refresh()
            return self.archive.ask(query, values)

        return Relation(fetch)


def _to_nobody_named(target: str) -> tuple[str, list[object]]:
    """The condition that an entry is to `target`, or to nobody named in an article that tells of `target`."""
    aimed, values = any_of("targets", target)
    owner, _ = any_of("sources", target)
    told, _ = any_of("e.sources || e.targets", target)
    near = (
        "SELECT m.entry FROM moves m JOIN entries n ON n.entry = m.entry AND len(n.targets) = 0 "
        f"JOIN events e ON e.article = m.article WHERE {told}"
    )
    return f"{aimed} OR (len(targets) = 0 AND NOT ({owner}) AND entry IN ({near}))", [*values, *values, *values]


def _now() -> str:
    # To the microsecond: the id of a decision is made of what it says and when, and the same one may be taken back and
    # made again within a second.
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
