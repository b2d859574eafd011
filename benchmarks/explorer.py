"""The explorer over a large archive: how long the first page and each kind of page take to be answered.

    python benchmarks/explorer.py [--articles 10000] [--archive FOLDER] [--derived] [--seconds 300]

The articles are those of `benchmarks/archive.py`. Prints one JSON object: for each
address the milliseconds of the first answer and the median of four more, by the clock and of processor time, the server
in the same process, its first page made once before as `communique explore` does. What a page keeps until the archive
changes is told by the difference. Without `--derived`, stories and ledger are not
made first, and the pages that need them show none. After `--seconds` no more articles are made and no more pages are
asked for, on a machine that is busy with other work; how many articles there were, and which pages were not reached,
is told.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from starlette.testclient import TestClient

from archive import batches
from communique.explorer import Explorer
from communique.explorer.safety import Keys
from communique.library import Library
from communique.store import Archive

ADDRESSES = (
    "/", "/e", "/e?order=newest", "/e?source=USA&target=PAK", "/e?q=crossing", "/a", "/d", "/d/USA-PAK", "/map",
    "/network", "/ledger", "/statements", "/actors", "/sources", "/codebook", "/codebook/REQUEST", "/search?q=crossing",
    "/review", "/api/events",
)  # fmt: skip


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--derived", action="store_true")
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    until = time.monotonic() + given.seconds
    folder = given.archive or Path(tempfile.mkdtemp()) / "archive"
    archive = Archive.create(folder)
    if given.archive is None:
        for batch in batches(given.articles, 1000):
            archive.add(batch)
            # Half of the time is for the pages.
            if time.monotonic() > until - given.seconds / 2:
                break
        archive.compact()
    if given.derived:
        Library(archive).refresh()
    library = Library(Archive.open(folder))
    told = {"articles": library.archive.ask("SELECT count(*) AS n FROM articles")["n"][0].as_py(),
            "milliseconds": _measured(library, until)}  # fmt: skip
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    if given.archive is None:
        shutil.rmtree(folder.parent)
    return 0


def _measured(library: Library, until: float) -> dict[str, dict[str, int] | str]:
    explorer = Explorer(library, keys=Keys(token="token"))
    opened, opening = time.perf_counter(), time.process_time()
    explorer.warm()
    found: dict[str, dict[str, int] | str] = {
        "opening": {"first": round((time.perf_counter() - opened) * 1000),
                    "first_core": round((time.process_time() - opening) * 1000)}
    }  # fmt: skip
    guest = TestClient(explorer, base_url="http://127.0.0.1")
    guest.get("/static/icon.svg?token=token")
    row = library.archive.ask("SELECT event, article FROM events LIMIT 1").to_pylist()[0]
    for address in (*ADDRESSES, f"/e/{row['event']}", f"/a/{row['article']}"):
        if time.monotonic() > until:
            found[address] = "not reached"
            continue
        times = [_timed(guest, address) for _ in range(5)]
        clock, work = [[round(each[side] * 1000) for each in times] for side in (0, 1)]
        found[address] = {
            "first": clock[0], "first_core": work[0],
            "again": round(statistics.median(clock[1:])), "again_core": round(statistics.median(work[1:])),
        }  # fmt: skip
    explorer.desk.jobs.stop()
    return found


def _timed(guest: TestClient, address: str) -> tuple[float, float]:
    """Seconds by the clock, and of processor time: the second is what it takes where nothing else is at work."""
    began, work = time.perf_counter(), time.process_time()
    answer = guest.get(address)
    assert answer.status_code == 200, (address, answer.text[:500])
    return time.perf_counter() - began, time.process_time() - work


if __name__ == "__main__":
    sys.exit(main())
