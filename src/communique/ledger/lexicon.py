"""The ledger's words: what verbs do to demands and promises, the nouns that stand for them, and concepts of matters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

# An adverb or day that may stand inside a cue of several words.
_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]+(?![\w-])")
_BETWEEN = r"(?:\s+(?:again|also|once more|on \w+day))?\s+"
# Classes of cues in the order in which a reading is preferred where the same words could be several.
CLASSES = (
    "demand", "ask", "repeat", "promise", "offer", "threaten", "accept", "refuse", "acknowledge", "withdraw", "fail",
    "deny", "lapse", "do",
)  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """`heads` gives for the first word of a cue what may follow it, longest first; `classes` the classes of a form;
    `nouns` the kind of entry that a noun stands for, `stands` their stems; `part` and `again` find their adverbs;
    `concepts` the concepts of a stem; `past` are the forms of the past; `stop` words that tell nothing of a matter."""

    heads: Mapping[str, tuple[tuple[re.Pattern[str] | None, str], ...]]
    classes: Mapping[str, tuple[str, ...]]
    past: frozenset[str]
    nouns: Mapping[str, str]
    stands: frozenset[str]
    part: re.Pattern[str]
    again: re.Pattern[str]
    concepts: Mapping[str, tuple[str, ...]]
    stop: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb in a text: characters `start` to `end`, and its form as the lexicon has it."""

    start: int
    end: int
    form: str


def cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """The cue verbs between two characters of a text, in order; of several that begin together, the longest."""
    heads = lexicon().heads
    for match in _WORD.finditer(text, start, end):
        for rest, form in heads.get(match[0].casefold(), ()):
            tail = None if rest is None else rest.match(text, match.end(), end)
            if rest is None or tail is not None:
                yield Cue(match.start(), match.end() if tail is None else tail.end(), form)
                break


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    told = _yaml("cues.yaml")
    classes: dict[str, list[str]] = {}
    past: set[str] = set()
    for name in CLASSES:
        for each in told[name]:
            base, irregular = _verb(each)
            for form in _forms(base, irregular):
                classes.setdefault(form, [])
                if name not in classes[form]:
                    classes[form].append(name)
            past.update(_past(base, irregular))
    nouns = {form: kind for kind, words in told["nouns"].items() for word in words for form in (word, plural(word))}
    concepts: dict[str, list[str]] = {}
    for concept, words in _yaml("concepts.yaml").items():
        for word in words:
            concepts.setdefault(stem(str(word)), []).append(concept)
    return Lexicon(
        heads=_heads(classes),
        classes={form: tuple(each) for form, each in classes.items()},
        past=frozenset(past),
        nouns=nouns,
        stands=frozenset(map(stem, nouns)),
        part=_any(told["part"]),
        again=_any(told["again"]),
        stop=frozenset(str(_yaml("words.yaml")["stop"]).split()),
        concepts={word: tuple(dict.fromkeys(each)) for word, each in concepts.items()},
    )


def plural(noun: str) -> str:
    """The regular plural: "reply" → "replies"."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its commonest endings, small letters: enough to bring "reopened" and "reopen" together.

    This is no linguistic stem; two words with the same one are only likely to be forms of each other.
    """
    word = word.casefold().removesuffix("'s").removesuffix("’s")
    word = _irregular().get(word, word)
    for ending, rest in (("ies", "y"), ("ied", "y"), ("sses", "ss")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + rest
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


@cache
def _irregular() -> Mapping[str, str]:
    """The verb of each irregular form."""
    return {form: base for base, forms in _yaml("words.yaml")["irregular"].items() for form in forms.split()}


def _verb(told: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(told, dict):
        ((base, irregular),) = told.items()
        return str(base), tuple(str(irregular).split())
    base, _, irregular = str(told).partition(": ")
    return base, tuple(irregular.split())


def _forms(base: str, irregular: tuple[str, ...]) -> Iterable[str]:
    verb, _, rest = base.partition(" ")
    rest = f" {rest}" if rest else ""
    made = {verb, plural(verb), _with(verb, "ing"), *_past_of(verb, irregular)}
    if verb == "be":
        made = {"be", "is", "are", "am", "was", "were"}
    return sorted(form + rest for form in made)


def _past(base: str, irregular: tuple[str, ...]) -> Iterable[str]:
    verb, _, rest = base.partition(" ")
    return [form + (f" {rest}" if rest else "") for form in _past_of(verb, irregular)]


def _past_of(verb: str, irregular: tuple[str, ...]) -> tuple[str, ...]:
    return irregular or (_with(verb, "ed"),)


def _with(verb: str, ending: str) -> str:
    """The verb with "ed" or "ing": "drop" → "dropped", "agree" → "agreed", "deny" → "denied"."""
    if ending == "ed" and verb.endswith("e"):
        return verb + "d"
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    if ending == "ing" and verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + ending
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) or verb in (
        "commit",
        "permit",
        "admit",
        "repel",
        "expel",
    )
    return (verb + verb[-1] if short else verb) + ending


def _heads(forms: Iterable[str]) -> Mapping[str, tuple[tuple[re.Pattern[str] | None, str], ...]]:
    found: dict[str, list[tuple[re.Pattern[str] | None, str]]] = {}
    for form in sorted(forms, key=lambda each: (-len(each), each)):
        first, *rest = form.split()
        words = _BETWEEN + r"\s+".join(map(re.escape, rest)) + r"(?![\w-])"
        found.setdefault(first, []).append((re.compile(words, re.IGNORECASE) if rest else None, form))
    return {first: tuple(each) for first, each in found.items()}


def normal(form: str) -> str:
    """A cue as it stands in the lexicon: "called again for" → "called for"."""
    return " ".join(re.sub(_BETWEEN, " ", form.casefold()).split())


def _any(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(set(words), key=lambda each: (-len(each), each))
    pattern = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in longest)
    return re.compile(rf"(?<![\w’'-])(?:{pattern})(?![\w-])", re.IGNORECASE)


def _yaml(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((resources.files("communique.ledger") / "data" / name).read_text("utf-8"))
    return told
