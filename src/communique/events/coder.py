"""From matches to events: sides, modality, type, circumstances, confidence and the line that says why.

Modality decides the type as the codebook says: cooperation that its own side announces is AGREE, force that is
announced is THREATEN, a retreat announced is CONCEDE (`planned` of the codebook's types). The announcement is the
event, and an actual one; what is only set for a day ("the march is due on Friday") keeps its type and is planned.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from communique.codebook import Codebook
from communique.codebook.frames import Frame, Predicate, Tag
from communique.events.casting import Casting
from communique.events.circumstance import Circumstances
from communique.events.demand import demands
from communique.events.match import TAGS, Finder, Match, Matcher, find, unabsorbed
from communique.events.merge import Told, merge
from communique.events.modality import Modalities, Reading
from communique.events.own import OWN, Finding
from communique.events.participants import Parties, Party, Sides
from communique.events.repair import repaired
from communique.events.syntax import Syntax
from communique.events.weigh import NONE, Verdict, Voice, confidence, likeliest, verdict
from communique.grounding import Grounding
from communique.records import Event, EventType, Evidence, Interval, Modality, Place, Quad, Sign, Span, Statement

# Events that a place alone makes worth keeping when neither side is known.
_SELF_STANDING = frozenset({"ASSAULT", "PROTEST"})
# Types that PLOVER does not count without a recipient.
_NEEDS_BOTH = frozenset({"COOPERATE", "AID"})
# Types that are done by speaking.
_SPOKEN = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT"})
# Cooperation that its side withholds ("will not release", "failed to agree") is REJECT.
_WITHHELD = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
# Acts that one apologises for, and the code of an apology.
_OWNED_UP = frozenset({"ASSAULT", "COERCE"})
_APOLOGY = "055"
# Types that tell of the future themselves, so that they are not planned but done.
_SWALLOWING = frozenset({"AGREE", "CONCEDE", "THREATEN"})
SURE = 0.5  # an act told with this probability is kept even where nobody able to act is named
MODEL = "model"  # the origin of a predicate that no lexicon lists
LEAST_LIKELY = 0.2  # a word that the lexicon does not list and the model gives less is not looked at
CONTEXT, CUED_CONTEXT = 0.25, 0.1  # a context is given above the one, and above the other where words speak for it
LIKELY_MODE = 0.5  # a mode that the lexicon does not name is given above this probability
# Confidence by rule, until a table fitted on annotated text replaces it: a start for the kind of trigger, and a factor
# for each weakness. Set by reading invented articles, not fitted.
_START = {"verb": 0.85, "noun": 0.75, "adj": 0.7}
_ONE_SIDE = 0.75
_NOT_ACTUAL = 0.9
_OWNER = 0.9
_UNRESOLVED = 0.9


def code(
    grounding: Grounding, statements: tuple[Statement, ...], codebook: Codebook, *, finder: Finder = find,
    own: Mapping[int, Finding] | None = None,
) -> tuple[Event, ...]:  # fmt: skip
    """The events that an article tells of, in order of their first trigger.

    `finder` finds the words that tell of an event (by default the codebook's predicates); `own` are words that tell of
    a type of the user's own. Ids count from "e1".
    "Gates met Kayani at the Pentagon." gives one CONSULT with both men as sources.
    """
    return Coder(grounding, statements, codebook, own=own).code(finder)


class Coder:
    """Codes one document; see :func:`code`."""

    def __init__(
        self, grounding: Grounding, statements: tuple[Statement, ...], codebook: Codebook, *,
        own: Mapping[int, Finding] | None = None,
    ) -> None:  # fmt: skip
        document = repaired(grounding.document)
        if document is not grounding.document:
            grounding = replace(grounding, document=document)
        light = codebook.classes.get("light", frozenset())
        self.syntax = Syntax(grounding.document, light, codebook.classes.get("light_passive", frozenset()))
        self.parties = Parties(self.syntax, grounding, statements, codebook)
        self._grounding, self._statements, self._codebook = grounding, statements, codebook
        self._known: dict[int, tuple[Match, Sides]] = {}
        self._framed: dict[int, tuple[Match, Sides]] = {}
        self._readings: dict[int, tuple[Match, Reading]] = {}
        self._modalities = Modalities(self.syntax)
        self._circumstances = Circumstances(self.syntax, grounding, codebook)
        self._matcher = Matcher(self.syntax, grounding, codebook)
        self._own = own or {}
        self._replaced = codebook.own.replaced if codebook.own else frozenset()
        self._casting = Casting(self.syntax.document, grounding, self.parties)

    def code(self, finder: Finder) -> tuple[Event, ...]:
        """All events, merged and numbered."""
        told = [each for match, judged in self.judged(finder) if (each := self._told(match, judged))]
        return tuple(replace(event, id=f"e{number}") for number, event in enumerate(merge(told), start=1))

    def matches(self, finder: Finder) -> list[Match]:
        """What the finder found and what words of duty demand, each act once, in order of trigger."""
        demanded = list(demands(self.syntax, self._grounding, self._statements, self._codebook))
        asked = {match.trigger for match in demanded}
        found = [match for match in finder(self.syntax, self._grounding, self._codebook) if match.trigger not in asked]
        return unabsorbed([*found, *demanded])

    def judged(self, finder: Finder) -> Iterator[tuple[Match, Verdict]]:
        """The words that tell of an act by what the finder and the model say together, in order of text."""
        matches = {match.trigger: match for match in self.matches(finder)}
        likely = {sign.word for sign in self.syntax.document.signs or () if sign.tells > LEAST_LIKELY}
        for index in sorted(matches.keys() | likely | self._own.keys()):
            if index in self._own:
                yield self._owned(index), Verdict(self._own[index].type, self._own[index].probability)
                continue
            tag = TAGS.get(self.syntax.document.words[index].upos)
            match, sign = matches.get(index), self._sign(index)
            if tag is None and match is None:
                continue
            blocked = match is None and self._matcher.at(index) is not None
            found = verdict(sign, self._voice(match), blocked=blocked)
            if found.type == NONE or found.type in self._replaced:
                continue
            yield match or self._unlisted(index, tag or "noun", found.type), found

    def _voice(self, match: Match | None) -> Voice | None:
        """What the lexicon says by a match; all parties of a reciprocal act are on one side."""
        if match is None:
            return None
        sides = self._by_frame(match)
        filled = bool(sides.targets) + (min(2, len(sides.sources)) if match.frame.reciprocal else bool(sides.sources))
        tag = "demand" if match.predicate.origin == "demand" else match.predicate.tag
        return Voice(self.settle(match)[0], tag, min(2, filled), bool(match.frame.conditions), match.type)

    def _sign(self, index: int) -> Sign | None:
        """What the model says of a word; None where there is no model."""
        document = self.syntax.document
        return document.sign_at(index) or (None if document.signs is None else Sign(index))

    def _unlisted(self, index: int, tag: Tag, kind: str) -> Match:
        """The match of a word that the model alone takes for a trigger."""
        frame = Frame(kind, source=("subject", "by"), target=("object",))
        predicate = Predicate(self.syntax.document.words[index].lemma.lower(), tag, (frame,), origin=MODEL)
        return Match(index, (index,), predicate, frame, kind, None, self._codebook.cameo_of(kind, None), None)

    def _owned(self, index: int) -> Match:
        """The match of a word that tells of a type of the user's own; its sides are sought as the lexicon's frame for
        the word says, if it has one."""
        name, tag = self._own[index].type, TAGS.get(self.syntax.document.words[index].upos, "noun")
        match = self._matcher.at(index)
        if match is None or match.type == NONE or match.frame.embeds:
            match = self._unlisted(index, tag, name)
        predicate = replace(match.predicate, origin=OWN)
        return replace(
            match, predicate=predicate, type=name, mode=None, cameo=self._codebook.cameo_of(name), inner=None,
            absorbed=(), modality=None,
        )  # fmt: skip

    def settle(self, match: Match) -> tuple[str, str]:
        """Type and CAMEO code of a match after modality, whoever takes part."""
        statement = self.parties.innermost(self._grounding.document.words[match.trigger].span)
        kind, _, cameo = self._type(match, self._modality(match, statement))
        return kind, cameo

    def _told(self, match: Match, judged: Verdict) -> Told | None:
        """One event as one trigger tells it; None where nobody able to act takes part."""
        words = self._grounding.document.words
        sides, sign = self._sides(match), self._sign(match.trigger)
        if sign is not None:
            firm = match.frame.reciprocal or bool(match.frame.conditions) or match.predicate.origin == "demand"
            sides = self._casting.settle(match.trigger, judged.type, sign, sides, firm=firm)
        statement = self.parties.innermost(words[match.trigger].span)
        reading = self._dated(match, self._modality(match, statement))
        taken = frozenset(each.participant.mention for each in (*sides.sources, *sides.targets))
        where = self._circumstances.where(match, taken)
        lemma = words[match.trigger].lemma.lower()
        nobody, definite = not sides.sources and not sides.targets, self._definite(match)
        worth = self._worth(match, sides, where)
        if not worth and (sign is None or judged.probability < SURE or self._described(match)):
            if definite and nobody:
                return Told(None, match.type, lemma, (), (), self._span(match), words[match.trigger].sentence, where)
            return None
        event = self._event(match, judged, sides, reading, where, statement)
        trigger = self.syntax.document.words[match.trigger]
        result = trigger.label == "advcl" and trigger.xpos == "VBG" and self.syntax.arcs.mark(match.trigger) is None
        joined = result or trigger.label.partition(":")[0] in ("conj", "obj", "obl")
        return Told(
            event, event.type, lemma, self._names(sides.sources), self._names(sides.targets), event.trigger,
            words[match.trigger].sentence, where, definite=definite, bare=nobody and not worth,
            word=match.trigger, joined_to=trigger.head if joined else -1, result=result,
        )  # fmt: skip

    def _by_frame(self, match: Match) -> Sides:
        """The sides that the frame of a match gives, found once."""
        held = self._framed.get(match.trigger)
        if held is None or held[0] is not match:
            held = self._framed[match.trigger] = match, self.parties.sides(match)
        return held[1]

    def _sides(self, match: Match) -> Sides:
        """The sides of a match; a verb joined to one of the same quad class takes over its target ("cut off aid to
        Yemen and recalled its ambassador")."""
        sides = self._by_frame(match)
        if not sides.sources and match.type in _OWNED_UP:
            sides = Sides(self._regretting(match), sides.targets)
        self._known[match.trigger] = match, sides
        word = self.syntax.document.words[match.trigger]
        first, before = self._known.get(word.head, (None, None))
        if word.label != "conj" or first is None or before is None or sides.targets or match.frame.reciprocal:
            return sides
        alike = self._codebook.quad(first.type) == self._codebook.quad(match.type)
        same = [each.participant.actor for each in sides.sources] == [each.participant.actor for each in before.sources]
        return Sides(sides.sources, before.targets) if alike and same and not first.frame.reciprocal else sides

    def _contexts(self, match: Match, sign: Sign | None) -> tuple[str, ...]:
        """What the act is about: cue words of the sentence and the model together."""
        cued = self._circumstances.contexts(match)
        if sign is None:
            return cued
        seen = [name for name, chance in sign.contexts.items() if chance > (CUED_CONTEXT if name in cued else CONTEXT)]
        return tuple(sorted(seen, key=lambda name: -sign.contexts[name]))

    def _seen_mode(self, kind: str, sign: Sign | None) -> str | None:
        """The mode that the model sees, where the lexicon names none."""
        if sign is None or not sign.modes:
            return None
        chances = {name: each for name, each in sign.modes.items() if not name or name.startswith(f"{kind}/")}
        best = max(sorted(chances), key=lambda name: chances[name], default="")
        return best.partition("/")[2] if best and chances[best] > LIKELY_MODE else None

    def _regretting(self, match: Match) -> tuple[Party, ...]:
        """Who apologises for an act that names no doer ("Washington's regret over the deaths") is taken for its doer.

        That holds of states and bodies; a person who speaks for one ("Gates") is not taken for it.
        """
        for steps, above in enumerate(self.syntax.document.ancestors(match.trigger)):
            outer, sides = self._known.get(above.index, (None, None))
            if outer is not None and sides is not None:
                return tuple(each for each in sides.sources if outer.cameo == _APOLOGY and not self._is_person(each))
            if steps > 2:
                break
        return ()

    def _is_person(self, party: Party) -> bool:
        mention = self._grounding.mention(party.participant.mention)
        actor = self._grounding.actor(party.participant.actor or "")
        return (mention is not None and mention.kind in ("PERSON", "PRONOUN")) or bool(actor and actor.role)

    def _modality(self, match: Match, statement: Statement | None) -> Reading:
        """The modality of a match inside the innermost statement around it, read once."""
        held = self._readings.get(match.trigger)
        if held is None or held[0] is not match:
            held = self._readings[match.trigger] = match, self._read(match, statement)
        return held[1]

    def _read(self, match: Match, statement: Statement | None) -> Reading:
        if match.predicate.origin == "demand" or (match.type in _SPOKEN and self._performed(match.trigger)):
            return Reading("actual")
        readings = [self._modalities.read(each, statement) for each in self._predicates(match)]
        reading = max(
            readings, key=lambda each: ("actual", "planned", "hypothetical", "alleged", "negated").index(each.modality)
        )
        if reading.aim and match.type in _SPOKEN:  # "gathered to demand": gathering so is demanding
            return Reading("actual")
        if match.modality is not None and reading.modality == "actual":
            return Reading(cast(Modality, match.modality), None)
        return reading

    def _dated(self, match: Match, reading: Reading) -> Reading:
        """What is dated after the article's day is planned, whatever its tense ("the ministers meet on Friday")."""
        day = self._grounding.document.article.day
        when = self._circumstances.when(match)
        if day is None or when is None or when.basis != "stated" or reading.modality != "actual":
            return reading
        if self.syntax.document.words[match.trigger].xpos in ("VBD", "VBN") or when.start[:10] <= day.isoformat():
            return reading
        return Reading("planned", when.evidence, announced=True, scheduled=True)

    def _settled(self, match: Match, kind: str, reading: Reading) -> Modality:
        """The modality of the event: announcing and withholding are acts themselves, and actual ones."""
        swallowed = kind in _SWALLOWING and reading.modality == "planned"
        return "actual" if kind != match.type or swallowed else reading.modality

    def _performed(self, index: int) -> bool:
        """ "I would like to thank", "we want to urge": saying so in the first person does it."""
        words = self._grounding.document.words
        word = words[index]
        if word.label != "xcomp" or words[word.head].lemma.lower() not in ("like", "want", "wish", "let"):
            return False
        subjects = self.syntax.arcs.own_subject(word.head)
        return any(words[each].form.lower() in ("i", "we") for each in subjects)

    def _predicates(self, match: Match) -> list[int]:
        light = self.syntax.light_verb(match.trigger) if match.predicate.tag == "noun" else None
        return [match.trigger] if light is None else [match.trigger, light]

    def _worth(self, match: Match, sides: Sides, where: Place | None) -> bool:
        """Whether enough is known of the event to keep it."""
        if match.predicate.origin == OWN:
            return True
        if not sides.sources and not sides.targets:
            return match.type in _SELF_STANDING and where is not None
        if match.predicate.origin == "demand" and not (sides.sources and sides.targets):
            return False
        if not sides.sources and match.type in _SPOKEN and self._described(match):
            return False
        if match.type in _NEEDS_BOTH and len(sides.sources) + len(sides.targets) < 2:
            return False
        return any(self._political(each) for each in (*sides.sources, *sides.targets))

    def _described(self, match: Match) -> bool:
        """Whether a bare participle only describes somebody ("a cleric accused of plotting")."""
        word = self.syntax.document.words[match.trigger]
        return word.label == "acl" and word.xpos == "VBN"

    def _political(self, party: Party) -> bool:
        """Whether the party is of some country or sector: private persons alone make no political event."""
        actor = self.parties.actor(party)
        return actor is not None and (actor.country is not None or bool(actor.sectors))

    def _event(
        self,
        match: Match,
        judged: Verdict,
        sides: Sides,
        reading: Reading,
        where: Place | None,
        statement: Statement | None,
    ) -> Event:
        sign = self._sign(match.trigger)
        ruled, mode, cameo = self._type(match, reading)
        kind = judged.type
        if kind != ruled or mode is None:
            mode = self._seen_mode(kind, sign)
            if kind != ruled or mode is not None:
                cameo = self._codebook.cameo_of(kind, mode)
        modality = self._settled(match, ruled, reading) if kind == ruled else "actual"
        if sign is not None:
            modality = cast(Modality, likeliest(sign.modalities, modality))
        when = self._circumstances.when(match)
        return Event(
            id="",
            type=cast(EventType, kind),
            mode=mode,
            contexts=self._contexts(match, sign),
            cameo=cameo or None,
            sources=tuple(each.participant for each in sides.sources),
            targets=tuple(each.participant for each in sides.targets),
            trigger=self._span(match),
            quad=cast(Quad, self._codebook.quad(kind)),
            goldstein=self._codebook.value(kind, cameo),
            modality=modality,
            when=when,
            where=where,
            statement=None if statement is None else statement.id,
            confidence=round(confidence(judged.probability), 3)
            if sign or match.predicate.origin == OWN
            else self._confidence(match, sides, reading),
            evidence=self._evidence(match, sides, reading, when, where, inner=kind == ruled),
            why=self._why(match, ruled, judged, sides, reading, modality),
            historical=self._circumstances.historical(match, when),
        )

    def _type(self, match: Match, reading: Reading) -> tuple[str, str | None, str]:
        """Type, mode and code once modality has had its say; it has none in a type of the user's own."""
        if match.predicate.origin == OWN:
            return match.type, match.mode, match.cameo
        if reading.refused and match.type in _WITHHELD:
            mode, cameo = self._codebook.embedded("REJECT", match.type, match.mode)
            return "REJECT", mode, cameo
        if reading.modality == "planned" and reading.announced:
            kind = self._codebook.types[match.type].planned
            if kind != match.type and not (reading.scheduled and kind == "THREATEN"):
                mode, cameo = self._codebook.embedded(kind, match.type, match.mode)
                return kind, mode, cameo
        return match.type, match.mode, match.cameo

    def _span(self, match: Match) -> Span:
        """The trigger with its particle, if they stand together."""
        words = self._grounding.document.words
        first = last = match.trigger
        while last + 1 in match.words:
            last += 1
        while first - 1 in match.words:
            first -= 1
        return Span(words[first].span.start, words[last].span.end)

    def _evidence(
        self, match: Match, sides: Sides, reading: Reading, when: Interval | None, where: Place | None, *, inner: bool
    ) -> tuple[Evidence, ...]:
        """The words for each field; `inner`: the lexicon's type holds, so that what it embeds gave the mode."""
        words = self._grounding.document.words
        found = [Evidence(self._span(match), "trigger")]
        found += [
            Evidence(words[each].span, "trigger")
            for each in match.words
            if not self._span(match).contains(words[each].span)
        ]
        found += [Evidence(each.span, "source") for each in sides.sources]
        found += [Evidence(each.span, "target") for each in sides.targets]
        if inner and match.inner is not None:
            found.append(Evidence(words[match.inner.trigger].span, "mode"))
        if reading.word is not None:
            found.append(Evidence(reading.word, "modality"))
        if when is not None and when.evidence is not None:
            found.append(Evidence(when.evidence, "when"))
        if where is not None:
            found.append(Evidence(where.evidence, "where"))
        return tuple(found)

    def _confidence(self, match: Match, sides: Sides, reading: Reading) -> float:
        value = _START[match.predicate.tag] * match.weight
        if not sides.sources or (not sides.targets and len(sides.sources) < 2):
            value *= _ONE_SIDE
        if reading.modality != "actual":
            value *= _NOT_ACTUAL
        parties = (*sides.sources, *sides.targets)
        if not all(each.direct for each in parties):
            value *= _OWNER
        if any((actor := self.parties.actor(each)) is not None and actor.status == "unresolved" for each in parties):
            value *= _UNRESOLVED
        return round(value, 3)

    def _why(
        self, match: Match, ruled: str, judged: Verdict, sides: Sides, reading: Reading, modality: Modality
    ) -> str:
        """One line: predicate, frame and words; and the model's word, where it alone or against the lexicon decided."""
        text = self._grounding.document.text
        words = self._grounding.document.words
        predicate = match.predicate
        name = predicate.lemma if predicate.particle is None else f"{predicate.lemma} {predicate.particle}"
        by = f" by “{reading.word.of(text)}”" if reading.word else ""
        parts = [f"{predicate.tag} “{name}”"]
        if predicate.origin == OWN:
            own = self._own[match.trigger]
            parts.append(f"nearest to the example “{own.example}” ({own.likeness:.2f})")
            match = replace(match, frame=Frame(match.type))  # the frame only said where the sides are
        if predicate.origin == MODEL:
            parts.append("by the model alone")
        if match.frame.conditions:
            parts.append(
                "with " + ", ".join(f"{role} {'/'.join(wanted)}" for role, wanted in match.frame.conditions.items())
            )
        parts.append(f"tells of {match.type}" + (f" ({match.mode})" if match.mode else ""))
        if match.inner is not None:
            parts.append(f"over {match.inner.type} “{words[match.inner.trigger].form}”")
        if ruled != match.type:
            parts.append(f"{'withheld' if reading.refused else 'announced'}{by}, so {ruled}")
        if judged.type != ruled and predicate.origin not in (MODEL, OWN):
            parts.append(f"the model sees {judged.type}, and more surely")
        if modality != "actual":
            parts.append(modality + (by if reading.modality == modality else ""))
        for side, found in (("source", sides.sources), ("target", sides.targets)):
            if found:
                parts.append(f"{side} “" + "”, “".join(" ".join(each.span.of(text).split()) for each in found) + "”")
        return "; ".join(parts)

    def _names(self, parties: tuple[Party, ...]) -> tuple[str, ...]:
        return tuple(each.participant.actor or each.participant.mention for each in parties)

    def _definite(self, match: Match) -> bool:
        """Whether the trigger is a noun that points back ("the meeting")."""
        words = self._grounding.document.words
        return match.predicate.tag == "noun" and any(
            words[each].label.split(":")[0] == "det"
            and words[each].lemma.lower() in ("the", "this", "that", "these", "those")
            for each in self.syntax.arcs.children[match.trigger]
        )
