"""`import`: what people annotated in another program, kept as corrections."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from communique.cli.keeping import articles_of, opened
from communique.errors import InputError

if TYPE_CHECKING:
    from communique.views.marked import Marked

FORMS = ("label-studio", "prodigy", "inception")


def take(form: str, path: Path, *, archive: Path, because: str, by: str, accept: bool) -> int:
    """Keep what differs in an annotated file as corrections; gives the exit status, 3 where something was left out."""
    from communique.library.returning import keep
    from communique.views.printable import one_line

    if form not in FORMS:
        raise InputError(f"there is no form “{form}”; there are {', '.join(FORMS)}")
    library = opened(archive)
    articles, untold = 0, 0
    kinds: dict[str, int] = {}
    for each in keep(library, list(_read(form, path)), because=because, by=by, accept=accept):
        articles += 1
        for made in each.corrections:
            kinds[made.kind] = kinds.get(made.kind, 0) + 1
        for told in each.untold:
            untold += 1
            print(one_line(f"left out, article {each.article}: {told}"), file=sys.stderr)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "no correction"
    print(f"{path}: {articles_of(articles)}, {told}")
    return 3 if untold else 0


def _read(form: str, path: Path) -> "Iterator[Marked]":
    from communique.views import labelstudio, prodigy, uima

    if form == "inception":
        yield from uima.read(path.read_bytes())
    elif form == "label-studio":
        yield from labelstudio.read(path.read_text(encoding="utf-8"))
    else:
        with path.open(encoding="utf-8") as file:
            yield from prodigy.read(file)
