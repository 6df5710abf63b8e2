"""Which line above the body is the title.

Nothing marks a title in a dump; it is found by what titles are: five to twenty words without a full stop, above byline and date, sharing its
words with the body and most of all with the first paragraph. Each candidate is scored by a weighted sum of such signs; the weights are
fitted to the titles that the same pages' markup declares (``training/pages/titles.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dragoman.pages.dates import moments
from dragoman.pages.layout import STOP_WORDS
from dragoman.pages.lines import Unit, squeeze
from dragoman.pages.roles import byline_of, caption_credit, is_bullet, is_furniture, is_notice, words_of

__all__ = ["WEIGHTS", "candidates", "find_title", "title_of_bare", "without_outlet"]

#: A title stands at most this many lines above the first line of the body.
_REACH = 40
#: The score below which a page is said to have no title.
_LEAST = 1.5
#: What a candidate shows, and what each sign weighs (conditional logit over the candidates of each of 94 pages; the right one comes first
#: on .89 of the pages when their domain is held out, on .86 with weights set by hand). ``slug`` is set by hand: dumps there had no address.
WEIGHTS = {
    "five_to_twenty_words": 1.12,
    "three_or_four_words": -0.96,
    "form": 1.59,
    "shares_with_body": 1.56,
    "shares_with_lead": 1.65,
    "masthead_within_three": 1.37,
    "masthead_next": 0.52,
    "lines_above_body": -0.04,
    "gap": 1.19,
    "heading_right_above": -0.63,
    "printed_before": 0.47,
    "shares_with_slug": 3.0,
}
_TAIL = re.compile(r"\s+(?:[|»–—]|-{1,2}|::|•|·)\s+(?=[^|»–—]{2,60}$)")
#: A date without its year, with a time: "Nov 19, 9:41 AM".
_DAY_AND_TIME = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2},? (?:at )?\d{1,2}:\d\d", re.IGNORECASE)
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


def _form(text: str, words: Sequence[str]) -> float:
    """What speaks against a line by itself: 0 for nothing."""
    score = 0.0
    if _STOP.search(text):
        score -= 1.2
    credited, credit = caption_credit(text)
    if credited or is_furniture(text) or is_notice(text) or byline_of(text) or is_bullet(text) or ">" in text:
        score -= 3.0
    if len(text) < 120 and len(text) - sum(m.end - m.start for m in moments(text)) < 0.6 * len(text):
        score -= 2.0
    if credit is not None or _DAY_AND_TIME.search(text):
        score -= 2.0
    if text.isupper() and len(words) < 4:
        score -= 0.5
    return score


def title_of_bare(units: Sequence[Unit], first: int, body: Sequence[str]) -> int | None:
    """The title's place in a report without a page around it: its first line, unless that is a date or furniture.

    Where the first line hardly shares a word with the text (a paper's name) and a later line above the text does, that one is the title.
    """
    topic = _content(" ".join(body[:12]))
    rows = [(i, words_of(units[i].text)) for i in range(first)]
    likely = [i for i, words in rows if len(words) <= 60 and _form(units[i].text, words) > -1.5]
    if not likely:
        return None
    if likely[0] == 0 and len(_content(units[0].text) & topic) < 2:
        later = [i for i, words in rows[1:] if len(words) >= 3 and _form(units[i].text, words) == 0.0]
        return next((i for i in later if len(_content(units[i].text) & topic) >= 2), 0)
    return likely[0]


@lru_cache(maxsize=512)
def _is_masthead(text: str) -> bool:
    """Whether a line is a byline or a printed date: what stands under a title."""
    return byline_of(text) is not None or (len(text) < 90 and next(iter(moments(text)), None) is not None)


def candidates(
    units: Sequence[Unit], first: int, body: Sequence[str], slug: str = ""
) -> Iterator[tuple[int, dict[str, float]]]:
    """The lines above the body's first (``first``) that could be the title: place and signs (the keys of :data:`WEIGHTS`)."""
    low = max(0, first - _REACH)
    topic, lead = _content(" ".join(body[:12])), _content(body[0]) if body else set()
    in_slug = _content(slug.replace("-", " ").replace("_", " "))
    seen: set[str] = set()
    told = {i: words_of(units[i].text) for i in [*range(min(3, low)), *range(low, first)] if len(units[i].text) <= 300}
    told = {i: words for i, words in told.items() if 3 <= len(words) <= 45}
    # Each line is asked once, not once for every line above it.
    near = {j for i in told for j in range(i + 1, min(i + 4, first + 1))}
    masthead = {j for j in near if _is_masthead(units[j].text)}
    for i, words in told.items():
        text = units[i].text
        content, key = _content(text), squeeze(text)
        size = max(3, len(content))
        above = units[i - 1].text if i else ""
        yield (
            i,
            {
                "five_to_twenty_words": float(5 <= len(words) <= 20),
                "three_or_four_words": float(len(words) in (3, 4)),
                "form": _form(text, words),
                "shares_with_body": len(content & topic) / size,
                "shares_with_lead": len(content & lead) / size,
                "masthead_within_three": float(not masthead.isdisjoint(range(i + 1, min(i + 4, first + 1)))),
                "masthead_next": float(i + 1 in masthead),
                "lines_above_body": float(first - i),
                "gap": float(units[i].gap),
                "heading_right_above": float(above[-1:] not in {"", "."} and len(words_of(above)) >= 5),
                "printed_before": float(key in seen),
                "shares_with_slug": len(content & in_slug) / max(len(content), 4),
            },
        )
        seen.add(key)


def find_title(units: Sequence[Unit], first: int, body: Sequence[str], slug: str = "") -> int | None:
    """The place of the title among the units above the body's first (``first``), or ``None``.

    ``body`` are the body's paragraphs, ``slug`` the last part of the page's address.
    """
    best, place = _LEAST, None
    for i, signs in candidates(units, first, body, slug):
        score = sum(WEIGHTS[name] * value for name, value in signs.items())
        if score > best:
            best, place = score, i
    return place
