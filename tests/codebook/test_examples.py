"""Every example of the lexicon, read by the shipped model, finds a frame of the type that it illustrates.

The examples are read together, one paragraph each; a part of them fails where the parser errs, so a rate is asked for.
"""

from collections.abc import Iterator

import pytest

from communique.codebook import Codebook, Frame, Predicate
from communique.encoder import Encoder
from communique.events.match import Matcher
from communique.events.syntax import Syntax
from communique.grounding import Registry, ground
from communique.reading import read
from communique.records import Article

Shown = tuple[Predicate, Frame]
# Reached by the model of the day on which this was written: 0.95 of the examples.
ASKED = 0.9
TOGETHER = 40
EVERY = 3  # one example in three keeps the test short; the places shift with every edit of the lexicon


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return Codebook.load()


def shown(codebook: Codebook) -> Iterator[Shown]:
    for found in codebook.lexicon.values():
        for predicate in found:
            for frame in predicate.frames:
                if frame.example:
                    yield predicate, frame


def matched(codebook: Codebook, encoder: Encoder, registry: Registry, batch: list[Shown]) -> list[bool]:
    """For each of the batch, whether a word of its example matches a frame like its own."""
    text = "\n\n".join(frame.example for _, frame in batch)
    grounding = ground(read(Article(id="a", version="a", text=text), encoder), registry)
    words = codebook.classes
    syntax = Syntax(grounding.document, words["light"], words["light_passive"])
    matcher = Matcher(syntax, grounding, codebook)
    found: list[bool] = []
    start = 0
    for _, frame in batch:
        end = start + len(frame.example)
        inside = [word for word in grounding.document.words if start <= word.span.start < end]
        matches = [match for word in inside if (match := matcher.at(word.index)) is not None]
        found.append(any(match.frame == frame or same(match.frame, frame) for match in matches))
        start = end + 2
    return found


def same(one: Frame, other: Frame) -> bool:
    return (one.type, one.mode, one.cameo) == (other.type, other.mode, other.cameo)


def test_examples_find_their_frames(codebook: Codebook) -> None:
    encoder, registry = Encoder.load(), Registry.load()
    examples = list(shown(codebook))[::EVERY]
    results: list[bool] = []
    for first in range(0, len(examples), TOGETHER):
        results += matched(codebook, encoder, registry, examples[first : first + TOGETHER])
    missed = [
        f"{each.lemma}: {frame.example}" for (each, frame), fine in zip(examples, results, strict=True) if not fine
    ]
    assert sum(results) / len(results) >= ASKED, "\n".join(missed)
