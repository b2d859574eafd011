"""The wheel as a stranger gets it: built twice to the same bytes, installed alone, measured, and run without a network.

    python benchmarks/wheel.py

1. builds the wheel twice from this folder and compares the digests;
2. downloads what it needs from the package index that pip is set up with, and adds up wheel and dependencies (limit:
   350 MB);
3. installs those files, and nothing from anywhere else, in an empty environment, and adds up what lies on the disk then
   (limit: 580 MB, of which pyarrow, onnxruntime, duckdb and numpy take 400);
4. runs `communique doctor`, `communique demo` and `communique read` there, far from this folder, in a process that
   cannot reach a network: in a network namespace of its own where the system allows that, and in any case with every
   attempt of Python to open a connection turned into an error.

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
DOWNLOAD_LIMIT, DISK_LIMIT = 350_000_000, 580_000_000
# A fixed day for the times inside the wheel, so that two builds are the same file (any day does).
BUILT = "1577836800"
# Python's own connections are refused; native code would need the namespace, which is tried too.
_OFFLINE = """
import sys
def refuse(event, given):
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


def download(wheel: Path, folder: Path) -> None:
    """The wheel and all that it needs, as files in `folder`."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary",
               ":all:", "--dest", str(folder), str(wheel)]  # fmt: skip
    subprocess.run(command, check=True, env=_environment())


def install(files: Path, folder: Path) -> Path:
    """An environment in `folder` with the downloaded files alone; gives its Python."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet",
               "--disable-pip-version-check", "--no-compile", "--no-index", "--find-links",
               str(files), "communique"]  # fmt: skip
    subprocess.run(command, check=True, env=_environment())
    return python


def size(folder: Path) -> int:
    """Bytes of the files under `folder`, those that links point to not counted."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink())


def run(python: Path, folder: Path, *arguments: str) -> str:
    """What the installed program writes, run in `folder` without a network. Raises where it fails."""
    command = [str(python), "-I", "-c", _OFFLINE, *arguments]
    if _namespaces():
        command = ["unshare", "--map-root-user", "--net", *command]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=_environment())
    if done.returncode:
        raise SystemExit(f"communique {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


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
        download(first, here / "files")
        python = install(here / "files", here / "environment")
        files, disk = size(here / "files"), size(here / "environment" / "lib")
        print(f"wheel and dependencies: {files / 1e6:.0f} MB of at most {DOWNLOAD_LIMIT / 1e6:.0f} MB")
        print(f"installed: {disk / 1e6:.0f} MB of at most {DISK_LIMIT / 1e6:.0f} MB")
        (here / "article.txt").write_text(ARTICLE, encoding="utf-8")
        run(python, here, "doctor")
        demo = run(python, here, "demo")
        read = run(python, here, "read", "article.txt")
        if "What was asked" not in demo or "PER GOV" not in read:
            print(f"the demo or the reading lacks what it should show:\n{demo}\n{read}", file=sys.stderr)
            return 1
        how = "in a namespace without a network" if _namespaces() else "with connections refused"
        print(f"doctor, demo and read ran {how}")
        return 0 if files <= DOWNLOAD_LIMIT and disk <= DISK_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
