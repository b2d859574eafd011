"""Reported speech read off the line of words, for sentences whose tree does not show it.

Speech tags are the most regular thing in news ("…, the minister said."; "said the minister"; "he said that …"), and a
parser trained on little text errs in them more often than these rules do. They answer only where the tree gave nothing:
`beside` for the speaker of a verb without a subject, `following` and `preceding` for its content.
"""

from bisect import bisect_left
from collections.abc import Sequence

from communique.records import Document, Mention, Word

_NOMINAL = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_QUESTION = frozenset({"when", "where", "why", "how", "what", "who", "whether", "if"})
_NOBODY = frozenset({"DATE", "TIME", "DURATION", "MONEY", "QUANTITY"})
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where", "that"})
_JOINING = frozenset({"and", "but", "nor", "or", "not"})
_ABOUT_IT = frozenset({"after", "as", "before", "while", "adding", "with", "a", "which"})
_MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "‘"})
_LONGEST_TAG = 12  # words between two commas that still are one tag
_LEAST_FRONTED = 3  # words that a reported sentence has at least


def beside(document: Document, verb: Word) -> int | None:
    """The head of the mention directly after the verb ("said the envoy") or directly before its group ("she has said").

    None where no mention touches the verb. "After" counts only where the verb begins its clause: at the start of the
    sentence, after a comma or after a mark.
    """
    first = group_start(document, verb)
    sentence = document.sentence_of(verb.index)
    before = document.words[first - 1] if first > sentence.first else None
    if before is None or before.upos == "PUNCT":
        after = after_verb(document, verb)
        # "Reyes, who had stayed, said it was late": what a verb follows is the subject of the report.
        return None if after is None or _acts(document, after) else after
    return _head(_ending(document, before))


def _acts(document: Document, index: int) -> bool:
    """Whether a verb stands right behind the word in its sentence."""
    behind = document.words[index + 1 : document.sentence_of(index).last][:1]
    return bool(behind) and behind[0].upos in {"VERB", "AUX"}


def after_verb(document: Document, verb: Word) -> int | None:
    """The head of the mention that starts right after the verb in its sentence, or None."""
    if verb.index + 1 >= document.sentence_of(verb.index).last:
        return None
    return _head(_starting(document, document.words[verb.index + 1].span.start))


def group_start(document: Document, verb: Word) -> int:
    """Index of the first word of the auxiliaries and adverbs directly before the verb."""
    first = verb.index
    sentence = document.sentence_of(verb.index)
    while first > sentence.first and document.words[first - 1].upos in {"AUX", "ADV"}:
        first -= 1
    return first


def following(document: Document, verb: Word, *, plain: bool) -> tuple[int, ...]:
    """The rest of the sentence after the verb, if it reads as a reported clause: "that …", or, for a `plain` verb of
    saying, a noun phrase and a finite verb; empty otherwise."""
    sentence = document.sentence_of(verb.index)
    rest = document.words[verb.index + 1 : sentence.last]
    if not rest:
        return ()
    if rest[0].form.lower() == "that" and len(rest) > 1 and rest[1].upos != "PUNCT":
        rest = rest[1:] if is_subordinator(rest[0], rest[1]) else rest
    elif rest[0].form.lower() in _QUESTION and plain:
        pass
    elif not plain or rest[0].upos not in _NOMINAL or _is_time(document, rest[0]):
        return ()
    if verb.label.startswith("acl") or document.words[verb.index - 1].form.lower() in {"who", "which"}:
        # A relative clause ends at its comma.
        rest = rest[: next((place for place, word in enumerate(rest) if word.form == ","), len(rest))]
    finite = next((place for place, word in enumerate(rest) if word.xpos in _FINITE), None)
    if finite is None or any(word.upos == "CCONJ" for word in rest[max(0, finite - 2) : finite]):
        return ()
    if rest[0].index == verb.index + 1 and any(word.form == "," for word in rest[:finite]):
        return ()
    return tuple(word.index for word in rest)


def is_subordinator(word: Word, following_word: Word) -> bool:
    """Whether a "that" only opens a clause; before a finite verb ("that is why …") it is the clause's subject."""
    subject = following_word.upos == "AUX" or (following_word.upos == "VERB" and following_word.xpos in {"VBZ", "VBP"})
    return word.form.lower() == "that" and word.upos != "DET" and not subject


def preceding(document: Document, verb: Word, speaker: int) -> tuple[int, ...]:
    """The words of the sentence around a tag set off by commas ("Talks, she said, failed"), or ().

    The tag must begin right after a comma and end at a comma or at the end of the sentence; what stands after its
    second comma belongs to the report if it has a finite verb and is no participle ("adding …").
    """
    words, sentence = document.words, document.sentence_of(verb.index)
    mention = document.mention_at(speaker)
    start = group_start(document, verb)
    if speaker < verb.index:
        begin = speaker if mention is None else _first_word(document, mention)
        start = min(start, begin)
    if start - sentence.first <= _LEAST_FRONTED or words[start - 1].form not in {",", "”", '"', "''"}:
        return ()
    found = list(range(sentence.first, start - 1))
    end = max(verb.index, speaker) + 1
    while end < sentence.last and words[end].form not in {",", "."}:
        end += 1
    after = range(end + 1, sentence.last)
    goes_on = speaker < verb.index and any(words[each].xpos in _FINITE for each in after)
    if goes_on and words[end].form == "," and words[end + 1].xpos != "VBG":
        found.extend(after)
    return tuple(found)


def parenthesis(document: Document, verb: Word, speaker: int) -> tuple[int, ...]:
    """The words of the sentence before and after a tag that commas part from them on both sides ("If it rains, *he told
    the paper*, nobody will come"), or ().

    What follows the tag belongs to the report if it has a finite verb of its own or goes on with "and", "but", "nor";
    an apposition to the speaker ("said Reyes, the union's leader") or a participle does not. Behind a semicolon a new
    sentence begins. Sentences with quotation marks are left to the marks.
    """
    words, sentence = document.words, document.sentence_of(verb.index)
    start, end = _tag(document, verb, speaker)
    if any(word.form in _MARKS for word in words[sentence.first : sentence.last]) or start - sentence.first < 2:
        return ()
    if words[start - 1].form != "," or words[start].form.lower() in _RELATIVE or verb.xpos not in _FINITE:
        return ()
    while end < sentence.last and words[end].form not in {",", ";"}:
        if words[end].upos in {"VERB", "AUX", "SCONJ"} or end - start > _LONGEST_TAG or words[end].form == ":":
            return ()
        end += 1
    before, after = words[sentence.first : start - 1], words[end + 1 : sentence.last]
    if end >= sentence.last or not after:
        return ()
    if after[0].form.lower() in _RELATIVE:
        # "said Reyes, who sells oysters, half of the town …": what tells of the speaker ends at its comma.
        comma = next((place for place, word in enumerate(after) if word.form == ","), len(after))
        after = after[comma + 1 :]
    goes_on = words[end].form == "," and bool(after) and _reported_on(after)
    if not goes_on and not _finite(before):
        return ()
    return tuple(word.index for word in (*before, *(after if goes_on else ())))


def _tag(document: Document, verb: Word, speaker: int) -> tuple[int, int]:
    """The first word of a tag and the one behind its verb and speaker."""
    mention = document.mention_at(speaker)
    inside = [] if mention is None else [word.index for word in document.words_in(mention.span)]
    start = min(group_start(document, verb), *(inside or [speaker]), speaker)
    if speaker < verb.index:
        return start, verb.index + 1
    comma = next((index for index in inside if document.words[index].form == ","), len(document.words))
    return group_start(document, verb), max(verb.index, speaker, *(each for each in inside if each < comma)) + 1


def _reported_on(after: Sequence[Word]) -> bool:
    """Whether words behind a tag go on with what is reported."""
    first = after[0]
    if first.xpos in {"VBG", "VBN"} or first.form.lower() in _ABOUT_IT:
        return False
    if first.form.lower() in _JOINING or first.xpos in {"VB", "TO"}:
        return True
    return _finite(after)


def _finite(words: Sequence[Word]) -> bool:
    """Whether a finite verb stands among the words before any relative pronoun."""
    for place, word in enumerate(words):
        if place and word.form.lower() in _RELATIVE:
            return False
        if word.xpos in _FINITE:
            return True
    return False


def _head(mention: Mention | None) -> int | None:
    """The head of a mention that may speak: no time, sum or measure ("said *Tuesday*")."""
    return None if mention is None or mention.kind in _NOBODY else mention.head


def _starting(document: Document, offset: int) -> Mention | None:
    """The longest mention that starts at an offset."""
    place = bisect_left(document.mentions, offset, key=_start_of)
    found = document.mentions[place] if place < len(document.mentions) else None
    return found if found is not None and found.span.start == offset else None


def _ending(document: Document, word: Word) -> Mention | None:
    """The longest mention of the sentence that ends with a word."""
    place = bisect_left(document.mentions, document.sentence_of(word.index).span.start, key=_start_of)
    for mention in document.mentions[place:]:
        if mention.span.start > word.span.start:
            break
        if mention.span.end == word.span.end:
            return mention
    return None


def _start_of(mention: Mention) -> int:
    return mention.span.start


def _first_word(document: Document, mention: Mention) -> int:
    return document.words_in(mention.span)[0].index


def _is_time(document: Document, word: Word) -> bool:
    mention = _starting(document, word.span.start)
    return mention is not None and mention.kind in {"DATE", "TIME", "DURATION"}
