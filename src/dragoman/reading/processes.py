"""Standing efforts that a report follows: reviews, rounds, inquiries, and the stage they are at."""

from __future__ import annotations

from dragoman.codebook.words import word_lists
from dragoman.model import Interval, Process, Sentence, Span, TimeExpression
from dragoman.reading.attribution import Attributions
from dragoman.reading.sides import side_of
from dragoman.reading.tree import agents, chain, lemma, obliques, offsets, subjects, text_of
from dragoman.reading.values import SentenceMentions

#: Efforts that are processes by themselves; the others ("talks", "dialogue") only under a noun that says so.
SELF = frozenset({"review", "inquiry", "enquiry", "investigation", "probe", "reassessment"})


def processes_of(
    s: Sentence,
    place: int,
    mentions: SentenceMentions,
    times: tuple[TimeExpression, ...],
    attributions: Attributions,
    text: str,
) -> list[Process]:
    """The standing efforts of the sentence, with their stage as it tells it."""
    lists = word_lists("processes")
    found = []
    for i, token in enumerate(s.tokens):
        word = token.lemma.lower()
        if token.upos != "NOUN" or word not in lists["nouns"] or not _is_process(s, i, word):
            continue
        stage, at = _stage(s, i)
        owner = _owner(s, i, mentions)
        if stage is None or (owner is None and word not in {"process"}):
            continue
        attribution, _, _ = attributions.of(place, i)
        expected = next(
            (t.interval for t in times if stage in {"expected", "under_way"} and t.rule and _ahead(t)), None
        )
        phrase = _name(s, i)
        start, end = offsets(s, phrase)
        found.append(Process(
            owner=owner, name=text_of(s, phrase, text), stage=stage, expected_by=expected if _expects(s, i) else None,
            attribution=attribution, date=_date(s, times),
            spans={"name": (Span(start, end, "process:noun"),), "stage": (Span(*offsets(s, [at]), f"process:{stage}"),)},
        ))  # fmt: skip
    return found


def _is_process(s: Sentence, i: int, word: str) -> bool:
    modifiers = {lemma(s, c) for c in s.children[i] if s.tokens[c].relation in {"amod", "compound"}}
    if word in SELF:
        return bool(modifiers & {"policy", "strategic", "comprehensive", "strategy", "internal", "full"}) or any(
            p in {"of", "into"} for p, _ in obliques(s, i)
        )
    return word == "process" and bool(
        modifiers & {"peace", "reconciliation", "political", "transition", "negotiation", "diplomatic"}
    )


def _stage(s: Sentence, i: int) -> tuple[str | None, int]:
    """The stage told by the words on and above the noun, and the word that tells it."""
    lists = word_lists("processes")
    near = [c for c in s.children[i] if s.tokens[c].relation in {"amod", "acl", "compound"}]
    above = [h for _, h in chain(s, i)][:4]
    for c in [*near, *above]:
        word = lemma(s, c)
        if word in lists["concluded"]:
            ruled = [lemma(s, h) for _, h in chain(s, c)][:2]
            if (c in above and any(r in lists["expected"] for r in ruled)) or any(
                lemma(s, a) in {"will", "would"} for a in s.children[c] if s.tokens[a].relation == "aux"
            ):
                return "under_way", c
            return "concluded", c
        if word in lists["abandoned"]:
            return "abandoned", c
    for c in [*near, *above]:
        word = lemma(s, c)
        if word in lists["under_way"]:
            return "under_way", c
        if word in lists["announced"] and c in above:
            return "announced", c
    return None, i


def _owner(s: Sentence, i: int, mentions: SentenceMentions) -> str | None:
    own = [c for c in s.children[i] if s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation == "compound"]
    side = side_of(s, [c for c in own if s.tokens[c].deprel == "nmod:poss"], mentions, "owner", place=True)
    if side.codes:
        return side.codes[0]
    for _, head in chain(s, i):
        if s.tokens[head].upos in {"VERB", "AUX"}:
            side = side_of(s, agents(s, head) or subjects(s, head), mentions, "owner")
            if side.codes:
                return side.codes[0]
    for p, w in obliques(s, i):
        if p == "by":
            side = side_of(s, [w], mentions, "owner")
            if side.codes:
                return side.codes[0]
    return None


def _name(s: Sentence, i: int) -> list[int]:
    keep = [i]
    for c in s.children[i]:
        if s.tokens[c].relation in {"amod", "compound"} or (s.tokens[c].relation == "nmod" and c > i):
            keep += s.subtree(c)
    return [p for p in sorted(keep) if p - i < 12]


def _ahead(t: TimeExpression) -> bool:
    return t.latest is not None and (
        "ahead" in t.rule or "within" in t.text.lower() or t.text.lower().startswith(("in ", "by "))
    )


def _expects(s: Sentence, i: int) -> bool:
    lists = word_lists("processes")
    return any(lemma(s, h) in lists["expected"] for _, h in chain(s, i))


def _date(s: Sentence, times: tuple[TimeExpression, ...]) -> Interval | None:
    return times[0].interval if len(times) == 1 and times[0].type == "DATE" else None
