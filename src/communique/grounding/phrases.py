"""What the words of a title or of a noun phrase say of an actor: country, sector, body, office; without the registry's
office-holders ("the Pakistani delegation", "State Department spokesman", "rebels in the north")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.grounding.registry import Entry, Registry, RoleNoun
from communique.grounding.scan import Hit
from communique.grounding.titles import fold, is_former, title_key
from communique.records import Document, Word

_BY_PREPOSITION = frozenset({"of", "for", "from", "in", "at", "to", "with", "within", "inside", "on"})
# Prepositions by which only those who live or work there are of a country or body ("voters in Ohio").
_OUTWARD = frozenset({"to", "at", "with", "on"})
_INSIDE = frozenset({"in", "within", "inside"})
_ABROAD = frozenset({"GOV", "MIL", "IGO", "MED", "SPY", "NGO", "BUS"})
# What makes a craft no force's.
_CIVIL = frozenset({"passenger", "civilian", "cargo", "commercial", "private", "merchant", "airline"})
_MODIFIERS = frozenset({"compound", "nmod", "amod", "flat", "obl", "dep"})
_SKIPPED = frozenset({"DET", "PUNCT", "NUM", "PART", "PRON", "CCONJ"})
# Nouns for those who are sent: where they are is not whose they are ("the embassy in Kabul").
_SENT = frozenset(
    {"ambassador", "envoy", "consul", "representative", "emissary", "delegate", "delegation", "embassy", "mission",
     "diplomat", "correspondent", "counterpart", "reporter", "negotiator"}
)  # fmt: skip
# Words within which a preposition still belongs to the noun.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says.

    `text` without article, `role` in its own words without country, the office `key`, PLOVER `sectors`, `countries`
    (ISO codes, of adjectives, names, seats), the named `body`, the common `noun` it is built on, the folded words
    before the noun that may be a person's name ("Obama administration"), the code of a state that is `gone`, coded
    under another ("Soviet"), and the states between which the words leave the choice (`unsure`).
    """

    text: str
    role: str
    key: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    body: Entry | None = None
    noun: RoleNoun | None = None
    former: bool = False
    names: tuple[str, ...] = ()
    gone: str | None = None
    unsure: tuple[str, ...] = ()

    @property
    def country(self) -> str | None:
        """The one country, or None where there is none or more than one."""
        return self.countries[0] if len(self.countries) == 1 else None


class Phrases:
    """Reads phrases of one document; made once per document from its hits."""

    def __init__(self, document: Document, registry: Registry, found: Sequence[Hit]) -> None:
        self.document, self.registry = document, registry
        self.hit_at: Mapping[int, Hit] = {index: hit for hit in found for index in range(hit.first, hit.last + 1)}

    def of_head(self, index: int) -> Phrase | None:
        """The phrase headed by a common noun: modifiers before it and prepositional phrases after it; None where the
        noun is not one for people or bodies that act."""
        words = self.document.words
        last = index
        while (
            last + 2 < len(words) and words[last + 1].form in ("-", "–") and words[last + 2].head in (index, last + 1)
        ):
            if (
                words[last].span.end != words[last + 1].span.start
                or words[last + 1].span.end != words[last + 2].span.start
            ):
                break
            last += 2  # "secretary-general", headed by its first word
        before = [*self._before(index), *words[index : last + 1]]
        noun = self.noun(before)
        if noun is None:
            return None
        return self._read(before, self._after(index, noun), noun)

    def of_title(self, words: Sequence[Word]) -> Phrase | None:
        """The phrase of words that stand before a name ("Pakistan army chief Gen"); None if they say nothing."""
        kept = [word for word in words if word.upos != "PUNCT" or word.form in ("-", "–")]
        cut = next((n for n, word in enumerate(kept) if n and word.form.lower() in ("of", "for")), len(kept))
        noun = self.noun(kept[:cut])
        return self._read(kept[:cut], kept[cut:], noun)

    def noun(self, words: Sequence[Word]) -> RoleNoun | None:
        """The longest known noun for actors at the end of the words ("foreign minister", "minister")."""
        forms = [word for word in words if word.form not in ("-", "–")]
        for length in (4, 3, 2, 1):
            if length > len(forms):
                continue
            *most, last = forms[-length:]
            for ending in dict.fromkeys((fold(last.lemma), fold(last.form), _singular(fold(last.form)))):
                phrase = " ".join([*(fold(word.form) for word in most), ending])
                found = self.registry.roles.get(phrase)
                if found is not None:
                    return found
        return None

    def _before(self, index: int) -> list[Word]:
        """The words of the phrase before its head: a stretch of nouns, names and adjectives without a gap."""
        words = self.document.words
        sentence = self.document.sentence_of(index)
        position = index
        while position > sentence.first:
            word = words[position - 1]
            if word.form in ("-", "–") and word.span.end != words[position].span.start:
                break  # the dash of a dateline
            if word.xpos == "POS" or word.form in ("-", "–") or word.upos in ("NOUN", "PROPN", "ADJ"):
                if word.upos == "NOUN" and word.label.partition(":")[0] not in _MODIFIERS:
                    break
                position -= 1
            elif position - 1 in self.hit_at or (word.form.lower() == "and" and self._coordinates(position - 1, index)):
                position -= 1
            else:
                break
        return list(words[position:index])

    def _coordinates(self, index: int, head: int) -> bool:
        """Whether "and" joins two nationalities before one noun ("British and French forces")."""
        before, after = self.hit_at.get(index - 1), self.hit_at.get(index + 1)
        kinds = ("adjective", "state")
        return (
            before is not None
            and after is not None
            and before.kind in kinds
            and after.kind in kinds
            and after.last < head
        )

    def _after(self, index: int, noun: RoleNoun) -> list[Word]:
        """The words of prepositional phrases after the head, each with its preposition, nearest first."""
        found: list[Word] = []
        head = self.document.words[index]
        for child in self.document.children(index, "nmod"):
            cases = [
                case for case in self.document.children(child.index, "case") if case.form.lower() in _BY_PREPOSITION
            ]
            if child.index > index and cases and child.index - index < _NEAR:
                if self._elsewhere(head, cases[0].form.lower(), noun):
                    continue
                found.extend(self.document.words[each] for each in self.document.subtree(child.index) if each > index)
        return found

    def _elsewhere(self, head: Word, preposition: str, noun: RoleNoun) -> bool:
        """Whether what follows the preposition is where they are or go, not whose they are."""
        if preposition in _OUTWARD:
            return noun.sector in _ABROAD
        return preposition in _INSIDE and (noun.sector == "MIL" or fold(head.lemma) in _SENT)

    def _read(self, before: Sequence[Word], after: Sequence[Word], noun: RoleNoun | None) -> Phrase | None:
        countries, bodies, spoken = self._part(before)
        outward, others, rest = self._part(after)
        pointing = noun is not None and self._points(noun)
        if noun is None and not countries and not bodies:
            return None
        if pointing:
            bodies, spoken = [*bodies, *others], [*spoken, *rest]
        elif noun is not None and noun.sector == "MIL":
            outward = []  # "troops in Afghanistan" are anybody's
        role = " ".join(spoken)
        found = tuple(dict.fromkeys(countries or outward))
        return Phrase(
            " ".join(word.form for word in before).replace(" - ", "-").replace(" 's", "'s"),
            role,
            title_key(role, found[0] if len(found) == 1 else None),
            self._sectors(before, after, noun, bodies),
            found,
            bodies[0] if bodies else None,
            noun,
            is_former(word.form for word in before),
            tuple(fold(word.form) for word in before[:-1] if word.upos == "PROPN"),
            self._gone([*before, *after]),
            self._unsure([*before, *after]) if not found else (),
        )

    def _part(self, words: Sequence[Word]) -> tuple[list[str], list[Entry], list[str]]:
        """Countries and bodies named among the words, and the words without countries."""
        countries: list[str] = []
        bodies: list[Entry] = []
        spoken: list[str] = []
        position = 0
        while position < len(words):
            word = words[position]
            hit = self.hit_at.get(word.index)
            if hit is None or hit.persons:
                if word.upos not in _SKIPPED:
                    spoken.append(word.form)
                position += 1
                continue
            entry = hit.entries[0]
            if entry.country and (len({each.country for each in hit.entries}) == 1):
                countries.append(entry.country)
            if entry.kind in ("seat", "body"):
                bodies.append(entry)
                spoken.extend(self.document.words[each].form for each in range(hit.first, hit.last + 1))
            position += max(1, hit.last - word.index + 1)
        return countries, bodies, spoken

    def _gone(self, words: Sequence[Word]) -> str | None:
        """The code of the first state named that is coded under another one."""
        for word in words:
            hit = self.hit_at.get(word.index)
            entry = hit.entries[0] if hit is not None and hit.entries else None
            if entry is not None and entry.id.startswith("state/") and entry.id[6:] != entry.country:
                return entry.id[6:]
        return None

    def _unsure(self, words: Sequence[Word]) -> tuple[str, ...]:
        """Registry ids of the states between which a name or adjective leaves the choice ("Congolese")."""
        hits = (self.hit_at.get(word.index) for word in words)
        several = (hit.entries for hit in hits if hit is not None and len({each.country for each in hit.entries}) > 1)
        return tuple(entry.id for entry in next(several, ()))

    def _points(self, noun: RoleNoun) -> bool:
        """Whether the noun asks whom or what it is said of ("spokesman", "head")."""
        return noun.noun in self.registry.relational or noun.noun.split()[-1] in self.registry.relational

    def _sectors(
        self, before: Sequence[Word], after: Sequence[Word], noun: RoleNoun | None, bodies: Sequence[Entry]
    ) -> tuple[str, ...]:
        """The sector of the noun; of the body or group it is said of where the noun only points there ("army
        spokesman", "member of parliament", "Taliban commander")."""
        if noun is None:
            return bodies[0].sectors if bodies else ()
        if self._points(noun):
            if " " in noun.noun and noun.sector != "GOV":
                return (noun.sector,)
            for entry in bodies:
                if entry.sectors:
                    return entry.sectors
            modifiers = [word for word in before[:-1] if word.index not in self.hit_at]
            for stretch in (modifiers, _first_nouns(after)):
                role = self.noun(stretch) if stretch else None
                if role is not None:
                    return (role.sector,)
        elif noun.form == "machine" and (bodies or any(word.lemma in _CIVIL for word in before)):
            return bodies[0].sectors if bodies else ("BUS",)
        elif bodies and bodies[0].sectors and bodies[0].sectors[0] in ("REB", "IGO", "CRM") and noun.sector in (
            "REB", "MIL", "GOV", "CVL", "OPP", "PTY",
        ):  # fmt: skip
            return bodies[0].sectors
        return (noun.sector,)


def _first_nouns(after: Sequence[Word]) -> list[Word]:
    """The first stretch of nouns after a preposition ("of the [Pakistan army] in Swat")."""
    found: list[Word] = []
    for word in after:
        if word.upos in ("NOUN", "PROPN", "ADJ"):
            found.append(word)
        elif found:
            break
    return found


def _singular(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("men"):
        return form[:-3] + "man"
    if form.endswith("s") and not form.endswith("ss"):
        return form[:-1]
    return form
