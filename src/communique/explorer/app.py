"""The application: the address of each page, and how a request becomes an answer."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from communique.errors import ArchiveError, CommuniqueError, InputError
from communique.explorer import (
    adding,
    api,
    articles,
    definitions,
    dyads,
    events,
    exporting,
    home,
    ledger,
    network,
    people,
    places,
    review,
    search,
    sources,
    statements,
)
from communique.explorer.desk import READER, Asked, Desk, NotFoundError, to
from communique.explorer.safety import ENTRANCE, Guard, Keys
from communique.library import Library

Handler = Callable[[Desk, Asked], Response]

_PAGES: tuple[tuple[str, Handler], ...] = (
    ("/", home.home),
    ("/a", articles.listing),
    ("/a/{article}", articles.reader),
    ("/e", events.listing),
    ("/e.csv", exporting.as_csv),
    ("/e.atom", events.as_feed),
    ("/e/{event}", events.event),
    ("/d", dyads.listing),
    ("/d/{pair}", dyads.dyad),
    ("/map", places.drawn),
    ("/network", network.drawn),
    ("/ledger", ledger.listing),
    ("/ledger/{entry}", ledger.entry),
    ("/statements", statements.listing),
    ("/actors", people.listing),
    ("/actor", people.actor),
    ("/codebook", definitions.listing),
    ("/codebook/{name}", definitions.definition),
    ("/sources", sources.listing),
    ("/search", search.search),
    ("/search.atom", search.as_feed),
    ("/export", exporting.form),
    ("/export/{form}", exporting.file),
    ("/export/{form}/about", exporting.described),
    ("/review", review.review),
    ("/review/agreement", review.agreement),
    ("/add", adding.form),
    ("/jobs/{job}", adding.job),
    ("/api", api.explained),
    ("/api/openapi.json", api.described),
    *api.ADDRESSES,
)
_DEEDS: tuple[tuple[str, Handler], ...] = (
    ("/add/demo", adding.add_demo),
    ("/add/text", adding.add_text),
    ("/add/feed", adding.add_feed),
    ("/add/files", adding.add_files),
    ("/a/{article}/missed", review.missed),
    ("/review/reader", review.name_reader),
    ("/review/undo", review.undo),
    ("/review/{event}", review.decide),
)


class Explorer:
    """The explorer over one archive, as an ASGI application that refuses whoever does not hold a key.

    `hosts` are the values of the Host header that are served, None for any; `reader` is who decides in review unless
    the page is told otherwise; `dossier` is a folder of articles to try the program on. `desk` is what its pages are
    made from.
    """

    def __init__(
        self, library: Library, *, keys: Keys, hosts: frozenset[str] | None = None, reader: str = "",
        dossier: Path | None = None,
    ) -> None:  # fmt: skip
        self.desk = desk = Desk(library, keys=keys, reader=reader, dossier=dossier)
        routes: list[BaseRoute] = [Route(address, _answering(desk, page), methods=["GET"]) for address, page in _PAGES]
        routes += [Route(address, _answering(desk, deed), methods=["POST"]) for address, deed in _DEEDS]
        routes.append(Route(ENTRANCE, _entrance(desk), methods=["GET", "POST"]))
        routes.append(Mount("/static", StaticFiles(packages=[("communique.explorer", "static")])))
        app = Starlette(routes=routes, exception_handlers={HTTPException: _refused(desk)})
        self._guarded = Guard(app, keys=keys, hosts=hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._guarded(scope, receive, send)

    def warm(self) -> None:
        """Open the archive and make the first page once, so that whoever opens the link does not wait for it."""
        _made(self.desk, home.home, Asked({}, QueryParams()))


def _answering(desk: Desk, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The handler as the server calls it: form read and checked, pages made in a thread, errors told in words."""

    async def answer(request: Request) -> Response:
        session = request.scope["state"]["session"]
        asked = Asked(
            path=request.path_params, query=request.query_params, session=session,
            reader=request.cookies.get(READER, "")[:60] or desk.reader, address=request.url.path,
            etag=request.headers.get("if-none-match", ""), base=str(request.base_url).rstrip("/"),
        )  # fmt: skip
        if request.method != "POST":
            return await run_in_threadpool(_made, desk, handler, asked)
        async with request.form(max_files=200, max_fields=50, max_part_size=4 * 1024 * 1024) as form:
            token = form.get("form_token")
            if not (isinstance(token, str) and desk.keys.is_form(session, token)):
                return PlainTextResponse("This form is not from a page of this session; load the page again.", 403)
            held = Asked(asked.path, asked.query, form, session, asked.reader, asked.address)
            return await run_in_threadpool(_made, desk, handler, held)

    return answer


def _made(desk: Desk, handler: Handler, asked: Asked) -> Response:
    with desk.lock:
        try:
            return _twice(desk, handler, asked)
        except NotFoundError as error:
            return _told(desk, asked, 404, "Not found", str(error))
        except InputError as error:
            return _told(desk, asked, 400, "This cannot be answered", str(error))
        except CommuniqueError as error:
            return _told(desk, asked, 500, "The archive cannot be read", str(error))


def _twice(desk: Desk, handler: Handler, asked: Asked) -> Response:
    """The answer; a page that only reads is made once more where files were replaced while they were being opened."""
    try:
        return handler(desk, asked)
    except ArchiveError:
        if asked.form:
            raise
        return handler(desk, asked)


def _told(desk: Desk, asked: Asked, status: int, title: str, message: str) -> Response:
    if asked.address.startswith("/api/"):
        return api.failed(status, message)
    return desk.page(asked, "error.html", status=status, title=title, message=message)


def _refused(desk: Desk) -> Callable[[Request, Exception], Response]:
    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        asked = Asked({}, request.query_params, session=request.scope["state"].get("session", ""),
                      address=request.url.path)  # fmt: skip
        message = "There is no page at this address." if error.status_code == 404 else error.detail
        return _told(desk, asked, error.status_code, "Not found" if error.status_code == 404 else "Refused", message)

    return refused


def _entrance(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Where somebody without a session comes to: told to use the launch link, or asked for the password."""

    async def entrance(request: Request) -> Response:
        asked = Asked({}, request.query_params, address=ENTRANCE)
        wrong = False
        if request.method == "POST":
            async with request.form(max_files=0, max_fields=5) as form:
                password = form.get("password")
            if isinstance(password, str) and desk.keys.lets_in(password):
                answer = to("/")
                desk.keys.admit(answer)
                return answer
            wrong = True
        status = 401 if wrong else 403
        return desk.page(asked, "entrance.html", status=status, wrong=wrong, has_password=bool(desk.keys.password))

    return entrance
