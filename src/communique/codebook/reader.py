"""The files of a codebook folder → its normal form: tables and lexicon as plain, checked dictionaries."""

from collections.abc import Mapping
from typing import Any, get_args

import yaml

from communique.codebook.codebook import Codebook
from communique.codebook.lexicon import Lexicon, Names, Plain, compact, normal_predicates, with_singulars
from communique.codebook.tables import CameoEntry, ContextEntry, ModeEntry, PolicyEntry, SectorEntry, TypeEntry
from communique.errors import CodebookError
from communique.records import Quad

TABLES = ("types.yaml", "modes.yaml", "contexts.yaml", "sectors.yaml", "cameo.yaml", "policies.yaml")
CLASSES = "lexicon/classes.yaml"
BACKGROUND = "background.yaml"
# Every scalar stays text: YAML 1.1 would turn the roles `on` and `off` into truth values and code 0251 into a number.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def normal_form(files: Mapping[str, bytes]) -> Plain:
    """All files (relative name → content) parsed and checked.

    Raises `CodebookError` naming the file and the entry that breaks a rule.
    """
    tables = {name.removesuffix(".yaml"): _mapping(name, _parse(name, files)) for name in TABLES}
    classes = _classes(_mapping(CLASSES, _parse(CLASSES, files)))
    plain: Plain = {**tables, "classes": classes, "frames": [], "lexicon": []}
    _check_tables(plain)
    bare = codebook(plain, digest="")
    names = Names(
        bare.types, bare.modes, bare.contexts, bare.cameo, classes,
        lambda kind, mode: bare.cameo_of(kind, mode) if kind in bare.types else None,
    )  # fmt: skip
    entries: list[Plain] = []
    for name in sorted(files):
        if name.startswith("lexicon/") and name != CLASSES:
            entries.extend(normal_predicates(name, _parse(name, files), names))
    _check_doubles(entries)
    return {**plain, **compact(entries)}


def background(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The paragraphs of everyday news that own types are told apart from. Raises `CodebookError`."""
    paragraphs = _parse(BACKGROUND, files)
    if not isinstance(paragraphs, list) or not all(isinstance(each, str) for each in paragraphs):
        raise CodebookError(f"{BACKGROUND}: expected a list of paragraphs")
    return tuple(" ".join(each.split()) for each in paragraphs)


def codebook(plain: Plain, *, digest: str) -> Codebook:
    """The `Codebook` of a normal form."""
    return Codebook(
        types={name: _type(name, row) for name, row in plain["types"].items()},
        modes={
            (kind, mode): _mode(kind, mode, row)
            for kind, rows in plain["modes"].items()
            for mode, row in rows.items()
        },
        contexts={
            name: ContextEntry(name, row["definition"], tuple(row["cues"])) for name, row in plain["contexts"].items()
        },
        sectors={
            code: SectorEntry(code, row["name"], row["definition"]) for code, row in plain["sectors"].items()
        },
        cameo={code: _cameo(code, row) for code, row in plain["cameo"].items()},
        policies={
            name: PolicyEntry(
                name, row["definition"], row["by"], row.get("labels", {}),
                {label: int(group) for group, labels in row["groups"].items() for label in labels},
            )
            for name, row in plain["policies"].items()
        },
        classes={name: frozenset(words) for name, words in plain["classes"].items()},
        lexicon=Lexicon(plain),
        digest=digest,
    )  # fmt: skip


def _type(name: str, row: Plain) -> TypeEntry:
    return TypeEntry(
        name=name,
        label=row["label"],
        definition=row["definition"],
        quad=row["quad"],
        root=row["root"],
        cameo=row["cameo"],
        score=float(row["score"]),
        planned=row["planned"],
        threatened=row["threatened"],
        asked=row["asked"],
        promised_cameo=row.get("promised_cameo", ""),
        examples=tuple(row["examples"]),
        others=row["others"],
    )


def _mode(kind: str, name: str, row: Plain) -> ModeEntry:
    return ModeEntry(
        type=kind,
        name=name,
        definition=row["definition"],
        score=float(row["score"]),
        cameo=row["cameo"],
        threatened=row.get("threatened"),
        examples=tuple(row["examples"]),
        others=row["others"],
    )


def _cameo(code: str, row: Plain) -> CameoEntry:
    return CameoEntry(
        code,
        row["name"],
        float(row["goldstein"]),
        row.get("type") or None,
        row.get("mode") or None,
        tuple(row.get("contexts", ())),
    )


def _parse(name: str, files: Mapping[str, bytes]) -> Any:
    if name not in files:
        raise CodebookError(f"{name} is missing from the codebook")
    try:
        return yaml.load(files[name].decode("utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(f"{name}: not readable as YAML in UTF-8: {error}") from error


def _mapping(name: str, parsed: Any) -> Plain:
    if not isinstance(parsed, dict):
        raise CodebookError(f"{name}: expected a mapping of names to rows, found {type(parsed).__name__}")
    return parsed


def _classes(raw: Plain) -> dict[str, list[str]]:
    """Word classes with their parts (`$other`) put in; words are separated by spaces."""
    known: dict[str, list[str]] = {}
    for name, text in raw.items():
        words: list[str] = []
        for word in str(text).split():
            if not word.startswith("$"):
                words.append(word)
            elif word[1:] in known:
                words.extend(known[word[1:]])
            else:
                raise CodebookError(f"{CLASSES}, {name}: {word} must be defined above it")
        known[name] = sorted(set(with_singulars(words)))
    return known


def _check_tables(plain: Plain) -> None:
    types, cameo, contexts = plain["types"], plain["cameo"], plain["contexts"]
    modes = {(kind, mode) for kind, rows in plain["modes"].items() for mode in rows}
    needed = ("label", "definition", "quad", "root", "cameo", "score", "planned", "threatened", "asked", "examples")
    for name, row in types.items():
        where = f"types.yaml, {name}"
        _fields(row, (*needed, "others"), where)
        _known(row["quad"], get_args(Quad), where, "quad")
        _known(row["cameo"], cameo, where, "CAMEO code")
        for field in ("planned", "threatened"):
            _known(row[field], types, where, field)
    for kind, rows in plain["modes"].items():
        _known(kind, types, "modes.yaml", "type")
        for mode, row in rows.items():
            where = f"modes.yaml, {kind}: {mode}"
            _fields(row, ("definition", "score", "cameo", "examples", "others"), where)
            for other in row["others"].values():
                kind_of, _, mode_of = other.partition("/")
                _known(kind_of, {*types, "NONE"}, where, "type")
                if mode_of:
                    _known((kind_of, mode_of), modes, where, "mode")
            _known(row["cameo"], cameo, where, "CAMEO code")
            if "threatened" in row:
                _known(("THREATEN", row["threatened"]), modes, where, "threatened mode")
    for code, row in cameo.items():
        where = f"cameo.yaml, {code}"
        _fields(row, ("name", "goldstein"), where)
        if row.get("type"):
            _known(row["type"], types, where, "type")
        if row.get("mode"):
            _known((row["type"], row["mode"]), modes, where, "mode")
        for context in row.get("contexts", ()):
            _known(context, contexts, where, "context")
    for name, row in contexts.items():
        _fields(row, ("definition", "cues"), f"contexts.yaml, {name}")
    for name, row in plain["sectors"].items():
        _fields(row, ("name", "definition"), f"sectors.yaml, {name}")
    for name, row in plain["policies"].items():
        _fields(row, ("definition", "by", "groups"), f"policies.yaml, {name}")
    _check_numbers(plain)


def _check_numbers(plain: Plain) -> None:
    rows = [(f"types.yaml, {name}", row["score"]) for name, row in plain["types"].items()]
    rows += [(f"cameo.yaml, {code}", row["goldstein"]) for code, row in plain["cameo"].items()]
    rows += [
        (f"modes.yaml, {kind}: {mode}", row["score"])
        for kind, each in plain["modes"].items()
        for mode, row in each.items()
    ]
    for where, text in rows:
        try:
            fits = -10 <= float(text) <= 10
        except ValueError:
            fits = False
        if not fits:
            raise CodebookError(f"{where}: {text!r} is no number from -10 to 10")


def _check_doubles(lexicon: list[Plain]) -> None:
    seen: dict[tuple[str, str, str | None], str] = {}
    for entry in lexicon:
        key = (entry["lemma"], entry["tag"], entry["particle"])
        if key in seen:
            word = " ".join(part for part in (entry["lemma"], entry["particle"]) if part)
            raise CodebookError(
                f"{entry['origin']}: {word} ({entry['tag']}) is already in {seen[key]}; put all frames into one entry"
            )
        seen[key] = entry["origin"]


def _fields(row: Any, names: tuple[str, ...], where: str) -> None:
    if not isinstance(row, dict):
        raise CodebookError(f"{where}: expected a row of named fields")
    for name in names:
        if name not in row:
            raise CodebookError(f"{where}: field {name!r} is missing")


def _known(value: Any, accepted: Any, where: str, what: str) -> None:
    if value not in accepted:
        raise CodebookError(f"{where}: unknown {what} {value!r}")
