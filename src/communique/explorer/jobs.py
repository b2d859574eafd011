"""Jobs: the one way in which the explorer adds articles, and brings up to date what is derived.

One worker takes jobs from a queue in their order. It holds its own view of the archive, so that pages are answered
while it works, and loads the model when the first article comes.
"""

import dataclasses
import itertools
import queue
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from communique import intake
from communique.errors import CommuniqueError
from communique.intake import Input
from communique.intake.mail import message
from communique.intake.rows import TABLES, rows
from communique.intake.warc import pages as pages_of
from communique.library import Library
from communique.records import Article, CodedArticle, Problem
from communique.store import Archive

if TYPE_CHECKING:
    from communique.pipeline import Coder

# Coded articles that are committed at a time, so that pages show the first ones soon.
BATCH = 32
# Jobs that are remembered.
KEPT = 100


@dataclass
class Job:
    """One piece of work: what it is, how far it is, and what went wrong."""

    id: str
    title: str
    work: Callable[["Job"], None] = field(repr=False)
    state: str = "waiting"
    added: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    message: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Jobs:
    """A queue with one worker; `root` is the archive that it adds to."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._queue: queue.Queue[Job | None] = queue.Queue()
        self._numbers = itertools.count(1)
        self._coder: Coder | None = None  # loaded with the first article
        self._worker: threading.Thread | None = None
        self._lock = threading.Lock()
        self.all: dict[str, Job] = {}

    def add_pages(self, pages: Sequence[tuple[str, bytes]]) -> Job:
        """Add pasted text, or files that somebody dropped: each with a name, whose ending tells what it is. A feed, a
        table or a web archive gives several articles."""
        title = pages[0][0] if len(pages) == 1 else f"{len(pages)} files"
        return self._submit(title, lambda job: self._add(job, (item for each in pages for item in _read(*each))))

    def add_folder(self, folder: Path, *, title: str) -> Job:
        """Add the articles in a folder of this machine."""
        return self._submit(title, lambda job: self._add(job, intake.read_paths([folder])))

    def bring_up_to_date(self) -> Job | None:
        """Derive stories, happenings and the ledger anew where something came; None where such a job waits already."""
        title = "Bring stories and ledger up to date"
        if any(job.state == "waiting" and job.title == title for job in self.all.values()):
            return None
        return self._submit(title, self._derive)

    def wait(self) -> None:
        """Return when all jobs that were asked for are over."""
        self._queue.join()

    def stop(self) -> None:
        """Let the worker end after the jobs that were asked for."""
        if self._worker is not None:
            self._queue.put(None)
            self._worker.join()
            self._worker = None

    def _submit(self, title: str, work: Callable[[Job], None]) -> Job:
        with self._lock:
            job = Job(str(next(self._numbers)), title, work)
            self.all[job.id] = job
            for old in [each for each in self.all.values() if each.is_over][: max(0, len(self.all) - KEPT)]:
                del self.all[old.id]
            if self._worker is None:
                self._worker = threading.Thread(target=self._run, name="communique-jobs", daemon=True)
                self._worker.start()
        self._queue.put(job)
        return job

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            job.state = "working"
            try:
                job.work(job)
                job.state = "done"
            except CommuniqueError as error:
                job.state, job.message = "failed", str(error)
            except Exception as error:
                # The worker outlives whatever one job meets; its page says what it was.
                job.state, job.message = "failed", f"{type(error).__name__}: {error}; please report it"
            finally:
                self._queue.task_done()
        self._queue.task_done()

    def _add(self, job: Job, items: Iterable[Article | Problem]) -> None:
        archive = Archive.create(self._root)
        for batch in _batches(self._coded(job, archive, items)):
            receipt = archive.add(batch)
            job.added += receipt.articles
            job.known += receipt.known
        self._derive(job)

    def _coded(
        self, job: Job, archive: Archive, items: Iterable[Article | Problem]
    ) -> Iterator[CodedArticle | Problem]:
        for item in items:
            if isinstance(item, Problem):
                job.problems.append(item)
                yield item
                continue
            coder = self._coder = self._coder or _loaded()
            if archive.has(item.version, coder.run.id):
                job.known += 1
                continue
            coded = coder.code(item)
            failed = next((each for each in coded.problems if each.code == "coding-failed"), None)
            if failed is not None:
                # Kept as a problem, so that it is tried again the next time.
                job.problems.append(failed)
            yield coded if failed is None else dataclasses.replace(failed, fatal=True)

    def _derive(self, job: Job) -> None:
        Library(Archive.open(self._root)).refresh()


def _read(name: str, body: bytes) -> Iterator[Article | Problem]:
    """The articles in a file's bytes."""
    for found in _inputs(name, body):
        yield found if isinstance(found, Problem) else intake.take(found)


def _inputs(name: str, body: bytes) -> Iterator[Input | Problem]:
    """What a file holds: the items of a feed, the rows of a table, the pages of a web archive, a letter, or itself."""
    from communique.intake.feeds import is_feed, items  # here, because the parser is slow to load

    ending = Path(name).suffix.lower()
    if is_feed(body):
        yield from items(body, name)
    elif ending == ".eml":
        yield message(body, name)
    elif ending in TABLES or name.lower().endswith((".warc", ".warc.gz")):
        # Their readers want a file; it is gone when the last row was read.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "file" + "".join(Path(name).suffixes[-2:]).lower())
            path.write_bytes(body)
            yield from rows(path, name) if ending in TABLES else pages_of(path, name)
    else:
        yield Input(name, data=body, suffix=ending)


def _loaded() -> "Coder":
    """The shipped coder; the only place where the explorer meets the pipeline."""
    from communique.pipeline import Coder

    return Coder.load()


def _batches(items: Iterator[CodedArticle | Problem]) -> Iterator[list[CodedArticle | Problem]]:
    while batch := list(itertools.islice(items, BATCH)):
        yield batch
