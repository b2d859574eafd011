"""Fast loading: the codebook's normal form kept as JSON beside its YAML sources and trusted only while digests agree.

Parsing over a thousand predicates of YAML takes about a second, reading the JSON a few hundredths. The JSON carries
the SHA-256 of the sources; when a source was edited, the YAML is read and checked instead, so a stale copy can never
decide anything. `python -m communique.codebook.compiled` writes it anew.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from communique.codebook import own
from communique.codebook.codebook import Codebook
from communique.codebook.reader import background, codebook, normal_form
from communique.errors import CodebookError

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "compiled.json"
OWN = "own.yaml"  # the file of a user's own types, whatever it is called where it lies


def load(path: Path | None = None) -> Codebook:
    """The codebook of a folder laid over Communique's own, or ours with a file of own types; see `Codebook.load`."""
    files = read_files(path)
    ours = {name: content for name, content in files.items() if name != OWN}
    found = replace(_ours(ours), digest=digest_of(files))
    if OWN not in files:
        return found
    name = str(path if path is None or path.is_file() else path / OWN)
    own_types = own.read(
        name, files[OWN], types=found.types, cameo=found.cameo, background=background(files)
    )  # fmt: skip
    return found.with_own(own_types)


def _ours(files: Mapping[str, bytes]) -> Codebook:
    digest = digest_of(files)
    if COMPILED.exists():
        kept = json.loads(COMPILED.read_bytes())
        if kept["digest"] == digest:
            return codebook(kept["plain"], digest=digest)
    return codebook(normal_form(files), digest=digest)


def read_files(path: Path | None = None) -> dict[str, bytes]:
    """Relative name → content of every YAML file; files of `path` stand for our own of the same name, and a `lexicon`
    folder there replaces ours (its word classes are ours if it has none). A `path` that is a file holds own types."""
    files = _yaml_files(DATA)
    if path is None:
        return files
    if path.is_file():
        return {**files, OWN: path.read_bytes()}
    if not path.is_dir():
        raise CodebookError(
            f"{path} is not a folder and no file; a codebook is a file of your own types, or a folder with files such "
            "as types.yaml, lexicon/*.yaml"
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
