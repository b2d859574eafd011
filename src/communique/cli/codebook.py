"""`codebook show` and `codebook schema`: what a name of the codebook means, and the form of what is coded by it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from communique.cli.output import console
from communique.codebook import Codebook, ModeEntry, TypeEntry
from communique.errors import InputError

if TYPE_CHECKING:
    from rich.console import RenderableType

Line = tuple[str, str]
# What may be listed whole, and what one row of the list says.
_LISTS = ("types", "modes", "contexts", "sectors", "cameo codes", "policies")
_QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


def show(name: str | None, *, path: Path | None = None) -> int:
    """Print what the codebook (with the types or folder at `path`) says of `name`, of everything where there is none;
    gives the exit status.

    Raises `InputError` for a name that the codebook does not have, with those that it has.
    """
    codebook = Codebook.load(path)
    entries = [list(_listing(codebook, "types"))] if name is None else list(_named(codebook, name))
    if not entries:
        raise InputError(
            f"the codebook has no “{name}”; it has the types {', '.join(codebook.types)}, modes such as "
            f"REQUEST/assist, contexts such as {', '.join(list(codebook.contexts)[:3])}, sectors such as "
            f"{', '.join(list(codebook.sectors)[:3])}, CAMEO codes such as 0251, the policies "
            f"{' and '.join(codebook.policies)}, and whole lists: {', '.join(_LISTS)}"
        )
    shown = console()
    for number, lines in enumerate(entries):
        if number:
            shown.print()
        shown.print(_grid(lines))
    return 0


def schema(*, path: Path | None = None) -> int:
    """Print the schema that coded articles keep, with the types at `path`; gives the exit status."""
    from communique.views import contract

    print(json.dumps(contract.schema(Codebook.load(path).types), indent=2, ensure_ascii=False))
    return 0


def _named(codebook: Codebook, name: str) -> Iterator[list[Line]]:
    """Everything of that name, the likeliest first."""
    plain = name.strip()
    lower, upper = plain.lower(), plain.upper()
    if lower in _LISTS:
        yield list(_listing(codebook, lower))
        return
    if upper in codebook.types:
        yield list(_type(codebook, codebook.types[upper]))
    kind, _, mode = plain.rpartition("/")
    for entry in codebook.modes.values():
        if entry.name == mode.lower() and kind.upper() in ("", entry.type):
            yield list(_mode(codebook, entry))
    if lower in codebook.contexts:
        yield list(_context(codebook, lower))
    if upper in codebook.sectors:
        sector = codebook.sectors[upper]
        yield [("name", f"{sector.code}, {sector.name}, a sector of actors"), ("meaning", sector.definition)]
    if plain in codebook.cameo:
        yield list(_code(codebook, plain))
    if lower in codebook.policies:
        yield list(_policy(codebook, lower))


def _type(codebook: Codebook, entry: TypeEntry) -> Iterator[Line]:
    yield "name", f"{entry.name}, {entry.label}"
    yield "meaning", entry.definition
    yield "quad", entry.quad
    yield from _values(codebook, entry.name, entry.cameo, entry.score)
    own = {each.name for each in codebook.own.types} if codebook.own else set()
    if entry.name in own:
        yield "coded by", "what your examples teach"
    else:
        yield "announced", f"by its own side it is {entry.planned}, as a harm {entry.threatened}"
    modes = [mode for (kind, _), mode in codebook.modes.items() if kind == entry.name and entry.name not in own]
    for mode in modes:
        yield "mode", f"{mode.name} (CAMEO {mode.cameo}): {mode.definition}"
    yield from _sentences(entry.examples, entry.others)
    if entry.name not in own:
        words = _words(codebook, entry.name, None)
        yield "words", f"{len(words)} in the lexicon: {', '.join(words)}"


def _mode(codebook: Codebook, entry: ModeEntry) -> Iterator[Line]:
    yield "name", f"{entry.type}/{entry.name}, a mode of {entry.type}"
    yield "meaning", entry.definition
    yield from _values(codebook, entry.type, entry.cameo, entry.score)
    if entry.threatened:
        yield "threatened", f"it is THREATEN/{entry.threatened}"
    yield from _sentences(entry.examples, entry.others)
    words = _words(codebook, entry.type, entry.name)
    if words:
        yield "words", f"{len(words)} in the lexicon: {', '.join(words)}"


def _context(codebook: Codebook, name: str) -> Iterator[Line]:
    entry = codebook.contexts[name]
    yield "name", f"{entry.name}, a context"
    yield "meaning", entry.definition
    yield "cues", ", ".join(entry.cues)
    codes = [f"{code.code} {code.name}" for code in codebook.cameo.values() if name in code.contexts]
    if codes:
        yield "CAMEO", "; ".join(codes)


def _code(codebook: Codebook, name: str) -> Iterator[Line]:
    code = codebook.cameo[name]
    yield "name", f"CAMEO {code.code}, {code.name}"
    yield "Goldstein", f"{code.goldstein:+.1f} (from -10, the worst, to +10)"
    if code.type is None:
        yield "PLOVER", "a mere statement, no event"
    else:
        yield "PLOVER", code.type + (f"/{code.mode}" if code.mode else "")
        yield "quad", codebook.quad(code.type)
        yield "policies", _labels(codebook, code.type, code.code)
    if code.contexts:
        yield "contexts", ", ".join(code.contexts)
    above = codebook.cameo.get(code.code[:-1]) if len(code.code) > len(code.root) else None
    if above is not None:
        yield "part of", f"{above.code} {above.name}"
    for below in codebook.cameo.values():
        if below.code[:-1] == code.code:
            yield "has", f"{below.code} {below.name}"


def _policy(codebook: Codebook, name: str) -> Iterator[Line]:
    policy = codebook.policies[name]
    yield "name", f"{policy.name}, a policy of labels"
    yield "meaning", policy.definition
    yield "decided by", "the type" if policy.by == "type" else "the first two digits of the CAMEO code"
    for number, quad in enumerate(_QUADS, start=1):
        labels = [label for label, group in policy.groups.items() if group == number]
        yield f"{number} {quad}" if labels else quad, ", ".join(labels)
    for key, label in policy.labels.items():
        if key in codebook.cameo:
            yield key, f"{label}, for {codebook.cameo[key].name}"


def _listing(codebook: Codebook, what: str) -> Iterator[Line]:
    if what == "types":
        for quad in sorted({entry.quad for entry in codebook.types.values()}, key=_QUADS.index):
            for entry in codebook.types.values():
                if entry.quad == quad:
                    yield entry.name, f"{entry.definition} ({quad})"
    elif what == "modes":
        yield from ((f"{mode.type}/{mode.name}", mode.definition) for mode in codebook.modes.values())
    elif what == "contexts":
        yield from ((entry.name, entry.definition) for entry in codebook.contexts.values())
    elif what == "sectors":
        yield from ((entry.code, f"{entry.name}: {entry.definition}") for entry in codebook.sectors.values())
    elif what == "policies":
        yield from ((entry.name, entry.definition) for entry in codebook.policies.values())
    else:
        for code in codebook.cameo.values():
            kind = (code.type or "no event") + (f"/{code.mode}" if code.mode else "")
            yield code.code, f"{code.name} ({kind}, {code.goldstein:+.1f})"


def _values(codebook: Codebook, kind: str, cameo: str, score: float) -> Iterator[Line]:
    if cameo:
        yield "CAMEO", f"{cameo} {codebook.cameo[cameo].name}"
        yield "policies", _labels(codebook, kind, cameo)
    yield "values", f"Goldstein {codebook.value(kind, cameo):+.1f}, PLOVER score {score:+.1f}"


def _labels(codebook: Codebook, kind: str, cameo: str) -> str:
    """The label under every policy, with its quad number."""
    told = []
    for name, policy in codebook.policies.items():
        label = codebook.label(kind, cameo, policy=name)
        told.append(f"{name} {label}" + (f" ({policy.groups[label]})" if label in policy.groups else ""))
    return ", ".join(told)


def _sentences(examples: tuple[str, ...], others: Mapping[str, str]) -> Iterator[Line]:
    yield from (("example", text) for text in examples)
    yield from (("not", f"{text}  → {'no event' if kind == 'NONE' else kind}") for text, kind in others.items())


def _words(codebook: Codebook, kind: str, mode: str | None) -> list[str]:
    """Words of the lexicon of which some use tells of the type (and mode)."""
    return sorted({
        predicate.lemma + (f" {predicate.particle}" if predicate.particle else "")
        for predicates in codebook.lexicon.values()
        for predicate in predicates
        if any(frame.type == kind and mode in (None, frame.mode) for frame in predicate.frames)
    })  # fmt: skip


def _grid(lines: list[Line]) -> "RenderableType":
    """Two columns; a label that repeats is told once."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", min_width=10, no_wrap=True)
    grid.add_column(overflow="fold")
    before = ""
    for label, value in lines:
        grid.add_row("" if label == before else label, Text(value, style="bold" if label == "name" else ""))
        before = label
    return grid
