"""A page's text, with or without its menus, to an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.codebook.forms import form
from dragoman.codebook.outlets import Outlet, OutletBook
from dragoman.model import Article, Caption, Link, Page, Span
from dragoman.pages.body import Parts, bare_places, body_places, is_bare, sort_out
from dragoman.pages.boosted import LineModel
from dragoman.pages.credits import Dateline, agency_in_byline, agency_told, closing_credit, dateline_of
from dragoman.pages.english import language_of
from dragoman.pages.lines import Unit, holding, squeeze, units_of
from dragoman.pages.published import Dated, find_dates, from_address, on_dateline
from dragoman.pages.publisher import Publisher, above_all, find_publisher
from dragoman.pages.refusals import refuse
from dragoman.pages.roles import bullet_text, byline_of, caption_credit, is_furniture, is_prose, words_of
from dragoman.pages.title import find_title, title_of_bare, without_outlet
from dragoman.pages.translated import signs_of_translation
from dragoman.pages.walls import refuse_walls

__all__ = ["Hints", "article_of_text", "article_of_units", "body_of_dump", "body_with_hints"]

#: Shortest run of letters by which a unit is known as part of a hinted paragraph.
_LONG = 30
#: What a heading above headlines of like stories says.
_LIKE = re.compile(r"\b(?:similar|related)\b", re.IGNORECASE)
#: Words of buttons that stand where a section's name would.
_NO_SECTION = frozenset(
    {
        "menu",
        "close",
        "search",
        "newsletter",
        "newsletters",
        "subscribe",
        "follow",
        "share",
        "more",
        "tips",
        "input",
        "home",
        "login",
        "print",
        "back",
    }
)


def body_of_dump(text: str, model: LineModel | None = None) -> str:
    """The body of a dump as the line model and its rules choose it, paragraphs parted by blank lines; empty where there is none.

    The measure of ``evaluation/pages.py``: no language is refused and no masthead read.
    """
    units = units_of(text)
    if not units:
        return ""
    bare = is_bare(units)
    places = bare_places(units) if bare else body_places(units, (model or LineModel.open()).scores(units))
    title = _title_place("", units, places, bare, None) if places else None
    return "\n\n".join(units[i].text for i in sort_out(units, places, title).body)


@dataclass(frozen=True)
class _Sheet:
    """What the reading of one page hands around."""

    page: Page
    text: str
    units: list[Unit]
    parts: Parts
    title: int | None
    book: OutletBook
    said: list[str] | None = None
    bare: bool = False

    def span(self, i: int, rule: str) -> Span:
        return Span(self.units[i].start, self.units[i].end, rule)


def article_of_text(
    page: Page, text: str, *, model: LineModel | None = None, book: OutletBook | None = None
) -> Article:
    """The article that a page's text holds; spans count the characters of ``text``.

    Raises:
        PageError: a refusal (``refusals.REASONS``).
    """
    return article_of_units(page, text, units_of(text), model=model, book=book)


@dataclass(frozen=True, slots=True)
class Hints:
    """What another reader already found on the page: the body's paragraphs and the title."""

    paragraphs: tuple[str, ...] = ()
    title: str | None = None


def _hinted(units: Sequence[Unit], hints: Hints) -> list[int]:
    """Where the hinted paragraphs stand among the units, whole, joined or cut."""
    wanted = {key for p in hints.paragraphs if (key := squeeze(p))}
    whole = "".join(squeeze(p) for p in hints.paragraphs)
    long = [key for key in wanted if len(key) >= _LONG]
    found = []
    for i, unit in enumerate(units):
        key = squeeze(unit.text)
        if key in wanted or (len(key) >= _LONG and (key in whole or any(p in key for p in long))):
            found.append(i)
    return found


def article_of_units(
    page: Page,
    text: str,
    units: list[Unit],
    hints: Hints | None = None,
    *,
    model: LineModel | None = None,
    book: OutletBook | None = None,
) -> Article:
    """The article of a page's units; with ``hints`` the body is the hinted paragraphs, else the line model chooses it.

    Raises:
        PageError: a refusal (``refusals.REASONS``).
    """
    book = book or OutletBook.load()
    if not units:
        raise refuse("empty")
    hinted = _hinted(units, hints) if hints and hints.paragraphs else []
    bare = not hinted and is_bare(units)
    places = hinted or (bare_places(units) if bare else body_places(units, (model or LineModel.open()).scores(units)))
    language, sure = language_of("\n".join([u.text for u in units] if not places else [units[i].text for i in places]))
    if language not in {"en", "und"}:
        raise refuse("language", f"reads as {language} ({sure:.2f})")
    refuse_walls(units, places)
    if language != "en":
        raise refuse("language", f"too few function words of English ({sure:.2f})")
    title = _title_place(page.url or "", units, places, bare, hints)
    parts = sort_out(units, places, title)
    if not parts.body:
        raise refuse("no_article")
    said = _said(units, places, parts, hints) if hinted and hints else None
    return _assemble(_Sheet(page, text, units, parts, title, book, said, bare))


def _title_place(url: str, units: list[Unit], places: list[int], bare: bool, hints: Hints | None) -> int | None:
    """The title's place: the hinted title's own line, or the best candidate where none is hinted."""
    if hints and hints.title:
        key = squeeze(hints.title)
        keys = [squeeze(u.text) for u in units[: places[0] + 1]]
        like = [i for i, k in enumerate(keys) if k and (k == key or (key.startswith(k) and len(k) > 20))]
        return like[-1] if like else None
    if bare:
        return title_of_bare(units, places[0], [units[i].text for i in places])
    slug = url.rstrip("/").rsplit("/", 1)[-1]
    return find_title(units, places[0], [units[i].text for i in places], slug)


def _said(units: Sequence[Unit], places: Sequence[int], parts: Parts, hints: Hints) -> list[str] | None:
    """The hinted paragraphs without those that turned out to be captions, key points, repeats or the title."""
    kept = set(parts.body)
    gone = {squeeze(units[i].text) for i in places if i not in kept} - {squeeze(units[i].text) for i in kept}
    return [p for p in hints.paragraphs if squeeze(p) not in gone] or None


def body_with_hints(units: list[Unit], hints: Hints) -> str:
    """The body of hinted paragraphs alone, parted by blank lines; all of them where none stands among the units."""
    places = _hinted(units, hints)
    if not places:
        return "\n\n".join(hints.paragraphs)
    parts = sort_out(units, places, _title_place("", units, places, False, hints))
    return "\n\n".join(_said(units, places, parts, hints) or hints.paragraphs)


def _assemble(sheet: _Sheet) -> Article:
    units, parts, page = sheet.units, sheet.parts, sheet.page
    spans: dict[str, Span] = {"body": Span(units[parts.body[0]].start, units[parts.body[-1]].end, "line_model")}
    paragraphs = sheet.said or [units[i].text for i in parts.body]
    inside = set(parts.body)
    outside = [i for i in range(len(units)) if i not in inside]
    title_line = units[sheet.title].text if sheet.title is not None else None
    publisher = find_publisher(units, outside, title_line, page.url, sheet.book)
    publisher = publisher or (above_all(units, sheet.title) if sheet.bare else None)
    title = _title(sheet, publisher, spans)
    home = publisher.outlet if publisher else None
    published, updated = find_dates(
        sheet.text,
        units,
        sheet.title,
        parts.body,
        day_first=home.writes_day_first if home else None,
        home=home.zone if home else None,
        skip=frozenset(parts.captions),
    )
    _span_outlet(sheet, publisher, spans)
    byline = _byline(sheet, spans)
    head = _dateline(sheet)
    if head is not None:
        published = on_dateline(head[1].day, units[head[0]].start, sheet.text, published, page.url)
    credited = _credited(sheet, paragraphs, byline)
    agency, dateline = _credits(sheet, credited, publisher, head, spans)
    links = _links(sheet)
    signs = signs_of_translation(paragraphs, [units[i].text for i in outside], home, parts.lead_twice)
    if signs:
        spans["machine_translated"] = Span(spans["body"].start, spans["body"].end, "+".join(signs))
    when = _when(page, published, updated, home.zone if home else None, spans)
    outlet = page.outlet or (publisher.name if publisher else None)
    return Article(
        id=page.id,
        body="\n\n".join(paragraphs),
        title=title,
        subtitle=_subtitle(sheet, spans),
        outlet=outlet,
        agency=agency,
        relayed=_chain(credited, agency, outlet),
        dateline=dateline,
        byline=byline,
        section=_section(sheet, spans),
        captions=tuple(Caption(units[i].text, caption_credit(units[i].text)[1]) for i in parts.captions),
        key_points=tuple(bullet_text(units[i].text) for i in parts.key_points),
        links=links,
        language="en",
        machine_translated=bool(signs),
        url=page.url,
        first_seen=page.first_seen,
        page_key=page.key,
        spans=spans,
        published=when.published,
        published_rule=when.rule,
        published_sure=when.sure,
        updated=when.updated,
        timezone=when.zone,
    )


def _title(sheet: _Sheet, publisher: Publisher | None, spans: dict[str, Span]) -> str | None:
    if sheet.title is None:
        return None
    unit = sheet.units[sheet.title]
    names = [sheet.page.outlet or "", publisher.name if publisher else ""]
    if publisher and publisher.outlet:
        names += [publisher.outlet.short, *publisher.outlet.aliases]
    shown = without_outlet(unit.text, names)
    whole = shown == unit.text
    spans["title"] = Span(unit.start, unit.end if whole else unit.start + len(shown), "title_line")
    return shown


def _span_outlet(sheet: _Sheet, publisher: Publisher | None, spans: dict[str, Span]) -> None:
    if publisher and not sheet.page.outlet and publisher.unit is not None:
        spans["outlet"] = sheet.span(publisher.unit, publisher.rule)


def _byline(sheet: _Sheet, spans: dict[str, Span]) -> str | None:
    """The first byline between title and body, or right above the title or below the body.

    Whom a release says that its words are to be attributed to stands above the office that sent it out.
    """
    first, last = sheet.parts.body[0], sheet.parts.body[-1]
    low = sheet.title + 1 if sheet.title is not None else max(0, first - 6)
    near = [*range(low, first), *range(max(0, low - 3), low), *range(last + 1, min(last + 3, len(sheet.units)))]
    near.sort(key=lambda i: form("attributed").search(sheet.units[i].text) is None)  # stable: the rest stay in order
    for i in near:
        who = byline_of(sheet.units[i].text) if i != sheet.title else None
        if who:
            spans["byline"] = sheet.span(i, "byline_line")
            return who
    return None


def _dateline(sheet: _Sheet) -> tuple[int, Dateline] | None:
    """The place of the paragraph that begins with a dateline, and the dateline."""
    return next(((i, d) for i in sheet.parts.body[:2] if (d := dateline_of(sheet.units[i].text, sheet.book))), None)


@dataclass(frozen=True)
class _Credited:
    """Whom a page credits: in its byline, at the end of its body, right below it; and whom its lead retells."""

    byline: Outlet | None
    closing: Outlet | None
    below: Outlet | None
    told: Outlet | None


def _credited(sheet: _Sheet, paragraphs: Sequence[str], byline: str | None) -> _Credited:
    book, last = sheet.book, sheet.parts.body[-1]
    lines = [u.text for u in sheet.units[last + 1 : last + 3] if len(u.text) < 60]
    return _Credited(
        agency_in_byline(byline, book),
        closing_credit(paragraphs, book),
        closing_credit(lines, book),
        agency_told(paragraphs, book),
    )


def _chain(credited: _Credited, agency: str | None, outlet: str | None) -> tuple[str, ...]:
    """Through whose hands the report came, nearest first: whom the page credits below, then its agency, then whom the lead retells."""
    below, by, told = credited.below or credited.closing, credited.byline, credited.told
    names = [below.credit if below else None, by.credit if by else None, agency, told.credit if told else None]
    return tuple(dict.fromkeys(x for x in names if x and x != outlet))


def _credits(
    sheet: _Sheet,
    credited: _Credited,
    publisher: Publisher | None,
    head: tuple[int, Dateline] | None,
    spans: dict[str, Span],
) -> tuple[str | None, str | None]:
    """Agency and dateline."""
    units, body = sheet.units, sheet.parts.body
    place = head[1].place if head else None
    if head and place:
        start = units[head[0]].start
        spans["dateline"] = Span(start, start + len(place), "dateline")
    own = publisher.outlet if publisher else None
    named = credited.byline or credited.closing or credited.below
    told = None if named or (own and own.agency) else credited.told
    if head and head[1].agency:
        spans["agency"] = Span(units[head[0]].start, units[head[0]].start + head[1].end, "dateline")
        return head[1].agency, place
    if named:
        rule = "byline" if credited.byline else "closing_credit"
        spans["agency"] = spans["byline"] if rule == "byline" else sheet.span(body[-1], rule)
        return named.credit, place
    if told and told != own:
        spans["agency"] = sheet.span(body[0], "told_in_lead")
        return told.credit, place
    return None, place


def _subtitle(sheet: _Sheet, spans: dict[str, Span]) -> str | None:
    """The line right below the title that is neither byline, date, caption nor furniture."""
    if sheet.title is None:
        return None
    taken = {*sheet.parts.captions, *sheet.parts.key_points, *sheet.parts.repeats}
    for i in range(sheet.title + 1, min(sheet.title + 4, sheet.parts.body[0])):
        text = sheet.units[i].text
        if i in taken or is_furniture(text) or byline_of(text) or caption_credit(text)[0]:
            continue
        if 5 <= len(words_of(text)) <= 50 and sum(map(str.isdigit, text)) < 5:
            spans["subtitle"] = sheet.span(i, "below_title")
            return text
    return None


def _section(sheet: _Sheet, spans: dict[str, Span]) -> str | None:
    """The one or two words right above the title that the menu prints too ("National", "World News"), or a trail ("Home > World")."""
    if not sheet.title:
        return None
    unit = sheet.units[sheet.title - 1]
    trail = [x.strip() for x in unit.text.replace("›", ">").replace("»", ">").replace("/", ">").split(">")]
    name = trail[-1] if len(trail) > 1 and trail[-1] else unit.text
    if _NO_SECTION & set(words_of(name)) or not name[-1:].isalnum():
        return None
    if (
        not 1 <= len(words_of(name)) <= 3
        or len(name) > 40
        or is_prose(name)
        or is_furniture(name)
        or any(map(str.isdigit, name))
    ):
        return None
    in_menu = any(u.text == name for i, u in enumerate(sheet.units) if i != sheet.title - 1)
    if len(trail) == 1 and not in_menu:
        return None
    spans["section"] = sheet.span(sheet.title - 1, "trail" if len(trail) > 1 else "above_title")
    return name


def _links(sheet: _Sheet) -> tuple[Link, ...]:
    """Headlines of like stories below the body, under a line that names them so."""
    units = sheet.units
    for i in holding(_LIKE, units, range(sheet.parts.body[-1] + 1, len(units))):
        if len(units[i].text) <= 40:
            heads = [u.text for u in units[i + 1 : i + 11]]
            stop = next((k for k, t in enumerate(heads) if len(words_of(t)) < 4 or is_furniture(t)), len(heads))
            return tuple(Link(t) for t in heads[:stop])
    return ()


@dataclass(frozen=True)
class _When:
    published: str | None
    rule: str | None
    sure: float
    updated: str | None
    zone: str | None


def _when(
    page: Page, published: Dated | None, updated: Dated | None, home: str | None, spans: dict[str, Span]
) -> _When:
    """The dates to print: what was told beside the page wins, then what the page prints, then its address."""
    zone = published.moment.zone if published else None
    later = updated.moment.iso if updated else None
    if updated:
        spans["updated"] = Span(updated.start, updated.end, updated.rule)
    if page.published:
        return _When(page.published, "given", 1.0, later, home)
    address = from_address(page.url)
    if address and (published is None or published.sure < 0.7):
        if published is not None and published.moment.iso[:10] == address:
            spans["published"] = Span(published.start, published.end, published.rule)
            return _When(published.moment.iso, published.rule, 0.95, later, zone or home)
        return _When(address, "address", 0.8, later, home)
    if published is None:
        return _When(None, None, 0.0, later, None)
    spans["published"] = Span(published.start, published.end, published.rule)
    return _When(
        published.moment.iso, published.rule, published.sure, later, zone or (home if published.moment.timed else None)
    )
