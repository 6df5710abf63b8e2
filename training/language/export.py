"""Write the trained network as the files that ship: ``python -m training.language.export --model MODEL --data DIR --out DIR``.

Four files: ``network.onnx`` (the graph, its large matrices in 7 bits), ``vocabularies.json`` (the classes of every head),
``pieces.txt`` (the encoder's word pieces) and ``lemmas.tsv`` (the lemmas of words seen in training). The graph is drawn by hand for three reasons.

* **Rows, not batches.** Each row of activations is quantised by its own largest value, so that a word's numbers do not
  hang on the sentences that happen to share its batch (ONNX Runtime's own dynamic quantisation takes one scale a batch).
* **Seven bits.** Weights stay within ±63: ``vpmaddubsw``, which processors without VNNI use, adds two products of an
  unsigned and a signed byte in 16 bits, and 2 x 255 x 63 = 32,130 fits where 2 x 255 x 127 does not. Sums are exact on
  every machine.
* **Choices, not scores.** Classes and labels leave the graph as their numbers, so that little is copied.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.language import lexicon

Array = NDArray[Any]

#: Largest quantised weight (see above), and the shares of a column's largest value tried as its range.
LARGEST = 63
RANGES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
#: Activations go from -127 to 127 around this zero point.
ZERO = 128
OPSET, CONTRIBUTED = 17, "com.microsoft"


def columns(weight: Array) -> tuple[Array, Array]:
    """A matrix [inputs, outputs] in 7 bits, and the scale of each column, its range chosen for the least squared error."""
    top = np.abs(weight).max(0) + 1e-12
    best = np.full(weight.shape[1], np.inf)
    scale = top / LARGEST
    for share in RANGES:
        tried = top * share / LARGEST
        error = ((np.clip(np.round(weight / tried), -LARGEST, LARGEST) * tried - weight) ** 2).sum(0)
        scale = np.where(error < best, tried, scale)
        best = np.minimum(best, error)
    return np.clip(np.round(weight / scale), -LARGEST, LARGEST).astype(np.int8), scale.astype(np.float32)


class Graph:
    """Nodes and constants in the making; every method returns the name of what it made."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Array | np.floating[Any], name: str = "") -> str:
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, *inputs: str, out: str = "", domain: str = "", outputs: int = 1, **settings: Any) -> str:
        return self.node_all(op, *inputs, out=out, domain=domain, outputs=outputs, **settings)[0]

    def node_all(
        self, op: str, *inputs: str, out: str = "", domain: str = "", outputs: int = 1, **settings: Any
    ) -> list[str]:
        base = out or f"n{len(self.nodes)}"
        names = [base] if outputs == 1 else [f"{base}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, domain=domain, **settings))
        return names

    def quantised(self, x: str) -> tuple[str, str]:
        """``x`` [rows, width] as bytes, each row by its own largest value; and the rows' scales [rows, 1]."""
        top = self.node("ReduceMax", self.node("Abs", x), axes=[1], keepdims=0)
        scale = self.node(
            "Add", self.node("Mul", top, self.constant(np.float32(1 / 127))), self.constant(np.float32(1e-9))
        )
        zeros = self.node(
            "ConstantOfShape", self.node("Shape", scale), value=helper.make_tensor("z", TensorProto.UINT8, [1], [ZERO])
        )
        q = self.node("QuantizeLinear", x, scale, zeros, axis=0)
        return q, self.node("Reshape", scale, self.constant(np.array([-1, 1], np.int64)))

    def product(self, x: str, weight: Array) -> tuple[str, str]:
        """``x`` [rows, inputs] times ``weight`` [inputs, outputs], and what each row is still to be multiplied by, if anything."""
        if self.bits == 32:
            return self.node("MatMul", x, self.constant(weight.astype(np.float32))), ""
        row, row_scale = self.quantised(x)
        whole, scale = columns(weight)
        one, zero = self.constant(np.ones(1, np.float32)), self.constant(np.array(ZERO, np.uint8))
        inputs = [row, self.constant(whole), one, self.constant(scale), zero]
        return self.node("MatMulIntegerToFloat", *inputs, domain=CONTRIBUTED), row_scale

    def linear(self, x: str, weight: Array, bias: Array | None = None) -> str:
        """``x`` [rows, inputs] times ``weight`` [inputs, outputs], plus ``bias``."""
        y, row_scale = self.product(x, weight)
        if row_scale:
            y = self.node("Mul", y, row_scale)
        return y if bias is None else self.node("Add", y, self.constant(bias))


class Drawn:
    """The graph of a trained network."""

    def __init__(self, state: dict[str, Array], bits: int) -> None:
        self.state, self.g = state, Graph(bits)
        self.width = state["norm.weight"].shape[0]
        self.layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
        self.mixed = state["mix"].shape[0]

    def norm(self, x: str, name: str) -> str:
        s = self.state
        gain, shift = self.g.constant(s[f"{name}.weight"]), self.g.constant(s[f"{name}.bias"])
        return self.g.node("LayerNormalization", x, gain, shift, axis=-1, epsilon=1e-12)

    def skip_norm(self, x: str, branch: str, bias: Array, name: str) -> str:
        """Residual, bias and norm, in single steps: the runtime's joint one (SkipLayerNormalization) takes three times as long."""
        g = self.g
        return self.norm(g.node("Add", g.node("Add", branch, g.constant(bias)), x), name)

    def embedded(self) -> str:
        """The sum of a piece's, its place's and its case's embeddings [batch, pieces, width]; the first two in 8 bits."""
        g, s = self.g, self.state
        table = s["words.weight"]
        scale = np.abs(table).max(1, keepdims=True).astype(np.float32) / 127 + 1e-12
        whole = g.constant(np.round(table / scale).astype(np.int8), "words")
        rows = g.node("Cast", g.node("Gather", whole, "pieces"), to=TensorProto.FLOAT)
        words = g.node("Mul", rows, g.node("Gather", g.constant(scale), "pieces"))
        length = g.node("Gather", g.node("Shape", "pieces"), g.constant(np.array([1], np.int64)))
        zero = g.constant(np.array([0], np.int64))
        places = g.node("Slice", g.constant(s["places.weight"]), zero, length, zero)
        x = g.node("Add", words, places)
        return self.norm(g.node("Add", x, g.node("Gather", g.constant(s["case.weight"]), "case")), "norm")

    def layer(self, x: str, n: int) -> str:
        """One encoder layer on ``x`` [batch, pieces, width]."""
        g, s, w = self.g, self.state, self.width
        p = f"layers.{n}"
        flat = g.constant(np.array([-1, w], np.int64))
        shape = g.node("Shape", x)

        def unflat(y: str) -> str:
            return g.node("Reshape", y, shape)

        rows = g.node("Reshape", x, flat)
        qkv = g.linear(rows, s[f"{p}.qkv.weight"].T)
        q, k, v = (
            unflat(y) for y in g.node_all("Split", qkv, g.constant(np.array([w] * 3, np.int64)), axis=1, outputs=3)
        )
        a = g.node(
            "MultiHeadAttention", q, k, v, g.constant(s[f"{p}.qkv.bias"]), "lengths", domain=CONTRIBUTED, num_heads=12
        )
        a = g.linear(g.node("Reshape", a, flat), s[f"{p}.out.weight"].T)
        x = self.skip_norm(x, unflat(a), s[f"{p}.out.bias"], f"{p}.norm1")
        h = g.linear(g.node("Reshape", x, flat), s[f"{p}.up.weight"].T)
        h = g.node("BiasGelu", h, g.constant(s[f"{p}.up.bias"]), domain=CONTRIBUTED)
        h = g.linear(h, s[f"{p}.down.weight"].T)
        return self.skip_norm(x, unflat(h), s[f"{p}.down.bias"], f"{p}.norm2")

    def nodes(self) -> str:
        """The words' vectors [batch, words, width], the root's first."""
        g = self.g
        x = self.embedded()
        outputs = []
        for n in range(self.layers):
            x = self.layer(x, n)
            outputs.append(x)
        mix = np.exp(self.state["mix"] - self.state["mix"].max())
        mix = mix / mix.sum() * self.state["scale"]
        parts = [g.node("Mul", o, g.constant(np.float32(m))) for m, o in zip(mix, outputs[-self.mixed :], strict=True)]
        x = g.node("Reshape", g.node("Sum", *parts), g.constant(np.array([-1, self.width], np.int64)))
        both = g.node("Add", g.node("Gather", x, "first"), g.node("Gather", x, "last"))
        return g.node("Mul", both, g.constant(np.float32(0.5)), out="vectors")

    def heads(self) -> None:
        """Every head's outputs from the words' vectors."""
        g, s = self.g, self.state
        vectors = self.nodes()
        flat = g.node("Reshape", vectors, g.constant(np.array([-1, self.width], np.int64)))
        names = ("upos", "feats", "scripts", "names", "arc_dep", "arc_head", "label_dep", "label_head")
        weight = np.concatenate([s[f"{n}.weight"] for n in names]).T
        bias = np.concatenate([s[f"{n}.bias"] for n in names])
        sizes = np.array([s[f"{n}.bias"].shape[0] for n in names], np.int64)
        parts = g.node_all("Split", g.linear(flat, weight, bias), g.constant(sizes), axis=1, outputs=len(names))
        shape = g.node("Slice", g.node("Shape", vectors), *(g.constant(np.array([n], np.int64)) for n in (0, 2)))
        for name, part in zip(names[:3], parts[:3], strict=True):
            g.node("Reshape", g.node("ArgMax", part, axis=1, keepdims=0), shape, out=name)
        g.node("Reshape", parts[3], self.wide(shape, len(s["names.bias"])), out="names")
        arc_dep, arc_head, label_dep, label_head = (g.node("Gelu", p, domain=CONTRIBUTED) for p in parts[4:])
        self.arcs(arc_dep, arc_head, shape)
        self.labels(label_dep, label_head, shape)

    def wide(self, shape: str, *more: int) -> str:
        """The shape [batch, words, *more]."""
        return self.g.node("Concat", shape, self.g.constant(np.array(more, np.int64)), axis=0)

    def arcs(self, dep: str, head: str, shape: str) -> None:
        """Scores of every pair, up to what is the same for all heads of one word."""
        g, w = self.g, self.state["arcs.weight"][0]
        size = w.shape[0] - 1
        left = g.linear(dep, w[:size, :size] / np.sqrt(size), w[size, :size] / np.float32(np.sqrt(size)))
        wide = self.wide(shape, size)
        right = g.node("Transpose", g.node("Reshape", head, wide), perm=[0, 2, 1])
        g.node("MatMul", g.node("Reshape", left, wide), right, out="arcs")

    def labels(self, dep: str, head: str, shape: str) -> None:
        """The best label of every pair [batch, dependants, heads]."""
        g, w = self.g, self.state["labels.weight"]
        kinds, size = w.shape[0], w.shape[1] - 1
        by_dep = w.transpose(1, 0, 2).reshape(size + 1, kinds * (size + 1))
        left, row_scale = g.product(dep, by_dep[:size])
        batch = g.node("Gather", shape, g.constant(np.array([0], np.int64)))
        words = g.node("Gather", shape, g.constant(np.array([1], np.int64)))
        rows = g.node("Concat", batch, g.constant(np.array([-1, size + 1], np.int64)), axis=0)
        ones = g.node(
            "ConstantOfShape", self.wide(shape, 1), value=helper.make_tensor("o", TensorProto.FLOAT, [1], [1.0])
        )
        heads = g.node("Concat", g.node("Reshape", head, self.wide(shape, size)), ones, axis=2)
        across = g.node("Transpose", heads, perm=[0, 2, 1])
        every = g.node("MatMul", g.node("Reshape", left, rows), across)
        every = g.node("Reshape", every, g.node("Concat", self.wide(shape, kinds), words, axis=0))
        # Rows' scales and the heads' own scores join here, where there are fewest numbers.
        if row_scale:
            every = g.node("Mul", every, g.node("Reshape", row_scale, self.wide(shape, 1, 1)))
        of_head = g.node("MatMul", g.constant(by_dep[size].reshape(kinds, size + 1)), across)
        lone = g.node("Concat", batch, g.constant(np.array([1, kinds], np.int64)), words, axis=0)
        every = g.node("Add", every, g.node("Reshape", of_head, lone))
        g.node("ArgMax", every, axis=2, keepdims=0, out="labels")

    def model(self) -> Any:
        """The whole as an ONNX model."""
        self.heads()
        g = self.g
        inputs = [helper.make_tensor_value_info(n, TensorProto.INT32, d) for n, d in (
            ("pieces", ["b", "p"]), ("case", ["b", "p"]), ("lengths", ["b"]), ("first", ["b", "n"]), ("last", ["b", "n"]),
        )]  # fmt: skip
        kinds = [(n, TensorProto.INT64, ["b", "n"]) for n in ("upos", "feats", "scripts")]
        kinds += [("names", TensorProto.FLOAT, ["b", "n", "k"]), ("arcs", TensorProto.FLOAT, ["b", "n", "n"])]
        kinds += [
            ("labels", TensorProto.INT64, ["b", "n", "n"]),
            ("vectors", TensorProto.FLOAT, ["b", "n", self.width]),
        ]
        outputs = [helper.make_tensor_value_info(n, t, d) for n, t, d in kinds]
        graph = helper.make_graph(g.nodes, "dragoman", inputs, outputs, g.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="model.pt of a training run")
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/, for the lexicon of lemmas")
    parser.add_argument("--out", type=Path, required=True, help="the folder that gets the four files")
    parser.add_argument(
        "--bits", type=int, choices=(7, 32), default=7, help="32 leaves the matrices as they are, to compare"
    )
    args = parser.parse_args()
    saved = torch.load(args.model, weights_only=False, map_location="cpu")
    state = {k: t.float().numpy() for k, t in saved["network"].items()}
    args.out.mkdir(parents=True, exist_ok=True)
    onnx.save(Drawn(state, args.bits).model(), args.out / "network.onnx")
    v = {k: list(x) for k, x in saved["vocabularies"].items()}
    text = json.dumps(v, ensure_ascii=False, indent=1)
    (args.out / "vocabularies.json").write_text(text + "\n", encoding="utf-8")
    lines = lexicon.of_treebanks(args.data)
    (args.out / "lemmas.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (args.out / "pieces.txt").write_text("\n".join(saved["pieces"]) + "\n", encoding="utf-8")
    print(f"{sum(p.stat().st_size for p in args.out.iterdir()) / 1e6:.1f} MB in {args.out}")


if __name__ == "__main__":
    main()
