"""The manual of the codebook runs: every console block is a session in a folder that has the files of the page.

Of the expected lines those before and after "…" must come in order; numbers and the ends of lines may differ, since
probabilities change with the model. RUN1 and RUN2 stand for the ids of runs.
"""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from communique.cli import main
from tests.codebook.conftest import FOUR, ROOT

MANUAL = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```\w+ file=(\S+)\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
SESSIONS = re.findall(r"^```console\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("COMMUNIQUE_ARCHIVE", raising=False)
    monkeypatch.setattr("signal.signal", lambda *given: None)
    shutil.copy(FOUR, tmp_path / FOUR.name)
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def plain(line: str) -> str:
    """A line with runs of spaces as one and every number as #."""
    return re.sub(r"\d+(?:\.\d+)?", "#", " ".join(line.split()))


def in_order(expected: list[str], lines: list[str]) -> str | None:
    """The first expected line that does not follow in its place, if any."""
    place, anywhere = 0, False
    for line in map(plain, expected):
        if line == "…":
            anywhere = True
            continue
        found = next((each for each in range(place, len(lines)) if lines[each] == line), None)
        if found is None or (found > place and not anywhere):
            return line
        place, anywhere = found + 1, False
    return None


def steps(session: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line)
    return found


@pytest.mark.usefixtures("once")
def test_every_session_of_the_manual(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs: dict[str, str] = {}
    for command, expected in [step for session in SESSIONS for step in steps(session)]:
        arguments = shlex.split(command)
        assert arguments[0] == "communique"
        monkeypatch.setattr(sys, "argv", [runs.get(each, each) for each in arguments])
        with pytest.raises(SystemExit):
            main()
        told = capsys.readouterr()
        renamed = re.search(r"communique diff (\w{16}) (\w{16})", told.out)
        if renamed:
            runs = {"RUN1": renamed[1], "RUN2": renamed[2]}
        for name, run in runs.items():
            told = type(told)(told.out.replace(run, name), told.err)
        lines = [plain(line) for line in told.out.splitlines() if line.strip()]
        assert in_order(expected, lines) is None, f"{command}\n{told.out}\n{told.err}"


def test_the_yaml_of_the_manual_is_that_of_the_example() -> None:
    shown = MANUAL.split("```yaml\n")[1].split("```")[0]
    example = FOUR.read_text(encoding="utf-8")
    assert all(line.strip() in example for line in shown.splitlines() if line.lstrip().startswith("- "))


def test_nothing_of_the_page_is_left_out() -> None:
    assert len(SESSIONS) >= 5
    assert {name for name, _ in FILES} == {"flawed.yaml", "lublin.txt"}
