"""Text → words after the conventions of the English Universal Dependencies treebanks, with exact characters.

Clitics stand alone ("do|n't", "Pakistan|'s"), hyphens and slashes between letters too ("US|-|led"), abbreviations keep
their stop ("Gen.", "U.S."), numbers keep theirs ("1,000.5"). Nothing is normalised: each word is a stretch of the text.
"""

import re
from collections.abc import Iterator

from communique.encoder import Token
from communique.records import Span

_ABBREVIATIONS = frozenset(
    """
    a.m. adm. al. apr. art. assn. asst. aug. ave. bldg. blvd. brig. bros. ca. capt. cf. cmdr. co. col. comdr. corp.
    cpl. dec. dept. det. dr. e.g. ed. est. etc. feb. fig. fr. ft. gen. gov. govt. hon. i.e. inc. insp. intl. jan.
    jr. jul. jun. lt. ltd. maj. mar. messrs. mfg. mr. mrs. ms. mt. mssrs. no. nos. nov. oct. p.m. ph.d. plc. pp.
    pres. prof. pvt. rep. reps. ret. rev. rd. sec. sen. sens. sept. sep. sgt. sr. ss. st. supt. tel. univ. vol. vs.
    viz. wed. yr. approx. ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. ky. mass. md. mich. minn. miss.
    mo. neb. nev. okla. ore. pa. tenn. tex. va. wash. wis. wyo. ala.
    """.split()  # noqa: SIM905
)
_URL = r"(?:https?://|www\.)[^\s<>\"”’]*[^\s<>\"”’.,;:!?)\]}'…]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NUMBER = r"\d{1,4}/\d{1,2}/\d{1,4}|\d+(?:[.,:]\d+)*"
_PATTERN = re.compile(
    rf"""
    (?P<url>{_URL})
  | (?P<initials>(?:[^\W\d_]\.){{2,}}(?![^\W\d_]))            # U.S.  a.m.  N.A.T.O.
  | (?P<number>{_NUMBER})
  | (?P<name>[A-Z]['’][A-Z][^\W\d_]+|[dDlL]['’][A-Z][^\W\d_]+)            # O'Neill, D'Souza
  | (?P<word>[^\W\d_][\w\u0300-\u036f]*(?:[.&](?=[^\W\d_]{{2,}})[^\W\d_][\w]*)*)   # AT&T, site.org
  | (?P<dots>\.{{2,}}|…+)
  | (?P<dashes>-{{2,}}|—+|–+)
  | (?P<mark>[!?]+|(?P<sign>[=*_+~\#<>$])(?P=sign)*|\S)
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?i)(?:'|’)(?:s|m|d|ll|re|ve)(?![\w])")
_NOT = re.compile(r"(?i)n(?:'|’)t(?![\w])")
_SPLIT = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3, "dunno": 2}
_UNIT_AFTER_NUMBER = re.compile(r"(?i)(?:st|nd|rd|th|s)(?!\w)|[\w]+")


def tokenise(text: str) -> Iterator[tuple[Span, int]]:
    """Words of the text with the number of their paragraph (paragraphs are parted by a blank line), in order."""
    paragraph = 0
    position = 0
    for block in re.split(r"(\n\s*\n)", text):
        if block and not block.strip():
            paragraph += "\n" in block
        else:
            for start, end in _words(block):
                yield Span(position + start, position + end), paragraph
        position += len(block)


def tokens(text: str, words: list[tuple[Span, int]]) -> list[Token]:
    """The words as the encoder takes them."""
    found = []
    before = -1
    for span, paragraph in words:
        found.append(Token(span.of(text), span.start == before, paragraph))
        before = span.end
    return found


def _words(block: str) -> Iterator[tuple[int, int]]:
    position = 0
    while position < len(block):
        if block[position].isspace():
            position += 1
            continue
        clitic = _CLITIC.match(block, position)
        if clitic and position and block[position - 1].isalnum():
            yield clitic.span()
            position = clitic.end()
            continue
        found = _PATTERN.match(block, position)
        if found is None:  # a lone combining mark or the like
            yield position, position + 1
            position += 1
            continue
        start, end = found.span()
        if found["word"]:
            negation = _NOT.match(block, end - 1) if end - 1 > start else None
            if negation:
                yield start, end - 1
                start, end = negation.span()
                yield start, end
            else:
                end = _with_stop(block, start, end)
                cut = _SPLIT.get(block[start:end].lower())
                if cut:
                    yield start, start + cut
                yield start + (cut or 0), end
        elif found["number"]:
            end = _with_letters(block, start, end)
            yield start, end
        else:
            yield start, end
        position = end


def _with_stop(block: str, start: int, end: int) -> int:
    """The end of a word with the stop of its abbreviation, if it is one."""
    if block[end : end + 1] != ".":
        return end
    word = block[start:end]
    following = block[end + 1 : end + 2]
    single_initial = len(word) == 1 and word.isupper() and word != "I" and following.isspace()
    if word.lower() + "." in _ABBREVIATIONS and (following.isspace() or following in {",", ")", ""}):
        at_end = not block[end + 1 :].strip()
        return end if at_end and word.lower() in {"no", "art", "fig", "mass", "miss", "ill", "mar", "sec"} else end + 1
    return end + 1 if single_initial else end


def _with_letters(block: str, start: int, end: int) -> int:
    """The end of a number with what is written together with it: "21st", "1990s", "30km" stay one word."""
    if block[end : end + 1].isalpha():
        rest = _UNIT_AFTER_NUMBER.match(block, end)
        if rest:
            return rest.end()
    return end
