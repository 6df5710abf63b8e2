"""Source and target of a coded word: its doer, and what stands in the places that the type's target has (``[sides]`` of ``plover.toml``)."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.plover import PloverBook
from dragoman.model import Sentence
from dragoman.reading.coding.words import Trigger, adjectival, lemma, verbal
from dragoman.reading.sides import side_of
from dragoman.reading.tree import agents, is_passive, own_subjects, preposition, subjects
from dragoman.reading.tree import lemma as parsed_lemma
from dragoman.reading.values import SentenceMentions, Side

#: Types in which both sides do the same: several parties on one side and none on the other are sides of each other.
MUTUAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT"})
#: Types that speak of a deed, whose doer and not whose victim is meant ("condemned the attack on Mali by …").
OF_DEEDS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
OWNING = ("by", "of", "from", "in", "inside", "across", "throughout", "within")
#: Nouns of acting for another ("on behalf of", "in the name of").
IN_NAME_OF = frozenset({"behalf", "name"})
#: Verbs of being, whose subject does what the noun beneath tells ("remains steadfast in its support").
BEING = frozenset({"remain", "be", "stand"})
#: How many nouns deep a party may own what is spoken of ("reports of violence in Mali").
DEEPEST = 3


def parties(s: Sentence, trigger: Trigger, mentions: SentenceMentions, book: PloverBook) -> tuple[Side, Side]:
    """(source, target) of the trigger; empty sides where the sentence names none that the codebook knows."""
    chain = _chain(trigger)
    source = next((side for t in chain for i in t.bearers if (side := _source(s, i, mentions, book))), Side())
    if not source:
        return source, Side()
    for t in chain:
        if target := _target(s, t, mentions, book, source, ahead=True):
            return source, target
    for t in chain:
        if target := _target(s, t, mentions, book, source, ahead=False):
            return source, target
    if len(source.each) > 1 and any(_together(s, t, book) for t in chain):
        return source.each[0], sum(source.each[2:], source.each[1]).without(source.each[0].codes)
    return source, Side()


def _together(s: Sentence, t: Trigger, book: PloverBook) -> bool:
    """Whether several parties on the one side do it to each other."""
    kind = t.code.type
    if kind == "SUPPORT":
        return any(lemma(s, i, book) in book.mutual for i in t.bearers)
    if kind in {"ASSAULT", "COOPERATE"}:
        return not any(o not in t.bearers for i in t.bearers if verbal(s, i) for o in _objects(s, i))
    return kind in MUTUAL


def _chain(trigger: Trigger) -> tuple[Trigger, ...]:
    return (trigger, *_chain(trigger.under)) if trigger.under else (trigger,)


def _source(s: Sentence, i: int, mentions: SentenceMentions, book: PloverBook) -> Side:
    if verbal(s, i) or s.tokens[i].upos == "ADJ":
        passive = is_passive(s, i) and not adjectival(s, i, book)
        doers = agents(s, i) if passive else subjects(s, i)
        found = side_of(s, doers, mentions, "plover", place=True) or _owner(s, doers, mentions)
        return found or _spoken_for(s, i, mentions)
    between = [w for p in ("between", "among", "amongst") for w in _obliques(s, i, p)]
    if found := side_of(s, between, mentions, "plover", place=True):
        return found
    owner = _owner(s, [i], mentions, OWNING[:1], DEEPEST)
    if len(owner.each) > 1 and any("organisation" in x.kinds for x in owner.each):
        return Side()  # "the G7 and NATO summits" are two
    if not owner and s.dependants(i, "cop") and (own := own_subjects(s, i)):
        return side_of(s, own, mentions, "plover", place=True)  # "the envoy is on a visit to Peru"
    head = s.tokens[i].head
    if not owner and head >= 0 and (s.tokens[head].upos == "ADJ" or parsed_lemma(s, head) in BEING):
        return side_of(s, subjects(s, head), mentions, "plover", place=True)
    return owner


def _spoken_for(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """In whose name somebody acts: "on behalf of the government of Peru, I congratulate …"."""
    names = [c for c in s.children[i] if s.tokens[c].relation == "obl" and parsed_lemma(s, c) in IN_NAME_OF]
    return _owner(s, names, mentions, ("of",), DEEPEST)


def _target(
    s: Sentence, t: Trigger, mentions: SentenceMentions, book: PloverBook, source: Side, *, ahead: bool
) -> Side:
    """What stands in the target's places: parties first and then the owners of what is no party, or (of deeds) place by place."""
    slots = book.slots.get(f"{t.code.type} {t.code.mode}") or book.slots.get(t.code.type, ())
    by_place = t.code.type in OF_DEEDS
    if by_place and not ahead:
        return Side()
    for slot in (*slots, "in") if lemma(s, t.word, book) in book.within else slots:
        words = [w for w in _standing_at(s, t, slot.removeprefix("="), book) if w not in t.bearers]
        if not words:
            continue
        found = Side()
        if ahead:
            found = side_of(s, words, mentions, f"plover:{slot}", place=True)
        found = found.without(source.codes) if found else found
        if not found and (by_place or not ahead) and not slot.startswith("="):
            found = _owner(s, words, mentions, _owning(s, words, t, book)).without(source.codes)
        if found:
            return found
    return Side()


def _owning(s: Sentence, words: list[int], t: Trigger, book: PloverBook) -> tuple[str, ...]:
    """The prepositions by which a deed's doer is told; of an attack "of" and "in" tell the victim, who is meant by sympathy alone."""
    if t.code.type == "SUPPORT":
        return OWNING
    forceful = any(
        p.code.type in {"ASSAULT", "COERCE"} for w in words for p in book.phrases.get(("noun", lemma(s, w, book)), ())
    )
    return ("by", "from") if forceful else OWNING


def _standing_at(s: Sentence, t: Trigger, slot: str, book: PloverBook) -> list[int]:
    """The words in one place of the trigger: its object, the subject of the clause beneath, or a preposition's."""
    verbs = [i for i in t.bearers if verbal(s, i) and not adjectival(s, i, book)]
    if slot == "obj":
        return [o for i in verbs for o in _objects(s, i)]
    if slot == "clause":
        return [
            x
            for i in t.bearers
            for c in s.children[i]
            if s.tokens[c].relation in {"ccomp", "xcomp"}
            for x in own_subjects(s, c)
        ]
    nouns = [o for i in verbs for o in _objects(s, i) if o not in t.bearers]
    # "provided millions in aid to Chad": the parse hangs the recipient on the matter.
    nouns += [c for o in nouns for p in ("in", "of") for c in _obliques(s, o, p) if slot != p]
    found = [w for i in (*t.bearers, *nouns) for w in _obliques(s, i, slot)]
    if slot == "of" and not verbs and not _told_owner(s, t.word):
        return [] if t.code.type not in {"ASSAULT", "COERCE", "SUPPORT", "ACCUSE"} else found
    return found


def _told_owner(s: Sentence, i: int) -> bool:
    return any(s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation in {"amod", "compound"} for c in s.children[i])


def _objects(s: Sentence, i: int) -> list[int]:
    return subjects(s, i) if is_passive(s, i) else s.dependants(i, "obj", "iobj")


def _obliques(s: Sentence, i: int, slot: str) -> list[int]:
    return [
        c
        for c in s.children[i]
        if s.tokens[c].relation in {"obl", "nmod", "advcl"}
        and s.tokens[c].deprel not in {"nmod:poss", "obl:agent"}
        and preposition(s, c) == slot
    ]


def _owner(
    s: Sentence,
    words: list[int],
    mentions: SentenceMentions,
    prepositions: tuple[str, ...] = OWNING,
    depth: int = 0,
) -> Side:
    """The party whose the words are: by a genitive, an adjective, or a preposition, the nearest way first."""
    inner: list[int] = []
    for group in _ways(s, words, prepositions):
        if group and (found := side_of(s, group, mentions, "plover:owner", place=True)):
            return found
        inner += group
    if depth < DEEPEST:
        inner += [c for w in words for p in ("about", "for") for c in _obliques(s, w, p)]
        return _owner(s, inner, mentions, prepositions, depth + 1) if inner else Side()
    return Side()


def _ways(s: Sentence, words: list[int], prepositions: tuple[str, ...]) -> Iterator[list[int]]:
    nouns = [w for w in words if s.children[w] and not verbal(s, w)]
    if not nouns:
        return
    yield [c for w in nouns for c in s.children[w] if s.tokens[c].deprel == "nmod:poss"]
    yield [c for w in nouns for c in s.children[w] if s.tokens[c].relation in {"amod", "compound"}]
    yield [x for w in nouns for c in s.children[w] if s.tokens[c].relation == "acl" for x in agents(s, c)]
    for p in prepositions:
        yield [c for w in nouns for c in _obliques(s, w, p)]
        if p == "by":  # the parse may hang the doer of a deed on the verb: "supports the declaration by …"
            heads = [s.tokens[w].head for w in nouns if s.tokens[w].relation == "obj"]
            yield [c for h in heads if h >= 0 and not is_passive(s, h) for c in _obliques(s, h, p)]
