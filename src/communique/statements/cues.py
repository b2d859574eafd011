"""Cues in a document: each word of saying or thinking with its use, its speaker and what the tree gives as its
content.

Takes a `Grounding`, gives :class:`Report` drafts in order of their cues. A draft may still lack content (a verb whose
quotation has yet to be attached, see `quotations`) or a speaker (a passive, see `speakers`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.records import Document, Span, Word
from communique.statements.content import Filled, companions, filled, sentence_around
from communique.statements.lexicon import Cue, CueTag, Lexicon, Phrase
from communique.statements.surface import after_verb, beside, following, group_start, parenthesis, preceding
from communique.statements.syntax import LIGHT_VERBS, agent, case_of, is_passive, owner, runs, subject

_TAGS: dict[str, CueTag] = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LONG_NAME = 6  # words of a speaker after its verb that are surely no content
_LIGHT_REACH = 4  # words between a light verb and its noun that still make one cue ("expressed grave concern about")
_SECOND_PERSON = frozenset({"you", "there", "this", "what", "nobody", "none"})


@dataclass(slots=True)
class Report:
    """A statement in the making; words by index, `spans` by character.

    `cue` is None for quotations without a word of saying. `rule` tells how content and cue met and sets the
    confidence. `quotes` tells whether a quotation may still be attached, `bare` that the content is a mere noun phrase,
    `verbatim` that it is a turn of a transcript: direct speech without marks. `companion` is the second word of a cue
    of two ("let it be *known*").
    """

    act: str
    attitude: bool
    word: int
    cue: Span | None
    speaker: int | None
    addressee: int | None
    spans: list[Span]
    rule: str
    quotes: bool = False
    passive: bool = False
    clause: tuple[int, int] = (0, 0)
    direct: bool = False
    bare: bool = False
    verbatim: bool = False
    companion: int | None = None


def reports(document: Document, lexicon: Lexicon) -> list[Report]:
    """All drafts of the document, in order of their cue words."""
    found: list[Report] = []
    for word in document.words:
        tag = _TAGS.get(word.upos)
        if tag is not None and (word.lemma.lower() in lexicon.known or word.form.lower() in lexicon.known):
            draft = _from_word(document, word, tag, lexicon)
            if draft is not None:
                if is_adding(document, word.index):
                    before = _speaker_before(document, word, found)
                    draft.speaker = draft.speaker if before is None else before
                found.append(draft)
        if (phrases := lexicon.phrases.get(word.form.lower())) is not None:
            found.extend(_from_phrase(document, word, phrases))
    return found


def _speaker_before(document: Document, word: Word, drafts: list[Report]) -> int | None:
    """The speaker of the first speech of the sentence: whoever goes on with "adding"."""
    for draft in drafts:
        if document.words[draft.word].sentence == word.sentence and not draft.attitude and draft.quotes:
            return draft.speaker
    return None


def _from_word(document: Document, word: Word, tag: CueTag, lexicon: Lexicon) -> Report | None:
    uses = lexicon.cues.get((tag, word.lemma.lower()))
    if tag == "noun":
        owned = lexicon.owned.get(word.lemma)
        if owned is not None and (draft := _owned(document, word, owned)) is not None:
            return draft
        return _noun(document, word, uses) if uses else None
    if tag == "adj":
        return _adjective(document, word, lexicon)
    draft = _verb(document, word, uses) if uses else None
    if (draft is None or not draft.spans) and word.xpos == "VBN":
        return _adjective(document, word, lexicon) or draft
    return draft


def _verb(document: Document, word: Word, uses: tuple[Cue, ...]) -> Report | None:
    speaker = agent(document, word.index)
    passive = is_passive(document, word.index)
    if not passive and not document.children(word.index, "nsubj"):
        speaker = _unread(document, word, speaker)
    waiting: Cue | None = None
    for cue in uses:
        if cue.companion is not None and not companions(document, word.index, cue):
            continue
        content = filled(document, word.index, cue)
        if content is not None and _says(document, word, speaker):
            content = _around(document, word, cue, content, speaker)
            return _draft(document, word, cue, content, speaker, passive=passive)
        if cue.quotes and waiting is None:
            waiting = cue
    if waiting is None or speaker is None or passive or not _says(document, word, speaker):
        return None
    return _draft(document, word, waiting, _unfilled(document, word, waiting, speaker), speaker, passive=False)


def _around(document: Document, word: Word, cue: Cue, content: Filled, speaker: int | None) -> Filled:
    """The content, unless the tag stands between commas in the middle of what it reports: then both sides of it."""
    if speaker is None or not cue.reports or content.rule not in {"clause", "fronted", "line"}:
        return content
    if content.words and content.words[0] < word.index < content.words[-1]:
        return content  # the tree has both sides
    words = parenthesis(document, word, speaker)
    return Filled(words, "fronted") if words else content


def _unfilled(document: Document, word: Word, cue: Cue, speaker: int) -> Filled:
    """Content of a verb of saying by the line of words, where the tree shows none; often there is but a quotation."""
    if not cue.reports or word.xpos not in _FINITE | {"VBG"}:
        return Filled((), "quote")
    after = following(document, word, plain=cue.content[:2] == ("quote", "clause"))
    if after and speaker not in after:
        return Filled(after, "line")
    before = preceding(document, word, speaker) if word.xpos in _FINITE else ()
    return Filled(before, "line") if before else Filled((), "quote")


def _says(document: Document, word: Word, speaker: int | None) -> bool:
    """Whether the subject can be held to have spoken: not "you", an expletive, or an order to the reader."""
    if speaker is None:
        return is_passive(document, word.index)
    form = document.words[speaker].form.lower()
    return form not in _SECOND_PERSON and speaker != word.index


def _unread(document: Document, word: Word, speaker: int | None) -> int | None:
    """The speaker of a finite verb of saying that has no subject of its own in the tree; `speaker` came by control."""
    if word.xpos not in _FINITE or (speaker is not None and _coordinated(document, word)):
        return speaker
    near = beside(document, word)
    return speaker if near is None else near


def _coordinated(document: Document, word: Word) -> bool:
    """Whether the verb shares its subject by a real conjunction ("came and said")."""
    first = group_start(document, word)
    return bool(document.children(word.index, "cc")) or (first > 0 and document.words[first - 1].upos == "CCONJ")


def _noun(document: Document, word: Word, uses: tuple[Cue, ...]) -> Report | None:
    for cue in uses:
        content = filled(document, word.index, cue)
        if content is None:
            continue
        speaker = owner(document, word.index)
        if speaker is None or not _says(document, word, speaker):
            return None
        return _draft(document, word, cue, content, speaker, passive=False)
    return None


def _adjective(document: Document, word: Word, lexicon: Lexicon) -> Report | None:
    head = document.head(word)
    if word.label == "xcomp" and head is not None and head.lemma == "make":
        return None  # "to make sure that" tells of no conviction
    for cue in lexicon.cues.get(("adj", word.form.lower()), ()):
        content = filled(document, word.index, cue)
        if content is None:
            continue
        speaker = subject(document, word.index)
        if speaker is None and word.label == "amod":
            speaker = word.head
        if speaker is None or not _says(document, word, speaker):
            return None
        return _draft(document, word, cue, content, speaker, passive=False)
    return None


def _owned(document: Document, word: Word, phrase: Phrase) -> Report | None:
    """ "In his view, the talks failed": the noun's possessor reports the sentence."""
    if case_of(document, word.index) not in {"in", "by", "to"} or not word.label.startswith("obl"):
        return None
    possessors = [child for child in document.children(word.index, "nmod") if child.label == "nmod:poss"]
    content = sentence_around(document, word.index)
    if not possessors or not content.words:
        return None
    return Report(
        phrase.act, phrase.attitude, word.index, word.span, possessors[0].index, None,
        spans_of(document, content.words), "phrase", clause=_reach(document, word.index),
    )  # fmt: skip


def _from_phrase(document: Document, word: Word, phrases: tuple[Phrase, ...]) -> Iterator[Report]:
    """ "According to the ministry, …": a phrase in front of its speaker."""
    for phrase in phrases:
        last = word.index + len(phrase.words) - 1
        stretch = document.words[word.index : last + 1]
        if tuple(each.form.lower() for each in stretch) != phrase.words or last + 1 >= len(document.words):
            continue
        speaker = _noun_after(document, word, last)
        if speaker is None:
            continue
        outermost = speaker
        for above in document.ancestors(speaker):
            if not word.index <= above.index <= last:
                break
            outermost = above.index
        content = sentence_around(document, outermost)
        words = [each for each in content.words if not word.index <= each <= last]
        cue = Span(word.span.start, document.words[last].span.end)
        yield Report(
            phrase.act, phrase.attitude, word.index, cue, speaker, None, spans_of(document, words), "phrase",
            quotes=True, clause=_reach(document, outermost),
        )  # fmt: skip
        return


def _noun_after(document: Document, word: Word, last: int) -> int | None:
    """The noun that a phrase governs: by its case arc, else the longest mention that begins after it."""
    head = word.head
    if word.label == "case" and head > last:
        return head
    start = document.words[last + 1].span.start
    for mention in document.mentions:
        if mention.span.start == start:
            return mention.head
    return None


def _draft(document: Document, word: Word, cue: Cue, content: Filled, speaker: int | None, *, passive: bool) -> Report:
    if cue.tag == "verb" and speaker is not None:
        content = replace(content, words=outside_tag(document, content.words, word.index, speaker))
    return Report(
        act=cue.act,
        attitude=cue.attitude,
        word=word.index,
        cue=_cue_span(document, word, cue, content),
        speaker=speaker,
        addressee=_addressee(document, word, cue, content, passive=passive),
        spans=spans_of(document, content.words),
        rule=content.rule if cue.tag == "verb" else cue.tag,
        quotes=cue.quotes,
        passive=passive,
        clause=_reach(document, word.index, set(content.words)),
        bare=content.rule in {"object", "prepositional"},
        companion=next(iter(companions(document, word.index, cue)), None),
    )


def outside_tag(document: Document, words: tuple[int, ...], cue_word: int, speaker: int) -> tuple[int, ...]:
    """The content without the words of the tag itself, from speaker to cue, which a bad tree may hang there."""
    first, last = min(cue_word, speaker), max(cue_word, speaker)
    mention = document.mention_at(speaker)
    if mention is not None:
        inside = document.words_in(mention.span)
        if speaker < cue_word:
            first = min(first, inside[0].index)
        elif len(inside) <= _LONG_NAME:
            last = max(last, inside[-1].index)
    kept = tuple(each for each in words if not first <= each <= last)
    # ", adding …" is a statement of its own, and after a tag in the middle so is every participle.
    between = bool(kept) and kept[0] <= last
    for index in range(last + 1, document.sentence_of(cue_word).last):
        word = document.words[index]
        if document.words[index - 1].form == "," and (is_adding(document, index) or (between and word.xpos == "VBG")):
            return tuple(each for each in kept if each < index)
    return kept


def is_adding(document: Document, index: int) -> bool:
    """Whether the word is the "adding" that goes on with what a speaker said before in the sentence."""
    return document.words[index].form.lower() == "adding" and index > 0 and document.words[index - 1].form == ","


def spans_of(document: Document, indices: tuple[int, ...] | list[int]) -> list[Span]:
    """One span per unbroken run of the words, punctuation at its edges left out."""
    return [document.span_of(run) for run in runs(document, indices)]


def _reach(document: Document, index: int, content: frozenset[int] | set[int] = frozenset()) -> tuple[int, int]:
    """First and last word of the clause of a cue, its content left out."""
    own = [each for each in document.subtree(index) if each not in content] or [index]
    return own[0], max(own[-1], index)


def _cue_span(document: Document, word: Word, cue: Cue, content: Filled) -> Span:
    """The cue's words: the word with its auxiliaries, negation and adverbs before it, its particle and preposition."""
    first, last = word.index, word.index
    if cue.tag == "noun" and not document.children(word.index, "nmod:poss"):
        head = document.head(word)
        if (
            head is not None
            and word.label == "obj"
            and head.lemma in LIGHT_VERBS
            and 0 < first - head.index <= _LIGHT_REACH
        ):
            first = head.index
            word = head
    if cue.tag != "noun" or first != last:
        first = _verb_group(document, word, first)
    after = {each for each in companions(document, last, cue) if each <= last + 2}
    after |= {child.index for child in document.children(last, "compound") if child.label == "compound:prt"}
    if content.preposition is not None:
        after.add(content.preposition)
    if (
        "on" in cue.addressee
        and document.words[last + 1 : last + 2]
        and document.words[last + 1].form in {"on", "upon"}
    ):
        after.add(last + 1)
    for index in sorted(after):
        if last < index <= last + 2 and index not in content.words:
            last = index
    return document.span_of([first, last])


def _verb_group(document: Document, word: Word, first: int) -> int:
    """The first word of the unbroken group of auxiliaries, negation and adverbs that ends in the verb."""
    while first > 0:
        before = document.words[first - 1]
        label = before.label.split(":")[0]
        if (
            not first <= before.head <= word.index
            or label not in {"aux", "advmod", "cop"}
            or before.upos not in {"AUX", "ADV", "PART"}
        ):
            break
        first -= 1
    return first


def _addressee(document: Document, word: Word, cue: Cue, content: Filled, *, passive: bool) -> int | None:
    """To whom it is said: the lexicon's slots, then "in a letter to X"; None where nobody is named."""
    inside = set(content.words)
    for slot in cue.addressee:
        if slot == "object":
            found = _told(document, word, passive=passive)
        else:
            found = next(
                (
                    child.index
                    for child in _with_object(document, word.index)
                    if case_of(document, child.index) == slot and _can_listen(document, child.index)
                ),
                None,
            )
        if found is not None and found not in inside:
            return found
    return _by_letter(document, word, inside)


def _with_object(document: Document, index: int) -> list[Word]:
    """Prepositional phrases of a cue and of its object ("expressed condolences *to the families*")."""
    found = document.children(index, "obl", "nmod")
    for target in document.children(index, "obj"):
        found.extend(document.children(target.index, "nmod"))
    return found


def _told(document: Document, word: Word, *, passive: bool) -> int | None:
    if passive:
        return subject(document, word.index)
    objects = document.children(word.index, "iobj") or document.children(word.index, "obj")
    if objects:
        return objects[0].index
    after = after_verb(document, word)
    return after if after is not None and _can_listen(document, after) else None


def _by_letter(document: Document, word: Word, inside: set[int]) -> int | None:
    """ "said in a letter to the council": the addressee of the paper is that of its words."""
    for child in document.children(word.index, "obl"):
        if case_of(document, child.index) not in {"in", "during", "at"} or child.index in inside:
            continue
        for below in document.children(child.index, "nmod"):
            if case_of(document, below.index) in {"to", "with"} and _can_listen(document, below.index):
                return below.index
    return None


def _can_listen(document: Document, index: int) -> bool:
    mention = document.mention_at(index)
    return mention is not None and mention.kind in {"PERSON", "ORG", "GPE", "NORP", "ROLE", "GROUP", "PRONOUN"}
