"""The network of :mod:`dragoman.language.segment_network` in floating point, with its training: numpy, Adam, seeded, one core.

While it learns where sentences end it also says each word's part of speech and relation, which keeps it from learning the treebank by heart;
those two heads are not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.language.segment import Word, laid_out
from dragoman.language.segment_gaps import GAP_BITS, GAP_TEMPLATES, VOID, columns, hashed
from dragoman.language.segment_network import AROUND, FAR, LIMIT, NEAR, ROW_BITS, WORD_TEMPLATES
from dragoman.language.segment_words import abbreviations
from training.segment.data import Text

Floats = npt.NDArray[np.float32]

WIDTH, HIDDEN, LAST = 48, 64, 64
#: Positions in one step, and what a step's gradient is divided by.
BATCH, SHARE = 1024, 64
RATE, DECAY, WARM = 2e-3, 0.01, 200
#: Chances of dropping one of a word's embeddings, a hidden value, a value of the last layer.
DROP_ROW, DROP_HIDDEN, DROP_LAST = 0.25, 0.2, 0.3


@dataclass(frozen=True)
class Laid:
    """Texts laid out as the segmenter lays out lines: per position the rows of its embeddings, whether it is a word, and what is known of it."""

    rows: npt.NDArray[np.int32]
    word: Floats
    ends: Floats
    judged: npt.NDArray[np.bool_]
    upos: npt.NDArray[np.intp]
    relations: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]
    gaps: npt.NDArray[np.uint32]


def lay(of: list[Text], tags: tuple[dict[str, int], dict[str, int]], *, gaps: bool = False) -> Laid:
    """The texts as arrays; a tag not in ``tags`` is -1; with ``gaps`` also the linear model's features of each gap."""
    lines = [[Word(t.text[a:b], a, b) for a, b in t.spans] for t in of]
    table, forms, spaced, places = laid_out(lines, abbreviations())
    told = columns(table, forms, spaced)
    size = len(forms)
    ends, judged = np.zeros(size, np.float32), np.zeros(size, np.bool_)
    ends[places[np.cumsum([n for t in of for n in t.lengths]) - 1]] = 1
    judged[places] = True
    judged[places[np.cumsum([len(line) for line in lines]) - 1]] = False
    upos, relations = np.full(size, -1), np.full(size, -1)
    upos[places] = [tags[0].get(row.upos, -1) for t in of for row in t.rows]
    relations[places] = [tags[1].get(row.relation, -1) for t in of for row in t.rows]
    rows = hashed(told, np.arange(size), WORD_TEMPLATES, ROW_BITS).T.astype(np.int32)
    word = (told["kind"] != VOID).astype(np.float32)[:, None]
    features = hashed(told, places, GAP_TEMPLATES, GAP_BITS).T if gaps else np.empty((0, 0), np.uint32)
    return Laid(rows, word, ends, judged, upos, relations, places, features)


def neighbours(values: Floats, offsets: tuple[int, ...]) -> Floats:
    """Side by side the values at each offset, nothing beyond the edges."""
    count, edge = len(values), max(map(abs, offsets))
    padded = np.pad(values, ((edge, edge), (0, 0)))
    return np.concatenate([padded[edge + o : edge + o + count] for o in offsets], axis=1)


def gathered(gradient: npt.NDArray[np.floating], offsets: tuple[int, ...], width: int) -> Floats:
    """The gradient of :func:`neighbours`."""
    count, edge = len(gradient), max(map(abs, offsets))
    padded = np.zeros((count + 2 * edge, width), np.float32)
    for number, o in enumerate(offsets):
        padded[edge + o : edge + o + count] += gradient[:, number * width : (number + 1) * width]
    return padded[edge : edge + count]


class Net:
    """The network while it learns."""

    def __init__(self, seed: int, upos: int, relations: int, aside: float) -> None:
        draw = np.random.default_rng(seed)

        def matrix(a: int, b: int) -> Floats:
            return (draw.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32)

        self.parts: dict[str, Floats] = {
            "rows": (draw.standard_normal((1 << ROW_BITS, WIDTH)) * 0.15).astype(np.float32),
            "near": matrix(len(NEAR) * WIDTH, HIDDEN), "near_bias": np.zeros(HIDDEN, np.float32),
            "far": matrix(len(FAR) * HIDDEN, HIDDEN), "far_bias": np.zeros(HIDDEN, np.float32),
            "around": matrix(len(AROUND) * 2 * HIDDEN, LAST), "around_bias": np.zeros(LAST, np.float32),
            "last": matrix(LAST, 1) * np.float32(0.5), "bias": np.full(1, -2, np.float32),
            "upos": matrix(2 * HIDDEN, upos), "relations": matrix(2 * HIDDEN, relations),
        }  # fmt: skip
        self.seen = np.zeros(1 << ROW_BITS, np.bool_)
        self._aside = aside
        self._first = {name: np.zeros_like(part) for name, part in self.parts.items()}
        self._second = {name: np.zeros_like(part) for name, part in self.parts.items()}
        self._steps = 0

    def forward(
        self, rows: npt.NDArray[np.int32], word: Floats, draw: np.random.Generator | None = None
    ) -> dict[str, Floats]:
        """Activations by name, the log odds under ``odds``; with ``draw`` values are dropped."""
        parts = self.parts

        def kept(shape: tuple[int, ...], chance: float) -> Floats:
            if draw is None:
                return np.ones(shape, np.float32)
            return (draw.random(shape, dtype=np.float32) > chance).astype(np.float32) / np.float32(1 - chance)

        a: dict[str, Floats] = {"keep": kept(rows.shape, DROP_ROW)}
        a["summed"] = np.einsum("nkd,nk->nd", parts["rows"][rows], a["keep"])
        a["near_in"] = neighbours(np.clip(a["summed"], -1, 1) * word, NEAR)
        a["near_sum"] = a["near_in"] @ parts["near"] + parts["near_bias"]
        a["near_keep"] = kept(a["near_sum"].shape, DROP_HIDDEN) * word * (a["near_sum"] > 0)
        near = a["near_sum"] * a["near_keep"]
        a["far_in"] = neighbours(near, FAR)
        a["far_sum"] = a["far_in"] @ parts["far"] + parts["far_bias"]
        a["far_keep"] = kept(a["far_sum"].shape, DROP_HIDDEN) * word * (a["far_sum"] > 0)
        a["hidden"] = np.concatenate((near, a["far_sum"] * a["far_keep"]), axis=1)
        a["around_in"] = neighbours(a["hidden"], AROUND)
        a["around_sum"] = a["around_in"] @ parts["around"] + parts["around_bias"]
        a["around_keep"] = kept(a["around_sum"].shape, DROP_LAST) * (a["around_sum"] > 0)
        a["settled"] = a["around_sum"] * a["around_keep"]
        a["odds"] = (a["settled"] @ parts["last"])[:, 0] + parts["bias"][0]
        return a

    def _head(self, name: str, hidden: Floats, gold: npt.NDArray[np.intp], found: dict[str, Floats]) -> Floats:
        known = gold >= 0
        odds = hidden[known] @ self.parts[name]
        chances = np.exp(odds - odds.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        chances[np.arange(len(chances)), gold[known]] -= 1
        chances *= self._aside / 16
        found[name] = hidden[known].T @ chances
        back = np.zeros_like(hidden)
        back[known] = chances @ self.parts[name].T
        return back

    def learn(self, laid: Laid, part: slice, rate: float, draw: np.random.Generator) -> float:
        """One step over a part of the positions; returns its loss."""
        rows, word, judged, ends = laid.rows[part], laid.word[part], laid.judged[part], laid.ends[part]
        a = self.forward(rows, word, draw)
        chance = 1 / (1 + np.exp(-np.clip(a["odds"], -30, 30)))
        loss = -(np.log(np.where(ends > 0, chance, 1 - chance) + 1e-9) * judged).sum()
        error = ((chance - ends) * judged / SHARE).astype(np.float32)[:, None]
        parts = self.parts
        found: dict[str, Floats] = {}
        found["last"], found["bias"] = a["settled"].T @ error, error.sum(axis=0)
        back = (error * parts["last"].T) * a["around_keep"]
        found["around"], found["around_bias"] = a["around_in"].T @ back, back.sum(axis=0)
        hidden = gathered(back @ parts["around"].T, AROUND, 2 * HIDDEN)
        if self._aside:
            hidden += self._head("upos", a["hidden"], laid.upos[part], found)
            hidden += self._head("relations", a["hidden"], laid.relations[part], found)
        back = hidden[:, HIDDEN:] * a["far_keep"]
        found["far"], found["far_bias"] = a["far_in"].T @ back, back.sum(axis=0)
        back = (hidden[:, :HIDDEN] + gathered(back @ parts["far"].T, FAR, HIDDEN)) * a["near_keep"]
        found["near"], found["near_bias"] = a["near_in"].T @ back, back.sum(axis=0)
        back = gathered(back @ parts["near"].T, NEAR, WIDTH) * (np.abs(a["summed"]) < 1) * word
        self._adam(found, rate)
        self._adam_rows(rows, back, a["keep"], rate)
        return float(loss)

    def _adam(self, found: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        step = rate * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        for name, gradient in found.items():
            first, second, part = self._first[name], self._second[name], self.parts[name]
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient**2 - second)
            part -= (step * first / (np.sqrt(second) + 1e-8)).astype(np.float32)
            if part.ndim == 2:
                part *= 1 - rate * DECAY

    def _adam_rows(self, rows: npt.NDArray[np.int32], back: Floats, keep: Floats, rate: float) -> None:
        """Adam on those embeddings alone that the step touched."""
        flat = rows.ravel()
        order = np.argsort(flat, kind="stable")
        in_order = flat[order]
        starts = np.flatnonzero(np.concatenate(([True], in_order[1:] != in_order[:-1])))
        each = back[order // rows.shape[1]] * keep.ravel()[order][:, None]
        touched, gradient = in_order[starts], np.add.reduceat(each, starts, axis=0)
        step = rate * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        first = self._first["rows"][touched] * 0.9 + 0.1 * gradient
        second = self._second["rows"][touched] * 0.999 + 0.001 * gradient**2
        self._first["rows"][touched], self._second["rows"][touched] = first, second
        self.parts["rows"][touched] -= (step * first / (np.sqrt(second) + 1e-8)).astype(np.float32)
        self.seen[touched] = True


def train(
    net: Net, texts: Callable[[int], Laid], *, epochs: int, seed: int, told: Callable[[int, float], None]
) -> None:
    """Train on what ``texts`` gives for each epoch; ``told`` hears the number and the mean loss of each."""
    draw = np.random.default_rng(seed)
    for epoch in range(epochs):
        laid = texts(epoch)
        starts = np.arange(draw.integers(0, BATCH), len(laid.word) - 1, BATCH)
        draw.shuffle(starts)
        loss = 0.0
        for number, start in enumerate(starts.tolist()):
            done = (epoch + number / len(starts)) / epochs
            warm = min(1.0, (epoch * len(starts) + number + 1) / WARM)
            loss += net.learn(laid, slice(start, start + BATCH), RATE * warm * max(0.02, 1 - done), draw)
        told(epoch, loss / float(laid.judged.sum()))


def whole(net: Net, laid: Laid) -> dict[str, npt.NDArray[np.generic]]:
    """The network in whole numbers, as :class:`dragoman.language.segment_network.Network` takes it; ``laid`` shows how far values reach."""
    parts = net.parts
    sample = slice(0, 60_000)
    a = net.forward(laid.rows[sample], laid.word[sample])
    #: What the limit stands for: the same for all hidden values, so that the two convolutions may stand side by side.
    reach = max(float(np.quantile(a[name][a[name] > 0], 0.9995)) for name in ("hidden", "settled"))
    rows = np.where(net.seen[:, None], np.clip(np.rint(parts["rows"] * LIMIT), -LIMIT, LIMIT), 0).astype(np.int8)
    made: dict[str, npt.NDArray[np.generic]] = {"rows": rows}
    scales: list[float] = []
    unit: float = LIMIT  # whole numbers to one, in the values that come in
    for name, offsets in (("near", NEAR), ("far", FAR), ("around", AROUND)):
        scale = LIMIT / float(np.quantile(np.abs(parts[name]), 0.9999))
        matrix = np.clip(np.rint(parts[name] * scale), -LIMIT, LIMIT).astype(np.int8)
        made[name] = matrix.reshape(len(offsets), -1, matrix.shape[1])
        made[f"{name}_bias"] = np.rint(parts[f"{name}_bias"] * scale * unit).astype(np.int32)
        scales.append(LIMIT / reach / (scale * unit))
        unit = LIMIT / reach
    scale = LIMIT / float(np.abs(parts["last"]).max())
    made["last"] = np.rint(parts["last"][:, 0] * scale).astype(np.int8)
    scales.append(1 / (scale * unit))
    made["scales"] = np.array(scales, np.float32)
    return made
