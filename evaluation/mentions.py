"""Surface forms: whether the party that the reader gives to 400 drawn mentions is the labelled one, and the level of people (``labels/mentions``).

The whole record is read as a report, with title, day and address. A mention is right where the reader gives the same set of codes (none where the
label has none) or says that the words are ambiguous; a label that is itself ambiguous allows any of its codes, and none. ``python -m
evaluation.mentions --shared DIR`` prints the figures, with ``--errors`` also each wrong one.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.codebook.actors import ActorBook
from dragoman.language import Language
from dragoman.model import Article, Document, Mention, Sentence
from dragoman.reading.actors import read_mentions
from dragoman.reading.who.values import head_of

LABELS = Path(__file__).parent / "labels" / "mentions" / "mentions.jsonl"
#: UN funds and programmes that the book knows by a code of their own; the labels have UN for them.
FUNDS = frozenset({"UNICEF", "WFP", "UNDP", "UNFPA", "UNRWA", "OCHA"})
#: Words whose place is no party: a capital or palace where something merely happens, a body at which one speaks.
SCENES = frozenset({"capital", "seat", "body"})
#: Words and marks by which a span names several parties side by side.
JOINTS = frozenset({"-", "–", "/", ",", "and", "&"})
#: Not an official, and nothing told.
PRIVATE, UNSTATED = 5, 0
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader says of a span: the codes, whether it calls the words ambiguous, and the level (``None`` where it reads no mention)."""

    codes: frozenset[str] = frozenset()
    ambiguous: bool = False
    level: int | None = None
    rule: str = ""


@cache
def _records(path: Path) -> tuple[Row, ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def rows_of(labels: Path = LABELS) -> list[Row]:
    """The labelled mentions."""
    return [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]


def article_of(shared: Path, row: Row) -> Article:
    """The record that a mention stands in, as a report."""
    record = _records(shared / "data" / row["file"])[row["record"]]
    day = str(record.get("published") or record.get("date") or record.get("first_seen") or "")[:10]
    return Article(
        id=f"{row['file'][:5]}-{row['record']}",
        body=record["text"],
        title=record["title"],
        published=day or None,
        url=record.get("link") or record.get("url"),
    )


def answered(shared: Path, rows: Sequence[Row]) -> Iterator[tuple[Row, Answer]]:
    """Each labelled mention with what the reader says of it; a record is read once."""
    book, language = ActorBook.load(), Language.open()
    by_record: dict[str, list[Row]] = {}
    articles: dict[str, Article] = {}
    for row in rows:
        article = article_of(shared, row)
        by_record.setdefault(article.id, []).append(row)
        articles[article.id] = article
    for document in language.documents(articles.values()):
        mentions = [m for sentence in read_mentions(document, book) for m in sentence]
        for row in by_record[document.article.id]:
            yield row, answer(document, mentions, row["start"], row["end"])


def answer(document: Document, mentions: Sequence[Mention], start: int, end: int) -> Answer:
    """What the reader says of the characters ``start`` to ``end`` of the body.

    The smallest mention that holds them all speaks for them; without one, the widest that holds their head; in a row of names ("Peru and Chile"), and
    where no mention holds the head, all that overlap.
    """
    inside = [
        m
        for m in mentions
        if document.sentences[m.sentence].where == "body" and m.start < end and start < m.end and m.kind != "pronoun"
    ]
    whole = [m for m in inside if m.start <= start and end <= m.end]
    if whole:
        best = min(whole, key=lambda m: m.end - m.start)
        main_word = document.sentences[best.sentence].tokens[best.head]
        if best.posted and not (start <= main_word.start < end) and start > best.start:
            # The words name to whom an envoy is posted: the reader says so beside whom the envoy speaks for.
            return Answer(frozenset(best.posted), rule=f"{best.text} [posted]")
        return _said([best])
    sentence = next((s for s in document.sentences if s.where == "body" and s.start <= start < s.end), None)
    if sentence is None:
        return Answer()
    first, last = _words(sentence, start, end)
    head = head_of(sentence, first, last)
    held = [m for m in inside if document.sentences[m.sentence] is sentence and m.first <= head <= m.last]
    widest = max(held, key=lambda m: m.end - m.start, default=None)
    if widest is None:
        return _said(inside)
    beside = [sentence.tokens[i].form for i in (widest.first - 1, widest.last + 1) if first <= i <= last]
    return _said(inside if set(beside) & JOINTS else [widest])


def _words(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """First and last word of the sentence that the characters touch."""
    touched = [i for i, t in enumerate(sentence.tokens) if t.start < end and start < t.end]
    return (touched[0], touched[-1]) if touched else (0, len(sentence.tokens) - 1)


def _said(mentions: Sequence[Mention]) -> Answer:
    codes = {("UN" if c in FUNDS else c) for m in mentions if not is_scene(m) for c in m.codes}
    levels = [m.level for m in mentions if m.level]
    open_words = any(m.ambiguous and not m.codes for m in mentions)
    level = (min(levels) if levels else UNSTATED) if mentions else None
    return Answer(frozenset(codes), open_words, level, "; ".join(f"{m.text} [{m.rule}]" for m in mentions))


def is_scene(mention: Mention) -> bool:
    """Whether the reader says that a city or a building merely tells where (a state's name stays that state's)."""
    return mention.place_only and mention.rule.partition("+")[0] in SCENES


def right(row: Row, said: Answer) -> bool:
    """Whether the party is the labelled one, or is declared ambiguous."""
    gold = frozenset(row["codes"])
    return said.ambiguous or said.codes == gold or (bool(row["ambiguous"]) and said.codes <= gold)


def level_right(row: Row, said: Answer) -> bool:
    """Whether the level is the labelled one; whoever speaks for no party has none to get wrong, unless a party is made up for them."""
    if row["level"] == PRIVATE and not row["codes"]:
        return said.level in {PRIVATE, UNSTATED, None} or not said.codes
    return (said.level or UNSTATED) == int(row["level"])


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """``parties/mentions/right``, also of ``person`` and ``party`` mentions, of those that speak for a party (``found``) and for none (``none``);
    ``…/ambiguous``: the share declared ambiguous; ``…/level``, and ``…/level_of_parties`` on the people who speak for one."""
    del extra
    done = list(answered(shared, rows_of()))
    people = [(r, a) for r, a in done if r["level"] is not None]
    return {
        "parties/mentions/right": _share([right(r, a) for r, a in done]),
        "parties/mentions/right_person": _share([right(r, a) for r, a in done if r["kind"] == "person"]),
        "parties/mentions/right_party": _share([right(r, a) for r, a in done if r["kind"] == "party"]),
        "parties/mentions/right_found": _share([right(r, a) for r, a in done if r["codes"]]),
        "parties/mentions/right_none": _share([right(r, a) for r, a in done if not r["codes"]]),
        "parties/mentions/ambiguous": _share([a.ambiguous for _, a in done]),
        "parties/mentions/level": _share([level_right(r, a) for r, a in people]),
        "parties/mentions/level_of_parties": _share([level_right(r, a) for r, a in people if r["codes"]]),
    }


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def main() -> None:
    """Print the figures, and on request what is wrong."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument(
        "--errors", type=Path, nargs="?", const=LABELS, help="print the errors, of another set of rows if given"
    )
    asked = ask.parse_args()
    if asked.errors:
        for row, said in answered(asked.shared, rows_of(asked.errors)):
            wrong = [] if right(row, said) else [f"{row['codes']} not {sorted(said.codes)}"]
            if row["level"] is not None and not level_right(row, said):
                wrong.append(f"level {row['level']} not {said.level}")
            if wrong:
                text = article_of(asked.shared, row).body
                a, b = row["start"], row["end"]
                print(
                    f"{row['id']} {'; '.join(wrong)}: …{text[max(0, a - 60) : a]}[[{text[a:b]}]]{text[b : b + 40]}… <{said.rule}>".replace(
                        "\n", " "
                    )
                )
        if asked.errors != LABELS:
            return
    for key, figure in measure(asked.shared).items():
        print(f"{key} {'–' if figure is None else f'{figure:.4f}'}")


if __name__ == "__main__":
    main()
