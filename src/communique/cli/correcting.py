"""`correct` and `corrections`: what people decide about events."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from communique.cli.keeping import opened, show
from communique.cli.output import TableFormat
from communique.errors import InputError


def correct(event: str, chosen: Mapping[str, Any], *, because: str, by: str, archive: Path) -> int:
    """Keep one decision: exactly one of set, accept, reject, split, merge and add, of which add takes set; gives the
    exit status."""
    fields = _fields(chosen.get("set") or [])
    kinds = [name for name in chosen if name != "set"] or (["set"] if fields else [])
    if len(kinds) != 1 or (fields and kinds[0] not in ("set", "add")):
        raise InputError("decide one thing: --set FIELD=VALUE, --accept, --reject, --split, --merge EVENT, --add WORDS")
    library, kind = opened(archive), kinds[0]
    if kind == "add":
        made = library.add_event(event, chosen["add"], fields=fields, because=because, by=by)
    else:
        other = chosen.get("merge")
        made = library.correct(event, fields=fields, because=because, by=by, kind=kind, other=other)  # type: ignore[arg-type]
    told = "; ".join(f"{each.field}: {each.old or '–'} → {each.new or '–'}" for each in made.changes)
    print(f"{kind} {made.target}" + (f": {told}" if told else ""))
    return 0


def listing(archive: Path, *, form: TableFormat | None, out: Path | None, training: bool) -> int:
    """List the corrections, or write them as rows to train with; gives the exit status."""
    from communique.views import exports, tables

    library = opened(archive)
    if not training:
        show(library.corrections().arrow(), render=tables.corrections, form=form, out=out, limit=0)
        return 0
    if out is None:
        exports.write_jsonl(library.training_rows(), sys.stdout)
        return 0
    with out.open("w", encoding="utf-8", errors="backslashreplace") as file:
        exports.write_jsonl(library.training_rows(), file)
    return 0


def _fields(told: list[str]) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for each in told:
        name, equals, value = each.partition("=")
        if not equals:
            raise InputError(f"“{each}” sets nothing; write --set FIELD=VALUE, such as --set type=THREATEN")
        fields[name.strip()] = value.strip() or None
    return fields
