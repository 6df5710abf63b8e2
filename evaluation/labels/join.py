"""Join two annotators' labels of one sample into the pointers that are committed.

    python evaluation/labels/join.py sample.jsonl a.jsonl b.jsonl [decisions.jsonl] > names.jsonl

``a.jsonl`` and ``b.jsonl`` hold ``{"id", "names": [[start, end, label], …]}``, offsets within the sentence. Where they
differ, the overlapping spans of both sides are one dispute, numbered within its sentence. ``decisions.jsonl`` holds
``{"id", "dispute", "kept": "a" | "b" | [[start, end, label], …]}``; a dispute without a decision keeps ``a``. Both sides
of every dispute stay in the output. Agreement is printed to standard error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Name = tuple[int, int, str]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def names_of(path: Path) -> dict[str, set[Name]]:
    """By sentence id, the names that an annotator marked."""
    return {r["id"]: {(int(s), int(e), str(kind)) for s, e, kind in r["names"]} for r in rows(path)}


def disputes(a: set[Name], b: set[Name]) -> list[tuple[list[Name], list[Name]]]:
    """What only ``a`` has beside what only ``b`` has, those that overlap together, in the order of the text."""
    groups: list[tuple[int, list[Name], list[Name]]] = []
    for name in sorted(a ^ b):
        if not groups or name[0] >= groups[-1][0]:
            groups.append((name[1], [], []))
        end, ours, theirs = groups.pop()
        (ours if name in a else theirs).append(name)
        groups.append((max(end, name[1]), ours, theirs))
    return [(ours, theirs) for _, ours, theirs in groups]


def agreement(a: dict[str, set[Name]], b: dict[str, set[Name]]) -> float:
    """F1 of one annotator's names against the other's, span and label exact."""
    same = sum(len(a[i] & b[i]) for i in a)
    return 2 * same / sum(len(a[i]) + len(b[i]) for i in a)


def joined(
    pointer: dict[str, Any], a: set[Name], b: set[Name], decisions: dict[tuple[str, int], Any]
) -> dict[str, Any]:
    """The committed row of one sentence: where it stands, its names, and both sides of each dispute."""
    kept, told = set(a & b), []
    for number, (ours, theirs) in enumerate(disputes(a, b)):
        decision = decisions.get((pointer["id"], number), "a")
        chosen = {"a": ours, "b": theirs}[decision] if isinstance(decision, str) else [tuple(n) for n in decision]
        kept |= set(chosen)
        told.append({"a": ours, "b": theirs, "kept": chosen})
    place = {k: pointer[k] for k in ("id", "file", "record", "start", "end", "draw")}
    return {**place, "names": sorted(kept), "disputed": told}


def main() -> None:
    """Print the joined rows."""
    sample, a, b = rows(Path(sys.argv[1])), names_of(Path(sys.argv[2])), names_of(Path(sys.argv[3]))
    decided = rows(Path(sys.argv[4])) if len(sys.argv) > 4 else []
    decisions = {(d["id"], int(d["dispute"])): d["kept"] for d in decided}
    for pointer in sample:
        name = pointer["id"]
        print(json.dumps(joined(pointer, a[name], b[name], decisions), ensure_ascii=False))
    differing = sum(len(disputes(a[i], b[i])) for i in a)
    print(f"{len(a)} sentences, F1 of agreement {agreement(a, b):.3f}, {differing} disputes", file=sys.stderr)


if __name__ == "__main__":
    main()
