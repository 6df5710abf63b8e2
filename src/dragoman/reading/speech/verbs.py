"""Verbs as cues: with a clause or quotation, parenthetic, with an infinitive, with what they are about."""

from __future__ import annotations

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.speech.cues import Relation, Shape, cue_of, lemma, made, mark_of, source_of, trimmed
from dragoman.reading.speech.nouns import noun_relation
from dragoman.reading.tree import is_passive, own_subjects, preposition, tells_time

#: Subordinators of what is said in part or asked ("did not say whether").
ASKED = frozenset({"if", "whether", "when", "how", "why", "where", "what", "who"})


def verb_relation(s: Sentence, i: int) -> Relation | None:
    """The relation of which the verb is the cue, if it attributes anything."""
    lists = word_lists("attribution")
    word = lemma(s, i)
    if word == "make":
        return _made_clear(s, i)
    if word in lists["no_cue"] or (word == "accord" and preposition(s, i)) or _speaks_to_reader(s, i):
        return None
    source = source_of(s, i)
    clause = _clause(s, i)
    if clause and (word in lists["say"] or source >= 0) and _tells(s, i):
        shape: Shape = "quote" if s.is_quoted(clause[0]) and not s.is_quoted(i) else "clause"
        return made(s, i, source, clause, shape)
    held = _parenthetic(s, i)
    if held and word in lists["say"]:
        return Relation(i, cue_of(s, i), source, held, "parenthesis")
    goal = _goal(s, i) if word in lists["intend"] else []
    if (
        goal
        and s.tokens[goal[0]].upos in {"VERB", "AUX", "ADJ", "NOUN"}
        and not (word in lists["trying"] and _says_itself(s, goal[0]))
    ):
        return made(s, i, source, [*_asked(s, i), *goal], "infinitive")
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
    return Relation(i, cue_of(s, i), source, (), "bare")


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
                    source_of(s, i),
                    trimmed(s, words),
                    "clause",
                )
    return None


def _goal(s: Sentence, i: int) -> list[int]:
    """The infinitive of a verb of will or request, also where the tree holds it for a clause of purpose ("encouraged them to ask")."""
    found = s.dependants(i, "xcomp")
    if not found and s.dependants(i, "obj"):
        found = [c for c in s.dependants(i, "advcl") if c > i and mark_of(s, c) == "to"]
    return found


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
        and verb_relation(s, i) is not None
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
                    tuple(range(cue_of(s, i)[0], edge + 1)),
                    source,
                    trimmed(s, [w for w in s.subtree(c) if w > edge]),
                    "account",
                )
    return None


def _aimed(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """Verbs that name whom they are aimed at before what they tell ("accused Oslo of …", "likened it to …")."""
    for c in s.dependants(i, "obl", "advcl", "xcomp"):
        p = preposition(s, c) or mark_of(s, c)
        if c > i and f"{word} {p}" in word_lists("attribution")["aimed"]:
            edge = max((x for x in s.children[c] if s.tokens[x].relation in {"case", "mark"} and x < c), default=None)
            if edge is None:
                continue
            first = cue_of(s, i)[0]
            cue = tuple(range(first, edge + 1)) if edge == i + 1 else cue_of(s, i)
            words = [w for w in s.subtree(c) if w > edge]
            return Relation(i, cue, source, trimmed(s, words), "oblique")
    return None


def _beside_quotation(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """A verb of saying to which the tree gives no content, beside a quotation or after "as", or about what a relative names."""
    if word not in word_lists("attribution")["say"] or word in word_lists("attribution")["mind"]:
        return None
    if mark_of(s, i) == "as" and s.tokens[i].head >= 0:
        own = set(s.subtree(i))
        return Relation(
            i, cue_of(s, i), source, trimmed(s, [w for w in s.subtree(s.tokens[i].head) if w not in own]), "parenthesis"
        )
    relative = [c for c in s.dependants(i, "obj") if lemma(s, c) in {"what", "which"}]
    if relative:
        return Relation(i, cue_of(s, i), source, tuple(relative), "object")
    if s.is_quoted(i) or not source >= 0 or s.tokens[i].deprel == "acl":
        return None
    for first, last in s.quoted:
        between = range(last + 1, i) if last < i else range(i + 1, first)
        if not any(s.tokens[j].upos == "VERB" for j in between):
            return Relation(i, cue_of(s, i), source, tuple(range(first, last + 1)), "quote")
    return None


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
            if c > i and (mark_of(s, c) in ASKED or any(lemma(s, x) in ASKED for x in s.dependants(c, "advmod")[:1]))
        ]
        if not found:
            found += [
                c
                for c in s.dependants(i, "xcomp", "advcl")
                if c > i and s.tokens[c].feats.get("VerbForm") == "Ger" and not own_subjects(s, c) and _close(s, i, c)
            ]
        if not found and s.tokens[i].head < 0:
            found += [
                c
                for c in s.dependants(i, "parataxis")
                if s.tokens[c].upos in {"VERB", "AUX"} and (c < i or _after_colon(s, c))
            ]
    return found


def _close(s: Sentence, i: int, c: int) -> bool:
    """Whether no comma parts the two words: a gerund that is what is said, not one beside it."""
    return (
        not any(s.tokens[j].form == "," for j in range(i, c)) and not mark_of(s, c) and s.tokens[c].relation == "xcomp"
    )


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
    if token.deprel == "acl:relcl" and _between_commas(s, i):
        own = set(s.subtree(i))
        return trimmed(s, [w for w in range(len(s.tokens)) if w not in own and s.tokens[w].upos != "PUNCT"])
    if (
        token.relation not in {"parataxis", "discourse"}
        or token.head < 0
        or not (s.dependants(i, "nsubj") or i > token.head)
    ):
        return ()
    own = set(s.subtree(i))
    held = [w for w in s.subtree(token.head) if w not in own]
    return trimmed(s, held)


def _between_commas(s: Sentence, i: int) -> bool:
    """Whether subject and verb alone stand between commas ("The museum, Mr. Smith said, would …"), which the tree takes for a relative clause."""
    words = s.subtree(i)
    if not own_subjects(s, i) or any(s.tokens[w].feats.get("PronType") == "Rel" for w in words) or words[0] == 0:
        return False
    while words and s.tokens[words[0]].upos == "PUNCT":
        words.pop(0)
    while words and s.tokens[words[-1]].upos == "PUNCT":
        words.pop()
    after = words[-1] + 1
    return after < len(s.tokens) and s.tokens[words[0] - 1].form == "," and s.tokens[after].form == ","


def _asked(s: Sentence, i: int) -> list[int]:
    return [c for c in s.dependants(i, "obj", "iobj") if s.tokens[c].deprel != "expl"]


def _about(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """Verbs whose content is what they are about: an object, or an oblique with its own preposition."""
    lists = word_lists("attribution")
    objects = s.dependants(i, "nsubj:pass") if is_passive(s, i) else s.dependants(i, "obj")
    for c in s.dependants(i, "obl", "advcl"):
        if c < i or tells_time(s, c):
            continue
        p = preposition(s, c) or mark_of(s, c)
        if f"{word} {p}" in lists["oblique"]:
            cases = tuple(x for x in s.children[c] if s.tokens[x].relation in {"case", "mark"} and x < c)
            cue = tuple(sorted({*cue_of(s, i), *cases}))
            return Relation(i, cue, source, trimmed(s, [w for w in s.subtree(c) if w not in cue]), "oblique")
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
    return made(s, i, source, heads, shape)


def _carried(s: Sentence, obj: int, word: str) -> bool:
    """Whether the object is the word of saying and the verb only brings it ("raised questions about …")."""
    lists = word_lists("attribution")
    if word not in lists["bringing"] or s.tokens[obj].upos != "NOUN":
        return False
    return noun_relation(s, obj) is not None
