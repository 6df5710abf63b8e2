"""A page's data as HTML or as JSON: both show the same, so that whatever is seen can be fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.desk.words import FILTERS
from dragoman.ledger.told import Pair

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.responses import Response

__all__ = ["Shown", "View", "html", "respond"]


@dataclass(frozen=True)
class View:
    """What a screen shows: its template and its data (plain JSON values), the pair whose days the bar steps through, and where Esc leads."""

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    pair: Pair | None = None
    up: str | None = None
    status: int = 200
    pictures: Mapping[str, Any] = field(default_factory=dict)
    """Drawings for the HTML page alone; their data stands in ``data``."""


@dataclass(frozen=True)
class Shown:
    """What every page shows around a view: the bar, who looks, the token of its forms."""

    bar: Mapping[str, Any] | None
    ledger: str
    links: Any
    account: Any = None
    token: str = ""
    path: str = ""
    sign_in: bool = False


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of the package: everything escaped, undefined names are errors."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("dragoman.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(FILTERS)
    return made


def html(view: View, shown: Shown) -> str:
    """The whole page."""
    return (
        templates()
        .get_template(view.template)
        .render(
            title=view.title,
            up=view.up,
            bar=shown.bar,
            ledger=shown.ledger,
            links=shown.links,
            account=shown.account,
            token=shown.token,
            path=shown.path,
            sign_in=shown.sign_in,
            pictures=view.pictures,
            **view.data,
        )
    )


def respond(view: View, shown: Shown, *, as_json: bool) -> Response:
    """The answer in the form asked for; caches keep the two apart."""
    from starlette.responses import HTMLResponse, Response

    headers = {"vary": "accept"}
    if as_json:
        text = json.dumps({"title": view.title, "bar": shown.bar, **view.data}, ensure_ascii=False, default=str)
        return Response(text, view.status, headers, "application/json")
    return HTMLResponse(html(view, shown), view.status, headers)
