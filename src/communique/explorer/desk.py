"""The desk: what every page is made from, and the request as the pages see it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import jinja2
from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from communique.codebook import Codebook
from communique.explorer import wording
from communique.explorer.jobs import Jobs
from communique.explorer.safety import Keys
from communique.library import Library
from communique.store import Archive, browse
from communique.views.printable import printable

Row = dict[str, Any]
READER = "communique_reader"
# Answers that are kept until the archive changes; beyond them the eldest goes.
_MOST_KEPT = 200
_Kept = TypeVar("_Kept")


class NotFoundError(LookupError):
    """What the address names is not in the archive; the message says what was looked for."""


@dataclass(frozen=True)
class Asked:
    """One request: the parts of its path, its query, its form if it has one, the session, who reads, and the address
    of this server (`base`)."""

    path: Mapping[str, Any]
    query: QueryParams
    form: FormData = field(default_factory=FormData)
    session: str = ""
    reader: str = ""
    address: str = "/"
    etag: str = ""
    base: str = ""

    def text(self, name: str) -> str | None:
        """A value of the query, without blanks around it; None where it is empty."""
        return (self.query.get(name) or "").strip() or None

    def texts(self, *names: str) -> dict[str, str | None]:
        """Several values by name."""
        return {name: self.text(name) for name in names}

    def told(self, name: str) -> str:
        """A value of the form, without blanks around it."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    @property
    def page(self) -> int:
        """The number of the page that is asked for; 1 for what is no number."""
        told = self.query.get("page", "")
        return max(1, int(told)) if told.isdecimal() and len(told) < 9 else 1

    def link(self, **changes: object) -> str:
        """This address with some values of the query changed, None for without."""
        return self.to(self.address, **changes)

    def to(self, address: str, **changes: object) -> str:
        """Another address with this query, some values of it changed, None for without."""
        told = {**dict(self.query), **changes}
        kept = {name: str(value) for name, value in told.items() if value not in (None, "")}
        return address + (f"?{urlencode(kept)}" if kept else "")


class Desk:
    """One archive with templates, codebook and jobs. Pages are made one at a time, behind `lock`: the engine that
    answers the questions is one."""

    def __init__(self, library: Library, *, keys: Keys, reader: str = "", dossier: Path | None = None) -> None:
        self.library, self.keys, self.reader, self.dossier = library, keys, reader, dossier
        self.jobs = Jobs(library.archive.root)
        self.lock = threading.Lock()
        self._kept: dict[str, tuple[str, Any]] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("communique.explorer"), autoescape=True, undefined=jinja2.StrictUndefined,
            finalize=_shown, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._templates.filters |= wording.FILTERS
        self._templates.globals |= wording.NAMES

    @property
    def archive(self) -> Archive:
        """The archive that is looked at."""
        return self.library.archive

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook of this program; runs made with another one say so by its digest."""
        return Codebook.load()

    def kinds(self) -> Mapping[str, Row]:
        """The types of the archive's events by name, each with its class and number of events."""
        return self.kept("kinds", lambda: {row["type"]: row for row in browse.kinds(self.archive)})

    def types(self) -> list[str]:
        """The types that a filter offers: the codebook's, and those of users' own codebooks that the archive has."""
        return [*self.codebook.types, *sorted(self.kinds().keys() - self.codebook.types.keys())]

    def state(self) -> str:
        """What changes with every commit, and whenever derived tables change."""
        made = self.archive.derived()
        return f"{self.archive.stamp('explorer')}-{'' if made is None else made.stamp}"

    def kept(self, name: str, make: Callable[[], _Kept]) -> _Kept:
        """What `make` gives, made again only when the archive has changed."""
        state = self.state()
        known = self._kept.get(name)
        if known is None or known[0] != state:
            self._kept.pop(name, None)
            known = self._kept[name] = (state, make())
            if len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        found: _Kept = known[1]
        return found

    def page(self, asked: Asked, template: str, *, status: int = 200, **told: Any) -> Response:
        """A page made from a template."""
        body = self._templates.get_template(template).render(
            asked=asked,
            archive=self.archive.root.name,
            form_token=self.keys.form_token(asked.session) if asked.session else "",
            at_work=[job for job in self.jobs.all.values() if not job.is_over],
            **told,
        )
        return HTMLResponse(body, status)


def _shown(value: object) -> object:
    """What a template writes: text without terminal commands and marks that turn the direction of what follows."""
    return printable(value) if type(value) is str else value


def to(address: str) -> Response:
    """To another page, after something was done."""
    return RedirectResponse(address, 303)
