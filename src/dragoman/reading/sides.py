"""Which party a word of the tree stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.codebook.words import word_lists
from dragoman.model import Mention, Sentence, Span
from dragoman.reading.tree import conjuncts, preposition
from dragoman.reading.values import SentenceMentions, Side

# What each list is for stands beside it in codebook/structure.toml.
RELATIONAL = word_lists("structure")["relational"]
#: Bodies that are people on their way.
DELEGATIONS = frozenset({"delegation", "delegations", "team", "mission", "envoys", "negotiators", "entourage"})


def side_of(
    s: Sentence,
    words: Iterable[int],
    mentions: SentenceMentions,
    rule: str,
    *,
    place: bool = False,
    above: frozenset[int] = frozenset(),
) -> Side:
    """The side that the words (each with its conjuncts) stand for; empty where no party is told.

    ``above`` are the words on the way to these, which a name that the tree tears apart would ask for again without end.
    """
    side = Side()
    named: set[int] = set()
    for word in words:
        for each in _coordinated(s, word, mentions):
            mention = mentions.covering.get(each)
            if each in above or each in named:
                continue  # one mention may hold both sides ("U.S. and Omani officials")
            named |= set(range(mention.first, mention.last + 1)) if mention else {each}
            one = _one(s, each, mentions, rule, place, above)
            if each != word and any(s.tokens[c].relation == "case" for c in s.children[each]):
                one = replace(one, apart=True)
            side = side + one if side.codes or side.persons else one
    return side


def _coordinated(s: Sentence, word: int, mentions: SentenceMentions) -> list[int]:
    """The word and what is coordinated with it, also where the tree hangs the conjunct on an inner word of the name."""
    found = conjuncts(s, word)
    found = [*_torn_off(s, word, mentions), *found]
    found += [c for each in tuple(found) for c in s.dependants(each, "appos") if _another(s, mentions, each, c)]
    for each in tuple(found):
        mention = mentions.covering.get(each)
        if mention is None:
            continue
        for inner in range(mention.first, mention.last + 1):
            for other in conjuncts(s, inner)[1:]:
                if other not in found and not mention.first <= other <= mention.last:
                    found.append(other)
    return found


def _torn_off(s: Sentence, word: int, mentions: SentenceMentions) -> list[int]:
    """The person named right before "and" and this one, whom the parse hung elsewhere though nothing leads there."""
    mention = mentions.covering.get(word)
    if mention is None or not mention.person or mention.first < 2 or s.tokens[mention.first - 1].form != "and":
        return []
    before = mentions.covering.get(mention.first - 2)
    if before is None or not before.person or s.tokens[before.head].relation not in {"obl", "nmod"}:
        return []
    return [] if preposition(s, before.head) else [before.head]


def _another(s: Sentence, mentions: SentenceMentions, a: int, b: int) -> bool:
    """Whether what stands in apposition is somebody else ("Xi, Putin hold call" in headline style)."""
    first, second = mentions.covering.get(a), mentions.covering.get(b)
    if first and second and first.kind == second.kind == "state" and s.dependants(a, "conj"):
        return bool(first.codes and second.codes) and not set(first.codes) & set(second.codes)  # "A, B (C), and D"
    return bool(first and second and first.codes and second.codes and first.person and second.person) and not set(
        first.codes if first else ()
    ) & set(second.codes if second else ())


def _one(s: Sentence, i: int, mentions: SentenceMentions, rule: str, place: bool, above: frozenset[int]) -> Side:
    mention = mentions.by_head.get(i) or mentions.covering.get(i)
    if place and mention is not None and mention.posted and i > mention.head:
        return Side(mention.posted, (), (Span(mention.start, mention.end, f"{rule}:posted"),), (i,))
    if mention is not None and mention.codes and (place or not mention.place_only):
        side = _from_mention(mention, rule)
        return side if side.persons or not mention.level else replace(side, persons=_named_after(s, mention, mentions))
    if place and mention is None and (country := _country_behind(s, i, mentions)):
        return _from_mention(country, rule)
    side = Side()
    if mention is not None and not mention.codes and mention.person:
        side = Side((), (mention.person,), (Span(mention.start, mention.end, rule),), (i,), None, mention.level)
    if s.tokens[i].lemma.lower() not in RELATIONAL and not (mention and mention.person):
        return side if side.persons else Side()
    for c in s.children[i]:
        token = s.tokens[c]
        inner = token.relation in {"amod", "compound", "appos", "flat"} or token.deprel in {"nmod:poss", "nmod:desc"}
        counterpart = s.tokens[i].lemma.lower() in {"counterpart", "colleague", "opposite", "number"}
        if counterpart and token.deprel == "nmod:poss":
            continue  # "his counterpart": the possessor is the other side
        of = token.relation == "nmod" and preposition(s, c) in {
            "of",
            "from",
            "for",
            "including",
            "in" if counterpart else "of",
        }
        if inner or of:
            found = side_of(s, [c], mentions, rule, place=True, above=above | {i})
            if found:
                side += found
    return side if side.codes or side.persons else Side()


def _named_after(s: Sentence, mention: Mention, mentions: SentenceMentions) -> tuple[str, ...]:
    """The person in apposition to an office some words on: "Oslo's envoy for the region, Ole Berg, …"."""
    for c in s.dependants(mention.head, "appos"):
        other = mentions.covering.get(c)
        if other is not None and other.person and (not other.codes or other.codes == mention.codes or other.level == 5):
            return (other.person,)
    return ()


def _country_behind(s: Sentence, i: int, mentions: SentenceMentions) -> Mention | None:
    """The state that stands behind a town that no book knows: "to Munich, Germany"."""
    behind = [c for c in s.children[i] if c > i and s.tokens[c].deprel in {"nmod:unmarked", "appos"}]
    found = [m for c in behind if (m := mentions.covering.get(c)) and m.codes and m.kind == "state"]
    return found[0] if found and s.tokens[i].upos == "PROPN" else None


def _from_mention(mention: Mention, rule: str) -> Side:
    persons = (mention.person,) if mention.person else ()
    span = Span(mention.start, mention.end, f"{rule}:{mention.rule}")
    return Side(
        codes=mention.codes,
        persons=persons,
        spans=(span,),
        words=tuple(range(mention.first, mention.last + 1)),
        channel=mention.channel,
        level=mention.level,
        kinds=frozenset({_kind(mention)}),
    )


def _kind(mention: Mention) -> str:
    """The mention's kind; an official without a name counts as a person, and who travels together as a delegation."""
    if mention.kind == "organisation" and DELEGATIONS & set(mention.text.lower().split()):
        return "delegation"
    return "person" if mention.person or mention.level or mention.position else mention.kind
