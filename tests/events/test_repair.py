"""Mended trees are trees, whatever the reader said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.events.repair import repaired
from communique.records import Article, Document, Sentence, Span, Word

LABELS = st.sampled_from(["nsubj", "obj", "iobj", "flat", "compound", "conj", "xcomp", "advcl", "obl"])
TAGS = st.sampled_from(
    [("VERB", "VBD"), ("VERB", "VB"), ("VERB", "VBG"), ("PROPN", "NNP"), ("NOUN", "NN"), ("CCONJ", "CC")]
)
LEMMAS = st.sampled_from(["ask", "say", "meet", "urge", "Gates", "leader", "and", "act"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    count = draw(st.integers(1, 10))
    order = draw(st.permutations(range(count)))  # a word hangs on one that stands before it here
    heads = {word: order[draw(st.integers(0, place - 1))] if place else -1 for place, word in enumerate(order)}
    words = []
    for index in range(count):
        lemma, (upos, xpos) = draw(LEMMAS), draw(TAGS)
        label = draw(LABELS) if heads[index] >= 0 else "root"
        words.append(Word(index, Span(2 * index, 2 * index + 1), "x", lemma, upos, xpos, heads[index], label, 0))
    text = " ".join("x" * count)
    sentence = Sentence(0, 0, count, Span(0, len(text)), 0)
    return Document(Article("a", "v", text), tuple(words), (sentence,))


@given(documents())
@settings(max_examples=300, deadline=None)
def test_a_mended_tree_is_a_tree(document: Document) -> None:
    found = repaired(document)
    assert [word.head for word in found.words].count(-1) == 1
    for word in found.words:
        above, steps = word.head, 0
        while above >= 0:
            above, steps = found.words[above].head, steps + 1
            assert steps <= len(found.words)
