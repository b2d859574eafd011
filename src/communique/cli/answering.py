"""`mcp`: an archive that answers programs over the Model Context Protocol, by standard input and output alone.

Every tool reads and none writes a coded row or a correction. An answer has the words that it rests on and where they
stand: article, outlet, day, address, and places in characters of the article's text; whoever asks can check each row.
Needs the extra `mcp`.
"""

import datetime as dt
import io
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import CommuniqueError

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from communique.library import Library

# Rows of one answer unless told, and at most: what a program that reads with its whole memory can take in.
ROWS, MOST = 20, 200
# Characters of an article in one answer.
LONGEST = 40_000
_ONE_AT_A_TIME = threading.Lock()
_EVENT = (
    "event type mode modality source source_name target target_name first_day last_day place place_country cameo "
    "confidence corrections why trigger passage start end article title outlet published url"
)  # fmt: skip
_STATEMENT = (
    "statement form act speaker speaker_name addressee addressee_name cue words confidence start end article title "
    "outlet published url"
)  # fmt: skip
_ENTRY = "entry kind source source_name target target_name matter words opened standing told since is_open moves last"
_MOVE = "move day by_code by_name words why article start end title outlet published url"
GUIDE = (
    "An archive of news articles coded into political events, statements and a ledger of demands and promises. It is "
    "coded by a program and errs: quote the words (`passage`, `words`) with outlet and day beside every claim, and say "
    "`alleged`, `planned` or `negated` where `modality` does. No row found means only that none was coded. An actor is "
    "a country (PAK), a sector (MIL), both (“PAK MIL”) or a name; a day is 2010-10-21, 2010-10 or 2010."
)


def serve(archive: Path) -> int:
    """Answer over standard input and output until the input ends; gives the exit status."""
    from communique.cli.keeping import opened

    made = server(opened(archive))
    print(f"communique: {archive} answers over standard input and output until the input ends", file=sys.stderr)
    made.run("stdio")
    return 0


def server(library: "Library") -> "MCPServer":
    """A server of the six tools over an archive; it is tested without a process around it."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    from communique import __version__

    answers = Answers(library)
    made: MCPServer = MCPServer("communique", version=__version__, instructions=GUIDE, log_level="ERROR")
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    tools: tuple[Callable[..., dict[str, Any]], ...] = (
        answers.overview, answers.events, answers.statements, answers.ledger, answers.article, answers.explain,
    )  # fmt: skip
    for each in tools:
        made.tool(annotations=hints)(each)
    return made


class Answers:
    """The tools. What each says of itself is what a program reads that chooses among them."""

    def __init__(self, library: "Library") -> None:
        self._library = library

    def overview(self) -> dict[str, Any]:
        """What the archive has: numbers of articles, events and statements, the first and last day, the outlets."""
        from communique.store import browse

        archive = self._library.archive
        told = _asked(lambda: {**browse.counts(archive), "outlets": browse.outlets(archive)[:MOST]})
        return {name: _plain(value) for name, value in told.items()}

    def events(
        self, source: str | None = None, target: str | None = None, type: list[str] | None = None,  # noqa: A002
        since: str | None = None, until: str | None = None, happenings: bool = False, limit: int = ROWS,
    ) -> dict[str, Any]:  # fmt: skip
        """Events: who did what to whom, when and where, each with the sentence that tells it.

        `type` names PLOVER types (REQUEST, ACCUSE, ASSAULT …). With `happenings`, one row for each event in the world
        however many articles tell it.
        """
        found = _asked(
            lambda: self._library.events(
                source=source, target=target, type=type or None, since=since, until=until, happenings=happenings
            ).arrow()
        )
        return _answer(found, _EVENT, limit)

    def statements(
        self, speaker: str | None = None, addressee: str | None = None, words: str | None = None,
        act: str | None = None, since: str | None = None, until: str | None = None, limit: int = ROWS,
    ) -> dict[str, Any]:  # fmt: skip
        """Statements: who said what to whom; direct ones word for word.

        `words` must stand in what was said; `act` is what was done by saying it (asserted, asked, promised, warned,
        denied, praised, apologised, declined).
        """
        found = _asked(
            lambda: self._library.statements(
                speaker=speaker, addressee=addressee, words=words, act=act, since=since, until=until
            ).arrow()
        )
        return _answer(found, _STATEMENT, limit)

    def ledger(
        self, source: str | None = None, target: str | None = None, kind: str | None = None,
        open_only: bool = False, words: str | None = None, entry: str | None = None, limit: int = ROWS,
    ) -> dict[str, Any]:  # fmt: skip
        """Demands, requests, promises, threats and offers, and what became of each; `told` says it in words.

        `kind` is demand, request, commitment, threat or offer. With `entry` (an id from an earlier answer), that one
        with all its moves, each in dated words of an article.
        """
        if entry is not None:
            one = _asked(lambda: self._library.entry(entry))
            moves = _asked(lambda: self._library.moves(entry).arrow())
            return {"entry": _picked(one, _ENTRY), "moves": [_picked(row, _MOVE) for row in moves.to_pylist()]}
        found = _asked(
            lambda: self._library.ledger(
                source=source, target=target, kind=kind, open=True if open_only else None, words=words
            ).arrow()
        )
        return _answer(found, _ENTRY, limit)

    def article(self, article: str, start: int = 0) -> dict[str, Any]:
        """The text of an article (its id, or that of an event in it) with title, outlet, day and address.

        Long ones come in parts: `start` is the first character, and `next` in the answer where the next part begins.
        """
        coded = _asked(lambda: self._library.archive.coded(article))
        if coded is None:
            raise _refusal(f"there is no article or event “{article}”; ids stand in answers of the other tools")
        told = coded.article
        end = min(len(told.text), max(0, start) + LONGEST)
        return {
            "article": told.id, "title": told.title, "outlet": told.outlet, "published": told.published,
            "url": told.url, "start": max(0, start), "text": told.text[max(0, start) : end],
            "next": end if end < len(told.text) else None, "events": len(coded.events),
            "statements": len(coded.statements),
        }  # fmt: skip

    def explain(self, event: str) -> dict[str, Any]:
        """Why an event (its long id) was coded so: the way from the words to every field, one step a line."""
        from rich.console import Console

        from communique.views.explain import explain, find

        coded = _asked(lambda: self._library.archive.coded(event))
        if coded is None:
            raise _refusal(f"there is no event “{event}”; ids stand in answers of the tool events")
        out = io.StringIO()
        chosen = _asked(lambda: find(coded, event))
        Console(file=out, width=100, highlight=False, emoji=False, markup=False).print(explain(coded, chosen))
        return {"event": event, "article": coded.article.id, "why": out.getvalue().rstrip()}


def _asked(ask: Callable[[], Any]) -> Any:
    """What `ask` gives; a question that cannot be asked comes back as its one sentence. One is asked at a time: the
    server answers from several threads, and an archive is for one."""
    try:
        with _ONE_AT_A_TIME:
            return ask()
    except CommuniqueError as error:
        raise _refusal(str(error)) from error


def _refusal(message: str) -> Exception:
    """An error that the server hands on as it is; any other one would be told as a fault of the server."""
    from mcp.server.mcpserver.exceptions import ToolError

    return ToolError(message)


def _answer(table: Any, names: str, limit: int) -> dict[str, Any]:
    rows = table.slice(0, max(0, min(limit, MOST))).to_pylist()
    return {"found": table.num_rows, "given": len(rows), "rows": [_picked(row, names) for row in rows]}


def _picked(row: Mapping[str, Any], names: Iterable[str] | str) -> dict[str, Any]:
    """The named columns that say something, in plain values."""
    wanted = names.split() if isinstance(names, str) else names
    return {name: _plain(row[name]) for name in wanted if row.get(name) not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
