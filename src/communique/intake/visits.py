"""What servers said of pages that were fetched before, kept in one small file that may be deleted at any time.

Only what was kept in the archive may be noted here: a page noted too early would be taken for unchanged, and missed.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from communique.errors import ArchiveError
from communique.intake.inputs import Validators


class Visits:
    """The validators of pages by address, in the file at `path`, which is made if need be. Threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as file:
            file.execute("CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, etag TEXT, modified TEXT)")

    def known(self, url: str) -> Validators | None:
        """What was noted of the address."""
        with self._open() as file:
            row = file.execute("SELECT etag, modified FROM pages WHERE url = ?", (url,)).fetchone()
        return None if row is None else Validators(*row)

    def note(self, pages: Iterable[tuple[str, Validators]]) -> None:
        """Note what was had of these addresses; pages that came without any validator are left out."""
        told = [(url, each.etag, each.modified) for url, each in pages if each.etag or each.modified]
        with self._open() as file:
            file.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", told)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question, committed at its end: questions are few, and threads cannot share one."""
        try:
            with closing(sqlite3.connect(self._path, timeout=60)) as file, file:
                yield file
        except sqlite3.Error as error:
            raise ArchiveError(f"{self._path} cannot be used ({error}); it may be deleted") from error
