"""Which words tell of an event: predicates of the codebook, and the first of their frames whose conditions hold.

What enters are the roles of a document's words and the codebook; what leaves are `Match`es, one per word that tells of
an event or that a NONE frame blocks. This is the lexicon's way of finding triggers; `events.code` takes any other
:data:`Finder`, so that a scorer of triggers can stand in its place or weigh its answers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from communique.codebook import Codebook
from communique.codebook.frames import Frame, Predicate, Tag
from communique.events.syntax import Syntax
from communique.grounding import Grounding
from communique.records import Word

NONE = "NONE"

TAGS: dict[str, Tag] = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
# Where an embedded act may stand, nearest first: "promised to meet", "promised talks", "called for talks" …
_EMBEDDING_ROLES = ("clause", "object", "for", "to", "of", "on", "from", "against", "in", "with", "over", "at")
_CURRENCIES = frozenset("$€£¥₹₽")
# Words that only begin, continue or manage the act that their infinitive or object names.
_ASPECT = frozenset({
    "begin", "start", "continue", "resume", "help", "keep", "try", "attempt", "seek", "move", "go", "proceed", "manage",
    "cease", "be", "do", "let", "allow", "agree", "get", "need", "have", "expand", "increase", "accelerate", "ensure",
})  # fmt: skip
# "hundreds of troops": the word that counts stands before the words that mean.
QUANTITY = frozenset({
    "number", "dozen", "hundred", "thousand", "million", "score", "group", "series", "lot", "pair", "couple", "member",
    "majority", "handful", "crowd", "band", "round", "wave", "team", "part", "kind", "sort", "type", "some", "many",
    "most", "all", "both", "several", "few", "one", "two", "three", "four", "five", "ten", "bunch", "string", "spate",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """One word that tells of an event.

    `trigger` is its document index; `words` the indices of trigger, particle and light verb; `type` is the type told
    (after embedding; NONE for a blocked use) before modality has its say; `inner` the act that is promised, asked,
    refused …; `absorbed` are words whose own events this one has told; `weight` is the finder's trust in it, 0 to 1.
    `sources` and `targets` are head words of the sides where the finder knows them better than the frame's roles do.
    """

    trigger: int
    words: tuple[int, ...]
    predicate: Predicate
    frame: Frame
    type: str
    mode: str | None
    cameo: str
    modality: str | None
    inner: "Match | None" = None
    absorbed: tuple[int, ...] = ()
    weight: float = 1.0
    sources: tuple[int, ...] | None = None
    targets: tuple[int, ...] | None = None


Finder = Callable[[Syntax, Grounding, Codebook], Iterable[Match]]


def find(syntax: Syntax, grounding: Grounding, codebook: Codebook) -> Iterable[Match]:
    """All words of the document that tell of an event by the lexicon, in order of text, absorbed ones left out."""
    matcher = Matcher(syntax, grounding, codebook)
    words = grounding.document.words
    found = [match for word in words if _may_tell(word) and (match := matcher.at(word.index)) is not None]
    return unabsorbed(found)


def _may_tell(word: Word) -> bool:
    """Whether a word may tell of an event by itself: modifiers only describe ("the murdered envoy", "attack jets")."""
    return word.upos in TAGS and word.label not in ("compound", "amod", "flat", "nmod:desc")


def unabsorbed(found: Iterable[Match]) -> list[Match]:
    """Matches that tell of something which no other match has told already, in order of trigger."""
    telling = [match for match in found if match.type != NONE]
    absorbed = {index for match in telling for index in match.absorbed}
    return sorted((match for match in telling if match.trigger not in absorbed), key=lambda match: match.trigger)


class Matcher:
    """Frames for the words of one document; every answer is kept."""

    def __init__(self, syntax: Syntax, grounding: Grounding, codebook: Codebook) -> None:
        self._syntax, self._grounding, self._codebook = syntax, grounding, codebook
        self._words = grounding.document.words
        self._found: dict[int, Match | None] = {}

    def at(self, index: int) -> Match | None:
        """The match of the word, or None; a NONE match says that its use tells of no political event."""
        if index in self._found:
            return self._found[index]
        self._found[index] = None  # ends loops of words that ask for each other's type
        word = self._words[index]
        tag = TAGS.get(word.upos)
        if tag is None or (word.upos == "AUX" and not self._syntax.arcs.verbal(index)):
            return None
        if word.upos == "PROPN" and self._names_somebody(index):
            return None
        for predicate in self._predicates(index, tag):
            particle: int | None = None
            if predicate.particle is not None:
                particle = self._syntax.arcs.particle(index, predicate.particle)
                if particle is None:
                    continue
                if predicate.tag == "verb":
                    self._syntax.take_particle(index, particle)
            for frame in predicate.frames:
                if self._holds(index, frame):
                    found = self._match(index, particle, predicate, frame)
                    self._found[index] = found
                    return found
        return None

    def _predicates(self, index: int, tag: Tag) -> tuple[Predicate, ...]:
        """The predicates of a word, those of the hyphenated word around it first ("sit-in", "cease-fire")."""
        found = self._codebook.predicates(self._words[index].lemma.lower(), tag)
        hyphenated = self._syntax.arcs.hyphenated(index)
        return found if hyphenated is None else self._codebook.predicates(hyphenated, tag) + found

    def _names_somebody(self, index: int) -> bool:
        """Whether a capitalised word is (part of) a name, so that "March" is a month and "Defence" a ministry."""
        word = self._words[index]
        head = word.head if word.label in ("flat", "compound") and word.head >= 0 else index
        mention = self._grounding.document.mention_at(head)
        return mention is not None and mention.kind not in ("EVENT", "OTHER")

    def lemma(self, index: int) -> str:
        """The lower-case lemma of a word."""
        return self._words[index].lemma.lower()

    def told(self, index: int, depth: int = 0) -> Match | None:
        """The match of the word or, where it tells of nothing itself, of what it carries: the noun of a light verb,
        the act that it begins or helps, the thing counted."""
        match = self.at(index)
        if match is not None or depth > 2:
            return match
        word = self._words[index]
        roles = self._syntax.roles(index)
        carried: list[int] = []
        if word.upos == "VERB":
            carried = list(roles.get("object", []))
            if word.lemma in _ASPECT or not carried:
                carried += roles.get("clause", [])
        elif word.lemma in QUANTITY or word.upos == "ADJ":
            carried = list(roles.get("of", [])) + list(roles.get("clause", []))
        for each in carried:
            if each != index and (deep := self.told(each, depth + 1)) is not None and deep.type != NONE:
                return deep
        return None

    def _holds(self, index: int, frame: Frame) -> bool:
        return all(self._fills(index, role, wanted) for role, wanted in frame.conditions.items())

    def _fills(self, index: int, role: str, wanted: tuple[str, ...]) -> bool:
        fillers = [each for each in self._syntax.resolve(index, role) if each != index]
        if not fillers:
            return "-" in wanted
        if "*" in wanted:
            return True
        return any(self._is(filler, each) for filler in fillers for each in wanted)

    def _is(self, index: int, wanted: str) -> bool:
        if wanted in ("@MONEY", "$money") and self._words[index].form in _CURRENCIES:
            return True
        if wanted[0] == "@":
            if wanted == "@actor":
                participant = self._grounding.participant(index)
                return participant is not None and participant.actor is not None
            mention = self._grounding.document.mention_at(index)
            return mention is not None and mention.kind == wanted[1:]
        if wanted[0] == "=":
            told = self.told(index)
            return told is not None and told.type == wanted[1:]
        word = self._words[index]
        lemmas = {word.lemma.lower()}
        hyphenated = self._syntax.arcs.hyphenated(index)
        if hyphenated is not None:
            lemmas.add(hyphenated)
        if word.lemma in QUANTITY:
            lemmas.update(self._words[each].lemma.lower() for each in self._syntax.roles(index).get("of", []))
        if wanted[0] == "$":
            members = self._codebook.classes.get(wanted[1:], frozenset())
            return not members.isdisjoint(lemmas) or self._syntax.arcs.light_key(index) in members
        return wanted in lemmas

    def _match(self, index: int, particle: int | None, predicate: Predicate, frame: Frame) -> Match:
        words = [index] if particle is None else [index, particle]
        light = self._syntax.light_verb(index) if predicate.tag == "noun" else None
        if light is not None:
            words.append(light)
        inner = self._embedded(index, frame) if frame.embeds else None
        kind, mode, cameo = self._code(frame, inner)
        absorbed = self._absorbed(index, frame, inner) if kind != NONE else ()
        return Match(index, tuple(sorted(words)), predicate, frame, kind, mode, cameo, frame.modality, inner, absorbed)

    def _embedded(self, index: int, frame: Frame) -> Match | None:
        roles = self._syntax.roles(index)
        for role in _EMBEDDING_ROLES:
            for each in roles.get(role, []):
                for member in self._syntax.arcs.conjuncts(each) if each != index else []:
                    told = self.told(member)
                    if told is not None and told.type != NONE:
                        return None if self._negated(member) else told
        return None

    def _negated(self, index: int) -> bool:
        children = self._syntax.arcs.children[index]
        return any(self._words[each].lemma.lower() in ("not", "never", "n't") for each in children)

    def _code(self, frame: Frame, inner: Match | None) -> tuple[str, str | None, str]:
        """Type, mode and CAMEO code of the whole."""
        kind = frame.type
        if frame.embeds:
            kind = frame.embeds.get("*", kind) if inner is None else frame.embeds.get(
                inner.type, frame.embeds.get("*", kind)
            )  # fmt: skip
            if kind == "=" and inner is not None:
                return inner.type, inner.mode, inner.cameo
            if kind == "=":
                kind = NONE
        if kind == NONE:
            return kind, None, ""
        if frame.embeds:
            root = frame.cameo[:2] if frame.cameo and kind == frame.type else None
            mode, cameo = self._codebook.embedded(
                kind, inner.type if inner else None, inner.mode if inner else None, root=root
            )
            if inner is None and frame.cameo and kind == frame.type:
                mode, cameo = frame.mode, frame.cameo
            return kind, mode or (frame.mode if kind == frame.type else None), cameo
        return kind, frame.mode, frame.cameo or self._codebook.cameo_of(kind, frame.mode)

    def _absorbed(self, index: int, frame: Frame, inner: Match | None) -> tuple[int, ...]:
        found: set[int] = set()
        arcs = self._syntax.arcs
        for role in frame.absorbs:
            for each in self._syntax.resolve(index, role):
                for member in arcs.conjuncts(each):
                    if member == index:
                        continue
                    found.add(member)
                    told = self.told(member)
                    if told is not None:
                        found.add(told.trigger)
                        found.update(told.absorbed)
        if inner is not None and frame.absorbs:
            found.add(inner.trigger)
            found.update(arcs.conjuncts(inner.trigger))
        found.discard(index)
        return tuple(sorted(found))
