"""What is derived from an archive, kept beside it: stories, happenings, and the ledger.

Derived tables are no truth: they are made anew from the coded articles whenever these have changed, and may be deleted
at any time. They stand under `derived/`; `derived/state.json` names them, with their digests and the stamp of the state
of the archive that they were made from, and is replaced as a whole, so that a reader sees one set or the other.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import ArchiveError
from communique.store.manifest import Entry, File, sha256

FOLDER, STATE = "derived", "state.json"


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived tables that stand: `stamp` of the archive they were made from, what they were `made_by`, and their
    files."""

    stamp: str
    made_by: str
    files: tuple[File, ...]


def stamp(entries: Sequence[Entry], *, made_by: str) -> str:
    """A digest of what is committed, however it is spread over files, and of what derives from it."""
    told = "\n".join((made_by, *sorted(key for entry in entries for key in entry.keys)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def load(root: Path) -> Derived | None:
    """The derived tables under `root`, or None where there are none that are whole."""
    try:
        told = json.loads((root / FOLDER / STATE).read_text(encoding="utf-8"))
        files = tuple(File(**each) for each in told["files"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    whole = all((root / file.path).is_file() for file in files)
    return Derived(told["stamp"], told.get("made_by", ""), files) if whole else None


def keep(root: Path, stamp: str, made_by: str, tables: Mapping[str, pa.Table]) -> Derived:
    """Put new derived tables in the place of the old ones. Raises `ArchiveError` where the disk refuses."""
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        files = tuple(_written(folder, name, table) for name, table in tables.items())
        made = Derived(stamp, made_by, files)
        draft = folder / f"{STATE}.{os.getpid()}"
        draft.write_text(json.dumps(asdict(made)), encoding="utf-8")
        draft.replace(folder / STATE)
    except OSError as error:
        raise ArchiveError(f"cannot write what is derived to {folder}: {error.strerror or error}") from error
    return made


def sweep(root: Path, kept: Derived) -> None:
    """Delete derived files that nothing names any more. A reader that still has one open keeps what it has."""
    names = {Path(file.path).name for file in kept.files}
    for path in (root / FOLDER).glob("*.parquet"):
        if path.name not in names:
            path.unlink(missing_ok=True)


def forget(root: Path) -> None:
    """Delete all that is derived."""
    for path in (root / FOLDER).glob("*"):
        path.unlink(missing_ok=True)


def faults(root: Path) -> list[tuple[str, str]]:
    """Files whose bytes are not those that were written, with what to do about it."""
    made = load(root)
    if made is None:
        told = "cannot be read, or names files that are gone; communique rebuild makes what is derived anew"
        return [(f"{FOLDER}/{STATE}", told)] if (root / FOLDER / STATE).exists() else []
    advice = "has other bytes than were written; communique rebuild makes it anew"
    return [(file.path, advice) for file in made.files if sha256(root / file.path) != file.sha256]


def _written(folder: Path, name: str, table: pa.Table) -> File:
    draft = folder / f"{name}.{os.getpid()}.draft"
    pq.write_table(table, draft, compression="zstd", write_page_checksum=True, row_group_size=20_000)
    digest = sha256(draft)
    path = folder / f"{name}-{digest[:16]}.parquet"
    draft.replace(path)
    return File(name, f"{FOLDER}/{path.name}", digest, path.stat().st_size)


def rows(root: Path, made: Derived, name: str) -> list[dict[str, Any]]:
    """The rows of one derived table, for making the next one from it."""
    for file in made.files:
        if file.table == name:
            told: list[dict[str, Any]] = pq.read_table(root / file.path).to_pylist()
            return told
    return []
