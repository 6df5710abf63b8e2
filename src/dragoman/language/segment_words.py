"""Where an unspaced run of characters is cut into words, as UD English (EWT, GUM) cuts.

A *chunk* is what stands between two white spaces. Places where a cut is possible are found by rule (a change of letter, digit or sign; a clitic);
whether it is made there is decided by a linear model over the characters and runs around the place, learned from the treebanks
(``training/segment``), because their hyphens, full stops and slashes follow the word more than any rule.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

#: Features of a cut are hashed into this many weights.
CUT_BITS = 16
CUT_MASK = (1 << CUT_BITS) - 1
#: Chunks longer than this are no words of anybody: they are cut at every sign by rule, so that their cost stays linear and small.
LONGEST_CHUNK = 120
#: Chunks longer than this are no text at all (packed data): they stay one word, so that a line without spaces costs next to nothing.
LONGEST_TEXT = 2000

APOSTROPHES = "'’`´ʼ"
#: n't, with what stands for the apostrophe: the cut lies before the n.
_NEGATION = re.compile(rf"(?<=[a-z])n[{APOSTROPHES}]t(?![a-z])", re.IGNORECASE)
#: Words written as one that UD cuts in two, with the place of the cut. The forms without their apostrophe are those that mean nothing else.
_FUSED = {
    **dict.fromkeys(("cannot", "gonna", "gotta", "gotcha", "lemme", "gimme"), 3),
    **dict.fromkeys(("wanna", "outta"), 3),
    **dict.fromkeys(("kinda", "sorta", "lotta", "whatcha"), 4),
    "alot": 1,
    **dict.fromkeys(("dont", "wont", "cant", "arent", "aint"), -2),
    **dict.fromkeys(("didnt", "doesnt", "isnt", "wasnt", "havent", "hasnt", "hadnt", "werent"), -2),
    **dict.fromkeys(("couldnt", "wouldnt", "shouldnt"), -2),
    **dict.fromkeys(("thats", "whats", "theres", "heres"), -1),
    **dict.fromkeys(("im",), -1),
    **dict.fromkeys(("ive", "youre", "theyre", "youve", "theyve", "weve"), -2),
}
_RUNS = re.compile(r"[^\W_]+|_+|\W")
_DIGITS = re.compile(r"\d")
#: Signs before a word that do not belong to an abbreviation.
_EDGE = re.compile(r"^[^\w]+")
#: An address of the web or of mail stays one word whatever signs it holds; what closes the sentence or bracket after it is left to the model.
_ADDRESS = re.compile(
    r"""(?:https?://|ftp://|www\.)\S*?(?=[.,;:!?)\]}>"'’”»]*$)
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \w[\w-]*(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|mil|int|info|co\.[a-z]{2}|pdf|docx?|xlsx?|pptx?|html?|jpe?g|gif|png|txt|zip|exe)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def fused_cut(word: str) -> int:
    """The place at which a word of letters is cut in two, 0 if it is one word."""
    place = _FUSED.get(word.lower(), 0)
    return place if place >= 0 else len(word) + place


def _kind(sign: str) -> str:
    if sign.isalpha():
        return "a"
    return "0" if sign.isdigit() else sign


def places(chunk: str) -> list[int]:
    """Offsets inside the chunk at which a cut is possible, ascending."""
    found = set()
    kinds = [_kind(sign) for sign in chunk]
    for i in range(1, len(chunk)):
        if kinds[i] != kinds[i - 1] or kinds[i] not in "a0":
            found.add(i)
    for clitic in _NEGATION.finditer(chunk):
        found.add(clitic.start())
    for address in _ADDRESS.finditer(chunk):
        found.difference_update(range(address.start() + 1, address.end()))
    return sorted(found)


def collapsed(text: str) -> str:
    """The shape of a text: A for capitals, a for letters, 0 for digits, signs as they are, repetitions once."""
    shape: list[str] = []
    for sign in text:
        if sign.isalpha():
            sign = "A" if sign.isupper() else "a"
        elif sign.isdigit():
            sign = "0"
        if not shape or shape[-1] != sign:
            shape.append(sign)
    return "".join(shape)


def abbreviations() -> dict[str, str]:
    """The abbreviations that are known, without their last full stop, with their kinds ("time unit")."""
    kinds: dict[str, str] = {}
    held = files("dragoman.language").joinpath("segment_abbreviations.toml").read_text("utf-8")
    for kind, listed in tomllib.loads(held).items():
        for word in listed.split():
            kinds[word] = f"{kinds[word]} {kind}" if word in kinds else kind
    return kinds


def abbreviation(low: str, known: Mapping[str, str]) -> str:
    """The kind of abbreviation that a word in small letters, without its last full stop, is: of those known, or by its form."""
    if low in known:
        return known[low]
    if len(low) == 1:
        return "initial" if low.isalpha() else "sign"
    return "dotted" if len(low) > 2 and "." in low and all(len(part) == 1 for part in low.split(".")) else ""


def outlook(chunk: str) -> str:
    """What the model is told of a neighbouring chunk: the kind of its first sign."""
    if not chunk:
        return "$"
    first = chunk[0]
    if first.isupper():
        return "A"
    if first.islower():
        return "a"
    return "0" if first.isdigit() else first


def features(chunk: str, place: int, before: str, following: str, known: Mapping[str, str]) -> list[int]:
    """Hashed features of a cut before ``chunk[place]``.

    ``before`` is the :func:`outlook` of the chunk before, ``following`` the chunk after, empty at the end of the line; ``known`` as
    :func:`abbreviations` gives it.
    """
    low = _DIGITS.sub("0", chunk.lower())
    if len(low) != len(chunk):  # a capital whose small letter is two characters long
        low = chunk
    left, right = low[:place], low[place:]
    p1, p2, p3 = left[-1:], left[-2:], left[-3:]
    n1, n2, n3 = right[:1], right[:2], right[:3]
    edge_left = "^" if place <= 1 else ""
    edge_right = "$" if place >= len(chunk) - 1 else ""
    runs_left, runs_right = _RUNS.findall(left), _RUNS.findall(right)
    word_left = next((r for r in reversed(runs_left) if r[0].isalnum()), "")
    word_right = next((r for r in runs_right if r[0].isalnum()), "")
    shape_left, shape_right = collapsed(chunk[:place]), collapsed(chunk[place:])
    sign = p1 if not p1.isalnum() else n1
    told = [
        f"a{p1}{n1}", f"b{p2}|{n1}", f"c{p1}|{n2}", f"d{p2}|{n2}", f"e{p3}|{n3}", f"f{p3}|{n1}", f"g{p1}|{n3}",
        f"h{edge_left}{p1}|{n1}{edge_right}", f"i{edge_left}{p2}|{n2}{edge_right}",
        f"j{word_left}|{p1}{n1}", f"k{word_right}|{p1}{n1}", f"l{left[-12:]}|{n1}", f"m{right[:12]}|{p1}",
        f"n{shape_left[-4:]}|{shape_right[:4]}", f"o{shape_left[-8:]}|{shape_right[:8]}",
        f"p{word_left}|{sign}|{word_right}|{p1 == sign}", f"q{word_left[:3]}|{p1}{n1}", f"r{word_right[-3:]}|{p1}{n1}",
        f"s{min(len(word_left), 6)}|{p1}{n1}|{min(len(word_right), 6)}", f"t{chunk.count(sign)}|{sign}",
        f"u{word_left[-3:]}|{p1}{n1}", f"v{len(runs_left) == 1}|{len(runs_right) == 1}|{p1}{n1}",
        f"w{collapsed(chunk)[:12]}|{len(shape_left)}",
    ]  # fmt: skip
    if right == ".":
        view = outlook(following)
        stem = _EDGE.sub("", left)
        sort = abbreviation(stem, known)
        told += [
            f"A{view}", f"B{view}|{word_left}", f"C{view}|{shape_left[-6:]}", f"D{view}|{min(len(left), 6)}",
            f"E{following.lower()[:12]}|{view}", f"F{left}", f"G{left}|{following.lower()[:12]}",
            f"H{view}|{'.' in left}|{chunk[0].isupper()}",
            f"I{sort}|{view}",
            f"J{sort}|{view}|{before}|{chunk[0].isupper()}",
            f"K{sort}|{following.lower()[:12]}",
            f"L{sort}|{len(stem) == 1}|{before}",
        ]  # fmt: skip
    return [crc32(f.encode("utf-8", "surrogatepass")) & CUT_MASK for f in told]


def context(before: str, chunk: str, following: str) -> tuple[str, str, str]:
    """All that a chunk's cuts depend on: the neighbours count only for a full stop at its end."""
    return (outlook(before), chunk, following) if chunk[-1] == "." else ("", chunk, "")


class Cutter:
    """Cuts chunks with learned weights. ``weights`` holds ``2 ** CUT_BITS`` values, ``bias`` is added to their sum."""

    #: Chunks are remembered up to this number; then the memory starts anew.
    MEMORY = 50_000

    def __init__(self, weights: npt.NDArray[np.generic], bias: int, known: Mapping[str, str]) -> None:
        self._weights: list[int] = weights.tolist()
        self._bias = bias
        self._abbreviations = known
        self._known: dict[tuple[str, str, str], tuple[int, ...]] = {}

    def cuts(self, before: str, chunk: str, following: str) -> tuple[int, ...]:
        """Offsets at which the chunk is cut, ascending, without 0 and its length; ``before`` and ``following`` are its neighbours."""
        if chunk.isalpha():
            place = fused_cut(chunk)
            return (place,) if place else ()
        if len(chunk) > LONGEST_CHUNK:
            return self._plainly(chunk)
        key = context(before, chunk, following)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= self.MEMORY:
                self._known.clear()
            found = self._known[key] = self._decide(*key)
        return found

    def _decide(self, before: str, chunk: str, following: str) -> tuple[int, ...]:
        weights, known = self._weights, self._abbreviations
        made = [
            i
            for i in places(chunk)
            if sum(weights[f] for f in features(chunk, i, before, following, known)) + self._bias > 0
        ]
        return tuple(with_fused(chunk, made))

    @staticmethod
    def _plainly(chunk: str) -> tuple[int, ...]:
        if len(chunk) > LONGEST_TEXT:
            return ()
        address = _ADDRESS.match(chunk)
        keep = address.end() if address else 0
        starts = [m.start() for m in _RUNS.finditer(chunk, keep)]
        return tuple(i for i in starts if i)


def with_fused(chunk: str, made: list[int]) -> list[int]:
    """The cuts, and those inside the words of letters between them ("dont," is "do", "nt", ",")."""
    bounds = [0, *made, len(chunk)]
    extra = [a + place for a, b in pairwise(bounds) if b - a > 1 and (place := fused_cut(chunk[a:b]))]
    return sorted(made + extra) if extra else made
