"""Who speaks in a stretch of a document without a cue in each sentence: turns of a transcript, readouts, joint statements, captions."""

from __future__ import annotations

import re

from dragoman.model import Article, Attribution, Mention, Sentence
from dragoman.reading.values import SentenceMentions

#: A turn of a transcript: the speaker in capitals and a colon ("MR PRICE:", "QUESTION:", "SENIOR OFFICIAL ONE:").
TURN = re.compile(r"^\s*((?:[A-Z][A-Z.'’-]+\s?){1,8})(?:\([^)]*\))?\s*:")
TITLES = re.compile(
    r"^(?:(?:MR|MS|MRS|DR|MISS|SIR|AMBASSADOR|AMB|SECRETARY|(?:DEPUTY |UNDER |ASSISTANT )?SECRETARY(?: OF STATE)?|(?:PRIME |FOREIGN )?MINISTER|"
    r"(?:VICE |DEPUTY )?PRESIDENT|GENERAL|SPECIAL (?:ENVOY|REPRESENTATIVE)|SPOKESPERSON|SENATOR|CHANCELLOR)\.?\s+)+"
)
ASKING = frozenset({"QUESTION", "Q", "REPORTER", "JOURNALIST"})
HOSTING = frozenset({"MODERATOR", "OPERATOR", "INTERPRETER", "PARTICIPANT", "STAFF"})
#: Titles of papers that several parties issue together.
JOINT = re.compile(
    r"\b(?:joint (?:press )?(?:statement|release|declaration|communiqu[eé]|readout)|joint [\w\s]{0,20}statement"
    r"|(?:leaders['’]|summit|ministers['’]) (?:statement|declaration|communiqu[eé])|communiqu[eé])\b",
    re.I,
)
ATTRIBUTABLE = re.compile(r"\battribut(?:able|ed) to\b", re.I)
#: How an agency is credited under a picture ("(AP)", "Photo: Reuters").
CREDIT = re.compile(
    r"\(([A-Z][\w./ -]{1,40})\)\s*$"
    r"|(?:photo|picture|image)(?: by| credit)?:\s*([\w./ -]+)$"
    r"|\bin this ([A-Z]{2,}|[A-Z]\w+) (?:file |pool )?(?:photo|picture)",
    re.I,
)


def speaker(s: Sentence, mentions: SentenceMentions, of: str | None) -> tuple[Attribution, int] | None:
    """(who speaks, the words of the label) where the sentence opens a turn; ``of`` is the party whose transcript it is."""
    match = TURN.match(s.text)
    if not match:
        return None
    name = " ".join(match.group(1).split())
    words = sum(1 for t in s.tokens if t.start < s.start + match.end())
    code = _code(mentions, words) or of
    if name in ASKING:
        return Attribution("media", "reporter's question"), words
    if name in HOSTING:
        return Attribution("institution", name.lower(), of), words
    if re.search(r"\bOFFICIALS?\b|\bSOURCE\b|\bDIPLOMAT\b|\bBRIEFER\b", name):
        return Attribution("anonymous", name.title(), code), words
    return Attribution("named_person", _named(mentions, words) or TITLES.sub("", name).title(), code), words


def _named(mentions: SentenceMentions, words: int) -> str | None:
    return next((m.person for m in _first(mentions, words) if m.person), None)


def _code(mentions: SentenceMentions, words: int) -> str | None:
    return next((m.codes[0] for m in _first(mentions, words) if m.codes), None)


def _first(mentions: SentenceMentions, words: int) -> list[Mention]:
    return [m for m in mentions.mentions if m.first < words]


def issuer(article: Article, of: str | None, *, speaker_known: bool) -> Attribution:
    """On whose word stands what nobody in the text is told to say: a document, the government's own office, or the outlet."""
    if article.title and JOINT.search(article.title):
        return Attribution("document", article.title, of)
    if of is not None:
        name = (article.byline or "").split(",")[0].strip()
        name = re.sub(
            r"^(?:the )?(?:department |deputy |acting |principal )*spokes(?:person|man|woman) ", "", name, flags=re.I
        )
        if name and speaker_known:
            return Attribution("named_person", name, of)
        return Attribution("institution", name or article.outlet, of)
    return Attribution("outlet", article.agency or article.outlet)


def credited(article: Article, s: Sentence) -> Attribution | None:
    """Whose picture it is whose caption the sentence stands in."""
    at = 0
    for caption in article.captions:
        if at <= s.start <= at + len(caption.text):
            match = CREDIT.search(caption.text)
            name = caption.credit or (next((g for g in match.groups() if g), None) if match else None)
            return Attribution("media", re.split(r"[-/,]", name)[0].strip()) if name else None
        at += len(caption.text) + 1
    return None
