"""The outlet of an article: its name from the words of the page's furniture, its country from what is known of it.

The country serves two ends only: zone letters with several meanings, and the order of 01/02/2010. It is looked up by
name, then host, then the host's national domain, and last by the place that a byline or dateline names.
"""

import re
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from communique.intake.furniture import NAMES
from communique.intake.vocabulary import words

_DOMAINS = {
    "in": "IND", "pk": "PAK", "uk": "GBR", "ie": "IRL", "il": "ISR", "bd": "BGD", "lk": "LKA", "np": "NPL", "af": "AFG",
    "au": "AUS", "nz": "NZL", "ca": "CAN", "us": "USA", "cn": "CHN", "tw": "TWN", "hk": "HKG", "jp": "JPN", "kr": "KOR",
    "ph": "PHL", "my": "MYS", "sg": "SGP", "id": "IDN", "th": "THA", "vn": "VNM", "ir": "IRN", "iq": "IRQ", "sa": "SAU",
    "ae": "ARE", "qa": "QAT", "kw": "KWT", "bh": "BHR", "om": "OMN", "ye": "YEM", "jo": "JOR", "lb": "LBN", "sy": "SYR",
    "tr": "TUR", "ru": "RUS", "ua": "UKR", "de": "DEU", "fr": "FRA", "it": "ITA", "es": "ESP", "ch": "CHE", "pl": "POL",
    "eg": "EGY", "ng": "NGA", "ke": "KEN", "za": "ZAF", "gh": "GHA", "cu": "CUB", "mx": "MEX", "br": "BRA", "am": "ARM",
    "az": "AZE", "ge": "GEO", "ps": "PSE",
}  # fmt: skip
# Places from which news is dated: seats of government and large cities whose name means one place to an editor.
_PLACES = {
    "new delhi": "IND", "delhi": "IND", "mumbai": "IND", "kolkata": "IND", "chennai": "IND", "srinagar": "IND",
    "bengaluru": "IND", "bangalore": "IND", "islamabad": "PAK", "karachi": "PAK", "lahore": "PAK", "peshawar": "PAK",
    "quetta": "PAK", "rawalpindi": "PAK", "washington": "USA", "new york": "USA", "london": "GBR", "dublin": "IRL",
    "belfast": "GBR", "jerusalem": "ISR", "tel aviv": "ISR", "dhaka": "BGD", "colombo": "LKA", "kathmandu": "NPL",
    "kabul": "AFG", "beijing": "CHN", "shanghai": "CHN", "taipei": "TWN", "tokyo": "JPN", "seoul": "KOR",
    "manila": "PHL", "kuala lumpur": "MYS", "singapore": "SGP", "jakarta": "IDN", "bangkok": "THA", "hanoi": "VNM",
    "tehran": "IRN", "baghdad": "IRQ", "riyadh": "SAU", "jeddah": "SAU", "dubai": "ARE", "abu dhabi": "ARE",
    "doha": "QAT", "kuwait city": "KWT", "manama": "BHR", "muscat": "OMN", "sanaa": "YEM", "amman": "JOR",
    "beirut": "LBN", "damascus": "SYR", "ankara": "TUR", "istanbul": "TUR", "cairo": "EGY", "moscow": "RUS",
    "kyiv": "UKR", "kiev": "UKR", "paris": "FRA", "berlin": "DEU", "rome": "ITA", "madrid": "ESP", "brussels": "BEL",
    "geneva": "CHE", "vienna": "AUT", "warsaw": "POL", "ottawa": "CAN", "toronto": "CAN", "canberra": "AUS",
    "sydney": "AUS", "wellington": "NZL", "havana": "CUB", "mexico city": "MEX", "yerevan": "ARM", "baku": "AZE",
    "tbilisi": "GEO", "nairobi": "KEN", "abuja": "NGA", "lagos": "NGA", "pretoria": "ZAF", "johannesburg": "ZAF",
}  # fmt: skip
_GENERIC = words("outlet-generic")
_MASTHEAD = words("masthead")
_TAKES_NAME = (
    re.compile(
        rf"(?i:get|receive|subscribe to|sign up for|join|have)\s+(?:the\s+)?(?P<name>{NAMES})(?:[’']s)?\s+"
        r"(?i:(?:daily |weekly |free |e-?mail )*"
        r"(?:in your|to your|newsletter|news ?letters|alerts|by e-?mail|delivered|in-?box))"
    ),
    re.compile(rf"(?i:follow|like|find|join)\s+(?:the\s+)?(?P<name>{NAMES})\s+(?i:on)\b"),
    re.compile(rf"(?i:download|get|install)\s+(?:the\s+)?(?P<name>{NAMES})\s+(?i:app)\b"),
    re.compile(
        rf"(?i:copyright|©|\(c\))(?i:\s*(?:copyright|©|\(c\)|[12]\d{{3}}(?:\s*[-–—]\s*(?:[12]\d{{3}}|present))?|by|,|:))*\s*"
        rf"(?P<name>(?:(?i:the) )?{NAMES}(?:\.(?:com|org|net|in|pk))?)"
    ),
    re.compile(rf"(?i:source|courtesy)\s*:\s*(?P<name>{NAMES})\s*"),
)
_LEGAL = re.compile(
    r"[\s,.]+(?:Ltd|Limited|Inc|LLC|LLP|PLC|Plc|Pvt|Private|Corp|Corporation|Company|Co|GmbH|All|Rights|Reserved)\b.*$"
)


def named_in(furniture: str) -> str | None:
    """The outlet that a line of furniture names ("Get Kirat Herald in your inbox" → "Kirat Herald"), or None.

    A name of generic words alone ("Get Breaking News in your inbox") is none.
    """
    for pattern in _TAKES_NAME:
        match = pattern.search(furniture)
        if match is not None:
            name = _LEGAL.sub("", match["name"]).strip(" .,")
            if set(_words(name)) - _GENERIC:
                return name
    return None


def of_host(url: str) -> str | None:
    """The host of a web address without "www." ("https://www.rediff.com/x" → "rediff.com"), or None."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.")
    return host if "." in host else None


def country(*, outlet: str | None, url: str | None, place: str | None = None) -> str | None:
    """The country (ISO 3166-1 alpha-3) of the outlet, as far as its name, host or the place of writing tell."""
    if outlet and (found := _by_name(outlet)):
        return found
    for host in filter(None, (of_host(url) if url else None, outlet if outlet and "." in outlet else None)):
        if found := _by_host(host.lower()):
            return found
    return None if place is None else _PLACES.get(place.strip(" ,.").lower())


def is_known(name: str) -> bool:
    """Whether `name` is wholly the name of an outlet of the table ("The Hindu")."""
    return " ".join(_name_words(name)) in _table()[0]


def looks_named(line: str) -> bool:
    """Whether a short line in capitals reads like the name of an outlet ("The Kirat Herald", "Gulf Wire")."""
    parts = line.split()
    if not 2 <= len(parts) <= 6 or not all(part[0].isupper() or part in {"of", "the", "and"} for part in parts):
        return False
    return parts[-1].lower() in _MASTHEAD or (parts[-1][-1].isalpha() and parts[-2].lower() in _MASTHEAD)


def is_place(name: str) -> bool:
    """Whether `name` is a place that news is usually dated from."""
    return name.strip(" ,.").lower() in _PLACES


def _by_name(outlet: str) -> str | None:
    """The country of the longest known name whose words open the outlet's name, or make it up after "The"."""
    parts = _name_words(outlet)
    names = _table()[0]
    for size in range(len(parts), 0, -1):
        found = names.get(" ".join(parts[:size]))
        # A short common word ("Mint", "Nation") is an outlet only when it is the whole name, or nearly.
        if found and (size == len(parts) or size > 1 or set(parts[size:]) <= _GENERIC | {"com", "india", "co"}):
            return found
    return None


def _by_host(host: str) -> str | None:
    hosts = _table()[1]
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if found := hosts.get(".".join(parts[start:])):
            return found
    return _DOMAINS.get(parts[-1])


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.lower())


def _name_words(name: str) -> list[str]:
    parts = _words(name)
    return parts[1:] if parts[:1] == ["the"] and len(parts) > 1 else parts


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Country by name and country by host, from `outlets.tsv`; the first row of a name or host holds."""
    names: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for row in files("communique.intake").joinpath("outlets.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, iso, row_hosts = row.split("\t")
            names.setdefault(name, iso)
            for host in filter(None, row_hosts.split(",")):
                hosts.setdefault(host, iso)
    return names, hosts
