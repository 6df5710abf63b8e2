"""The desk in a real browser: its flows by mouse and by keys, at both widths, in both colours, with and without scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("chromium")

SECONDS = 15.0


def css(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def until(what: Callable[[], Any]) -> Any:
    """What becomes true within some seconds."""
    from selenium.common.exceptions import WebDriverException

    end = time.monotonic() + SECONDS
    while True:
        try:
            found = what()
        except WebDriverException:
            found = None
        if found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def complaints(browser: Any) -> list[str]:
    return [x["message"] for x in browser.get_log("browser") if x["level"] in ("SEVERE", "WARNING")]


def opened(browser: Any, address: str) -> Any:
    browser.get(address)
    until(lambda: browser.execute_script("return document.readyState === 'complete'"))
    return browser


def pages(client: Any) -> list[str]:
    """One page of each kind."""
    row = client.get("/?format=json").json()["answered"][1]
    fixed = [
        "/", "/?as_of=2021-03-16", "/story?party=USA&party=PRK&party=KOR", "/parties", "/party/USA", "/person?name=Sung+Kim", "/learned", "/keys",
        "/search?q=talks", "/rejections", "/add", "/enter", "/nothing",
    ]  # fmt: skip
    return [*fixed, row["href"], row["evidence"], row["timeline"], row["known"]["href"] + "?raw=yes"]


def test_three_clicks_from_home_to_the_evidence_and_the_day_it_was_known(screen, address):
    browser = opened(screen(), address)
    row = browser.find_element("xpath", "//tr[@data-row][contains(., 'the middle of February')]")
    row.find_element("css selector", "a.main").click()
    until(lambda: "/thread/" in browser.current_url)
    css(browser, "#main").find_element(
        "xpath", ".//tr[@data-row][contains(., 'the middle of February')]//a[@class='main']"
    ).click()
    assert until(lambda: "/act/" in browser.current_url)
    assert "13 March 2021" in css(browser, ".known").text
    assert next(m.text for m in browser.find_elements("css selector", ".quote mark.m-when")) == "the middle of February"


def test_the_slider_and_the_field_go_to_another_day_and_back(screen, address):
    browser = opened(screen(), address)
    latest = css(browser, ".days").text
    browser.execute_script(
        "const s = document.querySelector('#slide'); s.value = 3; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change'));"
    )
    assert until(lambda: "as_of=2021-03-16" in browser.current_url)
    assert until(lambda: css(browser, ".days").text == "24–33")
    assert "hidden: 10 reports learned later" in css(browser, ".asof-hidden").text
    browser.back()
    assert until(lambda: css(browser, ".days").text == latest)
    assert complaints(browser) == []


def test_the_keys_do_what_the_page_of_keys_says(screen, address):
    browser = opened(screen(), address + "/?as_of=2021-06-22")
    press(browser, "j", "j", "k", "j")
    assert css(browser, "[data-row].here").get_attribute("data-t") == browser.find_elements(
        "css selector", "[data-row]"
    )[1].get_attribute("data-t")
    press(browser, "e")
    assert until(lambda: "/act/" in browser.current_url)
    press(browser, "t")
    assert until(lambda: "/pair/" in browser.current_url)
    press(browser, "g", "b")
    assert until(lambda: browser.current_url.endswith("/?as_of=2021-06-22"))
    press(browser, "[")
    assert until(lambda: "as_of=2021-06-21" in browser.current_url)
    press(browser, "]")
    assert until(lambda: "as_of=2021-06-22" in browser.current_url)
    press(browser, "{")
    assert until(lambda: "as_of=2021-06-21" in browser.current_url)
    press(browser, "}")
    assert until(lambda: "as_of=2021-06-23" in browser.current_url)
    press(browser, "?")
    assert until(lambda: "/keys" in browser.current_url)
    press(browser, "g", "t")
    assert until(lambda: "/story" in browser.current_url)
    press(browser, "\ue00c")  # Esc: up
    assert until(lambda: browser.current_url.split("?")[0] == address + "/")


def test_enter_opens_the_row(screen, address):
    browser = opened(screen(), address)
    press(browser, "j", "\ue007")
    assert until(lambda: "/thread/" in browser.current_url)


def test_keys_are_off_while_typing(screen, address):
    browser = opened(screen(), address)
    press(browser, "/")
    assert until(lambda: browser.switch_to.active_element.get_attribute("id") == "q")
    press(browser, *"jket?[")
    assert css(browser, "#q").get_attribute("value") == "jket?["
    assert browser.current_url == address + "/"
    press(browser, "\ue00c")
    assert browser.switch_to.active_element.get_attribute("id") != "q"
    assert browser.current_url == address + "/"


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["wide light", "narrow dark"])
def test_axe_finds_no_serious_fault_and_nothing_runs_off_the_side(screen, address, client, width, dark):
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    browser = screen(width, dark=dark)
    faults = []
    for page in pages(client):
        opened(browser, address + page)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{page}: {wide} pixels wide")
        browser.execute_script(axe)
        found = browser.execute_async_script(
            "axe.run(document, {resultTypes: ['violations']}).then(arguments[arguments.length - 1])"
        )
        faults += [
            f"{page}: {v['id']} {[n['target'] for n in v['nodes']][:3]} {v['nodes'][0]['any'][:1]}"
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        faults += [f"{page}: {c}" for c in complaints(browser) if "/nothing" not in c]
    assert faults == []


def test_every_page_has_one_heading_landmarks_and_a_table_for_each_picture(screen, address, client):
    browser = screen()
    for page in pages(client):
        opened(browser, address + page)
        count = json.loads(
            browser.execute_script(
                "const n = (s) => document.querySelectorAll(s).length;"
                "return JSON.stringify({h1: n('h1'), main: n('main'), svg: n('.tl-figure'), twin: n('.timeline details table')})"
            )
        )
        assert count["h1"] == 1 and count["main"] == 1, page
        assert count["svg"] == count["twin"], page


def test_without_scripts_the_desk_works(screen, address):
    browser = opened(screen(scripts=False), address)
    browser.find_element("link text", "last change").click()
    assert until(lambda: "sort=change" in browser.current_url)
    css(browser, ".asof a[data-step='{']").click()
    assert until(lambda: "as_of=2021-06-21" in browser.current_url)
    assert css(browser, ".asof-slide button").is_displayed()
    css(browser, ".asof-slide button").click()
    assert until(lambda: "as_of=2021-06-21" in browser.current_url and "sort=change" in browser.current_url)


def test_the_day_that_is_looked_at_goes_along(screen, address):
    browser = opened(screen(), address + "/?as_of=2021-03-16")
    for selector in ("a.main", "[data-go=t]", "[data-go=b]"):
        css(browser, selector).click()
        assert until(lambda: "as_of=2021-03-16" in browser.current_url)
