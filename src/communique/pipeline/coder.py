"""`Coder`: one article through all rooms, from text to record."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique import __version__, events, grounding, statements
from communique.codebook import Codebook
from communique.encoder import Encoder, Scorer
from communique.events import own
from communique.grounding import Registry
from communique.reading import read
from communique.records import Article, CodedArticle, Problem, Run


class Coder:
    """Codes articles with one encoder, one registry and one codebook; the same article always gives the same bytes."""

    def __init__(self, encoder: Scorer, registry: Registry, codebook: Codebook) -> None:
        self._encoder, self._registry, self._codebook = encoder, registry, codebook
        self.own = None if codebook.own is None else own.fit(codebook.own, encoder, ours=codebook.shown())
        parts = (f"communique {__version__}", codebook.digest, encoder.digest, registry.digest)
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        self.run = Run(digest, *parts)

    @classmethod
    def load(cls, *, codebook: Path | None = None) -> "Coder":
        """A coder with the shipped model and registry, and the shipped codebook or the one in the file (of a user's own
        types) or folder `codebook`.

        Raises `ModelError`, `RegistryError` or `CodebookError` where one of them is missing or broken.
        """
        return cls(Encoder.load(), Registry.load(), Codebook.load(codebook))

    def code(self, article: Article) -> CodedArticle:
        """The article with all that was found in it.

        An article that is not English is kept uncoded. One on which a room fails keeps its text and gets a problem
        "coding-failed" instead of rows: one odd text must never cost the rest of a run.
        """
        if article.language != "en":
            return CodedArticle(self.run, article, (), (), (), (), article.problems)
        try:
            return self._code(article)
        except Exception as error:
            message = f"the article could not be coded ({type(error).__name__}: {error}); please report it"
            problem = Problem("coding-failed", message, "pipeline", article.id)
            return CodedArticle(self.run, article, (), (), (), (), (*article.problems, problem))

    def code_all(self, articles: Iterable[Article]) -> Iterator[CodedArticle]:
        """The articles coded one after the other, in their order."""
        return map(self.code, articles)

    def _code(self, article: Article) -> CodedArticle:
        document = read(article, self._encoder, vectors=self.own is not None)
        grounded = grounding.ground(document, self._registry)
        said = statements.find(grounded)
        owned = self.own.find(grounded.document) if self.own else None
        found = events.code(grounded, said, self._codebook, own=owned)
        return CodedArticle(
            self.run, article, grounded.document.mentions, grounded.actors, said, found, article.problems
        )
