"""The desk's API described for programs (OpenAPI 3.1), made from the tables that the application itself is made from."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import dragoman
from dragoman.desk.asking import MOMENT
from dragoman.desk.routes import SCREENS, Screen
from dragoman.desk.screens.writing import WRITES, Write

__all__ = ["described"]

STEPS = {
    "a": "Code of a party, such as PRK; a slash in it is written ~2F.",
    "b": "Code of the other party.",
    "id": "Content id, as the pages give it.",
    "key": "Key or id of a report.",
    "code": "Code of a party.",
}


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    """The description."""
    paths: dict[str, Any] = {}
    for screen in SCREENS:
        paths.setdefault(screen.path, {})["get"] = _look(screen)
    for write in WRITES:
        paths.setdefault(write.path, {})["post"] = _write(write)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The desk of dragoman",
            "version": dragoman.__version__,
            "description": "Every page as data: add ?format=json or send Accept: application/json. Days are ISO days; links keep the day.",
        },
        "paths": paths,
    }


def _look(screen: Screen) -> dict[str, Any]:
    steps = [
        {
            "name": s,
            "in": "path",
            "required": True,
            "description": STEPS[s],
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        }
        for s in re.findall(r"{(\w+)}", screen.path)
    ]
    query = [
        {"name": p.name, "in": "query", "required": False, "description": p.what, "schema": p.schema()}
        for p in (*screen.params, *MOMENT)
    ]
    page = {"text/html": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}}
    return {
        "operationId": screen.name,
        "summary": screen.what,
        "parameters": [*steps, *query],
        "responses": {
            "200": {"description": "The page.", "content": page},
            "400": {"description": "A parameter is not what it should be; the answer says which."},
            "404": {"description": "Nothing of that name is known by that day."},
        },
    }


def _write(write: Write) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: {"type": "string", **({"format": "binary"} if kind == "binary" else {})}
        for name, kind in write.fields.items()
    }
    fields["csrf"] = {"type": "string", "description": "The token in the form of the page; or the header X-CSRF-Token."}
    kind = "multipart/form-data" if "binary" in write.fields.values() else "application/x-www-form-urlencoded"
    return {
        "summary": write.what,
        "requestBody": {"content": {kind: {"schema": {"type": "object", "properties": fields}}}},
        "responses": {
            "200": {"description": "What came of it."},
            "400": {"description": "What is wrong with it."},
            "403": {"description": "No token, or no right to write."},
            "413": {"description": "Too much at once."},
        },
    }
