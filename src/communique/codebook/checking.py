"""What a user's file of types could do better, as far as its words show: too few sentences, copies, contradictions.

Enters: `OwnTypes`. Leaves: remarks with their lines. A fault makes the file contradict itself; anything else is advice.
What only the fitted head can show (types that are taken for each other) stands in `events.own`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from communique.codebook.own import Marked, OwnType, OwnTypes

EXAMPLES, OTHERS = 12, 6  # numbers of sentences from which a type is told apart well enough on the invented types
_ALIKE = 0.7  # share of words from which a second sentence teaches nothing that the first does not
_SAME_WORD = 0.6  # share of examples that mark one word


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on a file: `fault` says that it has to be mended, else it is advice; `line` counts from 1."""

    line: int
    text: str
    fault: bool = False


def remarks(own: OwnTypes) -> tuple[Remark, ...]:
    """All remarks, in order of line."""
    found = [*_contradictions(own)]
    for kind in own.types:
        found += [*_few(kind), *_copies(kind), *_one_word(kind)]
    return tuple(sorted(found, key=lambda each: (each.line, not each.fault)))


def _few(kind: OwnType) -> Iterator[Remark]:
    line = kind.examples[0].line
    if len(kind.examples) < EXAMPLES:
        yield Remark(line, f"{kind.name} has {len(kind.examples)} examples; a dozen teach much better")
    if len(kind.others) < OTHERS:
        told = f"{kind.name} has {len(kind.others)} others; write down a dozen near misses, each with its word marked"
        yield Remark(line, told)


def _copies(kind: OwnType) -> Iterator[Remark]:
    for field, sentences in (("examples", kind.examples), ("others", kind.others)):
        for first, second in combinations(sentences, 2):
            one, other = _words(first), _words(second)
            share = len(one & other) / max(len(one | other), 1)
            if share >= _ALIKE:
                told = f"{kind.name}: this is almost the sentence of line {first.line} among {field}; vary the words"
                yield Remark(second.line, told)


def _one_word(kind: OwnType) -> Iterator[Remark]:
    word, count = Counter(_marked(each)[:1] for each in kind.examples).most_common(1)[0]
    if word and count > _SAME_WORD * len(kind.examples) and len(kind.examples) > 2:
        told = (
            f"{kind.name}: {count} of {len(kind.examples)} examples mark “{word[0]}”; mark other words for the act too"
        )
        yield Remark(kind.examples[0].line, told)


def _contradictions(own: OwnTypes) -> Iterator[Remark]:
    """Sentences that stand twice with different answers, the same word marked."""
    seen: dict[tuple[str, str], tuple[OwnType, bool, Marked]] = {}
    for kind, tells, sentence in own.sentences():
        for word in _marked(sentence) or ("",):
            key = " ".join(re.findall(r"\w+", sentence.text.casefold())), word
            before, told_before, earlier = seen.setdefault(key, (kind, tells, sentence))
            if earlier is sentence:
                continue
            if kind.name == before.name and tells != told_before:
                told = (
                    f"{kind.name}: “{word}” tells of the type here and does not in line {earlier.line}, or the reverse"
                )
                yield Remark(sentence.line, told, fault=True)
            elif kind.name != before.name and tells and told_before:
                told = f"“{word}” tells of {kind.name} here and of {before.name} in line {earlier.line}; keep one"
                yield Remark(sentence.line, told, fault=True)


def _marked(sentence: Marked) -> tuple[str, ...]:
    return tuple(span.of(sentence.text).casefold() for span in sentence.spans)


def _words(sentence: Marked) -> set[str]:
    return set(re.findall(r"\w+", sentence.text.casefold()))
