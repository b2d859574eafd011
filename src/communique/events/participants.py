"""Who takes part: sources and targets of a match as participants who can act.

What enters are a `Match`, the roles of its words, the grounding and the statements; what leaves are the two sides.
A side is the first role of the frame's list that somebody able to act fills, with everybody coordinated with him.
Things act for their owners ("Israeli jets bombed"), first persons stand for the speaker of the quotation around them,
nobody acts upon himself unless the words say so, and who merely reports an act is never its source.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from communique.codebook import Codebook
from communique.events.match import QUANTITY, Match
from communique.events.syntax import Syntax
from communique.grounding import Grounding
from communique.records import Actor, Participant, Span, Statement

_FIRST = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine", "myself", "ourselves"})
_SECOND = frozenset({"you", "your", "yours", "yourself"})
_ITS = frozenset({"its", "their", "his", "her", "it", "they", "he", "she"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves", "oneself"})
# Types whose object, or its owner, is their target even where the frame looked elsewhere ("rejected a British plan").
_AIMED = frozenset({"REJECT", "ACCUSE", "SUPPORT", "REQUEST"})
# Types that tell of somebody's will.
_WILLING = frozenset({"AGREE", "CONCEDE", "THREATEN"})
# How a meeting is told beside what was said or done there, and verbs of taking part in one.
_PASSING = frozenset({"in", "at", "during", "after", "before", "for", "following", "into", "from"})
_ATTENDING = frozenset(
    {"attend", "join", "conclude", "finish", "complete", "end", "host", "chair", "enter", "leave", "lead"}
)


@dataclass(frozen=True, slots=True)
class Party:
    """One participant with the document index of the word that names him and the words that count as evidence."""

    participant: Participant
    word: int
    span: Span
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of an event; both empty where nobody able to act is named."""

    sources: tuple[Party, ...]
    targets: tuple[Party, ...]


class Parties:
    """Finds the sides of matches in one document."""

    def __init__(
        self, syntax: Syntax, grounding: Grounding, statements: tuple[Statement, ...], codebook: Codebook
    ) -> None:
        self._syntax, self._grounding, self._statements, self._codebook = syntax, grounding, statements, codebook
        self._words = grounding.document.words

    def sides(self, match: Match) -> Sides:
        """Sources and targets of a match; all parties of a reciprocal frame are sources."""
        frame = match.frame
        sources = self._given(match.sources) if match.sources else self._side(match.trigger, frame.source)
        if match.targets:
            targets = self._given(match.targets)
        else:
            targets = self._side(match.trigger, frame.target, apart=sources)
        if not targets and match.inner is not None:
            targets = self._inner_side(match, sources)
        if not targets and match.type in _AIMED:
            targets = self._side(match.trigger, ("object", "recipient"), apart=sources)
        sources, targets = self._of_statement(match, sources, targets)
        if not sources and match.type in _WILLING:
            sources = self._willing(match)
        if frame.reciprocal or self._reciprocal_inner(match):
            parties = _without_doubles([*sources, *targets])
            return Sides(parties if len(parties) > 1 else _without_doubles([*self._host(match), *parties]), ())
        if self._mutual(sources, match):
            return Sides(_without_doubles(sources), ())
        return Sides(_without_doubles(sources), self._others(sources, targets))

    def able(self, index: int, depth: int = 0, *, owners: bool = True) -> list[Party]:
        """Participants able to act that a word stands for: itself, who it counts, who it is in apposition with, or (for
        things and bodies, and for acts where `owners`) their owner."""
        word = self._words[index]
        party = self._person(index) if word.upos in ("PRON", "DET") else None
        if party is not None:
            return [party]
        participant = self._grounding.participant(index)
        if participant is not None and (parts := self._grounding.parts_of(participant.mention)):
            return [party for each in parts for party in self._from(each)]
        if participant is not None and participant.actor is not None and not self._weapon(participant):
            return [Party(participant, index, self._span(participant, index))]
        if depth > 2:
            return []
        roles = self._syntax.roles(index)
        if word.lemma.lower() in QUANTITY or word.upos == "NUM":
            counted = [party for each in roles.get("of", []) for party in self.able(each, depth + 1)]
            if counted:
                return counted
        for child in self._syntax.arcs.child(index, "appos"):
            found = self.able(child, depth + 1)
            if found:
                return found
        if word.upos == "VERB" or (depth == 0 and not owners and self._eventive(word.lemma.lower())):
            return []
        for role in ("poss", "mod", "of", "by"):
            behind = [party for each in roles.get(role, []) for party in self.able(each, depth + 2)]
            if behind:
                return [Party(each.participant, each.word, each.span, direct=False) for each in behind]
        return []

    def actor(self, party: Party) -> Actor | None:
        """The actor of a party."""
        return self._grounding.actor(party.participant.actor or "")

    def innermost(self, span: Span, *, able: bool = False) -> Statement | None:
        """The statement with the shortest content around the span, or None; `able` asks for a speaker who acts."""
        contents, reach = self._contents
        best: tuple[int, int] | None = None
        # From the last content that begins in time back to where none reaches so far: few, however long the article.
        for place in range(bisect_right(contents, (span.start, len(self._statements))) - 1, -1, -1):
            if reach[place] < span.end:
                break
            _, number, content = contents[place]
            around = content.contains(span) and not (able and self._statements[number].speaker.actor is None)
            if around and (best is None or (len(content), number) < best):
                best = len(content), number
        return None if best is None else self._statements[best[1]]

    def cued(self, match: Match) -> Statement | None:
        """The statement of which one of the match's words is the cue, or None."""
        numbers = [self._cues[each] for each in match.words if each in self._cues]
        return self._statements[min(numbers)] if numbers else None

    @cached_property
    def _contents(self) -> tuple[list[tuple[int, int, Span]], list[int]]:
        """Where contents begin, of which statement, and their spans, in order; and how far any so far reaches."""
        found = [(span.start, number, span) for number, each in enumerate(self._statements) for span in each.content]
        found.sort(key=lambda each: each[:2])
        return found, list(accumulate((span.end for _, _, span in found), max))

    @cached_property
    def _cues(self) -> dict[int, int]:
        """Words of cues by their index → the first statement whose cue each is part of."""
        starts, found = [word.span.start for word in self._words], dict[int, int]()
        for number, each in enumerate(self._statements):
            if each.cue is None:
                continue
            place = bisect_right(starts, each.cue.end - 1) - 1
            while place >= 0 and self._words[place].span.end > each.cue.start:
                found.setdefault(place, number)
                place -= 1
        return found

    def _willing(self, match: Match) -> list[Party]:
        """ "There was a resolve to …" in somebody's mouth is his own side's resolve."""
        word = self._words[self._syntax.arcs.first_conjunct(match.trigger)]
        if match.predicate.tag != "noun" or word.head < 0 or not self._syntax.arcs.child(word.head, "expl"):
            return []
        statement = self.innermost(word.span, able=True)
        return [] if statement is None else self._from(statement.speaker)

    def _host(self, match: Match) -> list[Party]:
        """The other party of a meeting that is told in passing: "at talks with Karzai, Obama praised …", "attended the
        summit with Seoul" have the subject of the verb."""
        word = self._words[self._syntax.arcs.first_conjunct(match.trigger)]
        if match.predicate.tag != "noun" or word.head < 0:
            return []
        label = word.label.split(":")[0]
        verb = self._words[word.head]
        passing = label in ("obl", "nmod") and self._syntax.arcs.case(word.index) in _PASSING
        attending = label == "obj" and verb.lemma.lower() in _ATTENDING
        if not (passing or attending) or not self._syntax.arcs.verbal(word.head):
            return []
        return self._side(word.head, ("subject",))

    def _given(self, heads: tuple[int, ...]) -> list[Party]:
        return [
            party for head in heads for each in self._syntax.arcs.conjuncts(head) for party in self.able(each)
        ]  # fmt: skip

    def _side(self, trigger: int, roles: tuple[str, ...], apart: list[Party] | None = None) -> list[Party]:
        """The first role that somebody able to act fills; `apart` are parties who do not count."""
        known = {each.participant.actor for each in apart or ()}
        for owners in (False, True):  # an act ("the arrest of X by Y") speaks for its owner only as a last resort
            for role in roles:
                found: list[Party] = []
                for each in self._syntax.resolve(trigger, role):
                    for member in self._syntax.arcs.conjuncts(each) if each != trigger else ():
                        found.extend(self.able(member, owners=owners))
                found = [each for each in found if each.participant.actor not in known or self.reflexive(each)]
                if found:
                    return found
        return []

    def _eventive(self, lemma: str) -> bool:
        return bool(self._codebook.predicates(lemma, "noun"))

    def _inner_side(self, match: Match, sources: list[Party]) -> list[Party]:
        """Whom a promise, demand or threat concerns, taken from the act that it is about."""
        inner = match.inner
        if inner is None:
            return []
        if match.type == "REQUEST":
            asked = self._side(inner.trigger, inner.frame.source, apart=sources)
            if asked:
                return asked
        return self._side(inner.trigger, inner.frame.target, apart=sources)

    def _of_statement(
        self, match: Match, sources: list[Party], targets: list[Party]
    ) -> tuple[list[Party], list[Party]]:
        """A verb that is the cue of a statement has its speaker as source and its addressee as target."""
        if sources and targets:
            return sources, targets
        statement = self.cued(match)
        if statement is None:
            return sources, targets
        if not sources and "subject" in match.frame.source:
            sources = self._from(statement.speaker)
        if not targets and statement.addressee is not None and "recipient" in match.frame.target:
            targets = self._from(statement.addressee)
        return sources, targets

    def _reciprocal_inner(self, match: Match) -> bool:
        return (
            match.type == "AGREE" and match.inner is not None and match.inner.frame.reciprocal
            and not match.frame.target
        )  # fmt: skip

    def _mutual(self, sources: list[Party], match: Match) -> bool:
        """ "attacked each other": the parties of the subject are on both sides."""
        children = self._syntax.roles(match.trigger)
        fillers = [each for role in ("object", "with", "to", "on") for each in children.get(role, [])]
        return len(sources) > 1 and any(self._words[each].lemma.lower() in ("other", "another") and self._words[
            each - 1
        ].lemma.lower() in ("each", "one") for each in fillers if each)  # fmt: skip

    def _others(self, sources: list[Party], targets: list[Party]) -> tuple[Party, ...]:
        known = {each.participant.actor for each in sources}
        return _without_doubles(
            [
                each
                for each in targets
                if (each.participant.actor not in known or self.reflexive(each)) and not self._owned(each, sources)
            ]
        )

    def reflexive(self, party: Party) -> bool:
        """Whether the party is named by "himself" and the like."""
        return self._words[party.word].lemma.lower() in _REFLEXIVE or self._words[party.word].form.lower() in _REFLEXIVE

    def _person(self, index: int) -> Party | None:
        """First and second persons inside a quotation: its speaker, its addressee."""
        word = self._words[index]
        form = word.form.lower()
        if form not in _FIRST and form not in _SECOND:
            return None
        statement = self.innermost(word.span, able=form in _FIRST)
        if statement is None:
            return None
        named = statement.speaker if form in _FIRST else statement.addressee
        if named is None or named.actor is None:
            return None
        mention = self._grounding.document.mention_at(index)
        return Party(Participant(named.mention if mention is None else mention.id, named.actor), index, word.span)

    def _from(self, participant: Participant) -> list[Party]:
        mention = self._grounding.mention(participant.mention)
        if mention is None or participant.actor is None:
            return []
        return [Party(participant, mention.head, mention.span)]

    def _weapon(self, participant: Participant) -> bool:
        """Weapons act for their owners, never for themselves."""
        mention = self._grounding.mention(participant.mention)
        return mention is not None and mention.kind == "WEAPON"

    def _owned(self, party: Party, sources: list[Party]) -> bool:
        """Whether a party belongs to the sources by a possessor: "withdrew its troops" has no target."""
        known = {each.participant.actor for each in sources}
        for each in self._syntax.roles(party.word).get("poss", []):
            owner = self._grounding.participant(each)
            if owner is not None and owner.actor in known:
                return True
            if self._words[each].lemma.lower() in _ITS and (owner is None or owner.actor is None):
                return True
        return False

    def _span(self, participant: Participant, index: int) -> Span:
        mention = self._grounding.mention(participant.mention)
        return self._words[index].span if mention is None else mention.span


def _without_doubles(parties: list[Party]) -> tuple[Party, ...]:
    """Parties in their order, each actor once: where one is told twice, the name goes before the pronoun."""
    kept: dict[str | None, Party] = {}
    for party in parties:
        kept.setdefault(party.participant.actor, party)
    return tuple(kept.values())
