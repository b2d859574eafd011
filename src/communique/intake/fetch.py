"""Fetching, where it was asked for: one page at a time from each host, politely, and never from inside a network.

`robots.txt` is kept, a host is asked once a second at most (or as rarely as it says), what has not changed is not sent
again, and a server in trouble is left alone for a while. Each redirect is a new address and checked like the first.
"""

import email.utils
import http.client
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from communique import __version__
from communique.intake import robots
from communique.intake.inputs import Given, Input, Validators
from communique.intake.network import Answer, Barred, Door, origin
from communique.intake.refusals import LARGEST_FILE, refuse
from communique.records import Problem

AGENT = "communique"
# Seconds between two requests to one host, where it does not ask for more.
PAUSE = 1.0
# How often a request is made whose server is in trouble, and the seconds that are waited before the next, doubling.
TRIES, BACKOFF = 3, 2.0
# A server that wants to be left alone for longer than this is left alone altogether, for this time.
LONGEST_WAIT = 120.0
REDIRECTS = 5
_MOVED, _TROUBLE = frozenset({301, 302, 303, 307, 308}), frozenset({408, 425, 429, 500, 502, 503, 504})
# Hosts that are asked at once, and pages that are fetched ahead of the one that is wanted.
HOSTS, AHEAD = 8, 32
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf",
}  # fmt: skip
_FEEDS = ("xml", "rss", "atom", "json")


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched from `url`, which led to `address` in the end; `type` is its media type in small letters."""

    url: str
    address: str
    type: str
    body: bytes
    validators: Validators

    @property
    def suffix(self) -> str:
        """The ending of a file of this type; "" where the first bytes must tell."""
        return _SUFFIXES.get(self.type, "")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page at `url` is what it was when its validators were had."""

    url: str


Fetched = Page | Unchanged | Problem


class Fetcher:
    """Fetches through one door, and knows when it asked which host last. Several threads may use it at once."""

    def __init__(
        self, *, door: Door | None = None, contact: str = "", pause: float = PAUSE, tries: int = TRIES,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        # Whatever the option says, it stays within its place in one line of the request.
        told = re.sub(r"[^\x20-\x7e]|[()]", "", contact)[:200]
        self.agent = f"{AGENT}/{__version__}" + (f" (+{told})" if told else "")
        self._door = door or Door()
        self._pause, self._tries, self._clock, self._sleep = pause, tries, clock, sleep
        self._lock = threading.Lock()
        self._robots: dict[str, robots.Robots] = {}
        self._next: dict[str, float] = {}
        self._turns: dict[str, threading.Lock] = {}

    def get(self, url: str, *, known: Validators | None = None) -> Fetched:
        """The page at `url`; `Unchanged` where it is still the `known` one; else the problem that there is none:
        "barred-address", "barred-by-robots", "not-found" and "too-large" will be so again, "fetch-failed" may not."""
        headers = {"Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.modified:
            headers["If-Modified-Since"] = known.modified
        address = url
        try:
            for _ in range(REDIRECTS + 1):
                place = origin(address)
                if not self._rules(place).allows(_path(address)):
                    return refuse("barred-by-robots", found=urlsplit(address).hostname or "", place=url)
                answer = self._patiently("GET", address, headers)
                if answer.status not in _MOVED or "location" not in answer.headers:
                    return _judged(url, answer)
                address = urljoin(address, answer.headers["location"])
        except Barred as error:
            return refuse("barred-address", found=str(error), place=url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return refuse("fetch-failed", found=_cause(error), place=url)
        return refuse("not-found", found=f"more than {REDIRECTS} redirects", place=url)

    def post(self, url: str, body: bytes, *, headers: dict[str, str]) -> Problem | None:
        """Send `body` to `url`; None when it was taken (status 2xx), else what went wrong. No redirect is followed."""
        try:
            answer = self._patiently("POST", url, headers, body)
        except Barred as error:
            return refuse("barred-address", found=str(error), place=origin_of(url))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return refuse("fetch-failed", found=_cause(error), place=origin_of(url))
        if 200 <= answer.status < 300:
            return None
        return refuse("fetch-failed", found=f"status {answer.status}", place=origin_of(url))

    def _rules(self, place: str) -> robots.Robots:
        """The rules of a site, fetched once. Raises `OSError` where they cannot be had: then nothing may be asked."""
        with self._lock:
            turn = self._turns.setdefault(f"rules {place}", threading.Lock())
        with turn:
            if place not in self._robots:
                self._robots[place] = self._fetched_rules(f"{place}/robots.txt")
            return self._robots[place]

    def _fetched_rules(self, address: str) -> robots.Robots:
        for _ in range(REDIRECTS + 1):
            answer = self._patiently("GET", address, {})
            if answer.status in _MOVED and "location" in answer.headers:
                address = urljoin(address, answer.headers["location"])
                continue
            if answer.status == 200:
                return robots.parse(answer.body[: robots.LARGEST].decode("utf-8", "replace"), agent=AGENT)
            # RFC 9309, 2.3.1: a site without rules may be read, one whose rules cannot be had may not.
            if 400 <= answer.status < 500 and answer.status != 429:
                return robots.Robots()
            break
        return robots.NOTHING

    def _patiently(self, method: str, url: str, headers: dict[str, str], body: bytes | None = None) -> Answer:
        """The answer to a request, made again while the server is in trouble; in the host's turn."""
        place = origin(url)
        sent = {"User-Agent": self.agent, "Accept-Encoding": "gzip", **headers}
        for attempt in range(1, self._tries + 1):
            wait = BACKOFF * 2 ** (attempt - 1)
            try:
                with self._turn(place):
                    answer = self._door.ask(method, url, headers=sent, body=body)
            except Barred:
                raise
            except (OSError, http.client.HTTPException):
                if attempt == self._tries:
                    raise
            else:
                if answer.status not in _TROUBLE or attempt == self._tries:
                    return answer
                asked = _wanted_wait(answer.headers.get("retry-after", ""))
                if asked > LONGEST_WAIT:
                    return answer
                wait = max(wait, asked)
            self._sleep(wait)
        raise AssertionError  # the last attempt returns or raises

    def _turn(self, place: str) -> "_Turn":
        with self._lock:
            lock = self._turns.setdefault(place, threading.Lock())
            rules = self._robots.get(place)
        return _Turn(self, place, lock, max(self._pause, rules.pause if rules else 0.0))


class _Turn:
    """Within it one thread asks one host, no sooner than `pause` seconds after the last was done."""

    def __init__(self, fetcher: Fetcher, place: str, lock: threading.Lock, pause: float) -> None:
        self._fetcher, self._place, self._lock, self._pause = fetcher, place, lock, pause

    def __enter__(self) -> None:
        self._lock.acquire()
        wait = self._fetcher._next.get(self._place, 0.0) - self._fetcher._clock()
        if wait > 0:
            self._fetcher._sleep(wait)

    def __exit__(self, *error: object) -> None:
        self._fetcher._next[self._place] = self._fetcher._clock() + self._pause
        self._lock.release()


def fetched(
    items: Iterable[Input | Problem], fetcher: Fetcher, *,
    known: Callable[[str], Validators | None] = lambda url: None, seen: Callable[[Unchanged], None] = lambda page: None,
) -> Iterator[Input | Problem]:  # fmt: skip
    """The items in their order, those that are only an address fetched; feeds among them give their items, and these
    are fetched too where they have no text. Some hosts are asked at once, each in its turn.

    `known` gives the validators of an address that was had before; a page that has not changed is told to `seen` and
    left out.
    """
    with ThreadPoolExecutor(HOSTS, thread_name_prefix="communique-fetch") as threads:
        yield from _expanded(items, fetcher, known, seen, threads, depth=1)


def _expanded(
    items: Iterable[Input | Problem], fetcher: Fetcher, known: Callable[[str], Validators | None],
    seen: Callable[[Unchanged], None], threads: ThreadPoolExecutor, *, depth: int,
) -> Iterator[Input | Problem]:  # fmt: skip
    for item, page in ahead(items, fetcher, known, threads):
        if isinstance(page, Unchanged):
            seen(page)
        elif not isinstance(page, Page):
            yield page or item
        elif isinstance(item, Input) and _is_feed(page):
            from communique.intake.feeds import items as items_of  # here, because few inputs need the parser

            found = items_of(page.body, page.address, base=page.address)
            yield from _expanded(found, fetcher, known, seen, threads, depth=depth - 1) if depth else found
        elif isinstance(item, Input):
            yield as_input(item, page)


def ahead(
    items: Iterable[Input | Problem], fetcher: Fetcher, known: Callable[[str], Validators | None],
    threads: ThreadPoolExecutor,
) -> Iterator[tuple[Input | Problem, Fetched | None]]:  # fmt: skip
    """Each item in its order with what was fetched for it, None where it is no address; some are fetched ahead."""
    waiting: deque[tuple[Input | Problem, Future[Fetched] | None]] = deque()
    for item in items:
        asked = None
        if isinstance(item, Input) and item.url is not None:
            asked = threads.submit(fetcher.get, item.url, known=known(item.url))
        waiting.append((item, asked))
        while waiting and (len(waiting) > AHEAD or waiting[0][1] is None or waiting[0][1].done()):
            first, future = waiting.popleft()
            yield first, None if future is None else future.result()
    for first, future in waiting:
        yield first, None if future is None else future.result()


def as_input(item: Input, page: Page) -> Input | Problem:
    """The input that a fetched page is, with what was known of it before; a problem where it is no page of text."""
    if page.type and not page.suffix and not page.type.startswith("text/"):
        return refuse("not-a-page", found=page.type[:80], place=item.place)
    given = item.given or Given()
    told = replace(given, url=given.url or page.address)
    return Input(item.place, data=page.body, suffix=page.suffix, given=told, validators=page.validators)


def _is_feed(page: Page) -> bool:
    from communique.intake.feeds import is_feed

    return page.suffix == "" and (not page.type or any(each in page.type for each in _FEEDS)) and is_feed(page.body)


def _judged(url: str, answer: Answer) -> Fetched:
    if answer.status == 304:
        return Unchanged(url)
    if answer.status != 200:
        lasting = 400 <= answer.status < 500 and answer.status not in _TROUBLE
        return refuse("not-found" if lasting else "fetch-failed", found=f"status {answer.status}", place=url)
    if len(answer.body) > LARGEST_FILE:
        return refuse("too-large", found="a page of more than 10 MB", place=url)
    told = answer.headers
    type_ = told.get("content-type", "").partition(";")[0].strip().lower()
    return Page(url, answer.url, type_, answer.body, Validators(told.get("etag"), told.get("last-modified")))


def origin_of(url: str) -> str:
    """Scheme and host of an address and nothing more of it, since the rest may be a secret."""
    try:
        return origin(url)
    except Barred:
        return "an address"


def _path(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _wanted_wait(said: str) -> float:
    """The seconds that a server asks to wait (RFC 9110, 10.2.3); 0 where it does not say."""
    said = said.strip()[:40]
    if re.fullmatch(r"\d{1,9}", said):
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _cause(error: Exception) -> str:
    told = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return told[:200]
