"""All events that a sentence tells between parties it names, and why a word of the lexicon tells none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.codebook.plover import FORCEFUL, PloverBook
from dragoman.codebook.predicates import Predicates
from dragoman.model import Sentence
from dragoman.reading.coding.doers import doer
from dragoman.reading.coding.pairs import up
from dragoman.reading.coding.parties import MUTUAL, parties
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.victims import victim
from dragoman.reading.coding.words import Trigger, lemma, phrase_at, verbal
from dragoman.reading.operators import operators_above
from dragoman.reading.status import Standing, standing
from dragoman.reading.tree import lemma as parsed_lemma
from dragoman.reading.tree import own_subjects, preposition
from dragoman.reading.values import SentenceMentions, Side

#: Why nothing was coded, by what came nearest to it.
FEW, NO_WORD, NO_SIDES, UNREAL = (
    "fewer than two parties",
    "no word of the lexicon",
    "no word with both parties",
    "only possible",
)
#: Types of what is said about another deed: beneath them and between the same two nothing else happens.
RULING = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
#: Types that speak of what lies ahead, so that they are events though the clause is not real yet.
AHEAD = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT", "CONCEDE"})
#: Prepositions of what an utterance is about or when it was made: that is a fact beside it ("asked about the raid", "warned after the raid").
TOPICAL = frozenset(
    {
        "about",
        "regarding",
        "concerning",
        "after",
        "before",
        "since",
        "during",
        "despite",
        "amid",
        "following",
        "because of",
        "over",
    }
)
#: Types that are done by saying it.
SAID = frozenset({"SUPPORT", "ACCUSE"})
#: Cooperation that is AGREE while it lies ahead (PLOVER manual 2.0, 3.1).
TO_COME = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


@dataclass(frozen=True)
class Found:
    """A coded word with its two sides and how real it is."""

    trigger: Trigger
    source: Side
    target: Side
    how: Standing


def found_in(
    s: Sentence, mentions: SentenceMentions, book: PloverBook, predicates: Predicates
) -> tuple[list[Found], str | None]:
    """The events of a sentence in the order of its tree, the root's first; where there is none, the reason."""
    if not _two_parties(mentions):
        return [], FEW
    kept: list[Found] = []
    used: set[int] = set()
    ruling: list[Trigger] = []
    late: list[tuple[Trigger, Side]] = []
    reason = NO_WORD
    scene = Scene(s, mentions, book)
    for i in _from_the_root(s, book, mentions):
        if i in used:
            continue
        trigger = scene.told(i)
        if trigger is None:
            continue
        if _stands(s, i, trigger, book):
            trigger = _concluded(scene, trigger)
            if trigger is None:
                continue
        if any(_unreal_under(s, ruler, trigger) for ruler in ruling):
            reason = UNREAL
            continue
        if trigger.code.type in AHEAD or trigger.code.mode == "allege":
            ruling.append(trigger)
        if _talked_of(scene, trigger):
            reason = UNREAL
            continue
        source, target = parties(scene, trigger)
        if source and not target:
            late.append((trigger, source))
        if not source or not target:
            reason = NO_SIDES if reason == NO_WORD else reason
            continue
        operators, head = operators_above(s, trigger.word, predicates)
        how = as_told(s, trigger, standing(s, trigger.word, head, operators, future=False))
        if _unreal(s, trigger, how):
            reason = UNREAL
            continue
        if how.status == "planned" and trigger.code.type in TO_COME:
            trigger = replace(trigger, code=book.roots["AGREE"], rule=f"planned > {trigger.rule}")
        found = Found(trigger, source, target, how)
        used |= trigger.consumed
        if not any(_covers(s, other, found) for other in kept):
            kept.append(found)
    kept += _wars(scene, late, kept, predicates)
    return kept, None if kept else reason


def _wars(scene: Scene, late: list[tuple[Trigger, Side]], kept: list[Found], predicates: Predicates) -> Iterator[Found]:
    """The wars that are told beside their victim."""
    told = [(f.trigger.code.type, f.source, f.target) for f in kept]
    for trigger, source in late:
        if target := victim(scene, trigger, source, told):
            operators, head = operators_above(scene.s, trigger.word, predicates)
            found = Found(trigger, source, target, standing(scene.s, trigger.word, head, operators, future=False))
            if not any(_covers(scene.s, other, found) for other in kept):
                yield found


def as_told(s: Sentence, trigger: Trigger, how: Standing) -> Standing:
    """How real the coded event is: cooperation that is negated is a refusal that took place; "posed no threat" tells of none."""
    told = set(trigger.rule.split())
    for o in s.dependants(trigger.bearers[0], "obj"):
        if parsed_lemma(s, o) in told and any(s.tokens[c].form.lower() == "no" for c in s.dependants(o, "det")):
            return Standing("not_done", "no", o)
    if trigger.rule.startswith("not >") and how.status == "not_done":
        return Standing("done", how.rule, how.word)
    return how


def _unreal(s: Sentence, trigger: Trigger, how: Standing) -> bool:
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


def _talked_of(scene: Scene, trigger: Trigger) -> bool:
    """Whether cooperation is no more than what is talked about ("discussed cooperation on trade", "ways to help")."""
    s, i = scene.s, trigger.bearers[0]
    if trigger.code.type not in {"COOPERATE", "SUPPORT", "AID", "AGREE"}:
        return False
    while s.tokens[i].head >= 0 and s.tokens[i].relation in {"obj", "nmod", "acl", "conj", "xcomp", "advcl", "obl"}:
        above = s.tokens[i].head
        if s.tokens[i].deprel == "acl:relcl" or (
            s.tokens[i].relation == "conj" and verbal(s, above) and s.dependants(i, "nsubj")
        ):
            return False
        if lemma(s, above, scene.book) in scene.book.composed["talk"] and s.tokens[i].relation in {
            "obj",
            "nmod",
            "advcl",
        }:
            return s.tokens[i].relation != "advcl" or s.tokens[i].feats.get("VerbForm") == "Ger"
        i = above
    return False


def _may_tell(s: Sentence, i: int) -> bool:
    """Whether the word is one that may tell an event; a name's parts ("the Solidarity Fund") never do."""
    token = s.tokens[i]
    return token.upos in {"VERB", "NOUN", "ADJ", "PROPN"} and (token.name == "O" or token.upos != "PROPN")


def _two_parties(mentions: SentenceMentions) -> bool:
    return len({c for m in mentions.mentions for c in m.codes}) > 1


def _in_name(s: Sentence, i: int, mentions: SentenceMentions) -> bool:
    """Whether the word is part of what a body calls itself ("the Coalition to Defeat …")."""
    m = mentions.covering.get(i)
    return m is not None and m.kind in {"organisation", "group"} and m.first < i and s.tokens[i].form[:1].isupper()


def _from_the_root(s: Sentence, book: PloverBook, mentions: SentenceMentions) -> list[int]:
    """The words that may tell an event, what hangs higher first."""
    fit = [i for i in range(len(s.tokens)) if _may_tell(s, i) and _known(s, i, book) and not _in_name(s, i, mentions)]
    return sorted(fit, key=lambda i: (len(up(s, i)), i))


def _known(s: Sentence, i: int, book: PloverBook) -> bool:
    """Whether the lexicon may have the word: as its parse, its form, or a guess at its spelling gives it."""
    token = s.tokens[i]
    return token.upos == "ADJ" or lemma(s, i, book) in book.words


def _concluded(scene: Scene, trigger: Trigger) -> Trigger | None:
    """A text named with both its parties was concluded, which is SUPPORT ("the pact between Peru and Chile"); else ``None``."""
    if lemma(scene.s, trigger.word, scene.book) not in scene.book.composed["pact"]:
        return None
    if len(doer(scene, trigger.word).codes) < 2:
        return None
    return replace(trigger, code=scene.book.roots["SUPPORT"], rule=f"concluded > {trigger.rule}")


def _stands(s: Sentence, i: int, trigger: Trigger, book: PloverBook) -> bool:
    """Whether the word tells what lasts rather than what happens, and no verb lends it a doer."""
    if trigger.under or trigger.bearer >= 0:
        return False
    phrase = phrase_at(s, i, book)
    return phrase is not None and (("verb" if verbal(s, i) else "noun"), phrase.text) in book.standing


def _covers(s: Sentence, other: Found, found: Found) -> bool:
    """Whether an event is told by another already: the same act once more, or what that one rules between the same two."""
    here, there = {*found.source.codes, *found.target.codes}, {*other.source.codes, *other.target.codes}
    kind = found.trigger.code.type
    if kind == other.trigger.code.type:
        same = found.source.codes == other.source.codes and set(found.target.codes) <= set(other.target.codes)
        return same or (kind in MUTUAL and here <= there)
    if other.trigger.code.type not in RULING or not here <= there:
        return False
    return _ruled(s, other.trigger, found.trigger.bearers[0])


def _unreal_under(s: Sentence, ruler: Trigger, trigger: Trigger) -> bool:
    """Whether the act is no more than asked for, promised, threatened or refused; force told by a noun is a fact all the same ("end the war")."""
    noun = not verbal(s, trigger.bearers[0])
    return not (noun and trigger.code.type in FORCEFUL) and _ruled(s, ruler, trigger.bearers[0])


def _ruled(s: Sentence, ruler: Trigger, i: int) -> bool:
    """Whether the way from the word up to the ruling one passes no clause that stands beside it."""
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        if i in ruler.consumed:
            return True
        seen.add(i)
        token = s.tokens[i]
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
