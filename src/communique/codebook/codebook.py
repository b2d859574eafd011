"""`Codebook`: the tables and the lexicon as one frozen value, and the look-ups that coding needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from communique.codebook.forms import regular_forms
from communique.codebook.frames import Predicate, Tag
from communique.codebook.own import OwnTypes
from communique.codebook.tables import CameoEntry, ContextEntry, ModeEntry, PolicyEntry, SectorEntry, TypeEntry
from communique.errors import CodebookError


@dataclass(frozen=True)
class Codebook:
    """Everything that decides how words become codes.

    `types` are keyed by name, `modes` by (type, mode), `contexts` by name, `sectors` and `cameo` by code; `classes` are
    the word classes of the lexicon without their dollar sign; `lexicon` maps (lemma, tag) to predicates, those with a
    particle first; `digest` identifies all of it (SHA-256 over the files); `own` are a user's types, which stand in
    `types` too.
    """

    types: Mapping[str, TypeEntry]
    modes: Mapping[tuple[str, str], ModeEntry]
    contexts: Mapping[str, ContextEntry]
    sectors: Mapping[str, SectorEntry]
    cameo: Mapping[str, CameoEntry]
    policies: Mapping[str, PolicyEntry]
    classes: Mapping[str, frozenset[str]]
    lexicon: Mapping[tuple[str, Tag], tuple[Predicate, ...]]
    digest: str
    own: OwnTypes | None = None

    @classmethod
    def load(cls, path: Path | str | None = None) -> "Codebook":
        """Communique's own codebook, with the types of the file `path`, or with the files of the folder `path`.

        A file holds a user's own types (:mod:`communique.codebook.own`). A folder holds the same files as
        `codebook/data`, and `own.yaml` for own types; what it lacks is taken from there. Raises `CodebookError` naming
        file and entry where a file breaks the rules.
        """
        from communique.codebook.compiled import load  # the loader needs this class

        return load(None if path is None else Path(path))

    def with_own(self, own: OwnTypes) -> "Codebook":
        """The same codebook with a user's own types."""
        return replace(self, types={**self.types, **{each.name: each.entry() for each in own.types}}, own=own)

    def shown(self) -> tuple[str, ...]:
        """The sentences that show what our own types and modes are and are not."""
        named = {each.name for each in self.own.types} if self.own else set()
        shown = [(row.examples, row.others) for row in self.types.values() if row.name not in named]
        shown += [(row.examples, row.others) for row in self.modes.values()]
        return tuple(text for examples, others in shown for text in (*examples, *others))

    def predicates(self, lemma: str, tag: Tag) -> tuple[Predicate, ...]:
        """The predicates of a lower-case lemma, those with a particle first; none gives an empty tuple.

        A regular form, or a lemma cut wrongly from one ("blockad", "shel"), finds the verb that it is a form of.
        """
        found = self.lexicon.get((lemma, tag))
        if found is None and tag == "verb" and lemma in self._forms:
            found = self.lexicon[self._forms[lemma], tag]
        return found or ()

    @cached_property
    def _forms(self) -> dict[str, str]:
        """Forms of the lexicon's verbs that are no lemma of their own → the verb."""
        verbs = [lemma for lemma, tag in self.lexicon if tag == "verb"]
        return {form: verb for verb in verbs for form in regular_forms(verb) if (form, "verb") not in self.lexicon}

    def value(self, type: str, cameo: str) -> float:  # noqa: A002
        """The value of an event (-10 to 10): what its own type says, or the Goldstein value of its code."""
        named = [each.goldstein for each in self.own.types if each.name == type] if self.own else []
        return named[0] if named else self.goldstein(cameo)

    def goldstein(self, cameo: str) -> float:
        """The Goldstein value of a CAMEO code (-10 to 10); of its root where the code itself is unknown."""
        entry = self.cameo.get(cameo) or self.cameo.get(cameo[:2])
        if entry is None:
            raise CodebookError(f"CAMEO code {cameo!r} is not in the codebook; codes are strings such as '0251'")
        return entry.goldstein

    def quad(self, type: str) -> str:  # noqa: A002  (the field's own word)
        """The quad class of a type ("verbal-cooperation" …)."""
        return self._type(type).quad

    def cameo_of(self, type: str, mode: str | None = None, *, root: str | None = None) -> str:  # noqa: A002
        """The default CAMEO code of a type and mode.

        With `root`, the first code under that root that has this type and mode ("02" keeps an appeal from becoming a
        demand); the plain default where that root has none.
        """
        if root is not None:
            for entry in self.cameo.values():
                if entry.root == root and len(entry.code) > 2 and entry.type == type and entry.mode == mode:
                    return entry.code
        if mode is not None and (type, mode) in self.modes:
            return self.modes[type, mode].cameo
        return self._type(type).cameo

    def embedded(
        self, outer: str, inner: str | None, inner_mode: str | None = None, *, root: str | None = None
    ) -> tuple[str | None, str]:
        """Mode and CAMEO code of an act of promising, asking, refusing or threatening, from what is embedded in it.

        `outer` is the type of the whole (AGREE, CONCEDE, REQUEST, REJECT, THREATEN …), `inner` the type of the act that
        is promised, asked, refused or threatened (None where it is no event of its own), `root` the CAMEO root of the
        outer word. "Asked Iran to release him": REQUEST over RETREAT gives ("yield", "105"), under root "02" "025".
        """
        if inner is None or inner not in self.types:
            return None, self.cameo_of(outer, root=root)
        act = self.types[inner]
        if outer in ("REQUEST", "REJECT"):
            mode: str | None = act.asked if (outer, act.asked) in self.modes else None
        elif outer == "THREATEN":
            deed = self.modes.get((inner, inner_mode or ""))
            mode = (deed.threatened if deed else None) or {"SANCTION": "relations", "PROTEST": "restrict"}.get(inner)
            mode = mode or ("violence" if inner in ("ASSAULT", "MOBILIZE") else None)
        elif outer in ("AGREE", "CONCEDE") and act.promised_cameo:
            return None, act.promised_cameo
        else:
            mode = None
        return mode, self.cameo_of(outer, mode, root=root)

    def label(self, type: str, cameo: str, *, policy: str = "plover") -> str:  # noqa: A002
        """The label of an event under a policy: "plover" (16 types) or "cameo" (15 roots, CONCEDE + RETREAT = YIELD,
        a promise to release = AGREE, an apology = SUPPORT)."""
        rules = self.policies.get(policy)
        if rules is None:
            raise CodebookError(f"unknown policy {policy!r}; there are {', '.join(sorted(self.policies))}")
        codes = () if rules.by == "type" else tuple(cameo[:length] for length in range(len(cameo), 1, -1))
        return next((rules.labels[code] for code in codes if code in rules.labels), rules.labels.get(type, type))

    def group(self, label: str, *, policy: str = "plover") -> int:
        """The quad number 1 to 4 of a label under a policy."""
        return self.policies[policy].groups[label]

    def _type(self, name: str) -> TypeEntry:
        entry = self.types.get(name)
        if entry is None:
            raise CodebookError(f"unknown event type {name!r}; there are {', '.join(self.types)}")
        return entry
