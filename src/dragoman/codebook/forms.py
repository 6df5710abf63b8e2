"""The forms of lines that stand around a report: furniture, notices, walls, signatures (``forms.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from dragoman.errors import CodebookError

__all__ = ["form"]

_FILE = Path(__file__).with_name("forms.toml")


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    try:
        data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        return {name: _compiled(row["forms"], row["match"]) for name, row in data.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise CodebookError(f"{_FILE.name}: cannot be read: {error}") from error


def _compiled(forms: list[str], match: str) -> re.Pattern[str]:
    whole = "|".join(forms)
    return re.compile(rf"\A(?:{whole})\Z" if match == "whole" else whole, re.IGNORECASE)


def form(name: str) -> re.Pattern[str]:
    """The expression of a form, to be used with ``search`` (``match`` says the same of a form of whole lines, and sooner).

    Raises:
        CodebookError: the file cannot be read, or has no such form.
    """
    try:
        return _forms()[name]
    except KeyError:
        raise CodebookError(f"{_FILE.name} has no form {name!r}; it has {', '.join(_forms())}") from None
