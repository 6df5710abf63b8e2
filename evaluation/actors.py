"""Who: whether the parties and people of the gold contacts are among a report's mentions, and how fast the book loads."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.codebook.actors import ActorBook
from dragoman.language import Language
from dragoman.model import Article, Document, Mention
from dragoman.reading.actors import read_mentions
from evaluation import mentions as labelled
from evaluation import offices

SETS = ("seeds", "state", "wikinews")


def measure(shared: Path, extra: Path | None) -> dict[str, float | None]:
    """``actors/pairs_found``: the share of gold contacts of whose two sides at least one code each is among the report's mentions;
    ``actors/persons_found``: the share of gold persons whose surname is mentioned with a code of their side; ``actors/load_ms``;
    ``actors/words_per_second`` of reading alone."""
    book, load = loaded()
    counts: Counter[str] = Counter()
    seconds = words = 0.0
    for gold, document in documents(shared, extra):
        start = time.process_time()
        mentions = [m for row in read_mentions(document, book) for m in row]
        seconds += time.process_time() - start
        words += sum(len(s.tokens) for s in document.sentences)
        counts.update(score(gold, mentions))
    return {
        "actors/pairs_found": share(counts, "pair"),
        "actors/persons_found": share(counts, "person"),
        "actors/load_ms": round(load * 1000, 1),
        "actors/words_per_second": round(words / seconds) if seconds else None,
        **offices.measure(),
        **labelled.measure(shared),
    }


def loaded() -> tuple[ActorBook, float]:
    """The book, and the seconds that the best of three loadings took."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        book = ActorBook.load()
        taken.append(time.perf_counter() - start)
    return book, min(taken)


def share(counts: Counter[str], key: str) -> float | None:
    """Hits over all, ``None`` where there was nothing to find."""
    total = counts[key + " hit"] + counts[key + " missed"]
    return round(counts[key + " hit"] / total, 4) if total else None


def articles(shared: Path, extra: Path | None) -> Iterator[tuple[dict[str, Any], Article]]:
    """Each gold report with its text: title in the first line, or the body that the gold file marks out."""
    folders = [shared / "gold" / name for name in SETS] + ([shared / "gold" / "real"] if extra else [])
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            report = gold["report"]
            text = text_of(shared, extra, folder, path.stem)
            if text is None:
                continue
            body = cut(text, report)
            title = report.get("title") or text.split("\n", 1)[0]
            told = {key: report.get(key) for key in ("published", "outlet", "agency", "dateline")}
            yield gold, Article(path.stem, body, title=title, **told)


def text_of(shared: Path, extra: Path | None, folder: Path, stem: str) -> str | None:
    """The text of a gold report, ``None`` where it is not at hand."""
    places = [folder / "texts" / f"{stem}.txt", shared / "seeds" / f"{stem}.txt"] + (
        [extra / f"{stem}.txt"] if extra else []
    )
    path = next((p for p in places if p.exists()), None)
    return path.read_text(encoding="utf-8") if path else None


def cut(text: str, report: dict[str, Any]) -> str:
    """The body by the gold file's marks; without them all below the first line."""
    first, last = report.get("body_first"), report.get("body_last")
    start = text.find(first) if first else -1
    end = text.find(last, start) if last else -1
    if start >= 0 and end >= 0 and last:
        return text[start : end + len(last)]
    return text.split("\n", 1)[1] if "\n" in text else text


def documents(shared: Path, extra: Path | None) -> Iterator[tuple[dict[str, Any], Document]]:
    """Each gold report, parsed."""
    rows = list(articles(shared, extra))
    with_language = Language.open()
    parsed = with_language.documents(a for _, a in rows)
    for (gold, _), document in zip(rows, parsed, strict=True):
        yield gold, document


def score(gold: dict[str, Any], mentions: list[Mention], *, verbose: bool = False) -> Counter[str]:
    """Hits and misses of one report."""
    counts: Counter[str] = Counter()
    named = {c for m in mentions for c in m.codes}
    people = {(m.person.split()[-1].lower(), c) for m in mentions if m.person for c in m.codes}
    people |= {(m.person.split()[0].lower(), c) for m in mentions if m.person for c in m.codes}
    for contact in gold["contacts"]:
        found = bool(set(contact["from"]) & named) and bool(set(contact["to"]) & named)
        counts["pair hit" if found else "pair missed"] += 1
        if verbose and not found:
            print("  pair", contact["from"], contact["to"], "among", sorted(named))
        for side in ("from", "to"):
            for person in contact.get(side + "_person") or []:
                last = person.split()[-1].lower()
                hit = any((last, c) in people for c in contact[side])
                counts["person hit" if hit else "person missed"] += 1
                if verbose and not hit:
                    print("  person", person, contact[side], sorted(p for p in people if p[0] == last))
    return counts


def main(shared: Path) -> None:
    """Print the misses, report by report."""
    book, _ = loaded()
    for gold, document in documents(shared, None):
        mentions = [m for row in read_mentions(document, book) for m in row]
        print(gold["report"]["id"])
        score(gold, mentions, verbose=True)
    print(measure(shared, None))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
