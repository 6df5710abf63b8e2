"""What of a paragraph is read as prose: without its bullet, its dateline and the agency's tag at its end.

Only the parse leaves them out; they stay in the article and no offset moves. A dateline that stays in costs the first
sentence its subject ("OSLO -- Norwegian Foreign Minister ..." has two nouns before its verb).
"""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?)"
_UP = "[A-ZÀ-ÖØ-Þ]"
_REST = r"[\w.'’-]*"
_NAME = rf"{_UP}{_REST}(?:\s+(?:(?:de|del|la|al|el|of|the)\s+)?{_UP}{_REST}){{0,3}}"
_CAPITALS = rf"{_UP}[A-ZÀ-ÖØ-Þ.'’-]*{_UP}(?:[\s/]{_UP}[A-ZÀ-ÖØ-Þ.'’-]*){{0,3}}"
#: The wire, in brackets or between strokes: "(Yonhap)", "(AP)", "/TASS/", "[Reuters]".
_WIRE = r"(?:\([^\W\d_][^()]{0,38}\)|/[^\W\d_][^/\n]{0,38}/|\[[^\W\d_][^\[\]]{0,38}\])"
#: What parts a dateline from the report: a dash with a space after it (a hyphen needs one on both sides), or a stroke.
_DASH = r"(?:\s*(?:--+|[—–―])\s*|\s+-\s+)"
#: TASS sets its name between strokes and a full stop after it.
_STROKES = r"\.?\s*/[^\W\d_][^/\n]{0,38}/\.?\s+"

#: Forms of a dateline, the surest first. A place in capitals needs no more than a dash; one in small letters needs the
#: wire or the day beside it, or the first name of a sentence would be taken for it.
_DATELINES = tuple(
    re.compile(x)
    for x in (
        rf"(?:{_CAPITALS}|{_NAME})(?:\s*,\s*(?:{_NAME}|{_CAPITALS}))?(?:\s*,)?(?:\s*{_DAY})?(?:\s*,?\s*{_WIRE}{_DASH}|{_STROKES})",
        rf"{_WIRE}{_DASH}",
        rf"(?:{_CAPITALS}|{_NAME})(?:\s*,\s*(?:{_NAME}|{_CAPITALS}))?\s*,?\s*{_DAY}\s*{_DASH}",
        rf"{_CAPITALS}(?:\s*,\s*(?:{_NAME}|{_CAPITALS}))?{_DASH}",
    )
)
#: Datelines stand at the head of a report; after a line for the writer or a summary at most this far down.
DATELINE_PARAGRAPHS = 4
_LONGEST_DATELINE = 90

_BULLET = re.compile(r"\s*(?:[•●▪■◦‣⁃∙·►▶➤»*]+\s*|[-–—]{1,2}\s+|\(?\d{1,2}[.)]\s+(?=[A-Z\"“]))")
#: A tag stands after the sentence's own end: ". (Yonhap)", ". /TASS/", "." — AFP", "(END)".
_ENDED = r"(?:(?<=[\w)\]”\"’'][a-z0-9)\]”\"’'][.!?])|(?<=[.!?,][\"”’']))"
_TAG = re.compile(
    _ENDED
    + r"\s*(?:\((?:[A-Z][\w.&-]*)(?:[ /,][A-Z][\w.&-]*){0,3}(?<!\.)\)|\[[A-Z][\w.&-]*(?:[ /-][A-Z][\w.&-]*){0,2}\]"
    r"|/[A-Z][\w. -]{1,28}/|(?<=\s)(?:--?|[—–―])\s*[A-Z][\w&-]*(?:[ /][A-Z][\w&-]*){0,2})\s*$"
)
_CREDIT = re.compile(
    r"(?<=[.!?\"”’'\w])\s*\((?:[A-Z][\w.&-]*)(?:[ /-][A-Z][\w.&-]*){0,3}(?:\s*[/|]\s*[^()]{2,30})?\)\s*$"
)


def dateline(text: str) -> int:
    """How many characters at the head of the paragraph are its dateline; 0 where it has none."""
    head = text[: _LONGEST_DATELINE + 20]
    for form in _DATELINES:
        match = form.match(head)
        if match and match.end() <= _LONGEST_DATELINE and text[match.end() :].strip():
            return match.end()
    return 0


def bullet(text: str) -> int:
    """How many characters at the head of the paragraph are a bullet or a number; 0 where it has none."""
    match = _BULLET.match(text)
    return match.end() if match and text[match.end() :].strip() else 0


def tag(text: str, *, caption: bool = False) -> int:
    """Where the paragraph ends before an agency's tag (in a caption: before a credit); its length where it has none."""
    match = _TAG.search(text) or (_CREDIT.search(text) if caption else None)
    return match.start() if match and text[: match.start()].strip() else len(text)
