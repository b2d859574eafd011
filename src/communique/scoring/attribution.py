"""Attributions found against attributions marked by hand: the protocol `attribution`.

A hand-coded document is a text with attributions, each with lists of spans for `source`, `cue` and `content`
(characters, end exclusive), as the PolNeAR corpus gives them; a found statement is the same with one or more spans
per role.

**What is compared.** A span counts as the set of its word tokens (letters and digits, with inner apostrophes and
hyphens), so quotation marks, punctuation and blanks at its edges make no difference on either side; several spans of
a role are one set. A "that" which begins a content is left out on both sides, because annotators put it now in the
content, now nowhere. A relative pronoun right after a source is added to it on both sides: "the economist, who warned
…" may be marked at the noun or at the pronoun. The source of a found statement is the phrase that names its speakers
(:func:`named`): each speaker's mention and those of the same referent right beside it.

**Measures.** For each role, *exact*: the same set of words; *overlap*: precision is the mean share of the words of a
found span that the best hand-marked one of that role holds, recall the mean share of a hand-marked one that the best
found one holds (the proportional measure of the quotation literature). For whole *attributions*: pairs, one to one,
whose contents have a token F1 of at least .5 and whose sources share a word (or are both empty); larger overlaps are
paired first.

**Nesting.** PolNeAR marks no attribution whose cue stands in the content of another. Where the hand-marked
attributions of a document hold no such nesting, found ones that are nested in other *found* ones are set aside before
counting (their number is given as `nested`); nothing of the hand-marked spans is used for that.

**Forms.** A hand-marked content is direct if all its words stand between marks, indirect if none do, else mixed; a
found statement has its own form. Recall is over the hand-marked of a form, precision over the found of it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from communique.errors import ScoringError
from communique.records import Form, Mention, Span

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
FORMS: tuple[Form, ...] = ("direct", "mixed", "indirect")
CONTENT_OVERLAP = 0.5  # the protocol's least token F1 of two contents that are held to be the same

_TOKEN = re.compile(r"\w+(?:['’\-]\w+)*")
_RELATIVE = frozenset({"who", "which", "that"})
_DOUBLE = re.compile(r"''|``|[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution, marked by hand or found; `attitude` tells thought from speech where that is known."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    attitude: bool = False


@dataclass(frozen=True, slots=True)
class AttributedText:
    """A hand-coded document: its id, its text, its attributions."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]


def from_form(form: Mapping[str, Any], *, is_attitude: Callable[[str], bool] | None = None) -> AttributedText:
    """A hand-coded document from one line of a PolNeAR-style file.

    `is_attitude` tells from the words of a cue whether it is of thought; without it all are taken for speech. Raises
    `ScoringError` where a field is missing or a span does not spell its own text.
    """
    try:
        text, name = form["text"], form["id"]
        found = []
        for each in form["attributions"]:
            roles = {role: tuple(_span(span, text, name) for span in each[role]) for role in ROLES}
            cue = " ".join(span.of(text) for span in roles["cue"])
            attitude = is_attitude(cue) if is_attitude is not None else False
            found.append(Attribution(**roles, form=form_of(text, roles["content"]), attitude=attitude))
    except (KeyError, TypeError) as error:
        raise ScoringError(f"an attribution document has `id`, `text` and `attributions`; missing: {error}") from error
    return AttributedText(name, text, tuple(found))


def form_of(text: str, spans: Sequence[Span]) -> Form:
    """The form of hand-marked content, told by the quotation marks inside its spans."""
    inside = outside = 0
    for span in spans:
        words = span.of(text)
        single = words[:1] in {"'", "‘"} and words.rstrip(".,;:?!")[-1:] in {"'", "’"}
        if single and not _DOUBLE.search(words):
            inside += 1
            continue
        depth, position = False, 0
        for mark in _DOUBLE.finditer(words):
            counted = len(_TOKEN.findall(words[position : mark.start()]))
            inside, outside = (inside + counted, outside) if depth else (inside, outside + counted)
            depth, position = not depth, mark.end()
        counted = len(_TOKEN.findall(words[position:]))
        inside, outside = (inside + counted, outside) if depth else (inside, outside + counted)
    return "direct" if inside and not outside else "mixed" if inside else "indirect"


def score(pairs: Iterable[tuple[AttributedText, Sequence[Attribution]]]) -> dict[str, Any]:
    """The measures of the protocol over (hand-coded document, what was found in its text), in per cent.

    The result has `documents`, `gold`, `found`, `nested`; `roles` (role → `exact` and `overlap`, each with
    `precision`, `recall`, `f1`); `attribution` (the same three); `forms` (form → `attribution` and `roles`); `speech`
    and `attitude` (the attribution measures of each apart).
    """
    tallies: dict[str, _Tally] = {name: _Tally() for name in ("all", *FORMS, "speech", "attitude")}
    documents = nested = 0
    for document, found in pairs:
        documents += 1
        tokens = Tokens(document.text)
        if not any(_nested(each, document.attributions) for each in document.attributions):
            outer = [each for each in found if not _nested(each, found)]
            nested += len(found) - len(outer)
            found = outer
        gold_sets = [tokens.roles(each) for each in document.attributions]
        found_sets = [tokens.roles(each) for each in found]
        matches = pair(gold_sets, found_sets)
        for name, tally in tallies.items():
            gold_part = [n for n, each in enumerate(document.attributions) if _belongs(each, name)]
            found_part = [n for n, each in enumerate(found) if _belongs(each, name)]
            tally.add(gold_sets, found_sets, gold_part, found_part, matches)
    everything = tallies["all"]
    return {
        "documents": documents,
        "gold": everything.gold,
        "found": everything.found,
        "nested": nested,
        "roles": everything.roles(),
        "attribution": everything.whole(),
        "forms": {form: {"attribution": tallies[form].whole(), "roles": tallies[form].roles()} for form in FORMS},
        "speech": tallies["speech"].whole(),
        "attitude": tallies["attitude"].whole(),
    }


def named(mention: Mention, mentions: Sequence[Mention], text: str) -> tuple[Span, ...]:
    """The phrase that names a speaker: a mention and those of the same referent right beside it, as names, offices and
    appositions stand ("Amina Sy, *a historian*"); annotators mark the whole phrase."""
    found, grown = [mention.span], True
    while grown and mention.chain is not None:
        grown = False
        for other in mentions:
            if other.chain != mention.chain or any(span.overlaps(other.span) for span in found):
                continue
            if any(_beside(text, span, other.span) for span in found):
                found.append(other.span)
                grown = True
    return tuple(sorted(found))


def _beside(text: str, one: Span, other: Span) -> bool:
    """Whether nothing but a comma or a blank stands between two spans of one paragraph."""
    first, second = sorted((one, other))
    return text[first.end : second.start] in {" ", ", "}


class Tokens:
    """The word tokens of one text, to turn spans into sets of token numbers."""

    def __init__(self, text: str) -> None:
        self._tokens = [(match.start(), match.end(), match[0].lower()) for match in _TOKEN.finditer(text)]
        self._ends = [end for _, end, _ in self._tokens]

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """Numbers of the tokens that share a character with one of the spans."""
        found: set[int] = set()
        for span in spans:
            index = bisect_left(self._ends, span.start + 1)
            while index < len(self._tokens) and self._tokens[index][0] < span.end:
                found.add(index)
                index += 1
        return frozenset(found)

    def roles(self, attribution: Attribution) -> dict[Role, frozenset[int]]:
        """The token sets of an attribution's roles, without "that" before content, with "who" after source."""
        content = self.of(attribution.content)
        if content and self._tokens[min(content)][2] == "that" and len(content) > 1:
            content -= {min(content)}
        source = self.of(attribution.source)
        if source and max(source) + 1 < len(self._tokens) and self._tokens[max(source) + 1][2] in _RELATIVE:
            source |= {max(source) + 1}
        return {"source": source, "cue": self.of(attribution.cue), "content": content}


def pair(
    gold: Sequence[Mapping[Role, frozenset[int]]], found: Sequence[Mapping[Role, frozenset[int]]]
) -> list[tuple[int, int]]:
    """One-to-one pairs (gold, found) of the same attribution after the protocol, best content overlap first."""
    candidates = []
    for n, one in enumerate(gold):
        for m, other in enumerate(found):
            overlap = token_f1(one["content"], other["content"])
            same_source = bool(one["source"] & other["source"]) or not (one["source"] or other["source"])
            if overlap >= CONTENT_OVERLAP and same_source:
                cue = token_f1(one["cue"], other["cue"])
                candidates.append((-overlap, -cue, n, m))
    taken_gold, taken_found, matches = set[int](), set[int](), list[tuple[int, int]]()
    for _, _, n, m in sorted(candidates):
        if n not in taken_gold and m not in taken_found:
            taken_gold.add(n)
            taken_found.add(m)
            matches.append((n, m))
    return matches


def token_f1(one: frozenset[int], other: frozenset[int]) -> float:
    """The F1 of two token sets; 0 where either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


class _Tally:
    """Sums over documents for one class of attributions."""

    def __init__(self) -> None:
        self.gold = self.found = 0
        self.gold_matched = self.found_matched = 0
        self.spans: dict[Role, list[float]] = {role: [0.0] * 6 for role in ROLES}

    def add(
        self,
        gold: Sequence[Mapping[Role, frozenset[int]]],
        found: Sequence[Mapping[Role, frozenset[int]]],
        gold_part: Sequence[int],
        found_part: Sequence[int],
        matches: Sequence[tuple[int, int]],
    ) -> None:
        """Adds one document; the parts say which of its attributions belong to the class."""
        self.gold += len(gold_part)
        self.found += len(found_part)
        self.gold_matched += len({n for n, _ in matches} & set(gold_part))
        self.found_matched += len({m for _, m in matches} & set(found_part))
        for role in ROLES:
            all_gold = [each[role] for each in gold if each[role]]
            all_found = [each[role] for each in found if each[role]]
            own_gold = [gold[n][role] for n in gold_part if gold[n][role]]
            own_found = [found[m][role] for m in found_part if found[m][role]]
            sums = self.spans[role]
            sums[0] += len(own_gold)
            sums[1] += len(own_found)
            sums[2] += sum((Counter(own_gold) & Counter(all_found)).values())
            sums[3] += sum((Counter(own_found) & Counter(all_gold)).values())
            sums[4] += sum(_covered(each, all_found) for each in own_gold)
            sums[5] += sum(_covered(each, all_gold) for each in own_found)

    def whole(self) -> dict[str, float]:
        """Precision, recall and F1 of whole attributions."""
        return _measures(self.found_matched, self.found, self.gold_matched, self.gold)

    def roles(self) -> dict[Role, dict[str, dict[str, float]]]:
        """Exact and overlap measures of each role."""
        return {
            role: {
                "exact": _measures(sums[3], sums[1], sums[2], sums[0]),
                "overlap": _measures(sums[5], sums[1], sums[4], sums[0]),
            }
            for role, sums in self.spans.items()
        }


def _covered(one: frozenset[int], others: Iterable[frozenset[int]]) -> float:
    """The largest share of the words of `one` that one of the others holds."""
    return max((len(one & other) for other in others), default=0) / len(one)


def _measures(right_found: float, found: float, right_gold: float, gold: float) -> dict[str, float]:
    precision = 100 * right_found / found if found else 0.0
    recall = 100 * right_gold / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 2), "recall": round(recall, 2), "f1": round(f1, 2)}


def _nested(attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether the cue (or, without one, the content) stands inside the content of another attribution."""
    inner = attribution.cue or attribution.content
    return bool(inner) and any(
        other is not attribution
        and any(part.contains(inner[0]) for part in other.content)
        and (bool(attribution.cue) or other.content != attribution.content)
        for other in others
    )


def _belongs(attribution: Attribution, name: str) -> bool:
    if name == "all":
        return True
    if name in {"speech", "attitude"}:
        return attribution.attitude == (name == "attitude")
    return attribution.form == name


def _span(form: Mapping[str, Any], text: str, name: str) -> Span:
    span = Span(form["start"], form["end"])
    if "text" in form and span.of(text) != form["text"]:
        raise ScoringError(
            f"{name}: the span {span.start}..{span.end} is {span.of(text)!r:.60}, "
            f"its own text says {form['text']!r:.60}; offsets count characters of `text`, end exclusive"
        )
    return span
