"""The codebook: what each code means, with examples of its own and examples from this archive."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.store import browse


def listing(desk: Desk, asked: Asked) -> Response:
    """All types, modes, contexts and sectors, and the types of users' own codebooks that the archive has."""
    kinds = desk.kinds()
    own = [row for name, row in sorted(kinds.items()) if name not in desk.codebook.types]
    return desk.page(asked, "codebook.html", book=desk.codebook, kinds=kinds, own=own)


def definition(desk: Desk, asked: Asked) -> Response:
    """One type of event; of one of a user's own, which the codebook here does not define, what the archive tells."""
    name = asked.path["name"].upper()
    entry, kind = desk.codebook.types.get(name), desk.kinds().get(name)
    if entry is None and kind is not None:
        return desk.page(asked, "own_type.html", kind=kind, examples=browse.examples(desk.archive, name))
    if entry is None:
        raise NotFoundError(f"The codebook has no type “{name}”; it has {', '.join(desk.codebook.types)}.")
    modes = [mode for (owner, _), mode in desk.codebook.modes.items() if owner == name]
    return desk.page(asked, "definition.html", entry=entry, modes=modes, book=desk.codebook,
                     examples=browse.examples(desk.archive, name))  # fmt: skip
