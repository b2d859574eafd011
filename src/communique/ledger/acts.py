"""Acts: what the words of one coded article do to demands and promises.

An act is found at a cue verb of :mod:`communique.ledger.lexicon` or at the trigger of a coded event. Who acts comes
from the statement or event that is coded there; only where neither is, from where the actors stand in the sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from communique.ledger.act import Act, Deed, moment
from communique.ledger.lexicon import cues, lexicon, normal
from communique.ledger.parties import same
from communique.ledger.sentences import Clause, clause_at, sentences
from communique.ledger.sides import Sides
from communique.ledger.wording import (
    DO_IT,
    DOUBTS,
    ECHO,
    EMPTY,
    HARM,
    MENACE,
    NEGATED,
    PASSED,
    done,
    is_menace,
    is_part,
    reads_as_saying,
    refers,
)  # fmt: skip
from communique.records import CodedArticle, Event, Party, Span, Statement

# What an event does where no cue verb says it better; "do" is everything that only an open entry gives a meaning.
_OF_TYPE: dict[str, Deed] = {
    "REQUEST": "ask", "THREATEN": "threaten", "REJECT": "refuse", "AGREE": "accept", "CONSULT": "do", "CONCEDE": "do",
    "COOPERATE": "do", "AID": "do", "RETREAT": "do", "SANCTION": "do", "MOBILIZE": "do", "COERCE": "do",
    "ASSAULT": "do", "PROTEST": "do",
}  # fmt: skip
# A matter that says nothing without what the pronoun stands for.
_BARE = re.compile(r"(?:they|it)\s+(\w+)\W*", re.IGNORECASE)
_SAYING: frozenset[str] = frozenset(
    ("demand", "ask", "repeat", "promise", "offer", "threaten", "accept", "refuse", "acknowledge", "deny")
)
# Deeds in which somebody inside the content is what they are about, not whom they are for.
_GIVES: frozenset[str] = frozenset(("promise", "threaten", "offer", "accept"))
# What is wanted, promised or refused is told by the words behind the cue, and is no act of its own.
_TAKES_CONTENT: frozenset[str] = _SAYING | {"withdraw", "fail"}


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about the events of an article: the places of those that they `rejected`, and by the id of
    each event that they `changed`, which of its fields; the event itself has the new values."""

    rejected: tuple[Span, ...] = ()
    changed: Mapping[str, frozenset[str]] = field(default_factory=dict)


def acts_of(coded: CodedArticle, *, decided: Decided | None = None) -> tuple[Act, ...]:
    """The acts of an article in order of text; historical, hypothetical and conditional ones are none.

    With what people `decided`, a rejected event is no act, whatever its words; one of another type does what its type
    does; and whose sides they set acts by and to these.
    """
    return _Reading(coded, decided or Decided()).acts()


class _Reading:
    """One article being read for acts."""

    def __init__(self, coded: CodedArticle, decided: Decided) -> None:
        self._coded, self._text, self._decided = coded, coded.article.text, decided
        self._sides = Sides(coded)
        self._events = sorted(coded.events, key=lambda each: each.trigger)
        self._statements = [each for each in coded.statements if each.cue is not None]
        self._moment = moment(coded.article.published)

    def acts(self) -> tuple[Act, ...]:
        """All acts, one for each anchor."""
        found: list[Act] = []
        for sentence in sentences(self._text):
            taken: list[Span] = []
            covered = sentence.start
            for cue in cues(self._text, sentence.start, sentence.end):
                anchor = Span(cue.start, cue.end)
                if anchor.start < covered:
                    continue
                if any(each.overlaps(anchor) for each in self._decided.rejected) or self._is_ruled(anchor):
                    continue
                clause = clause_at(self._text, sentence, anchor)
                deed = self._deed(cue.form, clause)
                if deed is None:
                    if EMPTY.match(clause.after):
                        # Of "declined to comment on the request", nothing is anybody's act.
                        covered = clause.content.end
                        taken.append(clause.content)
                    continue
                act = self._act(deed, clause)
                taken.append(anchor)
                if deed in _TAKES_CONTENT:
                    covered = clause.content.end
                    taken.append(clause.content)
                if act is not None:
                    found.append(act)
            found += self._uncued(sentence, taken)
        ordered = sorted(found, key=lambda each: each.order)
        if ordered:
            ordered[0] = replace(ordered[0], named=self._sides.people())
        return _inheriting(ordered)

    def _deed(self, form: str, clause: Clause) -> Deed | None:
        """What the cue does in its clause, or None where it is a noun, a condition, or told as the past."""
        classes = lexicon().classes[normal(form)]
        deed: Deed = classes[0]  # type: ignore[assignment]
        if (clause.is_noun and not clause.accused) or clause.historical or EMPTY.match(clause.after) or clause.echoing:
            return None
        if (
            deed == "promise"
            and clause.form.startswith(("decid", "resolv", "plan"))
            and not clause.after.startswith("to ")
        ):
            return None
        if deed == "refuse" and DOUBTS.match(clause.after):
            deed = "deny"
        if PASSED.match(clause.after) and normal(form) not in lexicon().past:
            return None
        if clause.form.startswith("commit") and clause.stative:
            return None
        if "do" in classes and (deed == "do" or not reads_as_saying(deed, clause)):
            return done(form, clause, self._text)
        if not reads_as_saying(deed, clause) or (clause.bare and deed != "fail"):
            return None
        if clause.conditional and deed not in ("threaten", "demand", "ask"):
            return None
        if clause.negated:
            return NEGATED.get(deed)
        if clause.duty:
            return None
        if clause.future and deed in ("ask", "demand"):
            return "promise"
        if deed == "promise" and is_menace(clause):
            return "threaten"
        return deed

    def _act(self, deed: Deed, clause: Clause) -> Act | None:
        statement, event = self._statement_at(clause.anchor), self._event_at(clause.anchor)
        if event is not None and (event.historical or (event.modality == "hypothetical" and not clause.future)):
            return None
        if deed == "threaten" and clause.form.startswith("warn") and not MENACE.search(clause.after):
            return None
        if (
            deed == "threaten"
            and clause.form.startswith("threat")
            and not (clause.commanded or HARM.match(clause.after))
        ):
            return None
        by, to = self._sides_of(deed, clause, statement, event)
        return self._made(deed, by, to, self._matter(deed, clause, statement), clause, event, statement)

    def _sides_of(
        self, deed: Deed, clause: Clause, statement: Statement | None, event: Event | None
    ) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Who acts and to whom: as a person set it, else as the words tell."""
        by, to = self._parties(deed, clause, statement, event)
        changed = frozenset[str]() if event is None else self._changed(event)
        if event is not None and "sources" in changed:
            by = self._sides.of(event.sources)
        if event is not None and "targets" in changed:
            to = self._sides.of(event.targets)
        return by, to

    def _matter(self, deed: Deed, clause: Clause, statement: Statement | None) -> str:
        """The words that tell what an act is about: a whole clause for deeds, what follows the cue for words."""
        if not re.search(r"\w", clause.content.of(self._text)):
            return ""
        first = lexicon().classes.get(normal(clause.form), ("do",))[0]
        said = reads_as_saying(first, clause)
        if deed in ("do", "lapse") or (deed == "fail" and not said) or (clause.passive and not said):
            return self._words(Span(clause.own, clause.whole.end))
        if deed in ("promise", "refuse", "threaten", "ask", "fail") and not said:
            return self._words(Span(clause.anchor.start, clause.content.end))
        if deed == "promise" and clause.future:
            return self._words(Span(clause.anchor.start, clause.content.end))
        if statement is not None and deed in _SAYING and statement.content:
            return self._words(statement.content[0].cover(statement.content[-1]))
        return self._words(clause.content)

    def _made(
        self, deed: Deed, by: tuple[Party, ...], to: tuple[Party, ...], matter: str, clause: Clause,
        event: Event | None, statement: Statement | None,
    ) -> Act:  # fmt: skip
        words, matter = self._words(clause.sentence), self._in_full(matter, clause)
        day, stated = self._day(event)
        record = event.id if event is not None else statement.id if statement is not None else None
        return Act(
            deed=deed,
            by=by,
            to=to,
            matter=matter,
            refers=self._refers(deed, matter, clause),
            again=bool(lexicon().again.search(self._text, max(clause.whole.start, clause.anchor.start - 24),
                                              clause.anchor.end + 12)) or deed == "repeat",
            part=is_part(self._words(Span(clause.own, clause.whole.end))),
            echo=bool(ECHO.search(self._words(Span(clause.anchor.end, clause.sentence.end)))),
            day=day,
            stated=stated,
            words=words,
            span=clause.sentence,
            article=self._coded.article.id,
            version=self._coded.article.version,
            record=record,
            order=(self._moment, self._coded.article.version, clause.anchor.start),
        )  # fmt: skip

    def _in_full(self, matter: str, clause: Clause) -> str:
        """The matter, "they stop" with the first thing that its sentence names: "the raids stop"."""
        bare = _BARE.fullmatch(matter)
        thing = None if bare is None else self._sides.thing_before(clause)
        return matter if bare is None or thing is None else f"{self._words(thing)} {bare[1]}"

    def _refers(self, deed: Deed, matter: str, clause: Clause) -> str | None:
        if deed in ("do", "promise", "threaten"):
            return "it" if DO_IT.match(matter[matter.find(clause.form) :]) else None
        if deed == "lapse":
            return refers(self._words(clause.whole))
        told = refers(matter)
        if told is not None:
            return told
        # Thanks without a reason are for what was just done.
        bare = deed == "acknowledge" and len(matter.split()) < 4 and not re.search(r"\b(?:for|of|to)\b", matter)
        return "it" if bare else None

    def _parties(
        self, deed: Deed, clause: Clause, statement: Statement | None, event: Event | None
    ) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        by: tuple[Party, ...] = ()
        to: tuple[Party, ...] = ()
        if event is not None:
            outside = [
                each for each in event.targets if deed not in _GIVES or not self._sides.inside(each, clause.content)
            ]
            by, to = self._sides.of(event.sources), self._sides.of(outside)
            if not to and len(by) > 1:
                by, to = by[:1], by[1:]
        if statement is not None and deed in _SAYING:
            by = self._sides.of((statement.speaker,)) or by
            to = to or self._sides.of(() if statement.addressee is None else (statement.addressee,))
        by = self._subject(deed, clause, by, to)
        if deed in _GIVES:
            to = self._sides.reached(clause) or to or self._sides.between(clause)
        elif not to and deed in ("ask", "demand", "refuse", "acknowledge"):
            to = self._sides.between(clause)
        if clause.duty and deed == "ask":
            by, to = self._sides.speaker_at(clause.anchor), by or self._sides.before(clause)
        return by, tuple(each for each in to if all(same(each, one) < 0.8 for one in by))

    def _subject(self, deed: Deed, clause: Clause, by: tuple[Party, ...], to: tuple[Party, ...]) -> tuple[Party, ...]:
        """Who acts: what stands right before the verb, else what is coded there, else the likeliest of the sentence."""
        if clause.accused:
            return self._sides.accused(clause)
        if clause.passive:
            # "The money would be paid": whoever says so promises it, whatever the subject.
            agent = by or self._sides.agent(clause)
            speaks = deed in ("promise", "refuse", "threaten") and not self._sides.wished(clause.anchor)
            return agent or (self._sides.speaker_at(clause.anchor) if speaks else ())
        near = self._sides.adjacent(clause) or (self._sides.before(clause) if clause.coordinated else ())
        if near:
            # "The European Union and Iran resumed talks": the words before the verb are one of several subjects.
            both = len(by) > len(near) and any(same(one, other) >= 0.8 for one in near for other in by)
            return by if both else near
        muddled = by and any(same(one, other) >= 0.8 for one in by for other in to)
        return self._sides.before(clause) or by if muddled else by or self._sides.before(clause)

    def _uncued(self, sentence: Span, taken: list[Span]) -> list[Act]:
        """Acts of events whose trigger is no cue verb."""
        found = []
        for event in self._events:
            deed = _OF_TYPE.get(event.type)
            inside = sentence.contains(event.trigger) and not any(each.overlaps(event.trigger) for each in taken)
            if deed is None or not inside or event.historical or event.modality in ("hypothetical", "alleged"):
                continue
            ruled = "type" in self._changed(event)
            if event.modality == "negated":
                continue
            if deed == "threaten" and event.mode is None and not ruled:
                continue
            if event.modality == "planned":
                deed = "promise" if deed in ("do", "accept") else deed
            clause = clause_at(self._text, sentence, event.trigger)
            told = self._statement_at(event.trigger)
            if not ruled and (
                EMPTY.match(clause.after) or (told is not None and (told.attitude or told.act == "hoped"))
            ):
                continue
            loose = (deed == "do" and clause.background) or (deed in ("ask", "accept") and not clause.commanded)
            if loose and not ruled:
                continue
            statement = self._statement_at(event.trigger)
            by, to = self._sides_of(deed, clause, statement, event)
            span = clause.content if deed not in ("do", "promise") else clause.whole
            found.append(self._made(deed, by, to, self._words(span), clause, event, statement))
        return found

    def _is_ruled(self, anchor: Span) -> bool:
        """Whether a person gave the event at this cue another type or mood: these say what it does, not the cue."""
        event = self._event_at(anchor)
        return event is not None and not self._changed(event).isdisjoint(("type", "modality"))

    def _changed(self, event: Event) -> frozenset[str]:
        return self._decided.changed.get(event.id, frozenset())

    def _statement_at(self, anchor: Span) -> Statement | None:
        return next((each for each in self._statements if each.cue is not None and each.cue.overlaps(anchor)), None)

    def _event_at(self, anchor: Span) -> Event | None:
        return next((each for each in self._events if each.trigger.overlaps(anchor)), None)

    def _day(self, event: Event | None) -> tuple[str | None, bool]:
        """The day of an act: the event's where words state a single one, otherwise the article's."""
        published = self._coded.article.published
        if event is not None and event.when is not None and event.when.basis == "stated":
            first, last = event.when.start[:10], event.when.end[:10]
            if first == last:
                return first, True
        return (None if published is None else published[:10]), False

    def _words(self, span: Span) -> str:
        return " ".join(span.of(self._text).split())


def _inheriting(found: list[Act]) -> tuple[Act, ...]:
    """Acts in their order; one who asks again without saying whom asks whom he asked before in the article."""
    asked: dict[tuple[Party, ...], tuple[Party, ...]] = {}
    told = []
    for act in found:
        if act.deed in ("ask", "demand"):
            if act.to:
                asked[act.by] = act.to
            elif act.by in asked:
                act = replace(act, to=asked[act.by])
        told.append(act)
    return tuple(told)
