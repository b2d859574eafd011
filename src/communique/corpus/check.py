"""`check`: everything that can be said against corpus files — format, links, gaps, copies, and lack of variety."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.corpus.annotation import AnnotatedArticle
from communique.corpus.briefs import Brief, load_briefs, read_briefs
from communique.corpus.complaint import Complaint
from communique.corpus.completeness import forgotten
from communique.corpus.overlap import foreign_sequences, sequences, shared
from communique.corpus.parse import corpus_files, load, read
from communique.corpus.rows import Row, load_rows, read_rows
from communique.corpus.variety import Excess, excesses

Short = Mapping[Path, Sequence[Row | Brief]]  # rows or briefs by file
_PARTS = ("articles", "rows", "briefs")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, what is wrong (errors and notes, by file and line) and what dominates."""

    articles: tuple[AnnotatedArticle, ...]
    rows: tuple[Row, ...]
    briefs: tuple[Brief, ...]
    complaints: tuple[Complaint, ...]
    excesses: tuple[Excess, ...]

    @property
    def passed(self) -> bool:
        """Whether there is no error and nothing dominates; notes do not fail."""
        return not self.excesses and all(each.level == "note" for each in self.complaints)


def check(paths: Iterable[Path], *, beside: Path | None = None, data: Path | None = None) -> Checked:
    """Checks articles, and rows and briefs, which the name of their folder tells.

    `beside` is a corpus folder (`articles/`, `rows/`, `briefs/`) whose articles must share no eight words with the
    files given; `data` a folder of foreign texts with which no file may share eight words.
    """
    sorted_out = _sorted_out(paths)
    readings = {path: read(path) for path in sorted_out["articles"]}
    complaints = [complaint for reading in readings.values() for complaint in reading.complaints]
    articles = {path: reading.article for path, reading in readings.items() if reading.article is not None}
    rows = {path: read_rows(path) for path in sorted_out["rows"]}
    briefs = {path: read_briefs(path) for path in sorted_out["briefs"]}
    complaints.extend(each for _, found in (*rows.values(), *briefs.values()) for each in found)
    short: dict[Path, Sequence[Row | Brief]] = {path: texts for path, (texts, _) in rows.items()}
    short.update({path: texts for path, (texts, _) in briefs.items()})
    for path, article in articles.items():
        complaints.extend(forgotten(article, str(path)))
    texts = {str(path): article.text for path, article in articles.items()}
    complaints.extend(_copies(texts, short, beside))
    complaints.extend(_twice(short))
    if data is not None:
        complaints.extend(_foreign(texts, short, data))
    held = tuple(articles.values())
    every_row = tuple(row for listed, _ in rows.values() for row in listed)
    every_brief = tuple(brief for listed, _ in briefs.values() for brief in listed)
    return Checked(held, every_row, every_brief, tuple(sorted(complaints)), tuple(excesses(held)))


def load_whole(paths: Iterable[Path]) -> tuple[tuple[AnnotatedArticle, ...], tuple[Row, ...], tuple[Brief, ...]]:
    """Articles, rows and briefs of files, folders and whole corpora; raises `CorpusError` at the first error."""
    found = _sorted_out(paths)
    return load(found["articles"]), load_rows(found["rows"]), load_briefs(found["briefs"])


def load_annotated(paths: Iterable[Path]) -> tuple[AnnotatedArticle, ...]:
    """Articles, and briefs as such, of files, folders and whole corpora; raises `CorpusError` at the first error."""
    articles, _, briefs = load_whole(paths)
    return (*articles, *(each.article() for each in briefs))


def _sorted_out(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Files by what they hold, which is told by the name of their folder; a corpus stands for all that it has."""
    sorted_out: dict[str, list[Path]] = {name: [] for name in _PARTS}
    for path in corpus_files(_widened(paths)):
        home = path.resolve().parent.name
        sorted_out[home if home in ("rows", "briefs") else "articles"].append(path)
    return sorted_out


def _widened(paths: Iterable[Path]) -> list[Path]:
    widened: list[Path] = []
    for path in paths:
        parts = [path / name for name in _PARTS if (path / name).is_dir()]
        widened.extend(parts or [path])
    return widened


def _copies(texts: dict[str, str], short: Short, beside: Path | None) -> Iterable[Complaint]:
    others = dict(texts)
    if beside is not None:
        given = {Path(each).resolve() for each in texts}
        for path in sorted((beside / "articles").glob("*.txt")):
            article = None if path.resolve() in given else read(path).article
            if article is not None:
                others[str(path)] = article.text
    for name, other, words in shared(texts, others):
        yield Complaint(name, 1, f"shares eight words with {other}: {words!r}; write them differently")
    short_texts = {f"{path}:{each.line}": each.text for path, listed in short.items() for each in listed}
    for name, other, words in shared(short_texts, others):
        file, _, line = name.rpartition(":")
        yield Complaint(file, int(line), f"shares eight words with {other}: {words!r}; write them differently")


def _twice(short: Short) -> Iterable[Complaint]:
    seen: dict[str, str] = {}
    for path, listed in short.items():
        for each in listed:
            if each.id in seen:
                yield Complaint(str(path), each.line, f"the text stands already in {seen[each.id]}")
            seen[each.id] = f"{path}:{each.line}"


def _foreign(texts: dict[str, str], short: Short, data: Path) -> Iterable[Complaint]:
    ours = {sequence: f"{name}:1" for name, text in texts.items() for sequence in sequences(text)}
    ours |= {
        sequence: f"{path}:{each.line}"
        for path, listed in short.items()
        for each in listed
        for sequence in sequences(each.text)
    }
    for home, name, words in foreign_sequences(ours, data):
        file, _, line = home.rpartition(":")
        yield Complaint(file, int(line), f"shares eight words with {name}: {words!r}; write them differently")


def errors(complaints: Sequence[Complaint]) -> tuple[Complaint, ...]:
    """The complaints that fail a check."""
    return tuple(each for each in complaints if each.level == "error")
