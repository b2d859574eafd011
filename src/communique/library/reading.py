"""One text coded without an archive: `read` and what it gives, :class:`Reading`."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from communique import intake
from communique.errors import InputError
from communique.records import Actor, Article, CodedArticle, Event, Problem, Statement, to_contract
from communique.views.spacy import to_spacy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from communique.pipeline import Coder


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A coded article at hand. A notebook shows it as the article with its words marked, its events and statements."""

    coded: CodedArticle

    @property
    def article(self) -> Article:
        """The article: text, title, outlet, date, and what was cut off as furniture."""
        return self.coded.article

    @property
    def events(self) -> tuple[Event, ...]:
        """Who did what to whom, in order of text."""
        return self.coded.events

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what to whom, in order of text."""
        return self.coded.statements

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Those who act, each with country, sectors and the office of the day."""
        return self.coded.actors

    def actor(self, name: str | None) -> Actor | None:
        """The actor with this id ("a3"), as participants name it; None for an unresolved participant."""
        return next((each for each in self.coded.actors if each.id == name), None)

    def json(self) -> dict[str, Any]:
        """The whole record after the published schema `communique.coded-article/1`, ready for `json.dumps`."""
        return to_contract(self.coded)

    def to_spacy(self, pipeline: "Language | None" = None) -> "Doc":
        """The article as a spaCy document; see :func:`communique.views.spacy.to_spacy`. Needs `communique[spacy]`."""
        return to_spacy(self.coded, pipeline)

    def __repr__(self) -> str:
        told = f"{len(self.events)} events, {len(self.statements)} statements"
        return f"<Reading of {self.article.title or self.article.id!r}: {told}>"

    def _repr_html_(self) -> str:
        from communique.views.notebook import html

        return html(self.coded)


def read(text: str, *, source: str = "") -> Reading:
    """The article in `text` coded; see :func:`communique.read`."""
    article = intake.from_text(text, source=source)
    if isinstance(article, Problem):
        raise InputError(article.message)
    return Reading(coder().code(article))


@cache
def coder() -> "Coder":
    """The shipped coder, loaded at the first call and kept."""
    from communique.pipeline import Coder

    return Coder.load()
