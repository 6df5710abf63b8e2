"""When an act took place: which of the sentence's time expressions is its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.model import Interval, Sentence, Span, TimeExpression
from dragoman.reading.tree import auxiliaries, chain, clause_head, lemma, own_subjects, preposition
from dragoman.reading.values import Event

#: Distance of an expression that only shares the act's clause: any that hangs on the act itself is nearer.
SAME_CLAUSE = 20
#: Distance of an expression that dates the verb with which the act's verb shares its subject ("arrived on Monday and met …").
SHARED = 30
#: Words before what lies behind the act, before what lies ahead of it.
AFTER = frozenset({"after", "since", "following", "follow", "in the wake of", "in response to", "because of", "over"})
BEFORE = frozenset({"before", "until", "till", "by", "ahead of", "ahead", "prior to"})
#: Prepositions by which an act is told as another's past or future: the clause's day is that other's.
BEFORE_OR_AFTER = frozenset({"after", "following", "since", "before", "prior to", "ahead of", "until"})
#: Effects of the words by which a deal is made: their day is its own.
MAKING = frozenset({"carry", "begin", "agree", "plan", "accept", "refuse", "fail", "cancel", "end"})
#: Statuses of acts that lie behind the report, and of those that lie ahead of it.
BEHIND = frozenset({"done", "ongoing", "attempted", "not_done", "disputed"})


def time_words(s: Sentence, t: TimeExpression) -> list[int]:
    """The words of the expression."""
    return [i for i, token in enumerate(s.tokens) if token.start < t.end and token.end > t.start]


def words_ahead(s: Sentence, times: tuple[TimeExpression, ...], published: date | None) -> frozenset[int]:
    """The words of the sentence's time expressions that lie wholly after publication."""
    if published is None:
        return frozenset()
    ahead = (t for t in times if t.type != "SET" and t.earliest is not None and t.earliest > published)
    return frozenset(i for t in ahead for i in time_words(s, t))


def own_time(s: Sentence, event: Event, times: tuple[TimeExpression, ...]) -> TimeExpression | None:
    """The expression that hangs nearest on the act, or ``None``."""
    words = {event.trigger: 0, event.head: 1} | {o.word: 1 for o in event.operators if o.effect != "say"}
    words |= dict.fromkeys(event.to.words, 0)
    standing_deal = (
        event.frame.kind == "noun" and event.act == "agreement" and not any(o.effect in MAKING for o in event.operators)
    )
    elsewhere = preposition(s, event.trigger) in BEFORE_OR_AFTER or standing_deal  # "praised the pact on Monday"
    best: tuple[int, TimeExpression] | None = None
    for t in times:
        if t.type == "SET" or (t.earliest is None and t.latest is None):
            continue
        inside = time_words(s, t)
        if not inside:
            continue
        top = next((i for i in inside if s.tokens[i].head not in inside), inside[0])
        steps = _steps(s, top, words, binding=event.act == "agreement" and event.frame.act == "agreement")
        if t.rule == "comes_after" and _told_after(s, event, inside[-1] + 1):
            steps = 1
        if (
            steps is None
            and not elsewhere
            and clause_head(s, top) == clause_head(s, event.trigger)
            and not _tells(s, event, clause_head(s, top))
        ):
            steps = SAME_CLAUSE
        if steps is None and _shares(s, event, top):
            steps = SHARED
        if steps is not None and (best is None or steps < best[0]):
            best = (steps, t)
    return best[1] if best else None


def _tells(s: Sentence, event: Event, verb: int) -> bool:
    """Whether the verb merely tells of the act: its time is the telling's."""
    return any(o.word == verb and o.effect == "say" for o in event.operators) or lemma(s, verb) in {
        "say",
        "tell",
        "announce",
        "report",
    }


def _steps(s: Sentence, top: int, words: dict[int, int], *, binding: bool) -> int | None:
    """How far above the expression the act's nearest word is; ``None`` where another clause lies between.

    What somebody binds himself to ("agreed to meet next year") has a time of its own: ``binding`` acts do not take it.
    """
    for steps, (i, head) in enumerate(chain(s, top), 1):
        if head in words:
            return None if s.tokens[i].relation == "xcomp" and binding else steps + words[head]
        apart = s.tokens[i].relation == "conj" and bool(s.dependants(i, "nsubj"))  # "and they would meet in March"
        if (
            apart
            or s.tokens[i].relation in {"ccomp", "acl", "parataxis"}
            or (s.tokens[head].upos == "VERB" and steps > 3)
        ):
            return None
    return None


def _told_after(s: Sentence, event: Event, mark: int) -> bool:
    """Whether the act stands in what "after" brings ("the move comes a week after they met"): then the amount dates it, not the move."""
    head = s.tokens[mark].head if mark < len(s.tokens) else -1
    return head >= 0 and event.trigger in s.subtree(head)


def _shares(s: Sentence, event: Event, top: int) -> bool:
    """Whether the date is that of the verb before the act's, of the same doer and tense ("landed on Monday and called on …")."""
    verb = clause_head(s, event.trigger)
    if s.tokens[verb].relation != "conj" or own_subjects(s, verb):
        return False
    first = s.tokens[verb].head
    if clause_head(s, top) != first or s.tokens[first].upos != "VERB" or _tells(s, event, first):
        return False
    return _finite(s, first) == _finite(s, verb) or top in {verb - 1, verb + 1}


def _finite(s: Sentence, verb: int) -> frozenset[str]:
    """What tells the verb's tense: its auxiliaries, or its own ending."""
    helpers = frozenset(lemma(s, i) for i in auxiliaries(s, verb))
    return helpers or frozenset({s.tokens[verb].feats.get("Tense", "")})


def binder(s: Sentence, event: Event, t: TimeExpression) -> str:
    """The word that puts the act after or before what the expression dates ("after it fired missiles on Tuesday"), else the empty string."""
    if t.rule in {"after_event", "before_event", "comes_after"}:
        return ""  # the amount tells how long after
    own = _bound_directly(s, t)
    if own in AFTER or own in BEFORE:
        return own
    inside = time_words(s, t)
    top = next((i for i in inside if s.tokens[i].head not in inside), inside[0])
    words = {event.trigger, event.head, *(o.word for o in event.operators)}
    for i, head in chain(s, top):
        if i == top and head in words and (clause := _clause_before(s, head, top)):
            return clause
        bound = mark_of(s, i) if s.tokens[i].relation == "advcl" else preposition(s, i)
        if i != top and i not in words and (bound in AFTER or bound in BEFORE):
            return bound
        if head in words:
            break
    return ""


def _clause_before(s: Sentence, verb: int, top: int) -> str:
    """The conjunction of a clause that ends with the date: the tree hangs it on the main verb as often as on the nearer one."""
    for c in s.dependants(verb, "advcl"):
        bound = mark_of(s, c)
        if verb < c < top and (bound in AFTER or bound in BEFORE):
            return bound if not any(s.tokens[i].form == "," for i in range(c, top)) else ""
    return ""


def _bound_directly(s: Sentence, t: TimeExpression) -> str:
    """The word that binds the expression itself, as its rule names it."""
    return t.rule.partition(":")[2] or _word_before(s, t)


def mark_of(s: Sentence, i: int) -> str:
    """The conjunction of the clause, the empty string where it has none."""
    marks = s.dependants(i, "mark")
    return lemma(s, marks[0]) if marks else ""


def interval_of(
    s: Sentence, event: Event, times: tuple[TimeExpression, ...], published: date | None
) -> tuple[Interval | None, Interval | None, Span | None]:
    """(start, end, where it was read) of an act by the words of its sentence; all ``None`` where they tell nothing."""
    t = own_time(s, event, times)
    if t is None:
        return None, None, None
    span = Span(t.start, t.end, f"time:{t.rule}")
    start = t.interval
    if t.value == "PRESENT_REF" and event.status in BEHIND:  # what now is began that day or before
        start = replace(start, earliest=None)
    bound = binder(s, event, t)
    if bound == "since" and bound == _bound_directly(s, t) and event.status in BEHIND:
        return start, Interval(None, published, "vague", t.text, "since"), span
    if bound in AFTER and event.status in BEHIND:
        return Interval(start.earliest, published, "vague", t.text, f"{bound}:{t.rule}"), None, span
    if bound in BEFORE and start.latest:
        earliest = None if event.status in BEHIND else published
        latest = min(start.latest, published) if published and event.status in BEHIND else start.latest
        precision = start.precision if bound in {"until", "till", "by"} else "vague"
        return Interval(earliest, latest, precision, t.text, bound), None, span
    return start, _until(s, t, times), span


def _until(s: Sentence, t: TimeExpression, times: tuple[TimeExpression, ...]) -> Interval | None:
    """When what began at ``t`` ended, told right behind it: "from April 19 to April 26", "July 25 through August 2"."""
    for other in times:
        between = s.text[t.end - s.start : other.start - s.start] if other.start >= t.end else ""
        bound = between.strip(" ,").lower()
        ranged = bound in {"through", "until", "till"} or (bound == "to" and _word_before(s, t) == "from")
        if ranged and other.earliest and other.latest and t.earliest and t.earliest <= other.earliest:
            return other.interval
    return None


def _word_before(s: Sentence, t: TimeExpression) -> str:
    inside = time_words(s, t)
    return lemma(s, inside[0] - 1) if inside and inside[0] > 0 else ""


def fallback(status: str, published: date | None) -> Interval | None:
    """What holds of any act where its words tell no day: told as done, it lies before publication; as planned, after it."""
    if published is None:
        return None
    if status in BEHIND:
        return Interval(None, published, "vague", "", "fallback:published")
    if status in {"planned", "conditional"}:
        return Interval(published, None, "vague", "", "fallback:published")
    return None
