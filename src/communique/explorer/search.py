"""Search: some words in articles, events, statements, the ledger and names of actors at once."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk
from communique.store import browse

# What a search shows of each kind; the rest is behind a link.
_SHOWN = 5


def search(desk: Desk, asked: Asked) -> Response:
    """What holds the words in the query."""
    words = asked.text("q")
    if words is None:
        return desk.page(asked, "search.html", words="", found={})
    archive = desk.archive
    found = {
        "events": browse.events(archive, browse.events_asked(words=words), newest=True, per=_SHOWN),
        "statements": browse.statements(archive, browse.statements_asked(words=words), per=_SHOWN),
        "entries": browse.entries(archive, browse.entries_asked(words=words), newest=True, per=_SHOWN),
        "actors": browse.people(archive, browse.people_asked(words=words), per=_SHOWN),
        "articles": browse.articles(archive, browse.articles_asked(words=words), per=_SHOWN),
    }
    return desk.page(asked, "search.html", words=words, found=found)
