"""What the words of a mention say about the place: the bare name, its kind, what holds it, or that it is a border."""

import re
from dataclasses import dataclass

from communique.grounding import gazetteer as form
from communique.grounding.gazetteer import Gazetteer, Numbers

# Words for a kind of unit beside a name, and the kinds of record that they allow.
KIND_WORDS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("province", "governorate", "oblast", "prefecture", "region", "state", "canton", "emirate", "republic"),
        (form.ADMIN1, form.ADMIN2),
    ),
    **dict.fromkeys(("district", "agency", "division", "raion", "parish", "borough"), (form.ADMIN2, form.ADMIN1)),
    "county": (form.ADMIN2, form.ADMIN1),
    **dict.fromkeys(
        ("city", "town", "village", "port", "capital", "suburb", "settlement", "hamlet"),
        (form.CAPITAL, form.SEAT, form.TOWN, form.SECTION, form.LOST),
    ),
}
_KINDS = "|".join(KIND_WORDS)
_OF = re.compile(rf"\b(?P<kind>{_KINDS}|island|area|peninsula) of (?P<name>.+)$")
_AFTER = re.compile(rf"^(?P<name>.+?)[ ](?P<kind>{_KINDS})$", re.IGNORECASE)
_SIDES = (
    r"(?:(?:far|deep|mid|central)[ -])?(?:north|south|east|west|northern|southern|eastern|western|central|upper|lower|"
    r"north-?eastern|north-?western|south-?eastern|south-?western|north-?east|north-?west|south-?east|south-?west)"
)
_SIDE = re.compile(rf"^(?:[Tt]he )?(?P<side>(?i:{_SIDES}))(?:[ -][Cc]entral)? (?P<name>[A-Z].*)$")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)[ -](?=\w{3})", re.IGNORECASE)
_TITLED = re.compile(
    r"^(?:[Tt]he )?(?:[A-Z]\w+ )*(?:Republic|Kingdom|State|Commonwealth|Federation|Emirate) of (?:the )?(?=[A-Z])"
)
_BORDER = re.compile(
    r"\b(?:borders?|frontiers?|boundary)\b(?! (?:crossings?|posts?|towns?|cit(?:y|ies)|villages?|districts?|areas?)\b)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^(?P<holder>.+?)['’]s? (?P<name>\S.*)$")
_ENDING = re.compile(r"['’]s?$")
_SITES = re.compile(
    r" (?:international )?(?:airport|airfield|air ?base|naval base|base|bridge|border crossing|crossing|checkpoint|"
    r"prison|hospital|stadium|port|harbou?r|station|refugee camp|camp|valley|area|suburbs?|outskirts)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surface:
    """A mention's words taken apart.

    `name` is what to look up; `records` and `hows` are what the gazetteer has for it; `kinds` are the record kinds
    that the words ask for (none: any); `holder` is a place said to hold it ("Pakistan" of "Pakistan's Swat Valley");
    `side` is "northern" of "northern Iraq"; `border` that a border is meant; `whole` the words as they stand.
    """

    whole: str
    name: str
    records: Numbers
    hows: Numbers
    kinds: tuple[int, ...] = ()
    holder: str | None = None
    side: str | None = None
    border: bool = False


def take_apart(words: str, gazetteer: Gazetteer) -> Surface:
    """The surface of a mention's words; `records` is empty where no part of them is known."""
    whole = " ".join(words.split())
    name = _ENDING.sub("", whole.strip(' ,.;:"“”'))
    if _BORDER.search(name):
        return Surface(whole, name, *gazetteer.find(""), border=True)
    records, hows = gazetteer.find(name)
    if len(name) <= 3 and name.isupper():
        # Capitals of that length are an acronym: a country's, or nothing that the map knows.
        states = gazetteer.kind[records] == form.COUNTRY
        records, hows = records[states], hows[states]
    if name == name.lower():
        # Without a capital it is a common noun ("the market"), but for regions called so ("the tribal areas").
        regions = gazetteer.kind[records] == form.REGION
        return Surface(whole, name, records[regions], hows[regions])
    kind = _AFTER.match(name)
    if len(records):
        kinds = KIND_WORDS.get(kind["kind"].lower(), ()) if kind else ()
        return Surface(whole, name, records, hows, kinds)
    holder = side = None
    kinds = ()
    if (held := _POSSESSIVE.match(name)) is not None:
        holder, name = held["holder"], held["name"]
    if (found := _TITLED.match(name)) is not None:
        kinds, name = (form.COUNTRY, form.ADMIN1), name[found.end() :]
    elif (found := _OF.search(name)) is not None:
        kinds, name = KIND_WORDS.get(found["kind"], ()), found["name"]
    if (found := _SIDE.match(name)) is not None:
        side, name = found["side"], found["name"]
    records, hows = gazetteer.find(name)
    if not len(records) and (found := _AFTER.match(name)) is not None:
        kinds, name = KIND_WORDS[found["kind"].lower()], found["name"]
        records, hows = gazetteer.find(name)
    if not len(records):
        name, records, hows = _capitals(name, gazetteer)
    if not len(records):
        name, records, hows = _respelt(name, gazetteer)
    return Surface(whole, name, records, hows, kinds, holder, side)


def _respelt(name: str, gazetteer: Gazetteer) -> tuple[str, Numbers, Numbers]:
    """The name without an Arabic article, with or without the silent h at its end ("al-Raqqah", "Raqqa")."""
    bare = _ARTICLE.sub("", name)
    if len(bare) > 4:
        for variant in (bare, bare.removesuffix("h") if bare.endswith("ah") else bare + "h"):
            records, hows = gazetteer.find(variant)
            if variant != name and len(records):
                return variant, records, hows
    return name, *gazetteer.find("")


def _capitals(words: str, gazetteer: Gazetteer) -> tuple[str, Numbers, Numbers]:
    """The last known run of capitalised words ("the embattled Libyan port Misrata")."""
    site = _SITES.sub("", words)
    if site != words:
        records, hows = gazetteer.find(site)
        if len(records):
            return site, records, hows
    for match in reversed(list(_RUN.finditer(words))):
        run = match.group()
        records, hows = gazetteer.find(run)
        if not len(records) and " " in run and _is_adjective(run.split()[0], gazetteer):
            # "Iraqi Ramadi": the nationality is no part of the name.
            run = run.partition(" ")[2]
            records, hows = gazetteer.find(run)
        if len(records) and (hows.min() != form.ADJECTIVE or match.span() == (0, len(words))):
            return run, records, hows
    return words, *gazetteer.find("")


# A run of capitalised words. Only whole runs are looked up: a part of an unknown name ("Union" of "Farmers Union") says
# nothing about where it is.
_RUN = re.compile(
    r"[A-Z\u00c0-\u00de][\w.’'\-]*(?: (?:(?:of|al|el|de|la|le|du|da|upon|on|the) )?[A-Z\u00c0-\u00de][\w.’'\-]*)*"
)


def _is_adjective(word: str, gazetteer: Gazetteer) -> bool:
    _, hows = gazetteer.find(word)
    return bool(len(hows)) and hows.min() == form.ADJECTIVE
