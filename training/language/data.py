"""Training sentences: read from treebanks and name corpora, all in one shape."""

from __future__ import annotations

import gzip
import json
import random
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

NAME_LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")

#: re3d's entity types that are names in our sense; its other types (dates, money, weapons …) are none.
RE3D_NAMES = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}


@dataclass(frozen=True)
class Sentence:
    """One sentence; ``heads`` is empty where only names are known, a name ``None`` where none is known."""

    forms: tuple[str, ...]
    names: tuple[str | None, ...]
    upos: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    origin: str = field(default="", compare=False)


def open_text(path: Path) -> Iterator[str]:
    """The lines of a plain or gzipped file, without their ends."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def treebank(path: Path) -> list[Sentence]:
    """Sentences of a CoNLL-U file with ``NER=`` in MISC."""
    found = []
    for block in blocks(open_text(path)):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        rows = [r for r in rows if r[0].isdigit()]
        if not rows:
            continue
        names: list[str | None] = []
        for r in rows:
            name = re.search(r"NER=([^|]+)", r[9])
            names.append(name.group(1) if name else None)
        found.append(Sentence(
            forms=tuple(r[1] for r in rows), lemmas=tuple(r[2] for r in rows), upos=tuple(r[3] for r in rows),
            feats=tuple(r[5] for r in rows), heads=tuple(int(r[6]) for r in rows), labels=tuple(r[7] for r in rows),
            names=tuple(names), origin=path.stem,
        ))  # fmt: skip
    return found


def wikigold(path: Path) -> list[Sentence]:
    """Sentences of wikigold (IO tags); its MISC class is left unknown, since half of it would be names to others."""
    found = []
    for block in blocks(open_text(path)):
        rows = [line.split() for line in block if not line.startswith("-DOCSTART-")]
        rows = [r for r in rows if len(r) == 2]
        forms: list[str] = []
        names: list[str | None] = []
        last = "O"
        for form, tag in rows:
            kind = tag[2:] if tag != "O" else "O"
            if kind == "MISC":
                names.append(None)
            elif kind == "O":
                names.append("O")
            else:
                names.append(("I-" if last == kind else "B-") + kind)
            last = kind
            forms.append(form)
        if forms:
            found.append(Sentence(tuple(forms), tuple(names), origin="wikigold"))
    return found


#: Words before a person's name that are no part of it; re3d counts them in, UNER and news style do not.
TITLES = frozenset(
    """acting adviser advisor ambassador brig. captain chairman chancellor chief col colonel commander commissioner
    coordinator defence defense deputy director dr dr. envoy foreign gen gen. general head he hon king lady lieutenant
    lord lt lt. maj maj. major middle minister mr mr. mrs mrs. ms ms. office official president prime prince princess
    professor queen rear rep. representative rt secretary sen. senator sgt sheikh sir special spc spokesman spokesperson
    spokeswoman state u.s. under us vice fco""".split()  # noqa: SIM905
)
#: Small words that stand inside names.
PARTICLES = frozenset(
    ["of", "the", "and", "al", "el", "de", "bin", "ibn", "for", "-", ".", "’s", "'s", "&", "von", "van"]
)
DETERMINERS = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "both", "all", "any", "its", "their", "our", "his"]
)


def _as_name(forms: list[str], kind: str, places: frozenset[str]) -> list[str | None]:
    """Labels of one re3d mention as UNER would have them; ``None`` where that cannot be told.

    re3d marks mentions of every sort: pronouns and descriptions (no names to us), titles with the person, and states
    as organisations.
    """
    start = 0
    while start < len(forms) - 1 and forms[start].lower() in DETERMINERS:
        start += 1
    if kind == "PER":
        while start < len(forms) - 1 and forms[start].lower() in TITLES | PARTICLES:
            start += 1
    name = forms[start:]
    before: list[str | None] = ["O"] * start
    if not any(f[:1].isupper() for f in name) or (len(name) == 1 and name[0].lower() in PRONOUNS):
        return [*before, *["O"] * len(name)]
    known = all(f[:1].isupper() or f in PARTICLES for f in name) and name[0][:1].isupper() and name[-1][:1].isupper()
    if kind == "PER":
        known = known and not any(f.lower() in TITLES for f in name) and len(name) < 6
    if kind == "ORG":
        known = known and " ".join(name) not in places and not name[-1].endswith(("ians", "is", "ns"))
    if not known:
        return [*before, *[None] * len(name)]
    return [*before, f"B-{kind}", *[f"I-{kind}"] * (len(name) - 1)]


PRONOUNS = frozenset(
    ["i", "he", "she", "we", "they", "it", "you", "his", "her", "our", "their", "its", "my", "who", "us", "them"]
)


def plain_words(text: str) -> list[tuple[str, int]]:
    """Words with their start, cut well enough for name training (clitics and punctuation apart)."""
    words = []
    for match in re.finditer(r"\d[\d.,]*\d|(?:[A-Z]\.){2,}|\w+(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]", text):
        words.append((match.group(), match.start()))
    return words


def places_of(sentences: Iterable[Sentence]) -> frozenset[str]:
    """What the sentences call places: states, above all, which re3d calls organisations."""
    return frozenset(" ".join(forms) for s in sentences for forms, kind in _mentions(s) if kind == "LOC")


def re3d(path: Path, places: frozenset[str]) -> list[Sentence]:
    """Sentences of re3d's documents, cut at full stops, with the names of three types; ``places`` are no organisations."""
    found = []
    with tarfile.open(path) as archive:
        members = {m.name: m for m in archive.getmembers() if m.isfile()}

        def lines(name: str) -> list[dict[str, object]]:
            handle = archive.extractfile(members[name])
            assert handle is not None
            return [json.loads(line) for line in handle.read().decode("utf-8").splitlines() if line.strip()]

        for name in sorted(members):
            if not name.endswith("documents.json"):
                continue
            folder = name.rsplit("/", 1)[0]
            entities: dict[str, list[tuple[int, int, str]]] = {}
            for row in lines(f"{folder}/entities.json"):
                kind = RE3D_NAMES.get(str(row["type"]))
                if kind:
                    entities.setdefault(str(row["documentId"]), []).append((int(row["begin"]), int(row["end"]), kind))  # type: ignore[call-overload]
            for row in lines(name):
                found += _cut(str(row["text"]), entities.get(str(row["_id"]), []))
    places |= places_of(found)
    return [_cleaned(s, places) for s in found]


def _mentions(sentence: Sentence) -> Iterator[tuple[list[str], str]]:
    """Runs of words outside and inside mentions, in order, the kind empty outside."""
    run: list[str] = []
    kind = ""
    for form, tag in zip(sentence.forms, sentence.names, strict=True):
        now = (tag or "O")[2:]
        if run and (now != kind or (tag or "").startswith("B-")):
            yield run, kind
            run = []
        run.append(form)
        kind = now
    if run:
        yield run, kind


def _cleaned(sentence: Sentence, places: frozenset[str]) -> Sentence:
    names: list[str | None] = []
    for forms, kind in _mentions(sentence):
        if kind:
            names += _as_name(forms, kind, places)
        else:
            # re3d leaves some names out: what is capitalised within a sentence and unmarked is not known.
            names += [None if f[:1].isupper() and len(names) + n else "O" for n, f in enumerate(forms)]
    return replace(sentence, names=tuple(names))


def _cut(text: str, entities: list[tuple[int, int, str]]) -> list[Sentence]:
    begins = {b: (e, k) for b, e, k in sorted(entities)}
    sentences: list[Sentence] = []
    forms: list[str] = []
    names: list[str | None] = []
    until, kind = -1, ""
    for form, start in plain_words(text):
        if start in begins and start >= until:
            until, kind = begins[start]
            tag = f"B-{kind}"
        else:
            tag = f"I-{kind}" if start < until else "O"
        forms.append(form)
        names.append(tag)
        if (form in {".", "?", "!"} and start >= until) or len(forms) > 90:
            sentences.append(Sentence(tuple(forms), tuple(names), origin="re3d"))
            forms, names = [], []
    if forms:
        sentences.append(Sentence(tuple(forms), tuple(names), origin="re3d"))
    return [s for s in sentences if len(s.forms) > 2]


def written(path: Path) -> list[Sentence]:
    """News sentences of our own, with names in brackets: ``[PER Ri Son Gwon] met [ORG the Quad] in [LOC Hanoi] .``"""
    found = []
    for line in open_text(path):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        forms: list[str] = []
        names: list[str | None] = []
        for part in re.split(r"(\[(?:PER|ORG|LOC) [^\]]+\])", line):
            inside = re.fullmatch(r"\[(PER|ORG|LOC) ([^\]]+)\]", part)
            for n, (form, _) in enumerate(plain_words(inside.group(2) if inside else part)):
                forms.append(form)
                names.append(f"{'I' if n else 'B'}-{inside.group(1)}" if inside else "O")
        found.append(Sentence(tuple(forms), tuple(names), origin="written"))
    return found


#: What typographers put for the marks of a keyboard.
CURLED = {"'": "’", '"': "“", "-": "–", "--": "—", "...": "…"}
#: Shares of sentences shown with typographer's marks, and without their last full stop (as headlines stand).
CURL, STOPLESS = 0.3, 0.06

#: Words that headline style leaves small.
SMALL = frozenset(
    "a an and as at but by for from if in into of off on or over per the to up via vs with".split()  # noqa: SIM905
)


def curled(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The words with typographer's quotation marks, apostrophes and dashes, as newspapers print them."""
    found, open_quote = [], False
    for form in forms:
        if form == '"':
            found.append("”" if open_quote else "“")
            open_quote = not open_quote
        elif form in CURLED:
            found.append(CURLED[form])
        else:
            found.append(form.replace("'", "’"))
    return tuple(found)


def reset(sentence: Sentence, dice: random.Random) -> Sentence:
    """The sentence as it is, or with typographer's marks, or without its last full stop; the tree stays whole."""
    if dice.random() < CURL:
        sentence = replace(sentence, forms=curled(sentence.forms))
    n = len(sentence.forms) - 1
    if n > 1 and sentence.forms[-1] == "." and (n + 1) not in sentence.heads and dice.random() < STOPLESS:
        cut = {k: getattr(sentence, k)[:n] for k in ("forms", "names", "upos", "feats", "lemmas", "heads", "labels")}
        sentence = replace(sentence, **cut)
    return sentence


def recased(sentence: Sentence, dice: random.Random, upper: float, title: float, lower: float) -> Sentence:
    """The sentence as it is, or (rarely) in capitals, in headline case, or in small letters."""
    roll = dice.random()
    if roll < upper:
        return replace(sentence, forms=tuple(f.upper() for f in sentence.forms))
    if roll < upper + title:
        forms = tuple(f if f in SMALL and n else f[:1].upper() + f[1:] for n, f in enumerate(sentence.forms))
        return replace(sentence, forms=forms)
    if roll < upper + title + lower:
        return replace(sentence, forms=tuple(f.lower() for f in sentence.forms))
    return sentence
