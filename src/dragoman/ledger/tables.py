"""The tables of a ledger, the same on SQLite and PostgreSQL. Imported only once a ledger is opened (SQLAlchemy takes a while to load).

What reports said is append-only and stands under content ids (``key``); ``n`` is a number of this file alone and never leaves it.
``recorded`` is UTC text that sorts by time. Columns that hold lists are JSON; ``said`` is the whole value, the columns beside it are for people
who look with SQL.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "DERIVED",
    "conflict",
    "contact",
    "contact_pair",
    "derived_cell",
    "derived_contact",
    "derived_days",
    "derived_gap",
    "derived_silence",
    "fetch",
    "judgement",
    "meta",
    "metadata",
    "page",
    "party",
    "process",
    "quote",
    "reading",
    "rejection",
    "report",
    "statement",
    "version",
]

metadata = MetaData()


def _json(name: str) -> Column[object]:
    return Column(name, JSON(none_as_null=True))


#: What the file is: the version of its tables.
meta = Table("ledger_meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

page = Table(
    "page",
    metadata,
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False, comment="zlib"),
    Column("recorded", Text, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False),
    Column("url", Text, index=True),
    Column("outlet", Text),
    Column("agency", Text),
    Column("title", Text),
    Column("published", Text),
    Column("published_sure", Float),
    Column("first_seen", Text),
    Column("day", Date, index=True, comment="from which it enters as-published views"),
    Column("language", Text),
    Column("page_key", Text),
    Column("body", Text, nullable=False),
    Column("article", JSON, nullable=False, comment="all its other fields"),
    Column("signature", JSON, nullable=False, comment="min-hashes of its body, to know copies by"),
    Column("profile", LargeBinary, nullable=False, comment="what it is about, to know one story by (stories.packed)"),
    Column("recorded", Text, nullable=False, index=True),
    Index("report_by_title", "outlet", "title"),
)

#: Which page, fetched with what known beside it, gave which report: so that a page is not read twice, and can be read again.
#: Another version of the reader may make another report of it.
fetch = Table(
    "fetch",
    metadata,
    Column("key", Text, primary_key=True, comment="content id of the page and what was told beside it"),
    Column("report_n", Integer, ForeignKey("report.n"), primary_key=True, index=True),
    Column("page_key", Text, ForeignKey("page.key"), nullable=False),
    Column(
        "told", JSON(none_as_null=True), comment="the page's id, and the url, outlet, published and first_seen told"
    ),
)

#: A later version of a revised page takes the place of an earlier one, from its day on.
version = Table(
    "version",
    metadata,
    Column("older", Integer, ForeignKey("report.n"), primary_key=True),
    Column("newer", Integer, ForeignKey("report.n"), primary_key=True, index=True),
    Column("day", Date, comment="of the newer one"),
    Column("recorded", Text, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("report_n", Integer, ForeignKey("report.n"), nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("coder", Text),
    Column("recorded", Text, nullable=False),
    Column("superseded", Text, comment="when a reading that outranks it was recorded"),
)

party = Table(
    "party",
    metadata,
    Column("reading_n", Integer, ForeignKey("reading.n"), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("day", Date),
    Index("party_by_day", "code", "day"),
)

contact = Table(
    "contact",
    metadata,
    Column("reading_n", Integer, ForeignKey("reading.n"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    _json("from_codes"),
    _json("to_codes"),
    _json("from_person"),
    _json("to_person"),
    Column("act", Text, nullable=False),
    Column("status", Text, nullable=False),
    _json("channel"),
    _json("via"),
    Column("secret", Boolean, nullable=False),
    Column("start_earliest", Date),
    Column("start_latest", Date),
    Column("end_earliest", Date),
    Column("end_latest", Date),
    Column("about", Text),
    _json("conditions"),
    Column("reply", Text, nullable=False),
    Column("reply_as_of", Date),
    Column("attribution_kind", Text),
    Column("attribution_source", Text),
    Column("attribution_of", Text),
    Column("attribution_told", Text),
    Column("hedge", Text, nullable=False),
    _json("evidence"),
    _json("denied_by"),
    Column("where", Text, nullable=False),
    Column("coder", Text),
    Column("note", Text),
    Column("said", JSON, nullable=False),
)

#: The words each value was read from, as Web Annotation quotes that survive a new extraction.
quote = Table(
    "quote",
    metadata,
    Column("reading_n", Integer, ForeignKey("reading.n"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
)

#: The unordered pairs a contact stands between (a before b in the alphabet), so that one pair's history is found at once.
contact_pair = Table(
    "contact_pair",
    metadata,
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("reading_n", Integer, ForeignKey("reading.n"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("day", Date),
    Index("pair_by_reading", "reading_n"),
)


def _list_of(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("reading_n", Integer, ForeignKey("reading.n"), primary_key=True),
        Column("place", Integer, primary_key=True),
        Column("who", Text, comment="owner of a process, speaker of a statement, first claim of a conflict"),
        Column("kind", Text, comment="stage of a process, kind of a statement"),
        Column("said", JSON, nullable=False),
    )


process = _list_of("process")
statement = _list_of("statement")
conflict = _list_of("conflict")

rejection = Table(
    "rejection",
    metadata,
    Column("key", Text, primary_key=True),
    Column("report", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("page_key", Text),
    Column("reader", Text, nullable=False),
    Column("recorded", Text, nullable=False),
)

#: An analyst's word on a value: hangs on report, quote and field, is superseded and never overwritten.
judgement = Table(
    "judgement",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("report_key", Text, nullable=False, index=True),
    Column("exact", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("value", JSON),
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("recorded", Text, nullable=False),
    Column("superseded", Text),
    UniqueConstraint("report_key", "exact", "field", "who", "recorded"),
)

# What follows is derived from the above: it may be emptied at any time, and is no part of a dump. Days are those of publication; "up to" is without.

#: Each pair's contacts of the readings that stand: known from ``day`` up to ``until``, when a later version takes their report's place.
derived_contact = Table(
    "derived_contact",
    metadata,
    Column("reading_n", Integer, ForeignKey("reading.n"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("anchor", Date, nullable=False, comment="by which it stands in a stretch (stretches.py)"),
    Column("day", Date, nullable=False),
    Column("until", Date, nullable=False),
    Index("derived_contact_by_pair", "a", "b", "anchor", "day"),
)

#: The days of a month (bit 0 its first) on which a report that names the party was published.
derived_days = Table(
    "derived_days",
    metadata,
    Column("code", Text, primary_key=True),
    Column("month", Date, primary_key=True),
    Column("days", BigInteger, nullable=False),
)

#: A stretch of a pair's history whose silences are derived, as published by the days from ``since`` up to ``until``.
derived_cell = Table(
    "derived_cell",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("a", Text, nullable=False),
    Column("b", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("back", Date, nullable=False),
    Column("ahead", Date, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Index("derived_cell_by_pair", "a", "b", "until", "back", "ahead"),
)

#: A thread without an answer, which stood just so as published by the days from ``since`` up to ``until``.
derived_silence = Table(
    "derived_silence",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("cell_n", Integer, index=True),
    Column("a", Text, nullable=False),
    Column("b", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("span", Integer, nullable=False, comment="at most how long that is, as a power of two of days"),
    Column("first", Date, comment="on which it may have begun"),
    Column("last", Date),
    Column("id", Text, nullable=False, comment="the thread's"),
    Column("packed", Text, nullable=False, comment="its acts and changes, as numbers of readings and places"),
    Index("derived_silence_by_day", "span", "since", "until", "last", "first", "id"),
    Index("derived_silence_by_pair", "a", "b", "until"),
)

#: Where silences are yet to be derived: threads that began from ``first`` up to ``end``, as published by days from ``since`` up to ``until``.
derived_gap = Table(
    "derived_gap",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("a", Text, nullable=False),
    Column("b", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("tick", Integer, nullable=False, comment="counts what was told of the pair since"),
    Index("derived_gap_by_pair", "a", "b"),
)

DERIVED = (derived_silence, derived_cell, derived_gap, derived_days, derived_contact)
