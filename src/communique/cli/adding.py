"""`add`: inputs found, fetched where that was asked for, coded in many processes or on many machines, and committed."""

import functools
import itertools
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from communique.cli import coding
from communique.cli.keeping import articles_of, bring_up_to_date
from communique.errors import InputError
from communique.records import CodedArticle, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from communique.intake import Input
    from communique.intake.fetch import Fetcher
    from communique.intake.inputs import Validators
    from communique.intake.visits import Visits
    from communique.pipeline.worker import Codes, Result
    from communique.store import Archive
    from communique.store.shards import Packed

# Inputs that are committed together: small enough to lose little when a long run is stopped, large enough that an
# archive of millions has thousands of files, not millions. Counted in inputs and by no clock, so that the same inputs
# make the same files.
SHARD = 256
# Seconds between two lines of progress in a terminal.
TOLD = 2.0
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are fetched: `allowed` are hosts that need not be public, `contact` is told to servers."""

    allowed: Sequence[str] = ()
    contact: str = ""

    def fetcher(self) -> "Fetcher":
        """A fetcher that keeps to it."""
        from communique.intake.fetch import Fetcher
        from communique.intake.network import Door

        return Fetcher(door=Door(allowed=self.allowed), contact=self.contact)


def add(
    paths: list[str], *, to: Path, wait: float, codebook: Path | None = None, jobs: int = 1,
    columns: str | None = None, web: Web | None = None, cluster: str | None = None,
) -> int:  # fmt: skip
    """Code what is new under `paths` and commit it shard by shard; gives the exit status.

    It is coded in `jobs` processes here, or on the machines of `cluster`: an address of Ray, "" for this machine alone.
    `web` says how addresses are fetched, if they are.
    """
    from communique.store import Archive

    archive = Archive.create(to)
    work = _Work(archive, codebook, _columns(columns), web)
    added = skipped = 0
    shards = work.here(paths, jobs) if cluster is None else work.there(paths, cluster or None)
    for shard in shards:
        receipt = archive.add_packed(shard, wait=wait)
        work.note()
        added += receipt.articles
        work.known += receipt.known
        skipped += len(shard.problems)
        _progress(f"{added} added, {work.known} known, {skipped} skipped")
    work.note()
    _progress("", last=True)
    if not added + work.known + skipped:
        print("communique: there is nothing to read", file=sys.stderr)
        return 2
    print(f"{to}: {articles_of(added)} added, {work.known} there before, {skipped} skipped")
    if added:
        bring_up_to_date(archive)
    if not added + work.known:
        return 2
    return 3 if skipped else 0


class _Work:
    """Inputs that the archive does not have yet, coded; what it has is counted in `known` and costs no coding."""

    def __init__(
        self, archive: "Archive", codebook: Path | None, columns: Mapping[str, str], web: Web | None
    ) -> None:  # fmt: skip
        self._archive, self._columns, self._web = archive, columns, web
        self._load = functools.partial(coding.load_coder, codebook)
        self._visits = None if web is None else _visits(archive)
        # What servers said of pages, by the number of the input; and of those that are answered, but not yet committed.
        self._validators: dict[int, tuple[str, Validators]] = {}
        self._answered: list[tuple[str, Validators]] = []
        self.known = 0

    def here(self, paths: list[str], jobs: int) -> "Iterator[Packed]":
        """Shards coded in processes of this machine, which an input may hang or kill."""
        from communique.pipeline.pool import code_inputs

        # In an archive that was empty nothing is known, and looking again each time would cost much.
        known = None if self._archive.is_empty() else self._archive.has
        answers = code_inputs(self._inputs(paths), self._load, jobs=jobs, known=known)
        for number, shard in enumerate(batches(_told(answers), SHARD)):
            yield self._received(number, *_packed(shard))

    def there(self, paths: list[str], address: str | None) -> "Iterator[Packed]":
        """Shards coded by Ray, each by a process of its own on some machine; in the order of the inputs."""
        import numpy as np

        from communique.pipeline import scale

        shards = batches(self._inputs(paths), SHARD)
        # Looked up on every machine, so that what an earlier run has committed costs reading, but no coding. Of an
        # array all processes of a machine share one copy.
        known = np.array(self._archive.keys(), dtype="S32")
        work = functools.partial(shard_of, load=self._load)
        for number, (packed, same) in enumerate(scale.spread(work, shards, shared=known, address=address)):
            yield self._received(number, packed, same)

    def note(self) -> None:
        """Note the pages whose articles are committed, so that they are not sent again while they stay the same."""
        if self._visits is not None and self._answered:
            self._visits.note(self._answered)
            self._answered = []

    def _received(self, number: int, packed: "Packed", same: int) -> "Packed":
        self.known += same
        for problem in packed.problems:
            coding.report_skipped(problem)
        for each in range(number * SHARD, (number + 1) * SHARD):
            if each in self._validators:
                self._answered.append(self._validators.pop(each))
        return packed

    def _inputs(self, paths: list[str]) -> "Iterator[Input | Problem]":
        found = coding.inputs(paths, self._columns, addresses=self._web is not None)
        if self._web is None or self._visits is None:
            yield from found
            return
        from communique.intake.fetch import fetched

        pages = fetched(found, self._web.fetcher(), known=self._visits.known, seen=self._unchanged)
        for number, item in enumerate(pages):
            if not isinstance(item, Problem) and item.validators is not None:
                self._validators[number] = item.place, item.validators
            yield item

    def _unchanged(self, page: object) -> None:
        self.known += 1


def shard_of(
    inputs: "Sequence[Input | Problem]", known: "NDArray[np.bytes_]", *, load: "Callable[[], Codes]"
) -> "tuple[Packed, int]":
    """What one shard of inputs becomes: its rows, and how many articles among them are `known` (sorted keys of
    the archive).

    The one function of many machines. Each input is read and coded in a process that it may hang or kill, as on one.
    """
    import numpy as np

    from communique.pipeline.pool import code_inputs
    from communique.store.ids import article_key

    def has(version: str, run: str) -> bool:
        key = article_key(version, run).encode()
        place = int(np.searchsorted(known, key))
        return place < len(known) and bool(known[place] == key)

    return _packed(code_inputs(inputs, load, known=has if len(known) else None))


def _packed(answers: "Iterable[Result]") -> "tuple[Packed, int]":
    from communique.pipeline.worker import Known
    from communique.store.shards import pack

    kept: list[CodedArticle | Problem] = []
    same = 0
    for answer in answers:
        if isinstance(answer, Known):
            same += 1
        else:
            # An article that could not be coded is kept as a problem: it is tried again the next time.
            kept.append(coding.failure(answer) or answer)
    return pack(kept), same


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in runs of `size`, the last one perhaps shorter."""
    rest = iter(items)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def _told(answers: "Iterator[Result]") -> "Iterator[Result]":
    """The answers; how many there are is told in a terminal from time to time."""
    last = time.monotonic()
    for number, answer in enumerate(answers, 1):
        if sys.stderr.isatty() and time.monotonic() - last >= TOLD:
            last = time.monotonic()
            _progress(f"{number} read")
        yield answer


def _columns(said: str | None) -> dict[str, str]:
    """Columns by field, of words such as "text=story,published=day". Raises `InputError` where they are none."""
    from communique.intake.rows import FIELDS

    pairs = [each.partition("=") for each in (said or "").split(",") if each.strip()]
    if any(field.strip() not in FIELDS or not name.strip() for field, _, name in pairs):
        raise InputError(f"--columns {said}: say FIELD=COLUMN,…; the fields are {', '.join(FIELDS)}")
    return {field.strip(): name.strip() for field, _, name in pairs}


def _visits(archive: "Archive") -> "Visits":
    from communique.intake.visits import Visits

    return Visits(archive.root / "visits.sqlite")


def _progress(told: str, *, last: bool = False) -> None:
    """One line on standard error that is written over in a terminal; in a file, one line for each commit."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{told}")
        sys.stderr.flush()
    elif not last:
        print(told, file=sys.stderr)
