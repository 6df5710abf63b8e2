"""The reading room: documents in, contacts, processes and statements out, each field with its evidence."""

from __future__ import annotations

from dragoman.reading.contacts import Reader

__all__ = ["Reader"]
