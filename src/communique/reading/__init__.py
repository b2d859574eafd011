"""`Article` → `Document`: sentences, words, tags, dependency tree, mentions.

Enters: an article and a scorer of words (the shipped `Encoder`). Leaves: a document whose every word, sentence and
mention is a stretch of the article's text. Never: a change of the text, knowledge of the world.
"""

from communique.encoder import Scorer
from communique.reading import lemmas, mentions, tokens
from communique.reading.parse import Parse, parse
from communique.records import Article, Document, Sentence, Span, Word

__all__ = ["read"]


def read(article: Article, encoder: Scorer) -> Document:
    """Reads one article; an empty text gives a document without words.

    >>> # "Gates repeated Washington's regret." → words Gates|repeated|Washington|'s|regret|. with arcs and tags
    """
    spans = list(tokens.tokenise(article.text))
    forms = tokens.tokens(article.text, spans)
    windows = list(encoder.score(forms))
    parses: list[Parse] = []
    for window, scores in windows:
        parses += parse(window, scores, forms, encoder.labels)
    words: list[Word] = []
    sentences: list[Sentence] = []
    for number, each in enumerate(parses):
        for place, index in enumerate(range(each.first, each.last)):
            form, upos, xpos = forms[index].form, each.upos[place], each.xpos[place]
            words.append(
                Word(index, spans[index][0], form, lemmas.lemma(form, upos, xpos), upos, xpos, each.heads[place],
                     each.labels[place], number)
            )  # fmt: skip
        span = Span(spans[each.first][0].start, spans[each.last - 1][0].end)
        sentences.append(Sentence(number, each.first, each.last, span, spans[each.first][1]))
    found = mentions.find(windows, parses, words, encoder.labels)
    return Document(article, tuple(words), tuple(sentences), found)
