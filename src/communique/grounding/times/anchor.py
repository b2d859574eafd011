"""From what the words say to calendar days: the document's day, tense and what was dated before decide."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from communique.grounding.times import calendar
from communique.grounding.times.calendar import Stretch

Tense = Literal["past", "future"]
Timex = Literal["DATE", "TIME", "DURATION", "SET"]

# Whole units that a vague plural covers ("recent months" = four months back to the document's day). Four is what
# newswire means most often by it: more than two or three, less than half a year; wide on purpose.
VAGUE_REACH = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: its TIMEX3 `type`, `value` and `mod`, and the days it covers where that is known."""

    type: Timex
    value: str
    stretch: Stretch | None = None
    mod: str | None = None


@dataclass(slots=True)
class Anchor:
    """Where relative expressions start from.

    `day` is the document's day or None; `tense` asks, only when needed, for the tense around the expression; `previous`
    is what the last dated expression of the text covers (the point that "two weeks later" starts from), `spoken` the
    last one of each precision ("the quarter"), `week` a week named before in the same sentence; `recent` is the last
    quarter if the sentence or the one before names it.
    """

    day: dt.date | None
    tense: Callable[[], Tense | None]
    previous: Stretch | None = None
    spoken: dict[str, Stretch] = field(default_factory=dict)
    recent: Stretch | None = None
    recent_end: int = 0
    week: Stretch | None = None

    def weekday(self, number: int, relation: str | None = None) -> dt.date | None:
        """The day that "(last, this, next) Tuesday" names: news looks back unless the clause is in the future."""
        if self.day is None:
            return None
        if relation is None and self.week is not None:
            # "will fly next week and meet them on Friday"
            return self.week.start + dt.timedelta(days=number)
        back = (self.day.weekday() - number) % 7
        if relation == "THIS":
            return self.day + dt.timedelta(days=number - self.day.weekday())
        if relation == "LAST":
            return self.day - dt.timedelta(days=back or 7)
        if relation == "NEXT" or (relation is None and self.tense() == "future"):
            ahead = (7 - back) % 7
            return self.day + dt.timedelta(days=ahead or (7 if relation == "NEXT" else 0))
        return self.day - dt.timedelta(days=back)

    def month(self, number: int, relation: str | None = None) -> Stretch | None:
        """The month that "(last, next) March" names; without relation and tense the nearest one."""
        if self.day is None:
            return None
        year, gap = self.day.year, number - self.day.month
        if relation == "THIS":
            return calendar.month(year, number)
        if relation == "LAST":
            return calendar.month(year - 1 if gap >= 0 else year, number)
        if relation == "NEXT":
            return calendar.month(year + 1 if gap <= 0 else year, number)
        if self.tense() == "future":
            return calendar.month(year + 1 if gap < 0 else year, number)
        # News looks back, but the coming month or two is near enough to be meant even after "said".
        return calendar.month(year + (1 if gap < -9 else -1 if gap > 2 else 0), number)

    def month_day(self, month: int, day: int) -> dt.date | None:
        """The day that "Nov. 6" names: the nearest one, or the one on the side to which the tense points."""
        if self.day is None:
            return None
        near = []
        for year in (self.day.year - 1, self.day.year, self.day.year + 1):
            try:
                near.append(dt.date(year, month, day))
            except ValueError:
                continue
        if not near:
            return None
        today = self.day
        nearest = min(near, key=lambda each: abs((each - today).days))
        # Within three months the nearest is meant, whatever the tense of the sentence; further off tense decides.
        if abs((nearest - today).days) > 92 and (tense := self.tense()) is not None:
            side = [each for each in near if (each >= today if tense == "future" else each <= today)]
            nearest = min(side or near, key=lambda each: abs((each - today).days))
        return nearest

    def quarter(self, number: int) -> tuple[int, int] | None:
        """Year and number of "the third quarter": this year's unless it has yet to begin or tense says otherwise."""
        if self.day is None:
            return None
        current = (self.day.month + 2) // 3
        tense = self.tense()
        if tense == "future" and number < current - 1:
            # The quarter just ended is still ahead as news: its figures are.
            return self.day.year + 1, number
        if tense == "future" and number >= current:
            return self.day.year, number
        return (self.day.year if number <= current else self.day.year - 1), number

    def season(self, name: str, relation: str | None = None) -> tuple[int, Stretch] | None:
        """Year and days of "last summer", "the winter"."""
        if self.day is None:
            return None
        year = self.day.year
        found = calendar.season(year, name)
        if relation == "THIS":
            return year, found
        if relation == "LAST" and found.end >= self.day:
            year -= 1
        elif relation == "NEXT" and found.start <= self.day:
            year += 1
        elif relation is None:
            ahead = self.tense() == "future"
            year += 1 if ahead and found.end < self.day else -1 if not ahead and found.start > self.day else 0
        return year, calendar.season(year, name)

    def feast(self, name: str, relation: str | None = None) -> dt.date | None:
        """The day of a feast, chosen as :meth:`month_day` does; "last" and "next" choose the side."""
        if self.day is None:
            return None
        today = self.day
        near = [calendar.feast(name, year) for year in (today.year - 1, today.year, today.year + 1)]
        side = {"LAST": "past", "NEXT": "future"}.get(relation or "") or self.tense()
        if side:
            near = [each for each in near if (each >= today if side == "future" else each <= today)] or near
        return min(near, key=lambda each: abs((each - today).days))

    def unit(self, unit: str, relation: str) -> Reading:
        """ "this week", "last month", "next year": whole calendar units around the document's day."""
        if self.day is None:
            return Reading("DATE", {"week": "XXXX-WXX", "month": "XXXX-XX", "day": "XXXX-XX-XX"}.get(unit, "XXXX"))
        step = {"LAST": -1, "NEXT": 1}.get(relation, 0)
        date = calendar.shift(self.day, step, "week" if unit == "weekend" else unit)
        return Reading("DATE", calendar.unit_value(date, unit), calendar.unit_around(date, unit))

    def moved(self, amount: int | None, unit: str, *, narrative: bool) -> Reading:
        """`amount` units from the document's day, or (`narrative`: "two weeks later") from what was dated before.

        A vague amount (None) gives no day but a wide interval: up to the document's day, or none.
        """
        # Years are compared with the document's own, even in a narrative ("up from a year earlier").
        base = self.previous.start if narrative and unit != "year" and self.previous is not None else self.day
        if amount is None or base is None:
            return Reading("DATE", "PAST_REF" if amount is None else "XXXX")
        if unit == "year" and amount == -1 and self.recent is not None:
            date = calendar.shift(self.recent.start, amount, unit)
            return Reading("DATE", calendar.unit_value(date, "quarter"), calendar.unit_around(date, "quarter"))
        if unit in ("second", "minute", "hour"):
            hours = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1}[unit] * amount
            date = base + dt.timedelta(days=int(hours / 24))
            return Reading("DATE", date.isoformat(), calendar.day(date))
        date = calendar.shift(base, amount, unit)
        if date in (dt.date.min, dt.date.max):
            return Reading("DATE", "PAST_REF" if amount < 0 else "FUTURE_REF")
        return Reading("DATE", calendar.unit_value(date, unit), calendar.unit_around(date, unit))

    def reach(self, amount: int | None, unit: str, direction: int) -> Stretch | None:
        """Days from `amount` units ago to the document's day (`direction` -1), or from it onwards (+1).

        Units of a month and longer run from the first day of the unit in which they begin, shorter ones by days.
        """
        if self.day is None:
            return None
        precision = {"decade": "year", "century": "year"}.get(unit, unit)
        if unit in ("second", "minute", "hour"):
            return calendar.day(self.day)
        far = calendar.shift(self.day, direction * (VAGUE_REACH if amount is None else amount), unit)
        near = self.day
        if unit in ("month", "year", "quarter") and amount is None:
            around = calendar.unit_around(far, unit)
            far = around.start if direction < 0 else around.end
        first, last = (far, near) if direction < 0 else (near, far)
        return Stretch(first, last, precision)  # type: ignore[arg-type]
