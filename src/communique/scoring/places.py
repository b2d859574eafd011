"""Score of places on texts with hand-marked place names that carry GeoNames ids.

Two measures. *Recognition*: exact and overlapping span F1 of the names found against those marked. *Resolution*, on the
gold spans that have an id: share with the exact id, with the right country, and within 161 km (100 miles, the customary
bound); a span for which nothing was found counts as wrong. A country has no point: it counts as within 161 km when its
id is right.
"""

import gzip
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import ScoringError
from communique.grounding.gazetteer import Gazetteer
from communique.grounding.places import names, resolve
from communique.records import Article, Document, Mention, Place, Span

NEAR_KM = 161.0
Reader = Callable[[Article], Document]
Resolver = Callable[[Document, tuple[Mention, ...]], Mapping[str, Place]]
# Marked spans that GeoWebNews itself tells apart from names of places: descriptions ("the city"), people, languages,
# names that only look like a place's.
NO_NAMES = frozenset({"Literal_Expression", "Non_Lit_Expression", "Non_Toponym", "Demonym", "Homonym", "Language"})


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """One marked name; `id`, `lat` and `lon` are None where the hand-coder gave none."""

    span: Span
    id: int | None
    lat: float | None
    lon: float | None
    country: str | None


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its marked place names."""

    article: Article
    places: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Shares in percent of gold names with an id: exact id, country (over those whose country is known), near."""

    exact: float
    country: float
    near: float
    found: float
    gold: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """Span scores in percent, exact and by overlap."""

    exact_f1: float
    precision: float
    recall: float
    f1: float


def read(path: Path, *, gazetteer: Gazetteer | None = None) -> Iterator[GoldText]:
    """Texts of a JSONL file (plain or gzip) with `id`, `text` and `toponyms` (start, end, geonameid, lat, lon).

    The country of a gold name is that of its id in the gazetteer, or of the country name in the row. Raises
    `ScoringError` with file and line where a row does not follow the form.
    """
    countries = _Countries(gazetteer or Gazetteer.load())
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                places = tuple(_gold(each, countries) for each in row["toponyms"] if each.get("type") not in NO_NAMES)
                article = Article(row["id"], row["id"], row["text"], title=row.get("title"), published=row.get("date"))
            except (ValueError, KeyError, TypeError) as error:
                raise ScoringError(
                    f"{path}, line {number}: a row of places needs id, text and toponyms with start and end;"
                    f" found {error!r}"
                ) from error
            yield GoldText(article, places)


def _gold(row: dict[str, Any], countries: "_Countries") -> GoldPlace:
    identity = int(row["geonameid"]) if row.get("geonameid") else None
    named = (row.get("country") or {}).get("geonameid")
    country = countries.of(identity) or countries.of(named)
    return GoldPlace(Span(row["start"], row["end"]), identity, row.get("lat"), row.get("lon"), country)


class _Countries:
    """GeoNames id → country code, for the gold ids that the gazetteer has."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._codes = gazetteer.countries_by_id()

    def of(self, identity: int | None) -> str | None:
        return self._codes.get(identity) if identity else None


def default_resolver(document: Document, mentions: tuple[Mention, ...]) -> Mapping[str, Place]:
    """The room's own resolution with every mention taken literally."""
    return resolve(document, mentions)


def score_resolution(texts: Iterable[GoldText], *, resolver: Resolver = default_resolver) -> Resolution:
    """The resolution measures over all gold names with an id."""
    gold = exact = country = countries = near = found = 0
    for text in texts:
        mentions = tuple(Mention(f"g{number}", each.span, "GPE", -1) for number, each in enumerate(text.places))
        placed = resolver(Document(text.article, (), ()), mentions)
        for mention, right in zip(mentions, text.places, strict=True):
            if right.id is None:
                continue
            own = placed.get(mention.id)
            gold += 1
            found += own is not None
            exact += own is not None and own.geonames_id == right.id
            near += own is not None and _near(own, right)
            countries += right.country is not None
            country += own is not None and right.country is not None and own.country == right.country
    return Resolution(
        exact=_share(exact, gold),
        country=_share(country, countries),
        near=_share(near, gold),
        found=_share(found, gold),
        gold=gold,
    )


def _share(hits: int, of: int) -> float:
    return round(100 * hits / max(of, 1), 2)


def _near(own: Place, right: GoldPlace) -> bool:
    if own.geonames_id == right.id:
        return True
    if own.lat is None or own.lon is None or right.lat is None or right.lon is None:
        return False
    return kilometres(own.lat, own.lon, right.lat, right.lon) <= NEAR_KM


def kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Great-circle distance in kilometres (haversine)."""
    a, b = math.radians(lat), math.radians(to_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(to_lon - lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def score_recognition(texts: Iterable[GoldText], reader: Reader) -> Recognition:
    """Span scores of the names found in the reader's documents against all marked names."""
    gold = found = exact = overlap = 0
    for text in texts:
        own = set(names.find(reader(text.article)))
        marked = [each.span for each in text.places]
        gold, found = gold + len(marked), found + len(own)
        exact += len(own.intersection(marked))
        left = set(own)
        for span in marked:
            hit = span if span in left else next((each for each in left if each.overlaps(span)), None)
            if hit is not None:
                overlap += 1
                left.discard(hit)
    precision, recall = 100 * overlap / max(found, 1), 100 * overlap / max(gold, 1)
    return Recognition(
        round(200 * exact / max(gold + found, 1), 2),
        round(precision, 2),
        round(recall, 2),
        round(2 * precision * recall / (precision + recall), 2) if overlap else 0.0,
    )
