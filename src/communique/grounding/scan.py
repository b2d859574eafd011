"""Names in a document that the registry knows, found by their words, whatever the reader took them for."""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.grounding.registry import Entry, Person, Registry
from communique.grounding.titles import fold
from communique.records import Document, Word

# Longest run of words that is tried as one personal name.
_LONGEST_NAME = 6
# Lower-case words inside names.
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "de", "del", "della", "der", "den", "dos", "da", "di", "van", "von", "ul", "ur", "i",
     "e", "y", "la", "le", "ben", "abu", "zu", "ad", "as"}
)  # fmt: skip
_HYPHENS = frozenset({"-", "–"})
_APOSTROPHES = frozenset({"'", "’"})
# Names of parties that are portfolios of ministers too, and the words before which they are.
_PORTFOLIOS = frozenset({"labour", "labor", "justice", "reform", "development", "solidarity", "unity", "progress"})
_WITH_PORTFOLIO = frozenset(
    {"minister", "ministers", "ministry", "secretary", "department", "commissioner", "office", "official", "officials",
     "inspectorate", "union", "unions", "court", "market", "law", "code"}
)  # fmt: skip
# Tags under which a name may come from the reader; verbs and the like by mistake.
_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB", "ADV"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (inclusive) that are a known name; what it may mean: `entries` (states, seats, bodies) or
    `persons` (by full name)."""

    first: int
    last: int
    entries: tuple[Entry, ...] = ()
    persons: tuple[Person, ...] = ()

    @property
    def kind(self) -> str:
        """ "person", or the kind of the first entry."""
        return "person" if self.persons else self.entries[0].kind


def hits(document: Document, registry: Registry) -> list[Hit]:
    """All known names in order of text; where two overlap the longer wins, then the earlier."""
    found: list[Hit] = []
    for sentence in document.sentences:
        words = document.words[sentence.first : sentence.last]
        pieces = [
            (piece, word)
            for word in words
            if word.form not in _HYPHENS and word.form not in _APOSTROPHES
            for piece in fold(word.form).split() or ("",)
        ]
        found.extend(_entries(pieces, registry))
        found.extend(_persons(words, registry))
    found.sort(key=lambda hit: (hit.first - hit.last, hit.first))
    taken: set[int] = set()
    kept = []
    for hit in found:
        covered = range(hit.first, hit.last + 1)
        if not any(index in taken for index in covered):
            taken.update(covered)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def _entries(pieces: list[tuple[str, Word]], registry: Registry) -> Iterator[Hit]:
    for position, (piece, word) in enumerate(pieces):
        if position and pieces[position - 1][1] is word:
            continue
        for known in registry.starting(piece):
            name, end = known.pieces, position + len(known.pieces)
            if end > len(pieces) or any(pieces[position + k][0] != name[k] for k in range(1, len(name))):
                continue
            small = (not each.form[:1].isupper() for _, each in pieces[position + 1 : end])
            if any(low and capital for low, capital in zip(small, known.capitals[1:], strict=True)):
                continue
            last = pieces[end - 1][1]
            if end < len(pieces) and pieces[end][1] is last:
                continue
            stretch = [each for _, each in pieces[position:end]]
            fitting = tuple(entry for entry in known.entries if _written(entry, stretch))
            following = pieces[end][0] if end < len(pieces) else ""
            if name[0] in _PORTFOLIOS and len(name) == 1 and following in _WITH_PORTFOLIO:
                continue  # "Labour Minister": what the minister is for, and not the party
            if fitting and not _inside_name(word, last, pieces, position, end, fitting):
                yield Hit(word.index, last.index, fitting)
                break


def _written(entry: Entry, stretch: list[Word]) -> bool:
    """Whether the words are written as such a name is: capitals where the name has them ("US" is not "us")."""
    form = stretch[0].form
    if entry.exact:
        return len(stretch) > 1 or form.isupper() or (form[:1].isupper() and not entry.name.isupper() and len(form) > 4)
    return form[:1].isupper() or entry.name[:1].islower() or form in ("al", "pro")


def _inside_name(
    word: Word, last: Word, pieces: list[tuple[str, Word]], position: int, end: int, entries: tuple[Entry, ...]
) -> bool:
    """Whether a one-word place name is part of a longer personal name ("Michael Jordan", "Chad Smith")."""
    if word is not last or entries[0].kind not in ("state", "capital"):
        return False
    before = pieces[position - 1][1] if position else None
    after = pieces[end][1] if end < len(pieces) else None
    if before is not None and word.label == "flat" and before.upos == "PROPN" and not before.form.isupper():
        return before.index in (word.head, word.index - 1)
    return after is not None and after.label == "flat" and after.head == word.index and after.upos == "PROPN"


def _persons(words: tuple[Word, ...], registry: Registry) -> Iterator[Hit]:
    start = 0
    while start < len(words):
        if not _namelike(words[start]):
            start += 1
            continue
        end = start + 1
        while end < len(words) and (_namelike(words[end]) or _joins(words, end)):
            end += 1
        found = _longest(words[start:end], registry)
        if found is None:
            start += 1
        else:
            yield found
            start = found.last - words[0].index + 1


def _longest(run: tuple[Word, ...], registry: Registry) -> Hit | None:
    """The longest known name of two or more words at the start of the run (or one word that is a whole name)."""
    for length in range(min(len(run), _LONGEST_NAME + 2), 0, -1):
        if not _namelike(run[length - 1]) and not (length > 2 and run[length - 2].form in _HYPHENS):
            continue
        name = fold(" ".join(word.form for word in run[:length]))
        if " " not in name and length == 1 and len(name) < 4:
            return None
        persons = registry.named(name)
        if persons:
            return Hit(run[0].index, run[length - 1].index, persons=tuple(persons))
    return None


def _namelike(word: Word) -> bool:
    return word.form[:1].isupper() and word.form[:1].isalpha() and word.upos in _NAME_TAGS


def _joins(words: tuple[Word, ...], position: int) -> bool:
    """Whether the word can stand inside a name: a hyphen without blanks, a particle, an initial's full stop."""
    word = words[position]
    if word.form in _HYPHENS:
        return words[position - 1].span.end == word.span.start
    glued = words[position - 1].form in _HYPHENS and words[position - 1].span.end == word.span.start
    return glued or word.form.lower() in _PARTICLES or word.form in (".", "'", "’")
