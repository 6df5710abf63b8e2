"""Pages that are no article, told by what they say: not found, consent, paywall, robots; and by what they lack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.pages.lines import Unit
from dragoman.pages.refusals import refuse
from dragoman.pages.roles import is_prose, words_of

__all__ = ["refuse_walls"]

_NOT_FOUND = re.compile(
    r"\b(?:404|410)\b.{0,30}\b(?:not found|error|gone|page)\b|\berror 404\b|\bpage (?:you (?:are|were|re)?.{0,30})?(?:not found|(?:can(?:no|')t|could not) be found|does(?:n't| not) exist|no longer (?:exists|available))"
    r"|\b(?:no such page|page not found|article (?:not found|no longer available|has been removed)|nothing was found|content (?:is )?(?:not|no longer) available|403 forbidden|access denied|50[023] (?:internal|bad|service)|service unavailable|bad gateway)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:we (?:and our (?:\d+ )?partners|value your privacy|use cookies)|before you continue|cookie (?:consent|preferences|settings)|accept (?:all|cookies)|reject all|manage (?:options|preferences|cookies|consent)"
    r"|consent to (?:the|our|cookies)|store and/or access information|legitimate interest)\b",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|unlock|keep)|to (?:continue|keep) reading|(?:this (?:article|content|story)|article) is (?:for|only available|reserved|exclusive)(?: (?:for|to))? .{0,20}(?:subscribers|members)|subscribers? only|already (?:a )?(?:subscriber|member|have an account)"
    r"|log ?in to (?:continue|read)|sign in to (?:continue|read)|free articles? (?:left|remaining|this month)|(?:choose|see) (?:your|a) (?:plan|subscription)|start your (?:free )?trial|unlock this article|cancel any ?time|become a (?:subscriber|member))\b",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"\b(?:are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|enable javascript|javascript is (?:disabled|required)|turn on javascript|unusual (?:traffic|activity)|complete the captcha|security check|ddos protection|please stand by|just a moment)\b",
    re.IGNORECASE,
)
_VIDEO = re.compile(
    r"\b(?:watch (?:the |this |now|live|video)|play(?:ing)? video|video (?:duration|player|unavailable|transcript)|now playing|duration[: ]\s*\d|\d{1,2}:\d{2} (?:min|mins|minutes)|live ?stream|photo gallery|in pictures|slideshow|podcast episode|listen to (?:this|the) (?:episode|podcast)|your browser does not support (?:the )?(?:video|audio))\b",
    re.IGNORECASE,
)
_WALLS = (("not_found", _NOT_FOUND), ("bot_wall", _ROBOT), ("paywall", _PAYWALL), ("consent_wall", _CONSENT), ("video_only", _VIDEO))
#: A report of fewer words of body than this says less than a wall beside it would hide.
_SHORT = 60
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
    words = sum(len(words_of(units[i].text)) for i in prose)
    if words >= _SHORT and len(prose) >= 2 and not _mostly_wall([units[i].text for i in body]):
        return
    for reason, form in _WALLS:
        match = next((m for u in units if len(u.text) < 1000 and (m := form.search(u.text))), None)
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
    wall = sum(len(t) for t in texts if _CONSENT.search(t) or _PAYWALL.search(t) or _ROBOT.search(t))
    return wall > 0.5 * total
