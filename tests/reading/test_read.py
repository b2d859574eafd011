"""Whatever the scores, a document is whole: its words, sentences, trees and mentions keep their promises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.reading import read
from communique.records import Article, Document
from tests.fake_encoder import FakeEncoder

TEXTS = st.lists(
    st.sampled_from(
        ["Gates", "met", "Kayani", "in", "Islamabad", ".", "“We", "don't", "agree,”", "he", "said", "\n\n", "U.S.", "—",
         "US-led", "3.5", "O'Neill", "?", "(", "…", "naïve", "中", "\u0301"]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


def document(text: str) -> Document:
    return read(Article("a", "v", text), FakeEncoder())


@given(TEXTS | st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_a_document_is_whole(text: str) -> None:
    found = document(text)
    for word in found.words:
        assert word.span.of(text) == word.form
        assert word.form
        assert not word.form[0].isspace()
    assert [word.index for word in found.words] == list(range(len(found.words)))
    ends = [word.span.end for word in found.words]
    assert all(end <= word.span.start for end, word in zip(ends, found.words[1:], strict=False))
    for sentence in found.sentences:
        words = found.sentence_words(sentence)
        assert [word.head for word in words].count(-1) == 1
        root = next(word for word in words if word.head < 0)
        assert found.subtree(root.index) == [word.index for word in words]
        assert "\n\n" not in sentence.span.of(text).replace("\r", "")
    heads = [mention.head for mention in found.mentions]
    assert len(heads) == len(set(heads))
    for mention in found.mentions:
        assert mention.span.contains(found.words[mention.head].span)
    order = [(mention.span.start, -mention.span.end) for mention in found.mentions]
    assert order == sorted(order)


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_every_character_that_is_no_space_stands_in_a_word(text: str) -> None:
    found = document(text)
    covered = {place for word in found.words for place in range(word.span.start, word.span.end)}
    assert all(place in covered or character.isspace() for place, character in enumerate(text))


def test_an_empty_text_gives_an_empty_document() -> None:
    found = document("")
    assert found.words == ()
    assert found.sentences == ()
    assert found.mentions == ()
