"""Where readers' comments begin: prose that no layout tells from the report's, but that is signed line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.codebook.forms import form
from dragoman.pages.lines import Unit, holding

__all__ = ["comments_begin"]

#: A heading above comments: "Comments", "34 responses to …", "Leave a Reply", "Reader comments (12)".
_HEADING = re.compile(
    r"^(?:(?:top|best|all|reader|readers'|user|most|recent|view|show|join)\W? ?(?:rated |liked |the )?)?(?:\(?\d[\d,.]*\)? )?"
    r"(?:comments?|responses?|replies|thoughts|discussion|conversation)\b(?:.{0,12}$| (?:to|on|about|for) .*)"
    r"|^(?:leave|post|add|write) a (?:comment|reply)\b",
    re.IGNORECASE,
)
_HINT = re.compile("comment|respon|repl|thought|discussion|conversation", re.IGNORECASE)
#: A heading and a signature are short lines.
_LONGEST = 90
#: Signatures among the lines below a heading that make it the comments' own: at least so many, of so many lines.
_SIGNATURES, _WITHIN = 3, 14


def comments_begin(units: Sequence[Unit]) -> int:
    """The place of the first unit of the readers' comments; ``len(units)`` where there are none.

    A heading counts where three of the next fourteen lines are signatures and at most one of the last ten above it was (a list of dated headlines is
    no comment section, and a word in a menu no heading).
    """
    likely = holding(_HINT, units, [i for i, u in enumerate(units) if len(u.text) <= _LONGEST])
    if not likely:
        return len(units)
    signature = form("comment_signature")

    def signatures(low: int, high: int) -> int:
        return sum(len(u.text) <= _LONGEST and signature.search(u.text) is not None for u in units[max(0, low) : high])

    for i in likely:
        if not _HEADING.match(units[i].text):
            continue
        below = units[i + 1 : i + 1 + _WITHIN]
        if (
            any(len(u.text) > 100 for u in below)
            and signatures(i + 1, i + 1 + _WITHIN) >= _SIGNATURES
            and signatures(i - 10, i) <= 1
        ):
            return i
    return len(units)
