"""Numbers in words, joined before any time is read."""

from __future__ import annotations

from dragoman.reading.timing.context import Context
from dragoman.reading.timing.patterns import Build, Match, Rule
from dragoman.reading.timing.pieces import Node


def number_of(node: Node, context: Context) -> float | None:
    """The value of a number node, in digits or words; ``None`` for an unsaid number ("several")."""
    if node.number is not None or node.kind == "count":
        return node.number
    lexicon = context.book.lexicon
    for table in ("ONES", "TENS", "ORDINAL", "SCALE"):
        if node.low in lexicon[table]:
            return float(lexicon[table][node.low])
    return 1.0 if node.low in ("a", "an") else None


def _node(match: Match, context: Context, value: float | None, kind: str = "count") -> Node | None:
    nodes = match.nodes
    return Node(context.signs[kind], nodes[0].start, nodes[-1].end, " ".join(n.low for n in nodes), kind, value)


def _tens(match: Match, context: Context) -> Node | None:
    total = (number_of(match["tens"], context) or 0) + (number_of(match["ones"], context) or 0)
    return _node(match, context, total)


def _ordinal(match: Match, context: Context) -> Node | None:
    total = (number_of(match["tens"], context) or 0) + (number_of(match["ones"], context) or 0)
    return _node(match, context, total, "ordinal31" if total <= 31 else "ordinal")


def _scaled(match: Match, context: Context) -> Node | None:
    times = number_of(match["n"], context) if match.has("n") else 1.0
    return _node(
        match, context, None if times is None else times * float(context.book.lexicon["SCALE"][match["scale"].low])
    )


def _and_a_half(match: Match, context: Context) -> Node | None:
    whole = number_of(match["n"], context)
    return _node(match, context, None if whole is None else whole + 0.5)


def _fixed(value: float | None) -> Build:
    return lambda match, context: _node(match, context, value)


RULES = (
    Rule("tens_and_ones", "tens=TENS -? ones=ONES", _tens),
    Rule("tens_and_ordinal", "tens=TENS -? ones=ORDINAL", _ordinal),
    Rule("scaled", "(n=(INTS|DECS|ONES)|a|an) -? scale=SCALE", _scaled),
    Rule("and_a_half", "n=(INTS|ONES) -? and -? (a|one) -? half", _and_a_half),
    Rule("couple", "(a|the|another)? couple of?", _fixed(2)),
    Rule("dozen", "(a|one) dozen", _fixed(12)),
    Rule("half_dozen", "half (a|-)? dozen", _fixed(6)),
    Rule("several", "(a|quite a|the)? few|several|many|multiple|numerous|countless", _fixed(None)),
    Rule(
        "some_number_of",
        "(a number|dozens|scores|hundreds|thousands|tens of thousands|plenty|a handful|a series) of",
        _fixed(None),
    ),
)
