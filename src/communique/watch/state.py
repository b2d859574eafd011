"""What a watch has seen and done, in one SQLite file: feeds, items that wait, alerts that wait.

The order of steps is what makes a stop harmless. Items are noted together with the state of their feed, so that a feed
which says "unchanged" afterwards has lost none; an item is done only when the archive has it; an alert is sent only
when the receiver said so. Whatever is repeated after a stop is known by its id, to the archive and to the receiver.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from communique.errors import ArchiveError
from communique.intake.inputs import Given, Input, Validators

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL, failures INTEGER);
CREATE TABLE IF NOT EXISTS items (item TEXT PRIMARY KEY, place TEXT, url TEXT, data BLOB, suffix TEXT, given TEXT,
    tries INTEGER, due REAL, done INTEGER);
CREATE INDEX IF NOT EXISTS waiting ON items (due) WHERE done = 0;
CREATE TABLE IF NOT EXISTS queries (digest TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS alerts (query TEXT, alert TEXT, told TEXT, at TEXT, number INTEGER, sent INTEGER,
    PRIMARY KEY (query, alert));
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at `url`: its validators, when it is `due` next (seconds since 1970), and how often in a row it failed."""

    url: str
    validators: Validators
    due: float
    failures: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed under its id: the input that it gave, and how often its page could not be had."""

    id: str
    source: Input
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """A row that a query found: its id, what is told of it, and when it was found (ISO 8601)."""

    id: str
    told: Mapping[str, str | None]
    at: str


class State:
    """The file `watch.sqlite` in the folder of an archive, held by one process at a time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "watch.sqlite"
        self._lock = _held(folder / "watch.lock")
        with self._open() as file:
            file.executescript(_TABLES)

    def close(self) -> None:
        """Let another process have it."""
        os.close(self._lock)

    def feed(self, url: str) -> Feed:
        """What is known of a feed; one that is new is due at once."""
        with self._open() as file:
            row = file.execute("SELECT etag, modified, due, failures FROM feeds WHERE url = ?", (url,)).fetchone()
        return Feed(url, Validators(), 0.0, 0) if row is None else Feed(url, Validators(row[0], row[1]), row[2], row[3])

    def polled(self, feed: Feed, items: Iterable[Item] = ()) -> int:
        """Note a feed and its items in one step; gives how many items are new."""
        rows = [
            (each.id, each.source.place, each.source.url, each.source.data, each.source.suffix,
             json.dumps(asdict(each.source.given or Given())))
            for each in items
        ]  # fmt: skip
        with self._open() as file:
            before = file.total_changes
            file.executemany("INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)", rows)
            new = file.total_changes - before
            told = (feed.url, feed.validators.etag, feed.validators.modified, feed.due, feed.failures)
            file.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)", told)
        return new

    def waiting(self, now: float, *, most: int) -> tuple[Item, ...]:
        """Items that are not done and due by `now`, the longest known first, up to `most`."""
        query = (
            "SELECT item, place, url, data, suffix, given, tries FROM items WHERE done = 0 AND due <= ? "
            "ORDER BY rowid LIMIT ?"
        )
        with self._open() as file:
            rows = file.execute(query, (now, most)).fetchall()
        return tuple(
            Item(item, Input(place, data=data or b"", suffix=suffix, given=Given(**json.loads(given)), url=url), tries)
            for item, place, url, data, suffix, given, tries in rows
        )

    def done(self, items: Iterable[str]) -> None:
        """Note that the archive has these items; their text is not needed any more."""
        with self._open() as file:
            file.executemany("UPDATE items SET done = 1, data = NULL, given = NULL WHERE item = ?",
                             [(each,) for each in items])  # fmt: skip

    def later(self, items: Iterable[tuple[str, float]]) -> None:
        """Note that the pages of these items could not be had, and when to try again."""
        with self._open() as file:
            file.executemany("UPDATE items SET tries = tries + 1, due = ? WHERE item = ?",
                             [(due, item) for item, due in items])  # fmt: skip

    def is_new(self, query: str) -> bool:
        """Whether nothing was ever found for the query of this digest."""
        with self._open() as file:
            return file.execute("SELECT 1 FROM queries WHERE digest = ?", (query,)).fetchone() is None

    def found(self, query: str, alerts: Sequence[Alert], *, sent: bool = False) -> int:
        """Note what the query of this digest has found now; gives how many of them it had not found before. With
        `sent`, they count as told already."""
        with self._open() as file:
            file.execute("INSERT OR IGNORE INTO queries VALUES (?)", (query,))
            number = file.execute("SELECT coalesce(max(number), 0) FROM alerts").fetchone()[0]
            before = file.total_changes
            file.executemany(
                "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, ?)",
                [(query, each.id, json.dumps(dict(each.told)), each.at, number + place, int(sent))
                 for place, each in enumerate(alerts, 1)],
            )  # fmt: skip
            return file.total_changes - before

    def unsent(self, query: str, *, most: int) -> tuple[Alert, ...]:
        """What the query found that nobody confirmed to have been told, the oldest first, up to `most`."""
        return self._alerts("query = ? AND sent = 0 ORDER BY number LIMIT ?", (query, most))

    def latest(self, query: str, *, most: int) -> tuple[Alert, ...]:
        """What the query found last, the latest first, up to `most`."""
        return self._alerts("query = ? ORDER BY number DESC LIMIT ?", (query, most))

    def sent(self, query: str, alerts: Iterable[Alert]) -> None:
        """Note that these were told."""
        with self._open() as file:
            file.executemany("UPDATE alerts SET sent = 1 WHERE query = ? AND alert = ?",
                             [(query, each.id) for each in alerts])  # fmt: skip

    def _alerts(self, condition: str, values: tuple[object, ...]) -> tuple[Alert, ...]:
        with self._open() as file:
            rows = file.execute(f"SELECT alert, told, at FROM alerts WHERE {condition}", values).fetchall()
        return tuple(Alert(alert, json.loads(told), at) for alert, told, at in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=60)) as file, file:
                # On return from here what was noted outlives a loss of power.
                file.execute("PRAGMA synchronous = FULL")
                yield file
        except sqlite3.Error as error:
            raise ArchiveError(f"{self._path} cannot be used ({error}); see whether the disk is full") from error


def _held(path: Path) -> int:
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ArchiveError(f"cannot write to {path.parent}: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise ArchiveError(f"another process watches for {path.parent}; stop it first") from None
    return lock
