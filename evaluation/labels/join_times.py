"""Join two annotators' time expressions of one sample into the pointers that are committed.

    python evaluation/labels/join_times.py sample.jsonl a.jsonl b.jsonl [decisions.jsonl] > times.jsonl

``a.jsonl`` and ``b.jsonl`` hold the rows of ``times_convention.md``. Where kind or days differ the candidate is a dispute; where only the extents
or the other days that pass (``also``) do, the row says so too. ``decisions.jsonl`` holds ``{"id", "kept": "a" | "b" | {label}, "reason"}``; a dispute
without a decision keeps ``a``. Both sides of every dispute stay in the output. Agreement is printed to standard error. Rows that do not fit
the sample, and a decision on no dispute, are refused with a ``ValueError``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]
PLACE = ("id", "file", "record", "start", "end", "draw", "word")
LABEL = ("kind", "extent", "interval", "also")


def rows(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def label(row: Row) -> Row:
    """What an annotator says of a candidate, without its id."""
    return {k: row[k] for k in LABEL if k in row}


def differ(a: Row, b: Row) -> list[str]:
    """In what two labels differ: ``kind``, ``interval``, ``extent``, ``also``."""
    return [field for field in ("kind", "interval", "extent", "also") if a.get(field) != b.get(field)]


def joined(pointer: Row, a: Row, b: Row, decision: Row | None) -> Row:
    """The committed row of one candidate."""
    place, apart = {k: pointer[k] for k in PLACE}, differ(a, b)
    if not apart:
        return {**place, **label(a)}
    side = decision["kept"] if decision else "a"
    kept = {"a": label(a), "b": label(b)}[side] if isinstance(side, str) else side
    reason = decision.get("reason", "") if decision else ""
    return {**place, **kept, "disputed": {"in": apart, "a": label(a), "b": label(b), "reason": reason}}


def join(sample: list[Row], a: list[Row], b: list[Row], decided: list[Row]) -> list[Row]:
    """The committed rows of a sample. Raises ``ValueError`` where labels or decisions do not fit it."""
    sides = [{row["id"]: row for row in side} for side in (a, b)]
    ids = {pointer["id"] for pointer in sample}
    if not ids == sides[0].keys() == sides[1].keys():
        raise ValueError(f"not labelled by both: {sorted((ids ^ sides[0].keys()) | (ids ^ sides[1].keys()))}")
    decisions = {d["id"]: d for d in decided}
    if beside := {i for i in decisions if i not in ids or not differ(sides[0][i], sides[1][i])}:
        raise ValueError(f"decisions on no dispute: {sorted(beside)}")
    return [joined(p, sides[0][p["id"]], sides[1][p["id"]], decisions.get(p["id"])) for p in sample]


def agreement(a: list[Row], b: list[Row]) -> dict[str, float]:
    """The shares of candidates on which both say the same: whether it tells a time, its kind, its days, its extent, and kind and days together."""
    other = {row["id"]: row for row in b}
    apart = [(set(differ(row, other[row["id"]])), row, other[row["id"]]) for row in a]
    count = len(a)
    return {
        "time or none": sum((x["kind"] == "none") == (y["kind"] == "none") for _, x, y in apart) / count,
        "kind": sum("kind" not in d for d, _, _ in apart) / count,
        "days": sum("interval" not in d for d, _, _ in apart) / count,
        "extent": sum("extent" not in d for d, _, _ in apart) / count,
        "kind and days": sum(not d & {"kind", "interval"} for d, _, _ in apart) / count,
    }


def main() -> None:
    """Print the joined rows."""
    sample, a, b, *decided = (rows(Path(name)) for name in sys.argv[1:])
    for row in join(sample, a, b, decided[0] if decided else []):
        print(json.dumps(row, ensure_ascii=False))
    print(", ".join(f"{what} {part:.3f}" for what, part in agreement(a, b).items()), file=sys.stderr)


if __name__ == "__main__":
    main()
