"""Bytes to text: which encoding, and the refusal of what is no text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from dragoman.pages.refusals import refuse

__all__ = ["MOST_BYTES", "decode"]

#: The longest pages in use (court rulings, live blogs with their markup) stay below 8 MB; 16 MiB is twice that.
MOST_BYTES = 16 * 1024 * 1024

#: First bytes of what is no text: name by signature (the registries of file(1)).
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"PK\x03\x04", "ZIP or office document"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"\x00\x00\x00\x18ftyp", "MP4"),
    (b"\x00\x00\x00\x20ftyp", "MP4"),
    (b"SQLite format 3", "SQLite"),
    (b"(\xb5/\xfd", "zstd"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE)
#: How far into a page a declaration of its encoding may stand: 1024 bytes by HTML's own rule, and room for sites that break it.
_DECLARED_WITHIN = 8192
#: Control characters that no text holds, as UTF-8 writes them: those of one byte; those of two (U+0080 to U+009F, without U+0085, a line end) by the
#: first byte and what may follow it; and the sign for an undecodable byte.
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_CONTROL_LEAD = b"\xc2"
_CONTROL_TAILS = frozenset(bytes([code]) for code in range(0x80, 0xA0) if code != 0x85)
_REPLACED = "\ufffd".encode()
_NO_LETTER_BYTES = bytes(code for code in range(128) if not chr(code).isalnum())
#: How much text is looked at to tell noise from words.
_SAMPLE = 50_000


def _declared(data: bytes) -> str | None:
    """The encoding that the page says it is in, if Python knows it as a text encoding."""
    for match in _DECLARED.finditer(data, 0, _DECLARED_WITHIN):
        name = match.group(1).decode("ascii").lower()
        # A page that declares Latin-1 is read as Windows-1252 (WHATWG Encoding, "Names and labels").
        name = "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name
        try:
            if codecs.lookup(name)._is_text_encoding:
                return name
        except LookupError:
            continue
    return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every second byte is zero."""
    head = data[:4096]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half >= 4 and zeros_odd > 0.7 * half and zeros_even < 0.05 * half:
        return "utf-16-le"
    if half >= 4 and zeros_even > 0.7 * half and zeros_odd < 0.05 * half:
        return "utf-16-be"
    return None


def _tries(data: bytes) -> Iterator[tuple[str, str]]:
    """Encodings to try in order, each with how to treat bytes that it has no character for."""
    yield "utf-8", "strict"
    declared = _declared(data)
    if declared and declared not in {"utf-8", "utf8"}:
        yield declared, "strict"
    yield "utf-8", "replace"
    yield "cp1252", "strict"
    yield "cp1252", "replace"


def _few_replaced(text: str) -> bool:
    """Whether so few bytes had no character that a cut in the middle of one, or a stray paste, explains them."""
    return text.count("\ufffd") <= max(3, len(text) // 1000)


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    text = ""
    for name, errors in _tries(data):
        try:
            text = data.decode(name, errors)
        except (UnicodeDecodeError, UnicodeError):
            continue
        if errors == "strict" or _few_replaced(text):
            return text
    return text


def _controls(text: str) -> int:
    """How many characters of a text are control characters or stand for an undecodable byte."""
    data = text.encode("utf-8", "surrogatepass")
    # Counted byte by byte, in a tenth of the time of a search for characters.
    wide = sum([part[:1] in _CONTROL_TAILS for part in data.split(_CONTROL_LEAD)[1:]])
    return len(data) - len(data.translate(None, _CONTROL_BYTES)) + wide + data.count(_REPLACED)


def _check_is_text(text: str) -> None:
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    shown = len(sample) - sum(map(sample.count, " \t\r\n"))
    if not shown:
        raise refuse("empty")
    bad = _controls(sample)
    if bad > max(3, 0.01 * shown):
        raise refuse("noise", f"{bad} of {shown} characters are control characters or undecodable")
    head = sample[:5000]
    words = head.split()
    if len(words) >= 200 and len(set(words)) < 0.03 * len(words):
        raise refuse("noise", "the same few words over and over")
    shown = len("".join(words))
    if shown < 200 or len(head.encode("ascii", "ignore").translate(None, _NO_LETTER_BYTES)) >= 0.3 * shown:
        return
    letters = sum(map(str.isalnum, head))
    if letters < 0.3 * shown:
        raise refuse("noise", f"only {letters} of {shown} characters are letters or digits")


def decode(data: bytes) -> str:
    """The page as text; offsets of spans count its characters.

    Raises:
        PageError: ``too_big``, ``empty``, ``binary`` or ``noise``.
    """
    if len(data) > MOST_BYTES:
        raise refuse("too_big", f"{len(data)} bytes, {MOST_BYTES} at most")
    if not data.strip():
        raise refuse("empty")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise refuse("binary", name)
    if data.count(0) > 3 and not _wide(data) and not data.startswith(tuple(mark for mark, _ in _MARKS[1:])):
        raise refuse("binary", f"{data.count(0)} zero bytes")
    text = _decoded(data)
    _check_is_text(text)
    return text
