"""Layouts of other event data sets: GDELT 2.0, ICEWS, POLECAT and PLOVER, column by column.

Each layout is a list of columns in the order of its data set. What Communique does not know (tone, ethnic and religious
codes, FIPS and COW codes) stays empty rather than guessed. Codes are text: "025" keeps its zero.

Sources: GDELT Event Codebook 2.0 (61 columns, no header); ICEWS Coded Event Data (20 columns); POLECAT (40 columns);
all three are separated by tabs. PLOVER's own records are JSON objects.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.views.dyads import dyadic

Row = Mapping[str, Any]
Cell = str | int | float | None
# What a column is made of: the event, source, target and the number of the pair.
Maker = Callable[[Row, Row, Row, int], Cell]

_QUAD = {"verbal-cooperation": 1, "material-cooperation": 2, "verbal-conflict": 3, "material-conflict": 4}
_QUAD_NAME = {"verbal-cooperation": "VERBAL COOPERATION", "material-cooperation": "MATERIAL COOPERATION",
              "verbal-conflict": "VERBAL CONFLICT", "material-conflict": "MATERIAL CONFLICT"}  # fmt: skip
_GEO_TYPE = {"country": 1, "region": 1, "admin1": 5, "admin2": 5, "city": 4, "point": 4}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the data set, its type for the schema file ("string", "integer", "number", "date"), and
    how it is made."""

    name: str
    type: str
    make: Maker


def _blank(name: str) -> Column:
    return Column(name, "string", lambda event, source, target, pair: None)


def _of(name: str, field: str, type: str = "string") -> Column:  # noqa: A002  (the field's own word)
    return Column(name, type, lambda event, source, target, pair: _plain(event[field]))


def gdelt() -> tuple[Column, ...]:
    """The 61 columns of a GDELT 2.0 event table."""
    return (
        Column("GLOBALEVENTID", "integer", lambda event, source, target, pair: _number(event, pair)),
        Column("Day", "string", lambda event, *_: _day(event, "%Y%m%d")),
        Column("MonthYear", "string", lambda event, *_: _day(event, "%Y%m")),
        Column("Year", "string", lambda event, *_: _day(event, "%Y")),
        Column("FractionDate", "number", lambda event, *_: _fraction(event)),
        *_gdelt_actor("Actor1", lambda source, target: source),
        *_gdelt_actor("Actor2", lambda source, target: target),
        Column("IsRootEvent", "integer", lambda *_: 1),
        _of("EventCode", "cameo"),
        Column("EventBaseCode", "string", lambda event, *_: (event["cameo"] or "")[:3] or None),
        Column("EventRootCode", "string", lambda event, *_: (event["cameo"] or "")[:2] or None),
        Column("QuadClass", "integer", lambda event, *_: _QUAD[event["quad"]]),
        _of("GoldsteinScale", "goldstein", "number"),
        Column("NumMentions", "integer", lambda event, *_: event.get("reports", 1)),
        Column("NumSources", "integer", lambda event, *_: len(event.get("outlets") or [1])),
        Column("NumArticles", "integer", lambda event, *_: event.get("articles", 1)),
        _blank("AvgTone"),
        *map(_blank, _gdelt_place("Actor1Geo")),
        *map(_blank, _gdelt_place("Actor2Geo")),
        Column("ActionGeo_Type", "integer", lambda event, *_: _GEO_TYPE.get(event["place_precision"] or "", 0)),
        _of("ActionGeo_FullName", "place"),
        _blank("ActionGeo_CountryCode"),
        _blank("ActionGeo_ADM1Code"),
        _blank("ActionGeo_ADM2Code"),
        _of("ActionGeo_Lat", "lat", "number"),
        _of("ActionGeo_Long", "lon", "number"),
        Column("ActionGeo_FeatureID", "string", lambda event, *_: _plain(event["geonames_id"], text=True)),
        Column("DATEADDED", "string", lambda event, *_: _moment(event["published"])),
        _of("SOURCEURL", "url"),
    )


def icews() -> tuple[Column, ...]:
    """The 20 columns of ICEWS coded event data."""
    return (
        Column("Event ID", "string", lambda event, source, target, pair: f"{event['event']}-{pair}"),
        Column("Event Date", "date", lambda event, *_: _day(event, "%Y-%m-%d")),
        Column("Source Name", "string", lambda event, source, target, pair: source["name"]),
        Column("Source Sectors", "string", lambda event, source, target, pair: ",".join(source["sectors"])),
        Column("Source Country", "string", lambda event, source, target, pair: source["country"]),
        Column("Event Text", "string", lambda event, *_: "/".join(filter(None, (event["type"], event["mode"])))),
        _of("CAMEO Code", "cameo"),
        _of("Intensity", "goldstein", "number"),
        Column("Target Name", "string", lambda event, source, target, pair: target["name"]),
        Column("Target Sectors", "string", lambda event, source, target, pair: ",".join(target["sectors"])),
        Column("Target Country", "string", lambda event, source, target, pair: target["country"]),
        Column("Story ID", "string", lambda event, *_: event.get("story") or event["article"]),
        _blank("Sentence Number"),
        _of("Publisher", "outlet"),
        Column("City", "string", lambda event, *_: _city(event)),
        _blank("District"),
        _blank("Province"),
        _of("Country", "place_country"),
        _of("Latitude", "lat", "number"),
        _of("Longitude", "lon", "number"),
    )


def polecat() -> tuple[Column, ...]:
    """The 40 columns of POLECAT."""
    return (
        Column("Event ID", "string", lambda event, source, target, pair: f"{event['event']}-{pair}"),
        Column("Event Date", "date", lambda event, *_: _day(event, "%Y-%m-%d")),
        _of("Event Type", "type"),
        _of("Event Mode", "mode"),
        _of("Intensity", "goldstein", "number"),
        Column("Quad Code", "string", lambda event, *_: _QUAD_NAME[event["quad"]]),
        Column("Contexts", "string", lambda event, *_: ";".join(event["contexts"] or ())),
        *_polecat_actor("Actor", lambda source, target: source),
        *_polecat_actor("Recipient", lambda source, target: target),
        _of("Placename", "place"),
        Column("City", "string", lambda event, *_: _city(event)),
        _blank("District"),
        _blank("Province"),
        _of("Country", "place_country"),
        _of("Latitude", "lat", "number"),
        _of("Longitude", "lon", "number"),
        Column("GeoNames ID", "string", lambda event, *_: _plain(event["geonames_id"], text=True)),
        _of("Raw Placename", "place_words"),
        _of("Feature Type", "place_precision"),
        _of("Source", "outlet"),
        Column("Publication Date", "date", lambda event, *_: _plain(event["day"])),
        _blank("Story People"),
        _blank("Story Organizations"),
        _blank("Story Locations"),
        Column("Language", "string", lambda *_: "en"),
        Column("Version", "string", lambda event, *_: event["run"]),
    )


LAYOUTS: Mapping[str, Callable[[], tuple[Column, ...]]] = {"gdelt": gdelt, "icews": icews, "polecat": polecat}


def rows_in(layout: str, events: Iterable[Row]) -> Iterator[list[Cell]]:
    """The events in a layout, one row for each pair of source and target."""
    columns = LAYOUTS[layout]()
    for event, source, target, pair in dyadic(events):
        yield [column.make(event, source, target, pair) for column in columns]


def plover(event: Row) -> dict[str, Any]:
    """The event as a PLOVER record: a JSON object with lists of sources, recipients and contexts."""
    return {
        "id": event["event"],
        "date": _day(event, "%Y-%m-%d"),
        "event": event["type"],
        "mode": event["mode"],
        "context": list(event["contexts"] or ()),
        "intensity": event["goldstein"],
        "quad": _QUAD[event["quad"]],
        "cameo": event["cameo"],
        "modality": event["modality"],
        "historical": event["historical"],
        "source": [_actor(each) for each in event["sources"]],
        "recipient": [_actor(each) for each in event["targets"]],
        "location": None if event["place"] is None else {
            "name": event["place"], "country": event["place_country"], "geonames": event["geonames_id"],
            "latitude": event["lat"], "longitude": event["lon"],
        },
        "text": event["passage"],
        "publication": {"source": event["outlet"], "title": event["title"], "date": _plain(event["day"]),
                        "url": event["url"]},
        "version": event["run"],
    }  # fmt: skip


def _gdelt_actor(name: str, choose: Callable[[Row, Row], Row]) -> tuple[Column, ...]:
    def column(ending: str, make: Callable[[Row], Cell]) -> Column:
        return Column(
            f"{name}{ending}", "string", lambda event, source, target, *_: make(choose(source, target)) or None
        )

    def sector(number: int) -> Callable[[Row], Cell]:
        return lambda actor: actor["sectors"][number] if len(actor["sectors"]) > number else None

    return (
        column("Code", lambda actor: (actor["country"] or "") + "".join(actor["sectors"][:3])),
        column("Name", lambda actor: str(actor["name"]).upper()),
        column("CountryCode", lambda actor: actor["country"]),
        *(_blank(f"{name}{each}") for each in ("KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")),
        *(column(f"Type{number + 1}Code", sector(number)) for number in range(3)),
    )


def _gdelt_place(name: str) -> tuple[str, ...]:
    endings = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(f"{name}_{ending}" for ending in endings)


def _polecat_actor(name: str, choose: Callable[[Row, Row], Row]) -> tuple[Column, ...]:
    def column(title: str, make: Callable[[Row], Cell]) -> Column:
        return Column(title, "string", lambda event, source, target, pair: make(choose(source, target)))

    return (
        column(f"{name} Name", lambda actor: actor["name"]),
        column(f"{name} Country", lambda actor: actor["country"]),
        _blank(f"{name} COW"),
        column(f"Primary {name} Sector", lambda actor: actor["sectors"][0] if actor["sectors"] else None),
        column(f"{name} Sectors", lambda actor: ";".join(actor["sectors"])),
        column(f"{name} Title", lambda actor: actor["role"]),
        column(f"{name} Name Raw", lambda actor: actor["words"]),
        column(f"Wikipedia {name} ID", lambda actor: None),
    )


def _actor(party: Row) -> dict[str, Any]:
    return {"name": party["name"], "country": party["country"], "sectors": list(party["sectors"]),
            "title": party["role"], "id": party["registry_id"], "words": party["words"]}  # fmt: skip


def _number(event: Row, pair: int) -> int:
    """A number below 2^62 from the event's id, with the number of the pair in its last six bits."""
    return (int(event["event"], 16) >> 8 << 6) | min(pair, 63)


def _city(event: Row) -> Cell:
    return event["place"] if event["place_precision"] in ("city", "point") else None


def _day(event: Row, form: str) -> str | None:
    day = event["first_day"] or event["day"]
    return None if day is None else day.strftime(form)


def _fraction(event: Row) -> float | None:
    day = event["first_day"] or event["day"]
    # GDELT's own rule: (month * 30 + day) / 365, so that the end of December reaches 1.06 and is capped.
    return None if day is None else round(day.year + min((day.month * 30 + day.day) / 365, 0.9999), 4)


def _moment(published: str | None) -> str | None:
    if published is None:
        return None
    try:
        when = dt.datetime.fromisoformat(published)
    except ValueError:
        return None
    return (when if when.tzinfo is None else when.astimezone(dt.UTC)).strftime("%Y%m%d%H%M%S")


def _plain(value: Any, *, text: bool = False) -> Cell:
    if value is None or isinstance(value, str | float):
        return value
    return str(value) if text or not isinstance(value, int) else value
