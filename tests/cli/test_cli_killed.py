"""A run that is killed, repeated, doubled or shuffled ends in the same ledger as one clean run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from dragoman.ledger import Ledger
from tests.cli.conftest import environment

FILES = 24


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> list[Path]:
    """Three editions of each text sample, so that a run takes several batches."""
    folder = tmp_path_factory.mktemp("pages")
    texts = sorted(samples.glob("*.txt"))
    made = []
    for number in range(FILES):
        text = texts[number % len(texts)].read_text()
        page = folder / f"page{number:02}.txt"
        page.write_text(
            text + f"\nEdition {number // len(texts) + 1} of this page was printed in the evening.\n"
            if number >= len(texts)
            else text
        )
        made.append(page)
    return made


def start(pages: list[Path], ledger: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dragoman", "read", *map(str, pages), "--ledger", str(ledger), *options]
    # A shell's background jobs hand on an ignored Ctrl-C; the command is to meet it as on a terminal.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(), preexec_fn=heed
    )


def finish(pages: list[Path], ledger: Path, *options: str) -> None:
    process = start(pages, ledger, *options)
    _, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors.decode()


def dump(ledger: Path) -> list[str]:
    with Ledger.open(ledger) as opened:
        return list(opened.dump())


@pytest.fixture(scope="module")
def clean(pages: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], float]:
    """The dump of one clean run, and the seconds that it took."""
    ledger = tmp_path_factory.mktemp("clean") / "ledger.db"
    began = time.monotonic()
    finish(pages, ledger)
    return dump(ledger), time.monotonic() - began


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_killed_at_any_moment_and_run_again_ends_as_a_clean_one(pages, clean, tmp_path, workers):
    expected, seconds = clean
    chance = random.Random(20210213)
    ledger = tmp_path / "ledger.db"
    for _ in range(4):
        process = start(pages, ledger, "--workers", workers)
        time.sleep(chance.uniform(0.1, seconds))
        process.kill()
        process.communicate()
    finish(pages, ledger)
    assert dump(ledger) == expected


def test_the_same_files_in_any_order_make_the_same_ledger_and_history(pages, clean, tmp_path):
    expected, _ = clean
    shuffled = list(pages)
    random.Random(7).shuffle(shuffled)
    ledger = tmp_path / "ledger.db"
    finish(shuffled, ledger)
    assert dump(ledger) == expected


def test_the_same_files_again_add_nothing(pages, clean, tmp_path):
    expected, _ = clean
    ledger = tmp_path / "ledger.db"
    finish(pages, ledger)
    finish(pages, ledger)
    assert dump(ledger) == expected


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_run_says_so_and_carries_on(pages, clean, tmp_path, workers):
    expected, _ = clean
    ledger = tmp_path / "ledger.db"
    process = start(pages, ledger, "--workers", workers)
    deadline = datetime.now(UTC).timestamp() + 60
    while not ledger.exists() and datetime.now(UTC).timestamp() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().splitlines()[-1].startswith("dragoman: Interrupted.")
    assert "Traceback" not in errors.decode()
    finish(pages, ledger)
    assert dump(ledger) == expected


def test_the_workers_of_a_killed_run_end_with_it(pages, tmp_path):
    if not Path("/proc").is_dir():
        pytest.skip("the processes of a run are looked up in /proc")
    copy = tmp_path / f"only-this-run-{random.Random().getrandbits(64):x}"
    shutil.copytree(pages[0].parent, copy)
    process = start([copy], tmp_path / "ledger.db", "--workers", "2")
    children: list[int] = []
    deadline = time.monotonic() + 60
    while len(children) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
        children = descendants(process.pid)
    assert children, "the run has workers"
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while any(alive(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if alive(pid)]


def test_a_worker_that_is_killed_ends_the_run_in_one_line(pages, clean, tmp_path):
    expected, _ = clean
    ledger = tmp_path / "ledger.db"
    process = start(pages, ledger, "--workers", "2")
    while (
        not (workers := [pid for pid in descendants(process.pid) if "resource_tracker" not in command_of(pid)])
        and process.poll() is None
    ):
        time.sleep(0.05)
    os.kill(workers[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 4
    assert "fewer workers" in errors.decode().splitlines()[-1]
    assert "Traceback" not in errors.decode()
    finish(pages, ledger)
    assert dump(ledger) == expected


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return "resource_tracker"


def descendants(pid: int) -> list[int]:
    """The processes whose parent, or parent's parent, is this one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = [pid]
    for parent in found:
        found += [child for child, of in parents.items() if of == parent]
    return found[1:]


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
