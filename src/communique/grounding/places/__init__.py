"""Places: mentions → places on the map, by the names and by what else the article names.

Enters a :class:`Document` with the mentions to place; leaves a :class:`Place` per mention id. Whether a mention is
meant literally ("in Islamabad") or stands for a government is decided elsewhere and given as `literal`; what is not
literal still tells where the article plays. A country gets no point, a border no country of its own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from communique.grounding import gazetteer as form
from communique.grounding.gazetteer import Gazetteer, Numbers
from communique.grounding.places.context import abbreviated, holders, inside, named_units
from communique.grounding.places.surface import KIND_WORDS, Surface, take_apart
from communique.records import Document, Mention, Place
from communique.records.event import PlacePrecision

__all__ = ["Weights", "resolve"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts, in the units of `people` (one is a tenfold population).

    Set by hand on LGL and GeoWebNews (development sets), looking at errors; none is fitted.
    """

    people: float = 1.0
    country: float = 5.0
    admin1: float = 1.5
    eponym: float = -3.0
    admin2: float = -1.5
    capital: float = 2.5
    seat: float = 0.3
    section: float = -1.0
    lost: float = -3.0
    region: float = 1.0
    short: float = -1.5
    other: float = -1.5
    asked: float = 5.0
    held: float = 6.0
    held_elsewhere: float = 4.0
    same_country: float = 6.0
    same_admin1: float = 4.0
    near: float = 1.5
    margin: float = 0.02


DEFAULT = Weights()
# A quarter of the people, in the gazetteer's steps of 1/25 decade.
_QUARTER = 15
# A hundred thousand people, on the same scale.
_LARGE = 125
_KINDS = frozenset({"GPE", "LOC", "FAC"})
_PRECISION: dict[int, PlacePrecision] = {
    form.COUNTRY: "country", form.ADMIN1: "admin1", form.ADMIN2: "admin2", form.CAPITAL: "city", form.SEAT: "city",
    form.TOWN: "city", form.SECTION: "city", form.LOST: "city", form.REGION: "region", form.POINT: "point",
}  # fmt: skip


def _always(mention: Mention) -> bool:
    return True


def resolve(
    document: Document,
    mentions: Iterable[Mention],
    *,
    literal: Callable[[Mention], bool] = _always,
    gazetteer: Gazetteer | None = None,
    weights: Weights = DEFAULT,
) -> dict[str, Place]:
    """The place of each mention that is `literal` and of kind GPE, LOC or FAC; mentions without a known name, and those
    between whose candidates the signs do not decide, are left out.

    "Springfield, Ill." is the town in Illinois; "northern Iraq" is Iraq with precision "region"; "the
    Afghanistan-Pakistan border" has precision "region" and no country.
    """
    known = gazetteer or Gazetteer.load()
    text = document.text
    asked = [mention for mention in mentions if mention.kind in _KINDS]
    surfaces = {mention.id: _headed(document, mention, _surface(mention.span.of(text), known)) for mention in asked}
    holding = {mention.id: _holder(text, mention, surfaces[mention.id], known) for mention in asked}
    names = _Names(known, weights)
    for mention in asked:
        surface = surfaces[mention.id]
        if len(surface.records):
            names.add(surface, holding[mention.id])
    names.settle()
    found = {}
    for mention in asked:
        if literal(mention):
            surface = surfaces[mention.id]
            place = (
                _border(surface, mention, known)
                if surface.border
                else names.place(surface, mention, holding[mention.id], _held(text, mention, known))
            )
            if place is not None:
                found[mention.id] = place
    return found


# Nouns that may head a phrase whose place is the name inside it ("parts of North Waziristan").
_PARTS = frozenset({
    *KIND_WORDS, "part", "area", "side", "region", "zone", "territory", "outskirt", "suburb", "centre", "center",
    "heart", "coast", "shore", "border", "frontier", "airport", "base", "airbase", "valley", "mountain", "island",
    "peninsula", "land", "street", "road", "camp", "crossing", "port", "bank", "corner", "north", "south", "east",
    "west", "edge", "neighbourhood", "neighborhood", "interior", "countryside", "site", "location", "place", "rest",
})  # fmt: skip


def _headed(document: Document, mention: Mention, surface: Surface) -> Surface:
    """The surface, emptied where the phrase is not about the name in it ("the strongest institution in Pakistan")."""
    if not 0 <= mention.head < len(document.words):
        return surface
    head = document.words[mention.head]
    if head.upos == "PROPN" or head.lemma.lower() in _PARTS or head.form in surface.name.split():
        return surface
    whole = form.fold(surface.whole) == form.fold(surface.name)
    return surface if whole else replace(surface, records=surface.records[:0], hows=surface.hows[:0], border=False)


_BEFORE = re.compile(r"(?P<name>[A-Z\u00c0-\u00de][\w.'’\-]+(?: [A-Z\u00c0-\u00de][\w'’\-]+){0,2}),\s+(?:in )?$")


def _held(text: str, mention: Mention, gazetteer: Gazetteer) -> Numbers:
    """What stands before the mention and a comma ("Albany" of "Albany, New York"): it may lie in the place meant."""
    before = _BEFORE.search(text, max(0, mention.span.start - 60), mention.span.start)
    words = before["name"].split() if before is not None else []
    for first in range(len(words)):
        records, _ = gazetteer.find(" ".join(words[first:]))
        if len(records):
            return records
    return gazetteer.find("")[0]


def _surface(words: str, gazetteer: Gazetteer) -> Surface:
    state = abbreviated(words)
    return take_apart(state or words, gazetteer)


def _holder(text: str, mention: Mention, surface: Surface, gazetteer: Gazetteer) -> Numbers | None:
    if not len(surface.records):
        return None
    if surface.holder is not None:
        return named_units(surface.holder, gazetteer)
    return holders(text, mention.span.start, mention.span.end, gazetteer)


@dataclass(slots=True)
class _Entry:
    """One distinct name of the document: its candidates, their own scores, how often it stands, and its shares."""

    surface: Surface
    records: Numbers
    prior: Numbers
    count: int = 1
    scores: Numbers | None = None
    shares: Numbers | None = None


class _Names:
    """The distinct names of one document, which decide about each other."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights) -> None:
        self._gazetteer, self._weights = gazetteer, weights
        self._entries: dict[tuple[str, tuple[int, ...]], _Entry] = {}

    def add(self, surface: Surface, holder: Numbers | None) -> None:
        """One more mention of a name; a holder named beside one mention helps all of them."""
        key = (form.fold(surface.name), surface.kinds)
        entry = self._entries.get(key)
        if entry is None:
            entry = _Entry(surface, surface.records, self._prior(surface))
            self._entries[key] = entry
        else:
            entry.count += 1
        if holder is not None:
            closeness = inside(entry.records, holder, self._gazetteer)
            if closeness.any():
                entry.prior = entry.prior + self._weights.held_elsewhere * (closeness == closeness.max())

    def _prior(self, surface: Surface) -> Numbers:
        """What a name means before the document is asked: size, kind, how it bears the name, what the words ask."""
        weights, records = self._weights, surface.records
        kind = self._gazetteer.kind[records]
        by_kind = np.array([
            weights.country, weights.admin1, weights.admin2, weights.capital, weights.seat, 0.0, weights.section,
            weights.lost, weights.region, 0.0,
        ])  # fmt: skip
        by_how = np.array([0.0, weights.short, weights.other, 0.0])
        size = self._gazetteer.size[records]
        # English has a name of its own for many a large town ("Geneva"): there another name costs little.
        lightly = np.where((surface.hows == form.OTHER) & (size >= _LARGE), 1 / 3, 1.0)
        prior: Numbers = size / 25 * weights.people + by_kind[kind] + by_how[surface.hows] * lightly
        for rank, asked in enumerate(surface.kinds[:2]):
            prior = prior + (kind == asked) * (weights.asked - rank * 0.5)
        if not surface.kinds:
            prior = prior + weights.eponym * self._eponymous(records, kind)
        return prior

    def _eponymous(self, records: Numbers, kind: Numbers) -> Numbers:
        """Which candidates are units named after their chief town (a quarter of their people or more live in it): the
        bare name then means the town, as "Kandahar" does."""
        known = self._gazetteer
        towns = records[(kind == form.CAPITAL) | (kind == form.SEAT) | (kind == form.TOWN)]
        found = np.zeros(len(records), dtype=bool)
        for place, unit in enumerate(records):
            if kind[place] in (form.ADMIN1, form.ADMIN2) and len(towns):
                mine = (known.country[towns] == known.country[unit]) & (known.admin1[towns] == known.admin1[unit])
                large = known.size[towns] >= int(known.size[unit]) - _QUARTER
                found[place] = bool((mine & large).any())
        return found

    def settle(self) -> None:
        """Two rounds: each name takes its shares from its own scores and what the others' shares say."""
        entries = list(self._entries.values())
        for entry in entries:
            entry.shares = _softmax(entry.prior)
        for _ in range(2):
            country, admin1 = self._votes(entries)
            for entry in entries:
                entry.scores = entry.prior + self._support(entry, entries, country, admin1)
            for entry in entries:
                assert entry.scores is not None
                entry.shares = _softmax(entry.scores)

    def _votes(self, entries: list[_Entry]) -> tuple[Numbers, dict[int, float]]:
        """Sums of shares by country and by first-level unit."""
        known = self._gazetteer
        country = np.zeros(256)
        admin1: dict[int, float] = {}
        for entry in entries:
            assert entry.shares is not None
            np.add.at(country, known.country[entry.records], entry.shares * entry.count**0.5)
            for unit, share in zip(known.admin1[entry.records].tolist(), entry.shares.tolist(), strict=True):
                if unit != form.NONE and share > 0.02:
                    admin1[unit] = admin1.get(unit, 0.0) + share * entry.count**0.5
        country[0] = 0
        return country, admin1

    def _support(self, entry: _Entry, entries: list[_Entry], country: Numbers, admin1: dict[int, float]) -> Numbers:
        """What the other names add to each candidate."""
        known, weights = self._gazetteer, self._weights
        assert entry.shares is not None
        own = entry.shares * entry.count**0.5
        countries = known.country[entry.records]
        total = max(float(country.sum()) - float(own.sum()), 0.5)
        same_country = np.zeros(256)
        np.add.at(same_country, countries, own)
        support: Numbers = weights.same_country * np.maximum(country[countries] - same_country[countries], 0) / total
        units = known.admin1[entry.records].tolist()
        mine: dict[int, float] = {}
        for unit, share in zip(units, own.tolist(), strict=True):
            mine[unit] = mine.get(unit, 0.0) + share
        votes = np.array([admin1.get(unit, 0.0) - mine[unit] if unit != form.NONE else 0.0 for unit in units])
        support = support + weights.same_admin1 * np.maximum(votes, 0) / (1.0 + np.maximum(votes, 0))
        if len(entry.records) > 1:
            support = support + weights.near * self._nearness(entry, entries)
        return support

    def _nearness(self, entry: _Entry, entries: list[_Entry]) -> Numbers:
        """How near each candidate is to the likeliest points of the other names: 1 at the spot, a third at 150 km."""
        known = self._gazetteer
        near = np.zeros(len(entry.records))
        lat, lon = known.lat[entry.records], known.lon[entry.records]
        for other in entries:
            if other is entry or other.shares is None:
                continue
            best = int(other.shares.argmax())
            number = int(other.records[best])
            if known.kind[number] <= form.ADMIN1 or other.shares[best] < 0.5:
                continue
            distance = _kilometres(lat, lon, float(known.lat[number]), float(known.lon[number]))
            # `fmax` passes over the candidates without a point.
            near = np.fmax(near, np.exp(-distance / 140) * other.shares[best])
        return near

    def place(self, surface: Surface, mention: Mention, holder: Numbers | None, held: Numbers) -> Place | None:
        """The place of one mention, or None where nothing is known or nothing decides."""
        entry = self._entries.get((form.fold(surface.name), surface.kinds)) if len(surface.records) else None
        if entry is None or entry.scores is None:
            return None
        scores = entry.scores
        if holder is not None:
            closeness = inside(entry.records, holder, self._gazetteer)
            scores = scores + self._weights.held * (closeness == closeness.max()) * (closeness > 0)
        if len(held) and len(entry.records) > 1:
            holds = np.array([bool(inside(held, entry.records[place : place + 1], self._gazetteer).any())
                              for place in range(len(entry.records))])  # fmt: skip
            scores = scores + self._weights.held * holds
        order = np.argsort(-scores, kind="stable")
        best = int(order[0])
        if len(order) > 1 and scores[best] - scores[order[1]] < self._weights.margin:
            first, second = entry.records[order[:2]]
            if self._gazetteer.admin1[first] != self._gazetteer.admin1[second]:
                return None
        record = self._gazetteer.record(int(entry.records[best]))
        # Under another name than GeoNames' ("Kobani") it is shown as the article calls it.
        called = entry.surface.name if entry.surface.hows[best] == form.OTHER else record.name
        return _place(record, called, surface, mention)


def _place(record: form.Record, called: str, surface: Surface, mention: Mention) -> Place:
    """The record as a place; a side of it ("northern Iraq") is a region inside it and has no point, unless it is a side
    of a town."""
    precision = _PRECISION[record.kind]
    if surface.side is not None and precision not in ("city", "point"):
        name = f"{surface.side.lower()} {called}"
        return Place(name, record.country, record.id, None, None, "region", mention.span)
    return Place(called, record.country, record.id, record.lat, record.lon, precision, mention.span)


_WORDS = re.compile(r"[A-Z\u00c0-\u00de][\w.]*(?: [A-Z\u00c0-\u00de][\w.]*)*")


def _border(surface: Surface, mention: Mention, gazetteer: Gazetteer) -> Place | None:
    """ "the Afghanistan-Pakistan border", "the Turkish border with Syria": a region named after its countries."""
    sides: list[form.Record] = []
    for words in _WORDS.findall(surface.name):
        records, _ = gazetteer.find(words)
        countries = [each for each in records.tolist() if gazetteer.kind[each] == form.COUNTRY]
        if countries:
            record = gazetteer.record(countries[0])
            if record.id not in {side.id for side in sides}:
                sides.append(record)
    if not sides:
        return None
    name = "–".join(side.name for side in sides) + " border"
    return Place(name, sides[0].country if len(sides) == 1 else None, None, None, None, "region", mention.span)


def _softmax(scores: Numbers) -> Numbers:
    shares: Numbers = np.exp(scores - scores.max())
    shares /= shares.sum()
    return shares


def _kilometres(lat: Numbers, lon: Numbers, to_lat: float, to_lon: float) -> Numbers:
    """Great-circle distances (haversine, mean radius 6371 km)."""
    a, b = np.radians(lat), np.radians(to_lat)
    half: Numbers = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon - lon) / 2) ** 2
    distance: Numbers = 2 * 6371 * np.arcsin(np.sqrt(half))
    return distance
