"""What reports say, stored once, and the history derived from it: merged acts, threads, states and silences as of any day.

The database's library is loaded when a ledger is opened, not when this package is imported.
"""

from dragoman.ledger.history import ThreadView
from dragoman.ledger.ledger import KnownContact, KnownRejection, Ledger, TimelineEntry
from dragoman.ledger.processes import ProcessView
from dragoman.ledger.shapes import reading_of
from dragoman.ledger.told import Entered, Pair, Report, Told

__all__ = [
    "Entered",
    "KnownContact",
    "KnownRejection",
    "Ledger",
    "Pair",
    "ProcessView",
    "Report",
    "ThreadView",
    "TimelineEntry",
    "Told",
    "reading_of",
]
