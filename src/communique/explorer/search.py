"""Search: some words in articles, events, statements, the ledger and names of actors at once, and what has them."""

from starlette.responses import Response

from communique.errors import InputError
from communique.explorer.desk import Asked, Desk
from communique.explorer.events import FED, conditions, facets_of, instant
from communique.store import Archive, browse
from communique.store.browse import Page

# What a search shows of each kind; the rest is behind a link.
_SHOWN = 5


def search(desk: Desk, asked: Asked) -> Response:
    """What holds the words in the query."""
    words = asked.text("q")
    if words is None:
        return desk.page(asked, "search.html", words="", found={}, facets=[])
    found = desk.kept(f"search {words}", lambda: _found(desk.archive, words))
    return desk.page(
        asked, "search.html", words=words, found=found, facets=facets_of(desk, asked, conditions(desk, asked))
    )


def _found(archive: Archive, words: str) -> dict[str, Page]:
    return {
        "events": browse.events(archive, browse.events_asked(words=words), newest=True, per=_SHOWN),
        "statements": browse.statements(archive, browse.statements_asked(words=words), per=_SHOWN),
        "entries": browse.entries(archive, browse.entries_asked(words=words), newest=True, per=_SHOWN),
        "actors": browse.people(archive, browse.people_asked(words=words), per=_SHOWN),
        "articles": browse.articles(archive, browse.articles_asked(words=words), per=_SHOWN),
    }


def as_feed(desk: Desk, asked: Asked) -> Response:
    """The newest articles that hold the words, as an Atom feed."""
    words = asked.text("q")
    if words is None:
        raise InputError("a feed of a search needs words: /search.atom?q=crossing")
    rows = browse.articles(desk.archive, browse.articles_asked(words=words), per=FED).rows
    updated = max((instant(row["published"]) for row in rows), default=instant(None))
    page = desk.page(asked, "search.atom", rows=rows, words=words, updated=updated, instant=instant)
    return Response(page.body, media_type="application/atom+xml")
