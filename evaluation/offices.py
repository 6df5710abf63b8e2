"""Who held which office: the share of terms drawn at random that were found right when checked (``labels/offices``), US terms left out.

``python -m evaluation.offices`` prints it alone. ``actors/offices_right`` counts the rows as they stood when drawn, wrong ones mended since included;
rows that could not be checked are in neither count. ``actors/offices_sourced`` is the share of all 100 that was held against a page.
"""

from __future__ import annotations

import json
from pathlib import Path

CHECKED = Path(__file__).parent / "labels" / "offices" / "offices.jsonl"


def measure(shared: Path | None = None, extra: Path | None = None) -> dict[str, float | None]:
    """``actors/offices_right``, ``actors/offices_checked`` and ``actors/offices_sourced``."""
    del shared, extra
    rows = [json.loads(line) for line in CHECKED.read_text(encoding="utf-8").splitlines()]
    known = [r for r in rows if r["verdict"] != "unverifiable"]
    return {
        "actors/offices_right": round(sum(r["verdict"] == "right" for r in known) / len(known), 4),
        "actors/offices_checked": len(known) / len(rows),
        "actors/offices_sourced": sum(bool(r["source"]) for r in rows) / len(rows),
    }


if __name__ == "__main__":
    for key, figure in measure().items():
        print(f"{key} {figure}")
