"""The section `ledger`: `L1 demand E1: what, quoted | repeated S3 | refused E4`."""

import re
from typing import TYPE_CHECKING

from communique.corpus.annotation import LedgerMark, MarkedEvent, MarkedStatement, MoveMark
from communique.corpus.complaint import Complaints
from communique.corpus.parse_chains import Cast
from communique.corpus.quoting import QuotedText
from communique.corpus.vocabulary import ENTRY_KINDS, MOVES, one_of
from communique.errors import CorpusError

if TYPE_CHECKING:
    from communique.corpus.parse import Line

_HEAD = re.compile(r"(?P<id>L\d+)\s+(?P<kind>[a-z-]+)(?:\s+(?P<parties>.*?))?\s+(?P<opened>[ES]\d+)")
_MOVE = re.compile(r"(?P<kind>[a-z-]+)\s+(?P<by>[ES]\d+)")


def read_ledger(
    lines: "list[Line]",
    text: QuotedText,
    cast: Cast,
    statements: tuple[MarkedStatement, ...],
    events: tuple[MarkedEvent, ...],
    complaints: Complaints,
) -> tuple[LedgerMark, ...]:
    """Reads the section; every entry and move must name an event or statement of the article."""
    entries: list[LedgerMark] = []
    for line in lines:
        with complaints.at(line.number):
            entry = _read_line(line, text, cast, statements, events)
            if any(each.id == entry.id for each in entries):
                raise CorpusError(f"the id {entry.id} stands twice; number entries L1, L2, …")
            entries.append(entry)
    return tuple(entries)


def _read_line(
    line: "Line",
    text: QuotedText,
    cast: Cast,
    statements: tuple[MarkedStatement, ...],
    events: tuple[MarkedEvent, ...],
) -> LedgerMark:
    head, colon, rest = line.text.partition(": ")
    found = _HEAD.fullmatch(head.strip()) if colon else None
    if not found:
        raise CorpusError(f"{line.text[:60]!r} is no entry; write L1 demand E1: what, quoted | repeated S3")
    known = {each.id for each in events} | {each.id for each in statements}
    opened = found.group("opened")
    if opened not in known:
        raise CorpusError(f"the entry is opened by {opened}, which is neither an event nor a statement above")
    pieces = rest.split(" | ")
    moves = [each for each in pieces if _MOVE.fullmatch(each.strip())]
    what = tuple(text.stretch(each) for each in pieces if not _MOVE.fullmatch(each.strip()))
    if not what:
        raise CorpusError("the entry does not quote what it is about; write L1 demand E1: words of the text | …")
    sources, targets = _parties(found.group("parties"), opened, cast, statements, events)
    return LedgerMark(
        id=found.group("id"),
        kind=one_of(found.group("kind"), ENTRY_KINDS, "kind of entry"),
        sources=sources,
        targets=targets,
        opened=opened,
        what=what,
        moves=tuple(_move(each.strip(), known) for each in moves),
        line=line.number,
    )


def _move(written: str, known: set[str]) -> MoveMark:
    kind, by = written.split()
    if by not in known:
        raise CorpusError(f"the move {written!r} names {by}, which is neither an event nor a statement above")
    return MoveMark(one_of(kind, MOVES, "move"), by)


def _parties(
    written: str | None,
    opened: str,
    cast: Cast,
    statements: tuple[MarkedStatement, ...],
    events: tuple[MarkedEvent, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if written:
        sources, _, targets = written.partition(">")
        return _names(sources, cast), _names(targets, cast)
    event = next((each for each in events if each.id == opened), None)
    if event is not None:
        return tuple(each.chain for each in event.sources), tuple(each.chain for each in event.targets)
    statement = next(each for each in statements if each.id == opened)
    speaker, addressee = statement.speaker, statement.addressee
    return (speaker.chain,) if speaker else (), (addressee.chain,) if addressee else ()


def _names(written: str, cast: Cast) -> tuple[str, ...]:
    names = tuple(each.strip() for each in written.split(",") if each.strip() not in ("", "-"))
    for name in names:
        if name not in cast.chains:
            raise CorpusError(f"there is no chain {name!r}; name a chain of the section above")
    return names
