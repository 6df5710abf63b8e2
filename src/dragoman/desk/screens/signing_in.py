"""Signing in and out, one's password, and the accounts for admins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dragoman.desk.accounts import ROLES
from dragoman.desk.csrf import token_of
from dragoman.desk.desk import Desk
from dragoman.desk.limits import form_of
from dragoman.desk.links import Links
from dragoman.desk.rendering import Shown, View, respond
from dragoman.desk.signing import account_of, ended_cookie, next_of, session_cookie, session_of
from dragoman.errors import AccountError, LoginThrottled

__all__ = ["account_routes"]

Handler = Callable[[Request], Awaitable[Response]]


def account_routes(desk: Desk, *, https: bool) -> list[Route]:
    """The routes; none where nobody need sign in."""
    if desk.accounts is None:
        return []
    made = _Accounts(desk, https=https)
    return [
        Route("/login", made.login_page, methods=["GET"]),
        Route("/login", made.login, methods=["POST"]),
        Route("/logout", made.logout, methods=["POST"]),
        Route("/password", made.password_page, methods=["GET"]),
        Route("/password", made.password, methods=["POST"]),
        Route("/accounts", made.accounts_page, methods=["GET"]),
        Route("/accounts", made.change, methods=["POST"]),
    ]


class _Accounts:
    """The handlers, with the accounts that they change."""

    def __init__(self, desk: Desk, *, https: bool) -> None:
        assert desk.accounts is not None
        self._desk, self._accounts, self._https = desk, desk.accounts, https

    def _page(self, request: Request, view: View) -> Response:
        account = request.scope.get("state", {}).get("account")
        around = Shown(
            None,
            self._desk.name,
            Links(),
            account=account,
            token=token_of(request),
            path=request.url.path,
            sign_in=True,
        )
        return respond(view, around, as_json=False)

    async def login_page(self, request: Request) -> Response:
        """The form."""
        return self._page(request, self._login_view(request.query_params.get("next")))

    def _login_view(self, after: str | None, wrong: str | None = None, status: int = 200) -> View:
        return View("login.html", "Sign in", {"next": next_of(after), "wrong": wrong}, status=status)

    async def login(self, request: Request) -> Response:
        """A session for the right name and password."""
        form = form_of(request)
        name, password, after = (str(form.get(k) or "") for k in ("name", "password", "next"))
        address = request.client.host if request.client else ""
        try:
            token = await run_in_threadpool(self._accounts.login, name, password, address)
        except AccountError as error:
            status = 429 if isinstance(error, LoginThrottled) else 403
            return self._page(request, self._login_view(after, str(error), status))
        response = RedirectResponse(next_of(after), 303)
        response.headers.append(*session_cookie(token, https=self._https))
        return response

    async def logout(self, request: Request) -> Response:
        """The session's end."""
        await run_in_threadpool(self._accounts.logout, session_of(request, https=self._https))
        response = RedirectResponse("/login", 303)
        response.headers.append(*ended_cookie(https=self._https))
        return response

    async def password_page(self, request: Request) -> Response:
        """The form for a new password."""
        return self._page(request, View("password.html", "Your password", {"wrong": None}))

    async def password(self, request: Request) -> Response:
        """The new password, and a new session with it."""
        form, account = form_of(request), account_of(request)
        old, new, again = (str(form.get(k) or "") for k in ("old", "new", "again"))
        address = request.client.host if request.client else ""
        try:
            if new != again:
                raise AccountError("The two new passwords differ; type the same twice.")
            token = await run_in_threadpool(self._accounts.change_password, account.name, old, new, address)
        except AccountError as error:
            return self._page(request, View("password.html", "Your password", {"wrong": str(error)}, status=400))
        response = RedirectResponse("/", 303)
        response.headers.append(*session_cookie(token, https=self._https))
        return response

    def _accounts_view(self, done: dict[str, Any] | None = None, wrong: str | None = None) -> View:
        rows = [{"name": a.name, "role": a.role, "one_time": a.one_time} for a in self._accounts.all()]
        data = {"accounts": rows, "roles": list(ROLES), "done": done, "wrong": wrong}
        return View("accounts.html", "Accounts", data, status=400 if wrong else 200)

    async def accounts_page(self, request: Request) -> Response:
        """Who may do what."""
        return self._page(request, await run_in_threadpool(self._accounts_view))

    async def change(self, request: Request) -> Response:
        """One change; a new one-time password is shown this once."""
        form = form_of(request)
        what, name, role = (str(form.get(k) or "") for k in ("what", "name", "role"))
        try:
            done = await run_in_threadpool(self._change, what, name.strip().lower(), role)
        except AccountError as error:
            return self._page(request, self._accounts_view(wrong=str(error)))
        return self._page(request, self._accounts_view(done=done))

    def _change(self, what: str, name: str, role: str) -> dict[str, Any]:
        if what == "add":
            return {"what": "added", "name": name, "password": self._accounts.add(name, role)}
        if what == "reset":
            return {"what": "reset", "name": name, "password": self._accounts.reset(name)}
        if what == "role":
            self._accounts.give_role(name, role)
            return {"what": "changed", "name": name, "password": None}
        if what == "remove":
            self._accounts.remove(name)
            return {"what": "removed", "name": name, "password": None}
        raise AccountError("Nothing of that kind can be done to an account.")
