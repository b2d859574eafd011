"""Copied words: eight-word sequences that an article shares with another article or with foreign texts."""

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.corpus.annotation import AnnotatedArticle

LENGTH = 8
_WORD = re.compile(r"\w+")
# Our own rows are taken into the corpus after review, so they are no foreign text; pages are guides and blogs with
# tables of names, and are read with the rest all the same.
_OWN = ("own-rows.jsonl",)


def sequences(text: str) -> Iterator[str]:
    """All sequences of eight words of the text, lower-case, punctuation left out."""
    words = _WORD.findall(text.lower())
    for start in range(len(words) - LENGTH + 1):
        yield " ".join(words[start : start + LENGTH])


def shared(texts: Mapping[str, str], others: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Triples (id, other id, eight words) for every text that shares a sequence with another one of a different id."""
    homes: dict[str, list[str]] = {}
    for name, text in others.items():
        for sequence in set(sequences(text)):
            homes.setdefault(sequence, []).append(name)
    found: dict[tuple[str, str], str] = {}
    for name, text in texts.items():
        for sequence in dict.fromkeys(sequences(text)):
            for home in homes.get(sequence, ()):
                if home != name:
                    found.setdefault((name, home), sequence)
    return [(name, home, sequence) for (name, home), sequence in found.items()]


def foreign(articles: Iterable[AnnotatedArticle], folder: Path) -> list[tuple[str, str, str]]:
    """Triples (article id, file of `folder`, eight words) for every sequence that stands in a text below `folder`."""
    ours: dict[str, str] = {}
    for article in articles:
        for sequence in sequences(article.text):
            ours.setdefault(sequence, article.id)
    return foreign_sequences(ours, folder)


def foreign_sequences(ours: Mapping[str, str], folder: Path) -> list[tuple[str, str, str]]:
    """Triples (id, file, eight words) for sequences (mapped to their ids in `ours`) that stand below `folder`."""
    known = {word for sequence in ours for word in sequence.split()}
    openings = {sequence[: sequence.index(" ")] for sequence in ours}
    found: dict[tuple[str, str], str] = {}
    for path in sorted(folder.rglob("*")):
        if path.name in _OWN or not path.is_file():
            continue
        for text in _texts(path):
            for sequence in _candidates(text, known, openings):
                home = ours.get(sequence)
                if home is not None:
                    found.setdefault((home, str(path.relative_to(folder))), sequence)
    return [(home, name, sequence) for (home, name), sequence in found.items()]


def _candidates(text: str, known: set[str], openings: set[str]) -> Iterator[str]:
    """Sequences all of whose words the corpus knows; joining only those keeps a pass over all data short."""
    words = _WORD.findall(text.lower())
    run = 0
    for index, word in enumerate(words):
        run = run + 1 if word in known else 0
        start = index - LENGTH + 1
        if run >= LENGTH and words[start] in openings:
            yield " ".join(words[start : index + 1])


def _texts(path: Path) -> Iterator[str]:
    name = path.name.removesuffix(".gz")
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = raw.decode("utf-8", errors="replace")
    if name.endswith(".jsonl"):
        for line in text.split("\n"):
            yield from _strings(json.loads(line)) if line.strip() else ()
    elif name.endswith(".conllu"):
        yield " ".join(each[len("# text = ") :] for each in text.splitlines() if each.startswith("# text = "))
    elif name.endswith((".tsv", ".csv")):
        dialect = "\t" if name.endswith(".tsv") else ","
        csv.field_size_limit(1 << 24)
        yield from (cell for row in csv.reader(text.splitlines(), delimiter=dialect) for cell in row if " " in cell)
    elif name.endswith(".html"):
        yield re.sub(r"<[^>]*>", " ", text)
    else:
        yield text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.count(" ") >= LENGTH - 1:
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
