"""Train the language network: ``python -m training.language.train --data DIR --encoder DIR --out DIR``.

Seeded, resumable (``--out`` keeps the last state and goes on from it), logs its figures to ``log.jsonl``. On two cores
an epoch over EWT and GUM takes about ten minutes; a GPU is used where there is one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from dragoman.language.lemmas import script
from dragoman.language.pieces import Pieces, case_class
from training.language import data
from training.language.data import NAME_LABELS, Sentence
from training.language.network import Network, Shape, load_encoder
from training.language.transfers import transfers

IGNORED = -100
#: A lemma script is a class of its own from this many uses on; rarer ones teach nothing.
RARE_SCRIPT = 3
#: How much each head's loss counts: the tree is the hardest and gets the most.
WEIGHTS = {"arcs": 1.0, "labels": 1.0, "upos": 0.4, "feats": 0.4, "scripts": 0.4, "names": 0.6}


@dataclass(frozen=True)
class Vocabularies:
    """The classes of every head, in the order of their numbers."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    scripts: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...] = NAME_LABELS

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Vocabularies:
        """The classes seen in training, the commonest first."""

        def common(values: Iterator[str], least: int = 1) -> tuple[str, ...]:
            counts = Counter(values)
            return tuple(sorted((v for v, n in counts.items() if n >= least), key=lambda v: (-counts[v], v)))

        treed = [s for s in sentences if s.heads and s.origin != "transfers"]
        return cls(
            upos=common(u for s in treed for u in s.upos),
            feats=common(f for s in treed for f in s.feats),
            scripts=common(
                (script(x, m) for s in treed for f, m in zip(s.forms, s.lemmas, strict=True) for x in (f, f.upper())),
                RARE_SCRIPT,
            ),
            labels=common(x for s in treed for x in s.labels),
        )


@dataclass(frozen=True)
class Example:
    """A sentence as numbers."""

    pieces: tuple[int, ...]
    case: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    targets: dict[str, tuple[int, ...]]
    has_tree: bool

    @property
    def words(self) -> int:
        return len(self.first) - 1


class Encoder:
    """Turns sentences into examples."""

    def __init__(self, pieces: Pieces, vocabularies: Vocabularies) -> None:
        self.pieces, self.v = pieces, vocabularies
        self.index = {
            k: {x: n for n, x in enumerate(getattr(vocabularies, k))}
            for k in ("upos", "feats", "scripts", "labels", "names")
        }

    def example(self, s: Sentence) -> Example:
        """The sentence's pieces, and the classes to learn."""
        pieces, case, first, last = [self.pieces.start], [5], [0], [0]
        for form in s.forms:
            ids, shape = self.pieces.of(form), case_class(form)
            first.append(len(pieces))
            pieces += ids
            case += [shape] * len(ids)
            last.append(len(pieces) - 1)
        pieces.append(self.pieces.end)
        case.append(5)
        names = tuple(IGNORED if n is None else self.index["names"].get(n, 0) for n in s.names)
        blank = (IGNORED,) * len(s.forms)
        targets = {"names": names, "upos": blank, "feats": blank, "scripts": blank, "labels": blank, "heads": blank}
        if s.heads:
            scripts = (script(f, m) for f, m in zip(s.forms, s.lemmas, strict=True))
            targets |= {
                "upos": tuple(self.index["upos"].get(x, IGNORED) for x in s.upos),
                "feats": tuple(self.index["feats"].get(x, IGNORED) for x in s.feats),
                "scripts": tuple(self.index["scripts"].get(x, IGNORED) for x in scripts),
                "labels": tuple(self.index["labels"].get(x, IGNORED) for x in s.labels),
                "heads": s.heads,
            }
        return Example(tuple(pieces), tuple(case), tuple(first), tuple(last), targets, bool(s.heads))

    def shown(self, s: Sentence, dice: random.Random, args: argparse.Namespace) -> Example:
        """The sentence as one epoch of training shows it: now and then re-cased, reset, with words hidden."""
        changed = data.recased(data.reset(s, dice), dice, args.upper, args.title, args.lower)
        return masked(self.example(changed), args.hidden, self.pieces.unknown, dice)


def masked(example: Example, share: float, unknown: int, dice: random.Random) -> Example:
    """The example with a share of its words' first pieces unknown, so that the network leans on the words around."""
    hidden = {p for p in example.first[1:] if dice.random() < share}
    return replace(example, pieces=tuple(unknown if n in hidden else p for n, p in enumerate(example.pieces)))


def batches(examples: Sequence[Example], words: int, dice: random.Random | None) -> list[list[Example]]:
    """Batches of about ``words`` words of like length; shuffled where there are dice."""
    order = sorted(examples, key=lambda e: len(e.pieces) + (dice.random() * 4 if dice else 0))
    found: list[list[Example]] = []
    batch: list[Example] = []
    for e in order:
        if batch and (len(batch) + 1) * len(e.pieces) > words * 1.25:
            found.append(batch)
            batch = []
        batch.append(e)
    if batch:
        found.append(batch)
    if dice:
        dice.shuffle(found)
    return found


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


def read_sentences(args: argparse.Namespace) -> tuple[list[Sentence], list[Sentence]]:
    """Training and held-out sentences from the folders given."""
    ud = args.data / "ud"
    train = data.treebank(ud / "ewt_train.conllu.gz") + data.treebank(ud / "gum_train_free.conllu.gz")
    train += data.treebank(ud / "ewt_dev.conllu.gz")
    train += data.wikigold(args.data / "wikigold.conll.gz")
    train += data.re3d(args.data / "re3d_without_bbc.tar.gz", data.places_of(train))
    for path in sorted(args.written.glob("*.txt")) if args.written else []:
        train += data.written(path) * args.written_times
    train += transfers(args.transfers, args.seed)
    # Held out is GUM's dev part: some of its genres may not be trained on anyway.
    return train, data.treebank(ud / "gum_dev.conllu.gz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/, wikigold and re3d")
    parser.add_argument(
        "--encoder", type=Path, required=True, help="the folder with MiniLM's model.safetensors and vocab.txt"
    )
    parser.add_argument("--written", type=Path, help="the folder with our own name sentences")
    parser.add_argument("--written-times", type=int, default=1)
    parser.add_argument("--transfers", type=int, default=0, help="how many sentences of training/language/transfers.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--batch", type=int, default=1300, help="words a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--ema", type=float, default=0.9985, help="decay of the weights' running average")
    parser.add_argument("--upper", type=float, default=0.06)
    parser.add_argument("--title", type=float, default=0.04)
    parser.add_argument("--lower", type=float, default=0.01)
    parser.add_argument("--hidden", type=float, default=0.02, help="share of words whose first piece is hidden")
    parser.add_argument("--threads", type=int, default=1, help="more help only on cores that nobody else uses")
    parser.add_argument("--workers", type=int, default=1, help="parts of a batch learnt side by side")
    args = parser.parse_args()
    from safetensors.torch import load_file

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    train, held = read_sentences(args)
    v = Vocabularies.of(train)
    vocabulary = (args.encoder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522]
    encoder = Encoder(Pieces(vocabulary), v)
    network = Network(Shape(), len(v.upos), len(v.feats), len(v.scripts), len(v.names), len(v.labels))
    load_encoder(network, load_file(args.encoder / "model.safetensors"))
    network.to(device)
    slow = {id(p) for p in network.encoder_parameters()}
    decay = lambda p: p.dim() > 1  # noqa: E731
    groups = [
        {"params": [p for p in network.parameters() if (id(p) in slow) == s and decay(p) == d],
         "lr": args.rate if s else args.head_rate, "weight_decay": 0.01 if d else 0.0}
        for s in (True, False) for d in (True, False)
    ]  # fmt: skip
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    mean = {k: t.detach().clone() for k, t in network.state_dict().items()}
    held_batches = batches([encoder.example(s) for s in held], args.batch, None)

    per_epoch = len(batches([encoder.example(s) for s in train], args.batch, None))
    total = int(per_epoch * args.epochs)
    warm = max(1, int(total * 0.06))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.02, (total - n) / (total - warm)))
    )
    step, epoch = 0, 0
    state = args.out / "state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=False)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        mean, step, epoch = saved["mean"], saved["step"], saved["epoch"]
        torch.set_rng_state(saved["rng"])
    learner = Learner(network, device, args.workers)
    log = (args.out / "log.jsonl").open("a", encoding="utf-8")
    began = time.monotonic()
    while step < total:
        dice = random.Random(args.seed * 1000 + epoch)
        shown = [encoder.shown(s, dice, args) for s in train]
        network.train()
        sums, words = 0.0, 0
        for batch in batches(shown, args.batch, dice):
            if step >= total:
                break
            optimiser.zero_grad(set_to_none=True)
            loss = learner.backward(batch)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(args.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                now = network.state_dict()
                torch._foreach_lerp_(list(mean.values()), [now[k] for k in mean], 1 - keep)
            sums, words = sums + loss, words + sum(e.words for e in batch)
            if step % 50 == 0:
                speed = words / (time.monotonic() - began)
                print(f"epoch {epoch} step {step}/{total} loss {sums / 50:.3f} words/s {speed:.0f}", flush=True)
                sums, words, began = 0.0, 0, time.monotonic()
        epoch += 1
        mine = {k: t.clone() for k, t in network.state_dict().items()}
        network.load_state_dict(mean)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            figures = greedy_figures(network, held_batches, device, v)
        torch.save({"network": mean, "vocabularies": v.__dict__, "pieces": vocabulary}, args.out / "model.pt")
        network.load_state_dict(mine)
        row = {"epoch": epoch, "step": step, "learning_rate": schedule.get_last_lr()[0], **figures}
        print(json.dumps(row), file=log, flush=True)
        print(json.dumps(row), flush=True)
        torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
                    "mean": mean, "step": step, "epoch": epoch, "rng": torch.get_rng_state()}, state)  # fmt: skip
    assert math.isfinite(sums)


if __name__ == "__main__":
    main()
