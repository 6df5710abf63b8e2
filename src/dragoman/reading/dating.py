"""When an act took place: which of the sentence's time expressions is its own."""

from __future__ import annotations

from datetime import date

from dragoman.model import Interval, Sentence, Span, TimeExpression
from dragoman.reading.tree import chain, clause_head, lemma, preposition
from dragoman.reading.values import Event

#: Distance of an expression that only shares the act's clause: any that hangs on the act itself is nearer.
SAME_CLAUSE = 20
#: Prepositions by which an act is told as another's past or future: the clause's day is that other's.
BEFORE_OR_AFTER = frozenset({"after", "following", "since", "before", "prior to", "ahead of", "until"})
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
    elsewhere = preposition(s, event.trigger) in BEFORE_OR_AFTER
    best: tuple[int, TimeExpression] | None = None
    for t in times:
        if t.type == "SET" or (t.earliest is None and t.latest is None):
            continue
        inside = time_words(s, t)
        if not inside:
            continue
        top = next((i for i in inside if s.tokens[i].head not in inside), inside[0])
        steps = _steps(s, top, words, binding=event.act == "agreement" and event.frame.act == "agreement")
        if (
            steps is None
            and not elsewhere
            and clause_head(s, top) == clause_head(s, event.trigger)
            and not _tells(s, event, clause_head(s, top))
        ):
            steps = SAME_CLAUSE
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


def interval_of(
    s: Sentence, event: Event, times: tuple[TimeExpression, ...], published: date | None
) -> tuple[Interval | None, Interval | None, Span | None]:
    """(start, end, where it was read) of an act by the words of its sentence; all ``None`` where they tell nothing."""
    t = own_time(s, event, times)
    if t is None:
        return None, None, None
    span = Span(t.start, t.end, f"time:{t.rule}")
    start = t.interval
    before = t.rule.partition(":")[2] or _word_before(s, t)  # the word that binds the expression, as its rule names it
    if before == "since" and event.status in BEHIND:
        return start, Interval(None, published, "vague", t.text, "since"), span
    if before in {"until", "till", "by"} and start.latest:
        return (
            Interval(None if event.status in BEHIND else published, start.latest, start.precision, t.text, before),
            None,
            span,
        )
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
    if status == "planned":
        return Interval(published, None, "vague", "", "fallback:published")
    return None
