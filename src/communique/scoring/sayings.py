"""Statements against the project's own annotated corpus: the part `statements` of the protocol `corpus`.

A statement is right when the contents share half of their words (token F1 of .5 or more) and the speaker's words touch
the marked speaker's chain (or one of the speakers that it is the sum of). Statements marked as topics are no statements
by the guidelines (section S1) and are not compared. Of right ones, these are counted too: the kind of act (section S7;
an act of the lexicon counts as its kind), attitude or speech, the addressee, and the actor of a chain that has a name,
which is right when one of its mentions touches such a name.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from communique.corpus import AnnotatedArticle, MarkedStatement, Party
from communique.records import CodedArticle, Participant, Span, Statement
from communique.scoring.calibration import reliability
from communique.scoring.counting import Count, percent

CONTENT_SHARED = 0.5  # token F1 of two contents that are held to be the same, as in the protocol `attribution`

# Kinds of act of section S7 of the guidelines, and the finer acts of the program that count as one of them.
_KINDS: Mapping[str, str] = {
    "agreed": "promised", "criticised": "accused", "opposed": "declined", "ordered": "asked", "proposed": "asked",
    "rejected": "declined", "thanked": "praised",
    **dict.fromkeys(("accused", "apologised", "asked", "asserted", "declined", "denied", "offered", "praised",
                     "promised", "threatened", "warned"), ""),
}  # fmt: skip


def kind(act: str) -> str:
    """The kind of act by the guidelines; what they do not name apart counts as asserted."""
    return _KINDS.get(act, "asserted") or act


@dataclass
class Sayings:
    """Counts over all articles."""

    statement: Count = field(default_factory=Count)
    content: Count = field(default_factory=Count)
    addressee: Count = field(default_factory=Count)
    act: Count = field(default_factory=Count)
    attitude: Count = field(default_factory=Count)
    country: Count = field(default_factory=Count)
    actors: Counter[tuple[str, bool]] = field(default_factory=Counter)
    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, marked: AnnotatedArticle, coded: CodedArticle) -> None:
        """Adds one article."""
        given = [each for each in coded.statements if not each.topic]
        pairs = _paired(marked, given)
        right = [(each, one) for each, one in pairs if _same_speaker(each, one, marked, coded)]
        self.content.add(len(pairs), len(given), len(marked.statements))
        self.statement.add(len(right), len(given), len(marked.statements))
        rights = {one.id for _, one in right}
        self.sure += [(one.confidence, one.id in rights) for one in given]
        for each, one in right:
            self._details(each, one, marked, coded)

    def _details(self, each: MarkedStatement, one: Statement, marked: AnnotatedArticle, coded: CodedArticle) -> None:
        self.act.add(int(kind(one.act) == each.act), 1, 1)
        if kind(one.act) != each.act:
            self.acts[each.act, kind(one.act)] += 1
        self.attitude.add(int(one.attitude == each.attitude), 1, 1)
        told = one.addressee is not None and each.addressee is not None
        told = told and _touches(one.addressee, each.addressee, marked, coded)
        self.addressee.add(int(told), int(one.addressee is not None), int(each.addressee is not None))
        if each.speaker is None:
            return
        actor = next((actor for actor in coded.actors if actor.id == one.speaker.actor), None)
        chain = marked.chain(each.speaker.chain)
        if chain and chain.country:
            self.country.add(int(actor is not None and actor.country == chain.country), 1, 1)
        names = [mention.span for mention in marked.mentions
                 if mention.chain == each.speaker.chain and _is_name(mention.span, marked)]  # fmt: skip
        if names:
            spans = {mention.id: mention.span for mention in coded.mentions}
            held = () if actor is None else tuple(spans[name] for name in actor.mentions if name in spans)
            own = spans[one.speaker.mention].of(marked.text)
            self.actors[_way(own), any(span.overlaps(name) for span in held for name in names)] += 1

    def as_dict(self) -> dict[str, object]:
        """All measures, per cent."""
        told: dict[str, object] = {**self.statement.measures("statement"), **self.content.measures("content")}
        told |= self.addressee.measures("addressee")
        for name in ("act", "attitude"):
            count = getattr(self, name)
            told[f"statement_{name}.accuracy"] = percent(count.right, count.found)
        told["speaker_country.accuracy"] = percent(self.country.right, self.country.found)
        for way in ("name", "description", "pronoun"):
            right, wrong = self.actors[way, True], self.actors[way, False]
            told[f"speaker_actor_by_{way}.accuracy"] = percent(right, right + wrong)
        right = sum(count for (_, good), count in self.actors.items() if good)
        told["speaker_actor.accuracy"] = percent(right, self.actors.total())
        told["act_confusion"] = {f"{one} as {other}": count for (one, other), count in self.acts.most_common(12)}
        return told | {f"statement_{name}": value for name, value in reliability(self.sure).as_dict().items()}


def touched(span: Span, party: Party, marked: AnnotatedArticle) -> bool:
    """Whether the words touch the marked mention of a party or another mention of its chain."""
    return span.overlaps(party.mention) or any(
        span.overlaps(mention.span) for mention in marked.mentions if mention.chain == party.chain
    )


def _paired(marked: AnnotatedArticle, given: Sequence[Statement]) -> list[tuple[MarkedStatement, Statement]]:
    """Marked and found statements of the same content, one to one, the best shared first."""
    scored = [
        (-_shared(each.content, one.content, marked.text), first, second)
        for first, each in enumerate(marked.statements)
        for second, one in enumerate(given)
        if each.content[0].start < one.content[-1].end and one.content[0].start < each.content[-1].end
    ]
    taken_marked, taken_given, found = set[int](), set[int](), []
    for shared, first, second in sorted(scored):
        if -shared >= CONTENT_SHARED and first not in taken_marked and second not in taken_given:
            taken_marked.add(first)
            taken_given.add(second)
            found.append((marked.statements[first], given[second]))
    return found


def _same_speaker(each: MarkedStatement, one: Statement, marked: AnnotatedArticle, coded: CodedArticle) -> bool:
    if each.speaker is None:
        return False
    chain = marked.chain(each.speaker.chain)
    members = () if chain is None else tuple(Party(name, each.speaker.mention) for name in chain.members)
    parties = (each.speaker, *members)
    return any(_touches(speaker, party, marked, coded) for speaker in one.speakers for party in parties)


def _touches(
    participant: Participant | None, party: Party | None, marked: AnnotatedArticle, coded: CodedArticle
) -> bool:
    if participant is None or party is None:
        return False
    span = next(mention.span for mention in coded.mentions if mention.id == participant.mention)
    return touched(span, party, marked)


def _is_name(span: Span, marked: AnnotatedArticle) -> bool:
    """Whether a mention names: its last word begins with a capital, which is not that of a sentence."""
    words = span.of(marked.text)
    opens = len(words.split()) == 1 and span.start in {each.start for each in marked.sentences}
    return words.split()[-1][:1].isupper() and not opens and _way(words) != "pronoun"


_PRONOUNS = frozenset({
    "i", "we", "he", "she", "they", "it", "you", "his", "her", "their", "its", "my", "our", "me", "us", "him", "them",
    "who",
})  # fmt: skip


def _way(words: str) -> str:
    """How a speaker is named in the statement's own sentence."""
    if words.lower() in _PRONOUNS:
        return "pronoun"
    return "name" if any(word[:1].isupper() for word in words.split()[1:] or words.split()) else "description"


def _shared(one: Sequence[Span], other: Sequence[Span], text: str) -> float:
    """Token F1 of two contents."""
    ours, theirs = places(one, text), places(other, text)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def places(spans: Sequence[Span], text: str) -> set[int]:
    """Where the words inside the spans begin."""
    return {
        place
        for span in spans
        for place in range(span.start, span.end)
        if text[place].isalnum() and (place == span.start or not text[place - 1].isalnum())
    }
