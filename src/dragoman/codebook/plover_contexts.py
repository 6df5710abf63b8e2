"""The contexts of the PLOVER manual and the words by which a sentence gives them (``plover_contexts.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.errors import CodebookError

__all__ = ["CONTEXTS", "Contexts"]

#: The contexts, in the manual's order (2.0, table "General contexts").
CONTEXTS = (
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
)


@dataclass(frozen=True)
class Contexts:
    """Phrases of lemmas by their first lemma, each with its context."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    @staticmethod
    @cache
    def load() -> Contexts:
        """The contexts that ship; raises :class:`~dragoman.errors.CodebookError` where the file and the manual's list differ."""
        path = resources.files("dragoman.codebook") / "plover_contexts.toml"
        return Contexts.of(tomllib.loads(path.read_text(encoding="utf-8")))

    @staticmethod
    def of(table: Mapping[str, str]) -> Contexts:
        """The contexts of a table of name and phrases; raises :class:`~dragoman.errors.CodebookError`."""
        if strange := table.keys() ^ set(CONTEXTS):
            raise CodebookError(
                f"plover_contexts.toml: give each context of the manual and no other; look at {', '.join(sorted(strange))}"
            )
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in CONTEXTS:
            for phrase in dict.fromkeys(p.strip() for p in table[name].split(",") if p.strip()):
                words = tuple(phrase.split())
                found.setdefault(words[0], []).append((words, name))
        return Contexts({k: tuple(v) for k, v in found.items()})

    def given(self, lemmas: Sequence[str]) -> tuple[str, ...]:
        """The contexts whose phrases stand in the row of lemmas (small letters), in the manual's order."""
        found = {
            name
            for i, lemma in enumerate(lemmas)
            for words, name in self.phrases.get(lemma, ())
            if len(words) == 1 or tuple(lemmas[i : i + len(words)]) == words
        }
        return tuple(c for c in CONTEXTS if c in found) if found else ()
