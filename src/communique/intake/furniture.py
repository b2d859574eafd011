"""Which lines of a page are furniture and not the article: each with a stable reason code.

A line is furniture only as a whole: every pattern spans the line from its first to its last word, begins with the words
such lines begin with, and knows how long such a line can be. A line that opens with a quotation mark, or that is longer
than a furniture line can be, is never touched. Reasons:

    advertisement agency-note agency-slug byline caption comment-count contact-line cookie-notice copyright
    credit-line date-line dateline end-mark navigation newsletter-box outlet-line photo-credit print-line read-more
    reading-time related-links section-label share-line social-line tags-line title-line url-line
"""

import re
from functools import lru_cache

from communique.intake import dates
from communique.intake.vocabulary import line_patterns, words

LONGEST = 420
_EDGES = " \t•·*-–—|>»›«<▸►▶→←↑↓#+_=~[]"
_NAME = r"[A-Z][\w.'’&-]*"
NAMES = rf"{_NAME}(?: (?:{_NAME}|of|the|and|al|de|van|von|bin|ul|ur)){{0,6}}"
AGENCY = (
    r"(?:AP|AFP|PTI|ANI|IANS|UNI|UPI|APP|PPI|INP|NNI|DPA|EFE|ANSA|BNO|SANA|IRNA|ISNA|KUNA|SPA|WAM|MENA|QNA|TASS"
    r"|ITAR-TASS|RIA Novosti|Interfax|Xinhua|Kyodo|Yonhap|Bernama|Antara|Reuters|REUTERS|Thomson Reuters"
    r"|Associated Press"
    r"|The Associated Press|Agence France-Presse|Press Trust of India|Press Association|PA|Bloomberg|Agencies|Agency"
    r"|Online|Anadolu Agency|Anadolu|AA|CNN|BBC|NNA|Pajhwok|Khaama Press|CBC|ABC|TNN|HT Correspondent|Staff Report)"
)
_SHARE_HEADS = words("share-head")
_SHARE_WORDS = _SHARE_HEADS | words("share")


_AGENCY_SLUG = re.compile(
    rf"(?:[-–—(\[]*\s*|source\s*:\s*|by )?{AGENCY}(?:\s*[/,&+|-]\s*{AGENCY})*\s*[)\].]*"
    r"|[A-Z]{2,}(?:-[A-Z0-9&/]{2,}){2,}(?:\s*\([A-Z0-9 ,]+\))?|[A-Z]{2,5}\d{3,5}:?(?: [A-Z]{2,})?"
    r"|(?:AM|PM|BC|EDS|ATTN|ATT)[-: ][A-Z][\w-]*(?:-\w+)+.{0,40}"
)
_OFFICE = (
    r"(?i:(?:[a-z]+ ){0,4}(?:writers?|correspondents?|editors?|reporters?|bureau|staff|desk|analyst|columnist|in [a-z]+"
    r"(?: [a-z]+)?))"
)
_OFFICE_WORD = re.compile(
    r"\b(?:writer|correspondent|editor|reporter|bureau|press|staff|news|desk|analyst|in)\b", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:(?i:by|written by|reported by|report by|story by|words by|author)\s*:?\s+)"
    rf"(?P<who>{NAMES}(?:\s*(?:,|and|&)\s*(?:{NAMES}|{_OFFICE}))*)"
    r"(?:\s*[|/(–—-]\s*.{0,60})?"
)
_CORRESPONDENT = re.compile(
    r"(?i:(?:by |from )?(?:our|a|the)? ?(?:staff|special|senior|diplomatic|political|defence|defense|foreign|chief)? ?"
    r"(?:correspondent|reporter|writer|bureau|newsdesk|(?:news|web|monitoring) desk|(?:monitoring|staff) report)s?"
    r"(?:\s*(?:,|in|at)\s+[A-Za-z ]{3,30})?)"
)
_NAME_IN_PLACE = re.compile(
    r"(?P<who>(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’-]+(?:(?:,| and) (?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’-]+)*)"
    r"(?:,? in (?:[A-Z][\w'’-]+ ?){1,3}|, [A-Z][\w ]{3,40}(?:Writer|Correspondent|Editor|Reporter|Bureau))"
)
_CAMERA = r"(?:AFP|AP|Reuters|REUTERS|EPA|Getty(?: Images)?|PA|Rex|Corbis|Alamy)"
_CAPTION_END = re.compile(
    r"[(\[]?(?:(?:AP|AFP|File|EPA|PTI) Photo\b[^.]{0,60}"
    r"|(?:Photo(?:graph)?|Image|Picture)(?: (?:credit|by|courtesy))?\s*:?\s*(?:by )?[A-Z][^.]{2,60}"
    rf"/\s?{_CAMERA}[^.]{{0,30}}"
    rf"|\[?{_CAMERA}/[A-Z][^.]{{2,40}}|[A-Z][\w. -]{{2,40}}/{_CAMERA}[^.]{{0,30}}"
    r"|Getty Images|\[?Photo: [^.\]]{2,50}|File photo)[)\].]*$"
)
_SEGMENTS = re.compile(r"\s*(?:\||•|·|\u2022|►|\s[-–—]\s)\s*")
# Blanks belong to the words, so that there is only one way to read a trail.
_CRUMBS = re.compile(
    r"[\w&’' -]{2,26}(?:[|›»>•·][\w&’' -]{2,26}){2,12}"
    r"|(?:home|news|world|asia|politics|front page) *(?:[›»>/|][\w&’' -]{2,26})+",
    re.IGNORECASE,
)
# The rows of `furniture.tsv` that are no lines of their own kind but head a list of links.
_HEADING = "list-heading"
_QUOTE = ('"', "“", "‘", "'", "«", "„")


def reason(line: str) -> str | None:
    """The code of the kind of furniture that `line` is as a whole ("Share:" → "share-line"), or None for text.

    `line` is one line or one joined paragraph without newline. Bylines, slugs and date lines count wherever they stand
    alone; what only the head of a page tells apart (title, section label) is not decided here.
    """
    if not line or len(line) > LONGEST or line.startswith(_QUOTE):
        return None
    return _kind(line)


# A line is asked about up to three times on its way through a page; longer ones are never kept.
@lru_cache(maxsize=4096)
def _kind(line: str) -> str | None:
    bare = line.strip(_EDGES)
    if not bare:
        return "end-mark"
    size = bare.count(" ") + 1
    if _is_share(bare):
        return "share-line"
    if dates.is_date_line(bare):
        return "date-line"
    if size <= 24 and byline(bare) is not None:
        return "byline"
    if size <= 8 and _AGENCY_SLUG.fullmatch(bare):
        return "agency-slug"
    for code, most, pattern in line_patterns():
        if code != _HEADING and size <= most and pattern.fullmatch(bare):
            return code
    if size <= 60 and _CAPTION_END.search(bare):
        return "caption"
    if size <= 30 and _CRUMBS.fullmatch(bare):
        return "navigation"
    return _of_segments(bare)


def byline(line: str) -> str | None:
    """The author that a lone byline names ("By Ann Lee and Raj Rao, Staff Writers" → "Ann Lee and Raj Rao"), or None.

    Gives "" for a byline without a name ("From our correspondent").
    """
    if line.endswith((".", "?", "!", ":")) and not line.endswith(("Jr.", "Sr.")):
        return None
    if _CORRESPONDENT.fullmatch(line):
        return ""
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    return _without_title(match["who"])


def name_in_place(line: str) -> str | None:
    """The author in "Ann Lee in Islamabad" or "Raj Rao, Diplomatic Correspondent", such as stand under titles."""
    match = _NAME_IN_PLACE.fullmatch(line)
    return None if match is None else match["who"]


def heads_links(line: str) -> bool:
    """Whether `line` is the heading of a list of links to other pages ("Related stories", "Most read")."""
    bare = line.strip(_EDGES).rstrip(" :.…")
    return len(line) <= 70 and any(pattern.fullmatch(bare) for code, _, pattern in line_patterns() if code == _HEADING)


def segments(line: str) -> tuple[str, ...]:
    """The parts of a line that bars, dots or spaced dashes divide ("PTI | Oct 21, 2010")."""
    return tuple(part for part in _SEGMENTS.split(line.strip(_EDGES)) if part)


def _of_segments(bare: str) -> str | None:
    parts = segments(bare)
    if not 2 <= len(parts) <= 8:
        return None
    found = [reason(part) for part in parts]
    known = [code for code in found if code]
    return known[0] if len(known) == len(parts) else None


def _is_share(bare: str) -> bool:
    if len(bare) > 120:
        return False
    found = re.findall(r"[\w'’+-]+", bare.lower())
    counted = [word for word in found if not re.fullmatch(r"\d[\d.,]*k?", word)]
    return (
        0 < len(found) <= 16
        and not bare.endswith(".")
        and any(word in _SHARE_HEADS for word in counted)
        and all(word in _SHARE_WORDS for word in counted)
    )


def _without_title(who: str) -> str:
    """Names alone: what follows a comma is an office unless it is itself capitalised names without office words."""
    parts = re.split(r"\s*,\s*", who)
    kept = [part for part in parts if part and not _OFFICE_WORD.search(part)]
    return ", ".join(kept or parts[:1])
