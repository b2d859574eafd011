"""`watch`: feeds followed into an archive, once or for good."""

import functools
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from communique.cli import coding
from communique.cli.adding import Web
from communique.errors import InputError

if TYPE_CHECKING:
    from communique.intake import Input
    from communique.pipeline.worker import Result
    from communique.records import Problem
    from communique.store import Archive
    from communique.watch import Round


def watch(
    feeds: Sequence[str], *, to: Path, web: Web, every: float, once: bool, jobs: int, codebook: Path | None,
    queries: Path | None, alerts: Path | None, webhook: str | None,
) -> int:  # fmt: skip
    """Follow the feeds until stopped, or for one round; gives the exit status."""
    from communique.store import Archive
    from communique.watch import State, Watch, read_queries

    asked = read_queries(queries) if queries is not None else ()
    if (alerts is not None or webhook) and not asked:
        raise InputError("there is nothing to tell without --queries FILE, which names what to look for")
    addresses(feeds)  # what is wrong with them is told before an archive is made
    archive = Archive.create(to)
    state = State(archive.root)
    try:
        following = Watch(
            archive, state, web.fetcher(), functools.partial(_coded, archive, codebook, jobs), every=every * 60,
            queries=asked, feeds_to=alerts, webhook=webhook or None,
        )  # fmt: skip
        while True:
            done = following.round(addresses(feeds), at_once=once)
            _say(done)
            if once:
                return 3 if done.problems else 0
            time.sleep(max(1.0, following.until_due(addresses(feeds))))
    finally:
        state.close()


def addresses(feeds: Sequence[str]) -> tuple[str, ...]:
    """The addresses of feeds that are given, or stand in lists that are. Raises `InputError` where there are none."""
    from communique.intake import feeds as lists

    found: list[str] = []
    for each in feeds:
        if each.lower().startswith(("http://", "https://")):
            found.append(each)
            continue
        try:
            named = lists.addresses(Path(each).read_bytes())
        except OSError as error:
            raise InputError(f"{each} cannot be read ({error.strerror}); name an OPML file or an address") from error
        if not named:
            raise InputError(f'{each} names no feeds; an OPML file has them as <outline xmlUrl="…"/>')
        found += named
    return tuple(dict.fromkeys(found))


def _coded(
    archive: "Archive", codebook: Path | None, jobs: int, inputs: "Iterable[Input | Problem]"
) -> "Iterator[Result]":
    from communique.pipeline.pool import code_inputs

    yield from code_inputs(inputs, functools.partial(coding.load_coder, codebook), jobs=jobs, known=archive.has)


def _say(done: "Round") -> None:
    for problem in done.problems:
        coding.report_skipped(problem)
    told = (
        f"{done.polled} feeds polled, {done.failed} failed; {done.new} new items, {done.added} articles added, "
        f"{done.known} there before, {done.skipped} skipped, {done.put_off} put off; {done.alerts} alerts"
    )
    print(told, flush=True)
