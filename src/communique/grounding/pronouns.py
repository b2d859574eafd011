"""Where pronouns point back: the model's word on each earlier mention, weighed with agreement, syntax and recency."""

from collections.abc import Iterator, Mapping, Sequence

from communique.grounding.actors import Referent
from communique.records import Document, Mention, Word

UNCHAINED = frozenset({"DATE", "TIME", "DURATION", "MONEY", "QUANTITY"})
"""Kinds of mentions to which nothing points back."""
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
# First and second persons belong to the speaker or addressee of a quotation: whoever finds statements resolves them.
# Here they go with each other, and with a name only by the model's word.
_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_YOU = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_SPOKEN = _I | _WE | _YOU
_GROUPS = (_HE, _SHE, _THEY, _IT, _I, _WE, _YOU)
# How the model's log odds and the rules' points are weighed; set on GUM's dev part and the corpus's training part,
# where the figures stay within a point for half or double of each.
_SPOKEN_SURE = -1.0  # log odds that "I", "we", "you" need to mean somebody named
_RULES = 0.5  # log odds that a point of the rules is worth
_ACTING = 1.0  # points for one who acts, where "it" or "they" could mean a thing
_PARALLEL = 1.5  # points for the subject before, where "it" or "they" is the subject of what follows
_SILENT = -2.0  # log odds where the model says nothing: the mention lies outside its window, or is hopeless
_LEAST = -6.0  # what the sum must reach
# How many sentences back a pronoun may look for what its window does not hold.
_REACH = 3
_SAY = frozenset({"say", "tell", "add", "note", "explain", "state", "announce", "declare", "claim", "insist", "warn"})


def antecedents(
    document: Document, mentions: Sequence[Mention], referents: Mapping[str, Referent]
) -> Iterator[tuple[str, str]]:
    """Pairs of ids, in order of text: a pronoun's mention and the earlier mention that it most likely points back to;
    pronouns that point to none that fits are left out."""
    quoted = quotations(document)
    for number, mention in enumerate(mentions):
        word = document.words[mention.head]
        form = word.form.lower()
        if mention.kind != "PRONOUN":
            continue
        odds = document.antecedents.get(mention.head, {})
        best: tuple[float, int] | None = None
        for back in range(number - 1, -1, -1):
            other = mentions[back]
            if word.sentence - document.words[other.head].sentence > _REACH and other.head not in odds:
                break
            if other.span.contains(mention.span) or _title_of_another(document, other):
                continue
            points = _fit(document, word, form, other, referents.get(other.id), quoted)
            if points is None:
                continue
            said = max(odds.get(each, _SILENT) for each in _naming(document, other.head))
            if form in _SPOKEN and document.words[other.head].upos != "PRON" and said < _SPOKEN_SURE:
                continue
            points = _RULES * points + said
            if points > _LEAST and (best is None or points > best[0]):
                best = (points, back)
        if best is not None and not _sum(document, mentions[best[1]], form, referents):
            yield mention.id, mentions[best[1]].id


def _naming(document: Document, head: int) -> list[int]:
    """The words of a name that the model may hold for its head: "Gen Kayani" under "chief"."""
    return [head, *(each.index for each in document.children(head, "flat", "appos") if each.upos == "PROPN")]


def _title_of_another(document: Document, mention: Mention) -> bool:
    """Whether the mention is but the title inside a name, which has a mention of its own."""
    word = document.words[mention.head]
    whole = document.mention_at(word.head) if word.head >= 0 else None
    inside = word.label in ("compound", "flat", "nmod:desc")
    return inside and whole is not None and whole.span.contains(mention.span)


def _sum(document: Document, other: Mention, form: str, referents: Mapping[str, Referent]) -> bool:
    """Whether "they" means somebody together with others, for whom there is no mention ("Gates and Mullen")."""
    referent = referents.get(other.id)
    alone = referent is not None and referent.kind in ("PERSON", "GPE") and not referent.plural
    return form in _THEY and alone and bool(document.children(other.head, "conj"))


def _fit(
    document: Document, word: Word, form: str, other: Mention, referent: Referent | None, quoted: Sequence[bool]
) -> float | None:
    """How well the earlier mention fits as antecedent by the rules (higher is better); None where it cannot be."""
    head = document.words[other.head]
    if head.index >= word.index or word.head == head.index or _arguments_of_one(document, word, head):
        return None
    group = next((group for group in _GROUPS if form in group), None)
    if head.upos == "PRON":
        if group is None or head.form.lower() not in group:
            return None
    elif group is None or not _agrees(document, form, other, referent):
        return None
    distance = word.sentence - head.sentence
    points = -2.0 * distance - (word.index - head.index) / 1000
    if group is _IT or group is _THEY:
        points += _ACTING if referent is not None and referent.acts else 0.0
    label = head.label.partition(":")[0]
    points += 1.5 if label == "nsubj" else 0.5 if label in ("obj", "obl", "iobj") else 0.0
    governor = document.head(head)
    if label == "nsubj" and governor is not None and governor.lemma.lower() in _SAY:
        points += 1.0
    acting = referent is not None and referent.acts
    if group in (_IT, _THEY) and acting and label == "nsubj" == word.label and distance <= 1:
        points += _PARALLEL
    if quoted[head.index] != quoted[word.index]:
        points -= 1.5
    if distance == 0 and form in _HE | _SHE and label in ("nsubj", "obl", "obj"):
        points += 0.5
    return points


def _agrees(document: Document, form: str, other: Mention, referent: Referent | None) -> bool:
    head = document.words[other.head]
    if referent is None:
        many = head.xpos in ("NNS", "NNPS") or bool(document.children(head.index, "conj"))
        if form in _WE | _YOU:
            return True
        if form in _HE | _SHE | _I:
            return not many and other.kind in ("PERSON", "ROLE", "OTHER")
        return other.kind not in UNCHAINED and (many if form in _THEY else not many and other.kind != "PERSON")
    if form in _WE | _YOU:
        return referent.acts
    if form in _HE | _SHE | _I:
        return referent.kind == "PERSON" and not referent.plural
    if form in _THEY:
        many = referent.plural or referent.kind in ("GROUP", "ORG", "NORP")
        return many or bool(document.children(head.index, "conj")) or referent.kind == "GPE"
    return referent.kind in ("GPE", "ORG", "FAC", "WEAPON") and not referent.plural


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
