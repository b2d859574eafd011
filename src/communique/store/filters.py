"""Conditions of a query: what a person types ("PAK MIL", "Abdul Basit", "2010-10") as SQL with parameters."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import get_args

from communique.errors import InputError
from communique.records import EventType

Day = dt.date | str


@dataclass(slots=True)
class Conditions:
    """SQL conditions that must all hold, and the values of their question marks in order."""

    sql: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, sql: str, *values: object) -> None:
        """Add one more condition."""
        self.sql.append(f"({sql})")
        self.values.extend(values)

    def where(self) -> str:
        """The WHERE clause, empty without conditions."""
        return f" WHERE {' AND '.join(self.sql)}" if self.sql else ""


def actor(party: str, asked: str) -> tuple[str, list[object]]:
    """The condition on a participant, called `party` in SQL, that somebody `asked` for, and its values.

    `asked` is codes ("PAK", "PAK MIL", "MIL": each must be the country or one of the sectors), or a name, of which
    whole words count whatever their case and accents ("kayani", "State Department"); a registry id fits too.
    Raises `InputError` where nothing is asked for.
    """
    parts = asked.split()
    if not parts:
        raise InputError("an actor is a country (PAK), a sector (MIL), both (PAK MIL) or a name; found nothing")
    named = f"contains(plain({party}.name), plain(?)) OR contains(plain({party}.words), plain(?))"
    named += f" OR {party}.registry_id = ?"
    if not all(re.fullmatch(r"[A-Z]{3}", part) for part in parts):
        return f"({named})", [asked, asked, asked]
    # Three capitals may also be a name ("ISI", "IMF"): then it must be the whole of it, or USA would find USA Today.
    coded = " AND ".join(f"({party}.country = ? OR list_contains({party}.sectors, ?))" for _ in parts)
    whole = f"lower({party}.name) = lower(?) OR lower({party}.words) = lower(?)"
    return f"(({coded}) OR {whole})", [*(each for part in parts for each in (part, part)), asked, asked]


def any_of(parties: str, asked: str) -> tuple[str, list[object]]:
    """The condition that one of the list `parties` is who was `asked` for."""
    condition, values = actor("p", asked)
    return f"len(list_filter({parties}, lambda p: {condition})) > 0", values


def events(
    *, source: str | None = None, target: str | None = None, since: Day | None = None, until: Day | None = None,
    type: str | Sequence[str] | None = None, own: Callable[[], Collection[str]] = tuple,  # noqa: A002
) -> Conditions:  # fmt: skip
    """The conditions on events that :meth:`communique.store.Archive.events` explains.

    `own` gives the types of users' own codebooks that the archive has; it is asked only for a type that is not ours.

    Raises `InputError` where one of them makes no sense.
    """
    asked = Conditions()
    if source is not None:
        condition, values = any_of("sources", source)
        asked.add(condition, *values)
    if target is not None:
        condition, values = _as_target(source, target)
        asked.add(condition, *values)
    between(asked, "first_day", "last_day", since=since, until=until)
    if type is not None:
        types = _types([type] if isinstance(type, str) else type, own)
        asked.add(f"type IN ({', '.join('?' * len(types))})", *types)
    return asked


def dyad(first: str, second: str, *, directed: bool) -> tuple[str, list[object]]:
    """The condition that something passed from `first` to `second`, or, unless `directed`, either way."""
    ways = [(first, second)] if directed else [(first, second), (second, first)]
    conditions: list[str] = []
    values: list[object] = []
    for one, other in ways:
        source, source_values = any_of("sources", one)
        target, target_values = _as_target(one, other)
        conditions.append(f"({source} AND ({target}))")
        values += [*source_values, *target_values]
    return " OR ".join(conditions), values


def between(conditions: Conditions, first: str, last: str, *, since: Day | None, until: Day | None) -> None:
    """Add that the days from column `first` to column `last` touch those from `since` to `until`."""
    if since is not None:
        conditions.add(f"{last} >= ?", first_day(since))
    if until is not None:
        conditions.add(f"{first} <= ?", last_day(until))


def first_day(day: Day) -> dt.date:
    """The first day of "2010", "2010-10" or "2010-10-21". Raises `InputError` for anything else."""
    return _days(day)[0]


def last_day(day: Day) -> dt.date:
    """The last day of "2010", "2010-10" or "2010-10-21". Raises `InputError` for anything else."""
    return _days(day)[1]


def _days(day: Day) -> tuple[dt.date, dt.date]:
    if isinstance(day, dt.date):
        return day, day
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", day.strip())
    try:
        if match is None:
            raise ValueError
        year, month, number = (None if part is None else int(part) for part in match.groups())
        assert year is not None
        if month is None:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        if number is None:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        return dt.date(year, month, number), dt.date(year, month, number)
    except (ValueError, calendar.IllegalMonthError):
        raise InputError(f"“{day}” is no day; write 2010-10-21, 2010-10 or 2010") from None


def _as_target(source: str | None, target: str) -> tuple[str, list[object]]:
    """The condition that somebody is a target, or another party of a reciprocal event, and its values."""
    aimed, aimed_values = any_of("targets", target)
    party, party_values = actor("p", target)
    among = f"len(list_filter(sources, lambda p: {party}))"
    reciprocal, values = f"len(targets) = 0 AND len(sources) > 1 AND {among} > 0", list(party_values)
    if source is not None:
        # Two different parties: together, source and target must fit at least two of them.
        other, other_values = actor("p", source)
        reciprocal += f" AND len(list_filter(sources, lambda p: {party} OR {other})) > 1"
        values += [*party_values, *other_values]
    return f"{aimed} OR ({reciprocal})", [*aimed_values, *values]


def _types(asked: Sequence[str], own: Callable[[], Collection[str]]) -> list[str]:
    known: tuple[str, ...] = get_args(EventType)
    types = [each.strip().upper() for each in asked]
    if not all(each in known for each in types):
        known += tuple(sorted(set(own()) - set(known)))
    strange = [each for each in types if each not in known]
    if strange or not types:
        raise InputError(f"“{', '.join(strange)}” is no type of event; the types are {', '.join(known)}")
    return types
