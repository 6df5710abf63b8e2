"""Which line above the body is the title.

Nothing marks a title in a dump; it is found by what titles are: five to twenty words without a full stop, near the body, above byline
and date, sharing its names, often printed twice. Each candidate is scored by a sum of such signs; the weights were set by hand and
checked against the titles that the same pages' markup declares (``evaluation/pages.py``, key ``pages/dumps/title``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.pages.dates import moments
from dragoman.pages.layout import STOP_WORDS
from dragoman.pages.lines import Unit, squeeze
from dragoman.pages.roles import byline_of, caption_credit, is_bullet, is_furniture, is_notice, words_of

__all__ = ["find_title", "title_of_bare", "without_outlet"]

#: A title stands at most this many lines above the first line of the body.
_REACH = 40
#: The score below which a page is said to have no title.
_LEAST = 1.0
_TAIL = re.compile(r"\s+(?:[|»–—]|-{1,2}|::|•|·)\s+(?=[^|»–—]{2,60}$)")
_STOP = re.compile(r"[.;,:]$")


def without_outlet(title: str, outlet_names: Sequence[str] = ()) -> str:
    """The title without " - The Outlet" or " | Section | Outlet" behind it.

    A tail is cut where it names an outlet, or where it stands behind a bar and is short; a dash alone may belong to the title.
    """
    names = {squeeze(n) for n in outlet_names if n}
    while True:
        cut = _TAIL.search(title)
        if not cut:
            return title
        tail = title[cut.end() :]
        named = squeeze(tail) in names or any(n and n in squeeze(tail) for n in names)
        if not named and ("|" not in cut.group() and "»" not in cut.group()):
            return title
        if len(words_of(title[: cut.start()])) < 2:
            return title
        title = title[: cut.start()].strip()


def _content(text: str) -> set[str]:
    return {w for w in words_of(text) if len(w) > 2 and w not in STOP_WORDS}


def _form_score(text: str, words: Sequence[str]) -> float:
    """How much the line by itself looks like a title."""
    n = len(words)
    score = 1.0 if 5 <= n <= 20 else 0.2 if n in (3, 4) or 20 < n <= 30 else -1.0
    if _STOP.search(text):
        score -= 1.2
    if is_furniture(text) or is_notice(text) or byline_of(text) or is_bullet(text) or caption_credit(text)[0]:
        score -= 3.0
    if len(text) < 120 and len(text) - sum(m.end - m.start for m in moments(text)) < 0.6 * len(text):
        score -= 2.0
    if caption_credit(text)[1] is not None:
        score -= 2.0
    if text.isupper() and n < 4:
        score -= 0.5
    return score


def title_of_bare(units: Sequence[Unit], first: int, body: Sequence[str]) -> int | None:
    """The title's place in a report without a page around it: its first line, unless that is a date or furniture.

    Where the first line hardly shares a word with the text (a paper's name) and a later line above the text does, that one is the title.
    """
    topic = _content(" ".join(body[:12]))
    likely = [
        i
        for i in range(first)
        if _form_score(units[i].text, words_of(units[i].text)) > -1.5 and len(words_of(units[i].text)) <= 60
    ]
    if not likely:
        return None
    if likely[0] == 0 and len(_content(units[0].text) & topic) < 2:
        return next((i for i in likely[1:] if len(_content(units[i].text) & topic) >= 2), 0)
    return likely[0]


def _is_masthead(text: str) -> bool:
    """Whether a line is a byline or a printed date: what stands under a title."""
    return byline_of(text) is not None or (len(text) < 90 and next(iter(moments(text)), None) is not None)


def find_title(units: Sequence[Unit], first: int, body: Sequence[str], slug: str = "") -> int | None:
    """The place of the title among the units above the body's first (``first``), or ``None``.

    ``body`` are the body's paragraphs, ``slug`` the last part of the page's address.
    """
    low = max(0, first - _REACH)
    topic = _content(" ".join(body[:12]))
    in_slug = _content(slug.replace("-", " ").replace("_", " "))
    keys = [squeeze(u.text) for u in units]
    best, place = _LEAST, None
    for i in [*range(min(3, low)), *range(low, first)]:
        text = units[i].text
        words = words_of(text)
        if not 2 <= len(words) <= 45 or len(text) > 300:
            continue
        content = _content(text)
        score = _form_score(text, words)
        score += 2.0 * len(content & topic) / max(3, len(content))
        score += 3.0 * len(content & in_slug) / max(len(content), 4) if in_slug else 0.0
        copies = keys.count(keys[i])
        score += 0.5 if copies == 2 else -0.7 if copies > 3 else 0.0
        score += 0.5 if any(_is_masthead(u.text) for u in units[i + 1 : i + 4]) else 0.0
        score -= 0.04 * (first - i)
        score += 0.2 * units[i].gap
        if score > best:
            best, place = score, i
    return place
