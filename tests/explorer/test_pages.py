"""What the pages show, with state in their addresses."""

import csv
import dataclasses
import io
import xml.etree.ElementTree as ET

import pytest
from starlette.testclient import TestClient

from communique.explorer import Explorer
from communique.explorer.safety import Keys
from communique.library import Library
from communique.store import Archive, browse
from tests.explorer.conftest import HOST, form
from tests.factories import RUN


def plain_event(library: Library) -> dict[str, object]:
    return next(dict(row) for row in library.events(type="REQUEST") if row["title"] == "Border, part 3")


def test_home_tells_what_is_there_and_what_waits(browser: TestClient) -> None:
    page = browser.get("/").text
    assert "18 articles" in page
    assert "36 events" in page
    assert "wait for review" in page
    assert "The file has no words." in page


def test_an_empty_archive_offers_ways_to_begin(tmp_path: object) -> None:
    empty = Library(Archive.create(f"{tmp_path}/empty"))
    guest = TestClient(Explorer(empty, keys=Keys(token="t"), dossier=empty.archive.root), base_url=HOST)
    page = guest.get("/?token=t").text
    for way in ("Add the demonstration", "Add the files", "Add the article"):
        assert way in page
    for address in ("/e", "/d", "/d/USA-PAK", "/ledger", "/statements", "/actors", "/sources", "/review", "/a"):
        assert guest.get(address).status_code == 200


def test_filters_stand_in_the_address_and_narrow_the_list(browser: TestClient) -> None:
    asked = browser.get("/e?type=AGREE&since=2010-10-03&until=2010-10-06&outlet=Courier+1").text
    assert "of 3 events" in asked
    assert 'value="2010-10-03"' in asked
    assert "<option selected>AGREE" in asked
    assert "no event found" in browser.get("/e?type=AGREE&until=2010-10-05").text
    assert "no event found" in browser.get("/e?q=nowhere+to+be+found").text


def test_lists_have_pages(browser: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse.events, "__kwdefaults__", {**(browse.events.__kwdefaults__ or {}), "per": 10})
    seen: set[str] = set()
    address: str | None = "/e?order=newest"
    while address:
        page = browser.get(address).text
        seen |= {part.split('"')[0] for part in page.split('<tr id="row-')[1:]}
        _, _, rest = page.partition('<a rel="next" href="')
        address = rest.split('"')[0].replace("&amp;", "&") or None
    assert seen == {row["event"] for row in library.events()}


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "99999999999999999999", "1e3"])
def test_odd_pages_are_answered(browser: TestClient, page: str) -> None:
    assert browser.get("/e", params={"page": page}).status_code == 200
    assert browser.get("/d/USA-PAK", params={"page": page}).status_code == 200


@pytest.mark.parametrize("address", ["/e?since=yesterday", "/d/USA", "/d/USA-PAK?since=2011&until=2010"])
def test_what_makes_no_sense_is_told_in_words(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 400
    assert "cannot be answered" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "address", ["/nowhere", "/e/x", "/e/x@y", "/a/x", "/ledger/x", "/codebook/x", "/actor?id=x", "/jobs/9"]
)
def test_what_is_not_there_is_not_found(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_an_event_tells_what_each_field_rests_on(browser: TestClient, library: Library) -> None:
    row = plain_event(library)
    page = browser.get(f"/e/{row['event']}").text
    for told in ("asks object to do something", ">asked<", "name of a country", ">Tuesday<", "GeoNames 1163968",
                 "confidence 0.80", "025", "REQUEST"):  # fmt: skip
        assert told in page, told
    assert f"/e/{row['event']}@{RUN.id}" in page


def test_the_permalink_stays_as_it_was_coded(browser: TestClient, library: Library) -> None:
    row = plain_event(library)
    permalink = f"/e/{row['event']}@{RUN.id}"
    before = browser.get(permalink).text
    library.correct(str(row["event"]), fields={"type": "THREATEN"}, because="a threat", by="one")
    assert browser.get(permalink).text == before
    now = browser.get(f"/e/{row['event']}").text
    assert "REQUEST → THREATEN, by one" in now
    library.correct(str(row["event"]), kind="reject", because="nothing", by="one")
    assert "rejected by a person" in browser.get(f"/e/{row['event']}").text
    assert browser.get(f"/e/{row['event']}@another-run").status_code == 404


def test_the_permalink_outlives_coding_again(browser: TestClient, library: Library) -> None:
    row = plain_event(library)
    permalink = f"/e/{row['event']}@{RUN.id}"
    before = browser.get(permalink).text
    coded = library.archive.coded(str(row["event"]))
    assert coded is not None
    library.archive.add([dataclasses.replace(coded, run=dataclasses.replace(RUN, id="run-2"))])
    assert browser.get(permalink).text == before
    assert "earlier run or version" in browser.get(f"/e/{row['event']}").text


def test_a_dyad_draws_both_ways_and_lists_the_same_events(browser: TestClient, library: Library) -> None:
    page = browser.get("/d/USA-PAK").text
    assert "USA → PAK" in page
    assert "PAK → USA" in page
    asked = {row["event"] for row in library.events(source="USA", target="PAK", happenings=True)}
    assert asked
    drawn = {part.split('"')[0] for part in page.split('<a href="/e/')[1:] if 'class="dot' in part[:80]}
    assert asked <= drawn
    turned = browser.get("/d/PAK-USA").text
    assert turned.index("PAK → USA") < turned.index("USA → PAK")


def test_a_dyad_of_names_is_asked_for_by_query(browser: TestClient) -> None:
    assert browser.get("/d?a=usa&b=PAK", follow_redirects=False).headers["location"] == "/d/USA-PAK"
    assert browser.get("/d?a=United+States&b=Pakistan").text.count('class="dot') > 0


def test_the_reader_marks_words_and_shows_furniture(browser: TestClient, library: Library) -> None:
    row = plain_event(library)
    page = browser.get(f"/a/{row['article']}?show=e1").text
    assert '<span class="w lit trigger" data-m="e1:trigger" data-b="e1:trigger" data-say="did">asked</span>' in page
    assert page.count("data-say=") >= 4
    hostile = next(each for each in library.archive.articles().to_pylist() if each["title"].startswith("4 "))
    assert "removed as furniture" in browser.get(f"/a/{hostile['article']}").text


def test_the_ledger_tells_the_life_of_an_entry(browser: TestClient, library: Library) -> None:
    entry = library.ledger().first()
    assert entry is not None
    page = browser.get(f"/ledger/{entry['entry']}").text
    for move in library.moves(entry["entry"]):
        assert move["move"] in page
    assert "/a/" in page
    assert browser.get("/ledger?standing=open&kind=request").status_code == 200


def test_search_finds_words_in_all_that_is_kept(browser: TestClient) -> None:
    page = browser.get("/search?q=CROSSING").text
    assert "18 articles" in page
    assert "events" in page
    assert "No actor" in page


def test_events_leave_as_csv_and_as_a_feed(browser: TestClient, library: Library) -> None:
    answer = browser.get("/e.csv?type=AGREE")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(library.events(type="AGREE"))
    assert all(not row["title"].startswith(("=", "+", "-", "@")) for row in rows)
    feed = ET.fromstring(browser.get("/e.atom?type=AGREE").content)
    space = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{space}entry")) == len(rows)
    assert all(entry.find(f"{space}updated") is not None for entry in feed.findall(f"{space}entry"))


def test_sources_tell_runs_and_problems(browser: TestClient) -> None:
    page = browser.get("/sources").text
    assert RUN.id in page
    assert "empty-file" in page
    assert "no article" in page


def test_text_that_was_pasted_is_kept_back_until_its_job(browser: TestClient) -> None:
    assert browser.post("/add/text", data={**form(browser), "text": "  "}).status_code == 400
    assert browser.post("/add/files", data=form(browser)).status_code == 400
    assert browser.post("/add/demo", data=form(browser)).status_code == 400
