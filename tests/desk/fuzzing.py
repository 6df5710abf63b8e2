"""Requests made up from the desk's own description: right ones, near misses and nonsense. The tests send some hundreds, ``benchmarks.desk`` ten thousand."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

NASTY = (
    "", " ", "\x00", "\ufeff", "‮x", "𝕏", "\ud800", "é" * 50, "x" * 500, "../../etc/passwd", "<script>", "' OR 1=1 --", "%", "%00", "_", "\\", '"',
    "{{7*7}}", "NaN", "-1", "0", "1e309", "99999999999", "null", "true", "[]", "2021-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2021-W10-1",
    "20210316", "2021-03-16T25:00", "+", "*", "AND", "NEAR(", 'a"b', "a OR b", "col:x", "^x", "(", "~2F", "..", ".", "#", "?", "é/è", "﷽",
)  # fmt: skip
WORDS = ("talks", "North Korea", "USA", "PRK", "KOR", "president", "Kim", "review", "2021", "sanctions")


@dataclass(frozen=True)
class Sent:
    """One request."""

    method: str
    address: str
    headers: dict[str, str]
    form: dict[str, str] = field(default_factory=dict)


def known_of(client: Any) -> dict[str, list[str]]:
    """Values of the paths' steps that lead somewhere."""
    rows = client.get("/?format=json").json()
    rows = rows["rows"] + rows["answered"]
    codes = sorted({code for r in rows for code in r["pair"]})
    return {
        "a": codes,
        "b": codes,
        "code": codes,
        "id": [r["href"].rsplit("/", 1)[-1] for r in rows] + [r["evidence"].rsplit("/", 1)[-1] for r in rows],
        "key": [r["known"]["href"].rsplit("/", 1)[-1] for r in rows],
    }


def requests(description: dict[str, Any], known: dict[str, list[str]], count: int, seed: int = 1) -> Iterator[Sent]:
    """That many requests. ``known`` gives values of path steps that lead somewhere, by name."""
    choose = random.Random(seed)
    looks = [(p, o["get"]) for p, o in description["paths"].items() if "get" in o]
    writes = [(p, o["post"]) for p, o in description["paths"].items() if "post" in o]
    for _ in range(count):
        if choose.random() < 0.05:
            yield _write(choose, *choose.choice(writes))
        else:
            yield _look(choose, known, *choose.choice(looks))


def _look(choose: random.Random, known: dict[str, list[str]], path: str, operation: dict[str, Any]) -> Sent:
    def step(match: re.Match[str]) -> str:
        if choose.random() < 0.7 and known.get(match[1]):
            return quote(choose.choice(known[match[1]]), safe="~")
        return quote(_text(choose) or "x", safe="~", errors="surrogatepass")

    query: list[tuple[str, str]] = []
    for param in operation["parameters"]:
        if param["in"] == "query" and choose.random() < 0.35:
            query += [(param["name"], _value(choose, param["schema"])) for _ in range(choose.choice((1, 1, 1, 2)))]
    if choose.random() < 0.1:
        query.append((_text(choose)[:40], _text(choose)))
    if choose.random() < 0.1:
        query.append(("day_number", _value(choose, {"type": "integer", "maximum": 800_000})))
    address = re.sub(r"{(\w+)}", step, path) + ("?" + urlencode(query, errors="surrogatepass") if query else "")
    accept = choose.choice(("text/html", "application/json", "*/*", "image/png", ""))
    return Sent(choose.choice(("GET",) * 12 + ("HEAD", "POST", "OPTIONS")), address, {"accept": accept})


def _write(choose: random.Random, path: str, operation: dict[str, Any]) -> Sent:
    ((_, body),) = operation["requestBody"]["content"].items()
    form = {
        k: _text(choose).encode("utf-8", "ignore").decode()
        for k in body["schema"]["properties"]
        if choose.random() < 0.7
    }
    return Sent("POST", path, {"accept": "text/html"}, form)


def _text(choose: random.Random) -> str:
    kind = choose.random()
    if kind < 0.4:
        return choose.choice(NASTY)
    if kind < 0.8:
        return choose.choice(WORDS)
    return "".join(
        chr(choose.choice((choose.randrange(32, 127), choose.randrange(1, 0x2FFF))))
        for _ in range(choose.randrange(12))
    )


def _value(choose: random.Random, schema: dict[str, Any]) -> str:
    if choose.random() < 0.3:
        return _text(choose)
    if "enum" in schema:
        return str(choose.choice(schema["enum"]))
    if schema.get("format") == "date":
        return f"{choose.choice((2018, 2021, 2021, 2021, 1000, 2999))}-{choose.randrange(1, 13):02}-{choose.randrange(1, 29):02}"
    if schema.get("format") == "date-time":
        return f"2026-{choose.randrange(1, 13):02}-10T12:00{choose.choice(('', 'Z', '+09:00'))}"
    if schema["type"] == "integer":
        return str(choose.randrange(0, schema.get("maximum", 100) + 5))
    if schema["type"] == "array":
        return choose.choice(WORDS)
    return _text(choose)
