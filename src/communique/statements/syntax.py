"""Questions that the rules of this room put to a dependency tree: subjects through control, owners of nouns, clauses.

Everything here takes a `Document` and word indices and gives word indices; nothing decides what a statement is.
Labels are those of Universal Dependencies for English.
"""

from collections.abc import Iterable

from communique.records import Document, Word

# Verbs that lend their subject to the noun of saying that they govern ("issued a warning that …").
LIGHT_VERBS = frozenset({
    "air", "announce", "break", "convey", "deliver", "enter", "express", "extend", "file", "fulfil", "fulfill",
    "give", "harbor", "harbour", "have", "hold", "honor", "honour", "issue", "keep", "level", "lodge",
    "maintain", "make", "offer", "pose", "publish", "raise", "reach", "reaffirm", "register", "reiterate",
    "relay", "release", "renew", "repeat", "retain", "send", "share", "show", "sign", "submit", "table", "take",
    "transmit", "voice", "withdraw",
})  # fmt: skip
# Verbs whose object does not control the infinitive after it.
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "need", "take"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_OWNER_CASES = frozenset({"by", "from", "among"})
_CLAUSES = frozenset({"root", "ccomp", "conj", "parataxis", "advcl", "acl", "xcomp", "csubj", "acl:relcl"})


def case_of(document: Document, index: int) -> str:
    """The preposition (or marker) of a phrase, lower case; its first one, or "" without any."""
    for child in document.children(index, "case", "mark"):
        return child.form.lower()
    return ""


def marker_of(document: Document, index: int) -> str:
    """The subordinator of a clause ("that", "as", "to"), lower case, or ""."""
    for child in document.children(index, "mark"):
        return child.form.lower()
    return ""


def is_passive(document: Document, verb: int) -> bool:
    """Whether the verb is passive: a passive subject or auxiliary, or a bare past participle that modifies a noun."""
    for child in document.children(verb):
        if child.label in {"nsubj:pass", "aux:pass", "csubj:pass"}:
            return True
        if child.label.startswith(("nsubj", "aux")):
            return False
    word = document.words[verb]
    return word.xpos == "VBN" and word.label in {"acl", "advcl", "xcomp"}


def antecedent(document: Document, index: int) -> int:
    """The noun that a relative pronoun stands for; the word itself if it is none."""
    word = document.words[index]
    if word.form.lower() not in _RELATIVE or (not word.xpos.startswith("W") and word.upos != "PRON"):
        return index
    for above in document.ancestors(index):
        if above.label.startswith("acl"):
            return above.head
        if above.label in {"root", "ccomp", "parataxis"}:
            break
    return _before_pronoun(document, index)


def _before_pronoun(document: Document, index: int) -> int:
    """The head of the phrase right before a relative pronoun, for clauses that the reader did not hang on a noun."""
    place = index - 1
    while place >= 0 and document.words[place].upos in {"PUNCT", "ADP"}:
        place -= 1
    if place < 0 or document.words[place].sentence != document.words[index].sentence:
        return index
    head = place
    while document.words[head].label.split(":")[0] in {"flat", "compound", "fixed"} and document.words[head].head >= 0:
        head = document.words[head].head
    return head if document.words[head].upos in {"NOUN", "PROPN", "PRON"} else index


def subject(document: Document, verb: int, *, depth: int = 0) -> int | None:
    """The subject, passive or active, own or shared by coordination or control; None where the tree gives none."""
    own = document.children(verb, "nsubj")
    if len(own) > 1:
        # Two subjects are an error of the reader. What follows the verb and has a verb behind it ("said *it* was late")
        # belongs to the clause; of the others the one next to the verb is nearly always right.
        own = [child for child in own if child.index < verb or not _goes_on(document, child.index)] or own
    if own:
        nearest = min(own, key=lambda child: abs(child.index - verb))
        return antecedent(document, nearest.index)
    word = document.words[verb]
    if word.head < 0 or depth > 6:
        return None
    head = document.words[word.head]
    label = word.label.split(":")[0]
    if label == "conj":
        return subject(document, head.index, depth=depth + 1) if head.upos in {"VERB", "ADJ", "AUX", "NOUN"} else None
    if label in {"xcomp", "ccomp", "advcl"}:
        return _controller(document, word, head, depth)
    if label == "acl":
        # "a man claiming …", but "his decision to ask …": the infinitive belongs to the owner.
        return owner(document, head.index) if marker_of(document, verb) == "to" else head.index
    return None


def _goes_on(document: Document, index: int) -> bool:
    """Whether a verb stands right behind the phrase of a word."""
    phrase = [each for each in document.subtree(index) if each >= index]
    last = phrase[-1] + 1
    same = last < len(document.words) and document.words[last].sentence == document.words[index].sentence
    return same and document.words[last].upos in {"VERB", "AUX"}


def _controller(document: Document, word: Word, head: Word, depth: int) -> int | None:
    label = word.label.split(":")[0]
    if label == "ccomp" and word.xpos != "VBG":
        return None
    if label == "advcl" and word.xpos in {"VBD", "VBZ", "VBP"}:
        return None
    if label == "xcomp" and head.lemma not in _SUBJECT_CONTROL and not is_passive(document, head.index):
        objects = document.children(head.index, "obj", "iobj")
        if objects:
            return antecedent(document, objects[0].index)
    if head.upos in {"VERB", "ADJ", "AUX", "NOUN"}:
        return subject(document, head.index, depth=depth + 1)
    return None


def agent(document: Document, verb: int) -> int | None:
    """Who does what the verb says: the subject, or the `by` phrase of a passive; None for a passive without one."""
    if not is_passive(document, verb):
        return subject(document, verb)
    for child in document.children(verb, "obl"):
        if case_of(document, child.index) == "by":
            return child.index
    return None


def passive_subject(document: Document, verb: int) -> int | None:
    """The subject of a passive verb, own or shared; None for an active verb."""
    return subject(document, verb) if is_passive(document, verb) else None


def owner(document: Document, noun: int, *, depth: int = 0) -> int | None:
    """Whose claim, fear or statement a noun tells of: possessor, `by` or `from` phrase, or the subject of a light verb
    ("expressed concern"), or the owner of the noun it is an `of` phrase of ("their sense of frustration")."""
    for child in document.children(noun, "nmod"):
        if child.label == "nmod:poss":
            return antecedent(document, child.index)
    for child in document.children(noun, "nmod"):
        if case_of(document, child.index) in _OWNER_CASES:
            return child.index
    word = document.words[noun]
    if word.head < 0 or depth > 3:
        return None
    head, label = document.words[word.head], word.label.split(":")[0]
    if label == "obj" and head.lemma in LIGHT_VERBS:
        return subject(document, head.index)
    if label == "nsubj" and head.lemma in LIGHT_VERBS and is_passive(document, head.index):
        return agent(document, head.index)
    if label == "conj" or (label == "nmod" and case_of(document, noun) == "of"):
        return owner(document, head.index, depth=depth + 1)
    return _modifier(document, noun)


def _modifier(document: Document, noun: int) -> int | None:
    """The name or nationality before a noun that owns it ("the Pentagon statement", "an Israeli warning")."""
    for child in document.children(noun, "compound", "amod"):
        mention = document.mention_at(child.index)
        if mention is not None and mention.kind in {"ORG", "GPE", "NORP", "PERSON"}:
            return child.index
    return None


def clause_of(document: Document, index: int) -> int:
    """The head of the clause in which the word stands, other than itself."""
    current = document.words[index].head
    while current >= 0:
        word = document.words[current]
        label = word.label
        if label == "conj" and word.upos not in {"VERB", "AUX"} and not document.children(current, "nsubj", "cop"):
            current = word.head
            continue
        if label in _CLAUSES or label.split(":")[0] in {"ccomp", "advcl", "parataxis"}:
            return current
        current = word.head
    return index


def without(document: Document, whole: int, part: int) -> list[int]:
    """The words under `whole` that are not under `part`, in order of text."""
    left_out = set(document.subtree(part))
    return [each for each in document.subtree(whole) if each not in left_out]


def runs(document: Document, indices: Iterable[int]) -> list[list[int]]:
    """The word indices cut into unbroken runs; punctuation and conjunctions at the edges of a run are dropped."""
    found: list[list[int]] = []
    for index in indices:
        if found and index == found[-1][-1] + 1:
            found[-1].append(index)
        else:
            found.append([index])
    trimmed = (_trim(document, run) for run in found)
    return [run for run in trimmed if run]


def _trim(document: Document, run: list[int]) -> list[int]:
    first, last = 0, len(run)
    words = document.words
    while first < last and (words[run[first]].upos == "PUNCT" or words[run[first]].label == "cc"):
        first += 1
    while last > first and (words[run[last - 1]].upos == "PUNCT" or words[run[last - 1]].label == "cc"):
        last -= 1
    return run[first:last]
