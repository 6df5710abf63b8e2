"""What a code is called: the first name that the codebook gives a party."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from dragoman.errors import CodebookError

__all__ = ["label_of", "labels"]

#: The tables of parties, states before the rest: where two hold a code, the first names it.
TABLES = ("states.toml", "organisations.toml", "groups.toml")


@lru_cache(maxsize=1)
def labels() -> Mapping[str, str]:
    """Code by code the party's usual name.

    Raises:
        CodebookError: a table of the package cannot be read.
    """
    found: dict[str, str] = {}
    for name in TABLES:
        try:
            table = tomllib.loads((resources.files("dragoman.codebook") / "actors" / name).read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise CodebookError(f"{name} is not readable; reinstall dragoman ({error})") from error
        for code, row in table.items():
            if isinstance(row, dict) and row.get("names"):
                found.setdefault(code, str(row["names"][0]))
    return found


def label_of(code: str) -> str:
    """The party's usual name, or the code itself where the codebook has none."""
    return labels().get(code, code)
