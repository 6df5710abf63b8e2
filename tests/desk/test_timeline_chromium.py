"""The timeline in a real browser, under the desk's own policy: one of the two pictures is shown, nothing is refused, no text runs."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from timelines import DAY, link, many, zoom

from dragoman.desk.headers import CONTENT_POLICY
from dragoman.desk.timeline import draw, style
from dragoman.desk.timeline_svg import width_of

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="Chromium is not installed (apt-get install chromium chromium-driver)"
)
ATTACK = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


class Pages(BaseHTTPRequestHandler):
    def __init__(self, page: str, *args: object) -> None:
        self.page = page
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        sheet = self.path == "/timeline.css"
        body = (style() if sheet else self.page).encode()
        self.send_response(200 if sheet or self.path == "/" else 404)
        self.send_header("Content-Type", "text/css" if sheet else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    threads, acts = many(30, years=1)
    acts[0]["about"] = acts[1]["from"][0] = ATTACK
    drawing = draw(threads, acts, as_of=DAY, link=link, zoom=zoom, title=ATTACK)
    page = (
        '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>as it was</title>'
        f'<link rel="stylesheet" href="/timeline.css"></head><body><figure class="tl-figure">{drawing.wide}{drawing.narrow}</figure></body></html>'
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, page))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update",
        "disable-sync", "disable-dev-shm-usage", "hide-scrollbars", f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield made
    made.quit()


def shown(browser: Any, address: str, width: int, scheme: str = "light") -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.get(address)


def style_of(browser: Any, selector: str, name: str) -> str:
    found: str = browser.find_element("css selector", selector).value_of_css_property(name)
    return found


def test_nothing_is_refused_by_the_policy_and_no_text_runs(browser, address):
    shown(browser, address, 1440)
    refused = [line["message"] for line in browser.get_log("browser") if "favicon" not in line["message"]]
    assert refused == []
    assert browser.title == "as it was"
    assert browser.find_elements("css selector", "figure script, figure img") == []


@pytest.mark.parametrize(("width", "wide", "narrow"), [(1440, "block", "none"), (390, "none", "block")])
def test_one_of_the_two_pictures_is_shown_and_fits(browser, address, width, wide, narrow):
    shown(browser, address, width)
    assert [style_of(browser, f".tl-{n}", "display") for n in ("wide", "narrow")] == [wide, narrow]
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("scheme", "ink", "paper"),
    [("light", "rgb(29, 33, 39)", "rgb(255, 255, 255)"), ("dark", "rgb(230, 232, 235)", "rgb(20, 23, 27)")],
)
def test_the_picture_is_light_or_dark_as_its_reader_wants(browser, address, scheme, ink, paper):
    shown(browser, address, 1440, scheme)
    assert style_of(browser, ".tl-wide .tl-lane", "fill") == ink
    assert style_of(browser, ".tl-wide", "background-color").startswith(paper.removesuffix(")").replace("rgb", "rgba"))


def test_labels_take_no_more_room_than_was_reckoned_with(browser, address):
    shown(browser, address, 1224)
    found = browser.execute_script(
        "return [...document.querySelectorAll('.tl-wide .tl-label, .tl-wide .tl-legend-text')].map(t => [t.textContent, t.getComputedTextLength()])"
    )
    assert len(found) > 15
    assert [text for text, width in found if width > 1.05 * width_of(text, 11) + 2] == []
