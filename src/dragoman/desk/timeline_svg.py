"""The picture's elements: text that any page may have brought, and links that lead nowhere else.

Built with the standard library's XML tree, which escapes whatever is put into it; what XML cannot hold at all is taken out here.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element, SubElement, tostring

__all__ = ["SVG", "clean", "cut", "element", "linked", "number", "text", "titled", "width_of", "written"]

SVG = "http://www.w3.org/2000/svg"
#: What XML 1.0 has no place for (controls, lone surrogates, two non-characters), and the signs that turn the direction of what follows (UAX 9), with
#: which a text could make a label read otherwise than it is.
UNHELD = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
#: Titles of marks are cut to this, so that a page with an endless subject makes no endless picture.
LONGEST = 300
#: Widths of letters as shares of the font's size, those of DejaVu Sans, the widest of the fonts that are asked for.
NARROW, SLIM, MIDDLE, UPPER, BROAD, FULL = 0.33, 0.41, 0.61, 0.7, 0.95, 1.05


def clean(value: str, most: int = LONGEST) -> str:
    """The text in one line without what XML cannot hold, cut to so many characters."""
    found = " ".join(UNHELD.sub(" ", value[: 4 * most]).split())
    return found if len(found) <= most else found[: most - 1].rstrip() + "…"


def width_of(value: str, size: float) -> float:
    """About how many pixels the text takes at a font size."""
    return size * sum(_share(c) for c in value)


def _share(letter: str) -> float:
    if letter in " .,:;|!'ijlI·":
        return NARROW
    if letter in "tfr()[]/-":
        return SLIM
    if letter in "mwMW@%—…→":
        return BROAD
    if letter.isascii() or ord(letter) < 0x2000:
        return UPPER if letter.isupper() else MIDDLE
    if unicodedata.combining(letter):
        return 0.0
    return FULL


def cut(value: str, room: float, size: float) -> str:
    """As much of the text as fits into so many pixels, with an ellipsis where something is left out, "" where less than three letters fit."""
    if width_of(value, size) <= room:
        return value
    left, kept = room - size * BROAD, 0
    for letter in value:
        left -= size * _share(letter)
        if left < 0:
            break
        kept += 1
    return value[:kept].rstrip(" ,;:") + "…" if kept >= 3 else ""


def number(value: float) -> str:
    """A coordinate with one decimal, without a needless zero."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )


def element(parent: Element | None, tag: str, classes: str = "", **attributes: object) -> Element:
    """A new element with classes and attributes; numbers as coordinates, ``_`` in a name as ``-``, ``None`` left out."""
    found = Element(tag) if parent is None else SubElement(parent, tag)
    if classes:
        found.set("class", classes)
    for name, value in attributes.items():
        if value is not None:
            told = (
                number(value)
                if isinstance(value, float | int)
                else clean(str(value), 10_000 if name == "d" else LONGEST)
            )
            found.set(name.rstrip("_").replace("_", "-"), told)
    return found


def text(
    parent: Element, value: str, x: float, y: float, classes: str, anchor: str | None = None, **more: object
) -> Element:
    """A line of text."""
    found = element(parent, "text", classes, x=x, y=y, text_anchor=anchor, **more)
    found.text = clean(value)
    return found


def titled(parent: Element, value: str) -> Element:
    """What is shown on pointing, and read out."""
    found = element(parent, "title")
    found.text = clean(value)
    return found


def linked(parent: Element, href: str, title: str, classes: str = "", **more: object) -> Element:
    """A link with its title. Raises :class:`ValueError` where it does not lead to a page of the desk: the caller's slip."""
    if not href.startswith(("/", "?", "#")) or href[1:2] in ("/", "\\") or not href.isprintable():
        raise ValueError(f"{href[:60]!r} is no local address")
    found = element(parent, "a", classes, aria_label=title, **more)
    found.set("href", href)
    titled(found, title)
    return found


def written(root: Element) -> str:
    """The picture as text."""
    return tostring(root, encoding="unicode")
