"""Logistic regression over hashed features, in numpy: Adagrad, minibatches, seeded."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def pack(rows: list[list[int]], empty: int) -> npt.NDArray[np.int32]:
    """Rows of unequal length as one array, filled up with ``empty``."""
    width = max(map(len, rows))
    return np.array([row + [empty] * (width - len(row)) for row in rows], dtype=np.int32)


def train(
    rows: npt.NDArray[np.int32],
    gold: npt.NDArray[np.float32],
    counts: npt.NDArray[np.float32],
    *,
    size: int,
    epochs: int,
    seed: int,
    rate: float = 0.1,
    decay: float = 1e-6,
    drop: float = 0.1,
    batch: int = 256,
) -> tuple[npt.NDArray[np.float32], float]:
    """Weights (``size`` of them) and bias; ``rows`` may hold ``size`` itself as "no feature"; ``counts`` weigh the samples."""
    draw = np.random.default_rng(seed)
    weights, bias = np.zeros(size + 1, np.float32), 0.0
    squares = np.full(size + 1, 1e-2, np.float32)
    total, steps = np.zeros(size + 1, np.float64), 0
    for epoch in range(epochs):
        order = draw.permutation(len(rows))
        for at in range(0, len(order), batch):
            pick = order[at : at + batch]
            idx = rows[pick]
            if drop:
                idx = np.where(draw.random(idx.shape, dtype=np.float32) < drop, size, idx)
            odds = weights[idx].sum(axis=1) + bias
            error = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - gold[pick]) * counts[pick]
            flat = idx.ravel()
            gradient = np.bincount(flat, np.repeat(error, idx.shape[1]), minlength=0)
            touched = np.unique(flat)
            g = gradient[touched].astype(np.float32) + decay * weights[touched]
            squares[touched] += g * g
            weights[touched] -= rate * g / np.sqrt(squares[touched])
            weights[size] = 0
            bias -= rate * 0.02 * float(error.mean())
        if epoch >= epochs // 2:
            total += weights
            steps += 1
    return (total / steps)[:size].astype(np.float32), bias
