"""The house itself: rooms know only earlier ones, the public names are what they say, the papers name what is there."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import dragoman

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "dragoman"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_room_imports_a_later_one():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_place_in_the_order():
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {p.stem for p in SOURCE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - {"__init__"}
    assert named == set(layers)


def test_inside_the_reading_room_only_contacts_joins_the_extractors():
    helpers = {"values", "tree"}
    for path in (SOURCE / "reading").glob("read_*.py"):
        imported = set(re.findall(r"from dragoman\.reading\.(\w+) import", path.read_text(encoding="utf-8")))
        assert imported <= helpers


def test_all_public_names_are_there_and_no_others_are_promised():
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    assert set(dragoman._HOMES) | {"__version__"} == set(dragoman.__all__)
    assert dir(dragoman) == sorted(dragoman.__all__)


def test_modules_keep_their_promises_of_public_names():
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "__all__" for n in tree.body):
            parts = path.relative_to(SOURCE.parent).with_suffix("").parts
            module = importlib.import_module(".".join(p for p in parts if p != "__init__"))
            assert [n for n in module.__all__ if not hasattr(module, n)] == []


def test_every_error_stands_in_the_tree_that_is_drawn():
    from dragoman import errors

    assert errors.__doc__ is not None
    assert [name for name in errors.__all__ if name not in errors.__doc__] == []
    assert all(issubclass(getattr(errors, name), errors.DragomanError) for name in errors.__all__)


def test_every_dependency_is_accounted_for():
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for line in PROJECT["project"]["dependencies"]:
        assert re.split(r"[<>=\[]", line)[0] in told


def test_the_papers_lead_to_files_that_exist():
    for paper in ("README.md", "CONTRIBUTING.md", "docs/cli.md", "docs/samples.md"):
        text = (ROOT / paper).read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!http)([^)#]+)", text):
            assert ((ROOT / paper).parent / link).exists(), f"{paper} leads to {link}"
    told = (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"`([\w-]+\.(?:txt|html|json))`", told)) == sorted(
        p.name for p in (SOURCE / "samples").iterdir()
    )


def test_versions_agree():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {dragoman.__version__}" in citation


def test_every_figure_with_a_floor_tells_the_run_that_set_it():
    from evaluation.floors import load

    for floor in load(ROOT / "eval" / "floors.toml").values():
        assert floor.command.startswith("make eval")
        assert re.fullmatch(r"[0-9a-f]{7,40}", floor.commit)
