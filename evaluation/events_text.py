"""Events with nothing but text: what the coder finds in single sentences of news and releases against labels of our own (``labels/events``).

Two events are the same where the type is the same and on each side the parties are (of lists: at least half of all codes of both are
shared); of a mutual act, where both sides together are. What the coder gives as ``not_done`` is left out, as the labels leave it out. Run
alone, with the errors: ``python -m evaluation.events_text --shared DIR --errors``.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.language import Language
from dragoman.model import Article
from dragoman.reading.events import Coder, Event

LABELS = Path(__file__).parent / "labels" / "events" / "events.jsonl"
#: Further sentences, all drawn at random, labelled by one: for how many events a sentence of running text tells.
RUNNING = LABELS.with_name("running.jsonl")
#: The least share of codes that two lists must have in common to be the same side.
SHARED = 0.5
Row = dict[str, Any]


def same(a: Row, b: Row, *, typed: bool = True) -> bool:
    """Whether two events are one; ``typed``: also their type."""
    if typed and a["type"] != b["type"]:
        return False
    if a.get("mutual") or b.get("mutual"):
        return _alike(set(a["source"]) | set(a["target"]), set(b["source"]) | set(b["target"]))
    return _alike(set(a["source"]), set(b["source"])) and _alike(set(a["target"]), set(b["target"]))


def _alike(a: set[str], b: set[str]) -> bool:
    return len(a & b) >= SHARED * len(a | b) and bool(a & b)


def matched(a: Sequence[Row], b: Sequence[Row], *, typed: bool = True) -> list[tuple[int, int]]:
    """Pairs of places of events that are the same, each event in one pair at most."""
    found: list[tuple[int, int]] = []
    for i, x in enumerate(a):
        j = next((j for j, y in enumerate(b) if j not in {k for _, k in found} and same(x, y, typed=typed)), None)
        if j is not None:
            found.append((i, j))
    return found


@cache
def _records(path: Path) -> tuple[Row, ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def labelled(shared: Path, labels: Path = LABELS) -> Iterator[tuple[Row, str, str]]:
    """(row, text, day) of each labelled sentence, the text taken from ``shared/data``."""
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        record = _records(shared / "data" / row["file"])[row["record"]]
        day = str(record.get("first_seen") or record.get("published") or record.get("date") or "")[:10]
        yield row, record["text"][row["start"] : row["end"]], day


def found_in(shared: Path, labels: Path = LABELS) -> Iterator[tuple[Row, str, list[Row], tuple[Event, ...]]]:
    """(row, text, the coder's events as rows, the events) of each labelled sentence."""
    language, coder = Language.open(), Coder.load()
    rows = list(labelled(shared, labels))
    documents = language.documents(Article(id=r["id"], body=text, published=day or None) for r, text, day in rows)
    for (row, text, _), document in zip(rows, documents, strict=True):
        events = tuple(e for e in coder.of_document(document).events if e.status != "not_done")
        yield row, text, [{"type": e.type, "source": list(e.source), "target": list(e.target)} for e in events], events


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """``events/text/f1`` with precision and recall, ``…/pairs_f1`` without the type, ``…/half_f1`` on all sentences with an event and as many
    without; ``…/per_sentence_ratio``: our events by gold's on the half drawn at random from running text (and on all); ``events/running/…``: F1,
    precision and the ratio on the further 300 sentences, all drawn at random."""
    del extra
    done = list(found_in(shared))
    holding = [d for d in done if d[0]["events"]]
    half = holding + [d for d in done if not d[0]["events"]][: len(holding)]
    running = [d for d in done if d[0]["draw"] == "random"]
    of_all = _scores(done)
    further = list(found_in(shared, RUNNING))
    of_further = _scores(further)
    return {
        "events/text/f1": of_all[0],
        "events/text/precision": of_all[1],
        "events/text/recall": of_all[2],
        "events/text/pairs_f1": _scores(done, typed=False)[0],
        "events/text/half_f1": _scores(half)[0],
        "events/text/per_sentence_ratio": _ratio(running),
        "events/text/per_sentence_ratio_all": _ratio(done),
        "events/running/f1": of_further[0],
        "events/running/precision": of_further[1],
        "events/running/per_sentence_ratio": _ratio(further),
    }


def _scores(done: Sequence[tuple[Row, str, list[Row], Any]], *, typed: bool = True) -> tuple[float, float, float]:
    right = sum(len(matched(d[0]["events"], d[2], typed=typed)) for d in done)
    gold, ours = sum(len(d[0]["events"]) for d in done), sum(len(d[2]) for d in done)
    return 2 * right / max(1, gold + ours), right / max(1, ours), right / max(1, gold)


def _ratio(done: Sequence[tuple[Row, str, list[Row], Any]]) -> float:
    return sum(len(d[2]) for d in done) / max(1, sum(len(d[0]["events"]) for d in done))


def main() -> None:
    """Print the figures, and on request what was missed (-) and made up (+)."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--errors", action="store_true")
    asked = ask.parse_args()
    if asked.errors:
        for row, text, ours, events in found_in(asked.shared):
            pairs = matched(row["events"], ours)
            missed = [e for i, e in enumerate(row["events"]) if i not in {a for a, _ in pairs}]
            extra = [e for j, e in enumerate(events) if j not in {b for _, b in pairs}]
            if missed or extra:
                print(row["id"], text)
            for e in missed:
                print("   -", e["type"], e["source"], e["target"], text[slice(*e["trigger"])])
            for x in extra:
                print("   +", x.type, list(x.source), list(x.target), text[slice(*x.trigger_span)], x.rule)
    for key, figure in measure(asked.shared).items():
        print(f"{key} {figure:.4f}")


if __name__ == "__main__":
    main()
