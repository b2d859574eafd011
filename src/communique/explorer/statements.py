"""Statements: who said what, to whom, in which words."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk
from communique.store import browse


def listing(desk: Desk, asked: Asked) -> Response:
    """Statements with filters, those of the newest articles first."""
    told = asked.texts("speaker", "addressee", "act", "since", "until")
    conditions = browse.statements_asked(words=asked.text("q"), **told)
    found = browse.statements(desk.archive, conditions, number=asked.page)
    return desk.page(asked, "statements.html", found=found)
