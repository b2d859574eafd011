"""From words to participants: who speaks, who listens, and who "he", "I" and nobody-named are.

Takes report drafts and the `Grounding`; a word becomes a `Participant` through its mention. Rules beyond the mention
itself:

- a quantity of people ("two of the officials") speaks as the people;
- a description takes the actor of the name beside it ("the spokesman, P J Crowley");
- "he said" or "she said" without a person as actor is the last person who spoke, in this paragraph or the one before;
- "I" and "we" inside a quotation are the speaker of that quotation;
- a passive without an agent ("the delegation was told that …") is the statement of whoever spoke just before to the
  same addressee; where there is none, nobody is made responsible and nothing is emitted.
"""

from communique.grounding import Grounding
from communique.records import Participant
from communique.statements.cues import Report
from communique.statements.lexicon import Lexicon
from communique.statements.syntax import case_of

_SPEAKERS = frozenset({"PERSON", "ROLE"})
_ACTORS = frozenset({"PERSON", "ROLE", "ORG", "GPE", "NORP", "GROUP"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
_WEAK = frozenset({"object", "predicate", "adj", "noun", "infinitive", "gerund", "prepositional"})
_QUANTITIES = frozenset({
    "one", "two", "three", "many", "some", "most", "few", "several", "all", "others", "both", "half", "majority",
    "none", "each", "everyone", "everybody", "someone", "those", "neither", "either",
})  # fmt: skip
_JOINING = frozenset({"and", "&", "or"})
_PERSONAL = _SINGULAR | _FIRST | {"they", "them", "their", "who"}
_UNNAMED = 0.6  # factor of confidence where the speaker was taken from the context of a passive
_GUESSED = 0.85  # the same where "he" was taken for the last person who spoke
_SENTENCES_BACK = 2  # how far an unnamed speaker may be sought


def participant(grounding: Grounding, index: int | None) -> Participant | None:
    """The participant that the word heads, or that stands for it; None where no mention does."""
    if index is None:
        return None
    document = grounding.document
    found = grounding.participant(index)
    if found is None:
        for child in document.children(index, "nmod", "flat", "compound"):
            if child.label.startswith("nmod") and case_of(document, child.index) != "of":
                continue
            found = grounding.participant(child.index)
            if found is not None:
                return found
        return None
    named = None if document.words[index].upos == "PROPN" else _apposed(grounding, index)
    if named is not None:
        return Participant(found.mention, named.actor)
    if found.actor is None:
        for child in document.children(index, "appos", "flat", "compound"):
            named = grounding.participant(child.index)
            mention = document.mention_at(child.index)
            if named is not None and named.actor is not None and mention is not None and mention.kind in _SPEAKERS:
                return Participant(found.mention, named.actor)
        return _in_name(grounding, index) or found
    return found


def _apposed(grounding: Grounding, index: int) -> Participant | None:
    """Who is named beside a description: "their secretary-general, *Amina Sy*, warned"; None where nobody is."""
    for child in grounding.document.children(index, "appos"):
        mention, named = grounding.document.mention_at(child.index), grounding.participant(child.index)
        if child.upos == "PROPN" and mention is not None and mention.kind in {"PERSON", "ORG"}:
            return named if named is not None and named.actor is not None else None
    return None


def _in_name(grounding: Grounding, index: int) -> Participant | None:
    """A person with an actor whose mention heads another word of the same run of names, cut in pieces by the reader."""
    words = grounding.document.words
    first = last = index
    while first > 0 and words[first - 1].upos == "PROPN" and words[first - 1].sentence == words[index].sentence:
        first -= 1
    while (
        last + 1 < len(words) and words[last + 1].upos == "PROPN" and words[last + 1].sentence == words[index].sentence
    ):
        last += 1
    if words[index].upos != "PROPN":
        return None
    for other in range(last, first - 1, -1):
        mention = grounding.document.mention_at(other)
        named = grounding.participant(other)
        if mention is not None and mention.kind == "PERSON" and named is not None and named.actor is not None:
            return named
    return None


def joint(grounding: Grounding, draft: Report, speaker: Participant) -> tuple[Participant, ...]:
    """Who else speaks the same words: the parts of a speaker that is a sum ("*British* and *French* officials said"),
    and those coordinated with it outside of what is said ("the minister *and the general* said")."""
    if draft.speaker is None:
        return ()
    document = grounding.document
    found = [each for each in grounding.parts_of(speaker.mention) if each.mention != speaker.mention]
    for child in document.children(draft.speaker, "conj"):
        inside = any(span.overlaps(child.span) for span in draft.spans)
        joined = any(each.form.lower() in _JOINING for each in document.children(child.index, "cc"))
        listed = joined or document.words[child.index - 1].form == ","
        if inside or not listed or not can_speak(grounding, child.index):
            continue
        if (other := participant(grounding, child.index)) is not None:
            found.append(other)
    return tuple(found)


def is_first_person(grounding: Grounding, index: int | None) -> bool:
    """Whether the word is "I", "we" or one of their forms."""
    return index is not None and grounding.document.words[index].form.lower() in _FIRST


def holds_up(grounding: Grounding, draft: Report, *, quoted: bool) -> bool:
    """Whether the speaker is one to whom this kind of statement can be put.

    Anything can be the source of a finding or of a clause ("figures show that …"); what is praised, asked for or felt
    needs somebody who acts, or for speech a paper that speaks for somebody. What "I" and "we" think inside a quotation
    is no more than the quotation says itself.
    """
    if draft.speaker is None:
        return False
    if draft.attitude and quoted and is_first_person(grounding, draft.speaker):
        return False
    if not draft.attitude and draft.rule not in _WEAK:
        return True
    if can_speak(grounding, draft.speaker, pronouns=True):
        return True
    word = grounding.document.words[draft.speaker]
    if word.form.lower() in _QUANTITIES:
        return True
    return not draft.attitude and word.lemma in Lexicon.load().documents


def resolve(grounding: Grounding, drafts: list[Report]) -> list[tuple[Report, Participant, float]]:
    """The drafts whose speaker is known, in the order given (that of their cues), each with its speaker and a factor
    of confidence: below 1 where the speaker was taken from the context."""
    found: list[tuple[Report, Participant, float]] = []
    by_word: dict[int, Participant] = {}
    for draft in drafts:
        factor = 1.0
        if draft.speaker is None and draft.passive:
            draft.speaker, factor = responsible(grounding, draft, drafts), _UNNAMED
        if draft.speaker is None:
            continue
        speaker = by_word.get(draft.speaker) or participant(grounding, draft.speaker)
        if speaker is None:
            continue
        alone = grounding.document.words[draft.speaker].form.lower() in _SINGULAR
        if alone and not _is_person(grounding, speaker):
            person = _last_person(grounding, draft, found)
            if person is not None:
                speaker, factor = Participant(speaker.mention, person.actor), factor * _GUESSED
        by_word[draft.speaker] = speaker
        found.append((draft, speaker, factor))
    return found


def _is_person(grounding: Grounding, participant: Participant) -> bool:
    """Whether the participant's actor is named by a person's name or office somewhere."""
    actor = None if participant.actor is None else grounding.actor(participant.actor)
    named = () if actor is None else (grounding.mention(each) for each in actor.mentions)
    return any(mention is not None and mention.kind in _SPEAKERS for mention in named)


def _last_person(
    grounding: Grounding, draft: Report, earlier: list[tuple[Report, Participant, float]]
) -> Participant | None:
    """The last person or office with an actor that spoke before, in the draft's paragraph or the one before."""
    document = grounding.document
    paragraph = document.sentence_of(draft.word).paragraph
    for other, speaker, _ in reversed(earlier):
        if paragraph - document.sentence_of(other.word).paragraph > 1:
            return None
        mention = grounding.mention(speaker.mention)
        if speaker.actor is None or mention is None or other.attitude:
            continue
        if mention.kind in _SPEAKERS or mention.span.of(document.text).lower() in _SINGULAR:
            return speaker
    return None


def responsible(grounding: Grounding, draft: Report, drafts: list[Report]) -> int | None:
    """Who speaks in a passive that names nobody: the speaker of the sentence or two before, to the same addressee."""
    document = grounding.document
    if draft.addressee is None:
        return None
    sentence = document.words[draft.word].sentence
    party = _party(grounding, draft.addressee)
    for earlier in reversed(drafts):
        gap = sentence - document.words[earlier.word].sentence
        if gap < 1 or earlier.speaker is None or earlier.addressee is None:
            continue
        if gap > _SENTENCES_BACK:
            return None
        if party and party & _party(grounding, earlier.addressee):
            return earlier.speaker
    return None


def _party(grounding: Grounding, index: int) -> frozenset[str]:
    """What identifies the party of an addressee: its chain, its actor, the country of the actor."""
    found = participant(grounding, index)
    if found is None:
        return frozenset()
    marks: set[str] = set()
    mention = grounding.mention(found.mention)
    if mention is not None and mention.chain is not None:
        marks.add(f"chain {mention.chain}")
    if found.actor is not None:
        marks.add(f"actor {found.actor}")
        actor = grounding.actor(found.actor)
        if actor is not None and actor.country is not None:
            marks.add(f"country {actor.country}")
    return frozenset(marks)


def topic_person(grounding: Grounding, sentence: int) -> int | None:
    """The subject of a sentence, if it can speak: a person, an office or "he", "she"; None otherwise."""
    document = grounding.document
    held = document.sentences[sentence]
    for word in document.words[held.first : held.last]:
        if word.label.split(":")[0] != "nsubj" or word.head < 0 or document.words[word.head].label != "root":
            continue
        mention = document.mention_at(word.index)
        if mention is not None and (mention.kind in _SPEAKERS or word.form.lower() in _SINGULAR):
            return word.index
    return None


def can_speak(grounding: Grounding, index: int, *, pronouns: bool = False) -> bool:
    """Whether the word heads a mention of somebody who acts; with `pronouns`, also "he", "she", "they", "we", "I"."""
    mention = grounding.document.mention_at(index)
    if mention is None:
        return False
    if mention.kind == "PRONOUN":
        form = grounding.document.words[index].form.lower()
        return pronouns and (form in _PERSONAL or grounding.actor_of(mention.id) is not None)
    return mention.kind in _ACTORS or grounding.actor_of(mention.id) is not None
