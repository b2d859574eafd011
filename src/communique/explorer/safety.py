"""Who may enter, and what a page may do.

A browser enters with the launch token once, or with a password where one is set, and then holds a signed cookie. A
request must name the host that it was started for (a page elsewhere cannot be pointed at this machine under a name of
its own), one that changes something must come from a page of the explorer itself and carry that page's form token, and
none may be larger than `LIMIT`. Every answer forbids inline script, frames and other hosts.
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Bytes of one request: some hundred long articles in one form.
LIMIT = 8 * 1024 * 1024
# After so many wrong passwords in a row, each further one is refused for so many seconds.
TRIES, PAUSE = 5, 30.0
ENTRANCE = "/enter"
_TOO_LARGE = f"Too large: at most {LIMIT // 1024 // 1024} MiB in one request."
_SAFE = ("GET", "HEAD")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass
class Keys:
    """The secrets of one run of the server: the launch `token`, a `password` where one is asked for, and the key that
    signs cookies and forms. Nothing of it is kept on disk."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    password: str | None = None
    cookie: str = "communique_session"
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _wrong: int = 0
    _until: float = 0.0

    def session(self) -> str:
        """A new session, signed."""
        name = secrets.token_urlsafe(18)
        return f"{name}.{self._signed('session', name)}"

    def is_session(self, told: str) -> bool:
        """Whether `told` is a session that was signed here."""
        name, _, signature = told.partition(".")
        return _same(signature, self._signed("session", name))

    def form_token(self, session: str) -> str:
        """The token that the forms of this session carry."""
        return self._signed("form", session)

    def is_form(self, session: str, told: str) -> bool:
        """Whether `told` is the token of this session's forms."""
        return _same(told, self.form_token(session))

    def opens(self, told: str) -> bool:
        """Whether `told` is the launch token."""
        return _same(told, self.token)

    def lets_in(self, password: str) -> bool:
        """Whether this is the password; after some wrong ones in a row, none is for a while."""
        if self.password is None or time.monotonic() < self._until:
            return False
        if _same(password, self.password):
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong >= TRIES:
            self._until = time.monotonic() + PAUSE
        return False

    def admit(self, answer: Response) -> None:
        """Give the browser a session with this answer."""
        answer.set_cookie(self.cookie, self.session(), httponly=True, samesite="strict", path="/")

    def _signed(self, kind: str, told: str) -> str:
        return hmac.new(self._secret, f"{kind}:{told}".encode(), hashlib.sha256).hexdigest()


class Guard:
    """The application behind the checks of this module; `hosts` are the values of the Host header that are served, None
    for any (only with a password)."""

    def __init__(self, app: ASGIApp, *, keys: Keys, hosts: frozenset[str] | None) -> None:
        self._app, self._keys, self._hosts = app, keys, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        answer = self._refusal(scope)
        guarded = _headed(send)
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        await self._app(scope, _bounded(receive), guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that does not come through; None for one that does, whose session is then in the
        scope's state."""
        headers = Headers(scope=scope)
        if self._hosts is not None and headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("This address is not served here.", 421)
        if int(headers.get("content-length") or 0) > LIMIT:
            return PlainTextResponse(_TOO_LARGE, 413)
        if scope["method"] not in _SAFE and not _from_here(headers):
            return PlainTextResponse("This did not come from a page of the explorer.", 403)
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if scope["method"] in _SAFE and self._keys.opens(asked.pop("token", "")):
            return self._entering(scope["path"], asked)
        state = scope.setdefault("state", {})
        session = _cookie(headers, self._keys.cookie)
        if self._keys.is_session(session):
            state["session"] = session
            return None
        bearer = headers.get("authorization", "")
        if _for_programs(scope["path"]) and scope["method"] in _SAFE and self._keys.opens(bearer[7:]):
            state["session"] = ""
            return None
        return None if _open(scope["path"]) else _locked(scope["path"])

    def _entering(self, path: str, asked: dict[str, str]) -> Response:
        """To the same page without the token, with a session."""
        local = "/" + path.lstrip("/")
        answer = RedirectResponse(local + (f"?{urlencode(asked)}" if asked else ""), 303)
        self._keys.admit(answer)
        return answer


def _open(path: str) -> bool:
    """What is shown to everybody: the entrance, and the files that it needs; no word of the archive."""
    return path == ENTRANCE or path.startswith("/static/")


def _for_programs(path: str) -> bool:
    """What a program may read with the token alone: data, feeds and exports."""
    return path.startswith(("/api", "/export/")) or path.endswith((".atom", ".csv"))


def _locked(path: str) -> Response:
    if path.startswith("/api"):
        return PlainTextResponse(
            "Not without the token: Authorization: Bearer TOKEN.", 401, {"WWW-Authenticate": "Bearer"}
        )
    return RedirectResponse(ENTRANCE, 303)


def _from_here(headers: Headers) -> bool:
    """Whether a request that changes something was made by a page of this very host: the browser says so itself."""
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _bounded(receive: Receive) -> Receive:
    """`receive` that ends when more than `LIMIT` bytes come, whatever their number was said to be: they come before the
    answer begins."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LIMIT:
            raise HTTPException(413, _TOO_LARGE)
        return message

    return bounded


def _headed(send: Send) -> Send:
    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "private, no-cache")
        await send(message)

    return headed
