"""Words → windows: the pieces, shapes and word positions that the model takes.

A window holds whole paragraphs while they fit, so that a pronoun sees its antecedent; a paragraph longer than a window
is cut after a word that looks like the end of a sentence. Each window starts with `[CLS]`; `[SEP]` closes every
paragraph. Training and coding cut windows with this one module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from communique.errors import ModelError

WINDOW_PIECES = 256  # longest window, special pieces included; the model was trained on windows up to this length
MAX_WORD_PIECES = 12  # pieces kept of one word; longer ones are addresses and typing errors
SHAPES = 14  # number of distinct shape codes, see `shape`


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the encoder sees it: its form, whether it stands right after the word before without a space, and
    the number of its paragraph."""

    form: str
    glued: bool
    paragraph: int


@dataclass(frozen=True, slots=True)
class Window:
    """One run of the model: words `first` (inclusive) to `last` (exclusive) of the document.

    `pieces` and `shapes` have one entry per piece (int64); `positions` gives for each word the index of its first
    piece, so that `len(positions) == last - first`.
    """

    first: int
    last: int
    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    positions: NDArray[np.int64]


def shape(token: Token) -> int:
    """The shape code of a word: letter case and digits (0-6), plus 7 where it is glued to the word before.

    The base model reads lower case only; this restores what case tells ("US" against "us").
    """
    form = token.form
    letters = [each for each in form if each.isalpha()]
    if any(each.isdigit() for each in form):
        code = 5
    elif not letters:
        code = 6
    elif all(each.islower() for each in letters):
        code = 0
    elif len(letters) == 1:
        code = 4
    elif all(each.isupper() for each in letters):
        code = 2
    elif letters[0].isupper() and all(each.islower() for each in letters[1:]):
        code = 1
    else:
        code = 3
    return code + (7 if token.glued else 0)


class Cutter:
    """Cuts words into windows with the tokenizer of the model; keeps the pieces of words it has met."""

    def __init__(self, tokenizer: Tokenizer, *, limit: int = WINDOW_PIECES) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._limit = limit
        self._known: dict[str, tuple[int, ...]] = {}
        self._cls = _number(tokenizer, "[CLS]")
        self._sep = _number(tokenizer, "[SEP]")
        self._unknown = _number(tokenizer, "[UNK]")

    def pieces(self, form: str) -> tuple[int, ...]:
        """The piece numbers of one word, at least one and at most `MAX_WORD_PIECES`."""
        found = self._known.get(form)
        if found is None:
            ids = self._tokenizer.encode(form, add_special_tokens=False).ids[:MAX_WORD_PIECES]
            found = tuple(int(each) for each in ids) or (self._unknown,)
            if len(self._known) < 200_000:  # bounds memory over a long run; news repeats its words
                self._known[form] = found
        return found

    def cut(self, tokens: Sequence[Token], *, limit: int | None = None) -> Iterator[Window]:
        """Windows over all words, in order and without overlap."""
        limit = limit or self._limit
        sizes = [len(self.pieces(token.form)) for token in tokens]
        first = 0
        while first < len(tokens):
            last = self._end(tokens, sizes, first, limit)
            yield self.window(tokens, first, last)
            first = last

    def window(self, tokens: Sequence[Token], first: int, last: int) -> Window:
        """The window over words `first` to `last`."""
        pieces, shapes, positions = [self._cls], [6], []
        for index in range(first, last):
            token = tokens[index]
            if index > first and token.paragraph != tokens[index - 1].paragraph:
                pieces.append(self._sep)
                shapes.append(6)
            positions.append(len(pieces))
            ids = self.pieces(token.form)
            pieces.extend(ids)
            shapes.extend([shape(token)] * len(ids))
        pieces.append(self._sep)
        shapes.append(6)
        return Window(first, last, np.array(pieces), np.array(shapes), np.array(positions))

    def _end(self, tokens: Sequence[Token], sizes: Sequence[int], first: int, limit: int) -> int:
        used, paragraph_end, sentence_end = 2, first, first
        for index in range(first, len(tokens)):
            new_paragraph = index > first and tokens[index].paragraph != tokens[index - 1].paragraph
            if new_paragraph:
                paragraph_end = index
                used += 1
            if index > first and tokens[index - 1].form in {".", "!", "?", "”", '"'} and not tokens[index].glued:
                sentence_end = index
            used += sizes[index]
            if used > limit:
                return next((end for end in (paragraph_end, sentence_end, index) if end > first), first + 1)
        return len(tokens)


def _number(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ModelError(f"the model's tokenizer has no piece {piece}; install the package again")
    return int(number)
