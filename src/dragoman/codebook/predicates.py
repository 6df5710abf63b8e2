"""The lexicon of frames: which words tell which act, and where its sides stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Literal

from dragoman.errors import CodebookError
from dragoman.model import ACTS

Kind = Literal["verb", "noun"]

#: Effects that an operator verb may have on the act beneath it; operators.toml says what each means.
EFFECTS = (
    "carry", "begin", "continue", "end", "seek", "attempt", "plan", "agree", "promise", "refuse", "fail", "cancel",
    "accept", "receive", "mediate", "deny", "raise", "say",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """One way to tell an act. ``to`` lists where the other side stands, best place first (see verbs.toml)."""

    id: str
    kind: Kind
    phrases: tuple[str, ...]
    act: str
    to: tuple[str, ...]
    channel: str | None = None
    reply: str | None = None
    flags: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()
    examples: tuple[str, ...] = field(default=(), compare=False)

    def __contains__(self, flag: object) -> bool:
        return flag in self.flags


@dataclass(frozen=True)
class Phrase:
    """A frame's phrase: its head lemma and the lemmas that must hang on it."""

    head: str
    others: tuple[str, ...]
    frame: Frame


class Predicates:
    """All frames and operators, found by lemma."""

    def __init__(self, frames: tuple[Frame, ...], operators: Mapping[tuple[Kind, str], frozenset[str]]) -> None:
        self.frames = frames
        self._operators = operators
        self._by_head: dict[tuple[Kind, str], list[Phrase]] = {}
        for frame in frames:
            for phrase in frame.phrases:
                head, *others = phrase.split()
                self._by_head.setdefault((frame.kind, head), []).append(Phrase(head, tuple(others), frame))
        for entries in self._by_head.values():
            entries.sort(key=lambda p: -len(p.others))  # the longest phrase is the most telling
        self.heads = frozenset(head for _, head in self._by_head)

    def of(self, kind: Kind, lemma: str) -> list[Phrase]:
        """The phrases with this head, the longest first."""
        return self._by_head.get((kind, lemma), [])

    def effects(self, kind: Kind, lemma: str) -> frozenset[str]:
        """What a verb (or adjective) or a noun does to an act beneath it; empty where it is no operator."""
        return self._operators.get((kind, lemma), frozenset())

    @classmethod
    def load(cls) -> Predicates:
        """The lexicon that ships with dragoman.

        Raises:
            CodebookError: a frame names an unknown act or effect, or has no phrase.
        """
        folder = resources.files("dragoman.codebook") / "predicates"
        frames = [
            *(_frame("verb", row) for row in _rows(folder / "verbs.toml")),
            *(_frame("noun", row) for row in _rows(folder / "nouns.toml")),
        ]
        operators: dict[tuple[Kind, str], set[str]] = {}
        table = tomllib.loads((folder / "operators.toml").read_text(encoding="utf-8"))
        for effect, body in table.items():
            if effect not in EFFECTS:
                raise CodebookError(f"operators.toml: unknown effect {effect!r}; use one of {', '.join(EFFECTS)}")
            for word in body["words"]:
                operators.setdefault(("verb", word), set()).add(effect)
            for word in body.get("nouns", ()):
                operators.setdefault(("noun", word), set()).add(effect)
        return cls(tuple(frames), {k: frozenset(v) for k, v in operators.items()})


def _rows(path: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["frame"]
    return rows


def _paired(heads: list[str], nouns: list[str]) -> list[str]:
    """Each head with each noun; a head's particle comes last ("call off" with "talk": "call talk off")."""
    found = []
    for head in heads:
        verb, *particles = head.split()
        found += [" ".join((verb, noun, *particles)) for noun in nouns]
    return found


def _frame(kind: Kind, row: dict[str, Any]) -> Frame:
    known = {"id", "phrases", "heads", "nouns", "act", "to", "with", "channel", "reply", "examples", "clause"}
    known |= {"objects", "not_objects", "not_with"}
    flags = {k for k, v in row.items() if k not in known and v is True}
    if row.get("clause") == "never":
        flags.add("no_clause")
    phrases = (*row.get("phrases", ()), *_paired(row.get("heads", ()), row.get("nouns", ())))
    if row["act"] not in ACTS or not phrases:
        raise CodebookError(f"frame {row.get('id')!r}: give it phrases, and one of the acts {', '.join(ACTS)}")
    return Frame(
        id=row["id"],
        kind=kind,
        phrases=tuple(dict.fromkeys(phrases)),
        act=row["act"],
        to=tuple(row.get("to") or row.get("with") or ()),
        channel=row.get("channel"),
        reply=row.get("reply"),
        flags=frozenset(flags),
        objects=frozenset(row.get("objects", ())),
        not_objects=frozenset(row.get("not_objects", ())),
        not_with=frozenset(row.get("not_with", ())),
        examples=tuple(row.get("examples", ())),
    )
