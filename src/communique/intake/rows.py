"""Tables (JSON Lines, CSV, TSV, Parquet) → one input for each row; a bad row costs one problem with its place."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.intake.inputs import Given, Input, moment
from communique.intake.refusals import LARGEST_FILE, refuse
from communique.records import Problem

FIELDS = ("text", "title", "outlet", "byline", "published", "url")
# Names of columns that mean a field where nothing else is said; the first that a row has counts.
USUAL: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "html", "maintext", "content_html", "content_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source", "site", "sitename"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "publish_date", "date_publish", "date_published", "pubdate", "dct"),
    "url": ("url", "link", "address"),
}
TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


def rows(path: Path, place: str, *, columns: Mapping[str, str] | None = None) -> Iterator[Input | Problem]:
    """The rows of the table in order; `columns` names the column of a field ("text": "body"), else the usual ones."""
    kind = path.suffix.lower()
    try:
        read = _parquet if kind == ".parquet" else _lines if kind in (".jsonl", ".ndjson") else _csv
        for number, row in read(path, place):
            yield row if isinstance(row, Problem) else as_input(row, f"{place}, row {number}", columns or {})
    except OSError as error:
        yield refuse("unreadable-file", found=error.strerror or type(error).__name__, place=place)


def as_input(row: Mapping[str, Any], place: str, columns: Mapping[str, str]) -> Input | Problem:
    """One row as an input; the problem "no-text-column" where it has no text."""
    lower = {str(name).strip().lower(): value for name, value in row.items() if name is not None}
    said = {}
    for field in FIELDS:
        names = (columns[field].lower(),) if field in columns else USUAL[field]
        said[field] = next((_words(lower[name]) for name in names if lower.get(name)), None)
    text = said.pop("text")
    if not text:
        return refuse("no-text-column", found=", ".join(sorted(lower))[:200], place=place)
    said["published"] = moment(said["published"])
    return Input(place, data=text.encode("utf-8", "replace"), given=Given(**said))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _lines(path: Path, place: str) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LARGEST_FILE + 1):
            number += 1
            where = f"{place}, row {number}"
            if len(line) > LARGEST_FILE:
                while line and not line.endswith(b"\n"):
                    line = file.readline(LARGEST_FILE)
                yield number, refuse("too-large", found="a line of more than 10 MB", place=where)
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, refuse("broken-record", found=f"no JSON ({error})"[:200], place=where)
                continue
            is_row = isinstance(row, dict)
            yield number, row if is_row else refuse("broken-record", found="no JSON object", place=where)


def _csv(path: Path, place: str) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    csv.field_size_limit(LARGEST_FILE)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(_without_nul(file), delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        number = 0
        while True:
            number += 1
            try:
                row = next(reader, None)
            except csv.Error as error:
                yield number, refuse("broken-record", found=str(error), place=f"{place}, row {number}")
                continue
            if row is None:
                return
            yield number, row


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in lines)


def _parquet(path: Path, place: str) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    import pyarrow as pa  # here, because it takes a quarter of a second and most inputs do not need it
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        found = str(error).splitlines()[0][:200]
        yield number, refuse("broken-record", found=found, place=f"{place}, after row {number}")
