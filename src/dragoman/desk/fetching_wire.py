"""A connection with a deadline and a bound on what comes over it, and the bounded unpacking of what came."""

from __future__ import annotations

import io
import socket
import zlib
from collections.abc import Callable
from typing import Protocol

from dragoman.errors import FetchError

__all__ = ["Wire", "decoded"]

PIECE = 64 * 1024
#: zlib's window bits: 16 more than the largest window reads gzip (zlib manual, inflateInit2).
GZIP = 16 + zlib.MAX_WBITS


class _Readable(Protocol):
    def read(self, amt: int, /) -> bytes: ...


class _Raw(io.RawIOBase):
    """Reads from a socket; every read has what is left of the whole time, and all of them together one bound of bytes."""

    def __init__(self, of: Wire) -> None:
        self._of = of

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        return self._of.receive(buffer)


class Wire:
    """What ``http.client`` needs of a socket. A drop of bytes now and then does not lengthen the time that it has."""

    def __init__(self, sock: socket.socket, deadline: float, clock: Callable[[], float], most: int) -> None:
        self._sock, self._deadline, self._clock, self._left = sock, deadline, clock, most

    def sendall(self, data: bytes) -> None:
        """Send, within the deadline."""
        self._hurry()
        self._sock.sendall(data)

    def receive(self, buffer: bytearray | memoryview) -> int:
        """Receive into the buffer; 0 at the end. Raises :class:`TimeoutError`, or :class:`~dragoman.errors.FetchError` beyond the bound."""
        self._hurry()
        got = self._sock.recv_into(buffer)
        self._left -= got
        if self._left < 0:
            raise FetchError("too large", "The page is too large; save it and drop the file here, or paste its text.")
        return got

    def makefile(self, mode: str = "rb", *_: object, **__: object) -> io.BufferedReader:
        """A buffered reader over the wire."""
        return io.BufferedReader(_Raw(self), PIECE)

    def close(self) -> None:
        """Close the connection."""
        self._sock.close()

    def _hurry(self) -> None:
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)


def decoded(answer: _Readable, coding: str, most: int) -> bytes:
    """The body, unpacked where it is gzip. Raises :class:`~dragoman.errors.FetchError` beyond ``most`` bytes or on another coding."""
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(
            "encoding", "The site packs its pages in a way that was not asked for; paste the text instead."
        )
    unpack = zlib.decompressobj(GZIP) if "gzip" in coding else None
    found = bytearray()
    while piece := answer.read(PIECE):
        while piece:
            if unpack is None:
                found += piece
                piece = b""
            else:
                # What would go over the bound is never unpacked: at most one byte more than allowed.
                found += _unpacked(unpack, piece, most - len(found) + 1)
                piece = unpack.unconsumed_tail
            if len(found) > most:
                raise FetchError(
                    "too large", "The page is too large; save it and drop the file here, or paste its text."
                )
        if unpack is not None and unpack.eof:
            break
    if unpack is not None and found and not unpack.eof:
        raise FetchError("encoding", "The page broke off in the middle; try again.")
    return bytes(found)


def _unpacked(unpack: zlib._Decompress, piece: bytes, most: int) -> bytes:
    try:
        return unpack.decompress(piece, most)
    except zlib.error:
        raise FetchError("encoding", "The page is not packed as the site says; paste the text instead.") from None
