"""A user's own event types, told apart by their examples: one linear head, fitted when the codebook is loaded.

What enters are the marked sentences of a user's file and a scorer of words; what leaves is an `OwnHead`, which finds
the words of a document that tell of an act of these types. The head is ridge regression on three vectors of each word
that may tell of an act: its own, the mean of the words that hang from it (nearer ones count more), and the mean of its
sentence; "sold dollars" and "sold bonds" differ in the second. Positive words are those between the asterisks; the
marked words of `others` are the strongest negatives; all other words of the file, of our own types' examples and of
some paragraphs of everyday news are the background.

Leave-one-out scores come exactly from the same solution, without fitting anew (Allen's PRESS for blocks of rows: the
residuals of a sentence are divided by what the fit owes to that sentence). A sentence is left out with its twins:
people write an example and its near miss about one scene, and each would be judged by the other. The scores set the
threshold of each type and are what `communique codebook try` shows. Nothing is random, nothing needs torch.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from communique.codebook import Marked, OwnType, OwnTypes
from communique.encoder import Scorer
from communique.reading import read
from communique.records import Article, Document

Table = NDArray[np.float64]

OWN = "own"  # the origin of a predicate that a user's head found
_TELLING = frozenset({"VERB", "NOUN", "ADJ"})
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "NUM", "SYM"})
_MODIFIERS = frozenset({"compound", "amod", "flat", "nmod:desc"})  # "the eviction notice" is no eviction
_OUTSIDE = frozenset({"conj", "cc", "punct", "parataxis"})
_DEPTH = 3  # arcs below a word within which words say what it is about
# Weights of rows: marked words of examples; other words of the file; marked words of `others`; everyday news. And the
# strength of the ridge. Set on four invented types (docs/examples/four-types.yaml) by their F1 and by how many words of
# invented articles that hold none of the types pass the threshold.
_POSITIVE, _BESIDE, _NEAR, _NEWS = 40.0, 1.0, 8.0, 1.0
_RIDGE = 300.0
# A dozen examples set a threshold badly; it is drawn half way to the value that was best over types.
_USUAL = 0.4
_TWIN = 0.4  # share of words from which two sentences are about one scene
_STEEPNESS = 6.0  # from score above the threshold (1 is a sure one) to log-odds
_NEAR_ARCS = 2  # two words of one sentence within so many arcs tell of one act ("paid the ransom")


@dataclass(frozen=True, slots=True)
class Finding:
    """A word that tells of an act of a user's type: with which probability (0 to 1), which example is nearest to it,
    and how alike they are (cosine, -1 to 1)."""

    word: int
    type: str
    probability: float
    example: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Trial:
    """How a sentence of the file is coded by the head fitted without it: `found` is the type (None for none), `word`
    the word that told of it or came nearest, `probability` that it tells of `type`, the sentence's own; `tells` whether
    it should."""

    type: str
    tells: bool
    sentence: Marked
    found: str | None
    word: str
    probability: float

    @property
    def right(self) -> bool:
        """Whether the sentence is coded as the file says (an `other` may be of another type of the file)."""
        return self.found == self.type if self.tells else self.found != self.type


class OwnHead:
    """The fitted head. `trials` has one entry for each sentence of the file, in its order; `unread` names the line and
    the marked word of examples whose word could not be found in a text."""

    def __init__(self, own: OwnTypes, rows: "_Rows") -> None:
        self.names = tuple(each.name for each in own.types)
        self._mean, self._scale = rows.mean, rows.scale
        self._weights, left_out = _fit(rows)
        self._thresholds = _thresholds(rows, left_out, len(self.names))
        self._shown = {
            name: [(rows.table[row], rows.sentences[rows.group[row]]) for row in np.flatnonzero(rows.target[:, place])]
            for place, name in enumerate(self.names)
        }
        self.trials = tuple(self._trials(own, rows, left_out))
        self.unread = tuple(
            (sentence.line, rows.words[row])
            for group, (_, tells, sentence) in enumerate(own.sentences()) if tells
            for row in np.flatnonzero((rows.group == group) & ~rows.candidate)
        )  # fmt: skip

    def find(self, document: Document) -> Mapping[int, Finding]:
        """The words of a document that tell of an act of a user's type, by index; the document must have `vectors`."""
        words = [word.index for word in document.words if may_tell(document, word.index)]
        if not words:
            return {}
        table = _features(document, words, self._mean, self._scale)
        margins = _with_one(table) @ self._weights - self._thresholds
        best = margins.argmax(1)
        found = [(float(margins[row, best[row]]), row) for row in range(len(words)) if margins[row, best[row]] > 0]
        kept: dict[int, Finding] = {}
        for margin, row in sorted(found, key=lambda each: (-each[0], each[1])):
            finding = self._finding(words[row], self.names[int(best[row])], margin, table[row])
            near = [each for each in kept.values() if each.type == finding.type and _within(document, each, finding)]
            if not near:
                kept[finding.word] = finding
            elif all(_above(document, finding, each) for each in near):  # the upper word has the sides
                for each in near:
                    del kept[each.word]
                kept[finding.word] = replace(finding, probability=near[0].probability)
        return dict(sorted(kept.items()))

    def _finding(self, word: int, name: str, margin: float, vector: Table) -> Finding:
        nearest = max(self._shown[name], key=lambda each: _cosine(each[0], vector))
        return Finding(word, name, _probability(margin), nearest[1], round(_cosine(nearest[0], vector), 2))

    def _trials(self, own: OwnTypes, rows: "_Rows", left_out: Table) -> Iterator[Trial]:
        for group, (kind, tells, sentence) in enumerate(own.sentences()):
            mine = np.flatnonzero((rows.group == group) & rows.candidate)
            if not len(mine):
                yield Trial(kind.name, tells, sentence, None, "", 0.0)
                continue
            margins = left_out[mine] - self._thresholds
            place = self.names.index(kind.name)
            row, best = np.unravel_index(int(margins.argmax()), margins.shape)
            found = self.names[int(best)] if margins[row, best] > 0 else None
            own_row = row if found else int(margins[:, place].argmax())
            probability = _probability(float(margins[:, place].max()))
            yield Trial(kind.name, tells, sentence, found, rows.words[int(mine[own_row])], probability)


def fit(own: OwnTypes, encoder: Scorer, *, ours: Sequence[str] = ()) -> OwnHead:
    """The head of a user's types; `ours` are sentences of the codebook's own types.

    Takes some seconds: every sentence of the file, ours and the background are read once.
    """
    return OwnHead(own, _Rows(own, encoder, ours))


def may_tell(document: Document, index: int) -> bool:
    """Whether a word may tell of an act by itself."""
    word = document.words[index]
    return word.upos in _TELLING and word.label not in _MODIFIERS


class _Rows:
    """The words that the head learns from, one row each.

    `table` are features, `target` 1.0 at the type that a row tells of, `weight` how much a row counts, `group` the
    number of its sentence (those of the file first), `block` that of the sentences left out together, `candidate`
    whether the word could be found in a text, `words` their forms; `sentences` are the file's, by group.
    """

    def __init__(self, own: OwnTypes, encoder: Scorer, ours: Sequence[str]) -> None:
        listed = list(own.sentences())
        self.sentences = [sentence.text for _, _, sentence in listed]
        documents = [_read(text, encoder) for text in self.sentences]
        news = [_read("\n\n".join(own.background), encoder), _read("\n\n".join(ours), encoder)]
        vectors = np.concatenate([_vectors(each) for each in (*documents, *news) if each.words])
        self.mean, self.scale = vectors.mean(0), vectors.std(0) + 1e-6
        self._names = [each.name for each in own.types]
        self._parts: list[tuple[Table, list[str], list[str | None], list[float], list[int], list[bool]]] = []
        for group, (document, (kind, tells, sentence)) in enumerate(zip(documents, listed, strict=True)):
            self._add_sentence(group, document, kind, tells, sentence)
        first = len(documents)
        for document in news:
            words = [each.index for each in document.words if may_tell(document, each.index)]
            groups = [first + document.words[each].sentence for each in words]
            self._add(document, words, [None] * len(words), [_NEWS] * len(words), groups)
            first += len(document.sentences)
        self._close()

    def _add_sentence(self, group: int, document: Document, kind: OwnType, tells: bool, sentence: Marked) -> None:
        marked = [
            word.index for word in document.words
            if any(span.start <= word.span.start < span.end for span in sentence.spans)
        ]  # fmt: skip
        trigger = next((each for each in marked if document.words[each].upos in _TELLING), marked[0] if marked else -1)
        words = [each.index for each in document.words if may_tell(document, each.index) and each.index not in marked]
        chosen = [*([trigger] if tells and trigger >= 0 else marked), *words]
        # An `other` without a mark says that none of its words tells of the type.
        near = marked or words
        weights = [
            _BESIDE if index not in near else _POSITIVE if tells and index == trigger else _NEAR for index in chosen
        ]
        targets = [kind.name if tells and index == trigger else None for index in chosen]
        self._add(document, chosen, targets, weights, [group] * len(chosen))

    def _add(
        self, document: Document, words: list[int], targets: Sequence[str | None], weights: list[float],
        groups: list[int],
    ) -> None:  # fmt: skip
        if words:
            features = _features(document, words, self.mean, self.scale)
            forms = [document.words[each].form for each in words]
            able = [may_tell(document, each) for each in words]
            self._parts.append((features, forms, list(targets), weights, groups, able))

    def _close(self) -> None:
        self.table = np.concatenate([part[0] for part in self._parts])
        self.words = [form for part in self._parts for form in part[1]]
        targets = [target for part in self._parts for target in part[2]]
        self.target = np.array([[float(target == name) for name in self._names] for target in targets])
        self.weight = np.array([weight for part in self._parts for weight in part[3]])
        self.group = np.array([group for part in self._parts for group in part[4]])
        twins = [*_twins(self.sentences), *range(len(self.sentences), int(self.group.max()) + 1)]
        self.block = np.array(twins)[self.group]
        self.candidate = np.array([able for part in self._parts for able in part[5]])


def _fit(rows: _Rows) -> tuple[Table, Table]:
    """Weights [features + 1, types], and the score [rows, types] of each row by a fit without its sentence."""
    root = np.sqrt(rows.weight)[:, None]
    table = _with_one(rows.table)
    scaled = table * root
    gram = scaled.T @ scaled
    size = rows.table.shape[1]
    gram[np.arange(size), np.arange(size)] += _RIDGE
    inverse = np.linalg.inv(gram)
    weights: Table = inverse @ (scaled.T @ (rows.target * root))
    rest = (rows.target - table @ weights) * root
    owed = scaled @ inverse
    left_out = np.empty_like(rows.target)
    for members in _blocks(rows.block):
        share = np.eye(len(members)) - owed[members] @ scaled[members].T
        left_out[members] = rows.target[members] - np.linalg.solve(share, rest[members]) / root[members]
    return weights, left_out


def _thresholds(rows: _Rows, left_out: Table, types: int) -> Table:
    """The score above which a word tells of a type: where the leave-one-out F1 over sentences is best, the everyday
    ones counted like the others, drawn half way to the usual."""
    blocks = list(_blocks(rows.group))
    found = np.empty(types)
    for place in range(types):
        tells = np.array([rows.target[members, place].max() > 0 for members in blocks])
        scores = np.array([left_out[members, place].max() for members in blocks])
        steps = np.unique(scores[scores > 0])
        middles = (steps[1:] + steps[:-1]) / 2
        right = np.array([np.count_nonzero(scores[tells] > each) for each in middles])
        passed = np.array([np.count_nonzero(scores > each) for each in middles])
        best = middles[int((2 * right / (passed + np.count_nonzero(tells))).argmax())] if len(middles) else _USUAL
        found[place] = (best + _USUAL) / 2
    return found


def _blocks(number: NDArray[np.int64]) -> Iterable[NDArray[np.int64]]:
    """Rows of each number."""
    order = np.argsort(number, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(number[order])) + 1)


def _twins(sentences: Sequence[str]) -> list[int]:
    """For each sentence the number of the first one of its twins, itself if it has none before it."""
    words = [set(re.findall(r"\w+", each.casefold())) for each in sentences]
    first = list(range(len(sentences)))
    for later in range(len(sentences)):
        for earlier in range(later):
            shared = len(words[later] & words[earlier])
            if shared >= _TWIN * len(words[later] | words[earlier]):
                old, new = first[later], first[earlier]
                first = [new if each == old else each for each in first]
    return first


def _read(text: str, encoder: Scorer) -> Document:
    return read(Article(id="own", version="own", text=text), encoder, vectors=True)


def _vectors(document: Document) -> Table:
    return np.frombuffer(document.vectors, dtype=np.float32).reshape(len(document.words), -1).astype(np.float64)


def _features(document: Document, words: Sequence[int], mean: Table, scale: Table) -> Table:
    """One row for each word: itself, what hangs from it, its sentence; [words, 3 × size]."""
    vectors = (_vectors(document) - mean) / scale
    size = vectors.shape[1]
    table = np.zeros((len(words), 3 * size))
    content = {
        number: [word.index for word in document.words[each.first : each.last] if word.upos in _CONTENT]
        for number, each in enumerate(document.sentences)
    }
    wholes: dict[int, Table] = {}
    for row, index in enumerate(words):
        number = document.words[index].sentence
        if number not in wholes:
            wholes[number] = vectors[content[number] or [index]].mean(0)
        table[row, :size], table[row, 2 * size :] = vectors[index], wholes[number]
        below = _below(document, index)
        if below:
            shares = np.array([1 / depth for _, depth in below])
            table[row, size : 2 * size] = shares @ vectors[[each for each, _ in below]] / shares.sum()
    return table


def _below(document: Document, index: int) -> list[tuple[int, int]]:
    """Content words that hang from a word, with their depth; of a noun also the word that it hangs from."""
    found: list[tuple[int, int]] = []
    waiting = [(index, 1)]
    while waiting:
        above, depth = waiting.pop()
        for child in document.children(above):
            if child.label.partition(":")[0] in _OUTSIDE:
                continue
            if child.upos in _CONTENT:
                found.append((child.index, depth))
            if depth < _DEPTH:
                waiting.append((child.index, depth + 1))
    word = document.words[index]
    if word.upos == "NOUN" and word.head >= 0:
        found.append((word.head, 1))
    return sorted(found)


def _above(document: Document, upper: Finding, lower: Finding) -> bool:
    """Whether the lower word hangs from the upper one."""
    return any(word.index == upper.word for word in document.ancestors(lower.word))


def _within(document: Document, one: Finding, other: Finding) -> bool:
    """Whether two words of one sentence are few arcs apart."""
    if document.words[one.word].sentence != document.words[other.word].sentence:
        return False
    chains = [[each, *(above.index for above in document.ancestors(each))] for each in (one.word, other.word)]
    shared = [each for each in chains[0] if each in chains[1]]
    return bool(shared) and chains[0].index(shared[0]) + chains[1].index(shared[0]) <= _NEAR_ARCS


def _with_one(table: Table) -> Table:
    return np.concatenate([table, np.ones((len(table), 1))], axis=1)


def _cosine(one: Table, other: Table) -> float:
    return float(one @ other / (math.sqrt(float(one @ one) * float(other @ other)) + 1e-12))


def _probability(margin: float) -> float:
    return round(1 / (1 + math.exp(-_STEEPNESS * margin)), 3)


def advice(head: OwnHead) -> Iterator[tuple[int, str]]:
    """What the leave-one-out trials say against a file of types: line of the file and one sentence."""
    for line, word in head.unread:
        yield line, f"“{word}” is read as no verb, noun or adjective of its own, so that nothing like it will be found"
    for name in head.names:
        examples = [each for each in head.trials if each.type == name and each.tells]
        line = examples[0].sentence.line
        for other in head.names:
            taken = sum(each.found == other for each in examples)
            if other != name and taken > 1:
                yield line, f"{taken} of {len(examples)} examples of {name} are taken for {other}; are they two types?"
        found = sum(each.right for each in examples)
        if 2 * found < len(examples):
            yield (
                line,
                (
                    f"only {found} of {len(examples)} examples of {name} are found by what the others teach; "
                    "the type may mean too many things, or need more examples (codebook try shows which)"
                ),
            )
        passed = sum(not each.right for each in head.trials if each.type == name and not each.tells)
        others = sum(each.type == name and not each.tells for each in head.trials)
        if 2 * passed > others:
            yield line, f"{passed} of {others} others of {name} are taken for it; write more near misses"
