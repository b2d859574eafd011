"""Home: what is there, what is new, what waits; in an empty archive, three ways to begin."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk
from communique.explorer.review import decided_by
from communique.store import browse
from communique.store.filters import Conditions


def home(desk: Desk, asked: Asked) -> Response:
    """The first page."""
    counts = desk.kept("counts", lambda: browse.counts(desk.archive))
    if not counts["articles"] and not counts["problems"]:
        return desk.page(asked, "begin.html", has_dossier=desk.dossier is not None)
    failed = browse.problems(desk.archive, per=5)
    decided = decided_by(desk, None)
    return desk.page(
        asked, "home.html", counts=counts, failed=failed,
        newest=desk.kept("newest", lambda: browse.events(desk.archive, Conditions(), newest=True, per=8)).rows,
        moves=desk.kept("moves", lambda: browse.moves(desk.archive, limit=8)),
        pairs=desk.kept("pairs", lambda: browse.pairs(desk.archive, per=8)).rows,
        types=desk.kinds(),
        waiting=max(0, counts["events"] - len(decided)), decided=len(decided), codebook=desk.codebook,
    )  # fmt: skip
