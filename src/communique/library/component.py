"""The coder as a component of a spaCy pipeline: `nlp.add_pipe("communique")`. Needs `communique[spacy]`.

The text of the `Doc` is coded as it stands: nothing is taken for a headline or furniture, and no character moves. The
day on which it was published is `doc._.published` (ISO 8601) where somebody has set it, else that of the setting
`published`; without one, "on Tuesday" stays open. spaCy finds this module by its entry point; nothing
else loads it.
"""

from spacy.language import Language
from spacy.tokens import Doc

from communique.intake import identity
from communique.library.reading import coder
from communique.records import Article
from communique.views.spacy import mark

PUBLISHED = "published"


class Component:
    """Codes a `Doc` and marks in it what was found, as :func:`communique.views.spacy.mark` does."""

    def __init__(self, published: str | None) -> None:
        self._published = published

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc` with spans, relations and `doc._.communique`. An empty one is left alone."""
        if not doc.text.strip():
            return doc
        day = doc._.published or self._published
        name = identity.article_id(url=None, outlet=None, day=day, title=None, text=doc.text)
        article = Article(name, identity.version_id(name, doc.text), doc.text, published=day)
        return mark(doc, coder().code(article))


@Language.factory("communique")  # type: ignore[untyped-decorator]
def make(nlp: Language, name: str, published: str | None = None) -> Component:
    """What spaCy calls to make the component, by the entry point `communique`; raises `ValueError` for no ISO day."""
    if published is not None:
        Article("", "", "", published=published).day  # noqa: B018  (reading it is the check)
    if not Doc.has_extension(PUBLISHED):
        Doc.set_extension(PUBLISHED, default=None)
    return Component(published)
