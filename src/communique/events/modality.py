"""Whether an act happened, is planned, supposed, denied or alleged, and whether it lies long in the past.

What enters is the trigger of a match with its tree and its statement; what leaves is a `Modality` and the words that
say so. The words of the clause itself are asked first, then the words that govern it, outward until a finite clause
that asserts on its own.
"""

from dataclasses import dataclass, replace

from communique.events.syntax import Syntax
from communique.records import Modality, Span, Statement

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "without"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "ought", "ca"})
# Governors of an infinitive, clause or noun, by what they make of it.
_PLANNING = frozenset({
    "plan", "intend", "prepare", "schedule", "expect", "set", "due", "aim", "ready", "poise", "promise", "pledge",
    "vow", "agree", "decide", "undertake", "offer", "commit", "announce", "propose", "going", "arrange", "slate",
    "likely", "bind", "hope", "threaten", "willing", "prospect", "readiness", "intention", "decision", "commitment",
    "preparation",
})  # fmt: skip
_ANNOUNCING = frozenset({
    "plan", "intend", "prepare", "aim", "decide", "announce", "ready", "offer", "promise", "pledge", "propose", "agree",
})  # fmt: skip
_SCHEDULING = frozenset({"set", "schedule", "due", "slate", "expect"})
_SUPPOSING = frozenset({
    "want", "wish", "call", "urge", "ask", "demand", "request", "consider", "fear", "warn", "advise", "encourage",
    "press", "risk", "possible", "possibility", "threat", "danger", "chance", "idea", "suggest", "recommend",
    "seek", "try", "able", "attempt", "bid", "effort", "appeal", "need", "insist", "require", "whether", "if",
    "persuade", "order", "tell", "unlikely", "would", "doubt", "hypothetical", "option", "case", "event",
    "potential", "prefer", "allow", "enable", "authorise", "authorize", "worry", "concern", "hypothesis",
    "speculation", "pretext", "invite", "instruct", "convince",
})  # fmt: skip
# Of these, what is said of the object is not what is wished: "called the expulsion regrettable".
_SPEAKING = frozenset({"call", "ask", "warn", "order", "press", "insist", "invite", "allow", "instruct", "advise"})
_DENYING = frozenset({
    "refuse", "fail", "deny", "avoid", "prevent", "avert", "decline", "stop", "forbid", "ban", "cancel", "refrain",
    "abstain", "foil", "thwart", "oppose", "reject", "rule", "postpone", "failure", "refusal", "lack", "absence",
    "denial", "reluctance",
})  # fmt: skip
_WITHHOLDING = frozenset({"refuse", "fail", "decline", "failure", "refusal", "reluctance"})
_ALLEGING = frozenset({
    "accuse", "allege", "blame", "suspect", "charge", "allegation", "accusation", "suspicion", "indict",
})  # fmt: skip
_ALLEGED = frozenset(
    {"allegedly", "reportedly", "alleged", "suspected", "supposed", "supposedly", "purported", "apparently"}
)
_COMING = frozenset({"planned", "upcoming", "forthcoming", "future", "scheduled", "expected", "proposed", "coming"})
_SUPPOSED = frozenset({"possible", "potential", "likely", "hypothetical", "threatened", "attempted", "imminent", "any"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
_SAYING_PAST = frozenset({"VBD", "VBN"})
_NOMINAL_LINKS = frozenset({"obj", "obl", "nmod", "nsubj", "iobj", "compound", "appos"})
_CLAUSAL_LINKS = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A modality and the span of the word that says so (None for a plain assertion)."""

    modality: Modality
    word: Span | None = None
    announced: bool = False  # by a future or plan of the acting party itself, so that the type may follow it
    scheduled: bool = False  # only set for a day, nobody's word: "the march is due on Friday"
    aim: bool = False  # the purpose of what was done: "gathered to demand"
    refused: bool = False  # "will not release", "failed to agree": the act is withheld


_ACTUAL = Reading("actual")
_RANK: dict[Modality, int] = {"negated": 4, "alleged": 3, "hypothetical": 2, "planned": 1, "actual": 0}


class Modalities:
    """Reads the modality of triggers in one document."""

    def __init__(self, syntax: Syntax) -> None:
        self._arcs = syntax.arcs
        self._words = syntax.document.words
        self._text = syntax.document.text
        self._syntax = syntax

    def read(self, trigger: int, statement: Statement | None = None) -> Reading:
        """The modality of the act told by the word `trigger`; `statement` is the one that reports it, if any."""
        found = self._own(trigger)
        at, steps = trigger, 0
        while steps < 6 and found.modality != "negated":
            above = self._above(at)
            if above is None:
                break
            governor, reading = above
            found = _stronger(found, reading)
            at, steps = governor, steps + 1
            if self._asserts(at):
                break
        if statement is not None and found.modality == "actual" and self._accusing(statement):
            return Reading("alleged", statement.cue)
        if found.modality == "actual" and self._asked(trigger):
            return Reading("hypothetical", self._words[self._syntax.document.sentence_of(trigger).last - 1].span)
        if statement is not None and statement.act == "denied" and found.modality == "actual":
            return Reading("negated", statement.cue)
        return found

    def _asked(self, trigger: int) -> bool:
        """Whether the trigger heads a question."""
        sentence = self._syntax.document.sentence_of(trigger)
        ends = [word.form for word in self._words[max(sentence.first, sentence.last - 2) : sentence.last]]
        return self._words[trigger].label in ("root", "ccomp", "parataxis") and "?" in ends

    def _accusing(self, statement: Statement) -> bool:
        cue = "" if statement.cue is None else statement.cue.of(self._text).lower()
        return statement.act == "accused" or cue.startswith(("alleg", "accus"))

    def _own(self, index: int) -> Reading:
        """What auxiliaries, negations and modifiers of the word itself say."""
        found, future = _ACTUAL, False
        noun = not self._arcs.verbal(index)
        for child in self._arcs.children[index]:
            word = self._words[child]
            lemma, form, base = word.lemma.lower(), word.form.lower(), word.label.split(":")[0]
            if base in ("advmod", "det", "cc", "mark", "case") and (lemma in _NEGATIONS or form in _NEGATIONS):
                found = _stronger(found, Reading("negated", word.span))
            elif base == "mark" and form in _CONDITIONS:
                found = _stronger(found, Reading("hypothetical", word.span))
            elif base in ("amod", "advmod") and (form in _ALLEGED or lemma in _ALLEGED):
                found = _stronger(found, Reading("alleged", word.span))
            elif noun and base in ("amod", "det") and form in _COMING:
                found = _stronger(found, Reading("planned", word.span, announced=True, scheduled=True))
            elif noun and base in ("amod", "det") and (form in _SUPPOSED or lemma in ("next",)):
                kind: Modality = "planned" if lemma == "next" else "hypothetical"
                found = _stronger(found, Reading(kind, word.span))
            elif base == "aux":
                auxiliary = self._auxiliary(index, child)
                future = future or auxiliary.announced
                found = _stronger(found, auxiliary)
        bare = noun and self._words[index].label in ("root", "parataxis") and not self._arcs.predicative(index)
        if found.modality == "negated" and (future or bare):  # "will not meet"; "No talks with kidnappers"
            return replace(found, refused=True)
        return found

    def _auxiliary(self, index: int, child: int) -> Reading:
        word = self._words[child]
        form, lemma = word.form.lower(), word.lemma.lower()
        if form in _FUTURE or lemma in _FUTURE:
            return Reading("planned", word.span, announced=True)
        if form in ("would", "'d", "’d") and word.xpos == "MD":
            if self._reported_past(index) or self._unconditional(
                index
            ):  # "said it would withdraw": a future told later
                return Reading("planned", word.span, announced=True)
            return Reading("hypothetical", word.span)
        if form in _POSSIBLE or lemma in _POSSIBLE:
            return Reading("hypothetical", word.span)
        return _ACTUAL

    def _unconditional(self, index: int) -> bool:
        """Whether "would" stands in a main clause without a condition or a wish, where news tells of plans with it."""
        if self._words[index].label != "root" or self._words[index].lemma in ("like", "be", "have", "rather", "prefer"):
            return False
        return all(self._arcs.mark(each) not in _CONDITIONS for each in self._arcs.child(index, "advcl"))

    def _reported_past(self, index: int) -> bool:
        at = index
        for _ in range(3):
            word = self._words[at]
            if word.head < 0:
                return False
            if word.label in ("ccomp", "parataxis") or word.label == "acl":
                return self._words[word.head].xpos in _SAYING_PAST or word.label == "acl"
            if any(self._words[child].label == "parataxis" and self._words[child].xpos in _SAYING_PAST
                   for child in self._arcs.children[at]):  # fmt: skip
                return True
            at = word.head
        return False

    def _above(self, at: int) -> tuple[int, Reading] | None:
        """The governor of the word and what it makes of it; None where the word stands on its own."""
        word = self._words[at]
        if word.head < 0:
            return None
        base = word.label.split(":")[0]
        if base == "conj":
            return word.head, self._shared(at, word.head)
        if base == "acl" and word.xpos == "VBN":  # "wants two leaders released" holds what "leaders arrested" does not
            above = self._words[word.head].head
            wanting = above >= 0 and self._words[above].lemma in ("want", "demand", "need", "like")
            return (above, Reading("hypothetical", self._words[above].span)) if wanting else None
        if word.label == "acl:relcl" or base == "parataxis" or (base == "acl" and word.xpos == "VBG"):
            return None
        noun = not self._arcs.verbal(at)
        if noun and base in _NOMINAL_LINKS and not self._arcs.predicative(at):
            return word.head, self._governed(at, word.head, noun=True)
        if base in _CLAUSAL_LINKS:
            return word.head, self._governed(at, word.head, noun=False)
        return None

    def _shared(self, at: int, head: int) -> Reading:
        """What a conjunct takes over: auxiliaries of the first verb when it has none of its own."""
        if self._arcs.verbal(at) and any(self._words[each].label == "aux" for each in self._arcs.children[at]):
            return _ACTUAL
        if self._arcs.own_subject(at):
            return _ACTUAL
        shared = self._own(head)
        return _ACTUAL if shared.modality == "negated" and not _bare(self._words[at].xpos) else shared

    def _governed(self, at: int, head: int, *, noun: bool) -> Reading:
        governor = self._words[head]
        lemma = governor.lemma.lower()
        label = self._words[at].label.split(":")[0]
        own = self._own(head)
        if noun and label == "nsubj" and (self._words[at].label != "nsubj:pass" or lemma not in _DENYING | _PLANNING):
            return own if own.modality in ("planned", "negated") and self._arcs.verbal(head) else _ACTUAL
        mark = self._arcs.mark(at)
        if not noun and label == "advcl" and lemma not in _ALLEGING | _DENYING:
            if mark in _CONDITIONS:
                return Reading("hypothetical", self._words[at].span)
            aim = mark == "to" and self._words[at].xpos == "VB"
            return Reading("planned", governor.span, aim=True) if aim else _ACTUAL
        finite = not noun and self._arcs.finite(at)
        if lemma in _ALLEGING:
            return Reading("alleged", governor.span)
        if lemma in _DENYING:
            return _ACTUAL if noun and lemma in ("oppose", "reject", "deny", "stop", "ban") else Reading(
                "negated", governor.span, refused=lemma in _WITHHOLDING
            )  # fmt: skip
        if lemma in _SUPPOSING and self._supposed(at, lemma, noun=noun, finite=finite):
            return Reading("hypothetical", governor.span)
        if lemma in _PLANNING and not (finite and lemma in ("announce", "agree", "decide")):
            announced, scheduled = lemma in _ANNOUNCING | _SCHEDULING, lemma in _SCHEDULING
            return Reading("planned", governor.span, announced=announced, scheduled=scheduled)
        if finite:
            return _ACTUAL
        if noun and label in ("obl", "nmod") and not self._arcs.verbal(head):
            return own
        return own if label in ("obj", "xcomp", "ccomp", "csubj", "obl", "acl") and self._arcs.verbal(head) else _ACTUAL

    def _supposed(self, at: int, lemma: str, *, noun: bool, finite: bool) -> bool:
        """Whether a word of wishing or asking holds the act itself ("called for talks", not "asked about talks")."""
        if lemma == "tell":
            return not noun and self._arcs.mark(at) == "to"
        held = self._words[at].label == "obj" and lemma not in _SPEAKING
        return not noun or held or self._arcs.case(at) in ("for", "of", "to")

    def _asserts(self, index: int) -> bool:
        """Whether the search ends here: a finite clause that is nobody's complement asserts on its own."""
        word = self._words[index]
        return self._arcs.finite(index) and word.label.split(":")[0] in ("root", "parataxis", "conj")


def _stronger(first: Reading, second: Reading) -> Reading:
    return second if _RANK[second.modality] > _RANK[first.modality] else first


def _bare(xpos: str) -> bool:
    return xpos in ("VB", "VBN", "VBG")
