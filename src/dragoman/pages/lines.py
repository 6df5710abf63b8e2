"""A page's text as lines and units, with offsets that stay true to the page.

A *line* is what the page prints between two line ends. A *unit* is what its writer meant as one: a line, or the lines of one paragraph
that a terminal or a mail program wrapped at a fixed column. Everything after this file works on units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dragoman.codebook.forms import form

__all__ = ["Unit", "clean", "holding", "squeeze", "units_of"]

#: The longest line that a program which wraps at a column makes: 132 columns is the widest terminal in use.
WIDEST_WRAP = 132
#: Below this many characters a "wrapped" line is a list of short items (menus), not prose.
NARROWEST_WRAP = 40
#: No news page has more lines; what lies beyond is not looked at (memory stays bounded).
MOST_LINES = 20_000

_LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029\x85]+")
#: Zero-width space, joiners, marks of direction, byte-order mark, soft hyphen: they print nothing.
_INVISIBLE = dict.fromkeys(
    [
        *(0x00AD, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        # Halves of a surrogate pair, which JSON can smuggle in: no character, and no file could hold them.
        *range(0xD800, 0xE000),
    ]
)
_INVISIBLE_SIGN = re.compile("[" + "".join(map(chr, _INVISIBLE)) + "]")
_NO_LETTER = re.compile(r"[\W_]+")


def _visible(text: str) -> str:
    if text.isascii() or text.isprintable() or not _INVISIBLE_SIGN.search(text):
        return text
    return text.translate(_INVISIBLE)


def clean(text: str) -> str:
    """The text without characters that print nothing and with every run of white space as one blank."""
    if text.isprintable() and "  " not in text:
        # No blank but " " is printable, nor is a sign that prints nothing.
        return text.strip(" ")
    return " ".join(_visible(text).split())


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """What two printings of one line have in common: letters and digits, in lower case."""
    return _NO_LETTER.sub("", _visible(text)).casefold()


class Unit(NamedTuple):
    """A line, or a wrapped paragraph put back together.

    ``start`` and ``end`` are offsets into the page's text, without the blanks around; ``text`` is clean; ``gap`` says whether a blank line (or the
    page's beginning) stands before it; ``indent`` counts the blanks before it.
    """

    start: int
    end: int
    text: str
    gap: bool
    indent: int = 0


def _lines(text: str) -> list[Unit]:
    found: list[Unit] = []
    last_end, gap = 0, True
    for match in _LINE.finditer(text):
        raw, (begin, end) = match[0], match.span()
        body = raw.strip()
        # Two line ends in a row, or a line of blanks alone, part paragraphs ("\r\n" is one line end).
        gap = gap or (begin - last_end > 1 and text[last_end:begin] != "\r\n")
        last_end = end
        # What `clean` asks first, without a call for each of a page's lines.
        shown = body if body.isprintable() and "  " not in body else clean(body)
        if not shown:
            gap = True
            continue
        indent = len(raw) - len(raw.lstrip()) if len(body) < len(raw) else 0
        start = begin + indent
        found.append(Unit(start, start + len(body), shown, gap, indent))
        gap = False
        if len(found) >= MOST_LINES:
            break
    return found


def holding(pattern: re.Pattern[str], units: Sequence[Unit], places: Sequence[int]) -> list[int]:
    """Which of the places hold units that the pattern is found in; one search over all of them, far faster than one a unit.

    The pattern must match no line end.
    """
    whole = "\n".join([units[i].text for i in places])
    found: list[int] = []
    line = at = 0
    while match := pattern.search(whole, at):
        line += whole.count("\n", at, match.start())
        found.append(places[line])
        at = whole.find("\n", match.start()) + 1
        if not at:
            break
        line += 1
    return found


def _wrap_width(lines: list[Unit]) -> int:
    """The column at which the page was wrapped, or 0 where it was not.

    A program that wraps fills each line as far as the next word allows: most lines that another one follows are nearly as long as the longest.
    """
    width = max([len(x.text) + min(x.indent, 8) for x in lines], default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return 0
    followed = [len(a.text) for a, b in pairwise(lines) if not b.gap]
    if len(followed) < 4:
        return 0
    full = sum(n >= width - 16 for n in followed)
    return width if full >= 0.6 * len(followed) else 0


def _continues(above: Unit, below: Unit, width: int) -> bool:
    """Whether ``below`` goes on with ``above``: no gap, no fresh indent, and its first word had no room above."""
    if below.gap or below.indent > above.indent + 1:
        return False
    first_word = len(below.text.split(" ", 1)[0])
    return len(above.text) + 1 + first_word > width - 4


def units_of(text: str) -> list[Unit]:
    """The units of a page's text, in order; bounded by ``MOST_LINES`` lines.

    A crawler's stamp at the head is a line of its own, whatever the page goes on with.
    """
    stamp = form("crawl_stamp").match(text[:80])
    if stamp:
        text = f"{text[: stamp.end()]}\n{text[stamp.end() + 1 :]}"  # as long as before: offsets stay true
    lines = _lines(text)
    width = _wrap_width(lines)
    if not width:
        return lines
    found: list[Unit] = []
    above: Unit | None = None
    for line in lines:
        if above is not None and _continues(above, line, width):
            whole = found[-1]
            found[-1] = Unit(whole.start, line.end, f"{whole.text} {line.text}", whole.gap, whole.indent)
        else:
            found.append(line)
        above = line
    return found
