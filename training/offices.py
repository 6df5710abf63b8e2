"""Turns the US offices of HistoryAtState/pocom (CC0) into ``codebook/actors/us_offices.csv``.

    python -m training.offices POCOM.tar.gz

Kept: the Department's principals and the chiefs of mission to international organisations since 1990, ambassadors since 2000. A row's source names
the file it was read from; titles are put into the words of ``offices.toml``.
"""

from __future__ import annotations

import csv
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

OUT = Path(__file__).resolve().parent.parent / "src/dragoman/codebook/actors/us_offices.csv"
HEAD = "# US offices from HistoryAtState/pocom (CC0 1.0), made by training/offices.py; do not edit.\n"
PRINCIPALS = "1990-01-01"
AMBASSADORS = "2000-01-01"
PRESIDENCIES = ("1993-01-20", "2001-01-20", "2009-01-20", "2017-01-20", "2021-01-20", "2025-01-20")
#: A term without an end that began before is not open, its end is unknown: left out.
OPEN = "2017-01-20"
ORGANISATIONS = {"un": "ambassador to the united nations", "nato": "ambassador to nato", "eu": "ambassador to the european union", "osce": "ambassador to the osce",
                 "oas": "ambassador to the organization of american states", "au": "ambassador to the african union", "asean": "ambassador to asean",
                 "iaea": "ambassador to the iaea", "unvo": "ambassador to the un in vienna", "uneo": "ambassador to the un in geneva"}  # fmt: skip


def text(node: ElementTree.Element | None, path: str) -> str:
    found = node.findtext(path) if node is not None else None
    return " ".join((found or "").split())


def names(archive: tarfile.TarFile) -> dict[str, str]:
    """Person id -> ``First Last|First Middle Last``."""
    found = {}
    for member in archive.getmembers():
        if not re.fullmatch(r"people/./[^/]+\.xml", member.name):
            continue
        root = parsed(archive, member)
        person = root.find(".//persName")
        last, first, more = text(person, "surname"), text(person, "forename"), text(person, "genName")
        if not last or not first:
            continue
        given = first.split()
        short = f"{next((g for g in given if len(g.strip('.')) > 1), given[0])} {last}"
        found[text(root, "id")] = "|".join(
            dict.fromkeys([short, f"{first} {last}", *([f"{first} {last} {more}"] if more else [])])
        )
    return found


def parsed(archive: tarfile.TarFile, member: tarfile.TarInfo) -> ElementTree.Element:
    file = archive.extractfile(member)
    if file is None:
        raise SystemExit(f"{member.name} is no file")
    return ElementTree.fromstring(file.read())


def day(node: ElementTree.Element, path: str) -> str:
    found = text(node, path + "/date")
    return found if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", found) else ""


def terms(root: ElementTree.Element, kind: str) -> Iterator[tuple[str, str, str]]:
    """Person id, first day, last day. A chief's term begins when credentials are presented, a principal's on entry on duty.

    Where no end is given, the term lasts until the next holder begins, at the longest to the end of the presidency: the data has gaps.
    """
    found = [(text(n, "person-id"), day(n, "started") or day(n, "appointed"), day(n, "ended")) for n in root.iter(kind)]
    starts = sorted(start for _, start, _ in found if start)
    for person, start, end in found:
        bounds = [s for s in (*starts, *PRESIDENCIES) if s > start]
        yield person, start, end or min(bounds, default="")


def rows(archive: tarfile.TarFile) -> Iterator[list[str]]:
    people = names(archive)
    for member in sorted(archive.getmembers(), key=lambda m: m.name):
        folder, _, file = member.name.partition("/")
        if not file.endswith(".xml"):
            continue
        if folder == "positions-principals":
            root = parsed(archive, member)
            title = text(root, "names/singular").lower()
            level = "2" if title == "secretary of state" else "3"
            kind, since = "principal", PRINCIPALS
        elif folder == "missions-orgs" and (
            title := ORGANISATIONS.get(re.sub(r"representative-(to-)?|\.xml", "", file), "")
        ):
            root, kind, level, since = parsed(archive, member), "chief", "3", PRINCIPALS
        elif folder == "missions-countries":
            root, kind, level, since = parsed(archive, member), "chief", "3", AMBASSADORS
            title = "ambassador to " + file.removesuffix(".xml").replace("-", " ")
        else:
            continue
        for person, start, end in terms(root, kind):
            if start and (end or ("9999" if start >= OPEN else start)) >= since and person in people:
                yield [people[person], "USA", title, level, start, end, f"HistoryAtState/pocom {member.name}"]


def main(path: str) -> None:
    with tarfile.open(path) as archive, OUT.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["person", "code", "office", "level", "from", "to", "source"])
        writer.writerows(rows(archive))


if __name__ == "__main__":
    main(sys.argv[1])
