"""The grammar of time in English news: patterns over token classes, each with the builder that says what it means.

A pattern is a regular expression whose capital words are names of :data:`lexicon.CLASSES` (or of the shared parts
below); it runs over a string with one character per token. No repetition holds another one and every repetition is
bounded, so the time is linear in the text. At each place the longest match wins, the earlier rule on a tie.
"""

import re
from collections.abc import Callable

from communique.grounding.times import builders
from communique.grounding.times.anchor import Anchor, Reading
from communique.grounding.times.builders import Found
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
    "CLOCK_TIME": "(?:(?:DAY|CLOCK) AMPM|(?:MILITARY|YEAR|CLOCK)(?= ZONE)|CLOCK|(?:DAY|COUNT) OCLOCK|DAY? NOON)(?: ZONE)?",
}  # fmt: skip

_RULES: tuple[tuple[str, Builder], ...] = (
    # absolute days, months, years
    ("ISO|SLASHED", builders.written),
    ("(?:WEEKDAY COMMA?)? EDGE_OF? ANY_MONTH ANY_DAY(?! HYPHEN ANY_UNIT) (?:COMMA? YEAR)?", builders.month_day),
    ("(?:WEEKDAY COMMA?)? THE? ANY_DAY OF? ANY_MONTH (?:COMMA? YEAR)?", builders.month_day),
    ("EDGE_OF? ANY_MONTH OF_YEAR", builders.month),
    ("EDGE_OF? RELATION? MONTH", builders.month),
    ("EDGE_OF? RELATION MAYBE_MONTH", builders.month),
    ("EDGE_OF MAYBE_MONTH", builders.month),
    ("(?<=[IN FROM TO ON]) MAYBE_MONTH", builders.month),
    ("EDGE_OF? ANY_MONTH OF? RELATION UNIT", builders.month),
    ("EDGE_OF? FISCAL? YEAR", builders.year),
    ("(?:THE UNIT)? COUNT COUNT(?: HYPHEN? COUNT)?", builders.spoken_year),
    ("EDGE_OF? THE? EDGE_OF? DECADE", builders.decade),
    ("THE? EARLY? HYPHEN? (?:ORDINAL|NTH_DAY) UNIT", builders.ordinal_unit),
    ("(?:ORDINAL|SECOND) HYPHEN (?:UNIT|HALF)", builders.ordinal_unit),
    ("THE? FISCAL? (?:ORDINAL|SECOND) (?:UNIT|HALF) (?:OF_YEAR|OF (?:THE? FISCAL YEAR|THE FISCAL? UNIT|RELATION FISCAL? UNIT))?", builders.ordinal_unit),
    ("(?:RELATION UNIT POSSESSIVE|THE? YEAR POSSESSIVE?) (?:ORDINAL|SECOND) HYPHEN? (?:UNIT|HALF)", builders.ordinal_unit),
    ("EDGE_OF? THE? RELATION? SEASON (?:OF? YEAR|OF? RELATION UNIT)?", builders.season),
    ("EDGE_OF? RELATION? FEAST (?:COMMA? YEAR)?", builders.feast),
    # days around the document's
    ("EDGE_OF? THE? RELATION? WEEKDAY", builders.weekday),
    ("RELATION? WEEKDAY PART_OF_DAY", builders.part_of_day),
    ("EDGE_OF? (?:TODAY|THIS|LAST|SAME|THE (?:NEXT|LAST|SAME)) PART_OF_DAY", builders.part_of_day),
    ("EARLY HYPHEN? PART (?:TODAY|WEEKDAY)?", builders.part_of_day),
    ("TONIGHT", builders.part_of_day),
    ("EDGE_OF? TODAY", builders.today),
    # clock times
    ("ABOUT? CLOCK_TIME (?:COMMA? ON? (?:WEEKDAY|TODAY|DATED|THIS PART))?", builders.clock),
    ("(?:WEEKDAY|TODAY|DATED) (?:COMMA|AT){0,2} ABOUT? CLOCK_TIME", builders.clock),
    # calendar units around the document's day
    ("EDGE_OF? (?:THE? RELATION|SAME|THE SAME) FISCAL? (?:UNIT|WEEKEND)", builders.unit),
    ("EDGE_OF? THE FISCAL? (?:UNIT|WEEKEND)", builders.the_unit),
    ("THE? LAST TERM", builders.the_unit),
    ("UNIT (?:HYPHEN|POSSESSIVE)? EDGE", builders.unit_end),
    ("UNIT HYPHEN (?:AGO|EARLIER)", builders.moved),
    ("THE? UNIT HYPHEN (?:AGO|EARLIER) (?:ORDINAL|SECOND)? (?:UNIT|TERM)", builders.moved),
    ("(?:APPROX|ABOUT)? A_NUMBER MORE? ANY_UNIT (?:AND SO)? (?:AGO|EARLIER|LATER)", builders.moved),
    ("A_NUMBER ANY_UNIT FROM NOW", builders.moved),
    # durations, open or anchored
    ("(?:EVERY OF)? THE? RELATION A_NUMBER? (?:MORE|ADJ)? ANY_UNIT", builders.anchored),
    ("THE? RECENT (?:UNITS|UNIT)", builders.anchored),
    ("THE? ORDINAL NUMERAL ANY_UNIT", builders.first_months),
    ("THE NUMERAL UNITS", builders.duration),
    ("(?:APPROX|ABOUT)? (?:NUMERAL|VAGUELY) (?:TO NUMERAL|AND NUMERAL)? (?:MORE|ADJ)? ANY_UNIT (?:AND A HALF)?", builders.duration),
    ("(?:APPROX|ABOUT)? A ADJ? (?:UNIT|SECOND) (?:AND A HALF)?", builders.one_unit),
    ("HALF (?:A|HYPHEN)? UNIT", builders.duration),
    ("(?:NUMERAL|VAGUE) HYPHEN (?:UNIT|SECOND|UNITS) (?:HYPHEN LONG)?", builders.duration),
    ("UNITS", builders.plural),
    # what recurs
    ("EVERY (?:COUNT|DAY|OTHER_ONE)? (?:UNIT|UNITS|WEEKDAY|PART|MONTH|SEASON|WEEKEND|SECOND UNIT)", builders.recurring),
    ("WEEKDAYS PART?", builders.recurring),
    ("OFTEN", builders.recurring),
    # neither here nor there
    ("PRESENT|RIGHT? NOW|MORE? PAST|MORE? RECENT|THIS", builders.reference),
    ("THE (?:NEAR? FUTURE|LAST)|IN FUTURE|THESE UNITS", builders.reference),
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
