"""How well English is read: parse, morphology, lemmas, names and speed of the network as shipped, on gold words.

CoNLL-2018 scoring: relation subtypes ignored, punctuation counted. Run alone:
``python -m evaluation.language --shared DIR [--model DIR] [--errors]``.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.language import Language
from dragoman.language.decode import mapping
from dragoman.language.network import Parsed
from evaluation import labels_names, segment

SETS = {"ewt": "ewt_test", "gum": "gum_test", "pud_news": "pud_test_news"}
RELATIONS = ("nsubj", "obj", "iobj", "obl")
FEATURES = ("Tense", "VerbForm", "Voice", "Polarity", "Number", "Mood")


@dataclass(frozen=True)
class Gold:
    """One treebank sentence."""

    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[Mapping[str, str], ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]


def treebank(path: Path) -> list[Gold]:
    """The sentences of a gzipped CoNLL-U file with ``NER=`` in MISC."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        for line in [*lines, "\n"]:
            row = line.rstrip("\n").split("\t")
            if row[0].isdigit():
                rows.append(row)
            elif not line.strip() and rows:
                found.append(_gold(rows))
                rows = []
    return found


def _gold(rows: Sequence[Sequence[str]]) -> Gold:
    misc = [dict(x.split("=", 1) for x in r[9].split("|") if "=" in x) for r in rows]
    return Gold(
        forms=tuple(r[1] for r in rows), lemmas=tuple(r[2] for r in rows), upos=tuple(r[3] for r in rows),
        feats=tuple(mapping(r[5]) for r in rows), heads=tuple(int(r[6]) - 1 for r in rows),
        relations=tuple(r[7].split(":")[0] for r in rows), names=tuple(m.get("NER", "O") for m in misc),
    )  # fmt: skip


def attachment(gold: Sequence[Gold], said: Sequence[Parsed], *, punctuation: bool = True) -> tuple[float, float]:
    """UAS and LAS: the share of words with the right head, and with the right head and relation."""
    words = heads = both = 0
    for g, p in zip(gold, said, strict=True):
        for i, relation in enumerate(g.relations):
            if not punctuation and relation == "punct":
                continue
            right = g.heads[i] == p.heads[i]
            words += 1
            heads += right
            both += right and relation == p.deprels[i].split(":")[0]
    return heads / words, both / words


def f1(hits: int, said: int, gold: int) -> float:
    """F1 from counts; 0 where there is nothing on either side."""
    return 2 * hits / (said + gold) if said + gold else 0.0


def relation_f1(gold: Sequence[Gold], said: Sequence[Parsed], relation: str) -> float:
    """F1 of one relation: the dependant, its head and the relation right."""
    a = {
        (n, i, h)
        for n, g in enumerate(gold)
        for i, (h, r) in enumerate(zip(g.heads, g.relations, strict=True))
        if r == relation
    }
    b = {
        (n, i, h)
        for n, p in enumerate(said)
        for i, (h, r) in enumerate(zip(p.heads, p.deprels, strict=True))
        if r.split(":")[0] == relation
    }
    return f1(len(a & b), len(b), len(a))


def feature_f1(gold: Sequence[Gold], said: Sequence[Parsed], feature: str) -> float:
    """F1 of one feature: the word and the value right."""
    counts: Counter[str] = Counter()
    for g, p in zip(gold, said, strict=True):
        for a, b in zip(g.feats, p.feats, strict=True):
            counts["gold"] += feature in a
            counts["said"] += feature in b
            counts["hits"] += feature in a and a[feature] == b.get(feature)
    return f1(counts["hits"], counts["said"], counts["gold"])


def spans(names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Names as first word, word after the last, label."""
    start, kind = 0, ""
    for i, name in enumerate([*names, "O"]):
        if kind and name != f"I-{kind}":
            yield start, i, kind
            kind = ""
        if name != "O" and not kind:
            start, kind = i, name[2:]


def names_f1(gold: Sequence[Gold], said: Sequence[Parsed]) -> float:
    """F1 of names: first and last word and label right."""
    a = {(n, *s) for n, g in enumerate(gold) for s in spans(g.names)}
    b = {(n, *s) for n, p in enumerate(said) for s in spans(p.names)}
    return f1(len(a & b), len(b), len(a))


def lemmas(gold: Sequence[Gold], said: Sequence[Parsed]) -> float:
    """The share of words with the right lemma (any where the treebank gives none)."""
    pairs = [(a, b) for g, p in zip(gold, said, strict=True) for a, b in zip(g.lemmas, p.lemmas, strict=True)]
    return sum(a in ("_", b) for a, b in pairs) / len(pairs)


def speed(language: Language, shared: Path) -> float:
    """Words a second of processor time from raw text to parsed sentences, on one thread, the network warm."""
    texts = [
        text
        for name in ("pud_news", "ewt")
        for text, _ in segment.documents(shared / "data" / "ud" / f"{SETS[name]}.conllu.gz")
    ]
    language.sentences("\n".join(texts[:40]))
    began = time.process_time()
    words = sum(len(s.tokens) for s in language.sentences("\n".join(texts)))
    return words / (time.process_time() - began)


def of_set(language: Language, name: str, gold: Sequence[Gold]) -> dict[str, float | None]:
    """The figures of one treebank."""
    said = language.parse([g.forms for g in gold])
    key = f"language/{name}"
    uas, las = attachment(gold, said)
    figures: dict[str, float | None] = {f"{key}/uas": uas, f"{key}/las": las}
    figures[f"{key}/las_without_punct"] = attachment(gold, said, punctuation=False)[1]
    figures[f"{key}/lemmas"] = lemmas(gold, said)
    pairs = [(a, b) for g, p in zip(gold, said, strict=True) for a, b in zip(g.upos, p.upos, strict=True)]
    figures[f"{key}/upos"] = sum(a == b for a, b in pairs) / len(pairs)
    if name != "gum":
        figures |= {f"{key}/{r}_f1": relation_f1(gold, said, r) for r in RELATIONS}
    if name == "ewt":
        figures |= {f"{key}/{x.lower()}_f1": feature_f1(gold, said, x) for x in FEATURES}
        figures["language/uner/f1"] = names_f1(gold, said)
    if name == "pud_news":
        for case, change in (("upper", str.upper), ("title", _title)):
            shown = [replace(g, forms=tuple(change(f) for f in g.forms)) for g in gold]
            figures[f"{key}/{case}_las"] = attachment(gold, language.parse([g.forms for g in shown]))[1]
    return figures


def _title(form: str) -> str:
    return form[:1].upper() + form[1:]


def measure(shared: Path, extra: Path | None = None, model: Path | None = None) -> dict[str, float | None]:
    """The language room's figures (FORMATS.md), by the names ``language/SET/WHAT``; ``None`` where a set is not at hand."""
    language = Language.open(model)
    figures: dict[str, float | None] = {}
    for name, file in SETS.items():
        path = shared / "data" / "ud" / f"{file}.conllu.gz"
        if path.exists():
            figures |= of_set(language, name, treebank(path))
        else:
            figures[f"language/{name}/las"] = None
    figures |= segment.measure(shared, extra, model)
    figures |= labels_names.measure(shared, extra)
    figures["language/words_per_second"] = speed(language, shared) if figures["language/ewt/las"] else None
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="a folder with an exported network in place of the one that ships")
    args = parser.parse_args()
    for key, value in measure(args.shared, None, args.model).items():
        print(f"{key:38} {value if value is None else round(value, 4)}")
