"""`doctor`: what this installation and this archive lack, and what mends it.

Each examination gives findings; a finding is good, a remark (the program works without it) or a fault, and the two
latter name their fix. Nothing is changed, and no other host is asked.
"""

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from communique.cli.output import console
from communique.errors import CommuniqueError

Standing = Literal["good", "remark", "fault"]
OLDEST = (3, 11)
# Extras of those who change the program, which nobody else misses.
_WORKSHOP = ("training", "docs", "all")
# Free space under which an archive of a few thousand articles may not fit; about 20 KB an article were measured.
ROOM = 100_000_000
_SIGN = {"good": ("ok", "green"), "remark": ("note", "yellow"), "fault": ("FAULT", "bold red")}
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w-]+)['\"]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, what was found there, and what mends it ("" where it is good)."""

    what: str
    standing: Standing
    found: str
    fix: str = ""


def doctor(archive: Path) -> int:
    """Print the findings about this installation and `archive`; gives the exit status, 1 where there is a fault."""
    found = [*installation(), *shipped(), *place(archive)]
    shown = console()
    for each in found:
        sign, style = _SIGN[each.standing]
        shown.print(f"{sign:5} ", style=style, end="")
        shown.print(f"{each.what}: {each.found}", soft_wrap=True)
        if each.fix:
            shown.print(f"      → {each.fix}", soft_wrap=True)
    faults = sum(each.standing == "fault" for each in found)
    shown.print("Nothing has to be mended." if not faults else f"{faults} to be mended.")
    return 1 if faults else 0


def installation() -> Iterator[Finding]:
    """Python, the packages that Communique needs, those of its extras, and the terminal."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info >= OLDEST:
        yield Finding("Python", "good", version)
    else:
        yield Finding("Python", "fault", version, "install Python 3.11 or later and Communique there")
    for extra, names in _needed().items():
        if extra in _WORKSHOP:
            continue
        lacking = [name for name in names if not _installed(name)]
        what = f"packages for [{extra}]" if extra else "packages"
        if not lacking:
            yield Finding(what, "good", f"{len(names)} installed")
        elif extra:
            yield Finding(what, "remark", f"{', '.join(lacking)} not installed", f"pip install 'communique[{extra}]'")
        else:
            yield Finding(what, "fault", f"{', '.join(lacking)} not installed", f"pip install {' '.join(lacking)}")
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        yield Finding("output", "remark", f"written as {encoding or 'unknown'}", "set PYTHONUTF8=1 in the environment")


def shipped() -> Iterator[Finding]:
    """The weights, the registry, the gazetteer and the codebook: all there and as they were made."""

    def model() -> str:
        from communique.encoder import Encoder

        return f"as it was made, {Encoder.load().digest[:16]}"

    def registry() -> str:
        from communique.grounding import Registry

        return f"as it was made, {Registry.load().digest[:16]}"

    def gazetteer() -> str:
        from communique.grounding.gazetteer import Gazetteer

        Gazetteer.load()
        return "can be read"

    def codebook() -> str:
        from communique.codebook import Codebook

        book = Codebook.load()
        return f"{len(book.types)} types, {len(book.lexicon):,} words, {book.digest[:16]}"

    again = "install the package again: pip install --force-reinstall --no-deps communique"
    yield _tried("model", model, fix=again)
    yield _tried("registry", registry, fix=again)
    yield _tried("gazetteer", gazetteer, fix=again)
    yield _tried("codebook", codebook, fix=again)


def place(path: Path) -> Iterator[Finding]:
    """The archive at `path`, or the folder in which one would be made."""
    if not path.exists():
        yield Finding("archive", "remark", f"none at {path}", f"make one: communique add FOLDER --to {path}")
    elif not all(map(_installed, _needed().get("archive", ()))):
        yield Finding("archive", "remark", f"{path} cannot be looked at", "pip install 'communique[archive]'")
    else:
        yield _tried("archive", lambda: _archive(path), fix=f"communique verify --archive {path} tells what is damaged")
    folder = next(each for each in (path.absolute(), *path.absolute().parents) if each.is_dir())
    if not os.access(folder, os.W_OK):
        yield Finding("folder", "fault", f"{folder} cannot be written", "name another one with --archive")
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        yield Finding("space", "fault", f"{free // 1_000_000} MB free at {folder}", "make room for at least 100 MB")
    else:
        yield Finding("space", "good", f"{free / 1e9:.1f} GB free")


def _archive(path: Path) -> str:
    from communique.library import Library
    from communique.store import Archive

    library = Library(Archive.open(path))
    articles = library.archive.ask("SELECT count(*) AS articles FROM articles", []).to_pylist()[0]["articles"]
    derived = "up to date" if library.is_current() else "made anew when it is asked for"
    return f"{path}, {articles:,} articles; ledger {derived}"


def _tried(what: str, attempt: Callable[[], str], *, fix: str) -> Finding:
    """What `attempt` found, or the fault that it met: whatever breaks is what the doctor is asked for."""
    try:
        return Finding(what, "good", attempt())
    except CommuniqueError as error:
        return Finding(what, "fault", str(error), fix)
    except Exception as error:
        return Finding(what, "fault", f"{type(error).__name__}: {error}", fix)


def _needed() -> dict[str, list[str]]:
    """Names of the packages that the installed Communique declares, by extra; "" for those that it always needs."""
    found: dict[str, list[str]] = {"": []}
    for told in importlib.metadata.requires("communique") or ():
        name, extra = _NAME.match(told), _EXTRA.search(told)
        if name is not None and name.group() != "communique":
            found.setdefault(extra.group(1) if extra else "", []).append(name.group())
    return found


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
