"""A desk on the sample reports: asked in this process, served over a socket, and driven in a headless Chromium."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desks import client_of, clock, served
from starlette.testclient import TestClient

from dragoman.desk.desk import Desk
from dragoman.ledger import Ledger
from dragoman.pages.files import pages_of
from dragoman.pipeline import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def samples_read(tmp_path_factory: pytest.TempPathFactory, samples: Path, pipeline: Pipeline) -> Path:
    """A ledger into which the sample reports were read; not to be written to."""
    place = tmp_path_factory.mktemp("desk") / "samples.db"
    with Ledger.open(place, clock=clock) as ledger:
        assert len(list(pipeline.run(pages_of(samples), ledger))) == 14
    return place


@pytest.fixture(scope="session")
def desk(samples_read: Path) -> Iterator[Desk]:
    with Ledger.open(samples_read, clock=clock) as ledger:
        yield Desk(ledger, "samples.db", clock=clock)


@pytest.fixture(scope="session")
def client(desk: Desk) -> TestClient:
    """The desk on the samples; errors of the server fail the test."""
    return client_of(desk)


@pytest.fixture
def own_desk(tmp_path: Path, samples_read: Path, pipeline: Pipeline) -> Iterator[Desk]:
    """A desk on a copy of the samples' ledger, to be written to."""
    place = tmp_path / "own.db"
    with closing(sqlite3.connect(samples_read)) as source, closing(sqlite3.connect(place)) as copy:
        source.backup(copy)
    with Ledger.open(place, clock=clock) as ledger:
        made = Desk(ledger, "own.db", clock=clock)
        made.__dict__["pipeline"] = pipeline
        yield made


@pytest.fixture(scope="session")
def address(desk: Desk) -> Iterator[str]:
    """Where the desk on the samples is served."""
    with served(desk) as found:
        yield found


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium, driven by the chromedriver of the same system."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("Chromium is not installed (apt-get install chromium chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update",
        "disable-sync", "disable-dev-shm-usage", "hide-scrollbars", f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(driver))
    made.set_page_load_timeout(60)
    yield made
    made.quit()


@pytest.fixture
def screen(chromium: Any) -> Callable[..., Any]:
    """``screen(390)``: the browser at that width, light or dark, with or without scripts, on an empty page."""

    def at(width: int = 1440, *, dark: bool = False, scripts: bool = True) -> Any:
        chromium.get("about:blank")
        chromium.get_log("browser")
        command = chromium.execute_cdp_cmd
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        command("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        command("Emulation.setEmulatedMedia", {"features": [scheme]})
        command("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        return chromium

    return at
