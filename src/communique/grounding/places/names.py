"""Where a document names places: the reader's mentions and the gazetteer together."""

from collections.abc import Iterator

from communique.grounding import gazetteer as form
from communique.grounding.gazetteer import Gazetteer
from communique.grounding.places.context import abbreviated
from communique.records import Document, Span, Word

# A name outside the reader's place mentions ("Boston police") is believed if it is a country's, a region's or that of a
# town of at least 100,000 people: the gazetteer's size is 25 × log10 of them.
_LARGE = 125
_LONGEST = 5
# Words that end the names of buildings, streets and offices: alone they name nothing, and a name that ends in one and
# is in no gazetteer is no name of a place on the map.
_SITES = frozenset({
    "academy", "airport", "arena", "avenue", "bank", "bar", "boulevard", "bridge", "building", "cafe", "campus",
    "center", "centre", "chapel", "church", "cinema", "city", "clinic", "club", "college", "court",
    "courthouse", "drive", "exit", "field", "freeway", "hall", "highway", "home", "hospital", "hotel", "house",
    "inn", "institute", "interstate", "jail", "lane", "library", "mall", "market", "medical", "metro", "mosque",
    "museum", "office", "park", "parkway", "plaza", "prison", "rectory", "restaurant", "road", "room", "route",
    "school", "shelter", "square", "stadium", "state", "station", "store", "street", "terminal", "theater",
    "theatre", "tower", "town", "trail", "university", "village", "way", "district", "mound", "gate", "star",
    "st", "central", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    "northern", "southern", "eastern", "western", "ocean", "river", "county",
})  # fmt: skip
_JOINING = frozenset({"of", "and", "the", "de", "la", "le", "du", "da", "do", "el", "al", "upon", "on", "'s", "-", "."})


def find(document: Document, *, gazetteer: Gazetteer | None = None) -> tuple[Span, ...]:
    """Spans of place names and nationality adjectives, in order of text, none inside another: longest known names,
    and names of the reader's place mentions that the gazetteer lacks. The document needs words, tags and mentions."""
    known = gazetteer or Gazetteer.load()
    people = _indices(document, "PERSON")
    placed = _indices(document, "LOC", "GPE", "FAC")
    places = {_text(document, mention.head, placed) for mention in document.mentions if mention.head in placed}
    people = {index for index in people if _text(document, index, people) not in places}
    found: list[Span] = []
    index = 0
    while index < len(document.words):
        word = document.words[index]
        last = -1
        if word.form[:1].isupper() and word.upos in ("PROPN", "ADJ", "NOUN"):
            last = _known(document, index, people, placed, known)
            if last < 0 and index in placed and index not in people and word.upos == "PROPN":
                last = max(_proper(document, index, placed))
                last = -1 if document.words[last].form.lower().rstrip(".") in _SITES else last
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
        inside = range(first, last + 1)
        if not words[last].form[:1].isupper() or words[last].sentence != words[first].sentence:
            continue
        if not all(_joins(words[index]) for index in inside):
            continue
        if first == last and words[first].form.lower() in _SITES:
            continue
        name = document.text[words[first].span.start : words[last].span.end]
        if abbreviated(name) is not None and (first == 0 or words[first - 1].form != ",") and first not in placed:
            # "OK", "ID", "ME": a state only after its town or where the reader says so.
            continue
        if _believed(name, known, person=any(i in people for i in inside), placed=all(i in placed for i in inside)):
            return last
    return -1


def _believed(name: str, known: Gazetteer, *, person: bool, placed: bool) -> bool:
    """Whether a known name is a place's here: `placed` if the reader says so, `person` if it says it is somebody."""
    records, hows = known.find(abbreviated(name) or name)
    if not len(records):
        return False
    kinds, sizes = known.kind[records], known.size[records]
    county = (kinds == form.ADMIN2) & (hows == form.OWN) & (" " in name)
    if person:
        # Of what stands in a person's name only nationalities, "U.S." and counties are not of the name.
        return bool((hows == form.ADJECTIVE).any() or county.any() or (len(name) <= 4 and name.isupper()))
    own = (hows == form.OWN) | (hows == form.ADJECTIVE)
    strong = (kinds <= form.ADMIN1) | (kinds == form.REGION) | (sizes >= _LARGE) | county
    return placed or bool((strong & own).any())


def _text(document: Document, index: int, inside: set[int]) -> str:
    """The run of words around the index that lie in the set."""
    first = last = index
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return " ".join(document.words[each].form for each in range(first, last + 1))


def _joins(word: Word) -> bool:
    return word.form[:1].isupper() or word.form.lower() in _JOINING


def _proper(document: Document, first: int, placed: set[int]) -> Iterator[int]:
    """The words from `first` on that belong to the same name of a place mention."""
    index = first
    while index in placed and index < len(document.words) and _joins(document.words[index]):
        yield index
        index += 1
