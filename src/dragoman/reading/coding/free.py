"""All events that a sentence tells between parties it names, and why a word of the lexicon tells none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.codebook.plover import PloverBook
from dragoman.codebook.predicates import Predicates
from dragoman.model import Sentence
from dragoman.reading.coding.doers import doer
from dragoman.reading.coding.pairs import up
from dragoman.reading.coding.parties import MUTUAL, parties
from dragoman.reading.coding.real import AHEAD, as_told, ruled, soon, talked_of, unreal, unreal_under
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.victims import victim
from dragoman.reading.coding.words import Trigger, lemma, phrase_at, verbal
from dragoman.reading.operators import operators_above
from dragoman.reading.status import Standing, standing
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
        trigger = _trigger(scene, i)
        if trigger is None:
            continue
        if any(unreal_under(s, ruler, trigger) for ruler in ruling):
            reason = UNREAL
            continue
        if trigger.code.type in AHEAD or trigger.code.mode == "allege":
            ruling.append(trigger)
        source, target = parties(scene, trigger)
        if not source or not target:
            late += [(trigger, source)] if source else []
            reason = NO_SIDES if reason == NO_WORD else reason
            continue
        found = _coded(scene, trigger, source, target, predicates)
        if found is None:
            reason = UNREAL
            continue
        used |= trigger.consumed
        if not any(_covers(s, other, found) for other in kept):
            kept.append(found)
    kept += _wars(scene, late, kept, predicates)
    return kept, None if kept else reason


def _trigger(scene: Scene, i: int) -> Trigger | None:
    """What the word tells that is an event; ``None`` where it tells nothing, or what lasts."""
    trigger = scene.told(i)
    if trigger is not None and _stands(scene.s, i, trigger, scene.book):
        return _concluded(scene, trigger)
    return trigger


def _coded(scene: Scene, trigger: Trigger, source: Side, target: Side, predicates: Predicates) -> Found | None:
    """The event that the trigger tells of its two sides; ``None`` where it is not told to have been done or said."""
    if talked_of(scene, trigger):
        return None
    s = scene.s
    operators, head = operators_above(s, trigger.word, predicates)
    how = as_told(s, trigger, standing(s, trigger.word, head, operators, future=soon(s, trigger.bearers[0])))
    if unreal(s, trigger, how):
        return None
    if how.status == "planned" and trigger.code.type in TO_COME:
        trigger = replace(trigger, code=scene.book.roots["AGREE"], rule=f"planned > {trigger.rule}")
    return Found(trigger, source, target, how)


def _wars(scene: Scene, late: list[tuple[Trigger, Side]], kept: list[Found], predicates: Predicates) -> Iterator[Found]:
    """The wars that are told beside their victim."""
    told = [(f.trigger.code.type, f.source, f.target) for f in kept]
    for trigger, source in late:
        if target := victim(scene, trigger, source, told):
            found = _coded(scene, trigger, source, target, predicates)
            if found is not None and not any(_covers(scene.s, other, found) for other in kept):
                yield found


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
    return ruled(s, other.trigger, found.trigger.bearers[0])
