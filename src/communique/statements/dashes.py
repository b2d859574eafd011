"""Dialogue that dashes open instead of quotation marks, as in much prose from the continent.

Takes a read document, gives :class:`Quotation` records like those of `marks`, so that everything after them is the
same. A dash opens speech at the start of a line, or after the colon of a tag ("He cried: — Stay!"). Speech ends

- before a tag that follows a comma, a stop or another such mark ("— Stay, *he said*. I need you."); after the tag it
  goes on, as a quotation of its own;
- before a sentence that tells instead of speaking: in the past tense, of a third person;
- at the next dash that opens speech, and at the end of the paragraph.

A text is read like this only if it opens speech by dashes at least three times, with two tags, and more often than by
marks: lists in news have dashes too, but nobody says them.
"""

import re

from communique.records import Document, Span, Word
from communique.statements.lexicon import Lexicon
from communique.statements.marks import Quotation

_DASH = re.compile(r"(?:(?:\A|(?<=\n))[ \t]*|(?<=:)[ \t]*)(?P<dash>[—―–]|--)[ \t]*(?=[^\W\d_]|[¡¿…])")
_LEAST, _LEAST_TAGS = 3, 2  # openings and tags of a text that is held to be written with dashes
_STOPS = frozenset({",", ".", "!", "?", "…", "...", ";", ":"})
_ENDS = frozenset({".", "!", "?", "…", "..."})
_NARRATIVE = frozenset({"VBD", "VBN", "VBG"})
_SUBJECT_WORDS = 4  # words that a tag's subject has at most ("*the old man* said")


def dialogue(document: Document, marked: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """The quotations that dashes open, in order of text; none unless the text is written that way.

    `marked` are the quotations by marks; a dash inside one of them, or before a mark, opens nothing.
    """
    openings = [
        Span(match.start("dash"), match.end())
        for match in _DASH.finditer(document.text)
        if not any(each.holds(Span(match.start("dash"), match.end())) for each in marked)
    ]
    if len(openings) < _LEAST or len(openings) <= sum(each.level == 0 for each in marked):
        return ()
    found: list[Quotation] = []
    tags = 0
    starts = [each.start for each in openings]
    first_words = {word.span.start: word.index for word in document.words}
    for place, opening in enumerate(openings):
        first = first_words.get(opening.end)
        if first is None:
            continue
        limit = starts[place + 1] if place + 1 < len(starts) else len(document.text)
        spoken, tagged = _speech(document, first, limit)
        tags += tagged or document.text[: opening.start].rstrip()[-1:] == ":"
        for number, (low, high) in enumerate(spoken):
            part = Span(document.words[low].span.start, document.words[high].span.end)
            outer = Span(opening.start, part.end) if number == 0 else part
            found.append(Quotation((part,), (outer,), 0))
    return tuple(found) if tags >= _LEAST_TAGS else ()


def _speech(document: Document, first: int, limit: int) -> tuple[list[tuple[int, int]], int]:
    """The stretches of speech from the word `first` on, before the offset `limit`, and the number of tags in them."""
    words, paragraph = document.words, document.sentence_of(first).paragraph
    last = first
    while (
        last + 1 < len(words)
        and words[last + 1].span.start < limit
        and document.sentence_of(last + 1).paragraph == paragraph
    ):
        last += 1
    found: list[tuple[int, int]] = []
    tags, begin, index = 0, first, first + 1
    while index <= last:
        end = _tag(document, index, last) if words[index - 1].form in _STOPS else None
        if end is not None:
            tags += 1
            if begin < index:
                found.append((begin, index - 1))
            begin = index = end + 1
            if begin > last or (words[end].form in _ENDS and _tells(document, begin)):
                return found, tags
            index += 1
            continue
        if _opens(document, index) and _tells(document, index):
            last = index - 1
            break
        index += 1
    if begin <= last:
        found.append((begin, last))
    return found, tags


def _tag(document: Document, start: int, last: int) -> int | None:
    """The last word of the tag that begins at the word `start` ("he said gaily ."), with its stop; None for no tag."""
    words = document.words
    verb = next(
        (index for index in range(start, min(start + _SUBJECT_WORDS + 1, last + 1)) if _says(words[index])), None
    )
    if verb is None or any(word.upos in {"VERB", "AUX", "PUNCT", "ADP"} for word in words[start:verb]):
        return None
    if verb == start:
        follower = words[verb + 1] if verb < last else None
        if follower is None or follower.upos not in {"PROPN", "PRON", "DET"} or follower.form.lower() in {"that", "it"}:
            return None
    elif words[start].form.lower() in {"i", "we", "you"} and words[verb].xpos != "VBD":
        return None
    end = verb + 1
    while end <= last and words[end].form not in _STOPS:
        if words[end].form.lower() == "that" and end == verb + 1:
            return None  # a report inside what is said
        end += 1
    if end <= last and words[end].form == "," and words[end + 1 : end + 2] and words[end + 1].xpos in _NARRATIVE:
        while end <= last and words[end].form not in _ENDS:
            end += 1
    return min(end, last)


def _says(word: Word) -> bool:
    if word.upos != "VERB" or word.xpos not in {"VBD", "VBZ", "VBP", "VBN"}:
        return False
    return any(cue.quotes for cue in Lexicon.load().cues.get(("verb", word.lemma.lower()), ()))


def _opens(document: Document, index: int) -> bool:
    return document.sentence_of(index).first == index


def _tells(document: Document, index: int) -> bool:
    """Whether the sentence of a word is told by the writer: a finite verb in the past with a third person as subject,
    and nobody who says "I" or "you"."""
    sentence = document.sentence_of(index)
    inside = document.words[index : sentence.last]
    if any(word.upos == "PRON" and word.form.lower() in {"i", "you", "we", "me", "my", "your"} for word in inside):
        return False
    if inside and inside[-1].form in {"?", "!"}:
        return False
    return any(word.xpos == "VBD" and document.children(word.index, "nsubj") for word in inside[:20])
