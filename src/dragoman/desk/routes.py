"""The addresses of the desk: which screen, with which parameters. The application and the description of the API are both made from this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View
from dragoman.desk.screens import act, adding, board, entering, keys, learned, pair, parties, rejected, report, search
from dragoman.desk.screens import thread as threads

__all__ = ["SCREENS", "Screen"]


@dataclass(frozen=True, slots=True)
class Screen:
    """A page that only looks: its path, what makes it, its own parameters, and what it shows."""

    name: str
    path: str
    show: Callable[[Desk, Asked], View]
    what: str
    params: tuple[Param, ...] = ()
    writes: bool = False
    """Whether it holds a form that readers may not send."""
    kept: bool = False
    """Whether its answers are kept: it is looked at again and again, and dear to make."""


SCREENS = (
    Screen("board", "/", board.board, "The silence board: overtures without a reported answer.", board.PARAMS, kept=True),
    Screen("pair", "/pair/{a}/{b}", pair.pair, "What passed between two parties.", pair.PAIR_PARAMS, kept=True),
    Screen("thread", "/thread/{a}/{b}/{id}", threads.thread, "One thread: its acts, its state and why."),
    Screen("act", "/act/{a}/{b}/{id}", act.act, "One act with its evidence."),
    Screen("report", "/report/{key}", report.report, "One report with all that it gave.", report.PARAMS),
    Screen("story", "/story", pair.story, "What passed among parties on a subject.", pair.STORY_PARAMS),
    Screen("parties", "/parties", parties.parties, "The parties and pairs that reports speak of."),
    Screen("party", "/party/{code}", parties.party, "One party, its pairs and its offices.", parties.PARTY_PARAMS),
    Screen("person", "/person", parties.person, "One person: offices, and contacts that name them.", parties.PERSON_PARAMS),
    Screen("learned", "/learned", learned.learned, "What was learned between two days.", learned.PARAMS),
    Screen("search", "/search", search.search, "Search over texts, people, parties and subjects.", search.PARAMS),
    Screen("rejections", "/rejections", rejected.rejections, "Inputs that were not read, and why.", rejected.PARAMS),
    Screen("add", "/add", adding.add, "Forms to read more pages.", writes=True),
    Screen("enter", "/enter", entering.enter, "A form to enter a contact by hand.", writes=True),
    Screen("keys", "/keys", keys.keys, "The keys of the desk."),
)  # fmt: skip
