"""The explorer in a real Chromium: hostile words, the way from dyad to text, review by keys, accessibility.

Needs Debian's `chromium` and `chromium-driver`; without them the tests are skipped and say so.
"""

import contextlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
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


# Seconds that are waited for what must come; on a machine with nothing else at work it comes at once.
WAIT = 90


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
            wait = WebDriverWait(self.driver, WAIT)
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
    made.set_page_load_timeout(WAIT)
    made.set_script_timeout(WAIT)
    yield made
    made.quit()


@contextlib.contextmanager
def served(driver: Any, library: Library) -> Iterator[Window]:
    """A window at an explorer over `library`, which is served until the end."""
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


@pytest.fixture
def window(driver: Any, library: Library) -> Iterator[Window]:
    """A window at a copy of the archive, which a test may change."""
    with served(driver, library) as made:
        yield made


@pytest.fixture(scope="module")
def reading(driver: Any, made: Path) -> Iterator[Window]:
    """A window at the archive that all tests read and none changes."""
    with served(driver, Library(Archive.open(made))) as window:
        yield window


@dataclass
class Visit:
    """What was seen of one page in one visit: in the light, in the dark, and on a screen as narrow as a phone's."""

    address: str
    title: str
    odd: int
    protocols: list[str]
    hosts: list[str]
    light: list[str]
    dark: list[str]
    widths: tuple[int, int]


@pytest.fixture(scope="module")
def visits(reading: Window) -> list[Visit]:
    """Every page, visited once."""
    complaints(reading)
    listed = addresses(reading.library)
    # One page of each kind, and of those with hostile words the first of each, are held against axe's rules.
    return [_visit(reading, address, is_examined=place < 30) for place, address in enumerate(listed)]


def _visit(window: Window, address: str, *, is_examined: bool) -> Visit:
    def run(script: str) -> Any:
        return window.driver.execute_script(f"return {script}")

    def seen(width: int, scheme: str) -> int:
        screen = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": False}
        window.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        # Colours change at once: what is between two of them is not what anybody reads.
        wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        return int(run("document.documentElement.scrollWidth"))

    def axe(rules: str) -> list[str]:
        told: list[str] = window.driver.execute_async_script(
            f"const done = arguments[0]; axe.run(document, {rules})"
            ".then(told => done(told.violations.map(each => each.id + ' ' + each.nodes[0].html.slice(0, 160)"
            " + ' ' + (each.nodes[0].failureSummary || '').slice(0, 200))))"
        )
        return told

    window.open(address)
    light: list[str] = []
    dark: list[str] = []
    wide = seen(1280, "light")
    if is_examined:
        window.driver.execute_script(AXE)
        light = axe("{resultTypes: ['violations']}")
    narrow = seen(390, "dark")
    if is_examined:
        # In the dark, only the contrast of colours can differ.
        dark = axe("{runOnly: ['color-contrast']}")
    visit = Visit(
        address, window.driver.title,
        len(window.all("iframe, main script, main style, main img, main base, [onerror], [onload], [onfocus]")),
        run("[...document.links].map(each => each.protocol)"),
        run("performance.getEntriesByType('resource').map(each => new URL(each.name).host)"), light, dark,
        (wide, narrow),
    )  # fmt: skip
    window.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return visit


def complaints(window: Window) -> list[str]:
    """What the browser complained about: scripts that were forbidden, addresses that were not there."""
    return [entry["message"] for entry in window.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def test_hostile_words_stay_words(reading: Window, visits: list[Visit]) -> None:
    for visit in visits:
        assert visit.title.endswith("· Communique"), visit.address
        assert not visit.odd, visit.address
        assert {each for each in visit.protocols if each} <= {"http:", "https:"}, visit.address
    assert {host for visit in visits for host in visit.hosts} == {reading.base.removeprefix("http://")}
    # The page of what is not there answers 404, and says so; nothing else is amiss.
    assert [each for each in complaints(reading) if "/e/nothing" not in each] == []


def test_axe_finds_nothing(visits: list[Visit]) -> None:
    found = [(visit.address, each) for visit in visits for each in (*visit.light, *visit.dark)]
    assert found == []


def test_no_page_is_wider_than_the_screen(visits: list[Visit]) -> None:
    assert [visit.address for visit in visits if visit.widths[0] > 1280 or visit.widths[1] > 390] == []


def test_the_way_from_dyad_to_event_to_text(reading: Window) -> None:
    reading.open("/d/USA-PAK")
    dot = reading.all("svg a.dot")[0]
    reading.driver.execute_script("arguments[0].focus()", dot)
    reading.press("\ue007")
    assert "/e/" in reading.driver.current_url
    reading.all("a.button")[0].click()
    assert "/a/" in reading.driver.current_url
    lit = {word.text for word in reading.all(".text .w.lit")}
    assert "asked" in lit
    reading.driver.back()
    assert "/e/" in reading.driver.current_url
    reading.driver.back()
    assert reading.driver.current_url.endswith("/d/USA-PAK")


def test_pointing_at_an_event_lights_its_words_and_leaving_it_darkens_them(reading: Window) -> None:
    from selenium.webdriver import ActionChains

    article = next(row for row in reading.library.events(type="AGREE") if row["title"].startswith("Border"))["article"]
    reading.open(f"/a/{article}")
    assert not reading.all(".text .w.lit")
    card = next(each for each in reading.all("li[data-of]") if each.get_attribute("data-of") == "e2")
    ActionChains(reading.driver).move_to_element(card).perform()
    assert {word.text for word in reading.all(".text .w.lit")} == {"We", "act"}
    ActionChains(reading.driver).move_to_element(reading.all("h1")[0]).perform()
    assert not reading.all(".text .w.lit")
    reading.driver.execute_script("arguments[0].querySelector('a[data-light]').focus()", card)
    assert {word.text for word in reading.all(".text .w.lit")} == {"We", "act"}


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


def test_words_are_set_right_by_keys_and_by_selecting_them(window: Window) -> None:
    from selenium.webdriver import ActionChains, Keys
    from selenium.webdriver.support.ui import WebDriverWait

    event = next(row for row in window.library.events(type="REQUEST") if row["title"] == "Border, part 4")["event"]
    window.open(f"/review?at={event}")

    def words(role: str) -> str:
        return str(window.all(f"[data-span={role}]")[0].get_attribute("value"))

    def press(*keys: str) -> None:
        window.press("".join(keys), leads=False)

    assert words("trigger") == "asked"
    press("e")
    press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert words("trigger") == "asked Pakistan"
    press("e")
    ActionChains(window.driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT).key_up(Keys.SHIFT).perform()
    assert words("source") == "United States"
    window.driver.execute_script(
        "const node = document.querySelector('#passage .target').firstChild, range = new Range();"
        "range.setStart(node, 0); range.setEnd(node, 4);"
        "const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);"
        "document.querySelector('[data-span=target]').dispatchEvent(new Event('focus'));"
        "document.querySelector('#passage').dispatchEvent(new PointerEvent('pointerup'))"
    )
    WebDriverWait(window.driver, WAIT).until(lambda _: words("target") == "Paki")
    press(Keys.ESCAPE)
    press("e", "e", Keys.DELETE)
    window.driver.execute_script("document.querySelector('#passage').focus()")
    window.press(Keys.ENTER)
    window.explorer.desk.jobs.wait()
    row = next(row for row in Library(Archive.open(window.library.archive.root)).events() if row["event"] == event)
    assert (row["trigger"], row["sources"][0]["words"]) == ("asked Pakistan", "United States")
    assert row["place_words"] is None


def test_filters_change_the_list_and_the_address_without_another_page(reading: Window) -> None:
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.ui import Select, WebDriverWait

    reading.open("/e")
    reading.driver.execute_script("window.same = true")
    Select(reading.all("select[name=type]")[0]).select_by_visible_text("AGREE")
    # Rows may be replaced while they are being read.
    wait = WebDriverWait(reading.driver, WAIT, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda driver: "type=AGREE" in driver.current_url)
    wait.until(lambda _: {each.text for each in reading.all("#found .type")} == {"AGREE"})
    assert reading.driver.execute_script("return window.same") is True


def test_a_drawing_wider_than_the_screen_is_shown_where_its_marks_are(reading: Window) -> None:
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    reading.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        for address in ("/d/USA-PAK", "/map"):
            reading.open(address)
            seen = (
                "const frame = document.querySelector('figure .scroll').getBoundingClientRect();"
                "return [...document.querySelectorAll('figure .scroll a')].map(mark => mark.getBoundingClientRect())"
                ".filter(box => box.left >= frame.left && box.right <= frame.right).length"
            )
            assert reading.driver.execute_script(seen), address
    finally:
        reading.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


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
