"""`Article` → `Document`: sentences, words, tags, dependency tree, mentions.

Enters: an article and a scorer of words (the shipped `Encoder`). Leaves: a document whose every word, sentence and
mention is a stretch of the article's text. Never: a change of the text, knowledge of the world.
"""

from array import array
from collections.abc import Sequence

from communique.encoder import Labels, Scorer, Scores, Token, Window
from communique.reading import lemmas, mentions, signs, tokens
from communique.reading.parse import Parse, parse, parse_sentence
from communique.records import Article, Document, Sentence, Sign, Span, Word

__all__ = ["read", "reread"]


def read(article: Article, encoder: Scorer, *, vectors: bool = False) -> Document:
    """Reads one article; an empty text gives a document without words. With `vectors`, the document keeps the numbers
    of each word that the heads of acts read (those of its meaning where a model has no such heads).

    >>> # "Gates repeated Washington's regret." → words Gates|repeated|Washington|'s|regret|. with arcs and tags
    """
    spans = list(tokens.tokenise(article.text))
    forms = tokens.tokens(article.text, spans)
    seen = _Seen(encoder.labels, vectors=vectors)
    for window, scores in encoder.score(forms):
        seen.take(window, scores, parse(window, scores, forms, encoder.labels))
    return _document(article, [span for span, _ in spans], forms, seen)


def reread(gold: Document, encoder: Scorer) -> Document:
    """Tags, arcs and mentions for the words and sentences of a document that has them by hand: what "gold words" means
    in scores of parsing."""
    forms = tokens.tokens(gold.text, [(word.span, gold.sentences[word.sentence].paragraph) for word in gold.words])
    forms = [Token(word.form, each.glued, each.paragraph) for word, each in zip(gold.words, forms, strict=True)]
    seen = _Seen(encoder.labels)
    for window, scores in encoder.score(forms):
        parses = []
        for sentence in gold.sentences:
            first, last = max(sentence.first, window.first), min(sentence.last, window.last)
            if first < last:
                parses.append(parse_sentence(window, scores, first - window.first, last - window.first, encoder.labels))
        seen.take(window, scores, parses)
    return _document(gold.article, [word.span for word in gold.words], forms, seen)


class _Seen:
    """What is kept of the windows as they go by, in order of text: of a long article the tables of arcs and of links
    are far too large."""

    def __init__(self, labels: Labels, *, vectors: bool = False) -> None:
        self.labels = labels
        self.parses: list[Parse] = []
        self.signs: list[Sign] = []
        self.windows: list[tuple[Window, Scores]] = []  # for the mentions, which need the words of all windows
        self.vectors = array("f")  # windows follow each other without gap or overlap
        self._wanted = vectors

    def take(self, window: Window, scores: Scores, parses: Sequence[Parse]) -> None:
        """One window with its sentences."""
        self.parses += parses
        if scores.acts is not None:
            self.signs += signs.find(window, scores.acts, self.labels)
        if self._wanted:
            read = scores.meaning if scores.acts is None else scores.acts.act
            self.vectors.frombytes(read.astype("f4").tobytes())
        self.windows.append((window, scores.for_mentions()))


def _document(article: Article, spans: Sequence[Span], forms: Sequence[Token], seen: _Seen) -> Document:
    words: list[Word] = []
    sentences: list[Sentence] = []
    for number, each in enumerate(seen.parses):
        for place, index in enumerate(range(each.first, each.last)):
            form, upos, xpos = forms[index].form, each.upos[place], each.xpos[place]
            base = lemmas.lemma(form, upos, xpos)
            head, label = each.heads[place], each.labels[place]
            words.append(Word(index, spans[index], form, base, upos, xpos, head, label, number))
        span = Span(spans[each.first].start, spans[each.last - 1].end)
        sentences.append(Sentence(number, each.first, each.last, span, forms[each.first].paragraph))
    found = mentions.find(seen.windows, seen.parses, words, seen.labels)
    back = mentions.antecedents(seen.windows, sorted(mention.head for mention in found))
    told = tuple(seen.signs) if seen.labels.act_type else None
    return Document(article, tuple(words), tuple(sentences), found, told, back, seen.vectors)
