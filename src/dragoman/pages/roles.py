"""What a line is for, where its form tells it: byline, credit, caption, bullet, furniture.

These are general forms of news pages, written down from how such pages are made; none belongs to one site. The line model decides what is body; the
rules here name the rest and correct the model where a form leaves no doubt.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.codebook.forms import form
from dragoman.pages.lines import Unit, squeeze

__all__ = [
    "bullet_text",
    "byline_of",
    "caption_credit",
    "is_bullet",
    "is_end_mark",
    "is_furniture",
    "is_notice",
    "is_prose",
    "words_of",
]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BULLET = re.compile(r"^\s*(?:[•·▪■►▶●◦‣⁃∙*]|[-–]\s(?=\S))\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BYLINE = re.compile(
    r"^(?:(?:written|reported|edited|posted|published|words|text|story|report|article)\s+)?(?:by|from)\s*[:|]?\s+(?P<who>[^\W\d_].{1,90})$",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:[^\W\d_a-z][\w'’.-]*|de|la|van|von|der|den|bin|al|el|and|in|of|for|the|with|[&,|/])(?:\s|,|$)")
#: What stands behind the name on a byline's line: the day, the time, an account, a count of comments.
_BEHIND_NAME = re.compile(
    r"\s*(?:[-|–—•·,]\s*)?(?:\b(?:on|at|updated|published|posted)\b\s)?\s*(?:\d{1,4}[/.:-]\d|(?:19|20)\d\d\b|\d+ (?:comments?|min)\b|@\w"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,? "
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec))",
    re.IGNORECASE,
)
#: Offices and posts that stand alone above a statement: who issues it.
_POST = re.compile(
    r"^(?:office of (?:the )?|bureau of |department of |ministry of |embassy of |permanent mission of |press (?:office|service|release)\b"
    r"|media (?:note|release|statement)\b|by .{3,60}$)",
    re.IGNORECASE,
)
#: A name, then the post ("Jane Roe, Department Spokesperson").
_TITLED = re.compile(
    r"^[A-Z][\w.’'-]*(?: [A-Z(][\w.’')-]*){0,5}, (?:[A-Z][\w’'.-]+ ){0,4}"
    r"(?:[Ss]pokes(?:person|man|woman)|[Ss]ecretary|[Mm]inister|[Aa]mbassador|[Pp]resident|[Ee]nvoy|[Rr]epresentative|[Cc]orrespondent"
    r"|[Rr]eporter|[Ee]ditor|[Cc]olumnist|[Ww]riter|[Ss]taff|[Ff]ellow|[Pp]roducer)\b[^.!?;:]{0,80}$"
)
_TEXT_BEGINS = re.compile(r"^(?:begin|start of) text:?$", re.IGNORECASE)
#: Credits of pictures: in brackets at a caption's end, behind a label, or a name and a house parted by a stroke ("Jane Roe/AFP").
_IN_BRACKETS = re.compile(r"\(([^()]{2,80})\)\.?$")
_LABELS = ("Photo", "PHOTO", "Image", "IMAGE", "Pic", "PIC", "Credit", "CREDIT", "Courtesy", "Source")
_LABELLED = re.compile(
    r"(?:^|[.!?)\]”\"]\s*)(?:\w+ )?(?:Photo(?:graph)?s?|PHOTO|Image|IMAGE|Picture|PICTURE|Pic|Credit|CREDIT|Courtesy|Source)"
    r"(?: [Cc]redits?)?\s*(?:by\b|of\b|:|\.\.\.|/)+\s*((?:©|[A-Z])[^.|;:]{1,70}?)\.?$"
)
_HOUSES = r"Getty Images|AFP|AP|Reuters|REUTERS|EPA|EPA-EFE|Shutterstock|Alamy|Bloomberg|Xinhua|Yonhap|Anadolu|TASS|Sputnik|Pool|POOL|Handout|HANDOUT"
_STROKED = re.compile(
    rf"\b((?:[A-Z][\w.’'-]*[ -]?){{1,5}}\s?[/|]\s?(?:[\w ]{{2,30}}[/|]\s?)?(?:{_HOUSES})\b[\w .-]{{0,30}}"
    r"|(?:REUTERS|AFP|AP|EPA)\s*/\s*[A-Z][\w.’' -]{2,40})\.?$"
)
_PHOTO_START = re.compile(
    r"^(?:(?:in )?this (?:\w+ ){0,3}?(?:photo|image|picture|handout)"
    r"|(?:a |an )?(?:file|undated|handout|pool|combination) (?:photo|image|picture)|file:|file -|file\s*[—–-]\s)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a line in lower case."""
    return tuple(_WORD.findall(text.lower()))


def is_prose(text: str) -> bool:
    """Whether a line reads as a sentence: it ends as one and has five words, or is too long for a heading."""
    n = text.count(" ") + 1
    return (n >= 5 and _SENTENCE_END.search(text[-8:]) is not None) or n >= 35


def is_bullet(text: str) -> bool:
    """Whether a line begins with a list's mark."""
    return _BULLET.match(text) is not None and len(text) > 3


def bullet_text(text: str) -> str:
    """The line without its list mark."""
    return _BULLET.sub("", text, count=1).strip()


@lru_cache(maxsize=2048)
def is_furniture(text: str) -> bool:
    """Whether a line invites, sells, warns or leads elsewhere, by its form alone."""
    return len(text) <= 320 and form("furniture").match(text) is not None


def is_notice(text: str) -> bool:
    """Whether a line tells the form of a release ("Via Teleconference", "Begin text:")."""
    return len(text) <= 200 and form("notice").match(text) is not None


def begins_text(text: str) -> bool:
    """Whether the text proper of a release begins after this line."""
    return len(text) <= 30 and _TEXT_BEGINS.match(text) is not None


def is_end_mark(text: str) -> bool:
    """Whether a line marks the end of a report ("###", "-30-", "ENDS", "End text.")."""
    return len(text) <= 20 and form("end_mark").match(text) is not None


def byline_of(text: str) -> str | None:
    """Who wrote it, of a line that tells nothing else; ``None`` where the line is no byline."""
    if len(text) > 140:
        return None
    attributed = form("attributed").search(text)
    if attributed:
        return text[attributed.end() :].strip().rstrip(":").strip()
    match = _BYLINE.match(text)
    if match:
        who = _BEHIND_NAME.split(match["who"], maxsplit=1)[0].strip(" ,|-–—•·")
        return who if who and ((_NAME.match(who) and not _SENTENCE_END.search(who[-3:])) or who.isupper()) else None
    posted = _POST.match(text) or _TITLED.match(text)
    return text if posted and not _SENTENCE_END.search(text[-3:]) else None


def caption_credit(text: str) -> tuple[bool, str | None]:
    """Whether a line has the form of a picture's caption, and the credit that it prints."""
    if len(text) > 700:
        return False, None
    return _caption_credit(text)


def _credit(text: str) -> tuple[str | None, bool]:
    """The credit at a line's end, and whether only pictures are credited so (reports, too, credit an agency in brackets)."""
    tail = text[-160:]
    if tail.rstrip(".").endswith(")"):
        match = _IN_BRACKETS.search(tail)
        return (match[1].strip(), False) if match else (None, False)
    match = _LABELLED.search(tail) if any(label in tail for label in _LABELS) else None
    if not match and ("/" in tail or "|" in tail):
        match = _STROKED.search(tail)
    return (match[1].strip(), True) if match else (None, False)


#: One of these, in lower case, stands in whatever has the form of a photo: a look for it costs a tenth of a match.
_OF_PHOTOS = (
    "photo",
    "image",
    "pictur",
    "handout",
    "footage",
    "screen",
    "seen here",
    "courtesy",
    "(",
    "above",
    "left",
    "right",
    "caption",
    "file:",
)


def _may_be_photo(text: str) -> bool:
    low = text.lower()
    return any(map(low.__contains__, _OF_PHOTOS))


@lru_cache(maxsize=1024)
def _caption_credit(text: str) -> tuple[bool, str | None]:
    credit, of_pictures = _credit(text)
    if of_pictures or _PHOTO_START.match(text):
        return True, credit
    if (credit or len(text) <= 200) and _may_be_photo(text) and form("photo").search(text):
        named = credit is not None and any(map(str.isalpha, credit)) and len(text) <= 400
        return named or not is_prose(text), credit
    return False, credit


def same_words(one: Unit, other: Unit) -> bool:
    """Whether two units print the same letters and digits."""
    return squeeze(one.text) == squeeze(other.text)
