"""Pages that are no article, told by what they say: not found, consent, paywall, robots; and by what they lack."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook.forms import form
from dragoman.pages.lines import Unit
from dragoman.pages.refusals import refuse
from dragoman.pages.roles import is_prose, words_of

__all__ = ["refuse_walls"]

#: Forms of walls (``codebook/forms.toml``), in the order in which they are looked for.
_WALLS = ("not_found", "bot_wall", "paywall", "consent_wall", "video_only")
#: A report of fewer words of body than this says less than a wall beside it would hide.
_SHORT = 60
#: No wall says as many.
_LONG = 200
#: A report has at least this many words in sentences.
_LEAST = 12
#: Above this share of units that look like headlines a page without prose is an index.
_HEADLINES = 0.25


def _headline(text: str) -> bool:
    return 5 <= len(words_of(text)) <= 25 and text[-1:] not in ".!?:;,"


def refuse_walls(units: Sequence[Unit], body: Sequence[int]) -> None:
    """Raise the refusal that fits a page without an article; nothing happens where a report is there.

    Raises:
        PageError: ``not_found``, ``bot_wall``, ``paywall``, ``consent_wall``, ``video_only``, ``index_page`` or ``no_article``.
    """
    prose = [i for i in body if is_prose(units[i].text)]
    words = sum(units[i].text.count(" ") + 1 for i in prose)
    if len(prose) >= 2 and (words >= _LONG or (words >= _SHORT and not _mostly_wall([units[i].text for i in body]))):
        return
    shown = "\n".join([u.text for u in units if len(u.text) < 300])
    for reason in _WALLS:
        match = form(reason).search(shown)
        if match and (words < _SHORT or reason in {"consent_wall", "paywall", "bot_wall"}):
            raise refuse(reason, f"“{match.group()}”, and {words} words of body")
    headlines = sum(_headline(u.text) for u in units)
    if words < _SHORT and len(units) >= 12 and headlines >= _HEADLINES * len(units):
        raise refuse("index_page", f"{headlines} of {len(units)} lines are headlines, {words} words of body")
    if words < _LEAST:
        raise refuse("no_article", f"{words} words in sentences")


def _mostly_wall(texts: Sequence[str]) -> bool:
    """Whether half of the words chosen as body are about consent, subscription or robots."""
    total = sum(map(len, texts))
    wall = sum(len(t) for t in texts if any(form(name).search(t) for name in ("consent_wall", "paywall", "bot_wall")))
    return wall > 0.5 * total
