"""Titles of office in many wordings → one key, PLOVER sectors and weight; names → one spelling for comparison.

"Secretary of Defense", "Defence Secretary" and "Minister for National Defence" all have the key `defence minister`, so
that a title in an article can be looked up among the titles of the registry. Keys are built by general rules, not by a
list of offices.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SPLIT = re.compile(r"[^0-9a-z]+")
_STOP = frozenset(
    {"a", "an", "the", "of", "for", "and", "to", "in", "on", "at", "mr", "mrs", "ms", "federal", "national", "union",
    "republic", "affairs", "his", "her", "its", "s", "responsible", "charge", "islamic", "first", "cabinet"}
)  # fmt: skip
# Fixed phrases, rewritten before the words are taken apart; the order matters (longer before shorter).
_PHRASES: tuple[tuple[str, str], ...] = (
    ("foreign and commonwealth affairs", "foreign"), ("foreign commonwealth and development affairs", "foreign"),
    ("foreign affairs and international cooperation", "foreign"), ("europe and foreign affairs", "foreign"),
    ("foreign and european affairs", "foreign"), ("foreign affairs and trade", "foreign"),
    ("foreign affairs and cooperation", "foreign"), ("foreign relations", "foreign"), ("external relations", "foreign"),
    ("external affairs", "foreign"), ("foreign affairs", "foreign"), ("exterior", "foreign"),
    ("chancellor of the exchequer", "finance minister"), ("secretary of the treasury", "finance minister"),
    ("treasury secretary", "finance minister"), ("economy and finance", "finance"),
    ("finance and economy", "finance"), ("national economy and finance", "finance"),
    ("internal affairs", "interior"), ("interior affairs", "interior"), ("home affairs", "interior"),
    ("home secretary", "interior minister"), ("home minister", "interior minister"),
    ("homeland security", "homelandsecurity"), ("public security", "publicsecurity"),
    ("defence and armed forces logistics", "defence"), ("defense and armed forces logistics", "defence"),
    ("armed forces minister", "defence minister"), ("minister of the armed forces", "defence minister"),
    ("armed forces and veterans affairs", "defence"), ("armed forces", "armedforces"),
    ("first secretary of state", "firstsecretary"),
    ("secretary of state for", "minister for"), ("state secretary", "statesecretary"),
    ("minister of state for", "juniorminister"), ("minister of state", "juniorminister"),
    ("secretary of state", "foreign minister"), ("foreign secretary", "foreign minister"),
    ("foreign office", "foreignministry"), ("foreign ministry", "foreignministry"),
    ("ministry of foreign", "foreignministry"), ("ministry of external", "foreignministry"),
    ("defence ministry", "defenceministry"), ("defense ministry", "defenceministry"),
    ("press secretary", "spokesperson"), ("government spokesperson", "government spokesperson"),
    ("chief of the general staff", "generalstaff chief"), ("chief of general staff", "generalstaff chief"),
    ("chief of army general staff", "army chief"), ("chief of the army staff", "army chief"),
    ("chief of army staff", "army chief"), ("chief of staff of the army", "army chief"),
    ("commander in chief of the army", "army chief"), ("commander of the army", "army chief"),
    ("army commander", "army chief"), ("army chief of staff", "army chief"), ("head of the army", "army chief"),
    ("chief of the defence staff", "defencestaff chief"), ("chief of defence staff", "defencestaff chief"),
    ("chief of defence", "defencestaff chief"), ("defence chief", "defence minister"),
    ("joint chiefs of staff", "jointchiefs"), ("joint chiefs of defence", "jointchiefs"),
    ("joint chiefs", "jointchiefs"), ("chiefs of staff", "jointchiefs"), ("joint staff", "jointchiefs"),
    ("chief of staff of the air force", "airforce chief"), ("chief of the air staff", "airforce chief"),
    ("chief of air staff", "airforce chief"), ("air force", "airforce"), ("chief of naval staff", "navy chief"),
    ("chief of the naval staff", "navy chief"), ("chief of naval operations", "navy chief"),
    ("commander in chief", "commanderinchief"), ("prime minister", "primeminister"),
    ("council of ministers", "councilofministers"), ("of the state council", ""),
    ("cabinet of ministers", "councilofministers"),
    ("vice president", "vicepresident"), ("head of state", "headofstate"), ("supreme leader", "supremeleader"),
    ("crown prince", "crownprince"), ("high commissioner", "highcommissioner"), ("united nations", "un"),
    ("european union", "eu"), ("central intelligence agency", "cia"), ("state department", "statedepartment"),
    ("department of state", "statedepartment"), ("white house", "whitehouse"), ("attorney general", "attorneygeneral"),
    ("national security advisor", "nationalsecurity adviser"), ("security advisor", "nationalsecurity adviser"),
    ("security adviser", "nationalsecurity adviser"), ("national security adviser", "nationalsecurity adviser"),
    ("secretary general", "secretarygeneral"), ("general secretary", "secretarygeneral"),
    ("director general", "directorgeneral"), ("managing director", "directorgeneral"),
    ("inter services intelligence", "isi"), ("international atomic energy agency", "iaea"),
    ("world health organization", "who"), ("international monetary fund", "imf"), ("chief minister", "chiefminister"),
    ("foreign policy chief", "foreignpolicy chief"), ("nuclear negotiator", "nuclearnegotiator"),
)  # fmt: skip
_WORDS = {
    "defense": "defence", "spokesman": "spokesperson", "spokeswoman": "spokesperson", "spokespeople": "spokesperson",
    "presidential": "president", "external": "foreign", "premier": "primeminister", "chancellor": "primeminister",
    "taoiseach": "primeminister", "head": "chief", "boss": "chief", "director": "chief", "directorgeneral": "chief",
    "chair": "chairman", "chairwoman": "chairman", "chairperson": "chairman", "advisor": "adviser",
    "king": "monarch", "queen": "monarch", "emir": "monarch", "sultan": "monarch", "emperor": "monarch",
    "ministerial": "minister", "deputy": "deputy", "vice": "deputy", "assistant": "deputy", "judges": "judge",
    "forces": "force", "commander": "commander", "commanderinchief": "commander", "rep": "representative",
    "us": "us", "pm": "primeminister", "fm": "foreignminister", "labor": "labour", "envoy": "envoy", "navy": "navy",
    "naval": "navy", "mission": "mission", "organisation": "organization", "economic": "economy", "leader": "leader",
    "military": "military", "leadership": "leader",
}  # fmt: skip
_CIVIL_SECRETARIES = frozenset({"IND", "PAK", "BGD", "NPL", "LKA", "BTN"})
_NOT_PORTFOLIOS = frozenset(
    {"deputy", "permanent", "under", "parliamentary", "private", "principal", "chief", "general", "executive",
    "party", "state", "office", "spokesperson", "press", "adviser", "junior", "cabinet", "assistant"}
)  # fmt: skip
_FORMER = frozenset({"former", "ex", "late", "onetime", "ousted", "deposed", "retired", "erstwhile", "then", "exiled"})

_SECTORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ambassador|representative|consul|minister|secretary to|permanent rep|spokes", ("GOV",)),
    ("prime minister|premier|vice president|government", ("GOV",)),
    ("supreme court|judge|justice|prosecutor|constitutional court|court|magistrate|advocate general", ("JUD",)),
    ("senate|national assembly|speaker|parliament|chamber of|house of|congress|duma|federation council|legislative|"
     "assembly|whip|of the lords|lok sabha|storting|bundestag|knesset|majlis|sejm|deputies", ("LEG",)),
    ("intelligence|secret service|cia|security service", ("SPY",)),
    ("police|fbi", ("COP",)),
    ("general staff|army|naval|navy|air staff|air force|armed forces|joint chiefs|chief of defence|defence staff|"
     "commander|joint staff|chiefs of staff|military", ("MIL",)),
    ("leader of the opposition", ("OPP", "LEG")),
    ("communist party|party", ("GOV", "PTY")),
    ("bishop|patriarch|archbishop", ("REL",)),
)  # fmt: skip

LEADER, SENIOR, MINISTER, OTHER, LEGISLATOR = 1, 2, 3, 4, 5
"""Weights of offices: how readily a bare surname is taken for their holder (1 most)."""
_LEADERS = frozenset({"president", "primeminister", "monarch", "supremeleader", "president councilofministers",
                      "headofstate", "leader"})  # fmt: skip
_SENIORS = frozenset({"foreign minister", "defence minister", "finance minister", "interior minister", "vicepresident",
                      "army chief", "chief generalstaff", "chairman jointchiefs", "chief defencestaff",
                      "deputy primeminister",
                      "crownprince", "adviser nationalsecurity", "secretarygeneral un"})  # fmt: skip


# Where the family name stands first and the news uses it alone, and where names have two family names.
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "SGP", "MMR"})
_DOUBLE_NAMES = frozenset(
    {"ESP", "MEX", "COL", "VEN", "PER", "CHL", "ARG", "ECU", "BOL", "PRY", "URY", "CUB", "DOM", "GTM", "HND", "SLV",
    "NIC", "CRI", "PAN", "BRA", "PRT", "AGO", "MOZ"}
)  # fmt: skip


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, with full stops and apostrophes dropped and other marks as single blanks.

    Runs of single letters are joined, so that "P. J. Crowley", "P.J. Crowley" and "PJ Crowley" fold alike.
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in plain if not unicodedata.combining(each))
        for old, new in (
            ("ł", "l"),
            ("Ł", "L"),
            ("ø", "o"),
            ("Ø", "O"),
            ("đ", "d"),
            ("Đ", "D"),
            ("ð", "d"),
            ("Ð", "D"),
            ("þ", "th"),
            ("Þ", "Th"),
            ("æ", "ae"),
            ("Æ", "Ae"),
            ("œ", "oe"),
            ("ı", "i"),
            ("ß", "ss"),
            ("’", "'"),
        ):
            text = text.replace(old, new)
    lowered = text.lower().replace("'s ", " s ").replace("'", "").replace(".", " " if " " in text else "")
    pieces = [piece for piece in _SPLIT.split(lowered) if piece]
    joined: list[str] = []
    run = False
    for piece in pieces:
        single = len(piece) == 1
        if single and run:
            joined[-1] += piece
        else:
            joined.append(piece)
        run = single
    return " ".join(joined)


@lru_cache(maxsize=16384)
def title_key(title: str, country: str | None = None) -> str:
    """The key of a title of office: its telling words, in one spelling and in alphabetical order; "" if there are none.

    In South Asia the foreign secretary is a civil servant and not the minister, so `country` (ISO code) matters there.

    "former" and the like do not enter the key (see :func:`is_former`); "deputy" and "acting" do and do not.
    """
    text = fold(title)
    for spoken in ("spokesman", "spokeswoman", "spokespeople"):
        text = text.replace(spoken, "spokesperson")
    text = f" {text} "
    if country in _CIVIL_SECRETARIES:
        text = text.replace(" foreign secretary ", " foreignsecretary ")
    for phrase, key in _PHRASES:
        if f" {phrase} " in text:
            text = text.replace(f" {phrase} ", f" {key} ")
    words = [_WORDS.get(word, word) for word in text.split() if word not in _STOP and word not in _FORMER]
    words = [word for word in words if word not in ("acting", "interim", "current", "new", "outgoing", "incoming")]
    if "secretary" in words and len(words) > 1 and not _NOT_PORTFOLIOS & set(words):
        words = ["minister" if word == "secretary" else word for word in words]
    if "primeminister" in words and "councilofministers" in words:
        words = ["primeminister"]
    return " ".join(sorted(set(words)))


def is_former(words: Iterable[str]) -> bool:
    """Whether one of the words before a title says that it is no longer held ("former", "ex", "ousted")."""
    return any(word.lower().strip("-") in _FORMER for word in words)


def sectors_of_title(title: str) -> tuple[str, ...]:
    """PLOVER sectors of an office by the words of its title; `("GOV",)` where they say nothing else."""
    lowered = title.lower()
    for pattern, sectors in _SECTORS:
        if re.search(pattern, lowered):
            return sectors
    return ("GOV",)


def weight_of_title(title: str, key: str) -> int:
    """How prominent an office is (`LEADER` … `LEGISLATOR`), by its title and key."""
    lowered = title.lower()
    if key in _LEADERS:
        return LEADER
    if key in _SENIORS or "spokes" in lowered or "spokesperson" in key:
        return SENIOR
    if "ambassador" in lowered or "representative" in lowered or "consul" in lowered:
        return OTHER
    if "minister" in key.split() or "commander" in key or "general of" in lowered:
        return MINISTER
    return OTHER


_SOUNDS = (
    ("kh", "h"), ("gh", "g"), ("qh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ei", "e"), ("ey", "i"), ("iy", "i"), ("ij", "i"), ("y", "i"), ("q", "k"), ("c", "k"),
    ("w", "v"), ("z", "s"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def sounds(folded: str) -> str:
    """A folded name with spellings made alike that differ by the way of writing another alphabet ("Zelensky",
    "Zelenskyy"; "Massoud", "Masood")."""
    for old, new in _SOUNDS:
        folded = folded.replace(old, new)
    return _DOUBLED.sub(r"\1", folded)


def surnames(folded: str, country: str) -> set[str]:
    """What the news may call the person by alone, folded: the last word, the last two, the last after "al" or "bin";
    the first word where the family name stands first; for Spanish and Portuguese double names the middle words too."""
    words = folded.split()
    if len(words) < 2:
        return {folded} - {""}
    found = {words[-1], " ".join(words[-2:])}
    if country in _FAMILY_FIRST:
        found.add(words[0])
    if len(words) >= 3 and country in _DOUBLE_NAMES:
        found.update(word for word in words[1:-1] if len(word) > 3)
    return found
