"""The order of work in this room: marks, cues, quotations, speakers, statements."""

from collections.abc import Mapping

from communique.grounding import Grounding
from communique.records import Form, Participant, Sign, Span, Statement
from communique.statements import signed, weigh
from communique.statements.bare import standing_alone
from communique.statements.cues import Report, reports
from communique.statements.dashes import dialogue
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

# How sure each way of finding a statement is without a model, and given that the model holds the words to be said:
# about the share that is right in speaker and content. Counted on the training and the development part of the
# project's corpus (alone) and on the development part (given the model); rare ones were set beside their likes.
CONFIDENCE: Mapping[str, tuple[float, float]] = {
    "tag": (0.97, 0.97),  # a quotation beside "he said"
    "turn": (0.95, 0.95),  # "NAME: …"
    "phrase": (0.95, 0.95),  # "according to …"
    "clause": (0.89, 0.91),  # "said that …", "said, '…'" in one tree
    "signed": (0.85, 0.85),  # "'…' — Name"
    "continued": (0.7, 0.7),  # a quotation after another one
    "neighbour": (0.6, 0.6),  # a quotation after a sentence about somebody
    "fronted": (0.68, 0.75),  # "…, he said"
    "infinitive": (0.62, 0.86),  # "promised to …"
    "gerund": (0.6, 0.9),  # "denied doing …"
    "line": (0.5, 0.7),  # read off the line of words, without the tree
    "predicate": (0.6, 0.8),  # "called the raid a crime"
    "object": (0.6, 0.8),  # "condemned the …"
    "prepositional": (0.6, 0.8),  # "called for …"
    "noun": (0.45, 0.8),  # "his warning that …"
    "adj": (0.6, 0.8),  # "is confident that …"
    "sign": (0.8, 0.85),  # known to the model only
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
    marked = scan(document.text)
    quotations = sorted([*marked, *dialogue(document, marked)], key=lambda each: (each.start, -each.end))
    quoted = Quoted(document, without_turns(tuple(quotations), spoken_turns))
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
        if is_first_person(grounding, draft.speaker):
            outer = inside(tuple(found), quoted.document.words[draft.word].span)
            if outer is not None and (speaker.actor is None or outer.form == "direct"):
                speaker = Participant(speaker.mention, outer.speaker.actor)
        form = _form(draft, quoted)
        own = [draft.word] if draft.companion is None else [draft.word, draft.companion]
        sign = weigh.sign_of(quoted.document, own, draft.cue)
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
                joint=joint(grounding, draft, speaker),
            )
        )
    return tuple(found)


def _weighed(draft: Report, form: Form, sign: Sign | None, *, heeded: bool) -> tuple[bool, float]:
    """Whether the content is a mere topic, and how sure the statement is; `heeded`: the model gives signs."""
    bare = draft.bare and form == "indirect"
    alone, given = CONFIDENCE[draft.rule]
    if not heeded:
        return bare or (draft.rule == "infinitive" and draft.act in _DEEDS), alone
    rule = "quoted" if draft.bare and not bare else "prepositional" if bare else draft.rule
    likely = weigh.likelihood(sign, rule)
    if likely < weigh.LIKELY:
        return True, alone
    return False, given * likely


def _form(draft: Report, quoted: Quoted) -> Form:
    if draft.direct or draft.verbatim:
        return "direct"
    level = quoted.within(quoted.context(draft.word))
    mixed = any(outer.overlaps(span) for each in level for outer in each.outer for span in draft.spans)
    return "mixed" if mixed else "indirect"
