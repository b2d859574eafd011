"""`Registry`: who and what the news may name; states, seats, bodies, roles, and office-holders with their days.

Loaded from one file that `communique.training.registry` builds (its form is described there). What a lookup needs is
indexed at load; persons and offices are parsed when they are first asked for.
"""

import gzip
import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.distance import JaroWinkler

from communique.errors import RegistryError
from communique.grounding.history import read_policy
from communique.grounding.titles import fold, sounds, surnames

FORM = "communique.registry/1"
_FILE = Path(__file__).resolve().parent / "data" / "registry.txt.gz"
# Likeness (Jaro-Winkler, 0 to 1) from which two holders of one office on one day are one person.
_ONE_NAME = 0.92

WIKIDATA, KNOWLEDGE = "Wikidata (CC0-1.0)", "public knowledge, written for this project (CC0-1.0)"

EntryKind = Literal["state", "adjective", "people", "seat", "capital", "body"]
Tenure = Literal["held", "over", "later", "unknown"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing that is not a person: registry id, display name, ISO country or None, PLOVER sectors, what kind
    of name it is; `exact` names match only as written, `strong` seats stand for their institution by default, `place`
    names are towns as well."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: EntryKind
    exact: bool = False
    strong: bool = False
    place: bool = False

    @property
    def source(self) -> str:
        """Where the row comes from, with its licence: all that is no person is hand-written."""
        return KNOWLEDGE


@dataclass(frozen=True, slots=True)
class Known:
    """One written name as folded `pieces`, which of them are always written with a capital, and what it may mean."""

    pieces: tuple[str, ...]
    capitals: tuple[bool, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """One person's time in one office.

    `start`, `end` and `until` (last day on which it is known to have run) are ISO days, months or years; an empty `end`
    means that no end is known; `own` rows are hand-written public knowledge (CC0), others facts of Wikidata (CC0).
    """

    country: str | None
    title: str
    key: str
    sectors: tuple[str, ...]
    weight: int
    start: str
    end: str
    until: str
    own: bool = False

    @property
    def source(self) -> str:
        """Where the row comes from, with its licence; for one of Wikidata the person's id is the item."""
        return KNOWLEDGE if self.own else WIKIDATA

    def on(self, day: str) -> Tenure:
        """Whether the office was held on the ISO `day`; "unknown" after the last known day of an open spell."""
        if day < self.start and not self.start.startswith(day[: len(self.start)]):
            return "later"
        if day <= self.until or self.until == day[: len(self.until)]:
            return "held"
        return "over" if self.end else "unknown"

    def surely(self, day: str) -> bool:
        """Whether the office was held on the ISO `day` wherever in their month or year its bounds may lie."""
        latest_start = f"{self.start}-12-31"[: len(day)] if len(self.start) == 4 else f"{self.start}-31"[: len(day)]
        return latest_start <= day and (
            day <= self.until if len(self.until) == 10 else day[: len(self.until)] < self.until
        )


@dataclass(frozen=True, slots=True)
class Person:
    """A person with all known spells of office."""

    id: str
    name: str
    spells: tuple[Spell, ...]

    def held(self, day: str | None) -> list[Spell]:
        """Spells that ran on the day: hand-written ones first, then by prominence; none without a day."""
        if day is None:
            return []
        return sorted(
            (each for each in self.spells if each.on(day) == "held"), key=lambda each: (not each.own, each.weight)
        )

    @property
    def weight(self) -> int:
        """The weight of the most prominent office ever held."""
        return min((each.weight for each in self.spells), default=9)


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """What a common noun says of an actor: a PLOVER sector, and what it names: a person, a body (institution or group),
    or a machine that stands for the force that uses it."""

    noun: str
    sector: str
    form: Literal["person", "body", "machine"]

    @property
    def body(self) -> bool:
        """Whether it names something other than a person."""
        return self.form != "person"


class Registry:
    """The loaded registry; make it with :meth:`load`. Nothing in it changes after loading but its own caches."""

    def __init__(self, raw: bytes, policy: dict[str, Any] | None = None) -> None:
        try:
            lines = gzip.decompress(raw).decode("utf-8").split("\n")
            sections = _sections(lines)
            header = json.loads(lines[sections["header"][0]])
            knowledge: dict[str, Any] = json.loads(lines[sections["knowledge"][0]])
        except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
            raise RegistryError(f"the registry file is damaged ({error}); build it again or install again") from error
        if header.get("form") != FORM:
            raise RegistryError(f"the registry file has form {header.get('form')!r}; this program reads {FORM!r}")
        history: dict[str, Any] = knowledge["history"] if policy is None else policy
        told = b"" if policy is None else json.dumps(policy, sort_keys=True).encode()
        self.digest = hashlib.sha256(raw + told).hexdigest()
        self._days = {
            code: sorted((until, before) for before, until in rows.items()) for code, rows in history["days"].items()
        }
        self._under: dict[str, str] = history["gone"] | history["lands"]
        self._lines = lines
        self._office_lines, self._person_lines = sections["offices"], sections["persons"]
        self._names, self._surnames = _Index(lines, *sections["names"]), _Index(lines, *sections["surnames"])
        self._persons: dict[int, Person] = {}
        self._own = _OwnPeople(knowledge["people"], self)
        self.states: dict[str, Entry] = {}
        self._scan: dict[str, list[Known]] = {}
        self._index_entries(knowledge)
        self.roles = _roles(knowledge["roles"])
        self.words = {name: frozenset(words) for name, words in knowledge["clauses"].items()}
        self.relational = frozenset(knowledge["roles"]["relational"])
        self.honorifics: dict[str, str] = knowledge["roles"]["honorifics"]
        self._given = _given_names(knowledge["nicknames"])

    @classmethod
    def load(cls, path: Path | None = None, *, policy: Path | None = None) -> "Registry":
        """The registry that ships with the package, or the one at `path`; `policy` is a YAML file in the form of
        `grounding/data/history.yaml` that says under which codes former states and disputed lands are coded.

        Raises `RegistryError` if a file is missing, damaged or of another form.
        """
        try:
            raw = (path or _FILE).read_bytes()
        except OSError as error:
            raise RegistryError(f"{path or _FILE}: cannot be read: {error}; install the package again") from error
        return cls(raw, None if policy is None else read_policy(policy))

    def coded(self, country: str | None, day: str | None) -> str | None:
        """The code under which actors of the country are coded on the ISO day (Russia on 1 May 1990: SUN)."""
        if country is None or day is None:
            return country
        return next((before for until, before in self._days.get(country, ()) if day <= until), country)

    def starting(self, piece: str) -> list["Known"]:
        """Names that begin with the folded piece, longest first."""
        return self._scan.get(piece, [])

    def named(self, folded: str) -> list[Person]:
        """Persons who go by the full name, folded (see :func:`communique.grounding.titles.fold`)."""
        found = {person.id: person for person in self._own.by_name.get(folded, ())}
        for number in _numbers(self._names.get(folded)):
            person = self._own.joined(self.person(number))
            found[person.id] = person
        return list(found.values())

    def surnamed(self, surname: str) -> list[Person]:
        """Persons with a prominent office (leaders, ministers of foreign affairs, defence, finance, interior, army
        chiefs, spokespersons, heads of international bodies) whom the news may call by the folded surname alone."""
        found = {person.id: person for person in self._own.by_surname.get(surname, ())}
        for number in _numbers(self._surnames.get(surname)):
            person = self._own.joined(self.person(number))
            found[person.id] = person
        return list(found.values())

    def sounding(self, surname: str) -> list[Person]:
        """Persons with a prominent office whose surname sounds like the folded one."""
        return [person for each in self._sounds.get(sounds(surname), ()) for person in self.surnamed(each)]

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for surname in dict.fromkeys([*self._own.by_surname, *self._surnames]):
            if " " not in surname:
                found.setdefault(sounds(surname), []).append(surname)
        return found

    def holders(self, key: str, day: str | None, *, country: str | None) -> list[tuple[Person, Spell]]:
        """Who held the offices with the key (in the country, or in none for international bodies) on the ISO day."""
        if day is None or not key:
            return []
        found: dict[str, tuple[Person, Spell]] = {}
        numbers, own = self._offices.get((country or "", key), ((), ()))
        for person in [*own, *(self._own.joined(self.person(number)) for number in numbers)]:
            for spell in person.spells:
                if spell.key == key and (spell.country or "") == (country or "") and spell.on(day) == "held":
                    found.setdefault(person.id, (person, spell))
        return _distinct(_surest(list(found.values()), day))

    def holders_anywhere(self, key: str, day: str | None) -> list[tuple[Person, Spell]]:
        """Who held offices with the key on the ISO day, of whatever country ("the commander of ISAF")."""
        countries = dict.fromkeys(country for country, known in self._offices if known == key)
        return [each for country in countries for each in self.holders(key, day, country=country or None)]

    def known_office(self, key: str, country: str | None) -> bool:
        """Whether any holder of such an office is known at all."""
        return (country or "", key) in self._offices

    def given_alike(self, one: str, other: str) -> bool:
        """Whether two folded given names may be one person's: equal, an initial, a prefix of three letters or more, or
        known short forms of each other."""
        if one == other or (one[:1] == other[:1] and 1 in (len(one), len(other))):
            return True
        if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
            return True
        return bool(self._given.get(one, frozenset({one})) & self._given.get(other, frozenset({other})))

    def person(self, number: int) -> Person:
        """The person on the line with this number of the table."""
        if number not in self._persons:
            identity, name, spells = self._lines[self._person_lines[0] + number].split("\t")
            self._persons[number] = Person(identity, name, tuple(self._spell(each) for each in spells.split(";")))
        return self._persons[number]

    def _spell(self, text: str) -> Spell:
        office, start, end, until = text.split("|")
        country, title, key, sectors, weight, _ = self._lines[self._office_lines[0] + int(office)].split("\t")
        return Spell(country or None, title, key, tuple(sectors.split()), int(weight), start, end, until)

    @cached_property
    def _offices(self) -> dict[tuple[str, str], tuple[list[int], list[Person]]]:
        """(country, key) → numbers of the tables' persons, and hand-written persons, who held such an office."""
        found: dict[tuple[str, str], tuple[list[int], list[Person]]] = {}
        for line in self._lines[slice(*self._office_lines)]:
            country, _, key, _, _, numbers = line.split("\t")
            found.setdefault((country, key), ([], []))[0].extend(_numbers(numbers))
        for person in self._own.people:
            for office in dict.fromkeys((spell.country or "", spell.key) for spell in person.spells):
                found.setdefault(office, ([], []))[1].append(person)
        return found

    def _index_entries(self, knowledge: dict[str, Any]) -> None:
        pending: dict[tuple[str, ...], tuple[list[Entry], list[bool]]] = {}

        def add(entry: Entry, names: Iterable[str]) -> None:
            for name in names:
                exact = name.isupper() or name in _EXACT
                pieces = tuple(fold(name).split())
                held, capitals = pending.setdefault(pieces, ([], [True] * len(pieces)))
                small = set(fold(" ".join(re.findall(r"\b[a-z]\S*", name))).split())
                capitals[:] = [old and piece not in small for old, piece in zip(capitals, pieces, strict=True)]
                made = entry if exact == entry.exact else _exactly(entry)
                if made not in held:
                    held.append(made)

        for code, state in knowledge["states"].items():
            country = self._under.get(code, code)
            sectors = tuple(state.get("sectors", ["GOV"]))
            name = state["names"][0]
            base = Entry(f"state/{code}", name, country, sectors, "state")
            self.states[code] = base
            add(base, state["names"])
            adjective = Entry(f"state/{code}", name, country, sectors, "adjective")
            people = Entry(f"state/{code}", name, country, (), "people")
            add(adjective, state["adj"])
            plurals = [f"{each}s" for each in state["adj"] if each[-1:] in "nitkqcb" and not each.isupper()]
            add(people, [*plurals, *state.get("people", [])])
            add(Entry(f"state/{code}", name, country, sectors, "capital", place=True), state["seat"])
        for seat in knowledge["seats"]:
            identity = seat.get("org", f"seat/{seat['id']}")
            strong, place = seat.get("strong", False), seat.get("place", False)
            sectors = tuple(seat["sectors"])
            add(Entry(identity, seat["name"], seat["country"], sectors, "seat", False, strong, place), seat["names"])
        for identity, country, sectors, names in knowledge["organisations"]:
            add(Entry(identity, names[0], country or None, tuple(sectors), "body"), names)
        for pieces, (entries, capitals) in pending.items():
            self._scan.setdefault(pieces[0], []).append(Known(pieces, tuple(capitals), tuple(entries)))
        for found in self._scan.values():
            found.sort(key=lambda each: -len(each.pieces))


class _Index:
    """Lines of the table `first` to `last` as a mapping from the name before the tab to what stands behind it; the
    lines are in order, so that nothing needs to be made of them at load."""

    def __init__(self, lines: list[str], first: int, last: int) -> None:
        self._lines, self._first, self._last = lines, first, last

    def get(self, name: str) -> str:
        """What stands behind the name, or "" where it is not there."""
        key = f"{name}\t"
        place = bisect_left(self._lines, key, self._first, self._last)
        found = self._lines[place] if place < self._last else ""
        return found[len(key) :] if found.startswith(key) else ""

    def __iter__(self) -> Iterator[str]:
        return (line.partition("\t")[0] for line in self._lines[self._first : self._last])


class _OwnPeople:
    """The hand-written people, joined with the same person in the tables where name and country agree."""

    def __init__(self, rows: list[list[Any]], registry: Registry) -> None:
        spells: dict[str, list[Spell]] = {}
        names: dict[str, list[str]] = {}
        for identity, called, country, sectors, title, key, weight, start, end, until in rows:
            spells.setdefault(identity, []).append(
                Spell(country or None, title, key, tuple(sectors), weight, start, end, until, True)
            )
            known = names.setdefault(identity, [])
            known.extend(each for each in called if each not in known)
        self.people: list[Person] = []
        self.by_name: dict[str, list[Person]] = {}
        self.by_surname: dict[str, list[Person]] = {}
        self._twins: dict[str, Person] = {}
        for identity, called in names.items():
            self._add(identity, called, spells[identity], registry)

    def _add(self, identity: str, called: list[str], spells: list[Spell], registry: Registry) -> None:
        countries = {spell.country for spell in spells if spell.country}
        twins: dict[str, Person] = {}
        for place, name in enumerate(called):
            for number in _numbers(registry._names.get(fold(name))):
                found = registry.person(number)
                # a second name may be another person's too ("George Bush"): his offices must have run at the same time
                fits = place == 0 or any(_same_time(spell, own) for spell in found.spells for own in spells)
                if fits and (not countries or any(spell.country in countries for spell in found.spells)):
                    twins[found.id] = found
        if len(twins) == 1:
            ((_, twin),) = twins.items()
            kept = [spell for spell in twin.spells if not any(_same_time(spell, own) for own in spells)]
            person = Person(twin.id, called[0], (*spells, *kept))
            self._twins[twin.id] = person
        else:
            person = Person(identity, called[0], tuple(spells))
        self.people.append(person)
        for name in dict.fromkeys(fold(each) for each in called):
            self.by_name.setdefault(name, []).append(person)
            for surname in surnames(name, min(countries, default="") or ""):
                held = self.by_surname.setdefault(surname, [])
                if person not in held:
                    held.append(person)

    def joined(self, person: Person) -> Person:
        """The person with the hand-written spells added, if there are any."""
        return self._twins.get(person.id, person)


# Names that are common words in another case.
_EXACT = frozenset(
    {"Polish", "Dutch", "Turkey", "Pole", "Poles", "Dane", "Finn", "Scot", "Congress", "Senate", "Labour"}
)


def _exactly(entry: Entry) -> Entry:
    return Entry(entry.id, entry.name, entry.country, entry.sectors, entry.kind, True, entry.strong, entry.place)


def _same_time(spell: Spell, own: Spell) -> bool:
    """Whether both are one office at overlapping times, so that the hand-written one replaces the other."""
    same = spell.country == own.country and spell.key == own.key
    return same and spell.start <= own.until and own.start <= spell.until


def _surest(found: list[tuple[Person, Spell]], day: str) -> list[tuple[Person, Spell]]:
    """Of several holders, those in hand-written rows, else those whose office surely ran on the day, where there are
    any: a spell known by the year alone may have ended before the day or begun after it."""
    if len(found) < 2:
        return found
    own = [each for each in found if each[1].own]
    pool = own or found
    sure = [each for each in pool if each[1].surely(day)]
    return sure or pool


def _distinct(found: list[tuple[Person, Spell]]) -> list[tuple[Person, Spell]]:
    """Holders without those who are an earlier one in another spelling ("Gilani", "Gillani")."""
    kept: list[tuple[Person, Spell]] = []
    for person, spell in found:
        name = fold(person.name)
        if all(JaroWinkler.similarity(name, fold(other.name)) < _ONE_NAME for other, _ in kept):
            kept.append((person, spell))
    return kept


def _sections(lines: list[str]) -> dict[str, tuple[int, int]]:
    found, position = {}, 0
    while position < len(lines) and lines[position].startswith("#"):
        name, count = lines[position][1:].split()
        found[name] = (position + 1, position + 1 + int(count))
        position += 1 + int(count)
    return found


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")] if text else []


def _roles(roles: dict[str, Any]) -> dict[str, RoleNoun]:
    found: dict[str, RoleNoun] = {}
    forms: tuple[tuple[str, Literal["person", "body", "machine"]], ...]
    forms = (("persons", "person"), ("bodies", "body"), ("machines", "machine"))
    for part, form in forms:
        for sector, nouns in roles[part].items():
            for noun in nouns:
                plain, own = noun, sector
                if re.fullmatch(r".+ [A-Z]{3}", noun):  # "economist EDU": a noun with a sector of its own
                    plain, own = noun[:-4], noun[-3:]
                found.setdefault(fold(plain), RoleNoun(plain, own, form))
    return found


def _given_names(nicknames: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for name, short in nicknames.items():
        for each in [name, *short]:
            groups.setdefault(each, set()).update([name, *short])
    return {name: frozenset(group) for name, group in groups.items()}
