"""Is a text English? A small test on function words and scripts; no model, no dependency.

Function words make up more than a third of running text in the languages told apart here, so their share decides. A
language is named only where it wins clearly; else the code is "und" (undetermined, ISO 639-2).
"""

import re

from communique.intake import vocabulary

# The commonest words that the language shares with few of its neighbours in this table.
_PREFIX = "language-"
# Scripts that belong to one language among those that write news in them.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
)
_SAMPLE = 20_000
# Shares of function words, set on invented news paragraphs in the languages above: English news has .30 to .50 of its
# words in the English list and other languages below .12; headlines and lists in English sink to .15.
_ENGLISH_AT_LEAST = 0.15
_OTHER_AT_LEAST = 0.15
_CLEAR_LEAD = 1.3
_FEWEST_WORDS = 8
_SCRIPT_SHARE = 0.2


def of(text: str) -> str:
    """The language of `text` as ISO 639-1 code: "en", another code where it is sure, or "und".

    Fewer than eight words give "en" when all letters are Latin: too little to say otherwise.
    """
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    letters = "".join(words)
    if not letters:
        return "und"
    if (script := _by_script(letters)) is not None:
        return script
    latin = sum(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in letters)
    if len(words) < _FEWEST_WORDS:
        return "en" if latin >= len(letters) / 2 else "und"
    shares = {name.removeprefix(_PREFIX): _share(words, name) for name in vocabulary.names(_PREFIX)}
    best, second = sorted(shares, key=lambda code: (-shares[code], code))[:2]
    clear = shares[best] >= _CLEAR_LEAD * shares[second]
    if shares["en"] >= _ENGLISH_AT_LEAST and (best == "en" or not clear):
        return "en"
    return best if best != "en" and shares[best] >= _OTHER_AT_LEAST and clear else "und"


def _share(words: list[str], name: str) -> float:
    profile = vocabulary.words(name)
    return sum(word in profile for word in words) / len(words)


def _by_script(letters: str) -> str | None:
    for code, pattern in _SCRIPTS:
        if len(pattern.findall(letters)) >= _SCRIPT_SHARE * len(letters):
            return code
    return None
