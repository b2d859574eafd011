"""Whether the clause around an expression of time speaks of the past or of the future."""

import re
from typing import Literal

from communique.records import Document, Word

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
# Words after which the time named lies ahead, as lemmas and as forms (for text without tags).
_AHEAD = frozenset({
    "plan", "expect", "schedule", "due", "set", "intend", "hope", "aim", "prepare", "likely", "plans", "expects",
    "expected", "scheduled", "planned", "planning", "slated", "intends", "hopes", "ready", "vow", "pledge", "promise",
})  # fmt: skip
_PAST_FORMS = frozenset({
    "said", "told", "was", "were", "had", "did", "went", "came", "met", "held", "took", "made", "gave", "killed",
    "began", "saw",
})  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+|['’]ll|[.?!](?=\s)|\n")


def tense_at(document: Document, offset: int) -> Literal["past", "future"] | None:
    """The tense of the clause that holds the character `offset`: from tags and arcs where the document has them, else
    from the word forms around; None for the present or where nothing tells."""
    word = _word_at(document, offset)
    if word is None or word.xpos in ("", "_"):
        return _from_forms(document.text, offset)
    if any(each.form in ("'s", "’s") for each in document.children(word.index, "case")):
        # "Wednesday's ruling" has been given, whatever the clause says of it.
        return "past"
    chain = [word, *document.ancestors(word.index)]
    for governor in chain:
        if governor.upos not in ("VERB", "AUX") and not document.children(governor.index, "cop", "aux"):
            continue
        found = _of_verb(document, governor)
        if found is not None:
            return found
    return None


def _of_verb(document: Document, verb: Word) -> Literal["past", "future"] | None:
    helpers = document.children(verb.index, "aux", "cop")
    forms = {each.form.lower() for each in helpers}
    # "set fire to it" sets nothing for a day, as "is set to meet" does
    done = verb.lemma == "set" and bool(document.children(verb.index, "obj"))
    if forms & _FUTURE or (verb.lemma in _AHEAD and not done):
        return "future"
    if verb.xpos == "VBD" or forms & {"was", "were", "had", "did"}:
        return "past"
    # "the decision announced Wednesday", "has left": a participle looks back.
    if verb.xpos == "VBN" and not forms & {"be", "is", "are"}:
        return "past"
    if verb.xpos == "VB" and any(each.xpos == "MD" for each in helpers):
        return "future"
    return None


def _word_at(document: Document, offset: int) -> Word | None:
    words, low, high = document.words, 0, len(document.words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].span.end <= offset:
            low = middle + 1
        else:
            high = middle
    return words[low] if low < len(words) and words[low].span.start <= offset else None


def _from_forms(text: str, offset: int) -> Literal["past", "future"] | None:
    """The nearest telling form before the expression in its sentence, else after it."""
    begin, end = max(0, offset - 160), min(len(text), offset + 120)
    before, after = _WORD.findall(text, begin, offset), _WORD.findall(text, offset, end)
    for forms in (reversed(before), after):
        for form in forms:
            low = form.lower()
            if low in ".?!\n":
                break
            if low in _FUTURE or low in _AHEAD or low == "to":
                return "future" if low != "to" else None
            if low in _PAST_FORMS or (len(low) > 4 and low.endswith("ed")):
                return "past"
    return None
