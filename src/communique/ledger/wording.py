"""Wording: what the words around a cue make of it, beyond its class in the lexicon."""

import re

from communique.ledger.act import Deed
from communique.ledger.lexicon import lexicon, normal
from communique.ledger.sentences import Clause

# What is asked or offered in passing and belongs in no ledger: comments, anonymity, sympathy.
EMPTY = re.compile(
    r"(?:\w+\s+){0,2}(?:not to be (?:named|identified)|to (?:comment|say|elaborate|be (?:named|identified)|give details"
    r"|speak|answer questions)|comment"
    r"|(?:\w+ )?(?:condolences|congratulations|thanks|sympathy|support for|anonymity))\b"
)
# A warning is a threat only where it says what will be done, or what must not be.
MENACE = re.compile(
    r"\b(?:will|would|could|may|might|’ll|'ll|against|not to|if|unless|or)\b"
    r"|\bof (?:\w+ ){0,2}(?:war|attack|retaliation|reprisal|strike|sanction|consequence|action|response|violence)"
)
# What is refused here is a word about oneself, and no demand.
DOUBTS = re.compile(
    r"(?:the |any |these |such |all )?(?:\w+ )?"
    r"(?:doubt|criticism|charge|accusation|allegation|claim|report|suggestion)s?\b"
)
# "The request was made in October": the noun, not the verb.
PASSED = re.compile(r"(?:was|were|is|are|has|had|came|by|from|of)\b")


# Verbs and nouns of harm, as a vow or a threat may take them.
HARM = re.compile(
    r"(?:to |with |of )?(?:(?:more|new|fresh|further|harsh|tough|military|immediate)\s+)*"
    r"(?:limit|attack|strike|cut|expel|ban|retaliat|punish|fight|block|close|boycott|sanction|arrest|dismiss|war|reprisal"
    r"|revenge|violence|bomb|kill|shut|destroy|crush|hit|legal action|action|tariff|seize|leave|quit|resume)\w*"
)
_RETURN = re.compile(r"\bin (?:return|retaliation|revenge|reply|response)\b")
_CONDITIONED = re.compile(r"^\W*(?:if|unless)\b|\bunless\b|\bif\b[^,.]*\bnot\b", re.IGNORECASE)
# What is done because it had been said before.
ECHO = re.compile(
    r"\bas (?:\w+ ){0,4}?(?:had )?(?:demanded|asked|requested|urged|promised|pledged|threatened|agreed|vowed)\b"
    r"|carrying out|in line with|keeping its word"
)
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_OF_MORE = re.compile(rf"\b{_NUMBER}(?: \w+)? of (?:the |its |his |their )?(?:{_NUMBER}\b|\w+ debt)|\b(?:the )?first "
                      rf"(?:{_NUMBER}|of)\b", re.IGNORECASE)  # fmt: skip
_LAST = re.compile(r"\b(?:last|remaining|rest of|others?|second)\b", re.IGNORECASE)
# What a negated act comes to.
NEGATED: dict[str, Deed] = {"accept": "refuse", "promise": "refuse", "do": "fail", "withdraw": "repeat"}
_ANAPHOR = re.compile(
    r"it\b(?!\s+(?:would|will|had|has|was|is|could|must|should|did|does|needs))|(?:do|does|done|did)\s+(?:it|so|that)\b"
    r"|to do (?:it|so|that)\b|comply\b|(?:the |any |this |that )?(?:charge|accusation|report|allegation|claim|delay"
    r"|invitation|step|move|decision|gesture|announcement|ruling)s?\b",
    re.IGNORECASE,
)
DO_IT = re.compile(r"(?:do|does|done|did)\s+(?:it|so|that)\b|comply\b", re.IGNORECASE)


def refers(matter: str) -> str | None:
    """The kind of entry that the first words of a matter stand for: "the demand for talks" → "demand"."""
    if _ANAPHOR.match(matter) or matter.strip(' .,”"').casefold() in ("", "it", "this", "that", "them"):
        return "it"
    for word in matter.casefold().split()[:6]:
        kind = lexicon().nouns.get(word.strip(",.;:’'”\""))
        if kind is not None:
            return kind
    return None


def reads_as_saying(deed: str, clause: Clause) -> bool:
    """Whether a verb that may also be a deed takes back or breaks something said: "dropped its demand", not
    "withdrew its troops"; "failed to pay", not "failed"."""
    told = clause.after.casefold()
    if deed == "withdraw":
        called_off = normal(clause.form).startswith(("call", "take", "took", "taking"))
        return refers(told) is not None or called_off
    if deed == "fail":
        return told.startswith("to ") or refers(told) is not None
    return deed != "do"


def is_menace(clause: Clause) -> bool:
    """Whether a vow is a threat: to do harm, or in return for something."""
    told = clause.content
    return bool(_RETURN.search(clause.after)) or (
        normal(clause.form).startswith("vow")
        and bool(HARM.match(re.sub(r"^to\s+", "", clause.after)))
        and len(told) > 0
    )


def is_part(words: str) -> bool:
    """Whether only a part was done: "half of", "four of six", "some of"; not where the last of it was."""
    if _LAST.search(words):
        return False
    return bool(lexicon().part.search(words) or _OF_MORE.search(words))


def done(form: str, clause: Clause, text: str) -> Deed | None:
    """What a verb that names a deed makes of its tense: done, promised, refused, left undone, or wanted."""
    if clause.background or clause.bare:
        return None
    menaced = clause.future and bool(_CONDITIONED.search(clause.sentence.of(text)))
    if clause.conditional and not menaced:
        return None
    if clause.yet:
        return "fail"
    if clause.duty:
        return None if clause.negated else "ask"
    if clause.future:
        negated = clause.negated or clause.after.startswith("no ")
        return "refuse" if negated else "threaten" if menaced else "promise"
    if clause.negated:
        return "fail"
    past = normal(form) in lexicon().past
    return "do" if past or clause.progressive else None
