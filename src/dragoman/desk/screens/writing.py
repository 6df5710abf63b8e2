"""The writes of the desk: what is taken from a form, and what is done with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View
from dragoman.desk.screens import adding, entering

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from dragoman.desk.accounts import Account

__all__ = ["WRITES", "Write"]


@dataclass(frozen=True, slots=True)
class Write:
    """A form of a page that is sent: ``take`` reads it, ``do`` (in a thread) does it and shows what came of it."""

    path: str
    page: str
    what: str
    fields: dict[str, str]
    take: Callable[[FormData], Awaitable[Any]]
    do: Callable[[Desk, Asked, Account, Any], View]


WRITES = (
    Write(
        "/add/files", "/add", "Reads files.", {"files": "binary", **adding.BESIDE}, adding.take_files, adding.read_pages
    ),
    Write(
        "/add/text",
        "/add",
        "Reads pasted text.",
        {"text": "string", "title": "string", **adding.BESIDE},
        adding.take_text,
        adding.read_pages,
    ),
    Write(
        "/add/link",
        "/add",
        "Fetches a link and reads it.",
        {"link": "string", **adding.BESIDE},
        adding.take_link,
        adding.fetch_and_read,
    ),
    Write(
        "/enter",
        "/enter",
        "Enters a contact by hand.",
        dict.fromkeys(entering.FIELDS, "string"),
        entering.take,
        entering.enter_contact,
    ),
)
