"""The type of event between two given actors of a sentence: an answer is always owed.

What enters are a grounded document and the spans of source and target; what leaves is the label under a policy of the
codebook ("cameo" for the 15 roots of PLV) with the words that it rests on. Every predicate of the sentence is ranked by
how it links the two: as a frame that has them on its sides, then by how near it hangs to both in the tree. A sentence
without any predicate of the codebook gets the prior. Beside this stands the model: every word may be the trigger, with
the probability that it is one and that it links the two, and the label's chance is that of the mixture. The lexicon's
answer adds a fixed weight to it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.codebook import Codebook
from communique.events.coder import Coder
from communique.events.match import Finder, Match, find
from communique.events.weigh import ALONE
from communique.grounding import Grounding
from communique.records import Sign, Span, Statement

# The answer for a sentence without any known predicate: the most frequent type among such sentences of the project's
# own rows (41 of 221), since everyday words of trade and joint work are the ones that no lexicon of politics lists.
PRIOR = "COOPERATE"

# Weights of the ranking: a side filled as the frame says, a side filled by a word that belongs to the actor, sides the
# wrong way round, each arc between predicate and actors. Set on the project's own rows.
_FILLED = 3.0
_BELONGS = 2.0
_REVERSED = 1.5
_ARC = 0.25
# What the lexicon's answer adds to the log-probability of the model, at least and for each unit of the strength of its
# link. Set on held-out rows of the project's own.
_RULED, _BY_STRENGTH = 1.0, 0.75
_TEMPERATURE = 2.0  # of the shares that make the confidence: raw ones are surer than right, on held-out rows
_LEAST, _FARTHEST = 0.005, 0.002
# The weight of a link in the other role: all parties of a reciprocal act are its sources.
_ASIDE = 0.05
_FAR = 8  # arcs; two actors farther from a predicate than this are not linked by it


@dataclass(frozen=True, slots=True)
class Answer:
    """The label between two actors, the trigger that it rests on (None for the prior or the model alone), a line that
    says why, the strength with which the trigger links the two, and the probability that the label is right. `usual` is
    the label of the same class that events of the lexicon's type have as a rule, "" where this one has it too."""

    label: str
    trigger: Span | None
    why: str
    strength: float = 0.0
    confidence: float = ALONE
    usual: str = ""


def between(
    grounding: Grounding, statements: tuple[Statement, ...], codebook: Codebook, *, source: Sequence[Span],
    target: Sequence[Span], policy: str = "cameo", finder: Finder = find,
) -> Answer:  # fmt: skip
    """The type of event that the marked source does to the marked target.

    `source` and `target` are spans of the document's text, none where the sentence leaves that side open.
    "<s>Ottawa</s> expelled <t>two Cuban diplomats</t>" is SANCTION.
    """
    coder = Coder(grounding, statements, codebook)
    link = _Link(coder, grounding, source, target)
    ruled = _ruled(coder, link, codebook, policy, finder)
    chances = link.chances() if policy == "cameo" else {}
    if not chances:
        return ruled
    if ruled.usual:  # "imposed sanctions": an exception of the policy, which the model does not know
        chances[ruled.label] = chances.get(ruled.label, 0.0) + chances.pop(ruled.usual, 0.0)
    scores = {label: math.log(max(chance, _LEAST)) for label, chance in chances.items()}
    weight = 0.0 if ruled.trigger is None else max(_RULED, _RULED + _BY_STRENGTH * ruled.strength)
    scores[ruled.label] = scores.get(ruled.label, math.log(_LEAST)) + weight
    best = max(sorted(scores), key=lambda label: scores[label])
    confidence = 1 / sum(math.exp((each - scores[best]) / _TEMPERATURE) for each in scores.values())
    if best == ruled.label:
        return replace(ruled, confidence=confidence)
    why = f"the model gives {best} {chances[best]:.2f}; by the lexicon: {ruled.why}"
    return Answer(best, None, why, ruled.strength, confidence)


def _ruled(coder: Coder, link: "_Link", codebook: Codebook, policy: str, finder: Finder) -> Answer:
    """The lexicon's answer."""
    document = coder.syntax.document
    best: tuple[float, int, Match] | None = None
    for match in coder.matches(finder):
        score = link.score(match)
        if best is None or (score, -match.trigger) > (best[0], -best[1]):
            best = score, match.trigger, match
    if best is None:
        return Answer(PRIOR, None, "no predicate of the codebook in the sentence; the prior")
    kind, cameo = coder.settle(best[2])
    trigger = document.words[best[1]].span
    why = f"“{trigger.of(document.text)}” tells of {kind} and links the two with {best[0]:.2f}"
    label, usual = (codebook.label(kind, each, policy=policy) for each in (cameo, codebook.cameo_of(kind)))
    alike = label != usual and codebook.group(label, policy=policy) == codebook.group(usual, policy=policy)
    return Answer(label, trigger, why, best[0], usual=usual if alike else "")


class _Link:
    """How well predicates link two marked actors."""

    def __init__(self, coder: Coder, grounding: Grounding, source: Sequence[Span], target: Sequence[Span]) -> None:
        self._coder, self._document = coder, coder.syntax.document
        self._grounding = grounding
        self._source, self._target = self._inside(source), self._inside(target)

    def score(self, match: Match) -> float:
        """The higher, the more surely the predicate is what the source does to the target."""
        frame = match.frame
        sides = (
            set(match.sources or ()) or self._fillers(match, frame.source),
            set(match.targets or ()) or self._fillers(match, frame.target),
        )
        if match.inner is not None and not self._touch(sides[1], self._target):
            inner = match.inner  # "promised to free X" concerns X
            sides = sides[0], sides[1] | self._fillers(inner, (*inner.frame.target, *inner.frame.source))
        if frame.reciprocal:
            sides = (sides[0] | sides[1],) * 2
        straight = self._touch(sides[0], self._source) + self._touch(sides[1], self._target)
        reversed_ = self._touch(sides[0], self._target) + self._touch(sides[1], self._source)
        value = max(straight, _REVERSED / _FILLED / 2 * reversed_) * match.weight
        arcs = self._arcs(match.trigger, self._source) + self._arcs(match.trigger, self._target)
        return value - _ARC * arcs

    def chances(self) -> dict[str, float]:
        """The model's probability of each label between the two, over all words that may be the trigger."""
        found: dict[str, float] = {}
        for sign in self._document.signs or ():
            weight = sign.tells * _reach(sign, self._source, "source", "target")
            weight *= _reach(sign, self._target, "target", "source")
            for label, chance in sign.labels.items():
                found[label] = found.get(label, 0.0) + weight * chance
        whole = sum(found.values())
        return {label: chance / whole for label, chance in found.items()} if whole else {}

    def _inside(self, spans: Sequence[Span]) -> frozenset[int]:
        """The words of an actor, and the pronouns that point back to him."""
        words = {word.index for span in spans for word in self._document.words_in(span)}
        named = {party.actor for each in words if (party := self._grounding.participant(each)) and party.actor}
        for mention in self._document.mentions:
            if mention.kind == "PRONOUN" and self._grounding.actor_ids.get(mention.id) in named:
                words.add(mention.head)
        return frozenset(words)

    def _fillers(self, match: Match, roles: tuple[str, ...]) -> set[int]:
        arcs = self._coder.syntax.arcs
        found = {
            member for role in roles for each in self._coder.syntax.resolve(match.trigger, role)
            for member in arcs.conjuncts(each)
        }  # fmt: skip
        return found - {match.trigger}

    def _touch(self, fillers: set[int], actor: frozenset[int]) -> float:
        """Whether one of the fillers is the actor or a word that belongs to him."""
        if not actor or not fillers:
            return 0.0
        if fillers & actor:
            return _FILLED
        for each in actor:
            head = self._document.words[each].head
            if head in fillers and head not in actor:
                return _BELONGS
        return 0.0

    def _arcs(self, trigger: int, actor: frozenset[int]) -> int:
        """Arcs of the tree between predicate and actor, at most `_FAR`."""
        if not actor:
            return 0
        if trigger in actor:
            return _FAR
        above = {trigger: 0}
        for steps, word in enumerate(self._document.ancestors(trigger), start=1):
            above[word.index] = steps
        best = _FAR
        for each in actor:
            if self._document.words[each].head in actor:
                continue
            steps, at = 0, each
            while at >= 0 and steps < best:
                if at in above:
                    best = min(best, steps + above[at])
                    break
                at, steps = self._document.words[at].head, steps + 1
        return best


def _reach(sign: Sign, side: frozenset[int], role: str, other: str) -> float:
    """The chance that the act of a sign has the side in its role, or, with less weight, in the other."""
    if not side:
        return 1.0
    return max(max(sign.link(role, each), _ASIDE * sign.link(other, each), _FARTHEST) for each in side)
