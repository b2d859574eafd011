"""The manifest: which files of an archive count, and how a new one comes to count without ever being half there.

A shard is written to `staging/`, flushed to the disk, renamed into `data/`, and then entered: the entry too is written
aside and flushed, and a hard link, which the file system makes only where no such name exists, puts it into `manifest/`
whole. A process may die between any two of these steps; what it leaves behind is either entered or worth nothing.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from communique.errors import ArchiveError

FORMAT, NUMBER = "communique-archive", 1
_FOLDERS = ("staging", "data", "manifest")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a shard: the `table` whose rows it holds, its `path` in the archive, SHA-256 and size in bytes."""

    table: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One committed shard: `sequence` counts commits from 1; `keys` are those of its inputs in order, `rows` their
    number, and `rejects` how many of them gave no article. A shard that was made by compacting others `replaces` them:
    from the moment that it is entered, theirs do not count any more."""

    shard: str
    sequence: int
    rows: int
    rejects: int
    keys: tuple[str, ...]
    files: tuple[File, ...]
    replaces: tuple[str, ...] = ()


def prepare(root: Path) -> None:
    """Make `root` an archive if it is a new or empty folder, or what a killed beginning left of one.

    Raises `ArchiveError` where the folder holds something else or cannot be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not (root / "archive.json").exists():
            strange = sorted(each.name for each in root.iterdir() if each.name not in {*_FOLDERS, "writer.lock"})
            if strange:
                raise ArchiveError(f"{root} holds other things ({strange[0]}) and is no archive; name a new folder")
        for name in _FOLDERS:
            (root / name).mkdir(exist_ok=True)
        with writing(root, wait=60):
            if not (root / "archive.json").exists():
                staged = root / "staging" / "archive.json"
                _write(staged, json.dumps({"format": FORMAT, "number": NUMBER}).encode())
                staged.replace(root / "archive.json")
                _flush(root)
    except OSError as error:
        raise ArchiveError(f"cannot make an archive at {root}: {error.strerror or error}") from error
    check_format(root)


def check_format(root: Path) -> None:
    """Raise `ArchiveError` unless `root` is an archive of a format that this program reads."""
    try:
        told = json.loads((root / "archive.json").read_text(encoding="utf-8"))
        name, number = told["format"], told["number"]
    except FileNotFoundError:
        kind = "a folder, but not an archive (it has no archive.json)" if root.is_dir() else "no archive"
        raise ArchiveError(f"{root} is {kind}; make one with: communique add PATH --to {root}") from None
    except NotADirectoryError:
        raise ArchiveError(f"{root} is a file; an archive is a folder") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArchiveError(f"{root / 'archive.json'} cannot be read as the head of an archive: {error}") from error
    if name != FORMAT or not isinstance(number, int):
        raise ArchiveError(f"{root} says that it is “{name}” {number}; this program reads {FORMAT} {NUMBER}")
    if number > NUMBER:
        raise ArchiveError(f"{root} has format {number}; this program reads up to {NUMBER}: use a newer Communique")


def names(root: Path) -> tuple[str, ...]:
    """The names of all entries, sorted; cheap, to see whether anything has been committed since."""
    try:
        return tuple(sorted(each.name for each in (root / "manifest").iterdir() if each.suffix == ".json"))
    except OSError as error:
        raise ArchiveError(f"the manifest of {root} cannot be listed: {error.strerror}") from error


def load(root: Path, name: str) -> Entry:
    """The entry called `name`. Raises `ArchiveError` where it does not read as one."""
    path = root / "manifest" / name
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(File(**each) for each in told["files"])
        replaces = tuple(told.get("replaces", ()))
        return Entry(**{**told, "keys": tuple(told["keys"]), "files": files, "replaces": replaces})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArchiveError(f"{path} is damaged ({error}); restore it from a copy") from error


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that count, in order of commit: those that no other one replaces."""
    entries = tuple(entries)
    replaced = {shard for entry in entries for shard in entry.replaces}
    return tuple(sorted((each for each in entries if each.shard not in replaced), key=lambda each: each.sequence))


def retire(root: Path, entries: Iterable[Entry]) -> None:
    """Delete the manifest entries of shards that others have replaced; their files are swept afterwards.

    The caller holds :func:`writing`.
    """
    entries = tuple(entries)
    for shard in {shard for entry in entries for shard in entry.replaces}:
        (root / "manifest" / f"{shard}.json").unlink(missing_ok=True)
    _flush(root / "manifest")


def named(shard: str, bodies: Mapping[str, bytes]) -> tuple[File, ...]:
    """The files that a shard's bodies, by table, will be: the digest of the content is part of each name."""
    digests = {table: hashlib.sha256(body).hexdigest() for table, body in bodies.items()}
    return tuple(
        File(table, f"data/{shard}-{table}-{digests[table][:16]}.parquet", digests[table], len(body))
        for table, body in bodies.items()
    )


def commit(root: Path, entry: Entry, bodies: Mapping[str, bytes]) -> bool:
    """Put a shard into the archive; True when this call entered it, False when it had been entered before.

    The caller holds :func:`writing`. On return the shard is on the disk and will outlive a loss of power.
    """
    (root / "staging").mkdir(exist_ok=True)
    for file in entry.files:
        staged = root / "staging" / Path(file.path).name
        _write(staged, bodies[file.table])
        staged.replace(root / file.path)
    _flush(root / "data")
    draft, name = root / "staging" / f"{entry.shard}.json", root / "manifest" / f"{entry.shard}.json"
    _write(draft, json.dumps(asdict(entry)).encode())
    try:
        os.link(draft, name)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _flush(name.parent)
    return True


def sweep(root: Path, entries: tuple[Entry, ...]) -> int:
    """Delete what dead writers left and return how many files that were.

    The caller holds :func:`writing`: nobody else can be between writing a file and entering it, so that every file
    without an entry is surely stale.
    """
    stale = orphans(root, entries)
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def orphans(root: Path, entries: tuple[Entry, ...]) -> list[Path]:
    """Files under `staging/` and `data/` that no entry names."""
    entered = {root / file.path for entry in entries for file in entry.files}
    # Copying by git, zip or an object store leaves an empty folder out.
    found = [path for name in ("staging", "data") if (root / name).is_dir() for path in (root / name).iterdir()]
    return sorted(path for path in found if path not in entered)


@contextlib.contextmanager
def writing(root: Path, *, wait: float) -> Iterator[None]:
    """Hold the archive's one lock for writers; it ends with the process, however that ends.

    `wait` is how many seconds to wait for another writer. Raises `ArchiveError` when it is still at work then.
    """
    try:
        lock = os.open(root / "writer.lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ArchiveError(f"cannot write to {root}: {error.strerror}") from error
    try:
        deadline = time.monotonic() + wait
        while not _locked(lock):
            if time.monotonic() >= deadline:
                raise ArchiveError(f"another process is writing to {root}; try again when it is done")
            time.sleep(0.02)
        yield
    finally:
        os.close(lock)


def sha256(path: Path) -> str:
    """The SHA-256 of the file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(path: Path, body: bytes) -> None:
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    # A new name is on the disk only once its folder has been flushed.
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
