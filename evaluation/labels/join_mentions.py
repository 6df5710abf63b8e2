"""Join two annotators' labels of one sample of mentions into the pointers that are committed.

    python evaluation/labels/join_mentions.py sample.jsonl a.jsonl b.jsonl [decisions.jsonl] > mentions.jsonl

``a.jsonl`` and ``b.jsonl`` hold ``{"id", "codes", "ambiguous", "level"}``. Where the codes (as sets), ``ambiguous`` or the level differ the row is
a dispute. ``decisions.jsonl`` holds ``{"id", "kept": "a" | "b" | {"codes", "ambiguous", "level"}, "reason"}``; a dispute without a decision keeps
``a``, with no reason told. Both sides stay in the output. Agreement is printed to standard error. Two files that label different mentions, and a
decision on no dispute, are refused with a ``ValueError``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]
PLACE = ("id", "file", "record", "start", "end", "kind", "draw")


def rows(path: str) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def label(row: Row) -> Row:
    """What was labelled, the codes in the order of the alphabet."""
    return {"codes": sorted(row["codes"]), "ambiguous": bool(row["ambiguous"]), "level": row["level"]}


def join(sample: list[Row], a: list[Row], b: list[Row], decided: list[Row]) -> list[Row]:
    """The committed rows. Raises ``ValueError`` where labels or decisions do not fit the sample."""
    ours, theirs = ({r["id"]: label(r) for r in side} for side in (a, b))
    ids = {r["id"] for r in sample}
    if not ids == ours.keys() == theirs.keys():
        raise ValueError(f"not labelled by both: {sorted((ids ^ ours.keys()) | (ids ^ theirs.keys()))}")
    decisions = {d["id"]: d for d in decided}
    disputed = {i for i in ids if ours[i] != theirs[i]}
    if decisions.keys() - disputed:
        raise ValueError(f"decisions on no dispute: {sorted(decisions.keys() - disputed)}")
    done = []
    for pointer in sample:
        i = pointer["id"]
        decision = decisions.get(i, {"kept": "a"})
        kept = (
            {"a": ours[i], "b": theirs[i]}[decision["kept"]] if isinstance(decision["kept"], str) else decision["kept"]
        )
        row = {**{k: pointer[k] for k in PLACE}, **label(kept)}
        if i in disputed:
            row["disputed"] = {"a": ours[i], "b": theirs[i], "reason": decision.get("reason", "")}
        done.append(row)
    return done


def agreement(done: list[Row], *fields: str) -> float:
    """The share of rows on which both gave the same of these fields."""
    same = sum("disputed" not in r or all(r["disputed"]["a"][f] == r["disputed"]["b"][f] for f in fields) for r in done)
    return same / len(done) if done else 1.0


def main() -> None:
    """Print the joined rows."""
    sample, a, b = (rows(path) for path in sys.argv[1:4])
    done = join(sample, a, b, rows(sys.argv[4]) if len(sys.argv) > 4 else [])
    for row in done:
        print(json.dumps(row, ensure_ascii=False))
    levels = [r for r in done if r["level"] is not None]
    print(
        f"{len(done)} mentions; agreement on the codes {agreement(done, 'codes'):.3f}, with ambiguous {agreement(done, 'codes', 'ambiguous'):.3f}, "
        f"on the level of {len(levels)} {agreement(levels, 'level'):.3f}; {sum('disputed' in r for r in done)} disputes",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
