"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "src" / "dragoman" / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the clone; tests that need it skip where it is missing."""
    folder = Path(os.environ.get("DRAGOMAN_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the shared data is not at {folder}; put it there or name it in DRAGOMAN_SHARED")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample reports."""
    return SAMPLES
