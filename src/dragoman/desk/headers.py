"""The headers that every answer carries: what a page of the desk may load, who may show it in a frame, what it tells other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_POLICY", "SecurityHeaders"]

#: Nothing but what the desk serves itself; no inline script or style, no frame in or around it, no form that leads elsewhere.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
FIXED = (
    ("content-security-policy", CONTENT_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # Not "no-referrer": with that browsers send "Origin: null" with a form of our own, which could not be told from another site's.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
#: A year, as browsers' preload lists ask for at least; without subdomains, which are not ours to speak for.
HSTS = ("strict-transport-security", "max-age=31536000")


class SecurityHeaders:
    """ASGI middleware that puts the headers on every answer; stands outermost, so that refusals and faults carry them too.

    Pages are not stored in caches; what lies under ``/static/`` says itself how long it keeps.
    """

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        self.app = app
        self._headers = [(n.encode(), v.encode()) for n, v in (*FIXED, *([HSTS] if https else []))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {n for n, _ in self._headers}
                told = [(n, v) for n, v in message["headers"] if n.lower() not in ours]
                if not scope["path"].startswith("/static/") and not any(n.lower() == b"cache-control" for n, _ in told):
                    told.append((b"cache-control", b"no-store"))
                message = {**message, "headers": [*told, *self._headers]}
            await send(message)

        await self.app(scope, receive, with_headers)
