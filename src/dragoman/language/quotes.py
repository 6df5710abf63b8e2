"""Pairs quotation marks across sentences and paragraphs.

Newspapers open every paragraph of a quotation that goes on and close it once, at its end. A mark that nobody closes
ends with its paragraph, unless the next one opens with a mark again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OPENING, CLOSING, EITHER = frozenset("“«„‟"), frozenset("”»"), frozenset({'"', "``", "''", "＂"})
#: A single mark quotes where it stands as a word of its own and is punctuation, else it is an apostrophe.
SINGLE_OPENING, SINGLE_EITHER = "‘", frozenset({"'", "’", "`"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A word as the pairing sees it."""

    form: str
    sentence: int
    word: int
    paragraph: int
    punctuation: bool
    space_before: bool
    space_after: bool


def quoted(words: Sequence[Mark], sentences: int) -> list[tuple[tuple[int, int], ...]]:
    """For each sentence the stretches (places of first and last word) inside quotation marks, the marks left out."""
    inside = _inside(words)
    found: list[list[tuple[int, int]]] = [[] for _ in range(sentences)]
    for word, yes in zip(words, inside, strict=True):
        if not yes:
            continue
        spans = found[word.sentence]
        if spans and spans[-1][1] == word.word - 1:
            spans[-1] = (spans[-1][0], word.word)
        else:
            spans.append((word.word, word.word))
    return [tuple(x) for x in found]


def _inside(words: Sequence[Mark]) -> list[bool]:
    inside = [False] * len(words)
    kind, opened = "", 0
    for i, word in enumerate(words):
        starts = i == 0 or words[i - 1].paragraph != word.paragraph
        turn = _turn(word, kind, starts)
        if kind and starts and turn != kind:
            # Nobody closed it and this paragraph does not take it up: it ended with the last paragraph.
            kind = ""
            turn = _turn(word, kind, starts)
        if not kind:
            if turn:
                kind, opened = turn, i
            continue
        if turn == kind and starts:
            _fill(inside, opened, i)
            opened = i
        elif turn == f"/{kind}":
            _fill(inside, opened, i)
            kind = ""
    if kind:
        last = words[opened].paragraph
        _fill(inside, opened, next((i for i in range(opened, len(words)) if words[i].paragraph != last), len(words)))
    return inside


def _fill(inside: list[bool], opened: int, closed: int) -> None:
    inside[opened + 1 : closed] = [True] * max(0, closed - opened - 1)


def _turn(word: Mark, kind: str, starts: bool) -> str:
    """What a word does: ``double`` or ``single`` opens, ``/double`` or ``/single`` closes, empty does neither."""
    form = word.form
    if form in OPENING:
        return "double"
    if form in CLOSING:
        return "/double"
    if form in EITHER:
        if starts:
            return "double"
        if kind == "double":
            return "/double"
        return "double" if not word.space_after or word.space_before else ""
    if not word.punctuation or kind == "double":
        return ""
    if form == SINGLE_OPENING:
        return "single"
    if form in SINGLE_EITHER:
        if kind == "single":
            return "/single"
        return "single" if form != "’" and not word.space_after else ""
    return ""
