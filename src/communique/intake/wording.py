"""Characters and line breaks of a text put into one form, without changing its words.

What enters is any string; what leaves is NFC text (NFC, not NFKC: a superscript or a ligature is what the page says),
with plain spaces and "\\n", without controls, soft hyphens, zero-width and direction marks; and paragraphs, whether the
text was wrapped hard at some 70 columns, kept one line per paragraph, or had blank lines between paragraphs.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
# Left out: controls (Cc) but for tab and newline, format characters (Cf: soft hyphen, zero-width, direction and byte
# order marks), lone surrogates (Cs), which no encoding can carry.
_LEFT_OUT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’)\]]*$")
# A text is wrapped hard if its lines keep to a width that no paragraph would have (the widest mailers and wires use 100
# columns), and if most line breaks stand where the next word would have passed that width.
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 40
_SHARE_OF_FULL_LINES = 0.6
_SLACK = 8
# Below this many words a line that is followed by a small letter may be a heading or a list item.
_WORDS_OF_BROKEN_LINE = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words with single spaces, how far it was indented, and whether a blank line stands before it."""

    text: str
    indent: int
    after_blank: bool


def clean(text: str) -> str:
    """`text` in NFC with "\\n" breaks and plain spaces, without marks that do not print; indentation stays."""
    text = _BREAKS.sub("\n", text).expandtabs(4)
    text = _LEFT_OUT.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return "\n".join(_clean_line(line) for line in text.split("\n"))


def lines(text: str) -> tuple[Line, ...]:
    """The lines of cleaned text that are not blank."""
    found: list[Line] = []
    blank = True
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            found.append(Line(stripped, len(line) - len(line.lstrip()), blank))
        blank = not stripped
    return tuple(found)


def wrap_width(page: Sequence[Line]) -> int | None:
    """The column at which the text was wrapped hard, or None for a text whose line breaks are its author's.

    The width is that of the widest line but for one in twenty (addresses and tables stand out).
    """
    if len(page) < 2:
        return None
    widths = sorted(len(line.text) for line in page)
    width = widths[-1 - len(widths) // 20]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    pairs = [(one, two) for one, two in itertools.pairwise(page) if not two.after_blank]
    full = sum(_is_full(one.text, two.text, width) for one, two in pairs)
    return width if len(pairs) >= 2 and full >= _SHARE_OF_FULL_LINES * len(pairs) else None


def continues(line: Line, following: Line, width: int | None, indent: int) -> bool:
    """Whether `following` goes on with the paragraph of `line`; `indent` is the usual indentation of the text."""
    if following.after_blank:
        return False
    if width is None:
        return _breaks_off(line.text, following.text)
    if following.indent >= indent + 2 and following.indent > line.indent:
        return False
    return _is_full(line.text, following.text, width) or not _ENDS_SENTENCE.search(line.text)


def mid_sentence(line: Line, following: Line, width: int | None) -> bool:
    """Whether the break between two lines was made by wrapping, inside a sentence."""
    if width is None:
        return _breaks_off(line.text, following.text) and not following.after_blank
    return (
        not following.after_blank
        and not _ENDS_SENTENCE.search(line.text)
        and _is_full(line.text, following.text, width)
    )


def join(parts: Iterable[str]) -> str:
    """Lines of one paragraph as one; a hyphen at a line's end keeps its place ("US-" + "led" is "US-led")."""
    joined = ""
    for part in parts:
        glue = "" if not joined or re.search(r"\w-$", joined) else " "
        joined += glue + part
    return joined


def usual_indent(page: Sequence[Line]) -> int:
    """The indentation that most lines have."""
    counts: dict[int, int] = {}
    for line in page:
        counts[line.indent] = counts.get(line.indent, 0) + 1
    return max(sorted(counts), key=lambda indent: counts[indent], default=0)


def _clean_line(line: str) -> str:
    stripped = line.lstrip()
    indent = len(line) - len(stripped)
    return " " * indent + _SPACES.sub(" ", stripped).rstrip()


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width - _SLACK


def _breaks_off(line: str, following: str) -> bool:
    return not _ENDS_SENTENCE.search(line) and following[0].islower() and line.count(" ") + 1 >= _WORDS_OF_BROKEN_LINE
