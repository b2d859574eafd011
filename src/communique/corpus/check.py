"""`check`: everything that can be said against corpus files — format, links, gaps, copies, and lack of variety."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.corpus.annotation import AnnotatedArticle
from communique.corpus.complaint import Complaint
from communique.corpus.completeness import forgotten
from communique.corpus.overlap import foreign_sequences, sequences, shared
from communique.corpus.parse import corpus_files, load, read
from communique.corpus.rows import Row, load_rows, read_rows
from communique.corpus.variety import Excess, excesses


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, what is wrong (errors and notes, by file and line) and what dominates."""

    articles: tuple[AnnotatedArticle, ...]
    rows: tuple[Row, ...]
    complaints: tuple[Complaint, ...]
    excesses: tuple[Excess, ...]

    @property
    def passed(self) -> bool:
        """Whether there is no error and nothing dominates; notes do not fail."""
        return not self.excesses and all(each.level == "note" for each in self.complaints)


def check(paths: Iterable[Path], *, beside: Path | None = None, data: Path | None = None) -> Checked:
    """Checks articles and rows, those of a `rows` folder being told by its name.

    `beside` is a corpus folder (`articles/`, `rows/`) whose other files must share no eight words with the files given;
    `data` a folder of foreign texts with which no file may share eight words.
    """
    files = corpus_files(_widened(paths))
    row_files = [each for each in files if _holds_rows(each)]
    readings = {each: read(each) for each in files if each not in row_files}
    complaints = [complaint for reading in readings.values() for complaint in reading.complaints]
    articles = {path: reading.article for path, reading in readings.items() if reading.article is not None}
    rows: dict[Path, tuple[Row, ...]] = {}
    for path in row_files:
        rows[path], found = read_rows(path)
        complaints.extend(found)
    for path, article in articles.items():
        complaints.extend(forgotten(article, str(path)))
    texts = {str(path): article.text for path, article in articles.items()}
    complaints.extend(_copies(texts, rows, beside))
    complaints.extend(_twice(rows))
    if data is not None:
        complaints.extend(_foreign(texts, rows, data))
    every_row = tuple(row for each in rows.values() for row in each)
    held = tuple(articles.values())
    return Checked(held, every_row, tuple(sorted(complaints)), tuple(excesses(held)))


def load_whole(paths: Iterable[Path]) -> tuple[tuple[AnnotatedArticle, ...], tuple[Row, ...]]:
    """Articles and rows of files, folders and whole corpora; raises `CorpusError` at the first error."""
    files = corpus_files(_widened(paths))
    rows = [each for each in files if _holds_rows(each)]
    return load(each for each in files if each not in rows), load_rows(rows)


def _holds_rows(path: Path) -> bool:
    return path.resolve().parent.name == "rows"


def _widened(paths: Iterable[Path]) -> list[Path]:
    """Folders that are a whole corpus stand for their `articles` and `rows`."""
    widened: list[Path] = []
    for path in paths:
        parts = [path / name for name in ("articles", "rows") if (path / name).is_dir()]
        widened.extend(parts or [path])
    return widened


def _copies(texts: dict[str, str], rows: dict[Path, tuple[Row, ...]], beside: Path | None) -> Iterable[Complaint]:
    others = dict(texts)
    if beside is not None:
        given = {Path(each).resolve() for each in texts}
        for path in sorted((beside / "articles").glob("*.txt")):
            article = None if path.resolve() in given else read(path).article
            if article is not None:
                others[str(path)] = article.text
    for name, other, words in shared(texts, others):
        yield Complaint(name, 1, f"shares eight words with {other}: {words!r}; write them differently")
    row_texts = {f"{path}:{row.line}": row.text for path, each in rows.items() for row in each}
    for name, other, words in shared(row_texts, others):
        file, _, line = name.rpartition(":")
        yield Complaint(file, int(line), f"shares eight words with {other}: {words!r}; write them differently")


def _twice(rows: dict[Path, tuple[Row, ...]]) -> Iterable[Complaint]:
    seen: dict[str, str] = {}
    for path, each in rows.items():
        for row in each:
            if row.id in seen:
                yield Complaint(str(path), row.line, f"the sentence stands already in {seen[row.id]}")
            seen[row.id] = f"{path}:{row.line}"


def _foreign(texts: dict[str, str], rows: dict[Path, tuple[Row, ...]], data: Path) -> Iterable[Complaint]:
    ours = {sequence: f"{name}:1" for name, text in texts.items() for sequence in sequences(text)}
    ours |= {
        sequence: f"{path}:{row.line}"
        for path, each in rows.items()
        for row in each
        for sequence in sequences(row.text)
    }
    for home, name, words in foreign_sequences(ours, data):
        file, _, line = home.rpartition(":")
        yield Complaint(file, int(line), f"shares eight words with {name}: {words!r}; write them differently")


def errors(complaints: Sequence[Complaint]) -> tuple[Complaint, ...]:
    """The complaints that fail a check."""
    return tuple(each for each in complaints if each.level == "error")
