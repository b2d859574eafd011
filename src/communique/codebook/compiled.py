"""Fast loading: the codebook's normal form kept as JSON beside its YAML sources and trusted only while digests agree.

Parsing over a thousand predicates of YAML takes about a second, reading the JSON a few hundredths. The JSON carries
the SHA-256 of the sources; when a source was edited, the YAML is read and checked instead, so a stale copy can never
decide anything. `python -m communique.codebook.compiled` writes it anew.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from communique.codebook.codebook import Codebook
from communique.codebook.reader import codebook, normal_form
from communique.errors import CodebookError

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "compiled.json"


def load(path: Path | None = None) -> Codebook:
    """The codebook of a folder laid over Communique's own; see `Codebook.load`."""
    files = read_files(path)
    digest = digest_of(files)
    if path is None and COMPILED.exists():
        kept = json.loads(COMPILED.read_bytes())
        if kept["digest"] == digest:
            return codebook(kept["plain"], digest=digest)
    return codebook(normal_form(files), digest=digest)


def read_files(path: Path | None = None) -> dict[str, bytes]:
    """Relative name → content of every YAML file; files of `path` stand for our own of the same name, and a `lexicon`
    folder there replaces ours (its word classes are ours if it has none)."""
    files = _yaml_files(DATA)
    if path is None:
        return files
    if not path.is_dir():
        raise CodebookError(
            f"{path} is not a folder; a codebook is a folder with files such as types.yaml, lexicon/*.yaml"
        )
    given = _yaml_files(path)
    if any(name.startswith("lexicon/") and name != "lexicon/classes.yaml" for name in given):
        files = {
            name: content for name, content in files.items()
            if not name.startswith("lexicon/") or name == "lexicon/classes.yaml"
        }  # fmt: skip
    return {**files, **given}


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hexadecimal) over names and contents in order of name."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def compile_codebook() -> Path:
    """Writes the JSON copy of Communique's own codebook and gives its path."""
    files = read_files()
    form = {"digest": digest_of(files), "plain": normal_form(files)}
    COMPILED.write_text(json.dumps(form, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return COMPILED


def _yaml_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in [*folder.glob("*.yaml"), *folder.glob("lexicon/*.yaml")]
    }


if __name__ == "__main__":
    compile_codebook()
