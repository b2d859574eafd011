"""Turns of speech in transcripts and headlines: a label with a colon, and what follows it ("MINISTER: We shall see.").

Takes a grounded document, gives one draft per turn. Three kinds of label are read:

- a name at the start of a paragraph, whoever can speak;
- a label in capitals, at the start of a paragraph or after the end of a sentence, if the text has it twice or has two
  of its kind ("QUESTION: … MS DELACROIX: …");
- a word for somebody unnamed ("Question", "Reporter"), in the same places;
- inside a paragraph that a label opens, any label that the text has twice ("Q: And you stayed? Becerra: I did.");
- in an interview, which is a text where a label that comes back asks ("Quarterly: When were you arrested?"), all labels
  that come back or open a paragraph, whatever they name.

A place before a colon is where a report was written ("KABUL: …") or of what a headline tells ("Chiapas: Army jets
strafe hamlets"); it is a speaker only of words that somebody says ("Ottawa: We will not pay").

A turn runs to the next label or to the end of its paragraph; between two labels, paragraphs without one belong to the
turn before if the document is a transcript, that is if labels open at least half of its paragraphs.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from communique.grounding import Grounding
from communique.records import Document, Mention, Span
from communique.statements.cues import Report
from communique.statements.marks import Quotation
from communique.statements.speakers import can_speak

_LABEL = re.compile(
    r"(?:(?:\A|(?<=\n))(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)? (?:- )?)?|(?<=[.?!\"”’)\]…]\s))[\"“‘']?"
    r"(?P<name>[A-Z][\w.'’\-]*(?: (?:[A-Z&(][\w.'’\-)]*|of|to|the|de|van|von|al|bin)){0,6}"
    r"(?: (?:account )?(?:on|via) (?:[a-z]+ )?(?:television|TV|radio|Twitter|X|Facebook|Telegram|Instagram|WhatsApp))?)"
    r":[ \n]+(?=\S)"
)
_OPENING, _CLOSING = frozenset("\"“‘'"), frozenset("\"”’'")
# Labels of people whom a transcript does not name.
_UNNAMED = frozenset({
    "a", "answer", "audience", "caller", "host", "interviewer", "journalist", "moderator", "presenter", "q", "question",
    "questioner", "reporter", "speaker", "voice",
})  # fmt: skip
_BESIDE = re.compile(r" \(| to | on | via ")  # what follows in a label tells where, or to whom
_ANSWERS = frozenset({"a", "answer"})
# Words that only somebody who speaks for himself uses, and those that open a refusal.
_SPEAKING, _REFUSING = frozenset({"i", "we", "our", "us", "my"}), frozenset({"no", "not", "never", "nobody"})
_TRANSCRIPT = 0.5  # the share of paragraphs that labels open in a transcript


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: the whole of it with its colon and blanks, its name, whether it opens a paragraph, and whether it is one
    of a transcript: its turn is what was said word for word, where that of a headline may not be."""

    span: Span
    name: Span
    opens: bool
    verbatim: bool = False


def turns(grounding: Grounding) -> list[Report]:
    """The turns of speech of the document, in order of text."""
    document = grounding.document
    starts = _paragraphs(document)
    labels = _labels(grounding, starts)
    opened = sum(each.opens for each, _ in labels)
    transcript = opened >= 2 and opened >= _TRANSCRIPT * len(starts)
    found = []
    for place, (label, speaker) in enumerate(labels):
        following = labels[place + 1][0] if place + 1 < len(labels) else None
        end = _end(document, starts, label, following, transcript=transcript)
        if document.text[label.span.start] in _OPENING and document.text[end - 1] in _CLOSING:
            end -= 1  # a mark around the whole turn
        content = Span(label.span.end, max(end, label.span.end))
        if len(content):
            found.append(_report(document, label, speaker, content))
    return found


def without_turns(quotations: tuple[Quotation, ...], found: list[Report]) -> tuple[Quotation, ...]:
    """The quotations that hold no turn of a transcript: marks around whole turns are layout, whoever opened them."""
    colons = [draft.cue for draft in found if draft.cue is not None]
    return tuple(each for each in quotations if not any(each.holds(colon) for colon in colons))


def _paragraphs(document: Document) -> list[int]:
    """Where each paragraph begins."""
    return [
        each.span.start for each in document.sentences
        if each.index == 0 or document.sentences[each.index - 1].paragraph != each.paragraph
    ]  # fmt: skip


def _labels(grounding: Grounding, starts: list[int]) -> list[tuple[_Label, int]]:
    """The labels of turns, each with the word that heads its speaker."""
    text, opening = grounding.document.text, frozenset(starts)
    candidates = [
        _Label(Span(*match.span()), Span(*match.span("name")), match.start() in opening)
        for match in _LABEL.finditer(text)
    ]
    names = Counter(each.name.of(text) for each in candidates)
    loud = {name for name in names if _loud(name)}
    interview = _is_interview(text, candidates, names)
    found: list[tuple[_Label, int]] = []
    opened = -1  # the paragraph that a label opened last
    for label in candidates:
        name, paragraph = label.name.of(text), bisect_right(starts, label.span.start)
        held = name in loud and (names[name] > 1 or len(loud) > 1)
        held = held or (interview and (names[name] > 1 or label.opens))
        answers = paragraph == opened and (interview or names[name] > 1)
        owner = Span(label.name.start, label.name.start + len(_BESIDE.split(name)[0]))
        opens = label.opens and (text[label.span.start].isalpha() or _introduces(text, label))
        speaker = _named(grounding, owner, anybody=held) if opens or held or answers else None
        if speaker is not None and name.lower() in _ANSWERS:
            asked = _introduced(grounding, candidates[0].span.start)
            speaker = speaker if asked is None else asked
        if speaker is not None and (held or _voiced(grounding, speaker, label)):
            found.append((replace(label, verbatim=held or answers or names[name] > 1), speaker))
            opened = paragraph
    return found


def _introduces(text: str, label: _Label) -> bool:
    """Whether the label behind a mark or a time of day is surely somebody: of several words, or named before."""
    name = label.name.of(text)
    return not text[label.span.start].isdigit() or " " in name or name in text[: label.span.start]


def _is_interview(text: str, labels: list[_Label], names: Counter[str]) -> bool:
    """Whether a label that comes back opens a question at least once: what it labels ends, at the next label or at the
    end of its line, with a question mark."""
    for place, label in enumerate(labels):
        if names[label.name.of(text)] < 2:
            continue
        limit = labels[place + 1].span.start if place + 1 < len(labels) else len(text)
        line = text.find("\n", label.span.end)
        limit = limit if line < 0 else min(limit, line)
        if text[label.span.end : limit].rstrip()[-1:] == "?":
            return True
    return False


def _voiced(grounding: Grounding, speaker: int, label: _Label) -> bool:
    """Whether a label can own what follows: any but a place, and a place where the words speak for it: "we", an order,
    a plain "no"."""
    document = grounding.document
    mention = document.mention_at(speaker)
    if mention is None or (mention.kind not in {"GPE", "LOC"} and grounding.place_of(mention.id) is None):
        return True
    first = next((word for word in document.words if word.span.start >= label.span.end), None)
    if first is None:
        return False
    inside = document.words[first.index : document.sentence_of(first.index).last]
    if first.form.lower() in _REFUSING or (first.xpos == "VB" and first.upos == "VERB"):
        return True
    return any(word.form.lower() in _SPEAKING for word in inside)


def _introduced(grounding: Grounding, offset: int) -> int | None:
    """The head of the first person or office before `offset` that a sentence is about: who answers in what follows."""
    document = grounding.document
    for mention in document.mentions:
        if mention.span.end > offset:
            return None
        subject = document.words[mention.head].label.startswith("nsubj")
        if subject and mention.kind in {"PERSON", "ROLE"}:
            return mention.head
    return None


def _loud(name: str) -> bool:
    """Whether a name is written as labels of transcripts are: in capitals, or a word for somebody unnamed."""
    return name.lower() in _UNNAMED or (name.isupper() and len(name) > 1)


def _named(grounding: Grounding, span: Span, *, anybody: bool) -> int | None:
    """The head of the last mention of somebody who acts inside the span; with `anybody`, else of any mention."""
    named: Mention | None = None
    others: Mention | None = None
    for mention in grounding.document.mentions:
        if mention.span.start >= span.end:
            break
        if not span.contains(grounding.document.words[mention.head].span):
            continue
        others = mention if others is None or not others.span.contains(mention.span) else others
        if can_speak(grounding, mention.head):
            named = mention if named is None or not named.span.contains(mention.span) else named
    chosen = named or (others if anybody else None)
    return None if chosen is None else chosen.head


def _end(document: Document, starts: list[int], label: _Label, following: _Label | None, *, transcript: bool) -> int:
    """Where the turn ends: after the last mark of its paragraph, or before the next label."""
    if following is not None and transcript:
        limit = following.span.start
    else:
        place = bisect_left(starts, label.span.end)
        limit = starts[place] if place < len(starts) else len(document.text)
        limit = limit if following is None else min(limit, following.span.start)
    return label.span.end + len(document.text[label.span.end : limit].rstrip())


def _report(document: Document, label: _Label, speaker: int, content: Span) -> Report:
    colon = Span(label.name.end, label.name.end + 1)
    word = next((each.index for each in document.words_in(colon)), speaker)
    first = next((each.index for each in document.words_in(label.name)), speaker)
    return Report(
        "asserted", False, word, colon, speaker, None, [content], "turn", clause=(first, word), verbatim=label.verbatim
    )
