"""Desks for tests: behind their guards, asked in this process or over a socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from starlette.testclient import TestClient

from dragoman.desk.app import app_of
from dragoman.desk.desk import Desk
from dragoman.desk.hosts import Hosts

SECRET = b"s" * 32


def clock() -> datetime:
    return datetime(2021, 7, 1, 12, tzinfo=UTC)


def client_of(desk: Desk, **how: Any) -> TestClient:
    app = app_of(desk, hosts=Hosts.loopback(), secret=SECRET)
    return TestClient(app, base_url="http://localhost", headers={"accept": "text/html"}, **how)


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The desk over a socket of its own: its address."""
    import socket

    import uvicorn

    app = app_of(desk, hosts=Hosts.loopback(), secret=SECRET)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
