"""Differences: two runs over the same articles, row by row: what came, what went, what changed, and by which cause."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from communique.errors import InputError
from communique.store import Archive

Row = Mapping[str, Any]
Status = Literal["came", "went", "changed"]

# What a run is made of; a difference has one of them for its cause.
PARTS = ("software", "codebook", "model", "registry", "settings")
# Columns that are compared, and the part of a run that decides them where several parts differ: what something is
# called comes from the codebook, who somebody is and where a place lies from the registry, which words tell it from
# the model.
_DECIDED_BY = {
    "type": "codebook", "mode": "codebook", "cameo": "codebook", "quad": "codebook", "goldstein": "codebook",
    "contexts": "codebook", "source": "registry", "target": "registry", "place": "registry",
    "geonames_id": "registry", "modality": "model", "historical": "model", "first_day": "model", "last_day": "model",
    "source_words": "model", "target_words": "model",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: its `status`, its `cause` (a part of the run), the fields that differ with their values in the
    first and in the second run, and the row of the event (of the second run, where there is one)."""

    status: Status
    cause: str
    fields: tuple[tuple[str, str, str], ...]
    row: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared: their ids, the parts in which they differ, how many articles both coded, how many events are
    the same in both, and the differences in order of article and place."""

    first: str
    second: str
    parts: tuple[str, ...]
    articles: int
    same: int
    differences: tuple[Difference, ...]

    @property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many differences there are of each cause and status."""
        return Counter((each.cause, each.status) for each in self.differences)


def compare(archive: Archive, first: str, second: str) -> Comparison:
    """The differences between two runs, named by their ids or the beginnings of these, over the versions of articles
    that both coded. Raises `InputError` where a run is not in the archive."""
    one, other = _run(archive, first), _run(archive, second)
    parts = tuple(part for part in PARTS if one[part] != other[part])
    both = "SELECT version FROM inputs_of_all WHERE run = $1 INTERSECT SELECT version FROM inputs_of_all WHERE run = $2"
    articles = archive.ask(f"SELECT count(*) FROM ({both})", [one["run"], other["run"]]).column(0)[0].as_py()
    same, found = 0, []
    for old, new in _pairs(
        _rows(archive, one["run"], both, other["run"]), _rows(archive, other["run"], both, one["run"])
    ):
        difference = _difference(old, new, parts)
        if difference is None:
            same += 1
        else:
            found.append(difference)
    return Comparison(one["run"], other["run"], parts, articles, same, tuple(found))


def _run(archive: Archive, name: str) -> Row:
    runs = [row for row in archive.runs().to_pylist() if row["run"].startswith(name) and name]
    if len(runs) != 1:
        known = ", ".join(row["run"] for row in archive.runs().to_pylist())
        told = f"several runs begin with “{name}”" if runs else f"there is no run “{name}”"
        raise InputError(f"{told}; there are {known or 'none'}")
    run: Row = runs[0]
    return run


def _rows(archive: Archive, run: str, both: str, other: str) -> Iterator[Row]:
    columns = (
        "event, version, article, number, type, mode, contexts, cameo, quad, goldstein, modality, historical, source, "
        "target, sources, targets, first_day, last_day, place, geonames_id, trigger, passage, outlet, title, day, "
        'start, "end", source_name, target_name, why'
    )
    table = archive.ask(
        f"SELECT {columns} FROM events_of_all WHERE run = $1 AND version IN ({both}) "
        "ORDER BY version, start, \"end\", type, event", [run, other]
    )  # fmt: skip
    for batch in table.to_batches(max_chunksize=1024):
        for row in batch.to_pylist():
            yield {
                **row,
                "source_words": "; ".join(each["words"] for each in row["sources"]),
                "target_words": "; ".join(each["words"] for each in row["targets"]),
            }


def _pairs(olds: Iterable[Row], news: Iterable[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows of both runs side by side: those of one article whose triggers share words, equal types first."""
    grouped = [
        {version: list(rows) for version, rows in itertools.groupby(each, key=lambda row: row["version"])}
        for each in (olds, news)
    ]
    for version in sorted(grouped[0].keys() | grouped[1].keys()):
        left, right = grouped[0].get(version, []), list(grouped[1].get(version, []))
        for old in left:
            matching = [new for new in right if new["start"] < old["end"] and old["start"] < new["end"]]
            best = max(matching, key=lambda new: _likeness(old, new), default=None)
            if best is not None:
                right.remove(best)
            yield old, best
        yield from ((None, new) for new in right)


def _likeness(old: Row, new: Row) -> tuple[bool, int, int]:
    equal = sum(_text(old[field]) == _text(new[field]) for field in _DECIDED_BY)
    return old["type"] == new["type"], equal, -abs(old["start"] - new["start"])


def _difference(old: Row | None, new: Row | None, parts: tuple[str, ...]) -> Difference | None:
    if old is None or new is None:
        row = new if old is None else old
        assert row is not None
        return Difference("came" if old is None else "went", _cause(("trigger",), parts), (), row)
    fields = tuple(
        (field, _text(old[field]), _text(new[field])) for field in _DECIDED_BY if _text(old[field]) != _text(new[field])
    )
    return Difference("changed", _cause([each[0] for each in fields], parts), fields, new) if fields else None


def _cause(fields: Iterable[str], parts: tuple[str, ...]) -> str:
    """The part of the run that most likely made the difference: the only one that differs, or of several the one that
    decides the fields; words that tell an event decide before its name, its name before its parties."""
    if len(parts) < 2:
        return parts[0] if parts else "nothing"
    deciding = [_DECIDED_BY.get(field, "model") for field in fields]
    order = ("model", "codebook", "registry")
    likely = next((part for part in order if part in deciding and part in parts), None)
    return likely or ("software" if "software" in parts else parts[0])


def _text(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
