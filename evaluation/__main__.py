"""``make eval``: measures what can be measured from ``../shared``, prints one table, holds every figure against its floor.

Each ``evaluation/WHAT.py`` offers ``measure(shared, extra) -> {key: figure}``; a measure that is not written yet is skipped with a word.
Writes ``eval/results.json`` (one flat object) and reads ``eval/floors.toml``; exit code 1 when a figure lies below its floor.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from evaluation.floors import Floor, below, load, pinned, write

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "eval" / "results.json"
FLOORS = ROOT / "eval" / "floors.toml"
MEASURES = ("pages", "language", "times", "events", "contacts", "threads", "trips", "attribution", "copies", "actors")

Figures = dict[str, float | None]


def main(argv: list[str] | None = None) -> int:
    """Measure, print, write, compare. Gives the exit code."""
    args = _arguments(argv)
    if not args.shared.is_dir():
        print(f"evaluation: there is no folder {args.shared}; say where the gold lies with --shared", file=sys.stderr)
        return 2
    wanted = MEASURES if args.what == "all" else (args.what,)
    figures, skipped = measured(wanted, args.shared, args.extra)
    kept = {} if args.what == "all" else _results()
    kept.update(figures)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps({k: v if v is None else round(v, 4) for k, v in sorted(kept.items())}, indent=1) + "\n",
        encoding="utf-8",
    )
    floors = load(FLOORS)
    show(figures, floors, skipped)
    if args.pin:
        command = " ".join(["make eval", f"WHAT={args.what}", *([f"EXTRA={args.extra}"] if args.extra else [])])
        raised = pinned(floors, figures, command, datetime.now(UTC).date(), _commit())
        write(FLOORS, raised)
        print(f"floors pinned: {sum(raised[k] != floors.get(k) for k in raised)}")
    failed = below(figures, floors)
    for key, figure, floor in failed:
        print(
            f"evaluation: {key} is {figure:.4f}, below its floor {floor.floor:.4f} (set {floor.date}, {floor.commit})",
            file=sys.stderr,
        )
    return 1 if failed else 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="the folder with gold/, data/, seeds/"
    )
    parser.add_argument("--what", choices=("all", *MEASURES), default="all", help="one measure instead of all")
    parser.add_argument("--extra", type=Path, help="a folder with sets that are fetched, such as real/ID.txt")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what this run reached; none is lowered")
    return parser.parse_args(argv)


def measured(wanted: tuple[str, ...], shared: Path, extra: Path | None) -> tuple[Figures, dict[str, str]]:
    """The figures of the measures, and why each one left out was skipped."""
    figures: Figures = {}
    skipped: dict[str, str] = {}
    for what in wanted:
        if importlib.util.find_spec(f"evaluation.{what}") is None:
            skipped[what] = "not measured yet"
            continue
        started = time.monotonic()
        figures.update(importlib.import_module(f"evaluation.{what}").measure(shared, extra))
        print(f"{what}: measured in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return figures, skipped


def show(figures: Mapping[str, float | None], floors: Mapping[str, Floor], skipped: Mapping[str, str]) -> None:
    """One table: a row a figure, its sets or stories beside each other; the floor in brackets where one is pinned, ``!`` below it."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = Console(width=None if sys.stdout.isatty() else 140)
    for title, found in _blocks(figures).items():
        columns = list(dict.fromkeys(column for column, _ in found))
        table = Table(title, *columns, box=SIMPLE_HEAD, show_edge=False)
        for row in sorted({row for _, row in found}):
            cells = []
            for column in columns:
                key = found.get((column, row))
                floor = floors.get(key) if key else None
                value = figures[key] if key else None
                worse = floor is not None and value is not None and floor.missed(value)
                held = f" ({floor.floor:.3f})" if floor else ""
                cells.append(
                    Text(_figure(value) + held + " !" * worse if key else "", style="bold red" if worse else "")
                )
            table.add_row(row, *cells)
        out.print(table)
        out.print()
    for what, why in skipped.items():
        out.print(f"{what}: {why}", style="dim")


def _blocks(figures: Mapping[str, float | None]) -> dict[str, dict[tuple[str, str], str]]:
    """``contacts/seeds/act`` as block contacts, column seeds, row act; a figure without a set stands in a column of its own."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for key in sorted(figures):
        what, *rest = key.split("/")
        column, row = (rest[0], "/".join(rest[1:])) if len(rest) > 1 else ("", rest[0])
        found.setdefault(what, {})[column, row] = key
    return found


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) and value < 100 else f"{value:,.0f}"


def _results() -> Figures:
    return dict(json.loads(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else {}


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
