"""`Archive`: add coded articles, ask for tables, get the articles back, check that nothing was damaged."""

import itertools
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from communique.errors import ArchiveError
from communique.records import CodedArticle, from_contract
from communique.store import amend, derived, filters, index, manifest, shards
from communique.store.filters import Conditions, Day
from communique.store.ids import article_key, shard_key
from communique.store.shards import Item


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one call of :meth:`Archive.add` made last: `articles` and `rejects` (inputs without article) that are new,
    and articles that were `known` before. Whatever a receipt counts is on the disk."""

    articles: int
    rejects: int
    known: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One damage that :meth:`Archive.verify` found: in which file, and what is wrong with it."""

    file: str
    message: str


_CORRECTIONS = pa.schema([
    (name, pa.string())
    for name in ("correction", "kind", "event", "target", "changes", "reason", "by", "at", "article", "trigger",
                 "passage", "other")
])  # fmt: skip


# Articles in a compacted file: as many as fit into some hundred megabytes of memory while they are put together.
COMPACT = 5000


class Archive:
    """An archive on disk. Any number of processes may read it while one writes; a second writer waits its turn."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._entries: dict[str, manifest.Entry] = {}
        self._keys: set[str] = set()
        self._index: duckdb.DuckDBPyConnection | None = None
        self._derived: derived.Derived | None = None
        self._applied: tuple[amend.Applied, ...] = ()
        self._stamped: tuple[frozenset[str], str] | None = None
        self._stamp = ""

    @classmethod
    def open(cls, path: str | Path) -> "Archive":
        """The archive at `path`. Raises `ArchiveError` where there is none, or one of a newer or foreign format."""
        manifest.check_format(Path(path))
        return cls(Path(path))

    @classmethod
    def create(cls, path: str | Path) -> "Archive":
        """The archive at `path`, made first where the folder is new or empty. Raises `ArchiveError` as `open` does."""
        manifest.prepare(Path(path))
        return cls(Path(path))

    def has(self, version: str, run: str) -> bool:
        """Whether this version of an article, coded under this run, was committed when this object last looked: at its
        first question, and at each `add` and each query."""
        if not self._entries:
            self._refresh()
        return article_key(version, run) in self._keys

    def is_empty(self) -> bool:
        """Whether nothing is committed yet."""
        return not self._refresh()

    def add(self, items: Iterable[Item], *, wait: float = 600) -> Receipt:
        """Commit coded articles, and the problems of inputs that gave none, as one shard.

        What is there already is left out, so that adding twice is adding once. When this returns, all of `items` are
        on the disk; when it is killed before, none or all of them are. `wait` is how many seconds to wait for another
        writer. Raises `ArchiveError` when that was not enough, or when the disk refuses.
        """
        new = {shards.key_of(item): item for item in items}
        given = sum(isinstance(item, CodedArticle) for item in new.values())
        if not new:
            return Receipt(0, 0, 0)
        self._refresh()
        # Rows are made before the lock is taken, so that several writers work at once and only wait to write.
        made = self.add_packed(shards.pack(item for key, item in new.items() if key not in self._keys), wait=wait)
        return Receipt(made.articles, made.rejects, given - made.articles)

    def add_packed(self, packed: shards.Packed, *, wait: float = 600) -> Receipt:
        """Commit a shard that was packed before, perhaps elsewhere; otherwise as :meth:`add`.

        What a killed writer left is swept even where nothing is new.
        """
        with manifest.writing(self.root, wait=wait):
            entries = self._refresh()
            manifest.sweep(self.root, entries)
            new = shards.without(packed, self._keys)
            if new.keys:
                self._commit(new, sequence=1 + max((entry.sequence for entry in entries), default=0))
        return Receipt(new.articles, len(new.problems), packed.articles - new.articles)

    def keys(self) -> tuple[str, ...]:
        """The keys of all inputs that are committed, sorted."""
        self._refresh()
        return tuple(sorted(self._keys))

    def articles(self, *, since: Day | None = None, until: Day | None = None, history: bool = False) -> pa.Table:
        """Articles published between two days, in order of publication.

        With `history`, all versions under all runs; without, the one of each article that was committed last. This
        holds for every table.
        """
        asked = Conditions()
        filters.between(asked, "day", "day", since=since, until=until)
        return self._table("articles", asked, "published NULLS LAST, version, run", history)

    def events(
        self, *, source: str | None = None, target: str | None = None, since: Day | None = None,
        until: Day | None = None, type: str | Sequence[str] | None = None, history: bool = False,  # noqa: A002
        corrected: bool = True, happenings: bool = False,
    ) -> pa.Table:  # fmt: skip
        """Events in order of their first day, then of the articles' publication.

        `source` and `target` are a country ("PAK"), a sector ("MIL"), both ("PAK MIL") or a name; all parties of a
        reciprocal event are its sources, so one of them fits as the other's target. An event whose days are not
        known is left out as soon as `since` or `until` is given. `type` is one type of event or several.
        People's corrections are in them unless `corrected` is False or `history` is asked for. With `happenings`, one
        row tells all reports of an event in the world: the first, and columns that count `reports`, `articles`,
        `outlets` and `stories`.
        Raises `InputError` where a filter makes no sense.
        """
        asked = filters.events(
            source=source, target=target, since=since, until=until, type=type,
            own=lambda: self.ask("SELECT DISTINCT type FROM events")["type"].to_pylist(),
        )  # fmt: skip
        name = "events" if corrected or history else "coded_events"
        order = "first_day NULLS LAST, published, version, run, start, event"
        return self._happenings(asked, order) if happenings else self._table(name, asked, order, history)

    def statements(
        self, *, speaker: str | None = None, country: str | None = None, addressee: str | None = None,
        act: str | None = None, since: Day | None = None, until: Day | None = None, words: str | None = None,
        topics: bool = False, history: bool = False,
    ) -> pa.Table:  # fmt: skip
        """Statements in order of publication.

        `speaker` and `addressee` are asked for as in :meth:`events`; `country` is a speaker's; `act` what was done by
        saying it ("warned"); `words` stand in what was said, whatever their case. With `topics`, also attributions of
        no words ("condemned the raid"). The days are those of publication.
        """
        asked = Conditions()
        for parties, who in (("speakers", speaker), ("addressees", addressee)):
            if who is not None:
                condition, values = filters.any_of(parties, who)
                asked.add(condition, *values)
        if country is not None:
            asked.add("list_contains([each.country FOR each IN speakers], ?)", country.strip().upper())
        if act is not None:
            asked.add("act = ?", act.strip().lower())
        if not topics:
            asked.add("topic IS NOT true")
        if words is not None:
            asked.add("contains(plain(words), plain(?))", words)
        filters.between(asked, "day", "day", since=since, until=until)
        return self._table("statements", asked, "published NULLS LAST, version, run, start, statement", history)

    def mentions(self, *, history: bool = False) -> pa.Table:
        """All mentions, article by article."""
        return self._table("mentions", Conditions(), "published NULLS LAST, version, run, start, number", history)

    def actors(self, *, history: bool = False) -> pa.Table:
        """All actors, article by article."""
        return self._table("actors", Conditions(), "published NULLS LAST, version, run, number", history)

    def problems(self, *, history: bool = False) -> pa.Table:
        """What went wrong, of articles and of inputs that gave none: these come last."""
        return self._table("problems", Conditions(), "article IS NULL, published, version, place, code", history)

    def corrections(self) -> pa.Table:
        """What people decided, in order of decision; `event` is the event that it changes now, null where the words
        that were corrected are not found any more."""
        self._connected()
        return pa.Table.from_pylist(amend.summary(self._applied), schema=_CORRECTIONS)

    def decisions(self) -> tuple[amend.Applied, ...]:
        """The corrections themselves, each with the event that it changes now."""
        self._connected()
        return self._applied

    def ask(self, query: str, values: Sequence[object] = ()) -> pa.Table:
        """The answer to a query in SQL over the views of the archive and its derived tables.

        The engine reads nothing else. Raises `ArchiveError` where a file is damaged or the query is wrong.
        """
        try:
            return self._connected().sql(query, params=list(values)).to_arrow_table()
        except duckdb.Error:
            # Another process may have compacted the archive or derived anew, and swept the files that were open here.
            self._index = None
        try:
            return self._connected().sql(query, params=list(values)).to_arrow_table()
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def has_derived(self, name: str) -> bool:
        """Whether a derived table of this name stands, be it up to date or not."""
        self._connected()
        return self._derived is not None and any(file.table == name for file in self._derived.files)

    def stamp(self, made_by: str) -> str:
        """What derived tables made now by `made_by` would be stamped with: it changes with every commit."""
        entries = self._refresh()
        shards = frozenset(entry.shard for entry in entries)
        if self._stamped != (shards, made_by):
            self._stamped, self._stamp = (shards, made_by), derived.stamp(entries, made_by=made_by)
        return self._stamp

    def derived(self) -> derived.Derived | None:
        """The derived tables that stand."""
        return derived.load(self.root)

    def forget(self) -> None:
        """Delete what is derived; it can be made anew at any time."""
        derived.forget(self.root)
        self._index = None

    def keep(self, tables: Mapping[str, pa.Table], *, stamp: str, made_by: str) -> None:
        """Put derived tables beside the archive, in the place of the old ones."""
        kept = derived.keep(self.root, stamp, made_by, tables)
        derived.sweep(self.root, kept)
        self._index = None

    def runs(self) -> pa.Table:
        """The ways of coding in this archive, and how many articles each coded."""
        return self._table("runs", Conditions(), "run")

    def inputs(self, *, without: Container[str] = ()) -> Iterator[tuple[str, CodedArticle]]:
        """The key and the coded article of each article as it stands last, but those `without`, in order of arrival, a
        few at a time."""
        cursor = self._connected().cursor()
        cursor.execute(
            "SELECT key, coded FROM inputs JOIN arrivals USING (key) WHERE coded IS NOT NULL ORDER BY arrival"
        )
        while rows := cursor.fetchmany(64):
            yield from ((key, from_contract(json.loads(coded))) for key, coded in rows if key not in without)

    def coded(self, name: str) -> CodedArticle | None:
        """The coded article as it was added; `name` is an article's id, a version's id, or the global id of one of its
        events or statements. Of several, the one that was committed last; None where there is none."""
        for ids in ("events_of_all WHERE event = $1", "inputs_of_all WHERE article = $1 OR version = $1",
                    "statements_of_all WHERE statement = $1"):  # fmt: skip
            keys = f"SELECT key FROM arrivals SEMI JOIN (SELECT key FROM {ids}) USING (key)"
            if found := self.ask(f"{keys} ORDER BY arrival DESC LIMIT 1", [name])["key"].to_pylist():
                # Asked for by its own key, one text is unpacked, not all of them.
                told = self.ask("SELECT coded FROM inputs_of_all WHERE key = ?", found)
                return from_contract(json.loads(told.column(0)[0].as_py()))
        return None

    def all_coded(self, *, history: bool = False) -> Iterator[CodedArticle]:
        """Every coded article as it was added, in order of arrival, a few at a time."""
        base = "inputs_of_all" if history else "inputs"
        cursor = self._connected().cursor()
        cursor.execute(f"SELECT coded FROM {base} JOIN arrivals USING (key) WHERE coded IS NOT NULL ORDER BY arrival")
        while rows := cursor.fetchmany(64):
            yield from (from_contract(json.loads(row[0])) for row in rows)

    def verify(self) -> tuple[Fault, ...]:
        """Read every committed byte again; what differs from the manifest, or stands twice. Empty when all is well."""
        manifest.check_format(self.root)
        faults, entries = [], []
        for name in manifest.names(self.root):
            try:
                entries.append(manifest.load(self.root, name))
            except ArchiveError as error:
                faults.append(Fault(f"manifest/{name}", str(error)))
        entries = list(manifest.standing(entries))
        for entry in entries:
            faults.extend(_faults(self.root, entry))
        keys = list(itertools.chain.from_iterable(entry.keys for entry in entries))
        if len(keys) != len(set(keys)):
            faults.append(Fault("manifest", f"{len(keys) - len(set(keys))} rows stand in two files"))
        faults.extend(Fault(*each) for each in derived.faults(self.root))
        return tuple(faults)

    def compact(self, *, most: int = COMPACT, wait: float = 600) -> int:
        """Put small shards together into files of up to `most` articles, and give how many shards there are fewer.

        No row is changed. Readers see the old files or the new one, never both; whatever moment this is killed at, the
        archive is whole. Raises `ArchiveError` where another process writes for longer than `wait` seconds.
        """
        with manifest.writing(self.root, wait=wait):
            entries = self._refresh()
            manifest.retire(self.root, self._entries.values())
            for group in _small(entries, most):
                self._merge(group)
            now = self._refresh()
            manifest.retire(self.root, self._entries.values())
            manifest.sweep(self.root, self._refresh())
        return len(entries) - len(now)

    def _merge(self, group: Sequence[manifest.Entry]) -> None:
        keys = tuple(itertools.chain.from_iterable(entry.keys for entry in group))
        tables = dict.fromkeys(file.table for entry in group for file in entry.files)
        bodies = {
            table: shards.merged([self.root / file.path for entry in group for file in entry.files
                                  if file.table == table])
            for table in tables
        }  # fmt: skip
        entry = manifest.Entry(
            shard=shard_key(keys),
            sequence=group[-1].sequence,
            rows=sum(each.rows for each in group),
            rejects=sum(each.rejects for each in group),
            keys=keys,
            files=manifest.named(shard_key(keys), bodies),
            replaces=tuple(each.shard for each in group),
        )
        manifest.commit(self.root, entry, bodies)

    def _commit(self, new: shards.Packed, *, sequence: int) -> None:
        shard = shard_key(new.keys)
        entry = manifest.Entry(
            shard=shard, sequence=sequence, rows=len(new.keys), rejects=len(new.problems), keys=new.keys,
            files=manifest.named(shard, new.bodies),
        )  # fmt: skip
        try:
            manifest.commit(self.root, entry, new.bodies)
        except OSError as error:
            raise ArchiveError(f"nothing was added: cannot write to {self.root} ({error.strerror or error})") from error

    def _refresh(self) -> tuple[manifest.Entry, ...]:
        """The entries that count, in order of commit; those new since the last look are read, the rest are known."""
        names = manifest.names(self.root)
        for name in names:
            if name not in self._entries:
                entry = self._entries[name] = manifest.load(self.root, name)
                self._keys.update(entry.keys)
                self._index = None
        for name in self._entries.keys() - set(names):
            del self._entries[name]
            self._index = None
        return manifest.standing(self._entries.values())

    def _connected(self) -> duckdb.DuckDBPyConnection:
        entries = self._refresh()
        made = derived.load(self.root)
        while self._index is None or made != self._derived:
            paths = [file.path for entry in entries for file in entry.files]
            missing = [path for path in paths if not (self.root / path).is_file()]
            if missing:
                raise ArchiveError(f"{self.root / missing[0]} is gone; restore it from a copy (communique verify)")
            try:
                self._index, self._derived = index.connect(self.root, entries, made), made
                self._applied = amend.apply(self._index)
            except duckdb.Error as error:
                self._index, known, made = None, made, derived.load(self.root)
                if made == known:
                    raise self._damaged(error) from error
                # Somebody put new derived tables in the place of those that were being opened.
        return self._index

    def _happenings(self, asked: Conditions, order: str) -> pa.Table:
        if not self.has_derived("happenings"):
            raise ArchiveError(f"{self.root} has no happenings yet; make them with: communique rebuild")
        whole = "PARTITION BY coalesce(happening, event)"
        query = (
            "SELECT * EXCLUDE (key, story, joined_to, score, relation, reasons), "
            f"count(*) OVER ({whole}) AS reports, count(DISTINCT article) OVER ({whole}) AS articles, "
            f"list_sort(list_distinct(list(outlet) OVER ({whole}))) AS outlets, "
            f"count(DISTINCT coalesce(story, article)) OVER ({whole}) AS stories "
            "FROM events LEFT JOIN happenings USING (event) "
            "LEFT JOIN (SELECT article, story FROM stories) USING (article)"
            f"{asked.where()} QUALIFY row_number() OVER ({whole} ORDER BY published NULLS LAST, version, start) = 1 "
            f"ORDER BY {order}"
        )
        return self.ask(query, asked.values)

    def _table(self, name: str, asked: Conditions, order: str, history: bool = False) -> pa.Table:
        view = name + ("_of_all" if history else "")
        columns = "* EXCLUDE (key)" if name != "runs" else "*"
        return self.ask(f"SELECT {columns} FROM {view}{asked.where()} ORDER BY {order}", asked.values)

    def _damaged(self, error: duckdb.Error) -> ArchiveError:
        told = str(error).strip().splitlines()[0]
        return ArchiveError(f"{self.root} cannot be read ({told}); see what is damaged with: communique verify")


def _faults(root: Path, entry: manifest.Entry) -> Iterator[Fault]:
    for file in entry.files:
        path = root / file.path
        if not path.is_file():
            yield Fault(file.path, "is gone")
        elif manifest.sha256(path) != file.sha256:
            yield Fault(file.path, "has other bytes than were committed")
        elif file.table == "inputs" and shards.row_keys(path) != entry.keys:
            yield Fault(file.path, "holds other inputs than the manifest says")
    if shard_key(entry.keys) != entry.shard or entry.rows != len(entry.keys):
        yield Fault(f"manifest/{entry.shard}.json", "does not fit the inputs that it names")


def _small(entries: Sequence[manifest.Entry], most: int) -> Iterator[list[manifest.Entry]]:
    """Runs of neighbouring shards that together hold up to `most` inputs; a single one needs no merging."""
    group: list[manifest.Entry] = []
    for entry in entries:
        if group and sum(each.rows for each in group) + entry.rows > most:
            yield from [group] if len(group) > 1 else []
            group = []
        group.append(entry)
    if len(group) > 1:
        yield group
