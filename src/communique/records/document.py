"""`Document`: an article read; sentences, words with tags and dependency arcs, mentions."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from communique.records.article import Article
from communique.records.mention import Mention
from communique.records.sign import Sign
from communique.records.span import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word after Universal Dependencies for English.

    `index` counts words of the document from 0; `span` are its characters; `form` their text; `lemma` lower-case
    except for proper nouns; `upos` the universal tag; `xpos` the Penn tag; `head` the index of the governing word
    *in the document* or -1 for a root; `label` the dependency label ("nsubj:pass"); `sentence` counts from 0.
    """

    index: int
    span: Span
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    label: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words `first` (inclusive) to `last` (exclusive) of the document, in paragraph number `paragraph`."""

    index: int
    first: int
    last: int
    span: Span
    paragraph: int


@dataclass(frozen=True)
class Document:
    """The one owner of an article's text; everything else points into it by index or :class:`Span`.

    Words are in order of text, a sentence never crosses a paragraph, every arc stays in its sentence and the arcs of a
    sentence form one tree. `mentions` are in order of start, longer first where they begin together, and may nest; each
    has a head word of its own, and every noun, name and personal pronoun that heads a phrase heads a mention. `signs`
    are what the model says of words that may tell of acts, in order of text; None where it has no heads that say so.
    `antecedents` is what it says of where mentions point back: head word of a mention → head word of an earlier one →
    log odds against pointing to none. `vectors` are the model's numbers for each word, one word after the other, all of
    one length; empty unless they were asked for.
    """

    article: Article
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    signs: tuple[Sign, ...] | None = None
    antecedents: Mapping[int, Mapping[int, float]] = field(default_factory=dict, repr=False, compare=False)
    vectors: "array[float]" = field(default_factory=lambda: array("f"), repr=False, compare=False)
    _children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    _bases: tuple[str, ...] = field(init=False, repr=False, compare=False)  # labels without their subtypes
    _mention_at: dict[int, Mention] = field(init=False, repr=False, compare=False)
    _sign_at: dict[int, Sign] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                children[word.head].append(word.index)
        object.__setattr__(self, "_children", tuple(tuple(each) for each in children))
        object.__setattr__(self, "_bases", tuple(word.label.partition(":")[0] for word in self.words))
        object.__setattr__(self, "_mention_at", {mention.head: mention for mention in self.mentions})
        object.__setattr__(self, "_sign_at", {sign.word: sign for sign in self.signs or ()})

    def with_mentions(self, mentions: tuple[Mention, ...]) -> "Document":
        """The same words and sentences with other mentions (in the order that the class asks for)."""
        other = object.__new__(Document)
        other.__dict__.update(self.__dict__)
        object.__setattr__(other, "mentions", mentions)
        object.__setattr__(other, "_mention_at", {mention.head: mention for mention in mentions})
        return other

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def children(self, index: int, *labels: str) -> list[Word]:
        """Dependents of the word, in order of text; with `labels`, those whose label is one of them or a subtype
        of one ("nsubj" also finds "nsubj:pass")."""
        words, below = self.words, self._children[index]
        if not labels:
            return [words[child] for child in below]
        bases = self._bases
        return [words[child] for child in below if bases[child] in labels or words[child].label in labels]

    def mention_at(self, index: int) -> Mention | None:
        """The mention whose head is the word with this index, if any."""
        return self._mention_at.get(index)

    def head(self, word: Word) -> Word | None:
        """The governing word, or None for a root."""
        return None if word.head < 0 else self.words[word.head]

    def sign_at(self, index: int) -> Sign | None:
        """What the model says of the word with this index, if anything."""
        return self._sign_at.get(index)

    def subtree(self, index: int) -> list[int]:
        """Indices of the word and all that hangs from it, in order of text."""
        found, waiting = [], [index]
        while waiting:
            current = waiting.pop()
            found.append(current)
            waiting.extend(self._children[current])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[Word]:
        """The chain of governors of the word, nearest first."""
        head = self.words[index].head
        while head >= 0:
            yield self.words[head]
            head = self.words[head].head

    def sentence_words(self, sentence: Sentence) -> tuple[Word, ...]:
        """The words of the sentence."""
        return self.words[sentence.first : sentence.last]

    def sentence_of(self, index: int) -> Sentence:
        """The sentence in which the word stands."""
        return self.sentences[self.words[index].sentence]

    def span_of(self, indices: list[int]) -> Span:
        """The shortest span over the words given."""
        return Span(self.words[min(indices)].span.start, self.words[max(indices)].span.end)

    def words_in(self, span: Span) -> list[Word]:
        """Words that overlap the span, in order of text."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].span.end <= span.start:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(self.words) and self.words[low].span.start < span.end:
            found.append(self.words[low])
            low += 1
        return found
