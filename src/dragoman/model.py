"""The values that rooms hand on, all frozen, in the words of DESIGN and of the gold guide.

Offsets count characters (Python ``str`` indices). A ``Span`` that stands on an article's value points into the page; all others point into one of
the article's texts, the body unless a ``where`` beside them says otherwise (:meth:`Article.text_of`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

Where = Literal["body", "headline", "caption", "key_points"]
Precision = Literal["day", "week", "third", "month", "season", "year", "vague"]

ACTS = (
    "overture",
    "proposal",
    "message",
    "call",
    "meeting",
    "visit",
    "mediation",
    "reply",
    "agreement",
    "breakdown",
)
STATUSES = ("done", "ongoing", "attempted", "planned", "conditional", "not_done", "disputed")
CHANNELS = (
    "un_mission",
    "embassy",
    "third_party",
    "hotline",
    "phone",
    "video",
    "letter",
    "email",
    "in_person",
    "public_statement",
    "media",
    "multilateral",
    "unspecified",
)
REPLIES = ("none", "acknowledged", "accepted", "declined", "countered", "not_stated")
ATTRIBUTION_KINDS = ("named_person", "anonymous", "institution", "document", "media", "outlet")
HEDGES = ("asserted", "reported", "alleged", "expected")
STAGES = ("announced", "under_way", "expected", "concluded", "abandoned")
STATEMENT_KINDS = ("condition", "demand", "threat", "accusation", "praise", "policy")
#: Acts in which neither side is the addressee: the initiating or first-named side is ``from``.
SYMMETRIC_ACTS = frozenset({"call", "meeting", "agreement"})
#: The groups within which two tellings of one act may differ (GUIDE.md, "How a system is scored").
ACT_GROUPS = {
    "overture": "address",
    "proposal": "address",
    "message": "address",
    "mediation": "address",
    "call": "exchange",
    "meeting": "exchange",
    "visit": "exchange",
    "reply": "reply",
    "agreement": "agreement",
    "breakdown": "breakdown",
}


def content_id(*parts: object) -> str:
    """A stable id of what the parts say: 16 hex digits, the same on every machine and version of Python."""
    packed = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(packed.encode("utf-8")).hexdigest()[:16]


# --------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and the rule that read it."""

    start: int
    end: int
    rule: str

    def as_list(self) -> list[object]:
        """``[start, end, rule]``, the shape of FORMATS."""
        return [self.start, self.end, self.rule]


@dataclass(frozen=True, slots=True)
class Quote:
    """Evidence that survives re-extraction: the Web Annotation text quote selector."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Page:
    """A page as it came: bytes, and what whoever brought it knows about it (which wins over what it says)."""

    id: str
    data: bytes
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    first_seen: str | None = None

    @cached_property
    def key(self) -> str:
        """The page's content id."""
        return hashlib.sha256(self.data).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption and its credit."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the page to a like story."""

    title: str
    url: str | None = None


@dataclass(frozen=True)
class Article:
    """What a page says, without its furniture.

    ``published`` and ``updated`` are ISO dates, with time and offset where the page tells them; ``published_sure`` says from 0 to 1 how sure the
    date is (1: printed as the publication date). ``spans`` points into the page's text, field by field.
    """

    id: str
    body: str
    title: str | None = None
    subtitle: str | None = None
    published: str | None = None
    published_rule: str | None = None
    published_sure: float = 0.0
    updated: str | None = None
    timezone: str | None = None
    outlet: str | None = None
    agency: str | None = None
    relayed: tuple[str, ...] = ()
    dateline: str | None = None
    byline: str | None = None
    section: str | None = None
    captions: tuple[Caption, ...] = ()
    key_points: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    language: str | None = None
    machine_translated: bool = False
    url: str | None = None
    first_seen: str | None = None
    page_key: str | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """The content id of what was said where: outlet, title, day and body."""
        return content_id("report", self.outlet, self.title, self.published, self.url, self.body)

    @property
    def published_day(self) -> date | None:
        """The local day that the page prints, or ``None`` where it prints none."""
        return date.fromisoformat(self.published[:10]) if self.published else None

    def text_of(self, where: Where) -> str:
        """The text into which spans of that place point; captions and key points stand one a line."""
        if where == "headline":
            return self.title or ""
        if where == "caption":
            return "\n".join(c.text for c in self.captions)
        if where == "key_points":
            return "\n".join(self.key_points)
        return self.body

    def as_json(self) -> dict[str, Any]:
        """The shape that ``dragoman article`` prints (FORMATS), keys in its order."""
        return {
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "body": self.body,
            "published": self.published,
            "published_rule": self.published_rule,
            "published_sure": self.published_sure,
            "updated": self.updated,
            "timezone": self.timezone,
            "outlet": self.outlet,
            "agency": self.agency,
            "relayed": list(self.relayed),
            "dateline": self.dateline,
            "byline": self.byline,
            "section": self.section,
            "captions": [{"text": c.text, "credit": c.credit} for c in self.captions],
            "key_points": list(self.key_points),
            "links": [{"title": x.title, "url": x.url} for x in self.links],
            "language": self.language,
            "machine_translated": self.machine_translated,
            "spans": {k: s.as_list() for k, s in self.spans.items()},
        }


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not read: at which stage, for which reason (a short fixed word), and the detail."""

    report: str
    stage: str
    reason: str
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape that ``dragoman read`` prints."""
        return {
            "report": {"id": self.report},
            "rejected": {"stage": self.stage, "reason": self.reason, "detail": self.detail},
        }


# ------------------------------------------------------------------------------------------------------ language


@dataclass(frozen=True, slots=True)
class Token:
    """One UD word. ``head`` is the place of its head in the sentence, -1 for the root; places count from 0.

    ``cue`` is set where the network takes the word for part of a cue of attribution; other parsers leave it unset.
    """

    form: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    start: int
    end: int
    name: str = "O"
    space_after: bool = True
    cue: bool = False

    @property
    def relation(self) -> str:
        """The relation without its subtype."""
        return self.deprel if ":" not in self.deprel else self.deprel.split(":", 1)[0]


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words, its tree, and where it stands in the article."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    text: str
    where: Where = "body"
    paragraph: int = 0
    quoted: tuple[tuple[int, int], ...] = ()
    """Stretches (places of first and last word) that stand inside quotation marks, also those opened in an earlier sentence."""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the places of its dependants, left to right."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                found[token.head].append(i)
        return tuple(tuple(x) for x in found)

    @cached_property
    def root(self) -> int:
        """The place of the root."""
        return next((i for i, t in enumerate(self.tokens) if t.head < 0), 0)

    def dependants(self, i: int, *relations: str) -> list[int]:
        """Dependants of word ``i`` with one of the relations (subtype given: exact; without: any subtype)."""
        found = []
        for c in self.children[i]:
            deprel = self.tokens[c].deprel
            if deprel in relations or (":" in deprel and deprel.split(":", 1)[0] in relations):
                found.append(c)
        return found

    def subtree(self, i: int) -> list[int]:
        """The places of the word and of all that hangs on it, in order."""
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(self.children[j])
        return sorted(found)

    def is_quoted(self, i: int) -> bool:
        """Whether word ``i`` stands inside quotation marks."""
        return any(a <= i <= b for a, b in self.quoted)


@dataclass(frozen=True)
class Document:
    """An article with its sentences: headline, body, captions and key points, in that order."""

    article: Article
    sentences: tuple[Sentence, ...]

    def of(self, where: Where) -> Iterator[Sentence]:
        """The sentences of one place."""
        return (s for s in self.sentences if s.where == where)


# ------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Interval:
    """Days between which something lies, either end open; ``text`` the words, ``rule`` what read them."""

    earliest: date | None
    latest: date | None
    precision: Precision = "vague"
    text: str = ""
    rule: str = ""

    def as_list(self) -> list[str | None]:
        """``[earliest, latest]`` as ISO dates."""
        return [d.isoformat() if d else None for d in (self.earliest, self.latest)]

    @property
    def known(self) -> bool:
        """Whether either end is bounded."""
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of text that tells a time: TIMEX3 type, value and mod, the interval of days that it allows, and EDTF.

    ``anchor`` says what a relative expression was counted from (``published``, ``dateline``, another expression …).
    """

    start: int
    end: int
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None
    earliest: date | None
    latest: date | None
    precision: Precision
    edtf: str | None
    anchor: str | None
    rule: str

    @property
    def interval(self) -> Interval:
        """Its days."""
        return Interval(self.earliest, self.latest, self.precision, self.text, self.rule)

    def as_json(self) -> dict[str, Any]:
        """The shape that ``dragoman times`` prints."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "type": self.type,
            "value": self.value,
            "mod": self.mod,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "precision": self.precision,
            "edtf": self.edtf,
            "anchor": self.anchor,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for a party: which codes it speaks for, and the person and post where told.

    ``sentence`` is the place of the sentence in the document; ``first``, ``last`` and ``head`` are word places in it. ``kind`` says what the words
    name. ``codes`` is empty where the text does not tell the party (a person never introduced); several codes are one mention of several parties
    ("the two Koreas"). ``place_only`` marks a place that merely tells where ("in Washington"). ``channel`` is set where the words name a channel of
    the party instead of the party itself ("Pyongyang's mission to the United Nations": code PRK, channel un_mission). ``posted`` is whom an envoy
    deals with ("its ambassador to Chad": TCD).
    """

    sentence: int
    first: int
    last: int
    head: int
    start: int
    end: int
    text: str
    kind: Literal["state", "organisation", "group", "person", "pronoun"]
    codes: tuple[str, ...]
    rule: str
    person: str | None = None
    position: str | None = None
    level: int = 0
    place_only: bool = False
    ambiguous: tuple[str, ...] = ()
    channel: str | None = None
    posted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """On whose word: PARC's source, with its kind, the party it speaks for, and whom it was said to.

    ``reason`` holds the words that say why a source is not named; ``relayed`` through whose hands the words came to the page, the first
    after the source first (the agency told, whoever quotes it, the outlet).
    """

    kind: str = "outlet"
    source: str | None = None
    of: str | None = None
    told: str | None = None
    cue: str | None = None
    reason: str | None = None
    relayed: tuple[str, ...] = ()

    def as_json(self, *, bare: bool = False) -> dict[str, Any]:
        """GUIDE's shape; unless ``bare`` also why the source is not named and who relayed it."""
        found: dict[str, Any] = {"kind": self.kind, "source": self.source, "of": self.of, "told": self.told}
        return found if bare else {**found, "reason": self.reason, "relayed": list(self.relayed)}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a party demands before it will act."""

    by: str | None
    phrase: str

    def as_json(self) -> dict[str, Any]:
        """GUIDE's shape."""
        return {"by": self.by, "phrase": self.phrase}


@dataclass(frozen=True)
class Contact:
    """One report's word on one act of contact (GUIDE.md); ``spans`` holds, field by field, the words it was read from."""

    from_: tuple[str, ...]
    to: tuple[str, ...]
    act: str
    status: str
    channel: tuple[str, ...] = ("unspecified",)
    from_person: tuple[str, ...] = ()
    to_person: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    via_person: tuple[str, ...] = ()
    secret: bool = False
    start: Interval | None = None
    end: Interval | None = None
    about: str | None = None
    conditions: tuple[Condition, ...] = ()
    reply: str = "not_stated"
    reply_as_of: date | None = None
    attribution: Attribution = Attribution()
    hedge: str = "asserted"
    evidence: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    where: Where = "body"
    plover: str | None = None
    cameo: str | None = None
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    coder: str | None = None
    note: str | None = None

    @cached_property
    def key(self) -> str:
        """The content id of what the contact says (not of where it stands)."""
        return content_id("contact", {k: v for k, v in self.as_json(bare=True).items() if k != "note"})

    def as_json(self, *, bare: bool = False) -> dict[str, Any]:
        """GUIDE's shape; unless ``bare`` also ``key`` and ``spans``."""
        found: dict[str, Any] = {
            "from": list(self.from_),
            "to": list(self.to),
            "from_person": list(self.from_person) or None,
            "to_person": list(self.to_person) or None,
            "act": self.act,
            "status": self.status,
            "channel": list(self.channel),
            "via": list(self.via),
            "via_person": list(self.via_person) or None,
            "secret": self.secret,
            "start": self.start.as_list() if self.start and self.start.known else None,
            "end": self.end.as_list() if self.end and self.end.known else None,
            "about": self.about,
            "conditions": [c.as_json() for c in self.conditions],
            "reply": self.reply,
            "reply_as_of": self.reply_as_of.isoformat() if self.reply_as_of else None,
            "attribution": self.attribution.as_json(bare=bare),
            "hedge": self.hedge,
            "evidence": list(self.evidence),
            "denied_by": list(self.denied_by) or None,
            "where": None if self.where == "body" else self.where,
            "plover": self.plover,
            "cameo": self.cameo,
        }
        if self.coder:
            found["coder"] = self.coder
        if self.note:
            found["note"] = self.note
        if not bare:
            found["key"] = self.key
            found["spans"] = {k: [s.as_list() for s in v] for k, v in self.spans.items()}
        return found


@dataclass(frozen=True)
class Process:
    """A standing effort that the report follows: a policy review, a round of talks, an inquiry."""

    owner: str | None
    name: str
    stage: str
    date: Interval | None = None
    expected_by: Interval | None = None
    briefed: tuple[str, ...] = ()
    attribution: Attribution = Attribution()
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """GUIDE's shape with spans."""
        return {
            "owner": self.owner,
            "name": self.name,
            "stage": self.stage,
            "date": self.date.as_list() if self.date else None,
            "expected_by": self.expected_by.as_list() if self.expected_by else None,
            "briefed": list(self.briefed),
            "attribution": self.attribution.as_json(),
            "spans": {k: [s.as_list() for s in v] for k, v in self.spans.items()},
        }


@dataclass(frozen=True)
class Statement:
    """A party's public word on the contact itself."""

    by: str | None
    about: str | None
    kind: str
    phrase: str
    date: Interval | None = None
    attribution: Attribution = Attribution()
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """GUIDE's shape with spans."""
        return {
            "by": self.by,
            "about": self.about,
            "kind": self.kind,
            "phrase": self.phrase,
            "date": self.date.as_list() if self.date else None,
            "attribution": self.attribution.as_json(),
            "spans": {k: [s.as_list() for s in v] for k, v in self.spans.items()},
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that the report itself sets against each other."""

    between: tuple[str, str]
    what: str

    def as_json(self) -> dict[str, Any]:
        """GUIDE's shape."""
        return {"between": list(self.between), "what": self.what}


@dataclass(frozen=True)
class Reading:
    """All that one report says. ``parties`` are the codes it names at all (for the days on which nothing about a pair was read)."""

    article: Article
    contacts: tuple[Contact, ...] = ()
    processes: tuple[Process, ...] = ()
    statements: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    parties: tuple[str, ...] = ()
    reader: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape that ``dragoman read`` prints."""
        report = {k: v for k, v in self.article.as_json().items() if k not in {"body", "spans"}}
        report = {"id": report.pop("id"), "key": self.article.key, **report, "url": self.article.url}
        return {
            "report": report,
            "contacts": [c.as_json() for c in self.contacts],
            "processes": [p.as_json() for p in self.processes],
            "statements": [s.as_json() for s in self.statements],
            "conflicts": [c.as_json() for c in self.conflicts],
        }
