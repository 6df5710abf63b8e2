"""Who held which office, against the trips: whether a leader or minister named with a title held a leading post on the day of the trip.

``python -m evaluation.offices_held ../shared`` prints the figures and whom the book has in no such post. The visits of foreign leaders to the
United States and the Secretary's and the President's travels (HistoryAtState, CC0) since June 2000; people whom the book does not know under
the name that stands there are counted apart.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dragoman.codebook.actors import ActorBook

SINCE = "2000-06"
_TITLE = (
    r"(?:Acting |Interim )?(?:President|Prime Minister|Foreign Minister|Foreign Secretary|Minister of Foreign Affairs|External Affairs Minister"
    r"|King|Chancellor|Premier|Taoiseach|Emir|Amir|Sultan|Crown Prince)"
)
_WORD = r"(?:[A-Z][\w’'-]+|al-\w+|bin|de|da|von|der|el)"
_NAMED = re.compile(rf"{_TITLE} (?:Sheikh |Sayyid |General |Prince )?({_WORD}(?: {_WORD})+)")


def named(shared: Path) -> Iterator[tuple[str, date]]:
    """Every person named with a leading title in the two lists, and the first day of the trip."""
    for file, field in (
        ("visits_foreign_leaders_to_us.jsonl.gz", "visitor"),
        ("us_president_secretary_travels.jsonl.gz", "remarks"),
    ):
        with gzip.open(shared / "data" / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["start-date"] >= SINCE:
                    for found in _NAMED.finditer(row[field] or ""):
                        yield found[1], date.fromisoformat(row["start-date"])


def main(shared: Path) -> None:
    """Print the people in no leading post on their day, then the counts."""
    book = ActorBook.load()
    counts: Counter[str] = Counter()
    for name, day in named(shared):
        terms = book.occupancies(name)
        held = any(t.held_on(day) and t.position.level <= 2 for t in terms)
        counts["held" if held else "not held" if terms else "unknown"] += 1
        if terms and not held:
            print(day, name, [(t.position.office, str(t.since), str(t.until)) for t in terms][:3])
    print(dict(counts), "share held:", round(counts["held"] / (counts["held"] + counts["not held"]), 4))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
