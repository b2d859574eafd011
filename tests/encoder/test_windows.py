"""Windows cover every word once, in order, within their limit, whatever the paragraphs."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from communique.encoder import Cutter, Token
from communique.encoder.windows import SHAPES, shape

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "Gates", "met", "##s", "a", "b", "##a", "##b", "."]


def cutter(limit: int) -> Cutter:
    model = WordPiece({piece: number for number, piece in enumerate(PIECES)}, unk_token="[UNK]")
    return Cutter(Tokenizer(model), limit=limit)


@given(st.lists(st.tuples(st.sampled_from(["Gates", "met", "abab", "x", "."]), st.booleans(), st.booleans())))
@settings(max_examples=100, deadline=None)
def test_every_word_stands_in_one_window(rows: list[tuple[str, bool, bool]]) -> None:
    paragraph, tokens = 0, []
    for form, glued, new in rows:
        paragraph += new
        tokens.append(Token(form, glued, paragraph))
    windows = list(cutter(16).cut(tokens))
    assert [index for window in windows for index in range(window.first, window.last)] == list(range(len(tokens)))
    for window in windows:
        assert len(window.pieces) == len(window.shapes) <= 16
        assert len(window.positions) == window.last - window.first
        assert window.pieces[0] == PIECES.index("[CLS]")
        assert window.pieces[-1] == PIECES.index("[SEP]")


def test_shapes_tell_case_digits_and_gaps() -> None:
    forms = ["us", "US", "Us", "iOS", "A", "1990s", ".", "’s"]
    codes = [shape(Token(form, False, 0)) for form in forms]
    assert codes == [0, 2, 1, 3, 4, 5, 6, 0]
    assert max(shape(Token(form, True, 0)) for form in forms) == SHAPES - 1
