"""Quotation marks: which stretches of a text stand inside them.

Takes plain text with paragraphs separated by blank lines, gives :class:`Quotation` records with character offsets.
Nothing here knows about words or grammar. The rules, exact where English typesetting is:

- Double marks: straight ``"``, curly ``“ ”``, low ``„``, guillemets ``« »``, doubled singles ``''``. A
  mark with a blank (or a bracket, dash, other mark) on its left and a character on its right opens; the reverse
  closes; where both or neither holds, it closes what is open and opens otherwise. A curly mark that points the wrong
  way is read by its place.
- An inch or second mark (digit before it, nothing open) is no quotation mark.
- Single marks: an apostrophe between letters, before a decade (’90s) or a known elision ('em, 'tis) is none. A single
  opening mark counts only where a closing one follows in the paragraph; a plural possessive (the leaders' talks)
  closes only where no better mark follows.
- A quotation left open at the end of a paragraph goes on when the next paragraph begins with an opening mark of its
  kind (the convention for long quotations); otherwise it ends with its paragraph and is marked as not `closed`.
- Marks nest; a mark of the outer kind ends everything inside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.records import Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_MARK = re.compile(r"''|``|’’|‘‘|‘’|[\"“”„‟«»'‘’‚‹›`]")
# Words that begin with an apostrophe; the mark before them opens nothing by itself.
_ELISION = re.compile(
    r"(?:\d0s?\b|\d\ds?\b|(?:em|tis|twas|til|till|cause|bout|round|cos|cuz|n|im|er|s|d|ll|re|ve|t)\b)", re.IGNORECASE
)
_OPENERS = frozenset("([{<—–-/―…") | frozenset("\"“„«'‘‚‹`”’")
_CLOSE_FOLLOWERS = frozenset(".,;:!?)]}>—–-/―…") | frozenset("\"”»'’›“")
_FAMILY = {
    '"': "double", "''": "double", "``": "double", "’’": "double", "‘‘": "double", "‘’": "double",
    "“": "double", "”": "double", "„": "double", "‟": "double",
    "«": "double", "»": "double", "'": "single", "‘": "single", "’": "single", "‚": "single", "‹": "single",
    "›": "single", "`": "single",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: `parts` are the stretches between its marks, one per paragraph, in order of text.

    `outer` are the same stretches with their marks; `level` is 0 for a quotation that stands in no other, 1 inside one,
    and so on; `closed` tells whether its closing mark stands in the text.
    """

    parts: tuple[Span, ...]
    outer: tuple[Span, ...]
    level: int
    closed: bool = True

    @property
    def start(self) -> int:
        """Offset of the first opening mark."""
        return self.outer[0].start

    @property
    def end(self) -> int:
        """Offset after the last closing mark (or after the last word, where none stands)."""
        return self.outer[-1].end

    def holds(self, span: Span) -> bool:
        """Whether `span` lies wholly between the marks of one paragraph's part."""
        return any(part.contains(span) for part in self.parts)


@dataclass(slots=True)
class _Open:
    """A quotation that is being read."""

    family: str
    outer_start: int
    inner_start: int
    level: int
    parts: list[Span]
    outer: list[Span]

    def end_part(self, inner_end: int, outer_end: int) -> None:
        inner_end = max(inner_end, self.inner_start)
        self.parts.append(Span(self.inner_start, inner_end))
        self.outer.append(Span(self.outer_start, max(outer_end, inner_end)))

    def done(self, *, closed: bool) -> Quotation:
        return Quotation(tuple(self.parts), tuple(self.outer), self.level, closed)


def scan(text: str) -> tuple[Quotation, ...]:
    """All quotations of `text`, in order of their opening marks, outer before inner.

    Empty quotations (nothing but blanks between the marks) are left out.
    """
    if _MARK.search(text) is None:
        return ()
    found: list[Quotation] = []
    carried: _Open | None = None
    for paragraph in _PARAGRAPH.finditer(text):
        carried = _scan_paragraph(text, paragraph.start(), paragraph.end(), carried, found)
    if carried is not None:
        found.append(carried.done(closed=False))
    kept = [each for each in found if any(part.of(text).strip() for part in each.parts)]
    return tuple(sorted(kept, key=lambda each: (each.start, -each.end)))


def _scan_paragraph(text: str, start: int, end: int, carried: _Open | None, found: list[Quotation]) -> _Open | None:
    """Reads one paragraph; gives the quotation that may go on in the next one, if any."""
    stack: list[_Open] = []
    singles = _Singles(text, start, end)
    marks = list(_MARK.finditer(text, start, end))
    if carried is not None:
        if marks and _family(marks[0]) == carried.family and _is_first(text, start, marks[0]):
            first = marks.pop(0)
            carried.outer_start, carried.inner_start = first.start(), first.end()
            stack.append(carried)
        else:
            found.append(carried.done(closed=False))
    for mark in marks:
        if _family(mark) == "double":
            _double(text, start, end, mark, stack, found)
        else:
            singles.read(mark, stack, found)
    return _leave(text, end, stack, found)


def _leave(text: str, end: int, stack: list[_Open], found: list[Quotation]) -> _Open | None:
    """Ends what is open at the end of a paragraph; the outermost double one may be carried on."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    for inner in reversed(stack):
        inner.end_part(end, end)
    found.extend(inner.done(closed=False) for inner in stack[1:])
    return stack[0] if stack else None


def _double(text: str, start: int, end: int, mark: re.Match[str], stack: list[_Open], found: list[Quotation]) -> None:
    """Reads one double mark: opens, closes or skips."""
    opens, closes = _looks(text, start, end, mark)
    opens = opens or _opens_line(text, mark)
    depth = next((place for place in range(len(stack) - 1, -1, -1) if stack[place].family == "double"), None)
    if depth is None:
        inch = text[mark.start() - 1 : mark.start()].isdigit() and mark[0] in {'"', "''"}
        if opens or not (closes or inch):
            _push("double", mark, stack)
        return
    if opens and not closes and mark[0] in {"“", "„", "«", "``"} and text[mark.start() - 1 : mark.start()] in "'‘":
        _push("double", mark, stack)
        return
    if opens and not closes:
        # A second opening mark inside an open quotation: the closing one was forgotten. The first ends before it.
        _close(depth, _rstrip(text, mark.start()), _rstrip(text, mark.start()), stack, found, closed=False)
        _push("double", mark, stack)
        return
    _close(depth, mark.start(), mark.end(), stack, found, closed=True)


def _looks(text: str, start: int, end: int, mark: re.Match[str]) -> tuple[bool, bool]:
    """Whether a mark can open and whether it can close, by the characters on its two sides."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    opens = (before.isspace() or before in _OPENERS) and not after.isspace()
    closes = (after.isspace() or after in _CLOSE_FOLLOWERS) and not before.isspace()
    if opens and closes:
        # Marks between dashes or other marks: only the shape of the mark itself can tell.
        if mark[0] in {"“", "„", "«", "``"}:
            return True, False
        if mark[0] in {"”", "»"}:
            return False, True
        if before in "([{" or (before.isspace() and after not in _CLOSE_FOLLOWERS):
            return True, False
    return opens, closes


def _opens_line(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark with blanks on both sides begins a line that goes on with a capital: in a text cut into tokens, a
    sentence a line, the shape of such a mark tells nothing, but there it opens, whatever was left open before."""
    line = text.rfind("\n", 0, mark.start()) + 1
    if text[line : mark.start()].strip():
        return False
    return text[mark.end() : mark.end() + 1] == " " and text[mark.end() + 1 : mark.end() + 2].isupper()


def _push(family: str, mark: re.Match[str], stack: list[_Open]) -> None:
    stack.append(_Open(family, mark.start(), mark.end(), len(stack), [], []))


def _close(
    depth: int, inner_end: int, outer_end: int, stack: list[_Open], found: list[Quotation], *, closed: bool
) -> None:
    """Ends the quotation at `depth` of the stack and whatever is still open inside it."""
    while len(stack) > depth + 1:
        inner = stack.pop()
        inner.end_part(inner_end, inner_end)
        found.append(inner.done(closed=False))
    ended = stack.pop()
    ended.end_part(inner_end, outer_end)
    found.append(ended.done(closed=closed))


class _Singles:
    """Reads the single marks of one paragraph; looks ahead, because most of them are apostrophes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    def read(self, mark: re.Match[str], stack: list[_Open], found: list[Quotation]) -> None:
        """Opens, closes or skips one single mark."""
        depth = next((place for place in range(len(stack) - 1, -1, -1) if stack[place].family == "single"), None)
        if depth is None:
            if self._opens(mark) and (self._closing(mark.end()) is not None or self._goes_on(mark)):
                _push("single", mark, stack)
        elif _opens_line(self.text, mark) and mark.start() > self.start:
            end = _rstrip(self.text, mark.start())
            _close(depth, end, end, stack, found, closed=False)
            _push("single", mark, stack)
        elif self._closing(stack[depth].inner_start) == mark.start() or (
            self._closing(stack[depth].inner_start) is None and self._closes(mark.start(), mark.end())
        ):
            _close(depth, mark.start(), mark.end(), stack, found, closed=True)

    def _opens(self, mark: re.Match[str]) -> bool:
        before = self.text[mark.start() - 1] if mark.start() > self.start else " "
        after = self.text[mark.end()] if mark.end() < self.end else " "
        if not (before.isspace() or before in _OPENERS) or mark[0] == "›":
            return False
        if after.isspace():
            return mark[0] in {"‘", "'"}  # text cut into tokens
        if mark[0] not in {"‘", "‹", "‚"} and not (after.isalnum() or after in '"“[(…$£€¿¡'):
            return False
        return _ELISION.match(self.text, mark.end()) is None

    def _closes(self, start: int, end: int) -> bool:
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        if before.isspace():
            return after.isspace()  # text that was cut into tokens has blanks on both sides
        return after.isspace() or after in _CLOSE_FOLLOWERS

    def _closing(self, start: int) -> int | None:
        """Offset of the mark that closes a single quotation whose words begin at `start`, in this paragraph.

        The first mark that cannot be a possessive; failing that, the first that may be one. The search ends where
        another single quotation opens after a mark that may close.
        """
        possessive: int | None = None
        for mark in _MARK.finditer(self.text, start, self.end):
            if _family(mark) != "single":
                continue
            if self._closes(mark.start(), mark.end()) and mark[0] not in {"‘", "‚", "‹"}:
                if not self._possessive(mark):
                    return mark.start()
                possessive = mark.start() if possessive is None else possessive
            elif possessive is not None and self._opens(mark):
                return possessive
        return possessive

    def _possessive(self, mark: re.Match[str]) -> bool:
        """Whether the mark may end a plural possessive: after an s, before a blank and a small letter or digit."""
        before = self.text[mark.start() - 1]
        after = self.text[mark.end() : mark.end() + 2]
        return before in "sS" and len(after) == 2 and after[0] == " " and after[1].isalnum()

    def _goes_on(self, mark: re.Match[str]) -> bool:
        """Whether a single quotation that opens its paragraph and never closes there opens the next one too."""
        if not _is_first(self.text, self.start, mark):
            return False
        return self.text[self.end :].lstrip()[:1] == mark[0]


def _family(mark: re.Match[str]) -> str:
    return _FAMILY[mark[0]]


def _is_first(text: str, start: int, mark: re.Match[str]) -> bool:
    return not text[start : mark.start()].strip()


def _rstrip(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def outermost(quotations: tuple[Quotation, ...]) -> Iterator[Quotation]:
    """The quotations that stand in no other."""
    return (each for each in quotations if each.level == 0)


def around(quotations: tuple[Quotation, ...], span: Span) -> Quotation | None:
    """The innermost quotation that holds `span`, if any."""
    inner: Quotation | None = None
    for each in quotations:
        if each.start > span.start:
            break
        if each.holds(span) and (inner is None or each.level > inner.level):
            inner = each
    return inner
