"""The wheel as a stranger gets it: built twice to the same bytes, installed alone, measured, and run without a network.

    python benchmarks/wheel.py

1. builds the wheel twice from this folder and compares the digests;
2. downloads what its core needs from the package index that pip is set up with, installs those files, and nothing from
   anywhere else, in an empty environment, and adds up the files and what lies on the disk then (limit: 350 MB);
3. runs `communique doctor`, `demo` and `read` there, far from this folder, in a process that cannot reach a network: in
   a network namespace of its own where the system allows that, and in any case with every attempt of Python to open a
   connection turned into an error; and sees that `add` says in one sentence which extra it needs;
4. does the same with the extra `archive` (limit: 600 MB, of which pyarrow and duckdb take 240), where `add` and
   `events` have to work.

The exit status is 1 where any of it fails.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Bytes on the disk that an installation may take, by extra; "" is the core.
LIMITS = {"": 350_000_000, "archive": 600_000_000}
# A fixed day for the times inside the wheel, so that two builds are the same file (any day does).
BUILT = "1577836800"
# Python's own connections are refused; native code would need the namespace, which is tried too.
_OFFLINE = """
import socket
import sys
def refuse(event, given):
    # Processes of this machine speak to each other through files.
    if getattr(given[0] if given else None, "family", None) == getattr(socket, "AF_UNIX", "none"):
        return
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        raise RuntimeError(f"{event} {given}: nothing may be asked of a network")
sys.addaudithook(refuse)
sys.argv = ["communique", *sys.argv[1:]]
from communique.cli import main
main()
"""
ARTICLE = "Lima\n\n3 May 2011\n\nPeru expelled the Libyan ambassador on Monday.\n"


def build(folder: Path) -> Path:
    """A wheel of this checkout in `folder`."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--wheel-dir", str(folder), str(ROOT)]  # fmt: skip
    subprocess.run(command, check=True, env=_environment(SOURCE_DATE_EPOCH=BUILT))
    return next(folder.glob("communique-*.whl"))


def download(wheel: str, folder: Path) -> None:
    """The wheel, perhaps with an extra in brackets, and all that it needs, as files in `folder`."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary",
               ":all:", "--dest", str(folder), wheel]  # fmt: skip
    subprocess.run(command, check=True, env=_environment())


def install(files: Path, folder: Path, extra: str) -> Path:
    """An environment in `folder` with the downloaded files alone; gives its Python."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet",
               "--disable-pip-version-check", "--no-compile", "--no-index", "--find-links",
               str(files), f"communique[{extra}]" if extra else "communique"]  # fmt: skip
    subprocess.run(command, check=True, env=_environment())
    return python


def size(folder: Path) -> int:
    """Bytes of the files under `folder`, those that links point to not counted."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink())


def run(python: Path, folder: Path, *arguments: str, status: int = 0) -> str:
    """What the installed program writes, or complains of where it should end with another `status` than 0, run in
    `folder` without a network. Raises where it ends otherwise."""
    command = [str(python), "-I", "-c", _OFFLINE, *arguments]
    if _namespaces():
        command = ["unshare", "--map-root-user", "--net", *command]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_environment())
    if done.returncode != status:
        raise SystemExit(f"communique {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout if status == 0 else done.stderr


def _namespaces() -> bool:
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    tried = subprocess.run([unshare, "--map-root-user", "--net", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def _environment(**more: str) -> dict[str, str]:
    ours = ("PYTHONPATH", "VIRTUAL_ENV", "COMMUNIQUE_ARCHIVE")
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **more}


def main() -> int:
    """Do the four steps; gives the exit status."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        first, second = build(here / "first"), build(here / "second")
        digests = [hashlib.sha256(each.read_bytes()).hexdigest() for each in (first, second)]
        print(f"{first.name}: {first.stat().st_size / 1e6:.1f} MB, sha256 {digests[0]}")
        if digests[0] != digests[1]:
            print(f"the second build has the digest {digests[1]}", file=sys.stderr)
            return 1
        small = [tried(first, here / (extra or "core"), extra, limit) for extra, limit in LIMITS.items()]
        how = "in a namespace without a network" if _namespaces() else "with connections refused"
        print(f"doctor, demo, read, add and events ran {how}")
        return 0 if all(small) else 1


def tried(wheel: Path, here: Path, extra: str, limit: int) -> bool:
    """Whether the wheel with an extra ("" for none) takes less than `limit` bytes when it is installed in `here`.

    Raises `SystemExit` where it does not do there what it should.
    """
    download(f"{wheel}[{extra}]" if extra else str(wheel), here / "files")
    python = install(here / "files", here / "environment", extra)
    files, disk = size(here / "files"), size(here / "environment" / "lib")
    print(f"{f'[{extra}]' if extra else 'core'}: {files / 1e6:.0f} MB to download; {disk / 1e6:.0f} MB installed, "
          f"of at most {limit / 1e6:.0f} MB")  # fmt: skip
    (here / "article.txt").write_text(ARTICLE, encoding="utf-8")
    run(python, here, "doctor")
    demo, read = run(python, here, "demo"), run(python, here, "read", "article.txt")
    if "What was asked" not in demo or "PER GOV" not in read:
        raise SystemExit(f"the demo or the reading lacks what it should show:\n{demo}\n{read}")
    if extra == "archive":
        run(python, here, "add", "article.txt", "--to", "my.archive")
        told, expected = run(python, here, "events", "--archive", "my.archive"), "PER GOV"
    else:
        told, expected = run(python, here, "add", "article.txt", status=2), "pip install 'communique[archive]'"
    if expected not in told:
        raise SystemExit(f"{expected} was to be told, but:\n{told}")
    return disk <= limit


if __name__ == "__main__":
    sys.exit(main())
