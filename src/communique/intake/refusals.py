"""The fatal problems of intake: each says in one sentence what was found, what is accepted, and what to do.

Sizes are bytes. The limits guard memory and time before anything is parsed.
"""

from communique.records import Problem

STEP = "intake"
SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
# Files that hold several articles, or one with what is known of it. Tables are taken from folders too, but for .csv and
# .tsv, which may hold anything: those must be named.
CONTAINERS = (".jsonl", ".ndjson", ".parquet", ".warc", ".warc.gz", ".eml", ".rss", ".atom", ".opml", ".pdf", ".nitf",
              ".newsml")  # fmt: skip
# The longest news pages saved with their scripts and styles have some 3 million bytes.
LARGEST_FILE = 10_000_000
# The longest news texts (speeches, transcripts) have some 200,000 characters.
LONGEST_TEXT = 1_000_000
# More lines than a text of that length has when it is wrapped at 70 columns.
MOST_LINES = 20_000
# Real pages nest to some 70; libxml2 gives up at 256 levels and would drop the text below without a word.
DEEPEST_NESTING = 250
# Real pages have up to some 10,000 tags; extraction takes time in proportion, about 0.1 s for a thousand.
MOST_TAGS = 60_000

_ACCEPTED = "text or HTML files (" + " ".join(SUFFIXES) + ")"
_MESSAGES = {
    "missing-path": "Found nothing at this path; {accepted}, folders of them or - are accepted; check the spelling.",
    "unreadable-file": "The file could not be opened ({found}); a readable file is needed; check its permissions.",
    "unreadable-folder": (
        "The folder could not be listed ({found}); a readable folder is needed; check its permissions."
    ),
    "not-a-file": (
        "Found neither a file nor a folder ({found}); {accepted} or folders of them are accepted; pipe other "
        "sources in as -."
    ),
    "empty-folder": (
        "Found no article file in this folder; {accepted} are accepted; name the files singly if their names end "
        "differently."
    ),
    "empty-file": "Found no text ({found}); {accepted} with an article are accepted; save the page again.",
    "binary-file": "Found {found} instead of text; {accepted} are accepted; save the article as text or HTML.",
    "wrong-encoding": (
        "The characters could not be decoded ({found}); UTF-8, UTF-16, Windows-1252 and other encodings that can "
        "be told are accepted; save the file as UTF-8."
    ),
    "too-large": "Found {found}; at most 10 MB are accepted; save the article alone, without embedded files.",
    "too-long": (
        "Found {found} of text; at most 1,000,000 characters in 20,000 lines are accepted; split the file into "
        "articles."
    ),
    "too-deep": "Found tags nested {found} deep; at most 250 levels are accepted; save the article as text.",
    "too-many-tags": "Found {found} tags; at most 60,000 are accepted; save the article as text.",
    "broken-page": "The page could not be parsed ({found}); well-formed HTML is accepted; save the article as text.",
    "broken-record": (
        "This part could not be read ({found}) and was left out; the rest was read; get the file again, or mend it."
    ),
    "no-records": "The file holds {found}; pages in text or HTML are accepted; see whether it is the right file.",
    "broken-feed": "The feed could not be read ({found}); RSS, Atom, JSON Feed and OPML are accepted; get it again.",
    "not-fetched": "Found {found}; addresses are fetched with add --fetch only; use it, or save the page and add it.",
    "barred-address": "The address was not asked: {found}; pages of the public web are fetched.",
    "barred-by-robots": (
        "The robots.txt of {found} asks programs not to read this page, or cannot be had; save the page and add it."
    ),
    "not-found": "The server has no such page ({found}); check the address.",
    "fetch-failed": "The page could not be fetched ({found}); try again later.",
    "not-a-page": "The address gives {found}; text, HTML, PDF and feeds are read; check the address.",
    "no-text-column": (
        "The row has no text among its columns ({found}); name the column that has it, as in --columns text=story."
    ),
    "no-text-layer": (
        "The PDF document holds pictures and no text ({found}); those with a text layer are read; have it recognised."
    ),
    "withdrawn": "The agency has taken this item back ({found}); nothing is to be done.",
    "no-main-text": (
        "Found no main text ({found}); a page or file with the sentences of an article is accepted; save the "
        "article as text."
    ),
}


def refuse(code: str, *, found: str = "", place: str = "") -> Problem:
    """The fatal problem with this `code`, saying what was `found` at `place` (path, "-" or address)."""
    message = _MESSAGES[code].format(found=found, accepted=_ACCEPTED)
    return Problem(code=code, message=message, step=STEP, place=place, fatal=True)
