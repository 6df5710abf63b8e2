"""The network: a small encoder, and heads for part of speech, morphology, lemma, names and the tree."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder (MiniLM-L6-H384's) and of the heads (the feasibility run's)."""

    pieces: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512
    cases: int = 6
    mixed: int = 4
    arc: int = 256
    label: int = 100
    dropout: float = 0.1
    head_dropout: float = 0.33


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, s: Shape) -> None:
        super().__init__()
        self.heads = s.attention_heads
        self.qkv = nn.Linear(s.width, 3 * s.width)
        self.out = nn.Linear(s.width, s.width)
        self.norm1 = nn.LayerNorm(s.width, eps=1e-12)
        self.up = nn.Linear(s.width, s.inner)
        self.down = nn.Linear(s.inner, s.width)
        self.norm2 = nn.LayerNorm(s.width, eps=1e-12)
        self.dropout = s.dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU the fused kernel is slower in training. No dropout on the attention itself: it wins nothing here.
        a = torch.softmax((q @ k.transpose(-1, -2)) * (w // self.heads) ** -0.5 + mask, -1).to(v.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(b, n, w))
        x = self.norm1(x + F.dropout(a, self.dropout, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, self.dropout, self.training))


class Biaffine(nn.Module):
    """Scores [batch, outputs, dependants, heads] of every pair of words."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, width + 1, width + 1))
        nn.init.normal_(self.weight, std=1.0 / width)

    def forward(self, dep: Tensor, head: Tensor) -> Tensor:
        dep = F.pad(dep, (0, 1), value=1.0)
        head = F.pad(head, (0, 1), value=1.0)
        b, n, w = dep.shape
        o = self.weight.shape[0]
        left = (dep.reshape(b * n, w) @ self.weight.permute(1, 0, 2).reshape(w, o * w)).view(b, n, o, w)
        return left.permute(0, 2, 1, 3).reshape(b, o * n, w).matmul(head.transpose(1, 2)).view(b, o, n, head.shape[1])

    def at(self, dep: Tensor, head: Tensor) -> Tensor:
        """Scores [batch, words, outputs] of each word with the one head given beside it."""
        dep = F.pad(dep, (0, 1), value=1.0)
        head = F.pad(head, (0, 1), value=1.0)
        b, n, w = dep.shape
        o = self.weight.shape[0]
        left = (dep.reshape(b * n, w) @ self.weight.permute(1, 0, 2).reshape(w, o * w)).view(b * n, o, w)
        return torch.bmm(left, head.reshape(b * n, w, 1)).view(b, n, o)


class Network(nn.Module):
    """Encoder and heads. The root stands at place 0 of the heads' axis (the encoder's first piece)."""

    def __init__(self, shape: Shape, upos: int, feats: int, scripts: int, names: int, labels: int) -> None:
        super().__init__()
        self.shape = s = shape
        self.words = nn.Embedding(s.pieces, s.width)
        self.places = nn.Embedding(s.positions, s.width)
        self.case = nn.Embedding(s.cases, s.width)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(s.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(s) for _ in range(s.layers))
        self.mix = nn.Parameter(torch.zeros(s.mixed))
        self.scale = nn.Parameter(torch.ones(1))
        self.upos = nn.Linear(s.width, upos)
        self.feats = nn.Linear(s.width, feats)
        self.scripts = nn.Linear(s.width, scripts)
        self.names = nn.Linear(s.width, names)
        self.arc_dep, self.arc_head = nn.Linear(s.width, s.arc), nn.Linear(s.width, s.arc)
        self.label_dep, self.label_head = nn.Linear(s.width, s.label), nn.Linear(s.width, s.label)
        self.arcs = Biaffine(s.arc, 1)
        self.labels = Biaffine(s.label, labels)

    def encoder_parameters(self) -> list[nn.Parameter]:
        """The parameters that come pretrained (they learn more slowly)."""
        modules = [self.words, self.places, self.norm, *self.layers]
        return [p for m in modules for p in m.parameters()]

    def encode(self, pieces: Tensor, case: Tensor, lengths: Tensor) -> list[Tensor]:
        """Every layer's output [batch, pieces, width]."""
        n = pieces.shape[1]
        places = torch.arange(n, device=pieces.device)
        mask = torch.where(places[None, :] < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        x = self.words(pieces) + self.places(places)[None] + self.case(case)
        x = F.dropout(self.norm(x), self.shape.dropout, self.training)
        outputs = []
        for layer in self.layers:
            x = layer(x, mask)
            outputs.append(x)
        return outputs

    def forward(
        self, pieces: Tensor, case: Tensor, lengths: Tensor, first: Tensor, last: Tensor, heads: Tensor | None = None
    ) -> dict[str, Tensor]:
        """Scores of every head; ``first`` and ``last`` [batch, 1 + words] are each word's pieces, the root's at 0.

        With ``heads`` [batch, words] the labels are scored for those heads alone, [batch, words, labels]; without, for
        every pair, [batch, labels, words, 1 + words].
        """
        outputs = self.encode(pieces, case, lengths)[-self.shape.mixed :]
        weights = torch.softmax(self.mix, 0)
        x = sum(w * o for w, o in zip(weights, outputs, strict=True)) * self.scale
        width = x.shape[-1]
        at_first = x.gather(1, first[..., None].expand(-1, -1, width))
        at_last = x.gather(1, last[..., None].expand(-1, -1, width))
        nodes = (at_first + at_last) * 0.5
        nodes = F.dropout(nodes, self.shape.head_dropout, self.training)
        words = nodes[:, 1:]

        def bent(layer: nn.Linear, of: Tensor) -> Tensor:
            return F.dropout(F.gelu(layer(of)), self.shape.head_dropout, self.training)

        arcs = self.arcs(bent(self.arc_dep, words), bent(self.arc_head, nodes))[:, 0] / math.sqrt(self.shape.arc)
        label_dep, label_head = bent(self.label_dep, words), bent(self.label_head, nodes)
        if heads is None:
            labels = self.labels(label_dep, label_head)
        else:
            labels = self.labels.at(
                label_dep, label_head.gather(1, heads[..., None].expand(-1, -1, label_head.shape[2]))
            )
        return {
            "upos": self.upos(words), "feats": self.feats(words), "scripts": self.scripts(words),
            "names": self.names(words), "arcs": arcs, "labels": labels,
        }  # fmt: skip


def load_encoder(network: Network, weights: dict[str, Tensor]) -> None:
    """Put MiniLM's pretrained weights (BERT's names) into the network."""
    state = network.state_dict()

    def put(name: str, value: Tensor) -> None:
        assert state[name].shape == value.shape, (name, value.shape)
        state[name] = value

    put("words.weight", weights["embeddings.word_embeddings.weight"])
    put("places.weight", weights["embeddings.position_embeddings.weight"])
    put("norm.weight", weights["embeddings.LayerNorm.weight"])
    put("norm.bias", weights["embeddings.LayerNorm.bias"])
    state["words.weight"] = state["words.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    for n in range(network.shape.layers):
        old, new = f"encoder.layer.{n}", f"layers.{n}"
        for kind in ("weight", "bias"):
            parts = [weights[f"{old}.attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
            put(f"{new}.qkv.{kind}", torch.cat(parts))
            put(f"{new}.out.{kind}", weights[f"{old}.attention.output.dense.{kind}"])
            put(f"{new}.norm1.{kind}", weights[f"{old}.attention.output.LayerNorm.{kind}"])
            put(f"{new}.up.{kind}", weights[f"{old}.intermediate.dense.{kind}"])
            put(f"{new}.down.{kind}", weights[f"{old}.output.dense.{kind}"])
            put(f"{new}.norm2.{kind}", weights[f"{old}.output.LayerNorm.{kind}"])
    network.load_state_dict(state)
