"""Whether a set of articles is varied: no cue, trigger, opening or phrase may dominate."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.corpus.annotation import AnnotatedArticle

# The limits of the corpus plan: shares of all cues, of the triggers of one type, of all sentences.
CUE_SHARE, TRIGGER_SHARE, OPENING_SHARE = 0.25, 0.12, 0.01
# A phrase of four words may stand in this share of the sentences at most ("in the early hours of", "on the eve of").
PHRASE_SHARE = 0.004
# Below these counts a share says nothing.
_FEW_CUES, _FEW_TRIGGERS, _FEW_SENTENCES = 60, 60, 500
_OPENING_WORDS, _PHRASE_WORDS = 3, 4
_WORD = re.compile(r"[\w’'-]+")
_IRREGULAR = {
    "said": "say", "told": "tell", "met": "meet", "held": "hold", "shot": "shoot", "struck": "strike",
    "broke": "break", "broken": "break", "sent": "send", "gave": "give", "given": "give", "took": "take",
    "taken": "take", "fired": "fire", "firing": "fire", "spoke": "speak", "spoken": "speak",
    "withdrew": "withdraw", "withdrawn": "withdraw", "cut": "cut", "freed": "free", "freeing": "free",
    "seized": "seize", "seizing": "seize", "raided": "raid", "left": "leave", "agreed": "agree",
    "pledged": "pledge", "urged": "urge", "signing": "sign", "beaten": "beat", "talks": "talk", "vowed": "vow",
    "marched": "march", "bombing": "bomb", "killing": "kill", "killed": "kill", "fled": "flee",
    "denied": "deny", "fought": "fight", "sought": "seek", "won": "win", "led": "lead", "swore": "swear",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excess:
    """Something that dominates: `what` ("cue", "trigger of ASSAULT" …), its `form`, `count` of `total`, the `limit`."""

    what: str
    form: str
    count: int
    total: int
    limit: float

    def __str__(self) -> str:
        share = 100 * self.count / self.total
        return (
            f"{self.what} {self.form!r}: {self.count} of {self.total} ({share:.1f} %, at most {100 * self.limit:.1f} %)"
        )


def stem(word: str) -> str:
    """A rough lemma, enough to put "kill", "kills", "killed" and "killing" together."""
    word = word.lower().strip("’'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, least in (("ies", 5), ("ied", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            base = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            if len(base) > 2 and base[-1] == base[-2] and base[-1] not in "ls":
                base = base[:-1]
            return base.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def cues(articles: Iterable[AnnotatedArticle]) -> Counter[str]:
    """How often each cue is used, by rough lemma."""
    return Counter(
        " ".join(stem(word) for word in each.cue.of(article.text).split())
        for article in articles
        for each in article.statements
        if each.cue is not None
    )


def triggers(articles: Iterable[AnnotatedArticle]) -> dict[str, Counter[str]]:
    """How often each trigger is used for each type, by rough lemma of its first word; repeated tellings count too."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for each in article.events:
            found[each.type][stem(each.trigger.of(article.text).split()[0])] += 1
    return dict(found)


def openings(articles: Iterable[AnnotatedArticle]) -> Counter[str]:
    """How often sentences begin with the same three words."""
    return Counter(" ".join(words[:_OPENING_WORDS]) for words in _sentences(articles) if len(words) >= _OPENING_WORDS)


def phrases(articles: Iterable[AnnotatedArticle]) -> Counter[str]:
    """In how many sentences each sequence of four words stands."""
    found: Counter[str] = Counter()
    for words in _sentences(articles):
        found.update({" ".join(words[at : at + _PHRASE_WORDS]) for at in range(len(words) - _PHRASE_WORDS + 1)})
    return found


def excesses(articles: Sequence[AnnotatedArticle]) -> list[Excess]:
    """All that dominates in a set large enough to say so; an empty list passes."""
    found = _over("cue", cues(articles), CUE_SHARE, _FEW_CUES)
    for type_, counted in sorted(triggers(articles).items()):
        found += _over(f"trigger of {type_}", counted, TRIGGER_SHARE, _FEW_TRIGGERS)
    sentences = sum(len(article.sentences) for article in articles)
    found += _over("sentence opening", openings(articles), OPENING_SHARE, _FEW_SENTENCES, sentences)
    found += _over("phrase", phrases(articles), PHRASE_SHARE, _FEW_SENTENCES, sentences)
    return found


def _over(what: str, counted: Counter[str], limit: float, least: int, total: int | None = None) -> list[Excess]:
    total = counted.total() if total is None else total
    if total < least:
        return []
    return [Excess(what, form, count, total, limit) for form, count in counted.most_common() if count > limit * total]


def _sentences(articles: Iterable[AnnotatedArticle]) -> Iterable[list[str]]:
    for article in articles:
        for sentence in article.sentences:
            yield _WORD.findall(sentence.of(article.text).lower())
