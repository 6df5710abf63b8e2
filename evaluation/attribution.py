"""Attribution against PolNeAR (Newell, Margolin and Ruths 2018), brought into ``EXTRA/polnear`` by whoever measures.

``measure(shared, extra)`` gives token F1 of cues and of contents on the test part; the keys are ``None`` where the corpus is missing.
The folder is PolNeAR's ``data/`` (``test/text/*.txt``, ``test/attributions/*.ann``) or a checkout of its repository. Nothing of it is
kept or trained on. Every annotated file counts, so a text with two annotators counts twice.

``python -m evaluation.attribution EXTRA [--part dev] [--errors N]`` prints the same for one part, and the commonest errors.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import Article, Document, Span
from dragoman.reading.attribution import attributed_words

#: Words and single marks: PolNeAR's labels are on characters, so any cut into tokens can be scored.
TOKEN = re.compile(r"\w+|[^\w\s]")
KINDS = ("Cue", "Content")


@dataclass(frozen=True)
class Labelled:
    """One text with one annotator's labels: character stretches by kind."""

    id: str
    text: str
    stretches: dict[str, tuple[tuple[int, int], ...]]


@dataclass
class Counts:
    """Tokens right, said in excess, and missed."""

    right: int = 0
    said: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.right / (self.said + self.gold) if self.said + self.gold else 0.0


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """The keys of FORMATS.md for attribution."""
    del shared
    part = _part(extra, "test")
    if part is None:
        return {"attribution/polnear/cue_f1": None, "attribution/polnear/content_f1": None}
    counts = scored(part)
    return {
        "attribution/polnear/cue_f1": counts["Cue"].f1,
        "attribution/polnear/content_f1": counts["Content"].f1,
    }


def _part(extra: Path | None, name: str) -> Path | None:
    if extra is None:
        return None
    for folder in (extra / "polnear" / name, extra / "polnear" / "data" / name):
        if (folder / "text").is_dir() and (folder / "attributions").is_dir():
            return folder
    return None


def labelled(part: Path) -> Iterator[Labelled]:
    """The texts of one part with their labels, in the order of the files' names."""
    for path in sorted((part / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        text = (part / "text" / f"{name}.txt").read_text(encoding="utf-8")
        found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) > 1 and fields[0].startswith("T"):
                kind, places = fields[1].split(" ", 1)
                if kind in found:
                    found[kind] += [_stretch(x) for x in places.split(";")]
        yield Labelled(name, text, {kind: tuple(x) for kind, x in found.items()})


def _stretch(places: str) -> tuple[int, int]:
    first, last = places.split()
    return int(first), int(last)


def read_part(part: Path) -> Iterator[Document]:
    """The part's texts, each once, as the language room reads them."""
    from dragoman.language import Language

    texts = {x.id: x.text for x in labelled(part)}
    return Language.open().documents(Article(id=name, body=text) for name, text in sorted(texts.items()))


def scored(part: Path, documents: Iterable[Document] | None = None) -> dict[str, Counts]:
    """Token counts of cues and contents over all annotated files of the part."""
    gold = list(labelled(part))
    read = {d.article.id: attributed_words(d) for d in documents or read_part(part)}
    counts = {kind: Counts() for kind in KINDS}
    for one in gold:
        tokens = [m.span() for m in TOKEN.finditer(one.text)]
        for kind, spans in (("Cue", read[one.id].cues), ("Content", read[one.id].contents)):
            wanted = _inside(tokens, one.stretches[kind])
            said = _inside(tokens, [(x.start, x.end) for x in spans])
            counts[kind].right += len(wanted & said)
            counts[kind].said += len(said)
            counts[kind].gold += len(wanted)
    return counts


def _inside(tokens: list[tuple[int, int]], stretches: Iterable[tuple[int, int]]) -> set[int]:
    """The places of the tokens that lie in one of the stretches."""
    marked: set[int] = set()
    for first, last in stretches:
        marked.update(range(first, last))
    return {n for n, (start, _) in enumerate(tokens) if start in marked}


def errors(part: Path, documents: Iterable[Document], kind: str) -> tuple[Counter[str], Counter[str]]:
    """(words missed, words said in excess) by form, for looking at a development part."""
    read = {d.article.id: attributed_words(d) for d in documents}
    missed: Counter[str] = Counter()
    excess: Counter[str] = Counter()
    for one in labelled(part):
        tokens = [m.span() for m in TOKEN.finditer(one.text)]
        spans: tuple[Span, ...] = read[one.id].cues if kind == "Cue" else read[one.id].contents
        wanted = _inside(tokens, one.stretches[kind])
        said = _inside(tokens, [(x.start, x.end) for x in spans])
        missed.update(one.text[slice(*tokens[n])].lower() for n in wanted - said)
        excess.update(one.text[slice(*tokens[n])].lower() for n in said - wanted)
    return missed, excess


def main() -> None:
    """Print the figures of one part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("extra", type=Path)
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument(
        "--errors", type=int, default=0, help="so many of the commonest words missed and said in excess"
    )
    args = parser.parse_args()
    part = _part(args.extra, args.part)
    if part is None:
        parser.error(f"there is no polnear/{args.part} in {args.extra}")
    documents = list(read_part(part))
    for kind, count in scored(part, documents).items():
        print(f"{kind} F1 {count.f1:.3f} (right {count.right}, said {count.said}, gold {count.gold})")
        if args.errors:
            missed, excess = errors(part, documents, kind)
            print("  missed", missed.most_common(args.errors))
            print("  excess", excess.most_common(args.errors))


if __name__ == "__main__":
    main()
