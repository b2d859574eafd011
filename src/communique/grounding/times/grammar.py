"""The grammar of time in English news: patterns over token classes, each with the builder that says what it means.

A pattern is a regular expression whose capital words are names of :data:`lexicon.CLASSES` (or of the shared parts
below); it runs over a string with one character per token. No repetition holds another one and every repetition is
bounded, so the time is linear in the text. At each place the longest match wins, the earlier rule on a tie.
"""

import re
from collections.abc import Callable

from communique.grounding.times import dates, spans
from communique.grounding.times.anchor import Anchor, Reading
from communique.grounding.times.found import Found
from communique.grounding.times.lexicon import CLASSES

Builder = Callable[[Found, Anchor], Reading | None]

_PARTS = {
    "ANY_MONTH": "(?:MONTH|MAYBE_MONTH|SHORT_MONTH)",
    "ANY_DAY": "(?:DAY|NTH_DAY)",
    "ANY_UNIT": "(?:UNIT|UNITS|SECOND)",
    "OF_YEAR": "(?:COMMA? OF? YEAR)",
    "DATED": "(?:ANY_MONTH ANY_DAY (?:COMMA? YEAR)?)",
    "NUMERAL": "(?:COUNT(?: HYPHEN? AND? COUNT){0,3}|DAY|NUMBER|FRACTION|MILITARY|YEAR)",
    "VAGUELY": "(?:A? VAGUE(?: HYPHEN? COUNT)? OF?)",
    "A_NUMBER": "(?:NUMERAL|VAGUELY|A)",
    "APPROX": "(?:NO? (?:MORE|ABOUT) THAN|AT? LEAST|UP TO|A? LITTLE? ABOUT)",
    "EDGE_OF": "(?:THE? EDGE OF|EARLY HYPHEN?|EARLY IN|EARLIER IN?|LATER IN?)",
    "RELATION": "(?:THIS|LAST|NEXT|THIS LAST|THIS NEXT)",
    "PART_OF_DAY": "(?:EARLY HYPHEN? PART|PART)",
    "CLOCK_TIME": "(?:(?:DAY|CLOCK) AMPM|(?:MILITARY|YEAR)(?= ZONE)|CLOCK|(?:DAY|COUNT) OCLOCK|DAY? NOON)(?: ZONE)?",
    "OF_FISCAL": "(?:OF (?:THE? FISCAL YEAR|THE FISCAL? UNIT|RELATION FISCAL? UNIT))",
    "NTH": "(?:ORDINAL|SECOND)",
}  # fmt: skip

_RULES: tuple[tuple[str, Builder], ...] = (
    # absolute days, months, years
    ("ISO|SLASHED", dates.written),
    ("(?:WEEKDAY COMMA?)? EDGE_OF? ANY_MONTH ANY_DAY(?! HYPHEN ANY_UNIT) (?:COMMA? YEAR)?", dates.month_day),
    ("(?:WEEKDAY COMMA?)? THE? ANY_DAY OF? ANY_MONTH (?:COMMA? YEAR)?", dates.month_day),
    ("THE? ANY_DAY (?:TO|AND|HYPHEN) ANY_DAY OF? ANY_MONTH (?:COMMA? YEAR)?", dates.month_days),
    ("ANY_MONTH ANY_DAY (?:TO|AND|HYPHEN) ANY_DAY(?! ANY_MONTH) (?:COMMA? YEAR)?", dates.month_days),
    ("EDGE_OF? ANY_MONTH OF_YEAR", dates.month),
    ("EDGE_OF? RELATION? MONTH", dates.month),
    ("EDGE_OF? RELATION MAYBE_MONTH", dates.month),
    ("EDGE_OF MAYBE_MONTH", dates.month),
    ("(?<=[IN FROM TO ON]) MAYBE_MONTH", dates.month),
    ("EDGE_OF? ANY_MONTH OF? RELATION UNIT", dates.month),
    ("EDGE_OF? FISCAL? YEAR", dates.year),
    ("(?:THE UNIT)? COUNT COUNT(?: HYPHEN? COUNT)?", dates.spoken_year),
    ("EDGE_OF? THE? EDGE_OF? DECADE", dates.decade),
    ("THE? EARLY? HYPHEN? (?:ORDINAL|NTH_DAY) UNIT", dates.ordinal_unit),
    ("NTH HYPHEN (?:UNIT|HALF)", dates.ordinal_unit),
    ("THE? FISCAL? NTH (?:UNIT|HALF) (?:OF_YEAR|OF_FISCAL)?", dates.ordinal_unit),
    ("(?:RELATION UNIT POSSESSIVE|THE? YEAR POSSESSIVE?) NTH HYPHEN? (?:UNIT|HALF)", dates.ordinal_unit),
    ("EDGE_OF? THE? RELATION? SEASON (?:OF? YEAR|OF? RELATION UNIT)?", dates.season),
    ("EDGE_OF? RELATION? FEAST (?:COMMA? YEAR)?", dates.feast),
    # days around the document's
    ("EDGE_OF? THE? RELATION? WEEKDAY", dates.weekday),
    ("RELATION? WEEKDAY PART_OF_DAY", dates.part_of_day),
    ("EDGE_OF? (?:TODAY|THIS|LAST|SAME|THE (?:NEXT|LAST|SAME)) PART_OF_DAY", dates.part_of_day),
    ("EARLY HYPHEN? PART (?:TODAY|WEEKDAY)?", dates.part_of_day),
    ("TONIGHT", dates.part_of_day),
    ("EDGE_OF? TODAY", dates.today),
    # clock times
    ("ABOUT? CLOCK_TIME (?:COMMA? ON? (?:WEEKDAY|TODAY|DATED|THIS PART))?", dates.clock),
    ("(?:WEEKDAY|TODAY|DATED) (?:COMMA|AT){0,2} ABOUT? CLOCK_TIME", dates.clock),
    # calendar units around the document's day
    ("EDGE_OF? (?:THE? RELATION|SAME|THE SAME) FISCAL? (?:UNIT|WEEKEND)", spans.unit),
    ("EDGE_OF? THE FISCAL? (?:UNIT|WEEKEND)", spans.the_unit),
    ("THE? LAST TERM", spans.the_unit),
    ("UNIT (?:HYPHEN|POSSESSIVE)? EDGE", spans.unit_end),
    ("UNIT HYPHEN (?:AGO|EARLIER)", spans.moved),
    ("THE? UNIT HYPHEN (?:AGO|EARLIER) NTH? (?:UNIT|TERM)", spans.moved),
    ("APPROX? A_NUMBER MORE? ANY_UNIT (?:AND SO)? (?:AGO|EARLIER|LATER)", spans.moved),
    ("A_NUMBER ANY_UNIT FROM NOW", spans.moved),
    # durations, open or anchored
    ("(?:EVERY OF)? THE? RELATION A_NUMBER? (?:MORE|ADJ)? ANY_UNIT", spans.anchored),
    ("THE? RECENT (?:UNITS|UNIT)", spans.anchored),
    ("THE? ORDINAL NUMERAL ANY_UNIT", spans.first_months),
    ("THE NUMERAL UNITS", spans.duration),
    ("APPROX? (?:NUMERAL|VAGUELY) (?:(?:TO|AND) NUMERAL)? (?:MORE|ADJ)? ANY_UNIT (?:AND A HALF)?", spans.duration),
    ("APPROX? A ADJ? (?:UNIT|SECOND) (?:AND A HALF)?", spans.one_unit),
    ("APPROX? NUMERAL AND A HALF ANY_UNIT", spans.duration),
    ("HALF (?:A|HYPHEN)? UNIT", spans.duration),
    ("(?:NUMERAL|VAGUE) HYPHEN (?:UNIT|SECOND|UNITS) (?:HYPHEN LONG)?", spans.duration),
    ("UNITS", spans.plural),
    # what recurs
    ("EVERY (?:COUNT|DAY|OTHER_ONE)? (?:UNIT|UNITS|WEEKDAY|PART|MONTH|SEASON|WEEKEND|SECOND UNIT)", spans.recurring),
    ("WEEKDAYS PART?", spans.recurring),
    ("OFTEN", spans.recurring),
    # neither here nor there
    ("PRESENT|RIGHT? NOW|MORE? PAST|MORE? RECENT|THIS", spans.reference),
    ("THE (?:NEAR? FUTURE|LAST)|IN FUTURE|THESE UNITS", spans.reference),
)  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern over class names as an expression over their characters; an unknown name is a `KeyError`."""
    names = re.compile(r"[A-Z_]{1,}")
    for _ in range(3):
        pattern = names.sub(lambda each: _PARTS.get(each[0], each[0]), pattern)
    pattern = names.sub(lambda each: re.escape(CLASSES[each[0]]), pattern)
    return re.compile(pattern.replace(" ", ""))


RULES: tuple[tuple[re.Pattern[str], Builder], ...] = tuple((_compiled(pattern), builder) for pattern, builder in _RULES)

# Whether any rule matches at all: one expression asks before each rule is tried.
ANY: re.Pattern[str] = re.compile("|".join(rule.pattern for rule, _ in RULES))
