"""A user's own event types: one YAML file → `OwnTypes`, every rule of the file checked with line and name.

The form of the file (`docs/codebook.md` walks through one):

    replace: [COERCE]              # optional: types of ours that are not coded any more, or `all`; none is left out
    types:
      EVICTION:                    # capitals, digits and _; the name of one of ours takes its place
        label: Eviction            # optional
        definition: People are put out of a home …
        quad: material-conflict    # one of the four quad classes
        cameo: "1711"              # optional: a code of the CAMEO table
        goldstein: -6              # optional, -10 to 10: the code's value, or the mean of the quad class
        examples:                  # sentences that tell of it; *asterisks* stand around the word that does
          - Bailiffs *evicted* nine families from a tenement in Łódź.
        others:                    # sentences that do not; the marked word might be taken for it
          - Firefighters *evacuated* nine families when the river rose.

Nothing is run and nothing is fetched: a file of types is words only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

import yaml

from communique.codebook.tables import CameoEntry, TypeEntry
from communique.errors import CodebookError
from communique.records import Quad, Span

ALL = "all"
_KEYS = ("label", "definition", "quad", "cameo", "goldstein", "examples", "others")
_NAME = re.compile(r"[A-Z][A-Z0-9_]{1,39}\Z")
_LEAST = 4  # examples without which nothing can be learnt, nor anything left out to test it
_LONGEST = 600  # characters of a sentence: what is longer is a passage, of which one word tells little
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of a user's file without its asterisks; `spans` are its marked words, `line` where it stands."""

    text: str
    spans: tuple[Span, ...]
    line: int

    @property
    def shown(self) -> str:
        """The sentence as the file has it."""
        text = self.text
        for span in reversed(self.spans):
            text = f"{text[: span.start]}*{span.of(text)}*{text[span.end :]}"
        return text


@dataclass(frozen=True, slots=True)
class OwnType:
    """A type of a user's own; `examples` tell of it, `others` do not though their marked word comes near."""

    name: str
    label: str
    definition: str
    quad: str
    cameo: str | None
    goldstein: float
    examples: tuple[Marked, ...]
    others: tuple[Marked, ...]

    def entry(self) -> TypeEntry:
        """The type as a row of the codebook's table: announced or threatened, it stays what it is."""
        cameo = self.cameo or ""
        return TypeEntry(
            name=self.name, label=self.label, definition=self.definition, quad=self.quad, root=cameo[:2], cameo=cameo,
            score=self.goldstein, planned=self.name, threatened=self.name, asked="", promised_cameo="",
            examples=tuple(each.text for each in self.examples),
            others={each.text: "NONE" for each in self.others},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnTypes:
    """The types of one file in its order; `replaced` are those of ours that are not coded beside them; `background` are
    paragraphs of everyday news from which the types are told apart."""

    types: tuple[OwnType, ...]
    replaced: frozenset[str]
    background: tuple[str, ...] = ()

    def sentences(self) -> Iterator[tuple[OwnType, bool, Marked]]:
        """Every sentence with its type and whether it tells of it, in order of the file."""
        for kind in self.types:
            yield from ((kind, True, each) for each in kind.examples)
            yield from ((kind, False, each) for each in kind.others)


def read(
    name: str, content: bytes, *, types: Mapping[str, TypeEntry], cameo: Mapping[str, CameoEntry],
    background: Iterable[str] = (),
) -> OwnTypes:  # fmt: skip
    """The types of a user's file; `types` and `cameo` are our tables.

    `name` is the file's, for messages. Raises `CodebookError` with the line and one sentence that says what to do.
    """
    return replace(_Reader(name, types, cameo).read(content), background=tuple(background))


class _Reader:
    """Walks the file's tree of nodes, which know their lines."""

    def __init__(self, name: str, types: Mapping[str, TypeEntry], cameo: Mapping[str, CameoEntry]) -> None:
        self._name, self._types, self._cameo = name, types, cameo

    def read(self, content: bytes) -> OwnTypes:
        top = self._pairs(self._parse(content), "the file", ("replace", "types"))
        if "types" not in top:
            raise CodebookError(f"{self._name} has no “types:”; it should begin with it, each type indented below")
        rows = self._pairs(top["types"], "“types”")
        if not rows:
            raise self._error(top["types"], "there is no type below “types:”; write at least one")
        own = tuple(self._type(name, node) for name, node in rows.items())
        named = {each.name for each in own} & self._types.keys()
        return OwnTypes(own, frozenset(named | self._replaced(top.get("replace"))))

    def _parse(self, content: bytes) -> yaml.Node:
        try:
            node = yaml.compose(content.decode("utf-8-sig"), Loader=_LOADER)
        except UnicodeDecodeError as error:
            raise CodebookError(f"{self._name} is not text in UTF-8 (byte {error.start}); save it as UTF-8") from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f", line {mark.line + 1}" if mark else ""
            told = getattr(error, "problem", None) or "broken"
            raise CodebookError(
                f"{self._name}{where}: not readable as YAML ({told}); a sentence with a colon needs “quotation marks”, "
                "and so does one that begins with an asterisk"
            ) from error
        if node is None:
            raise CodebookError(f"{self._name} is empty; it should begin with “types:”")
        return node

    def _type(self, name: str, node: yaml.Node) -> OwnType:
        if not _NAME.match(name):
            raise self._error(node, f"“{name}” is no name of a type; use 2 to 40 capitals, digits and _ (LAND_GRAB)")
        row = self._pairs(node, name, _KEYS)
        for needed in ("definition", "quad", "examples", "others"):
            if needed not in row:
                raise self._error(node, f"{name} lacks “{needed}”; every type needs definition, quad, examples, others")
        quad = self._text(row["quad"], f"{name}: quad")
        if quad not in get_args(Quad):
            raise self._error(row["quad"], f"{name}: “{quad}” is no quad class; there are {', '.join(get_args(Quad))}")
        code = self._code(name, row["cameo"]) if "cameo" in row else None
        examples = tuple(self._sentences(name, "examples", row["examples"], marked=True))
        if len(examples) < _LEAST:
            raise self._error(
                row["examples"], f"{name} has {len(examples)} examples; write a dozen, {_LEAST} at the very least"
            )
        return OwnType(
            name, self._text(row["label"], f"{name}: label") if "label" in row else name.replace("_", " ").capitalize(),
            self._text(row["definition"], f"{name}: definition"), quad, code,
            self._number(name, row["goldstein"]) if "goldstein" in row else self._value(quad, code), examples,
            tuple(self._sentences(name, "others", row["others"], marked=False)),
        )  # fmt: skip

    def _sentences(self, name: str, field: str, node: yaml.Node, *, marked: bool) -> Iterator[Marked]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, f"{name}: “{field}” is no list; write one sentence on each line, after “- ”")
        for each in node.value:
            text = " ".join(self._text(each, f"{name}: a sentence of “{field}”").split())
            if len(text) > _LONGEST:
                raise self._error(each, f"{name}: a sentence of {len(text)} characters; {_LONGEST} are the most")
            sentence = self._marked(name, text, each)
            if marked and not sentence.spans:
                told = f"{name}: “{_short(text)}” marks no word; put *asterisks* around the word that tells of the act"
                raise self._error(each, told)
            yield sentence

    def _marked(self, name: str, text: str, node: yaml.Node) -> Marked:
        parts = text.split("*")
        if len(parts) % 2 == 0:
            raise self._error(node, f"{name}: “{_short(text)}” has an odd asterisk; they come in pairs, around a word")
        plain, spans = "", []
        for number, part in enumerate(parts):
            if number % 2:
                if not re.search(r"\w", part) or part != part.strip():
                    told = f"{name}: “{_short(text)}” marks “{part}”; asterisks stand right before and behind a word"
                    raise self._error(node, told)
                spans.append(Span(len(plain), len(plain) + len(part)))
            plain += part
        return Marked(plain, tuple(spans), node.start_mark.line + 1)

    def _replaced(self, node: yaml.Node | None) -> frozenset[str]:
        if node is None:
            return frozenset()
        if isinstance(node, yaml.ScalarNode):
            if node.value == ALL:
                return frozenset(self._types)
            raise self._error(node, f"replace: “{node.value}”; it is “{ALL}”, or a list of types such as [COERCE]")
        names = [self._text(each, "replace") for each in node.value]
        for name in names:
            if name not in self._types:
                raise self._error(node, f"replace: “{name}” is no type of ours; there are {', '.join(self._types)}")
        return frozenset(names)

    def _code(self, name: str, node: yaml.Node) -> str:
        code = self._text(node, f"{name}: cameo")
        if code not in self._cameo:
            hint = f'; write "0{code}"' if f"0{code}" in self._cameo else "; codes are strings such as “0251”"
            raise self._error(node, f"{name}: “{code}” is no CAMEO code{hint}")
        return code

    def _number(self, name: str, node: yaml.Node) -> float:
        text = self._text(node, f"{name}: goldstein")
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not -10 <= value <= 10:
            raise self._error(node, f"{name}: goldstein is “{text}”; it is a number from -10 to 10")
        return value

    def _value(self, quad: str, code: str | None) -> float:
        """The Goldstein value of a type that names none: its code's, or the mean of our types of its quad class."""
        if code is not None:
            return self._cameo[code].goldstein
        alike = [self._cameo[each.cameo].goldstein for each in self._types.values() if each.quad == quad]
        return round(sum(alike) / len(alike), 1)

    def _pairs(self, node: yaml.Node, what: str, accepted: tuple[str, ...] | None = None) -> dict[str, yaml.Node]:
        if isinstance(node, yaml.ScalarNode) and node.value == "":
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, f"{what} should be names with “:”, each with what belongs to it")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                raise self._error(key, f"{what}: “{name}” stands there twice; keep one")
            if accepted is not None and name not in accepted:
                raise self._error(key, f"{what}: unknown “{name}”; there are {', '.join(accepted)}")
            found[name] = value
        return found

    def _text(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            told = "is empty" if isinstance(node, yaml.ScalarNode) else "is not one text; quote a sentence with a colon"
            raise self._error(node, f"{what} {told}")
        return str(node.value).strip()

    def _error(self, node: yaml.Node, told: str) -> CodebookError:
        return CodebookError(f"{self._name}, line {node.start_mark.line + 1}: {told}")


def _short(text: str, most: int = 50) -> str:
    return text if len(text) <= most else text[:most].rstrip() + " …"
