"""`Event`: who did what to whom, when and where, with the words for each field."""

from dataclasses import dataclass
from typing import Literal

from communique.records.actor import Participant
from communique.records.span import Span

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
Modality = Literal["actual", "planned", "hypothetical", "negated", "alleged"]
TimePrecision = Literal["minute", "hour", "day", "week", "month", "quarter", "year", "unknown"]
PlacePrecision = Literal["point", "city", "admin2", "admin1", "country", "region"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Calendar days (or times) `start` to `end`, both inclusive, as ISO 8601 strings.

    `basis` is "stated" where words say it (they are `evidence`), "document" where only the article's date does.
    """

    start: str
    end: str
    precision: TimePrecision
    basis: Literal["stated", "document"]
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map: `geonames_id`, WGS84 degrees, and how precise they are; a country is never a point."""

    name: str
    country: str | None
    geonames_id: int | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    evidence: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the article and the field of the event that they support ("trigger", "source", "target", "mode" …)."""

    span: Span
    field: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one article tells it; types, modes, contexts and quads are PLOVER's, `cameo` a code as text. A
    `type` may also be one of a user's own codebook.

    All parties of a reciprocal event are `sources`. An event that names no agent has no source. `statement` is the id
    of the statement that reports it. `why` is one line: which rule or head decided, on which words.
    `historical` marks an act of long before the article's day.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    sources: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    trigger: Span
    quad: Quad
    goldstein: float
    modality: Modality
    when: Interval | None
    where: Place | None
    statement: str | None
    confidence: float
    evidence: tuple[Evidence, ...]
    why: str
    historical: bool = False
