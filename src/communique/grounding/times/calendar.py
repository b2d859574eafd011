"""Calendar arithmetic: stretches of days, the values that TIMEX3 gives them, and the feasts that news names."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace

from communique.records.event import TimePrecision

SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `start` to `end`, both inclusive; `clock` is minutes after midnight and zone ("+00:00" or "") of a time."""

    start: dt.date
    end: dt.date
    precision: TimePrecision
    clock: tuple[int, str] | None = None

    def cover(self, other: "Stretch") -> "Stretch":
        """The shortest stretch over both, with this one's precision."""
        return replace(self, start=min(self.start, other.start), end=max(self.end, other.end), clock=None)


def day(date: dt.date) -> Stretch:
    """One day."""
    return Stretch(date, date, "day")


def week(date: dt.date) -> Stretch:
    """Monday to Sunday around the day (ISO 8601)."""
    monday = date - dt.timedelta(days=date.weekday())
    return Stretch(monday, monday + dt.timedelta(days=6), "week")


def weekend(date: dt.date) -> Stretch:
    """Saturday and Sunday of the day's week."""
    monday = date - dt.timedelta(days=date.weekday())
    return Stretch(monday + dt.timedelta(days=5), monday + dt.timedelta(days=6), "day")


def month(year_number: int, number: int) -> Stretch:
    """One month; `number` may run below 1 or above 12 into the years beside."""
    year_number, number = year_number + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year_number, number)[1]
    return Stretch(dt.date(year_number, number, 1), dt.date(year_number, number, last), "month")


def quarter(year_number: int, number: int) -> Stretch:
    """One quarter of the calendar year; `number` may run into the years beside."""
    first, last = month(year_number, number * 3 - 2), month(year_number, number * 3)
    return Stretch(first.start, last.end, "quarter")


def half(year_number: int, number: int) -> Stretch:
    """The first or second six months of a year."""
    return Stretch(month(year_number, number * 6 - 5).start, month(year_number, number * 6).end, "quarter")


def year(number: int) -> Stretch:
    """One calendar year."""
    return Stretch(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def years(first: int, last: int) -> Stretch:
    """Calendar years `first` to `last`: a decade, a century."""
    return Stretch(dt.date(first, 1, 1), dt.date(last, 12, 31), "year")


def season(year_number: int, name: str) -> Stretch:
    """Three whole months: spring from March, summer from June, autumn from September, winter from December."""
    first = SEASONS[name][1]
    return Stretch(month(year_number, first).start, month(year_number, first + 2).end, "quarter")


def shift(date: dt.date, amount: int, unit: str) -> dt.date:
    """The day `amount` units on (back, if negative); a day that the month lacks becomes its last."""
    try:
        if unit in ("day", "week"):
            return date + dt.timedelta(days=amount * (7 if unit == "week" else 1))
        months = amount * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        whole = month(date.year, date.month + months)
        return whole.start.replace(day=min(date.day, whole.end.day))
    except (OverflowError, ValueError):
        return dt.date.min if amount < 0 else dt.date.max


def unit_around(date: dt.date, unit: str) -> Stretch:
    """The calendar unit (day, week, weekend, month, quarter, year, decade, century) in which the day lies."""
    if unit == "weekend":
        return weekend(date)
    if unit == "week":
        return week(date)
    if unit == "month":
        return month(date.year, date.month)
    if unit == "quarter":
        return quarter(date.year, (date.month + 2) // 3)
    if unit == "year":
        return year(date.year)
    if unit == "decade":
        return years(date.year // 10 * 10, date.year // 10 * 10 + 9)
    if unit == "century":
        return years(date.year // 100 * 100, date.year // 100 * 100 + 99)
    return day(date)


def unit_value(date: dt.date, unit: str) -> str:
    """The TIMEX3 value of the calendar unit in which the day lies."""
    if unit in ("week", "weekend"):
        number = date.isocalendar()
        return f"{number.year}-W{number.week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{date.year:04d}-{date.month:02d}"
    if unit == "quarter":
        return f"{date.year:04d}-Q{(date.month + 2) // 3}"
    if unit == "year":
        return f"{date.year:04d}"
    if unit == "decade":
        return f"{date.year // 10:03d}"
    if unit == "century":
        return f"{date.year // 100:02d}"
    return date.isoformat()


def easter(number: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    golden, century_number = number % 19, number // 100
    leap = century_number // 4
    epact = (19 * golden + century_number - leap - (century_number - (century_number + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (century_number % 4) + 2 * (number % 100 // 4) - epact - number % 100 % 4) % 7
    correction = (golden + 11 * epact + 22 * rest) // 451
    month_number, day_number = divmod(epact + rest - 7 * correction + 114, 31)
    return dt.date(number, month_number, day_number + 1)


def nth_weekday(year_number: int, month_number: int, weekday: int, nth: int) -> dt.date:
    """The `nth` weekday (Monday is 0) of a month; -1 is the last."""
    whole = month(year_number, month_number)
    if nth < 0:
        return whole.end - dt.timedelta(days=(whole.end.weekday() - weekday) % 7)
    return whole.start + dt.timedelta(days=(weekday - whole.start.weekday()) % 7 + 7 * (nth - 1))


def feast(name: str, number: int) -> dt.date:
    """The day in the year `number` of a feast that the lexicon names; American dates where countries differ."""
    fixed = {
        "new-year": (1, 1), "new-year-eve": (12, 31), "christmas": (12, 25), "christmas-eve": (12, 24),
        "boxing-day": (12, 26), "independence-day": (7, 4), "valentine": (2, 14), "halloween": (10, 31),
        "veterans-day": (11, 11), "may-day": (5, 1), "womens-day": (3, 8), "bastille-day": (7, 14),
        "st-patrick": (3, 17), "sept-11": (9, 11),
    }  # fmt: skip
    if name in fixed:
        return dt.date(number, *fixed[name])
    floating = {
        "thanksgiving": (11, 3, 4), "labor-day": (9, 0, 1), "memorial-day": (5, 0, -1), "king-day": (1, 0, 3),
        "presidents-day": (2, 0, 3), "columbus-day": (10, 0, 2), "mothers-day": (5, 6, 2), "fathers-day": (6, 6, 3),
    }  # fmt: skip
    if name in floating:
        month_number, weekday, nth = floating[name]
        return nth_weekday(number, month_number, weekday, nth)
    return easter(number) + dt.timedelta(days={"good-friday": -2, "easter": 0, "easter-monday": 1}[name])
