"""Reports that only the model sees: cues that no lexicon lists, content that the tree does not show, who is told.

Takes a document with signs (see `communique.records.Sign`) and the drafts of the rules; gives further drafts and fills
gaps of theirs. Content comes from the tree where it hangs a clause on the cue, else from the links to its first and
last word, inside the cue's sentence. Without signs nothing changes.
"""

from collections.abc import Iterable

from communique.grounding import Grounding
from communique.records import Document, Sign, Word
from communique.statements import weigh
from communique.statements.content import Filled, filled
from communique.statements.cues import Report, is_adding, outside_tag, spans_of
from communique.statements.lexicon import Cue, CueTag
from communique.statements.speakers import can_speak
from communique.statements.syntax import agent, is_passive, owner

# From these probabilities on, set on the development part of the project's corpus: of a word to be a cue though no rule
# knows it, of both ends of its content, of a speaker, of an addressee.
_CUE, _ENDS, _SPEAKER, _ADDRESSEE = 0.6, 0.1, 0.3, 0.5
_SURE_SPEAKER = 0.5  # instead of a thing
_SURE = 0.25  # both ends, where the rule that read the content is one of `_ERRING`
_ERRING = frozenset({"fronted", "line"})
_TAGS: dict[str, CueTag] = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
_SLOTS = ("clause", "infinitive", "gerund")


def unlisted(document: Document, drafts: Iterable[Report]) -> list[Report]:
    """Drafts for the words that the model takes for cues and no draft has, in order of text."""
    known = {draft.word for draft in drafts} | {draft.companion for draft in drafts}
    covered = [draft.cue for draft in drafts if draft.cue is not None]
    found = []
    for sign in document.signs or ():
        word = document.words[sign.word]
        if sign.says < _CUE or sign.word in known or any(cue.contains(word.span) for cue in covered):
            continue
        found.append(_report(document, word, sign))
    return found


def fill(document: Document, drafts: Iterable[Report]) -> list[Report]:
    """Gives content to the drafts that the rules left without any, or read against the model, where the model links
    both ends; gives those."""
    changed = []
    for draft in drafts:
        sign = document.sign_at(draft.word)
        if sign is None or sign.says < _CUE or (draft.spans and not _misread(document, draft, sign)):
            continue
        words = _linked(document, document.words[draft.word], sign, draft.speaker)
        if words:
            draft.spans, draft.rule, draft.bare = spans_of(document, words), "sign", False
            changed.append(draft)
    return changed


def _misread(document: Document, draft: Report, sign: Sign) -> bool:
    """Whether a rule that errs often put the content elsewhere than the model does, which is sure of its ends."""
    if draft.rule not in _ERRING or draft.direct:
        return False
    sentence = document.sentence_of(draft.word)
    ends = weigh.stretch(sign, range(sentence.first, sentence.last), least=_SURE)
    return ends is not None and not any(span.overlaps(document.words[ends[0]].span) for span in draft.spans)


def once(drafts: list[Report]) -> list[Report]:
    """The drafts without those of the rules whose content a cue known to the model only has too ("let it be *known*
    that …"): the model's is the better reading of the cue."""
    told = {tuple(draft.spans) for draft in drafts if draft.rule == "sign"}
    return [draft for draft in drafts if draft.rule == "sign" or draft.direct or tuple(draft.spans) not in told]


def complete(grounding: Grounding, draft: Report) -> None:
    """Sets the speaker and the addressee by the links, where the rules give none, or a thing that cannot speak though
    the model is sure of somebody in the sentence."""
    document = grounding.document
    sign = document.sign_at(draft.word)
    if sign is None or sign.says < _CUE or draft.rule in {"turn", "signed", "continued", "neighbour"}:
        return
    outside = [
        word for word in {*sign.links.get("speaker", {}), *sign.links.get("addressee", {})}
        if not any(span.contains(document.words[word].span) for span in draft.spans)
    ]  # fmt: skip
    speaker = weigh.likeliest(sign, "speaker", outside, least=_SPEAKER)
    if draft.speaker is None:
        # A passive that names nobody is put to whoever spoke before, or to nobody (`speakers.responsible`).
        draft.speaker = None if draft.passive else speaker
    elif not can_speak(grounding, draft.speaker, pronouns=True):
        near = [word for word in outside if document.words[word].sentence == document.words[draft.word].sentence]
        other = weigh.likeliest(sign, "speaker", near, least=_SURE_SPEAKER)
        draft.speaker = draft.speaker if other is None else other
    if draft.addressee is None:
        told = weigh.likeliest(sign, "addressee", outside, least=_ADDRESSEE)
        draft.addressee = told if told != draft.speaker else None


def _report(document: Document, word: Word, sign: Sign) -> Report:
    tag = _TAGS.get(word.upos)
    act = max(sorted(sign.acts), key=lambda kind: sign.acts[kind])
    content = None
    if tag is not None:
        cue = Cue(word.lemma.lower(), tag, act, content=_SLOTS)
        content = filled(document, word.index, cue)
    speaker = _speaker(document, word, tag, sign)
    words = _linked(document, word, sign, speaker) if content is None else content.words
    if content is not None and speaker is not None:
        linked = _linked(document, word, sign, speaker) if speaker in words else ()
        words = linked or outside_tag(document, words, word.index, speaker)
    filling = Filled(tuple(words), "sign")
    return Report(
        act=act,
        attitude=sign.attitude > 0.5,
        word=word.index,
        cue=word.span,
        speaker=speaker,
        addressee=None,
        spans=spans_of(document, filling.words),
        rule=filling.rule,
        passive=tag == "verb" and is_passive(document, word.index),
        clause=(word.index, word.index),
    )


def _speaker(document: Document, word: Word, tag: CueTag | None, sign: Sign) -> int | None:
    linked = weigh.likeliest(sign, "speaker", sign.links.get("speaker", {}), least=_SPEAKER)
    if linked is not None:
        return linked
    if tag == "verb":
        return agent(document, word.index)
    return owner(document, word.index) if tag == "noun" else None


def _linked(document: Document, word: Word, sign: Sign, speaker: int | None) -> tuple[int, ...]:
    """The words between the ends that the model links, in the cue's sentence, without the tag itself."""
    sentence = document.sentence_of(word.index)
    ends = weigh.stretch(sign, range(sentence.first, sentence.last), least=_ENDS)
    if ends is None:
        return ()
    words = tuple(range(ends[0], ends[1] + 1))
    if speaker is not None and ends[0] <= word.index <= ends[1]:
        words = outside_tag(document, words, word.index, speaker)
    return tuple(each for each in words if each != word.index and not is_adding(document, each))
