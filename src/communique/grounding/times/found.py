"""The tokens of a match, as the builders ask for them; amounts and periods."""

import datetime as dt
from dataclasses import dataclass, replace

from communique.grounding.times.anchor import Reading
from communique.grounding.times.lexicon import CLASSES, Datum, Token

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "Y", "century": "Y",
}  # fmt: skip
_FACTORS = {"decade": 10, "century": 100, "fortnight": 2}


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


def narrowed(found: Found, reading: Reading) -> Reading:
    """The reading with the `mod` of the match, and its stretch cut: "early" and "late" to two fifths, "the beginning
    of" and "the end of" to one fifth, "mid" to the two fifths in between."""
    mod, stretch = found.mod, reading.stretch
    if mod in ("START", "MID", "END") and stretch is not None and stretch.precision in ("month", "year", "quarter"):
        days = (stretch.end - stretch.start).days + 1
        part = 0.2 if found.has("EDGE") and mod != "MID" else 0.4
        first, last = {"START": (0.0, part), "MID": (0.3, 0.7), "END": (1 - part, 1.0)}[mod]
        stretch = replace(
            stretch,
            start=stretch.start + dt.timedelta(days=round(days * first)),
            end=stretch.start + dt.timedelta(days=round(days * last) - 1),
        )
    return replace(reading, mod=mod, stretch=stretch)


def amount_of(found: Found) -> float | str | None:
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


def period(amount: float | str, unit_name: str) -> str:
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


def after_word(found: Found, *words: str) -> bool:
    """Whether the token right before the match is one of the words."""
    return bool(found.before) and found.before[-1].data in words
