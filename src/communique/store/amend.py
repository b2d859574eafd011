"""Amended events: the rows of events as people have corrected them, beside those that were coded.

A correction is found again by its event, or else, after the article was coded again, by the article and the words: the
same trigger in the same passage. Where neither is there any more, it is told as lost and changes nothing.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from communique.records import Change, Correction
from communique.store.shards import TABLES

Row = dict[str, Any]
# Words that a correction may set, as :func:`span` reads them, and the columns that repeat them.
SPANS = {
    "trigger_span": "trigger", "source_span": "sources", "target_span": "targets", "time_span": "time_words",
    "place_span": "place_words",
}  # fmt: skip
# Fields that a correction may set, by the column that holds them.
FIELDS = (
    "type", "mode", "cameo", "modality", "quad", "goldstein", "source", "target", "first_day", "last_day", "place",
    "contexts", *SPANS,
)  # fmt: skip
SCHEMA = TABLES["events"].append(pa.field("corrections", pa.string()))


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction and the event that it changes now; None where its words are not found any more."""

    correction: Correction
    event: str | None


def span(told: str) -> tuple[int, int, str] | None:
    """The first and the last character, exclusive, of an article and the words between: "120-126 reopen"; None for what
    is not written so."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9}) (.+)", told, re.DOTALL)
    return None if found is None else (int(found[1]), int(found[2]), found[3])


def correction(row: Row) -> Correction:
    """The correction in a row of the table `corrections`."""
    changes = tuple(Change(each["field"], each["old"], each["new"]) for each in row["changes"] or ())
    return Correction(
        row["correction"], row["kind"], row["target"], row["article"], row["version"], row["trigger"], row["passage"],
        changes, row["other"], row["by"], row["at"], row["reason"],
    )  # fmt: skip


def apply(index: duckdb.DuckDBPyConnection) -> tuple[Applied, ...]:
    """Make the table `amended` and the view `events`; gives each correction with the event that it meets."""
    told = _rows(index, "SELECT c.* FROM corrections_of_all c JOIN arrivals USING (key) ORDER BY arrival", [])
    made = _standing([correction(row) for row in told])
    amended: dict[str, Row] = {}
    hidden: set[str] = set()
    applied = []
    for each in made:
        row = _added(index, each) if each.kind == "add" else _found(index, each, amended)
        applied.append(Applied(each, None if row is None else row["event"]))
        if row is None:
            continue
        if each.kind == "reject":
            hidden.add(row["event"])
        elif each.kind in ("set", "add", "accept"):
            hidden.discard(row["event"])
            amended[row["event"]] = _changed(row, each)
    table = pa.Table.from_pylist([row for name, row in amended.items() if name not in hidden], schema=SCHEMA)
    index.register("amended_rows", table)
    index.register("hidden_events", pa.table({"event": pa.array(sorted({*amended, *hidden}), pa.string())}))
    index.execute(
        "CREATE VIEW events AS SELECT *, NULL::VARCHAR AS corrections FROM coded_events "
        + ("ANTI JOIN hidden_events USING (event) UNION ALL BY NAME SELECT * FROM amended_rows" if made else "")
    )
    return tuple(applied)


def _standing(made: Sequence[Correction]) -> list[Correction]:
    """The corrections that were not taken back; what was is kept in the files, and nowhere else."""
    gone = {each.other for each in made if each.kind == "withdraw"}
    return [each for each in made if each.kind != "withdraw" and each.id not in gone]


def _found(index: duckdb.DuckDBPyConnection, told: Correction, amended: dict[str, Row]) -> Row | None:
    for row in amended.values():
        if row["event"] == told.target or _same_words(row, told):
            return row
    rows = _rows(index, "SELECT * FROM coded_events WHERE event = ?", [told.target])
    if not rows:
        words = "SELECT * FROM coded_events WHERE article = ? AND trigger = ? AND passage = ? ORDER BY event"
        rows = _rows(index, words, [told.article, told.trigger, told.passage])
    return {**rows[0], "corrections": None} if rows else None


def _same_words(row: Row, told: Correction) -> bool:
    return (row["article"], row["trigger"], row["passage"]) == (told.article, told.trigger, told.passage)


def _added(index: duckdb.DuckDBPyConnection, told: Correction) -> Row | None:
    """A row for an event that was missed, where its words still stand in the article."""
    rows = _rows(
        index, "SELECT * EXCLUDE (coded, filename, file_row_number) FROM inputs WHERE article = ?", [told.article]
    )
    if not rows or told.trigger not in (rows[0]["text"] or ""):
        return None
    article = rows[0]
    start = article["text"].index(told.trigger)
    blank: Row = dict.fromkeys(SCHEMA.names)
    return {
        **blank,
        **{name: article[name] for name in ("article", "version", "run", "outlet", "published", "day", "title", "url")},
        "event": told.target, "number": "added", "contexts": [], "sources": [], "targets": [], "modality": "actual",
        "historical": False, "trigger": told.trigger, "words": told.trigger, "passage": told.passage,
        "source": "", "source_name": "", "target": "", "target_name": "", "first_day": article["day"],
        "last_day": article["day"], "time_basis": "document", "time_precision": "day", "confidence": 1.0,
        "why": f"added by {told.by}", "start": start, "end": start + len(told.trigger), "key": article["key"],
    }  # fmt: skip


def _changed(row: Row, told: Correction) -> Row:
    changed = {**row, "corrections": "; ".join(filter(None, (row.get("corrections"), told.id)))}
    for change in told.changes:
        if change.field in SPANS:
            _put(changed, change)
            continue
        changed[change.field] = _value(change)
        if change.field in ("source", "target"):
            changed[f"{change.field}s"] = [_party(code) for code in (change.new or "").split("; ") if code]
            changed[f"{change.field}_name"] = change.new or ""
    return changed


def _put(row: Row, change: Change) -> None:
    """Set the words that a row repeats; of several sources or targets, the first has them."""
    column, told = SPANS[change.field], span(change.new or "")
    words = None if told is None else " ".join(told[2].split())
    if column in ("sources", "targets"):
        if row[column] and words is not None:
            row[column] = [{**row[column][0], "words": words}, *row[column][1:]]
    elif column != "trigger":
        row[column] = words
    elif told is not None:
        row["start"], row["end"], row["trigger"] = told[0], told[1], told[2]


def _value(change: Change) -> Any:
    if change.new is None:
        return [] if change.field == "contexts" else None
    if change.field == "goldstein":
        return float(change.new)
    if change.field in ("first_day", "last_day"):
        return dt.date.fromisoformat(change.new)
    return change.new.split("; ") if change.field == "contexts" else change.new


def _party(code: str) -> Row:
    """The participant that a code stands for: "PAK MIL", "USA", "IGO"."""
    parts = code.split()
    country = parts[0] if parts and len(parts[0]) == 3 and not _SECTOR.fullmatch(parts[0]) else None
    sectors = parts[1:] if country else parts
    return {"words": "", "name": code, "code": code, "country": country, "sectors": sectors, "role": None,
            "registry_id": None, "status": "resolved"}  # fmt: skip


# PLOVER's sectors and bodies: three capitals that are no country.
_SECTOR = re.compile(
    "AGR|BUS|COP|CRM|CVL|EDU|ELI|ENV|EUR|GOV|HLH|HRI|IGO|IMG|INT|ISM|JRN|JUD|LAB|LEG|MED|MIL|MNC|NGO|OPP|PTY|REB|REF"
    "|REL|SET|SPY|UAF|UNO|UNS|WOM"
)


def _rows(index: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> list[Row]:
    found: list[Row] = index.sql(query, params=list(values)).to_arrow_table().to_pylist()
    return found


def _told(change: Change) -> str:
    return f"{change.field}: {change.old or '–'} → {change.new or '–'}"


def summary(applied: Iterable[Applied]) -> list[Row]:
    """Rows that tell each correction, and which event it changes now."""
    return [
        {
            "correction": each.correction.id, "kind": each.correction.kind, "target": each.correction.target,
            "event": each.event, "article": each.correction.article, "passage": each.correction.passage,
            "trigger": each.correction.trigger, "other": each.correction.other, "by": each.correction.by,
            "at": each.correction.at, "reason": each.correction.reason,
            "changes": "; ".join(map(_told, each.correction.changes)),
        }
        for each in applied
    ]  # fmt: skip
