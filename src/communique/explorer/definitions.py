"""The codebook: what each code means, with examples of its own and examples from this archive."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.store import browse


def listing(desk: Desk, asked: Asked) -> Response:
    """All types, modes, contexts and sectors."""
    tally = desk.kept("types", lambda: browse.tally(desk.archive, "type"))
    return desk.page(asked, "codebook.html", book=desk.codebook, tally=tally)


def definition(desk: Desk, asked: Asked) -> Response:
    """One type of event."""
    name = asked.path["name"].upper()
    entry = desk.codebook.types.get(name)
    if entry is None:
        raise NotFoundError(f"The codebook has no type “{name}”; it has {', '.join(desk.codebook.types)}.")
    modes = [mode for (owner, _), mode in desk.codebook.modes.items() if owner == name]
    return desk.page(asked, "definition.html", entry=entry, modes=modes, book=desk.codebook,
                     examples=browse.examples(desk.archive, name))  # fmt: skip
