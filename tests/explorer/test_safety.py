"""Who may enter, what a page may do, and what is refused."""

import re
import time
from html.parser import HTMLParser

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from communique.explorer import Explorer
from communique.explorer import safety as rules
from communique.explorer.safety import Keys
from communique.library import Library
from tests.explorer.conftest import ATTACKS, HOST, addresses, form


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_of_the_archive_is_shown_without_a_session(stranger: TestClient, library: Library) -> None:
    for address in addresses(library):
        answer = stranger.get(address, follow_redirects=False)
        if address.startswith("/api"):
            assert answer.status_code == 401, address
        else:
            assert (answer.status_code, answer.headers["location"]) == (303, "/enter"), address
    told = stranger.get("/enter")
    assert told.status_code == 403
    assert "Border" not in told.text


def test_feeds_and_exports_are_given_to_programs_with_the_token_and_nothing_else_is(explorer: Explorer) -> None:
    program = TestClient(explorer, base_url=HOST, headers={"Authorization": "Bearer the-token"}, follow_redirects=False)
    for address in ("/e.atom", "/search.atom?q=asked", "/e.csv", "/export/csv", "/api/events"):
        assert program.get(address).status_code == 200, address
        wrong = TestClient(explorer, base_url=HOST, headers={"Authorization": "Bearer x"}, follow_redirects=False)
        assert wrong.get(address).status_code in (303, 401), address
    for address in ("/", "/e", "/export", "/a", "/review"):
        assert program.get(address).status_code == 303, address
    assert program.post("/add/feed", data={"feed": "x"}).status_code == 403


def test_the_launch_link_gives_a_session_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get("/e?token=the-token&type=AGREE", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/e?type=AGREE")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "the-token" not in cookie
    assert stranger.get("/e").status_code == 200


@pytest.mark.parametrize("path", ["//evil.invalid", "//evil.invalid/%2e%2e"])
def test_the_launch_link_leads_to_no_other_host(stranger: TestClient, path: str) -> None:
    answer = stranger.get(f"{HOST}{path}?token=the-token", follow_redirects=False)
    assert not answer.headers["location"].startswith("//")


@pytest.mark.parametrize("cookie", ["", "x", "x.y", "communique", "a" * 5000, "é.ü"])
def test_a_session_that_was_not_signed_here_is_none(stranger: TestClient, keys: Keys, cookie: str) -> None:
    header = f"{keys.cookie}={cookie}".encode()
    assert stranger.get("/", headers={b"cookie": header}, follow_redirects=False).status_code == 303
    assert not keys.is_session(Keys().session())


def test_another_name_of_the_host_is_not_served(explorer: Explorer, browser: TestClient) -> None:
    """A page elsewhere cannot point a name of its own at this machine and read the archive."""
    for host in ("evil.invalid:8000", "127.0.0.1", "127.0.0.1:8001", "localhost.evil.invalid:8000"):
        assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.invalid"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:8001"}, {}]
)
def test_a_form_from_elsewhere_changes_nothing(explorer: Explorer, library: Library, headers: dict[str, str]) -> None:
    elsewhere = TestClient(explorer, base_url=HOST)
    elsewhere.get("/?token=the-token")
    event = library.events().first()["event"]
    answer = elsewhere.post(f"/review/{event}", data={**form(elsewhere), "verdict": "reject"}, headers=headers)
    assert answer.status_code == 403
    assert len(library.corrections()) == 0


def test_a_form_without_the_token_of_its_session_changes_nothing(
    explorer: Explorer, browser: TestClient, library: Library
) -> None:
    other = TestClient(explorer, base_url=HOST, headers={"Origin": HOST})
    other.get("/?token=the-token")
    event = library.events().first()["event"]
    for token in ({}, {"form_token": "x"}, form(other)):
        assert browser.post(f"/review/{event}", data={**token, "verdict": "reject"}).status_code == 403
    assert len(library.corrections()) == 0
    assert browser.post(f"/review/{event}", data={**form(browser), "verdict": "reject"}).status_code == 200
    assert len(library.corrections()) == 1


def test_a_request_has_an_end(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = form(browser)
    monkeypatch.setattr(rules, "LIMIT", 2000)
    assert browser.post("/add/text", data={**told, "text": "word " * 1000}).status_code == 413


def test_a_request_that_hides_its_length_has_an_end_too(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = form(browser)
    monkeypatch.setattr(rules, "LIMIT", 2000)

    def parts() -> object:
        yield f"form_token={told['form_token']}&text=".encode()
        for _ in range(50):
            yield b"word+" * 100

    head = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.post("/add/text", content=parts(), headers=head)  # type: ignore[arg-type]
    assert answer.status_code == 413


def test_a_password_opens_and_wrong_ones_are_slowed(library: Library) -> None:
    keys = Keys(password="correct horse")
    guest = TestClient(Explorer(library, keys=keys), base_url=HOST, headers={"Origin": HOST})
    assert guest.post("/enter", data={"password": "wrong"}).status_code == 401
    assert guest.post("/enter", data={"password": "correct horse"}).status_code == 200
    assert guest.get("/e").status_code == 200
    other = TestClient(Explorer(library, keys=keys), base_url=HOST, headers={"Origin": HOST})
    for _ in range(rules.TRIES):
        assert other.post("/enter", data={"password": "wrong"}).status_code == 401
    assert other.post("/enter", data={"password": "correct horse"}).status_code == 401
    keys._until = time.monotonic() - 1
    assert other.post("/enter", data={"password": "correct horse"}).status_code == 200


def test_without_a_password_none_opens(stranger: TestClient) -> None:
    assert stranger.post("/enter", data={"password": ""}).status_code == 401


def test_no_page_has_script_or_style_of_its_own_or_names_another_host(pages: dict[str, Response]) -> None:
    """Hostile words stand in every field of this archive: none becomes a tag, an attribute or an address."""
    for address, answer in pages.items():
        assert answer.status_code == (404 if address == "/e/nothing" else 200), address
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        for tag, attributes in Tags(answer.text).found:
            assert tag not in ("style", "iframe", "base", "object", "embed", "img"), (address, tag)
            assert tag != "script" or (attributes.get("src") or "").startswith("/static/"), address
            for name, value in attributes.items():
                assert not name.startswith("on"), (address, tag, name)
                assert name != "style", (address, tag)
                if name in ("href", "src", "action", "hx-get"):
                    local = re.match(r"[/#]|https://courier\.example/", value or "")
                    assert local, (address, tag, value)
                    assert not (value or "").startswith("//"), (address, value)


def test_hostile_words_are_shown_as_words(pages: dict[str, Response]) -> None:
    shown = "".join(answer.text for answer in pages.values())
    for attack in ATTACKS[:7]:
        assert attack not in shown or "<" not in attack
    assert "&lt;script&gt;document.title" in shown
    assert "{{ 7 * 7 }}" in shown
    assert "\u202e" not in shown
    assert "\x1b" not in shown
