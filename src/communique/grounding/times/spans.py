"""Builders for what is counted in units: "last week", "three days ago", durations, what recurs, references.

A builder goes from matched tokens to a :class:`Reading`, or to None to refuse.
"""

import datetime as dt
from dataclasses import replace

from communique.grounding.times import calendar
from communique.grounding.times.anchor import Anchor, Reading
from communique.grounding.times.calendar import Stretch
from communique.grounding.times.found import Found, amount_of, narrowed, period
from communique.grounding.times.lexicon import CLASSES


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
    return narrowed(found, anchor.unit(unit_name, relation))


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
        return narrowed(found, anchor.unit(unit_name, "THIS"))
    return narrowed(found, Reading("DATE", calendar.unit_value(known.start, unit_name), known))


def unit_end(found: Found, anchor: Anchor) -> Reading | None:
    """ "year-end", "month's end"."""
    if found.unit not in ("month", "year", "quarter") or found.name("EDGE") != "END":
        return None
    return narrowed(found, anchor.unit(found.unit, "THIS"))


def moved(found: Found, anchor: Anchor) -> Reading | None:
    """ "three days ago", "two weeks later", "a year earlier", "the year-ago quarter"."""
    amount = 1.0 if found.has("HYPHEN") and not found.has("COUNT") else amount_of(found)
    if amount is None:
        amount = 1.0
    word = found.name("AGO", "EARLIER", "LATER")
    if word in ("later", "earlier") and found.unit in ("second", "minute", "hour"):
        return Reading("DURATION", period(amount, found.unit), None, found.mod)
    direction = -1 if found.has("AGO", "EARLIER") else 1
    if isinstance(amount, str):
        reach = anchor.reach(None, found.unit, direction) if word == "ago" else None
        return Reading("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF", reach)
    narrative = word not in ("ago",) and not found.has("NOW")
    return replace(anchor.moved(direction * int(amount), found.unit, narrative=narrative), mod=found.mod)


def anchored(found: Found, anchor: Anchor) -> Reading | None:
    """ "the past six months", "the next few days", "recent months", "the past year"."""
    amount = amount_of(found)
    plural = found.has("UNITS")
    if amount is None:
        amount = "X" if plural else 1.0
    if found.has("THIS") and not plural:
        return None
    value = period(amount, found.unit)
    direction = 1 if found.has("NEXT") else -1
    stretch = anchor.reach(None if isinstance(amount, str) else int(amount), found.unit, direction)
    if found.has("RECENT") and (not plural or found.unit in ("year", "decade")):
        return Reading("DATE", "PAST_REF", stretch)
    return Reading("DURATION", value, stretch)


def first_months(found: Found, anchor: Anchor) -> Reading | None:
    """ "the first nine months (of 1989)": a duration with the days it covers."""
    numbers = [token for token in found.tokens if token.kind in (CLASSES["COUNT"], CLASSES["DAY"], CLASSES["NUMBER"])]
    amount, whole = amount_of(replace(found, tokens=tuple(numbers))), replace(found, tokens=found.after).number("YEAR")
    if not isinstance(amount, float):
        return None
    base = whole or (anchor.day.year if anchor.day is not None else None)
    stretch = None
    if base is not None and found.number("ORDINAL") == 1 and found.unit == "month" and amount <= 12:
        stretch = Stretch(calendar.month(base, 1).start, calendar.month(base, int(amount)).end, "month")
    return Reading("DURATION", period(amount, found.unit), stretch)


def duration(found: Found, anchor: Anchor) -> Reading | None:
    """ "30 minutes", "nearly two years", "10-day", "a few weeks", "half an hour"."""
    ages = CLASSES["OLD"], CLASSES["HYPHEN"] + CLASSES["OLD"]
    if "".join(token.kind for token in found.after).startswith(ages):
        return None
    if found.unit == "quarter" and (found.has("HYPHEN") or not found.has("UNITS")):
        return None
    if found.unit == "second" and found.has("SECOND") and not found.has("A", "COUNT", "DAY"):
        return None
    amount = amount_of(found)
    if found.has("HALF"):
        amount = 0.5 if not found.has("AND") else (amount + 0.5 if isinstance(amount, float) else amount)
    if amount is None:
        return None
    return Reading("DURATION", period(amount, found.unit), None, found.mod)


_RATE_BREAKERS = frozenset(["in", "for", "of", "than", "over", "within", "after", "by", "until", "about", "to"])


def one_unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "a week", "an hour and a half"; after a price or a number ("$5 a year") what recurs."""
    if found.unit == "quarter" or not found.has("UNIT"):
        return None
    value = period(1.5 if found.has("AND") else 1.0, found.unit)
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
    return Reading("DURATION", period("X", found.unit))


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
    amount = 2.0 if found.has("SECOND", "OTHER_ONE") else amount_of(found) or 1.0
    return Reading("SET", period(amount, found.unit))


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
