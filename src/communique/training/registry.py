"""Office-holder tables and the hand-written knowledge → the registry file of `grounding`.

    python -m communique.training.registry --data ../shared/data

reads `DIR/officeholders/*.csv.gz` (facts from Wikidata, CC0; see the README there) and `grounding/data/*.yaml`, and
writes `grounding/data/registry.txt.gz`. Without `--data` the office-holders of the existing file are kept and only the
hand-written part is renewed. The output depends on the inputs alone: same inputs, same bytes.

The file's sections, each begun by a line `#name count`:

- `#header`: one line of JSON: form, sources with licences, and the last day of the office-holder tables;
- `#knowledge`: one line of JSON: the hand-written files, checked and with ids;
- `#offices`: `country, title, key, sectors (blank-separated), weight, numbers of persons who held it`;
- `#persons`: `QID, name, spells`, a spell being `office number|start|end|last day on which it was known to run`;
- `#names`: `folded name, numbers of persons`;
- `#surnames`: `folded surname, numbers of persons` with a prominent office.
"""

import argparse
import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from communique.errors import RegistryError
from communique.grounding.history import checked_policy
from communique.grounding.titles import SENIOR, fold, sectors_of_title, surnames, title_key, weight_of_title

DATA = Path(__file__).resolve().parent.parent / "grounding" / "data"
FORM = "communique.registry/1"
# The hand-written files of dated spells of office.
_SPELLS = ("people", "ministers", "leaders")
# Titles that the tables use for another office than English news does: (country, title there) → title in the news.
_RETITLED = {
    ("IND", "Minister of Foreign Affairs"): "Foreign Secretary",
    ("CHE", "Chancellor"): "Federal Chancellor (head of chancellery)",
}
_LATIN = re.compile(r"^[\x20-\u024f\u1e00-\u1eff’‘ʻʼ]+$")
# A suffix of nobility or a bracketed note is not part of the name that the news uses.
_NOTE = re.compile(r"\s*\([^)]*\)|,\s+(Baron|Baroness|Viscount|Earl|Lord|Duke|Marquess|Jr|Sr)\b.*")


@dataclass
class Person:
    """One person while the tables are read: all names, and spells as (office number, start, end, known until)."""

    qid: str
    name: str
    names: set[str] = field(default_factory=set)
    spells: set[tuple[int, str, str, str]] = field(default_factory=set)


def main(arguments: list[str] | None = None) -> None:
    """Builds the registry file; raises `RegistryError` where a source file is missing or breaks its form."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with officeholders/; without it the old tables are kept")
    parser.add_argument("--output", type=Path, default=DATA / "registry.txt.gz")
    options = parser.parse_args(arguments)
    knowledge = json.dumps(read_knowledge(DATA), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    tables = table_lines(options.data / "officeholders") if options.data else kept_lines(options.output)
    header = json.dumps(
        {
            "form": FORM,
            "tables": "Wikidata facts (CC0) by way of every-politician-scrapers, last changed 2023-03-11",
            "knowledge": "public knowledge, written for this project (CC0)",
        },
        sort_keys=True,
    )
    text = "\n".join(["#header 1", header, "#knowledge 1", knowledge, *tables]) + "\n"
    options.output.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{options.output}: {len(tables):,} lines, {options.output.stat().st_size:,} bytes")


def read_knowledge(folder: Path) -> dict[str, Any]:
    """The hand-written files as one dictionary: states, seats, organisations, people, roles, nicknames,
    words of clauses.

    Raises `RegistryError` with file and entry where one breaks its form.
    """
    loaded = {}
    for name in (
        "states",
        "seats",
        "organisations",
        "people",
        "ministers",
        "leaders",
        "roles",
        "nicknames",
        "clauses",
        "history",
    ):
        path = folder / f"{name}.yaml"
        try:
            loaded[name] = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise RegistryError(f"{path}: cannot be read as YAML: {error}") from error
    return {
        "states": loaded["states"],
        "seats": [*loaded["seats"], *_regions(folder / "regions.tsv", loaded["states"])],
        "organisations": [_body(sectors, line) for sectors, lines in loaded["organisations"].items() for line in lines],
        "people": [
            spell
            for table in _SPELLS
            for key, lines in loaded[table].items()
            for line in lines
            for spell in _holding(key, line)
        ],
        "roles": loaded["roles"],
        "nicknames": loaded["nicknames"],
        "clauses": loaded["clauses"],
        "history": checked_policy(loaded["history"], "history.yaml"),
    }


def _regions(path: Path, states: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Regions, waters and provinces whose names hold a state's name ("Niger Delta", "South China Sea"), as names of
    places, so that nobody takes them for the state."""
    own = {fold(name) for state in states.values() for name in (*state["names"], *state["adj"]) if not name.isupper()}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        columns = line.split("\t")
        names = [name for name in columns[0].split("|") if not name.startswith("~")]
        inside = [name for name in names if fold(name) not in own and _holds(fold(name), own)]
        if inside:
            codes = columns[2].split()
            country = codes[0] if len(codes) == 1 else None
            yield {"id": f"region/{slug(names[0])}", "names": inside, "country": country, "sectors": [],
                   "name": names[0], "place": True}  # fmt: skip


def _holds(name: str, others: set[str]) -> bool:
    words = name.split()
    pieces = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    return any(piece in others for piece in pieces)


def _body(sectors: str, line: str) -> list[Any]:
    country, _, rest = line.partition(" ")
    names = [each.strip() for each in rest.split(" | ")]
    if not (country == "-" or re.fullmatch(r"[A-Z]{3}", country)) or not names[0]:
        raise RegistryError(f"organisations.yaml: {line!r}: expected 'COUNTRY name | other name'")
    place = "" if country == "-" else country.lower() + "/"
    return [f"org/{place}{slug(names[0])}", country.strip("-"), sectors.split(), names]


def _holding(key: str, line: str) -> Iterator[list[Any]]:
    parts = [each.strip() for each in key.split(" / ")]
    match = re.fullmatch(r"(.+): ([\d-]+) \.\. ([\d-]+)(\+?)", line)
    if len(parts) != 3 or match is None:
        raise RegistryError(f"people.yaml: {key!r}: {line!r}: expected 'Name = other: start .. end'")
    country, sectors, title = parts
    names = [each.strip() for each in match[1].split(" = ")]
    key_of = title_key(title, country)
    yield [
        f"person/{slug(names[0])}", names, country.strip("-"), sectors.split(), title, key_of,
        min(SENIOR, weight_of_title(title, key_of)), match[2], "" if match[4] else match[3], match[3],
    ]  # fmt: skip


def slug(name: str) -> str:
    """The name as a piece of an id: lower case, hyphens for everything else."""
    return fold(name).replace(" ", "-")


def kept_lines(path: Path) -> list[str]:
    """The table sections of an existing registry file."""
    if not path.exists():
        raise RegistryError(f"{path}: not there yet; give --data DIR once")
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return lines[next(number for number, line in enumerate(lines) if line.startswith("#offices")) :]


def table_lines(folder: Path) -> list[str]:
    """The office-holder tables as lines of the sections `#offices`, `#persons` and `#names`."""
    offices: dict[tuple[str, str, str], int] = {}
    persons: dict[str, Person] = {}
    last_days = {row["source_repo"]: row["head_date"] for row in _rows(folder / "repos.csv")}
    followed = {
        (row["position_qid"], row["person_a_qid"], row["a_start"]): row["b_start"]
        for row in _rows(folder / "conflicts.csv.gz")
        if row["kind"] == "open_but_later_holder"
    }
    spellings = {row["person_qid"]: row for row in _rows(folder / "people.csv.gz")}
    for row in _rows(folder / "officeholders.csv.gz", folder / "officeholders-extra.csv.gz"):
        if (row["start"] == "" and row["end"] == "") or row.get("relation") == "date_conflict":
            continue
        if (row["end"] and row["start"] and row["end"][:4] < row["start"][:4]) or not row["start"][:4].isdigit():
            continue
        country, title = row["country_iso3"], row["position"]
        if row["country_name"] in ("Arkansas (United States)", "Oklahoma (United States)"):
            title = f"{row['country_name'].partition(' (')[0]} {title}"
        title = _RETITLED.get((country, title), title)
        office = offices.setdefault((country, row["country_name"], title), len(offices))
        until = row["end"] or followed.get((row["position_qid"], row["person_qid"], row["start"]), "")
        until = until or last_days.get(row["source_repo"].partition("|")[0], row["start"])
        person = persons.setdefault(row["person_qid"], Person(row["person_qid"], row["person"]))
        person.spells.add((office, row["start"].rstrip("s"), row["end"], until))
        person.names.add(row["person"])
    for qid, person in persons.items():
        if qid in spellings:
            person.names |= {spellings[qid]["label"], spellings[qid]["enwiki"]}
            person.name = spellings[qid]["enwiki"] or person.name
            person.names |= set(spellings[qid]["other_names"].split(";"))
    return _lines(offices, [persons[qid] for qid in sorted(persons, key=lambda each: int(each[1:]))])


def _lines(offices: dict[tuple[str, str, str], int], persons: list[Person]) -> list[str]:
    holders: dict[int, list[int]] = defaultdict(list)
    names: dict[str, list[int]] = defaultdict(list)
    alone: dict[str, list[int]] = defaultdict(list)
    countries = [country for country, _, _ in offices]
    weights = [weight_of_title(title, title_key(title, country)) for country, _, title in offices]
    person_lines = []
    for number, person in enumerate(persons):
        spells = merged(sorted(person.spells, key=lambda each: (each[0], each[1])))
        for office in sorted({spell[0] for spell in spells}):
            holders[office].append(number)
        person_lines.append(
            f"{person.qid}\t{_display(person)}\t" + ";".join("|".join(str(each) for each in spell) for spell in spells)
        )
        prominent = [spell[0] for spell in spells if weights[spell[0]] <= SENIOR]
        for name in sorted(name_forms(person.names)):
            names[name].append(number)
        for surname in sorted(
            {
                each
                for office in prominent
                for name in name_forms({_display(person)})
                for each in surnames(name, countries[office])
            }
        ):
            alone[surname].append(number)
    office_lines = []
    for (country, _, title), number in offices.items():
        key = title_key(title, country)
        fields = [country, title, key, " ".join(sectors_of_title(title)), str(weight_of_title(title, key))]
        office_lines.append("\t".join([*fields, ",".join(str(each) for each in holders[number])]))
    name_lines, alone_lines = _index_lines(names), _index_lines(alone)
    return [
        f"#offices {len(office_lines)}", *office_lines, f"#persons {len(person_lines)}", *person_lines,
        f"#names {len(name_lines)}", *name_lines, f"#surnames {len(alone_lines)}", *alone_lines,
    ]  # fmt: skip


def _index_lines(index: dict[str, list[int]]) -> list[str]:
    return [f"{name}\t{','.join(str(each) for each in numbers)}" for name, numbers in sorted(index.items())]


def _display(person: Person) -> str:
    latin = [each for each in [person.name, *sorted(person.names, key=len)] if _LATIN.match(each)]
    return _NOTE.sub("", latin[0] if latin else person.name).replace("\t", " ")


def merged(spells: list[tuple[int, str, str, str]]) -> list[tuple[int, str, str, str]]:
    """Spells of one person with those of one office joined where they touch or overlap (a minister whom each new
    cabinet appoints again has one spell per cabinet). `spells` are in order of office and start."""
    found: list[tuple[int, str, str, str]] = []
    for spell in spells:
        if found and found[-1][0] == spell[0] and _touches(found[-1][3], spell[1]):
            last = found.pop()
            end = "" if spell[2] == "" else max(last[2], spell[2])
            found.append((spell[0], min(last[1], spell[1]), end, max(last[3], spell[3])))
        else:
            found.append(spell)
    return found


def _touches(end: str, start: str) -> bool:
    length = min(len(end), len(start))
    return start[:length] <= end[:length]


def name_forms(names: set[str]) -> set[str]:
    """Folded forms under which the news may name the person: each name in Latin script, without titles of nobility and
    notes in brackets; a name of three or more words also without the middle ones where they are initials."""
    found = set()
    for name in names:
        plain = _NOTE.sub("", name).strip()
        if not plain or not _LATIN.match(plain):
            continue
        words = fold(plain).split()
        if words and words[-1] in ("jr", "sr", "ii", "iii") and len(words) > 2:
            found.add(" ".join(words))
            words = words[:-1]
        if len(words) > 1:
            found.add(" ".join(words))
            found.add(" ".join([words[0], *(word for word in words[1:-1] if len(word) > 2), words[-1]]))
    return found


def _rows(*paths: Path) -> Iterator[dict[str, str]]:
    for path in paths:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise RegistryError(f"{path}: cannot be read: {error}") from error
        text = gzip.decompress(raw) if path.suffix == ".gz" else raw
        yield from csv.DictReader(text.decode("utf-8").splitlines())


if __name__ == "__main__":
    main()
