"""What one process of the pool does: it takes inputs from its channel, reads and codes them within limits, and answers.

The kernel keeps the limits, not Python: an alarm that nobody handles ends the process even in the middle of a parser
written in C. What the process was working on is then known to the other side, and costs one row.
"""

import dataclasses
import signal
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from communique import intake
from communique.errors import CommuniqueError
from communique.records import Article, CodedArticle, Problem, Run


class Codes(Protocol):
    """What a worker needs of a coder."""

    run: Run

    def code(self, article: Article) -> CodedArticle | Problem:
        """The article coded, or a fatal problem in its place."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost. `seconds` of the processor for reading a page, and as many for coding it, plus one for
    each `characters` of its text: coding takes a tenth of that. The clock on the wall may show `patience` times as
    many, so that a busy machine refuses nothing. `memory` is bytes beyond those of the loaded model."""

    seconds: float = 10.0
    characters: int = 1000
    patience: float = 6.0
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Known:
    """Stands for an article that need not be coded: the asker has this version under this run."""

    version: str


# What a worker says: "begin" number · "load" number · "ask" number, version, run, and waits for yes or no ·
# "done" number, answer · "refused" number, the error for which no article at all can be coded.
Saying = tuple[str, int, object, object]
Result = CodedArticle | Problem | Known


def work(channel: Connection, load: Callable[[], Codes], limits: Limits) -> None:
    """Answer every (number, input) that comes through `channel` until it is closed."""
    # Control-C goes to every process of the terminal; the first one ends the others by closing their channels.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    coder: Codes | None = None
    ready: deque[tuple[int, intake.Input]] = deque()
    try:
        while True:
            number, source = ready.popleft() if ready else channel.recv()
            channel.send(("begin", number, None, None))
            found: Article | Result = _read(source, limits)
            if isinstance(found, Article):
                if coder is None:
                    channel.send(("load", number, None, None))
                    coder = load()
                    channel.send(("begin", number, None, None))
                channel.send(("ask", number, found.version, coder.run.id))
                found = Known(found.version) if _told(channel, ready) else _code(source.place, found, coder, limits)
            channel.send(("done", number, found, None))
    except CommuniqueError as error:
        channel.send(("refused", 0, error, None))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _read(source: intake.Input, limits: Limits) -> Article | Problem:
    with _Bounds(limits.seconds, limits):
        try:
            return intake.take(source)
        except MemoryError:
            return out_of_memory(source.place, limits)


def _told(channel: Connection, ready: deque[tuple[int, intake.Input]]) -> bool:
    """The answer to what was asked; inputs that were sent before it are kept."""
    while not isinstance(said := channel.recv(), bool):
        ready.append(said)
    return said


def _code(place: str, article: Article, coder: Codes, limits: Limits) -> CodedArticle | Problem:
    with _Bounds(limits.seconds + len(article.text) / limits.characters, limits):
        try:
            found = coder.code(article)
        except MemoryError:
            return out_of_memory(place, limits)
    return dataclasses.replace(found, place=place) if isinstance(found, Problem) else found


def out_of_memory(place: str, limits: Limits) -> Problem:
    """The problem of an input that asked for more memory than there is for one."""
    message = (
        f"The page took more than {limits.memory >> 20:,} MB of memory and was given up; save the article as text."
    )
    return Problem("out-of-memory", message, "pipeline", place, fatal=True)


class _Bounds:
    """Within it, the process ends when it takes too long, and no memory is given beyond the limit.

    Where the system has no such alarms or limits (Windows has neither), there are none.
    """

    def __init__(self, seconds: float, limits: Limits) -> None:
        self._seconds, self._patience, self._memory = seconds, limits.patience, limits.memory

    def __enter__(self) -> None:
        self._limit(self._memory)
        self._alarm(self._seconds)

    def __exit__(self, *error: object) -> None:
        self._alarm(0)
        self._limit(None)

    def _alarm(self, seconds: float) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_REAL, seconds * self._patience)

    def _limit(self, memory: int | None) -> None:
        try:
            import resource

            size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        except (ImportError, OSError):
            return
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = hard if memory is None else size + memory
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
