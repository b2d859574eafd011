"""The data for programs: pages, ETags, and a description that holds."""

import jsonschema
import pytest
from starlette.testclient import TestClient

from communique.explorer import Explorer
from communique.explorer.api import openapi
from communique.library import Library
from communique.records import to_contract
from communique.views.contract import schema
from tests.explorer.conftest import HOST

LISTINGS = ["events", "statements", "articles", "ledger", "actors", "dyads", "problems", "corrections"]


@pytest.fixture
def program(explorer: Explorer) -> TestClient:
    """A program that holds the token and no cookie."""
    return TestClient(explorer, base_url=HOST, headers={"Authorization": "Bearer the-token"})


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_told_page_by_page(program: TestClient, name: str) -> None:
    whole = program.get(f"/api/{name}?per=500").json()
    assert whole["total"] == len(whole["rows"])
    rows, address = [], f"/api/{name}?per=7"
    while address:
        page = program.get(address).json()
        rows += page["rows"]
        address = page["next"]
    assert rows == whole["rows"]


def test_what_is_described_is_answered_as_described(program: TestClient, library: Library) -> None:
    told = program.get("/api/openapi.json").json()
    assert told == openapi()
    names = {"event": library.events().first()["event"], "article": library.events().first()["article"],
             "entry": library.ledger().first()["entry"]}  # fmt: skip
    for path, item in told["paths"].items():
        answer = program.get(path.format(**names))
        assert answer.status_code == 200, path
        form = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), form)
        for parameter in item["get"]["parameters"]:
            if parameter["in"] == "path":
                missing = program.get(path.format(**dict.fromkeys(names, "nothing")))
                assert missing.status_code == 404
                jsonschema.validate(
                    missing.json(), item["get"]["responses"]["404"]["content"]["application/json"]["schema"]
                )


VALUES = ("", "x", "2010", "-1", "'; DROP TABLE events; --", "\x00", "٣", "%", "PAK MIL", "9" * 30, "é\u2029")


@pytest.mark.parametrize("name", LISTINGS)
def test_every_parameter_is_taken_whatever_it_holds(program: TestClient, name: str) -> None:
    names = [each["name"] for each in openapi()["paths"][f"/api/{name}"]["get"]["parameters"]]
    asked = [dict.fromkeys(names, value) for value in VALUES]
    asked += [{each: VALUES[place % len(VALUES)]} for place, each in enumerate(names)]
    for parameters in asked:
        answer = program.get(f"/api/{name}", params=parameters)
        assert answer.status_code in (200, 400), parameters
        assert answer.headers["content-type"] == "application/json"


def test_an_etag_holds_until_something_changes(program: TestClient, library: Library) -> None:
    first = program.get("/api/events?type=AGREE")
    tag = first.headers["etag"]
    same = program.get("/api/events?type=AGREE", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (same.status_code, same.content) == (304, b"")
    assert program.get("/api/events", headers={"If-None-Match": tag}).status_code == 200
    library.correct(library.events(type="AGREE").first()["event"], kind="reject", because="no", by="one")
    changed = program.get("/api/events?type=AGREE", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["total"] == first.json()["total"] - 1


def test_an_article_leaves_in_its_published_form(program: TestClient, library: Library) -> None:
    for row in library.archive.articles().to_pylist()[::4]:
        told = program.get(f"/api/articles/{row['article']}").json()
        jsonschema.validate(told, schema())
        coded = library.archive.coded(row["article"])
        assert coded is not None
        assert told == to_contract(coded)


def test_a_program_reads_only_and_only_with_the_token(explorer: Explorer, program: TestClient) -> None:
    assert TestClient(explorer, base_url=HOST).get("/api/events").status_code == 401
    wrong = TestClient(explorer, base_url=HOST, headers={"Authorization": "Bearer wrong"})
    assert wrong.get("/api/events").status_code == 401
    assert program.get("/e", follow_redirects=False).status_code == 303
    assert program.post("/api/events").status_code in (403, 405)


def test_what_makes_no_sense_is_told_as_json(program: TestClient) -> None:
    answer = program.get("/api/events?since=soon")
    assert answer.status_code == 400
    assert "is no day" in answer.json()["error"]
