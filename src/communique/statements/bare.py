"""Quotations without a word of saying: who speaks is told by their neighbours or by the layout.

- a quotation followed by a dash and a name;
- a quotation that stands alone, whose speaker is the one who spoke last in its paragraph, or in the paragraph before
  if the quotation begins its own, or the person whom the sentence before is about.
"""

import re

from communique.grounding import Grounding
from communique.records import Span
from communique.statements.cues import Report
from communique.statements.marks import Quotation
from communique.statements.quotations import Quoted, spoken
from communique.statements.speakers import can_speak, topic_person

_DASH = re.compile(r"\s*(?:[—–―]|--?)\s*(?=[A-Z])")


def standing_alone(grounding: Grounding, quoted: Quoted, drafts: list[Report]) -> list[Report]:
    """Reports for the quotations that no cue claimed, where layout or neighbours tell the speaker."""
    found: list[Report] = []
    for quotation in quoted.quotations:
        if quotation in quoted.claimed or quotation.level or not quoted.speaks(quotation):
            continue
        draft = _signed(grounding, quoted, quotation) or _continued(grounding, quoted, quotation, [*drafts, *found])
        if draft is not None:
            quoted.claimed.add(quotation)
            found.append(draft)
    return found


def _signed(grounding: Grounding, quoted: Quoted, quotation: Quotation) -> Report | None:
    """A quotation with a dash and a name after it."""
    match = _DASH.match(quoted.text, quotation.end)
    if match is None:
        return None
    mention = next((each for each in grounding.document.mentions if each.span.start == match.end()), None)
    if mention is None or not can_speak(grounding, mention.head):
        return None
    report = _report(quoted, quotation, mention.head, "signed")
    dash = match[0].strip()
    start = quotation.end + match[0].index(dash)
    report.cue = Span(start, start + len(dash))
    return report


def _continued(grounding: Grounding, quoted: Quoted, quotation: Quotation, drafts: list[Report]) -> Report | None:
    document = grounding.document
    first = quoted.first_word(quotation.start)
    if first >= len(document.words):
        return None
    sentence = document.sentence_of(first)
    before = quoted.text[: quotation.start].rstrip()[-1:]
    opens_sentence = sentence.first == first or before in {"", ".", "?", "!", ":", "”", '"'}
    if not opens_sentence:
        return None
    opens_paragraph = sentence.first == first and (
        sentence.index == 0 or document.sentences[sentence.index - 1].paragraph != sentence.paragraph
    )
    near = _spoke_before(grounding, quoted, first, drafts, back=1 if opens_paragraph else 0)
    if near is not None:
        return _report(quoted, quotation, near, "continued")
    if not opens_paragraph and sentence.index:
        topic = topic_person(grounding, sentence.index - (sentence.first == first))
        if topic is not None and topic < first:
            return _report(quoted, quotation, topic, "neighbour")
    return None


def _within(quoted: Quoted, draft: Report, drafts: list[Report]) -> bool:
    """Whether the draft's cue stands in what somebody else is reported to have said."""
    cue = quoted.document.words[draft.word].span
    return any(span.contains(cue) for other in drafts if other is not draft for span in other.spans)


def _spoke_before(grounding: Grounding, quoted: Quoted, first: int, drafts: list[Report], *, back: int) -> int | None:
    """The speaker of the last speech before the word, not more than `back` paragraphs away."""
    words = quoted.document.words
    paragraphs = [each.paragraph for each in grounding.document.sentences]
    here = paragraphs[words[first].sentence]
    best: Report | None = None
    for draft in drafts:
        if draft.word >= first or draft.speaker is None or draft.attitude or not draft.spans:
            continue
        if here - paragraphs[words[draft.word].sentence] > back or quoted.context(draft.word) is not None:
            continue
        if not can_speak(grounding, draft.speaker, pronouns=True) or _within(quoted, draft, drafts):
            continue
        if best is None or draft.spans[0].start >= best.spans[0].start:
            best = draft
    return None if best is None else best.speaker


def _report(quoted: Quoted, quotation: Quotation, speaker: int, rule: str) -> Report:
    word = quoted.document.words_in(quotation.parts[0])[0].index
    spans = [spoken(part, quoted.text) for part in quotation.parts]
    return Report("asserted", False, word, None, speaker, None, spans, rule, clause=(word, word), direct=True)
