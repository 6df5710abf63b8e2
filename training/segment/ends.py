"""Train the head on the encoder that gives the second opinion: ``python -m training.segment.ends --data DIR``.

Writes ``src/dragoman/language/segment_ends.npz`` from the treebanks in DIR and the language network as it ships (or as ``--model`` has it), which
stays as it is: the texts are read by it once and the head learns from its vectors. Seeded, on one core, about ten minutes. ``--all`` learns from the
dev sets too, as the file that ships does; :mod:`training.segment.mix` measures on them a file made without.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.language.network import SHIPPED, Network
from dragoman.language.segment_second import AROUND, NEAR, Ends
from training.segment.__main__ import ABBREVIATE, JOIN, MEASURED_ON, TRAINED_ON
from training.segment.data import documents, varied
from training.segment.stretches import UNKNOWN, Piece, pieces

OUT = Path(__file__).parents[2] / "src" / "dragoman" / "language" / "segment_ends.npz"
#: Width of the encoder's vectors and of the head's layers.
WIDTH, HIDDEN = 384, 96
#: How often the texts are read, each time cut elsewhere, run together and abbreviated otherwise.
PASSES = 3
EPOCHS, BATCH, RATE, WARM, DECAY = 5, 32, 2e-3, 100, 0.01
#: Chances of dropping a value of the vectors, of the inner layers, of the last one.
DROP_VECTOR, DROP_INNER, DROP_LAST = 0.3, 0.2, 0.3
Read = tuple[npt.NDArray[np.float16], npt.NDArray[np.intp]]


def read(network: Network, of: Sequence[Piece]) -> list[Read]:
    """The network's vectors of stretches, beside their ends; without those beyond its reach."""
    fitting = [piece for piece in of if network.fits(piece[0])]
    made: list[Read] = []
    for at in range(0, len(fitting), 500):
        some = fitting[at : at + 500]
        vectors = network.vectors([forms for forms, _ in some])
        made += [(v.astype(np.float16), np.array(ends)) for v, (_, ends) in zip(vectors, some, strict=True)]
    return made


class Head(nn.Module):
    """:class:`dragoman.language.segment_second.Ends` while it learns."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(WIDTH, HIDDEN)
        self.near = nn.Conv1d(HIDDEN, HIDDEN, len(NEAR))
        self.around = nn.Conv1d(2 * HIDDEN, HIDDEN, len(AROUND))
        self.last = nn.Linear(HIDDEN, 1)

    def forward(self, vectors: Tensor, word: Tensor) -> Tensor:
        """Log odds [batch, words] from vectors [batch, words, width]; ``word`` is 0 where nothing stands."""
        x = F.dropout(vectors, DROP_VECTOR, self.training)
        inner = F.dropout(F.relu(self.inner(x)) * word[..., None], DROP_INNER, self.training).transpose(1, 2)
        near = F.relu(self.near(F.pad(inner, (-NEAR[0], NEAR[-1])))) * word[:, None]
        both = F.pad(torch.cat([inner, near], 1), (-AROUND[0], AROUND[-1]))
        settled = F.dropout(F.relu(self.around(both)), DROP_LAST, self.training)
        return self.last(settled.transpose(1, 2))[..., 0]

    def held(self) -> dict[str, npt.NDArray[np.float16]]:
        """The arrays as :class:`Ends` takes them, in half precision."""
        made = {"inner": self.inner.weight.T, "inner_bias": self.inner.bias}
        made |= {"near": self.near.weight.permute(2, 1, 0), "near_bias": self.near.bias}
        made |= {"around": self.around.weight.permute(2, 1, 0), "around_bias": self.around.bias}
        made |= {"last": self.last.weight[0], "last_bias": self.last.bias[0]}
        return {name: made[name].detach().numpy().astype(np.float16) for name in Ends.PARTS}


def batch(of: Sequence[Read]) -> tuple[Tensor, Tensor, Tensor]:
    """Vectors, ends and which places are words, filled up to the longest."""
    longest = max(len(ends) for _, ends in of)
    vectors = torch.zeros(len(of), longest, WIDTH)
    ends, word = torch.full((len(of), longest), UNKNOWN), torch.zeros(len(of), longest)
    for n, (v, e) in enumerate(of):
        vectors[n, : len(e)] = torch.from_numpy(v.astype(np.float32))
        ends[n, : len(e)] = torch.from_numpy(e)
        word[n, : len(e)] = 1
    return vectors, ends, word


def train(of: Sequence[Read], seed: int, epochs: int) -> Head:
    """The head, trained."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    head = Head()
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    total = epochs * (len(of) // BATCH)
    step = 0
    for epoch in range(epochs):
        order = draw.permutation(len(of))[: len(of) // BATCH * BATCH].reshape(-1, BATCH)
        loss_sum = 0.0
        for chosen in order:
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / total)
            vectors, ends, word = batch([of[n] for n in chosen])
            known = ends != UNKNOWN
            loss = F.binary_cross_entropy_with_logits(head(vectors, word)[known], ends[known].float())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss_sum, step = loss_sum + loss.item(), step + 1
        print(f"epoch {epoch}: {loss_sum / len(order):.5f}", flush=True)
    return head.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--all", action="store_true", help="learn from the dev sets as well: for the file that ships")
    given = parser.parse_args()
    used = (*TRAINED_ON, *MEASURED_ON) if given.all else TRAINED_ON
    known = [document for name in used for document in documents(given.data / f"{name}.conllu.gz")]
    network = Network(given.model, threads=1, batch_words=1024)
    dice = random.Random(given.seed)
    shown: list[Read] = []
    for number in range(given.passes):
        texts = varied(known, dice, join=JOIN, abbreviate=ABBREVIATE)
        shown += read(network, list(pieces(texts, dice)))
        print(f"read {number + 1} of {given.passes}: {len(shown):,} stretches", flush=True)
    np.savez_compressed(given.out, **train(shown, given.seed, given.epochs).held())  # type: ignore[arg-type]
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
