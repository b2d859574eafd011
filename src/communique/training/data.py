"""Treebanks and entity sets → gold layers over words.

Read here: UD English EWT (CC BY-SA 4.0) and the openly licensed part of GUM (CC BY 4.0) in CoNLL-U, re3d (open licences
per document) in JSONL. Development and evaluation sets are never read by `training_set`.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique.encoder import Token
from communique.reading import tokens as word_rules
from communique.reading.conllu import documents
from communique.records import Document, Span

KINDS = ("PERSON", "ORG", "LOC", "NORP", "EVENT", "WEAPON", "DATE", "MONEY", "QUANTITY", "OTHER")
GUM_KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": "DATE"}
RE3D_KINDS = {
    "Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP", "Weapon": "WEAPON",
    "MilitaryPlatform": "WEAPON", "Temporal": "DATE", "Money": "MONEY", "Quantity": "QUANTITY",
}  # fmt: skip
_ENTITY = re.compile(r"\((\d+)-([a-z]+)[^()]*|(\d+)\)|\)")


@dataclass(frozen=True)
class GoldSpan:
    """A mention over words `first` to `last` (inclusive), its kind, its head word and its referent's number."""

    first: int
    last: int
    kind: str
    head: int
    referent: int


@dataclass(frozen=True)
class Gold:
    """One document with the layers that its corpus has; indices count words of the document from 0.

    `heads` is -1 for a root. `all_spans` says that every mention is marked, so that unmarked spans are negatives.
    """

    name: str
    tokens: tuple[Token, ...]
    upos: tuple[str, ...] = ()
    xpos: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()
    spans: tuple[GoldSpan, ...] = ()
    all_spans: bool = False
    document: Document | None = field(default=None, compare=False)


def treebank(path: Path) -> Iterator[Gold]:
    """Documents of a CoNLL-U file, with GUM's mentions where the file has them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        content = list(lines)
    entities = list(_entity_columns(content))
    for document, column in zip(documents(content), entities, strict=True):
        words = document.words
        assert len(column) == len(words), document.article.id
        marked = any(column)
        tokens = []
        before = -1
        for word in words:
            paragraph = document.sentences[word.sentence].paragraph
            tokens.append(Token(word.form, word.span.start == before, paragraph))
            before = word.span.end
        yield Gold(
            name=document.article.id,
            tokens=tuple(tokens),
            upos=tuple(word.upos for word in words),
            xpos=tuple(word.xpos for word in words),
            heads=tuple(word.head for word in words),
            labels=tuple(word.label for word in words),
            sentences=tuple(word.sentence for word in words),
            spans=tuple(_gum_spans(column, [word.head for word in words])) if marked else (),
            all_spans=marked,
            document=document,
        )


def re3d(path: Path) -> Iterator[Gold]:
    """Documents of re3d: typed names and descriptions; other mentions are not marked there."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = list(word_rules.tokenise(row["text"]))
            starts = {span.start: index for index, (span, _) in enumerate(words)}
            ends = {span.end: index for index, (span, _) in enumerate(words)}
            spans = []
            for number, entity in enumerate(row["entities"]):
                span, kind = Span(entity["start"], entity["end"]), RE3D_KINDS.get(entity["type"])
                if kind and entity["confidence"] > 0 and span.start in starts and span.end in ends:
                    spans.append(GoldSpan(starts[span.start], ends[span.end], kind, -1, number))
            yield Gold(name=row["id"], tokens=tuple(word_rules.tokens(row["text"], words)), spans=tuple(spans))


def training_set(data: Path) -> list[Gold]:
    """Every document that may train the shipped weights. re3d is held out by fifths: a document trains unless its
    identifier's first hexadecimal digit is 0, 1 or 2."""
    found = list(treebank(data / "treebank/ewt-train.conllu.gz"))
    found += treebank(data / "treebank/gum-train.conllu.gz")
    found += [gold for gold in re3d(data / "entities/re3d.jsonl.gz") if gold.name[0] not in "012"]
    return found


def _entity_columns(lines: list[str]) -> Iterator[list[str]]:
    """Per document, the `Entity` value of every word ("" where there is none)."""
    column: list[str] = []
    for line in lines:
        if line.startswith("# newdoc") and column:
            yield column
            column = []
        elif line[:1].isdigit():
            fields = line.rstrip("\n").split("\t")
            if fields[0].isdigit():
                values = [each[7:] for each in fields[9].split("|") if each.startswith("Entity=")]
                column.append(values[0] if values else "")
    if column:
        yield column


def _gum_spans(column: list[str], heads: list[int]) -> Iterator[GoldSpan]:
    waiting: list[tuple[int, str, int]] = []
    found: list[tuple[int, int, str, int]] = []
    for index, value in enumerate(column):
        last_opened = 0
        for part in _ENTITY.finditer(value):
            if part[1]:
                last_opened = int(part[1])
                waiting.append((last_opened, part[2], index))
                continue
            number = int(part[3]) if part[3] else last_opened
            for place in range(len(waiting) - 1, -1, -1):
                if waiting[place][0] == number:
                    _, kind, first = waiting.pop(place)
                    found.append((first, index, kind, number))
                    break
    for first, last, kind, number in sorted(found):
        inside = range(first, last + 1)
        head = next((each for each in inside if heads[each] < 0 or not first <= heads[each] <= last), first)
        yield GoldSpan(first, last, GUM_KINDS.get(kind, "OTHER"), head, number)
