"""Everything that dragoman raises, in one tree.

    DragomanError
    ├── PageError            a page could not be read (becomes a Rejection)
    ├── LanguageError        the language network or its file is not usable
    ├── CodebookError        a vocabulary file breaks its own rules
    ├── FormatError          a line handed to a command is not in its shape
    ├── LedgerError          the ledger cannot do what it was asked
    │   ├── NotALedger       the file is something else
    │   ├── NewerLedger      written by a newer dragoman
    │   ├── LedgerUnwritable disk full, read-only file, no permission
    │   └── LedgerBusy       another process holds it for too long
    └── DeskError            the desk cannot do what it was asked
        ├── RequestRefused   a request breaks a bound or lacks a right; the answer's status
        ├── FetchError       a link was not fetched, and why in a word
        └── AccountError     accounts cannot be changed so
            ├── LoginRefused     the name or the password is wrong
            └── LoginThrottled   too many tries; in how many seconds again

Every message is one sentence that says what to do.
"""

from __future__ import annotations

__all__ = [
    "AccountError",
    "CodebookError",
    "DeskError",
    "DragomanError",
    "FetchError",
    "FormatError",
    "LanguageError",
    "LedgerBusy",
    "LedgerError",
    "LedgerUnwritable",
    "LoginRefused",
    "LoginThrottled",
    "NewerLedger",
    "NotALedger",
    "PageError",
    "RequestRefused",
]


class DragomanError(Exception):
    """The root of all errors that dragoman raises on purpose."""


class PageError(DragomanError):
    """A page could not be read; ``reason`` is a short fixed word, the message says the rest."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class LanguageError(DragomanError):
    """The language network or its file is not usable."""


class CodebookError(DragomanError):
    """A vocabulary file breaks its own rules."""


class FormatError(DragomanError):
    """A line handed to a command is not in the shape that it reads."""


class LedgerError(DragomanError):
    """The ledger cannot do what it was asked."""


class NotALedger(LedgerError):
    """The file is something else than a ledger."""


class NewerLedger(LedgerError):
    """The ledger was written by a newer dragoman."""


class LedgerUnwritable(LedgerError):
    """The ledger cannot be written: disk full, read-only, no permission."""


class LedgerBusy(LedgerError):
    """Another process holds the ledger for too long."""


class DeskError(DragomanError):
    """The desk cannot do what it was asked."""


class RequestRefused(DeskError):
    """A request breaks a bound or lacks a right; ``status`` is that of the answer, the message its sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class FetchError(DeskError):
    """A link was not fetched; ``reason`` is a short fixed word, the message says what to do."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class AccountError(DeskError):
    """Accounts cannot be changed so."""


class LoginRefused(AccountError):
    """The name or the password is wrong; which of the two is not told."""


class LoginThrottled(AccountError):
    """Too many tries; in ``seconds`` the next one is heard."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries; try again in {seconds} seconds.")
        self.seconds = seconds
