"""The pinned floors: a figure below its floor fails the run; a floor is raised by ``--pin`` and lowered only by hand."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["Floor", "below", "load", "pinned", "write"]

#: Figures that count what went wrong: for them the floor is a ceiling.
FEWER_IS_BETTER = ("unreal as done", "made up in empty")
#: Sizes of the sets, not figures of ours; and speed, which is the machine's as much as ours and has its bar in benchmarks/.
NO_FLOOR = ("reports", "unreal", "empty reports", "words_per_second", "per_second", "load_ms")
#: Figures are printed to three places; a floor leaves room for the last digit's rounding and for nothing else.
ROUNDING = 0.0005
#: Floors are pinned at whole hundredths, rounded down: other processors round the network's sums otherwise, and one act of a small set
#: that falls the other way is no loss.
PLACES = 100

_HEAD = """\
# The floor of every figure: `make eval` fails when one falls below it. `python -m evaluation --pin` raises floors to what a run reached and
# never lowers one; lowering is done here, by hand, with the reason in CHANGELOG.md. Counts of errors are ceilings.
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The value that a figure must reach, and the run that set it."""

    key: str
    floor: float
    command: str
    date: date
    commit: str

    @property
    def ceiling(self) -> bool:
        """Whether fewer is better."""
        return self.key.rsplit("/", 1)[-1] in FEWER_IS_BETTER

    def missed(self, figure: float) -> bool:
        """Whether the figure is worse than the floor."""
        return figure > self.floor + ROUNDING if self.ceiling else figure < self.floor - ROUNDING


def load(path: Path) -> dict[str, Floor]:
    """The floors in a file, none where it is missing."""
    if not path.exists():
        return {}
    return {
        key: Floor(key, float(row["floor"]), row["command"], row["date"], row["commit"])
        for key, row in tomllib.loads(path.read_text("utf-8")).items()
    }


def below(figures: Mapping[str, float | None], floors: Mapping[str, Floor]) -> list[tuple[str, float, Floor]]:
    """The figures that are worse than their floors. ``None`` is a figure that could not be measured here, for want of a set that is fetched."""
    held = ((key, figures.get(key), floor) for key, floor in sorted(floors.items()))
    return [(key, figure, floor) for key, figure, floor in held if figure is not None and floor.missed(figure)]


def pinned(
    floors: Mapping[str, Floor], figures: Mapping[str, float | None], command: str, day: date, commit: str
) -> dict[str, Floor]:
    """The floors with those raised that the figures surpass, and new ones for figures without."""
    found = dict(floors)
    for key, figure in figures.items():
        if figure is None or key.rsplit("/", 1)[-1] in NO_FLOOR:
            continue
        new = Floor(
            key,
            figure if Floor(key, 0, "", day, "").ceiling else math.floor(figure * PLACES + 1e-9) / PLACES,
            command,
            day,
            commit,
        )
        old = found.get(key)
        if old is None or (new.floor < old.floor if new.ceiling else new.floor > old.floor):
            found[key] = new
    return found


def write(path: Path, floors: Mapping[str, Floor]) -> None:
    """Write the floors, in the order of their keys."""
    blocks = [
        f'["{f.key}"]\nfloor = {f.floor}\ncommand = "{f.command}"\ndate = {f.date.isoformat()}\ncommit = "{f.commit}"\n'
        for _, f in sorted(floors.items())
    ]
    path.write_text(_HEAD + "\n" + "\n".join(blocks), encoding="utf-8")
