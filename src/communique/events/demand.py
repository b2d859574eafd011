"""Demands that no verb of asking tells: "Pakistan must do more, Clinton said" asks something of Pakistan.

What enters are the statements of a document; what leaves are REQUEST matches whose trigger is the verb of what should
be done, whose source is the speaker and whose target is who should do it. Only a statement whose speaker can act makes
a demand of it: a newspaper's own "must" asks nobody for anything.
"""

from collections.abc import Iterator

from communique.codebook import Codebook, Frame, Predicate
from communique.events.match import NONE, Match, Matcher
from communique.events.syntax import Syntax
from communique.grounding import Grounding
from communique.records import Statement

# Words of duty and the CAMEO root of the demand that they make: 02 an appeal, 10 a demand.
_MODALS = {"should": "02", "ought": "02", "must": "10"}
_SEMI_MODALS = {"need": "02", "have": "10", "got": "10"}
_CONDITIONS = frozenset({"if", "unless", "whether", "because", "although", "why", "how"})
_FIRST = frozenset({"i", "we"})
# Acts of saying that already ask, promise or refuse, so that their content is no second demand (a threat may well
# demand something).
_ASKING = frozenset({"asked", "inquired", "ordered", "proposed", "promised", "denied", "rejected"})


def demands(
    syntax: Syntax, grounding: Grounding, statements: tuple[Statement, ...], codebook: Codebook
) -> Iterator[Match]:
    """REQUEST matches from words of duty inside statements, in order of text."""
    if "REQUEST" not in codebook.types:
        return
    matcher = Matcher(syntax, grounding, codebook)
    words = grounding.document.words
    for word in words:
        found = _duty(syntax, word.index)
        if found is None:
            continue
        verb, root = found
        statement = _speaking(statements, word.span.start)
        speaker = None if statement is None else grounding.mention(statement.speaker.mention)
        if statement is None or speaker is None:
            continue
        asked = _asked(syntax, verb)
        if asked is None:
            asked = _left_to_do(syntax, grounding, verb, statement)
        if asked is not None and words[asked].form.lower() not in _FIRST:
            yield _match(matcher, codebook, word.index, verb, root, speaker.head, asked)


def _match(
    matcher: Matcher, codebook: Codebook, duty: int, verb: int, root: str, speaker: int, asked: int
) -> Match:  # fmt: skip
    inner = matcher.told(verb)
    if inner is not None and inner.type == NONE:
        inner = None
    mode, cameo = codebook.embedded("REQUEST", inner.type if inner else None, inner.mode if inner else None, root=root)
    lemma = matcher.lemma(duty)
    predicate = Predicate(lemma, "verb", (Frame("REQUEST", source=("speaker",), target=("subject",)),), origin="demand")
    absorbed = () if inner is None or inner.trigger == verb else (inner.trigger,)
    return Match(
        verb, (verb,), predicate, predicate.frames[0], "REQUEST", mode, cameo, None, inner, absorbed,
        sources=(speaker,), targets=(asked,),
    )  # fmt: skip


def _duty(syntax: Syntax, index: int) -> tuple[int, str] | None:
    """The verb that somebody should do, and the root of the demand, if the word is one of duty."""
    word = syntax.document.words[index]
    form, lemma = word.form.lower(), word.lemma.lower()
    if word.label == "aux" and form in _MODALS:
        return word.head, _MODALS[form]
    if lemma in _SEMI_MODALS and syntax.arcs.verbal(index):
        for each in syntax.arcs.child(index, "xcomp"):
            if syntax.arcs.mark(each) == "to":
                return each, _SEMI_MODALS[lemma]
    return None


def _asked(syntax: Syntax, verb: int) -> int | None:
    """Who should act: the doer of an active and unconditional verb."""
    if not syntax.arcs.verbal(verb) or syntax.arcs.passive(verb) or syntax.arcs.mark(verb) in _CONDITIONS:
        return None
    return next(iter(syntax.roles(verb).get("subject", [])), None)


def _left_to_do(syntax: Syntax, grounding: Grounding, verb: int, statement: Statement) -> int | None:
    """ "While we have seen action by Kabul, more needs to be done" asks it of the last actor named before."""
    if syntax.document.words[verb].form.lower() != "done" or not syntax.arcs.passive(verb):
        return None
    first = syntax.document.sentence_of(verb).first
    for index in range(verb - 1, first - 1, -1):
        participant = grounding.participant(index)
        if participant is not None and participant.actor not in (None, statement.speaker.actor):
            return index
    return None


def _speaking(statements: tuple[Statement, ...], position: int) -> Statement | None:
    """The innermost statement of somebody able to act whose content holds the position."""
    best: Statement | None = None
    size = 1 << 60
    for statement in statements:
        if statement.speaker.actor is None or statement.act in _ASKING:
            continue
        for content in statement.content:
            if content.start <= position < content.end and len(content) < size:
                best, size = statement, len(content)
    return best
