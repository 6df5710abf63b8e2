"""The guards before the desk's pages, in the one right order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from dragoman.desk.answers import Refuse, plain
from dragoman.desk.csrf import CsrfGuard
from dragoman.desk.headers import SecurityHeaders
from dragoman.desk.hosts import HostGuard, Hosts
from dragoman.desk.limits import Bodies, Bounds, Lines
from dragoman.desk.signing import LocalGuard, LoginGuard, session_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Scope

    from dragoman.desk.accounts import Accounts

__all__ = ["BOUNDS", "guarded"]

BOUNDS = Bounds()


def guarded(
    app: ASGIApp,
    *,
    hosts: Hosts,
    secret: bytes,
    accounts: Accounts | None = None,
    https: bool = False,
    bounds: Bounds = BOUNDS,
    refuse: Refuse = plain,
) -> ASGIApp:
    """The application behind all guards. ``secret`` (32 random bytes) makes the tokens of forms; ``accounts`` is ``None`` on loopback alone.

    From the outside: headers, so that every refusal carries them; the host; the address's length; who asks, before a byte of a body is read; the body
    within its bounds; the token of a write.
    """

    def session(scope: Scope) -> str:
        return session_of(Request(scope), https=https) if accounts is not None else ""

    found: ASGIApp = CsrfGuard(app, secret=secret, session=session, https=https, refuse=refuse)
    found = Bodies(found, bounds=bounds, refuse=refuse)
    found = (
        LoginGuard(found, accounts=accounts, https=https, refuse=refuse) if accounts is not None else LocalGuard(found)
    )
    found = Lines(found, bounds=bounds, refuse=refuse)
    found = HostGuard(found, hosts=hosts, refuse=refuse)
    return SecurityHeaders(found, https=https)
