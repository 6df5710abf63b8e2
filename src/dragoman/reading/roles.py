"""Who stands where in an act: the two sides that a verb's or a noun's frame names, read off the tree."""

from __future__ import annotations

from dataclasses import replace

from dragoman.codebook.predicates import Frame
from dragoman.codebook.words import word_lists
from dragoman.model import Sentence, Span
from dragoman.reading.sides import side_of
from dragoman.reading.tree import LIGHT, agents, is_passive, lemma, objects, obliques, preposition, subjects
from dragoman.reading.values import Operator, SentenceMentions, Side

#: Acts in which both sides take part at once.
EXCHANGE = frozenset({"call", "meeting", "visit", "mediation"})
# What the list is for stands beside it in codebook/structure.toml.
VOICING, WEIGHING = word_lists("structure")["voicing"], word_lists("structure")["weighing"]
RELATIONS = word_lists("structure")["relations"]
#: Verbs whose object is whom their purpose is done with.
GATHERING = frozenset({"join", "host", "welcome", "receive", "convene", "gather", "assemble", "greet"})
#: Means of talking, on which the tree often hangs the partner ("spoke by phone with …").
MEANS = frozenset({"phone", "telephone", "video", "videoconference", "link", "letter", "email"})


#: Prepositions after which a capital or country is a party even where the word might be a place.
PARTNERED = frozenset({"against", "to", "with", "from", "between", "toward", "towards", "among"})


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


def verb_sides(
    s: Sentence,
    i: int,
    frame: Frame,
    words: tuple[int, ...],
    operators: tuple[Operator, ...],
    mentions: SentenceMentions,
) -> tuple[Side, Side]:
    """The two sides (from, to) of an act that a verb tells; ``words`` are the other words of the frame's phrase."""
    passive = is_passive(s, i)
    place = "place" in frame
    if passive:
        givers = agents(s, i) or [w for p, w in obliques(s, i) if p == "from" and "from" not in frame.to]
        from_ = side_of(s, givers, mentions, "by")
        patients = subjects(s, i)
        if not from_.codes and lemma(s, i) == "commit":  # "are committed to": a state of their own
            from_ = side_of(s, patients, mentions, "subject")
    else:
        from_ = side_of(s, subjects(s, i), mentions, "subject")
        # "called Donald Tusk" is easily taken for a naming ("called him a liar"): the name is the object all the same.
        named = [c for c in s.dependants(i, "xcomp") if s.tokens[c].upos in {"PROPN", "NOUN"}]
        patients = s.dependants(i, "obj") or named or objects(s, i)
    to = Side()
    for where in frame.to:
        to += _stands(s, i, where, patients, words, mentions, place)
        if to.codes and not same_sides(to, from_):
            break
    if passive and not from_.codes and words:
        owners = [
            c
            for p in patients
            for c in s.children[p]
            if s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation == "amod"
        ]
        from_ = side_of(s, owners, mentions, "owner of what was done", place=True)
    if frame.objects and same_sides(to, from_):
        to = Side()  # "recalled its ambassador to Chad": the envoy is the sender's own
    if not to.codes and (frame.objects or frame.act in {"reply", "breakdown", "mediation"}):
        to += _in_objects(s, i, frame, patients, mentions)
    if not to.codes:
        to += beside(s, [i, *words], frame, mentions, place)
    for operator in operators:
        if not from_.codes and operator.effect in TAKES_PART:
            from_ = _doer(s, operator.word, mentions)
        if operator.effect in {"refuse", "accept"} and not to.codes and s.tokens[operator.word].upos == "VERB":
            to = side_of(s, subjects(s, operator.word), mentions, "who answers").without(from_.codes)
        if operator.effect in {"seek", "plan", "attempt", "agree", "promise", "raise", "begin"} and not to.codes:
            to += side_of(
                s, [w for p, w in obliques(s, operator.word) if p in {"to", "with"}], mentions, "operator's recipient"
            )
    if from_.codes and not to.codes:
        return _completed(s, i, frame, operators, from_, to, mentions)
    return from_, to


def _completed(
    s: Sentence,
    i: int,
    frame: Frame,
    operators: tuple[Operator, ...],
    from_: Side,
    to: Side,
    mentions: SentenceMentions,
) -> tuple[Side, Side]:
    """Both sides where the other one is told by a verb around: who is joined, who tells of the promise, who asks for the talks."""
    around = s.tokens[i].head
    if frame.act == "meeting" and s.tokens[i].relation in {"advcl", "xcomp"} and lemma(s, around) in GATHERING:
        to = side_of(s, objects(s, around), mentions, "who is joined").without(
            from_.codes
        )  # "will join the envoys to discuss …"
    if frame.id == "pledge" and lemma(s, i) in {"promise", "assure", "guarantee", "undertake"}:
        tellers = [w for o in operators if o.effect == "say" for w in subjects(s, o.word)]
        to = side_of(s, tellers, mentions, "who tells of the promise").without(from_.codes)
    if frame.act in EXCHANGE and not to.codes and not to.persons:
        return _asked(s, operators, from_, mentions)
    return from_, to


def _asked(s: Sentence, operators: tuple[Operator, ...], from_: Side, mentions: SentenceMentions) -> tuple[Side, Side]:
    """Both sides of talks for which one side asks the other: "called on Oslo to engage in dialogue"."""
    for operator in operators:
        if operator.effect == "seek" and s.tokens[operator.word].upos == "VERB":
            asker = side_of(s, subjects(s, operator.word), mentions, "who asks")
            if asker.codes and not set(asker.codes) & set(from_.codes):
                return asker, from_
    return from_, Side()


def beside(s: Sentence, words: list[int], frame: Frame, mentions: SentenceMentions, place: bool) -> Side:
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
    if owner.codes or verb < 0 or lemma(s, verb) not in LIGHT | VOICING:
        return owner
    return side_of(s, subjects(s, verb), mentions, "operator's subject")


def same_sides(a: Side, b: Side) -> bool:
    """Whether all parties of ``a`` are among ``b``'s."""
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
        return side_of(s, patients + s.dependants(i, "iobj"), mentions, "object", place=place)
    if where == "iobj":
        objects = s.dependants(i, "obj")
        given = (
            [o for o in objects if o not in words] if len(objects) > 1 else []
        )  # two objects: the first is the receiver
        if objects and is_passive(s, i):
            given = patients  # "was given assurances": the receiver stands as the subject
        return side_of(s, s.dependants(i, "iobj") + given, mentions, "indirect object", place=place)
    found = Side()
    tells_of = lemma(s, i) in WEIGHING  # "discussed pursuing trade with …": with whom they discussed it is not told
    beneath = [
        i,
        *(() if tells_of else s.dependants(i, "xcomp")),
        *(w for _, w in obliques(s, i) if lemma(s, w) in MEANS),
    ]
    mutual = RELATIONS if tells_of else frozenset()
    beneath += [o for j in beneath for o in s.dependants(j, "obj") if not place and lemma(s, o) not in mutual]
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
        mention = mentions.covering.get(w)
        if mention is not None and mention.posted:
            found += Side(mention.posted, spans=(Span(mention.start, mention.end, "where posted"),), words=(w,))
        clauses = [c for c in s.children[w] if s.tokens[c].relation == "acl"]
        partners = [x for c in clauses for p, x in obliques(s, c) if p in {"with", "by"}]
        found += side_of(s, partners, mentions, "in a clause on the object", place=True)
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
