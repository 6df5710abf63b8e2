"""The few shapes of which the timeline is made, each drawn around a point. Form and filling carry the meaning; colour only repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dragoman.desk.timeline_rows import Bin, Placed
from dragoman.desk.timeline_svg import element, number, text, width_of
from dragoman.desk.timeline_words import STATUSES_IN_ORDER

__all__ = ["Ink", "answer_tick", "bin_bar", "defined", "glyph", "silence_bar", "soft_bar"]

#: Paths around 0, 0, in pixels, by act group; all have about the same weight to the eye.
SHAPES = {
    "address": "M-6,0A6,6 0 1 1 6,0A6,6 0 1 1 -6,0Z",
    "exchange": "M-5.3,-5.3H5.3V5.3H-5.3Z",
    "reply": "M-7,0L4.6,-6.2V6.2Z",
    "agreement": "M0,-7.2L7.2,0L0,7.2L-7.2,0Z",
    "breakdown": "M0,6.8L-6.8,-5H6.8Z",
}
STRIKE = "M-8,8L8,-8"
ONGOING = "M9,-4L13,0L9,4"
#: A short stem up is the first party's act, one down the second's.
STEMS = {1: "M0,-6V-11", 2: "M0,6V11"}
#: A silence is a bar of so many pixels' height; one that lasts fades over so many, at most half of it.
BAR, FADES = 13.0, 70.0
SOFT = 5.0


@dataclass(frozen=True, slots=True)
class Ink:
    """The patterns and gradients of one picture; ``key`` keeps their names apart from those of another one on the page."""

    key: str

    def hatch(self, side: int) -> str:
        """The hatching of a side's attempts."""
        return f"url(#tl-hatch{side}-{self.key})"

    def fade(self, name: str) -> str:
        """A gradient: ``silence`` to the right, ``left0`` … ``right2`` for open ends of a side's bars."""
        return f"url(#tl-{name}-{self.key})"


def defined(root: Element, ink: Ink) -> None:
    """Put the patterns and gradients into the picture. Their colours are the style sheet's."""
    defs = element(root, "defs")
    for side in (0, 1, 2):
        pattern = element(
            defs, "pattern", f"tl-side{side}", id=f"tl-hatch{side}-{ink.key}", width=3.6, height=3.6, patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )  # fmt: skip
        element(pattern, "rect", "tl-hatch-back", width=3.6, height=3.6)
        element(pattern, "path", "tl-hatch-ink", d="M1,0V3.6")
        for name, ends in (("left", (0, 1)), ("right", (1, 0))):
            _gradient(defs, f"tl-{name}{side}-{ink.key}", f"tl-side{side}", "tl-stop", ends)
    _gradient(defs, f"tl-silence-{ink.key}", "", "tl-stop-silence", (1, 0))


def _gradient(defs: Element, name: str, classes: str, stop: str, ends: tuple[int, int]) -> None:
    found = element(defs, "linearGradient", classes, id=name)
    for offset, opacity in zip((0, 1), ends, strict=True):
        element(found, "stop", stop, offset=offset, stop_opacity=opacity)


def glyph(parent: Element, group: str, status: str, side: int, x: float, y: float, ink: Ink) -> None:
    """A mark: the shape says what kind of act, the filling how real it is, the stem whose."""
    found = element(parent, "g", f"tl-mark tl-{status} tl-side{side}", transform=f"translate({number(x)},{number(y)})")
    shape = SHAPES.get(group, SHAPES["address"])
    element(found, "path", "tl-halo", d=shape)
    if side in STEMS:
        element(found, "path", "tl-stem", d=STEMS[side])
    element(found, "path", "tl-shape", d=shape, fill=ink.hatch(side) if status == "attempted" else None)
    if status in ("not_done", "disputed"):
        element(found, "path", "tl-strike-halo", d=STRIKE)
        element(found, "path", "tl-strike", d=STRIKE)
    if status == "ongoing":
        element(found, "path", "tl-going", d=ONGOING)


def soft_bar(parent: Element, ink: Ink, placed: Placed, side: int, y: float) -> None:
    """The days between which an act lies; an open end fades."""
    mark, width = placed.mark, max(placed.right - placed.left, 1.0)
    fill = None
    if mark.earliest is None:
        fill = ink.fade(f"left{side}") if placed.x > placed.left else ink.fade(f"right{side}")
    elif mark.latest is None:
        fill = ink.fade(f"right{side}")
    closed = " tl-closed" if fill is None else ""
    element(
        parent, "rect", f"tl-soft tl-side{side}{closed}", x=placed.left, y=y - SOFT / 2, width=width, height=SOFT, fill=fill,
        rx=SOFT / 2 if closed else None,
    )  # fmt: skip


def silence_bar(parent: Element, ink: Ink, left: float, right: float, y: float, *, lasts: bool) -> None:
    """The grey bar of a silence; one that lasts fades toward the as-of line."""
    width = max(right - left, 1.5)
    fades = min(FADES, width / 2) if lasts else 0.0
    element(parent, "rect", "tl-silence", x=left, y=y - BAR / 2, width=width - fades, height=BAR)
    if fades:
        element(
            parent, "rect", x=left + width - fades, y=y - BAR / 2, width=fades, height=BAR, fill=ink.fade("silence")
        )


def answer_tick(parent: Element, x: float, y: float) -> None:
    """Where a silence was answered."""
    element(parent, "path", "tl-answer", d=f"M{number(x)},{number(y - 12)}V{number(y + 12)}")


def bin_bar(parent: Element, ink: Ink, found: Bin, base: float, per_act: float, per_wait: float) -> None:
    """A column of counted acts, the surest at the bottom, with its number; below it how many overtures waited."""
    width = max(found.right - found.left - 1.5, 1.0)
    y = base
    for status in STATUSES_IN_ORDER:
        if count := found.counts.get(status, 0):
            height = max(count * per_act, 1.0)
            y -= height
            element(
                parent, "rect", f"tl-part tl-{status} tl-side0", x=found.left, y=y, width=width, height=height,
                fill=ink.hatch(0) if status == "attempted" else None,
            )  # fmt: skip
            if status in ("not_done", "disputed"):
                ends = f"M{number(found.left)},{number(y + height)}L{number(found.left + width)},{number(y)}"
                element(parent, "path", "tl-strike tl-thin tl-side0", d=ends)
    told = f"{found.total:,}"
    if found.total and width_of(told, 10) <= width + 3:
        text(parent, told, found.left + width / 2, y - 3, "tl-total", "middle")
    if found.waiting:
        element(
            parent,
            "rect",
            "tl-waiting",
            x=found.left,
            y=base + 1.5,
            width=width + 1.5,
            height=max(found.waiting * per_wait, 1.0),
        )
