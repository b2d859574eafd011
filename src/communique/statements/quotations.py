"""Quotations meet cues: which quotation is the content of which report, and where the spans of content really end.

Two steps. `settle` lays the content that the tree gave against the quotation marks, which are exact where the tree is
not. `attach` gives each quotation that is left to the tag beside it. Marks of direct content stay outside its spans;
a comma before the closing mark belongs to the reporting sentence and stays outside too, a stop, question or
exclamation mark stays inside. Marks inside indirect content stay in its span, always both of a pair.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from communique.records import Document, Span
from communique.statements.cues import Report
from communique.statements.marks import Quotation, around
from communique.statements.surface import beside, preceding

_CLAUSAL = frozenset({"clause", "fronted", "line", "quote", "phrase", "infinitive"})
_GAP_WORDS = 2  # words that may stand between a quotation and its tag ("…," then he said)
_TERMINAL = re.compile(r"[.?!…]\s*$")
_TAG_LABELS = frozenset({"root", "ccomp", "parataxis", "discourse", "dep", "conj", "advcl", "appos"})


class Quoted:
    """The quotations of one document, with the places of its words for quick look-up."""

    def __init__(self, document: Document, quotations: Sequence[Quotation]) -> None:
        self.document = document
        self.text = document.text
        self.quotations = tuple(quotations)
        self.claimed: set[Quotation] = set()
        self._starts = [word.span.start for word in document.words]
        self._context: dict[int, Quotation] = {}
        for quotation in self.quotations:  # outer before inner, so that the innermost stays
            for part in quotation.parts:
                for word in document.words_in(part):
                    self._context[word.index] = quotation
        self._outermost = [each for each in self.quotations if each.level == 0]

    def context(self, index: int) -> Quotation | None:
        """The innermost quotation in which a word stands."""
        return self._context.get(index)

    def within(self, context: Quotation | None) -> list[Quotation]:
        """The quotations that stand directly in `context` (None: in none)."""
        if context is None:
            return self._outermost
        return [each for each in self.quotations if each.level == context.level + 1 and context.holds(each.outer[0])]

    def first_word(self, offset: int) -> int:
        """Index of the first word that starts at or after `offset`."""
        return bisect_left(self._starts, offset)

    def last_word(self, offset: int) -> int:
        """Index of the last word that starts before `offset`; -1 for none."""
        return bisect_left(self._starts, offset) - 1

    def right_speaker(self, report: Report) -> None:
        """Corrects a speaker that the tree took out of a quotation in which the cue does not stand: in "'My hope,' he
        said, 'is …'" the mention beside the cue speaks."""
        if report.speaker is None or report.rule not in {"clause", "fronted", "quote", "line", "tag"}:
            return
        context = self.context(report.word)
        if self.context(report.speaker) is context:
            return
        near = beside(self.document, self.document.words[report.word])
        if near is not None and self.context(near) is context:
            report.speaker = near

    def settle(self, report: Report) -> None:
        """Lays the report's content against the marks: whole quotations become direct parts, cut ones are completed."""
        if not report.spans:
            return
        context = self.context(report.word)
        spans, claimed = report.spans, set(self.claimed)
        if context is not None:
            spans = [clipped for span in spans if (clipped := _clip(span, context)) is not None]
        kept: list[Span] = []
        for span in spans:
            kept.extend(self._settle_span(span, report, self.within(context)))
        report.spans = merged([trimmed(span, self.text) for span in kept])
        if report.rule in {"fronted", "line", "clause"}:
            report.spans = self._without_leftovers(report)
        if not report.spans:
            self.claimed = claimed  # what the report does not hold after all is left to the tag beside it
        self._mark_form(report)
        if report.direct and report.rule == "tag":
            self._led(report)

    def _led(self, report: Report) -> None:
        """Gives direct content its unquoted beginning, where the quotation only ends a sentence."""
        level = self.within(self.context(report.word))
        quotation = next((each for each in level if each.holds(report.spans[0])), None)
        if quotation is None or len(report.spans) > len(quotation.parts):
            return
        lead = self._lead(quotation, report)
        if lead is not None and lead.end <= self.document.words[report.word].span.start:
            after = report.word >= self.first_word(quotation.end)
            first = lead.cover(quotation.outer[0]) if after else quotation.outer[0]
            report.spans = [*(() if after else (lead,)), first, *quotation.outer[1:]]
            self._mark_form(report)

    def _without_leftovers(self, report: Report) -> list[Span]:
        """The spans without what the tree took from the reporting sentence itself: its speaker, and, after whole
        quotations, words outside of them ("…," said the envoy, *who left*)."""
        spans = report.spans
        whole = {spoken(part, self.text) for each in self.claimed for part in each.parts}
        if report.speaker is not None:
            speaker = self.document.words[report.speaker].span
            spans = [span for span in spans if not span.contains(speaker) or span in whole]
        if len(spans) > 1 and any(span in whole for span in spans):
            cue = self.document.words[report.word].span
            spans = [span for span in spans if span in whole or span.end <= cue.start]
        return spans

    def _settle_span(self, span: Span, report: Report, quotations: list[Quotation]) -> list[Span]:
        cue = self.document.words[report.word].span
        for each in quotations:
            if each.start >= span.end or each.end <= span.start or each.start <= cue.start < each.end:
                continue
            if each.holds(span) or _bare(self.text, span, each):
                self.claimed.add(each)
                if report.rule in _CLAUSAL and _whole(self.document, each):
                    return [spoken(part, self.text) for part in each.parts]
                return [each.outer[0].cover(span)] if len(each.outer) == 1 else list(each.outer)
            if any(outer.overlaps(span) for outer in each.outer):
                self.claimed.add(each)
                outer = next(outer for outer in each.outer if outer.overlaps(span))
                span = self._completed(span, outer, cue)
        return [span]

    def _completed(self, span: Span, outer: Span, cue: Span) -> Span:
        """The span with both marks of a quotation that it shares words with, as far as the cue is not swallowed."""
        whole = span.cover(outer)
        return span if whole.overlaps(cue) else whole

    def _mark_form(self, report: Report) -> None:
        context = self.context(report.word)
        report.direct = bool(report.spans) and all(
            any(each.holds(span) for each in self.within(context)) for span in report.spans
        )
        if report.direct and report.rule in {"clause", "fronted", "line", "quote"}:
            report.rule = "tag"

    def attach(self, drafts: list[Report]) -> None:
        """Gives every quotation that no clause holds to the report whose tag stands beside it, if any."""
        by_word = {draft.word: draft for draft in drafts if draft.quotes}
        order = sorted(by_word)
        for quotation in self.quotations:
            if quotation in self.claimed or not self.speaks(quotation):
                continue
            draft = self._tag(quotation, by_word, order)
            if draft is not None:
                self._give(quotation, draft)

    def _give(self, quotation: Quotation, draft: Report) -> None:
        self.claimed.add(quotation)
        lead = None if draft.spans else self._lead(quotation, draft)
        if not draft.spans:
            draft.rule = "tag"
        parts = [spoken(part, self.text) for part in quotation.parts]
        if lead is not None and draft.word >= self.first_word(quotation.end):
            parts = [lead.cover(quotation.outer[0]), *quotation.outer[1:]]
        elif lead is not None:
            parts = [lead, *quotation.outer]
        draft.spans = merged([*draft.spans, *parts])
        self._mark_form(draft)

    def _lead(self, quotation: Quotation, draft: Report) -> Span | None:
        """The unquoted words that a quotation goes on from: one that begins with a small letter ends a sentence whose
        beginning the report also has ("Using taxes 'is wrong,' he said"; "When it broke, he said, 'we ran'")."""
        inside = self.document.words_in(quotation.parts[0])
        if not inside or not inside[0].form[:1].islower() or self.context(draft.word) is not None:
            return None
        sentence = self.document.sentence_of(inside[0].index)
        first, last = sentence.first, self.last_word(quotation.start)
        if sentence.first <= draft.word <= last:
            if draft.speaker is None:
                return None
            found = preceding(self.document, self.document.words[draft.word], draft.speaker)
            found = tuple(each for each in found if each < draft.word)
        else:
            found = tuple(range(first, last + 1))
        words = [self.document.words[each] for each in found if self.context(each) is None]
        if not any(word.upos != "PUNCT" for word in words):
            return None
        return Span(words[0].span.start, max(word.span.end for word in words if word.upos != "PUNCT"))

    def speaks(self, quotation: Quotation) -> bool:
        """Whether a quotation that no clause holds can be speech: a sentence, not a scare quote, title or nickname."""
        words = self.document.words_in(quotation.parts[0])
        if not words:
            return False
        if _TERMINAL.search(quotation.parts[-1].of(self.text)) or len(quotation.parts) > 1:
            return True
        comma = quotation.parts[-1].of(self.text).rstrip().endswith(",")
        if (comma or self.text[quotation.end : quotation.end + 1] == ",") and self._opens_sentence(words[0].index):
            return True  # "My dear colleague," she said; British typesetting: "Nobody", he said
        if self._embedded(quotation):
            return False
        return len(words) >= 3 or comma

    def _opens_sentence(self, index: int) -> bool:
        """Whether nothing but marks stands before the word in its sentence."""
        first = self.document.sentence_of(index).first
        return all(word.upos == "PUNCT" for word in self.document.words[first:index])

    def _embedded(self, quotation: Quotation) -> bool:
        """Whether the quotation is a mere phrase in somebody's sentence ("the so-called 'safe havens' that …")."""
        inside = self.document.words_in(quotation.parts[0])
        low, high = inside[0].index, inside[-1].index
        for word in inside:
            if word.upos == "PUNCT" or low <= word.head <= high:
                continue
            return word.head >= 0 and word.label.split(":")[0] not in _TAG_LABELS
        return False

    def _tag(self, quotation: Quotation, by_word: dict[int, Report], order: list[int]) -> Report | None:
        before, joint = self._before(quotation, by_word, order)
        if before is not None and joint == ":":
            return before
        after = self._after(quotation, by_word, order)
        if after is not None:
            return after
        return before

    def _after(self, quotation: Quotation, by_word: dict[int, Report], order: list[int]) -> Report | None:
        """The tag that follows: "…," he said."""
        words, first = self.document.words, self.first_word(quotation.end)
        if first >= len(words) or self._paragraph(first) != self._paragraph(self.last_word(quotation.end)):
            return None
        terminal = bool(_TERMINAL.search(quotation.parts[-1].of(self.text)))
        for index in order[bisect_left(order, first) : bisect_left(order, first) + 2]:
            draft = by_word[index]
            if self.context(index) is not self._outer(quotation):
                continue
            begin = self._clause_start(draft, first)
            gap = [word for word in words[first:begin] if word.upos != "PUNCT"]
            if len(gap) > _GAP_WORDS or words[index].sentence > words[first].sentence:
                continue
            if self._introduces(draft) or (draft.spans and not draft.direct and terminal):
                continue
            if draft.spans and draft.spans[0].start > words[index].span.end and not draft.direct:
                continue
            return draft
        return None

    def _clause_start(self, draft: Report, first: int) -> int:
        start = min(draft.clause[0], draft.word, draft.speaker if draft.speaker is not None else draft.word)
        if draft.speaker is not None and draft.speaker < draft.word:
            start = min(start, *(each for each in self.document.subtree(draft.speaker)))
        return max(start, first) if start <= draft.word else draft.word

    def _introduces(self, draft: Report) -> bool:
        """Whether a colon and an opening mark follow the tag's clause: it speaks what comes, not what came."""
        last = (
            self.document.words[draft.clause[1]] if draft.clause[1] >= draft.word else self.document.words[draft.word]
        )
        rest = self.text[last.span.end : last.span.end + 4].lstrip()
        if last.form == ":":
            rest = ":" + rest
        return rest.startswith(":") and any(
            last.span.end <= each.start <= last.span.end + 4 for each in self.quotations
        )

    def _before(self, quotation: Quotation, by_word: dict[int, Report], order: list[int]) -> tuple[Report | None, str]:
        """The tag that precedes ("He said: …"; "…," he said. "…"), and the character that joins it."""
        words, last = self.document.words, self.last_word(quotation.start)
        if last < 0:
            return None, ""
        joint = self.text[max(0, quotation.start - 8) : quotation.start].rstrip()[-1:]
        if joint != ":" and self._paragraph(last) != self._paragraph(self.first_word(quotation.start)):
            return None, ""
        place = bisect_right(order, last)
        for index in reversed(order[max(0, place - 2) : place]):
            draft = by_word[index]
            if self.context(index) is not self._outer(quotation) or words[index].sentence != words[last].sentence:
                continue
            end = max(draft.clause[1], draft.word)
            gap = [word for word in words[end + 1 : last + 1] if word.upos != "PUNCT"]
            goes_on = draft.direct and draft.spans[-1].end < words[index].span.start
            open_to = joint in ":," and (not draft.spans or goes_on)  # "'My dear,' said she to him one day, '…'"
            if len(gap) > _GAP_WORDS and not open_to and joint not in ".?!":
                continue
            if joint in ".?!" and not goes_on:
                continue
            return draft, joint
        return None, ""

    def _outer(self, quotation: Quotation) -> Quotation | None:
        if quotation.level == 0:
            return None
        return around(tuple(each for each in self.quotations if each.level == quotation.level - 1), quotation.outer[0])

    def _paragraph(self, index: int) -> int:
        return self.document.sentence_of(min(max(index, 0), len(self.document.words) - 1)).paragraph


def spoken(part: Span, text: str) -> Span:
    """A part of a quotation as content: blanks at its edges and a comma before the closing mark are left out."""
    bare = trimmed(part, text)
    if len(bare) > 1 and text[bare.end - 1] == ",":
        return trimmed(Span(bare.start, bare.end - 1), text)
    return bare


def trimmed(span: Span, text: str) -> Span:
    """The span without blanks at its edges."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order of text, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start < found[-1].end:
            found[-1] = found[-1].cover(span)
        elif len(span):
            found.append(span)
    return found


def _clip(span: Span, context: Quotation) -> Span | None:
    for part in context.parts:
        if part.overlaps(span):
            return Span(max(part.start, span.start), min(part.end, span.end))
    return None


def _bare(text: str, span: Span, quotation: Quotation) -> bool:
    """Whether the span is the quotation but for marks, blanks and a stop at its edges."""
    if len(quotation.parts) != 1:
        return False
    part, outer = quotation.parts[0], quotation.outer[0]
    left = text[min(span.start, outer.start) : part.start]
    right = text[part.end : max(span.end, outer.end)]
    inner_cut = text[part.start : span.start].strip() == "" if span.start > part.start else True
    return inner_cut and not any(char.isalnum() for char in left + right) and span.end >= part.end - 2


def _whole(document: Document, quotation: Quotation) -> bool:
    """Whether a quotation in a clause slot is speech by itself and not one quoted word ("said 'yes'" is)."""
    return len(quotation.parts) > 1 or bool(document.words_in(quotation.parts[0]))
