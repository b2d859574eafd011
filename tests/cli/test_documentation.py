"""The manual of the command line names every command, kind of score and option, and every command in it exists."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from communique.cli.app import app
from communique.cli.score import KINDS

MANUAL = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^(?:.*\| )?communique (.+)$", MANUAL, re.MULTILINE)))
ROOT = typer.main.get_command(app)


def test_every_command_and_kind_is_in_the_manual() -> None:
    for name in ROOT.commands:  # type: ignore[attr-defined]
        assert f"communique {name}" in MANUAL
    for kind in KINDS:
        assert f"`{kind}`" in MANUAL


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_manual_parses(line: str) -> None:
    words = shlex.split(line)
    command = ROOT
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
    with command.make_context("communique", words) as context:
        assert not context.args


def test_every_command_has_help() -> None:
    waiting = [ROOT]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        assert command.help
