"""Time expressions against TempEval-3 platinum, against the seeds' labels and against our own (``times_labels.py``).

``measure(shared, extra)`` gives ``times/te3/…`` (strict, relaxed and value F1 as the TempEval-3 scorer counts them: extents of the text,
the creation time given as reference and not counted; a value counts on a relaxed match) and ``times/seeds/right`` (the share of the
labelled expressions found with their days, what is found beside them counting as wrong). Keys whose data is missing are ``None``.
"""

from __future__ import annotations

import json
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import Article, Document, Sentence, TimeExpression
from dragoman.reading.times import read_times
from evaluation import times_labels

LABELS = Path(__file__).parent / "labels" / "times_seeds.json"

Parse = Callable[[Article], Document]


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled expression."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True)
class Text:
    """One labelled text with its reference day."""

    id: str
    text: str
    published: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What the TempEval-3 scorer prints of extents and values."""

    strict_f1: float
    relaxed_f1: float
    value_f1: float


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """The keys of FORMATS.md for times."""
    del extra
    parse = parser()
    score = scored(list(te3(shared)), parse) if (shared / "data/te3_platinum.tar.gz").exists() else None
    return {
        "times/te3/value_f1": score.value_f1 if score else None,
        "times/te3/strict_f1": score.strict_f1 if score else None,
        "times/te3/relaxed_f1": score.relaxed_f1 if score else None,
        "times/seeds/right": seeds_right(shared, parse),
        **times_labels.measure(shared, parse),
    }


def parser() -> Parse:
    """The language room's parse, so that the times are measured as they are read in use."""
    from dragoman.language import Language

    return Language.open().document


def unparsed(article: Article) -> Document:
    """A document without a tree, split where a sentence seems to end: for use before or without the language room."""
    sentences = []
    for match in re.finditer(r"[^\s][^\n]*?(?:[.!?][\"”')\]]*(?=\s+[\"“(]?[A-Z0-9])|(?=\s*\n)|\s*$)", article.body):
        sentences.append(Sentence((), match.start(), match.end(), match.group()))
    return Document(article, tuple(sentences))


def te3(shared: Path) -> Iterator[Text]:
    """The 20 texts of TempEval-3 platinum."""
    with tarfile.open(shared / "data/te3_platinum.tar.gz") as packed:
        for member in packed.getmembers():
            handle = packed.extractfile(member) if member.name.endswith(".tml") else None
            if handle is not None:
                yield _timeml(handle.read().decode("utf-8"))


def _timeml(source: str) -> Text:
    root = ET.fromstring(source)
    created = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if created is None or body is None:
        raise ValueError("not a TimeML text")
    parts: list[str] = []
    gold: list[Gold] = []

    def walk(element: ET.Element) -> None:
        start = sum(map(len, parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if element.tag == "TIMEX3":
            gold.append(Gold(start, sum(map(len, parts)), element.get("type", ""), element.get("value", "")))

    walk(body)
    return Text(root.findtext("DOCID") or "", "".join(parts), created.get("value", ""), tuple(gold))


def scored(texts: Sequence[Text], parse: Parse) -> Score:
    """The scores of the reading over several texts, counts pooled."""
    found_all = gold_all = strict = relaxed_found = relaxed_gold = values = 0
    for text in texts:
        found = expressions(text, parse)
        found_all += len(found)
        gold_all += len(text.gold)
        strict += sum(any((f.start, f.end) == (g.start, g.end) for g in text.gold) for f in found)
        relaxed_found += sum(any(_overlap(f, g) for g in text.gold) for f in found)
        relaxed_gold += sum(any(_overlap(f, g) for f in found) for g in text.gold)
        values += sum(any(_overlap(f, g) and f.value == g.value for f in found) for g in text.gold)
    precision, recall = relaxed_found / max(found_all, 1), relaxed_gold / max(gold_all, 1)
    relaxed = _f1(precision, recall)
    # As the TempEval-3 scorer has it: the share of right values among the matched, times the relaxed F1.
    return Score(
        _f1(strict / max(found_all, 1), strict / max(gold_all, 1)), relaxed, relaxed * values / max(relaxed_gold, 1)
    )


def expressions(text: Text, parse: Parse) -> list[TimeExpression]:
    """What the reading finds in one text."""
    document = parse(Article(id=text.id, body=text.text, published=text.published))
    return [e for sentence in read_times(document) for e in sentence]


def _overlap(found: TimeExpression, gold: Gold) -> bool:
    return found.start < gold.end and gold.start < found.end


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def seeds_right(shared: Path, parse: Parse) -> float | None:
    """The share of right expressions among those labelled or found in the bodies and headlines of the seeds."""
    if not (shared / "seeds").exists():
        return None
    right = total = 0
    for label in json.loads(LABELS.read_text(encoding="utf-8")):
        page = (shared / "seeds" / label["file"]).read_text(encoding="utf-8")
        low, high = label["body"]
        article = Article(
            id=label["file"],
            body=page[low:high],
            published=label["published"],
            timezone=label["timezone"],
            dateline=label["dateline"],
        )
        found = {
            (e.start + low, e.end + low): [_iso(e.earliest), _iso(e.latest)]
            for s in read_times(parse(article))
            for e in s
        }
        wanted = {(start, end): days for start, end, *days in label["times"]}
        right += sum(found.get(span) == days for span, days in wanted.items())
        total += len(wanted | found)
    return right / total if total else None


def _iso(day: object) -> str | None:
    return str(day) if day else None
