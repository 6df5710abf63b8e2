"""Who stands where in an act that a noun tells: genitives, modifiers, prepositions, and the verbs around the noun."""

from __future__ import annotations

from dragoman.codebook.predicates import Frame
from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.operator_roles import operator_sides
from dragoman.reading.roles import EXCHANGE, PARTNERED, beside
from dragoman.reading.sides import side_of
from dragoman.reading.status import MOVING
from dragoman.reading.tree import (
    agents,
    conjuncts,
    is_passive,
    lemma,
    objects,
    obliques,
    preposition,
    subjects,
    tells_time,
)
from dragoman.reading.values import Operator, SentenceMentions, Side

__all__ = ["in_contact", "is_occasion", "noun_sides"]

#: Prepositions of the occasion on which something else is done ("said during a visit to …").
OCCASIONS = frozenset(
    {"during", "in", "at", "on", "after", "before", "following", "amid", "ahead of", "prior to", "in conjunction with"}
)


# What the list is for stands beside it in codebook/structure.toml.
CREDITING = word_lists("structure")["crediting"]
KEEPING, RELATIONS = word_lists("structure")["keeping"], word_lists("structure")["relations"]
#: Prepositions under which something is done that an agreement binds somebody to.
UNDER = frozenset(
    {
        "under", "in", "through", "via", "with", "by", "per", "pursuant to", "in line with", "in accordance with",
        "as part of", "according to", "thanks to", "after", "following", "since", "without",
    }
)  # fmt: skip
MEASURES = frozenset({"day", "hour", "week", "month", "round", "series", "session"})
#: Prepositions of an occasion that was held.
HELD = frozenset({"during", "after", "following", "in", "before", "ahead of", "prior to"})


def noun_sides(
    s: Sentence,
    i: int,
    frame: Frame,
    words: tuple[int, ...],
    operators: tuple[Operator, ...],
    mentions: SentenceMentions,
) -> tuple[Side, Side]:
    """The two sides (from, to) of an act that a noun tells; empty where the sentence does not name them."""
    from_, to, both = Side(), Side(), Side()
    own = (i, *(w for w in words if s.tokens[w].relation == "nmod"))  # "the opening of Franco-Malian talks"
    for host in [*own, *_noun_hosts(s, i, operators)]:
        found = _modifying_sides(s, own, host, frame, mentions)
        more = _prepositional_sides(s, host, frame, mentions)
        from_, to, both = from_ + found[0] + more[0], to + found[1] + more[1], both + found[2] + more[2]
    if in_contact(s, i):
        from_ += side_of(s, subjects(s, i), mentions, "subject")
    deeds = [w for w in words if s.tokens[w].upos == "VERB"]  # "attempts to reach Oslo"
    to += side_of(s, [o for w in deeds for o in objects(s, w)], mentions, "object of the attempt", place=True)
    for operator in operators:
        from_, to = operator_sides(s, i, operator, operators, frame, from_, to, mentions)
    if frame.act in EXCHANGE:
        around = _sides_around(s, i, frame, from_, to, both, mentions)
        if around[0].codes:
            # Whose visit it is travels, whatever else was done on it: "spoke during the visit of the king".
            return around if frame.act != "visit" or around[1] != from_ else (from_, around[0])
    if frame.act == "agreement" and not (from_.codes and to.codes) and len(both.codes) < 2:
        from_, to, both = _bound(s, i, from_, to, both, mentions, binds="binding" in frame)
    if not both.codes and s.tokens[i].relation == "nsubj" and s.tokens[i].head >= 0:
        between = [w for p, w in obliques(s, s.tokens[i].head) if p == "between"]  # "talks are under way between …"
        both = side_of(s, between, mentions, "between", place=True)
    if frame.act == "message" and not from_.codes:
        from_, to = _written(s, i, to, mentions)
    if "asking" in frame and preposition(s, i) == "for" and lemma(s, s.tokens[i].head) in CREDITING:
        to += side_of(
            s, subjects(s, s.tokens[i].head), mentions, "who gives thanks for it"
        )  # "thanked Oslo for its invitation"
        from_ = from_.without(to.codes) or side_of(s, objects(s, s.tokens[i].head), mentions, "who is thanked for it")
    if "asking" in frame and not to.codes:
        to += _asked_to_come(s, i, mentions)
    if not to.codes and frame.act == "reply":
        to += _owners_of_answered(s, i, mentions)
    if not to.codes and not both.codes:
        to += beside(s, [i], frame, mentions, "place" in frame)
    if both.codes and not from_.codes:
        return both, to
    return from_, to or both.without(from_.codes)


def _written(s: Sentence, i: int, to: Side, mentions: SentenceMentions) -> tuple[Side, Side]:
    """Both sides of a message in which, or with which, something is done."""
    if preposition(s, i) not in {"in", "by", "with", "via", "through"}:
        return Side(), to
    if to.codes:
        return _bystander(s, i, to, mentions), to  # "said in a letter to …", "sent an envoy with a message for …"
    return (
        (Side(), to) if preposition(s, i) == "with" else _around(s, i, mentions)
    )  # "congratulated the premier in a cable"


def _bound(
    s: Sentence, i: int, from_: Side, to: Side, both: Side, mentions: SentenceMentions, *, binds: bool
) -> tuple[Side, Side, Side]:
    """(from, to, both) with whom the verb around tells to be bound by it: "under a pact with Oslo, Lima will …"."""
    token = s.tokens[i]
    if token.head < 0 or s.tokens[token.head].upos not in {"VERB", "AUX", "NOUN", "ADJ"}:
        return from_, to, both
    under = token.relation == "obl" and preposition(s, i) in UNDER
    if not under and not (token.relation == "obj" and lemma(s, token.head) in KEEPING):
        return from_, to, both
    doer = side_of(s, subjects(s, token.head), mentions, "who is bound")
    known = {*from_.codes, *to.codes, *both.codes}
    if not known and len(doer.codes) > 1 and (not under or binds or preposition(s, i) not in {"in", "with"}):
        return from_, to, doer
    if len(to.codes) == len(known) == 1 and doer.codes and not known & set(doer.codes):
        return doer, to, Side()
    return from_, to, both


def _owners_of_answered(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """Whose act an answer answers, told on that act: "a response to Russia's proposals"."""
    answered = [w for p, w in obliques(s, i) if p == "to"]
    owners = [
        c
        for w in answered
        for c in s.children[w]
        if s.tokens[c].deprel == "nmod:poss"
        or s.tokens[c].relation in {"amod", "compound"}
        or preposition(s, c) in {"by", "from", "of"}
    ]
    return side_of(s, owners, mentions, "whose act is answered", place=True)


def _modifying_sides(
    s: Sentence, own: tuple[int, ...], host: int, frame: Frame, mentions: SentenceMentions
) -> tuple[Side, Side, Side]:
    """(from, to, both) told by genitives, by words in front of the noun, and by clauses on it."""
    from_, to, both = Side(), Side(), Side()
    for c in s.children[host]:
        t = s.tokens[c]
        if t.deprel == "nmod:poss":
            from_ += side_of(s, [c], mentions, "genitive", place=True)
        elif t.relation in {"amod", "compound"} and host in own:
            inner = [x for x in s.dependants(c, "compound") if mentions.covering.get(x) is not mentions.covering.get(c)]
            both += side_of(s, [*inner, c], mentions, "modifier", place=True)  # "the EU-Ghana summit"
        elif (
            t.relation == "acl"
            and host in own
            and "asking" in frame
            and any(lemma(s, m) == "for" for m in s.children[c])
        ):
            to += side_of(
                s, subjects(s, c), mentions, "who is asked", place=True
            )  # "its call for the North to return to talks"
        elif t.relation == "acl" and host in own:
            more_from, more_to = _clause_sides(s, c, frame, mentions)
            from_, to = from_ + more_from, to + more_to
    return from_, to, both


def _prepositional_sides(s: Sentence, host: int, frame: Frame, mentions: SentenceMentions) -> tuple[Side, Side, Side]:
    """(from, to, both) told after the noun: "between A and B", "by A", "with B"."""
    from_, to, both = Side(), Side(), Side()
    place = "place" in frame
    for p, w in obliques(s, host):
        several = p == "of" and frame.act in {"meeting", "agreement"} and len(conjuncts(s, w)) > 1
        if p in {"between", "among"} or several:
            both += side_of(s, [w], mentions, p, place=True)
        elif p in {"by", "from"} or (p == "of" and ("asking" in frame or frame.act == "visit")):
            from_ += side_of(s, [w], mentions, p, place=p == "from")
            beyond = [v for q, v in obliques(s, w) if q in frame.to]  # "from A to B", the one hung on the other
            to += side_of(s, beyond, mentions, "beyond from", place=True)
        elif p in frame.to or (place and p in {"to", "in"}):
            to += side_of(s, [w], mentions, p, place=place or p in PARTNERED)
    return from_, to, both


def _sides_around(
    s: Sentence, i: int, frame: Frame, from_: Side, to: Side, both: Side, mentions: SentenceMentions
) -> tuple[Side, Side]:
    """Sides that the noun leaves out and the verb around it tells; empty where it has them itself."""
    known = set(from_.codes + to.codes + both.codes)
    if not known:
        found = _around(s, i, mentions)
        return found if found[0].codes else (_together(s, i, mentions), Side())
    if len(known) == 1 or (not from_.codes and to.codes and "place" in frame):
        side = from_ if from_.codes else to if to.codes else both
        doer = _bystander(s, i, side, mentions)
        if doer.codes:
            return doer, side
    return Side(), Side()


def _together(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """Both sides of an exchange told as the occasion of what they did together, or as being about what is between them."""
    token = s.tokens[i]
    if token.relation == "obl" and token.head >= 0 and preposition(s, i) in HELD - {"in"}:
        doers = side_of(s, subjects(s, token.head), mentions, "who did it together")
        if len(doers.codes) > 1:
            return doers  # "Oslo and Lima signed a pact after talks in Rome"
    own = frozenset(s.subtree(i))
    aims = [w for j in own if j != i for p, w in obliques(s, j) if p == "between" and lemma(s, j) in RELATIONS]
    return side_of(s, aims[:1], mentions, "between whom it is", place=True)


def _bystander(s: Sentence, i: int, known: Side, mentions: SentenceMentions) -> Side:
    """The subject of the verb during whose act the exchange took place: "said during a call with …", "spoke after talks with …".

    The parse may hang the occasion on what was said ("said, during a visit to Oslo, that the border would open"): then it is
    the speaker's.
    """
    i = _measured(s, i)
    token = s.tokens[i]
    if (
        token.relation not in {"obl", "advcl"}
        or token.head < 0
        or not (preposition(s, i) in OCCASIONS | {"with", "by", "via", "through"} or _went_for(s, i))
    ):
        return Side()
    if s.tokens[token.head].relation == "xcomp" and s.tokens[token.head].feats.get("VerbForm") == "Inf":
        return Side()  # "asked Oslo to help in talks with …": what is asked for has not been
    for verb in (token.head, _teller(s, token.head, i), _beyond_statement(s, token.head)):
        doer = side_of(s, subjects(s, verb), mentions, "subject of the verb around") if verb >= 0 else Side()
        if doer.codes and not set(doer.codes) & set(known.codes):
            return doer
    return Side()


def _measured(s: Sentence, i: int) -> int:
    """The noun that measures the exchange, which then stands where it would stand: "is in Lima for two days of talks"."""
    above = s.tokens[i].head
    if s.tokens[i].relation == "nmod" and tells_time(s, above) and preposition(s, i) in OCCASIONS:
        return above  # "returned on Sunday after talks with …"
    measure = s.tokens[i].relation == "nmod" and preposition(s, i) == "of" and lemma(s, s.tokens[i].head) in MEASURES
    return s.tokens[i].head if measure else i


def is_occasion(s: Sentence, i: int) -> bool:
    """Whether an exchange with a partner told on it is the occasion of another act: "flew in for discussions with …"."""
    partner = any(p in {"with", "between"} for p, _ in obliques(s, i))
    i = _measured(s, i)
    return partner and s.tokens[i].relation == "obl" and (_went_for(s, i) or preposition(s, i) in HELD)


def _went_for(s: Sentence, i: int) -> bool:
    """Whether the exchange is what somebody went somewhere for ("flew to Rome for talks with …")."""
    there = s.tokens[i].head
    was = bool(s.dependants(there, "cop")) and preposition(s, there) in {"in", "at"}  # "was in Rome for talks with …"
    return preposition(s, i) == "for" and (was or lemma(s, there) in MOVING)


def _teller(s: Sentence, verb: int, i: int) -> int:
    """The verb of saying whose clause ``verb`` heads, where word ``i`` stands before that clause's own words; else -1."""
    marks = s.dependants(verb, "mark")
    above = s.tokens[verb].head
    return above if s.tokens[verb].relation == "ccomp" and marks and i < marks[0] else -1


def _beyond_statement(s: Sentence, verb: int) -> int:
    """The verb of which the noun is an oblique on which ``verb`` hangs: "said in a statement released during a visit to …"; else -1."""
    noun = s.tokens[verb].head
    if s.tokens[verb].relation != "acl" or s.tokens[noun].relation != "obl":
        return -1
    return s.tokens[noun].head


def _asked_to_come(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """Who did what somebody had asked for: "visited Oslo at the invitation of …", "returned at Nairobi's request"."""
    token = s.tokens[i]
    if token.relation != "obl" or token.head < 0 or preposition(s, i) not in {"at", "on", "upon"}:
        return Side()
    return side_of(s, subjects(s, token.head), mentions, "subject of the verb around", place=True)


def in_contact(s: Sentence, i: int) -> bool:
    """Whether the noun is what its subject is in or on: "we have been in contact with …", "is on a visit to …", "is due to travel"."""
    has = {s.tokens[c].relation for c in s.children[i]}
    return "cop" in has and "nsubj" in has and preposition(s, i) in {"in", "on", "due to"}


def _around(s: Sentence, i: int, mentions: SentenceMentions) -> tuple[Side, Side]:
    """Both sides from the verb during whose act they talked: "in a phone call, the premier urged his counterpart to …"."""
    token = s.tokens[i]
    if token.relation != "obl" or token.head < 0 or preposition(s, i) not in {"during", "in", "at", "over", "by"}:
        return Side(), Side()
    verb = token.head
    while s.tokens[verb].relation in {"xcomp", "advcl"} and s.tokens[verb].feats.get("VerbForm") == "Inf":
        verb = s.tokens[verb].head  # "urged him to withdraw in a call": the call is the urging's
    aimed = s.dependants(verb, "obj", "iobj") + [w for p, w in obliques(s, verb) if p in {"to", "with"}]
    other = side_of(s, aimed, mentions, "object of the verb around")
    return side_of(s, subjects(s, verb), mentions, "subject of the verb around"), other


def _noun_hosts(s: Sentence, i: int, operators: tuple[Operator, ...]) -> list[int]:
    """Nouns that the trigger stands for or under whose modifiers tell its sides: "a round of talks with …"."""
    head = s.tokens[i].head
    part = any(o.word == head and o.effect in {"carry", "attempt", "mediate", "end", "begin"} for o in operators)
    if head >= 0 and s.tokens[head].upos == "NOUN" and (part or s.tokens[i].relation == "compound"):
        return [head]
    return []


def _clause_sides(s: Sentence, c: int, frame: Frame, mentions: SentenceMentions) -> tuple[Side, Side]:
    """Sides told in a clause on the noun: "talks held between …", "a letter sent by … to …", "a call made by …"."""
    from_ = side_of(s, agents(s, c), mentions, "by")
    if not is_passive(s, c):
        from_ += side_of(s, [w for w in s.dependants(c, "nsubj") if s.tokens[w].upos != "PRON"], mentions, "subject")
    to = Side()
    for p, w in obliques(s, c):
        if p == "between":
            from_ += side_of(s, [w], mentions, p, place=True)
        elif p in frame.to:
            to += side_of(s, [w], mentions, p, place=p in PARTNERED)
    return from_, to
