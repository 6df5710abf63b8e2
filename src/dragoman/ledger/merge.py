"""Which contacts of different reports tell one act: scores with their reasons, and groups in which no report tells two members apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.ledger.copies import likeness
from dragoman.ledger.names import persons_alike
from dragoman.ledger.origins import same_story
from dragoman.ledger.spans import Range
from dragoman.ledger.subjects import GENERIC_WEIGHT, likeness_of, weight_of
from dragoman.ledger.told import Told
from dragoman.model import SYMMETRIC_ACTS

__all__ = ["Score", "groups", "same_act"]

# The weights below say how much each likeness speaks for one act. They were set by hand from what each field can tell apart: a day that both
# reports give says most, a subject in the same words nearly as much, a common kind or status little.
ENOUGH = 2.5
#: Members that no strong link joins directly must at least not speak against each other.
FLOOR = 0.5
#: Widths in days of the wider of two ranges that meet, and what that says.
DATES = ((1, 3.0), (10, 2.5), (31, 2.0), (124, 1.25), (366, 1.0), (10**6, 0.25))
#: A call at midnight stands under two days; a thing told "on Tuesday" from afar as well.
SLACK = 1
NEXT_DAY = 0.5
#: Two undated tellings published within so many days are of one piece of news.
SAME_NEWS, SAME_NEWS_WEIGHT = 3, 1.0
#: An undated telling is mostly news of its day: so many days after the other, it is rather of another act.
AFTERWARDS = ((180, -1.0), (45, -0.5))
#: Open ends reach so far where nothing else speaks for one act; beyond this many days an undated telling is of another act whatever it says.
REACH, TOO_LONG = 60, 400
SAME_KIND, OTHER_KIND = 0.5, -0.5
SUBJECT, OTHER_SUBJECT = 2.0, -0.75
#: Words of subject in common that say all that a subject can.
PHRASE = 1.5
CHANNEL, OTHER_CHANNEL = 1.0, -1.0
VIA, OTHER_VIA = 1.0, -1.5
PERSONS, OTHER_PERSONS = 1.0, -3.5
CONDITION = 1.0
SECRET, NOT_SECRET = 0.5, -0.25
SAME_STATUS = 0.5
#: Lines are not cut, nor pacts made, twice in a row: two tellings of it within one range are rarely two acts.
RARE = {"breakdown": 1.5, "agreement": 1.5}
COPY, COPY_LIKENESS = 1.5, 0.3
#: Reports of one story told within days mostly tell one act of a kind.
STORY = 0.75
OTHER_ANSWER = -1.0
UNREAL = frozenset({"planned", "conditional", "not_done"})
OFFERS = frozenset({"overture", "proposal", "message"})
VAGUE_CHANNELS = frozenset({"unspecified"})
ANSWERS = frozenset({"acknowledged", "accepted", "declined", "countered"})


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for one act: ``total``, its ``reasons``, and ``veto``, what rules it out."""

    total: float
    reasons: tuple[tuple[str, float], ...] = ()
    veto: str | None = None

    def as_json(self) -> dict[str, object]:
        """For people: the sum and each reason with its weight, heaviest first."""
        ordered = sorted(self.reasons, key=lambda r: (-abs(r[1]), r[0]))
        return {"score": round(self.total, 2), "veto": self.veto, "reasons": [[r, round(w, 2)] for r, w in ordered]}


def same_act(one: Told, other: Told) -> Score:
    """How much speaks for two contacts being one act. Symmetric."""
    veto = _veto(one, other)
    if veto:
        return Score(0.0, (), veto)
    reasons = [r for r in _reasons(one, other) if r[1]]
    return Score(sum(w for _, w in reasons), tuple(reasons))


def groups(contacts: Iterable[Told], same: Callable[[Told, Told], Score] = same_act) -> list[tuple[Told, ...]]:
    """The contacts in groups, each one act; members in order of telling, groups likewise.

    Strongest links first; two groups join only where no member of one is ruled out by a member of the other (complete link), so that what one
    report tells apart stays apart whatever other reports say. ``same`` scores two contacts; one that remembers saves work.
    """
    ordered = sorted(contacts, key=lambda t: t.order)
    scores: dict[tuple[int, int], Score] = {}

    def score(i: int, j: int) -> Score:
        at = (i, j) if i < j else (j, i)
        if at not in scores:
            scores[at] = same(ordered[at[0]], ordered[at[1]])
        return scores[at]

    links = sorted(
        (-s.total, i, j) for i, j in _candidates(ordered) if (s := score(i, j)).veto is None and s.total >= ENOUGH
    )
    home = list(range(len(ordered)))
    members: dict[int, list[int]] = {i: [i] for i in home}
    for _, i, j in links:
        a, b = home[i], home[j]
        if a == b or not all(_may_join(score(x, y)) for x in members[a] for y in members[b]):
            continue
        keep, gone = min(a, b), max(a, b)
        members[keep] += members.pop(gone)
        for k in members[keep]:
            home[k] = keep
    found = [tuple(ordered[k] for k in sorted(group)) for group in members.values()]
    return sorted(found, key=lambda g: g[0].order)


def _may_join(score: Score) -> bool:
    return score.veto is None and score.total >= FLOOR


def _candidates(ordered: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """The places of the pairs that may be one act: of one group, and near each other in time or alike in what they are about."""
    by_group: dict[str, list[int]] = defaultdict(list)
    for i, told in enumerate(ordered):
        by_group[told.group].append(i)
    for places in by_group.values():
        yield from {pair for found in (_near(ordered, places), _alike(ordered, places)) for pair in found}


def _near(ordered: Sequence[Told], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs whose days meet; an open end reaches ``REACH`` days. A sweep over the first days, so that long histories stay quick."""
    spans = []
    for i in places:
        days = ordered[i].begins
        first = days.first or (days.last - timedelta(days=REACH) if days.last else date.min)
        last = days.last or (days.first + timedelta(days=REACH) if days.first else date.max)
        spans.append((first, last, i))
    running: list[tuple[date, int]] = []
    for first, last, i in sorted(spans):
        running = [(end, j) for end, j in running if end >= first or (first - end).days <= SLACK]
        yield from ((min(i, j), max(i, j)) for _, j in running)
        running.append((last, i))


def _alike(ordered: Sequence[Told], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of which one is undated, that lie further apart but share a word of subject or a condition."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i in places:
        told = ordered[i]
        marks = {s for s in told.subject if weight_of(frozenset((s,))) > GENERIC_WEIGHT} | {
            c.phrase for c in told.contact.conditions
        }
        for mark in sorted(marks):
            holders[mark].append(i)
    for same in holders.values():
        for n, i in enumerate(same):
            for j in same[n + 1 :]:
                x, y = ordered[i].begins, ordered[j].begins
                if (
                    (x.first is None or y.first is None)
                    and x.last
                    and y.last
                    and abs((x.last - y.last).days) <= TOO_LONG
                ):
                    yield i, j


# ---------------------------------------------------------------------------------------------------- what rules it out


def _veto(one: Told, other: Told) -> str | None:
    a, b = one.contact, other.contact
    if one.report.key == other.report.key:
        return "one report tells them apart"
    if one.group != other.group:
        return f"{a.act} and {b.act}"
    if not _parties_agree(one, other):
        return "other parties"
    if not one.begins.meets(other.begins, SLACK if _days_known(one, other) else 0):
        return "other days"
    if (_told_apart(one.begins, other.begins) or 0) > TOO_LONG:
        return "undated and told long apart"
    if not _ends_agree(one, other):
        return "one ended before the other"
    if _counts_differ(one, other):
        return "another number of acts"
    return _statuses_differ(one, other)


def _parties_agree(one: Told, other: Told) -> bool:
    (af, at), (bf, bt) = one.parties, other.parties
    if len((af | at) & (bf | bt)) / len(af | at | bf | bt) < 0.5:
        return False
    if af & bf and at & bt:
        return True
    # Who met whom, and who cut a line, reports tell either way round; who wrote to whom they do not.
    either_way = one.group == "breakdown" or bool({one.contact.act, other.contact.act} & SYMMETRIC_ACTS)
    return either_way and bool(af & bt and at & bf)


def _days_known(one: Told, other: Told) -> bool:
    return all((t.begins.width or 99) <= 2 for t in (one, other))


def _ends_agree(one: Told, other: Told) -> bool:
    return one.ends.meets(other.ends, SLACK)


def _counts_differ(one: Told, other: Told) -> bool:
    """A counted run ("three rounds") is neither a run of another number nor one act of it."""
    mine, theirs = one.count, other.count
    if mine is None and theirs is None:
        return False
    if mine is None or theirs is None:
        single = one if mine is None else other
        return not single.ends.known
    return mine != theirs and 0 not in (mine, theirs)


def _statuses_differ(one: Told, other: Told) -> str | None:
    a, b = one.contact, other.contact
    kinds = {a.status, b.status}
    if "not_done" in kinds and len(kinds) > 1:
        return "one was not done" if not kinds <= {"not_done", "planned", "conditional"} else None
    if "conditional" in kinds and not kinds <= UNREAL:
        return "one is only offered"
    if "attempted" in kinds and one.group == "exchange" and kinds & {"done", "ongoing"}:
        return "one found no answer"
    if "planned" in kinds and len(kinds) > 1 and not _plan_precedes(one, other):
        return "planned after the other was done"
    return None


def _plan_precedes(one: Told, other: Told) -> bool:
    plan, deed = (one, other) if one.contact.status == "planned" else (other, one)
    told, done = plan.report.day, deed.begins.last
    return told is None or done is None or told <= done


# --------------------------------------------------------------------------------------------------- what speaks for it


def _reasons(one: Told, other: Told) -> Iterable[tuple[str, float]]:
    a, b = one.contact, other.contact
    yield _dates(one, other)
    yield _kinds(a.act, b.act)
    if a.status == b.status:
        yield f"both {a.status}", SAME_STATUS
    yield f"rarely twice: {one.group}", RARE.get(one.group, 0.0)
    yield _subjects(one, other)
    yield _sets("channel", _specific(a.channel), _specific(b.channel), CHANNEL, OTHER_CHANNEL)
    yield _sets("via", set(a.via), set(b.via), VIA, OTHER_VIA)
    yield _persons(one, other)
    if {c.phrase.lower() for c in a.conditions} & {c.phrase.lower() for c in b.conditions}:
        yield "same condition", CONDITION
    if a.secret or b.secret:
        yield ("both secret", SECRET) if a.secret == b.secret else ("secret in one", NOT_SECRET)
    if likeness(one.report.signature, other.report.signature) >= COPY_LIKENESS:
        yield "copies of one text", COPY
    elif same_story(one.report, other.report):
        yield "reports of one story", STORY
    if _answers_differ(one, other):
        yield f"answer {a.reply} and {b.reply}", OTHER_ANSWER


def _kinds(mine: str, theirs: str) -> tuple[str, float]:
    if mine == theirs:
        return mine, SAME_KIND
    # One letter is a message to one desk, an overture to another; but a visit holds meetings, and a call is no meeting.
    return f"{mine} and {theirs}", 0.0 if {mine, theirs} <= OFFERS else OTHER_KIND


def _dates(one: Told, other: Told) -> tuple[str, float]:
    x, y = one.begins, other.begins
    if x.width and y.width:
        if not x.meets(y):
            return "the next day", NEXT_DAY
        wider = max(x.width, y.width)
        return f"days within {wider}", next(w for most, w in DATES if wider <= most)
    apart = _told_apart(x, y)
    if apart is None:
        return "days not told", 0.0
    if apart <= SAME_NEWS and not (x.first or y.first):
        return "told at one time", SAME_NEWS_WEIGHT
    return next(
        ((f"told {most} days or more after", w) for most, w in AFTERWARDS if apart > most), ("days not told", 0.0)
    )


def _told_apart(x: Range, y: Range) -> int | None:
    """Days between the last days of two ranges of which at least one is open at its beginning: what is told undated is mostly news of its day."""
    if x.last is None or y.last is None or (x.first and y.first):
        return None
    if x.first or y.first:
        dated, undated = (x, y) if x.first else (y, x)
        assert dated.last is not None and undated.last is not None
        return max(0, (undated.last - dated.last).days)
    return abs((x.last - y.last).days)


def _subjects(one: Told, other: Told) -> tuple[str, float]:
    mine, theirs = one.subject, other.subject
    like = likeness_of(mine, theirs)
    if like is None:
        return "subject not told", 0.0
    if not like:
        # Rare acts are told by their effect in many words: other words do not make another act.
        return "other subject", 0.0 if one.group in RARE else OTHER_SUBJECT
    # One word in common ("the review") says less than a phrase.
    return f"subject {' '.join(sorted(mine & theirs))}", SUBJECT * like * min(1.0, weight_of(mine & theirs) / PHRASE)


def _specific(channels: Iterable[str]) -> set[str]:
    return set(channels) - VAGUE_CHANNELS


def _sets(name: str, mine: set[str], theirs: set[str], same: float, other: float) -> tuple[str, float]:
    if not mine or not theirs:
        return f"{name} not told", 0.0
    common = mine & theirs
    return (f"{name} {' '.join(sorted(common))}", same) if common else (f"other {name}", other)


def _persons(one: Told, other: Told) -> tuple[str, float]:
    a, b = one.contact, other.contact
    theirs = (b.from_person, b.to_person)
    if set(a.from_) & set(b.to) and not set(a.from_) & set(b.from_):
        theirs = (b.to_person, b.from_person)
    alike = [
        x for x in (persons_alike(a.from_person, theirs[0]), persons_alike(a.to_person, theirs[1])) if x is not None
    ]
    if not alike:
        return "persons not told", 0.0
    if min(alike) < 0:
        return "other persons", OTHER_PERSONS
    return ("same persons", PERSONS) if max(alike) > 0 else ("persons not sure", 0.0)


def _answers_differ(one: Told, other: Told) -> bool:
    """An answer told, and by a later word none: rather two acts (the same act's answer would still stand)."""
    first, second = sorted((one, other), key=_vouched)
    a, b = first.contact.reply, second.contact.reply
    return (a in ANSWERS and b == "none") or (a in ANSWERS and b in ANSWERS and a != b)


def _vouched(told: Told) -> tuple[str, tuple[str, str, int]]:
    day = told.contact.reply_as_of or told.report.day
    return (day.isoformat() if day else "", told.order)


def range_of(members: Iterable[Told]) -> Range:
    """The days on which all members allow their act to have begun."""
    found = Range()
    for told in members:
        found = found.both(told.begins)
    return found
