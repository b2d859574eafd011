"""Small hand-made documents for tests: a few columns per word instead of a trained reader.

    document('''
    Obama/PROPN/NNP 2 nsubj PERSON
    met/VERB/VBD/meet 0 root
    Karzai/PROPN/NNP 2 obj PERSON
    ./PUNCT/. 2 punct
    ''', published="2010-10-21")

Each line is `form/UPOS[/XPOS[/lemma]] head label [KIND[=first:last]]`; heads count words of the sentence from 1, and 0
is the root. A kind makes the word head a mention; `first:last` are the first and last word of its span (counted alike,
inclusive), by default the word with everything below it except clauses, appositions, coordination and edge punctuation.
A line of `--` ends a sentence, a blank line inside ends a paragraph. `~` before a form glues it to the word before; `_`
in a form stands for itself. Words that are punctuation are glued unless they open a bracket or quotation.
"""

from collections.abc import Sequence
from typing import cast

from communique.records import Article, Document, Kind, Mention, Sentence, Span, Word

_OUTSIDE = frozenset({"acl", "acl:relcl", "appos", "conj", "cc", "parataxis", "advcl", "dep", "case", "cop", "mark",
                      "nsubj", "advmod", "obl", "aux", "csubj", "ccomp", "expl"})  # fmt: skip
_GLUED = frozenset({".", ",", ";", ":", "?", "!", ")", "]", "”", "'s", "’s", "n't", "%"})
_OPENERS = frozenset({"(", "[", "“", "$"})


def document(
    rows: str, *, published: str | None = None, title: str | None = None, outlet: str | None = None
) -> Document:
    """The document that `rows` describe (form in the module's text); raises `ValueError` on a malformed line."""
    text, words, sentences, marks = "", list[Word](), list[Sentence](), list[tuple[int, str]]()
    paragraph = 0
    for number, (block, new_paragraph) in enumerate(_sentences(rows)):
        paragraph += 1 if new_paragraph and number else 0
        first = len(words)
        gap = "" if not number else "\n\n" if new_paragraph else " "
        for place, row in enumerate(block):
            fields = row.split()
            if len(fields) not in (3, 4):
                raise ValueError(f"a row has 3 or 4 fields, found {row!r}")
            form, upos, xpos, lemma, glued = _token(fields[0], text)
            text += gap if not place else "" if glued else " "
            span = Span(len(text), len(text) + len(form))
            text += form
            head = int(fields[1])
            index = len(words)
            words.append(
                Word(index, span, form, lemma, upos, xpos, first + head - 1 if head else -1, fields[2], number)
            )
            if len(fields) == 4:
                marks.append((index, fields[3]))
        sentences.append(
            Sentence(number, first, len(words), Span(words[first].span.start, words[-1].span.end), paragraph)
        )
    article = Article(id="test", version="test", text=text, title=title, outlet=outlet, published=published)
    bare = Document(article, tuple(words), tuple(sentences))
    found = sorted((_mention_span(bare, index, mark), index, mark.partition("=")[0]) for index, mark in marks)
    found.sort(key=lambda each: (each[0].start, -each[0].end))
    mentions = tuple(Mention(f"m{n}", span, cast(Kind, kind), index) for n, (span, index, kind) in enumerate(found))
    return Document(article, tuple(words), tuple(sentences), mentions)


def mention(document: Document, text: str, occurrence: int = 0) -> Mention:
    """The `occurrence`-th mention (from 0) whose words are `text`; raises `LookupError` if there is none."""
    found = [each for each in document.mentions if each.span.of(document.text) == text]
    if occurrence >= len(found):
        held = [each.span.of(document.text) for each in document.mentions]
        raise LookupError(f"no mention {text!r} number {occurrence}; there are {held}")
    return found[occurrence]


def _sentences(rows: str) -> list[tuple[Sequence[str], bool]]:
    found: list[tuple[Sequence[str], bool]] = []
    block: list[str] = []
    new_paragraph = True
    for line in [*rows.strip().splitlines(), "--"]:
        line = line.strip()
        if line and line != "--":
            block.append(line)
            continue
        if block:
            found.append((tuple(block), new_paragraph))
            block, new_paragraph = [], False
        if not line:
            new_paragraph = True
    return found


def _token(field: str, text: str) -> tuple[str, str, str, str, bool]:
    glued = field.startswith("~")
    parts = field.lstrip("~").rsplit("/", field.count("/")) if field.count("/") else [field]
    form = parts[0]
    upos = parts[1] if len(parts) > 1 else "X"
    xpos = parts[2] if len(parts) > 2 else upos
    lemma = parts[3] if len(parts) > 3 else form if upos == "PROPN" else form.lower()
    glued = glued or form in _GLUED or (text != "" and text[-1] in _OPENERS)
    return form, upos, xpos, lemma, glued


def _mention_span(bare: Document, index: int, mark: str) -> Span:
    sentence = bare.sentence_of(index)
    bounds = mark.partition("=")[2]
    if bounds:
        low, _, high = bounds.partition(":")
        first, last = sentence.first + int(low) - 1, sentence.first + int(high or low) - 1
        return Span(bare.words[first].span.start, bare.words[last].span.end)
    inside = [index]
    for child in bare.children(index):
        if child.label not in _OUTSIDE and child.label.split(":")[0] != "punct":
            inside.extend(bare.subtree(child.index))
    return bare.span_of(inside)
