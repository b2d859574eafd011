"""Lexicon files → predicates in normal form: short cuts undone, every name checked, errors with file and entry.

The normal form is plain lists and dictionaries, so that it can be kept as JSON (see `compiled`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_args

from communique.codebook.frames import Frame, Predicate, Tag
from communique.errors import CodebookError
from communique.records import Kind, Modality

Plain = dict[str, Any]

SYNTACTIC = ("subject", "object", "recipient", "clause", "infinitive", "poss", "mod")
PREPOSITIONS = (
    "about", "across", "against", "ahead", "along", "alongside", "amid", "among", "around", "as", "at", "before",
    "behind", "beside", "between", "by", "concerning", "despite", "during", "for", "from", "in", "inside", "into",
    "near", "of", "off", "on", "onto", "out", "outside", "over", "regarding", "since", "through", "to", "toward",
    "towards", "under", "up", "upon", "via", "with", "within", "without",
)  # fmt: skip
ROLES = frozenset(SYNTACTIC + PREPOSITIONS)
KINDS = frozenset(get_args(Kind)) | {"actor"}
SOMEBODY = ("@actor", "@PERSON", "@ORG", "@GPE", "@NORP", "@ROLE", "@GROUP", "@PRONOUN")
PREDICATE_KEYS = frozenset({"lemma", "noun", "tag", "particle", "frames"})
FRAME_KEYS = frozenset({
    "if", "type", "mode", "cameo", "source", "target", "contexts", "reciprocal", "embeds", "modality", "historical",
    "absorbs", "example",
})  # fmt: skip
FRAME_FIELDS = tuple(field.name for field in fields(Frame) if field.name != "example")
LEMMA = re.compile(r"[a-z][a-z'.-]*\Z")
FLAGS = {"true": True, "false": False}


class Names:
    """What a lexicon may refer to: types, modes of types, contexts, CAMEO codes, word classes."""

    def __init__(
        self,
        types: Iterable[str],
        modes: Iterable[tuple[str, str]],
        contexts: Iterable[str],
        cameo: Iterable[str],
        classes: Mapping[str, Sequence[str]],
        default_cameo: Callable[[str, str | None], str | None],
    ) -> None:
        self.types = frozenset(types)
        self.modes = frozenset(modes)
        self.contexts = frozenset(contexts)
        self.cameo = frozenset(cameo)
        self.classes = classes
        self.default_cameo = default_cameo


def normal_predicates(name: str, entries: Any, names: Names) -> Iterator[Plain]:
    """The predicates of one parsed lexicon file, in order, in normal form.

    `name` is the file's, for messages and for `Predicate.origin`. Raises `CodebookError`.
    """
    if not isinstance(entries, list):
        raise CodebookError(f"{name}: a lexicon file is a list of predicates, found {type(entries).__name__}")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or "lemma" not in entry:
            raise CodebookError(f"{name}, entry {number}: a predicate needs at least `lemma`, `tag` and `frames`")
        yield from _predicate(name, number, entry, names)


def _predicate(name: str, number: int, entry: Plain, names: Names) -> Iterator[Plain]:
    verbs, nouns = _list(entry["lemma"]), _list(entry.get("noun", []))
    where = f"{name}, entry {number} ({', '.join(verbs)})"
    _only(entry, PREDICATE_KEYS, where)
    tag = entry.get("tag", "verb")
    if tag not in get_args(Tag):
        raise CodebookError(f"{where}: tag {tag!r}; accepted are verb, noun, adj")
    for lemma in verbs + nouns:
        if not LEMMA.match(lemma):
            raise CodebookError(f"{where}: lemma {lemma!r} is not one lower-case word")
    if not isinstance(entry.get("frames"), list) or not entry["frames"]:
        raise CodebookError(f"{where}: `frames` must be a list with at least one frame")
    words = [(lemma, tag) for lemma in verbs] + [(lemma, "noun") for lemma in nouns]
    for place, (lemma, word_tag) in enumerate(words):
        frames = [
            twin
            for index, frame in enumerate(entry["frames"], 1)
            for twin in _twins(_frame(frame, place, word_tag, f"{where}, frame {index}", names), word_tag)
        ]
        yield {
            "lemma": lemma,
            "tag": word_tag,
            "particle": entry.get("particle") or None,
            "origin": f"{name}:{number}",
            "frames": frames,
        }


def _frame(frame: Any, place: int, tag: str, where: str, names: Names) -> Plain:
    """One frame for the word at `place` of the entry's words."""
    if not isinstance(frame, dict) or "type" not in frame:
        raise CodebookError(f"{where}: a frame is a mapping with at least `type`")
    _only(frame, FRAME_KEYS, where)
    kind, mode = frame["type"], frame.get("mode") or None
    if kind not in names.types | {"NONE"}:
        raise CodebookError(f"{where}: unknown type {kind!r}; accepted are {', '.join(sorted(names.types))}, NONE")
    if mode is not None and (kind, mode) not in names.modes:
        known = sorted(each for of, each in names.modes if of == kind)
        raise CodebookError(f"{where}: {kind} has no mode {mode!r}; it has {', '.join(known) or 'none'}")
    cameo = frame.get("cameo") or names.default_cameo(kind, mode)
    if kind != "NONE" and cameo not in names.cameo:
        raise CodebookError(f"{where}: unknown CAMEO code {cameo!r}; codes are strings such as '0251'")
    conditions = {role: with_singulars(_somebody(_list(value))) for role, value in frame.get("if", {}).items()}
    _check_conditions(conditions, where, names)
    embeds = dict(frame.get("embeds", {}))
    for inner, outer in embeds.items():
        if inner not in names.types | {"*"} or outer not in names.types | {"NONE", "="}:
            raise CodebookError(f"{where}: embeds {inner!r}: {outer!r} names no type")
    contexts = _list(frame.get("contexts", []))
    if unknown := [each for each in contexts if each not in names.contexts]:
        raise CodebookError(
            f"{where}: unknown context {unknown[0]!r}; accepted are {', '.join(sorted(names.contexts))}"
        )
    modality = frame.get("modality") or None
    if modality is not None and modality not in get_args(Modality):
        raise CodebookError(f"{where}: modality {modality!r}; accepted are {', '.join(get_args(Modality))}")
    absorbs = _list(frame["absorbs"]) if "absorbs" in frame else _absorbed(conditions, embeds)
    return {
        "type": kind,
        "mode": mode,
        "cameo": None if kind == "NONE" else cameo,
        "source": _sources(_roles(frame.get("source", "subject"), tag, where), _list(frame.get("target", [])), tag),
        "target": _roles(frame.get("target", []), tag, where),
        "conditions": conditions,
        "contexts": contexts,
        "reciprocal": _flag(frame, "reciprocal", where),
        "embeds": embeds,
        "modality": modality,
        "historical": _flag(frame, "historical", where),
        "absorbs": absorbs,
        "example": _example(frame.get("example", ""), place),
    }


def _check_conditions(conditions: Mapping[str, list[str]], where: str, names: Names) -> None:
    for role, fillers in conditions.items():
        _check_role(role, where)
        for filler in fillers:
            sign, rest = filler[:1], filler[1:]
            if (
                filler in ("*", "-")
                or (sign == "$" and rest in names.classes)
                or (sign == "@" and rest in KINDS)
                or (sign == "=" and rest in names.types)
                or LEMMA.match(filler)
            ):
                continue
            raise CodebookError(
                f"{where}: {role}: {filler!r} is no lemma, no known $class, @KIND or =TYPE, and not '*' or '-'"
            )


def _check_role(role: str, where: str) -> None:
    parts = role.split(".")
    if len(parts) > 3 or any(part not in ROLES for part in parts):
        raise CodebookError(f"{where}: unknown role {role!r}; accepted are {', '.join(SYNTACTIC)} and prepositions")


def _roles(value: Any, tag: str, where: str) -> list[str]:
    """The roles of a list; a bare preposition brings its twin on the object, where a parser may hang it."""
    found: list[str] = []
    for role in _list(value):
        _check_role(role, where)
        twins = [role, f"object.{role}"] if tag != "adj" and role in PREPOSITIONS else [role]
        found.extend(each for each in twins if each not in found)
    return found


def _sources(sources: list[str], targets: list[str], tag: str) -> list[str]:
    """The source roles; a noun's doer may hang on what it is done to ("the abduction of two nurses by gunmen")."""
    if tag == "noun" and "subject" in sources:
        sources = sources + [f"{role}.by" for role in targets if "." not in role and role not in ("poss", "mod", "by")]
    return sources


def _twins(frame: Plain, tag: str) -> list[Plain]:
    """A frame, and once more with its prepositional conditions on the object, where a parser may hang them."""
    conditions = frame["conditions"]
    moved = {
        role: f"object.{role}"
        for role, fillers in conditions.items()
        if role in PREPOSITIONS and "-" not in fillers and f"object.{role}" not in conditions
    }
    if tag == "adj" or not moved:
        return [frame]
    second = {moved.get(role, role): fillers for role, fillers in conditions.items()}
    absorbs = [moved.get(role, role) for role in frame["absorbs"]]
    return [frame, {**frame, "conditions": second, "absorbs": absorbs, "example": ""}]


def _somebody(fillers: list[str]) -> list[str]:
    return [each for filler in fillers for each in (SOMEBODY if filler == "@somebody" else (filler,))]


def with_singulars(words: Iterable[str]) -> list[str]:
    """The words, and after each plural the singular that a lemmatiser makes of it ("talks", "talk")."""
    found: list[str] = []
    for word in words:
        found.append(word)
        if LEMMA.match(word) and word.endswith("s") and not word.endswith(("ss", "us", "is", "gas", "news")):
            if word.endswith("ies") and len(word) > 4:
                found.append(word[:-3] + "y")
            elif word.endswith(("sses", "shes", "ches", "xes", "zzes", "roes")):
                found.append(word[:-2])
            else:
                found.append(word[:-1])
    return list(dict.fromkeys(found))


def _absorbed(conditions: Mapping[str, list[str]], embeds: Mapping[str, str]) -> list[str]:
    found = [
        role for role, fillers in conditions.items()
        if any(filler not in ("*", "-") and not filler.startswith("@") for filler in fillers)
    ]  # fmt: skip
    if embeds:
        found.extend(role for role in ("clause", "object") if role not in found)
    return found


def _example(value: Any, place: int) -> str:
    if isinstance(value, list):
        return str(value[place]) if place < len(value) else ""
    return str(value) if place == 0 else ""


def _flag(frame: Plain, key: str, where: str) -> bool:
    value = frame.get(key, "false")
    if value not in FLAGS:
        raise CodebookError(f"{where}: {key} is {value!r}; accepted are true and false")
    return FLAGS[value]


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _only(entry: Plain, accepted: frozenset[str], where: str) -> None:
    if unknown := sorted(set(entry) - accepted):
        raise CodebookError(f"{where}: unknown key {unknown[0]!r}; accepted are {', '.join(sorted(accepted))}")


def compact(entries: Iterable[Plain]) -> Plain:
    """Predicates in normal form with each different frame kept once.

    Gives `frames` (lists of field values, example left out) and `lexicon`, rows of lemma, tag, particle, origin and
    pairs (number of frame, example). Words of one entry share their frames, so this is a quarter of the size.
    """
    frames: list[list[Any]] = []
    numbers: dict[str, int] = {}
    rows: list[list[Any]] = []
    for entry in entries:
        pairs = []
        for frame in entry["frames"]:
            values = [frame[name] for name in FRAME_FIELDS]
            key = repr(values)
            if key not in numbers:
                numbers[key] = len(frames)
                frames.append(values)
            pairs.append([numbers[key], frame["example"]])
        rows.append([entry["lemma"], entry["tag"], entry["particle"], entry["origin"], pairs])
    return {"frames": frames, "lexicon": rows}


class Lexicon(Mapping[tuple[str, Tag], tuple[Predicate, ...]]):
    """Predicates by (lemma, tag) from the compact form; those with a particle first, then in order of the files.

    A predicate is built when it is first asked for: an article uses few of them, and loading stays fast.
    """

    def __init__(self, plain: Plain) -> None:
        self._frames: list[list[Any]] = plain["frames"]
        self._rows: dict[tuple[str, Tag], list[list[Any]]] = {}
        self._built: dict[tuple[str, Tag], tuple[Predicate, ...]] = {}
        for row in plain["lexicon"]:
            self._rows.setdefault((row[0], row[1]), []).append(row)

    def __getitem__(self, key: tuple[str, Tag]) -> tuple[Predicate, ...]:
        found = self._built.get(key)
        if found is None:
            rows = sorted(self._rows[key], key=lambda row: row[2] is None)
            found = self._built[key] = tuple(self._predicate(row) for row in rows)
        return found

    def __iter__(self) -> Iterator[tuple[str, Tag]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _predicate(self, row: Sequence[Any]) -> Predicate:
        lemma, tag, particle, origin, pairs = row
        make: Callable[..., Frame] = Frame
        frames = tuple(make(*_values(self._frames[number]), example=example) for number, example in pairs)
        return Predicate(lemma, tag, frames, particle, origin)


def _values(values: Sequence[Any]) -> tuple[Any, ...]:
    """The field values of a frame from JSON: lists become tuples again."""
    return tuple(
        tuple(value) if isinstance(value, list)
        else {role: tuple(fillers) for role, fillers in value.items()} if name == "conditions"
        else value
        for name, value in zip(FRAME_FIELDS, values, strict=True)
    )  # fmt: skip
