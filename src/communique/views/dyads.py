"""Events as pairs of one source and one target, as older event data have them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]
_NOBODY: Row = {"words": "", "name": "", "code": "", "country": None, "sectors": [], "role": None, "registry_id": None,
                "status": ""}  # fmt: skip


def pairs(row: Row) -> list[tuple[Row, Row]]:
    """The pairs of an event: each source with each target; of a reciprocal event, each party with each later one; a
    side that is not named is blank."""
    sources, targets = list(row["sources"]), list(row["targets"])
    if not targets and len(sources) > 1:
        return [(one, other) for number, one in enumerate(sources) for other in sources[number + 1 :]]
    return [(source, target) for source in sources or [_NOBODY] for target in targets or [_NOBODY]]


def dyadic(rows: Iterable[Row]) -> Iterator[tuple[Row, Row, Row, int]]:
    """Each event with each of its pairs, and the number of the pair in the event."""
    for row in rows:
        for number, (source, target) in enumerate(pairs(row)):
            yield row, source, target, number
