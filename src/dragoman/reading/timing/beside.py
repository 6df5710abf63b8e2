"""What the date said right beside an expression tells of it: "a few days later, on July 2", "from 9 a.m. to 5 p.m. on Friday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.pieces import Node

#: Words that may stand between an expression and the date that says the same: "two years earlier, at the 2019 summit".
_BETWEEN = frozenset({",", "on", "in", "at", "during", "the"})
_UP_TO = frozenset({"to", "until", "till", "-", "and"})
_STEPS = frozenset({"later", "earlier"})
#: What says when, sharper than an amount counted from something told.
_SAYS = frozenset({"day", "time", "week", "month", "year", "range"})


def said_beside(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, with the days of an amount or a clock time taken from the date beside it."""
    made = list(nodes)
    for i, node in enumerate(made):
        if node.moment is None:
            continue
        if node.moment.rule in _STEPS and (said := _date_after(made, i)):
            made[i] = _with(node, replace(node.moment, earliest=said.earliest, latest=said.latest, anchor=said.anchor))
        elif node.moment.kind == "clock" and (said := _end_of_hours(made, i)):
            day = said.value[:10] + node.moment.value[node.moment.value.index("T") :]
            made[i] = _with(
                node, replace(node.moment, value=day, earliest=said.earliest, latest=said.latest, anchor=said.anchor)
            )
    return made


def _with(node: Node, moment: Moment) -> Node:
    return Node(node.sign, node.start, node.end, node.low, node.kind, node.number, moment)


def _date_after(nodes: Sequence[Node], i: int) -> Moment | None:
    """The date that follows a comma and at most a preposition and an article."""
    if i + 1 >= len(nodes) or nodes[i + 1].low != ",":
        return None
    for node in nodes[i + 1 :]:
        if node.moment is not None:
            held = node.moment
            return held if held.kind in _SAYS and held.days is not None and held.rule not in _STEPS else None
        if node.low not in _BETWEEN:
            return None
    return None


def _end_of_hours(nodes: Sequence[Node], i: int) -> Moment | None:
    """The end of a stretch of hours, where it alone says the day."""
    if i + 2 >= len(nodes) or nodes[i + 1].low not in _UP_TO:
        return None
    end = nodes[i + 2].moment
    return end if end is not None and end.kind == "time" and end.days is not None and "T" in end.value else None
