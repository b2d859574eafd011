"""Deep-syntax roles over a Universal Dependencies tree: who does it, what it is done to, whatever the sentence's shape.

What enters is a `Document`; what leaves are roles of a word, as `codebook/frames.py` names them, each with the
document indices of its fillers. Passives, control, relative clauses, participles, coordination, copulas and light
verbs are undone here, so that a frame says `subject` and `object` once. Nothing here knows what a word means; parser
errors are met by trying the next likely attachment, never by dropping the word.
"""

from collections.abc import Mapping

from communique.events.attachment import SUBJECT_CONTROL, Attachments
from communique.records import Document

Roles = dict[str, list[int]]

_CLAUSAL_PREPOSITIONS = frozenset({
    "of", "for", "from", "into", "by", "against", "on", "about", "with", "in", "over", "at",
})  # fmt: skip
# Nouns that say nothing but of which noun behind "of" they are a piece, a show or a feeling.
_CARRIERS = frozenset({
    "sense", "feeling", "expression", "sign", "show", "word", "series", "round", "wave", "string", "spate",
    "message", "act", "level", "number", "lot", "kind", "sort", "form", "campaign", "gesture", "statement",
    "letter", "day", "week", "hour",
})  # fmt: skip
_DEPTH = 6  # arcs that a search for a subject may climb; longer chains in news are parser errors


class Syntax:
    """The roles of every word of one document, worked out when asked for and kept.

    `light` and `light_passive` are lemmas of light verbs (with particle, "carry_out"): their noun takes their subject
    as its own subject ("launched an attack") or object ("came under attack").
    """

    def __init__(
        self, document: Document, light: frozenset[str] = frozenset(), light_passive: frozenset[str] = frozenset()
    ) -> None:
        self.document = document
        self.arcs = Attachments(document)
        self._light, self._light_passive = light, light_passive
        self._roles: dict[int, Roles] = {}
        self._surface: dict[int, list[int]] = {}

    def roles(self, index: int) -> Roles:
        """Role → indices of its fillers (first conjuncts only, nearest first) for a verb, noun or adjective."""
        found = self._roles.get(index)
        if found is None:
            word = self.document.words[index]
            self._roles[index] = found = {}  # an empty entry ends a loop of control and coordination
            if self.arcs.verbal(index):
                self._verb(index, found)
            elif word.upos == "ADJ":
                self._adjective(index, found)
            else:
                self._noun(index, found)
        return found

    def resolve(self, index: int, path: str) -> list[int]:
        """Fillers of a role, dotted roles included ("object.poss"); empty where nothing fills it."""
        head, _, rest = path.partition(".")
        found = self.roles(index).get(head, [])
        if not rest:
            return found
        deep: list[int] = []
        for each in found:
            for member in self.arcs.conjuncts(each):
                deep.extend(self.resolve(member, rest))
        return deep

    def light_verb(self, index: int) -> int | None:
        """The light verb that a noun completes ("launched" of "launched an attack"), if any."""
        word = self.document.words[self.arcs.first_conjunct(index)]
        if word.label == "nmod" and word.head >= 0 and self.document.words[word.head].lemma in _CARRIERS:
            word = self.document.words[self.arcs.first_conjunct(word.head)]  # "held a round of talks"
        label = word.label.split(":")[0]
        if word.head < 0 or label not in ("obj", "nsubj", "obl", "xcomp"):
            return None
        verb = word.head
        if not self.arcs.verbal(verb):
            return None
        key = self.arcs.light_key(verb)
        lemma = self.document.words[verb].lemma.lower()
        if label == "obl":
            case = self.arcs.case(word.index)
            return verb if case and f"{lemma}_{case}" in self._light_passive | self._light else None
        if label == "nsubj" and word.label != "nsubj:pass" and lemma not in ("occur", "happen", "erupt", "take"):
            return None
        return verb if key in self._light or lemma in self._light or key in self._light_passive else None

    # verbs

    def _verb(self, index: int, roles: Roles) -> None:
        arcs, words = self.arcs, self.document.words
        passive = arcs.passive(index)
        for child in arcs.children[index]:
            self._verb_child(index, child, roles, passive=passive)
        objects = self.arcs.child(index, "obj")
        if len(objects) > 1 and "recipient" not in roles and not passive:  # "handed the islanders six million"
            roles["recipient"] = [self.arcs.antecedent(objects[0])]
            roles["object"] = [each for each in roles["object"] if each not in roles["recipient"]] or [objects[1]]
        surface = self.surface_subject(index)
        if passive:
            self._passive(index, surface, roles)
        else:
            _add(roles, "subject", surface)
        self._gap(index, roles, passive=passive)
        self._shared_object(index, roles, passive=passive)
        if "clause" not in roles:
            self._loose_clause(index, roles)
        elif "object" not in roles and "recipient" not in roles:
            self._small_clause(index, roles)
        _add(roles, "infinitive", [each for each in roles.get("clause", []) if self.arcs.mark(each) == "to"])
        # "told X that …" may come as object or as indirect object: each stands in for the other
        if "recipient" in roles and "object" not in roles:
            roles["object"] = list(roles["recipient"])
        elif "object" in roles and "clause" in roles and "recipient" not in roles:
            roles["recipient"] = list(roles["object"])
        if "recipient" not in roles and "to" in roles and words[index].label != "amod":
            roles["recipient"] = list(roles["to"])
        elif "to" not in roles and "recipient" in roles:
            roles["to"] = list(roles["recipient"])

    def _verb_child(self, index: int, child: int, roles: Roles, *, passive: bool) -> None:
        word = self.document.words[child]
        label = word.label
        base = label.split(":")[0]
        if base == "obj":
            _add(roles, "object", [self.arcs.antecedent(child)])
        elif base == "iobj":
            _add(roles, "recipient", [self.arcs.antecedent(child)])
        elif base in ("obl", "nmod"):
            if label in ("obl:unmarked", "obl:tmod", "nmod:unmarked"):
                return
            cases = self.arcs.cases(child)
            if not cases and self.arcs.child(index, "compound"):  # "laid down their arms"
                _add(roles, "object", [child])
            for case in cases:
                role = "subject" if case == "by" and (passive or label == "obl:agent") else case
                _add(roles, role, [self.arcs.antecedent(child)])
        elif base in ("ccomp", "xcomp"):
            _add(roles, "clause", [child])
            self._for_to(child, roles)
        elif base in ("advcl", "acl"):
            self._adverbial(child, roles)

    def _adverbial(self, child: int, roles: Roles) -> None:
        """A clause behind a preposition fills it and is the clause of the verb ("accused of killing")."""
        preposition = self.arcs.case(child) or self.arcs.mark(child)
        if self._for_to(child, roles):
            _add(roles, "clause", [child])
        elif preposition in _CLAUSAL_PREPOSITIONS:
            _add(roles, preposition, [child])
            if preposition not in ("by", "with", "in"):
                _add(roles, "clause", [child])

    def _for_to(self, child: int, roles: Roles) -> bool:
        """ "called for Pakistan to act": Pakistan, and what it should do, fill `for`."""
        subject = self.arcs.own_subject(child)
        marked = any(self.document.words[each].form.lower() == "for" for each in self.arcs.child(child, "mark"))
        if subject and marked:
            _add(roles, "for", [*subject, child])
        return bool(subject and marked)

    def _passive(self, index: int, surface: list[int], roles: Roles) -> None:
        if "object" in roles and not self.arcs.child(index, "ccomp"):
            _add(roles, "recipient", surface)  # "was given aid"
        else:
            roles["object"] = surface + [each for each in roles.get("object", []) if each not in surface]
            if not roles["object"]:
                del roles["object"]
        if "by" in roles:
            _add(roles, "subject", roles["by"])
        if "subject" not in roles:  # "the visit was met by protests by students": by-phrase hung on a neighbour
            for other in roles.get("object", []):
                _add(roles, "subject", self._by_after(other, index))

    def _by_after(self, noun: int, verb: int) -> list[int]:
        """`by` phrases hung on a noun of the clause although they stand after the passive verb."""
        return [each for each in self.arcs.children[noun] if each > verb and "by" in self.arcs.cases(each)]

    def _gap(self, index: int, roles: Roles, *, passive: bool) -> None:
        """A relative clause without relativiser: its noun is the missing object ("the man police arrested")."""
        word = self.document.words[index]
        if word.label != "acl:relcl" or word.head < 0 or self.arcs.has_relativiser(index):
            return
        if "subject" in roles and "object" not in roles and not passive and word.head not in roles["subject"]:
            _add(roles, "object", [word.head])

    def _shared_object(self, index: int, roles: Roles, *, passive: bool) -> None:
        """ "attacked and killed rebels": the object after two verbs that stand side by side belongs to both."""
        if "object" in roles or passive or "clause" in roles:
            return
        word = self.document.words[index]
        if word.label == "conj" and word.head >= 0 and self.arcs.verbal(word.head) and self._adjoin(word.head, index):
            shared = [each for each in self.arcs.child(word.head, "obj") if each > index]
        else:
            shared = []
            for other in self.arcs.child(index, "conj"):
                if self.arcs.verbal(other) and self._adjoin(index, other) and not self.arcs.own_subject(other):
                    shared = self.arcs.child(other, "obj")
        _add(roles, "object", shared)

    def _adjoin(self, first: int, second: int) -> bool:
        between = self.document.words[first + 1 : second]
        return len(between) <= 4 and all(each.upos in ("CCONJ", "ADV", "PUNCT", "AUX") for each in between)

    def _loose_clause(self, index: int, roles: Roles) -> None:
        """Complements that a parser hangs elsewhere: purpose infinitives, quotations around the verb."""
        for child in self.arcs.children[index]:
            if self.document.words[child].label == "advcl" and self.arcs.mark(child) == "to":
                _add(roles, "clause", [child])
        for each in roles.get("object", []):
            for child in self.arcs.child(each, "acl"):
                if self.document.words[child].label == "acl" and self.arcs.mark(child) == "to":
                    _add(roles, "clause", [child])
        word = self.document.words[index]
        if "clause" not in roles and word.label == "parataxis" and word.head >= 0:
            _add(roles, "clause", [word.head])

    def _small_clause(self, index: int, roles: Roles) -> None:
        """ "let the hostages go", "wants Kabul to act": the doer of the inner act is also the object."""
        for each in roles["clause"]:
            word = self.document.words[each]
            if word.head != index or word.label not in ("xcomp", "ccomp") or self.arcs.finite(each):
                continue
            _add(roles, "object", [child for child in self.arcs.own_subject(each) if index < child < each])

    def take_particle(self, index: int, particle: int) -> None:
        """Undoes a reading of a verb's particle as a preposition: "called off the talks" has an object."""
        word = self.document.words[particle]
        roles = self.roles(index)
        if word.label == "case" and self.document.words[word.head].head == index:
            roles.get(word.form.lower(), []).clear()
            _add(roles, "object", [word.head])

    # subjects

    def surface_subject(self, index: int, depth: int = 0) -> list[int]:
        """The grammatical subject of a predicate, found through control, relatives, participles and conjuncts."""
        known = self._surface.get(index)
        if known is not None:
            return known
        own = [self.arcs.antecedent(each) for each in self.arcs.own_subject(index)]
        if not own and depth < _DEPTH:
            own = self._inherited(index, depth)
        self._surface[index] = own
        return own

    def _inherited(self, index: int, depth: int) -> list[int]:
        word = self.document.words[index]
        if word.head < 0:
            return []
        base = word.label.split(":")[0]
        if base in ("xcomp", "ccomp"):
            return self._controller(index, word.head, depth)
        if word.label == "acl:relcl":
            return [word.head]
        if base == "acl" and not self.arcs.verbal(word.head):
            if self.arcs.mark(index) == "to":
                return self._noun_subject(word.head) or [word.head]
            return [word.head]
        if base == "advcl" and self.arcs.mark(index) in ("of", "for", "from", "into"):  # "accused X of attacking"
            return self._controller(index, word.head, depth)
        if base in ("advcl", "acl"):
            return (
                [] if self.arcs.finite(index) and self.arcs.mark(index) else self.surface_subject(word.head, depth + 1)
            )
        if base == "conj" or (base == "parataxis" and not self.arcs.finite(index)):
            if self.arcs.verbal(word.head) or self.arcs.predicative(word.head):
                return self.surface_subject(word.head, depth + 1)
            return []
        return []

    def _controller(self, index: int, governor: int, depth: int) -> list[int]:
        if not self.arcs.verbal(governor) and not self.arcs.predicative(governor):
            return self._noun_subject(governor)
        if self.arcs.finite(index) and self.arcs.mark(index) in ("that", "because", "if", "whether"):
            return []
        lemma = self.document.words[governor].lemma
        objects = self.arcs.child(governor, "obj") + self.arcs.child(governor, "iobj")
        if objects and lemma not in SUBJECT_CONTROL and not self.arcs.passive(governor):
            persons = self.arcs.child(governor, "iobj") or objects
            return [self.arcs.antecedent(each) for each in persons]
        if lemma in ("call", "appeal", "plead", "signal", "shout", "urge"):  # "called on Iran to act"
            for child in self.arcs.child(governor, "obl"):
                if self.arcs.case(child) in ("on", "upon", "for", "to", "with") and child < index:
                    return [child]
        return self.surface_subject(governor, depth + 1)

    def _noun_subject(self, index: int) -> list[int]:
        return self.roles(index).get("subject", [])

    # nouns and adjectives

    def _noun(self, index: int, roles: Roles) -> None:
        possessors: list[int] = []
        modifiers: list[int] = []
        for child in self.arcs.children[index]:
            word = self.document.words[child]
            base = word.label.split(":")[0]
            if word.label == "nmod:poss" or (word.label == "det" and word.lemma == "whose"):
                possessors.append(self.arcs.antecedent(child))
            elif base in ("nmod", "obl") and word.label not in ("nmod:unmarked", "nmod:tmod", "obl:unmarked"):
                for case in self.arcs.cases(child):
                    _add(roles, "subject" if case == "by" else case, [self.arcs.antecedent(child)])
                    if case == "by":
                        _add(roles, "by", [child])
            elif base in ("amod", "compound") or word.label == "nmod:desc":
                modifiers.extend(self.arcs.modifiers(child))
            elif base == "acl" and word.label != "acl:relcl":
                self._noun_clause(child, roles)
            elif base in ("ccomp", "xcomp", "advcl") and not self.arcs.predicative(index):
                _add(roles, "clause", [child])
            elif base == "nsubj" and self.arcs.predicative(index):
                _add(roles, "topic", [self.arcs.antecedent(child)])
        _add(roles, "poss", possessors)
        _add(roles, "mod", modifiers)
        self._noun_from_neighbour(index, roles)
        _add(roles, "subject", possessors)
        _add(roles, "subject", [each for each in modifiers if self._names(each)])
        if "of" in roles:
            _add(roles, "object", roles["of"])
        self._from_light_verb(index, roles)

    def _noun_clause(self, child: int, roles: Roles) -> None:
        mark = self.arcs.mark(child)
        if mark in ("to", "that", None) and not (mark is None and self.document.words[child].xpos in ("VBN", "VBG")):
            _add(roles, "clause", [child])
        elif mark not in ("to", "that", None):
            _add(roles, str(mark), [child])
        elif self.document.words[child].xpos == "VBN":  # "talks sponsored by Egypt" leaves its agent to the participle
            return

    def _noun_from_neighbour(self, index: int, roles: Roles) -> None:
        """Conjoined nouns share what stands before the first ("its meetings and talks"), and so does a noun with the
        one that only carries it ("its sense of frustration")."""
        word = self.document.words[index]
        if word.head < 0 or self.arcs.verbal(word.head):
            return
        carried = word.label == "nmod" and self.document.words[word.head].lemma in _CARRIERS
        if word.label != "conj" and not (carried and self.arcs.case(index) == "of"):
            return
        self._take_over(word.head, roles)

    def _take_over(self, other: int, roles: Roles) -> None:
        above = self.roles(other)
        for role in ("poss", "mod", "subject"):
            if role not in roles:
                _add(roles, role, above.get(role, []))

    def _names(self, index: int) -> bool:
        mention = self.document.mention_at(index)
        word = self.document.words[index]
        return word.upos == "PROPN" or word.form[:1].isupper() or mention is not None

    def _from_light_verb(self, index: int, roles: Roles) -> None:
        verb = self.light_verb(index)
        if verb is None:
            return
        above = self.roles(verb)
        key = self.arcs.light_key(verb)
        lemma = self.document.words[verb].lemma.lower()
        word = self.document.words[self.arcs.first_conjunct(index)]
        undergoes = key in self._light_passive or f"{lemma}_{self.arcs.case(word.index)}" in self._light_passive
        subject = [each for each in above.get("subject", []) if each != index and each != word.index]
        if undergoes:
            roles["object"] = subject + [each for each in roles.get("object", []) if each not in subject]
        else:
            own_agent = roles.get("by", [])
            rest = [each for each in roles.get("subject", []) if each not in subject and each not in own_agent]
            roles["subject"] = [*own_agent, *subject, *rest]
        for role, fillers in above.items():
            if role not in ("subject", "object", "clause", "purpose") and role not in roles:
                _add(roles, role, [each for each in fillers if each not in (index, word.index)])
        if "clause" not in roles:
            _add(roles, "clause", above.get("clause", []))
        for empty in [role for role, fillers in roles.items() if not fillers]:
            del roles[empty]

    def _adjective(self, index: int, roles: Roles) -> None:
        for child in self.arcs.children[index]:
            word = self.document.words[child]
            base = word.label.split(":")[0]
            if base in ("obl", "nmod") and word.label not in ("obl:unmarked", "nmod:unmarked"):
                for case in self.arcs.cases(child):
                    _add(roles, case, [self.arcs.antecedent(child)])
            elif base in ("ccomp", "xcomp") or (base == "advcl" and self.arcs.mark(child) == "to"):
                _add(roles, "clause", [child])
        word = self.document.words[index]
        if word.label == "amod":
            _add(roles, "subject", [word.head])
        else:
            _add(roles, "subject", self.surface_subject(index))


def _add(roles: Roles, role: str, fillers: list[int]) -> None:
    """Appends fillers to a role without doubles; leaves no empty role behind."""
    if not fillers:
        return
    held = roles.setdefault(role, [])
    for each in fillers:
        if each not in held:
            held.append(each)


def filled(roles: Mapping[str, list[int]], role: str) -> bool:
    """Whether a role has a filler."""
    return bool(roles.get(role))
