"""Word form and tag → lemma: irregular forms by table, regular endings by what such stems do.

`data/irregular.txt` holds the irregular verbs, `data/lemmas.tsv` the other irregular forms of the training treebanks
and, under the tag `-`, how a stem is restored by its last letters ("-at" + e: "evacuat|ed" → evacuate);
`python -m communique.training lemmas` rebuilds the second.
"""

from functools import cache
from importlib.resources import files

_ENDINGS = {
    "VBD": "ed", "VBN": "ed", "VBG": "ing", "JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est",
}  # fmt: skip
LONGEST_STEM_ENDING = 5


def lemma(form: str, upos: str, xpos: str) -> str:
    """The lemma of a word with its universal and Penn tags; names keep their case ("Kayani"), other words lose it."""
    if upos == "PROPN":
        return form
    word = form.lower().replace("’", "'")
    xpos = _agreeing(word, upos, xpos)
    tag = "VBD" if upos in {"VERB", "AUX"} and xpos in {"JJ", "VBN"} else xpos
    return _table().get((xpos, word)) or _table().get((tag, word)) or by_rule(word, xpos)


def _agreeing(word: str, upos: str, xpos: str) -> str:
    """The Penn tag, unless the form of a verb cannot have it: "says" is no plural and "worried" no -ing form."""
    if upos != "VERB" or len(word) < 4:
        return xpos
    in_s = word.endswith("s") and not word.endswith(("ss", "us", "is", "as"))
    if in_s and xpos in {"VB", "VBP", "VBD", "VBN", "VBG"}:
        return "VBZ"
    if word.endswith("ed") and not word.endswith("eed") and len(word) > 5 and xpos in {"VB", "VBP", "VBZ", "VBG"}:
        return "VBD"
    if word.endswith("ing") and len(word) > 6 and xpos in {"VB", "VBP", "VBZ", "VBD", "VBN"}:
        return "VBG"
    return xpos


def by_rule(word: str, xpos: str) -> str:
    """The lemma that the endings give."""
    if len(word) < 4:
        return word
    if xpos in {"VBZ", "NNS", "NNPS"}:
        return _without_s(word)
    ending = _ENDINGS.get(xpos)
    if ending is None or not word.endswith(ending):
        return word
    stem = word[: -len(ending)]
    if len(stem) < 2 or not set("aeiouy").intersection(stem):
        return word
    return restore(stem, restoration(stem))


def restore(stem: str, how: str) -> str:
    """The base form of a stem: "e" adds one, "2" takes one of a doubled letter away, "y" turns i into y."""
    if how == "e":
        return stem + "e"
    if how == "2":
        return stem[:-1]
    return stem[:-1] + "y" if how == "y" else stem


def restoration(stem: str) -> str:
    """How a stem becomes a base form, by the longest ending that the table knows."""
    if stem.endswith("i") and len(stem) > 2:
        return "y"
    for size in range(min(LONGEST_STEM_ENDING, len(stem)), 0, -1):
        known = _table().get(("-", stem[-size:]))
        if known is not None:
            return "" if known == "0" else known
    return ""


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("men") or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word[:-2] + "an" if word.endswith("men") else word
    return word[:-1]


@cache
def _table() -> dict[tuple[str, str], str]:
    folder = files("communique.reading") / "data"
    rows = (line.split("\t") for line in (folder / "lemmas.tsv").read_text(encoding="utf-8").splitlines())
    found = {(row[0], row[1]): row[2] for row in rows if len(row) == 3}
    for line in (folder / "irregular.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            base, past, participle = line.split()
            found |= {("VBD", form): base for form in past.split("/")}
            found |= {("VBN", form): base for form in participle.split("/")}
    return found
