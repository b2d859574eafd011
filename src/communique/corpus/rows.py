"""Single sentences with a marked pair: `LABEL [PLOVER/mode] [hard]: <s>…</s> … <t>…</t>` (FORMAT.md, Rows)."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communique.corpus.complaint import Complaint, Complaints
from communique.corpus.parse import corpus_files
from communique.corpus.vocabulary import LABELS, TYPES, modes_of, one_of
from communique.errors import CorpusError
from communique.records import Span

_LINE = re.compile(r"(?P<label>[A-Z]+)(?: (?P<plover>[A-Z]+)?(?:/(?P<mode>[a-z_-]+))?)?(?P<hard> ?hard)?: (?P<rest>.+)")
_MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Row:
    """One marked sentence.

    `text` has no marks; `source` and `target` are spans of it; `label` is the type between them under the CAMEO (PLV)
    policy, `type` and `mode` under PLOVER 2.0; `hard` says that the sentence was written to be so. `id` is a digest of
    the sentence.
    """

    id: str
    text: str
    source: Span
    target: Span
    label: str
    type: str
    mode: str | None
    hard: bool
    line: int

    @property
    def marked(self) -> str:
        """The sentence with `<s>`, `</s>`, `<t>`, `</t>` around source and target."""
        marks = [(self.source, "s"), (self.target, "t")]
        text = self.text
        for span, mark in sorted(marks, reverse=True):
            text = f"{text[: span.start]}<{mark}>{span.of(text)}</{mark}>{text[span.end :]}"
        return text


def read_rows(path: Path) -> tuple[tuple[Row, ...], tuple[Complaint, ...]]:
    """The rows of one file and what is wrong with its lines."""
    complaints, rows = Complaints(str(path)), []
    for number, line in enumerate(complaints.source(path).split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            with complaints.at(number):
                rows.append(read_row(line.strip(), line=number))
    return tuple(rows), tuple(complaints.found)


def load_rows(paths: Iterable[Path]) -> tuple[Row, ...]:
    """The rows of files and folders (their `*.txt`); raises `CorpusError` at the first error."""
    loaded: list[Row] = []
    for path in corpus_files(paths):
        rows, complaints = read_rows(path)
        if complaints:
            raise CorpusError(str(complaints[0]))
        loaded.extend(rows)
    return tuple(loaded)


def read_row(written: str, *, line: int = 1) -> Row:
    """Reads one row; raises `CorpusError` where it does not follow the format."""
    found = _LINE.fullmatch(written)
    if not found:
        raise CorpusError(f"{written[:50]!r} is no row; write LABEL TYPE/mode hard: <s>source</s> … <t>target</t> …")
    label = one_of(found.group("label"), LABELS, "label of the PLV policy")
    type_ = found.group("plover") or label
    if type_ == "YIELD":
        raise CorpusError("YIELD needs its PLOVER type; write YIELD RETREAT/release: … or YIELD CONCEDE: …")
    one_of(type_, TYPES, "PLOVER type")
    mode = found.group("mode")
    if mode is not None:
        one_of(mode, modes_of(type_), f"mode of {type_}")
    text, spans = _unmarked(found.group("rest").strip())
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Row(digest, text, spans["s"], spans["t"], label, type_, mode, bool(found.group("hard")), line)


def _unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    text, last, starts, spans = "", 0, dict[str, int](), dict[str, Span]()
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        name = match.group().strip("</>")
        if match.group().startswith("</"):
            if name not in starts or name in spans:
                raise CorpusError(f"the mark {match.group()} closes nothing; mark one source and one target")
            spans[name] = Span(starts[name], len(text))
        else:
            starts[name] = len(text)
    text += marked[last:]
    if set(spans) != {"s", "t"} or spans["s"].overlaps(spans["t"]) or not all(len(each) for each in spans.values()):
        raise CorpusError("mark exactly one source <s>…</s> and one target <t>…</t>, apart from each other")
    if any(each.of(text) != each.of(text).strip() for each in spans.values()):
        raise CorpusError("no blank inside a mark at its edge; write <s>the union</s>, not <s> the union </s>")
    return text, spans
