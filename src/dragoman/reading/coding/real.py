"""Whether what a word tells has happened or was said, or is only asked, promised, talked of or possible."""

from __future__ import annotations

from dragoman.codebook.plover import FORCEFUL
from dragoman.model import Sentence
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import Trigger, lemma, verbal
from dragoman.reading.status import Standing
from dragoman.reading.tree import lemma as parsed_lemma
from dragoman.reading.tree import own_subjects, preposition

#: Types that speak of what lies ahead, so that they are events though the clause is not real yet.
AHEAD = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT", "CONCEDE"})
#: Types that are done by saying it.
SAID = frozenset({"SUPPORT", "ACCUSE"})
#: Cooperation that may be no more than a topic.
TOPICS = frozenset({"COOPERATE", "SUPPORT", "AID", "AGREE"})
#: Words of a time ahead.
SOON = frozenset({"next", "tomorrow", "tonight", "soon", "later", "coming", "upcoming"})
#: Prepositions of what an utterance is about or when it was made: that is a fact beside it ("asked about the raid", "warned after the raid").
TOPICAL = frozenset(
    ["about", "regarding", "concerning", "after", "before", "since", "during", "despite", "amid", "following", "because of",
     "over"]
)  # fmt: skip


def as_told(s: Sentence, trigger: Trigger, how: Standing) -> Standing:
    """How real the coded event is: cooperation that is negated is a refusal that took place; "posed no threat" tells of none."""
    told = set(trigger.rule.split())
    for o in s.dependants(trigger.bearers[0], "obj"):
        if parsed_lemma(s, o) in told and any(s.tokens[c].form.lower() == "no" for c in s.dependants(o, "det")):
            return Standing("not_done", "no", o)
    if trigger.rule.startswith("not >") and how.status == "not_done":
        return Standing("done", how.rule, how.word)
    return how


def soon(s: Sentence, i: int) -> bool:
    """Whether the clause of the word tells a time ahead, so that its present tense is a future ("flies to Lima next week")."""
    for c in s.children[i]:
        near = [c, *s.children[c]] if s.tokens[c].relation in {"obl", "advmod"} else []
        if any(s.tokens[x].form.lower() in SOON for x in near):
            return True
    return False


def unreal(s: Sentence, trigger: Trigger, how: Standing) -> bool:
    """Whether the act is only asked about, possible, or (force told by a noun) yet to come."""
    if how.rule == "question":
        return True
    kind = trigger.code.type
    if trigger.rule.startswith("concluded") and how.status != "done":
        return True
    if how.status == "planned" and kind in FORCEFUL and not verbal(s, trigger.bearers[0]):
        return True
    if how.status == "conditional" and trigger.rule.startswith("will >") and kind == "AGREE":
        return True
    return (how.irreal or how.status == "conditional") and kind not in AHEAD and not _said(how, trigger)


def _said(how: Standing, trigger: Trigger) -> bool:
    """Whether the aim of something done is done by doing it: what one speaks or writes in order to say ("wrote to thank")."""
    return trigger.code.type in SAID and how.rule.startswith("purpose") and how.status in {"done", "ongoing"}


def talked_of(scene: Scene, trigger: Trigger) -> bool:
    """Whether cooperation is no more than what is talked about ("discussed cooperation on trade", "ways to help")."""
    s, i = scene.s, trigger.bearers[0]
    if trigger.code.type not in TOPICS:
        return False
    while (above := s.tokens[i].head) >= 0:
        token = s.tokens[i]
        if token.relation not in {"obj", "nmod", "acl", "conj", "xcomp", "advcl", "obl"} or token.deprel == "acl:relcl":
            return False
        if token.relation == "conj" and verbal(s, above) and s.dependants(i, "nsubj"):
            return False
        if lemma(s, above, scene.book) in scene.book.composed["talk"]:
            if token.relation in {"obj", "nmod"}:
                return True
            if token.relation == "advcl":
                return token.feats.get("VerbForm") == "Ger"
        i = above
    return False


def unreal_under(s: Sentence, ruler: Trigger, trigger: Trigger) -> bool:
    """Whether the act is no more than asked for, promised, threatened or refused; force told by a noun is a fact all the same ("end the war")."""
    noun = not verbal(s, trigger.bearers[0])
    return not (noun and trigger.code.type in FORCEFUL) and ruled(s, ruler, trigger.bearers[0])


def ruled(s: Sentence, ruler: Trigger, i: int) -> bool:
    """Whether the way from the word up to the ruling one passes no clause that stands beside it."""
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        if i in ruler.consumed:
            return True
        seen.add(i)
        token = s.tokens[i]
        if token.relation == "advcl" and token.head in ruler.consumed and ruler.code.type == "REQUEST":
            return token.feats.get("VerbForm") == "Inf"  # "called on Chad to leave"
        if token.relation in {"advcl", "parataxis"} or token.deprel == "acl:relcl":
            return False
        if token.relation == "conj" and (
            token.head in ruler.consumed or token.feats.get("VerbForm") not in {"Inf", "Ger"} or own_subjects(s, i)
        ):
            return False
        if token.relation in {"obl", "nmod"} and preposition(s, i) in TOPICAL:
            return False
        i = s.tokens[i].head
    return False
