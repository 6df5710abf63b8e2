"""Where a frame's words stand in a sentence, and whether what hangs on them is as the frame asks."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.predicates import Frame, Phrase, Predicates
from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.status import going_to
from dragoman.reading.tree import conjuncts, is_passive, lemma, obliques, preposition, subjects, tells_time

# What the list is for stands beside it in codebook/structure.toml.
BINDING = word_lists("structure")["binding"]
#: What one agrees with whose opinion one shares.
SAYINGS = frozenset({"what", "that", "this", "assessment", "point", "view", "premise", "characterization"})
#: How far from its head (in tree steps) a phrase's other words may hang.
REACH = 2


#: Relations beneath which a phrase's words are not looked for: what hangs there is told by a clause of its own.
CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl"})
#: Prepositions that lead from a phrase's noun to another's: "submitted its reply to the proposals" submits no proposal.
PARTNERS_OF = frozenset({"to", "from", "with", "against", "after", "despite"})
#: Prepositions of the circumstances: "called for calm after talks with …" calls for no talks.
CIRCUMSTANCES = frozenset(
    {"following", "after", "before", "during", "amid", "since", "despite", "ahead of", "prior to", "until", "under", "upon"}
)  # fmt: skip
#: Relations of what stands beside the act, not in it.
BESIDE = frozenset({"nsubj", "conj", "parataxis"})


def triggers_of(s: Sentence, predicates: Predicates) -> Iterator[tuple[int, Phrase, tuple[int, ...]]]:
    """(head, phrase, places of its other words) of every phrase that stands in the sentence, the longest of a head first."""
    for i, token in enumerate(s.tokens):
        word = known_lemma(lemma(s, i), predicates.heads)
        if not word:
            continue
        kinds = ("verb",) if token.upos in {"VERB", "AUX"} else ("noun",) if token.upos in {"NOUN", "PROPN"} else ()
        for kind in kinds:
            for phrase in predicates.of(kind, word):  # type: ignore[arg-type]
                words = _others(s, i, phrase)
                if words is not None:
                    yield i, phrase, words


def known_lemma(word: str, known: frozenset[str]) -> str:
    """The word, or the nearest regular spelling of it that is known (a lemma guessed as "telephon" or "expell"), or nothing."""
    if word in known:
        return word
    bare = word.rstrip("e")
    single = bare[:-1] if bare[-1:] == bare[-2:-1] else bare
    for guess in (word + "e", bare, single):
        if len(guess) > 3 and guess in known:
            return guess
    return ""


def _others(s: Sentence, i: int, phrase: Phrase) -> tuple[int, ...] | None:
    """The places of the phrase's other words beneath its head, or ``None`` where one is missing."""
    if not phrase.others:
        return ()
    near: dict[str, int] = {}
    layer = [c for c in s.children[i] if s.tokens[c].relation not in BESIDE and preposition(s, c) not in CIRCUMSTANCES]
    for _ in range(REACH):
        for c in layer:
            near.setdefault(lemma(s, c), c)
            near.setdefault(s.tokens[c].form.lower(), c)
        nominal = [j for j in layer if s.tokens[j].relation not in CLAUSES]
        layer = [
            c for j in nominal for c in s.children[j]
            if s.tokens[c].relation not in CLAUSES | BESIDE and preposition(s, c) not in PARTNERS_OF
        ]  # fmt: skip
    if is_passive(s, i) or (s.tokens[i].relation in {"acl", "xcomp"} and not s.dependants(i, "obj")):
        for c in subjects(s, i):  # "the talks were cut off": the object stands as the subject
            near.setdefault(lemma(s, c), c)
    if s.tokens[i].deprel == "acl:relcl" and not s.dependants(i, "obj"):
        near.setdefault(lemma(s, s.tokens[i].head), s.tokens[i].head)  # "the accord that it signed with …"
    if s.tokens[i].relation == "obj" and s.tokens[i].upos == "NOUN":
        for p, c in obliques(
            s, s.tokens[i].head
        ):  # "received a request from Oslo for talks": whose request it is hung above
            if p == "for" and c > i:
                near.setdefault(lemma(s, c), c)
    if not all(o in near and _part_of(s, near[o], phrase) for o in phrase.others):
        return None
    return tuple(near[o] for o in phrase.others)


def _part_of(s: Sentence, c: int, phrase: Phrase) -> bool:
    """A preposition belongs to the phrase only with its noun ("get in touch", but not "call" with "in 2018")."""
    if s.tokens[c].upos == "VERB" and lemma(s, c) in {"dialogue", "talk", "consult", "plan", "offer", "note"}:
        return False  # "urged them to talk" is no "urge talks"
    return s.tokens[c].relation != "case" or lemma(s, s.tokens[c].head) in phrase.others


def allowed(s: Sentence, i: int, frame: Frame) -> bool:
    """The frame's own conditions on what hangs on its trigger."""
    objects = {lemma(s, w) for w in objects_of(s, i)}
    if objects & frame.not_objects:
        return False
    if frame.kind == "noun" and (_is_backdrop(s, i) or (frame.act == "reply" and preposition(s, i) == "in")):
        return False
    if frame.kind == "noun" and _other_sense(s, i, frame):
        return False
    if not _flags_hold(s, i, frame):
        return False
    if going_to(s, i) or ("opinion" in frame and _opinion(s, i)):
        return False
    around = obliques(s, i)
    if any((p in frame.not_with and not tells_time(s, w)) or lemma(s, w) in frame.not_with for p, w in around):
        return False
    if any(
        lemma(s, c) in frame.not_with for c in s.children[i] if s.tokens[c].relation in {"compound", "advmod", "mark"}
    ):
        return False
    if frame.objects:
        beneath = objects | {lemma(s, w) for p, w in around if p in {"from", "of", "out", "off", "to"}}
        return bool(beneath & frame.objects)
    return True


def _flags_hold(s: Sentence, i: int, frame: Frame) -> bool:
    """Whether what the frame's flags ask for stands there."""
    moved = lemma(s, i) in {"return", "land", "head", "fly", "depart", "go"} and bool(s.dependants(i, "obj"))
    occasion = s.tokens[i].relation == "obl" and preposition(s, i) in {"at", "on", "upon"}
    return not (
        ("binding" in frame and not _binds(s, i))
        or ("clause_required" in frame and not s.dependants(i, "xcomp"))
        or ("no_clause" in frame and _names_or_tells(s, i))
        or ("asks" in frame and not _asks(s, i))
        or ("clause_told" in frame and not s.dependants(i, "ccomp", "xcomp", "parataxis"))
        or ("occasion" in frame and not occasion)
        or (frame.id == "travel" and moved)  # "returned troops to …"
    )


def _names_or_tells(s: Sentence, i: int) -> bool:
    """Whether the verb names somebody something or introduces a clause ("called him a liar", "called that …"): no telephone."""
    complements = s.dependants(i, "xcomp", "ccomp")
    nominal = [c for c in complements if s.tokens[c].upos in {"PROPN", "NOUN"}]
    if any(s.tokens[c].feats.get("VerbForm") != "Inf" for c in complements if c not in nominal):
        return True
    return bool(nominal and s.dependants(i, "obj"))


def _binds(s: Sentence, i: int) -> bool:
    """Whether a joint statement's words, or those of the verb that it hangs on, bind whoever made it."""
    joint = any(lemma(s, c) in {"joint", "trilateral", "tripartite", "bilateral"} for c in s.children[i])
    above = s.tokens[i].head if s.tokens[i].relation in {"obl", "obj", "nsubj"} else i
    words = {lemma(s, w) for w in s.subtree(above if above >= 0 else i)}
    return (joint or s.tokens[i].relation == "obl") and bool(words & BINDING)


def _asks(s: Sentence, i: int) -> bool:
    """Whether the verb tells what is asked for: a clause ("asked Oslo to …"), or a noun ("asked Oslo for help")."""
    return bool(s.dependants(i, "xcomp", "ccomp", "advcl")) or any(p == "for" for p, _ in obliques(s, i))


def _other_sense(s: Sentence, i: int, frame: Frame) -> bool:
    """Whether the noun means something else here: a call for action, or the deal in front of "negotiations"."""
    if lemma(s, i) == "note" and lemma(s, s.tokens[i].head) in {"take", "make"}:
        return True  # "take note of the statement"
    if frame.act == "agreement" or "operated" in frame:
        return s.tokens[i].relation == "compound"
    if frame.act == "call" and lemma(s, i) == "call":
        inner = any(s.tokens[c].feats.get("VerbForm") == "Inf" for c in s.dependants(i, "acl"))
        discussing = any(lemma(s, c) in {"discuss", "review"} for c in s.dependants(i, "acl"))
        return (inner and not discussing) or any(p == "for" for p, _ in obliques(s, i))
    return False


def _is_backdrop(s: Sentence, i: int) -> bool:
    """Whether the noun only tells the occasion of another act ("on the sidelines of the summit")."""
    head = s.tokens[i].head
    return head >= 0 and lemma(s, head) in {"sideline", "margin", "fringe", "eve"} and s.tokens[i].relation == "nmod"


def _opinion(s: Sentence, i: int) -> bool:
    """Whether the verb tells what somebody thinks, not what he binds himself to."""
    told = any(s.tokens[c].feats.get("VerbForm") == "Fin" for c in s.dependants(i, "ccomp")) and lemma(s, i) in {
        "agree",
        "consent",
    }
    held = any(
        lemma(s, w) in {"importance", "need", "necessity", "urgency", "value", "priority"} for _, w in obliques(s, i)
    )
    said = any(lemma(s, w) in SAYINGS for p, w in obliques(s, i) if p == "with")
    if said and lemma(s, i) == "agree":
        return True  # "agree with what he has said"
    return told or held or (lemma(s, i) == "commit" and is_passive(s, i))


def objects_of(s: Sentence, i: int) -> list[int]:
    """What the verb is done to: objects, or the subjects of a passive."""
    own = [w for c in s.dependants(i, "obj") for w in conjuncts(s, c)]
    if not own and is_passive(s, i):
        own = [w for c in subjects(s, i) for w in conjuncts(s, c)]
    return own
