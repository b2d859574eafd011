"""Kill -9 a writer at random moments, again and again, and count what was lost or doubled.

    python benchmarks/killing.py [--times 200] [--compact]

Each writer adds synthetic articles batch by batch and reports each batch when `add` has returned; it is killed at a
random moment. Afterwards the archive must open, hold every reported batch, hold no article twice, and pass `verify`.
Prints one JSON object; the exit status is 1 if anything was lost, doubled or damaged.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from communique.store import Archive

_WRITER = """
import random, sys
sys.path.insert(0, sys.argv[3])
import archive as synthetic
from communique.store import Archive
archive = Archive.create(sys.argv[1])
chance = random.Random(1)
print("ready", flush=True)
for first in range(int(sys.argv[2]), 10**9, 4):
    archive.add([synthetic.article(number, chance) for number in range(first, first + 4)])
    print(first, flush=True)
    if first % 40 == 0 and sys.argv[4] == "compact":
        archive.compact(most=200)
"""


def main() -> int:
    """Kill, look, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--compact", action="store_true")
    given = parser.parse_args()
    chance, reported = random.Random(9), set[int]()
    lost = doubled = faults = 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        for turn in range(given.times):
            reported |= _killed(path, turn * 1000, chance.uniform(0, 0.4), compact=given.compact)
            found = Archive.create(path)
            titles = found.articles(history=True).column("title").to_pylist()
            doubled += len(titles) - len(set(titles))
            there = {int(each.removeprefix("Case ")) for each in titles}
            lost += len({number for first in reported for number in range(first, first + 4)} - there)
            faults += len(found.verify()) if turn % 20 == 0 or turn == given.times - 1 else 0
        count = found.articles(history=True).num_rows
    told = {"kills": given.times, "reported_batches": len(reported), "articles": count, "lost": lost,
            "doubled": doubled, "faults": faults, "seconds": round(time.monotonic() - began)}  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if lost or doubled or faults else 0


def _killed(path: Path, first: int, seconds: float, *, compact: bool) -> set[int]:
    """The batches that a writer reported before it was killed, `seconds` after it was ready."""
    arguments = [str(path), str(first), str(Path(__file__).parent), "compact" if compact else "plain"]
    with subprocess.Popen([sys.executable, "-c", _WRITER, *arguments], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(seconds)
        os.kill(writer.pid, signal.SIGKILL)
        return {int(line) for line in writer.stdout if line.endswith("\n")}


if __name__ == "__main__":
    sys.exit(main())
