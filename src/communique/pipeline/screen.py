"""A cheap first look (`add --screen`): whether headline and lead name somebody who can act and something that is done.

What enters is an article; what leaves is yes or no. No model is asked, so that a text without political content costs
a thousandth of what coding it costs. The look is one of words, not of meaning: it lets through much that tells of
nothing, and it stops an article that comes to its matter late. `docs/scale.md` says how often.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from communique.codebook import Codebook
from communique.codebook.forms import regular_forms
from communique.grounding import Registry
from communique.grounding.titles import fold
from communique.pipeline.worker import Codes
from communique.records import Article, CodedArticle, Problem

CODE = "screened-out"
# Words that are looked at behind the headline: those of a lead of two or three sentences.
LEAD = 80
_WORD = re.compile(r"[^\W\d_]+")


class Screen:
    """The words to look for: those of the lexicon, and the names and role nouns of the registry."""

    def __init__(self, codebook: Codebook, registry: Registry) -> None:
        self._registry = registry
        self._acts = frozenset(_acts(codebook))

    def passes(self, article: Article) -> bool:
        """Whether headline and lead hold a state, body, seat or role, and beside it a word that tells of an event in
        some use. An article in another language passes, since its words are not known."""
        if article.language != "en":
            return True
        words = _WORD.findall(f"{article.title or ''}\n{_lead(article.text)}")
        acts = {word.lower() for word in words if word.lower() in self._acts}
        return bool(acts) and self._names_somebody(words, acts)

    def _names_somebody(self, words: list[str], acts: set[str]) -> bool:
        pieces = [fold(word) for word in words]
        roles = self._registry.roles
        for place, word in enumerate(words):
            low = word.lower()
            # "Rebels" are a role and may be an act, but no act of their own.
            if (low in roles or low.removesuffix("s") in roles) and acts - {low}:
                return True
            if word[0].isupper() and any(
                tuple(pieces[place : place + len(known.pieces)]) == known.pieces
                for known in self._registry.starting(pieces[place])
            ):
                return True
        return False


class Screened:
    """A coder that codes what passes the first look, and answers the rest with a problem "screened-out"."""

    def __init__(self, coder: Codes, screen: Screen) -> None:
        self._coder, self._screen, self.run = coder, screen, coder.run

    def code(self, article: Article) -> CodedArticle | Problem:
        """The article coded, or the problem that stands in its place."""
        if self._screen.passes(article):
            return self._coder.code(article)
        message = "Headline and lead name nobody who acts and nothing that is done; add it without --screen to code it."
        return Problem(CODE, message, "pipeline", article.id, fatal=True)


def screened(load: Callable[[], Codes], codebook: Path | None = None) -> Screened:
    """What `load` makes, behind a first look with the words of the codebook. Raises what they raise."""
    return Screened(load(), Screen(Codebook.load(codebook), Registry.load()))


def _acts(codebook: Codebook) -> Iterator[str]:
    """Every form of a word of the lexicon that tells of an event in some use."""
    for (lemma, tag), predicates in codebook.lexicon.items():
        if all(frame.type == "NONE" for each in predicates for frame in each.frames):
            continue
        yield lemma
        yield from regular_forms(lemma) if tag == "verb" else {f"{lemma}s"}


def _lead(text: str) -> str:
    end = 0
    for number, match in enumerate(_WORD.finditer(text), 1):
        end = match.end()
        if number == LEAD:
            break
    return text[:end]
