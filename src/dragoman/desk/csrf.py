"""No write without the token of a page of ours: against other sites' pages that make a visitor's browser write (CSRF), on loopback as well.

The token is an HMAC over a random cookie of the browser and the session, with a fresh nonce in each page, so that it neither helps another browser
nor another session, nor can be guessed from compressed answers (BREACH). Where the browser says which site asks, that must be the desk itself.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request

from dragoman.desk.answers import Refuse, header, plain
from dragoman.desk.hosts import host_and_port
from dragoman.desk.limits import READS, form_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["FIELD", "HEADER", "CsrfGuard", "check", "make", "same_origin", "token_of"]

FIELD, HEADER = "csrf", "x-csrf-token"
KEPT = "dragoman.csrf"
NONCE = 16
SHAPE = re.compile(r"[0-9a-f]{32}[0-9a-f]{64}", re.A)
COOKIE = re.compile(r"[0-9a-f]{32}", re.A)
#: The ports that a scheme needs not name.
PORTS = {"http": 80, "https": 443}
REFUSED = "This form is out of date or comes from another site; load the page again and send it from there."


def make(secret: bytes, bound_to: str, nonce: bytes) -> str:
    """A token for whoever is bound to this text (browser and session), 96 hex digits."""
    return nonce.hex() + _code(secret, bound_to, nonce.hex())


def check(secret: bytes, bound_to: str, given: str) -> bool:
    """Whether the token was made with this secret for this text."""
    if not SHAPE.fullmatch(given):
        return False
    return hmac.compare_digest(given[2 * NONCE :], _code(secret, bound_to, given[: 2 * NONCE]))


def _code(secret: bytes, bound_to: str, nonce: str) -> str:
    # Nonce and cookie have fixed lengths, so that no two pairs make one message.
    return hmac.new(secret, f"{nonce}|{bound_to}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def same_origin(scheme: str, host: str | None, origin: str | None, site: str | None) -> bool:
    """Whether a write comes from a page of ours, as far as the browser says: by ``Origin``, else by ``Sec-Fetch-Site``; yes where it says neither.

    ``scheme`` is the desk's own; behind a proxy that speaks https for it, https is taken as well.
    """
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        theirs = (parts.hostname or "").rstrip("."), parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return False
    if parts.scheme not in PORTS or (scheme == "https" and parts.scheme != "https"):
        return False
    name, port = host_and_port(host or "")
    return bool(name) and theirs == (name, port or PORTS[parts.scheme])


def token_of(request: Request) -> str:
    """A fresh token for a form in the answer to this request; where the browser has no cookie yet, the answer sets it."""
    found: str = request.scope[KEPT]()
    return found


class CsrfGuard:
    """ASGI middleware that refuses writes without a token with 403; stands behind what reads forms and sessions.

    ``session`` gives the session's token of a scope, "" without one; ``chance`` gives so many random bytes.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        secret: bytes,
        session: Callable[[Scope], str],
        https: bool = False,
        refuse: Refuse = plain,
        chance: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.app, self._secret, self._session, self._https = app, secret, session, https
        self._refuse, self._chance = refuse, chance
        # With the prefix browsers take the cookie from this very host over https alone (RFC 6265bis, 4.1.3.2).
        self._name = "__Host-dragoman-browser" if https else "dragoman-browser"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on reads, and writes that carry a token."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        known = Request(scope).cookies.get(self._name, "")
        browser = known if COOKIE.fullmatch(known) else ""
        if scope["method"] not in READS and not self._allowed(scope, browser):
            await self._refuse(scope, 403, REFUSED)(scope, receive, send)
            return
        new = ""

        def token() -> str:
            nonlocal new
            if not browser and not new:
                new = self._chance(NONCE).hex()
            return make(self._secret, f"{browser or new}|{self._session(scope)}", self._chance(NONCE))

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and new:
                secure = "; Secure" if self._https else ""
                cookie = f"{self._name}={new}; Path=/; HttpOnly; SameSite=Lax{secure}"
                message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie.encode("ascii"))]}
            await send(message)

        scope[KEPT] = token
        await self.app(scope, receive, with_cookie)

    def _allowed(self, scope: Scope, browser: str) -> bool:
        site, origin = header(scope, "sec-fetch-site"), header(scope, "origin")
        if not browser or not same_origin(scope["scheme"], header(scope, "host"), origin, site):
            return False
        field = form_of(Request(scope)).get(FIELD)
        given = header(scope, HEADER) or (field if isinstance(field, str) else "")
        return check(self._secret, f"{browser}|{self._session(scope)}", given)
