"""Through which channel, by whose hands, and whether in secret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.codebook.channels import NamedChannel, named_channels
from dragoman.codebook.words import word_lists
from dragoman.model import CHANNELS, Sentence, Span
from dragoman.reading.sides import RELATIONAL, side_of
from dragoman.reading.tree import lemma, obliques, offsets, preposition
from dragoman.reading.values import Event, SentenceMentions, Side

#: Which channels the words of a clause may tell of an act; elsewhere the same words mean something else
#: (a "statement" is a channel of an offer, not of a meeting).
FITTING = {
    "meeting": {"third_party", "video", "in_person", "multilateral"},
    "visit": {"in_person"},
    "call": {"phone", "video", "hotline", "third_party"},
    "agreement": {"phone", "video", "hotline", "in_person", "third_party", "letter", "multilateral"},
    "breakdown": {"hotline", "embassy", "phone"},
}
#: What may carry an act that addresses somebody: all but a body of many, and but what is not said.
ADDRESS = frozenset(CHANNELS) - {"multilateral", "unspecified"}
#: Prepositions by which a go-between hangs on an act.
THROUGH = frozenset({"through", "via", "by way of"})
#: Nouns that name a go-between by what he is to others: "Omani mediators", "the Swiss channel".
LENT = frozenset({"channel", "backchannel", "intermediary", "mediator", "go-between", "interlocutor", "facilitator"})
#: Nouns that say that people of both sides were in one room (GUIDE.md: that is what a meeting is); "talks" do not.
IN_ONE_ROOM = frozenset(
    [
        "meeting",
        "summit",
        "face-to-face",
        "tete-a-tete",
        "encounter",
        "get-together",
        "huddle",
        "audience",
        "sit-down",
        "bilateral",
        "trilateral",
        "gathering",
    ]
)
#: A meeting of more parties than this is one among many.
MANY = 3
#: Words that count the channels of an act without naming each: what is not named stays unspecified.
COUNTING = frozenset({"several", "multiple", "various", "different", "other", "many", "numerous", "variety", "number"})


@dataclass(frozen=True)
class Channelled:
    """The channels of an act, the go-betweens, whether the text calls it secret, and where all that is told."""

    channels: tuple[str, ...]
    via: tuple[str, ...]
    via_person: tuple[str, ...]
    secret: bool
    spans: tuple[tuple[str, Span], ...]


def clause_words(s: Sentence, event: Event) -> list[int]:
    """The words of the act's clause: what hangs on its head and its trigger, less other clauses coordinated with it."""
    found: set[int] = set()
    stack = [event.head, event.trigger, *(o.word for o in event.operators if o.effect != "say")]
    while stack:
        i = stack.pop()
        if i in found:
            continue
        found.add(i)
        for c in s.children[i]:
            token = s.tokens[c]
            other = token.relation in {"conj", "parataxis", "ccomp"} and token.upos in {"VERB", "AUX"}
            if (not (other and c != event.trigger) and token.deprel not in {"acl:relcl"}) or (
                token.deprel == "acl:relcl" and i == event.trigger
            ):
                stack.append(c)
    return sorted(found)


def channel_of(s: Sentence, event: Event, mentions: SentenceMentions, year: int | None = None) -> Channelled:
    """The channel that the act's clause tells; what the frame itself implies where the clause is silent.

    ``year`` is when the act may have been, by which named channels that no longer stood are left out.
    """
    words = clause_words(s, event)
    hits = _hits(s, words, word_lists("channels"))
    fitting = FITTING.get(event.act, ADDRESS)
    channels: dict[str, Span] = {}
    for channel, places in hits:
        if channel in fitting and (channel != "multilateral" or _attended(s, event, places)):
            channels.setdefault(channel, _span(s, places, f"channel word:{channel}"))
    secret = next((_span(s, p, "secret word") for c, p in hits if c == "secret"), None)
    via = _go_betweens(s, event, words, mentions)
    for named, span in _named(s, words, event, year):
        channels.setdefault(named.channel, span)
        if named.via and not set(named.via) & event.parties:
            via += Side(codes=named.via, spans=(span,))
    for side in (event.from_, event.to, via):
        if side.channel and side.channel not in channels:
            channels[side.channel] = side.spans[0] if side.spans else _span(s, [event.trigger], "mention")
    if via.codes and "third_party" not in channels and not via.channel:
        channels["third_party"] = via.spans[0]
    _in_room(s, event, words, mentions, channels)
    _implied(s, event, words, channels)
    spans = [("channel", span) for span in channels.values()] + [("via", span) for span in via.spans]
    if secret is not None:
        spans.append(("secret", secret))
    return Channelled(tuple(channels) or ("unspecified",), via.codes, via.persons, secret is not None, tuple(spans))


def _attended(s: Sentence, event: Event, places: list[int]) -> bool:
    """Whether the gathering named is where the act was ("at the summit", "attended a conference"), not its subject or decree."""
    for i in places:
        token = s.tokens[i]
        if i == event.trigger or token.head == event.trigger or token.relation == "obj":
            return True
        if preposition(s, i) in {"at", "on", "in", "during", "alongside", "around", "within"}:
            return True
    return False


def _in_room(
    s: Sentence, event: Event, words: list[int], mentions: SentenceMentions, channels: dict[str, Span]
) -> None:
    """Add that people met in person, and that they met among many."""
    if "multilateral" in channels and _of_two(s, event, channels):
        del channels["multilateral"]
    if event.act not in {"meeting", "visit"} or "video" in channels:
        return
    place = _venue(s, event, words, mentions)
    if place is None and lemma(s, event.trigger) in IN_ONE_ROOM:
        place = _span(s, [event.trigger], f"frame:{event.frame.id}")
    if place is not None:
        channels.setdefault("in_person", place)
    if event.act == "meeting" and len(event.parties) > MANY and "in_person" in channels:
        channels.setdefault("multilateral", _span(s, [event.trigger], "many parties"))
    elif "multilateral" in channels and event.act == "meeting":
        channels.setdefault("in_person", channels["multilateral"])


def _of_two(s: Sentence, event: Event, channels: dict[str, Span]) -> bool:
    """Whether the only word for a gathering is a "summit" that two parties held between themselves."""
    span = channels.get("multilateral")
    trigger = s.tokens[event.trigger]
    if span is None or trigger.lemma.lower() != "summit" or (span.start, span.end) != (trigger.start, trigger.end):
        return False
    attended = any(lemma(s, o.word) in {"attend", "join", "host", "chair"} for o in event.operators)
    return len(event.parties) < MANY and not attended


def _implied(s: Sentence, event: Event, words: list[int], channels: dict[str, Span]) -> None:
    """Add what the act's own word implies, and that the text counts more channels than it names."""
    if not channels and event.frame.channel and event.frame.act == event.act:
        channels[event.frame.channel] = _span(s, [event.trigger], f"frame:{event.frame.id}")
    if not channels and event.act == "call" and lemma(s, event.trigger) == "call":
        channels["phone"] = _span(s, [event.trigger], f"frame:{event.frame.id}")
    if not channels and event.act in {"overture", "proposal"} and _own_words(s, event):
        channels["public_statement"] = _span(s, [event.trigger], "own words")
    if event.act == "mediation" and "third_party" not in channels:
        channels["third_party"] = _span(s, [event.trigger], f"frame:{event.frame.id}")
    for i in words:
        if lemma(s, i) in {"channel", "means", "route", "avenue"} and channels:
            counted = [c for c in s.children[i] if lemma(s, c) in COUNTING]
            if counted:
                channels.setdefault("unspecified", _span(s, [*counted, i], "channels not named"))


def _own_words(s: Sentence, event: Event) -> bool:
    """Whether a side offers here and now, in its own words ("we stand ready to meet", "our offer remains")."""
    now = any(name == "status" and span.rule == "status:present" for name, span in event.rules)
    return now and any(s.tokens[w].feats.get("Person") == "1" for w in event.from_.words)


def _named(s: Sentence, words: list[int], event: Event, year: int | None) -> list[tuple[NamedChannel, Span]]:
    """Channels with a name of their own in the clause, where they join the act's parties."""
    found = []
    for i in words:
        for named in named_channels():
            if not named.joins(event.parties) or (year is not None and not named.stood(year)):
                continue
            for phrase in named.phrases:
                places = _phrase_at(s, i, phrase)
                if places:
                    found.append((named, _span(s, places, f"named channel:{named.name}")))
                    break
    return found


def _phrase_at(s: Sentence, i: int, phrase: str) -> list[int]:
    """The places of the phrase where it starts at the word (hyphens stand for themselves), else nothing."""
    start = s.tokens[i].start
    last = i
    while last < len(s.tokens) and s.tokens[last].end - start < len(phrase):
        last += 1
    places = list(range(i, last + 1))
    if not places or last >= len(s.tokens):
        return []
    said = "".join(t.form.lower() for t in s.tokens[i : last + 1])
    return places if said.rstrip("s") == phrase.replace(" ", "").rstrip("s") else []


def _span(s: Sentence, places: Iterable[int], rule: str) -> Span:
    start, end = offsets(s, list(places))
    return Span(start, end, rule)


def _hits(s: Sentence, words: list[int], lists: object) -> list[tuple[str, list[int]]]:
    """(list name, places) of every entry of one to three words that stands among the words."""
    assert isinstance(lists, dict)
    index = {entry: name for name, entries in lists.items() for entry in entries}
    found = []
    inside = set(words)
    for i in words:
        for length in (3, 2, 1):
            places = list(range(i, i + length))
            if places[-1] >= len(s.tokens) or not set(places) <= inside:
                continue
            for form in (" ".join(lemma(s, p) for p in places), " ".join(s.tokens[p].form.lower() for p in places)):
                if form in index:
                    found.append((index[form], places))
                    break
    return found


def _go_betweens(s: Sentence, event: Event, words: list[int], mentions: SentenceMentions) -> Side:
    """Parties or missions after "through" or "via", and those that the frame itself makes go-betweens."""
    side = event.via
    for i in words:
        for p, w in obliques(s, i):
            if p in THROUGH:
                side += side_of(s, [w], mentions, "through", place=True)
        if lemma(s, i) in LENT:
            lenders = [c for c in s.children[i] if s.tokens[c].relation in {"amod", "compound"}]
            side += side_of(s, lenders, mentions, "lent", place=True).without(tuple(event.parties))
    return side.without(tuple(c for c in event.from_.codes + event.to.codes if not side.channel))


def _venue(s: Sentence, event: Event, words: list[int], mentions: SentenceMentions) -> Span | None:
    """The place at which people met: a place name of the clause after "in" or "at" (not that of a counterpart in it)."""
    sides = {*event.from_.words, *event.to.words}
    for i in words:
        mention = mentions.by_head.get(i)
        place = (mention is not None and mention.place_only) or s.tokens[i].name in {"B-LOC", "I-LOC"}
        if not place or s.tokens[i].relation not in {"obl", "nmod"} or i in sides:
            continue
        if event.frame.id == "discuss_with" and not (mention is not None and "capital" in mention.rule):
            continue  # "discussed the situation in Mali": that is what they discussed
        owned = s.tokens[i].relation == "nmod" and lemma(s, s.tokens[i].head) in RELATIONAL
        if owned and (mention is None or not mention.codes or set(mention.codes) & event.parties):
            continue
        named = range(mention.first, mention.last + 1) if mention is not None else (i,)
        cases = {lemma(s, c) for w in named for c in s.children[w] if s.tokens[c].relation == "case"}
        if cases & {"in", "at", "outside", "near"}:
            return _span(s, [i], "venue")
    return None
