"""The words that a value was read from, as marked segments of their paragraphs. Text in, text out: nothing here makes markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

__all__ = ["KINDS", "marked", "was_read"]

#: What a field's mark is called: a few kinds that a reader can tell apart.
KINDS = {
    "from": "who",
    "to": "who",
    "from_person": "who",
    "to_person": "who",
    "via": "who",
    "via_person": "who",
    "act": "deed",
    "status": "deed",
    "channel": "deed",
    "secret": "deed",
    "start": "when",
    "end": "when",
    "reply": "answer",
    "reply_as_of": "answer",
    "attribution": "word",
    "hedge": "word",
    "denied_by": "word",
    "about": "what",
    "conditions": "what",
}
#: Of the kinds that stand on the same letters the first is shown.
ORDER = ("answer", "deed", "when", "who", "what", "word")


#: How the rules begin that took a value from elsewhere and only point to the words it goes with.
DERIVED = ("computed", "inherited", "unspecified", "default")


def was_read(quote: Mapping[str, Any]) -> bool:
    """Whether the value was read from these very words, and not computed or inherited."""
    return not str(quote.get("rule") or "").startswith(DERIVED)


def marked(
    text: str, quotes: Iterable[Mapping[str, Any]], *, whole: bool = False, around: int = 0
) -> list[dict[str, Any]]:
    """The paragraphs that hold a quote (with ``whole``: all), each as ``{"at", "segments": [{"text", "kind", "fields"}]}``.

    ``quotes`` have ``field``, ``start`` and ``end``; ``around`` is how many paragraphs before and after are shown too. The kind is empty
    for plain text and ``sentence`` where only the sentence that carries the contact stands.
    """
    found = [
        (q["start"], q["end"], q["field"]) for q in quotes if was_read(q) and 0 <= q["start"] < q["end"] <= len(text)
    ]
    paragraphs = []
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        inside = [(max(a, at) - at, min(b, end) - at, f) for a, b, f in found if a < end and b > at]
        if paragraph.strip():
            paragraphs.append((at, _segments(paragraph, inside), bool(inside)))
        at = end + 1
    if whole:
        return [{"at": at, "segments": segments} for at, segments, _ in paragraphs]
    held = {i for i, (_, _, hit) in enumerate(paragraphs) if hit}
    shown = sorted({j for i in held for j in range(i - around, i + around + 1) if 0 <= j < len(paragraphs)})
    return [{"at": paragraphs[i][0], "segments": paragraphs[i][1]} for i in shown]


def _segments(paragraph: str, spans: Sequence[tuple[int, int, str]]) -> list[dict[str, Any]]:
    cuts = sorted({0, len(paragraph), *(x for a, b, _ in spans for x in (a, b))})
    found: list[dict[str, Any]] = []
    for a, b in pairwise(cuts):
        fields = sorted({f for x, y, f in spans if x <= a and b <= y})
        kinds = {KINDS.get(f, "sentence") for f in fields}
        kind = next((k for k in ORDER if k in kinds), "sentence" if kinds else "")
        named = [f for f in fields if f != "evidence"]
        if found and found[-1]["kind"] == kind and found[-1]["fields"] == named:
            found[-1]["text"] += paragraph[a:b]
        else:
            found.append({"text": paragraph[a:b], "kind": kind, "fields": named})
    return found
