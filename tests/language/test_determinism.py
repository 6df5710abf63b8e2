from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest

from dragoman.language import Language

SHARED = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).parents[3] / "shared"))
COUNT = 2000


def sentences() -> list[list[str]]:
    """2,000 sentences: a treebank's where it is at hand, our own else."""
    path = SHARED / "data" / "ud" / "ewt_test.conllu.gz"
    if not path.exists():
        return made()
    found: list[list[str]] = [[]]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line[0].isdigit():
                found[-1].append(line.split("\t")[1])
            elif not line.strip():
                found.append([])
    return [s for s in found if s][:COUNT]


def made() -> list[list[str]]:
    dice = random.Random(4)
    who = [
        "The minister",
        "Ri Son Gwon",
        "A spokesman for the Quad",
        "NORTH KOREA",
        "Its envoy",
        "Nobody at the embassy in Kuala Lumpur",
    ]
    what = ["wrote to", "met", "did not answer", "will brief", "has told", "rejected an offer of", "may yet call"]
    whom = [
        "his Thai counterpart",
        "the UN",
        "them",
        "reporters in Geneva",
        "Pyongyang",
        "an old friend who once ran the mission",
    ]
    when = [
        "on Friday",
        "within weeks",
        "in mid-February",
        ", officials said",
        "without preconditions",
        "through the Swiss embassy",
        "again",
    ]
    found = []
    for _ in range(COUNT):
        parts = [dice.choice(x) for x in (who, what, whom)] + dice.sample(when, dice.randint(0, 5))
        found.append([*" ".join(parts).split(), "."])
    return found


@pytest.fixture(scope="module")
def alone() -> tuple[list[list[str]], list[object]]:
    shown = sentences()
    language = Language.open()
    return shown, [language.parse([s])[0] for s in shown]


@pytest.mark.parametrize(("threads", "batch_words"), [(1, 512), (2, 4000)])
def test_a_parse_is_the_same_alone_in_any_batch_and_on_any_threads(
    alone: tuple[list[list[str]], list[object]], threads: int, batch_words: int
) -> None:
    shown, expected = alone
    assert len(shown) == COUNT
    order = list(range(COUNT))
    random.Random(threads).shuffle(order)
    found = Language.open(threads=threads, batch_words=batch_words).parse([shown[i] for i in order])
    assert [found[n] == expected[i] for n, i in enumerate(order)].count(False) == 0
