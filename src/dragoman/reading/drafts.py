"""Acts as they grow while the report is read: one draft an act, however often the report tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from dragoman.model import ACT_GROUPS, Attribution, Condition, Interval, Span, Where
from dragoman.reading.values import Event, Side

#: Statuses that tell of one and the same reality: a repeated telling with another of the same class is the same act.
REALITY = {
    "done": "real", "ongoing": "real", "attempted": "real", "disputed": "real",
    "planned": "ahead", "conditional": "if", "not_done": "undone",
}  # fmt: skip
#: An approach dated longer ago than this is another act than one told without a date, as of now.
LONG_AGO = timedelta(days=45)
#: More telling values win when two tellings of one act are put together.
STATUS_RANK = ("disputed", "attempted", "done", "ongoing", "not_done", "planned", "conditional")

#: Of a call or a meeting the telling that it took place says more than that of an attempt at it.
HELD_RANK = ("disputed", "done", "ongoing", "attempted", "not_done", "planned", "conditional")


@dataclass
class Draft:
    """An act under construction."""

    event: Event
    act: str
    status: str
    from_: Side
    to: Side
    where: Where
    sentences: list[int]
    channels: list[str]
    via: list[str]
    via_person: list[str]
    secret: bool
    start: Interval | None
    end: Interval | None
    about: str | None
    conditions: list[Condition]
    attribution: Attribution
    hedge: str
    reply: str = "not_stated"
    denied_by: tuple[str, ...] = ()
    spans: dict[str, list[Span]] = field(default_factory=dict)
    tellings: list[Event] = field(default_factory=list)

    @property
    def parties(self) -> frozenset[str]:
        """All codes of both sides."""
        return frozenset(self.from_.codes) | frozenset(self.to.codes)

    @property
    def group(self) -> str:
        """The act's group."""
        return ACT_GROUPS[self.act]

    def add_span(self, name: str, span: Span) -> None:
        """Note where a field was read."""
        kept = self.spans.setdefault(name, [])
        if span not in kept:
            kept.append(span)


def same_act(a: Draft, b: Draft) -> bool:
    """Whether two tellings are of one act: same parties, group and reality, kinds of act that fit, and dates that may be one."""
    if a.group != b.group or a.parties != b.parties or REALITY[a.status] != REALITY[b.status]:
        return False
    if any((flag in a.event.frame) != (flag in b.event.frame) for flag in ("within", "spoken")):
        return False
    if a.act != b.act and not _kinds_fit(a, b):
        return False
    if not _directions_fit(a, b):
        return False
    if a.act == "call" and {a.reply, b.reply} == {"acknowledged", "none"}:
        return False  # the one was taken, the other was not
    senders = ({p.split()[-1] for p in d.from_.persons} for d in (a, b))
    if a.group == "address" and all(named := list(senders)) and not set.intersection(*named):
        return False  # two who each wrote wrote two letters
    if any(e.sentence == b.event.sentence and e.trigger in b.event.beside for e in (a.event, *a.tellings)):
        return False
    return dates_fit(a.start, b.start) and not _another_occasion(a, b)


def _another_occasion(a: Draft, b: Draft) -> bool:
    """Whether one approach is dated well before the report and the other, told in other words, is not dated: two acts, not one."""
    if a.group != "address" or a.event.frame.id == b.event.frame.id or a.start is None or b.start is None:
        return False
    dated, undated = (a, b) if b.start.rule.startswith("fallback") else (b, a)
    if dated.start is None or undated.start is None or dated.start.rule.startswith("fallback"):
        return False
    if not undated.start.rule.startswith("fallback") or dated.start.latest is None or undated.start.latest is None:
        return False
    return undated.start.latest - dated.start.latest > LONG_AGO


def _kinds_fit(a: Draft, b: Draft) -> bool:
    kinds = {a.act, b.act}
    if kinds == {"call", "meeting"}:
        vague = a if a.act == "meeting" else b
        return "in_person" not in vague.channels
    return kinds <= {"overture", "proposal", "message"} and "overture" in kinds


def _directions_fit(a: Draft, b: Draft) -> bool:
    if a.group in {"exchange", "agreement"} and a.act != "visit":
        return True
    return bool(set(a.from_.codes) & set(b.from_.codes))


def dates_fit(a: Interval | None, b: Interval | None) -> bool:
    """Whether the two intervals may hold one day; what is not known, or only bounded by publication, fits all."""
    if a is None or b is None or a.rule.startswith("fallback") or b.rule.startswith("fallback"):
        return True
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return False
    return not (b.latest is not None and a.earliest is not None and b.latest < a.earliest)


def merge(a: Draft, b: Draft) -> None:
    """Put the second telling into the first."""
    a.sentences += [n for n in b.sentences if n not in a.sentences]
    a.tellings.append(b.event)
    if b.where == "body" and a.where != "body":
        a.where, a.event, a.attribution, a.spans = "body", b.event, b.attribution, {}
        if set(a.from_.codes) & set(b.to.codes):
            a.from_, a.to = a.to, a.from_  # the body says whose act it was
    if (a.act == "meeting" and b.act == "call") or (a.act == "overture" and b.act in {"message", "proposal"}):
        a.act = b.act
    a.from_, a.to = _sides(a, b)
    a.channels = [c for c in dict.fromkeys(a.channels + b.channels) if c != "unspecified"] or ["unspecified"]
    a.via = list(dict.fromkeys(a.via + b.via))
    a.via_person = list(dict.fromkeys(a.via_person + b.via_person))
    a.secret = a.secret or b.secret
    a.start = narrower(a.start, b.start)
    a.end = a.end or b.end
    a.about = a.about or b.about
    a.conditions += [c for c in b.conditions if c.phrase not in {x.phrase for x in a.conditions}]
    a.status = min((a.status, b.status), key=(HELD_RANK if a.group == "exchange" else STATUS_RANK).index)
    a.reply = a.reply if a.reply != "not_stated" else b.reply
    a.denied_by = a.denied_by or b.denied_by
    if a.hedge == "asserted" and b.where == a.where:
        a.hedge = b.hedge
    for name, spans in b.spans.items():
        if b.where == a.where:
            for span in spans:
                a.add_span(name, span)


def _sides(a: Draft, b: Draft) -> tuple[Side, Side]:
    """Persons and words of both tellings, each with the side on which it stands."""
    straight = set(a.from_.codes) & set(b.from_.codes)
    other_from, other_to = (b.from_, b.to) if straight else (b.to, b.from_)
    return _persons(a.from_, other_from), _persons(a.to, other_to)


def _persons(a: Side, b: Side) -> Side:
    known = {p.split()[-1].lower() for p in a.persons}
    more = tuple(p for p in b.persons if p.split()[-1].lower() not in known)
    return Side(a.codes, a.persons + more, a.spans, a.words, a.channel, a.level)


def narrower(a: Interval | None, b: Interval | None) -> Interval | None:
    """The interval that says more."""
    if a is None or (a.rule.startswith("fallback") and b is not None):
        return b
    if b is None or b.rule.startswith("fallback"):
        return a
    if None in (a.earliest, a.latest):
        return b if None not in (b.earliest, b.latest) else a
    if None in (b.earliest, b.latest):
        return a
    assert a.earliest and a.latest and b.earliest and b.latest
    return b if b.latest - b.earliest < a.latest - a.earliest else a
