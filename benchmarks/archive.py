"""The archive at a hundred thousand articles: speed of adding, of questions, of deriving, and size on disk.

    python benchmarks/archive.py [--articles 1000 10000 100000] [--batch 1000]

The articles are synthetic: each has its own day, outlet, two countries, six events and six statements, so that every
table and every index is full. Prints one JSON object for each size. `step` is what bringing the derived tables up to
date costs after a hundred new articles. Adding, compacting and deriving are told in processor time of one core, for
several writers work at once; questions by the clock.
"""

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from communique.library import Library
from communique.records import (
    Actor,
    Article,
    CodedArticle,
    Event,
    Evidence,
    Interval,
    Mention,
    Participant,
    Run,
    Span,
    Statement,
)
from communique.store import Archive

# Articles of one day, whatever their number: a larger archive is a longer one.
A_DAY = 20
RUN = Run("synthetic", "communique benchmark", "codebook", "model", "registry")
COUNTRIES = (
    "USA", "PAK", "IND", "AFG", "IRN", "IRQ", "ISR", "EGY", "TUR", "RUS", "CHN", "JPN", "KOR", "GBR", "FRA", "DEU",
    "UKR", "POL", "SYR", "SAU", "KEN", "NGA", "ZAF", "BRA",
)  # fmt: skip
MATTERS = (
    "reopen the border crossing", "release the jailed reporters", "withdraw the troops from the valley",
    "apologise for the raid", "pay the debt for gas", "let inspectors into the plant", "lift the ban on fish",
    "hand over the officers", "stop the shelling of the port", "resume talks on the river",
)  # fmt: skip
ACTS = (
    ("urged {b} to {m}", "REQUEST", "verbal-conflict", -1.0, "planned"),
    ("rejected the demand of {b} to {m}", "REJECT", "verbal-conflict", -4.0, "actual"),
    ("promised {b} to {m}", "AGREE", "verbal-cooperation", 4.0, "planned"),
    ("threatened {b} with war if it did not {m}", "THREATEN", "verbal-conflict", -5.0, "actual"),
    ("sent food to {b}", "AID", "material-cooperation", 7.0, "actual"),
    ("met the delegation of {b}", "CONSULT", "verbal-cooperation", 1.0, "actual"),
)


def article(number: int, chance: random.Random) -> CodedArticle:
    """One synthetic coded article: six sentences, each with an event and a statement."""
    day = dt.date(2000, 1, 1) + dt.timedelta(days=number // A_DAY)
    sentences, mentions, events, statements = [], [], [], []
    one, other = chance.sample(COUNTRIES, 2)
    start = 0
    for place in range(6):
        act, type_, quad, goldstein, modality = chance.choice(ACTS)
        told = act.format(b=other, m=chance.choice(MATTERS))
        text = f"{one} {told} on that day, and case {number} of place {place} was noted by everybody who was there."
        verb = told.split()[0]
        source, trigger = Span(start, start + 3), Span(start + 4, start + 4 + len(verb))
        target = Span(start + text.index(other), start + text.index(other) + 3)
        names = f"m{2 * place}", f"m{2 * place + 1}"
        mentions += [Mention(names[0], source, "GPE", place, None), Mention(names[1], target, "GPE", place, None)]
        parties = Participant(names[0], "a0"), Participant(names[1], "a1")
        events.append(
            Event(
                f"e{place}", type_, None, (), "025", (parties[0],), (parties[1],), trigger, quad, goldstein, modality,  # type: ignore[arg-type]
                Interval(day.isoformat(), day.isoformat(), "day", "document"), None, f"s{place}", 0.8,
                (Evidence(trigger, "trigger"), Evidence(source, "source"), Evidence(target, "target")), "synthetic",
            )
        )  # fmt: skip
        content = Span(trigger.end + 1, start + len(text) - 1)
        statements.append(Statement(f"s{place}", "indirect", parties[0], parties[1], trigger, (content,), 0.8, "asked"))
        sentences.append(text)
        start += len(text) + 1
    text = " ".join(sentences)
    actors = tuple(
        Actor(f"a{side}", name, name, ("GOV",), None, f"state/{name}", "resolved",
              tuple(each.id for each in mentions[side::2]), "synthetic")
        for side, name in enumerate((one, other))
    )  # fmt: skip
    name = hashlib.sha256(f"{number}".encode()).hexdigest()[:16]
    source_article = Article(name, f"v{name}", text, f"Case {number}", f"Outlet {number % 50}", None, day.isoformat())
    return CodedArticle(RUN, source_article, tuple(mentions), actors, tuple(statements), tuple(events), ())


def batches(count: int, size: int) -> Iterator[list[CodedArticle]]:
    """Synthetic articles in batches."""
    chance = random.Random(20101021)
    for first in range(0, count, size):
        yield [article(number, chance) for number in range(first, min(count, first + size))]


def processor(work: Callable[[], Any]) -> float:
    """Seconds of processor time that `work` took: what one core does, whatever else the machine is at."""
    began = time.process_time()
    work()
    return time.process_time() - began


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the wall clock that `work` took, and what it gave."""
    began = time.perf_counter()
    given = work()
    return time.perf_counter() - began, given


def measured(count: int, size: int, folder: Path) -> dict[str, Any]:
    """What an archive of `count` articles, added in batches, costs and answers."""
    archive, adding = Archive.create(folder / "archive"), 0.0
    for batch in batches(count, size):
        adding += processor(lambda batch=batch: archive.add(batch))  # type: ignore[misc]
    compacting = processor(archive.compact)
    library = Library(Archive.open(folder / "archive"))
    deriving = processor(library.refresh)
    data = sum(path.stat().st_size for path in (folder / "archive" / "data").iterdir())
    kept = sum(path.stat().st_size for path in (folder / "archive" / "derived").iterdir())
    chance = random.Random(7)
    library.archive.add([article(number, chance) for number in range(count, count + 100)])
    step = processor(library.refresh)
    opening, _ = timed(lambda: Library(Archive.open(folder / "archive")).archive.runs())
    return {
        "articles": count,
        "add_articles_a_core_second": round(count / adding),
        "bytes_an_article": round(data / count),
        "derived_bytes_an_article": round(kept / count),
        "compact_core_seconds": round(compacting, 1),
        "derive_core_seconds": round(deriving, 1),
        "derive_milliseconds_an_article": round(1000 * deriving / count, 2),
        "step_core_seconds": round(step, 1),
        "open_seconds": round(opening, 2),
        "question_seconds": {
            name: round(min(timed(work)[0] for _ in range(3)), 3) for name, work in _questions(library).items()
        },
    }


def _questions(library: Library) -> dict[str, Callable[[], Any]]:
    return {
        "dyad_series": lambda: library.series("USA", "PAK", by="month").arrow(),
        "ledger_open": lambda: library.ledger(source="USA", target="PAK", open=True).arrow(),
        "ledger_show": lambda: library.moves(library.ledger(source="USA", target="PAK").first()["entry"]).arrow(),
        "events_of_dyad": lambda: library.events(source="USA", target="PAK", since="2000-01", until="2000-03").arrow(),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[100_000])
    parser.add_argument("--batch", type=int, default=1000)
    given = parser.parse_args()
    for count in given.articles:
        with tempfile.TemporaryDirectory() as folder:
            told = measured(count, given.batch, Path(folder))
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
