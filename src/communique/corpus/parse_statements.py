"""The section `statements`: `S1 CROWLEY told > PRESS [asked]: first … last | next part`."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from communique.corpus.annotation import MarkedStatement, Party
from communique.corpus.complaint import Complaints
from communique.corpus.parse_chains import Cast
from communique.corpus.quoting import Quote, QuotedText
from communique.corpus.vocabulary import ACTS, FORMS, one_of
from communique.errors import CorpusError
from communique.records import Form, Span

if TYPE_CHECKING:
    from communique.corpus.parse import Line

_HEAD = re.compile(
    r'(?P<id>S\d+)\s+(?P<speaker>-|[A-Z][A-Z0-9_]*(?:"[^"]+")?|"[^"]+")'
    r"(?:\s+(?P<cue>[^>\[]*?))?(?:\s*>\s*(?P<addressee>[^\[]+?))?(?:\s*\[(?P<tags>[^\]]*)\])?"
)
# Below and above these shares of quoted characters a statement counts as unquoted or wholly quoted; what lies between
# is a statement with quoted words in it. The margins allow for commas and stray marks.
_UNQUOTED, _QUOTED = 0.02, 0.98


def read_statements(
    lines: "list[Line]", text: QuotedText, cast: Cast, paragraphs: tuple[Span, ...], complaints: Complaints
) -> tuple[MarkedStatement, ...]:
    """Reads the section, in the order of its lines."""
    statements: list[MarkedStatement] = []
    for line in lines:
        with complaints.at(line.number):
            statement = _read_line(line, text, cast, paragraphs)
            if any(each.id == statement.id for each in statements):
                raise CorpusError(f"the id {statement.id} stands twice; number statements S1, S2, …")
            statements.append(statement)
    return tuple(statements)


def _read_line(line: "Line", text: QuotedText, cast: Cast, paragraphs: tuple[Span, ...]) -> MarkedStatement:
    head, colon, rest = line.text.partition(": ")
    found = _HEAD.fullmatch(head.strip()) if colon else None
    if not found:
        raise CorpusError(
            f"{line.text[:60]!r} is no statement; write S1 SPEAKER cue > ADDRESSEE [act]: content | content"
        )
    content = tuple(text.stretch(each) for each in rest.split(" | "))
    _check_parts(content, text, paragraphs)
    cue_words = (found.group("cue") or "").strip()
    cue = None if cue_words in ("", "-") else _cue(cue_words, content, text)
    anchor = cue or Span(content[0].start, content[0].start)
    act, attitude, form = _tags(found.group("tags") or "")
    return MarkedStatement(
        id=found.group("id"),
        speaker=_party(found.group("speaker"), cast, anchor, content, ahead=True),
        addressee=_party(found.group("addressee") or "-", cast, anchor, content),
        cue=cue,
        content=content,
        form=form or form_of(content, text.text, paragraphs),
        act=act,
        attitude=attitude,
        line=line.number,
    )


def _party(written: str, cast: Cast, near: Span, content: tuple[Span, ...], *, ahead: bool = False) -> Party | None:
    return None if written.strip() == "-" else cast.party(written, near=near, outside=content, ahead=ahead)


def _cue(words: str, content: tuple[Span, ...], text: QuotedText) -> Span:
    """The cue quoted; without a number the only one in a sentence of the content, else the nearest outside it."""
    quote = Quote.of(words)
    if quote.picks:
        return text.find(words)
    homes = {text.sentence_at(part.start) for part in content} | {text.sentence_at(part.end - 1) for part in content}
    found = [each for each in text.occurrences(quote) if not any(each.overlaps(part) for part in content)]
    at_home = [each for each in found if text.sentence_at(each.start) in homes]
    if len(at_home) > 1:
        raise text.ambiguous(quote, text.occurrences(quote))
    return at_home[0] if at_home else text.find(words, near=content[0].start, outside=content)


def _check_parts(content: tuple[Span, ...], text: QuotedText, paragraphs: tuple[Span, ...]) -> None:
    for part in content:
        if not any(each.contains(part) for each in paragraphs):
            raise CorpusError(
                f"the content {part.of(text.text)[:40]!r}… crosses paragraphs; write its parts with ' | '"
            )
    for one, other in pairwise(content):
        if other.start < one.end:
            raise CorpusError("the parts of a content overlap or are out of order; write them in order of text")


def _tags(written: str) -> tuple[str, bool, Form | None]:
    act, attitude, form = "asserted", False, None
    for tag in written.replace(",", " ").split():
        if tag == "attitude":
            attitude = True
        elif tag in FORMS:
            form = cast(Form, tag)
        else:
            act = one_of(tag, ACTS, "act of a statement (or attitude, direct, indirect, mixed)")
    return act, attitude, form


def form_of(content: tuple[Span, ...], text: str, paragraphs: tuple[Span, ...]) -> Form:
    """The form that the double quotation marks of each paragraph show."""
    quoted = counted = 0
    for part in content:
        paragraph = next(each for each in paragraphs if each.contains(part))
        open_now = False
        for offset in range(paragraph.start, part.end):
            mark = text[offset]
            if mark in '"“”':
                open_now = mark == "“" or (mark == '"' and not open_now)
            elif offset >= part.start and not mark.isspace():
                counted += 1
                quoted += open_now
    share = quoted / counted if counted else 0.0
    return "direct" if share >= _QUOTED else "indirect" if share <= _UNQUOTED else "mixed"
