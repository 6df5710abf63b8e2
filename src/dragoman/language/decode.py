"""From the network's scores to a tree and to names: what is decided outside the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def heads_of(scores: Array) -> list[int]:
    """The best tree with one root: for each word the place of its head, -1 for the root.

    ``scores`` [words, 1 + words] hold in column 0 the word as root and in column ``j + 1`` the word ``j`` as its head.
    Each word's own best head is taken where that makes a tree, else the maximum spanning tree (Chu and Liu 1965,
    Edmonds 1967).
    """
    n = len(scores)
    if n == 0:
        return []
    square = np.full((n + 1, n + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    best = square[1:].argmax(1).tolist()
    if best.count(0) != 1 or _cycle([0, *best]):
        # Any tree with one root beats any with two if roots cost more than all other choices can win.
        finite = scores[np.isfinite(scores)]
        square[1:, 0] -= (float(finite.max()) - float(finite.min()) + 1.0) * n
        best = _spanning(square)[1:]
    return [h - 1 for h in best]


def _cycle(heads: Sequence[int]) -> list[int]:
    """The places of one cycle among ``heads`` (place 0 is the root), or an empty list."""
    state = [0] * len(heads)
    state[0] = -1
    for start in range(1, len(heads)):
        at = start
        while state[at] == 0:
            state[at] = start
            at = heads[at]
        if state[at] == start:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            return cycle
        at = start
        while state[at] == start:
            state[at] = -1
            at = heads[at]
    return []


def _spanning(square: Array) -> list[int]:
    """The maximum spanning tree from place 0 by contracting cycles; ``square[i, j]`` scores ``j`` as head of ``i``."""
    n = len(square)
    heads = [0, *square[1:].argmax(1).tolist()]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outer = [i for i in range(n) if not inside[i]]
    m = len(outer)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = square[np.ix_(outer, outer)]
    # Into the cycle: what the tree gains by breaking the cycle at a word and hanging that word outside.
    lost = np.array([square[i, heads[i]] for i in cycle])
    into = square[np.ix_(cycle, outer)] - lost[:, None]
    small[m, :m] = into.max(0)
    enters = into.argmax(0)
    out_of = square[np.ix_(outer, cycle)]
    small[:m, m] = out_of.max(1)
    leaves = out_of.argmax(1)
    small[0] = -np.inf
    solved = _spanning(small)
    for i, head in zip(outer, solved, strict=False):
        heads[i] = outer[head] if head < m else cycle[int(leaves[outer.index(i)])]
    broken = cycle[int(enters[solved[m]])]
    heads[broken] = outer[solved[m]]
    heads[0] = 0
    return heads


class Names:
    """Decodes name scores into BIO labels that hang together: no name goes on that did not begin."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        size = len(labels)
        self._step = np.zeros((size, size))
        self._start = np.zeros(size)
        for b, to in enumerate(labels):
            if to.startswith("I-"):
                self._start[b] = -np.inf
                for a, of in enumerate(labels):
                    if of[2:] != to[2:] or of == "O":
                        self._step[a, b] = -np.inf

    def of(self, scores: Array, words: Sequence[int]) -> list[list[str]]:
        """Labels of each sentence of a batch: ``scores`` [batch, places, labels], ``words`` the sentences' lengths."""
        batch, places, size = scores.shape
        if places == 0:
            return [[] for _ in words]
        total = scores[:, 0].astype(np.float64) + self._start
        back = np.zeros((batch, places, size), dtype=np.intp)
        ends = [total]
        for t in range(1, places):
            paths = total[:, :, None] + self._step
            back[:, t] = paths.argmax(1)
            total = paths.max(1) + scores[:, t]
            ends.append(total)
        found: list[list[str]] = []
        for b, n in enumerate(words):
            if n == 0:
                found.append([])
                continue
            at = int(ends[n - 1][b].argmax())
            path = [at]
            for t in range(n - 1, 0, -1):
                at = int(back[b, t, at])
                path.append(at)
            found.append([self.labels[x] for x in reversed(path)])
        return found


def without_peoples(names: Sequence[str], upos: Sequence[str], feats: Sequence[Mapping[str, str]]) -> list[str]:
    """The labels without names of peoples: "Cubans", "Spanish" are no names in UNER, whatever the training data say of some.

    A person in the plural is a people; a person or place of one word that is an adjective is one's adjective.
    """
    found = list(names)
    for start, label in enumerate(names):
        if label not in ("B-PER", "B-LOC"):
            continue
        end = start + 1
        while end < len(names) and names[end].startswith("I-"):
            end += 1
        plural = label == "B-PER" and feats[end - 1].get("Number") == "Plur"
        if plural or (end - start == 1 and upos[start] == "ADJ"):
            found[start:end] = ["O"] * (end - start)
    return found


def mapping(feats: str) -> dict[str, str]:
    """CoNLL-U's ``A=x|B=y`` as a mapping, empty for ``_``."""
    return {} if feats == "_" else dict(part.split("=", 1) for part in feats.split("|"))
