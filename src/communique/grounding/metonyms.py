"""Whether a place name stands for those who govern there: decided by the part that it plays in its clause.

"Islamabad said", "urged Islamabad", "Islamabad's role", "talks with Islamabad" speak of the government; "in Islamabad",
"Islamabad airport", "bombed Islamabad", "Islamabad's streets" speak of the town.
"""

from communique.grounding.registry import Registry
from communique.grounding.titles import fold
from communique.records import Document, Word

_LOCATIVE = frozenset(
    {"in", "at", "near", "inside", "outside", "within", "across", "throughout", "around", "into", "through", "via",
     "off", "beyond", "along", "amid", "above", "beside", "onto", "under", "over"}
)  # fmt: skip
# After these the name is a party when what it depends on is something that parties do to each other.
_PARTY = frozenset({"with", "against", "by", "between", "to", "from", "on", "toward", "towards", "for", "of", "at"})
# Nobody deals with a town, only with those who govern it: "worked with Dhaka", "the drilling by Ankara".
_SIDES = frozenset({"with", "by", "between", "against", "among"})
_LINKED_NAMES = frozenset({"compound", "amod", "nmod", "flat"})


def locative(document: Document, index: int) -> bool:
    """Whether the name stands after a preposition of place ("at the Pentagon", "in Islamabad")."""
    return bool(_cases(document, index) & _LOCATIVE)


def stands_for_rulers(document: Document, index: int, registry: Registry) -> bool:
    """Whether the place name headed by the word stands for its government (see the module's text)."""
    word = document.words[index]
    cases = _cases(document, index)
    if cases & _LOCATIVE:
        return False
    label, head = word.label.partition(":")[0], document.head(word)
    if label == "conj" and head is not None and head.upos == "PROPN":
        return stands_for_rulers(document, head.index, registry)
    if label == "nsubj" and head is not None:
        return _acts(document, word, head, registry)
    if head is None:
        return False
    noun = fold(head.lemma)
    if word.label == "nmod:poss":
        return noun not in registry.words["places"]
    if label in ("obj", "iobj"):
        return noun in registry.words["dealings"]
    if label in ("obl", "nmod") and cases & _PARTY:
        if cases & _SIDES:
            return noun not in registry.words["places"]
        if head.upos in ("VERB", "ADJ"):
            return noun in registry.words["dealings"] or head.upos == "ADJ"
        above = document.head(head)
        given = above is not None and head.label.startswith("obj") and fold(above.lemma) in registry.words["dealings"]
        return noun in registry.words["relations"] or given
    if label in _LINKED_NAMES:
        return noun in registry.words["relations"] or noun in registry.relational
    return False


def _acts(document: Document, word: Word, verb: Word, registry: Registry) -> bool:
    if word.label == "nsubj:pass":
        return fold(verb.lemma) in registry.words["dealings"]
    if document.children(verb.index, "cop"):
        return verb.upos == "ADJ" or fold(verb.lemma) in registry.words["relations"]
    return verb.upos in ("VERB", "AUX") and fold(verb.lemma) not in ("lie", "boast", "sit", "stand", "be")


def _cases(document: Document, index: int) -> set[str]:
    return {child.form.lower() for child in document.children(index, "case")}
