"""Names swapped for others of their kind, so that types are not learnt from who usually does what.

A name of one word becomes another of the same pool throughout a text; pools are the one-word names of places, peoples
and persons that the corpus marks. One word stands for one word, so that every index of the gold stays as it is.
"""

import random
from collections.abc import Iterable
from dataclasses import replace

from communique.corpus import AnnotatedArticle
from communique.encoder import Token
from communique.training.acts_gold import ActGold

_SHORTEST = 3  # letters; shorter ones ("US", "UN") are words of their own weight
_KINDS = ("GPE", "NORP", "PERSON")


class Pools:
    """One-word names by kind."""

    def __init__(self, articles: Iterable[AnnotatedArticle]) -> None:
        found: dict[str, dict[str, int]] = {kind: {} for kind in _KINDS}
        for article in articles:
            for mention in article.mentions:
                last = mention.span.of(article.text).split()[-1] if mention.kind in _KINDS else ""
                if last[:1].isupper() and last.isalpha() and len(last) >= _SHORTEST and not last.isupper():
                    found[mention.kind][last] = found[mention.kind].get(last, 0) + 1
        self._kind_of: dict[str, str] = {}
        for kind, names in found.items():
            for name, count in names.items():
                if count > found.get(self._kind_of.get(name, ""), {}).get(name, 0):
                    self._kind_of[name] = kind
        self._pools = {kind: sorted(name for name in self._kind_of if self._kind_of[name] == kind) for kind in _KINDS}

    def swapped(self, gold: ActGold, chance: random.Random) -> ActGold:
        """The same text and gold with other names, each the same throughout."""
        instead: dict[str, str] = {}
        words: list[Token] = []
        for token in gold.tokens:
            kind = self._kind_of.get(token.form)
            if kind is not None and token.form not in instead:
                instead[token.form] = chance.choice(self._pools[kind])
            words.append(replace(token, form=instead.get(token.form, token.form)))
        return replace(gold, tokens=tuple(words))
