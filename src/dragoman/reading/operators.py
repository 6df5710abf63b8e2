"""The words above an act that say how it stands: "offered to", "cancelled", "plans for", "failed to"."""

from __future__ import annotations

from dragoman.codebook.predicates import Kind, Predicates
from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.tree import LIGHT, chain, head_of_coordination, is_passive, lemma, preposition
from dragoman.reading.values import Operator

WEIGHING = word_lists("structure")["weighing"]
CREATING, CREDITING = word_lists("structure")["creating"], word_lists("structure")["crediting"]
#: Relations over which an act hangs on the word that rules it.
RULED = frozenset({"xcomp", "ccomp", "csubj", "obj", "nsubj", "obl", "nmod", "acl", "iobj"})
#: Prepositions by which a noun hangs on a word that rules it ("prospect of talks", "agree on talks", "return to talks").
RULING = frozenset(
    [
        "of",
        "for",
        "on",
        "to",
        "in",
        "into",
        "from",
        "at",
        "out",
        "about",
        "with",
        "without",
        "towards",
        "toward",
        "over",
    ]
) | {""}
#: Effects of words that take an infinitive as their complement.
INFINITIVE = frozenset({"seek", "attempt", "plan", "agree", "promise", "refuse", "fail"})
#: Prepositions that put a noun beside a verb rather than under it ("in a call he urged …"), and what may yet rule it ("took part in").
WITHIN = frozenset({"in", "at", "during", "over", "by", "after", "before", "with"})
LASTING = frozenset({"carry", "begin", "continue", "end", "plan", "mediate"})
#: What is denied when it is refused, not disowned.
ASKED = frozenset({"request", "appeal", "plea", "demand", "application", "petition", "bid", "visa", "entry", "access"})
#: Nouns whose clause tells what is said to have happened.
HEARSAY = frozenset(
    {"report", "claim", "allegation", "rumor", "rumour", "suggestion", "speculation", "accusation", "assertion"}
)
#: Nouns whose infinitive tells what was done on them ("had the opportunity to meet …").
CHANCES = frozenset({"opportunity", "occasion", "chance", "pleasure", "honor", "honour", "privilege", "joy"})
#: What somebody is on while doing something else ("on a visit to Oslo, offered …").
JOURNEYS = frozenset({"visit", "trip", "tour", "stop", "stopover", "journey", "mission"})
#: How many words up we look: deeper embeddings are rare and mostly wrong parses.
DEEPEST = 6


def _phrasal(s: Sentence, i: int) -> str:
    """The lemma with its particle ("call off", "rule out")."""
    word = lemma(s, i)
    particles = [lemma(s, c) for c in s.children[i] if s.tokens[c].deprel == "compound:prt"]
    return f"{word} {particles[0]}" if particles else word


def effects_of(s: Sentence, i: int, predicates: Predicates) -> frozenset[str]:
    """What the word does to an act beneath it."""
    if lemma(s, i) in {"follow", "come", "go"} and any(lemma(s, c) == "up" for c in s.children[i]):
        return frozenset()  # "wanted to follow up on the meeting", "did not come up in the meeting"
    if lemma(s, i) == "cut" and any(lemma(s, c) == "short" for c in s.children[i]):
        return frozenset({"end"})
    if lemma(s, i) == "come" and any(lemma(s, c) == "it" for c in s.dependants(i, "expl", "nsubj")):
        return frozenset()  # "when it comes to talks with …"
    if lemma(s, i) == "call" and s.tokens[i].upos == "VERB" and s.dependants(i, "obj") and not is_passive(s, i):
        return frozenset({"say"})  # "called the premier to discuss …" by telephone, "called the talks fruitful"
    kind: Kind = "noun" if s.tokens[i].upos in {"NOUN", "PROPN"} else "verb"
    adjective = s.tokens[i].form.lower()  # "we are prepared to": the participle means other things than its verb
    if s.tokens[i].form.lower() != s.tokens[i].lemma and predicates.effects(kind, adjective):
        return predicates.effects(kind, adjective)
    effects = predicates.effects(kind, _phrasal(s, i)) or predicates.effects(kind, lemma(s, i))
    if "deny" in effects and any(lemma(s, c) in ASKED for c in s.dependants(i, "obj")):
        return frozenset({"refuse"})  # "denied a request"
    if "promise" in effects and effects & {
        "carry",
        "begin",
    }:  # "is open to talks" promises them, "opened talks" held them
        return effects & {"promise"} if s.tokens[i].upos == "ADJ" else effects - {"promise"}
    return effects


def operators_above(s: Sentence, trigger: int, predicates: Predicates) -> tuple[tuple[Operator, ...], int]:
    """The operators above the trigger, the nearest first, and the word that bears the tense of the whole.

    Climbing stops at a verb that merely tells of the act ("said that …"), at an adverbial clause, and where the way leads
    over a relation that does not rule.
    """
    found: list[Operator] = []
    head = at = trigger
    told = False
    if preposition(s, trigger) == "without":
        return (), trigger  # "left the talks without a deal": what ended was not the deal
    for _ in range(DEEPEST):
        at = head_of_coordination(s, at)
        token = s.tokens[at]
        beside = _beside(s, at, predicates)
        up = beside if beside >= 0 else _above_clause(s, at, predicates) if token.relation == "advcl" else token.head
        if up < 0 or not (_rules(s, at) or token.relation == "advcl" or beside >= 0) or _across_quotes(s, at, up):
            break
        if token.relation == "obj" and s.tokens[up].form.lower() == "following":
            break
        if _hearsay(s, at, up):
            at, told = up, True
            continue
        if token.relation == "xcomp" and token.form.lower().endswith("ing") and lemma(s, up) in WEIGHING:
            break  # "discussed holding talks": only talked about
        effects = effects_of(s, up, predicates)
        if (
            "say" in effects
            and token.relation in {"ccomp", "obj", "parataxis"}
            and not (effects - {"say", "plan", "raise"})
        ):
            found.append(Operator(up, "say"))
            break
        effect = _choose(s, at, up, effects, clause=beside >= 0 or token.relation == "advcl")
        if not effect and token.relation != "xcomp":
            if (
                token.relation == "obj"
                and lemma(s, up) in CREATING
                and s.tokens[up].feats.get("VerbForm") in {"Inf", "Ger"}
                and not _credited(s, up)
            ):
                head = up  # "efforts to establish a ceasefire": the deal is as real as its making
            break
        if effect == "refuse" and told:
            effect = "deny"  # "dismissed reports that its envoys had met …"
        if effect:
            found.append(Operator(up, effect))
        head = at = up
    return tuple(found), head


def _credited(s: Sentence, i: int) -> bool:
    """Whether a verb above credits somebody with it: what one is thanked for has come about."""
    return any(lemma(s, head) in CREDITING for _, head in list(chain(s, i))[:4])


def _beside(s: Sentence, i: int, predicates: Predicates) -> int:
    """The operator noun or adjective right before an infinitive ("efforts to reach out"), wherever the parse hung the clause; else -1."""
    if s.tokens[i].upos != "VERB":
        return -1
    marks = [c for c in s.children[i] if s.tokens[c].upos == "PART" and lemma(s, c) == "to"]
    if not marks or marks[0] == 0 or s.tokens[marks[0] - 1].upos not in {"NOUN", "ADJ"}:
        return -1
    before = marks[0] - 1
    return before if s.tokens[i].head != before and effects_of(s, before, predicates) else -1


def _above_clause(s: Sentence, i: int, predicates: Predicates) -> int:
    """What rules an adverbial clause, or -1.

    The verb whose infinitive the parse took for a purpose ("has been trying behind the scenes to get in touch"), the noun of an
    effort, or the word whose preposition takes a gerund ("open to meeting").
    """
    token = s.tokens[i]
    if token.feats.get("VerbForm") == "Inf" and effects_of(s, token.head, predicates) & INFINITIVE:
        return token.head
    marks = {lemma(s, c) for c in s.children[i] if s.tokens[c].relation in {"mark", "case"}}
    if token.form.lower().endswith("ing") and marks & RULING:
        return token.head
    return _effort(s, i)


def _effort(s: Sentence, i: int) -> int:
    """The noun to which a purpose clause belongs though the parse hung it on the verb ("made attempts to sound them out"); else -1."""
    token = s.tokens[i]
    if token.feats.get("VerbForm") != "Inf" or token.head < 0:
        return -1
    objects = [o for o in s.dependants(token.head, "obj") if o < i and s.tokens[o].upos == "NOUN"]
    return objects[-1] if objects and lemma(s, token.head) in LIGHT else -1


def _hearsay(s: Sentence, at: int, up: int) -> bool:
    """Whether the clause is what a noun of hearsay holds ("denied reports that its envoys had met …"): what rules the noun rules it."""
    that = any(lemma(s, c) == "that" for c in s.dependants(at, "mark"))
    return that and s.tokens[at].relation in {"acl", "ccomp"} and lemma(s, up) in HEARSAY


def _across_quotes(s: Sentence, at: int, up: int) -> bool:
    """Whether a noun outside a quotation would hang on a word inside it: it belongs to the verb that quotes."""
    return s.tokens[at].relation in {"obl", "nmod"} and s.is_quoted(up) and not s.is_quoted(at)


def _rules(s: Sentence, i: int) -> bool:
    token = s.tokens[i]
    if token.deprel == "acl:relcl" or token.deprel in {"nmod:poss", "nmod:unmarked", "obl:unmarked", "obl:agent"}:
        return False
    if token.relation in {"obl", "nmod"}:
        return preposition(s, i) in RULING
    return token.relation in RULED


#: Where a verb is in several lists, the reading that fits what hangs on it.
CLAUSE_FIRST = (
    "deny",
    "fail",
    "refuse",
    "seek",
    "attempt",
    "plan",
    "agree",
    "promise",
    "begin",
    "continue",
    "carry",
    "raise",
    "say",
)
NOUN_FIRST = (
    "deny", "cancel", "refuse", "fail", "seek", "receive",
    "accept", "agree", "attempt", "mediate", "plan", "begin", "continue", "end",
    "promise", "carry", "raise", "say",
)  # fmt: skip


def _gerund_after(s: Sentence, i: int) -> bool:
    """Whether a preposition leads from the noun to the gerund ("openness to meeting")."""
    marks = {lemma(s, c) for c in s.children[i] if s.tokens[c].relation in {"mark", "case"}}
    return s.tokens[i].form.lower().endswith("ing") and bool(marks & RULING)


def _choose(s: Sentence, at: int, up: int, effects: frozenset[str], *, clause: bool) -> str:
    relation = "acl" if clause else s.tokens[at].relation
    if lemma(s, up) == "way" and relation != "nsubj":
        return ""  # "talks are under way", but not what they are over
    if relation == "acl" and not clause and s.tokens[up].upos == "NOUN" and lemma(s, up) not in CHANCES:
        effects = effects - {"carry", "raise"}  # "in the coming days to discuss …": the noun does not hold the clause
    order = CLAUSE_FIRST if relation in {"xcomp", "ccomp", "csubj", "acl"} else NOUN_FIRST
    if relation == "acl" and not clause and s.tokens[at].feats.get("VerbForm") != "Inf" and not _gerund_after(s, at):
        return ""
    within = relation in {"obl", "nmod"} and preposition(s, at) in WITHIN and s.tokens[up].upos == "VERB"
    within = within or (preposition(s, at) == "on" and lemma(s, at) in JOURNEYS)
    for effect in order:
        if effect in effects and not (within and effect not in LASTING):
            return effect
    return ""
