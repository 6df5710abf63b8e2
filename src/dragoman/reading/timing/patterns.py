"""A small language of patterns over pieces, compiled to regular expressions over their signs.

A row ``Rule("month_year", "m=MONTH ,? y=YEAR", build)`` reads: a month's name, perhaps a comma, a year; ``build`` gets the match. In a pattern

* ``lower`` is that word (or mark) itself, ``UPPER`` a class of the lexicon or of numbers, ``@kind`` a moment that an earlier level has read;
* ``name=`` names what follows, ``( | )``, ``?``, ``*`` and ``+`` mean what they always mean, ``{NAME}`` is a macro;
* ``x=( … )`` is the expression itself where the pattern also asks for words around it;
* ``ANY`` is any one piece; ``STOP`` looks ahead for the end of the sentence or clause ("the day before," is a time of its own,
  "the day before he left" is not);
* ``<(>`` and ``<)>`` are marks that the language keeps for itself, ``!( … )`` looks ahead for what must not follow.

Each piece is one character of the string that is searched, so a sentence costs a handful of searches in C, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.codebook.times import TimeBook
from dragoman.reading.timing.context import Context, NoReference
from dragoman.reading.timing.moments import Moment, unknown
from dragoman.reading.timing.pieces import NUMBER_KINDS, Node, cut

Build = Callable[["Match", Context], "Moment | Node | None"]

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z]\w*)=)?(?P<atom><.>|!\(|\(|\)|\||@\w+|[A-Z][A-Z_0-9]*|'[a-z]+|[a-z.]+|[^\s\w])(?P<times>[?*+]?)"
)

#: Where the signs begin: Unicode's private use area, so that no sign means anything to ``re``.
_FIRST_SIGN = 0xE000


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the grammar. ``unanchored`` is the TIMEX3 value where the reading needs a reference day and there is none."""

    name: str
    pattern: str
    build: Build
    unanchored: str = "XXXX-XX-XX"


class Match:
    """What a pattern has matched: nodes by name."""

    __slots__ = ("_found", "_nodes", "last", "start")

    def __init__(self, found: re.Match[str], nodes: Sequence[Node]) -> None:
        self._found = found
        self._nodes = nodes
        self.start = found.start()
        self.last = found.end()

    def get(self, name: str) -> Node | None:
        """The first node of a name, or ``None`` where that part was not there."""
        return self[name] if self.has(name) else None

    def __getitem__(self, name: str) -> Node:
        return self._nodes[self._found.start(name)]

    def has(self, name: str) -> bool:
        """Whether the named part was there; rows without that name say no."""
        return name in self._found.re.groupindex and self._found.start(name) >= 0

    def moment(self, name: str) -> Moment:
        """The moment of a named node; KeyError where it has none."""
        found = self[name].moment
        if found is None:
            raise KeyError(name)
        return found

    def words(self, name: str) -> str:
        """The named stretch in lower case, pieces apart by a blank; empty where it was not there."""
        if not self.has(name):
            return ""
        low, high = self._found.span(name)
        return " ".join(n.low for n in self._nodes[low:high])

    def around(self, offset: int) -> Node | None:
        """The node so many places before (negative) the first or after (positive) the last of the match."""
        at = self.start + offset if offset < 0 else self.last + offset - 1
        return self._nodes[at] if 0 <= at < len(self._nodes) else None

    @property
    def nodes(self) -> Sequence[Node]:
        """All that was matched."""
        return self._nodes[self.start : self.last]


@dataclass
class Alphabet:
    """The signs: one character for each word, bucket of numbers and kind of moment that the rules tell apart."""

    book: TimeBook
    words: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    _next: Iterator[int] = field(default_factory=lambda: iter(range(_FIRST_SIGN, 0xF8FF)))

    def __post_init__(self) -> None:
        self.words[""] = self._new()
        for kind in NUMBER_KINDS:
            self.numbers[kind] = self.words[""] if kind == "other" else self._new()
        for name, words in self.book.lexicon.items():
            for word in words:
                self._sign(self.capitals if name in self.book.capital else self.words, word)
        for name, words in self.book.lexicon.items():
            if name in self.book.capital:
                self.classes[name] = "".join(self.capitals[w] for w in words)
            else:
                self.classes[name] = "".join(self.words[w] + self.capitals.get(w, "") for w in words)

    def _new(self) -> str:
        return chr(next(self._next))

    def _sign(self, table: dict[str, str], key: str) -> str:
        if key not in table:
            table[key] = self._new()
        return table[key]

    def word(self, word: str) -> str:
        """The sign of a word that a pattern names."""
        return self._sign(self.words, word) + self.capitals.get(word, "")

    def kind(self, kind: str) -> str:
        """The sign of a kind of moment."""
        return self._sign(self.kinds, kind)

    def set_of(self, name: str) -> str:
        """The signs of a class; KeyError for one that neither the lexicon nor the numbers know."""
        return self.classes[name]

    def define(
        self, name: str, numbers: Sequence[str] = (), classes: Sequence[str] = (), kinds: Sequence[str] = ()
    ) -> None:
        """Name a class of several."""
        signs = [self.numbers[n] for n in numbers] + [self.classes[c] for c in classes] + [self.kind(k) for k in kinds]
        self.classes[name] = "".join(signs)

    def compile(self, pattern: str, macros: Mapping[str, str]) -> re.Pattern[str]:
        """The regular expression of a pattern; ValueError where it is not in the language."""
        for name, text in macros.items():
            pattern = pattern.replace("{" + name + "}", text)
        parts, at = [], 0
        pattern = pattern.strip()
        while at < len(pattern):
            token = _TOKEN.match(pattern, at)
            if token is None:
                raise ValueError(f"not a pattern from here: {pattern[at:]!r}")
            parts.append(self._part(token["name"], token["atom"]) + token["times"])
            at = token.end()
        return re.compile("".join(parts))

    def _part(self, name: str | None, atom: str) -> str:
        if atom == "(":
            return f"(?P<{name}>" if name else "(?:"
        if atom == "!(":
            return "(?!"
        if atom in (")", "|"):
            return atom
        if atom == "ANY":
            return "."
        if atom == "STOP":
            return f"(?=$|[{''.join(self.word(mark) for mark in sorted(self.book.words['clause_ends']))}])"
        if atom[0] == "@":
            signs = self.kind(atom[1:])
        elif atom[0].isupper():
            signs = self.set_of(atom)
        else:
            signs = self.word(atom[1:-1] if atom[0] == "<" else atom)
        made = f"[{signs}]" if len(signs) > 1 else signs
        return f"(?P<{name}>{made})" if name else made


@dataclass(frozen=True)
class Level:
    """Rules that read the same string; what they find becomes one sign each for the next level."""

    rules: tuple[tuple[Rule, re.Pattern[str]], ...]

    def apply(self, nodes: list[Node], context: Context, signs: Mapping[str, str]) -> list[Node]:
        """The nodes with all that the rules read put in place: the leftmost first, of these the longest, then the first row."""
        code = "".join([n.sign for n in nodes])
        found = [
            (*_extent(m), row, m)
            for row, (_, pattern) in enumerate(self.rules)
            for m in pattern.finditer(code)
            if m.end() > m.start()
        ]
        if not found:
            return nodes
        found.sort(key=lambda f: (f[0], -f[1], f[2]))
        made: list[Node] = []
        done = 0
        for low, high, row, match in found:
            if low < done:
                continue
            context.at(nodes[low].start, nodes[high - 1].end, made, nodes[done:low])
            node = _node(self.rules[row][0], Match(match, nodes), nodes[low:high], context, signs)
            if node is None:
                continue
            made.extend(nodes[done:low])
            made.append(node)
            done = high
        return made + nodes[done:] if made else nodes


def _extent(found: re.Match[str]) -> tuple[int, int]:
    """First node and the node after the last of the expression itself, the pattern's ``x`` where it has one."""
    low, high = found.span("x") if "x" in found.re.groupindex else (-1, -1)
    return (low, high) if low >= 0 else found.span()


def _node(rule: Rule, hit: Match, nodes: Sequence[Node], context: Context, signs: Mapping[str, str]) -> Node | None:
    try:
        built = rule.build(hit, context)
    except NoReference:
        built = unknown("vague", rule.unanchored, rule=rule.name)
    except (OverflowError, ValueError):  # a day that the calendar does not have: "February 30", "in 90,000 years"
        return None
    if built is None:
        return None
    if isinstance(built, Node):
        return built
    if not built.rule:
        built = replace(built, rule=rule.name)
    sign = signs.get(built.kind) or signs["vague"]
    return Node(sign, nodes[0].start, nodes[-1].end, " ".join(n.low for n in nodes), "moment", None, built)


@dataclass(frozen=True)
class Grammar:
    """The compiled grammar: an alphabet and levels of rules."""

    alphabet: Alphabet
    levels: tuple[Level, ...]
    trigger: re.Pattern[str]

    def read(self, text: str, context: Context) -> list[Node]:
        """The nodes of a text; those with a moment are time expressions."""
        nodes = cut(text, self.alphabet.words, self.alphabet.numbers, self.alphabet.capitals)
        if self.trigger.search("".join([n.sign for n in nodes])) is None:
            return []
        context.open(nodes)
        for level in self.levels:
            nodes = level.apply(nodes, context, self.alphabet.kinds)
        return nodes
