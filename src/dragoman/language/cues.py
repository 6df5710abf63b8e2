"""Which words stand in a cue of attribution ("fears that", "made no secret of"): a small head on the encoder's vectors.

It adds to what a lexicon of reporting knows the long tail of words that tell of somebody's speech, belief, wish or judgement. Each word is seen
with its neighbours, the word it hangs on and those that hang on it. Made by :mod:`training.attribution.train`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.errors import LanguageError

Floats = npt.NDArray[np.float32]

SHIPPED = Path(__file__).parent / "cues.npz"
#: Parts of speech and relations (without subtypes) of Universal Dependencies, in the order of the head's embeddings.
_PARTS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
UPOS = tuple(_PARTS.split())
_KINDS = (
    "acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse dislocated expl fixed flat goeswith iobj"
    " list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp"
)
RELATIONS = tuple(_KINDS.split())
#: Neighbours that a word is seen with, counted from it.
NEAR = (-2, -1, 0, 1, 2)
#: Rows of one product of matrices. Every product has this size whatever the batch, so that it is the same product every time; and it is so small
#: that the numerics library does not wake its threads for it (OpenBLAS does from 2 ** 18 multiplications on).
ROWS = 16
_UPOS = {name: n for n, name in enumerate(UPOS)}
_RELATIONS = {name: n for n, name in enumerate(RELATIONS)}


class Cues:
    """The head; ``held`` maps the names of :data:`PARTS` to its arrays."""

    PARTS = ("inner", "inner_bias", "upos", "relation", "near", "near_bias", "tree", "tree_bias", "last", "last_bias")

    def __init__(self, held: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._held = {name: np.asarray(held[name], dtype=np.float32) for name in self.PARTS}

    @classmethod
    def open(cls, path: Path = SHIPPED) -> Cues:
        """The head that ships. Raises :class:`LanguageError` if its file is missing or broken."""
        try:
            with np.load(path) as held:
                return cls(dict(held))
        except (OSError, ValueError, KeyError) as error:
            raise LanguageError(f"The cues in {path} cannot be read ({error}): install dragoman again.") from error

    def of(
        self, vectors: Floats, upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]
    ) -> tuple[bool, ...]:
        """For each word of one sentence whether it is taken for part of a cue; see :meth:`odds`."""
        return tuple((self.odds(vectors, upos, heads, relations) > 0).tolist())

    def odds(self, vectors: Floats, upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> Floats:
        """For each word of one sentence the log odds that it stands in a cue; above 0 it is taken for one.

        ``vectors`` [words, width] are the encoder's, ``heads`` count from 0, -1 for the root, ``relations`` may have subtypes.
        """
        held, count = self._held, len(upos)
        size = -(-count // ROWS) * ROWS
        padded = np.zeros((size, vectors.shape[1]), np.float32)
        padded[:count] = vectors
        tags = np.concatenate((
            held["upos"][[_UPOS.get(u, _UPOS["X"]) for u in upos]],
            held["relation"][[_RELATIONS.get(r.split(":", 1)[0], _RELATIONS["dep"]) for r in relations]],
        ), axis=1)  # fmt: skip
        word = np.zeros((size, held["inner"].shape[1] + tags.shape[1]), np.float32)
        word[:count, : -tags.shape[1]] = _layer(padded, held["inner"], held["inner_bias"])[:count]
        word[:count, -tags.shape[1] :] = tags
        near = _layer(_neighbours(word), held["near"], held["near_bias"])
        above, below = np.zeros_like(word), np.zeros_like(word)
        own = [i for i, h in enumerate(heads) if h >= 0]
        over = [heads[i] for i in own]
        above[own] = word[over]
        np.add.at(below, over, word[own])
        settled = _layer(np.concatenate((near, word, above, below), axis=1), held["tree"], held["tree_bias"])
        return np.asarray((settled * held["last"]).sum(axis=1)[:count] + held["last_bias"], np.float32)


def _neighbours(word: Floats) -> Floats:
    """Each row beside those at :data:`NEAR`, zeros beyond the ends."""
    reach = NEAR[-1]
    wide = np.zeros((len(word) + 2 * reach, word.shape[1]), np.float32)
    wide[reach : reach + len(word)] = word
    return np.concatenate([wide[reach + step : reach + step + len(word)] for step in NEAR], axis=1)


def _layer(rows: Floats, weights: Floats, bias: Floats) -> Floats:
    """One layer over the rows, a few rows at a time."""
    made = rows.reshape(-1, ROWS, rows.shape[1]) @ weights
    return np.asarray(np.maximum(made.reshape(len(rows), -1) + bias, 0), np.float32)
