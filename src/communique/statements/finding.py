"""The order of work in this room: marks, cues, quotations, speakers, statements."""

from communique.grounding import Grounding
from communique.records import Form, Participant, Sign, Span, Statement
from communique.statements import signed, weigh
from communique.statements.bare import standing_alone
from communique.statements.cues import Report, reports
from communique.statements.lexicon import Lexicon
from communique.statements.marks import scan
from communique.statements.quotations import Quoted
from communique.statements.speakers import (
    holds_up,
    is_first_person,
    joint,
    participant,
    resolve,
)
from communique.statements.turns import turns, without_turns

# How sure each way of finding a statement is: about the share that is right by the strict whole-attribution measure
# (`scoring.attribution`) on hand-marked news of many outlets, counted in aggregate; the rare ones were set by reading.
CONFIDENCE = {
    "tag": 0.95,  # a quotation beside "he said"
    "clause": 0.9,  # "said that …", "said, '…'" in one tree
    "turn": 0.9,  # "NAME: …"
    "fronted": 0.9,  # "…, he said"
    "infinitive": 0.75,  # "promised to …"
    "line": 0.75,  # read off the line of words, without the tree
    "phrase": 0.85,  # "according to …"
    "signed": 0.85,  # "'…' — Name"
    "gerund": 0.7,  # "denied doing …"
    "prepositional": 0.65,  # "called for …"
    "object": 0.6,  # "condemned the …"
    "noun": 0.6,  # "his warning that …"
    "adj": 0.6,  # "is confident that …"
    "continued": 0.75,  # a quotation after another one
    "neighbour": 0.6,  # a quotation after a sentence about somebody
    "sign": 0.6,  # known to the model only
}

# Acts whose infinitive is the act itself ("agreed to meet", "plans to sell") and not what somebody says.
_DEEDS = frozenset({"agreed", "admitted", "intended", "ordered", "hoped", "believed", "knew"})


def find(grounding: Grounding, *, lexicon: Lexicon | None = None) -> tuple[Statement, ...]:
    """The statements of a document, in order of their first content, with ids "s1", "s2" …

    What enters is a grounded document; what leaves points into its text. Quotation marks are outside the spans of
    direct content. A statement whose speaker has no mention is not emitted, nor is a passive report whose speaker
    neither a `by` phrase nor the sentence before gives.

        "We will come back," the envoy told reporters.  →  direct; speaker *the envoy*, addressee *reporters*
    """
    document = grounding.document
    spoken_turns = turns(grounding)
    quoted = Quoted(document, without_turns(scan(document.text), spoken_turns))
    drafts = reports(document, lexicon or Lexicon.load())
    drafts = sorted([*drafts, *signed.unlisted(document, drafts)], key=lambda each: each.word)
    for draft in drafts:
        quoted.right_speaker(draft)
        quoted.settle(draft)
    quoted.attach(drafts)
    for draft in signed.fill(document, drafts):
        quoted.settle(draft)
    drafts = signed.once([draft for draft in drafts if draft.spans])
    for draft in drafts:
        signed.complete(grounding, draft)
    for draft in spoken_turns:
        quoted.settle(draft)
    drafts = sorted([*drafts, *spoken_turns], key=lambda each: each.word)
    drafts = sorted([*drafts, *standing_alone(grounding, quoted, drafts)], key=lambda each: each.word)
    return _statements(grounding, quoted, drafts)


def inside(statements: tuple[Statement, ...], span: Span) -> Statement | None:
    """The innermost statement whose content holds `span`, or None: who answers for these words, and who is "we"."""
    best: Statement | None = None
    for statement in statements:
        if any(part.contains(span) for part in statement.content) and (best is None or _size(statement) < _size(best)):
            best = statement
    return best


def _size(statement: Statement) -> int:
    return sum(len(part) for part in statement.content)


def _statements(grounding: Grounding, quoted: Quoted, drafts: list[Report]) -> tuple[Statement, ...]:
    made = [
        (draft, speaker, factor)
        for draft, speaker, factor in resolve(grounding, drafts)
        if holds_up(grounding, draft, quoted=quoted.context(draft.word) is not None)
    ]
    made.sort(key=lambda each: (each[0].spans[0].start, -each[0].spans[-1].end, each[0].word))
    found: list[Statement] = []
    for draft, speaker, factor in made:
        if speaker.actor is None and is_first_person(grounding, draft.speaker):
            outer = inside(tuple(found), quoted.document.words[draft.word].span)
            speaker = speaker if outer is None else Participant(speaker.mention, outer.speaker.actor)
        form = _form(draft, quoted)
        sign = weigh.sign_of(quoted.document, draft.word, draft.cue)
        topic, confidence = _weighed(draft, form, sign, heeded=weigh.heeded(quoted.document))
        found.append(
            Statement(
                id=f"s{len(found) + 1}",
                form=form,
                speaker=speaker,
                addressee=participant(grounding, draft.addressee),
                cue=draft.cue,
                content=tuple(draft.spans),
                confidence=round(confidence * factor, 2),
                act=weigh.act(quoted.document, sign, draft.act, draft.spans),
                attitude=draft.attitude,
                topic=topic,
                joint=joint(grounding, draft),
            )
        )
    return tuple(found)


def _weighed(draft: Report, form: Form, sign: Sign | None, *, heeded: bool) -> tuple[bool, float]:
    """Whether the content is a mere topic, and how sure the statement is; `heeded`: the model gives signs."""
    bare = draft.bare and form == "indirect"
    if not heeded:
        return bare or (draft.rule == "infinitive" and draft.act in _DEEDS), CONFIDENCE[draft.rule]
    rule = "quoted" if draft.bare and not bare else "prepositional" if bare else draft.rule
    likely = weigh.likelihood(sign, rule)
    if likely < weigh.LIKELY:
        return True, CONFIDENCE[draft.rule]
    return False, CONFIDENCE[draft.rule] * likely


def _form(draft: Report, quoted: Quoted) -> Form:
    if draft.direct:
        return "direct"
    level = quoted.within(quoted.context(draft.word))
    mixed = any(outer.overlaps(span) for each in level for outer in each.outer for span in draft.spans)
    return "mixed" if mixed else "indirect"
