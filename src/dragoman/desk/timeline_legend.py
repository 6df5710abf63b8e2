"""The legend: every form that stands in the picture, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element

from dragoman.desk.timeline_glyphs import BAR, SHAPES, SOFT, Ink, answer_tick, glyph, silence_bar
from dragoman.desk.timeline_svg import element, number, text, width_of
from dragoman.desk.timeline_words import STATUSES_IN_ORDER, word

__all__ = ["legend"]

KINDS = {
    "address": "overture, proposal, message, mediation",
    "exchange": "call, meeting, visit",
    "reply": "reply",
    "agreement": "agreement",
    "breakdown": "breakdown",
}
LINE, SIZE, SYMBOL = 21.0, 11.0, 22.0
#: Draws a symbol around the middle of its place.
Symbol = Callable[[Element, float, float], object]


def legend(
    root: Element,
    left: float,
    top: float,
    right: float,
    used: Iterable[tuple[str, str]],
    ink: Ink,
    *,
    sides: Sequence[tuple[int, str]],
    waits: bool,
    answered: bool,
    soft: bool,
    bins: bool,
    notes: bool,
) -> float:
    """Draw the legend from ``top`` on, in as many lines as it needs, and give where it ends."""
    groups, statuses = ({pair[i] for pair in used} for i in (0, 1))
    items: list[tuple[Symbol, str]] = []
    items += [(_mark(g, "plain", 0, ink), KINDS[g]) for g in SHAPES if g in groups]
    items += [(_mark("address", s, 0, ink), word(s)) for s in STATUSES_IN_ORDER if s in statuses]
    items += [(_mark("address", "planned", i, ink), name) for i, name in sides]
    if soft:
        items.append((_soft, "day known as a range; fading: open"))
    if waits:
        items.append(
            (lambda e, x, y: silence_bar(e, ink, x - 14, x + 14, y, lasts=True), "silence: no answer reported")
        )
    if answered:
        items.append((_answered(ink), "silence until an answer"))
    if bins:
        items.append((_bin, "number of acts; below: overtures waiting"))
    if notes:
        items.append((_note, "report published"))
    group = element(root, "g", "tl-legend", aria_hidden="true")
    x, y = left, top + LINE / 2
    for draw, words in items:
        wide = SYMBOL + 12 + width_of(words, SIZE) + 16
        if x > left and x + wide > right:
            x, y = left, y + LINE
        draw(group, x + SYMBOL / 2, y)
        text(group, words, x + SYMBOL + 8, y + 4, "tl-legend-text")
        x += wide
    return y + LINE / 2


def _mark(group: str, status: str, side: int, ink: Ink) -> Symbol:
    return lambda e, x, y: glyph(e, group, status, side, x, y, ink)


def _soft(parent: Element, x: float, y: float) -> None:
    element(parent, "rect", "tl-soft tl-side0 tl-closed", x=x - 14, y=y - SOFT / 2, width=28, height=SOFT, rx=SOFT / 2)


def _answered(ink: Ink) -> Symbol:
    def draw(parent: Element, x: float, y: float) -> None:
        silence_bar(parent, ink, x - 14, x + 11, y, lasts=False)
        answer_tick(parent, x + 11, y)

    return draw


def _bin(parent: Element, x: float, y: float) -> None:
    for i, height in enumerate((5, 9, 7)):
        element(
            parent, "rect", "tl-part tl-done tl-side0", x=x - 10 + 7 * i, y=y + 3 - height, width=5.5, height=height
        )
    element(parent, "rect", "tl-waiting", x=x - 10, y=y + 4.5, width=20, height=3)


def _note(parent: Element, x: float, y: float) -> None:
    element(parent, "path", "tl-note-tick", d=f"M{number(x)},{number(y + BAR / 2)}V{number(y - 4)}")
