"""What one party did toward another: frames laid over the tree of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.codebook.predicates import Frame, Phrase, Predicates
from dragoman.model import SYMMETRIC_ACTS, Sentence, Span
from dragoman.reading.operators import operators_above
from dragoman.reading.sides import side_of
from dragoman.reading.status import Standing, going_to, standing
from dragoman.reading.tree import (
    LIGHT,
    agents,
    conjuncts,
    head_of_coordination,
    is_passive,
    lemma,
    obliques,
    offsets,
    preposition,
    subjects,
    tells_time,
    told_missing,
)
from dragoman.reading.values import Event, Operator, SentenceMentions, Side

EXCHANGE = frozenset({"call", "meeting", "visit", "mediation"})
#: How far from its head (in tree steps) a phrase's other words may hang.
REACH = 2
#: Relations over which a phrase's words are not looked for: what hangs there is told by a clause of its own.
CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "parataxis", "conj", "acl"})
#: Nouns whose plural counts acts ("calls with Oslo and Minsk" are two); "talks" is a plural of form only.
COUNTED = frozenset(
    {
        "call",
        "meeting",
        "conversation",
        "summit",
        "letter",
        "visit",
        "trip",
        "encounter",
        "audience",
        "agreement",
        "deal",
        "pact",
    }
)
#: Frames whose plain negation is no entry ("no contact so far", "did not engage": GUIDE.md).
NO_ENTRY = frozenset({"confer", "exchange_noun", "discuss_with"})
#: Effects that make an act of a noun that is none by itself.
OPERATING = frozenset(
    {
        "carry",
        "begin",
        "continue",
        "end",
        "seek",
        "attempt",
        "plan",
        "agree",
        "refuse",
        "fail",
        "cancel",
        "promise",
        "mediate",
        "deny",
    }
)
#: Means of talking, on which the tree often hangs the partner ("spoke by phone with …").
MEANS = frozenset({"phone", "telephone", "video", "videoconference", "link", "letter", "email"})
#: Participles before a noun whose own agent is a go-between ("EU-brokered talks").
BROKERED = frozenset({"broker", "mediate", "sponsor", "host", "facilitate", "lead", "back", "chair", "moderate"})
#: Prepositions after which a capital or country is a party even where the word might be a place.
PARTNERED = frozenset({"to", "with", "from", "between", "toward", "towards", "among"})
#: Operators whose subject takes part in the act, or asks for it.
TAKES_PART = frozenset(
    {
        "carry",
        "begin",
        "continue",
        "end",
        "seek",
        "attempt",
        "plan",
        "agree",
        "promise",
        "refuse",
        "fail",
        "cancel",
        "accept",
        "raise",
    }
)


def events_of(
    s: Sentence, place: int, mentions: SentenceMentions, predicates: Predicates, *, future: bool = False
) -> list[Event]:
    """The acts that the sentence tells, also those of which it names one side only.

    ``place`` is the sentence's place in the document; ``future`` says that its time expression lies ahead of publication.
    """
    found: list[Event] = []
    taken: set[int] = set()
    for i, phrase, words in sorted(_triggers(s, predicates), key=lambda t: (-len(t[2]), t[0])):
        if i in taken:
            continue
        event = _event(s, place, i, phrase.frame, words, mentions, predicates, future)
        if event is not None:
            taken.add(i)
            taken.update(w for w in words if s.tokens[w].upos in {"NOUN", "VERB"})
            found += _told_apart(s, event)
    return sorted(found, key=lambda e: e.trigger)


def _triggers(s: Sentence, predicates: Predicates) -> Iterator[tuple[int, Phrase, tuple[int, ...]]]:
    for i, token in enumerate(s.tokens):
        word = known_lemma(token.lemma.lower(), predicates.heads)
        if not word:
            continue
        kinds = ("verb",) if token.upos in {"VERB", "AUX"} else ("noun",) if token.upos in {"NOUN", "PROPN"} else ()
        for kind in kinds:
            for phrase in predicates.of(kind, word):  # type: ignore[arg-type]
                words = _others(s, i, phrase)
                if words is not None:
                    yield i, phrase, words
                    break


def known_lemma(word: str, known: frozenset[str]) -> str:
    """The word, or the nearest regular spelling of it that is known (a lemma guessed as "telephon" or "expell"), or nothing."""
    if word in known:
        return word
    for guess in (word + "e", word[:-1], word.rstrip("e") if word.endswith("ee") else word):
        if (
            len(guess) > 3
            and guess in known
            and (guess == word + "e" or word[-1:] == word[-2:-1] or word.endswith("e"))
        ):
            return guess
    return ""


def _others(s: Sentence, i: int, phrase: Phrase) -> tuple[int, ...] | None:
    """The places of the phrase's other words beneath its head, or ``None`` where one is missing."""
    if not phrase.others:
        return ()
    near: dict[str, int] = {}
    layer = [i]
    for step in range(REACH):
        barred = CLAUSES if step else CLAUSES | {"nsubj"}
        layer = [c for j in layer for c in s.children[j] if s.tokens[c].relation not in barred]
        for c in layer:
            near.setdefault(lemma(s, c), c)
            near.setdefault(s.tokens[c].form.lower(), c)
    if is_passive(s, i) or s.tokens[i].relation in {"acl", "xcomp"}:
        for c in subjects(s, i):  # "the talks were cut off": the object stands as the subject
            near.setdefault(lemma(s, c), c)
    if all(o in near for o in phrase.others):
        return tuple(near[o] for o in phrase.others)
    return None


def _event(
    s: Sentence,
    place: int,
    i: int,
    frame: Frame,
    words: tuple[int, ...],
    mentions: SentenceMentions,
    predicates: Predicates,
    future: bool,
) -> Event | None:
    if not _allowed(s, i, frame):
        return None
    operators, head = operators_above(s, i, predicates)
    if "operated" in frame and not any(o.effect in OPERATING for o in operators) and not _in_contact(s, i):
        return None
    if frame.kind == "verb":
        from_, to = _verb_sides(s, i, frame, words, operators, mentions)
    else:
        from_, to = _noun_sides(s, i, frame, operators, mentions)
    how = standing(s, i, head, operators, future=future)
    act, from_, to, via, reply = _effect_on_act(s, frame, operators, from_, to, mentions)
    broker = _broker(s, i, mentions) if act in {"meeting", "agreement"} else Side()
    if broker.codes:
        via, from_, to = broker, from_.without(broker.codes), to.without(broker.codes)
        act = "mediation" if act == "meeting" else act
    if frame.act == "mediation":
        via, from_, to = _mediated(s, i, frame, from_, to, mentions)
        if frame.kind == "verb" and from_.codes and to.codes and not via.codes and _brings_meeting(s, i):
            act = "meeting"  # who arranges a meeting of his own side is no third party
    from_, to = _apart(s, from_, to)
    if not _people_fit(frame, from_, to):
        return None
    if how.status == "not_done" and how.rule == "negated" and frame.id in NO_ENTRY:
        return None
    if act == "reply" and frame.kind == "noun" and told_missing(s, i):
        how = Standing("not_done", "told missing", i)
    if how.irreal and not (operators and operators[-1].effect in {"seek", "promise"}):
        return None
    return Event(
        sentence=place, trigger=i, head=head, frame=frame, act=act, status=_settle(act, frame, how, operators),
        from_=from_, to=to, via=via, operators=operators, reply=reply or (frame.reply if act == "reply" else None) or "not_stated",
        denied_by=_deniers(s, operators, mentions), definite=_definite(s, i),
        rules=(("act", _span(s, i, f"frame:{frame.id}")), ("status", _span(s, how.word, f"status:{how.rule}"))),
    )  # fmt: skip


def _span(s: Sentence, i: int, rule: str) -> Span:
    start, end = offsets(s, [i])
    return Span(start, end, rule)


def _definite(s: Sentence, i: int) -> bool:
    """Whether the noun points back ("the talks", "that call")."""
    return any(
        s.tokens[c].relation == "det" and lemma(s, c) in {"the", "that", "this", "these", "those"}
        for c in s.children[i]
    )


# ------------------------------------------------------------------------------------------------------ conditions


def _allowed(s: Sentence, i: int, frame: Frame) -> bool:
    """The frame's own conditions on what hangs on its trigger."""
    objects = {lemma(s, w) for w in _objects(s, i)}
    if objects & frame.not_objects:
        return False
    if frame.kind == "noun" and frame.act == "reply" and preposition(s, i) == "in":
        return False
    if "clause_required" in frame and not s.dependants(i, "xcomp"):
        return False
    if "no_clause" in frame and any(
        s.tokens[c].feats.get("VerbForm") != "Inf" and s.tokens[c].upos != "PROPN"
        for c in s.dependants(i, "xcomp", "ccomp")
    ):
        return False
    if going_to(s, i) or ("opinion" in frame and _opinion(s, i)):
        return False
    around = obliques(s, i)
    if any((p in frame.not_with and not tells_time(s, w)) or lemma(s, w) in frame.not_with for p, w in around):
        return False
    if any(
        lemma(s, c) in frame.not_with for c in s.children[i] if s.tokens[c].relation in {"compound", "advmod", "mark"}
    ):
        return False
    if frame.objects:
        beneath = objects | {lemma(s, w) for p, w in around if p in {"from", "of", "out", "off", "to"}}
        return bool(beneath & frame.objects)
    return True


def _opinion(s: Sentence, i: int) -> bool:
    """Whether the verb tells what somebody thinks, not what he binds himself to."""
    told = any(s.tokens[c].feats.get("VerbForm") == "Fin" for c in s.dependants(i, "ccomp")) and lemma(s, i) in {
        "agree",
        "consent",
    }
    held = any(
        lemma(s, w) in {"importance", "need", "necessity", "urgency", "value", "priority"} for _, w in obliques(s, i)
    )
    return told or held or (lemma(s, i) == "commit" and is_passive(s, i))


def _people_fit(frame: Frame, from_: Side, to: Side) -> bool:
    """Whether travellers are people and whoever is called or received is one, as the frame asks."""
    if "official_subject" in frame and from_.codes and not from_.kinds & {"person", "group"}:
        return False
    return not ("person_object" in frame and to.codes and "person" not in to.kinds)


def _objects(s: Sentence, i: int) -> list[int]:
    """What the verb is done to: objects, or the subjects of a passive."""
    own = [w for c in s.dependants(i, "obj") for w in conjuncts(s, c)]
    if not own and is_passive(s, i):
        own = [w for c in subjects(s, i) for w in conjuncts(s, c)]
    return own


# ------------------------------------------------------------------------------------------------------------ sides


def _verb_sides(
    s: Sentence,
    i: int,
    frame: Frame,
    words: tuple[int, ...],
    operators: tuple[Operator, ...],
    mentions: SentenceMentions,
) -> tuple[Side, Side]:
    passive = is_passive(s, i)
    place = "place" in frame
    if passive:
        from_ = side_of(s, agents(s, i), mentions, "by")
        patients = subjects(s, i)
    else:
        from_ = side_of(s, subjects(s, i), mentions, "subject")
        named = [
            c for c in s.dependants(i, "xcomp") if s.tokens[c].upos == "PROPN"
        ]  # "called Donald Tusk" taken for a naming
        patients = s.dependants(i, "obj") + named
    to = Side()
    for where in frame.to:
        to += _stands(s, i, where, patients, words, mentions, place)
        if to.codes and not _same(to, from_):
            break
    if passive and not from_.codes and words:
        owners = [
            c
            for p in patients
            for c in s.children[p]
            if s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation == "amod"
        ]
        from_ = side_of(s, owners, mentions, "owner of what was done", place=True)
    if not to.codes and (frame.objects or frame.act in {"reply", "breakdown"}):
        to += _in_objects(s, i, frame, patients, mentions)
    if not to.codes:
        to += _beside(s, [i, *words], frame, mentions, place)
    for operator in operators:
        if not from_.codes and operator.effect in TAKES_PART:
            from_ = _doer(s, operator.word, mentions)
        if operator.effect in {"refuse", "accept"} and not to.codes and s.tokens[operator.word].upos == "VERB":
            to = side_of(s, subjects(s, operator.word), mentions, "who answers").without(from_.codes)
        if operator.effect in {"seek", "plan", "attempt", "agree", "promise", "raise", "begin"} and not to.codes:
            to += side_of(
                s, [w for p, w in obliques(s, operator.word) if p in {"to", "with"}], mentions, "operator's recipient"
            )
    return from_, to


def _beside(s: Sentence, words: list[int], frame: Frame, mentions: SentenceMentions, place: bool) -> Side:
    """The side named right after the act's own words, wherever the parse hung it: "make contact with Oslo, this time to …"."""
    last = max(words)
    last = max([last, *(c for c in s.children[last] if s.tokens[c].deprel == "compound:prt")])
    if last + 1 >= len(s.tokens) or s.tokens[last + 1].upos not in {"ADP", "PART"}:
        return Side()
    where = lemma(s, last + 1)
    if where not in frame.to:
        return Side()
    for j in range(last + 2, min(last + 5, len(s.tokens))):
        if j in mentions.covering:
            return side_of(
                s, [mentions.covering[j].head], mentions, f"beside {where}", place=place or where in PARTNERED
            )
        if s.tokens[j].upos not in {"DET", "ADJ", "PRON"}:
            return Side()
    return Side()


def _doer(s: Sentence, word: int, mentions: SentenceMentions) -> Side:
    """Who does what an operator tells: a noun's owner or the subject of the verb that bears it, a verb's subject."""
    if s.tokens[word].upos not in {"NOUN", "PROPN"}:
        return side_of(s, subjects(s, word), mentions, "operator's subject")
    owners = [
        c for c in s.children[word] if s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation in {"amod", "compound"}
    ]
    owner = side_of(s, owners, mentions, "genitive", place=True)
    verb = s.tokens[word].head
    if owner.codes or verb < 0 or lemma(s, verb) not in LIGHT:
        return owner
    return side_of(s, subjects(s, verb), mentions, "operator's subject")


def _same(a: Side, b: Side) -> bool:
    return bool(a.codes) and set(a.codes) <= set(b.codes)


def _stands(
    s: Sentence,
    i: int,
    where: str,
    patients: list[int],
    words: tuple[int, ...],
    mentions: SentenceMentions,
    place: bool,
) -> Side:
    """The side that stands in one place of the frame (``obj``, ``iobj`` or a preposition)."""
    if where == "obj":
        return side_of(s, patients, mentions, "object", place=place)
    if where == "iobj":
        objects = s.dependants(i, "obj")
        given = (
            [o for o in objects if o not in words] if len(objects) > 1 else []
        )  # two objects: the first is the receiver
        return side_of(s, s.dependants(i, "iobj") + given, mentions, "indirect object", place=place)
    found = Side()
    beneath = [i, *s.dependants(i, "xcomp"), *(w for _, w in obliques(s, i) if lemma(s, w) in MEANS)]
    beneath += [o for j in beneath for o in s.dependants(j, "obj") if not place]
    beneath += [w for w in words if w not in beneath and s.tokens[w].upos == "NOUN"]
    for j in beneath:
        for p, w in obliques(s, j):
            if p == where or p.split(" ")[-1] == where:
                side = side_of(s, [w], mentions, f"oblique {where}", place=place or where in PARTNERED)
                if found.codes and side.codes:  # a second partner with a preposition of its own is told apart
                    first, *rest = side.each
                    side = replace(side, parts=(replace(first, apart=True), *rest))
                found += side
    return found


def _in_objects(s: Sentence, i: int, frame: Frame, patients: list[int], mentions: SentenceMentions) -> Side:
    """The other side told inside the object: "rejected Manila's offer", "expelled the Libyan ambassador"."""
    found = Side()
    heads = patients + [w for p, w in obliques(s, i) if p in {"from", "of", "to", "in"}]
    for w in heads:
        for c in s.children[w]:
            t = s.tokens[c]
            if (
                t.deprel == "nmod:poss"
                or t.relation in {"amod", "compound"}
                or preposition(s, c) in frame.to
                or (t.relation == "nmod" and preposition(s, c) in {"from", "with", "by", "of", "between"})
            ):
                found += side_of(s, [c], mentions, "inside the object", place=True)
    return found


def _noun_sides(
    s: Sentence, i: int, frame: Frame, operators: tuple[Operator, ...], mentions: SentenceMentions
) -> tuple[Side, Side]:
    place = "place" in frame
    hosts = [i, *_noun_hosts(s, i, operators)]
    from_, to, both = Side(), Side(), Side()
    for host in hosts:
        for c in s.children[host]:
            t = s.tokens[c]
            if t.deprel == "nmod:poss":
                from_ += side_of(s, [c], mentions, "genitive")
            elif t.relation in {"amod", "compound"} and host == i:
                both += side_of(s, [c], mentions, "modifier", place=True)
            elif t.relation == "acl" and host == i:
                more_from, more_to = _clause_sides(s, c, frame, mentions)
                from_, to = from_ + more_from, to + more_to
        for p, w in obliques(s, host):
            if (
                p == "between"
                or p == "among"
                or (p == "of" and frame.act in {"meeting", "agreement"} and len(conjuncts(s, w)) > 1)
            ):
                both += side_of(s, [w], mentions, p, place=True)
            elif p in {"by", "from"} and frame.act != "reply":
                from_ += side_of(s, [w], mentions, p)
            elif p in frame.to or (place and p in {"to", "in"}):
                to += side_of(s, [w], mentions, p, place=place or p in PARTNERED)
    if _in_contact(s, i):
        from_ += side_of(s, s.dependants(i, "nsubj"), mentions, "subject")
    for operator in operators:
        from_, to = _operator_sides(s, operator, operators, frame, from_, to, mentions)
    if frame.act in EXCHANGE and len(set(from_.codes + to.codes + both.codes)) == 1:
        known = from_ if from_.codes else to if to.codes else both
        doer = _bystander(s, i, known, mentions)
        if doer.codes:
            return doer, known
    if frame.act in EXCHANGE and not (from_.codes or to.codes or both.codes):
        return _around(s, i, mentions)
    if not to.codes and not both.codes:
        to += _beside(s, [i], frame, mentions, place)
    if both.codes:
        if not from_.codes:
            from_ = both
        elif not to.codes:
            to = both.without(from_.codes)
    return from_, to


def _bystander(s: Sentence, i: int, known: Side, mentions: SentenceMentions) -> Side:
    """The subject of the verb during whose act the exchange took place: "said during a call with …", "spoke after talks with …"."""
    token = s.tokens[i]
    if (
        token.relation != "obl"
        or token.head < 0
        or preposition(s, i) not in {"during", "in", "at", "after", "before", "following", "on"}
    ):
        return Side()
    doer = side_of(s, subjects(s, token.head), mentions, "subject of the verb around")
    return doer if not set(doer.codes) & set(known.codes) else Side()


def _in_contact(s: Sentence, i: int) -> bool:
    """Whether the noun is what its subject is in: "we have been in contact with …"."""
    has = {s.tokens[c].relation for c in s.children[i]}
    return "cop" in has and "nsubj" in has and preposition(s, i) == "in"


def _around(s: Sentence, i: int, mentions: SentenceMentions) -> tuple[Side, Side]:
    """Both sides from the verb during whose act they talked: "in a phone call, the premier urged his counterpart to …"."""
    token = s.tokens[i]
    if token.relation != "obl" or token.head < 0 or preposition(s, i) not in {"during", "in", "at", "on", "over", "by"}:
        return Side(), Side()
    verb = token.head
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
    if s.tokens[c].deprel == "acl:relcl" and not is_passive(s, c):
        from_ += side_of(s, [w for w in s.dependants(c, "nsubj") if s.tokens[w].upos != "PRON"], mentions, "subject")
    to = Side()
    for p, w in obliques(s, c):
        if p == "between":
            from_ += side_of(s, [w], mentions, p, place=True)
        elif p in frame.to:
            to += side_of(s, [w], mentions, p, place=p in PARTNERED)
    return from_, to


def _operator_sides(
    s: Sentence,
    operator: Operator,
    operators: tuple[Operator, ...],
    frame: Frame,
    from_: Side,
    to: Side,
    mentions: SentenceMentions,
) -> tuple[Side, Side]:
    """What an operator adds: its subject to the one side, its recipient or partner to the other."""
    approach = frame.act in {"overture", "proposal", "message"} or any(o.effect == "seek" for o in operators)
    if operator.effect not in TAKES_PART or (operator.effect == "accept" and not approach):
        return from_, to
    word = operator.word
    if s.tokens[word].upos in {"NOUN", "PROPN"}:
        actor = side_of(s, s.dependants(word, "nmod:poss"), mentions, "genitive")
        actor += side_of(
            s,
            [c for c in s.children[word] if s.tokens[c].relation in {"amod", "compound"}],
            mentions,
            "modifier",
            place=True,
        )
        partners = [w for p, w in obliques(s, word) if p in {"with", "to", "between"} and w != word]
    else:
        passive = is_passive(s, word)
        actor = side_of(s, agents(s, word) if passive else subjects(s, word), mentions, "operator's subject")
        partners = [w for p, w in obliques(s, word) if p in {"with", "to", "between"}]
        if operator.effect == "seek":
            partners += s.dependants(word, "obj", "iobj")
    partner = side_of(s, partners, mentions, "operator's partner")
    if operator.effect in {"accept", "refuse"} and approach:
        return (from_ or to.without(actor.codes)), actor if actor.codes else to
    if actor.codes and not _same(actor, from_ + to):
        if not from_.codes:
            from_ = actor
        elif not to.codes and frame.act in SYMMETRIC_ACTS:
            from_, to = actor, from_
        elif from_.codes and to.codes:
            pass
        elif not _same(actor, from_):
            to = to or from_
            from_ = actor
    elif actor.persons and _same(actor, from_):
        from_ = from_ + actor
    if partner.codes and not to.codes and not _same(partner, from_):
        to = partner
    return from_, to


def _apart(s: Sentence, from_: Side, to: Side) -> tuple[Side, Side]:
    """No party on both sides; several parties on one side and none on the other are sides of each other."""
    if from_.codes and not to.codes and len(from_.codes) > 1:
        first = from_.codes[0]
        rest = from_.codes[1:]
        return Side((first,), from_.persons, from_.spans, from_.words, from_.channel, from_.level), Side(
            rest, (), from_.spans, from_.words
        )
    if to.codes and not from_.codes and len(to.codes) > 1:
        return replace(to.without(to.codes[1:]), persons=()), to.without(to.codes[:1])
    if set(from_.codes) & set(to.codes):
        shared = tuple(set(from_.codes) & set(to.codes))
        if len(to.codes) > len(shared):
            to = to.without(shared)
        elif len(from_.codes) > len(shared):
            from_ = from_.without(shared)
    return from_, to


# -------------------------------------------------------------------------------------------------- act and operators


def _effect_on_act(
    s: Sentence, frame: Frame, operators: tuple[Operator, ...], from_: Side, to: Side, mentions: SentenceMentions
) -> tuple[str, Side, Side, Side, str | None]:
    """What the operators make of the act: (act, from, to, via, reply)."""
    act, via, reply = frame.act, Side(), None
    for operator in operators:
        effect = operator.effect
        if effect in {"seek", "promise"} and act in EXCHANGE | {"agreement"}:
            act = "overture"
        elif effect == "agree" and act in EXCHANGE:
            act = "agreement"
        elif effect == "cancel" and act in EXCHANGE | {"agreement"}:
            act = "breakdown"
        elif effect == "attempt" and act == "meeting":
            act = "overture"
        elif effect == "mediate" and act in {"meeting", "agreement", "call"} and from_.codes and to.codes:
            host = side_of(s, subjects(s, operator.word) or agents(s, operator.word), mentions, "mediator")
            if host.codes and not set(host.codes) & set(from_.codes + to.codes):
                act, via = "mediation", host
        elif effect == "accept" and act in {"overture", "proposal", "message"}:
            reply = "accepted"
        elif effect == "refuse" and act in {"overture", "proposal", "message"}:
            reply = "declined"
    return act, from_, to, via, reply


def _mediated(
    s: Sentence, i: int, frame: Frame, from_: Side, to: Side, mentions: SentenceMentions
) -> tuple[Side, Side, Side]:
    """(via, from, to) of a mediation: its doer is the go-between."""
    if frame.kind == "noun":
        between = Side()
        for p, w in obliques(s, i):
            if p in {"between", "among"}:
                between += side_of(s, [w], mentions, p)
        modifiers = from_.without(between.codes)
        if len(between.codes) > 1:
            return (
                modifiers,
                Side(between.codes[:1], between.persons, between.spans),
                Side(between.codes[1:], (), between.spans),
            )
        return Side(), from_, to
    sides = to.without(from_.codes)
    if len(sides.codes) > 1:
        return from_, Side(sides.codes[:1], sides.persons, sides.spans), Side(sides.codes[1:], (), sides.spans)
    return Side(), from_, to


def _broker(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """The go-between told before the noun or in a clause on it: "EU-brokered talks", "talks mediated by Oman"."""
    for c in s.children[i]:
        if known_lemma(lemma(s, c), BROKERED) and s.tokens[c].relation in {"amod", "acl"}:
            inner = [x for x in s.children[c] if s.tokens[x].relation in {"compound", "obl", "nsubj", "nmod", "advmod"}]
            return side_of(s, inner, mentions, "broker", place=True)
    return Side()


def _brings_meeting(s: Sentence, i: int) -> bool:
    return any(lemma(s, w) in {"meeting", "summit", "visit", "encounter"} for w in _objects(s, i))


def _deniers(s: Sentence, operators: tuple[Operator, ...], mentions: SentenceMentions) -> tuple[str, ...]:
    for operator in operators:
        if operator.effect == "deny":
            return side_of(s, subjects(s, operator.word), mentions, "denier").codes
    return ()


def _told_apart(s: Sentence, event: Event) -> list[Event]:
    """The event, or one for each partner where the text tells them apart: visits by destination, plural calls and meetings,
    partners with a preposition each ("with Oslo, then with Minsk")."""
    parts = event.to.each
    if len(parts) < 2:
        return [event]
    plural = (
        event.frame.kind == "noun"
        and lemma(s, event.trigger) in COUNTED
        and s.tokens[event.trigger].feats.get("Number") == "Plur"
    )
    if event.act == "visit" or plural:
        return [replace(event, to=part) for part in parts]
    groups: list[Side] = []
    for part in parts:
        if part.apart or not groups:
            groups.append(part)
        else:
            groups[-1] += part
    return [replace(event, to=group) for group in groups]


def _settle(act: str, frame: Frame, how: Standing, operators: tuple[Operator, ...]) -> str:
    """The status of the act as the operators left it: an offer that was refused was made, a meeting that was refused was not held."""
    effects = {o.effect for o in operators}
    if (
        how.status == "not_done"
        and frame.kind == "noun"
        and "refuse" in effects
        and act in {"overture", "proposal", "message"}
    ):
        return "done"
    if how.status == "not_done" and "cancel" in effects and act == "breakdown":
        return "done"
    return how.status


def first_of_coordination(s: Sentence, i: int) -> int:
    """The first conjunct (kept here for callers that link events of one coordination)."""
    return head_of_coordination(s, i)
