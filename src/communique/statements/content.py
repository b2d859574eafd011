"""Where a cue keeps its content: the slots of the lexicon, looked up in the dependency tree.

Takes a document, a cue word and its use; gives the words of the content and how they were found. Quotations are not
looked at here: see `quotations`.
"""

from dataclasses import dataclass, replace

from communique.records import Document, Word
from communique.statements.lexicon import Cue
from communique.statements.surface import is_subordinator
from communique.statements.syntax import (
    antecedent,
    case_of,
    clause_of,
    marker_of,
    passive_subject,
    without,
)

# Objects that carry no content by themselves.
_EMPTY = frozenset({
    "anything", "everything", "i", "it", "more", "much", "nothing", "so", "something", "that", "these", "this",
    "those", "what", "which", "who", "whom", "you",
})  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ABOUT = frozenset({"who", "whose", "which", "whom"})
_SPEECH_PARTS = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON", "ADV", "NUM", "INTJ"})


@dataclass(frozen=True, slots=True)
class Filled:
    """Content in the tree: its words in order of text, the `rule` that found it ("clause", "fronted", "object" …),
    and the preposition that belongs to the cue ("called *for*"), if any. The rules "object" and "prepositional" give
    mere noun phrases."""

    words: tuple[int, ...]
    rule: str
    preposition: int | None = None


def filled(document: Document, cue_word: int, cue: Cue) -> Filled | None:
    """The content of one use of a cue: its first slot that the sentence fills, or None."""
    sites = [cue_word, *companions(document, cue_word, cue)]
    for slot in cue.content:
        if slot == "quote":
            continue
        for site in sites:
            found = _slot(document, site, cue_word, cue, slot)
            if found is not None:
                return found
        if slot == "clause" and cue.reports:
            fronted = _fronted(document, cue_word, cue)
            if fronted is not None:
                return fronted
    return None


def companions(document: Document, cue_word: int, cue: Cue) -> list[int]:
    """The word that completes a cue of two words ("take *issue*"), as a list of none or one."""
    if cue.companion is None:
        return []
    return [child.index for child in document.children(cue_word) if cue.companion in {child.lemma, child.form.lower()}]


def _slot(document: Document, site: int, cue_word: int, cue: Cue, slot: str) -> Filled | None:
    if slot == "clause":
        return _clause(document, site, cue)
    if slot == "infinitive":
        return _infinitive(document, site, cue)
    if slot == "gerund":
        return _gerund(document, site)
    if slot == "object":
        return _object(document, site, cue)
    if slot.startswith("object."):
        return _object_with(document, site, slot.partition(".")[2])
    return _prepositional(document, site, slot)


def _clause(document: Document, site: int, cue: Cue) -> Filled | None:
    clauses = [
        child
        for child in document.children(site, "ccomp", "advcl")
        if (child.label.startswith("ccomp") and marker_of(document, child.index) != "to" and child.xpos != "VBG")
        or (cue.tag == "verb" and _opened_by_that(document, child, site))
    ]
    for child in clauses:
        if child.index > site and not _about_speaker(document, child.index, site):
            found = _with_subject(document, site, _under(document, child.index, "clause", site))
            return _from_object(document, site, found) if cue.tag == "verb" and _takes_no_object(cue) else found
    for child in clauses:
        # A clause before the cue is reported only if the sentence begins with it ("Talks failed, he said").
        words = set(document.subtree(child.index))
        for other in document.children(site, "nsubj"):
            # The first of two subjects of "said" is that of the reported clause.
            if other.index < child.index:
                words.update(document.subtree(other.index))
        if min(words) <= document.sentence_of(site).first + 1:
            return Filled(tuple(sorted(words)), "clause")
    if cue.tag == "noun":
        for child in document.children(site, "acl"):
            if marker_of(document, child.index) in {"that", "whether", "if"} and _own_subject(document, child, site):
                return _under(document, child.index, "clause", site)
        return None
    if cue.tag == "adj":
        for child in document.children(site, "advcl", "csubj"):
            if marker_of(document, child.index) == "that":
                return _under(document, child.index, "clause", site)
        return None
    return _juxtaposed(document, site)


def _opened_by_that(document: Document, clause: Word, site: int) -> bool:
    """Whether an adverbial clause after a verb begins with "that" alone ("told him at length *that* …"): the reader
    took a report for a reason."""
    first = document.subtree(clause.index)[0]
    alone = document.words[first - 1].form.lower() not in {"so", "now", "such"}
    return first > site and document.words[first].form.lower() == "that" and alone


def _about_speaker(document: Document, clause: int, site: int) -> bool:
    """Whether a clause after a cue is no report but tells of the speaker just named: "said Reyes, *whose* …"."""
    first = next((each for each in document.subtree(clause) if each > site and document.words[each].upos != "PUNCT"), 0)
    opens = document.words[first].form.lower() in _ABOUT and document.words[first - 1].form == ","
    return opens and first > site + 2


def _takes_no_object(cue: Cue) -> bool:
    return not any(slot.startswith("object") for slot in (*cue.content, *cue.addressee))


def _with_subject(document: Document, site: int, found: Filled) -> Filled:
    """The clause with its subject, where the tree gave it to the cue as a second one ("Reyes said *talks* failed")."""
    own = document.children(site, "nsubj")
    lost = [each for each in own if site < each.index < found.words[0]]
    if len(own) < 2 or not lost:
        return found
    first = max(document.subtree(lost[0].index)[0], site + 1)
    return replace(found, words=tuple(range(first, found.words[-1] + 1)))


def _from_object(document: Document, site: int, found: Filled) -> Filled:
    """The clause with what was read as the object of "said" but can only be the clause's subject."""
    objects = [each for each in document.children(site, "obj", "iobj") if site < each.index < found.words[0]]
    if not objects:
        return found
    first = document.subtree(objects[0].index)[0]
    return replace(found, words=tuple(range(max(first, site + 1), found.words[-1] + 1)))


def _own_subject(document: Document, clause: Word, noun: int) -> bool:
    """Whether a clause under a noun has a subject of its own, so that its "that" is no relative pronoun."""
    subjects = document.children(clause.index, "nsubj", "csubj", "expl")
    return any(antecedent(document, each.index) != noun for each in subjects) or bool(
        subjects and clause.label == "acl"
    )


def _juxtaposed(document: Document, site: int) -> Filled | None:
    """A main clause set beside the verb after a colon or comma ("He said: the plan is dead")."""
    for child in document.children(site, "parataxis"):
        if child.index < site:
            continue
        inside = [each for each in document.subtree(child.index) if document.words[each].upos != "PUNCT"]
        before = document.words[inside[0] - 1].form if inside and inside[0] else ""
        if before in {":", ","} and document.children(child.index, "nsubj", "cop"):
            return _under(document, child.index, "clause", site)
    return None


def _fronted(document: Document, verb: int, cue: Cue) -> Filled | None:
    """The sentence that a parenthesis reports: "Talks failed, he said"; "As he said, talks failed"."""
    word = document.words[verb]
    if word.head < 0:
        return None
    if word.label.startswith("parataxis"):
        return _reported(document, word, tells="object" in cue.addressee)
    own = document.children(verb, "obj", "ccomp", "xcomp")
    if not cue.attitude and word.label.startswith("advcl") and marker_of(document, verb) == "as" and not own:
        words = without(document, word.head, verb)
        return Filled(tuple(words), "fronted")
    return None


def _reported(document: Document, word: Word, *, tells: bool) -> Filled | None:
    """The clause that the parenthesis `word` hangs from, without the parenthesis; `tells`: an object is who is told."""
    if document.children(word.index, "ccomp", "xcomp") or (document.children(word.index, "obj") and not tells):
        return None
    own = document.subtree(word.index)
    clause = document.words[word.head]
    while clause.label == "conj" and clause.head >= 0:
        clause = document.words[clause.head]
    words = without(document, clause.index, word.index)
    before = [each for each in words if each < own[0]]
    if not before or document.words[own[0] - 1].form in {":", ";"} or not _tells(document, words):
        return None
    if document.words[clause.index].index > word.index and len(before) < 3:
        return None
    return Filled(tuple(words), "fronted")


def _tells(document: Document, words: list[int]) -> bool:
    """Whether the words have a verb at all: a dateline reports nothing."""
    return any(document.words[each].upos in {"VERB", "AUX"} for each in words)


def _infinitive(document: Document, site: int, cue: Cue) -> Filled | None:
    labels = ("acl",) if cue.tag == "noun" else ("xcomp", "advcl") if cue.tag == "adj" else ("xcomp", "ccomp", "advcl")
    for child in document.children(site, *labels):
        if cue.tag == "verb" and child.label == "advcl" and (not cue.addressee or child.index < site):
            continue
        if marker_of(document, child.index) == "to" or _has_to(document, child):
            return _under(document, child.index, "infinitive", site)
    return _within_object(document, site) if cue.tag == "verb" and "object" in cue.addressee else None


def _within_object(document: Document, site: int) -> Filled | None:
    """What somebody is asked to do, where it hangs on the one who is asked ("asked those present *to leave*")."""
    for target in document.children(site, "obj", "iobj"):
        for below in document.children(target.index, "acl"):
            for child in [below, *document.children(below.index, "xcomp", "advcl")]:
                if child.index > site and _has_to(document, child):
                    return _under(document, child.index, "infinitive", site)
    return None


def _has_to(document: Document, word: Word) -> bool:
    return any(child.form.lower() == "to" and child.upos == "PART" for child in document.children(word.index))


def _gerund(document: Document, site: int) -> Filled | None:
    for child in document.children(site, "xcomp", "ccomp"):
        if child.xpos == "VBG" and not _has_to(document, child):
            return _under(document, child.index, "gerund", site)
    return None


def _object(document: Document, site: int, cue: Cue) -> Filled | None:
    target = _direct_object(document, site)
    if target is None or target.form.lower() in _EMPTY:
        return None
    if cue.needs and target.lemma not in cue.needs:
        return None
    found = _under(document, target.index, "object", site)
    if target.index < site:
        return found
    return replace(found, words=(*found.words, *_completing(document, found.words[-1], site)))


def _completing(document: Document, last: int, site: int) -> tuple[int, ...]:
    """What completes a noun right after it but hangs on the verb: "stressed the need *to act*"."""
    for child in document.children(site, "advcl", "xcomp", "obl"):
        below = document.subtree(child.index)
        if below[0] == last + 1 and (_has_to(document, child) or case_of(document, child.index) == "of"):
            return tuple(below)
    return ()


def _direct_object(document: Document, site: int) -> Word | None:
    objects = document.children(site, "obj") or document.children(site, "iobj")
    if objects:
        return objects[0]
    passive = passive_subject(document, site)
    return None if passive is None else document.words[passive]


def _object_with(document: Document, site: int, kind: str) -> Filled | None:
    target = _direct_object(document, site)
    if target is None:
        return _small_clause(document, site) if kind == "predicate" else None
    extension = _extension(document, site, target, kind)
    if extension is None:
        return None
    rule = _completion(document, extension, kind)
    if rule == "gerund" and kind != "gerund" and extension > site:
        # "accused Kigali *of arming the rebels*": who is accused is told beside what of.
        cases = {child.index for child in document.children(extension, "case", "mark")}
        own = [each for each in document.subtree(extension) if each not in cases]
        return Filled(tuple(_without_new_clause(document, extension, own)), rule)
    words = set(document.subtree(extension)) | set(document.subtree(target.index))
    if antecedent(document, target.index) != target.index or target.index not in words:
        words = set(document.subtree(extension))
    words -= set(_outside(document, target.index, site))
    if target.index > site:
        words = {each for each in words if each > site}
        words = set(range(min(words), max(words) + 1)) if words else words
    return Filled(tuple(sorted(words)), rule)


def _without_new_clause(document: Document, index: int, words: list[int]) -> list[int]:
    """The words under an infinitive or participle without a finite clause with a subject of its own that the tree joins
    to it ("urged them to stop, *and Turkey has let in* 2,000"): nobody asks for that."""
    for child in document.children(index, "conj"):
        finite = child.xpos in _FINITE or any(
            each.xpos in _FINITE for each in document.children(child.index, "aux", "cop")
        )
        if child.index > index and finite and document.children(child.index, "nsubj"):
            first = document.subtree(child.index)[0]
            words = [each for each in words if each < first]
    return _without_comment(document, words)


def _without_comment(document: Document, words: list[int]) -> list[int]:
    """The words without the reporter's remark on all of them at their end (", *a charge that Kigali denies*")."""
    for place, index in enumerate(words):
        noun = document.words[index]
        if noun.label not in {"appos", "parataxis"} or noun.upos != "NOUN" or not document.children(index, "acl"):
            continue
        first = next(each for each in document.subtree(index) if document.words[each].upos != "PUNCT")
        if document.words[first].form.lower() in {"a", "an"} and document.words[first - 1].form == ",":
            return [each for each in words[:place] if each < first - 1]
    return words


def _condition(document: Document, cue_word: int, last: int) -> list[int]:
    """The words of a condition right behind an infinitive that the tree hangs on the cue ("vowed to strike *unless
    wages were paid*")."""
    for child in document.children(cue_word, "advcl"):
        below = document.subtree(child.index)
        if below[0] == last + 1 and document.words[below[0]].form.lower() in {"if", "unless", "until"}:
            return below
    return []


def _completion(document: Document, extension: int, kind: str) -> str:
    """The rule of an object with a completion: a clause of its own ("of *spying*") or a noun phrase still."""
    if kind in {"infinitive", "gerund", "predicate"}:
        return kind
    return "gerund" if document.words[extension].xpos == "VBG" and kind != "predicate" else "object"


def _small_clause(document: Document, site: int) -> Filled | None:
    """A predicate that holds its own subject: "called the charges unfounded"."""
    for child in document.children(site, "xcomp", "ccomp"):
        if child.upos in {"NOUN", "ADJ", "PROPN"} and child.index > site and document.children(child.index, "nsubj"):
            return _under(document, child.index, "predicate", site)
    return None


def _outside(document: Document, target: int, site: int) -> list[int]:
    """Words under the object that belong to the cue's own clause (the object of a participle governs the cue)."""
    return document.subtree(site) if site in document.subtree(target) else []


def _extension(document: Document, site: int, target: Word, kind: str) -> int | None:
    """The word whose phrase completes the object under `kind`, or None."""
    objects = document.children(site, "obj", "iobj")
    if kind == "predicate" and len(objects) > 1:
        return objects[-1].index
    for child in document.children(site, "xcomp", "ccomp", "obl", "advcl", "nmod"):
        preposition = case_of(document, child.index)
        if (
            kind == "predicate"
            and child.label == "xcomp"
            and not preposition
            and child.upos in {"NOUN", "ADJ", "PROPN"}
        ):
            return child.index
        if kind == "infinitive" and child.label in {"xcomp", "ccomp"} and _has_to(document, child):
            return child.index
        if kind == "gerund" and child.label in {"xcomp", "ccomp"} and child.xpos == "VBG" and not preposition:
            return child.index
        if preposition == kind and child.index > target.index:
            return child.index
    for child in document.children(target.index, "nmod", "acl"):
        if case_of(document, child.index) == kind:
            return child.index
    return None


def _prepositional(document: Document, site: int, preposition: str) -> Filled | None:
    for child in document.children(site, "obl", "nmod", "advcl", "acl", "xcomp", "ccomp"):
        if child.label == "nmod:poss":
            continue
        case = next((each for each in document.children(child.index, "case", "mark")), None)
        if case is None or case.form.lower() != preposition or case.upos == "PART" or child.index < site:
            continue
        words = [each for each in document.subtree(child.index) if each != case.index]
        if child.form.lower() in _EMPTY and len(words) == 1:
            continue
        if child.upos not in _SPEECH_PARTS or _is_time(document, child.index):
            continue
        words.extend(_completing(document, words[-1], site))
        rule = "gerund" if child.xpos == "VBG" else "prepositional"
        words = _without_new_clause(document, child.index, words) if rule == "gerund" else words
        return Filled(tuple(words), rule, case.index)
    return None


def _is_time(document: Document, index: int) -> bool:
    mention = document.mention_at(index)
    return mention is not None and mention.kind in {"DATE", "TIME", "DURATION"}


def _under(document: Document, index: int, rule: str, cue_word: int) -> Filled:
    """The words under a complement, without its "that".

    What follows the cue is one stretch: words between its parts that hang elsewhere are the reader's errors, and so are
    words before the cue. Clauses that hang on the cue beside the first ("said that … and that …") belong to it.
    """
    words = document.subtree(index)
    if index > cue_word and rule in {"clause", "infinitive"}:
        for other in _siblings(document, index, rule, cue_word):
            words = sorted({*words, *document.subtree(other)})
        words = [each for each in words if each > cue_word]
        if rule == "infinitive":
            words = [*_without_new_clause(document, index, words), *_condition(document, cue_word, words[-1])]
        opened = document.words[cue_word + 1].form.lower() == "that" and rule == "clause"
        words = list(range(cue_word + 1 if opened else words[0], words[-1] + 1))
    if len(words) > 1 and is_subordinator(document.words[words[0]], document.words[words[1]]):
        words = words[1:]
    return Filled(tuple(words), rule)


def _siblings(document: Document, index: int, rule: str, cue_word: int) -> list[int]:
    """Further complements that the tree hangs on the cue: second clauses, and bare infinitives as its conjuncts."""
    cue = document.words[cue_word]
    found = []
    for child in document.children(cue_word, "ccomp", "conj"):
        if child.index <= index:
            continue
        that = marker_of(document, child.index) == "that"
        clause = that or (child.label == "ccomp" and child.xpos != "VBG")
        bare = child.label == "conj" and child.xpos == "VB" and cue.xpos != "VB"
        if clause if rule == "clause" else bare:
            found.append(child.index)
    return found


def sentence_around(document: Document, phrase: int) -> Filled:
    """What a phrase such as "according to X" reports: its clause without the phrase itself."""
    clause = clause_of(document, phrase)
    own, sentence = document.subtree(phrase), document.sentence_of(phrase)
    last = sentence.last - 1 if document.words[sentence.last - 1].upos != "PUNCT" else sentence.last - 2
    if own[0] == sentence.first or own[-1] >= last:
        # At the edge of the sentence the phrase reports all of it, wherever the reader hung it.
        clause = next((word.index for word in document.ancestors(phrase) if word.head < 0), clause)
    words = () if clause == phrase else tuple(without(document, clause, phrase))
    that = {
        child.index for child in document.children(clause, "mark", "cc") if child.form.lower() in {"that", "and", "but"}
    }
    return Filled(tuple(each for each in words if each not in that), "phrase")
