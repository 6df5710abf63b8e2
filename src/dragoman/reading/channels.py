"""Through which channel, by whose hands, and whether in secret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence, Span
from dragoman.reading.sides import side_of
from dragoman.reading.tree import lemma, obliques, offsets
from dragoman.reading.values import Event, SentenceMentions, Side

#: Which channels the words of a clause may tell of an act; elsewhere the same words mean something else
#: (a "statement" is a channel of an offer, not of a meeting).
FITTING = {
    "meeting": {"third_party", "video", "in_person", "multilateral"},
    "visit": {"in_person"},
    "call": {"phone", "video", "hotline", "third_party"},
    "agreement": {"phone", "video", "hotline", "in_person", "third_party", "letter"},
    "breakdown": {"hotline", "embassy", "phone"},
}
ADDRESS = {
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
}
#: Prepositions by which a go-between hangs on an act.
THROUGH = frozenset({"through", "via", "by way of"})


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


def channel_of(s: Sentence, event: Event, mentions: SentenceMentions) -> Channelled:
    """The channel that the act's clause tells; what the frame itself implies where the clause is silent."""
    words = clause_words(s, event)
    lists = word_lists("channels")
    fitting = FITTING.get(event.act, ADDRESS)
    found: dict[str, Span] = {}
    for channel, places in _hits(s, words, lists):
        if channel in fitting:
            found.setdefault(channel, _span(s, places, f"channel word:{channel}"))
    secret = next((_span(s, p, "secret word") for c, p in _hits(s, words, lists) if c == "secret"), None)
    via = _go_betweens(s, event, words, mentions)
    channels = dict(found)
    for side in (event.from_, event.to, via):
        if side.channel and side.channel not in channels:
            channels[side.channel] = side.spans[0] if side.spans else _span(s, [event.trigger], "mention")
    if via.codes and "third_party" not in channels and not via.channel:
        channels["third_party"] = via.spans[0]
    if event.act in {"meeting", "visit", "agreement"} and "in_person" not in channels and "video" not in channels:
        place = _venue(s, words, mentions)
        if place is not None and event.act != "agreement":
            channels["in_person"] = place
    if not channels and event.frame.channel and event.frame.act == event.act:
        channels[event.frame.channel] = _span(s, [event.trigger], f"frame:{event.frame.id}")
    if event.act == "mediation" and "third_party" not in channels:
        channels["third_party"] = _span(s, [event.trigger], f"frame:{event.frame.id}")
    spans = [("channel", span) for span in channels.values()] + [("via", span) for span in via.spans]
    if secret is not None:
        spans.append(("secret", secret))
    return Channelled(tuple(channels) or ("unspecified",), via.codes, via.persons, secret is not None, tuple(spans))


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
    return side.without(tuple(c for c in event.from_.codes + event.to.codes if not side.channel))


def _venue(s: Sentence, words: list[int], mentions: SentenceMentions) -> Span | None:
    """The place at which people met: a place name of the clause after "in" or "at"."""
    for i in words:
        mention = mentions.by_head.get(i)
        place = (mention is not None and mention.place_only) or s.tokens[i].name in {"B-LOC", "I-LOC"}
        if not place or s.tokens[i].relation not in {"obl", "nmod"}:
            continue
        cases = {lemma(s, c) for c in s.children[i] if s.tokens[c].relation == "case"}
        if cases & {"in", "at", "outside", "near"}:
            return _span(s, [i], "venue")
    return None
