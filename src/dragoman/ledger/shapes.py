"""GUIDE's JSON shape and the model's values, both ways.

``reading_of`` reads what ``dragoman read`` prints and what people code by hand; ``said`` and ``contact_of`` are the same shape with the few
things added that the printed one leaves out (an interval's words, an attribution's cue), so that what is stored comes back whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from dragoman.errors import FormatError
from dragoman.model import (
    ACTS,
    ATTRIBUTION_KINDS,
    CHANNELS,
    HEDGES,
    REPLIES,
    STAGES,
    STATEMENT_KINDS,
    STATUSES,
    Article,
    Attribution,
    Caption,
    Condition,
    Conflict,
    Contact,
    Interval,
    Link,
    Precision,
    Process,
    Reading,
    Span,
    Statement,
    Where,
)

__all__ = [
    "article_of",
    "contact_of",
    "process_of",
    "reading_of",
    "said",
    "said_process",
    "said_statement",
    "statement_of",
]

# fmt: off
#: What a contact in GUIDE's shape may hold; another name is a slip that would lose what a person coded.
CONTACT_FIELDS = frozenset((
    "from", "to", "from_person", "to_person", "act", "status", "channel", "via", "via_person", "secret", "start", "end", "about", "conditions",
    "reply", "reply_as_of", "attribution", "hedge", "evidence", "denied_by", "where", "plover", "cameo", "coder", "note", "key", "spans", "more",
))
# fmt: on
#: An interval of this many days or fewer is of this precision, where the shape gives the two days alone.
WIDTHS: tuple[tuple[int, Precision], ...] = (
    (1, "day"),
    (7, "week"),
    (11, "third"),
    (31, "month"),
    (93, "season"),
    (366, "year"),
)


def reading_of(found: Mapping[str, Any], *, reader: str = "", coder: str | None = None) -> Reading:
    """The reading that a line in GUIDE's shape tells; ``coder`` is put on each contact that names none.

    Raises :class:`~dragoman.errors.FormatError` where a field or value is not GUIDE's.
    """
    report = found.get("report")
    if not isinstance(report, Mapping) or not report.get("id"):
        raise FormatError('the line has no "report" with an "id"; give one as in the gold guide')
    contacts = tuple(contact_of(c, coder=coder) for c in found.get("contacts") or ())
    named = found.get("parties") or sorted({code for c in contacts for code in (*c.from_, *c.to, *c.via)})
    return Reading(
        article=article_of(report),
        contacts=contacts,
        processes=tuple(process_of(p) for p in found.get("processes") or ()),
        statements=tuple(statement_of(s) for s in found.get("statements") or ()),
        conflicts=tuple(_conflict_of(c) for c in found.get("conflicts") or ()),
        parties=tuple(named),
        reader=reader or str(found.get("reader") or ""),
    )


def article_of(report: Mapping[str, Any]) -> Article:
    """The article that the shape's ``report`` tells (fields of FORMATS' ``article`` line; those it lacks stay empty)."""
    return Article(
        id=str(report["id"]),
        body=report.get("body") or "",
        title=report.get("title"),
        subtitle=report.get("subtitle"),
        published=_stamp(report.get("published")),
        published_rule=report.get("published_rule"),
        published_sure=float(report.get("published_sure") or 0.0),
        updated=report.get("updated"),
        timezone=report.get("timezone"),
        outlet=report.get("outlet"),
        agency=report.get("agency"),
        relayed=_words(report.get("relayed")),
        dateline=report.get("dateline"),
        byline=report.get("byline"),
        section=report.get("section"),
        captions=tuple(Caption(c["text"], c.get("credit")) for c in report.get("captions") or ()),
        key_points=_words(report.get("key_points")),
        links=tuple(Link(x["title"], x.get("url")) for x in report.get("links") or ()),
        language=report.get("language"),
        machine_translated=bool(report.get("machine_translated")),
        url=report.get("url"),
        first_seen=report.get("first_seen"),
        page_key=report.get("page_key"),
        spans={k: _span(v) for k, v in (report.get("spans") or {}).items()},
    )


def contact_of(found: Mapping[str, Any], *, coder: str | None = None) -> Contact:
    """The contact that one entry in GUIDE's shape tells.

    Raises :class:`~dragoman.errors.FormatError` where a field is missing, unknown or holds no value of the guide.
    """
    unknown = sorted(set(found) - CONTACT_FIELDS)
    if unknown:
        raise FormatError(
            f"a contact has no field {', '.join(unknown)}; use the names of the guide, or put it under note"
        )
    missing = [k for k in ("from", "to", "act", "status") if not found.get(k)]
    if missing:
        raise FormatError(f"a contact lacks {', '.join(missing)}; fill it in")
    more = found.get("more") or {}
    reply_as_of = found.get("reply_as_of")
    return Contact(
        from_=_words(found["from"]),
        to=_words(found["to"]),
        act=_one_of("act", found["act"], ACTS),
        status=_one_of("status", found["status"], STATUSES),
        channel=tuple(_one_of("channel", c, CHANNELS) for c in found.get("channel") or ("unspecified",)),
        from_person=_words(found.get("from_person")),
        to_person=_words(found.get("to_person")),
        via=_words(found.get("via")),
        via_person=_words(found.get("via_person")),
        secret=bool(found.get("secret")),
        start=_interval(found.get("start"), more.get("start")),
        end=_interval(found.get("end"), more.get("end")),
        about=found.get("about"),
        conditions=tuple(Condition(c.get("by"), c["phrase"]) for c in found.get("conditions") or ()),
        reply=_one_of("reply", found.get("reply") or "not_stated", REPLIES),
        reply_as_of=_day(reply_as_of) if reply_as_of else None,
        attribution=_attribution(found.get("attribution"), more.get("cue")),
        hedge=_one_of("hedge", found.get("hedge") or "asserted", HEDGES),
        evidence=_words(found.get("evidence")),
        denied_by=_words(found.get("denied_by")),
        where=cast(Where, found.get("where") or "body"),
        plover=found.get("plover"),
        cameo=found.get("cameo"),
        spans=_spans(found.get("spans")),
        coder=found.get("coder") or coder,
        note=found.get("note"),
    )


def said(contact: Contact) -> dict[str, Any]:
    """The contact in GUIDE's shape, with ``more`` for what the printed shape leaves out; :func:`contact_of` reads it back whole."""
    more: dict[str, Any] = {}
    for name, interval in (("start", contact.start), ("end", contact.end)):
        if interval is not None:
            more[name] = [*interval.as_list(), interval.precision, interval.text, interval.rule]
    if contact.attribution.cue:
        more["cue"] = contact.attribution.cue
    found = contact.as_json()
    if more:
        found["more"] = more
    return found


def process_of(found: Mapping[str, Any]) -> Process:
    """The process that one entry in GUIDE's shape tells."""
    more = found.get("more") or {}
    return Process(
        owner=found.get("owner"),
        name=found.get("name") or "",
        stage=_one_of("stage", found.get("stage"), STAGES),
        date=_interval(found.get("date"), more.get("date")),
        expected_by=_interval(found.get("expected_by"), more.get("expected_by")),
        briefed=_words(found.get("briefed")),
        attribution=_attribution(found.get("attribution"), more.get("cue")),
        spans=_spans(found.get("spans")),
    )


def said_process(process: Process) -> dict[str, Any]:
    """The process in GUIDE's shape, whole (see :func:`said`)."""
    return _with_more(
        process.as_json(), {"date": process.date, "expected_by": process.expected_by}, process.attribution
    )


def statement_of(found: Mapping[str, Any]) -> Statement:
    """The statement that one entry in GUIDE's shape tells."""
    more = found.get("more") or {}
    return Statement(
        by=found.get("by"),
        about=found.get("about"),
        kind=_one_of("kind", found.get("kind"), STATEMENT_KINDS),
        phrase=found.get("phrase") or "",
        date=_interval(found.get("date"), more.get("date")),
        attribution=_attribution(found.get("attribution"), more.get("cue")),
        spans=_spans(found.get("spans")),
    )


def said_statement(statement: Statement) -> dict[str, Any]:
    """The statement in GUIDE's shape, whole (see :func:`said`)."""
    return _with_more(statement.as_json(), {"date": statement.date}, statement.attribution)


def _with_more(found: dict[str, Any], intervals: Mapping[str, Interval | None], by: Attribution) -> dict[str, Any]:
    more: dict[str, Any] = {
        k: [*i.as_list(), i.precision, i.text, i.rule] for k, i in intervals.items() if i is not None
    }
    if by.cue:
        more["cue"] = by.cue
    return {**found, "more": more} if more else found


def _conflict_of(found: Mapping[str, Any]) -> Conflict:
    between = found.get("between") or ("", "")
    if len(between) != 2:
        raise FormatError('a conflict stands "between" two claims; give both')
    return Conflict((str(between[0]), str(between[1])), found.get("what") or "")


def _one_of(name: str, value: Any, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise FormatError(f"{name} is {value!r}; it is one of {', '.join(allowed)}")
    return cast(str, value)


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(x) for x in value)


def _stamp(value: Any) -> str | None:
    if value is None or value == "":
        return None
    _day(value)
    return str(value)


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise FormatError(f"{value!r} is no day; write it as 2021-05-13") from None


def _interval(value: Any, more: Sequence[Any] | None) -> Interval | None:
    if more:
        first, last, precision, text, rule = more
        return Interval(_day(first) if first else None, _day(last) if last else None, precision, text, rule)
    if value is None:
        return None
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise FormatError(f"{value!r} is no interval; write [earliest, latest], either null")
    earliest, latest = (_day(x) if x else None for x in value)
    if earliest and latest and latest < earliest:
        raise FormatError(f"{value!r} ends before it begins; write [earliest, latest]")
    return Interval(earliest, latest, precision_of(earliest, latest), "", "given")


def precision_of(earliest: date | None, latest: date | None) -> Precision:
    """The precision of an interval of which only the two days are known."""
    if earliest is None or latest is None:
        return "vague"
    width = (latest - earliest).days + 1
    return next((name for most, name in WIDTHS if width <= most), "vague")


def _attribution(found: Any, cue: str | None) -> Attribution:
    if found is None:
        return Attribution()
    kind = _one_of("attribution kind", found.get("kind") or "outlet", ATTRIBUTION_KINDS)
    return Attribution(
        kind,
        found.get("source"),
        found.get("of"),
        found.get("told"),
        cue or found.get("cue"),
        found.get("reason"),
        _words(found.get("relayed")),
    )


def _span(value: Sequence[Any]) -> Span:
    return Span(int(value[0]), int(value[1]), str(value[2]) if len(value) > 2 else "")


def _spans(found: Any) -> dict[str, tuple[Span, ...]]:
    return {k: tuple(_span(s) for s in v) for k, v in (found or {}).items()}
