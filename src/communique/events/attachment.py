"""What hangs on what: small questions to the dependency tree that the roles of `syntax.py` are built from."""

from communique.records import Document

# Verbs of whose infinitive the subject, not the object, is the doer: "promised Kabul to withdraw".
SUBJECT_CONTROL = frozenset({"promise", "vow", "pledge", "threaten", "swear", "offer", "use", "need", "take", "spend"})

_RELATIVISERS = frozenset({"who", "whom", "which", "that", "whose"})
_PARTICLE_CASES = frozenset(
    {"up", "out", "down", "back", "off", "away", "along", "together", "ahead", "over", "inside"}
)
_BE = frozenset({"aux", "aux:pass", "cop"})


class Attachments:
    """Children, prepositions, marks and voices of the words of one document, by document index."""

    def __init__(self, document: Document) -> None:
        self.words = document.words
        self.children: list[list[int]] = [[] for _ in document.words]
        for word in document.words:
            if word.head >= 0:
                self.children[word.head].append(word.index)

    def child(self, index: int, base: str) -> list[int]:
        """Dependents whose label is `base` or a subtype of it."""
        words = self.words
        return [each for each in self.children[index] if words[each].label.split(":")[0] == base]

    def verbal(self, index: int) -> bool:
        """Whether the word is a main verb (a copula or auxiliary is not)."""
        word = self.words[index]
        return word.upos == "VERB" or (word.upos == "AUX" and word.label.split(":")[0] not in ("aux", "cop"))

    def predicative(self, index: int) -> bool:
        """Whether the word has a copula, or a subject of its own although it is no verb."""
        return any(self.words[each].label in ("cop", "nsubj", "nsubj:outer") for each in self.children[index])

    def finite(self, index: int) -> bool:
        """Whether the clause of this predicate has a finite verb."""
        if self.words[index].xpos in ("VBD", "VBZ", "VBP"):
            return True
        return any(
            self.words[each].label in _BE and self.words[each].xpos in ("VBD", "VBZ", "VBP", "MD")
            for each in self.children[index]
        )

    def mark(self, index: int) -> str | None:
        """The subordinating word of a clause, lower case ("to", "that", "if"; "to" for "in order to"), if any."""
        found: str | None = None
        for each in self.children[index]:
            if self.words[each].label == "mark":
                form = self.words[each].form.lower()
                if found is None or form == "to":
                    found = form
        if found is None and self.words[index].xpos == "VB" and index and self.words[index - 1].form.lower() == "to":
            return "to"
        return found

    def cases(self, index: int) -> list[str]:
        """The prepositions of a phrase, lower case: one, or two for "out of"; empty for a bare phrase."""
        first: list[str] = []
        for each in self.children[index]:
            if self.words[each].label == "case" and self.words[each].upos != "PART":
                form = self.words[each].form.lower()
                tail = [
                    self.words[deep].form.lower() for deep in self.children[each] if self.words[deep].label == "fixed"
                ]
                first.append(" ".join([form, *tail]) if tail else form)
        if not first:
            conjunct = self.words[index]
            if conjunct.label == "conj" and conjunct.head >= 0:
                return self.cases(conjunct.head)
            return []
        return first if first[0] in _PARTICLE_CASES else first[:1]

    def case(self, index: int) -> str | None:
        """The (first) preposition of a phrase, or None."""
        return next(iter(self.cases(index)), None)

    def own_subject(self, index: int) -> list[int]:
        """Grammatical subjects that hang on the predicate itself, expletives left out."""
        labels = ("nsubj", "nsubj:pass", "nsubj:outer")
        return [each for each in self.children[index] if self.words[each].label in labels]

    def passive(self, index: int) -> bool:
        """Whether a verb is passive: by its auxiliary or subject, as a bare participle, or as conjunct of a passive."""
        word = self.words[index]
        if word.xpos not in ("VBN", "VBD"):
            return any(self.words[each].label in ("aux:pass", "nsubj:pass") for each in self.children[index])
        auxiliary = False
        for each in self.children[index]:
            label = self.words[each].label
            if label in ("aux:pass", "nsubj:pass", "obl:agent"):
                return True
            auxiliary = auxiliary or label == "aux"
        if word.xpos != "VBN" or auxiliary:
            return False
        base = word.label.split(":")[0]
        if base in ("acl", "advcl", "amod", "xcomp", "root", "ccomp", "parataxis"):
            return not self.own_subject(index) or base in ("amod", "xcomp")
        if base == "conj" and word.head >= 0:
            return self.passive(word.head) and not self.own_subject(index)
        return False

    def antecedent(self, index: int) -> int:
        """The noun that a relative pronoun stands for; any other word is its own antecedent."""
        word = self.words[index]
        if word.lemma.lower() not in _RELATIVISERS or word.upos not in ("PRON", "DET", "SCONJ"):
            return index
        at = index
        while self.words[at].head >= 0:
            if self.words[at].label == "acl:relcl":
                return self.words[at].head
            at = self.words[at].head
        return index

    def has_relativiser(self, index: int) -> bool:
        """Whether a relative clause has its pronoun, in any role."""
        for each in self.children[index]:
            word = self.words[each]
            if word.lemma.lower() in _RELATIVISERS and word.upos in ("PRON", "DET"):
                return True
            if any(self.words[deep].lemma.lower() in _RELATIVISERS and self.words[deep].upos in ("PRON", "DET")
                   and self.words[deep].label == "nmod:poss" for deep in self.children[each]):  # fmt: skip
                return True
        return False

    def first_conjunct(self, index: int) -> int:
        """The first member of the coordination in which the word stands; the word itself without one."""
        at = index
        while self.words[at].label == "conj" and self.words[at].head >= 0:
            at = self.words[at].head
        return at

    def conjuncts(self, index: int) -> list[int]:
        """The word and the words coordinated with it, in order of text."""
        found = [index]
        for each in self.children[index]:
            if self.words[each].label == "conj" and not (self.verbal(each) and not self.verbal(index)):
                found.extend(self.conjuncts(each))
        return found

    def particle(self, index: int, particle: str) -> int | None:
        """The word that completes a predicate ("off" of "called off", "hunger" of "hunger strike"), if any."""
        for each in self.children[index]:
            word = self.words[each]
            if word.label in ("compound:prt", "compound", "amod", "advmod", "fixed", "flat") and (
                word.lemma.lower() == particle or word.form.lower() == particle
            ):
                return each
        after = index + 1
        if after < len(self.words) and self.words[after].form.lower() == particle and (
            self.words[after].upos in ("ADP", "ADV", "PART", "ADJ", "NOUN")
        ):  # fmt: skip
            return after
        return None

    def hyphenated(self, index: int) -> str | None:
        """The hyphenated word of which this word is the head ("sit-in", "cease-fire"), lower case, or None."""
        for first in (index, index - 2):
            if first < 0 or first + 2 >= len(self.words) or self.words[first + 1].form not in ("-", "‐", "–"):
                continue
            one, hyphen, two = self.words[first : first + 3]
            if one.span.end == hyphen.span.start and hyphen.span.end == two.span.start:
                other = two if first == index else one
                if other.head != index and self.words[index].head == other.index:
                    continue
                return f"{one.form.lower()}-{two.lemma.lower()}"
        return None

    def light_key(self, index: int) -> str:
        """The lemma of a verb with its particle, as the class `$light` spells it ("carry_out")."""
        lemma = self.words[index].lemma.lower()
        for each in self.children[index]:
            if self.words[each].label == "compound:prt":
                return f"{lemma}_{self.words[each].form.lower()}"
        return lemma

    def modifiers(self, index: int) -> list[int]:
        """A modifier and the name inside it: "US-led" modifies by "US"."""
        word = self.words[index]
        inner = [
            each for each in self.children[index]
            if self.words[each].label.split(":")[0] in ("compound", "obl", "nmod", "amod", "nsubj", "obj")
        ]  # fmt: skip
        if word.xpos in ("VBN", "VBG", "JJ") and inner:
            return [*inner, index]
        return [index, *inner]
