"""A pool of processes that read and code inputs, one encoder each: answers come in the order of the inputs.

Whatever an input does to the process that reads it costs that input one `Problem`; another process takes over the rest.
The answers are the same for every number of processes, since each is a pure function of its input.
"""

import contextlib
import itertools
import multiprocessing
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from communique.errors import CommuniqueError
from communique.intake import Input
from communique.pipeline.worker import Codes, Limits, Result, work
from communique.records import Problem

# Inputs that lie ready at a process, so that it never waits for the next; of large ones only the one at work, since
# sending more than a channel holds would wait.
READY, SMALL = 3, 16_384
# Imported once, before the first process is made of them.
LOADED = ["communique.pipeline.worker", "communique.pipeline", "communique.intake.page"]
# Answers that wait for an earlier one, for each process: one slow page must not stop the others.
AHEAD = 64
# How often a process may end before it has begun anything until it is clear that none will.
TRIES = 3
Asked = Callable[[str, str], bool]
Task = tuple[int, Input]


def code_inputs(
    inputs: Iterable[Input | Problem], load: Callable[[], Codes], *, jobs: int = 1, known: Asked | None = None,
    limits: Limits | None = None,
) -> Iterator[Result]:  # fmt: skip
    """For each input its coded article, a fatal problem, or `Known` where `known(version, run)` says so; in order.

    `load` makes the coder and must be importable by name; it is called in each process, at its first article. `known`
    is called in a thread of its own, and so are `inputs` read. Raises what `inputs` or `load` raise, after the answers
    to the inputs before. Closing the iterator ends the processes.
    """
    pump = _Pump(inputs, load, jobs, known or (lambda version, run: False), limits or Limits())
    thread = threading.Thread(target=pump.run, name="communique-pool", daemon=True)
    thread.start()
    try:
        while (answer := pump.answers.get()) is not None:
            if isinstance(answer, BaseException):
                raise answer
            pump.taken += 1
            yield answer
    finally:
        pump.over = True
        thread.join()


class _Worker:
    """One process with its channel and the tasks that lie at it; the first of them is at work when `begun`."""

    def __init__(self, load: Callable[[], Codes], limits: Limits) -> None:
        # Not by fork: the first process has threads, of the archive's engine among others.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(
                ["communique.pipeline.worker", "communique.intake.page", "communique.pipeline"]
            )
        self.channel, far = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(far, load, limits), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        far.close()
        self.tasks: deque[Task] = deque()
        self.begun, self.loading = False, False

    def has_room(self, task: Task) -> bool:
        """Whether sending it the task would not wait."""
        return not self.tasks or (len(self.tasks) < READY and len(task[1].data) <= SMALL)

    def give(self, task: Task) -> None:
        """Send it the task."""
        self.tasks.append(task)
        # A process that is gone is found out when its channel is read.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.channel.send(task)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.channel.close()
        self.process.kill()
        self.process.join()


class _Pump:
    """Moves tasks to workers and answers to `answers`, in its own thread; the end or an error is the last answer."""

    def __init__(
        self, inputs: Iterable[Input | Problem], load: Callable[[], Codes], jobs: int, known: Asked, limits: Limits
    ) -> None:
        self.answers: queue.SimpleQueue[Result | BaseException | None] = queue.SimpleQueue()
        self.taken, self.over = 0, False
        self._inputs, self._load, self._jobs, self._known, self._limits = iter(inputs), load, jobs, known, limits
        self._numbers = itertools.count()
        self._again: deque[Task] = deque()
        self._next: Task | None = None
        self._given = self._answered = self._failures = 0
        self._early: dict[int, Result] = {}
        self._workers: list[_Worker] = []
        self._error: BaseException | None = None
        self._finished = False

    def run(self) -> None:
        """Work until all inputs are answered or nobody wants the answers."""
        try:
            while not self.over:
                self._deal()
                busy = [worker for worker in self._workers if worker.tasks]
                if not busy and self._finished and self._next is None and not self._again:
                    break
                # A short wait where answers must be taken first; else until a worker says something.
                for channel in wait([worker.channel for worker in busy], 0.05):
                    self._hear(next(each for each in busy if each.channel is channel))
        except BaseException as error:
            self._error = error
        for worker in self._workers:
            worker.end()
        self.answers.put(self._error)

    def _deal(self) -> None:
        while not self.over and (task := self._task()) is not None:
            worker = min(self._workers, key=lambda each: len(each.tasks), default=None)
            if (worker is None or worker.tasks) and len(self._workers) < self._jobs:
                worker = _Worker(self._load, self._limits)
                self._workers.append(worker)
            if worker is None or not worker.has_room(task):
                return
            if self._again:
                self._again.popleft()
            else:
                self._next = None
            worker.give(task)

    def _task(self) -> Task | None:
        """The next task; problems among the inputs are answers already."""
        if self._again:
            return self._again[0]
        while self._next is None and not self._finished and self._given - self.taken < AHEAD * self._jobs:
            try:
                item = next(self._inputs, None)
            except Exception as error:
                self._error, item = error, None
            if item is None:
                self._finished = True
                return None
            number = next(self._numbers)
            self._given += 1
            if isinstance(item, Problem):
                self._answer(number, item)
            else:
                self._next = (number, item)
        return self._next

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, number, first, second = worker.channel.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if kind == "begin":
            worker.begun, worker.loading = True, False
        elif kind == "load":
            worker.loading = True
        elif kind == "ask":
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                worker.channel.send(self._known(first, second))
        elif kind == "done":
            worker.tasks.popleft()
            worker.begun, self._failures = False, 0
            self._answer(number, first)
        else:
            raise first

    def _bury(self, worker: _Worker) -> None:
        """Another process takes over what lay at a dead one, but not the input that it died of."""
        worker.process.join()
        self._workers.remove(worker)
        worker.channel.close()
        if not worker.begun or worker.loading:
            self._failures += 1
            if self._failures >= TRIES:
                raise CommuniqueError(
                    f"processes that code end at once ({_told(worker.process.exitcode)}); is there memory for the "
                    "model? Try fewer --jobs"
                )
        else:
            number, source = worker.tasks.popleft()
            self._answer(number, _lost(source, worker.process.exitcode, self._limits))
        self._again.extendleft(reversed(worker.tasks))

    def _answer(self, number: int, answer: Result) -> None:
        self._early[number] = answer
        while self._answered in self._early:
            self.answers.put(self._early.pop(self._answered))
            self._answered += 1


def _lost(source: Input, code: int | None, limits: Limits) -> Problem:
    if code is not None and -code in (getattr(signal, "SIGPROF", None), getattr(signal, "SIGALRM", None)):
        found = f"The page did not come back within its {limits.seconds:g} seconds and was given up"
        return Problem("out-of-time", f"{found}; save the article as text.", "pipeline", source.place, fatal=True)
    found = f"The page ended the process that read it ({_told(code)})"
    return Problem("worker-lost", f"{found}; save the article as text.", "pipeline", source.place, fatal=True)


def _told(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
