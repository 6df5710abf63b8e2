"""Which units are the body, which tell again what was told, which are captions and key points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dragoman.pages.dates import moments
from dragoman.pages.layout import STOP_WORDS
from dragoman.pages.lines import Unit, squeeze
from dragoman.pages.roles import (
    begins_text,
    byline_of,
    caption_credit,
    is_bullet,
    is_end_mark,
    is_furniture,
    is_notice,
    is_prose,
    words_of,
)

__all__ = ["Parts", "bare_places", "body_places", "is_bare", "sort_out"]

#: The score from which a unit is body. Precision and recall meet at .5; a lost paragraph costs more here than a kept heading.
THRESHOLD = 0.45
#: A label of a menu has at most this many words.
_LABEL = 4
_QUOTES = "\"“'‘«"


@dataclass
class Parts:
    """The units of a page by their part in it (places among the units)."""

    body: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    key_points: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    subtitle: int | None = None
    lead_twice: bool = False


def is_bare(units: Sequence[Unit]) -> bool:
    """Whether the text is a report alone, pasted or saved without its page: hardly any line is a label.

    Labels are lines of at most four words that are no sentence. Pages have dozens; a pasted report has its date and a heading or two.
    """
    labels = [u.text.count(" ") < _LABEL and u.text[-1:] not in '.!?"”' for u in units]
    if sum(labels) > max(3, 0.12 * len(units)) or any(all(labels[i : i + 3]) for i in range(len(labels) - 2)):
        return False
    return sum(is_furniture(u.text) for u in units) <= max(1, 0.05 * len(units))


def _date_line(text: str) -> bool:
    found = list(moments(text)) if len(text) < 120 else []
    return bool(found) and len(text) - sum(m.end - m.start for m in found) <= 30


def _in_masthead(text: str) -> bool:
    """Whether a unit above the body is one of the masthead's lines."""
    return (
        _date_line(text)
        or byline_of(text) is not None
        or is_notice(text)
        or is_furniture(text)
        or (not is_prose(text) and len(words_of(text)) < 12 and text[-1:] not in '.!?"”')
    )


def _list_below(units: Sequence[Unit], first: int) -> int:
    """Where a list of links below a bare report begins: a heading of furniture with no sentence after it; the end where there is none."""
    n = len(units)
    prose = [i for i in range(first, n) if is_prose(units[i].text) and not is_furniture(units[i].text)]
    below = prose[-1] + 1 if prose else n
    return next((i for i in range(below, n) if is_furniture(units[i].text)), n)


def bare_places(units: Sequence[Unit]) -> list[int]:
    """The body of a bare report: all below the masthead, but furniture at its end."""
    n = len(units)
    first = 0
    dated = [i for i in range(min(n, 5)) if _date_line(units[i].text)]
    if dated:
        first = dated[-1] + 1
    elif n > 1 and not units[0].text.endswith((".", '."', ".”")) and len(words_of(units[0].text)) <= 40:
        first = 1
    while first < n - 1 and (_in_masthead(units[first].text) or caption_credit(units[first].text)[0]):
        first += 1
    begins = [i for i in range(first, min(n, first + 4)) if begins_text(units[i].text)]
    first = begins[-1] + 1 if begins else first
    last = _list_below(units, first)
    while last > first + 1 and (is_furniture(units[last - 1].text) or is_end_mark(units[last - 1].text)):
        last -= 1
    return [i for i in range(first, last) if not is_end_mark(units[i].text) and not is_notice(units[i].text)]


def body_places(units: Sequence[Unit], scores: npt.NDArray[np.float64]) -> list[int]:
    """The places of the units that are body, by the line model's scores and the forms that leave no doubt."""
    chosen = scores >= THRESHOLD
    for i in np.flatnonzero(chosen).tolist():
        if scores[i] < 0.9 and is_furniture(units[i].text):
            chosen[i] = False
    places = np.flatnonzero(chosen)
    if not len(places):
        return []
    for i in range(int(places[0]) + 1, int(places[-1])):
        if not chosen[i] and _belongs(units, scores, chosen, i):
            chosen[i] = True
    _trim_foot(units, scores, chosen)
    return np.flatnonzero(chosen).tolist()


def _cut_below_furniture(units: Sequence[Unit], chosen: npt.NDArray[np.bool_]) -> None:
    """Below the last sentence, nothing under a heading such as "Most popular" is body."""
    places = np.flatnonzero(chosen).tolist()
    last = next((i for i in reversed(places) if is_prose(units[i].text)), None)
    if last is None or last == places[-1]:
        return
    heading = next((i for i in range(last + 1, places[-1]) if is_furniture(units[i].text)), None)
    if heading is not None:
        chosen[heading:] = False


def _trim_foot(units: Sequence[Unit], scores: npt.NDArray[np.float64], chosen: npt.NDArray[np.bool_]) -> None:
    """Take away what stands below the last sentence of the body: labels, and headings that nothing chosen stands right above.

    A report ends with a sentence; a menu begins with labels, a list of other stories with their headlines.
    """
    _cut_below_furniture(units, chosen)
    for i in np.flatnonzero(chosen)[::-1].tolist():
        text = units[i].text
        alone = i == 0 or not chosen[i - 1]
        if is_prose(text) or text[-1:] in '.!?"”’)。」':
            return
        if len(words_of(text)) > _LABEL and not alone:
            return
        if scores[i] >= 0.9 and not alone:
            return
        chosen[i] = False


def _belongs(units: Sequence[Unit], scores: npt.NDArray[np.float64], chosen: npt.NDArray[np.bool_], i: int) -> bool:
    """Whether a unit that the model left out stands between body lines and is a sentence: a short quotation, a one-line paragraph."""
    text = units[i].text
    near = chosen[i - 1] and chosen[i + 1]
    if not near or is_furniture(text) or caption_credit(text)[0]:
        return False
    return scores[i] >= 0.15 and is_prose(text) and (text[0] in _QUOTES or scores[i] >= 0.25)


def _tells_again(text: str, other: str) -> bool:
    """Whether two paragraphs tell the same in nearly the same words (four fifths of the shorter one's content words)."""
    if text == other:
        return True
    one, two = (set(words_of(x)) - STOP_WORDS for x in (text, other))
    least = min(len(one), len(two))
    if least < 8 or min(len(text), len(other)) < 0.6 * max(len(text), len(other)):
        return False
    return len(one & two) >= 0.85 * least


def _key(units: Sequence[Unit], i: int) -> str:
    """What two printings of the unit have in common; nothing beyond the page's ends."""
    return squeeze(units[i].text) if 0 <= i < len(units) else ""


def _is_caption(units: Sequence[Unit], i: int) -> bool:
    text = units[i].text
    form, credit = caption_credit(text)
    if form:
        return True
    # A line printed twice in a row with a credit in brackets is a picture's caption, told once under it and once in its text for readers.
    twice = _key(units, i) in {_key(units, i - 1), _key(units, i + 1)}
    return twice and len(words_of(text)) >= _LABEL and (credit is not None or not is_prose(text))


def sort_out(units: Sequence[Unit], places: Sequence[int], title: int | None) -> Parts:
    """Body, captions, key points and repeats among the places chosen as body (and captions just above them).

    A repeat is a unit that says what another says: the title again, a caption's second printing, a lead told before the text proper. Of a lead told
    twice the later one stays where it opens the text proper, that is where the title or a heading stands between the two.
    """
    parts = Parts()
    seen: dict[str, int] = {}
    for i in places:
        key = _key(units, i)
        if title is not None and i != title and key == _key(units, title):
            parts.repeats.append(i)
        elif _is_caption(units, i):
            (parts.repeats if key in seen else parts.captions).append(i)
        elif key in seen and len(key) > 20:
            parts.repeats.append(i)
        elif not is_notice(units[i].text) and i != title:
            parts.body.append(i)
        seen.setdefault(key, i)
    _captions_above(units, title, parts)
    _key_points(units, title, parts)
    _lead_again(units, title, parts)
    return parts


def _captions_above(units: Sequence[Unit], title: int | None, parts: Parts) -> None:
    """Captions between title and body that were not chosen as body."""
    if not parts.body:
        return
    low = title if title is not None else max(0, parts.body[0] - 6)
    known = {_key(units, i) for i in parts.captions}
    for i in range(low + 1, parts.body[0]):
        if i in parts.captions or i in parts.repeats or not _is_caption(units, i) or len(words_of(units[i].text)) < 4:
            continue
        (parts.repeats if _key(units, i) in known else parts.captions).append(i)
        known.add(_key(units, i))
    parts.captions.sort()


def _key_points(units: Sequence[Unit], title: int | None, parts: Parts) -> None:
    """Bullets above the body's first paragraph; a single bullet further down stays where it is."""
    while parts.body and is_bullet(units[parts.body[0]].text):
        parts.key_points.append(parts.body.pop(0))
    leading = [i for i in parts.body[:8] if is_bullet(units[i].text)]
    if leading and len(parts.body) > len(leading) + 2:
        before = [i for i in parts.body if i < leading[0]]
        if len(before) <= 2:
            parts.key_points += leading
            parts.body = [i for i in parts.body if i not in leading]
    first = parts.body[0] if parts.body else 0
    low = title if title is not None else max(0, first - 12)
    taken = {*parts.key_points, *parts.captions, *parts.repeats}
    parts.key_points += [
        i
        for i in range(low + 1, first)
        if is_bullet(units[i].text) and len(words_of(units[i].text)) >= 4 and i not in taken
    ]
    parts.key_points.sort()


def _lead_again(units: Sequence[Unit], title: int | None, parts: Parts) -> None:
    """A lead printed above the text proper and again as its first paragraph is a repeat."""
    if len(parts.body) < 3:
        return
    first = parts.body[0]
    low = title if title is not None else first
    above = [i for i in range(min(low, first), first) if i != title and is_prose(units[i].text)]
    for i in [*above, first]:
        later = next((j for j in parts.body[1:6] if j > i and _tells_again(units[i].text, units[j].text)), None)
        if later is None:
            continue
        parts.lead_twice = True
        if i in parts.body:
            parts.body = [j for j in parts.body if j != i and (j >= later or is_prose(units[j].text))]
        parts.repeats.append(i)
