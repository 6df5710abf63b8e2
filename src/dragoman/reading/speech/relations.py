"""Relations of attribution in one sentence, in PARC's words: a source, a cue, and the content that the source is said to have told.

The shapes are those that PARC and the annotation guidelines of PolNeAR describe: verbs with a clause ("said that"), with an infinitive
("pledged to"), with what they are about ("condemned the strike", "called for talks"), parenthetic verbs ("he said"), nouns with a clause
("the claim that"), adjectives of mind ("confident that"), and prepositions ("according to"). The verbs stand in ``codebook/attribution.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.tree import conjuncts, is_passive, own_subjects, preposition, subjects, tells_time

Shape = Literal[
    "clause",
    "quote",
    "parenthesis",
    "infinitive",
    "object",
    "oblique",
    "noun",
    "adjective",
    "preposition",
    "passive",
    "colon",
    "bare",
    "account",
]

#: Relations of the words that may stand inside a cue beside its head ("has repeatedly", "did not", "called for").
CUE_PARTS = frozenset({"aux", "advmod", "cop", "fixed"})
#: Clauses beneath a content that tell how it was said rather than what: they stay out of it.
PREPOSITIONS = frozenset({"according to", "accord to", "per"})
#: Shorter stems are not put right.
MIN_STEM = 4
#: Subordinators of what is said in part or asked ("did not say whether").
ASKED = frozenset({"if", "whether", "when", "how", "why", "where", "what", "who"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution: word places of the cue (``head`` its main word), the source's head (-1: not told here), and the content."""

    head: int
    cue: tuple[int, ...]
    source: int
    content: tuple[int, ...]
    shape: Shape

    def covers(self, word: int) -> bool:
        """Whether the word stands between the first and last word of the content."""
        return bool(self.content) and self.content[0] <= word <= self.content[-1] and word not in self.cue


def lemma(s: Sentence, i: int) -> str:
    """The word's lemma as the codebook spells it, also where the lemmatiser cut the ending short ("endors", "slamm", "seiz")."""
    return _spelled(s.tokens[i].lemma.lower())


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    known = _verbs()
    if word in known or len(word) < MIN_STEM:
        return word
    for other in (
        word + "e",
        word[:-1] if word[-1] == word[-2] or word[-1] == "e" else word,
        word[:-1] + "y" if word[-1] == "i" else word,
    ):
        if other in known:
            return other
    return word


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    lists = word_lists("attribution")
    firsts = {x.split()[0] for x in lists["oblique"] | lists["aimed"]}
    return lists["say"] | lists["object"] | lists["intend"] | lists["bringing"] | firsts


def relations_of(s: Sentence) -> list[Relation]:
    """The sentence's relations, in the order of their cues."""
    found: list[Relation] = []
    colon = _colon(s)
    if colon is not None:
        found.append(colon)
    for i, token in enumerate(s.tokens):
        if colon is not None and i in colon.cue:
            continue
        if token.upos in {"VERB", "AUX"}:
            relation = _verb(s, i)
        elif token.upos == "ADJ":
            relation = _adjective(s, i)
        elif token.upos in {"NOUN", "PROPN"}:
            relation = _prepositional(s, i) or _noun(s, i)
        elif token.lemma.lower() in {"according", "accord"}:
            relation = _according(s, i)
        else:
            relation = None
        if relation is not None:
            found.append(relation)
    return found


# ------------------------------------------------------------------------------------------------------------ verbs


#: A turn or a headline: up to so many words before a colon name the speaker.
TURN_WORDS = 8


def _colon(s: Sentence) -> Relation | None:
    """Words before a colon that name who speaks after it ("MR PRICE: …", "Poll: …"), with a verb of saying or without any verb."""
    colon = next((i for i, t in enumerate(s.tokens[: TURN_WORDS + 4]) if t.form == ":"), None)
    if not colon or (colon == len(s.tokens) - 1 and not _say_before(s, colon)):
        return None
    before = range(colon)
    say = _say_before(s, colon)
    content = tuple(range(colon + 1, len(s.tokens)))
    if say is not None:
        return Relation(say, (*_cue(s, say), colon), _source_of(s, say), content, "clause") if content else None
    if colon > TURN_WORDS or any(s.tokens[i].upos in {"VERB", "AUX", "PRON", "ADV", "SCONJ"} for i in before):
        return None
    names = [i for i in before if s.tokens[i].upos in {"PROPN", "NOUN"}]
    capital = names and s.tokens[names[0]].form[0].isupper()
    if not capital or not any(t.upos in {"VERB", "AUX"} for t in s.tokens[colon:]):
        return None
    heads = [i for i in names if s.tokens[i].head not in before]
    return Relation(colon, (colon,), heads[0] if heads else names[-1], content, "colon")


def _say_before(s: Sentence, colon: int) -> int | None:
    """The verb of saying that governs the colon, a few words before it."""
    for i in range(colon - 1, max(-1, colon - 4), -1):
        if s.tokens[i].upos == "VERB" and lemma(s, i) in word_lists("attribution")["say"]:
            return i
    return None


def _verb(s: Sentence, i: int) -> Relation | None:
    lists = word_lists("attribution")
    word = lemma(s, i)
    if word == "make":
        return _made_clear(s, i)
    if word in lists["no_cue"] or (word == "accord" and preposition(s, i)) or _speaks_to_reader(s, i):
        return None
    source = _source_of(s, i)
    clause = _clause(s, i)
    if clause and (word in lists["say"] or source >= 0) and _tells(s, i):
        shape: Shape = "quote" if s.is_quoted(clause[0]) and not s.is_quoted(i) else "clause"
        return _made(s, i, source, clause, shape)
    held = _parenthetic(s, i)
    if held and word in lists["say"]:
        return Relation(i, _cue(s, i), source, held, "parenthesis")
    goal = s.dependants(i, "xcomp") if word in lists["intend"] else []
    if (
        goal
        and s.tokens[goal[0]].upos in {"VERB", "AUX", "ADJ", "NOUN"}
        and not (word in lists["trying"] and _says_itself(s, goal[0]))
    ):
        return _made(s, i, source, [*_asked(s, i), *goal], "infinitive")
    return (
        _aimed(s, i, word, source)
        or _about(s, i, word, source)
        or _beside_quotation(s, i, word, source)
        or _bare(s, i, word, source)
    )


def _bare(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """A verb of saying whose content stands in other sentences, or that the tree has lost ("Smith demanded.")."""
    lists = word_lists("attribution")
    if (
        word not in lists["say"]
        or word in lists["mind"]
        or word in lists["showing"]
        or s.tokens[i].relation in {"amod", "compound", "acl"}
    ):
        return None
    if s.dependants(i, "obj", "iobj", "xcomp") and word != "tell":
        return None
    return Relation(i, _cue(s, i), source, (), "bare")


def _made_clear(s: Sentence, i: int) -> Relation | None:
    """The words "made clear that …" and "made it known that …": the verb with its adjective is the cue."""
    for c in s.dependants(i, "xcomp", "obj", "amod", "advmod"):
        if s.tokens[c].lemma.lower() in {"clear", "plain", "known", "public", "explicit"}:
            told = s.dependants(i, "ccomp") + s.dependants(c, "ccomp", "csubj")
            if told:
                words = sorted({w for x in told for w in s.subtree(x)})
                return Relation(
                    c,
                    tuple(sorted({i, *range(min(i, c), max(i, c) + 1)})),
                    _source_of(s, i),
                    _trimmed(s, words),
                    "clause",
                )
    return None


def _speaks_to_reader(s: Sentence, i: int) -> bool:
    """Whether the verb is the author's word to the reader ("read the rest", "as you know")."""
    if s.is_quoted(i):
        return False
    found = own_subjects(s, i)
    if found:
        return lemma(s, found[0]) == "you"
    return s.tokens[i].feats.get("Mood") == "Imp"


def _says_itself(s: Sentence, i: int) -> bool:
    """Whether an infinitive is itself a word of saying ("tried to explain …"): then it is the cue."""
    lists = word_lists("attribution")
    return (
        s.tokens[i].upos == "VERB"
        and (lemma(s, i) in lists["say"] or lemma(s, i) in lists["object"])
        and _verb(s, i) is not None
    )


def _issued(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """A paper put out about something ("released a summary of the call"): its issuer tells of it."""
    if word not in {"release", "issue", "publish"} or is_passive(s, i):
        return None
    for obj in s.dependants(i, "obj"):
        if lemma(s, obj) not in word_lists("attribution")["accounts"]:
            continue
        for c in s.dependants(obj, "nmod"):
            if preposition(s, c) in {"of", "about", "on"}:
                edge = max(x for x in s.children[c] if s.tokens[x].relation == "case" and x < c)
                return Relation(
                    i,
                    tuple(range(_cue(s, i)[0], edge + 1)),
                    source,
                    _trimmed(s, [w for w in s.subtree(c) if w > edge]),
                    "account",
                )
    return None


def _aimed(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """Verbs that name whom they are aimed at before what they tell ("accused Oslo of …", "likened it to …")."""
    for c in s.dependants(i, "obl", "advcl", "xcomp"):
        p = preposition(s, c) or _mark(s, c)
        if c > i and f"{word} {p}" in word_lists("attribution")["aimed"]:
            edge = max((x for x in s.children[c] if s.tokens[x].relation in {"case", "mark"} and x < c), default=None)
            if edge is None:
                continue
            first = _cue(s, i)[0]
            cue = tuple(range(first, edge + 1)) if edge == i + 1 else (*_cue(s, i), edge)
            words = [w for w in s.subtree(c) if w > edge]
            return Relation(i, cue, source, _trimmed(s, words), "oblique")
    return None


def _beside_quotation(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """A verb of saying to which the tree gives no content, beside a quotation or after "as", or about what a relative names."""
    if word not in word_lists("attribution")["say"] or word in word_lists("attribution")["mind"]:
        return None
    if _mark(s, i) == "as" and s.tokens[i].head >= 0:
        own = set(s.subtree(i))
        return Relation(
            i, _cue(s, i), source, _trimmed(s, [w for w in s.subtree(s.tokens[i].head) if w not in own]), "parenthesis"
        )
    relative = [c for c in s.dependants(i, "obj") if lemma(s, c) in {"what", "which"}]
    if relative:
        return Relation(i, _cue(s, i), source, tuple(relative), "object")
    if s.is_quoted(i) or not source >= 0 or s.tokens[i].deprel == "acl":
        return None
    for first, last in s.quoted:
        between = range(last + 1, i) if last < i else range(i + 1, first)
        if not any(s.tokens[j].upos == "VERB" for j in between):
            return Relation(i, _cue(s, i), source, tuple(range(first, last + 1)), "quote")
    return None


def _source_of(s: Sentence, i: int) -> int:
    """The head of the source of a verb: its subject, or the agent of a passive; -1 where the sentence does not tell it."""
    if is_passive(s, i):
        agents = s.dependants(i, "obl:agent") or [c for c in s.dependants(i, "obl") if preposition(s, c) == "by"]
        return agents[0] if agents else -1
    above = _beside(s, i)
    found = (subjects(s, above) if above is not None else []) or subjects(s, i)
    return found[0] if found else -1


def _beside(s: Sentence, i: int) -> int | None:
    """The verb whose subject speaks in a participle beside it ("called on them to join, adding …"), whatever stands between."""
    token = s.tokens[i]
    participle = (
        token.feats.get("VerbForm") in {"Ger", "Part"}
        and token.relation in {"advcl", "acl"}
        and token.deprel != "acl:relcl"
    )
    if not participle or own_subjects(s, i) or (token.relation == "acl" and (i == 0 or s.tokens[i - 1].form != ",")):
        return None
    head = token.head
    while head >= 0 and s.tokens[head].upos not in {"VERB", "AUX"}:
        head = s.tokens[head].head
    return head if head >= 0 else None


def _clause(s: Sentence, i: int) -> list[int]:
    found = s.dependants(i, "ccomp")
    told = lemma(s, i) in word_lists("attribution")["say"]
    if told:
        found += [
            c
            for c in s.dependants(i, "parataxis", "obj", "xcomp", "dep", "advcl", "obl")
            if s.is_quoted(c) and not s.is_quoted(i)
        ]
        found += [
            c
            for c in s.dependants(i, "advcl")
            if c > i and (_mark(s, c) in ASKED or any(lemma(s, x) in ASKED for x in s.dependants(c, "advmod")[:1]))
        ]
        if not found and s.tokens[i].head < 0:
            found += [
                c
                for c in s.dependants(i, "parataxis")
                if s.tokens[c].upos in {"VERB", "AUX"} and (c < i or _after_colon(s, c))
            ]
    return found


def _after_colon(s: Sentence, c: int) -> bool:
    return any(s.tokens[p].form in {":", "—", "–", "-", "--"} for p in s.children[c] if s.tokens[p].upos == "PUNCT")


def _tells(s: Sentence, i: int) -> bool:
    """Whether the verb with its clause attributes: not "make sure that", not "it happened that"."""
    own = own_subjects(s, i)
    expletive = bool(s.dependants(i, "expl")) or (
        own and lemma(s, own[0]) == "it" and lemma(s, i) in {"seem", "appear", "happen", "turn"}
    )
    return not expletive


def _parenthetic(s: Sentence, i: int) -> tuple[int, ...]:
    """The words around a parenthetic cue ("…, he said, …"): the clause above it without the cue's own words."""
    token = s.tokens[i]
    if (
        token.relation not in {"parataxis", "discourse"}
        or token.head < 0
        or not (s.dependants(i, "nsubj") or i > token.head)
    ):
        return ()
    own = set(s.subtree(i))
    held = [w for w in s.subtree(token.head) if w not in own]
    return _trimmed(s, held)


def _asked(s: Sentence, i: int) -> list[int]:
    return [c for c in s.dependants(i, "obj", "iobj") if s.tokens[c].deprel != "expl"]


def _about(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """Verbs whose content is what they are about: an object, or an oblique with its own preposition."""
    lists = word_lists("attribution")
    objects = s.dependants(i, "nsubj:pass") if is_passive(s, i) else s.dependants(i, "obj")
    for c in s.dependants(i, "obl", "advcl"):
        if c < i or tells_time(s, c):
            continue
        p = preposition(s, c) or _mark(s, c)
        if f"{word} {p}" in lists["oblique"]:
            cases = tuple(x for x in s.children[c] if s.tokens[x].relation in {"case", "mark"} and x < c)
            cue = tuple(sorted({*_cue(s, i), *cases}))
            return Relation(i, cue, source, _trimmed(s, [w for w in s.subtree(c) if w not in cue]), "oblique")
    if word in lists["naming"] and not objects:
        objects = [c for c in s.dependants(i, "xcomp") if c > i]
    if word not in lists["object"] or not objects or _carried(s, objects[0], word):
        return None
    if s.tokens[objects[0]].upos == "PRON" and not s.dependants(i, "obl", "xcomp", "advcl"):
        return None
    heads = [*objects, *(c for c in s.dependants(i, "xcomp") if c > i)]
    heads += [
        c
        for c in s.dependants(i, "obl", "advcl")
        if c > objects[0] and preposition(s, c) in {"as", "for", "of", "over"}
    ]
    shape: Shape = "passive" if is_passive(s, i) else "object"
    return _made(s, i, source, heads, shape)


def _carried(s: Sentence, obj: int, word: str) -> bool:
    """Whether the object is the word of saying and the verb only brings it ("raised questions about …")."""
    lists = word_lists("attribution")
    if word not in lists["bringing"] or s.tokens[obj].upos != "NOUN":
        return False
    return _noun(s, obj) is not None


def _mark(s: Sentence, c: int) -> str:
    marks = s.dependants(c, "mark")
    return lemma(s, marks[0]) if marks else ""


def _made(s: Sentence, i: int, source: int, heads: list[int], shape: Shape) -> Relation:
    cue = _cue(s, i)
    own = set(cue) | ({i} if i not in cue else set())
    words = sorted({w for c in heads for w in s.subtree(c)} - own)
    return Relation(i, cue, source, _trimmed(s, words), shape)


def _trimmed(s: Sentence, words: list[int]) -> tuple[int, ...]:
    """The words without the marks at their edges; quotation marks stay."""
    keep = sorted(words)
    while keep and s.tokens[keep[0]].form in {",", ":", ".", ";", "—", "–", "-", "--"}:
        keep.pop(0)
    while keep and s.tokens[keep[-1]].form in {",", ":", ".", ";", "—", "–", "-", "--"} and not s.is_quoted(keep[-1]):
        keep.pop()
    return tuple(keep)


def _cue(s: Sentence, i: int) -> tuple[int, ...]:
    """The cue's words: the verb with its auxiliaries, negation, particles and the adverbs that touch it."""
    own = {i}
    for c in s.children[i]:
        token = s.tokens[c]
        if (
            token.relation in {"aux", "cop"}
            or token.deprel == "compound:prt"
            or (token.relation == "advmod" and token.upos in {"ADV", "PART"})
        ):
            own.add(c)
    above = s.tokens[i].head
    if s.tokens[i].relation == "xcomp" and above >= 0 and s.tokens[above].upos == "VERB" and i - above <= 3:
        own |= set(_cue(s, above)) | {c for c in s.dependants(i, "mark") if c < i}
    if is_passive(s, i):
        own |= {
            x
            for c in s.dependants(i, "obl", "obl:agent")
            for x in s.children[c]
            if s.tokens[x].relation == "case" and lemma(s, x) == "by"
        }
    own |= {c for c in s.dependants(i, "mark") if lemma(s, c) == "to"}
    if lemma(s, i) in word_lists("attribution")["occasions"]:
        own |= _occasion(s, i)
    kept = {i}
    for step in (-1, 1):
        j = i + step
        while j in own:
            kept.add(j)
            j += step
    return tuple(sorted(kept))


def _occasion(s: Sentence, i: int) -> set[int]:
    """The words right after a verb of saying that tell when and where it was said ("said in an interview", "said on Friday")."""
    found: set[int] = set()
    settings = word_lists("attribution")["settings"]
    for c in s.children[i]:
        if c < i or s.tokens[c].relation != "obl" or s.is_quoted(c):
            continue
        if tells_time(s, c) or (preposition(s, c) in {"in", "at", "during", "on"} and lemma(s, c) in settings):
            found.update(s.subtree(c))
    return found


# --------------------------------------------------------------------------------- nouns, adjectives, prepositions


def _noun(s: Sentence, i: int) -> Relation | None:
    if lemma(s, i) not in word_lists("attribution")["nouns"]:
        return None
    if lemma(s, i) in word_lists("attribution")["topics"]:
        told = _topic(s, i)
        if told is not None:
            return told
    clauses = [
        c
        for c in s.dependants(i, "ccomp", "acl")
        if s.tokens[c].deprel != "acl:relcl"
        and (_mark(s, c) in {"that", "to"} or s.tokens[c].feats.get("VerbForm") == "Inf")
    ]
    if not clauses:
        return None
    owners = s.dependants(i, "nmod:poss")
    words = sorted({w for c in clauses for w in s.subtree(c)})
    head = s.tokens[i].head
    if s.tokens[i].relation == "obj" and lemma(s, head) in word_lists("attribution")["bringing"] and 0 < i - head <= 4:
        return Relation(i, tuple(range(_cue(s, head)[0], i + 1)), _source_of(s, head), _trimmed(s, words), "noun")
    return Relation(i, (i,), owners[0] if owners else -1, _trimmed(s, words), "noun")


def _topic(s: Sentence, i: int) -> Relation | None:
    """A noun of communication with what it is about ("criticism of …"), and the verb that brings it ("raised questions about …")."""
    for c in s.dependants(i, "nmod"):
        cases = [x for x in s.children[c] if s.tokens[x].relation == "case"]
        if c < i or not cases or preposition(s, c) not in {"about", "on", "against", "for", "of", "over"}:
            continue
        edge, head = max(cases), s.tokens[i].head
        source, first = next(iter(s.dependants(i, "nmod:poss")), -1), i
        if s.tokens[i].relation == "obj" and head >= 0 and i - head <= 4:
            source, first = _source_of(s, head), _cue(s, head)[0]
        elif s.tokens[i].relation == "obj" or (preposition(s, c) in {"for", "of"} and source < 0):
            return None
        words = [w for w in s.subtree(c) if w > edge]
        return Relation(i, tuple(range(first, edge + 1)), source, _trimmed(s, words), "noun")
    return None


def _adjective(s: Sentence, i: int) -> Relation | None:
    if lemma(s, i) not in word_lists("attribution")["adjectives"]:
        return None
    found = own_subjects(s, i)
    clauses = s.dependants(i, "ccomp", "xcomp", "advcl") + [
        c for c in s.dependants(i, "obl") if preposition(s, c) in {"about", "of", "over", "by", "with"}
    ]
    clauses = [c for c in clauses if c > i]
    if not clauses or (found and lemma(s, found[0]) == "it"):
        return None
    words = sorted({w for c in clauses[:1] for w in s.subtree(c)})
    return Relation(i, _cue(s, i), found[0] if found else -1, _trimmed(s, words), "adjective")


def _prepositional(s: Sentence, i: int) -> Relation | None:
    """A source under a preposition: "according to", "per", "in the words of"."""
    if preposition(s, i) not in PREPOSITIONS or s.tokens[i].head < 0:
        return None
    if (
        preposition(s, i) == "per"
        and s.tokens[i].upos != "PROPN"
        and lemma(s, i) not in word_lists("attribution")["document_heads"]
    ):
        return None
    words_of_it = [i, *(c for c in s.children[i] if c < i)]
    cases = [
        c
        for w in words_of_it
        for c in s.children[w]
        if s.tokens[c].relation == "case" and lemma(s, c) in {"accord", "according", "per"}
    ]
    cue = sorted({x for c in cases for x in s.subtree(c)})
    if not cue:
        return None
    own = set(s.subtree(i))
    head = _clause_above(s, i)
    words = [w for w in s.subtree(head) if w not in own]
    return Relation(cue[0], tuple(cue), i, _trimmed(s, words), "preposition")


def _according(s: Sentence, i: int) -> Relation | None:
    """The words "according to" parsed as a participle with its oblique."""
    named = s.dependants(i, "obl", "nmod")
    if not named or s.tokens[i].head < 0:
        return None
    cue = tuple(sorted({i, *(c for c in s.children[named[0]] if s.tokens[c].relation == "case")}))
    own = set(s.subtree(i))
    words = [w for w in s.subtree(_clause_above(s, i)) if w not in own]
    return Relation(i, cue, named[0], _trimmed(s, words), "preposition")


def _clause_above(s: Sentence, i: int) -> int:
    """The head of the clause that the words at ``i`` qualify."""
    head = s.tokens[i].head
    while head >= 0 and s.tokens[head].head >= 0:
        token = s.tokens[head]
        if token.relation in {"ccomp", "advcl", "parataxis", "acl"} and token.upos in {"VERB", "AUX"}:
            return head
        if token.relation == "conj" and token.upos in {"VERB", "AUX"}:
            head = conjuncts(s, head)[0] if token.head < 0 else token.head
            continue
        head = token.head
    return max(head, 0)
