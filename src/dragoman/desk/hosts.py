"""Under which names the desk answers.

A page of another site whose name was bent to this machine (DNS rebinding) asks under that name, and gets nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from dragoman.desk.answers import Refuse, header, plain

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["HostGuard", "Hosts", "host_and_port"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SHAPE = re.compile(
    r"(?:\[(?P<six>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,253}))(?::(?P<port>[0-9]{1,5}))?", re.I | re.A
)


def host_and_port(text: str) -> tuple[str, int | None]:
    """Host in lower case and port of a ``Host`` header's value; ``("", None)`` where it is not in that shape."""
    found = SHAPE.fullmatch(text.strip())
    if not found:
        return "", None
    port = found["port"]
    return (found["six"] or found["name"]).lower().rstrip("."), int(port) if port else None


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names that are answered; ``numeric`` lets any numeric address in, which nobody can bend."""

    names: frozenset[str]
    numeric: bool = False

    @classmethod
    def loopback(cls) -> Hosts:
        """This machine's own names, at any port (it may be forwarded)."""
        return cls(LOOPBACK)

    @classmethod
    def of(cls, bind: str, names: Iterable[str] = ()) -> Hosts:
        """Beside loopback the address or name that is listened on, the given names, and numeric addresses."""
        given = {n.strip().lower().strip("[]").rstrip(".") for n in (bind, *names)}
        return cls(LOOPBACK | given, numeric=True)

    def answer(self, value: str | None) -> bool:
        """Whether a request with this ``Host`` header is answered."""
        host, _ = host_and_port(value or "")
        if not host:
            return False
        return host in self.names or (self.numeric and _numeric(host))


def _numeric(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class HostGuard:
    """ASGI middleware that refuses requests under other names with 421 (Misdirected Request, RFC 9110)."""

    def __init__(self, app: ASGIApp, *, hosts: Hosts, refuse: Refuse = plain) -> None:
        self.app, self._hosts, self._refuse = app, hosts, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what comes under a known name."""
        if scope["type"] == "http" and not self._hosts.answer(header(scope, "host")):
            sentence = "The desk does not answer under this name; use the address that it printed when it started."
            await self._refuse(scope, 421, sentence)(scope, receive, send)
            return
        await self.app(scope, receive, send)
