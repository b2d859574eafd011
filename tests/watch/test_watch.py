"""Watching: new items once, updates as versions, alerts once, whatever moment it was stopped at."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from communique.errors import ArchiveError, InputError
from communique.intake import Input, take
from communique.intake.fetch import Fetcher
from communique.intake.network import Door
from communique.pipeline.worker import Result
from communique.records import Article, Problem
from communique.store import Archive
from communique.watch import Query, Round, State, Watch, read_queries
from tests.cli.conftest import StubCoder
from tests.factories import BORDER
from tests.intake.servers import Site, serving

RSS = {"Content-Type": "application/rss+xml"}
HTML = {"Content-Type": "text/html"}
ASKED = (Query("asked", source="USA", target="PAK"), Query("none", source="FRA"))


class Stopped(BaseException):
    """Stands for a kill: nothing handles it."""


class Desk:
    """A site with a feed, an archive that follows it, and a clock that only the test moves."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.now = dt.datetime(2010, 10, 7, 8, tzinfo=dt.UTC)
        self.numbers: list[int] = []
        self.left: int | None = None
        site.pages["/feed"] = self._feed
        site.pages["/hook"] = (204, {}, b"")

    def _feed(self, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        tag = f'"{self.numbers}"'
        if asked.get("if-none-match") == tag:
            return 304, {}, b""
        entries = "".join(
            f"<item><title>Report {number}</title><link>/{number}</link><guid>{number}</guid></item>"
            for number in self.numbers[-3:]
        )
        return 200, {**RSS, "ETag": tag}, f"<rss><channel><title>Daily</title>{entries}</channel></rss>".encode()

    def publish(self, number: int, words: str = "") -> None:
        """Put an article on the site and into its feed, which holds three items."""
        self.numbers.append(number)
        body = "".join(f"<p>{each}</p>" for each in BORDER.split("\n\n"))
        text = f"<p>Oct 6, 2010</p>{body}<p>Talks went on for {number} days. {words}</p>"
        page = f"<html><head><title>Report {number}</title></head><body><article>{text}</article></body></html>"
        self.site.pages[f"/{number}"] = (200, HTML, page.encode())

    def step(self, *given: object) -> None:
        """One of the steps at which it may be stopped."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Stopped

    def round(self, **settings: Any) -> Round:
        """One round by a process of its own, which may be stopped after any step."""
        archive = Archive.create(self.folder / "archive")
        state = State(archive.root)
        for thing, names in ((state, ("polled", "done", "later", "found", "sent")), (archive, ("add",))):
            for name in names:
                setattr(thing, name, self._breaking(getattr(thing, name)))
        fetcher = Fetcher(door=Door(allowed=["127.0.0.1"]), pause=0, tries=1, sleep=lambda seconds: None)
        fetcher.post = self._breaking(fetcher.post)  # type: ignore[method-assign]
        try:
            told = {"feeds_to": self.folder / "alerts", "webhook": self.site.url("/hook"), "queries": ASKED}
            watch = Watch(archive, state, fetcher, coded, now=lambda: self.now, **{**told, **settings})
            return watch.round([self.site.url("/feed")])
        finally:
            state.close()

    def _breaking(self, call: Any) -> Any:
        def called(*given: Any, **named: Any) -> Any:
            found = call(*given, **named)
            self.step()
            return found

        return called

    def titles(self) -> list[str]:
        """The titles of all versions in the archive."""
        return sorted(Archive.open(self.folder / "archive").articles(history=True).column("title").to_pylist())

    def called(self) -> list[str]:
        """The ids of all alerts that the web address was called with."""
        return [each["alert"] for _, _, body in self.site.posted for each in json.loads(body)["alerts"]]

    def entries(self) -> list[str]:
        """The ids of the entries of the Atom feed."""
        root = etree.fromstring((self.folder / "alerts" / "asked.atom").read_bytes())
        return [each.text for each in root.iter("{http://www.w3.org/2005/Atom}id")][1:]


def coded(inputs: Iterable[Input | Problem]) -> Iterator[Result]:
    """Codes in this process, with the stub."""
    for item in inputs:
        found = item if isinstance(item, Problem) else take(item)
        yield StubCoder().code(found) if isinstance(found, Article) else found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving(Site()) as site:
        yield Desk(site, tmp_path)


def test_new_items_are_added_and_told_once(desk: Desk) -> None:
    desk.publish(1)
    assert (desk.round().added, desk.titles()) == (1, ["Report 1"])
    assert len(desk.called()) == len(desk.entries()) == 1
    desk.now += dt.timedelta(minutes=5)
    assert desk.round().polled == 0
    desk.now += dt.timedelta(minutes=15)
    assert desk.round() == Round(polled=1)
    assert desk.site.paths() == ["/feed", "/1", "/feed"]
    desk.publish(2)
    desk.now += dt.timedelta(minutes=15)
    assert desk.round().added == 1
    assert len(set(desk.called())) == len(desk.called()) == len(desk.entries()) == 2


def test_what_was_there_before_a_query_is_no_news(desk: Desk) -> None:
    desk.publish(1)
    desk.round(queries=(), webhook=None, feeds_to=None)
    desk.publish(2)
    desk.now += dt.timedelta(minutes=15)
    desk.round()
    assert len(desk.called()) == 1
    assert len(desk.entries()) == 2


def test_an_update_is_a_version_and_tells_the_same_act_once(desk: Desk) -> None:
    desk.publish(1)
    desk.round()
    desk.publish(1, "An official confirmed it. ")
    entry = b"<item><title>Report 1, updated</title><link>/1</link></item>"
    desk.site.pages["/feed"] = (200, RSS, b"<rss><channel><title>Daily</title>" + entry + b"</channel></rss>")
    desk.now += dt.timedelta(minutes=15)
    assert desk.round().added == 1
    assert len(desk.titles()) == 2
    assert len(desk.called()) == 1


def test_a_page_that_cannot_be_had_is_tried_again_after_it_left_the_feed(desk: Desk) -> None:
    desk.publish(1)
    page = desk.site.pages["/1"]
    desk.site.pages["/1"] = (503, {}, b"")
    assert desk.round().put_off == 1
    for number in (2, 3, 4):
        desk.publish(number)
    desk.site.pages["/1"] = page
    desk.now += dt.timedelta(hours=1)
    assert desk.round().added == 4
    assert desk.titles() == ["Report 1", "Report 2", "Report 3", "Report 4"]


def test_a_page_that_never_comes_is_a_row_in_the_end(desk: Desk) -> None:
    desk.publish(1)
    desk.site.pages["/1"] = (503, {}, b"")
    for _ in range(6):
        desk.round()
        desk.now += dt.timedelta(days=1)
    table = Archive.open(desk.folder / "archive").problems().to_pylist()
    assert [(row["code"], row["place"]) for row in table] == [("fetch-failed", desk.site.url("/1"))]


def test_a_feed_that_fails_is_asked_more_rarely_and_the_others_go_on(desk: Desk) -> None:
    desk.site.pages["/feed"] = (500, {}, b"")
    assert desk.round().failed == 1
    desk.now += dt.timedelta(minutes=16)
    assert desk.round().polled == 0
    desk.now += dt.timedelta(minutes=16)
    assert desk.round().polled == 1


def test_a_receiver_that_fails_is_called_again_with_the_same_ids(desk: Desk) -> None:
    desk.publish(1)
    desk.site.pages["/hook"] = (500, {}, b"")
    assert [each.code for each in desk.round().problems] == ["fetch-failed"]
    desk.site.pages["/hook"] = (204, {}, b"")
    desk.round()
    desk.round()
    assert len(desk.called()) == 2
    assert len(set(desk.called())) == 1
    assert len({headers["idempotency-key"] for _, headers, _ in desk.site.posted}) == 1


def test_stopped_at_every_step_nothing_is_missed_or_kept_twice(desk: Desk) -> None:
    """However far it came, the next round makes good what is missing: each step is tried as the last one."""
    number = stops = 0
    while True:
        number += 1
        desk.publish(number)
        desk.now += dt.timedelta(days=1)
        desk.left = stops
        try:
            desk.round()
            break
        except Stopped:
            stops += 1
        desk.left = None
        desk.round()
        assert desk.titles() == sorted(f"Report {each}" for each in range(1, number + 1))
        assert len(desk.entries()) == len(set(desk.called())) == number
    assert stops >= 7
    # A call whose answer was lost is made again, with the same ids; no other is.
    assert len(desk.called()) - len(set(desk.called())) <= 2


def test_one_watch_at_a_time(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "archive")
    first = State(archive.root)
    with pytest.raises(ArchiveError, match="another process watches"):
        State(archive.root)
    first.close()
    State(archive.root).close()


@pytest.mark.parametrize(("text", "told"), [
    ("asked: {source: USA, target: PAK, type: [REQUEST, THREATEN], since: 2010-10}", None),
    ("", "holds no queries"), ("- a", "holds no queries"), ("a/b: {source: USA}", "no name"), ("a: {}", "must say one"),
    ("a: {sources: USA}", "may say"), ("a: {modality: maybe}", "there are"), ("a: [", "no YAML"),
])  # fmt: skip
def test_files_of_queries(tmp_path: Path, text: str, told: str | None) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text(text, encoding="utf-8")
    if told is None:
        assert read_queries(path) == (
            Query("asked", source="USA", target="PAK", type=("REQUEST", "THREATEN"), since="2010-10"),
        )
    else:
        with pytest.raises(InputError, match=told):
            read_queries(path)


def test_hostile_words_stay_words_in_the_feed(desk: Desk) -> None:
    desk.publish(1, "")
    page = desk.site.pages["/1"]
    assert isinstance(page, tuple)
    desk.site.pages["/1"] = (200, HTML, page[2].replace(b"Report 1", b"&lt;script>alert(1)&lt;/script>\x1b[31m ]]>"))
    desk.round()
    body = (desk.folder / "alerts" / "asked.atom").read_bytes()
    assert b"<script" not in body
    assert b"\x1b" not in body
    assert len(desk.entries()) == 1
