"""Arcs that English grammar rules out, moved to where they most likely belong.

A parser is wrong in a few ways that a rule sees at once. What enters is a document as read; what leaves is the same
document where nothing was found, else one with better arcs. Only these mistakes are mended, each decided by word order:

1. a second subject behind an active verb is its object ("will be urging Kabul to act"), or the subject of the verb of
   saying that follows it ("Kabul attacked, the ministry said");
2. the first of two subjects of a verb of saying is the subject of what is said ("Gates thanked them, Morrell said");
3. a subject between a verb of asking and a bare infinitive or participle is the verb's object, and an infinitive behind
   that participle is what is asked ("asked leaders taking part in the talks to act");
4. a bare infinitive joined by "and" to a finite verb belongs to the infinitive between them ("asked them to speed up
   and act");
5. no object stands behind a later verb that has words of its own behind it, and no name goes on into one ("they met the
   king when he met the queen at the palace": the queen is whom he met).
"""

from collections.abc import Mapping
from dataclasses import replace

from communique.records import Document, Word

_NEAR = 8  # words between a speaker and his verb of saying
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_INVERTING = frozenset({"say", "ask", "add", "tell", "be", "come", "go", "warn", "write", "insist", "stand", "lie"})
_SAYING = frozenset(
    {"say", "add", "tell", "report", "announce", "state", "note", "explain", "write", "claim", "insist"}
)
_OF = frozenset({"accuse", "suspect", "blame", "prevent", "stop", "keep", "charge", "convict", "thank", "praise"})
_ASKING = frozenset({
    "ask", "urge", "tell", "order", "want", "press", "warn", "advise", "invite", "encourage", "force", "allow", "help",
    "persuade", "instruct", "require", "request", "expect", "remind", "implore", "beg", "compel", "permit", "enable",
})  # fmt: skip


def repaired(document: Document) -> Document:
    """The document with mended arcs; the very same object where there is nothing to mend."""
    changes: dict[int, tuple[int, str]] = {}
    for word in document.words:
        if word.label == "nsubj":
            _second_subject(document, word, changes)
            _first_subject(document, word, changes)
            _asked_subject(document, word, changes)
        elif word.label in ("obj", "iobj") and word.head >= 0:
            _asked_act(document, word, changes)
            _far_object(document, word, changes)
        elif (word.label == "flat" and word.head > word.index) or (
            word.label == "compound" and -1 < word.head < word.index
        ):
            _stray_name(document, word, changes)
        elif word.label == "conj" and word.xpos == "VB":
            _joined_infinitive(document, word, changes)
    return _with(document, changes) if changes else document


def _second_subject(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    verb = document.words[word.head]
    if word.index < verb.index or verb.upos != "VERB" or verb.lemma in _INVERTING:
        return
    before = [each for each in document.children(verb.index, "nsubj") if each.index < verb.index]
    speaking = _speaking_verb(document, word, verb)
    if before and speaking is not None:
        changes[word.index] = speaking, "nsubj"
    elif before and before[0].label != "nsubj:pass" and not document.children(verb.index, "obj"):
        changes[word.index] = verb.index, "obj"


def _speaking_verb(document: Document, word: Word, verb: Word) -> int | None:
    """A verb without subject behind the word that governs, or hangs on, the verb that the word was taken for."""
    last = document.sentence_of(word.index).last
    for each in document.words[word.index + 1 : min(last, word.index + _NEAR)]:
        if each.xpos in _FINITE and each.upos == "VERB" and (each.head == verb.index or verb.head == each.index):
            return None if document.children(each.index, "nsubj") else each.index
    return None


def _asked_subject(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    clause = document.words[word.head]
    if clause.head < 0 or clause.label not in ("advcl", "ccomp", "xcomp", "acl") or clause.xpos not in ("VB", "VBG"):
        return
    verb = document.words[clause.head]
    if verb.lemma not in _ASKING | _OF or not verb.index < word.index < clause.index:
        return
    if document.children(verb.index, "obj", "iobj") or any(
        each.index < word.index for each in document.children(clause.index, "mark", "aux")
    ):
        return
    changes[word.index] = verb.index, "obj"
    if clause.xpos == "VBG" and verb.lemma in _ASKING:
        changes[clause.index] = word.index, "acl"


def _first_subject(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    verb = document.words[word.head]
    if word.index > verb.index or verb.lemma not in _SAYING:
        return
    said = [
        each for each in document.children(verb.index, "ccomp", "parataxis")
        if word.index < each.index < verb.index and not document.children(each.index, "nsubj")
    ]  # fmt: skip
    later = [each for each in document.children(verb.index, "nsubj") if each.index > word.index]
    if said and later and later[0].index > said[0].index:
        changes[word.index] = said[0].index, "nsubj"


def _asked_act(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    verb = document.words[word.head]
    if verb.lemma not in _ASKING or word.index < verb.index or document.children(verb.index, "xcomp", "ccomp"):
        return
    for part in document.children(word.index, "acl"):
        if part.xpos == "VBG":
            for each in document.children(part.index, "advcl", "xcomp"):
                if each.xpos == "VB" and document.children(each.index, "mark"):
                    changes[each.index] = verb.index, "xcomp"


def _far_object(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    for index in range(word.head + 1, word.index):
        inner = document.words[index]
        if inner.xpos not in _FINITE or inner.upos != "VERB" or document.children(index, "obj", "ccomp", "xcomp"):
            continue
        if any(each.index > word.index for each in document.children(index)):
            changes[word.index] = index, "obj"
            return


def _stray_name(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    """A name attached on the wrong side of a verb or "and": it is an object, or goes on the name before it."""
    between = document.words[min(word.index, word.head) + 1 : max(word.index, word.head)]
    if not any(each.upos in ("VERB", "CCONJ") for each in between):
        return
    before = document.words[word.index - 1] if word.index else word
    if before.upos == "PROPN" and before.head not in (word.index, word.head) and before.index != word.index:
        changes[word.index] = before.index, "flat"
        return
    for index in range(word.index - 1, document.sentence_of(word.index).first - 1, -1):
        if document.words[index].upos == "VERB":
            changes[word.index] = index, "obj"
            return


def _joined_infinitive(document: Document, word: Word, changes: dict[int, tuple[int, str]]) -> None:
    head = document.words[word.head] if word.head >= 0 else None
    if head is None or head.xpos not in _FINITE or document.children(word.index, "aux", "mark", "nsubj"):
        return
    between = [
        each for each in document.children(head.index, "xcomp", "advcl")
        if head.index < each.index < word.index and each.xpos == "VB"
    ]  # fmt: skip
    if between:
        changes[word.index] = between[-1].index, "conj"


def _with(document: Document, changes: Mapping[int, tuple[int, str]]) -> Document:
    """The document with the changes made in turn; one that would close a circle, after those before it, is left out."""
    words = list(document.words)
    for index, (head, label) in changes.items():
        above = head
        while above not in (index, -1):
            above = words[above].head
        if above == -1:
            words[index] = replace(words[index], head=head, label=label)
    return Document(
        document.article, tuple(words), document.sentences, document.mentions, document.signs, document.antecedents
    )
