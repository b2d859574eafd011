"""The ledger: what was asked, promised, threatened and offered, how it stands, and the life of one entry."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.store import browse

STANDINGS = (
    "open", "settled", "acknowledged", "accepted", "partly met", "met", "rejected", "withdrawn", "broken", "lapsed",
    "disputed",
)  # fmt: skip


def listing(desk: Desk, asked: Asked) -> Response:
    """Entries with filters, those that moved last first."""
    told = asked.texts("source", "target", "kind", "standing", "since", "until")
    conditions = browse.entries_asked(words=asked.text("q"), **told)
    newest = asked.text("order") != "opened"
    found = browse.entries(desk.archive, conditions, newest=newest, number=asked.page)
    return desk.page(asked, "ledger.html", found=found, standings=STANDINGS,
                     is_ready=desk.archive.has_derived("entries"))  # fmt: skip


def entry(desk: Desk, asked: Asked) -> Response:
    """One entry as dated quotations."""
    name = asked.path["entry"]
    found = browse.entries(desk.archive, browse.named("entry", name), per=1).rows
    if not found:
        raise NotFoundError(f"There is no entry “{name}” in the ledger of this archive.")
    names = [each["entry"] for each in found[0]["near"] or ()]
    near = browse.entries(desk.archive, browse.named("entry", *names)).rows if names else []
    return desk.page(asked, "entry.html", entry=found[0], moves=browse.moves(desk.archive, entry=name), near=near)
