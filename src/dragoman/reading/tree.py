"""Questions about a UD tree that several extractors ask: subjects, obliques, conjuncts, the way to the root."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.lemmas import mended
from dragoman.codebook.words import word_lists
from dragoman.model import Sentence, Token

# What each list is for stands beside it in codebook/structure.toml.
OBJECT_CONTROL = word_lists("structure")["object_control"]
CALENDAR = word_lists("structure")["calendar"]

#: Verbs that lend their noun no more than a tense and a doer ("made efforts to …").
LIGHT = frozenset(
    [
        "make", "have", "take", "launch", "undertake", "renew", "express", "voice", "signal", "get", "see",
        "announce", "declare", "order", "impose", "propose",
    ]
)  # fmt: skip
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})


def lemma(s: Sentence, i: int) -> str:
    """The word's lemma in small letters."""
    token = s.tokens[i]
    return mended(token.form.lower(), token.lemma.lower())


def conjuncts(s: Sentence, i: int) -> list[int]:
    """The word and all words coordinated with it (not clauses of their own)."""
    found = [i]
    for j in found:
        found += [c for c in s.dependants(j, "conj") if c not in found]
    return found


def head_of_coordination(s: Sentence, i: int) -> int:
    """The first conjunct of the coordination in which the word stands."""
    seen = set()
    while s.tokens[i].relation == "conj" and i not in seen:
        seen.add(i)
        i = s.tokens[i].head
    return i


def preposition(s: Sentence, i: int) -> str:
    """The word's preposition ("to", "with", "according to"), the empty string where it has none."""
    cases = [c for c in s.children[i] if s.tokens[c].relation == "case" and s.tokens[c].lemma not in {"'s", "’s", "'"}]
    if not cases and s.tokens[i].relation == "obj" and s.tokens[s.tokens[i].head].form.lower() == "following":
        return "following"  # "went to Lima, following stops in …": a preposition that the parse took for a participle
    if not cases:
        # The tree may hang it on a title before the name or on the name after the title: "to President Lula".
        parts = [c for c in s.children[i] if s.tokens[c].deprel in {"nmod:desc", "compound", "flat", "appos"}]
        inner = [p for c in parts if (p := preposition(s, c)) and (c < i or s.tokens[c].relation != "appos")]
        return inner[0] if inner else ""
    parts = [cases[0], *s.dependants(cases[0], "fixed"), *cases[1:]]
    words = (s.tokens[c] for c in sorted(parts))
    return " ".join(w.form.lower() if w.upos == "VERB" else w.lemma.lower() for w in words)  # "following", "including"


def obliques(s: Sentence, i: int) -> list[tuple[str, int]]:
    """(preposition, word) of each oblique or nominal modifier of the word; conjuncts of a noun share the first's."""
    return [(preposition(s, c), c) for c in s.children[i] if s.tokens[c].relation in {"obl", "nmod"}]


def is_passive(s: Sentence, i: int) -> bool:
    """Whether the verb is passive."""
    if s.dependants(i, "aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"):
        return True
    if s.dependants(i, "nsubj"):
        return False  # an active subject outweighs a participle's feature ("Oman mediated between …")
    token = s.tokens[i]
    reduced = token.relation in {"acl", "amod"} and token.deprel != "acl:relcl" and not auxiliaries(s, i)
    return token.feats.get("Voice") == "Pass" or (
        reduced and token.feats.get("VerbForm") == "Part" and token.feats.get("Tense") == "Past"
    )


def own_subjects(s: Sentence, i: int) -> list[int]:
    """Subjects that hang on the word itself; an outer one only where there is no other."""
    found = [c for c in s.children[i] if s.tokens[c].relation == "nsubj"]
    found = [c for c in found if s.tokens[c].deprel != "nsubj:outer"] or found
    before = [c for c in found if c < i]
    return before if before and s.tokens[i].upos == "VERB" else found


def objects(s: Sentence, i: int) -> list[int]:
    """Direct and indirect objects of a verb, also one that the parse took for a second subject ("invited President Lula to …")."""
    told = s.dependants(i, "obj", "iobj")
    second = [c for c in s.children[i] if s.tokens[c].deprel == "nsubj" and c > i]
    return told or (second if any(c < i for c in own_subjects(s, i)) else []) or _hung_below(s, i)


def _hung_below(s: Sentence, i: int) -> list[int]:
    """The object before "to" that the parse hung on the infinitive ("asking Oslo to …") of a verb of asking."""
    if lemma(s, i) not in OBJECT_CONTROL:
        return []
    found = []
    for c in s.dependants(i, "xcomp"):
        marks = [m for m in s.children[c] if lemma(s, m) == "to" and s.tokens[m].upos == "PART"]
        found += [w for w in s.dependants(c, "obj", "nsubj", "iobj") if marks and i < w < marks[0]]
    return found


def agents(s: Sentence, i: int) -> list[int]:
    """Words that say who did it in a passive: "by …"."""
    return [c for p, c in obliques(s, i) if p == "by" and (s.tokens[c].deprel == "obl:agent" or is_passive(s, i))]


def subjects(s: Sentence, i: int, depth: int = 0) -> list[int]:
    """The (logical) grammatical subject of a verb, also where it is shared, controlled, or the noun that a clause modifies."""
    own = own_subjects(s, i)
    token = s.tokens[i]
    if own:
        if s.tokens[own[0]].feats.get("PronType") == "Rel" or lemma(s, own[0]) in {"who", "which", "that"}:
            noun = _modified(s, i)
            return [noun] if noun is not None else own
        return own
    if depth > 6 or token.head < 0:
        return []
    head, relation = token.head, token.relation
    if relation == "conj" or (relation == "parataxis" and _goes_on(s, i)):
        return subjects(s, head, depth + 1) if s.tokens[head].upos in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"} else []
    if relation == "xcomp":
        return _controller(s, head, depth)
    if relation == "acl":
        return [head]
    if relation in {"advcl", "ccomp", "csubj"} and token.feats.get("VerbForm") in {"Inf", "Ger", "Part"}:
        return _controller(s, head, depth)
    return []


def _goes_on(s: Sentence, i: int) -> bool:
    """Whether a clause set beside another without a subject of its own goes on with that other's: "paused, then agreed to …"."""
    return s.tokens[i].head < i and s.tokens[i].upos == "VERB" and any(lemma(s, c) == "then" for c in s.children[i])


def _controller(s: Sentence, head: int, depth: int) -> list[int]:
    if s.tokens[head].upos in {"NOUN", "PROPN"} and not own_subjects(s, head):
        verb = s.tokens[head].head
        light = s.tokens[head].relation == "obj" and verb >= 0 and lemma(s, verb) in LIGHT
        return s.dependants(head, "nmod:poss") or (subjects(s, verb, depth + 1) if light else []) or [head]
    if lemma(s, head) in OBJECT_CONTROL and not is_passive(s, head):
        aimed = objects(s, head)
        if aimed:
            return aimed
        aimed = [c for p, c in obliques(s, head) if p in {"on", "upon", "for"}]
        if aimed and lemma(s, head) in {"call", "press", "push"}:
            return aimed
    return subjects(s, head, depth + 1)


def _modified(s: Sentence, i: int) -> int | None:
    """The noun that the relative clause around the word modifies."""
    j = i
    while j >= 0 and s.tokens[j].relation != "root":
        if s.tokens[j].relation == "acl":
            return s.tokens[j].head
        if s.tokens[j].relation not in {"conj", "xcomp", "cop", "ccomp"}:
            return None
        j = s.tokens[j].head
    return None


def chain(s: Sentence, i: int) -> Iterator[tuple[int, int]]:
    """(word, its governor) from the word up to the root."""
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        seen.add(i)
        head = s.tokens[i].head
        if head < 0:
            return
        yield i, head
        i = head


def clause_head(s: Sentence, i: int) -> int:
    """The head of the clause in which the word stands (a verb, or the predicate of a copula)."""
    for j, head in chain(s, i):
        t = s.tokens[j]
        if t.relation in CLAUSAL or (t.relation == "conj" and t.upos in {"VERB", "AUX"}):
            return j
        if s.tokens[head].head < 0:
            return head
    return i


def own_words(s: Sentence, i: int) -> frozenset[int]:
    """The words beneath the word, less those of its complement clauses: what is agreed on or asked for has a time of its own."""
    inner = {w for c in s.dependants(i, "xcomp", "ccomp") for w in s.subtree(c)}
    return frozenset(s.subtree(i)) - inner


def text_of(s: Sentence, places: list[int], text: str) -> str:
    """The words from the first to the last of the places, as they stand in the text."""
    first, last = s.tokens[min(places)], s.tokens[max(places)]
    return " ".join(text[first.start : last.end].split())


def offsets(s: Sentence, places: list[int]) -> tuple[int, int]:
    """Start and end of the words in their text."""
    return s.tokens[min(places)].start, s.tokens[max(places)].end


def negated(s: Sentence, i: int) -> int | None:
    """The word that negates ``i`` directly: an adverb, an auxiliary's n't, or a negative determiner; else ``None``."""
    for c in s.children[i]:
        token = s.tokens[c]
        if token.relation in {"advmod", "det", "cc", "mark", "discourse", "aux"} and is_negative(token):
            return c
    return None


def is_negative(token: Token) -> bool:
    """Whether the word itself negates."""
    return token.feats.get("Polarity") == "Neg" or token.lemma.lower() in {
        "not",
        "n't",
        "no",
        "never",
        "neither",
        "nor",
    }


def auxiliaries(s: Sentence, i: int) -> list[int]:
    """Auxiliaries and copulas of the word."""
    return [c for c in s.children[i] if s.tokens[c].relation in {"aux", "cop"}]


def tells_time(s: Sentence, i: int) -> bool:
    """Whether the noun phrase at ``i`` tells a time ("on Monday", "in 2018", "for three weeks")."""
    token = s.tokens[i]
    if token.upos == "NUM" and token.form.isdigit():
        return True
    return lemma(s, i) in CALENDAR


def told_missing(s: Sentence, i: int) -> bool:
    """Whether the text says that there was none: "no response", "did not receive any reply", "no reports of a response"."""
    if negated(s, i) is not None:
        return True
    at = i
    for _ in range(3):
        head, relation = s.tokens[at].head, s.tokens[at].relation
        if head < 0 or relation not in {"nmod", "obj", "nsubj", "obl"}:
            return False
        if negated(s, head) is not None or lemma(s, head) in {"lack", "absence", "await", "without"}:
            return True
        if s.tokens[head].upos == "VERB":
            return any(t.form.lower() == "yet" for t in s.tokens[max(0, head - 3) : head]) and any(
                lemma(s, c) == "to" for c in s.children[head]
            )
        at = head
    return False
