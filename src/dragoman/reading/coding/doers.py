"""Who does what a coded word tells: a verb's subject or agent, a noun's possessor, whoever speaks where it says "we"."""

from __future__ import annotations

from dragoman.reading.coding.owners import DEEPEST, OWNING, owner
from dragoman.reading.coding.reference import HIGHEST, meant, owner_of_pronoun
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import adjectival, verbal
from dragoman.reading.tree import agents, conjuncts, own_subjects
from dragoman.reading.tree import lemma as parsed_lemma
from dragoman.reading.values import Side

#: Nouns of acting for another ("on behalf of", "in the name of").
IN_NAME_OF = frozenset({"behalf", "name"})
#: Verbs of being, whose subject does what the noun beneath tells ("remains steadfast in its support").
BEING = frozenset({"remain", "be", "stand"})
#: Prepositions of an act that two are in ("in cooperation with Peru").
JOINT = frozenset({"in", "under", "through"})
#: Words that name a kind of act and leave the act itself to what hangs on them ("an act of aggression").
KINDS = frozenset(
    {"act", "form", "campaign", "case", "series", "wave", "string", "round", "policy", "instance", "spate"}
)
#: Prepositions by which a passive tells the deed that did it: "were killed in an Ethiopian air strike".
BY_DEED = ("at", "in", "by", "during", "from", "after")
FORCE = frozenset({"ASSAULT", "COERCE"})
HYPHENS = frozenset({"-", "–"})
OPERATIONS = frozenset({"operation", "campaign", "mission", "ambush", "incident", "fire"})
#: Types of what is said, whose noun somebody else's verb may voice.
SPOKEN = frozenset({"ACCUSE", "SUPPORT", "AGREE", "REQUEST", "REJECT", "THREATEN"})
#: Types whose doer a noun may tell by "from" ("an attack from Peru"); of the others it tells what is left, freed or bought.
COMING_FROM = frozenset({"REQUEST", "THREATEN", "ACCUSE", "ASSAULT", "AID", "SUPPORT", "REJECT"})


def doer(scene: Scene, i: int) -> Side:
    """The party that does what the word tells; empty where the sentence names none."""
    if verbal(scene.s, i) or scene.s.tokens[i].upos == "ADJ":
        return _of_verb(scene, i)
    return _of_noun(scene, i)


def _of_verb(scene: Scene, i: int) -> Side:
    s = scene.s
    if scene.passive(i) and not adjectival(s, i, scene.book):
        by = agents(s, i)
        return scene.side(by) or owner(scene, by) or _by_deed(scene, i) or _left(scene, i)
    if found := _praised(scene, i):
        return found
    words = scene.subjects(i)
    if found := _all(scene, words):
        return found
    if found := meant(scene, words, i, spoken_for):
        return found
    return _carried(scene, i) or spoken_for(scene, i) or (Side() if words else _in_front(scene, i))


def _all(scene: Scene, words: list[int]) -> Side:
    """The parties that do it together, also where each is told by an adjective ("Peruvian police and Chilean customs")."""
    found = scene.side(words)
    if found:
        return found
    found = owner(scene, words)
    for c in (c for w in words for c in conjuncts(scene.s, w) if found and c != w):
        found = found + (scene.side([c]) or owner(scene, [c], (), DEEPEST)).without(found.codes)
    return found


def _by_deed(scene: Scene, i: int) -> Side:
    """Whose the deed is in which something was done to somebody ("killed in a Kenyan raid")."""
    found = scene.told(i)
    if found is None or found.code.type not in FORCE:
        return Side()
    for p in BY_DEED:
        for c in scene.behind(i, p):
            if p == "at" and parsed_lemma(scene.s, c) == "hand":  # "at the hands of the rebels"
                return owner(scene, [c], ("of",), DEEPEST)
            deed = scene.told(c)
            forceful = deed is not None and deed.code.type in FORCE
            if (forceful or parsed_lemma(scene.s, c) in OPERATIONS) and (side := owner(scene, [c], ("by",))):
                return side
    return Side()


def _left(scene: Scene, i: int) -> Side:
    """The state from which somebody was deported or expelled, where nobody else is told to have done it."""
    found = scene.told(i)
    return scene.side(scene.behind(i, "from")) if found and found.code.mode in {"deport", "expel"} else Side()


def _praised(scene: Scene, i: int) -> Side:
    """Of a clause beneath praise or blame the one who is praised: "thanked Jordan for hosting refugees"."""
    s = scene.s
    while s.tokens[i].relation == "conj" and verbal(s, s.tokens[i].head) and not own_subjects(s, i):
        i = s.tokens[i].head
    if s.tokens[i].relation != "advcl" or s.tokens[i].feats.get("VerbForm") not in {"Ger", "Part", "Inf"}:
        return Side()
    above = s.tokens[i].head
    ruling = scene.told(above) if verbal(s, above) else None
    if ruling is None or ruling.code.type not in {"SUPPORT", "ACCUSE"} or above not in ruling.bearers:
        return Side()
    if s.tokens[i].feats.get("VerbForm") != "Inf" and not _marked(scene, i, {"for", "in", "over", "of", "on"}):
        return Side()
    words = scene.objects(above)
    return scene.side(words) or owner(scene, words)


def _marked(scene: Scene, i: int, marks: set[str]) -> bool:
    s = scene.s
    return any(parsed_lemma(s, m) in marks for m in s.children[i] if s.tokens[m].relation in {"mark", "case"})


def _carried(scene: Scene, i: int) -> Side:
    """Of a clause on a thing the one who makes the thing: "issued a statement condemning Peru", "fired a rocket that hit Peru"."""
    s = scene.s
    while s.tokens[i].relation == "conj" and verbal(s, s.tokens[i].head):
        i = s.tokens[i].head
    token = s.tokens[i]
    if token.deprel != "acl:relcl" and (token.deprel != "acl" or token.feats.get("VerbForm") not in {"Ger", "Part"}):
        return Side()
    noun = token.head
    while s.tokens[noun].relation in {"nmod", "conj"} and s.tokens[noun].head >= 0:
        noun = s.tokens[noun].head
    above = s.tokens[noun].head
    if s.tokens[noun].relation not in {"obj", "obl"} or above < 0 or not verbal(s, above):
        return Side()
    ruling = scene.told(above)
    if ruling is not None and ruling.code.type in {"SUPPORT", "ACCUSE"}:
        words = scene.objects(above)  # "praised Peru for its part in rebuilding the port"
    else:
        words = scene.subjects(above) if not scene.passive(above) else agents(s, above)
    return scene.side(words) or owner(scene, words)


def spoken_for(scene: Scene, i: int) -> Side:
    """In whose name somebody acts: "on behalf of the government of Peru, I am pleased to congratulate …"."""
    s = scene.s
    while True:
        names = [c for c in s.children[i] if s.tokens[c].relation == "obl" and parsed_lemma(s, c) in IN_NAME_OF]
        if names or s.tokens[i].relation != "xcomp":
            return owner(scene, names, ("of",), DEEPEST) if names else Side()
        i = s.tokens[i].head


def _in_front(scene: Scene, i: int) -> Side:
    """The party right before the verb and its auxiliaries, where the parse gives the verb no subject."""
    s = scene.s
    if s.tokens[i].relation in {"xcomp", "advcl", "acl", "amod"} or _marked(scene, i, {"to"}):
        return Side()
    j = i - 1
    while j >= 0 and (s.tokens[j].upos in {"AUX", "ADV", "PART"} or s.tokens[j].form == ","):
        j -= 1
    if j < 0:
        return Side()
    mention = scene.mentions.covering.get(j)
    if mention is not None:
        return scene.side([mention.head]) if not mention.place_only else Side()
    return owner(scene, [j], (), DEEPEST) if s.tokens[j].upos == "NOUN" else Side()


def _of_noun(scene: Scene, i: int) -> Side:
    s = scene.s
    places = (
        (i, s.tokens[i].head) if s.tokens[i].relation in {"obj", "nsubj"} else (i,)
    )  # the parse may hang the rest on the verb
    between = [w for x in places for p in ("between", "among", "amongst") for w in scene.behind(x, p)]
    if found := scene.side(between):
        return found
    pronoun = any(s.tokens[c].upos == "PRON" for c in s.dependants(i, "nmod:poss"))
    if pronoun and (bound := owner_of_pronoun(scene, i, spoken_for)):
        return bound
    told = scene.told(i)
    kind = told.code.type if told is not None else ""
    coming = kind in COMING_FROM
    if _named_after(scene, i):
        return Side()
    own = owner(scene, [i], ("by", "from") if coming else ("by",), DEEPEST)
    if own:
        two = len(own.each) > 1 and any("organisation" in x.kinds for x in own.each)
        return Side() if two else own  # "the G7 and NATO summits" are two
    if s.dependants(i, "cop") and (words := own_subjects(s, i)):
        return scene.side(words) or owner(scene, words, OWNING[:1])  # "the envoy is on a visit to Peru"
    head = s.tokens[i].head
    if head < 0:
        return Side()
    voiced = s.tokens[i].relation == "obj" and parsed_lemma(s, head) in scene.book.composed["voice"]
    if voiced and kind in SPOKEN:
        return _of_verb(scene, head)  # "discussing concerns about Mali"
    if kind == "CONSULT":  # "a meeting of the Dutch-Kenyan council"
        of = scene.behind(i, "of")
        if told is not None and told.code.mode == "visit" and (guest := scene.side(of)):
            return guest
        if len((both := scene.side(of) or owner(scene, of, (), DEEPEST)).codes) > 1:
            return both
    if s.tokens[i].relation == "nmod" and parsed_lemma(s, head) in KINDS:
        return _of_noun(scene, head)
    if s.tokens[head].upos == "ADJ" or parsed_lemma(s, head) in BEING:
        return scene.side(scene.subjects(head))
    return _with_another(scene, i)


def _named_after(scene: Scene, i: int) -> bool:
    """Whether a war has its name from the one state where it was fought ("the Iraq war")."""
    s = scene.s
    if parsed_lemma(s, i) != "war" or s.dependants(i, "nmod:poss"):
        return False
    names = [c for c in s.dependants(i, "compound") if s.tokens[c].upos == "PROPN" and c in scene.mentions.by_head]
    return len(names) == 1 and not HYPHENS & {s.tokens[names[0] + 1].form, s.tokens[names[0] - 1].form}


def _with_another(scene: Scene, i: int) -> Side:
    """Who does it "in cooperation with" another: whoever the clause is about."""
    s = scene.s
    if not scene.behind(i, "with") or not any(parsed_lemma(s, c) in JOINT for c in s.dependants(i, "case")):
        return Side()
    at = s.tokens[i].head
    for _ in range(HIGHEST):
        if at < 0:
            return Side()
        if (verbal(s, at) and not scene.passive(at)) or s.dependants(at, "cop"):
            words = scene.subjects(at)
            if found := scene.side(words) or owner(scene, words):
                return found
        at = s.tokens[at].head
    return Side()
