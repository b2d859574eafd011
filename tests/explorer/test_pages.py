"""What the pages show, with state in their addresses."""

import csv
import dataclasses
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.explorer import Explorer, exporting
from communique.explorer.safety import Keys
from communique.library import Library
from communique.store import Archive, browse
from communique.views.textfree import stripped
from tests.explorer.conftest import HOST, form
from tests.factories import RUN, border_article


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


def test_a_search_is_followed_as_a_feed(browser: TestClient) -> None:
    space = "{http://www.w3.org/2005/Atom}"
    page = browser.get("/search?q=Torkham").text
    assert 'href="/search.atom?q=Torkham"' in page
    feed = ET.fromstring(browser.get("/search.atom?q=Torkham").content)
    entries = feed.findall(f"{space}entry")
    assert len(entries) == 18
    for entry in entries:
        link = entry.find(f"{space}link")
        assert link is not None
        assert link.attrib["href"].startswith(f"{HOST}/a/")
    moments = [entry.findtext(f"{space}updated") or "" for entry in entries]
    assert feed.findtext(f"{space}updated") == max(moments)
    assert browser.get("/search.atom").status_code == 400


def test_a_list_tells_what_it_is_made_of(browser: TestClient, library: Library) -> None:
    page = browser.get("/e?outlet=Courier+1").text
    assert "What they are made of" in page
    told = page.split("What they are made of")[1].split("</details>")[0]
    number = len([row for row in library.events(type="REQUEST") if row["outlet"] == "Courier 1"])
    assert f'type=REQUEST"><bdi>REQUEST</bdi></a> <span class="number">{number}</span>' in told
    assert "Outlets" not in told


@pytest.mark.parametrize("name", exporting.FORMS)
def test_events_leave_in_every_form_with_schema_and_citation(browser: TestClient, library: Library, name: str) -> None:
    answer = browser.get(f"/export/{name}?type=AGREE&until=2010-10")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content
    about = browser.get(f"/export/{name}/about?type=AGREE&until=2010-10").json()
    assert about["communique"]["asked"] == {"type": "AGREE", "until": "2010-10"}
    assert RUN.id in about["dc:bibliographicCitation"]
    assert browser.get("/export/nothing").status_code == 404


def test_export_tells_how_many_and_how_to_cite(browser: TestClient, library: Library) -> None:
    page = browser.get("/export?type=AGREE").text
    number = len(library.events(type="AGREE"))
    assert f">{number} events</a> under these filters" in page
    assert f"{number} rows of political events" in page
    assert '/export/csv?type=AGREE"' in page


def test_types_of_ones_own_are_filters_and_have_a_page(tmp_path: Path) -> None:
    coded = border_article()
    own = dataclasses.replace(coded.events[0], type="EVICTION", quad="material-conflict")  # type: ignore[arg-type]
    archive = Archive.create(tmp_path / "own")
    archive.add([dataclasses.replace(coded, events=(own, coded.events[1]))])
    guest = TestClient(Explorer(Library(archive), keys=Keys(token="t")), base_url=HOST)
    assert "<option selected>EVICTION" in guest.get("/e?type=EVICTION&token=t").text
    assert "of 1 event" in guest.get("/e?type=EVICTION").text
    for address in ("/", "/map?type=EVICTION", "/network?type=EVICTION", "/d/USA-PAK?type=EVICTION", "/codebook",
                    "/export?type=EVICTION"):  # fmt: skip
        page = guest.get(address)
        assert page.status_code == 200, address
        assert "EVICTION" in page.text, address
    assert "A type of a codebook of your own" in guest.get("/codebook/EVICTION").text
    assert guest.get("/api/events?type=EVICTION").json()["total"] == 1
    assert guest.get("/e?type=DANCE").status_code == 400


def test_an_archive_without_texts_tells_places_instead_of_words(tmp_path: Path) -> None:
    coded = border_article()
    archive = Archive.create(tmp_path / "free")
    archive.add([stripped(coded)])
    library = Library(archive)
    guest = TestClient(Explorer(library, keys=Keys(token="t")), base_url=HOST)
    page = guest.get(f"/a/{coded.article.id}?token=t").text
    start = coded.events[0].trigger.start
    assert f"did {start}–{start + 5}" in page
    assert "no text of this article" in page
    row = next(dict(each) for each in library.events(type="REQUEST"))
    shown = guest.get(f"/e/{row['event']}").text
    assert f"characters {start}–{start + 5}" in shown
    assert "Torkham crossing" not in page + shown
    for address in ("/", "/e", "/d/USA-PAK", f"/review?at={row['event']}", "/search?q=asked", "/statements"):
        assert guest.get(address).status_code == 200, address


def test_sources_tell_runs_and_problems(browser: TestClient) -> None:
    page = browser.get("/sources").text
    assert RUN.id in page
    assert "empty-file" in page
    assert "no article" in page


def test_text_that_was_pasted_is_kept_back_until_its_job(browser: TestClient) -> None:
    assert browser.post("/add/text", data={**form(browser), "text": "  "}).status_code == 400
    assert browser.post("/add/files", data=form(browser)).status_code == 400
    assert browser.post("/add/demo", data=form(browser)).status_code == 400
