"""Join two annotators' events of one sample into the pointers that are committed.

    python evaluation/labels/join_events.py sample.jsonl a.jsonl [b.jsonl [decisions.jsonl]] > events.jsonl

``a.jsonl`` and ``b.jsonl`` hold ``{"id", "events": [{"type", "source", "target", "mutual", "trigger"}]}``. Events of both that are the same (type
and parties as the evaluation compares them) are kept as ``a`` wrote them; each other one is a dispute, numbered within its sentence, first those
of ``a``. ``decisions.jsonl`` holds ``{"id", "dispute", "kept": true | false, "reason"}``; a disputed event without a decision is kept where it is
``a``'s. Disputes stay in the output, with side, event and reason. Agreement is printed to standard error. Without ``b`` the rows are ``a``'s alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from evaluation.events_text import matched

Row = dict[str, Any]


def rows(path: str) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def join(pointer: Row, a: list[Row], b: list[Row] | None, decisions: dict[tuple[str, int], Row]) -> Row:
    """The committed row of one sentence. Raises ``ValueError`` where a trigger does not stand in it."""
    a = [_pointing(pointer["text"], e) for e in a]
    b = None if b is None else [_pointing(pointer["text"], e) for e in b]
    place = {k: pointer[k] for k in ("id", "file", "record", "start", "end", "draw")}
    if b is None:
        return {**place, "events": a, "disputed": []}
    pairs = matched(a, b)
    kept, told = [a[i] for i, _ in pairs], []
    alone = [("a", e) for i, e in enumerate(a) if i not in {x for x, _ in pairs}]
    alone += [("b", e) for j, e in enumerate(b) if j not in {y for _, y in pairs}]
    for number, (side, event) in enumerate(alone):
        decision = decisions.get((pointer["id"], number), {"kept": side == "a"})
        if decision["kept"]:
            kept.append(event)
        told.append({"side": side, "event": event, "kept": decision["kept"], "reason": decision.get("reason", "")})
    return {**place, "events": kept, "disputed": told}


def _pointing(text: str, event: Row) -> Row:
    """The event with its words as characters within the sentence: the text itself is not committed."""
    start = text.index(event["trigger"])
    return {**event, "trigger": [start, start + len(event["trigger"])]}


def main() -> None:
    """Print the joined rows."""
    sample, a = rows(sys.argv[1]), {r["id"]: r["events"] for r in rows(sys.argv[2])}
    b = {r["id"]: r["events"] for r in rows(sys.argv[3])} if len(sys.argv) > 3 else None
    decided = {(d["id"], int(d["dispute"])): d for d in rows(sys.argv[4])} if len(sys.argv) > 4 else {}
    for pointer in sample:
        i = pointer["id"]
        print(json.dumps(join(pointer, a[i], None if b is None else b[i], decided), ensure_ascii=False))
    if b is not None:
        same = sum(len(matched(a[i], b[i])) for i in a)
        total = sum(map(len, a.values())) + sum(map(len, b.values()))
        agree = sum(bool(a[i]) == bool(b[i]) for i in a)
        print(f"F1 of agreement {2 * same / total:.3f}; whether any event: {agree}/{len(a)}", file=sys.stderr)


if __name__ == "__main__":
    main()
