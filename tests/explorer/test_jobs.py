"""Adding articles through the queue, and serving."""

import dataclasses
import socket
import threading
import urllib.request
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.errors import InputError
from communique.explorer import Explorer, jobs, serve
from communique.explorer.serve import _names
from communique.library import Library
from communique.records import Article, CodedArticle, Problem
from communique.store import Archive
from tests.explorer.conftest import form
from tests.factories import RUN

PAGE = """Ministers meet in Quito

Reuters
October 21, 2010

The foreign ministers of Peru and Ecuador met in Quito on Thursday. They spoke for two hours about the border and
the river, and agreed to meet again in December, a spokesman said.
"""


class Quick:
    """A coder that finds nothing, at once."""

    run = RUN

    def code(self, article: Article) -> CodedArticle:
        if "unlucky" in article.text:
            problem = Problem("coding-failed", "It failed.", "pipeline", article.id)
            return CodedArticle(RUN, article, (), (), (), (), (problem,))
        return CodedArticle(RUN, article, (), (), (), (), article.problems)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_loaded", Quick)


def test_a_pasted_article_is_added_once(browser: TestClient, explorer: Explorer, library: Library) -> None:
    before = library.archive.articles().num_rows
    for _ in range(2):
        answer = browser.post("/add/text", data={**form(browser), "text": PAGE})
        assert answer.status_code == 200
    explorer.desk.jobs.wait()
    first, second = explorer.desk.jobs.all.values()
    assert (first.state, first.added, first.known) == ("done", 1, 0)
    assert (second.state, second.added, second.known) == ("done", 0, 1)
    assert Archive.open(library.archive.root).articles().num_rows == before + 1
    assert "1 there before" in browser.get(f"/jobs/{second.id}").text
    assert "Ministers meet in Quito" in browser.get("/a?q=river").text


def test_files_are_added_and_bad_ones_become_problems(browser: TestClient, explorer: Explorer) -> None:
    files = [
        ("files", ("one.txt", PAGE.encode(), "text/plain")),
        (
            "files",
            ("two.html", f"<html><body><article><p>{PAGE * 3}</p></article></body></html>".encode(), "text/html"),
        ),
        ("files", ("<b>.txt", b"\x00\x01\x02\xff" * 40, "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("three.txt", PAGE.replace("Quito", "unlucky").encode(), "text/plain")),
    ]
    browser.post("/add/files", data=form(browser), files=files)
    explorer.desk.jobs.wait()
    (job,) = explorer.desk.jobs.all.values()
    assert job.state == "done"
    assert job.added >= 1
    assert {each.code for each in job.problems} >= {"binary-file", "empty-file", "coding-failed"}
    page = browser.get(f"/jobs/{job.id}").text
    assert "&lt;b&gt;.txt" in page


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title>
<item><title>Ministers meet in Quito</title><link>https://courier.example/quito</link>
<pubDate>Thu, 21 Oct 2010 08:00:00 GMT</pubDate><description>The foreign ministers of Peru and Ecuador met in Quito on
Thursday and spoke for two hours about the border and the river, a spokesman said.</description></item>
<item><title>Only a link</title><link>https://courier.example/link</link></item></channel></rss>"""


def test_a_pasted_feed_gives_its_articles_and_nothing_is_fetched(browser: TestClient, explorer: Explorer) -> None:
    assert browser.post("/add/feed", data={**form(browser), "feed": FEED}).status_code == 200
    explorer.desk.jobs.wait()
    (job,) = explorer.desk.jobs.all.values()
    assert (job.state, job.added, [each.code for each in job.problems]) == ("done", 1, ["not-fetched"])
    assert "Ministers meet in Quito" in browser.get("/a?outlet=The+Courier").text
    for odd in ("", "no feed at all", '<!DOCTYPE x [<!ENTITY a "b">]><html>&a;</html>'):
        assert browser.post("/add/feed", data={**form(browser), "feed": odd}).status_code == 400


def test_a_dropped_table_gives_an_article_for_each_row(browser: TestClient, explorer: Explorer) -> None:
    told = "The ministers of Peru and Ecuador met in Quito on Thursday and spoke for two hours about the border."
    rows = "title,text,published\n" + "".join(f'Part {each},"{told} Part {each}.",2010-10-21\n' for each in "ab")
    files = [("files", ("rows.csv", rows.encode(), "text/csv")), ("files", ("f.rss", FEED.encode(), "text/xml"))]
    browser.post("/add/files", data=form(browser), files=files)
    explorer.desk.jobs.wait()
    (job,) = explorer.desk.jobs.all.values()
    assert (job.state, job.added) == ("done", 3)


def test_a_folder_is_added(explorer: Explorer, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    job = explorer.desk.jobs.add_folder(folder, title="A folder")
    explorer.desk.jobs.wait()
    assert (job.state, job.added) == ("done", 1)


def test_the_worker_outlives_a_job_that_fails(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch, browser: TestClient
) -> None:
    def broken() -> Quick:
        raise InputError("the model is gone")

    monkeypatch.setattr(jobs, "_loaded", broken)
    failed = explorer.desk.jobs.add_pages([("a.txt", PAGE.encode())])
    explorer.desk.jobs.wait()
    assert (failed.state, failed.message) == ("failed", "the model is gone")
    assert "the model is gone" in browser.get(f"/jobs/{failed.id}").text
    monkeypatch.setattr(jobs, "_loaded", Quick)
    after = explorer.desk.jobs.add_pages([("a.txt", PAGE.encode())])
    explorer.desk.jobs.wait()
    assert (after.state, after.added) == ("done", 1)


def test_old_jobs_are_forgotten(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "KEPT", 3)
    for _ in range(6):
        explorer.desk.jobs.add_pages([])
        explorer.desk.jobs.wait()
    assert len(explorer.desk.jobs.all) == 3


def test_corrections_are_in_what_is_derived_soon(browser: TestClient, explorer: Explorer, library: Library) -> None:
    event = library.events().first()["event"]
    browser.post(f"/review/{event}", data={**form(browser), "verdict": "reject"})
    explorer.desk.jobs.wait()
    assert Library(Archive.open(library.archive.root)).is_current()


def test_other_machines_are_served_with_a_password_only(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="set a password"):
        serve(tmp_path / "archive", say=print, host="0.0.0.0")
    assert not (tmp_path / "archive").exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        with pytest.raises(InputError, match="another --port"):
            serve(tmp_path / "archive", say=print, port=held.getsockname()[1])


def test_the_link_that_is_told_opens_the_server(tmp_path: Path) -> None:
    links: list[str] = []
    told = threading.Event()

    def say(link: str) -> None:
        links.append(link)
        told.set()

    # The server ends with the tests: a daemon thread may be left where no signal can reach it.
    threading.Thread(target=serve, args=(tmp_path / "archive",), kwargs={"say": say}, daemon=True).start()
    assert told.wait(20)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(links[0], timeout=20) as answer:
        assert answer.status == 200
        assert b"This archive is empty" in answer.read()


def test_names_of_this_machine() -> None:
    assert _names("127.0.0.1", 8000) >= {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}
    assert "localhost" in _names("127.0.0.1", 80)
    assert dataclasses.is_dataclass(jobs.Job)
