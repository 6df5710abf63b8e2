"""The language room's files from the treebanks, in one command: ``python -m training --data DIR --encoder DIR --out RUN``.

The stages of :data:`STAGES`, one after the other: the network, its export, the segmenter, its head on the encoder, the head that knows
cues of attribution. Each leaves its files in RUN;
a stage whose files are there is passed over, and training goes on from its last epoch, so that the same command goes on where it was stopped. Each
prints its progress, and RUN/log.jsonl has the figures of every epoch. ``--into`` copies what ships to its place in the end.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "dragoman" / "language"


@dataclass(frozen=True)
class Stage:
    """One module of the recipe, what it is given (``{data}``, ``{encoder}`` and ``{out}`` filled in), and the file that says that it is done."""

    module: str
    given: str
    made: str


STAGES = (
    Stage("training.language.train", "--data {data} --encoder {encoder} --out {out}", "done"),
    Stage("training.language.export", "--model {out}/model.pt --data {data} --out {out}/weights", "weights/pieces.txt"),
    Stage("training.segment", "--all --data {data}/ud --out {out}/segment_weights.npz", "segment_weights.npz"),
    Stage(
        "training.segment.ends",
        "--all --data {data}/ud --model {out}/weights --out {out}/segment_ends.npz",
        "segment_ends.npz",
    ),
    Stage("training.attribution.train", "--data {data} --model {out}/weights --out {out}/cues.npz", "cues.npz"),
)


def command(stage: Stage, data: Path, encoder: Path, out: Path) -> list[str]:
    """The stage as a command line."""
    given = [part.format(data=data, encoder=encoder, out=out) for part in stage.given.split()]
    return [sys.executable, "-m", stage.module, *given]


def ship(out: Path, into: Path) -> None:
    """Copy what ships from a finished run into the package's folder."""
    shutil.copytree(out / "weights", into / "weights", dirs_exist_ok=True)
    for name in ("segment_weights.npz", "segment_ends.npz", "cues.npz"):
        shutil.copy(out / name, into / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/, wikigold and re3d")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder with MiniLM's weights and vocab.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--into", type=Path, nargs="?", const=PACKAGE, help="where what ships goes: the package itself")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        if (given.out / stage.made).exists():
            print(f"{stage.module}: done before")
            continue
        print(f"{stage.module} …", flush=True)
        subprocess.run(command(stage, given.data, given.encoder, given.out), check=True)
    if given.into:
        ship(given.out, given.into)


if __name__ == "__main__":
    main()
