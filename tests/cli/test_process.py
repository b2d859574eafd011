"""The command as a process: what it imports, how it behaves in a pipe and without colours."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("onnxruntime", "duckdb", "pyarrow", "trafilatura", "numpy", "tokenizers", "yaml", "lxml", "rapidfuzz")

# Any command with the stub coder: python -c PROGRAM arguments…
PROGRAM = """
from communique.cli import coding, main
from tests.cli.conftest import StubCoder
coding.load_coder = StubCoder
main()
"""
ROOT = Path(__file__).parents[2]


def test_help_imports_nothing_heavy() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "communique.cli", "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.rsplit("|", 1)[-1].strip() for line in told.stderr.splitlines() if line.startswith("import time:")}
    assert "typer" in imported
    assert not {name for name in imported if name.split(".")[0] in HEAVY}
    for command in ("read", "explain", "add", "events", "statements", "problems", "verify", "demo", "score"):
        assert command in told.stdout


def test_the_package_imports_nothing_heavy() -> None:
    code = "import sys, communique, communique.cli, communique.store, communique.views; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name for name in told.stdout.split() if name.split(".")[0] in HEAVY}


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no such signal here")
def test_a_reader_that_goes_away_is_no_error(page: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for form in ("table", "json", "jsonl"):
        told = subprocess.run(
            [sys.executable, "-c", PROGRAM, "read", str(page), "--format", form],
            stdout=writing, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False,
        )  # fmt: skip
        assert (told.returncode, told.stderr) == (-signal.SIGPIPE, "")
    os.close(writing)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_in_a_terminal_unless_refused(page: Path, setting: dict[str, str], coloured: bool) -> None:
    leader, follower = os.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    subprocess.run(
        [sys.executable, "-c", PROGRAM, "read", str(page)],
        stdout=follower, env={**kept, "TERM": "xterm-256color", **setting}, cwd=ROOT, check=True,
    )  # fmt: skip
    os.close(follower)
    told = b""
    try:
        while piece := os.read(leader, 65536):
            told += piece
    except OSError:
        pass
    os.close(leader)
    assert b"REQUEST" in told
    assert (b"\x1b[33m" in told or b"33m" in told) is coloured


def test_letters_survive_a_locale_without_them(page: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, "read", str(page)],
        stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        cwd=ROOT, check=True,
    )  # fmt: skip
    assert "→ PAK GOV" in told.stdout.decode("utf-8")
