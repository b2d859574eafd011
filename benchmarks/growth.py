"""How time and memory grow with the length of an article, 10 to 100,000 words: in proportion, or worse.

    python benchmarks/growth.py [--lengths 10 100 1000 10000 100000]

Each length is coded in a process of its own, after a short article that has everything loaded: seconds of the processor
for the one article, and how much the peak of memory grew. The text is that of the bundled dossier, article after
article, with other names in each round. Prints one JSON object for each length.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

from communique.intake import from_text, read_paths
from communique.pipeline import Coder
from communique.records import Article

_ROUND = ("Zardari", "Crowley", "Malik", "Qureshi", "Basit", "Rasmussen", "Patterson", "Mullen")


def text_of(words: int) -> str:
    """So many words, in paragraphs."""
    dossier = [each for each in read_paths([Path(str(files("communique.cli") / "dossier"))])
               if isinstance(each, Article)]  # fmt: skip
    paragraphs: list[str] = []
    count = turn = 0
    while count < words:
        article = dossier[turn % len(dossier)]
        ending = "" if turn < len(dossier) else chr(97 + turn // len(dossier) % 26) * (1 + turn // len(dossier) // 26)
        for paragraph in article.text.split("\n\n"):
            for name in _ROUND:
                paragraph = paragraph.replace(name, name + ending)
            paragraphs.append(paragraph)
            count += len(paragraph.split())
            if count >= words:
                break
        turn += 1
    cut = count - words
    last = paragraphs[-1].split()
    return "\n\n".join([*paragraphs[:-1], " ".join(last[: len(last) - cut])])


def one(words: int) -> dict[str, float | int]:
    """Seconds and megabytes for one article of this length."""
    coder = Coder.load()
    coder.code(Article("warm", "v", text_of(60), published="2010-10-21"))
    before = _peak()
    began = time.process_time()
    article = from_text(f"A long report\n\nOctober 21, 2010\n\n{text_of(words)}")
    assert isinstance(article, Article), article
    took_intake = time.process_time() - began
    coded = coder.code(article)
    took = time.process_time() - began
    assert not any(each.code == "coding-failed" for each in coded.problems)
    return {
        "words": words, "seconds": round(took, 3), "of_which_intake": round(took_intake, 3),
        "milliseconds_per_1000_words": round(1e6 * took / words, 1), "events": len(coded.events),
        "memory_before_mb": before, "grown_mb": _peak() - before,
    }  # fmt: skip


def _peak() -> int:
    # Of this process alone; ru_maxrss begins with that of the process that started it.
    lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").is_file() else []
    told = next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), None)
    return told if told is not None else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", type=int, nargs="+", default=[10, 100, 1000, 10_000, 100_000])
    parser.add_argument("--here", action="store_true", help="in this process")
    asked = parser.parse_args()
    if asked.here:
        print(json.dumps(one(asked.lengths[0])), flush=True)
    else:
        for length in asked.lengths:
            subprocess.run([sys.executable, __file__, "--here", "--lengths", str(length)], check=True)
