"""Who is asking, on every request: the session's cookie, the guard that demands it, and where one goes after signing in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse

from dragoman.desk.accounts import LASTS, LOCAL, Account, Accounts
from dragoman.desk.answers import Refuse, header, plain
from dragoman.desk.limits import READS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["LocalGuard", "LoginGuard", "account_of", "ended_cookie", "next_of", "session_cookie", "session_of"]

TOKEN = re.compile(r"[0-9a-f]{64}", re.A)
LOGIN, LOGOUT, PASSWORD, ACCOUNTS, STATIC = "/login", "/logout", "/password", "/accounts", "/static/"
#: Addresses after login are kept this short.
LONGEST_NEXT = 1000


def _name(*, https: bool) -> str:
    return "__Host-dragoman-session" if https else "dragoman-session"


def session_cookie(token: str, *, https: bool) -> tuple[str, str]:
    """The header that gives a browser its session: not for scripts, not with other sites' forms, over https alone where there is https.

    ``Lax``, since every state of the screen is a link that may be sent: whoever follows one from a mail stays signed in. Writes have their own token.
    """
    secure = "; Secure" if https else ""
    most = int(LASTS.total_seconds())
    return "set-cookie", f"{_name(https=https)}={token}; Path=/; Max-Age={most}; HttpOnly; SameSite=Lax{secure}"


def ended_cookie(*, https: bool) -> tuple[str, str]:
    """The header that takes a browser's session away."""
    secure = "; Secure" if https else ""
    return "set-cookie", f"{_name(https=https)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"


def session_of(request: Request, *, https: bool) -> str:
    """The token that the browser sent, "" where it sent none in the shape of one."""
    found = request.cookies.get(_name(https=https), "")
    return found if TOKEN.fullmatch(found) else ""


def account_of(request: Request) -> Account:
    """Who asks. Raises :class:`KeyError` where no guard stands before the page, so that a forgotten guard lets nobody in."""
    found: Account = request.scope["state"]["account"]
    return found


def next_of(value: str | None) -> str:
    """A local address to go on to after login: the value where it is one, else ``/``. Never another site's."""
    found = value or "/"
    # "//host" and "/\\host" lead elsewhere in browsers, and what cannot be printed is dropped by them.
    if len(found) > LONGEST_NEXT or not found.startswith("/") or found[1:2] in ("/", "\\") or not found.isprintable():
        return "/"
    try:
        parts = urlsplit(found)
    except ValueError:
        return "/"
    return found if not parts.netloc and parts.path not in (LOGIN, LOGOUT) and "\\" not in found else "/"


class LocalGuard:
    """ASGI middleware for a desk on loopback: whoever sits at the machine may do everything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with the local account."""
        _set(scope, LOCAL)
        await self.app(scope, receive, send)


class LoginGuard:
    """ASGI middleware that lets nobody in without a session, readers write nothing, and admins alone at accounts.

    Browsers that want a page are sent to the login, others get 401; what the role does not allow gets 403. Open are the login itself and
    ``/static/``. Whoever still has a one-time password is sent to change it.
    """

    def __init__(self, app: ASGIApp, *, accounts: Accounts, https: bool = False, refuse: Refuse = plain) -> None:
        self.app, self._accounts, self._https, self._refuse = app, accounts, https, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what the asker may do."""
        if scope["type"] != "http":
            # Nothing else than pages is served; a websocket would pass all that stands below.
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        account = self._accounts.who(session_of(Request(scope), https=self._https))
        _set(scope, account)
        refused = self._refused(scope, account)
        if refused is None:
            await self.app(scope, receive, send)
        elif isinstance(refused, str):
            await RedirectResponse(refused, status_code=303)(scope, receive, send)
        else:
            await self._refuse(scope, *refused)(scope, receive, send)

    def _refused(self, scope: Scope, account: Account | None) -> tuple[int, str] | str | None:
        """Status and sentence, or where to go instead; ``None`` where the request may pass."""
        path, writes = scope["path"], scope["method"] not in READS
        if path == LOGIN or (path.startswith(STATIC) and not writes):
            return None
        if account is None:
            if writes or "text/html" not in (header(scope, "accept") or ""):
                return 401, "Sign in first; your session may have ended."
            query = scope["query_string"].decode("latin-1")
            return f"{LOGIN}?next={quote(next_of(path + ('?' + query if query else '')), safe='')}"
        if path in (LOGOUT, PASSWORD):
            return None
        if account.one_time:
            return PASSWORD if not writes else (403, "Choose a password of your own first.")
        if (path == ACCOUNTS or path.startswith((ACCOUNTS + "/", ACCOUNTS + "."))) and not account.is_admin:
            return 403, "Accounts are for admins; ask one."
        if writes and not account.may_write:
            return 403, "Readers look and do not write; ask an admin for the role of analyst."
        return None


def _set(scope: Scope, account: Account | None) -> None:
    # A copy: the state of the application's life is shared by all requests.
    scope["state"] = {**scope.get("state", {}), "account": account}
