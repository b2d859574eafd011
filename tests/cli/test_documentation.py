"""Every command in the documentation exists, and every example of the tutorial and of Python, R and extending runs."""

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from communique.cli.app import app
from communique.cli.score import KINDS

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "command-line.md").read_text(encoding="utf-8")
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(DOCS.glob("*.md"))}
ROOT = typer.main.get_command(app)
# A line of a shell block, after a prompt, behind a pipe or from a virtual environment; and one in running text.
_LINE = re.compile(r"^(?:\$ |.*\| |\.venv/bin/)?communique ([^#\n]+)", re.MULTILINE)
_IN_TEXT = re.compile(r"`communique ([^`\n]+)`")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HERE = re.compile(r"cat > (\S+) <<'END'\n(.*?)^END\n", re.MULTILINE | re.DOTALL)
# Steps of an example that a test cannot take: they change the machine, or wait for a browser.
_NOT_RUN = ("pip install", "communique explore", "communique --install-completion", "communique mcp")


def blocks(page: str, *kinds: str) -> list[tuple[str, str]]:
    """The code blocks of a page in order, as (kind, text)."""
    return [(kind, text) for kind, text in _BLOCK.findall(PAGES[page]) if kind in kinds]


def pages() -> Iterator[str]:
    """The text of every page and of the README."""
    yield from PAGES.values()
    yield (DOCS.parent / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every command line in a block of shell, without the program's name."""
    shell = "\n".join(
        block for text in pages() for kind, block in _BLOCK.findall(text) if kind in ("", "console", "sh")
    )
    return sorted({" ".join(line.split()) for line in _LINE.findall(shell)})


def named() -> list[str]:
    """Every command that running text names, perhaps without what it needs."""
    return sorted({line for text in pages() for line in _IN_TEXT.findall(_BLOCK.sub("", text))})


def test_every_command_and_kind_is_in_the_manual() -> None:
    for name in ROOT.commands:  # type: ignore[attr-defined]
        assert f"communique {name}" in MANUAL
    for kind in KINDS:
        assert f"`{kind}`" in MANUAL


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_documentation_parses(line: str) -> None:
    command, words = found(line)
    with command.make_context("communique", words) as context:
        assert not context.args


@pytest.mark.parametrize("line", named())
def test_every_command_and_option_in_running_text_exists(line: str) -> None:
    command, words = found(line)
    options = {name for each in command.params for name in each.opts}
    assert {word for word in words if word.startswith("--")} <= options
    assert command is not ROOT or all(word.startswith("--") for word in words)


def found(line: str) -> tuple[Any, list[str]]:
    """The command that a line calls, and the rest of its words."""
    words, command = shlex.split(line), ROOT
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
    return command, words


def test_every_command_has_help() -> None:
    waiting = [ROOT]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        assert command.help


def test_every_page_is_on_the_site() -> None:
    listed = set(re.findall(r"^([\w-]+)$", PAGES["index.md"], re.MULTILINE))
    for notebook in (DOCS / "notebooks").glob("*.ipynb"):
        assert f"\nnotebooks/{notebook.stem}\n" in PAGES["index.md"]
    assert {page.removesuffix(".md") for page in PAGES} - {"index"} == listed


@pytest.mark.parametrize(
    "page", [*PAGES, "../README.md", "../CONTRIBUTING.md", "../CHANGELOG.md", "../corpus/README.md"]
)
def test_links_within_the_repository_lead_somewhere(page: str) -> None:
    path = DOCS / page
    text = _BLOCK.sub("", path.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        target, _, heading = link.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), f"{page}: {link}"
        if heading and there.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {_anchor(each) for each in heads}, f"{page}: {link}"


def _anchor(heading: str) -> str:
    """How a heading is linked to: small letters, hyphens for spaces, no other signs."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Desk"]:
    """One folder for all examples, in which the tutorial has been followed."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("desk")
    patch.chdir(folder)
    patch.delenv("COMMUNIQUE_ARCHIVE", raising=False)
    made = Desk()
    for _, block in blocks("tutorial.md", ""):
        made.follow(block)
    yield made
    patch.undo()


class Desk:
    """Follows examples in the current folder; `told` has what each command wrote."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def follow(self, block: str) -> None:
        """Do what a block of shell says: make folders and files, run `communique`."""
        lines = [line for line in _HERE.sub("", block).splitlines() if line.strip() and not line.startswith(_NOT_RUN)]
        for line in lines:
            if line.startswith("mkdir "):
                Path(line.split()[1]).mkdir()
        for path, text in _HERE.findall(block):
            Path(path).write_text(text, encoding="utf-8")
        for line in lines:
            if not line.startswith("mkdir "):
                self.run(line)

    def run(self, line: str) -> None:
        """Run one command; `EVENT_ID` stands for the first id of an event that was told before."""
        if "EVENT_ID" in line:
            events = next(out for told, out in self.told if told.startswith("communique events"))
            found = re.search(r"\[([0-9a-f]{16})\]", events)
            assert found is not None
            line = line.replace("EVENT_ID", found.group(1))
        command = [sys.executable, "-m", "communique.cli", *shlex.split(line)[1:]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
        self.told.append((line, done.stdout + done.stderr))


def test_the_tutorial_leads_where_it_says(desk: Desk) -> None:
    told = dict(desk.told)
    assert "What was asked" in told["communique demo"]
    assert "REQUEST" in told["communique read articles/moyale.txt"]
    added = [out for line, out in desk.told if line.startswith("communique add")]
    assert "2 articles added" in added[0]
    assert "2 there before" in added[1]
    assert "KEN GOV" in told["communique ledger --archive my.archive --from KEN --to ETH"]
    assert "no such act" in told["communique corrections --archive my.archive"]
    assert Path("events.csv").read_text(encoding="utf-8").count("\n") > 1
    free = Path("events.free.jsonl").read_text(encoding="utf-8")
    assert "militia" not in free


@pytest.mark.filterwarnings("default")  # what spaCy's own packages warn of is not ours to mend
@pytest.mark.parametrize(
    ("page", "number"),
    [
        (page, number)
        for page in ("python.md", "extending.md", "interoperability.md")
        for number in range(len(blocks(page, "python")))
    ],
)
def test_examples_in_python_run(desk: Desk, page: str, number: int) -> None:
    example = blocks(page, "python")[number][1]
    for package, sign in (("spacy", "spacy"), ("datasets", "datasets")):
        if sign in example:
            pytest.importorskip(package)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(example, f"{page}, example {number}", "exec"), {"__name__": "example"})
    assert out.getvalue().strip()


def test_a_database_takes_what_is_handed_over(desk: Desk) -> None:
    import duckdb

    desk.run("communique export csv --archive my.archive --out events.csv")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(blocks("howto.md", "python")[0][1], "howto.md", "exec"), {"__name__": "example"})
    table, _, copying = out.getvalue().partition("\n\\copy ")
    assert '"first_day"' in copying
    base = duckdb.connect()
    base.execute(table)
    base.execute(
        "INSERT INTO events SELECT * FROM "
        "read_csv('events.csv', header = true, all_varchar = true, nullstr = '', allow_quoted_nulls = true)"
    )
    told = base.sql("SELECT count(*), count(cameo), min(first_day) FROM events").fetchall()[0]
    assert told[0] > 1
    assert str(told[2]).startswith("2019-")


def test_own_types_as_documented(desk: Desk) -> None:
    shutil.copy(DOCS / "examples" / "four-types.yaml", "four-types.yaml")
    for _, block in blocks("extending.md", ""):
        desk.follow(block)


def test_lines_of_actors_have_the_form_of_the_registry() -> None:
    import yaml

    from communique.training.registry import _body, _holding

    people, bodies = (yaml.safe_load(text) for _, text in blocks("extending.md", "yaml"))
    assert all(list(_holding(key, line)) for key, lines in people.items() for line in lines)
    assert all(_body(sectors, line)[0] for sectors, lines in bodies.items() for line in lines)


def test_r_reads_what_is_written(desk: Desk) -> None:
    for _, block in blocks("r.md", ""):
        desk.follow(block)
    assert Path("series.csv").read_text(encoding="utf-8").count("\n") > 1
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    Path("all.R").write_text("\n".join(text for _, text in blocks("r.md", "r")), encoding="utf-8")
    done = subprocess.run([program, "--vanilla", "all.R"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "REQUEST" in done.stdout
