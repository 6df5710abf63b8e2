"""How large a request may be, and how long it may take to come. The body is read here, within bounds, before anything else sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import anyio
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from dragoman.desk.answers import Refuse, header, plain
from dragoman.errors import RequestRefused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Bodies", "Bounds", "Lines", "form_of"]

FORM = "dragoman.form"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of the path, the query string, a whole form, a body that is no form, one file and one field; how many files and fields; seconds.

    The whole is chosen for dropping a few dozen saved pages at once (the largest page of the benchmarks has 2 MiB), a field for a long pasted text.
    """

    path_bytes: int = 2048
    query_bytes: int = 4096
    form_bytes: int = 64 * 2**20
    other_bytes: int = 2**20
    file_bytes: int = 8 * 2**20
    field_bytes: int = 2 * 2**20
    files: int = 50
    fields: int = 200
    seconds: float = 120.0

    @property
    def of_a_stranger(self) -> Bounds:
        """What may come from somebody who has not logged in: a name and a password."""
        return replace(self, form_bytes=16 * 1024, other_bytes=1024, field_bytes=4096, files=0, fields=8, seconds=10.0)


class Lines:
    """ASGI middleware that refuses long paths and query strings with 414, and methods that the desk does not know with 405."""

    def __init__(self, app: ASGIApp, *, bounds: Bounds, refuse: Refuse = plain) -> None:
        self.app, self._bounds, self._refuse = app, bounds, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is short enough."""
        if scope["type"] == "http":
            if scope["method"] not in READS | {"POST", "PUT", "PATCH", "DELETE"}:
                await self._refuse(scope, 405, "The desk does not know this method.")(scope, receive, send)
                return
            path = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
            if len(path) > self._bounds.path_bytes or len(scope["query_string"]) > self._bounds.query_bytes:
                sentence = "The address is too long; narrow the view down with fewer words."
                await self._refuse(scope, 414, sentence)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Bodies:
    """ASGI middleware that reads the body of a write within its bounds: a form is parsed and found by :func:`form_of`, another body handed on whole.

    Too much of anything is answered with 413, what cannot be read with 400, what does not come in time with 408.
    """

    def __init__(self, app: ASGIApp, *, bounds: Bounds, refuse: Refuse = plain) -> None:
        self.app, self._bounds, self._refuse = app, bounds, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body and hand the request on."""
        if scope["type"] != "http" or scope["method"] in READS:
            await self.app(scope, receive, send)
            return
        account = scope.get("state", {}).get("account")
        bounds = self._bounds if account is not None else self._bounds.of_a_stranger
        kind = (header(scope, "content-type") or "").split(";")[0].strip().lower()
        form, body = FormData(), b""
        try:
            try:
                with anyio.fail_after(bounds.seconds):
                    if kind in FORMS:
                        form = await _form(scope, receive, bounds)
                    else:
                        body = await _whole(scope, receive, bounds.other_bytes)
            except TimeoutError:
                raise RequestRefused(408, "The request took too long to arrive; try again.") from None
            except ClientDisconnect:
                return
        except RequestRefused as error:
            await self._refuse(scope, error.status, str(error))(scope, receive, send)
            return
        scope[FORM] = form
        try:
            await self.app(scope, _again(body, receive), send)
        finally:
            await form.close()


def form_of(request: Request) -> FormData:
    """The form that came with a write, empty where none came."""
    found = request.scope.get(FORM)
    return found if isinstance(found, FormData) else FormData()


async def _form(scope: Scope, receive: Receive, bounds: Bounds) -> FormData:
    """The parsed form, large files on disk. Raises :class:`~dragoman.errors.RequestRefused`."""
    # A scope without "app": with it starlette would raise its own HTTP error.
    request = Request({k: v for k, v in scope.items() if k != "app"}, _counted(scope, receive, bounds.form_bytes))
    try:
        form = await request.form(max_files=bounds.files, max_fields=bounds.fields, max_part_size=bounds.field_bytes)
    except MultiPartException as error:
        status = 413 if "maximum" in error.message.lower() or "exceeded" in error.message.lower() else 400
        sentence = "The form holds too much" if status == 413 else "The form cannot be read"
        raise RequestRefused(status, f"{sentence}; send fewer and smaller pieces.") from None
    except (ValueError, LookupError, KeyError):
        # An unknown charset, a header without its boundary, a byte that is not in the charset.
        raise RequestRefused(400, "The form cannot be read; send it again from the page.") from None
    for _, value in form.multi_items():
        if isinstance(value, UploadFile) and (value.size or 0) > bounds.file_bytes:
            await form.close()
            raise RequestRefused(
                413, f"A file may have {bounds.file_bytes // 2**20} MiB at most; leave the larger one out."
            )
    return form


async def _whole(scope: Scope, receive: Receive, most: int) -> bytes:
    counted = _counted(scope, receive, most)
    found = bytearray()
    while True:
        message = await counted()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        found += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(found)


def _counted(scope: Scope, receive: Receive, most: int) -> Receive:
    """``receive`` that raises :class:`~dragoman.errors.RequestRefused` beyond so many bytes, told or come."""
    told = header(scope, "content-length") or "0"
    if not told.isdecimal() or int(told[:20]) > most:
        raise RequestRefused(413, f"This is more than the desk takes at once ({_size(most)}); send it in pieces.")
    come = 0

    async def counting() -> Message:
        nonlocal come
        message = await receive()
        come += len(message.get("body", b""))
        if come > most:
            raise RequestRefused(413, f"This is more than the desk takes at once ({_size(most)}); send it in pieces.")
        return message

    return counting


def _size(count: int) -> str:
    return f"{count // 2**20} MiB" if count >= 2**20 else f"{count // 1024} KiB"


def _again(body: bytes, receive: Receive) -> Receive:
    """``receive`` for those behind: the body once more, then whatever still comes."""
    given = False

    async def again() -> Any:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again
