"""Treebanks and entity sets → gold layers over words.

Read here: UD English EWT (CC BY-SA 4.0) and the openly licensed part of GUM (CC BY 4.0) in CoNLL-U, re3d (open licences
per document) in JSONL. Development and evaluation sets are never read by `training_set`.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique.encoder import Token
from communique.reading import tokens as word_rules
from communique.reading.conllu import documents
from communique.records import Document, Span
from communique.scoring.mentions import RE3D_KINDS, entity_columns, gum_mentions

KINDS = ("PERSON", "ORG", "LOC", "NORP", "EVENT", "WEAPON", "DATE", "MONEY", "QUANTITY", "OTHER")


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
    entities = list(entity_columns(content))
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
            spans=tuple(sorted(_gum_spans(document, column), key=lambda each: (each.first, each.last)))
            if marked
            else (),
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


def _gum_spans(document: Document, column: list[str]) -> Iterator[GoldSpan]:
    starts = {word.span.start: word.index for word in reversed(document.words)}
    ends = {word.span.end: word.index for word in document.words}
    for marked in gum_mentions(document, column):
        first, last = starts[marked.span.start], ends[marked.span.end]
        inside = range(first, last + 1)
        head = next((each for each in inside if not first <= document.words[each].head <= last), first)
        yield GoldSpan(first, last, marked.kind, head, int(marked.referent))
