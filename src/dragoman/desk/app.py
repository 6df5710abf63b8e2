"""The application: every screen as HTML and as JSON, the writes, the static files, and what is said when something fails."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.desk.asking import MOMENT, Asked, Param, read_params
from dragoman.desk.bar import bar_of
from dragoman.desk.csrf import token_of
from dragoman.desk.desk import Desk
from dragoman.desk.guards import guarded
from dragoman.desk.hosts import Hosts
from dragoman.desk.limits import form_of
from dragoman.desk.links import address
from dragoman.desk.rendering import Shown, View, respond
from dragoman.desk.routes import SCREENS, Screen
from dragoman.desk.screens.writing import WRITES, Write
from dragoman.desk.signing import account_of
from dragoman.errors import DragomanError, LedgerError, RequestRefused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Scope

__all__ = ["app_of", "wants_json"]

STATIC = Path(__file__).parent / "static"
log = logging.getLogger("dragoman.desk")
#: The slider sends a number of days instead of a day.
SLIDER = Param("day_number", "number", "The slider's place: days after the first.", most=800_000)

Handler = Callable[[Request], Awaitable[Response]]


def wants_json(query: Any, accept: str) -> bool:
    """Whether the answer is to be JSON: asked for in the query, or else by a client that takes JSON and no HTML."""
    asked = query.get("format")
    if asked in ("json", "html"):
        return bool(asked == "json")
    return "application/json" in accept and "text/html" not in accept


def app_of(desk: Desk, *, hosts: Hosts, secret: bytes, https: bool = False) -> ASGIApp:
    """The desk as an ASGI application behind its guards. ``secret``: 32 random bytes that make the tokens of its forms."""
    from dragoman.desk.description import described
    from dragoman.desk.screens.signing_in import account_routes

    def refuse(scope: Scope, status: int, sentence: str) -> Response:
        return _failed(desk, Request(scope), RequestRefused(status, sentence))

    async def on_error(request: Request, error: Exception) -> Response:
        return await desk.aside(_failed, desk, request, error)

    async def api(request: Request) -> Response:
        return JSONResponse(described())

    blank = sha256(b"the place of a token" + secret).hexdigest()
    routes = [
        *(Route(s.path, _screen(desk, s, blank), methods=["GET"], name=s.name) for s in SCREENS),
        *(Route(w.path, _write(desk, w), methods=["POST"]) for w in WRITES),
        Route("/api", api, methods=["GET"]),
        Route("/timeline.svg/{a}/{b}", _svg(desk), methods=["GET"]),
        *account_routes(desk, https=https),
        Mount("/static", _Static(directory=STATIC)),
    ]
    handlers: dict[Any, Any] = {DragomanError: on_error, HTTPException: on_error, Exception: on_error}
    app = Starlette(routes=routes, exception_handlers=handlers)
    return guarded(app, hosts=hosts, secret=secret, accounts=desk.accounts, https=https, refuse=refuse)


class _Static(StaticFiles):
    """Files that change with a new version alone: kept for an hour, asked for again by their tag after that."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file with how long it keeps."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=3600"
        return response


# ---------------------------------------------------------------------------------------------------------- screens


def _screen(desk: Desk, screen: Screen, blank: str) -> Handler:
    look = partial(_look_kept, blank=blank) if screen.kept else _look

    async def handle(request: Request) -> Response:
        return await desk.aside(look, desk, screen, request)

    return handle


def _look_kept(desk: Desk, screen: Screen, request: Request, *, blank: str) -> Response:
    """The answer as it was made before, if nothing was entered since. ``blank`` stands in it for the token, which each answer has of its own."""
    as_json = wants_json(request.query_params, request.headers.get("accept", ""))
    # What is asked for, by whom (the page says so), and on which day.
    asked = (request.scope["path"], request.scope["query_string"], as_json, account_of(request), desk.today())
    made = desk.kept.get(("answer", *asked), lambda: _look(desk, screen, request, token=blank))
    headers = {k: v for k, v in made.headers.items() if k != "content-length"}
    body = bytes(made.body)
    if blank.encode() in body:
        body = body.replace(blank.encode(), token_of(request).encode())
    return Response(body, made.status_code, headers)


def _look(desk: Desk, screen: Screen, request: Request, *, token: str | None = None) -> Response:
    if screen.writes and not account_of(request).may_write:
        raise RequestRefused(403, "Readers look and do not write; ask an admin for the role of analyst.")
    query = request.query_params
    number = SLIDER.read(query.getlist(SLIDER.name))
    if number is not None:
        return _to_day(desk, request, number)
    asked = asked_of(desk, request, screen.params)
    view = screen.show(desk, asked)
    return shown(desk, request, asked, view, token=token)


def asked_of(desk: Desk, request: Request, params: tuple[Param, ...] = ()) -> Asked:
    """The request, read. Raises :class:`~dragoman.errors.RequestRefused` where a parameter is not what it should be."""
    query = request.query_params
    given = read_params((*MOMENT, *params), query)
    extent = desk.extent()
    return Asked(
        path=_path_of(request),
        steps={k: str(v) for k, v in request.path_params.items()},
        given=given,
        day=given["as_of"] or extent.last or desk.today(),
        query={k: (query.getlist(k) if len(query.getlist(k)) > 1 else query[k]) for k in query},
        may_write=account_of(request).may_write,
    )


def _path_of(request: Request) -> str:
    """The path as an address writes it; a server hands it on decoded."""
    return quote(request.scope["path"], safe="/~")


def shown(
    desk: Desk, request: Request, asked: Asked, view: View, *, as_json: bool | None = None, token: str | None = None
) -> Response:
    """The view in the form that the request wants, with the bar around it."""
    if as_json is None:
        as_json = wants_json(request.query_params, request.headers.get("accept", ""))
    if token is None:
        token = "" if as_json else token_of(request)
    around = Shown(
        bar=bar_of(desk, asked, view.pair),
        ledger=desk.name,
        links=asked.links,
        account=account_of(request),
        token=token,
        path=request.url.path,
        sign_in=desk.accounts is not None,
    )
    return respond(view, around, as_json=as_json)


def _to_day(desk: Desk, request: Request, number: int) -> Response:
    """The slider without a script: to the same page with the day that its place stands for."""
    first = desk.extent().first or desk.today()
    query: dict[str, Any] = {k: request.query_params.getlist(k) for k in request.query_params}
    query.pop(SLIDER.name)
    try:
        query["as_of"] = (first + timedelta(days=number)).isoformat()
    except OverflowError:
        raise RequestRefused(400, "There is no such day.") from None
    return RedirectResponse(address(_path_of(request), query), 303)


def _svg(desk: Desk) -> Handler:
    async def handle(request: Request) -> Response:
        return await desk.aside(_picture, desk, request)

    return handle


def _picture(desk: Desk, request: Request) -> Response:
    from dragoman.desk.screens.pair import PAIR_PARAMS, pair

    view = pair(desk, asked_of(desk, request, PAIR_PARAMS))
    picture = view.pictures.get("timeline")
    if picture is None:
        raise RequestRefused(404, "The ledger knows of no contact between the two by that day.")
    headers = {"content-disposition": 'attachment; filename="timeline.svg"'}
    return Response(picture.file, 200, headers, "image/svg+xml")


# ----------------------------------------------------------------------------------------------------------- writes


def _write(desk: Desk, write: Write) -> Handler:
    async def handle(request: Request) -> Response:
        given = await write.take(form_of(request))
        return await desk.aside(_written, desk, write, request, given)

    return handle


def _written(desk: Desk, write: Write, request: Request, given: Any) -> Response:
    asked = asked_of(desk, request)
    view = write.do(desk, asked, account_of(request), given)
    desk.kept.forget()
    # The page is that of the form: its bar and links lead there, not to where it was sent.
    return shown(desk, request, replace(asked_of(desk, request), path=write.page, query={}), view)


# ---------------------------------------------------------------------------------------------------------- failures


def _failed(desk: Desk, request: Request, error: Exception) -> Response:
    """A page that says what went wrong and what to do; a fault of ours is logged and says no more than that."""
    status, sentence = _told(error)
    if status >= 500:
        log.error("%s %s", request.method, request.url.path, exc_info=error)
    headers = {"vary": "accept"}
    if wants_json(request.query_params, request.headers.get("accept", "")):
        return JSONResponse({"status": status, "error": sentence}, status, headers)
    from dragoman.desk.links import Links

    view = View(
        "failed.html",
        "Not found" if status == 404 else "That did not work",
        {"sentence": sentence, "code": status},
        status=status,
    )
    account = request.scope.get("state", {}).get("account")
    around = Shown(None, desk.name, Links(), account=account, path=request.url.path, sign_in=desk.accounts is not None)
    return respond(view, around, as_json=False)


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, RequestRefused):
        return error.status, str(error)
    if isinstance(error, HTTPException):
        what = {404: "There is no such page.", 405: "This page is not asked for in that way."}
        return error.status_code, what.get(error.status_code, str(error.detail))
    if isinstance(error, LedgerError):
        # The request is right, and the ledger cannot: locked, full, gone, or derived anew while it was looked at.
        return 503, _sentence(str(error))
    if isinstance(error, DragomanError):
        return 400, _sentence(str(error))
    return 500, "Something failed in the desk itself. The log says what; please report it."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
