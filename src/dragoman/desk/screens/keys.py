"""The keys of the desk."""

from __future__ import annotations

from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View

__all__ = ["KEYS", "keys"]

KEYS = (
    ("j  k", "next and previous row"),
    ("Enter", "open the row"),
    ("e", "the evidence of the row, or of the page"),
    ("t", "the timeline of the row's pair"),
    ("[  ]", "a day earlier, a day later"),
    ("{  }", "the previous and the next day on which something was learned"),
    ("g b", "go to the silence board"),
    ("g t", "go to the timeline of the pair, or to stories"),
    ("/", "search"),
    ("?", "this page"),
    ("Esc", "leave a field; else up, to where the page belongs"),
)


def keys(desk: Desk, asked: Asked) -> View:
    """What each key does. They are off while a field is typed in."""
    rows = [{"keys": k, "what": what} for k, what in KEYS]
    return View("keys.html", "Keys", {"keys": rows}, up=asked.links.board())
