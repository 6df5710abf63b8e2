"""Trips and visits held against open data: is contact that was held found as held, with the right country on the right days?

Gold: the Secretary's and the President's trips and foreign leaders' visits (HistoryAtState/travels and visits, CC0; ``data/README.md``). Texts: the
Department of State's releases. A trip or visit counts if a release within 14 days of it names the country and a word of travel, visit or
meeting; it is found if the ledger holds a visit or a meeting between the United States and the country on a day of it.

    python -m evaluation.trips --shared DIR --ledger LEDGER --errors --visits 50

Reading all releases takes some ten minutes, so that a ledger of all of them is made beforehand (``--texts DIR`` writes them as files for
``dragoman read``). Without one, the nearest fitting releases of a drawn sample of trips are read, which takes less than a minute and finds
a little less.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from dragoman.codebook.actors import ActorBook
from dragoman.ledger import KnownContact, Ledger
from dragoman.model import Page
from dragoman.pipeline import Pipeline

__all__ = ["Held", "Release", "Trip", "held", "in_coverage", "measure", "named", "releases", "trips"]

HOME = "USA"
#: A release this many days before or after a trip may tell it (the bar of the project's eleventh issue).
WINDOW = timedelta(days=14)
#: The words of travel, visit or meeting of which a release must hold one.
WORDS = re.compile(
    r"\b(?:travel(?:s|l?ed|l?ing)?|trips?|visit(?:s|ed|ing|ors?)?|arriv(?:e|es|ed|ing|al)|meet(?:s|ing|ings)?|met|summits?|talks)\b",
    re.IGNORECASE,
)
#: Words of the travellers' names that are no names.
OFFICES = frozenset(
    {"President", "Prime", "Minister", "Chancellor", "King", "Amir", "Sultan", "Taoiseach", "John", "Joseph"}
)
#: The acts that a trip may be told as, and the statuses that say it took place.
ACTS = frozenset({"visit", "meeting"})
HELD = frozenset({"done", "ongoing"})
#: A contact that may lie on any of more days than this, and than twice the trip's, is not on the trip's days (as the gold scorer has it).
LOOSE_DAYS = 7
#: The sample read where there is no ledger: trips drawn, releases a trip at most, words a release at most; some 80,000 words, so that it takes
#: about twenty seconds on a core.
SAMPLE, PER_TRIP, WORDS_AT_MOST, SEED = 60, 8, 1500, 11


@dataclass(frozen=True)
class Release:
    """A release: its id, the day on which it was published, its title and text."""

    id: str
    published: str
    day: date
    title: str
    text: str

    @cached_property
    def page(self) -> str:
        """The release as a page: title, the date as printed, text."""
        return f"{self.title}\n\n{self.published}\n\n{self.text}"


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip abroad of a President or Secretary, or a foreign leader's visit: its days, who, and the codes of the other country."""

    kind: str
    first: date
    last: date
    who: str
    country: str
    codes: frozenset[str]

    def near(self, day: date) -> bool:
        """Whether the day lies within 14 days of it."""
        return self.first - WINDOW <= day <= self.last + WINDOW

    def near_any(self, first: date, last: date) -> bool:
        """Whether one of the days from first to last lies within 14 days of it."""
        return self.first - WINDOW <= last and first <= self.last + WINDOW

    def __str__(self) -> str:
        return f"{self.first}..{self.last} {self.kind:9} {self.who}: {self.country}"


@dataclass(frozen=True, slots=True)
class Held:
    """A contact of the ledger that was held by its own word (``told``) or planned for days now past: parties, act, days, where it is told."""

    sides: tuple[str, str]
    act: str
    told: bool
    first: date
    last: date
    where: str
    evidence: tuple[str, ...]

    @property
    def parties(self) -> frozenset[str]:
        """The codes of both sides."""
        return frozenset(code for side in self.sides for code in side.split("+"))

    def on(self, trip: Trip) -> bool:
        """Whether it is a contact with the trip's country on a day of the trip."""
        days = (self.last - self.first).days + 1
        tight = days <= max(LOOSE_DAYS, 2 * ((trip.last - trip.first).days + 1))
        with_them = HOME in self.parties and bool(trip.codes & self.parties)
        return with_them and tight and self.first <= trip.last and trip.first <= self.last


def measure(shared: Path, extra: Path | None, ledger: Path | None = None) -> dict[str, float | None]:
    """``threads/trips/recall`` (a plan whose days are past counts), ``/recall_told`` (only what is told as held) and ``/counted`` (how many trips);
    ``/recall_named`` and ``/counted_named`` over those of which a sentence names traveller, country and travel: many a release names a country
    and some meeting, and tells nothing of the trip.

    With a ledger of all releases, over all trips that count; without, over a sample, read here.
    """
    told = releases(shared / "data")
    counted = in_coverage(trips(shared / "data"), told)
    if ledger is None:
        counted, chosen = _sample(counted)
        contacts = list(_read(chosen))
    else:
        contacts = list(held(ledger))
    named_too = figures([t for t, fit in counted.items() if any(tells(r, t) for r in fit)], contacts)
    return figures(counted, contacts) | {
        f"threads/trips/{key}_named": named_too[f"threads/trips/{key}"] for key in ("recall", "counted")
    }


def figures(counted: Iterable[Trip], contacts: Sequence[Held]) -> dict[str, float | None]:
    """The figures of :func:`measure` for the trips that count and the contacts that were read."""
    all_ = list(counted)
    told = [c for c in contacts if c.told]

    def share(of: Sequence[Held]) -> float | None:
        return sum(any(c.on(t) for c in of) for t in all_) / len(all_) if all_ else None

    return {
        "threads/trips/recall": share(contacts),
        "threads/trips/recall_told": share(told),
        "threads/trips/counted": float(len(all_)),
    }


# ----------------------------------------------------------------------------------------------------------- gold


def releases(data: Path) -> list[Release]:
    """The Department's releases, in order of publication."""
    found = []
    rows = _rows(data / "state_dept_releases_2021-05_2022-08.jsonl.gz")
    for n, row in enumerate(rows):
        day = parsedate_to_datetime(row["pubDate"]).date()
        name = row["link"].rstrip("/").rsplit("/", 1)[-1][:80]
        found.append(Release(f"{n:04d}-{name}", row["pubDate"], day, row["title"], row["text"]))
    return sorted(found, key=lambda r: (r.day, r.id))


def trips(data: Path) -> list[Trip]:
    """All trips and visits whose country the codebook knows, in order; listed twice, it is one."""
    found: dict[Trip, None] = {}
    for row in _rows(data / "us_president_secretary_travels.jsonl.gz"):
        found.setdefault(_trip(row["role"], row, row["name"], row["country"]))
    for row in _rows(data / "visits_foreign_leaders_to_us.jsonl.gz"):
        found.setdefault(_trip("visitor", row, row["visitor"], row["from"]))
    return sorted((t for t in found if t.codes), key=lambda t: (t.first, t.last, t.kind, t.country))


def _trip(kind: str, row: dict[str, Any], who: str, country: str) -> Trip:
    first, last = (date.fromisoformat(row[k]) for k in ("start-date", "end-date"))
    return Trip(kind, first, max(first, last), who, country, named(country or ""))


def named(country: str) -> frozenset[str]:
    """The codes of a country as the data write it: "Korea, South", "Denmark (Greenland)" (either will do)."""
    book = _book()
    parts = [p.strip(" )") for p in country.split("(")]
    turned = [" ".join(reversed(p.split(", "))) for p in parts]
    return frozenset(code for p in (*parts, *turned) if p for code in book.party(p))


@cache
def _book() -> ActorBook:
    return ActorBook.load()


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """The proper names of each state, from the codebook."""
    table = tomllib.loads((files("dragoman.codebook") / "actors" / "states.toml").read_text(encoding="utf-8"))
    return {code: tuple(row.get("names", ())) for code, row in table.items() if isinstance(row, dict)}


def in_coverage(all_: Iterable[Trip], told: Sequence[Release]) -> dict[Trip, list[Release]]:
    """The trips that count, each with the releases within 14 days of it that name the country and a word of travel, visit or meeting."""
    found = {}
    for trip in (t for t in all_ if told and t.near_any(told[0].day, told[-1].day)):
        fit = [r for r in told if trip.near(r.day) and _names_country(r, trip) and _tells_travel(r)]
        if fit:
            found[trip] = fit
    return found


def _names_country(release: Release, trip: Trip) -> bool:
    names = [n for c in trip.codes for n in _names().get(c, ())]
    # A plain search first: it is ten times as fast, and most releases hold none of the names.
    return any(n in release.page and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", release.page) for n in names)


def tells(release: Release, trip: Trip) -> bool:
    """Whether a sentence of the release names the traveller, the country and a word of travel, visit or meeting."""
    who = {w for w in re.findall(r"[^\W\d_]{4,}", trip.who) if w not in OFFICES}
    names = [n for c in trip.codes for n in _names().get(c, ())]
    sentences = [x for x in re.split(r"(?<=[.?!])\s|\n", release.text) if any(n in x for n in names)]
    return any(WORDS.search(x) and any(w in x for w in who) for x in sentences)


@cache
def _tells_travel(release: Release) -> bool:
    return bool(WORDS.search(release.page))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# ----------------------------------------------------------------------------------------------------------- found


def held(ledger: Path) -> Iterator[Held]:
    """The contacts of a ledger that were held, as far as they have days."""
    with Ledger.open(ledger) as opened:
        for known in opened.contacts():
            yield from _held(known)


def _held(known: KnownContact) -> Iterator[Held]:
    """A plan is taken as held on its days; a deed lies no later than the day on which it was told, what goes on lies on that day."""
    contact, day = known.told.contact, known.told.report.day
    told = contact.status in HELD
    if contact.act not in ACTS or not (told or contact.status == "planned"):
        return
    bounds = [i for i in (contact.start, contact.end) if i is not None]
    first = [i.earliest for i in bounds if i.earliest]
    last = [i.latest for i in bounds if i.latest] or ([day] if told and day and first else [])
    if day and contact.status == "ongoing":
        first, last = [*first, day], [*last, day]
    if first and last and min(first) <= max(last):
        where = f"{known.told.report.id}#{known.told.place}"
        quotes = tuple(contact.evidence)
        sides = ("+".join(contact.from_), "+".join(contact.to))
        yield Held(sides, contact.act, told, min(first), max(last), where, quotes)


def _sample(counted: dict[Trip, list[Release]]) -> tuple[dict[Trip, list[Release]], list[Release]]:
    """A sample of the trips and the releases to read for it: the nearest ones that fit and are not long."""
    drawn = random.Random(SEED).sample(list(counted), min(SAMPLE, len(counted)))
    chosen: dict[str, Release] = {}
    for trip in drawn:
        fit = [r for r in counted[trip] if len(r.text.split()) <= WORDS_AT_MOST]
        near = sorted(fit, key=lambda r: (not _titled(r, trip), abs((r.day - trip.first).days), r.id))
        chosen |= {r.id: r for r in near[:PER_TRIP]}
    return {t: counted[t] for t in drawn}, sorted(chosen.values(), key=lambda r: r.id)


def _titled(release: Release, trip: Trip) -> bool:
    return any(n in release.title for c in trip.codes for n in _names().get(c, ()))


def _read(chosen: Sequence[Release]) -> Iterator[Held]:
    import tempfile

    pages = [Page(r.id, r.page.encode()) for r in chosen]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with Ledger.open(path) as ledger:
            for _ in Pipeline().run(pages, ledger):
                pass
        yield from held(path)


# ------------------------------------------------------------------------------------------------------ by the hand


def write_texts(told: Iterable[Release], folder: Path) -> None:
    """Write the releases as files that ``dragoman read`` takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for release in told:
        (folder / f"{release.id}.txt").write_text(release.page, encoding="utf-8")


def _print_errors(counted: dict[Trip, list[Release]], contacts: Sequence[Held]) -> None:
    """The trips not found, each with what is near: contacts with the country in those days, then the releases that fit."""
    for trip, fit in counted.items():
        if any(c.on(trip) for c in contacts):
            continue
        print(trip)
        for c in contacts:
            if HOME in c.parties and trip.codes & c.parties and trip.near(c.first) and trip.near(c.last):
                print(f"    near: {c.first}..{c.last} {c.act} {'told' if c.told else 'planned'} {c.where}")
        for r in fit[:6]:
            print(f"    release {r.day} {r.id}: {r.title}")


def _print_visits(contacts: Iterable[Held], wanted: int) -> None:
    """A random sample of the visits found, with their words, for a check by hand."""
    visits = sorted((c for c in contacts if c.act == "visit" and c.told), key=lambda c: c.where)
    for c in random.Random(SEED).sample(visits, min(wanted, len(visits))):
        print(f"{c.where} {c.first}..{c.last} {'-'.join(c.sides)}")
        for quote in c.evidence:
            print(f"    {quote}")


def main() -> None:
    """Print the figures, and with ``--errors`` and ``--visits N`` what stands behind them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--ledger", type=Path, help="a ledger of all releases; without it a sample is read")
    parser.add_argument("--errors", action="store_true", help="list the trips that were not found (with --ledger)")
    parser.add_argument("--visits", type=int, default=0, help="so many visits found, drawn at random (with --ledger)")
    parser.add_argument("--texts", type=Path, help="only write the releases there, one file each")
    asked = parser.parse_args()
    if asked.texts:
        write_texts(releases(asked.shared / "data"), asked.texts)
        return
    for key, figure in measure(asked.shared, None, asked.ledger).items():
        print(f"{key} {figure}")
    if asked.ledger and (asked.errors or asked.visits):
        contacts = list(held(asked.ledger))
        if asked.errors:
            _print_errors(in_coverage(trips(asked.shared / "data"), releases(asked.shared / "data")), contacts)
        _print_visits(contacts, asked.visits)


if __name__ == "__main__":
    main()
