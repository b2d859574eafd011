"""Mentions of one referent in an article: names, acronyms, descriptions, pronouns; by agreement, syntax and recency."""

from collections.abc import Mapping, Sequence

from communique.grounding.actors import Referent
from communique.grounding.titles import fold, surnames
from communique.records import Document, Mention, Word

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
# First and second persons belong to the speaker or addressee of a quotation: whoever finds statements resolves them.
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_GENERIC = frozenset(
    {
        "group",
        "organisation",
        "organization",
        "movement",
        "network",
        "body",
        "agency",
        "alliance",
        "bloc",
        "party",
        "company",
    }
)
_LANDS = frozenset({"country", "nation", "state", "kingdom", "republic"})
# How many sentences back a pronoun or a bare description may look.
_REACH = 3
_SAY = frozenset({"say", "tell", "add", "note", "explain", "state", "announce", "declare", "claim", "insist", "warn"})


class Chains:
    """Groups of mention ids, joined one link at a time; the first mention of a group stands for it.

    Two groups that are known to be different actors (`idents`: mention id → registry id) are never joined.
    """

    def __init__(self, mentions: Sequence[Mention], idents: Mapping[str, str]) -> None:
        self._first = {mention.id: mention.id for mention in mentions}
        self._order = {mention.id: number for number, mention in enumerate(mentions)}
        self._ident = dict(idents)

    def join(self, one: str, other: str) -> bool:
        """Put the two mentions' groups together, unless they are different actors; whether they are together now."""
        left, right = self.of(one), self.of(other)
        if left == right:
            return True
        known = {self._ident[each] for each in (left, right) if each in self._ident}
        if len(known) > 1:
            return False
        low, high = sorted((left, right), key=self._order.__getitem__)
        self._first[high] = low
        for ident in known:
            self._ident[low] = ident
        return True

    def of(self, mention: str) -> str:
        """The first mention of the group."""
        while self._first[mention] != mention:
            mention = self._first[mention]
        return mention


def link(
    document: Document, mentions: Sequence[Mention], referents: Mapping[str, Referent], titles: Mapping[int, str]
) -> Chains:
    """Joins mentions: equal registry ids, then equal or partial names, then descriptions, then pronouns; `titles` are
    words of titles with the id of the name that they stand beside."""
    idents = {each: referent.ident for each, referent in referents.items() if referent.ident and referent.acts}
    chains = Chains(mentions, idents)
    known: dict[str, str] = {}
    for mention in mentions:
        referent = referents.get(mention.id)
        if referent is not None and referent.ident is not None and referent.acts:
            chains.join(mention.id, known.setdefault(referent.ident, mention.id))
    _names(mentions, referents, chains)
    for mention in mentions:
        owner = titles.get(mention.head)
        if owner is not None and mention.id not in referents and mention.kind in ("PERSON", "ROLE"):
            chains.join(mention.id, owner)
    _descriptions(document, mentions, referents, chains)
    _pronouns(document, mentions, referents, chains)
    _own_lands(document, mentions, referents, chains)
    return chains


def _names(mentions: Sequence[Mention], referents: Mapping[str, Referent], chains: Chains) -> None:
    """Surname or given part of a name → the one full name in the article that it fits."""
    full: dict[str, list[str]] = {}
    for mention in mentions:
        referent = referents.get(mention.id)
        if referent is not None and " " in referent.words:
            for form in {referent.words, *surnames(referent.words, referent.country or "")}:
                full.setdefault(form, []).append(mention.id)
    for mention in mentions:
        referent = referents.get(mention.id)
        if referent is None or not referent.words:
            continue
        owners = dict.fromkeys(chains.of(each) for each in full.get(referent.words, ()))
        if len(owners) == 1 and referent.ident is None:
            chains.join(mention.id, next(iter(owners)))
        elif not owners and referent.ident is None:
            full.setdefault(referent.words, []).append(mention.id)


def _descriptions(
    document: Document,
    mentions: Sequence[Mention],
    referents: Mapping[str, Referent],
    chains: Chains,
) -> None:
    """ "the delegation" → the Pakistani delegation; "the defence secretary" → Robert Gates, by the key of his office;
    appositions and predicates to what they stand beside."""
    for number, mention in enumerate(mentions):
        referent = referents.get(mention.id)
        if referent is None or not referent.noun or referent.ident is not None:
            continue
        if referent.noun in _LANDS and not referent.plural and document.children(mention.head, "nmod:poss"):
            continue  # "his country" waits for the pronoun
        if referent.noun in _LANDS and not referent.plural:
            owner = _land(document, mentions[:number], mention, referents)
            if owner is not None:
                chains.join(mention.id, owner)
            continue
        beside = _beside(document, mention)
        if beside is not None and (other := referents.get(beside.id)) is not None and other.kind == "PERSON":
            chains.join(mention.id, beside.id)
            continue
        definite = any(child.form.lower() in _DEFINITE for child in document.children(mention.head, "det"))
        owner = _antecedent(mentions[:number], referent, referents, definite=definite)
        if owner is not None:
            chains.join(mention.id, owner)


def _own_lands(
    document: Document, mentions: Sequence[Mention], referents: Mapping[str, Referent], chains: Chains
) -> None:
    """ "his country": the state of the person, where the article names it."""
    states = {referents[each.id].ident: each.id for each in reversed(mentions) if each.id in referents}
    country = {
        chains.of(each.id): referents[each.id].country for each in reversed(mentions)
        if each.id in referents and referents[each.id].country
    }  # fmt: skip
    for mention in mentions:
        referent = referents.get(mention.id)
        if referent is None or referent.noun not in _LANDS or referent.plural:
            continue
        for owner in document.children(mention.head, "nmod:poss"):
            possessor = document.mention_at(owner.index)
            code = country.get(chains.of(possessor.id)) if possessor is not None else None
            if f"state/{code}" in states:
                chains.join(mention.id, states[f"state/{code}"])


def _land(
    document: Document, earlier: Sequence[Mention], mention: Mention, referents: Mapping[str, Referent]
) -> str | None:
    """The state that "the country" means: the last one named in this sentence or the one before."""
    sentence = document.words[mention.head].sentence
    for other in reversed(earlier):
        if sentence - document.words[other.head].sentence > 1:
            return None
        referent = referents.get(other.id)
        if referent is not None and (referent.ident or "").startswith("state/") and not referent.seat:
            return other.id
    return None


def _beside(document: Document, mention: Mention) -> Mention | None:
    word = document.words[mention.head]
    if word.label in ("appos", "nmod:desc") and word.head >= 0:
        return document.mention_at(word.head)
    for child in document.children(mention.head, "appos"):
        if child.upos == "PROPN":
            return document.mention_at(child.index)
    return None


def _antecedent(
    earlier: Sequence[Mention], referent: Referent, referents: Mapping[str, Referent], *, definite: bool
) -> str | None:
    """The nearest earlier mention that the description may point back to; among holders of one office the one whose
    title has most of its words ("the secretary of state" is Kerry, not Zarif)."""
    best: tuple[int, str] | None = None
    for mention in reversed(earlier):
        other = referents.get(mention.id)
        if other is None or not other.acts:
            continue
        if referent.country and other.country and referent.country != other.country:
            continue
        if not referent.plural and referent.kind == "PERSON" and other.kind == "PERSON" and referent.key:
            if other.key and _same_office(referent.key, other.key) and (definite or referent.country):
                words = len(_words(referent.role) & _words(other.role))
                if best is None or words > best[0]:
                    best = words, mention.id
        elif referent.noun in _GENERIC and definite and other.kind == "ORG" and (other.ident or "").startswith("org/"):
            return mention.id
        elif referent.noun == other.noun and referent.plural == other.plural and referent.kind == other.kind:
            same = referent.country is not None and referent.country == other.country and not referent.plural
            if definite or same:
                return mention.id
    return best[1] if best is not None else None


def _words(title: str | None) -> set[str]:
    return set(fold(title or "").split())


def _same_office(short: str, full: str) -> bool:
    """Whether the words of the shorter title are all in the fuller one ("spokesperson" in "pentagon spokesperson")."""
    return set(short.split()) <= set(full.split()) and "deputy" not in set(full.split()) - set(short.split())


def _pronouns(
    document: Document, mentions: Sequence[Mention], referents: Mapping[str, Referent], chains: Chains
) -> None:
    quoted = quotations(document)
    for number, mention in enumerate(mentions):
        form = document.words[mention.head].form.lower()
        if mention.kind != "PRONOUN" or form not in _HE | _SHE | _THEY | _IT:
            continue
        best: tuple[float, int] | None = None
        word = document.words[mention.head]
        for back in range(number - 1, -1, -1):
            other = mentions[back]
            distance = word.sentence - document.words[other.head].sentence
            if distance > _REACH:
                break
            points = _fit(document, word, form, other, referents.get(other.id), quoted)
            if points is not None and (best is None or points > best[0]):
                best = (points, back)
        if best is not None:
            chains.join(mention.id, mentions[best[1]].id)


def _fit(
    document: Document, word: Word, form: str, other: Mention, referent: Referent | None, quoted: Sequence[bool]
) -> float | None:
    """How well the earlier mention fits as antecedent (higher is better); None where it cannot be."""
    head = document.words[other.head]
    if head.index >= word.index or word.head == head.index or _arguments_of_one(document, word, head):
        return None
    if other.kind == "PRONOUN":
        same = {"he": _HE, "she": _SHE, "they": _THEY, "it": _IT}
        if not any(form in group and head.form.lower() in group for group in same.values()):
            return None
    elif referent is None or not _agrees(document, form, head, referent):
        return None
    distance = word.sentence - head.sentence
    points = -2.0 * distance - (word.index - head.index) / 1000
    label = head.label.partition(":")[0]
    points += 1.5 if label == "nsubj" else 0.5 if label in ("obj", "obl", "iobj") else 0.0
    governor = document.head(head)
    if label == "nsubj" and governor is not None and governor.lemma.lower() in _SAY:
        points += 1.0
    if quoted[head.index] != quoted[word.index]:
        points -= 1.5
    if distance == 0 and form in _HE | _SHE and label in ("nsubj", "obl", "obj"):
        points += 0.5
    return points


def _agrees(document: Document, form: str, head: Word, referent: Referent) -> bool:
    if form in _HE or form in _SHE:
        return referent.kind == "PERSON" and not referent.plural
    if not referent.acts:
        return False
    if form in _THEY:
        many = referent.plural or referent.kind in ("GROUP", "ORG", "NORP")
        return many or bool(document.children(head.index, "conj")) or referent.kind == "GPE"
    return referent.kind in ("GPE", "ORG") and not referent.plural


def _arguments_of_one(document: Document, word: Word, head: Word) -> bool:
    """Whether both are arguments of one verb, so that a plain pronoun cannot mean the other."""
    if word.label.startswith("nmod:poss"):
        return False
    return word.head == head.head and word.head >= 0 and head.label.partition(":")[0] in ("nsubj", "obj", "iobj", "obl")


def quotations(document: Document) -> list[bool]:
    """Per word, whether it stands inside quotation marks (unclosed ones reach to the end of the paragraph)."""
    inside, found, paragraph = False, [], -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph, inside = sentence.paragraph, False
        for word in document.words[sentence.first : sentence.last]:
            if word.form in ('"', "“", "”", "``", "''", "‘‘", "’’"):
                inside = word.form in ("“", "``", "‘‘") or (word.form == '"' and not inside)
            found.append(inside)
    return found
