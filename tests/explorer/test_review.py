"""Review: decisions become corrections, are taken back, and two readers are compared."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.errors import InputError
from communique.explorer import Explorer
from communique.explorer.review import kappa
from communique.explorer.safety import Keys
from communique.library import Library
from communique.store import Archive
from tests.explorer.conftest import HOST, form
from tests.factories import border_article


def shown(page: str) -> str:
    """The event that a review page is about."""
    return page.split('action="/review/')[1].split('"')[0]


def again(library: Library) -> Library:
    """The archive as a program sees it that opens it now."""
    return Library(Archive.open(library.archive.root))


def test_a_decision_is_kept_and_the_next_event_comes(browser: TestClient, library: Library) -> None:
    seen, told = [], form(browser)
    page = browser.get("/review").text
    for verdict in ("accept", "reject", "accept"):
        seen.append(shown(page))
        page = browser.post(f"/review/{seen[-1]}", data={**told, "verdict": verdict}).text
    assert shown(page) not in seen
    rows = list(again(library).corrections())
    assert [(row["target"], row["kind"], row["by"]) for row in rows] == [
        (seen[0], "accept", "one"), (seen[1], "reject", "one"), (seen[2], "accept", "one")
    ]  # fmt: skip
    assert seen[1] not in {row["event"] for row in again(library).events()}


def test_the_least_sure_come_first_or_the_newest(browser: TestClient, library: Library) -> None:
    rows = {row["event"]: row for row in library.events()}
    first = rows[shown(browser.get("/review").text)]
    assert first["confidence"] == min(row["confidence"] for row in rows.values())
    newest = rows[shown(browser.get("/review?order=newest").text)]
    assert newest["day"] == max(row["day"] for row in rows.values())


def test_fields_are_set_right_with_all_that_follows(browser: TestClient, library: Library) -> None:
    event = library.events(type="REQUEST").first()["event"]
    fields = {"verdict": "set", "type": "THREATEN", "mode": "", "source": "USA MIL", "because": "read again"}
    assert browser.post(f"/review/{event}", data={**form(browser), **fields}).status_code == 200
    row = next(row for row in again(library).events() if row["event"] == event)
    assert (row["type"], row["source"], row["quad"]) == ("THREATEN", "USA MIL", "verbal-conflict")
    told = [each.field for each in again(library).archive.decisions()[0].correction.changes]
    assert {"type", "source", "cameo"} <= set(told)


def test_a_value_that_does_not_exist_is_refused_in_words(browser: TestClient, library: Library) -> None:
    event = library.events(type="REQUEST").first()["event"]
    answer = browser.post(f"/review/{event}", data={**form(browser), "verdict": "set", "first_day": "soon"})
    assert answer.status_code == 400
    assert "is no day" in answer.text
    same = browser.post(f"/review/{event}", data={**form(browser), "verdict": "set", "type": "REQUEST"})
    assert same.status_code == 400
    assert browser.post(f"/review/{event}", data={**form(browser), "verdict": "dance"}).status_code == 400
    assert browser.post("/review/nothing", data={**form(browser), "verdict": "accept"}).status_code == 404
    assert len(again(library).corrections()) == 0


def test_the_last_decision_is_taken_back(browser: TestClient, library: Library) -> None:
    event = shown(browser.get("/review").text)
    browser.post(f"/review/{event}", data={**form(browser), "verdict": "reject"})
    page = browser.post("/review/undo", data=form(browser)).text
    assert shown(page) == event
    assert event in {row["event"] for row in again(library).events()}
    assert len(again(library).corrections()) == 0
    assert browser.post("/review/undo", data=form(browser)).status_code == 400


def test_a_second_reader_decides_unseen_and_both_are_compared(browser: TestClient, library: Library) -> None:
    events = [row["event"] for row in library.events()][:4]
    for event, verdict in zip(events, ("accept", "accept", "reject", "accept"), strict=True):
        browser.post(f"/review/{event}", data={**form(browser), "verdict": verdict})
    browser.post("/review/reader", data={**form(browser), "name": "two"})
    page = browser.get(f"/review?at={events[2]}").text
    assert "You decided this" not in page
    for event, verdict in zip(events, ("accept", "reject", "reject", "accept"), strict=True):
        browser.post(f"/review/{event}", data={**form(browser), "verdict": verdict})
    agreed = browser.get("/review/agreement").text
    assert "75 %" in agreed
    assert "0.50" in agreed
    assert "one: 4 events" in agreed.replace("<bdi>", "").replace("</bdi>", "")


def test_kappa_is_agreement_beyond_chance() -> None:
    yes, no = ("accept", "accept"), ("reject", "reject")
    assert kappa([yes, no]) == 1.0
    assert kappa([("accept", "reject"), ("reject", "accept")]) == -1.0
    assert kappa([yes, yes]) is None
    assert kappa([]) is None
    assert kappa([yes, yes, no, ("accept", "reject")]) == pytest.approx(0.5)


@pytest.mark.parametrize("name", ["", "  ", "a\nb\x00", "é", "<" * 3 + "\u202e"])
def test_a_reader_has_a_plain_name(browser: TestClient, name: str) -> None:
    assert browser.post("/review/reader", data={**form(browser), "name": name}).status_code in (200, 400)
    assert "one" in browser.get("/review").text or name.strip() == "a b"


def test_a_missed_event_is_added_in_the_reader(browser: TestClient, library: Library) -> None:
    article = library.archive.articles().to_pylist()[0]["article"]
    fields = {"words": "told reporters", "type": "CONSULT", "source": "PAK GOV", "target": "MED"}
    answer = browser.post(f"/a/{article}/missed", data={**form(browser), **fields})
    assert answer.status_code == 200
    assert "CONSULT" in answer.text
    assert "added by a person" in browser.get(f"/a/{article}").text
    wrong = browser.post(f"/a/{article}/missed", data={**form(browser), **fields, "words": "never said"})
    assert wrong.status_code == 400


def test_when_nothing_waits_the_page_says_so(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "small")
    archive.add([border_article()])
    library = Library(archive)
    for row in library.events():
        library.correct(row["event"], kind="accept", because="read", by="one")
    explorer = Explorer(library, keys=Keys(token="t"), reader="one")
    page = TestClient(explorer, base_url=HOST).get("/review?token=t").text
    assert "Nothing waits" in page
    assert "Undo" in page


def coded_words(library: Library) -> tuple[str, str]:
    """A plain event of the request, and the text of its article."""
    row = next(row for row in library.events(type="REQUEST") if row["title"] == "Border, part 3")
    coded = library.archive.coded(row["event"])
    assert coded is not None
    return row["event"], coded.article.text


def test_words_of_a_field_are_set_right_where_they_stand(browser: TestClient, library: Library) -> None:
    event, text = coded_words(library)
    page = browser.get(f"/review?at={event}").text
    assert 'name="source_words" data-span="source" value="The United States"' in page
    start = text.index("Pakistani foreign")
    fields = {
        "verdict": "set", "trigger_words": "to reopen", "trigger_at": "", "source_words": "United States",
        "source_at": "4-17", "target_words": "Pakistani", "target_at": f"{start}-{start + 9}", "time_words": "",
    }  # fmt: skip
    assert browser.post(f"/review/{event}", data={**form(browser), **fields}).status_code == 200
    told = {each.field: each.new for each in again(library).archive.decisions()[0].correction.changes}
    place = text.index("to reopen")
    assert told == {
        "trigger_span": f"{place}-{place + 9} to reopen", "source_span": "4-17 United States",
        "target_span": f"{start}-{start + 9} Pakistani", "time_span": None,
    }  # fmt: skip
    row = next(row for row in again(library).events() if row["event"] == event)
    assert (row["trigger"], row["start"], row["time_words"]) == ("to reopen", place, None)
    assert row["sources"][0]["words"] == "United States"
    shown = browser.get(f"/e/{event}").text
    assert "“asked” → “to reopen”, by one" in shown
    assert 'data-say="did">to reopen</span>' in shown
    assert 'name="trigger_words" data-span="trigger" value="to reopen"' in browser.get(f"/review?at={event}").text
    browser.post("/review/undo", data=form(browser))
    assert next(row for row in again(library).events() if row["event"] == event)["trigger"] == "asked"


def test_words_that_were_set_right_are_rows_to_train_with(library: Library) -> None:
    event, text = coded_words(library)
    place = text.index("reopen")
    library.correct(event, fields={"trigger_span": f"{place}-{place + 6} reopen"}, because="the act", by="one")
    (row,) = library.training_rows()
    assert row["sentence"][row["trigger"]["start"] : row["trigger"]["end"]] == "reopen"


@pytest.mark.parametrize(
    "told",
    [{"trigger_words": "never said"}, {"trigger_words": ""}, {"source_words": "The  United", "source_at": "9-1"}],
)
def test_words_that_do_not_stand_there_are_refused(browser: TestClient, library: Library, told: dict[str, str]) -> None:
    event, _ = coded_words(library)
    answer = browser.post(f"/review/{event}", data={**form(browser), "verdict": "set", **told})
    assert answer.status_code == 400
    assert len(again(library).corrections()) == 0
    with pytest.raises(InputError, match="no place of words"):
        library.correct(event, fields={"source_span": "0-3 Thy"}, because="no", by="one")
