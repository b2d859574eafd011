"""Sources and runs: which outlets came in, with what each article was coded, and what went wrong."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk
from communique.store import browse


def listing(desk: Desk, asked: Asked) -> Response:
    """Outlets, runs, problems and corrections."""
    return desk.page(
        asked, "sources.html", outlets=desk.kept("outlets", lambda: browse.outlets(desk.archive)),
        runs=desk.kept("runs", lambda: desk.archive.runs().to_pylist()),
        failed=browse.problems(desk.archive, number=asked.page),
        corrections=desk.archive.corrections().to_pylist()[::-1][:100],
    )  # fmt: skip
