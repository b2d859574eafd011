"""Actors: who acts in this archive, under which names and roles, why each was matched, and what was not resolved."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.store import browse


def listing(desk: Desk, asked: Asked) -> Response:
    """Actors over all articles, the often named first."""
    conditions = browse.people_asked(words=asked.text("q"), **asked.texts("country", "sector", "status"))
    found = browse.people(desk.archive, conditions, number=asked.page)
    return desk.page(asked, "actors.html", found=found, codebook=desk.codebook)


def actor(desk: Desk, asked: Asked) -> Response:
    """One actor: roles with dates, aliases with reasons, and the articles."""
    registry_id, name = asked.text("id") or "", asked.text("name") or ""
    rows = browse.person(desk.archive, registry_id, name)
    if not rows:
        raise NotFoundError(f"There is no actor “{registry_id or name}” in this archive.")
    roles: dict[str, list[object]] = {}
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["role"]:
            roles.setdefault(row["role"], []).append(row["day"])
        known = reasons.setdefault(row["why"], [])
        known += [word for word in row["words"] or () if word not in known]
    days = {role: sorted((day for day in told if day is not None), key=str) for role, told in roles.items()}
    return desk.page(asked, "actor.html", actor=rows[-1], rows=rows, roles=days, reasons=reasons)
