"""The command as a user calls it: a process of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**extra: str) -> dict[str, str]:
    """The caller's environment without what would change what dragoman prints."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("DRAGOMAN_") and k not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}
    }
    return {**kept, "OMP_NUM_THREADS": "1", **extra}


@pytest.fixture
def dragoman(tmp_path: Path) -> Run:
    """``dragoman("read", path, code=0)``: runs the command in an empty folder and checks its exit code."""

    def run(*args: str | Path, code: int = 0, stdin: str | bytes = "", **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "dragoman", *map(str, args)],
            cwd=tmp_path,
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            env=environment(**env),
            check=False,
            timeout=240,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, f"exit code {done.returncode}\n{out}\n{err}"
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A ledger into which the samples were read."""
    place = tmp_path_factory.mktemp("ledger") / "samples.db"
    subprocess.run(
        [sys.executable, "-m", "dragoman", "read", str(samples), "--ledger", str(place)],
        check=True,
        capture_output=True,
        env=environment(),
    )
    return place
