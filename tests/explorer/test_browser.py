"""The explorer in a real Chromium: hostile words, the way from dyad to text, review by keys, accessibility.

Needs Debian's `chromium` and `chromium-driver`; without them the tests are skipped and say so.
"""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from communique.explorer import Explorer
from communique.explorer.safety import Keys
from communique.explorer.serve import _bound, _names
from communique.library import Library
from communique.store import Archive
from tests.explorer.conftest import addresses

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="no browser: install chromium and chromium-driver to test the explorer in one"
)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


class Window:
    """A browser window at an explorer that serves `library`."""

    def __init__(self, driver: Any, base: str, library: Library, explorer: Explorer) -> None:
        self.driver, self.base, self.library, self.explorer = driver, base, library, explorer

    def open(self, address: str) -> None:
        self.driver.get(self.base + address)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def press(self, key: str, *, leads: bool = True) -> None:
        """Press a key; where it `leads` to another page, wait for that page."""
        from selenium.webdriver import ActionChains
        from selenium.webdriver.support.expected_conditions import staleness_of
        from selenium.webdriver.support.ui import WebDriverWait

        page = self.driver.find_element("css selector", "html")
        ActionChains(self.driver).send_keys(key).perform()
        if leads:
            wait = WebDriverWait(self.driver, 20)
            wait.until(staleness_of(page))
            wait.until(lambda driver: driver.execute_script("return document.readyState") == "complete")


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for each in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900",
                 "--disable-background-networking", "--disable-component-update", "--no-first-run"):  # fmt: skip
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    made.set_page_load_timeout(60)
    yield made
    made.quit()


@pytest.fixture
def window(driver: Any, library: Library) -> Iterator[Window]:
    with _bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        keys = Keys(token="the-token", cookie=f"communique_{port}")
        explorer = Explorer(library, keys=keys, hosts=_names("127.0.0.1", port), reader="one")
        server = uvicorn.Server(
            uvicorn.Config(explorer, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        made = Window(driver, f"http://127.0.0.1:{port}", library, explorer)
        made.open("/?token=the-token")
        yield made
        driver.get("about:blank")
        server.should_exit = True
        thread.join(10)
        explorer.desk.jobs.stop()


def complaints(window: Window) -> list[str]:
    """What the browser complained about: scripts that were forbidden, addresses that were not there."""
    return [entry["message"] for entry in window.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def test_hostile_words_stay_words(window: Window) -> None:
    complaints(window)
    hosts = set()
    for address in addresses(window.library):
        window.open(address)
        assert window.driver.title.endswith("· Communique"), address
        assert window.driver.title != "broken"
        assert not window.all("iframe, main script, main style, main img, main base, [onerror], [onload], [onfocus]")
        hosts |= set(window.driver.execute_script(
            "return performance.getEntriesByType('resource').map(each => new URL(each.name).host)"))  # fmt: skip
        for link in window.driver.execute_script("return [...document.links].map(each => each.protocol)"):
            assert link in ("http:", "https:"), address
    assert hosts == {window.base.removeprefix("http://")}
    assert complaints(window) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(window: Window, scheme: str) -> None:
    window.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    # One page of each kind, the hostile ones among them; in the dark, only the contrast of colours can differ.
    listed = addresses(window.library)
    asked = [*listed[:27], *listed[-2:]]
    rules = "{resultTypes: ['violations']}" if scheme == "light" else "{runOnly: ['color-contrast']}"
    found = []
    for address in asked:
        window.open(address)
        window.driver.execute_script(AXE)
        told = window.driver.execute_async_script(
            f"const done = arguments[0]; axe.run(document, {rules})"
            ".then(told => done(told.violations.map(each => each.id + ' ' + each.nodes[0].html.slice(0, 160)"
            " + ' ' + (each.nodes[0].failureSummary || '').slice(0, 200))))"
        )
        found += [f"{address}: {each}" for each in told]
    assert found == []


def test_the_way_from_dyad_to_event_to_text(window: Window) -> None:
    window.open("/d/USA-PAK")
    dot = window.all("svg a.dot")[0]
    window.driver.execute_script("arguments[0].focus()", dot)
    window.press("\ue007")
    assert "/e/" in window.driver.current_url
    window.all("a.button")[0].click()
    assert "/a/" in window.driver.current_url
    lit = {word.text for word in window.all(".text .w.lit")}
    assert "asked" in lit
    window.driver.back()
    assert "/e/" in window.driver.current_url
    window.driver.back()
    assert window.driver.current_url.endswith("/d/USA-PAK")


def test_pointing_at_an_event_lights_its_words_and_leaving_it_darkens_them(window: Window) -> None:
    from selenium.webdriver import ActionChains

    article = next(row for row in window.library.events(type="AGREE") if row["title"].startswith("Border"))["article"]
    window.open(f"/a/{article}")
    assert not window.all(".text .w.lit")
    card = next(each for each in window.all("li[data-of]") if each.get_attribute("data-of") == "e2")
    ActionChains(window.driver).move_to_element(card).perform()
    assert {word.text for word in window.all(".text .w.lit")} == {"We", "act"}
    ActionChains(window.driver).move_to_element(window.all("h1")[0]).perform()
    assert not window.all(".text .w.lit")
    window.driver.execute_script("arguments[0].querySelector('a[data-light]').focus()", card)
    assert {word.text for word in window.all(".text .w.lit")} == {"We", "act"}


def test_five_events_are_reviewed_by_keys_alone(window: Window) -> None:
    window.open("/review")
    seen = []

    def shown() -> str:
        return str(window.all("#verdict")[0].get_attribute("action").rsplit("/", 1)[1])

    first = shown()
    window.press("j")
    second = shown()
    assert first != second
    window.press("k")
    assert shown() == first
    for key in ("a", "x", "a", "a", "x"):
        seen.append((shown(), {"a": "accept", "x": "reject"}[key]))
        window.press(key)
    window.press("u")
    assert shown() == seen[-1][0]
    window.press("x")
    window.press("?", leads=False)
    assert window.all("details.keys[open]")
    window.explorer.desk.jobs.wait()
    kept = [(row["target"], row["kind"]) for row in Library(Archive.open(window.library.archive.root)).corrections()]
    assert kept == seen
    window.press("e", leads=False)
    assert window.driver.switch_to.active_element.get_attribute("name") == "type"


def test_filters_change_the_list_and_the_address_without_another_page(window: Window) -> None:
    from selenium.webdriver.support.ui import Select, WebDriverWait

    window.open("/e")
    window.driver.execute_script("window.same = true")
    Select(window.all("select[name=type]")[0]).select_by_visible_text("AGREE")
    WebDriverWait(window.driver, 10).until(lambda driver: "type=AGREE" in driver.current_url)
    WebDriverWait(window.driver, 10).until(lambda _: {each.text for each in window.all("#found .type")} == {"AGREE"})
    assert window.driver.execute_script("return window.same") is True


def test_without_script_the_pages_say_the_same(window: Window) -> None:
    window.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        window.open("/d/USA-PAK")
        assert window.all("svg a.dot")
        window.all("table.events a")[0].click()
        window.all("a.button")[0].click()
        assert {"asked"} <= {word.text for word in window.all(".text .w.lit")} or window.all(".text .w.lit")
        window.open("/review")
        window.all("button.yes")[0].click()
        window.explorer.desk.jobs.wait()
        assert len(Library(Archive.open(window.library.archive.root)).corrections()) == 1
    finally:
        window.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_screen(window: Window, width: int) -> None:
    window.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    )
    try:
        for address in addresses(window.library)[:29]:
            window.open(address)
            wide = window.driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, address
    finally:
        window.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
