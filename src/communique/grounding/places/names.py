"""Where a document names places: the reader's mentions and the gazetteer together."""

from collections.abc import Iterator

from communique.grounding import gazetteer as form
from communique.grounding.gazetteer import Gazetteer
from communique.records import Document, Span, Word

# A name outside the reader's place mentions ("Boston police") is believed if it is a country's, a region's or that of a
# town of at least 100,000 people: the gazetteer's size is 25 × log10 of them.
_LARGE = 125
_LONGEST = 5
_JOINING = frozenset({"of", "and", "the", "de", "la", "le", "du", "da", "do", "el", "al", "upon", "on", "'s", "-", "."})


def find(document: Document, *, gazetteer: Gazetteer | None = None) -> tuple[Span, ...]:
    """Spans of place names and nationality adjectives, in order of text, none inside another: longest known names,
    and names of the reader's place mentions that the gazetteer lacks. The document needs words, tags and mentions."""
    known = gazetteer or Gazetteer.load()
    people = _indices(document, "PERSON")
    placed = _indices(document, "LOC", "GPE", "FAC")
    found: list[Span] = []
    index = 0
    while index < len(document.words):
        word = document.words[index]
        last = -1
        if word.form[:1].isupper() and index not in people and word.upos in ("PROPN", "ADJ", "NOUN"):
            last = _known(document, index, people, placed, known)
            if last < 0 and index in placed and word.upos == "PROPN":
                last = max(_proper(document, index, placed))
        if last >= 0:
            found.append(Span(word.span.start, document.words[last].span.end))
            index = last
        index += 1
    return tuple(found)


def _indices(document: Document, *kinds: str) -> set[int]:
    """Words of the names in mentions of the kinds: the run of proper nouns around each head."""
    found: set[int] = set()
    for mention in document.mentions:
        if mention.kind in kinds and document.words[mention.head].upos in ("PROPN", "ADJ"):
            for step in (-1, 1):
                index = mention.head
                while 0 <= index < len(document.words) and _named(document.words[index], mention.span):
                    found.add(index)
                    index += step
    return found


def _named(word: Word, span: Span) -> bool:
    return span.contains(word.span) and (word.upos in ("PROPN", "ADJ", "NUM") or word.form.lower() in _JOINING)


def _known(document: Document, first: int, people: set[int], placed: set[int], known: Gazetteer) -> int:
    """The last word of the longest name from `first` on that the gazetteer has and that is believed, or -1."""
    words = document.words
    for last in range(min(first + _LONGEST, len(words)) - 1, first - 1, -1):
        if not words[last].form[:1].isupper() or words[last].sentence != words[first].sentence:
            continue
        inside = range(first, last + 1)
        if any(index in people or not _joins(words[index]) for index in inside):
            continue
        records, hows = known.find(document.text[words[first].span.start : words[last].span.end])
        if not len(records):
            continue
        kinds, sizes = known.kind[records], known.size[records]
        strong = (kinds <= form.ADMIN1) | (kinds == form.REGION) | (sizes >= _LARGE)
        if all(index in placed for index in inside) or bool(
            (strong & (hows != form.OTHER) & (hows != form.SHORT)).any()
        ):
            return last
    return -1


def _joins(word: Word) -> bool:
    return word.form[:1].isupper() or word.form.lower() in _JOINING


def _proper(document: Document, first: int, placed: set[int]) -> Iterator[int]:
    """The words from `first` on that belong to the same name of a place mention."""
    index = first
    while index in placed and index < len(document.words) and _joins(document.words[index]):
        yield index
        index += 1
