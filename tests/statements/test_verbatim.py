"""Verbatim safety on random text and trees: what stands inside marks comes out whole, and only that is direct."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.grounding import Grounding
from communique.records import Article, Document, Mention, Sentence, Span, Word
from communique.statements import find, scan

_PIECES = st.sampled_from(
    ["Doe", "said", "that", "told", "reporters", "we", "failed", "raid", "called", "for", "“", "”", '"', "'", "’s", ",",
     ".", "?", ":", "\n\n", "he", "adding", "according", "to", "—", "the", "claim", "denied"]
)  # fmt: skip
_TAGS = {"said": ("VERB", "VBD", "say"), "told": ("VERB", "VBD", "tell"), "failed": ("VERB", "VBD", "fail"),
         "called": ("VERB", "VBD", "call"), "adding": ("VERB", "VBG", "add"), "denied": ("VERB", "VBD", "deny"),
         "claim": ("NOUN", "NN", "claim"), "raid": ("NOUN", "NN", "raid"), "reporters": ("NOUN", "NNS", "reporter"),
         "Doe": ("PROPN", "NNP", "Doe"), "he": ("PRON", "PRP", "he"), "we": ("PRON", "PRP", "we")}  # fmt: skip
_LABELS = ("nsubj", "ccomp", "parataxis", "obj", "obl", "advcl", "conj", "punct", "mark", "case", "nmod:poss", "acl")


def build(pieces: list[str], choices: list[int]) -> Grounding:
    """A document over the pieces: sentences end at stops and paragraphs, arcs go to an earlier or the first word."""
    text = re.sub(r" ([,.?:”’])", r"\1", " ".join(pieces)).strip()
    words: list[Word] = []
    sentences: list[Sentence] = []
    paragraph, first = 0, 0
    tokens = list(re.finditer(r"\n\n|\w+|[^\w\s]", text))
    for number, token in enumerate(tokens):
        if token[0] != "\n\n":
            upos, xpos, lemma = _TAGS.get(
                token[0], ("X", "FW", token[0]) if token[0].isalnum() else ("PUNCT", ".", ".")
            )
            choice = choices[number % len(choices)]
            head = -1 if len(words) == first else first + choice % (len(words) - first)
            label = "root" if head < 0 else _LABELS[choice % len(_LABELS)]
            words.append(
                Word(len(words), Span(*token.span()), token[0], lemma, upos, xpos, head, label, len(sentences))
            )
        ends = token[0] in {".", "?", "\n\n"} or number == len(tokens) - 1
        if ends and len(words) > first:
            span = Span(words[first].span.start, words[-1].span.end)
            sentences.append(Sentence(len(sentences), first, len(words), span, paragraph))
            first = len(words)
        paragraph += token[0] == "\n\n"
    mentions = tuple(
        Mention(f"m{word.index}", word.span, "PRONOUN" if word.upos == "PRON" else "PERSON", word.index)
        for word in words
        if word.upos in {"NOUN", "PROPN", "PRON"}
    )
    return Grounding(Document(Article("r", "r", text), tuple(words), tuple(sentences), mentions))


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=40), st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_direct_content_is_quoted_and_quoted_content_is_whole(pieces: list[str], choices: list[int]) -> None:
    grounding = build(pieces, choices)
    text = grounding.document.text
    quotations = scan(text)
    for statement in find(grounding):
        assert statement.content
        assert list(statement.content) == sorted(statement.content)
        for span in statement.content:
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
            turn = statement.cue is not None and statement.cue.of(text) == ":"
            if statement.form == "direct" and not turn:
                parts = [part for each in quotations for part in each.parts if part.contains(span)]
                assert parts, "direct content must lie between marks"
                # What is left out of the part is nothing but blanks and the comma of the reporting sentence.
                inmost = min(parts, key=len)
                assert text[inmost.start : span.start].strip() == ""
                assert text[span.end : inmost.end].strip() in {"", ","}


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=40), st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_same_input_same_statements(pieces: list[str], choices: list[int]) -> None:
    assert find(build(pieces, choices)) == find(build(pieces, choices))
