"""Kill workers and drivers of `add --engine ray` at random, and compare the archive with that of one process.

    python benchmarks/scaling.py [--times 20] [--articles 2000] [--seed 9] [--limit 3600]

A driver adds invented articles in small shards with a coder that takes its time. At random moments one of its worker
processes is killed, or every third time the driver itself, which is then started again. In the end each file of the
archive must have the bytes that one process makes of the same inputs. Prints one JSON object; exit status 1 if not, or
if it was not done after `--limit` seconds.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from communique.cli import adding, coding, main
from communique.records import Article, CodedArticle, Run

MARK = "COMMUNIQUE_SCALING"
# How Ray names processes that work or wait for work. Its agents begin with "ray::" too; a machine goes down with them.
WORKERS = "ray::_call", "ray::IDLE"
_WORDS = "The minister of state number {0} met the president on Monday and asked for the release of prisoner {0}."


class Slow:
    """A coder that finds nothing and takes a twentieth of a second for it."""

    run = Run("slow", "software", "codebook", "model", "registry")

    def __init__(self, codebook: Path | None = None) -> None:
        self.codebook = codebook

    def code(self, article: Article) -> CodedArticle:
        """The article, after a while."""
        time.sleep(0.05)
        return CodedArticle(self.run, article, (), (), (), (), article.problems)


def work() -> None:
    """Run the command line with the slow coder and shards of sixteen inputs."""
    import scaling  # by its name, under which other processes find the coder

    setattr(coding, "load_coder", scaling.Slow)  # noqa: B010 (another kind of coder)
    adding.SHARD = 16
    main()


def killing(folder: Path, *, times: int, articles: int, seed: int, limit: float) -> dict[str, int | bool | float]:
    """What came of so many kills, or of those that `limit` seconds had room for (`in_time` tells which)."""
    chance, began = random.Random(seed), time.monotonic()
    _inputs(folder / "in", articles)
    mark, kills = uuid.uuid4().hex, {"workers": 0, "drivers": 0}
    driver, restarts = _driver(folder, "many", mark, "--engine", "ray"), 0
    try:
        while driver.poll() is None or (driver.poll() == 2 and restarts < times):
            if time.monotonic() - began > limit:
                break
            if driver.poll() == 2:
                # Ray did not start in time on a busy machine: whoever runs it starts it again.
                driver, restarts = _driver(folder, "many", mark, "--engine", "ray"), restarts + 1
            time.sleep(chance.uniform(0.5, 3.0))
            done = sum(kills.values())
            if done < times and done % 3 == 1:
                driver.kill()
                driver.wait()
                _end(mark)
                kills["drivers"] += 1
                driver = _driver(folder, "many", mark, "--engine", "ray")
            elif done < times and (found := _marked(mark, *WORKERS)):
                _kill(chance.choice(found))
                kills["workers"] += 1
        in_time = driver.poll() is not None
    finally:
        driver.kill()
        status = driver.wait()
        _end(mark)
    alone = _driver(folder, "one", mark).wait()
    same = _files(folder / "many") == _files(folder / "one") != {}
    return {**kills, "restarts": restarts, "articles": articles, "in_time": in_time, "status": status,
            "status_of_one": alone, "same_bytes": same, "files": len(_files(folder / "one")),
            "seconds": round(time.monotonic() - began)}  # fmt: skip


def _inputs(folder: Path, articles: int) -> None:
    folder.mkdir()
    for number in range(articles):
        # Every fiftieth is empty, every tenth stands there a second time.
        text = "" if number % 50 == 9 else f"Report\n\nOctober 6, 2010\n\n{_WORDS.format(number - number % 10 // 9)}\n"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def _driver(folder: Path, name: str, mark: str, *more: str) -> "subprocess.Popen[bytes]":
    here = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, MARK: mark, "PYTHONPATH": os.pathsep.join(here)}
    line = [sys.executable, "-c", "import scaling; scaling.work()", "add", str(folder / "in"), "--to",
            str(folder / name), *more]  # fmt: skip
    with (folder / f"{name}.log").open("ab") as log:
        return subprocess.Popen(line, env=environment, stdout=log, stderr=log, cwd=folder)


def _marked(mark: str, *commands: str) -> list[int]:
    """The processes that were started under the mark, whose command lines begin with one of these, if any."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and int(each.name) != os.getpid():
            try:
                inherited = (each / "environ").read_bytes()
                line = (each / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if f"{MARK}={mark}".encode() in inherited and line.startswith(commands or ("",)):
                found.append(int(each.name))
    return found


def _end(mark: str) -> None:
    """End what a killed driver has left, as a machine that goes down would."""
    for process in _marked(mark):
        _kill(process)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _files(archive: Path) -> dict[str, bytes]:
    kept = ("data", "manifest")
    return {f"{folder}/{path.name}": path.read_bytes() for folder in kept for path in (archive / folder).glob("*")}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--limit", type=float, default=3600, help="seconds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        told = killing(Path(made), times=given.times, articles=given.articles, seed=given.seed,
                       limit=given.limit)  # fmt: skip
        if not told["same_bytes"]:
            print((Path(made) / "many.log").read_text(encoding="utf-8", errors="replace")[-4000:], file=sys.stderr)
    print(json.dumps(told))
    sys.exit(0 if told["same_bytes"] else 1)
