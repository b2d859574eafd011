"""A web server on this machine that answers as a test tells it, and remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """`pages` by path: an answer, or a function from the request's headers to one. `asked` has path and headers."""

    port: int = 0
    pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def url(self, path: str, *, host: str = "127.0.0.1") -> str:
        """The address of a page of the site."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site, served on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            lines = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, lines))
            page = site.pages.get(self.path, (404, {}, b"none"))
            self._reply(page(lines) if callable(page) else page)

        def do_POST(self) -> None:
            lines = {name.lower(): value for name, value in self.headers.items()}
            site.posted.append((self.path, lines, self.rfile.read(int(lines["content-length"]))))
            page = site.pages.get(self.path, (204, {}, b""))
            self._reply(page(lines) if callable(page) else page)

        def _reply(self, reply: Reply) -> None:
            status, headers, body = reply
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
