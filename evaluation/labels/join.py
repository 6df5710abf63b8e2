"""Join two annotators' labels of one sample into the pointers that are committed.

    python evaluation/labels/join.py sample.jsonl a.jsonl b.jsonl [decisions.jsonl] > names.jsonl

``a.jsonl`` and ``b.jsonl`` hold ``{"id", "names": [[start, end, label], …]}``, offsets within the sentence. Where they
differ, the overlapping spans of both sides are one dispute, numbered within its sentence. ``decisions.jsonl`` holds
``{"id", "dispute", "kept": "a" | "b" | [[start, end, label], …], "reason"}``; a dispute without a decision keeps ``a``, with
no reason told. Both sides of every dispute stay in the output. Agreement, overall and by label, is printed to standard
error. Two files that label different sentences, and a decision on no dispute, are refused with a ``ValueError``.
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


def agreement(a: dict[str, set[Name]], b: dict[str, set[Name]], kind: str | None = None) -> float:
    """F1 of one annotator's names against the other's, span and label exact; of one label or of all. 1 if both have none."""
    ours, theirs = ({(i, n) for i in side for n in side[i] if kind in (None, n[2])} for side in (a, b))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0


def joined(
    pointer: dict[str, Any], a: set[Name], b: set[Name], decisions: dict[tuple[str, int], dict[str, Any]]
) -> dict[str, Any]:
    """The committed row of one sentence: where it stands, its names, and of each dispute both sides, what was kept and why."""
    kept, told = set(a & b), []
    for number, (ours, theirs) in enumerate(disputes(a, b)):
        decision = decisions.get((pointer["id"], number), {"kept": "a"})
        side = decision["kept"]
        chosen = {"a": ours, "b": theirs}[side] if isinstance(side, str) else [tuple(n) for n in side]
        kept |= set(chosen)
        told.append({"a": ours, "b": theirs, "kept": chosen, "reason": decision.get("reason", "")})
    place = {k: pointer[k] for k in ("id", "file", "record", "start", "end", "draw")}
    return {**place, "names": sorted(kept), "disputed": told}


def join(
    sample: list[dict[str, Any]], a: dict[str, set[Name]], b: dict[str, set[Name]], decided: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The committed rows of a sample. Raises ``ValueError`` where labels or decisions do not fit it."""
    ids = {pointer["id"] for pointer in sample}
    if not ids == a.keys() == b.keys():
        raise ValueError(f"not labelled by both: {sorted((ids ^ a.keys()) | (ids ^ b.keys()))}")
    decisions = {(d["id"], int(d["dispute"])): d for d in decided}
    known = {(i, number) for i in ids for number in range(len(disputes(a[i], b[i])))}
    if decisions.keys() - known:
        raise ValueError(f"decisions on no dispute: {sorted(decisions.keys() - known)}")
    return [joined(pointer, a[pointer["id"]], b[pointer["id"]], decisions) for pointer in sample]


def main() -> None:
    """Print the joined rows."""
    sample, a, b = rows(Path(sys.argv[1])), names_of(Path(sys.argv[2])), names_of(Path(sys.argv[3]))
    decided = rows(Path(sys.argv[4])) if len(sys.argv) > 4 else []
    done = join(sample, a, b, decided)
    for row in done:
        print(json.dumps(row, ensure_ascii=False))
    kinds = sorted({kind for side in (a, b) for names in side.values() for _, _, kind in names})
    by_label = ", ".join(f"{kind} {agreement(a, b, kind):.3f}" for kind in kinds)
    differing = sum(len(row["disputed"]) for row in done)
    print(
        f"{len(done)} sentences, F1 of agreement {agreement(a, b):.3f} ({by_label}), {differing} disputes",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
