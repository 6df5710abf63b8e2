"""Train the language network: ``python -m training.language.train --data DIR --encoder DIR --out DIR``.

Runs the legs of :data:`LEGS` one after the other. Seeded, resumable (``--out`` keeps the last state and goes on from
it), logs its figures to ``log.jsonl``. On two cores an epoch over EWT and GUM takes about ten minutes; a GPU is used
where there is one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from dragoman.language.pieces import Pieces
from training.language import data
from training.language.data import Sentence
from training.language.examples import IGNORED, Encoder, Example, Vocabularies, batches
from training.language.network import Network, Shape, load_encoder
from training.language.recipe import LEGS, Leg
from training.language.transfers import transfers

#: How much each head's loss counts: the tree is the hardest and gets the most.
WEIGHTS = {"arcs": 1.0, "labels": 1.0, "upos": 0.4, "feats": 0.4, "scripts": 0.4, "names": 0.6}
#: Our own name sentences.
WRITTEN = Path(__file__).parent / "names"


def padded(rows: Sequence[Sequence[int]], fill: int, device: torch.device) -> Tensor:
    """Rows of unequal length as one matrix."""
    longest = max(map(len, rows))
    return torch.tensor([list(r) + [fill] * (longest - len(r)) for r in rows], device=device)


def scores(network: Network, batch: Sequence[Example], device: torch.device, gold: bool = False) -> dict[str, Tensor]:
    """The network's scores of a batch; with ``gold`` the labels are scored at the gold heads alone (far cheaper)."""
    heads = padded([e.targets["heads"] for e in batch], 0, device).clamp(min=0) if gold else None
    return network(  # type: ignore[no-any-return]
        padded([e.pieces for e in batch], 0, device), padded([e.case for e in batch], 5, device),
        torch.tensor([len(e.pieces) for e in batch], device=device),
        padded([e.first for e in batch], 0, device), padded([e.last for e in batch], 0, device), heads,
    )  # fmt: skip


def loss_of(out: dict[str, Tensor], batch: Sequence[Example], device: torch.device) -> Tensor:
    """The weighted sum of the heads' losses."""
    target = {k: padded([e.targets[k] for e in batch], IGNORED, device) for k in batch[0].targets}
    total = torch.zeros((), device=device)
    for head in ("upos", "feats", "scripts", "names"):
        total = total + WEIGHTS[head] * entropy(out[head].flatten(0, 1), target[head].flatten())
    if any(e.has_tree for e in batch):
        lengths = torch.tensor([e.words for e in batch], device=device)
        places = torch.arange(out["arcs"].shape[2], device=device)
        arcs = out["arcs"].float().masked_fill((places[None, :] > lengths[:, None])[:, None, :], -1e4)
        total = total + WEIGHTS["arcs"] * entropy(arcs.flatten(0, 1), target["heads"].flatten())
        total = total + WEIGHTS["labels"] * entropy(out["labels"].flatten(0, 1), target["labels"].flatten())
    return total


def entropy(of: Tensor, target: Tensor) -> Tensor:
    """Cross entropy summed over the known targets, over their number (0 where none is known)."""
    known = (target != IGNORED).sum().clamp(min=1)
    return F.cross_entropy(of.float(), target, ignore_index=IGNORED, reduction="sum") / known


@torch.no_grad()
def greedy_figures(
    network: Network, groups: list[list[Example]], device: torch.device, v: Vocabularies
) -> dict[str, float]:
    """Quick figures on held-out examples, by best head each (no tree repair): for the log, not for the record."""
    network.eval()
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    plain = [x.split(":")[0] for x in v.labels]
    for batch in groups:
        out = scores(network, batch, device)
        for n, e in enumerate(batch):
            if not e.has_tree:
                continue
            w = e.words
            heads = out["arcs"][n, :w, : w + 1].argmax(-1).tolist()
            for i, h in enumerate(heads):
                best = int(out["labels"][n, :, i, h].argmax())
                gold = e.targets["labels"][i]
                good = h == e.targets["heads"][i]
                right["uas"] += good
                right["las"] += good and gold >= 0 and plain[best] == plain[gold]
            seen["uas"] += w
            seen["las"] += w
            for head in ("upos", "feats", "scripts", "names"):
                said = out[head][n, :w].argmax(-1).tolist()
                for a, b in zip(said, e.targets[head], strict=True):
                    if b != IGNORED:
                        right[head] += a == b
                        seen[head] += 1
    network.train()
    return {k: round(right[k] / seen[k], 4) for k in seen}


class Learner:
    """Takes the gradients of a batch, in parts side by side where there are several workers.

    Threads of Python's, each on its part of the batch, lose less on cores that others use too than the runtime's own
    threads, which wait for each other at every matrix. With more than one the order in which they draw dropout's random
    numbers is not fixed: a run can then be repeated in kind, not to the bit.
    """

    def __init__(self, network: Network, device: torch.device, workers: int) -> None:
        self.network, self.device, self.workers = network, device, workers
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        self.pool = ThreadPoolExecutor(workers, initializer=lambda: torch.set_num_threads(1)) if workers > 1 else None

    def part(self, batch: Sequence[Example]) -> tuple[float, tuple[Tensor | None, ...]]:
        """The loss of some examples, and its gradients."""
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            loss = loss_of(scores(self.network, batch, self.device, gold=True), batch, self.device)
        return loss.item(), torch.autograd.grad(loss, self.parameters, allow_unused=True)

    def backward(self, batch: Sequence[Example]) -> float:
        """Leave the batch's gradients on the parameters; gives the loss."""
        parts = [batch[n :: self.workers] for n in range(self.workers) if len(batch) > n]
        done = list(self.pool.map(self.part, parts)) if self.pool else [self.part(batch)]
        for n, parameter in enumerate(self.parameters):
            found = [part for _, gradients in done if (part := gradients[n]) is not None]
            parameter.grad = sum(found[1:], found[0]) / len(done) if found else None
        return sum(loss for loss, _ in done) / len(done)


def read_sentences(args: argparse.Namespace, of_ours: int) -> list[Sentence]:
    """Training sentences from the folders given, with so many put together by :mod:`training.language.transfers`."""
    ud = args.data / "ud"
    train = data.treebank(ud / "ewt_train.conllu.gz") + data.treebank(ud / "gum_train_free.conllu.gz")
    train += data.treebank(ud / "ewt_dev.conllu.gz")
    train += data.wikigold(args.data / "wikigold.conll.gz")
    train += data.re3d(args.data / "re3d_without_bbc.tar.gz", data.places_of(train))
    for path in sorted(args.written.glob("*.txt")):
        train += data.written(path) * args.written_times
    return train + transfers(of_ours, args.seed)


class Run:
    """A training run: the network, its optimiser and running average, and how far it is (leg, epoch, step of the leg)."""

    def __init__(
        self,
        args: argparse.Namespace,
        network: Network,
        vocabulary: Sequence[str],
        v: Vocabularies,
        device: torch.device,
    ) -> None:
        self.args, self.network, self.vocabulary, self.device = args, network.to(device), list(vocabulary), device
        self.encoder = encoder = Encoder(Pieces(vocabulary), v)
        slow = {id(p) for p in network.encoder_parameters()}
        decay = lambda p: p.dim() > 1  # noqa: E731
        groups = [
            {"params": [p for p in network.parameters() if (id(p) in slow) == s and decay(p) == d],
             "lr": 0.0, "full": args.rate if s else args.head_rate, "weight_decay": 0.01 if d else 0.0}
            for s in (True, False) for d in (True, False)
        ]  # fmt: skip
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.mean = {k: t.detach().clone() for k, t in network.state_dict().items()}
        self.learner = Learner(network, device, args.workers)
        self.leg = self.epoch = self.step = self.steps = 0
        # Held out is GUM's dev part: some of its genres may not be trained on anyway.
        held = data.treebank(args.data / "ud" / "gum_dev.conllu.gz")
        self.held = batches([encoder.example(s) for s in held], args.batch, None)

    def go_on(self, path: Path) -> None:
        """Take up a state that :meth:`keep` left."""
        saved = torch.load(path, weights_only=False)
        self.network.load_state_dict(saved["network"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.mean = saved["mean"]
        self.leg, self.epoch, self.step, self.steps = saved["at"]
        torch.set_rng_state(saved["rng"])

    def keep(self, path: Path) -> None:
        """Leave all that is needed to go on as if nothing had been."""
        at = self.leg, self.epoch, self.step, self.steps
        torch.save({"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(), "mean": self.mean,
                    "at": at, "rng": torch.get_rng_state()}, path)  # fmt: skip

    def run(self, legs: Sequence[Leg]) -> None:
        """All legs that are still to go; after each epoch the state, the average's weights and a line of figures are kept."""
        for number in range(self.leg, len(legs)):
            if number > self.leg:
                self.leg, self.step = number, 0
            leg = legs[number]
            train = read_sentences(self.args, leg.transfers)
            total = int(len(batches([self.encoder.example(s) for s in train], self.args.batch, None)) * leg.epochs)
            while self.step < total:
                self._epoch(leg, train, total)
                self.epoch += 1
                self._report()
                self.keep(self.args.out / "state.pt")

    def _epoch(self, leg: Leg, train: Sequence[Sentence], total: int) -> None:
        args, began, sums, words = self.args, time.monotonic(), 0.0, 0
        dice = random.Random(args.seed * 1000 + self.epoch)
        shown = [self.encoder.shown(s, dice, args) for s in train]
        self.network.train()
        for batch in batches(shown, args.batch, dice):
            if self.step >= total:
                break
            loss = self._learn(batch, leg.share(self.step, total))
            assert math.isfinite(loss)
            sums, words = sums + loss, words + sum(e.words for e in batch)
            if self.step % 50 == 0:
                speed = words / (time.monotonic() - began)
                at = f"leg {self.leg} epoch {self.epoch} step {self.step}/{total}"
                print(f"{at} loss {sums / 50:.3f} words/s {speed:.0f}", flush=True)
                sums, words, began = 0.0, 0, time.monotonic()

    def _learn(self, batch: Sequence[Example], share: float) -> float:
        for group in self.optimiser.param_groups:
            group["lr"] = group["full"] * share
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.learner.backward(batch)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.step += 1
        self.steps += 1
        keep = min(self.args.ema, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            now = self.network.state_dict()
            torch._foreach_lerp_(list(self.mean.values()), [now[k] for k in self.mean], 1 - keep)
        return loss

    def _report(self) -> None:
        """Write the average's weights and what they reach on what is held out."""
        mine = {k: t.clone() for k, t in self.network.state_dict().items()}
        self.network.load_state_dict(self.mean)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            figures = greedy_figures(self.network, self.held, self.device, self.encoder.v)
        kept = {"network": self.mean, "vocabularies": self.encoder.v.__dict__, "pieces": self.vocabulary}
        torch.save(kept, self.args.out / "model.pt")
        self.network.load_state_dict(mine)
        row = {"leg": self.leg, "epoch": self.epoch, "step": self.steps, **figures}
        with (self.args.out / "log.jsonl").open("a", encoding="utf-8") as log:
            print(json.dumps(row), file=log)
        print(json.dumps(row), flush=True)


def arguments() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/, wikigold and re3d")
    parser.add_argument(
        "--encoder", type=Path, required=True, help="the folder with MiniLM's model.safetensors and vocab.txt"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, help="one leg of so many epochs in place of those of the recipe")
    parser.add_argument("--written", type=Path, default=WRITTEN, help="the folder with our own name sentences")
    parser.add_argument("--written-times", type=int, default=2)
    parser.add_argument("--batch", type=int, default=1300, help="words a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-4, help="the encoder's full rate")
    parser.add_argument("--head-rate", type=float, default=1.5e-3, help="the heads' full rate")
    parser.add_argument("--ema", type=float, default=0.9985, help="decay of the weights' running average")
    parser.add_argument("--upper", type=float, default=0.06)
    parser.add_argument("--title", type=float, default=0.04)
    parser.add_argument("--lower", type=float, default=0.01)
    parser.add_argument("--hidden", type=float, default=0.02, help="share of words whose first piece is hidden")
    parser.add_argument("--threads", type=int, default=1, help="more help only on cores that nobody else uses")
    parser.add_argument("--workers", type=int, default=1, help="parts of a batch learnt side by side")
    return parser


def main() -> None:
    args = arguments().parse_args()
    from safetensors.torch import load_file

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    v = Vocabularies.of(read_sentences(args, 0))
    vocabulary = (args.encoder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522]
    network = Network(Shape(), len(v.upos), len(v.feats), len(v.scripts), len(v.names), len(v.labels))
    load_encoder(network, load_file(args.encoder / "model.safetensors"))
    run = Run(args, network, vocabulary, v, device)
    state = args.out / "state.pt"
    if state.exists():
        run.go_on(state)
    run.run((Leg(args.epochs, 1.0, LEGS[-1].transfers, LEGS[0].warm),) if args.epochs else LEGS)
    (args.out / "done").touch()


if __name__ == "__main__":
    main()
