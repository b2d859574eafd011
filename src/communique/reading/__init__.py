"""`Article` → `Document`: sentences, words, tags, dependency tree, mentions.

Enters: an article and a scorer of words (the shipped `Encoder`). Leaves: a document whose every word, sentence and
mention is a stretch of the article's text. Never: a change of the text, knowledge of the world.
"""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from communique.encoder import Scorer, Scores, Token, Window
from communique.reading import lemmas, mentions, signs, tokens
from communique.reading.parse import Parse, parse, parse_sentence
from communique.records import Article, Document, Sentence, Span, Word

__all__ = ["read", "reread"]


def read(article: Article, encoder: Scorer, *, vectors: bool = False) -> Document:
    """Reads one article; an empty text gives a document without words. With `vectors`, the document keeps the numbers
    of each word that the heads of acts read (those of its meaning where a model has no such heads).

    >>> # "Gates repeated Washington's regret." → words Gates|repeated|Washington|'s|regret|. with arcs and tags
    """
    spans = list(tokens.tokenise(article.text))
    forms = tokens.tokens(article.text, spans)
    windows = list(encoder.score(forms))
    parses: list[Parse] = []
    for window, scores in windows:
        parses += parse(window, scores, forms, encoder.labels)
    document = _document(article, [span for span, _ in spans], forms, windows, parses, encoder)
    return replace(document, vectors=_vectors(windows)) if vectors else document


def reread(gold: Document, encoder: Scorer) -> Document:
    """Tags, arcs and mentions for the words and sentences of a document that has them by hand: what "gold words" means
    in scores of parsing."""
    forms = tokens.tokens(gold.text, [(word.span, gold.sentences[word.sentence].paragraph) for word in gold.words])
    forms = [Token(word.form, each.glued, each.paragraph) for word, each in zip(gold.words, forms, strict=True)]
    windows = list(encoder.score(forms))
    parses = []
    for window, scores in windows:
        for sentence in gold.sentences:
            first, last = max(sentence.first, window.first), min(sentence.last, window.last)
            if first < last:
                parses.append(parse_sentence(window, scores, first - window.first, last - window.first, encoder.labels))
    return _document(gold.article, [word.span for word in gold.words], forms, windows, parses, encoder)


def _vectors(windows: Sequence[tuple[Window, Scores]]) -> "array[float]":
    """The numbers of all words, in order of text; windows follow each other without gap or overlap."""
    found = array("f")
    for _, scores in windows:
        found.frombytes((scores.meaning if scores.acts is None else scores.acts.act).astype("f4").tobytes())
    return found


def _document(
    article: Article,
    spans: Sequence[Span],
    forms: Sequence[Token],
    windows: Sequence[tuple[Window, Scores]],
    parses: Sequence[Parse],
    encoder: Scorer,
) -> Document:
    words: list[Word] = []
    sentences: list[Sentence] = []
    for number, each in enumerate(parses):
        for place, index in enumerate(range(each.first, each.last)):
            form, upos, xpos = forms[index].form, each.upos[place], each.xpos[place]
            base = lemmas.lemma(form, upos, xpos)
            head, label = each.heads[place], each.labels[place]
            words.append(Word(index, spans[index], form, base, upos, xpos, head, label, number))
        span = Span(spans[each.first].start, spans[each.last - 1].end)
        sentences.append(Sentence(number, each.first, each.last, span, forms[each.first].paragraph))
    found = mentions.find(windows, parses, words, encoder.labels)
    back = mentions.antecedents(windows, sorted(mention.head for mention in found))
    return Document(article, tuple(words), tuple(sentences), found, signs.find(windows, encoder.labels), back)
