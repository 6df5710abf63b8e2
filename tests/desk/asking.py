"""Asks an ASGI application as a server would, byte by byte where a test wants that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio


@dataclass
class Answer:
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        return next((v for n, v in self.headers if n == name), "")

    @property
    def cookies(self) -> dict[str, str]:
        return dict(v.split(";")[0].split("=", 1) for n, v in self.headers if n == "set-cookie")


def ask(
    app: Any,
    method: str = "GET",
    address: str = "/",
    headers: dict[str, str] | None = None,
    pieces: Sequence[bytes] = (),
    *,
    scheme: str = "http",
    stall: bool = False,
) -> Answer:
    """The answer to one request; ``stall`` never sends the end of the body."""
    path, _, query = address.partition("?")
    sent = {"host": "localhost:8000", **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in sent.items() if v is not None],
        "client": ("192.0.2.7", 1234),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    answer = Answer()
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        if left:
            piece = left.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(left) or stall}
        if stall:
            await anyio.sleep(30)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in message["headers"]]
        else:
            answer.body += message.get("body", b"")

    async def run() -> None:
        await app(scope, receive, send)

    anyio.run(run)
    return answer


def form(fields: dict[str, str]) -> tuple[dict[str, str], list[bytes]]:
    """Headers and body of a plain form."""
    from urllib.parse import urlencode

    body = urlencode(fields).encode()
    return {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}, [body]


def upload(files: dict[str, bytes], fields: dict[str, str] | None = None) -> tuple[dict[str, str], list[bytes]]:
    """Headers and body of a form with files."""
    mark = "----mark"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in (fields or {}).items()
    ]
    parts += [
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{n}"\r\nContent-Type: text/html\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for n, data in files.items()
    ]
    parts.append(f"--{mark}--\r\n".encode())
    return {"content-type": f"multipart/form-data; boundary={mark}"}, parts
