"""Short passages in which every event is marked and nothing else (FORMAT.md, Briefs).

= COERCE/arrest arrested: Police in Lusaka > three leaders of the party | ctx repression
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communique.corpus.annotation import AnnotatedArticle, Chain, MarkedEvent, MarkedMention, Party
from communique.corpus.complaint import Complaint, Complaints
from communique.corpus.parse import corpus_files
from communique.corpus.parse_events import check_event, drafts, filled, read_fields, read_trigger, read_types
from communique.corpus.quoting import QuotedText
from communique.errors import CorpusError
from communique.records import Article, Span

_EVENT = "= "
_LINE = re.compile(r"= (?P<types>[A-Z]\S*(?: \+ [A-Z]\S*)*) (?P<trigger>[^:]+?): ?(?P<sides>.+)")


@dataclass(frozen=True, slots=True)
class Brief:
    """A passage with all its events; participants are single mentions (each its own chain).

    `id` is a digest of the text, `home` the name of its file, which decides its part of the split; `sentences` are
    spans of the text, one paragraph; `line` is that of its first sentence.
    """

    id: str
    home: str
    text: str
    sentences: tuple[Span, ...]
    events: tuple[MarkedEvent, ...]
    line: int

    def article(self) -> AnnotatedArticle:
        """The brief as an article in which only events and their parties are marked."""
        parties = {party.mention: party.chain for each in self.events for party in (*each.sources, *each.targets)}
        return AnnotatedArticle(
            article=Article(id=self.id, version=self.id, text=self.text),
            voice="brief",
            region="global",
            brief=self.home,
            annotator=None,
            page="",
            sentences=self.sentences,
            paragraphs=(Span(0, len(self.text)),),
            chains=tuple(Chain(chain, "GROUP") for chain in parties.values()),
            mentions=tuple(MarkedMention(span, "GROUP", chain) for span, chain in sorted(parties.items())),
            roles=(),
            statements=(),
            events=self.events,
            ledger=(),
            first_line=self.line,
        )


def read_briefs(path: Path) -> tuple[tuple[Brief, ...], tuple[Complaint, ...]]:
    """The briefs of one file and what is wrong with its lines."""
    complaints = Complaints(str(path))
    briefs = [_brief(lines, path.stem, complaints) for lines in _blocks(complaints.source(path))]
    return tuple(each for each in briefs if each is not None), tuple(complaints.found)


def load_briefs(paths: Iterable[Path]) -> tuple[Brief, ...]:
    """The briefs of files and folders (their `*.txt`); raises `CorpusError` at the first error."""
    loaded: list[Brief] = []
    for path in corpus_files(paths):
        briefs, complaints = read_briefs(path)
        wrong = next((each for each in complaints if each.level == "error"), None)
        if wrong is not None:
            raise CorpusError(str(wrong))
        loaded.extend(briefs)
    return tuple(loaded)


def _blocks(source: str) -> list[list[tuple[int, str]]]:
    """The lines of each brief with their numbers."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(source.split("\n"), start=1):
        if line.startswith("#"):
            continue
        if line.strip():
            blocks[-1].append((number, line.strip()))
        elif blocks[-1]:
            blocks.append([])
    return [each for each in blocks if each]


def _brief(lines: list[tuple[int, str]], home: str, complaints: Complaints) -> Brief | None:
    written = [line for _, line in lines if not line.startswith(_EVENT.strip())]
    if not written:
        complaints.error(lines[0][0], "an event without its text; no blank line between the sentences and their events")
        return None
    sentences: list[Span] = []
    for line in written:
        start = sentences[-1].end + 1 if sentences else 0
        sentences.append(Span(start, start + len(line)))
    text = QuotedText(" ".join(written), sentences)
    events: list[MarkedEvent] = []
    for number, line in lines:
        if line.startswith(_EVENT.strip()):
            with complaints.at(number):
                for event in _events(line, text, number):
                    check_event(event, events, text, complaints)
                    events.append(event)
    digest = hashlib.sha256(text.text.encode()).hexdigest()[:12]
    return Brief(digest, home, text.text, tuple(sentences), tuple(events), lines[0][0])


def _events(line: str, text: QuotedText, number: int) -> list[MarkedEvent]:
    first, *others = line.split(" | ")
    found = _LINE.fullmatch(first.strip())
    if not found:
        raise CorpusError(f"{first[:60]!r} is no event; write = TYPE/mode trigger: source + source > target | ctx …")
    types, _ = read_types(found.group("types"))
    trigger = read_trigger(found.group("trigger"), text)
    sources, arrow, targets = f" {found.group('sides')} ".partition(" > ")
    fields = read_fields(others)
    events = drafts(
        types,
        f"e{number}",
        trigger,
        _parties(sources, text, trigger),
        _parties(targets, text, trigger) if arrow else (),
    )
    return [filled(each, fields, number) for each in events]


def _parties(written: str, text: QuotedText, trigger: Span) -> tuple[Party, ...]:
    quotes = [each.strip() for each in written.split(" + ") if each.strip() not in ("", "-")]
    spans = [text.find(each, near=trigger.start, outside=(trigger,)) for each in quotes]
    return tuple(Party(f"~{span.start}-{span.end}", span) for span in spans)
