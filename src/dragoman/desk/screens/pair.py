"""A pair and a story: what passed between parties, drawn and in a table."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

from dragoman.codebook.labels import label_of
from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.drawing import drawn
from dragoman.desk.rendering import View
from dragoman.desk.rows import act_row, thread_rows
from dragoman.desk.screens.thread import pair_in
from dragoman.errors import RequestRefused
from dragoman.ledger import ThreadView
from dragoman.ledger.acts import Act
from dragoman.ledger.told import Pair, pair_of

__all__ = ["PAIR_PARAMS", "STORY_PARAMS", "pair", "story"]

PAIR_PARAMS = (
    Param("first", "day", "The first day drawn."),
    Param("last", "day", "The last day drawn."),
)
STORY_PARAMS = (
    Param("party", "texts", "Codes of the parties; the story is of all pairs among them."),
    Param("words", "text", "Words of which one at least stands in an act's subject."),
    *PAIR_PARAMS,
)
#: Parties of a story: their pairs grow with the square.
MOST_PARTIES = 6
#: Acts in the list below the picture; the picture's own table holds those drawn.
MOST_ACTS = 500


def pair(desk: Desk, asked: Asked) -> View:
    """All that passed between two parties."""
    of = pair_in(asked)
    if of[0] == of[1]:
        raise RequestRefused(404, "A pair is two parties; these are one.")
    return _shown(desk, asked, [of], f"{label_of(of[0])} and {label_of(of[1])}", "pair.html", {"parties": list(of)})


def story(desk: Desk, asked: Asked) -> View:
    """What passed among the parties on a subject: a saved set of parties, words and days is this page's address."""
    parties = list(dict.fromkeys(x for p in asked.given["party"] for x in p.upper().replace(",", " ").split()))
    if len(parties) > MOST_PARTIES:
        raise RequestRefused(400, f"A story has at most {MOST_PARTIES} parties; name fewer.")
    pairs = [pair_of(a, b) for a, b in combinations(parties, 2)]
    title = ", ".join(label_of(p) for p in parties)
    words = asked.given["words"] or ""
    if words:
        title += f": {words}"
    suggested = desk.looking.pairs(asked.day, most=12) if not pairs else []
    data = {
        "parties": parties,
        "words": words,
        "suggested": [
            {"parties": list(p.pair), "contacts": p.contacts, "href": asked.links.story(party=list(p.pair))}
            for p in suggested
        ],
    }
    return _shown(desk, asked, pairs, title or "A story", "story.html", data)


def _shown(desk: Desk, asked: Asked, pairs: list[Pair], title: str, template: str, data: dict[str, Any]) -> View:
    first, last = asked.given["first"], asked.given["last"]
    if first and last and last < first:
        raise RequestRefused(400, "The last day lies before the first.")
    wanted = [w.casefold() for w in (asked.given.get("words") or "").split()]
    views: list[ThreadView] = []
    acts: list[tuple[Pair, Act, ThreadView | None]] = []
    for of in pairs:
        history = desk.looking.history(of, asked.day, asked.recorded)
        threads = [ThreadView(t, asked.day) for t in history.threads]
        home = {a.id: v for v in threads for a in v.acts}
        kept = [a for a in history.acts if not wanted or _speaks_of(a, home.get(a.id), wanted)]
        acts += [(of, a, home.get(a.id)) for a in kept]
        ids = {a.id for a in kept}
        views += [v for v in threads if any(a.id in ids for a in v.acts)]
    acts.sort(key=lambda x: x[1].order)
    lanes: Literal["pair", "channel"] = "pair" if len(pairs) > 1 else "channel"
    picture, table = None, None
    if acts:
        picture, table = drawn(asked, views, acts, lanes=lanes, first=first, last=last, title=title)
    return View(
        template,
        title,
        {
            **data,
            "threads": thread_rows(sorted(views, key=lambda v: v.acts[0].order, reverse=True), asked.links),
            "acts": [act_row(a, asked.links, of, v) for of, a, v in acts[-MOST_ACTS:][::-1]],
            "more": max(len(acts) - MOST_ACTS, 0),
            "timeline": table,
            "first": first.isoformat() if first else None,
            "last": last.isoformat() if last else None,
        },
        pair=pairs[0] if len(pairs) == 1 else None,
        up=asked.links.board(),
        pictures={"timeline": picture},
    )


def _speaks_of(act: Act, thread: ThreadView | None, wanted: list[str]) -> bool:
    told = " ".join(a.about or "" for a in (act, *(thread.acts if thread else ()))).casefold()
    return any(w in told for w in wanted)
