"""How well copies are found that are made of articles as outlets make them, and what folding many articles costs.

    python benchmarks/copies.py found FOLDER [--seed N] [--side tuning|test]
    python benchmarks/copies.py growth [--numbers 10000 100000 1000000]

`found` makes copies of the articles in FOLDER (.txt, title first) by operators that are drawn at random, one to three
for each copy; the operators of `test` are others than those that thresholds were set with. Two texts are a pair when
they are made of one article. `growth` folds invented articles of 400 words, one in four of them a copy, each size in a
process of its own; prints seconds and the peak of memory.
"""

import argparse
import datetime as dt
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from communique.ledger.copies import Text, fold, near

Paragraphs = list[str]
Change = Callable[[Paragraphs, random.Random], Paragraphs]

_BOXES = (
    "Sign up for our morning letter and have the day's news in your inbox before breakfast, free of charge.",
    "Share this story with friends, or write to the newsroom if you know more about it than we do.",
    "Photograph: the square in front of the ministry on the morning of the vote, seen from the old town hall.",
    "Read more: what the agreement means for traders on both sides of the river, and who stands to lose.",
)
_CITIES = ("GENEVA", "NAIROBI", "VIENNA", "JAKARTA", "OTTAWA")
_SWAPS = {
    "said": "stated", "officials": "authorities", "killed": "left dead", "talks": "discussions", "people": "persons",
    "after": "following", "before": "ahead of", "also": "in addition", "but": "yet", "will": "is to", "about": "some",
    "government": "cabinet", "month": "four weeks", "leaders": "heads", "soldiers": "troops", "called": "appealed",
}  # fmt: skip


def cut_tail(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Only the beginning, two thirds to nine tenths of the paragraphs."""
    return text[: max(2, round(len(text) * chance.uniform(0.6, 0.9)))]


def swap_dateline(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Another headline and another dateline."""
    words = text[1].split()[:6]
    return [" ".join(reversed(words)), f"{chance.choice(_CITIES)} (Own report) — {text[1]}", *text[2:]]


def insert_box(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """A box of furniture between two paragraphs."""
    place = chance.randint(1, len(text))
    return [*text[:place], chance.choice(_BOXES), *text[place:]]


def reorder(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Paragraphs after the first two in another order."""
    rest = text[2:]
    chance.shuffle(rest)
    return [*text[:2], *rest]


def rewrite(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Common words by others of the same meaning, some commas gone."""

    def other(match: re.Match[str]) -> str:
        return _SWAPS.get(match.group(), match.group()) if chance.random() < 0.6 else match.group()

    return [re.sub(r"[a-z]+", other, each).replace(",", "" if chance.random() < 0.3 else ",") for each in text]


def cut_middle(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """One paragraph of every three or four gone."""
    gone = chance.randint(3, 4)
    return [each for number, each in enumerate(text) if number % gone != gone - 1]


def drop_sentences(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Some last sentences of paragraphs gone."""
    return [re.sub(r"(?<=[.!?]) [^.!?]+[.!?]$", "", each) if chance.random() < 0.5 else each for each in text]


def retype(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Slips of the keyboard, one in two hundred letters, and quotation marks straightened."""

    def slip(letter: str) -> str:
        return letter + letter if letter.isalpha() and chance.random() < 0.005 else letter

    return ["".join(map(slip, each.translate(str.maketrans("“”’", '""\'')))) for each in text]


def append_background(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """A paragraph of the outlet's own at the end."""
    return [*text, f"The correspondent reported from {chance.choice(_CITIES).title()}. " + chance.choice(_BOXES)]


TUNING: Sequence[Change] = (cut_tail, swap_dateline, insert_box)
TEST: Sequence[Change] = (reorder, rewrite, cut_middle, drop_sentences, retype, append_background)


def found(folder: Path, *, side: str, seed: int) -> dict[str, float | int | str]:
    """Precision, recall and F1 of pairs, per cent."""
    chance = random.Random(seed)
    changes = TUNING if side == "tuning" else TEST
    texts: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.txt")):
        body = [each for each in path.read_text(encoding="utf-8").split("\n\n") if each.strip()]
        if len(body) < 4:
            continue
        texts.append((path.name, "\n\n".join(body)))
        for _ in range(2):
            copy = list(body)
            for change in chance.sample(changes, chance.randint(1, 3)):
                copy = change(copy, chance)
            texts.append((path.name, "\n\n".join(copy)))
    given = {(pair.first, pair.second) for pair, kin in near([text for _, text in texts]) if kin != "partial"}
    gold = {pair for pair in combinations(range(len(texts)), 2) if texts[pair[0]][0] == texts[pair[1]][0]}
    right = len(gold & given)
    return {
        "side": side, "texts": len(texts), "pairs": len(gold), "precision": round(100 * right / max(1, len(given)), 2),
        "recall": round(100 * right / max(1, len(gold)), 2),
        "f1": round(200 * right / max(1, len(gold) + len(given)), 2),
    }  # fmt: skip


def invented(number: int) -> Iterator[Text]:
    """So many articles of some 400 words drawn from 60,000, every fourth a cut copy of one of the fifty before it."""
    words = np.array([f"w{each:x}" for each in range(60_000)], dtype=object)
    draw = np.random.Generator(np.random.PCG64(7))
    recent: list[str] = []
    for each in range(number):
        if each % 4 == 3 and recent:
            text = recent[int(draw.integers(len(recent)))]
            text = text[: len(text) * 3 // 4]
        else:
            # Squares of even chances: few words are common and many are rare, as in language.
            text = " ".join(words[(draw.random(int(draw.integers(200, 600))) ** 2 * 60_000).astype(int)])
            recent = [*recent[-49:], text]
        day = dt.date(2020, 1, 1) + dt.timedelta(days=each * 300 // number)
        yield Text(f"a{each:07}", day, day.isoformat(), text)


def fold_invented(number: int) -> dict[str, float | int]:
    """Seconds and megabytes that folding takes, without those of inventing."""
    began = time.process_time()
    for _ in invented(number):
        pass
    inventing = time.process_time() - began
    stories = fold(invented(number))
    spent = time.process_time() - began - 2 * inventing
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    copies = number - len(stories)
    return {"articles": number, "copies_folded": copies, "cpu_seconds": round(spent, 1), "peak_mb": round(peak)}


def main() -> None:
    """Read the arguments and print JSON objects."""
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    finding = kinds.add_parser("found")
    finding.add_argument("folder", type=Path)
    finding.add_argument("--seed", type=int, default=1)
    finding.add_argument("--side", choices=("tuning", "test"), default="test")
    growing = kinds.add_parser("growth")
    growing.add_argument("--numbers", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    growing.add_argument("--here", action="store_true", help="in this process")
    given = parser.parse_args()
    if given.kind == "found":
        print(json.dumps(found(given.folder, side=given.side, seed=given.seed)))
    elif given.here:
        print(json.dumps(fold_invented(given.numbers[0])), flush=True)
    else:
        for number in given.numbers:
            subprocess.run([sys.executable, __file__, "growth", "--here", "--numbers", str(number)], check=True)


if __name__ == "__main__":
    main()
