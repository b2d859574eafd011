"""From words to participants: who speaks, who listens, and who "he", "I" and nobody-named are.

Takes report drafts and the `Grounding`; a word becomes a `Participant` through its mention. Rules beyond the mention itself:

- a quantity of people ("two of the officials") speaks as the people;
- a title without an actor takes the actor of its apposition ("the spokesman, P J Crowley");
- "he said" or "she said" without an actor is the last person who spoke, in this paragraph or the one before;
- "I" and "we" inside a quotation are the speaker of that quotation;
- a passive without an agent ("the delegation was told that …") is the statement of whoever spoke just before to the same
  addressee; where there is none, nobody is made responsible and nothing is emitted.
"""

from communique.grounding import Grounding
from communique.records import Participant
from communique.statements.cues import Report
from communique.statements.syntax import case_of

_SPEAKERS = frozenset({"PERSON", "ROLE"})
_ACTORS = frozenset({"PERSON", "ROLE", "ORG", "GPE", "NORP", "GROUP"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
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
    if found.actor is None:
        for child in document.children(index, "appos", "flat", "compound"):
            named = grounding.participant(child.index)
            mention = document.mention_at(child.index)
            if named is not None and named.actor is not None and mention is not None and mention.kind in _SPEAKERS:
                return Participant(found.mention, named.actor)
    return found


def is_first_person(grounding: Grounding, index: int | None) -> bool:
    """Whether the word is "I", "we" or one of their forms."""
    return index is not None and grounding.document.words[index].form.lower() in _FIRST


def is_bare_pronoun(grounding: Grounding, index: int | None) -> bool:
    """Whether the word is "he" or "she"."""
    return index is not None and grounding.document.words[index].form.lower() in _SINGULAR


def last_person(grounding: Grounding, before: int, drafts: list[Report]) -> Participant | None:
    """The last named person or office that spoke before the word, in its paragraph or the one before."""
    document = grounding.document
    paragraph = document.sentence_of(before).paragraph
    for draft in reversed(drafts):
        if draft.word >= before or draft.speaker is None:
            continue
        if paragraph - document.sentence_of(draft.word).paragraph > 1:
            return None
        found = participant(grounding, draft.speaker)
        mention = None if found is None else grounding.mention(found.mention)
        if mention is not None and mention.kind in _SPEAKERS:
            return found
    return None


def responsible(grounding: Grounding, draft: Report, drafts: list[Report]) -> int | None:
    """Who speaks in a passive that names nobody: the speaker of the sentence or two before, if the addressee is the same."""
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


def can_speak(grounding: Grounding, index: int) -> bool:
    """Whether the word heads a mention of somebody who acts."""
    mention = grounding.document.mention_at(index)
    return mention is not None and mention.kind in _ACTORS
