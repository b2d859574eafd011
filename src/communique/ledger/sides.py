"""Sides: which actor stands where in a sentence, for acts that no statement or event accounts for."""

import re
from collections.abc import Iterable

from communique.ledger.parties import party
from communique.ledger.sentences import Clause
from communique.records import CodedArticle, Mention, Participant, Party, Span

_PREPOSITION = re.compile(r"\b(?:of|in|from|by|for|with|against|to|at|on|near|over|into|across|between|about)\s+"
                          r"(?:the\s+|a\s+|an\s+|its\s+|his\s+|their\s+)?(?:\w+\s+)?$", re.IGNORECASE)  # fmt: skip
# Kinds of mentions that may be an actor even where no actor was found for them.
_ACTING = frozenset(("PERSON", "ORG", "GPE", "NORP", "GROUP", "ROLE"))
_FIRST_PERSON = frozenset(("we", "i", "us", "our", "me", "my"))
_OWN = re.compile(r"(?:his|her|its|their|our)\s", re.IGNORECASE)
_BOTH = re.compile(r"(?:both|the two|the) (?:sides|governments|countries|parties|neighbours|armies)\b", re.IGNORECASE)
# Words that may stand between a subject and its verb.
_BETWEEN = re.compile(r"(?:\s|,|also|again|then|later|now|still|has|have|had|is|are|was|were|will|would|not|never"
                      r"|been|be|\w+ly|on \w+day|this week|once more|yet|to)*", re.IGNORECASE)  # fmt: skip
_AND = re.compile(r"\s+and\s+(?:also\s+)?(?:the\s+)?", re.IGNORECASE)


class Sides:
    """The parties of one article by mention and by place."""

    def __init__(self, coded: CodedArticle) -> None:
        self._text = coded.article.text
        self._coded = coded
        actors = {each.id: party(each) for each in coded.actors}
        self._at: dict[str, Party] = {}
        for actor in coded.actors:
            for mention in actor.mentions:
                self._at[mention] = actors[actor.id]
        self._actors = actors
        self._mentions = [
            each for each in coded.mentions
            if each.kind in _ACTING or each.id in self._at or each.span.of(self._text).casefold() in _FIRST_PERSON
        ]  # fmt: skip
        self._all = {each.id: each for each in coded.mentions}
        # "His government" where the registry knows which: that is better than whoever speaks.
        self._coded_well = {name for name, each in self._at.items() if each.registry_id}

    def of(self, participants: Iterable[Participant]) -> tuple[Party, ...]:
        """The parties of participants; one that was not resolved is known by its words."""
        found: list[Party] = []
        for each in participants:
            known = self._actors.get(each.actor or "") or self._at.get(each.mention)
            mention = self._all.get(each.mention)
            if mention is not None and self._stands_for(mention):
                found += self._stands_for(mention)
                continue
            if known is None and mention is not None and mention.kind != "PRONOUN":
                known = Party(" ".join(mention.span.of(self._text).split()), "")
            if known is not None:
                found.append(known)
        return tuple(dict.fromkeys(found))

    def inside(self, participant: Participant, area: Span) -> bool:
        """Whether the participant is named inside `area`."""
        mention = self._all.get(participant.mention)
        return mention is not None and area.contains(mention.span)

    def before(self, clause: Clause) -> tuple[Party, ...]:
        """Who most likely is the subject of the clause: the first party in it that no preposition governs; where the
        clause has none, the first of the sentence."""
        for area in (clause.whole, clause.sentence):
            for mention in self._within(Span(area.start, max(area.start, clause.anchor.start))):
                if not _PREPOSITION.search(self._text[area.start : mention.span.start]):
                    return self._parties(mention)
        return ()

    def adjacent(self, clause: Clause) -> tuple[Party, ...]:
        """The parties that stand right before the cue, with nothing but helping words between: surely its subject."""
        area = Span(clause.whole.start, clause.anchor.start)
        found = self._within(area)
        if not found or not _BETWEEN.fullmatch(self._text[found[-1].span.end : clause.anchor.start]):
            return ()
        first = len(found) - 1
        while first and _AND.fullmatch(self._text[found[first - 1].span.end : found[first].span.start]):
            # "The European Union and Iran resumed talks": a preposition before the first governs both.
            first -= 1
        if _PREPOSITION.search(self._text[area.start : found[first].span.start]):
            return ()
        return tuple(dict.fromkeys(one for each in found[first:] for one in self._parties(each)))

    def accused(self, clause: Clause) -> tuple[Party, ...]:
        """Who is said to have broken something: the party right before "of breaking"."""
        found = self._within(Span(clause.whole.start, clause.anchor.start))
        return self._parties(found[-1]) if found else ()

    def reached(self, clause: Clause) -> tuple[Party, ...]:
        """Whom a threat, offer or promise is meant for: the party in its condition, or behind "to" or "against"."""
        words = self._text[clause.content.start : clause.sentence.end]
        for pattern in (r"\b(?:if|unless|until)\b", r"\b(?:to|against|with|for|between)\b"):
            for match in re.finditer(pattern, words):
                area = Span(clause.content.start + match.end(), clause.sentence.end)
                found = self._within(area)
                if found and found[0].span.start - area.start < 30:
                    several = found[:2] if match[0] == "between" else found[:1]
                    return tuple(one for each in several for one in self._parties(each))
        return ()

    def agent(self, clause: Clause) -> tuple[Party, ...]:
        """Who does what a passive clause tells, where a phrase with "by" names one."""
        by = re.search(r"\bby\s+", self._text[clause.anchor.end : clause.whole.end])
        if by is None:
            return ()
        start = clause.anchor.end + by.start()
        found = self._within(Span(start, clause.whole.end))
        return self._parties(found[0]) if found and found[0].span.start - start < 12 else ()

    def between(self, clause: Clause) -> tuple[Party, ...]:
        """Who is addressed: the parties between the cue and what it is about."""
        return tuple(dict.fromkeys(one for each in self._within(clause.addressed)[:2] for one in self._parties(each)))

    def people(self) -> tuple[Party, ...]:
        """The persons of the article that have a code."""
        persons = {each.id for each in self._mentions if each.kind == "PERSON"}
        found = [self._actors[each.id] for each in self._coded.actors if persons & set(each.mentions)]
        return tuple(each for each in found if each.code and each.name[:1].isupper())

    def speaker_at(self, anchor: Span) -> tuple[Party, ...]:
        """Who says the words at `anchor`, if a statement holds them: the innermost speaker that is known."""
        holding = [
            each for each in self._coded.statements
            if not each.attitude and any(part.contains(anchor) for part in each.content)
        ]  # fmt: skip
        holding.sort(key=lambda each: sum(map(len, each.content)))
        for statement in holding:
            mention = self._all.get(statement.speaker.mention)
            words = "" if mention is None else mention.span.of(self._text)
            known = self._actors.get(statement.speaker.actor or "")
            if known is not None:
                return (known,)
            if mention is not None and mention.kind != "PRONOUN" and not _OWN.match(words):
                return (Party(" ".join(words.split()), ""),)
        return ()

    def wished(self, anchor: Span) -> bool:
        """Whether the words at `anchor` are only hoped, feared or thought: the innermost of what holds them is no
        word of anybody."""
        holding = [
            each for each in self._coded.statements if any(part.contains(anchor) for part in each.content)
        ]  # fmt: skip
        holding.sort(key=lambda each: sum(map(len, each.content)))
        return bool(holding) and holding[0].attitude

    def thing_before(self, clause: Clause) -> Span | None:
        """The first thing that the sentence names before the cue: what is nobody's name and takes no part."""
        known = {each.id for each in self._mentions}
        area = Span(clause.sentence.start, clause.anchor.start)
        things = [each.span for each in self._all.values() if each.id not in known and each.kind != "PRONOUN"]
        return min((each for each in things if area.contains(each)), default=None, key=lambda each: each.start)

    def _parties(self, mention: Mention) -> tuple[Party, ...]:
        """The parties that a mention stands for; one without an actor is known by its words."""
        stands = self._stands_for(mention)
        if stands:
            return stands
        known = self._at.get(mention.id)
        if known is not None:
            return (known,)
        return () if mention.kind == "PRONOUN" else (Party(" ".join(mention.span.of(self._text).split()), ""),)

    def _stands_for(self, mention: Mention) -> tuple[Party, ...]:
        """Who "we", "his movement" or "both sides" are; nobody for other mentions."""
        words = mention.span.of(self._text)
        if words.casefold() in _FIRST_PERSON or (_OWN.match(words) and mention.id not in self._coded_well):
            return self.speaker_at(mention.span)
        if _BOTH.match(words):
            named = (self._at[each.id] for each in self._mentions if each.id in self._at)
            coded = [each for each in named if each.country or each.registry_id]
            return tuple(dict.fromkeys(coded))[:2]
        return ()

    def _within(self, area: Span) -> list[Mention]:
        inside = [each for each in self._mentions if area.contains(each.span)]
        # Of nested mentions the outer one acts: "Pakistani officials", not "Pakistani".
        return [each for each in inside if not any(other.span.contains(each.span) and other.span != each.span
                                                   for other in inside)]  # fmt: skip
