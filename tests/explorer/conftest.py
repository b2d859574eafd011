"""A small archive made by hand, with hostile words in every field, and the explorer over a copy of it."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from communique.explorer import Explorer
from communique.explorer.safety import Keys
from communique.library import Library
from communique.records import CodedArticle, Problem, Removed
from communique.store import Archive
from tests.factories import BORDER, border_article

HOST = "http://127.0.0.1:8000"
# Strings that have broken out of pages: of text, of attributes, of scripts, of addresses, of style, and of direction.
ATTACKS = (
    "<script>document.title='broken'</script>",
    '"><img src=x onerror="document.title=\'broken\'">',
    "' autofocus onfocus='document.title=`broken`' x='",
    "</textarea></title></style><svg/onload=document.title='broken'>",
    "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}",
    "<!--><base href=//evil.invalid><meta http-equiv=refresh content='0;url=//evil.invalid'>",
    "<a hx-get=/review/undo hx-trigger=load>x</a><iframe srcdoc='<script>parent.document.title=1</script>'>",
    "javascript:document.title='broken'//",
    "\u202eright to left\u202c \u2066isolated\u2069 \x1b[31mred\x07",
    "الرئيس قال «نعم» & <b>bold</b>",
)


def hostile(number: int, attack: str) -> CodedArticle:
    """The article at the border with an attack in every field that somebody else fills."""
    coded = border_article(
        text=f"{BORDER}\n\nThen somebody wrote {attack} on the wall.", title=f"{number} {attack}", outlet=attack,
        byline=attack, url=f"javascript:alert({number})", published=f"2010-11-{number + 1:02}T08:00+00:00",
        removed=(Removed(attack, "share-line"),),
    )  # fmt: skip
    event = dataclasses.replace(coded.events[0], why=attack, mode=attack)
    assert event.where is not None
    event = dataclasses.replace(event, where=dataclasses.replace(event.where, name=attack))
    actors = tuple(dataclasses.replace(each, name=attack, role=attack, why=attack, candidates=(attack,))
                   for each in coded.actors)  # fmt: skip
    problems = (Problem("odd-date", attack, "intake", attack),)
    return dataclasses.replace(coded, events=(event, coded.events[1]), actors=actors, problems=problems)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of plain articles over some weeks, hostile ones, and an input that gave no article."""
    path = tmp_path_factory.mktemp("made") / "archive"
    plain = [
        border_article(title=f"Border, part {number}", outlet=f"Courier {number % 3}", url="https://courier.example/1",
                       published=f"2010-10-{number:02}T09:30+05:00", text=BORDER + f"\n\nPart {number}.")
        for number in range(1, 9)
    ]  # fmt: skip
    attacked = [hostile(number, attack) for number, attack in enumerate(ATTACKS)]
    failed = Problem("empty-file", "The file has no words.", "intake", "<script>empty</script>.txt", fatal=True)
    archive = Archive.create(path)
    archive.add([*plain, *attacked, failed])
    Library(archive).refresh()
    return path


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Library:
    """A copy that a test may change."""
    return Library(Archive.open(shutil.copytree(made, tmp_path / "archive")))


@pytest.fixture
def keys() -> Keys:
    return Keys(token="the-token")


@pytest.fixture
def explorer(library: Library, keys: Keys) -> Iterator[Explorer]:
    made = Explorer(library, keys=keys, hosts=frozenset({"127.0.0.1:8000"}), reader="one")
    yield made
    made.desk.jobs.stop()


@pytest.fixture
def stranger(explorer: Explorer) -> TestClient:
    """A browser without a session."""
    return TestClient(explorer, base_url=HOST, headers={"Origin": HOST})


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    """A browser that has opened the launch link."""
    assert stranger.get("/?token=the-token").status_code == 200
    return stranger


def addresses(library: Library) -> list[str]:
    """An address of every kind of page, and of the pages of a plain article and of all hostile ones."""
    found = ["/", "/a", "/e?q=asked", "/e?order=newest", "/d", "/d/USA-PAK", "/map", "/network", "/export", "/ledger",
             "/statements", "/actors", "/codebook", "/codebook/REQUEST", "/sources", "/search?q=somebody", "/search",
             "/review?edit=1&order=newest", "/review/agreement", "/add", "/api", "/e/nothing"]  # fmt: skip
    seen = set()
    for row in library.archive.events(type="REQUEST").to_pylist():
        if row["title"].startswith("Border") and "/a/plain" in seen:
            continue
        seen.add("/a/plain" if row["title"].startswith("Border") else row["article"])
        found += [f"/a/{row['article']}?show=e1", f"/e/{row['event']}", f"/review?at={row['event']}"]
    entry = library.ledger().first()
    assert entry is not None
    return ["/actor?id=country:PAK", f"/ledger/{entry['entry']}", *found]


@pytest.fixture(scope="session")
def pages(made: Path) -> dict[str, Response]:
    """All of them, asked for once."""
    library = Library(Archive.open(made))
    guest = TestClient(Explorer(library, keys=Keys(token="t"), reader="one"), base_url=HOST)
    guest.get("/?token=t")
    return {address: guest.get(address) for address in addresses(library)}


def form(browser: TestClient) -> dict[str, str]:
    """The hidden field that the forms of this browser's pages carry."""
    page = browser.get("/add").text
    return {"form_token": page.split('name="form_token" value="')[1].split('"')[0]}
