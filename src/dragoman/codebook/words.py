"""Word lists of the codebook: a TOML file of tables, each with ``words``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from dragoman.errors import CodebookError


@lru_cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of ``codebook/NAME.toml`` by key, lemmas in small letters.

    Raises:
        CodebookError: there is no such file, or a table in it has no words.
    """
    path = resources.files("dragoman.codebook") / f"{name}.toml"
    if not path.is_file():
        raise CodebookError(f"the codebook has no file {name}.toml; reinstall dragoman")
    found: dict[str, frozenset[str]] = {}
    for key, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if not isinstance(table, dict) or "words" not in table:
            raise CodebookError(f"{name}.toml: give the table [{key}] its words")
        found[key] = frozenset(table["words"])
    return found
