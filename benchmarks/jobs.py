"""How much faster several processes code than one: articles per second of the wall clock, models loaded.

    python benchmarks/jobs.py [PATH…] [--jobs N] [--times N]

PATH: articles (default: the bundled dossier), each given so many times under other titles. Prints one JSON object. On a
busy machine the ratio tells what was free, not what the program can do; the load is printed for that.
"""

import argparse
import functools
import json
import os
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from communique.cli import coding
from communique.intake import Input
from communique.pipeline.pool import code_inputs


def main() -> None:
    """Read the arguments, time one process and several in turn, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path(str(files("communique.cli") / "dossier"))])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--times", type=int, default=4)
    given = parser.parse_args()
    pages = [path for each in given.paths for path in ([each] if each.is_file() else sorted(each.glob("*.txt")))]
    told: dict[str, Any] = {"articles": len(pages) * given.times, "load_before": os.getloadavg()[0]}
    for jobs in (1, given.jobs, 1, given.jobs):
        told.setdefault(f"per_second_{jobs}", []).append(round(rate(pages, jobs, given.times), 2))
    told["ratio"] = round(sum(told[f"per_second_{given.jobs}"]) / sum(told["per_second_1"]), 2)
    print(json.dumps({**told, "load_after": os.getloadavg()[0]}, indent=2))


def rate(pages: list[Path], jobs: int, times: int) -> float:
    """Articles per second, from when every process has its model to the last answer."""
    warm = jobs * 4
    began, count = 0.0, 0
    inputs = _inputs(pages, times, warm)
    for number, _ in enumerate(code_inputs(inputs, functools.partial(coding.load_coder, None), jobs=jobs)):
        if number == warm - 1:
            began = time.perf_counter()
        elif number >= warm:
            count += 1
    return count / (time.perf_counter() - began)


def _inputs(pages: list[Path], times: int, warm: int) -> Iterator[Input]:
    texts = [page.read_bytes() for page in pages]
    shortest = min(texts, key=len)
    yield from (Input(f"warm-{number}", data=shortest) for number in range(warm))
    yield from (Input(f"{number}-{time}", data=each) for time in range(times) for number, each in enumerate(texts))


if __name__ == "__main__":
    main()
