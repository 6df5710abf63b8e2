"""What a word of a sentence tells in PLOVER: its own phrase, its noun under a light verb, and what rules it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.codebook.plover import COOPERATIVE, FORCEFUL, Code, PloverBook, PloverPhrase
from dragoman.model import Sentence
from dragoman.reading.coding.modes import content_mode
from dragoman.reading.tree import lemma as parsed_lemma
from dragoman.reading.tree import negated, preposition

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "'d", "’d"})
DUTY = frozenset({"must", "should", "ought"})
INTENT = frozenset({"willing", "ready", "unwilling", "reluctant", "prepared"})
#: What hangs on a verb as that which it ends, promises or refuses.
BENEATH = ("xcomp", "ccomp", "obj", "nsubj:pass", "obl", "advcl")
#: Nouns that say how much there is of what hangs on them.
QUANTITIES = frozenset(
    ["package", "round", "series", "tranche", "set", "amount", "wave", "number", "billion", "million", "thousand", "worth", "total",
     "array", "range", "string", "spate", "lot", "part", "share", "dose", "ton", "tonne", "shipment", "load", "dollar", "euro", "pound"]
)  # fmt: skip
#: Where the noun of a light verb hangs on it ("carried out an attack", "an attack was launched", "engaged in talks").
CARRIED = ("obj", "nsubj:pass", "obl", "xcomp")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word, what it tells, and by which phrase and rule of composition.

    ``bearer`` is the verb that lends its noun a doer ("launched an attack"), ``under`` what the word was composed with ("agreed to
    meet": the meeting), whose sides are those of the whole where it names none; ``asked`` where a duty that somebody tells of another
    is a request ("said that Peru must leave"): who says so asks, and the clause's own subject is asked.
    """

    word: int
    code: Code
    rule: str
    bearer: int = -1
    under: Trigger | None = None
    asked: bool = False

    @property
    def bearers(self) -> tuple[int, ...]:
        """The words on which the sides may hang, the verb first."""
        return (self.bearer, self.word) if self.bearer >= 0 else (self.word,)

    @property
    def consumed(self) -> frozenset[int]:
        """All words that the composition used."""
        return frozenset(self.bearers) | (self.under.consumed if self.under else frozenset())


def lemma(s: Sentence, i: int, book: PloverBook) -> str:
    """The word's lemma; where the lexicon has no such word, the nearest regular spelling that it has ("prais", "fre", "cancell")."""
    word = parsed_lemma(s, i)
    if word in book.words or s.tokens[i].upos not in {"VERB", "NOUN"}:
        return word
    if form := book.irregular.get(s.tokens[i].form.lower()):
        return form
    if s.tokens[i].upos == "NOUN" and word.endswith("s") and word[:-1] in book.words:
        return word[:-1]
    bare = word.rstrip("e")
    ending: tuple[str, ...] = (bare.rstrip("i") + "y",) if bare.endswith("i") else ()
    for guess in (*ending, word + "e", bare + "ee", bare, bare[:-1] if bare[-1:] == bare[-2:-1] else bare):
        if len(guess) > 3 and guess in book.words:
            return guess
    return word


def verbal(s: Sentence, i: int) -> bool:
    """Whether the word is read as a verb (or is an adjective of intent: "willing to")."""
    token = s.tokens[i]
    if token.upos == "ADJ" and parsed_lemma(s, i) in INTENT:
        return True
    return token.upos in {"VERB", "AUX"} or (token.upos == "ADJ" and bool(token.feats.get("VerbForm")))


def adjectival(s: Sentence, i: int, book: PloverBook) -> bool:
    """Whether the word tells what somebody is rather than what was done to him ("is concerned", "remains committed to")."""
    token = s.tokens[i]
    if token.upos not in {"ADJ", "VERB"} or ("adjective", token.form.lower()) not in book.phrases:
        return False
    if token.upos == "ADJ" or token.relation == "xcomp" or s.dependants(i, "cop"):
        return True
    return bool(s.dependants(i, "aux:pass")) and not s.dependants(i, "obl:agent")


def phrase_at(s: Sentence, i: int, book: PloverBook) -> PloverPhrase | None:
    """The longest phrase of the lexicon whose head stands at ``i``; ``None`` where there is none."""
    token = s.tokens[i]
    if adjectival(s, i, book):
        phrases = book.phrases["adjective", token.form.lower()]
    elif verbal(s, i):
        phrases = book.phrases.get(("verb", lemma(s, i, book)), ())
    elif token.upos in {"NOUN", "PROPN"}:
        phrases = book.phrases.get(("noun", lemma(s, i, book)), ())
    else:
        return None
    near: frozenset[str] | None = None
    for phrase in phrases:
        if phrase.others and near is None:
            near = _near(s, i, book)
        if not phrase.others or (near is not None and near.issuperset(phrase.others)):
            return phrase if phrase.code.type else None
    return None


def _near(s: Sentence, i: int, book: PloverBook) -> frozenset[str]:
    """Lemmas that hang on the word or, in phrases, on what hangs on it; not those of other clauses."""
    found: set[str] = set()
    for c in s.children[i]:
        relation = s.tokens[c].relation
        if relation in {"advcl", "conj", "ccomp", "acl", "parataxis"}:
            continue
        if relation == "nsubj" and s.tokens[c].deprel != "nsubj:pass":
            if c < i or not (before := preposition(s, c)):
                continue
            found.add(before)  # "spoke with Minister Berg", read as a second subject
        found.update((lemma(s, c, book), f"+{s.tokens[c].relation}"))
        found.update(
            lemma(s, d, book) for d in s.children[c] if s.tokens[d].relation in {"case", "amod", "compound", "nmod"}
        )
    return frozenset(found)


def told(s: Sentence, i: int, book: PloverBook, depth: int = 0) -> Trigger | None:
    """What the clause of the word at ``i`` tells, with refusals, plans and ends composed; ``None`` where the lexicon is silent."""
    phrase = phrase_at(s, i, book)
    own = Trigger(i, phrase.code, phrase.text) if phrase else None
    if not verbal(s, i) and s.tokens[i].upos != "ADJ":
        return _noun_of_speech(s, own, book, depth)
    composed = _composed(s, i, own, book, depth)
    if composed is None:
        return None
    if composed.code.type == "MOBILIZE" and depth < 2:
        aim = _under(s, i, ("advcl", "xcomp"), book, depth)
        if aim and aim.code.type == "AID":  # forces sent to help are aid (CAMEO 072, 074)
            composed = Trigger(composed.word, aim.code, f"{composed.rule} > {aim.rule}", under=aim)
    return _modal(s, i, composed, book)


def _noun_of_speech(s: Sentence, own: Trigger | None, book: PloverBook, depth: int) -> Trigger | None:
    """A commitment, demand or threat with what it is about, told by a clause on it ("its commitment to help Chile")."""
    if own is not None and (carrier := _carrying(s, own.word, book)) is not None:
        own = replace(own, bearer=carrier)
    if own is None or own.code.type not in {"AGREE", "REQUEST", "REJECT", "THREATEN"} or depth >= 2:
        return own
    under = _under(s, own.word, ("acl",), book, depth)
    if under is None:
        return own
    if own.code.type == "AGREE" and under.code.type in FORCEFUL - {"MOBILIZE"}:  # "its vow to destroy the fleet"
        return replace(_over(own.word, "THREATEN", under, book, own.rule), bearer=own.bearer)
    mode = own.code.mode or content_mode(own.code.type, under.code)
    return replace(own, code=replace(own.code, mode=mode), under=under)


def _carrying(s: Sentence, i: int, book: PloverBook) -> int | None:
    """The light verb of a relative clause that lends the noun its doer: "the promise that Peru made to Chile"."""
    for c in s.children[i]:
        if s.tokens[c].deprel != "acl:relcl" or lemma(s, c, book) not in book.composed["light"] - {"have", "be", "see"}:
            continue
        things = s.dependants(c, "obj")
        if verbal(s, c) and s.dependants(c, "nsubj") and all(s.tokens[o].upos == "PRON" for o in things):
            return c
    return None


def _composed(s: Sentence, i: int, own: Trigger | None, book: PloverBook, depth: int) -> Trigger | None:
    word = _with_particle(s, i, book)
    long = own is not None and len(own.rule.split()) > 1
    if own is not None and own.rule in book.composed["commit"]:
        word, long = own.rule, False
    if depth < 2 and not long:
        if word in book.composed["intend"] and (under := _under(s, i, _promised(word, book), book, depth)):
            return _intended(i, under, book) if word != "announce" else replace(under, bearer=i)
        if word in book.composed["stop"] and (under := _under(s, i, BENEATH[:4], book, depth)):
            return _stopped(i, under, book, word)
        if word in book.composed["light"] and (under := _under(s, i, CARRIED, book, depth)):
            return replace(under, rule=f"{word} > {under.rule}", bearer=i)
    if own is None and depth < 2 and word in book.composed["refuse"]:
        below = _under(s, i, BENEATH[:3], book, depth)
        return _over(i, "REJECT", below, book, word) if below else None
    return _with_content(s, i, own, book, depth)


def _over(i: int, kind: str, under: Trigger, book: PloverBook, why: str) -> Trigger:
    """A type that speaks of what stands beneath, with the mode that this gives it."""
    code = replace(book.roots[kind], mode=content_mode(kind, under.code))
    return Trigger(i, code, f"{why} > {under.rule}", under=under)


def _with_content(s: Sentence, i: int, own: Trigger | None, book: PloverBook, depth: int) -> Trigger | None:
    """A request, a refusal or a threat with the mode that what it is about gives it ("called for talks": meet)."""
    if own is None or own.code.mode or own.code.type not in {"REQUEST", "REJECT", "THREATEN"} or depth >= 2:
        return own
    below = _under(s, i, (*BENEATH[:3], "obl", "nmod"), book, depth, anywhere=True)
    return replace(own, code=replace(own.code, mode=content_mode(own.code.type, below.code))) if below else own


def _with_particle(s: Sentence, i: int, book: PloverBook) -> str:
    particles = [lemma(s, c, book) for c in s.children[i] if s.tokens[c].deprel == "compound:prt"]
    return f"{lemma(s, i, book)} {particles[0]}" if particles else lemma(s, i, book)


def _under(
    s: Sentence, i: int, relations: tuple[str, ...], book: PloverBook, depth: int, *, anywhere: bool = False
) -> Trigger | None:
    for relation in relations:
        for c in s.children[i]:
            token = s.tokens[c]
            if relation not in (token.deprel, token.relation):
                continue
            if relation == "obl" and not anywhere and (verbal(s, c) or not _carries(s, c)):
                continue
            if relation == "advcl" and not anywhere and not _complement(s, c):
                continue
            for each in (c, *_counted(s, c)):
                if found := told(s, each, book, depth + 1):
                    return found
    return None


def _counted(s: Sentence, c: int) -> list[int]:
    """What there is a number or a share of: "a round of sanctions", "$5 million in aid"."""
    token = s.tokens[c]
    if token.upos not in {"NUM", "SYM"} and parsed_lemma(s, c) not in QUANTITIES:
        return []
    return [x for x in s.dependants(c, "nmod") if preposition(s, x) in {"of", "in", "for"}]


def _promised(word: str, book: PloverBook) -> tuple[str, ...]:
    """Where that stands which is intended; a commitment's behind "to" as well ("committed to supporting")."""
    return ("xcomp", "ccomp", "obl", "advcl") if word in book.composed["commit"] else ("xcomp", "ccomp")


def _complement(s: Sentence, c: int) -> bool:
    """Whether an adverbial clause is what the verb above is about: an infinitive, or "to" and a gerund ("committed to helping")."""
    form = s.tokens[c].feats.get("VerbForm")
    marks = {parsed_lemma(s, m) for m in s.children[c] if s.tokens[m].relation in {"mark", "case"}}
    return form == "Inf" or (form in {"Ger", "Part"} and "to" in marks)


def _carries(s: Sentence, c: int) -> bool:
    return any(parsed_lemma(s, p) in {"in", "into", "to"} for p in s.children[c] if s.tokens[p].relation == "case")


def _intended(i: int, under: Trigger, book: PloverBook) -> Trigger:
    if under.code.type == "MOBILIZE":
        return Trigger(i, book.roots["AGREE"], f"intended > {under.rule}", under=under)
    return _meant(i, under, book, "intended")


def _meant(i: int, under: Trigger, book: PloverBook, why: str) -> Trigger:
    """An act to come: a promise of cooperation, a threat of force (PLOVER codes what is said, not what will be)."""
    kind = under.code.type
    if kind in COOPERATIVE:
        return Trigger(i, book.roots["AGREE"], f"{why} > {under.rule}", under=under)
    if kind in FORCEFUL - {"MOBILIZE"}:
        return _over(i, "THREATEN", under, book, why)
    return replace(under, bearer=i) if under.word != i else under


def _stopped(i: int, under: Trigger, book: PloverBook, word: str) -> Trigger:
    kind = under.code.type
    rule = f"ended > {under.rule}"
    if kind == "CONSULT" and word in book.composed["cancel"]:
        return Trigger(i, replace(book.roots["REJECT"], mode="meet"), rule, under=under)
    if kind in COOPERATIVE:
        mode = "withdraw" if kind == "CONSULT" else "discontinue"
        return Trigger(i, replace(book.roots["SANCTION"], mode=mode), rule, under=under)
    if kind in {"ASSAULT", "MOBILIZE"}:
        mode = "withdraw" if kind == "MOBILIZE" else "ceasefire"
        return Trigger(i, replace(book.roots["RETREAT"], mode=mode), rule, under=under)
    return Trigger(i, book.roots["CONCEDE"], rule, under=under)


def _modal(s: Sentence, i: int, found: Trigger, book: PloverBook) -> Trigger:
    """Negated cooperation is a refusal; cooperation or force that will be is a promise or a threat."""
    kind = found.code.type
    helpers = {lemma(s, c, book) for c in s.children[i] if s.tokens[c].relation == "aux"}
    if negated(s, i) is not None and kind in COOPERATIVE and not helpers & DUTY:
        return _over(i, "REJECT", found, book, "not")
    if helpers & DUTY and s.tokens[i].relation in {"ccomp", "parataxis"} and not _inverted(s, i):
        return replace(_over(i, "REQUEST", found, book, "should"), asked=True)
    if helpers & FUTURE and negated(s, i) is None:
        return _meant(i, found, book, "will")
    return found


def _inverted(s: Sentence, i: int) -> bool:
    """Whether the auxiliary stands before the subject: a condition or a question ("should Peru leave")."""
    helpers = s.dependants(i, "aux")
    return any(h < x for h in helpers[:1] for x in s.dependants(i, "nsubj"))
