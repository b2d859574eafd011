"""The rows of the codebook's tables: types, modes, contexts, sectors, CAMEO codes and label policies."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One event type.

    `root` is the default two-digit CAMEO root, `cameo` the default code, `score` the PLOVER score (-10 to 10).
    `planned` is the type of the same act announced or promised by its source ("will meet" is AGREE), `threatened` of
    the same act held out as a harm. `asked` is the mode of REQUEST and REJECT when this act is what is asked or
    refused; `promised_cameo` the CAMEO code of its promise. `examples` and `others` are sentences of our own that are
    and that are not of this type; each of `others` maps to the type it has ("NONE" for none).
    """

    name: str
    label: str
    definition: str
    quad: str
    root: str
    cameo: str
    score: float
    planned: str
    threatened: str
    asked: str
    promised_cameo: str
    examples: tuple[str, ...]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModeEntry:
    """One mode of one type: `score` is PLOVER's, `cameo` the default code, `threatened` the mode of its threat.

    `examples` and `others` are sentences of our own that are and that are not of this mode; each of `others` maps to
    the type, or TYPE/mode, that it has ("NONE" for none).
    """

    type: str
    name: str
    definition: str
    score: float
    cameo: str
    threatened: str | None
    examples: tuple[str, ...]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """One context; `cues` are lower-case lemmas or phrases of lemmas whose presence speaks for it."""

    name: str
    definition: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectorEntry:
    """One sector of society to which an actor belongs, by its three-letter code."""

    code: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class CameoEntry:
    """One CAMEO code, a string with its leading zeros; `type` is None for mere statements (root 01)."""

    code: str
    name: str
    goldstein: float
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One way of naming events: `by` says whether the type or the CAMEO root decides, `labels` what it becomes,
    `groups` the number of the quad class of each label."""

    name: str
    definition: str
    by: str
    labels: Mapping[str, str]
    groups: Mapping[str, int]
