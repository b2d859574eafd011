"""`codebook show`: an event type, a context, a sector or a CAMEO code in words."""

from rich.table import Table
from rich.text import Text

from communique.cli.output import console
from communique.codebook import Codebook
from communique.errors import InputError


def show(name: str) -> int:
    """Print what the codebook says of `name`; gives the exit status.

    Raises `InputError` for a name that the codebook does not have, with those that it has.
    """
    codebook = Codebook.load()
    told = _type(codebook, name.upper()) or _entry(codebook, name)
    if told is None:
        raise InputError(
            f"the codebook has no “{name}”; it has the types {', '.join(codebook.types)}, the contexts "
            f"{', '.join(codebook.contexts)}, sectors such as {', '.join(list(codebook.sectors)[:3])}, and CAMEO codes"
        )
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", min_width=10)
    grid.add_column(overflow="fold")
    for label, value in told:
        grid.add_row(label, Text(value, style="bold" if label == "name" else ""))
    console().print(grid)
    return 0


def _type(codebook: Codebook, name: str) -> list[tuple[str, str]] | None:
    entry = codebook.types.get(name)
    if entry is None:
        return None
    told = [("name", f"{entry.name}, {entry.label}"), ("meaning", entry.definition), ("quad", entry.quad),
            ("CAMEO", f"{entry.cameo} {codebook.cameo[entry.cameo].name}")]  # fmt: skip
    modes = [mode for (kind, _), mode in codebook.modes.items() if kind == name]
    told += [("mode", f"{mode.name} (CAMEO {mode.cameo}): {mode.definition}") for mode in modes]
    told += [("example", example) for example in entry.examples]
    told += [("not", f"{example}  ({other})") for example, other in entry.others.items()]
    frames = [
        predicate.lemma + (f" {predicate.particle}" if predicate.particle else "")
        for predicates in codebook.lexicon.values()
        for predicate in predicates
        if any(frame.type == name for frame in predicate.frames)
    ]
    words = sorted(set(frames))
    told.append(("words", f"{len(words)} in the lexicon: {', '.join(words)}"))
    return told


def _entry(codebook: Codebook, name: str) -> list[tuple[str, str]] | None:
    context, sector, code = (
        codebook.contexts.get(name.lower()),
        codebook.sectors.get(name.upper()),
        codebook.cameo.get(name),
    )
    if context is not None:
        return [("name", f"{context.name}, a context"), ("meaning", context.definition),
                ("cues", ", ".join(context.cues))]  # fmt: skip
    if sector is not None:
        return [("name", f"{sector.code}, {sector.name}, a sector"), ("meaning", sector.definition)]
    if code is not None:
        kind = (
            ", ".join(part for part in (code.type, code.mode, *code.contexts) if part) or "a mere statement, no event"
        )
        return [("name", f"CAMEO {code.code}, {code.name}"), ("Goldstein", f"{code.goldstein:+.1f}"), ("PLOVER", kind)]
    return None
