"""Packs the tables under ``codebook/actors/`` into ``compiled.json``, which loads in milliseconds.

    python -m dragoman.codebook.actors_compile

A test holds the packed file against the tables.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.codebook.actors_names import fold, key_of, surnames, turned
from dragoman.errors import CodebookError

__all__ = ["FOLDER", "PACKED", "pack", "pack_all"]

FOLDER = Path(__file__).with_name("actors")
PACKED = FOLDER / "compiled.json"

#: In what order the keys of a table are read; the first reading of a word wins.
_NAME_CLASSES = ("names", "capital", "weak", "seat", "adj", "people", "organ", "body", "media", "short", "part")
_CLASS = {"names": "name", "body": "body", "organ": "body"}
#: What the parties of a table are; of the others, organisations or their bodies.
_SORT = {"states": "state", "regions": "state", "groups": "group"}
_COLUMNS = ("person", "code", "office", "level", "from", "to", "source")
#: Of two words for different parties that are written alike, the earlier of these wins.
_RANK = {
    "nobody": 0,
    "ambiguous": 1,
    "name": 2,
    "joint": 3,
    "adj": 4,
    "people": 5,
    "seat": 6,
    "capital": 7,
    "body": 8,
    "media": 9,
    "weak": 10,
    "short": 11,
    "part": 12,
}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"{path}: write it as valid TOML in UTF-8 ({error})") from error


def _read_rows(path: Path) -> Iterable[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(f"{path}: write it as CSV in UTF-8 ({error})") from error
    for row in rows:
        if missing := [c for c in _COLUMNS if row.get(c) is None]:
            raise CodebookError(f"{path}: give every row the columns {', '.join(missing)}")
        yield row


class _Packer:
    def __init__(self, base: dict[str, Any] | None = None) -> None:
        self.data: dict[str, Any] = base or {
            "names": {}, "first": {}, "offices": {}, "office_first": {}, "people": [], "full": {}, "last": {},
            "spellings": {}, "gender": {}, "ambiguous": {}, "order": {}, "outlets": {}, "words": {}, "owners": {}, "sorts": {}, "common": [],
        }  # fmt: skip

    def name(self, text: str, kind: str, codes: list[str], what: str) -> None:
        key = key_of(text.removeprefix("the ") if kind != "short" else text)
        if not key:
            return
        names, old = self.data["names"], self.data["names"].get(key)
        if old is None or _RANK[kind] < _RANK[old[0]]:
            names[key] = [kind, codes, what]
        head = key.split(" ", 1)[0]
        for start in {head, head.removesuffix("'s")}:
            self.data["first"][start] = max(self.data["first"].get(start, 0), key.count(" ") + 1)

    def parties(self, tables: dict[str, Any], what: str) -> None:
        for code, table in tables.items():
            if code in {"ambiguous", "joint", "nobody", "common"}:
                continue
            if table.get("names"):
                self.data["sorts"].setdefault(code, what)
            for key in _NAME_CLASSES:
                for text in table.get(key, ()):
                    kind = _CLASS.get(key, key)
                    self.name(text, kind, [code], "organisation" if kind in {"body", "media"} else what)
            for text in table.get("outlet", ()):
                self.data["outlets"][text.lower()] = code
            if order := table.get("order"):
                self.data["order"][code] = order
        for row in tables.get("ambiguous", ()):
            for text in row["names"]:
                self.name(text, "ambiguous", row["codes"], row["class"])
                self.data["ambiguous"][key_of(text)] = {
                    "default": row.get("default", False),
                    "near": row.get("near", {}),
                }
        for row in tables.get("joint", ()):
            for text in row["names"]:
                self.name(text, "joint", row["codes"], what)
        self.data["common"] += [key_of(t) for t in tables.get("common", {}).get("names", ())]
        for text in tables.get("nobody", {}).get("names", ()):
            self.name(text, "nobody", [], "organisation")

    def offices(self, tables: dict[str, Any]) -> None:
        for level, table in tables.get("levels", {}).items():
            for text in table["offices"]:
                self._office(text, "office", int(level))
        for kind, texts in tables.get("bodies", {}).items():
            for text in texts:
                self._office(text, "body" if kind == "plain" else kind, 0)
        for noun, codes in tables.get("of_kind", {}).items():
            self.data["words"]["of " + noun] = codes
        for table in ("around", "references"):
            for key, texts in tables.get(table, {}).items():
                self.data["words"][key] = sorted(texts)

        for code, texts in tables.get("owners", {}).items():
            self.data["owners"].update({key_of(text): code for text in texts})

    def _office(self, text: str, kind: str, level: int) -> None:
        key = key_of(text.lower())
        self.data["offices"][key] = [kind, level]
        head = key.split(" ", 1)[0]
        self.data["office_first"][head] = max(self.data["office_first"].get(head, 0), key.count(" ") + 1)

    def spellings(self, tables: dict[str, Any]) -> None:
        for row in tables["rows"]:
            for word in row:
                self.data["spellings"].setdefault(fold(word, {}), fold(row[0], {}))

    def genders(self, tables: dict[str, Any]) -> None:
        for key, mark in (("female", "f"), ("male", "m")):
            for name in tables[key]:
                folded = fold(name, self.data["spellings"])
                self.data["gender"][folded] = "" if self.data["gender"].get(folded, mark) != mark else mark

    def occupancy(self, row: dict[str, str]) -> None:
        names = [n.strip() for n in row["person"].split("|") if n.strip()]
        if not names or not row["code"] or not row["office"]:
            raise CodebookError(f"an occupancy needs person, code and office, not {row}")
        place = len(self.data["people"])
        level = int(row["level"] or 0)
        self.data["people"].append(
            [names[0], row["code"], row["office"], level, row["from"], row["to"], row["source"] or "unchecked"]
        )
        order = self.data["order"].get(row["code"], "given")
        for i, name in enumerate(names):
            folded = fold(name, self.data["spellings"])
            keys = [folded, *(turned(folded) if order != "given" else ())]
            for key in keys:
                self._add("full", key, place)
            if i == 0 or " " in folded:
                for key in surnames(folded, order):
                    self._add("last", key, place)

    def people(self, tables: dict[str, dict[str, str]]) -> None:
        """``people.toml``: a line a term, under party and office."""
        for code, posts in tables.items():
            for office, lines in posts.items():
                level = str(self._level(office))
                for line in lines.strip().splitlines():
                    words, _, source = line.partition(" @")
                    try:
                        since, until, names = words.split(" ", 2)
                    except ValueError as error:
                        raise CodebookError(
                            f"people.toml, {code} {office}: write FROM TO NAME, not {line!r}"
                        ) from error
                    row = {"person": names, "code": code, "office": office, "level": level, "source": source}
                    self.occupancy(row | {"from": since.strip("-"), "to": until.strip("-")})

    def _level(self, office: str) -> int:
        """The level of an office: its own, else that of its head word ("special representative for north korea")."""
        offices = self.data["offices"]
        short = key_of(office.split(" for ")[0].split(" of ")[0])
        for key in (key_of(office), short, short.split()[-1]):
            if key in offices:
                return int(offices[key][1])
        return 3

    def _add(self, index: str, key: str, place: int) -> None:
        rows = self.data[index].setdefault(key, [])
        if place not in rows:
            rows.append(place)


def pack(paths: Iterable[Path], base: dict[str, Any] | None = None) -> dict[str, Any]:
    """The packed tables of the files, added to ``base`` if given.

    Raises:
        CodebookError: a file is not readable or lacks what it must hold.
    """
    packer = _Packer(base)
    for path in paths:
        if path.suffix == ".csv":
            for row in _read_rows(path):
                packer.occupancy(row)
            continue
        tables = _read_toml(path)
        match path.stem:
            case "offices" | "local_offices":
                packer.offices(tables)
            case "spellings":
                packer.spellings(tables)
            case "grammar":
                packer.data["words"].update({key: table["words"] for key, table in tables.items()})
            case "people":
                packer.people(tables)
            case "genders":
                packer.genders(tables)
            case "states" | "organisations" | "groups" | "institutions" | "agencies" | "regions":
                packer.parties(tables, _SORT.get(path.stem, "organisation"))
            case _:
                _users(packer, tables)
    return packer.data


def _users(packer: _Packer, tables: dict[str, Any]) -> None:
    """A user's own file: the tables of all kinds under their names, and ``[[occupancies]]``."""
    for key, what in (("states", "state"), ("organisations", "organisation"), ("groups", "group")):
        packer.parties(tables.get(key, {}), what)
    packer.offices(tables)
    for row in tables.get("occupancies", ()):
        packer.occupancy({c: str(row.get(c, "")) for c in _COLUMNS})


def pack_all() -> dict[str, Any]:
    """The packed tables of this package."""
    order = [
        "spellings.toml",
        "genders.toml",
        "grammar.toml",
        "offices.toml",
        "local_offices.toml",
        "states.toml",
        "organisations.toml",
        "groups.toml",
        "institutions.toml",
        "agencies.toml",
        "regions.toml",
        "people.toml",
    ]
    return pack([FOLDER / name for name in order] + sorted(FOLDER.glob("*.csv")))


def packed_text() -> str:
    """What ``compiled.json`` must hold."""
    return json.dumps(pack_all(), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


if __name__ == "__main__":
    PACKED.write_text(packed_text(), encoding="utf-8")
