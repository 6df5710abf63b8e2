"""Train the head that knows cues of attribution: ``python -m training.attribution.train --data DIR``.

Writes ``src/dragoman/language/cues.npz`` from the sentences of :mod:`training.attribution.data` and the language network as it ships (or as
``--model`` has it), which stays as it is: the texts are read by it once and the head learns from its vectors and trees. Our own sentences show the
long tail of cues; running text with the cues that the lexicon finds shows how the common ones look and how seldom any stand. Seeded, on one
core, about three minutes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.language import Language
from dragoman.language.cues import NEAR, RELATIONS, SHIPPED, UPOS, Cues
from dragoman.language.network import SHIPPED as NETWORK
from dragoman.language.network import Network
from dragoman.language.segment import Segmenter
from training.attribution.data import Example, examples, plain

#: Width of the encoder's vectors, of the head's layers, and of what a part of speech and a relation are told as.
WIDTH, HIDDEN, TAG = 384, 32, 8
EPOCHS, BATCH, RATE, WARM, DECAY = 4, 32, 2e-3, 50, 0.01
#: How often a sentence of ours is shown in an epoch, and how much one of running text counts beside it.
OFTEN, SHARE = 5, 0.5
#: Chances of dropping a value of the vectors, of the inner layer, of the last one.
DROP_VECTOR, DROP_INNER, DROP_LAST = 0.3, 0.2, 0.3
#: Log odds from which a word is taken for a cue: above 0, for what the lexicon knows needs no second voice, and our sentences hold more cues than
#: news does. Chosen on the development part of PolNeAR, of which nothing else is used.
THRESHOLD = 0.5


@dataclass(frozen=True)
class Read:
    """One sentence as the head learns from it; ``asked`` is how much each word's answer counts."""

    vectors: npt.NDArray[np.float32]
    upos: npt.NDArray[np.int64]
    relations: npt.NDArray[np.int64]
    heads: npt.NDArray[np.int64]
    cues: npt.NDArray[np.float32]
    asked: npt.NDArray[np.float32]


def read(language: Language, of: Iterable[Example], share: float) -> list[Read]:
    """The network's vectors and trees of the sentences, beside their cues; each counts as ``share`` says."""
    known = list(of)
    found = []
    for example, v in zip(known, language.vectors([x.sentence for x in known]), strict=True):
        tokens = example.sentence.tokens
        found.append(Read(
            np.asarray(v, np.float32),
            np.array([UPOS.index(t.upos) for t in tokens]),
            np.array([RELATIONS.index(t.relation) for t in tokens]),
            np.array([t.head for t in tokens]),
            np.array(example.cues, np.float32),
            np.array(example.asked, np.float32) * share,
        ))  # fmt: skip
    return found


class Head(nn.Module):
    """:class:`dragoman.language.cues.Cues` while it learns."""

    def __init__(self) -> None:
        super().__init__()
        word = HIDDEN + 2 * TAG
        self.inner = nn.Linear(WIDTH, HIDDEN)
        self.upos = nn.Embedding(len(UPOS), TAG)
        self.relation = nn.Embedding(len(RELATIONS), TAG)
        self.near = nn.Conv1d(word, HIDDEN, len(NEAR), padding=NEAR[-1])
        self.tree = nn.Linear(HIDDEN + 3 * word, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)

    def forward(self, vectors: Tensor, upos: Tensor, relations: Tensor, heads: Tensor, there: Tensor) -> Tensor:
        """Log odds [batch, words]; ``there`` is 0 where no word stands."""
        x = F.dropout(vectors, DROP_VECTOR, self.training)
        inner = F.dropout(F.relu(self.inner(x)), DROP_INNER, self.training)
        word = torch.cat([inner, self.upos(upos), self.relation(relations)], -1) * there[..., None]
        near = F.relu(self.near(word.transpose(1, 2))).transpose(1, 2)
        at = heads.clamp(min=0)[..., None].expand(-1, -1, word.shape[-1])
        own = (heads >= 0)[..., None]
        above = torch.gather(word, 1, at) * own
        below = torch.zeros_like(word).scatter_add(1, at, word * own)
        settled = F.relu(self.tree(torch.cat([near, word, above, below], -1)))
        return self.last(F.dropout(settled, DROP_LAST, self.training))[..., 0]

    def held(self) -> dict[str, npt.NDArray[np.float16]]:
        """The arrays as :class:`Cues` takes them, in half precision."""
        made = {"inner": self.inner.weight.T, "inner_bias": self.inner.bias}
        made |= {"upos": self.upos.weight, "relation": self.relation.weight}
        made |= {"near": self.near.weight.permute(2, 1, 0).reshape(-1, HIDDEN), "near_bias": self.near.bias}
        made |= {"tree": self.tree.weight.T, "tree_bias": self.tree.bias}
        made |= {"last": self.last.weight[0], "last_bias": self.last.bias[0] - THRESHOLD}
        return {name: made[name].detach().numpy().astype(np.float16) for name in Cues.PARTS}


def batch(of: Sequence[Read]) -> tuple[tuple[Tensor, ...], Tensor, Tensor]:
    """What the head is given, the answers, and how much they count; filled up to the longest."""
    longest = max(len(x.cues) for x in of)
    vectors = torch.zeros(len(of), longest, WIDTH)
    whole = [torch.zeros(len(of), longest, dtype=torch.long) for _ in range(2)]
    heads = torch.full((len(of), longest), -1)
    there, cues, asked = (torch.zeros(len(of), longest) for _ in range(3))
    for n, x in enumerate(of):
        size = len(x.cues)
        vectors[n, :size] = torch.from_numpy(x.vectors)
        for row, values in zip(
            (*whole, heads, cues, asked), (x.upos, x.relations, x.heads, x.cues, x.asked), strict=True
        ):
            row[n, :size] = torch.from_numpy(values)
        there[n, :size] = 1
    return (vectors, *whole, heads, there), cues, asked


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
            given, cues, asked = batch([of[n] for n in chosen])
            each = F.binary_cross_entropy_with_logits(head(*given), cues, reduction="none")
            loss = (each * asked).sum() / (asked > 0).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss_sum, step = loss_sum + loss.item(), step + 1
        print(f"epoch {epoch}: {loss_sum / len(order):.5f}", flush=True)
    return head.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/ and MEANTIME")
    parser.add_argument("--model", type=Path, default=NETWORK)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    network = Network(given.model, threads=1, batch_words=512, cues=None)
    language = Language(network, Segmenter.open(network))
    ours = read(language, examples(language), 1.0)
    print(f"{len(ours):,} sentences of ours, {sum(x.cues.sum() for x in ours):,.0f} words in cues", flush=True)
    others = read(language, plain(language, given.data, random.Random(given.seed)), SHARE)
    print(
        f"{len(others):,} sentences of running text, {sum(x.cues.sum() for x in others):,.0f} words in cues", flush=True
    )
    np.savez_compressed(given.out, **train(OFTEN * ours + others, given.seed, given.epochs).held())  # type: ignore[arg-type]
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
