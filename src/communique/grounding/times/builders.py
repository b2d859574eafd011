"""What each rule of the grammar means: builders from matched tokens to a :class:`Reading`, or None to refuse."""

import datetime as dt
from dataclasses import dataclass, replace

from communique.grounding.times import calendar
from communique.grounding.times.anchor import Anchor, Reading
from communique.grounding.times.calendar import Stretch
from communique.grounding.times.lexicon import CLASSES, Datum, Token

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "Y", "century": "Y",
}  # fmt: skip
_FACTORS = {"decade": 10, "century": 100, "fortnight": 2}
_MONTH_SPAN = {"half": 6, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens of a match, and up to six tokens before it and three after."""

    tokens: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]

    def get(self, *names: str) -> Datum:
        """The meaning of the first token of one of the classes, or None."""
        kinds = {CLASSES[name] for name in names}
        return next((token.data for token in self.tokens if token.kind in kinds), None)

    def number(self, *names: str) -> int | None:
        """Like :meth:`get`, for whole numbers."""
        data = self.get(*names)
        return data if isinstance(data, int) else None

    def name(self, *names: str) -> str | None:
        """Like :meth:`get`, for words."""
        data = self.get(*names)
        return data if isinstance(data, str) else None

    def has(self, *names: str) -> bool:
        """Whether a token of one of the classes is in the match."""
        kinds = {CLASSES[name] for name in names}
        return any(token.kind in kinds for token in self.tokens)

    @property
    def relation(self) -> str | None:
        """ "THIS", "LAST" or "NEXT", if the match says so."""
        return next((name for name in ("LAST", "NEXT", "THIS") if self.has(name)), None)

    @property
    def mod(self) -> str | None:
        """TIMEX3 `mod` of "early", "the end of", "about", "more than" …"""
        data = self.name("EARLY", "EDGE") or self.name("ABOUT", "LEAST")
        if self.has("MORE") and self.has("THAN"):
            data = "MORE_THAN"
        if self.has("UP"):
            data = "EQUAL_OR_LESS"
        return data

    @property
    def unit(self) -> str:
        """The unit of the match ("week"); "second" counts where nothing else does."""
        return self.name("UNIT", "UNITS") or ("weekend" if self.has("WEEKEND") else "second")


def _narrowed(found: Found, reading: Reading) -> Reading:
    """The reading with the `mod` of the match, and its stretch cut to the first, middle or last third."""
    mod, stretch = found.mod, reading.stretch
    if mod in ("START", "MID", "END") and stretch is not None and stretch.precision in ("month", "year", "quarter"):
        days = (stretch.end - stretch.start).days + 1
        first, last = {"START": (0, 0.4), "MID": (0.3, 0.7), "END": (0.6, 1)}[mod]
        stretch = replace(
            stretch,
            start=stretch.start + dt.timedelta(days=round(days * first)),
            end=stretch.start + dt.timedelta(days=round(days * last) - 1),
        )
    return replace(reading, mod=mod, stretch=stretch)


def written(found: Found, anchor: Anchor) -> Reading | None:
    """ "2010-10-21", "10/21/2010"."""
    date = found.get("ISO", "SLASHED")
    return Reading("DATE", date.isoformat(), calendar.day(date)) if isinstance(date, dt.date) else None


def month_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "Oct. 21", "Thursday, 21 October 2010"."""
    month, day = found.number("MONTH", "MAYBE_MONTH", "SHORT_MONTH") or 1, found.number("DAY", "NTH_DAY") or 0
    year = found.number("YEAR")
    try:
        date = dt.date(year, month, day) if year else anchor.month_day(month, day)
    except ValueError:
        return None
    if date is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}") if day <= 31 else None
    return Reading("DATE", date.isoformat(), calendar.day(date))


def month(found: Found, anchor: Anchor) -> Reading | None:
    """ "March", "late last March", "March 2009", "March of next year"."""
    number = found.number("MONTH", "MAYBE_MONTH", "SHORT_MONTH") or 1
    year = found.number("YEAR")
    if year is None and found.has("UNIT"):
        if found.unit != "year" or anchor.day is None:
            return None
        year = anchor.day.year + {"LAST": -1, "NEXT": 1}.get(found.relation or "", 0)
    stretch = calendar.month(year, number) if year else anchor.month(number, found.relation)
    if stretch is None:
        return _narrowed(found, Reading("DATE", f"XXXX-{number:02d}"))
    return _narrowed(found, Reading("DATE", calendar.unit_value(stretch.start, "month"), stretch))


_COUNTED = frozenset(
    [
        "people",
        "men",
        "women",
        "soldiers",
        "troops",
        "dollars",
        "tons",
        "votes",
        "jobs",
        "shares",
        "points",
        "miles",
        "feet",
        "euros",
    ]
)


def year(found: Found, anchor: Anchor) -> Reading | None:
    """ "2009", "late 1989", "fiscal 1990"; a number of things counted, of money or of a flight is none."""
    number = found.number("YEAR") or 0
    if found.before and not found.has("FISCAL", "EARLY", "EDGE"):
        last = found.before[-1]
        if last.kind == CLASSES["MONEY"] or last.data in ("no", "flight", "room", "route", "highway", "boeing", "#"):
            return None
        # "1995 feet", "2000 GMT", a code "X-2000": not years.
    if found.after and (found.after[0].data in _COUNTED or found.after[0].kind in (CLASSES["ZONE"], CLASSES["UNITS"])):
        return None
    if anchor.day is not None and number > anchor.day.year + 60:
        return None
    return _narrowed(found, Reading("DATE", f"{number:04d}", calendar.year(number)))


def spoken_year(found: Found, anchor: Anchor) -> Reading | None:
    """ "nineteen ninety-six", "the year two thousand", as broadcasters write."""
    numbers = [token.data for token in found.tokens if token.kind == CLASSES["COUNT"] and isinstance(token.data, int)]
    if numbers[:2] == [2, 1000] and len(numbers) <= 3 and found.has("UNIT"):
        number = 2000 + sum(numbers[2:])
    elif numbers[0] in (17, 18, 19, 20) and 10 <= numbers[1] < 100 and (len(numbers) == 2 or numbers[2] < 10):
        number = numbers[0] * 100 + sum(numbers[1:])
    else:
        return None
    return Reading("DATE", f"{number:04d}", calendar.year(number))


def decade(found: Found, anchor: Anchor) -> Reading | None:
    """ "the 1990s", "the late '80s"."""
    first = found.number("DECADE") or 0
    return _narrowed(found, Reading("DATE", f"{first // 10}", calendar.years(first, first + 9)))


def ordinal_unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "the third quarter of 2009", "first-half", "the 19th century", "the second quarter"."""
    unit = "half" if found.has("HALF") else found.name("UNIT") or ""
    number = found.number("ORDINAL", "SECOND", "NTH_DAY")
    if unit == "century" and number:
        return _narrowed(
            found, Reading("DATE", f"{number - 1:02d}", calendar.years(number * 100 - 100, number * 100 - 1))
        )
    whole = found.number("YEAR")
    if unit not in _MONTH_SPAN:
        return None
    if number is None:
        return None
    if number > 12 // _MONTH_SPAN[unit]:
        return None
    if whole is None and any(token.data == "year" for token in found.tokens) and anchor.day is not None:
        whole = anchor.day.year + {"LAST": -1, "NEXT": 1}.get(found.relation or "", 0)
    if whole is None:
        chosen = anchor.quarter(number if unit == "quarter" else number * 2 - 1)
        if chosen is None:
            return Reading("DATE", f"XXXX-Q{number}" if unit == "quarter" else f"XXXX-H{number}")
        whole = chosen[0]
    if unit == "half":
        return Reading("DATE", f"{whole:04d}-H{number}", calendar.half(whole, number))
    return Reading("DATE", f"{whole:04d}-Q{number}", calendar.quarter(whole, number))


def season(found: Found, anchor: Anchor) -> Reading | None:
    """ "last summer", "the winter of 1990"; a bare "fall" or "spring" needs an article, a relation or a year."""
    name = found.name("SEASON") or ""
    whole = found.number("YEAR")
    if len(found.tokens) == 1 and (name in ("fall", "spring") and not _after_word(found, "in", "since", "until")):
        return None
    if name == "fall" and found.after and found.after[0].data in ("of", "in", "into"):
        return None
    if whole is None and found.has("UNIT") and anchor.day is not None:
        whole = anchor.day.year + {"LAST": -1, "NEXT": 1}.get(found.relation or "", 0)
    letters = calendar.SEASONS[name][0]
    if whole is not None:
        return _narrowed(found, Reading("DATE", f"{whole:04d}-{letters}", calendar.season(whole, name)))
    chosen = anchor.season(name, found.relation)
    if chosen is None:
        return Reading("DATE", f"XXXX-{letters}")
    return _narrowed(found, Reading("DATE", f"{chosen[0]:04d}-{letters}", chosen[1]))


def feast(found: Found, anchor: Anchor) -> Reading | None:
    """ "Christmas Day", "last Thanksgiving", "New Year's Day 2009"."""
    name, whole = found.name("FEAST") or "", found.number("YEAR")
    date = calendar.feast(name, whole) if whole else anchor.feast(name, found.relation)
    if name == "sept-11" and not whole:
        date = dt.date(2001, 9, 11)
    return Reading("DATE", date.isoformat() if date else "XXXX-XX-XX", calendar.day(date) if date else None)


def weekday(found: Found, anchor: Anchor) -> Reading | None:
    """ "Tuesday", "next Friday", "late Monday"."""
    number = found.number("WEEKDAY") or 0
    if found.has("THE"):
        if found.relation is None:
            return None
        anchor = replace(anchor, day=anchor.previous.start if anchor.previous is not None else anchor.day)
    date = anchor.weekday(number, found.relation)
    if date is None:
        return Reading("DATE", f"XXXX-WXX-{number + 1}", None, found.mod)
    return Reading("DATE", date.isoformat(), calendar.day(date), found.mod)


def today(found: Found, anchor: Anchor) -> Reading | None:
    """ "today", "yesterday", "late tomorrow"."""
    if anchor.day is None:
        return Reading("DATE", "PRESENT_REF" if found.number("TODAY") == 0 else "XXXX-XX-XX")
    date = anchor.day + dt.timedelta(days=found.number("TODAY") or 0)
    return Reading("DATE", date.isoformat(), calendar.day(date), found.mod)


def _base_day(found: Found, anchor: Anchor) -> dt.date | None:
    """The day that a part of day or a clock time belongs to: one named beside it, that of the text before, today."""
    if anchor.day is None and not found.has("YEAR"):
        return None
    if found.has("MONTH", "MAYBE_MONTH", "SHORT_MONTH"):
        months = {CLASSES[name] for name in ("MONTH", "MAYBE_MONTH", "SHORT_MONTH")}
        first = next(place for place, token in enumerate(found.tokens) if token.kind in months)
        reading = month_day(replace(found, tokens=found.tokens[first:]), anchor)
        return reading.stretch.start if reading is not None and reading.stretch is not None else None
    if found.has("WEEKDAY"):
        return anchor.weekday(found.number("WEEKDAY") or 0, found.relation)
    if anchor.day is None:
        return None
    if found.has("TODAY"):
        return anchor.day + dt.timedelta(days=found.number("TODAY") or 0)
    if found.has("THIS"):
        return anchor.day
    if found.has("LAST") and not found.has("THE"):
        return anchor.day - dt.timedelta(days=1)
    known = anchor.previous.start if anchor.previous is not None and anchor.previous.precision == "day" else anchor.day
    if found.has("NEXT"):
        return known + dt.timedelta(days=1)
    return known - dt.timedelta(days=1) if found.has("LAST") else known


def part_of_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "Tuesday night", "this morning", "yesterday afternoon", "tonight"."""
    part = found.name("PART") or "NI"
    if found.has("TONIGHT") and anchor.day is not None:
        date: dt.date | None = anchor.day + dt.timedelta(days=found.number("TONIGHT") or 0)
    else:
        date = _base_day(found, anchor)
    if date is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", None, found.mod)
    return Reading("TIME", f"{date.isoformat()}T{part}", calendar.day(date), found.mod)


def clock(found: Found, anchor: Anchor) -> Reading | None:
    """ "9 a.m.", "0430 GMT", "noon Thursday", "5 p.m. EST, Nov. 6"."""
    half = found.name("AMPM")
    if found.has("NOON"):
        minutes = found.number("NOON") or 0
    elif found.has("CLOCK"):
        minutes = found.number("CLOCK") or 0
    elif found.has("MILITARY", "YEAR") and half is None and not found.has("OCLOCK"):
        raw = found.number("MILITARY", "YEAR") or 0
        minutes = raw // 100 * 60 + raw % 100
    else:
        minutes = (found.number("DAY", "COUNT") or 0) * 60
    if (
        found.has("CLOCK")
        and half is None
        and not found.has("ZONE", "WEEKDAY", "TODAY")
        and not _after_word(found, "at", "by", "until", "till", "from", "around", "about", "since", "before", "after")
    ):
        return None
    if half is not None:
        if minutes >= 13 * 60:
            return None
        minutes = minutes % 720 + (720 if half == "p" else 0)
    if minutes > 1440:
        return None
    zone = found.name("ZONE") or ""
    date = _base_day(found, anchor)
    text = "24:00" if minutes == 1440 else f"{minutes // 60:02d}:{minutes % 60:02d}"
    suffix = "Z" if zone == "+00:00" else ""
    if date is None:
        return Reading("TIME", f"XXXX-XX-XXT{text}{suffix}", None, found.mod)
    stretch = Stretch(date, date, "minute" if minutes % 60 else "hour", (min(minutes, 1439), zone))
    return Reading("TIME", f"{date.isoformat()}T{text}{suffix}", stretch, found.mod)


def unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "this week", "last month", "late next year", "the past decade", "the same day"."""
    unit_name = found.unit
    relation = found.relation or "THIS"
    word = found.name("LAST", "NEXT", "THIS", "SAME")
    if unit_name in ("second", "minute", "hour"):
        return None
    if found.has("SAME") or (unit_name == "day" and word in ("next", "following", "previous", "preceding", "this")):
        return _beside_previous(found, anchor, relation)
    if found.has("THE") and relation in ("LAST", "NEXT") and word != "latest":
        return anchored(found, anchor)
    if word == "past":
        return anchored(found, anchor)
    if word == "latest":
        return the_unit(found, anchor)
    return _narrowed(found, anchor.unit(unit_name, relation))


def _beside_previous(found: Found, anchor: Anchor, relation: str) -> Reading | None:
    base = anchor.previous.start if anchor.previous is not None else anchor.day
    if base is None:
        return Reading("DATE", "XXXX")
    date = calendar.shift(
        base, {"LAST": -1, "NEXT": 1}.get(relation, 0), found.unit if found.unit != "weekend" else "week"
    )
    return Reading("DATE", calendar.unit_value(date, found.unit), calendar.unit_around(date, found.unit))


def the_unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "the quarter", "late in the year", "the latest period": the unit last spoken of, else the document's."""
    unit_name = "quarter" if found.has("TERM") else found.unit
    if unit_name not in ("week", "month", "quarter", "year", "weekend") or (
        found.has("TERM") and found.name("LAST") != "latest"
    ):
        return None
    if (
        found.after
        and found.after[0].data in ("of", "-")
        and not found.has("EDGE", "EARLY", "EARLIER", "LATER", "FISCAL")
    ):
        return None
    known = anchor.spoken.get(unit_name)
    if unit_name == "weekend" and anchor.day is not None and anchor.tense() != "future":
        known = calendar.weekend(calendar.shift(anchor.day, -1, "week") if anchor.day.weekday() < 5 else anchor.day)
    elif unit_name == "quarter" and known is None and anchor.day is not None:
        # Business news speaks of the quarter that is being reported: the one half a quarter back.
        known = calendar.unit_around(anchor.day - dt.timedelta(days=45), "quarter")
    if known is None:
        return _narrowed(found, anchor.unit(unit_name, "THIS"))
    return _narrowed(found, Reading("DATE", calendar.unit_value(known.start, unit_name), known))


def unit_end(found: Found, anchor: Anchor) -> Reading | None:
    """ "year-end", "month's end"."""
    if found.unit not in ("month", "year", "quarter") or found.name("EDGE") != "END":
        return None
    return _narrowed(found, anchor.unit(found.unit, "THIS"))


def _amount(found: Found) -> float | str | None:
    """How many: a number, "X" for a vague plural, None where no number word stands."""
    if found.has("VAGUE"):
        return "X" if found.name("VAGUE") or found.has("COUNT") else float(found.number("VAGUE") or 2)
    total, current, seen = 0.0, 0.0, False
    for token in found.tokens:
        if token.kind in (CLASSES["NUMBER"], CLASSES["DAY"], CLASSES["YEAR"], CLASSES["FRACTION"], CLASSES["MILITARY"]):
            return float(token.data)  # type: ignore[arg-type]
        if token.kind == CLASSES["COUNT"] and isinstance(token.data, int):
            seen = True
            if token.data in (100, 1000, 1_000_000):
                current = max(current, 1) * token.data
                if token.data > 100:
                    total, current = total + current, 0.0
            else:
                current += token.data if token.data != 12 or current == 0 else current * 11
    if seen:
        return total + current
    return 1.0 if found.has("A") else None


def _period(amount: float | str, unit_name: str) -> str:
    """TIMEX3 duration: "P2W", "PT30M", "P2Y6M", "PXM"."""
    letters = _LETTERS[unit_name]
    prefix, letter = ("PT", letters[1]) if len(letters) == 2 else ("P", letters)
    if isinstance(amount, str):
        letter = {"decade": "E", "century": "C"}.get(unit_name, letter)
        return f"{prefix}X{letter}"
    amount *= _FACTORS.get(unit_name, 1)
    whole, rest = int(amount), amount - int(amount)
    smaller = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S"), "day": (24, "H")}.get(unit_name)
    if rest and smaller:
        part = f"{round(rest * smaller[0])}{smaller[1]}"
        head = f"{prefix}{whole}{letter}" if whole else prefix
        return head + ("T" if unit_name == "day" else "") + part
    return f"{prefix}{whole if not rest else f'{amount:g}'}{letter}"


def moved(found: Found, anchor: Anchor) -> Reading | None:
    """ "three days ago", "two weeks later", "a year earlier", "the year-ago quarter"."""
    amount = 1.0 if found.has("HYPHEN") and not found.has("COUNT") else _amount(found)
    if amount is None:
        amount = 1.0
    word = found.name("AGO", "EARLIER", "LATER")
    if word in ("later", "earlier") and found.unit in ("second", "minute", "hour"):
        return Reading("DURATION", _period(amount, found.unit), None, found.mod)
    direction = -1 if found.has("AGO", "EARLIER") else 1
    if isinstance(amount, str):
        reach = anchor.reach(None, found.unit, direction) if word == "ago" else None
        return Reading("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF", reach)
    narrative = word not in ("ago",) and not found.has("NOW")
    return replace(anchor.moved(direction * int(amount), found.unit, narrative=narrative), mod=found.mod)


def anchored(found: Found, anchor: Anchor) -> Reading | None:
    """ "the past six months", "the next few days", "recent months", "the past year"."""
    amount = _amount(found)
    plural = found.has("UNITS")
    if amount is None:
        amount = "X" if plural else 1.0
    if found.has("THIS") and not plural:
        return None
    value = _period(amount, found.unit)
    direction = 1 if found.has("NEXT") else -1
    stretch = anchor.reach(None if isinstance(amount, str) else int(amount), found.unit, direction)
    if found.has("RECENT") and (not plural or found.unit in ("year", "decade")):
        return Reading("DATE", "PAST_REF", stretch)
    return Reading("DURATION", value, stretch)


def first_months(found: Found, anchor: Anchor) -> Reading | None:
    """ "the first nine months (of 1989)": a duration with the days it covers."""
    numbers = [token for token in found.tokens if token.kind in (CLASSES["COUNT"], CLASSES["DAY"], CLASSES["NUMBER"])]
    amount, whole = _amount(replace(found, tokens=tuple(numbers))), replace(found, tokens=found.after).number("YEAR")
    if not isinstance(amount, float):
        return None
    base = whole or (anchor.day.year if anchor.day is not None else None)
    stretch = None
    if base is not None and found.number("ORDINAL") == 1 and found.unit == "month" and amount <= 12:
        stretch = Stretch(calendar.month(base, 1).start, calendar.month(base, int(amount)).end, "month")
    return Reading("DURATION", _period(amount, found.unit), stretch)


def duration(found: Found, anchor: Anchor) -> Reading | None:
    """ "30 minutes", "nearly two years", "10-day", "a few weeks", "half an hour"."""
    ages = CLASSES["OLD"], CLASSES["HYPHEN"] + CLASSES["OLD"]
    if "".join(token.kind for token in found.after).startswith(ages):
        return None
    if found.unit == "quarter" and (found.has("HYPHEN") or not found.has("UNITS")):
        return None
    if found.unit == "second" and found.has("SECOND") and not found.has("A", "COUNT", "DAY"):
        return None
    amount = _amount(found)
    if found.has("HALF"):
        amount = 0.5 if not found.has("AND") else (amount + 0.5 if isinstance(amount, float) else amount)
    if amount is None:
        return None
    return Reading("DURATION", _period(amount, found.unit), None, found.mod)


_RATE_BREAKERS = frozenset(["in", "for", "of", "than", "over", "within", "after", "by", "until", "about", "to"])


def one_unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "a week", "an hour and a half"; after a price or a number ("$5 a year") what recurs."""
    if found.unit == "quarter" or not found.has("UNIT"):
        return None
    value = _period(1.5 if found.has("AND") else 1.0, found.unit)
    if found.before and not found.has("AND", "ADJ", "ABOUT") and found.before[-1].data not in _RATE_BREAKERS:
        counts = {CLASSES[name] for name in ("NUMBER", "DAY", "COUNT", "MONEY", "YEAR", "FRACTION")}
        if any(token.kind in counts for token in found.before[-4:]):
            return Reading("SET", value)
    return Reading("DURATION", value, None, found.mod)


def plural(found: Found, anchor: Anchor) -> Reading | None:
    """ "for years", "within weeks": a vague duration; seconds, minutes and quarters alone say nothing."""
    if found.unit in ("second", "quarter", "minute"):
        return None
    if found.before and found.before[-1].kind in (CLASSES["POSSESSIVE"], CLASSES["NUMBER"]):
        return None
    return Reading("DURATION", _period("X", found.unit))


def recurring(found: Found, anchor: Anchor) -> Reading | None:
    """ "every day", "each Thursday", "Tuesdays", "annually"."""
    if found.has("OFTEN"):
        return Reading("SET", found.name("OFTEN") or "P1D")
    if found.has("WEEKDAY", "WEEKDAYS"):
        number = (found.number("WEEKDAY", "WEEKDAYS") or 0) + 1
        part = found.name("PART")
        return Reading("SET", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    if found.has("MONTH"):
        return Reading("SET", f"XXXX-{found.number('MONTH'):02d}")
    if found.has("SEASON"):
        return Reading("SET", f"XXXX-{calendar.SEASONS[found.name('SEASON') or 'fall'][0]}")
    if found.has("PART"):
        return Reading("SET", f"XXXX-XX-XXT{found.name('PART')}")
    if found.has("WEEKEND"):
        return Reading("SET", "XXXX-WXX-WE")
    amount = 2.0 if found.has("SECOND", "OTHER_ONE") else _amount(found) or 1.0
    return Reading("SET", _period(amount, found.unit))


def reference(found: Found, anchor: Anchor) -> Reading | None:
    """ "now", "recently", "soon", "the past", "the future": references without days of their own."""
    value = found.name("PRESENT", "NOW", "PAST", "FUTURE")
    if found.has("THESE"):
        value = "PRESENT_REF" if found.unit == "day" else None
    elif value is None:
        value = {"past": "PAST_REF", "recent": "PAST_REF", "current": "PRESENT_REF"}.get(
            found.name("LAST", "RECENT", "THIS") or ""
        )
    return Reading("DATE", value) if value else None


def _after_word(found: Found, *words: str) -> bool:
    return bool(found.before) and found.before[-1].data in words
