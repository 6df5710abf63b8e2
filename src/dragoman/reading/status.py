"""How real an act is: from tense, aspect, modals, negation, conditions, and the operators above it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.tree import head_of_coordination, lemma, negated, preposition
from dragoman.reading.values import Operator

# What each list is for stands beside it in codebook/structure.toml.
AHEAD = word_lists("structure")["ahead"]
BEHIND = word_lists("structure")["behind"]
GOING_ON = word_lists("structure")["going_on"]
UNDONE = word_lists("structure")["undone"]
MOVING = word_lists("structure")["moving"]

WEIGHING = word_lists("structure")["weighing"]

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
WOULD = frozenset({"would", "'d", "’d"})
MAYBE = frozenset({"could", "may", "might", "can"})
DUTY = frozenset({"should", "must", "ought"})
CONDITIONS = frozenset({"if", "unless", "provided", "providing", "once", "should", "until"})


@dataclass(frozen=True)
class Standing:
    """How an act stands: its status, by which rule, at which word; ``irreal`` where nothing is told to be or come at all."""

    status: str
    rule: str
    word: int
    irreal: bool = False


def standing(s: Sentence, trigger: int, head: int, operators: tuple[Operator, ...], *, future: bool) -> Standing:
    """The standing of the act at ``trigger`` whose clause hangs on ``head``; ``future`` where its time lies ahead."""
    if is_question(s):
        return Standing("conditional", "question", head, irreal=True)
    if _yet(s, trigger):
        return Standing("not_done", "yet to", trigger)
    if _due(s, trigger) >= 0:
        return _in_the_past(s, trigger) or Standing("planned", "due", trigger)
    of_noun = _noun(s, trigger)
    if of_noun and of_noun.rule == "without":
        return of_noun
    if of_noun and of_noun.rule == "recent" and not operators:
        return of_noun  # "will discuss the recent meeting": held, whatever is to come
    base = _finite(s, head, future=future)
    for operator in operators:
        changed = _under(s, operator, base)
        if changed is not None:
            return changed
    if of_noun and base.status == "done":
        return of_noun
    if base.rule == "tenseless" and _there_now(s, trigger):
        return Standing("ongoing", "there now", trigger)
    if (
        not operators
        and trigger == head
        and base.rule == "tenseless"
        and (around := _around(s, trigger, future=future))
    ):
        return around
    if trigger != head and negated(s, trigger) is not None:
        return Standing("not_done", "negated", trigger)
    return base


def is_question(s: Sentence) -> bool:
    """Whether the sentence asks (its last mark, quotes aside, is a question mark)."""
    for token in reversed(s.tokens):
        if token.upos != "PUNCT":
            return False
        if "?" in token.form:
            return True
    return False


def _yet(s: Sentence, trigger: int) -> bool:
    """Whether the act is yet to come: "has yet to reply"."""
    marks = [c for c in s.children[trigger] if lemma(s, c) == "to" and s.tokens[c].upos == "PART"]
    return bool(marks) and any(s.tokens[i].form.lower() == "yet" for i in range(max(0, marks[0] - 2), marks[0]))


def _under(s: Sentence, operator: Operator, base: Standing) -> Standing | None:
    """What an operator makes of the act; ``None`` where it leaves it to the others."""
    no = negated(s, operator.word) is not None or base.status == "not_done"
    where = operator.word
    if operator.effect == "fail":
        return Standing("done" if no else "not_done", "failed", where)
    if operator.effect == "refuse":
        return Standing("not_done", "refused", where)
    if operator.effect == "deny":
        return Standing("disputed", "denied", where)
    if operator.effect in {"plan", "promise"}:
        if base.status == "conditional":
            return base
        if operator.effect == "plan" and (told := _in_the_past(s, where)):
            return told
        return Standing("not_done" if no else "planned", operator.effect, where, irreal=no)
    if operator.effect == "attempt":
        return Standing("attempted", "attempted", where)
    if operator.effect == "continue" and base.status == "done":
        return Standing("ongoing", "continues", where)
    helpers = [
        c for c in s.dependants(where, "aux") if lemma(s, c) == "have" and s.tokens[c].feats.get("Tense") != "Past"
    ]
    if operator.effect == "begin" and base.rule == "past" and helpers:
        return Standing("ongoing", "has begun", where)
    return None


def _there_now(s: Sentence, trigger: int) -> bool:
    """Whether it goes on as the report is told: "on his trip to Oslo, where he is meeting …", "leaders in Oslo for the summit"."""
    token = s.tokens[trigger]
    if token.upos not in {"NOUN", "PROPN"} or token.head < 0:
        return False
    for c in s.children[trigger]:
        names = [c, *s.children[c]]  # the clause may hang on the place ("his trip to Oslo, where …")
        for clause in (x for x in names if s.tokens[x].deprel == "acl:relcl"):
            helpers = {s.tokens[a].form.lower() for a in s.children[clause] if s.tokens[a].relation == "aux"}
            if helpers & {"is", "are"} and s.tokens[clause].form.lower().endswith("ing"):
                return True
    after = [t.form.lower() for t in s.tokens[max(s.subtree(trigger)) + 1 :][:7]]
    if "where" in after[:2] and {"is", "are"} & set(after) and any(w.endswith("ing") for w in after):
        return True
    above = s.tokens[token.head]
    there = preposition(s, token.head) == "in" or any(
        preposition(s, c) == "in" and s.tokens[c].relation == "nmod" for c in s.children[token.head]
    )
    return token.relation == "nmod" and preposition(s, trigger) == "for" and above.upos in {"NOUN", "PROPN"} and there


def _around(s: Sentence, trigger: int, *, future: bool) -> Standing | None:
    """The standing of the deed that the exchange is the aim or the frame of ("will fly to Rome for talks with …"), where it lies ahead."""
    token = s.tokens[trigger]
    if (
        token.relation != "obl"
        or s.tokens[token.head].upos != "VERB"
        or preposition(s, trigger) not in {"for", "during"}
    ):
        return None
    above = _finite(s, token.head, future=future)
    return (
        Standing("planned", f"for {above.rule}", above.word) if above.status == "planned" and not above.irreal else None
    )


def _in_the_past(s: Sentence, i: int) -> Standing | None:
    """A plan told in the past: overtaken in the past perfect ("had been due to visit"), else no more than a plan; ``None`` in the present."""
    inner = [x for c in s.dependants(i, "xcomp") for x in s.children[c]]
    forms = {s.tokens[c].form.lower() for c in (*s.children[i], *inner) if s.tokens[c].relation in {"aux", "cop"}}
    if "had" in forms and (s.dependants(i, "xcomp") or lemma(s, i) in {"schedule", "plan", "slate", "due"}):
        return Standing("not_done", "had been planned", i)
    return Standing("planned", "was planned", i) if forms & {"was", "were"} else None


def _due(s: Sentence, trigger: int) -> int:
    """The "due" of "was due to visit", where the parse took "due to" for a preposition; else -1."""
    cases = [c for c in s.children[trigger] if s.tokens[c].relation in {"case", "mark"} and lemma(s, c) == "due"]
    return cases[0] if cases and s.tokens[trigger].upos == "VERB" else -1


def _noun(s: Sentence, trigger: int) -> Standing | None:
    if s.tokens[trigger].upos not in {"NOUN", "PROPN"}:
        return None
    for c in s.children[trigger]:
        word = lemma(s, c)
        if s.tokens[c].relation == "case" and word == "without":
            return Standing("not_done", "without", c)
        if s.tokens[c].relation not in {"amod", "compound", "det", "nmod", "acl", "advmod"}:
            continue
        if s.tokens[c].relation == "nmod" and preposition(s, c) not in {"", "of"}:
            continue  # "talks on the future of the base"
        form = s.tokens[c].form.lower()
        if word in BEHIND or form in BEHIND:
            return Standing("done", "recent", c)
        if word in AHEAD or form in AHEAD:
            return Standing("planned", "adjective", c)
        if word in GOING_ON or form in GOING_ON:
            return Standing("ongoing", "adjective", c)
        if form in UNDONE:
            return Standing("not_done", "adjective", c)
        if s.tokens[c].relation == "det" and word == "no":
            return Standing("not_done", "negative determiner", c)
    return None


def _finite(s: Sentence, head: int, *, future: bool) -> Standing:
    """The standing that the clause's own verb group tells."""
    token = s.tokens[head]
    if condition := _in_condition(s, head):
        return condition
    if token.relation == "xcomp" and token.form.lower().endswith("ing") and lemma(s, token.head) in WEIGHING:
        return Standing("conditional", "talked about", token.head, irreal=True)
    auxiliaries = {lemma(s, c): c for c in s.children[head] if s.tokens[c].relation in {"aux", "cop"}}
    forms = {s.tokens[c].form.lower(): c for c in s.children[head] if s.tokens[c].relation == "aux"}
    no = negated(s, head)
    if no is not None:
        modal = next((a for a in (*auxiliaries, *forms) if a in FUTURE | WOULD | MAYBE | DUTY), None)
        # "will not hold talks" tells a policy, not an act that fell through (GUIDE.md: "no plans to meet").
        unable = modal in {"could", "can", "ca"} and "have" not in auxiliaries
        return Standing("not_done", "will not" if modal else "negated", no, irreal=modal is not None and not unable)
    if _was_to_have(s, head):
        return Standing("not_done", "was to have", head)
    modal = next((a for a in (*auxiliaries, *forms) if a in FUTURE | WOULD | MAYBE | DUTY), None)
    if modal is not None:
        return _modal(s, head, modal, auxiliaries.get(modal, forms.get(modal, head)))
    to = any(lemma(s, c) == "to" and s.tokens[c].relation == "mark" for c in s.children[head])
    if not to and not auxiliaries and token.relation == "conj" and token.feats.get("VerbForm") == "Inf":
        return _finite(s, token.head, future=future)  # "condemn … and commit to …": as the first verb stands
    if to or (token.feats.get("VerbForm") == "Inf" and token.head >= 0):
        return _infinitive(s, head, future=future)
    return _tense(s, head, future=future)


def _was_to_have(s: Sentence, head: int) -> bool:
    """Whether the clause tells a past plan that came to nothing: "was to have met", "was due to have met"."""
    to = any(lemma(s, c) == "to" and s.tokens[c].upos == "PART" for c in s.children[head])
    have = any(lemma(s, c) == "have" for c in s.children[head] if s.tokens[c].relation == "aux")
    above = s.tokens[head].head
    words = [head, above, *s.children[head], *(s.children[above] if above >= 0 else ())]
    was = any(w >= 0 and s.tokens[w].form.lower() in {"was", "were"} for w in words)
    return to and have and was


def _modal(s: Sentence, head: int, modal: str, where: int) -> Standing:
    has_condition = _has_condition(s, head)
    if modal in FUTURE:
        return Standing("conditional" if has_condition else "planned", "future", where)
    if modal in WOULD:
        said = s.tokens[head_of_coordination(s, head)].relation == "ccomp" and not has_condition
        return Standing("planned" if said else "conditional", "would", where)
    if modal in MAYBE:
        return Standing("conditional", "modal", where, irreal=not has_condition)
    return Standing("conditional", "duty", where, irreal=True)


def _has_condition(s: Sentence, head: int) -> bool:
    for c in s.children[head]:
        if s.tokens[c].relation == "advcl":
            marks = {lemma(s, m) for m in s.children[c] if s.tokens[m].relation in {"mark", "advmod"}}
            if marks & CONDITIONS:
                return True
        if s.tokens[c].relation in {"obl", "nmod"} and lemma(s, c) == "condition":
            return True
    return False


def _in_condition(s: Sentence, head: int) -> Standing | None:
    at = head
    for _ in range(4):
        token = s.tokens[at]
        if token.relation == "advcl":
            for c in s.children[at]:
                if s.tokens[c].relation == "mark" and lemma(s, c) in {"if", "unless", "whether"}:
                    return Standing("conditional", "if-clause", c, irreal=lemma(s, c) == "whether")
        if token.relation not in {"xcomp", "ccomp", "conj"}:
            return None
        at = token.head
    return None


def _infinitive(s: Sentence, head: int, *, future: bool) -> Standing:
    token = s.tokens[head]
    if token.head < 0:
        return Standing("planned", "infinitive headline", head)
    if token.relation in {"advcl", "acl", "xcomp"}:
        above = _finite(s, token.head, future=future)
        if s.tokens[token.head].head < 0 and s.tokens[token.head].upos in {"NOUN", "PROPN"}:
            return Standing("planned", "infinitive headline", head)
        if s.tokens[token.head].upos not in {"VERB", "AUX"}:
            return Standing("planned", "infinitive under a noun", head, irreal=True)
        aim = token.relation == "advcl" and above.status in {"done", "ongoing"} and lemma(s, token.head) not in MOVING
        return Standing(above.status, f"purpose of {above.rule}", head, above.irreal or aim)
    return Standing("planned", "infinitive", head, irreal=token.relation in {"csubj", "ccomp"})


def _tense(s: Sentence, head: int, *, future: bool) -> Standing:
    verbs = [head, *(c for c in s.children[head] if s.tokens[c].relation in {"aux", "cop"})]
    feats = [s.tokens[v].feats for v in verbs]
    if going_to(s, head):
        return Standing("planned", "going to", head)
    past = any(f.get("Tense") == "Past" and f.get("VerbForm") in {"Fin", None} for f in feats)
    perfect = any(s.tokens[v].lemma == "have" for v in verbs[1:])
    participle = s.tokens[head].feats.get("VerbForm") in {"Part", "Ger"} and s.tokens[head].form.lower().endswith("ing")
    if participle and any(s.tokens[v].lemma == "be" for v in verbs[1:]):
        if future:
            return Standing("planned", "progressive ahead", head)
        return Standing("done" if past else "ongoing", "progressive", head)
    if past or perfect:
        # "was to have met": an infinitive under a past copula is read by its operator; a plain past lies behind.
        return Standing("done", "past", head)
    present = any(f.get("Tense") == "Pres" and f.get("VerbForm") == "Fin" for f in feats)
    if future and (present or s.where == "headline" or participle):
        return Standing("planned", "present ahead", head)
    if present and s.tokens[head].upos in {"NOUN", "PROPN"} and preposition(s, head) in {"on", "in", "under", "amid"}:
        return Standing("ongoing", "on it", head)  # "is on a visit to …", "is in talks with …", "talks are under way"
    if present and (s.tokens[head].lemma.lower() in {"underway", "ongoing"} or preposition(s, head) == "under way"):
        return Standing("ongoing", "on it", head)
    return Standing("done", "present" if present else "tenseless", head)


def going_to(s: Sentence, i: int) -> bool:
    """Whether the verb is "be going to" (a future), told by a progressive "go" with an infinitive."""
    return lemma(s, i) == "go" and s.tokens[i].form.lower() == "going" and bool(s.dependants(i, "xcomp"))
