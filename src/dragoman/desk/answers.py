"""How a guard refuses a request, and the few things of an ASGI scope that guards share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["Refuse", "header", "plain"]

#: Makes the answer to a refused request of its status and its sentence.
Refuse = Callable[["Scope", int, str], Response]


def plain(_: Scope, status: int, sentence: str) -> Response:
    """The sentence as plain text."""
    return PlainTextResponse(sentence + "\n", status_code=status)


def header(scope: Scope, name: str) -> str | None:
    """A request header's value, the last of several joined by a comma, ``None`` where there is none."""
    wanted = name.lower().encode("ascii")
    found = [value.decode("latin-1") for key, value in scope["headers"] if key == wanted]
    return ", ".join(found) if found else None
