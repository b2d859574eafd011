"""Words per second per core of each stage of reading, and the ratio of the whole to the encoder's bare forward pass.

    python benchmarks/speed.py [PATH…] [--rounds N]

PATH: articles (default: the bundled dossier). Stages are timed by the processor's time of this process, so that other
work on the machine counts little; the median of the rounds is told. Prints one JSON object.
"""

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from communique import events, grounding, statements
from communique.codebook import Codebook
from communique.encoder import Encoder, Token, Window
from communique.grounding import Registry
from communique.intake import read_paths
from communique.reading import read
from communique.reading.tokens import tokenise, tokens
from communique.records import Article

Result = TypeVar("Result")


def main() -> None:
    """Read the arguments, time the stages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path(str(files("communique.cli") / "dossier"))])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    articles = [each for each in read_paths(arguments.paths) if isinstance(each, Article)]
    print(json.dumps(measure(articles, rounds=arguments.rounds), indent=2))


def measure(articles: Sequence[Article], *, rounds: int) -> dict[str, Any]:
    """Seconds of each stage over all articles, as words per second, and the ratio to the forward pass."""
    loading: dict[str, float] = {}
    encoder = _timed("load encoder", Encoder.load, loading)
    registry = _timed("load registry", Registry.load, loading)
    codebook = _timed("load codebook", Codebook.load, loading)
    forms = [_forms(article) for article in articles]
    words = sum(len(each) for each in forms)
    windows = [window for each in forms for window, _ in encoder.score(each)]
    stages: dict[str, list[float]] = {}
    for _ in range(rounds + 1):
        for name, value in _round(articles, windows, encoder, registry, codebook).items():
            stages.setdefault(name, []).append(value)
    medians = {name: statistics.median(values[1:]) for name, values in stages.items()}  # the first round warms caches
    return {
        "articles": len(articles),
        "words": words,
        "loading_seconds": {name: round(value, 3) for name, value in loading.items()},
        "words_per_second": {name: round(words / value) for name, value in medians.items()},
        "share_of_whole": {name: round(value / medians["whole"], 3) for name, value in medians.items()},
        "whole_to_forward_pass": round(medians["whole"] / medians["forward pass"], 2),
        "milliseconds_per_730_words": round(730_000 * medians["whole"] / words, 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _round(
    articles: Sequence[Article], windows: Sequence[Window], encoder: Encoder, registry: Registry, codebook: Codebook
) -> dict[str, float]:
    seconds: dict[str, float] = {}
    _timed("words", lambda: [_forms(article) for article in articles], seconds)
    _timed("forward pass", lambda: [encoder.run(window) for window in windows], seconds)
    documents = _timed("reading", lambda: [read(article, encoder) for article in articles], seconds)
    grounded = _timed("grounding", lambda: [grounding.ground(each, registry) for each in documents], seconds)
    said = _timed("statements", lambda: [statements.find(each) for each in grounded], seconds)
    pairs = list(zip(grounded, said, strict=True))
    _timed("events", lambda: [events.code(each, some, codebook) for each, some in pairs], seconds)
    seconds["whole"] = sum(seconds[name] for name in ("reading", "grounding", "statements", "events"))
    return seconds


def _forms(article: Article) -> list[Token]:
    return tokens(article.text, list(tokenise(article.text)))


def _timed(name: str, call: Callable[[], Result], seconds: dict[str, float]) -> Result:
    started = time.process_time()
    found = call()
    seconds[name] = time.process_time() - started
    return found


if __name__ == "__main__":
    main()
