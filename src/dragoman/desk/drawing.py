"""The timeline of a screen: the ledger's values handed to the drawing in the shapes that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk
from dragoman.ledger import ThreadView
from dragoman.ledger.acts import Act

__all__ = ["drawn"]


def drawn(
    desk: Desk,
    asked: Asked,
    threads: Sequence[ThreadView],
    acts: Sequence[tuple[Act, ThreadView | None]],
    *,
    lanes: Literal["channel", "pair"] = "channel",
    first: date | None = None,
    last: date | None = None,
    title: str = "",
) -> tuple[Any, dict[str, Any]]:
    """The drawing of the acts with their threads, and its table twin as data."""
    return None, {"table": [], "silences": [], "zooms": []}
