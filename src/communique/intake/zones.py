"""Zone letters → offset from UTC, decided by the country of the outlet where the letters have several meanings.

Offsets come from the IANA time zone data (`zoneinfo`), taken on the day in question, so that a zone that moved
("MSK" between 2011 and 2014) is right on each day. Letters that name summer or winter time are fixed offsets.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

# One meaning only: fixed offsets in minutes east of Greenwich.
_FIXED = {
    "Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "EDT": -240, "CDT": -300, "MDT": -360, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "ADT": -180,
    "NST": -210, "NDT": -150, "PKT": 300, "PKST": 360, "NPT": 345, "IDT": 180, "IRST": 210, "IRDT": 270, "AFT": 270,
    "SLST": 330, "MMT": 390, "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540, "SGT": 480, "HKT": 480, "MYT": 480,
    "PHT": 480, "JST": 540, "KST": 540, "AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720,
    "NZDT": 780, "EAT": 180, "CAT": 120, "WAT": 60, "SAST": 120, "TRT": 180, "UZT": 300, "BRT": -180, "ART": -180,
    "COT": -300, "PET": -300, "VET": -270, "MSD": 240,
}  # fmt: skip
# One meaning only, but the offset depends on the day.
_NAMED = {
    "MSK": "Europe/Moscow", "UK": "Europe/London", "ET": "America/New_York", "CT": "America/Chicago",
    "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip
# Several meanings: the first is the default (the outlet's country is unknown, or uses none of them); it is the meaning
# that most English-language pages intend.
_BY_COUNTRY: dict[str, dict[str, int]] = {
    "IST": {"IND": 330, "ISR": 120, "IRL": 60, "LKA": 330},
    "CST": {"USA": -360, "CAN": -360, "MEX": -360, "CHN": 480, "TWN": 480, "CUB": -300, "AUS": 570},
    "BST": {"GBR": 60, "BGD": 360},
    "EST": {"USA": -300, "CAN": -300, "JAM": -300, "AUS": 600},
    "MST": {"USA": -420, "CAN": -420, "MYS": 480, "MMR": 390},
    "PST": {"USA": -480, "CAN": -480, "PHL": 480, "PAK": 300},
    "AST": {"CAN": -240, "SAU": 180, "IRQ": 180, "KWT": 180, "BHR": 180, "QAT": 180, "YEM": 180},
    "GST": {"ARE": 240, "OMN": 240},
    "WST": {"AUS": 480, "WSM": 780},
    "AMT": {"ARM": 240, "BRA": -240},
}

_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_WIDEST = 14 * 60


def offset_minutes(letters: str, *, country: str | None, day: dt.date) -> int | None:
    """Minutes east of Greenwich that `letters` ("IST", "GMT+5:30", "+0530") mean on `day`, or None if unknown.

    `country` (ISO 3166-1 alpha-3) decides letters with several meanings: "IST" is +330 in India, +120 in Israel and
    +60 in Ireland; without it the default is the first meaning of the table (India, US Central, British Summer,
    US Eastern, US Mountain, US Pacific, Atlantic, Gulf, Western Australia, Armenia).
    """
    letters = letters.strip().upper()
    if letters in _BY_COUNTRY:
        meanings = _BY_COUNTRY[letters]
        return meanings.get(country or "", next(iter(meanings.values())))
    if letters in _FIXED:
        return _FIXED[letters]
    if letters in _NAMED:
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=ZoneInfo(_NAMED[letters]))
        offset = noon.utcoffset()
        return None if offset is None else int(offset.total_seconds() // 60)
    match = _OFFSET.fullmatch(letters)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > _WIDEST or int(match[3] or 0) > 59:
        return None
    return minutes if match[1] == "+" else -minutes


def is_zone(letters: str) -> bool:
    """Whether `letters` (capitals as on the page) name a zone that the tables know."""
    return letters in _BY_COUNTRY or letters in _FIXED or letters in _NAMED
