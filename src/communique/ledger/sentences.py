"""Sentences and clauses around a cue: what stands before it, what it takes as content, whether it holds at all."""

import re
from dataclasses import dataclass

from communique.ledger.lexicon import lexicon, normal
from communique.records import Span

_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|Lt|St|Jr|No))(?<!\b(?:Mrs|Gen|Col|Maj|Adm|Sen|Rep|Gov))"
                  r"[.!?][\"”’')\]]*(?=\s+[^\sa-z]|\s*$)|\n+")  # fmt: skip
# Where a clause ends: before a subordinate clause, before a second verb of saying, at a stop.
_BREAK = re.compile(
    r"[;:–—]|\s-\s|,\s+(?=(?:while|but|although|though|after|when|because|saying|adding|who|which|where|whose|and)\b)"
    r"|\s+(?=(?:while|although|because|whereas)\b)"
)
_JOINED = re.compile(r",?\s+(?:and|but|or)\s+(?:also\s+|again\s+|then\s+|later\s+|instead\s+)?(?=(?P<verb>\w+))")
_SAID = frozenset(("said", "told", "added", "says", "met", "called", "expressed", "condemned", "accused", "criticised"))
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "this",
        "that",
        "these",
        "those",
        "any",
        "some",
        "no",
        "every",
        "each",
        "another",
        "such",
        "’s",
        "'s",
        "own",
        "new",
        "latest",
        "fresh",
        "first",
        "second",
        "repeated",
        "joint",
        "formal",
        "official",
        "of",
        "for",
        "in",
        "on",
        "with",
        "at",
        "from",
        "against",
        "under",
    ]
)
_NEGATIONS = frozenset(("not", "never", "n't", "n’t", "cannot", "neither", "nobody", "no-one", "without"))
_FUTURE = frozenset(("will", "would", "shall", "'ll", "’ll", "won't", "won’t", "wouldn't", "wouldn’t"))
_DUTY = frozenset(("must", "should", "ought"))
_CONDITIONS = frozenset(("if", "unless", "until", "once", "whether", "before", "till", "when", "how", "why"))
# Clauses behind these tell what had come before, not what is new.
_BACKGROUND = re.compile(r"\b(?:after|since)\b[^,]*$", re.IGNORECASE)
_HELPERS = frozenset(
    [
        "be",
        "been",
        "being",
        "have",
        "has",
        "had",
        "to",
        "also",
        "then",
        "soon",
        "now",
        "again",
        "still",
        "fully",
        "finally",
        "formally",
    ]
)


_ECHOED = re.compile(
    r"\b(?:as|than)\s+(?:[\w’'-]+\s+){0,4}?(?:ha[sd]\s+)?$|\b(?:which|that|what)\s+(?:[\w’'-]+\s+){0,4}?had\s+$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause of a cue: `whole`, the `anchor` (the cue), its `content` behind it; all in `sentence`.

    `before` and `after` are the words around the anchor inside the clause; the flags say what the words before it make
    of it. `addressed` is where a person or body spoken to may stand: between the anchor and the content.
    """

    sentence: Span
    whole: Span
    anchor: Span
    content: Span
    addressed: Span
    form: str
    before: str
    after: str
    negated: bool
    future: bool
    duty: bool
    yet: bool
    conditional: bool
    bare: bool
    is_noun: bool
    progressive: bool
    historical: bool
    background: bool
    passive: bool
    commanded: bool
    accused: bool
    echoing: bool
    coordinated: bool
    own: int
    stative: bool


def sentences(text: str) -> list[Span]:
    """The sentences of a text; a line end always ends one."""
    found, start = [], 0
    for match in _END.finditer(text):
        if text[start : match.end()].strip():
            found.append(_trimmed(text, start, match.end()))
        start = match.end()
    if text[start:].strip():
        found.append(_trimmed(text, start, len(text)))
    return found


def clause_at(text: str, sentence: Span, anchor: Span) -> Clause:
    """The clause of `sentence` in which the cue at `anchor` stands."""
    whole = Span(_start(text, sentence, anchor), _stop(text, sentence, anchor))
    before, after = text[whole.start : anchor.start], text[anchor.end : whole.end]
    words = _tokens(before)
    near = _helpers(words)
    content, commanded = _content(text, anchor, whole)
    last = words[-1] if words else ""
    form = " ".join(anchor.of(text).casefold().split())
    future = bool(_FUTURE & set(near)) or bool(
        re.search(r"\b(?:is|are|was|were|plans?|due|set|about)\s+to\s*$", before)
    )
    # "Freed four prisoners and withdrew its soldiers": each verb has words of its own, and the first one's subject.
    joined = re.search(r"\b(?:and|but)\s+((?:(?:also|again|then|later|instead|has|have|\w+ly)\s+)*)$", before)
    return Clause(
        sentence=sentence,
        whole=whole,
        anchor=anchor,
        content=content,
        addressed=Span(anchor.end, max(anchor.end, content.start)),
        form=form,
        before=before,
        after=after.strip(),
        negated=bool(_NEGATIONS & set(near)) or any(word.endswith(("n't", "n’t")) for word in near),
        future=future,
        duty=bool(_DUTY & set(near)) or bool(re.search(r"\b(?:ha[sd]|have|needs?|need)\s+to\s*$", before)),
        yet=bool(re.search(r"\byet\s+to\s+(?:be\s+)?$|\bstill\s+(?:ha[sd]|have)\s+not\s+(?:been\s+)?$", before)),
        conditional=bool(_CONDITIONS & set(words[-8:])),
        bare=last == "to" and not future,
        is_noun=normal(form) not in lexicon().past and (last in _DETERMINERS or _is_bare_noun(form, last, near)),
        progressive=form.endswith("ing") and bool({"is", "are", "was", "were", "began", "started"} & set(words[-2:])),
        historical=bool(re.search(r"\b(?:in|of|since)\s+(?:1[89]|20)\d\d\b|\byears ago\b", sentence.of(text)))
        and not bool(re.search(r"\b(?:by|until)\b", after)),
        background=bool(_BACKGROUND.search(before)),
        passive="be" in near or "been" in near or last in ("was", "were", "is", "are", "being"),
        commanded=commanded,
        accused=last in ("of", "for") and form.endswith("ing") and bool(re.search(r"\b(?:accus|blam)\w+\b", before)),
        # "As it had promised": the promise is not new, and what was done stands in the other clause.
        stative=bool(re.search(r"\b(?:remain\w*|is|are|was|were|be|been)\s+(?:\w+ly\s+)?$", before)),
        coordinated=joined is not None,
        own=whole.start + joined.start(1) if joined is not None else whole.start,
        echoing=bool(_ECHOED.search(before)) and form.split()[0] in _first_past(),
    )


def _is_bare_noun(form: str, last: str, near: list[str]) -> bool:
    """Whether a base form is a noun for what stands before it: "the Kashmir request", not "officials request"."""
    base = not form.split()[0].endswith(("s", "ing"))
    subject = last.endswith("s") or last in ("they", "we", "you", "i", "who", "people", "men", "women", "police", "")
    return base and not near and not subject and last != "to"


def _start(text: str, sentence: Span, anchor: Span) -> int:
    """Where the clause begins: behind the last break before the anchor that leaves it a subject."""
    start = sentence.start
    for match in _BREAK.finditer(text, sentence.start, anchor.start):
        start = match.end()
    said = list(re.finditer(r"\b(?:said|says|told \w+|announced|added)\s+(?:that\s+)?", text[start : anchor.start]))
    return start + said[-1].end() if said else start


def _stop(text: str, sentence: Span, anchor: Span) -> int:
    end = sentence.end
    broken = _BREAK.search(text, anchor.end, sentence.end)
    since = re.compile(r",?\s+(?:\w+ \w+ )?(?:after|since)\s+(?!talks\b|the talks\b)").search(
        text, anchor.end, sentence.end
    )
    if since is not None:
        end = since.start()
    if broken is not None:
        end = min(end, broken.start())
    for match in _JOINED.finditer(text, anchor.end, end):
        verb = match["verb"].casefold()
        if verb in _SAID or verb in _first_past():
            return match.start()
    return end


def _first_past() -> frozenset[str]:
    return frozenset(form.split()[0] for form in lexicon().past)


def _content(text: str, anchor: Span, whole: Span) -> tuple[Span, bool]:
    """What the cue is about: the infinitive or clause behind whoever is addressed, or all that follows; and whether it
    is such an infinitive or clause."""
    told = text[anchor.end : whole.end]
    match = re.match(r"(?:[^,.;]{0,70}?\s)?(?:not\s+)?to\s+(?=[a-z])(?!the\b|a\b|an\b|its\b|his\b|their\b)", told)
    that = re.match(r"[^,.;]{0,60}?\bthat\s+", told)
    start = that.end() if that is not None and (match is None or that.end() < match.end()) else None
    if start is None and match is not None:
        start = match.end()
    return _trimmed(text, anchor.end + (start or 0), whole.end), start is not None


def _helpers(words: list[str]) -> list[str]:
    """The words right before the cue that belong to its verb: "would not", "has yet to"."""
    near: list[str] = []
    for word in reversed(words[-6:]):
        known = word in _HELPERS | _NEGATIONS | _FUTURE | _DUTY or word.endswith(("n't", "n’t", "ly"))
        if not known and word not in ("did", "does", "do", "is", "are", "was", "were", "yet", "can", "could", "may"):
            break
        near.append(word)
    return near


def _tokens(text: str) -> list[str]:
    return list(re.findall(r"[\w’'-]+", text.casefold()))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
