"""Threads held against the gold stories, with the gold contacts entered: how well history is derived, whatever the reading.

The scorer is gold/score_story.py itself, run once a story; the threads come from a command of this module:

    python -m evaluation.threads --ledger LEDGER --as-of DAY
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.ledger import Ledger
from dragoman.model import Page
from evaluation.contacts import texts_of

__all__ = ["Told", "measure", "measure_stories", "story_score"]

#: The scorer's last line.
LAST = re.compile(r"states (\d+)/(\d+)  silences (\d+)/(\d+)  merged acts pairwise F1 ([\d.]+)")


@dataclass(frozen=True)
class Told:
    """What the scorer says of one story: checkpoints right and all, silences right and all, pairwise F1, and its lines."""

    states: tuple[int, int]
    silences: tuple[int, int]
    merged_f1: float
    lines: tuple[str, ...]


def measure(shared: Path, extra: Path | None) -> dict[str, float | None]:
    """``threads/STORY/states``, ``/silences`` and ``/merged_f1`` for each gold story, and pooled over all of them."""
    stories = sorted((shared / "gold" / "stories").glob("*.json"))
    return measure_stories(shared / "gold", stories) | measure_read(shared, extra, stories)


def measure_stories(gold: Path, stories: list[Path]) -> dict[str, float | None]:
    """The figures of the stories, each from a fresh ledger with the gold contacts of its reports."""
    found: dict[str, float | None] = {}
    scores = []
    for path in stories:
        story = json.loads(path.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            score = story_score(gold, path, Path(folder), list(gold_reports(gold, story)))
        scores.append(score)
        found |= _figures(f"threads/{story['story']}", [score])
    return found | _figures("threads/all", scores)


def measure_read(shared: Path, extra: Path | None, stories: list[Path]) -> dict[str, float | None]:
    """``threads/STORY/read_states`` and so on: the whole way from the texts, for the stories all of whose texts are there."""
    found: dict[str, float | None] = {}
    scores = []
    for path in stories:
        story = json.loads(path.read_text(encoding="utf-8"))
        texts = texts_of(story["set"], shared, extra)
        if not set(story["reports"]) <= texts.keys():
            continue
        with tempfile.TemporaryDirectory() as folder:
            score = read_score(shared / "gold", path, Path(folder), {r: texts[r] for r in story["reports"]})
        scores.append(score)
        found |= _figures(f"threads/{story['story']}", [score], "read_")
    return found | _figures("threads/all", scores, "read_") if scores else found


def _figures(name: str, scores: list[Told], kind: str = "") -> dict[str, float | None]:
    states, silences = (
        [sum(x) for x in zip(*(getattr(s, k) for s in scores), strict=True)] for k in ("states", "silences")
    )
    return {
        f"{name}/{kind}states": states[0] / states[1] if states[1] else None,
        f"{name}/{kind}silences": silences[0] / silences[1] if silences[1] else None,
        f"{name}/{kind}merged_f1": sum(s.merged_f1 for s in scores) / len(scores) if scores else None,
    }


def gold_reports(gold: Path, story: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The gold entries of the story's reports."""
    for report in story["reports"]:
        yield json.loads((gold / story["set"] / f"{report}.json").read_text(encoding="utf-8"))


def story_score(gold: Path, path: Path, folder: Path, said: list[dict[str, Any]]) -> Told:
    """The score of a story whose reports tell what ``said`` holds; ``folder`` is scratch."""
    with Ledger.open(folder / "ledger.db") as ledger:
        for report in said:
            ledger.enter_coded(report, coder="gold")
    return _score(gold, path, folder, said)


def read_score(gold: Path, path: Path, folder: Path, texts: dict[str, Path]) -> Told:
    """The score of a story read from its texts, without any metadata beside them."""
    from dragoman.pipeline import Pipeline

    pages = [Page(name, text.read_bytes()) for name, text in texts.items()]
    with Ledger.open(folder / "ledger.db") as ledger:
        said = [outcome.as_json() for outcome in Pipeline().run(pages, ledger)]
    return _score(gold, path, folder, said)


def _score(gold: Path, path: Path, folder: Path, said: list[dict[str, Any]]) -> Told:
    story = json.loads(path.read_text(encoding="utf-8"))
    ledger, predictions = folder / "ledger.db", folder / "said.jsonl"
    predictions.write_text("".join(json.dumps(r) + "\n" for r in said), encoding="utf-8")
    command = (
        f"{shlex.quote(sys.executable)} -m evaluation.threads --ledger {shlex.quote(str(ledger))} --as-of {{date}}"
    )
    ran = subprocess.run(
        [sys.executable, str(gold / "score_story.py"), str(path), str(gold / story["set"]), str(predictions), command],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    lines = tuple(ran.stdout.splitlines())
    last = LAST.search(lines[-1])
    if last is None:
        raise ValueError(f"the scorer's last line is not as expected: {lines[-1]}")
    right, all_, silent, silences, f1 = last.groups()
    return Told((int(right), int(all_)), (int(silent), int(silences)), float(f1), lines)


def main() -> None:
    """Print the threads of a ledger as of a day, or with ``--shared`` the scores of the stories there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument("--shared", type=Path)
    asked = parser.parse_args()
    if asked.ledger:
        with Ledger.open(asked.ledger) as ledger:
            for view in ledger.threads(as_of=asked.as_of):
                print(json.dumps(view.as_json(), ensure_ascii=False))
            for process in ledger.processes(as_of=asked.as_of):
                print(json.dumps(process.as_json(), ensure_ascii=False))
        return
    gold = asked.shared / "gold"
    for path in sorted((gold / "stories").glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            score = story_score(gold, path, Path(folder), list(gold_reports(gold, story)))
        print(f"== {path.stem}", *score.lines, sep="\n")
        texts = texts_of(story["set"], asked.shared, None)
        if set(story["reports"]) <= texts.keys():
            with tempfile.TemporaryDirectory() as folder:
                score = read_score(gold, path, Path(folder), {r: texts[r] for r in story["reports"]})
            print(f"== {path.stem}, read from its texts", *score.lines, sep="\n")


if __name__ == "__main__":
    main()
