"""Which place holds which: names after a comma, abbreviations of states, holders named beside a name."""

import re

from communique.grounding import gazetteer as form
from communique.grounding.gazetteer import Gazetteer, Numbers

# Abbreviations of the states of the United States and the provinces of Canada in news style and by the post.
_STATES = {
    "Alabama": "Ala AL", "Alaska": "AK", "Arizona": "Ariz AZ", "Arkansas": "Ark AR", "California": "Calif Cal CA",
    "Colorado": "Colo CO", "Connecticut": "Conn CT", "Delaware": "Del DE", "Florida": "Fla FL", "Georgia": "Ga GA",
    "Hawaii": "HI", "Idaho": "ID", "Illinois": "Ill IL", "Indiana": "Ind IN", "Iowa": "IA", "Kansas": "Kan Kans KS",
    "Kentucky": "Ky KY", "Louisiana": "La LA", "Maine": "ME", "Maryland": "Md MD", "Massachusetts": "Mass MA",
    "Michigan": "Mich MI", "Minnesota": "Minn MN", "Mississippi": "Miss MS", "Missouri": "Mo MO",
    "Montana": "Mont MT", "Nebraska": "Neb Nebr NE", "Nevada": "Nev NV", "New Hampshire": "NH",
    "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND",
    "Ohio": "OH", "Oklahoma": "Okla OK", "Oregon": "Ore OR", "Pennsylvania": "Pa Penn PA", "Rhode Island": "RI",
    "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "Tenn TN", "Texas": "Tex TX", "Utah": "UT",
    "Vermont": "Vt VT", "Virginia": "Va VA", "Washington": "Wash WA", "West Virginia": "WVa WV",
    "Wisconsin": "Wis Wisc WI", "Wyoming": "Wyo WY", "District of Columbia": "DC",
    "Ontario": "Ont ON", "Quebec": "Que QC", "British Columbia": "BC", "Alberta": "Alta AB", "Manitoba": "Man MB",
    "Saskatchewan": "Sask SK", "Nova Scotia": "NS", "New Brunswick": "NB",
}  # fmt: skip
ABBREVIATIONS = {short: name for name, shorts in _STATES.items() for short in shorts.split()}

_HOLDER_AFTER = re.compile(
    r"(?:,\s+(?:in )?|\s+\(|\s+in\s+)(?:(?:[a-z-]+ern|central) )?(?:the )?"
    r"(?P<name>(?:[A-Z]\.){2,3}|[A-Z\u00c0-\u00de][\w'’\-]+(?: [A-Z\u00c0-\u00de][\w'’\-]+){0,2}|[A-Z]{2}\b)"
)
_HOLDER_BEFORE = re.compile(
    r"(?P<name>[A-Z\u00c0-\u00de][\w\-]+(?: [A-Z\u00c0-\u00de][\w\-]+){0,2})['’]s (?:[a-z-]+ ){0,4}$"
)


def holders(text: str, start: int, end: int, gazetteer: Gazetteer) -> Numbers | None:
    """Records of countries and units that the text says hold the name at `start`…`end`, or None.

    "Long Beach, California", "Springfield, Ill.", "Homs in Syria", "Pakistan's restive Swat Valley".
    """
    after = _HOLDER_AFTER.match(text, end, min(len(text), end + 60))
    if after is not None:
        found = named_units(after["name"], gazetteer)
        if found is not None:
            return found
    before = _HOLDER_BEFORE.search(text, max(0, start - 60), start)
    return named_units(before["name"], gazetteer) if before is not None else None


def named_units(name: str, gazetteer: Gazetteer) -> Numbers | None:
    """Countries and administrative units of that name (or abbreviation, or its first words), or None."""
    short = ABBREVIATIONS.get(name.replace(".", ""))
    words = name.split()
    for count in range(len(words), 0, -1):
        records, hows = gazetteer.find(short or " ".join(words[:count]))
        units = records[(gazetteer.kind[records] <= form.ADMIN2) & (hows <= form.SHORT)]
        if len(units):
            return units
    return None


def inside(records: Numbers, holder: Numbers, gazetteer: Gazetteer) -> Numbers:
    """For each record, how closely one of the holders holds it: 0 not, 1 same country, 2 same first unit, 3 second."""
    closeness = gazetteer.kind[records] * 0
    for each in holder:
        kind = int(gazetteer.kind[each])
        same = gazetteer.country[records] == gazetteer.country[each]
        if kind >= form.ADMIN1:
            same &= gazetteer.admin1[records] == gazetteer.admin1[each]
        if kind >= form.ADMIN2:
            same &= gazetteer.admin2[records] == gazetteer.admin2[each]
        # Nothing holds itself, and a unit does not lie in one of its own rank.
        same &= gazetteer.kind[records] > kind
        closeness = closeness.clip(same * (kind + 1))
    return closeness


def abbreviated(name: str) -> str | None:
    """The state or province that an abbreviation stands for ("Calif.", "N.Y.", "OH"), or None ("L.A.", "Del")."""
    bare = name.replace(".", "").replace(" ", "")
    dots = name.count(".")
    if bare not in ABBREVIATIONS or (bare.isupper() and dots not in (0, len(bare))) or name in ("L.A.", "LA", "DC"):
        return None
    return ABBREVIATIONS[bare] if dots or bare.isupper() else None
