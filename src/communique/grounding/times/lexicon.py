"""The words of time: a text becomes tokens, each of one class, so that the grammar can be written over classes."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Every class is one character, so that a whole text becomes one short string for the grammar's expressions.
CLASSES = {
    "MONTH": "M", "MAYBE_MONTH": "m", "WEEKDAY": "W", "WEEKDAYS": "w", "DAY": "d", "NTH_DAY": "o", "YEAR": "y",
    "DECADE": "D", "NUMBER": "n", "COUNT": "N", "VAGUE": "k", "ORDINAL": "O", "SECOND": "s", "UNIT": "u",
    "UNITS": "U", "WEEKEND": "e", "SEASON": "S", "PART": "p", "NOON": "C", "TODAY": "T", "TONIGHT": "t", "LAST": "L",
    "NEXT": "X", "THIS": "H", "SAME": "h", "RECENT": "r", "AGO": "g", "EARLIER": "b", "LATER": "f", "EARLY": "q",
    "EDGE": "E", "A": "a", "THE": "z", "IN": "i", "AT": "@", "AND": "&", "HYPHEN": "-", "COMMA": ",", "DOT": ".",
    "TO": "v", "OF": "j", "ON": "J", "EVERY": "V", "OFTEN": "Q", "AMPM": "G", "OCLOCK": "K", "ZONE": "I",
    "CLOCK": "l", "MILITARY": "0", "ABOUT": "A", "LEAST": "x", "THAN": "c", "PRESENT": "P", "PAST": "B",
    "FUTURE": "F", "FISCAL": "Y", "HALF": "^", "FEAST": "Z", "ISO": "1", "SLASHED": "2", "MONEY": "$",
    "FRACTION": "3", "OLD": "4", "ADJ": "5", "POSSESSIVE": "'", "LONG": "6", "NOW": "7", "UP": "8", "NO": "9",
    "FROM": "~", "BREAK": "¶", "OTHER": "_", "TERM": "%", "TIME_WORD": "=", "MORE": "+", "OTHER_ONE": "!", "SO": "(",
    "THESE": ")", "RIGHT": "{", "SHORT_MONTH": "}", "NEAR": "?", "LITTLE": "#",
}  # fmt: skip

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ABBREVIATED_DAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
}  # fmt: skip
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
             "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
             "nineteenth", "twentieth")  # fmt: skip
_UNITS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century")
_ZONES = {
    "GMT": "+00:00", "UTC": "+00:00", "Z": "+00:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "EET": "+02:00", "MSK": "+03:00", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "ET": "", "PT": "", "IST": "", "JST": "+09:00",
    "PKT": "+05:00", "AEST": "+10:00",
}  # fmt: skip
FEASTS = {
    "new-year": r"new year['’]?s day", "new-year-eve": r"new year['’]?s eve", "christmas-eve": "christmas eve",
    "christmas": "christmas(?: day)?", "boxing-day": "boxing day", "independence-day": "independence day",
    "valentine": r"(?:st\. )?valentine['’]?s day", "halloween": "halloween", "veterans-day": r"veterans['’]? day",
    "may-day": "may day", "thanksgiving": "thanksgiving(?: day)?", "labor-day": "labor day",
    "memorial-day": "memorial day", "king-day": r"martin luther king(?:,? jr\.?)? day",
    "presidents-day": r"presidents['’]? day", "columbus-day": "columbus day", "mothers-day": r"mother['’]s day",
    "fathers-day": r"father['’]s day", "good-friday": "good friday", "easter-monday": "easter monday",
    "easter": "easter(?: sunday)?", "bastille-day": "bastille day", "st-patrick": r"st\.? patrick['’]s day",
    "womens-day": r"international women['’]s day",
}  # fmt: skip

Datum = int | str | float | dt.date | None


class Token(NamedTuple):
    """Characters `start` to `end` (exclusive) of the text, their class (one character) and what they mean."""

    start: int
    end: int
    kind: str
    data: Datum


def _words() -> dict[str, tuple[str, Datum]]:
    """Lower-case word → (class name, meaning)."""
    table: dict[str, tuple[str, Datum]] = {}
    for name, words in {
        "AGO": "ago", "EARLIER": "earlier", "LATER": "later hence", "SO": "so", "THESE": "these", "RIGHT": "right",
        "A": "a an", "THE": "the", "IN": "in within during", "AT": "at", "AND": "and or", "OF": "of", "ON": "on",
        "TO": "to through till until", "EVERY": "every each", "THAN": "than", "HALF": "half",
        "ADJ": "full whole entire additional extra consecutive straight successive", "FISCAL": "fiscal financial",
        "OLD": "old olds", "LONG": "long", "UP": "up", "NO": "no not", "FROM": "from between since",
        "TERM": "period periods", "TIME_WORD": "time moment", "OTHER_ONE": "other", "NEAR": "near toward towards",
        "LITTLE": "little", "OCLOCK": "o'clock o’clock", "MORE": "more",
    }.items():  # fmt: skip
        table.update({word: (name, word) for word in words.split()})
    table |= {word: ("LAST", word) for word in ("last", "past", "previous", "prior", "preceding")}
    table |= {word: ("NEXT", word) for word in ("next", "coming", "following", "upcoming", "subsequent")}
    table |= {"this": ("THIS", "this"), "current": ("THIS", "current"), "same": ("SAME", "same"),
              "that": ("SAME", "that"), "latest": ("LAST", "latest"), "recent": ("RECENT", "recent")}  # fmt: skip
    table |= dict.fromkeys(("about", "around", "roughly", "approximately", "some"), ("ABOUT", "APPROX"))
    table |= dict.fromkeys(("nearly", "almost", "less", "fewer", "under"), ("ABOUT", "LESS_THAN"))
    table |= {"over": ("ABOUT", "MORE_THAN")}
    table |= {"least": ("LEAST", "EQUAL_OR_MORE"), "most": ("LEAST", "EQUAL_OR_LESS")}
    table |= dict.fromkeys(("early",), ("EARLY", "START"))
    table |= {"late": ("EARLY", "END"), "mid": ("EARLY", "MID")}
    table |= dict.fromkeys(("beginning", "start"), ("EDGE", "START"))
    table |= {"end": ("EDGE", "END"), "close": ("EDGE", "END"), "middle": ("EDGE", "MID")}
    table |= {"today": ("TODAY", 0), "yesterday": ("TODAY", -1), "tomorrow": ("TODAY", 1)}
    table |= {"tonight": ("TONIGHT", 0), "overnight": ("TONIGHT", -1)}
    table |= {"morning": ("PART", "MO"), "afternoon": ("PART", "AF"), "evening": ("PART", "EV"),
              "night": ("PART", "NI"), "dawn": ("PART", "MO"),
              "dusk": ("PART", "EV"), "mornings": ("PART", "MO"), "afternoons": ("PART", "AF"),
              "evenings": ("PART", "EV"), "nights": ("PART", "NI"), "nightfall": ("PART", "EV")}  # fmt: skip
    table |= {"noon": ("NOON", 720), "midday": ("NOON", 720), "midnight": ("NOON", 1440)}
    table |= {"spring": ("SEASON", "spring"), "summer": ("SEASON", "summer"), "autumn": ("SEASON", "autumn"),
              "fall": ("SEASON", "fall"), "winter": ("SEASON", "winter")}  # fmt: skip
    table |= {"weekend": ("WEEKEND", 1), "weekends": ("WEEKEND", 2)}
    table |= {"few": ("VAGUE", "X"), "several": ("VAGUE", "X"), "many": ("VAGUE", "X"), "couple": ("VAGUE", 2),
              "dozen": ("COUNT", 12), "dozens": ("VAGUE", "X"), "hundreds": ("VAGUE", "X"),
              "thousands": ("VAGUE", "X")}  # fmt: skip
    table |= {"daily": ("OFTEN", "P1D"), "weekly": ("OFTEN", "P1W"), "monthly": ("OFTEN", "P1M"),
              "annually": ("OFTEN", "P1Y"), "yearly": ("OFTEN", "P1Y"), "hourly": ("OFTEN", "PT1H"),
              "nightly": ("OFTEN", "P1D")}  # fmt: skip
    table |= {"now": ("NOW", "PRESENT_REF"), "currently": ("PRESENT", "PRESENT_REF"),
              "presently": ("PRESENT", "PRESENT_REF"), "nowadays": ("PRESENT", "PRESENT_REF")}  # fmt: skip
    table |= dict.fromkeys(("recently", "formerly", "lately"), ("PAST", "PAST_REF"))
    table |= dict.fromkeys(("future",), ("FUTURE", "FUTURE_REF"))
    table |= {word: ("COUNT", number) for number, word in enumerate(_SMALL)}
    table |= {word: ("COUNT", 20 + 10 * number) for number, word in enumerate(_TENS)}
    table |= {"hundred": ("COUNT", 100), "thousand": ("COUNT", 1000), "million": ("COUNT", 1_000_000)}
    table |= {word: ("ORDINAL", number + 1) for number, word in enumerate(_ORDINALS)}
    table["second"] = ("SECOND", 2)
    for unit in _UNITS[1:]:
        table[unit] = ("UNIT", unit)
        table[unit[:-1] + "ies" if unit.endswith("y") and unit == "century" else unit + "s"] = ("UNITS", unit)
    table |= {"seconds": ("UNITS", "second"), "fortnight": ("UNIT", "fortnight"), "fortnights": ("UNITS", "fortnight")}
    table |= {"nineties": ("DECADE", 1990), "eighties": ("DECADE", 1980), "seventies": ("DECADE", 1970),
              "sixties": ("DECADE", 1960), "fifties": ("DECADE", 1950), "thirties": ("DECADE", 1930)}  # fmt: skip
    return table


_WORDS = _words()
_CAPITAL: dict[str, tuple[str, Datum]] = {name: ("MONTH", number + 1) for number, name in enumerate(MONTHS)}
_CAPITAL |= {name: ("WEEKDAY", number) for number, name in enumerate(WEEKDAYS)}
_CAPITAL |= {name + "s": ("WEEKDAYS", number) for number, name in enumerate(WEEKDAYS)}
# Words that are as often something else (a verb, a person) are a month only beside other words of time; the grammar
# sees to it. Abbreviations without their full stop ("Jan") need a number beside them.
_CAPITAL |= {"may": ("MAYBE_MONTH", 5), "march": ("MAYBE_MONTH", 3)}
_SHORT: dict[str, tuple[str, Datum]] = {name[:3]: ("MONTH", number + 1) for number, name in enumerate(MONTHS)}
_SHORT |= {"sept": ("MONTH", 9)} | {name: ("WEEKDAY", number) for name, number in _ABBREVIATED_DAYS.items()}
_SHORT |= {"sat": ("WEEKDAY", 5), "sun": ("WEEKDAY", 6)}

_PUNCTUATION = {
    "-": "HYPHEN", "–": "HYPHEN", "‑": "HYPHEN", "—": "OTHER", ",": "COMMA", ".": "DOT", "$": "MONEY", "£": "MONEY",
    "€": "MONEY", "%": "OTHER", "\n": "BREAK", "/": "HYPHEN",
}  # fmt: skip

# One alternation, tried in order at each place; the commonest branch stands first, and every branch is bounded by what
# follows it, so the scan is linear.
_TOKEN = re.compile(
    r"(?P<word>(?!o['’]clock|[ap]\.?m\b)[a-z]+)"
    r"|(?=[A-Z])(?:(?P<feast>\b(?i:" + "|".join(FEASTS.values()) + r")\b)"
    r"|(?P<short>\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.)"
    r"|(?P<name>[A-Za-z]+))"
    r"|(?=['’\d])(?:(?P<iso>\b\d{4}-\d\d-\d\d\b)|(?P<slashed>\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b)"
    r"|(?P<nine>\b9/11\b)"
    r"|(?P<decade>(?:\b(?:1\d|20)\d0|['’][1-9]0)['’]?s\b)"
    r"|(?P<fraction>\b\d{1,3}[ -]\d/\d\b|\b\d/\d\b)"
    r"|(?P<clock>\b\d{1,2}[:.]\d\d(?=\s?(?:[ap]\.?m\b|GMT|[A-Z]{2,4}T\b))"
    r"|\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b)"
    r"|(?P<nth>\b\d{1,3}(?:st|nd|rd|th)\b)|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)|(?P<possessive>['’]s\b))"
    r"|(?P<ampm>(?:(?<=\d)|(?<=\d ))(?:[ap]\.m\.?|[ap]m\b))|(?P<oclock>\bo['’]clock\b)|(?P<rest>[a-z]+)"
    r"|(?P<mark>\S)|(?P<gap>\n\s*\n)"
)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text in order; a blank line is one of class BREAK, other white space is none."""
    for match in _TOKEN.finditer(text):
        form, group = match.group(), match.lastgroup
        if group == "word":
            found = _WORDS.get(form, _NO_TIME)
            name, data = found if found is not _NO_TIME else ("OTHER", form)
        else:
            name, data = _CLASSIFY[group or "mark"](form)
        yield Token(match.start(), match.end(), CLASSES[name], data)


_NO_TIME: tuple[str, Datum] = ("OTHER", None)


def _word(form: str) -> tuple[str, Datum]:
    low = form.lower()
    if form[0].isupper():
        found = _CAPITAL.get(low)
        if found is not None:
            return found
        if form in _ZONES:
            return "ZONE", _ZONES[form]
        found = _SHORT.get(low)
        if found is not None and found[0] == "MONTH":
            return "SHORT_MONTH", found[1]
    return _WORDS.get(low, ("OTHER", low))


def _short(form: str) -> tuple[str, Datum]:
    """ "Oct.", "Tues."; "Sat." and "Sun." may end a sentence and so never stand for days alone."""
    return _SHORT[form[:-1].lower()] if form[0].isupper() else ("OTHER", form)


def _feast(form: str) -> tuple[str, Datum]:
    return "FEAST", next(name for name, pattern in FEASTS.items() if re.fullmatch(pattern, form, re.IGNORECASE))


def _iso(form: str) -> tuple[str, Datum]:
    try:
        return "ISO", dt.date.fromisoformat(form)
    except ValueError:
        return "OTHER", None


def _slashed(form: str) -> tuple[str, Datum]:
    """American order (month first) unless the first number cannot be a month."""
    first, second, year = (int(each) for each in form.split("/"))
    if year < 100:
        year += 1900 if year > 40 else 2000
    month, day = (second, first) if first > 12 else (first, second)
    try:
        return "SLASHED", dt.date(year, month, day)
    except ValueError:
        return "OTHER", None


def _decade(form: str) -> tuple[str, Datum]:
    number = int(re.sub(r"\D", "", form))
    return "DECADE", number if number >= 100 else 1900 + number if number >= 20 else 2000 + number


def _number(form: str) -> tuple[str, Datum]:
    if "," in form or "." in form:
        return "NUMBER", float(form.replace(",", ""))
    number = int(form[:9])
    if len(form) == 4 and form[0] in "012" and number % 100 < 60 and number < 2400 and not 1500 <= number <= 2100:
        return "MILITARY", number
    if len(form) == 4 and 1500 <= number <= 2100:
        return "YEAR", number
    return ("DAY" if 1 <= number <= 31 and len(form) <= 2 else "NUMBER"), number


def _nth(form: str) -> tuple[str, Datum]:
    number = int(form[:-2])
    return ("NTH_DAY" if 1 <= number <= 31 else "OTHER"), number


def _fraction(form: str) -> tuple[str, Datum]:
    whole, _, part = form.replace("-", " ").rpartition(" ")
    top, bottom = (int(each) for each in part.split("/"))
    return ("FRACTION", int(whole or 0) + top / bottom) if 0 < top < bottom else ("OTHER", None)


def _clock(form: str) -> tuple[str, Datum]:
    hour, minute = (int(each) for each in re.split("[:.]", form)[:2])
    return ("CLOCK", hour * 60 + minute) if hour < 24 and minute < 60 else ("OTHER", None)


_CLASSIFY: dict[str, Callable[[str], tuple[str, Datum]]] = {
    "feast": _feast, "iso": _iso, "slashed": _slashed, "decade": _decade, "fraction": _fraction, "clock": _clock,
    "nth": _nth, "short": _short, "name": _word, "rest": _word,
    "possessive": lambda form: ("POSSESSIVE", form), "number": _number, "ampm": lambda form: ("AMPM", form[0].lower()),
    "oclock": lambda form: ("OCLOCK", None), "mark": lambda form: (_PUNCTUATION.get(form, "OTHER"), form),
    "gap": lambda form: ("BREAK", None), "nine": lambda form: ("FEAST", "sept-11"),
}  # fmt: skip
