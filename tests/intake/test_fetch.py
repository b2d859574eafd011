"""Fetching: polite, within bounds, and never from inside a network."""

import contextlib
import gzip
import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.intake import Input, take
from communique.intake.fetch import Fetcher, Page, Unchanged, fetched
from communique.intake.inputs import Validators
from communique.intake.network import Barred, Door, is_barred, origin
from communique.intake.robots import NOTHING, Robots, Rule, parse
from communique.intake.visits import Visits
from communique.records import Article, Problem
from tests.intake.servers import Site, serving

WORDS = "The minister met the president in the capital on Monday and asked for the release of nine prisoners. " * 3
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{WORDS}</p></article></body></html>".encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as made:
        yield made


def fetcher(clock: Clock | None = None, **settings: object) -> Fetcher:
    clock = clock or Clock()
    door = Door(allowed=["127.0.0.1"], seconds=5)
    return Fetcher(door=door, clock=clock, sleep=clock.sleep, **settings)  # type: ignore[arg-type]


def code(found: object) -> str:
    return found.code if isinstance(found, Problem) else type(found).__name__


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378::1", "::127.0.0.1",
    "no number",
])  # fmt: skip
def test_addresses_that_are_not_public_are_barred(address: str) -> None:
    assert is_barred(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_not(address: str) -> None:
    assert not is_barred(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "0"])
def test_this_machine_is_not_asked_by_any_of_its_names(site: Site, host: str) -> None:
    clock = Clock()
    found = Fetcher(clock=clock, sleep=clock.sleep, tries=1).get(f"http://{host}:{site.port}/secret")
    assert code(found) in ("barred-address", "fetch-failed")
    assert site.asked == []


def test_a_public_name_of_a_private_machine_is_barred_when_connecting(site: Site) -> None:
    clock = Clock()
    door = Door(resolver=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    found = Fetcher(door=door, clock=clock, sleep=clock.sleep).get(site.url("/secret", host="news.example"))
    assert code(found) == "barred-address"
    assert site.asked == []


def test_a_name_that_changes_its_meaning_is_checked_at_each_connection(site: Site) -> None:
    """The first answer of the resolver is for robots.txt, the second for the page."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    checked: list[str] = []

    class Half(Door):
        def connect(self, host: str, port: int) -> socket.socket:
            numbers = next(answers)
            checked.extend(numbers)
            if numbers == ["127.0.0.1"]:  # stands for a public machine here
                return socket.create_connection(("127.0.0.1", port), timeout=5)
            return Door(resolver=lambda host, port: numbers).connect(host, port)

    clock = Clock()
    found = Fetcher(door=Half(), clock=clock, sleep=clock.sleep).get(site.url("/page", host="news.example"))
    assert code(found) == "barred-address"
    assert checked == ["127.0.0.1", "10.0.0.1"]
    assert site.paths() == []


@pytest.mark.parametrize("target", [
    "http://169.254.169.254/latest/meta-data", "http://localhost:{port}/secret", "//10.0.0.1/", "file:///etc/passwd",
    "http://user:word@127.0.0.1:{port}/secret", "ftp://127.0.0.1/", "http://127.0.0.1:22/", "gopher://127.0.0.1:{port}/",
])  # fmt: skip
def test_every_redirect_is_checked_again(site: Site, target: str) -> None:
    site.pages["/page"] = (302, {"Location": target.format(port=site.port)}, b"")
    assert code(fetcher().get(site.url("/page"))) == "barred-address"
    assert site.paths() == ["/page"]


def test_redirects_are_followed_and_end(site: Site) -> None:
    site.pages["/old"] = (301, {"Location": "/new"}, b"")
    site.pages["/new"] = (200, HTML, PAGE)
    site.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    found = fetcher().get(site.url("/old"))
    assert isinstance(found, Page)
    assert (found.address, found.suffix) == (site.url("/new"), ".html")
    assert code(fetcher().get(site.url("/loop"))) == "not-found"


def test_robots_are_kept_and_asked_once(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\nAllow: /private/news\n")
    site.pages["/private/news"] = (200, HTML, PAGE)
    asking = fetcher()
    assert code(asking.get(site.url("/private/x"))) == "barred-by-robots"
    assert code(asking.get(site.url("/private/news"))) == "Page"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/private/news"]


@pytest.mark.parametrize(("status", "told"), [(404, "Page"), (403, "Page"), (503, "barred-by-robots")])
def test_without_robots_all_is_open_and_with_broken_ones_nothing(site: Site, status: int, told: str) -> None:
    site.pages["/robots.txt"] = (status, {}, b"")
    site.pages["/page"] = (200, HTML, PAGE)
    assert code(fetcher().get(site.url("/page"))) == told


def test_a_host_is_asked_once_a_second_or_as_rarely_as_it_says(site: Site) -> None:
    for number in range(3):
        site.pages[f"/{number}"] = (200, HTML, PAGE)
    clock = Clock()
    asking = fetcher(clock)
    for number in range(3):
        asking.get(site.url(f"/{number}"))
    assert clock.slept == [1.0, 1.0, 1.0]
    site.pages["/robots.txt"] = (200, {}, b"User-agent: communique\nCrawl-delay: 7\n")
    clock = Clock()
    asking = fetcher(clock)
    for number in range(3):
        asking.get(site.url(f"/{number}"))
    assert clock.slept == [1.0, 7.0, 7.0]


def test_it_says_who_it_is(site: Site) -> None:
    fetcher(contact="desk@news.example\r\nX-Evil: 1").get(site.url("/page"))
    told = site.asked[0][1]["user-agent"]
    assert told.startswith("communique/")
    assert "desk@news.example" in told
    assert "x-evil" not in site.asked[0][1]


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def page(asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if asked.get("if-none-match") == '"1"' and asked.get("if-modified-since"):
            return 304, {}, b""
        return 200, {**HTML, "ETag": '"1"', "Last-Modified": "Wed, 06 Oct 2010 09:30:00 GMT"}, PAGE

    site.pages["/page"] = page
    first = fetcher().get(site.url("/page"))
    assert isinstance(first, Page)
    assert fetcher().get(site.url("/page"), known=first.validators) == Unchanged(site.url("/page"))


def test_a_server_in_trouble_is_asked_again_later_and_later(site: Site) -> None:
    answers = iter([(503, {}, b""), (429, {"Retry-After": "30"}, b""), (200, HTML, PAGE)])
    site.pages["/page"] = lambda asked: next(answers)
    clock = Clock()
    assert code(fetcher(clock).get(site.url("/page"))) == "Page"
    assert clock.slept == [1.0, 2.0, 30.0]  # the pause after robots.txt, then two waits longer than a pause


def test_a_server_that_stays_in_trouble_is_given_up(site: Site) -> None:
    site.pages["/page"] = (500, {}, b"")
    assert code(fetcher().get(site.url("/page"))) == "fetch-failed"
    assert site.paths() == ["/page"] * 3
    site.pages["/away"] = (503, {"Retry-After": "86400"}, b"")
    assert code(fetcher().get(site.url("/away"))) == "fetch-failed"
    assert site.paths().count("/away") == 1
    assert code(fetcher().get(site.url("/none"))) == "not-found"


def test_a_server_that_drips_is_left_after_its_time() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def drip() -> None:
        with listener.accept()[0] as one:
            one.sendall(b"HTTP/1.1 200 OK\r\n")
            try:
                for number in range(200):
                    one.sendall(f"X-{number}: drip\r\n".encode())
                    time.sleep(0.05)
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with listener, pytest.raises((OSError, http.client.HTTPException)):
        Door(allowed=["127.0.0.1"], seconds=0.5).ask("GET", f"http://127.0.0.1:{port}/", headers={})
    assert time.monotonic() - began < 5


def test_a_body_without_end_and_a_bomb_are_cut(site: Site) -> None:
    site.pages["/bomb"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))
    site.pages["/packed"] = (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE))
    site.pages["/torn"] = (200, {**HTML, "Content-Length": "5000"}, PAGE)
    site.pages["/lie"] = (200, {**HTML, "Content-Encoding": "gzip"}, PAGE)
    assert code(fetcher().get(site.url("/bomb"))) == "too-large"
    packed = fetcher().get(site.url("/packed"))
    assert isinstance(packed, Page)
    assert packed.body == PAGE
    assert code(fetcher(tries=1).get(site.url("/torn"))) == "fetch-failed"
    assert code(fetcher(tries=1).get(site.url("/lie"))) == "fetch-failed"


def test_feeds_and_their_items_are_fetched_in_order(site: Site) -> None:
    full = f"<item><title>Here</title><link>/1</link><description>{WORDS}</description></item>"
    bare = "<item><title>Elsewhere</title><link>/2</link></item><item><title>Gone</title><link>/3</link></item>"
    rss = f"<rss><channel><title>The Daily</title>{full}{bare}</channel></rss>"
    site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss.encode())
    site.pages["/2"] = (200, HTML, PAGE)
    site.pages["/picture"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
    addresses = [site.url("/feed"), site.url("/picture")]
    found = list(fetched([Input(each, url=each) for each in addresses], fetcher()))
    taken = [take(each) if isinstance(each, Input) else each for each in found]
    assert [type(each) for each in taken] == [Article, Article, Problem, Problem]
    assert [each.code for each in taken if isinstance(each, Problem)] == ["not-found", "not-a-page"]
    first, second = taken[:2]
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.url) == ("Here", site.url("/1"))
    assert (second.title, second.url, second.outlet) == ("Elsewhere", site.url("/2"), "The Daily")


def test_visits_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "visits.sqlite"
    Visits(path).note([("https://a.example/", Validators('"1"')), ("https://b.example/", Validators())])
    assert Visits(path).known("https://a.example/") == Validators('"1"')
    assert Visits(path).known("https://b.example/") is None


@pytest.mark.parametrize(("url", "told"), [
    ("https://News.Example/a", "https://news.example:443"), ("http://[2001:db8::1]/", "http://[2001:db8::1]:80"),
    ("http://пример.example/", "http://xn--e1afmkfd.example:80"),
])  # fmt: skip
def test_origins(url: str, told: str) -> None:
    assert origin(url) == told


@given(st.text(max_size=60))
def test_no_address_raises_but_as_barred(text: str) -> None:
    with contextlib.suppress(Barred):
        assert origin("http://" + text).startswith("http://")


def test_the_rules_of_robots() -> None:
    text = """
    User-agent: other
    Disallow: /
    User-agent: Communique/1.0
    User-agent: third
    Disallow: /*.pdf$
    Disallow: /a*b*c   # anything between
    Allow: /a/b/c/open
    Crawl-delay: 5

    User-agent: *
    Disallow: /
    """
    rules = parse(text, agent="communique")
    assert rules.pause == 5
    allowed = {"/": True, "/x.pdf": False, "/x.pdf?y": True, "/aXbYc": False, "/a/b/c/open": True, "/aXb": True}
    assert {path: rules.allows(path) for path in allowed} == allowed
    assert not parse(text, agent="somebody").allows("/x")
    assert not NOTHING.allows("/")
    assert Robots().allows("/")
    assert parse("Disallow: /", agent="communique").allows("/")
    assert Rule("/*a*b$", True).fits("/xaxab")


@given(st.text(alphabet="ab*$/", max_size=12), st.text(alphabet="ab/", max_size=12))
def test_patterns_of_robots_mean_what_regular_expressions_would(pattern: str, path: str) -> None:
    end = pattern.endswith("$")
    told = ".*".join(re.escape(each) for each in (pattern[:-1] if end else pattern).split("*")) + ("$" if end else "")
    assert Rule(pattern, True).fits(path) == (re.match(told, path) is not None)
