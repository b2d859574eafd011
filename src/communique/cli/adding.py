"""`add`: inputs found, fetched where that was asked for, coded in many processes or on many machines, and committed."""

import datetime as dt
import functools
import io
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from communique.cli import coding
from communique.cli.keeping import articles_of, bring_up_to_date
from communique.cli.progress import Progress, count_inputs, summary, why_skipped
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
# How far the calendar of Kiribati is ahead of universal time.
EARTH = dt.timedelta(hours=14)
# The code of what the first look passed over; its room is heavy to import.
SCREENED = "screened-out"
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
    columns: str | None = None, web: Web | None = None, cluster: str | None = None, quiet: bool = False,
    as_json: bool = False, screen: bool = False,
) -> int:  # fmt: skip
    """Code what is new under `paths` and commit it shard by shard; gives the exit status.

    It is coded in `jobs` processes here, or on the machines of `cluster`: an address of Ray, "" for this machine alone.
    `web` says how addresses are fetched, if they are. `quiet` keeps progress and the lines of what is skipped back, and
    `as_json` makes one JSON object of what it came to. With `screen`, only what passes a first look is coded; the rest
    is counted and listed as skipped, which is no failure.
    """
    from communique.store import Archive

    archive = Archive.create(to)
    progress = Progress(total=None if web else count_inputs(paths), quiet=quiet)
    work = _Work(archive, codebook, _columns(columns), web, progress, quiet=quiet, screen=screen)
    ahead = 0
    shards = work.here(paths, jobs) if cluster is None else work.there(paths, cluster or None)
    for shard in shards:
        receipt = archive.add_packed(shard, wait=wait)
        work.note()
        work.known += receipt.known
        ahead += dated_ahead(shard)
        progress.committed(added=receipt.articles, known=work.known, problems=shard.problems)
    work.note()
    progress.known = work.known  # also where no shard came: every page was the one of before
    progress.done()
    if ahead:
        print(f"communique: {articles_of(ahead)} dated after today ({dt.datetime.now(dt.UTC):%Y-%m-%d}) and kept so; "
              "their dates or the clock of this machine are wrong", file=sys.stderr)  # fmt: skip
    return _ended(progress, archive, to, as_json=as_json)


def _ended(progress: Progress, archive: "Archive", to: Path, *, as_json: bool) -> int:
    """Say what the run came to, and bring up to date what hangs on it; gives the exit status."""
    added, known, skipped = progress.added, progress.known, progress.skipped
    # What was passed over as was asked for is no failure.
    failed = skipped - progress.reasons[SCREENED]
    status = 2 if failed and not added + known else 3 if failed else 0
    if not added + known + skipped:
        print("communique: there is nothing to read", file=sys.stderr)
        return 2
    if as_json:
        print(summary(progress, to, status=status))
    else:
        print(f"{to}: {articles_of(added)} added, {known} there before, {skipped} skipped")
        if skipped:
            print(why_skipped(progress, to), file=sys.stderr)
    if added:
        bring_up_to_date(archive)
    return status


class _Work:
    """Inputs that the archive does not have yet, coded; what it has is counted in `known` and costs no coding."""

    def __init__(
        self, archive: "Archive", codebook: Path | None, columns: Mapping[str, str], web: Web | None,
        progress: Progress, *, quiet: bool, screen: bool,
    ) -> None:  # fmt: skip
        self._archive, self._columns, self._web = archive, columns, web
        self._progress, self._quiet = progress, quiet
        self._load: Callable[[], Codes] = functools.partial(coding.load_coder, codebook)
        if screen:
            from communique.pipeline.screen import screened

            self._load = functools.partial(screened, self._load, codebook)
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
        for number, shard in enumerate(batches(self._progress.through(answers), SHARD)):
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
        for problem in () if self._quiet else packed.problems:
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


def dated_ahead(shard: "Packed") -> int:
    """How many articles of the shard are dated after today, wherever on earth today is.

    Only said, never kept: what is in an archive depends on no clock.
    """
    import pyarrow.parquet as pq

    if "inputs" not in shard.bodies:
        return 0
    last = (dt.datetime.now(dt.UTC) + EARTH).date().isoformat()
    days = pq.read_table(io.BytesIO(shard.bodies["inputs"]), columns=["published"]).column(0).to_pylist()
    return sum(day is not None and day[:10] > last for day in days)


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
