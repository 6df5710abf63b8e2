"""Treebanks as texts: sentences joined by single spaces, words with their offsets."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """One document: its text, the spans of its words, and the number of words of each sentence."""

    text: str
    spans: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]


def texts(path: Path) -> list[Text]:
    """The documents of a gzipped CoNLL-U file (borders at ``# newdoc``), each as the text that its words and ``SpaceAfter=No`` make."""
    made: list[Text] = []
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    lengths: list[int] = []
    at = count = 0

    def close() -> None:
        nonlocal parts, spans, lengths, at
        if spans:
            made.append(Text("".join(parts).rstrip(), tuple(spans), tuple(lengths)))
        parts, spans, lengths, at = [], [], [], 0

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if row[0].startswith("# newdoc"):
                close()
            elif row[0].isdigit():
                form = row[1]
                spans.append((at, at + len(form)))
                space = "" if "SpaceAfter=No" in row[9] else " "
                parts.append(form + space)
                at += len(form) + len(space)
                count += 1
            elif count:
                lengths.append(count)
                count = 0
    if count:
        lengths.append(count)
    close()
    return made
