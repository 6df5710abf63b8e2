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
    "conflict",
    "contact",
    "contact_pair",
    "fetch",
    "judgement",
    "kept_history",
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

#: Which page, fetched with what known beside it, gave which report: so that a page is not read twice.
fetch = Table(
    "fetch",
    metadata,
    Column("key", Text, primary_key=True, comment="content id of the page and what was told beside it"),
    Column("page_key", Text, ForeignKey("page.key"), nullable=False),
    Column("report_n", Integer, ForeignKey("report.n"), nullable=False, index=True),
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

#: Silent threads of a pair as derived from just the contacts that ``many`` and ``sum`` mark (see kept.py). May be emptied at any time.
kept_history = Table(
    "kept_history",
    metadata,
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("many", Integer, primary_key=True),
    Column("sum", BigInteger, primary_key=True),
    Column("derived_by", Text, nullable=False),
    Column("silent", JSON, nullable=False),
)
