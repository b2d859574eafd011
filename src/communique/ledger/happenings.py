"""Happenings: the reports of one event in the world, told by many articles, as one.

Two reports belong together by who takes part, what is done, when, where and in which words. Every joining says why, and
a person can undo it. What is compared are flat rows of events (:mod:`communique.store.rows`).
"""

import datetime as dt
import re
from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from communique.ledger.matter import alike, weigh
from communique.ledger.parties import best
from communique.records import Happening, Joint, Party

Row = Mapping[str, Any]
Relation = Literal["same", "update", "different"]

# Least score of two reports of one happening. Set on corpus/happenings/dev-*.txt.
MARGIN = 0.62
# Types that are coded for one act where words leave it open; what they are worth beside equal ones.
_NEIGHBOURS = 0.75
_GROUPS = frozenset(
    map(
        frozenset,
        (
            ("AID", "COOPERATE"),
            ("CONCEDE", "RETREAT"),
            ("COERCE", "SANCTION"),
            ("CONSULT", "AGREE"),
            ("AGREE", "COOPERATE"),
            ("RETREAT", "COOPERATE"),
            ("REJECT", "ACCUSE"),
            ("AGREE", "SUPPORT"),
            ("AGREE", "CONCEDE"),
            ("ASSAULT", "COERCE"),
            ("PROTEST", "COERCE"),
        ),
    )
)
# For each type, those that its reports may have.
_ALIKE = {
    name: tuple(sorted({name}.union(*(group for group in _GROUPS if name in group))))
    for name in frozenset().union(*_GROUPS)
}
# Least likeness of words: more of it is asked where a side is not named.
_WORDS, _WORDS_ALONE = 0.2, 0.45
# Reports of one event appear within so many days of each other, unless words date them.
APART = 4
# Of reports that could be meant, so many of the latest are looked at.
_LATEST = 256
# Sides that are kept for being met again.
_KNOWN = 1 << 16
_NUMBER = re.compile(r"(?<![\w$])(\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\b")
_NEWER = re.compile(r"\b(?:death toll|toll|rose to|has risen|have now|now at)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """One event as one article tells it, made ready for comparing; made by :func:`told` from a flat row."""

    event: str
    article: str
    version: str
    type: str
    modality: str
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    first: dt.date | None
    last: dt.date | None
    stated: bool
    published: dt.date | None
    place: int | None
    area: bool
    place_country: str | None
    trigger: str
    passage: str
    order: tuple[str, str, int]

    @cached_property
    def words(self) -> Mapping[str, float]:
        """The words of the passage, weighed, without the names of who takes part."""
        return weigh(self.passage)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The counts that the passage gives, without years and days of the month."""
        return frozenset(each.replace(",", "") for each in _NUMBER.findall(self.passage.casefold()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two reports are to each other, how surely (0 to 1), and on what that rests."""

    relation: Relation
    score: float
    why: str


def told(row: Row) -> Told:
    """The report in a flat row of an event."""
    return Told(
        event=row["event"], article=row["article"], version=row["version"], type=row["type"],
        modality=row["modality"], sources=_parties(row["sources"]), targets=_parties(row["targets"]),
        first=row["first_day"], last=row["last_day"], stated=row["time_basis"] == "stated", published=row["day"],
        place=row["geonames_id"], area=row["place_precision"] in ("country", "region", "admin1"),
        place_country=row["place_country"], trigger=row["trigger"], passage=row["passage"],
        order=(row["published"] or "9999", row["version"], row["start"]),
    )  # fmt: skip


def compare(one: Told, other: Told) -> Verdict:
    """Whether two reports tell of one happening, of one with newer facts, or of two."""
    kind = _kind(one, other)
    if kind == 0:
        return Verdict("different", 0.0, f"{one.type} and {other.type}")
    if _mood(one) != _mood(other):
        return Verdict("different", 0.0, f"{one.modality} and {other.modality}")
    time, days = _time(one, other)
    if time == 0:
        return Verdict("different", 0.0, f"days apart: {days}")
    who, names = _who(one, other)
    if who == 0:
        return Verdict("different", 0.0, "other parties")
    place = _place(one, other)
    if place == 0:
        return Verdict("different", 0.0, "other places")
    words = min(1.0, alike(one.words, other.words) * 1.2)
    score = round(0.15 * kind + 0.3 * who + 0.2 * time + 0.1 * place + 0.25 * words, 3)
    same_trigger = "" if one.trigger != other.trigger else f", both “{one.trigger}”"
    why = f"{names}; {days}; words {words:.2f}{same_trigger}"
    least = _WORDS if names == "same parties" else _WORDS_ALONE if kind < 1 or one.type == "REQUEST" else _WORDS
    if score < MARGIN or words < least:
        return Verdict("different", score, why)
    newer = one.numbers != other.numbers and (bool(one.numbers and other.numbers) or _is_newer(one, other))
    return Verdict("update" if newer and one.published != other.published else "same", score, why)


def gather(
    reports: Iterable[Told], *, apart: Iterable[str] = (), together: Iterable[tuple[str, str]] = ()
) -> tuple[Happening, ...]:
    """Happenings in order of their first report; every report is in exactly one.

    `apart` are events that a person has split off: they join nothing. `together` are pairs that a person has merged.
    """
    return grouped(joints(reports, apart=apart, together=together))


def joints(
    reports: Iterable[Told], *, apart: Iterable[str] = (), together: Iterable[tuple[str, str]] = (),
    settled: Container[str] = (),
) -> dict[str, Joint | None]:  # fmt: skip
    """For each report the joint that ties it to an earlier one, or None where it is the first of its happening; in
    order of publication.

    Reports in `settled` are not decided again: they are there for others to join, and are left out of what is given.
    """
    ordered = sorted(reports, key=lambda each: each.order)
    known = {each.event: each for each in ordered}
    kept = set(apart)
    merged: dict[str, str] = {}
    for left, right in together:
        if left in known and right in known:
            later, earlier = sorted((known[left], known[right]), key=lambda each: each.order, reverse=True)
            merged[later.event] = earlier.event
    board, found = _Board(), dict[str, Joint | None]()
    for report in ordered:
        if report.event in merged:
            found[report.event] = Joint(merged[report.event], report.event, 1.0, "same", "merged by a person")
        elif report.event in kept:
            # What was split off is never joined either.
            found[report.event] = None
            continue
        elif report.event not in settled:
            found[report.event] = board.joint(report)
        board.remember(report)
    return found


def grouped(joined: Mapping[str, Joint | None]) -> tuple[Happening, ...]:
    """The happenings that joints make, each called after its first report; `joined` has earlier reports first."""
    first: dict[str, str] = {}
    reports: dict[str, list[str]] = {}
    tied: dict[str, list[Joint]] = {}
    for event, joint in joined.items():
        name = first[event] = event if joint is None else first[joint.event]
        reports.setdefault(name, []).append(event)
        if joint is not None:
            tied.setdefault(name, []).append(joint)
    return tuple(Happening(name, tuple(told), tuple(tied.get(name, ()))) for name, told in reports.items())


class _Board:
    """The reports so far that a new one is compared with: those of its kind, mood, days and parties."""

    def __init__(self) -> None:
        self._near: dict[tuple[str, str, str, int], deque[Told]] = {}

    def joint(self, report: Told) -> Joint | None:
        """What ties the report to the one that it fits best, or None where it fits none."""
        fits: list[tuple[float, Told, Verdict]] = []
        for other in self._candidates(report):
            if other.version != report.version or other.trigger.casefold() == report.trigger.casefold():
                verdict = compare(other, report)
                if verdict.relation != "different":
                    fits.append((verdict.score, other, verdict))
        if not fits:
            return None
        score, other, verdict = max(fits, key=lambda each: (each[0], each[1].order))
        return Joint(other.event, report.event, score, verdict.relation, verdict.why)

    def _candidates(self, report: Told) -> Iterator[Told]:
        seen: set[str] = set()
        mood = _mood(report)
        for key in _keys(report):
            for type_ in _ALIKE.get(report.type, (report.type,)):
                for day in _days(report):
                    for other in self._near.get((key, type_, mood, day), ()):
                        if other.event not in seen:
                            seen.add(other.event)
                            yield other

    def remember(self, report: Told) -> None:
        """Let later reports be compared with this one."""
        when = report.first or report.published
        day, mood = 0 if when is None else when.toordinal(), _mood(report)
        for key in _keys(report):
            self._near.setdefault((key, report.type, mood, day), deque(maxlen=_LATEST)).append(report)


def _keys(report: Told) -> tuple[str, ...]:
    parties = (*report.sources, *report.targets)
    named = {each.country or each.registry_id or each.name.casefold() for each in parties}
    return tuple(sorted(named)) or (report.place_country or "?",)


def _days(report: Told) -> range:
    when = report.first or report.published
    if when is None:
        return range(1)
    return range(when.toordinal() - APART, when.toordinal() + APART + 1)


def _kind(one: Told, other: Told) -> float:
    if one.type == other.type:
        return 1.0
    return _NEIGHBOURS if frozenset((one.type, other.type)) in _GROUPS else 0.0


def _mood(report: Told) -> str:
    """What is negated or planned is no report of what was done."""
    return report.modality if report.modality in ("negated", "planned") else "done"


def _time(one: Told, other: Told) -> tuple[float, str]:
    if one.first is None or other.first is None:
        gap = _gap(one.published, one.published, other.published, other.published)
        return (0.0 if gap > APART else 0.6), f"published {gap} days apart"
    gap = _gap(one.first, one.last or one.first, other.first, other.last or other.first)
    if one.stated and other.stated:
        return (1.0 if gap == 0 else 0.0), f"{gap} days apart by their words"
    if one.stated or other.stated:
        return (1.0 if gap == 0 else 0.8 if gap <= 2 else 0.0), f"{gap} days apart"
    return (0.9 if gap == 0 else 0.7 if gap <= 1 else 0.4 if gap <= 2 else 0.0), f"published {gap} days apart"


def _gap(first: dt.date | None, last: dt.date | None, other_first: dt.date | None, other_last: dt.date | None) -> int:
    if first is None or last is None or other_first is None or other_last is None:
        return 0
    return max(0, (other_first - last).days, (first - other_last).days)


def _who(one: Told, other: Told) -> tuple[float, str]:
    """How well the participants fit; 0 where a side that both name is somebody else."""
    sources, targets = best(one.sources, other.sources), best(one.targets, other.targets)
    if one.type == "CONSULT" or not (one.targets and other.targets):
        # All parties of a meeting are its sources, whoever the sentence begins with.
        both, others = (*one.sources, *one.targets), (*other.sources, *other.targets)
        fitting = [best((each,), others) for each in both]
        if one.type == "CONSULT" and len(both) > 1 and len(others) > 1:
            return (0.0, "") if min(fitting) < 0.5 else (1.0, "same parties")
    if _two_people(one.sources, other.sources):
        return 0.0, ""
    if (one.sources and other.sources and sources < 0.5) or (one.targets and other.targets and targets < 0.5):
        return 0.0, ""
    named = bool(one.sources and other.sources) + bool(one.targets and other.targets)
    return (sources + targets) / 2, ("same parties", "one party not named", "parties not named")[2 - named]


def _two_people(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether each side is one known person, and not the same: what Gates asked is not what Clinton asked."""
    names = [each.registry_id for each in (*ones, *others)]
    known = [name for name in names if name is not None and "/" not in name]
    return len(ones) == len(others) == 1 and len(known) == 2 and known[0] != known[1]


def _place(one: Told, other: Told) -> float:
    if one.place_country and other.place_country and one.place_country != other.place_country:
        return 0.3
    if one.place is not None and other.place is not None:
        return 1.0 if one.place == other.place else 0.6 if one.area or other.area else 0.0
    return 0.6


def _is_newer(one: Told, other: Told) -> bool:
    return bool(_NEWER.search(one.passage) or _NEWER.search(other.passage))


def _parties(told: Iterable[Row]) -> tuple[Party, ...]:
    return tuple(
        _party(each["name"], each["code"], each["country"], tuple(each["sectors"]), each["registry_id"])
        for each in told
    )


# One object for each side: what is the same object is the same side without a look.
_party = lru_cache(maxsize=_KNOWN)(Party)
