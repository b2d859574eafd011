"""The MCP server, asked in this process: what it answers has the words and places that it rests on."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from communique.library import Library
from communique.store import Archive
from tests.factories import BORDER, border_article

pytest.importorskip("mcp")
pytestmark = pytest.mark.filterwarnings("default")  # what the protocol's own packages warn of is not ours to mend


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "archive"
    made = Archive.create(path)
    made.add([border_article()])
    Library(made).refresh()
    return path


def ask(archive: Path, tool: str, **given: Any) -> Any:
    """The answer of a tool, or the sentence with which it refuses."""
    from mcp import Client

    from communique.cli.answering import server

    async def asked() -> Any:
        async with Client(server(Library(Archive.open(archive)))) as client:
            return await client.call_tool(tool, given)

    told = asyncio.run(asked())
    text = told.content[0].text
    return text if told.is_error else json.loads(text)


def test_all_tools_say_that_they_only_read(archive: Path) -> None:
    from mcp import Client

    from communique.cli.answering import server

    async def listed() -> Any:
        async with Client(server(Library(Archive.open(archive)))) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert [each.name for each in tools] == ["overview", "events", "statements", "ledger", "article", "explain"]
    assert all(each.annotations.read_only_hint and each.description for each in tools)


def test_events_come_with_the_words_they_rest_on(archive: Path) -> None:
    told = ask(archive, "events", source="USA")
    (row,) = told["rows"]
    assert (told["found"], row["type"], row["target"], row["first_day"]) == (1, "REQUEST", "PAK GOV", "2010-10-05")
    assert BORDER[row["start"] : row["end"]] == row["trigger"] == "asked"
    assert row["passage"] in BORDER
    assert row["outlet"] == "The Courier"
    assert ask(archive, "events", limit=1)["given"] == 1
    assert ask(archive, "events", type=["ASSAULT"])["rows"] == []


def test_statements_ledger_article_and_reasons(archive: Path) -> None:
    (said,) = ask(archive, "statements", words="within days")["rows"]
    assert said["words"] in BORDER
    (entry,) = [row for row in ask(archive, "ledger", source="USA")["rows"] if row["kind"] == "request"]
    life = ask(archive, "ledger", entry=entry["entry"])
    assert [move["move"] for move in life["moves"]] == ["raised"]
    assert life["moves"][0]["words"] in BORDER
    event = ask(archive, "events", source="USA")["rows"][0]["event"]
    whole = ask(archive, "article", article=event)
    assert (whole["text"], whole["next"]) == (BORDER, None)
    assert "subject asks object" in " ".join(ask(archive, "explain", event=event)["why"].split())
    assert ask(archive, "overview")["articles"] == 1


def test_what_cannot_be_asked_is_one_sentence(archive: Path) -> None:
    assert "there is no article or event “nothing”" in ask(archive, "article", article="nothing")
    assert "there is no entry" in ask(archive, "ledger", entry="nothing")
    assert "nonsense" in ask(archive, "events", since="nonsense")


def test_no_tool_changes_the_archive(archive: Path) -> None:
    def state() -> dict[str, str]:
        files = (each for each in archive.rglob("*") if each.is_file())
        return {str(each): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}

    before = state()
    for tool in ("overview", "events", "statements", "ledger"):
        ask(archive, tool)
    assert state() == before
