"""The lexicon of cues: words of saying, writing, thinking and feeling, read from `data/cues.yaml`.

What enters is the file (its form is explained at its top), what leaves one validated :class:`Lexicon`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from communique.errors import CodebookError

CueTag = Literal["verb", "noun", "adj"]
_SECTIONS: dict[str, CueTag] = {"verbs": "verb", "nouns": "noun", "adjectives": "adj"}
ACTS = frozenset({
    "accused", "admitted", "agreed", "apologised", "asked", "asserted", "believed", "criticised", "decided",
    "declined", "denied", "doubted", "expressed", "feared", "felt", "hoped", "inquired", "intended", "knew",
    "offered", "opposed", "ordered", "praised", "predicted", "promised", "proposed", "rejected", "replied",
    "supported", "thanked", "threatened", "wanted", "warned",
})  # fmt: skip
_GROUP_KEYS = frozenset({"act", "attitude", "content", "addressee", "words", "needs"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One use of a cue word; `content` and `addressee` are slots as the lexicon file explains them.

    `companion` is the second word that must stand among its dependents, `needs` lemmas of which the object must be one.
    """

    lemma: str
    tag: CueTag
    act: str
    attitude: bool = False
    content: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    companion: str | None = None
    needs: frozenset[str] = frozenset()

    @property
    def quotes(self) -> bool:
        """Whether the word introduces quotations."""
        return "quote" in self.content

    @property
    def reports(self) -> bool:
        """Whether the word may report the sentence that it is a parenthesis of ("Talks failed, he said")."""
        return self.tag == "verb" and "clause" in self.content


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase without a verb that reports a sentence: its words, its act, and whether it tells of thought."""

    words: tuple[str, ...]
    act: str
    attitude: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues: by tag and lemma in the order of the file; the fixed phrases by first word; the owned nouns by lemma;
    the nouns for documents; and all lemmas of cues and owned nouns, to pass over other words quickly."""

    cues: Mapping[tuple[CueTag, str], tuple[Cue, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    owned: Mapping[str, Phrase]
    documents: frozenset[str]
    known: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> "Lexicon":
        """The lexicon that ships with the package, read once; raises `CodebookError` where the file breaks its form."""
        source = files("communique.statements") / "data" / "cues.yaml"
        return parse(source.read_text(encoding="utf-8"), place="cues.yaml")


def parse(source: str, *, place: str = "cues") -> Lexicon:
    """The lexicon that the YAML text `source` describes; `place` names it in messages of `CodebookError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        form = yaml.load(source, Loader=loader)
    except yaml.YAMLError as error:
        raise CodebookError(f"{place} is not YAML: {error}") from error
    if not isinstance(form, dict):
        raise CodebookError(f"{place}: a mapping of sections is expected, found {type(form).__name__}")
    cues: dict[tuple[CueTag, str], list[Cue]] = {}
    for section, tag in _SECTIONS.items():
        for number, group in enumerate(form.get(section) or ()):
            for cue in _group(group, tag, f"{place}, {section}, group {number + 1}"):
                cues.setdefault((tag, cue.lemma), []).append(cue)
    phrases: dict[str, list[Phrase]] = {}
    for phrase in _phrases(form, "phrases", place):
        phrases.setdefault(phrase.words[0], []).append(phrase)
    owned = {phrase.words[0]: phrase for phrase in _phrases(form, "owned", place)}
    return Lexicon(
        # Uses with a companion word are the narrower ones and are tried first.
        {key: tuple(sorted(found, key=lambda each: each.companion is None)) for key, found in cues.items()},
        {first: tuple(found) for first, found in phrases.items()},
        owned,
        frozenset(_words(form.get("documents") or "", f"{place}, documents")),
        frozenset(owned) | {lemma for _, lemma in cues},
    )


def _group(group: Any, tag: CueTag, place: str) -> list[Cue]:
    if not isinstance(group, dict) or not _GROUP_KEYS.issuperset(group):
        raise CodebookError(f"{place}: a mapping with the keys {sorted(_GROUP_KEYS)} is expected, found {group!r:.80}")
    act = _act(group, place)
    content, addressee = _slots(group, "content", place), _slots(group, "addressee", place)
    if not content:
        raise CodebookError(f"{place}: `content` must name at least one slot")
    found = []
    for word in _words(group.get("words", ""), place):
        lemma, _, companion = word.partition(" ")
        found.append(
            Cue(
                lemma=lemma,
                tag=tag,
                act=act,
                attitude=bool(group.get("attitude", False)),
                content=content,
                addressee=addressee,
                companion=companion or None,
                needs=frozenset(str(each) for each in group.get("needs") or ()),
            )
        )
    return found


def _slots(group: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    slots = group.get(key) or ()
    wrong = [each for each in slots if not isinstance(each, str)]
    if wrong:
        raise CodebookError(
            f"{place}: `{key}` holds {wrong[0]!r}, which is no word; put it in quotes if YAML misread it"
        )
    return tuple(slots)


def _phrases(form: dict[str, Any], section: str, place: str) -> list[Phrase]:
    found: list[Phrase] = []
    for number, group in enumerate(form.get(section) or ()):
        where = f"{place}, {section}, group {number + 1}"
        act = _act(group, where)
        attitude = bool(group.get("attitude", False))
        found.extend(Phrase(tuple(word.split()), act, attitude) for word in _words(group.get("words", ""), where))
    return found


def _act(group: Any, place: str) -> str:
    act = group.get("act") if isinstance(group, dict) else None
    if act not in ACTS:
        raise CodebookError(f"{place}: `act` is {act!r}; it must be one of {', '.join(sorted(ACTS))}")
    return str(act)


def _words(value: Any, place: str) -> list[str]:
    words = [" ".join(each.split()) for each in str(value).split(",")]
    if not all(words):
        raise CodebookError(f"{place}: `words` is a list of words separated by commas, found {str(value)!r:.80}")
    return words
