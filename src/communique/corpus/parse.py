"""From a file in the corpus format to an :class:`AnnotatedArticle`, with every complaint on the way.

The format is described in `corpus/FORMAT.md`. Sections are read in order: header, text, chains, statements, events,
ledger; a bad line is reported and left out, so that one reading shows all that is wrong.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communique.corpus.annotation import AnnotatedArticle
from communique.corpus.complaint import Complaint, Complaints
from communique.corpus.parse_chains import read_chains
from communique.corpus.parse_events import read_events
from communique.corpus.parse_ledger import read_ledger
from communique.corpus.parse_statements import read_statements
from communique.corpus.quoting import QuotedText
from communique.corpus.vocabulary import REGIONS, VOICES, one_of
from communique.errors import CorpusError
from communique.records import Article, Removed, Span

SECTIONS = ("text", "chains", "statements", "events", "ledger")
_HEADER = ("title", "outlet", "published", "voice", "region", "brief", "byline", "url", "annotator")
_NEEDED = ("title", "outlet", "published", "voice", "region", "brief")
_FURNITURE = "~ "


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line of a section (continuation lines joined) and the number of its first line in the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one file: the article (None where header or text fail) and all complaints."""

    article: AnnotatedArticle | None
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    text: str
    page: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    furniture: tuple[str, ...]


def read(path: Path) -> Reading:
    """Reads one annotated file; its id is the file's name without ending."""
    complaints = Complaints(str(path))
    source = complaints.source(path)
    return read_text(source, id=path.stem, file=str(path)) if source else Reading(None, tuple(complaints.found))


def load(paths: Iterable[Path]) -> tuple[AnnotatedArticle, ...]:
    """The articles of files and folders (their `*.txt`), in order of id; raises `CorpusError` at the first error."""
    articles = []
    for path in corpus_files(paths):
        reading = read(path)
        for complaint in reading.complaints:
            if complaint.level == "error":
                raise CorpusError(str(complaint))
        if reading.article is not None:
            articles.append(reading.article)
    return tuple(sorted(articles, key=lambda article: article.id))


def corpus_files(paths: Iterable[Path]) -> list[Path]:
    """The files among `paths`, and the `*.txt` of the folders among them, sorted."""
    files: set[Path] = set()
    for path in paths:
        files.update(path.glob("*.txt") if path.is_dir() else [path])
    return sorted(files)


def read_text(source: str, *, id: str, file: str = "") -> Reading:  # noqa: A002  (the field's own word)
    """Reads an annotated article from a string; `file` is the name used in complaints."""
    complaints = Complaints(file or id)
    header, sections, starts = _sections(source, complaints)
    fields = _fields(header, complaints)
    layout = _layout(sections["text"])
    if not layout.sentences:
        complaints.error(starts.get("text", 1), "there is no text; write '--- text' and one sentence a line below it")
    if not layout.sentences or any(each not in fields for each in _NEEDED):
        return Reading(None, tuple(complaints.found))
    for number, text in sections["text"]:
        if text != text.strip() or "  " in text:
            complaints.error(number, "blanks at the edge of a line or two in a row; write one sentence a line")
    article = _annotate(id, fields, layout, sections, complaints, starts.get("text", 1))
    return Reading(article, tuple(complaints.found))


def _annotate(
    id: str,  # noqa: A002
    fields: dict[str, str],
    layout: _Layout,
    sections: dict[str, list[tuple[int, str]]],
    complaints: Complaints,
    first_line: int,
) -> AnnotatedArticle:
    text = QuotedText(layout.text, layout.sentences)
    cast = read_chains(_logical(sections["chains"]), text, complaints)
    statements = read_statements(_logical(sections["statements"]), text, cast, layout.paragraphs, complaints)
    events = read_events(_logical(sections["events"]), text, cast, statements, complaints)
    ledger = read_ledger(_logical(sections["ledger"]), text, cast, statements, events, complaints)
    version = hashlib.sha256(f"{id}\n{layout.text}".encode()).hexdigest()[:16]
    return AnnotatedArticle(
        article=Article(
            id=id,
            version=version,
            text=layout.text,
            title=fields["title"],
            outlet=fields["outlet"],
            byline=fields.get("byline"),
            published=fields["published"],
            url=fields.get("url"),
            removed=tuple(Removed(each, "furniture") for each in layout.furniture),
        ),
        voice=fields["voice"],
        region=fields["region"],
        brief=fields["brief"],
        annotator=fields.get("annotator"),
        page=layout.page,
        sentences=layout.sentences,
        paragraphs=layout.paragraphs,
        chains=tuple(cast.chains.values()),
        mentions=tuple(cast.mentions),
        roles=tuple(cast.roles),
        statements=statements,
        events=events,
        ledger=ledger,
        none=tuple(cast.none),
        first_line=first_line,
    )


def _sections(
    source: str, complaints: Complaints
) -> tuple[list[tuple[int, str]], dict[str, list[tuple[int, str]]], dict[str, int]]:
    header: list[tuple[int, str]] = []
    sections: dict[str, list[tuple[int, str]]] = {each: [] for each in SECTIONS}
    starts: dict[str, int] = {}
    current = header
    for number, line in enumerate(source.split("\n"), start=1):
        if line.startswith("---"):
            name = line[3:].strip()
            if name not in SECTIONS or name in starts:
                fault = "stands twice" if name in starts else "is unknown"
                complaints.error(number, f"the section {name!r} {fault}; there are {', '.join(SECTIONS)}, each once")
                current = []
                continue
            starts[name] = number
            current = sections[name]
        else:
            current.append((number, line.rstrip("\r")))
    return header, sections, starts


def _fields(header: list[tuple[int, str]], complaints: Complaints) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, line in header:
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if not colon or name not in _HEADER or not value:
            complaints.error(
                number, f"{line!r} is no header line; write 'name: value' with one of {', '.join(_HEADER)}"
            )
            continue
        with complaints.at(number):
            fields[name] = _field(name, value)
    for name in _NEEDED:
        if name not in fields:
            complaints.error(1, f"the header lacks {name!r}; write '{name}: …' above '--- text'")
    return fields


def _field(name: str, value: str) -> str:
    if name == "voice":
        return one_of(value, VOICES, "voice")
    if name == "region":
        return one_of(value, REGIONS, "region")
    if name == "published":
        try:
            dt.datetime.fromisoformat(value)
        except ValueError:
            raise CorpusError(f"{value!r} is no date; write 2011-10-21 or 2011-10-21T09:43+05:30") from None
    return value


def _layout(lines: list[tuple[int, str]]) -> _Layout:
    pieces: list[str] = []
    page: list[str] = []
    furniture: list[str] = []
    sentences: list[Span] = []
    paragraphs: list[Span] = []
    offset, opened = 0, False
    for _, line in lines:
        if line.startswith(_FURNITURE.rstrip()):
            furniture.append(line[len(_FURNITURE) :].strip())
            page.append(f"\n\n{furniture[-1]}")
            opened = False
            continue
        if not line.strip():
            opened = False
            continue
        joint = "" if not sentences else " " if opened else "\n\n"
        pieces.append(joint + line)
        page.append(("\n\n" if not opened else " ") + line)
        start = offset + len(joint)
        offset = start + len(line)
        sentences.append(Span(start, offset))
        if opened:
            paragraphs[-1] = Span(paragraphs[-1].start, offset)
        else:
            paragraphs.append(Span(start, offset))
        opened = True
    return _Layout("".join(pieces), "".join(page).strip(), tuple(sentences), tuple(paragraphs), tuple(furniture))


def _logical(lines: list[tuple[int, str]]) -> list[Line]:
    joined: list[Line] = []
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if re.match(r"\s", line) and joined:
            joined[-1] = Line(joined[-1].number, f"{joined[-1].text} {line.strip()}")
        else:
            joined.append(Line(number, line.strip()))
    return joined
