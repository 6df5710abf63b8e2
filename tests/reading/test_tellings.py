"""Ways of telling an act: short reports of our own and the entries that they hold, one a line: from, to, act, status.

A party list joins its codes with "+"; exchanges and agreements may stand in either order.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.model import ACT_GROUPS, SYMMETRIC_ACTS, Contact, Reading


def _cases() -> list[tuple[str, tuple[str, ...]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in Path(__file__).with_name("tellings.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            cases[-1][1].append(line[2:])
        elif line and not line.startswith("#"):
            cases.append((line, []))
    return [(text, tuple(entries)) for text, entries in cases]


CASES = _cases()


def _tells(contact: Contact, line: str) -> bool:
    from_, to, act, status = line.split()
    straight = set(contact.from_) == set(from_.split("+")) and set(contact.to) == set(to.split("+"))
    both = set(from_.split("+")) | set(to.split("+"))
    crossed = contact.act in SYMMETRIC_ACTS and {*contact.from_, *contact.to} == both
    return (straight or crossed) and ACT_GROUPS[contact.act] == ACT_GROUPS[act] and contact.status == status


@pytest.mark.parametrize(("text", "entries"), CASES, ids=[text[:50] for text, _ in CASES])
def test_a_report_holds_just_these_entries(text: str, entries: tuple[str, ...], read: Callable[..., Reading]) -> None:
    contacts = read(text).contacts
    said = [(c.from_, c.to, c.act, c.status) for c in contacts]
    assert len(contacts) == len(entries), said
    assert [line for line in entries if not any(_tells(c, line) for c in contacts)] == [], said
