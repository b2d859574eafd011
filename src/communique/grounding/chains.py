"""Mentions of one referent in an article: names, acronyms, descriptions; `pronouns` adds those.

Names go by the registry and by their words. Descriptions go by office, noun and country, then by what the model says
of where they point back (`Document.antecedents`, which knows its window only), within what is known of both. What
cannot act is chained too, so that a reader of the data can follow a thing through the text.
"""

from collections.abc import Mapping, Sequence

from communique.grounding.actors import Referent
from communique.grounding.pronouns import UNCHAINED, antecedents
from communique.grounding.titles import fold, surnames
from communique.records import Document, Mention

_SUMS = frozenset({"MONEY", "QUANTITY", "DURATION"})
_LITTLE = frozenset({"DET", "PUNCT", "ADP", "PRON"})
_NEW = frozenset({"a", "an", "another", "some", "other", "any", "no", "each", "every", "few", "many", "several"})
# Log odds from which the model's antecedent of a description is taken: of one that may act, and of a thing. Set on
# GUM's dev part and the corpus's development part.
_SURE, _SURE_OF_THING = 0.0, 1.0
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_GENERIC = frozenset(
    {"group", "organisation", "organization", "movement", "network", "body", "agency", "alliance", "bloc", "party",
     "company"}
)  # fmt: skip
# Mentions among which a description finds its antecedent: those of some eight thousand words before it.
_BACK = 2000
_LANDS = frozenset({"country", "nation", "state", "kingdom", "republic"})


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
    _appositions(document, mentions, referents, chains)
    _descriptions(document, mentions, referents, chains)
    _repeated(document, mentions, referents, titles, chains)
    _pointing(document, mentions, referents, chains)
    for pronoun, other in antecedents(document, mentions, referents):
        chains.join(pronoun, other)
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
        owner = _antecedent(
            mentions[max(0, number - _BACK) : number], referent, referents, definite=_definite(document, mention)
        )
        if owner is not None:
            chains.join(mention.id, owner)


def _appositions(
    document: Document, mentions: Sequence[Mention], referents: Mapping[str, Referent], chains: Chains
) -> None:
    """ "A gang known as Conti", "a second army, the ELN", "Puntland's president, Abdiweli Ali": one and the same."""
    for mention in mentions:
        word = document.words[mention.head]
        if word.label != "appos" or mention.kind in UNCHAINED:
            continue
        other = document.mention_at(word.head)
        if other is not None and other.kind not in UNCHAINED and _alike(document, mention, other, referents):
            chains.join(mention.id, other.id)


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


def _repeated(
    document: Document,
    mentions: Sequence[Mention],
    referents: Mapping[str, Referent],
    titles: Mapping[int, str],
    chains: Chains,
) -> None:
    """The same words again ("the reactor" … "the reactor"), unless they speak of another one ("a second reactor"), and
    fewer of them after "the" ("the classical ruins of the town" … "these ruins")."""
    known: dict[tuple[str, ...], str] = {}
    headed: dict[str, list[tuple[set[str], Mention]]] = {}
    for mention in mentions:
        head = document.words[mention.head]
        if head.upos in ("PRON", "ADJ") or mention.kind in _SUMS or mention.head in titles:
            continue
        words = document.words_in(mention.span)
        pieces = tuple(word.form.lower() for word in words if word.upos not in _LITTLE and word.xpos != "POS")
        before = known.setdefault(pieces, mention.id)
        fuller = headed.setdefault(head.form.lower(), [])
        if pieces and not _another(document, mention):
            if before == mention.id and _definite(document, mention):
                before = next((other.id for theirs, other in reversed(fuller) if set(pieces) <= theirs), before)
            one, other = referents.get(mention.id), referents.get(before)
            if not (one and other and one.country and other.country and one.country != other.country):
                chains.join(mention.id, before)
        fuller.append((set(pieces), mention))


def _definite(document: Document, mention: Mention) -> bool:
    return any(child.form.lower() in _DEFINITE for child in document.children(mention.head, "det"))


def _another(document: Document, mention: Mention) -> bool:
    """Whether the words before the head say that it is one not spoken of before."""
    return any(child.form.lower() in _NEW for child in document.children(mention.head, "det", "amod", "nummod"))


def _pointing(
    document: Document, mentions: Sequence[Mention], referents: Mapping[str, Referent], chains: Chains
) -> None:
    """Descriptions that the model points back: those that stand for nobody known, to what agrees with them."""
    at = {mention.head: mention for mention in mentions}
    for mention in mentions:
        head, referent = document.words[mention.head], referents.get(mention.id)
        if head.upos in ("PRON", "ADJ") or mention.kind in UNCHAINED or (referent is not None and referent.ident):
            continue
        odds = document.antecedents.get(mention.head, {})
        least = _SURE_OF_THING if referent is None else _SURE
        for earlier, value in sorted(odds.items(), key=lambda each: (-each[1], each[0])):
            if value <= least or earlier not in at:
                break
            if _alike(document, mention, at[earlier], referents):
                chains.join(mention.id, at[earlier].id)
                break


def _alike(document: Document, one: Mention, other: Mention, referents: Mapping[str, Referent]) -> bool:
    """Whether what is known of the two speaks against their being one: kind, number, country."""
    mine, theirs = referents.get(one.id), referents.get(other.id)
    if mine is None or theirs is None:
        return True
    if mine.country and theirs.country and mine.country != theirs.country:
        return False
    return (mine.kind == "PERSON") == (theirs.kind == "PERSON") and mine.plural == theirs.plural
