"""Peak memory of coding many articles in one process.

    python benchmarks/memory.py [--articles N]

The articles are those of the bundled dossier again and again, with new names in each, so that nothing that is kept by
word or by name stays small by repetition. Prints one JSON object; memory in MB.
"""

import argparse
import dataclasses
import json
import re
import resource
import time
import zlib
from importlib.resources import files
from pathlib import Path

from communique.intake import read_paths
from communique.pipeline import Coder
from communique.records import Article

_NAME = re.compile(r"\b(?!The\b|In\b|On\b|He\b|It\b)[A-Z][a-z]{5,}\b")


def main() -> None:
    """Code the articles and tell the peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    dossier = [
        each for each in read_paths([Path(str(files("communique.cli") / "dossier"))]) if isinstance(each, Article)
    ]
    coder = Coder.load()
    coder.code(dossier[0])
    first = _peak()
    started, words = time.process_time(), 0
    for number in range(count):
        article = _renamed(dossier[number % len(dossier)], number)
        words += len(article.text.split())
        coder.code(article)
    seconds = time.process_time() - started
    told = {"articles": count, "words": words, "seconds": round(seconds, 1), "after_one_mb": first, "peak_mb": _peak()}
    print(json.dumps(told, indent=2))


def _renamed(article: Article, number: int) -> Article:
    ending = "".join(chr(97 + int(digit)) for digit in str(number))
    text = _NAME.sub(
        lambda match: match[0] + ending if zlib.crc32(f"{match[0]}{number}".encode()) % 3 == 0 else match[0],
        article.text,
    )
    return dataclasses.replace(article, id=f"{article.id}-{number}", text=text)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
