"""One mention + the day of the article + the text around it → who is meant, or nobody, or several between whom we
abstain. What links mentions to each other is in `chains`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.grounding import names
from communique.grounding.gazetteer import Gazetteer
from communique.grounding.metonyms import locative, stands_for_rulers
from communique.grounding.phrases import Phrase, Phrases
from communique.grounding.registry import Entry, Person, Registry, RoleNoun, Spell
from communique.grounding.scan import Hit
from communique.grounding.titles import fold, title_key
from communique.records import Document, Kind, Mention

# A person's offices that an article may speak of by title alone are looked up under these words for "head" too.
_CHIEFS = ("secretarygeneral", "president", "chairman", "commander", "primeminister")
# Sectors of a title that outweigh the registry's office where the two differ ("army chief" of a defence minister).
_TELLING = frozenset({"MIL", "IGO", "REB", "OPP", "LEG", "SPY", "JUD"})
# Singular nouns for bodies that need no article.
_BARE = frozenset(
    {"parliament", "police", "congress", "opposition", "media", "press", "judiciary", "prosecution", "customs"}
)


@dataclass(frozen=True, slots=True)
class Referent:
    """Who one mention stands for, before mentions are tied together.

    `ident` is equal for mentions of the same known actor (its registry id) and None where nothing is known by name;
    `name` as the news would call it; `key` is the office key of a title; `words` the folded name of a person as it is
    written; `noun` the common noun of a description; `acts` is False where the words only say where something was;
    `seat` True for a town or building that stands for a government; `beside` are folded names that stand before the
    noun ("Obama administration"); `countries` those of a sum ("British and French forces").
    """

    name: str
    kind: Kind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    ident: str | None = None
    why: str = ""
    candidates: tuple[str, ...] = ()
    key: str = ""
    words: str = ""
    noun: str = ""
    plural: bool = False
    acts: bool = True
    seat: bool = False
    beside: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class Resolver:
    """Resolves the mentions of one document; `day` is the ISO day of the article or None.

    `titles` fills up with the words of titles beside names: index of the word → id of the name's mention. `countries`
    are those that the article names without doubt, `lands` those of them that are named by more than a body.
    """

    def __init__(self, document: Document, registry: Registry, found: Sequence[Hit]) -> None:
        self.document, self.registry = document, registry
        self.day = document.article.day.isoformat() if document.article.day else None
        self.phrases = Phrases(document, registry, found)
        self.titles: dict[int, str] = {}
        self._owners = {hit.first: self._owner(hit) for hit in found}
        self.lands: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        for hit in found:
            named = {entry.country for entry in hit.entries}
            country = next(iter(named)) if len(named) == 1 else None
            if country is not None:
                self.countries[country] += 1
                self.lands[country] += hit.kind != "body"
        self.lands += Counter()  # drops those with bodies only

    def referent(self, mention: Mention) -> Referent | None:
        """Who the mention names or describes; None for pronouns and for what cannot act."""
        hit = self.phrases.hit_at.get(mention.head)
        if mention.kind == "PRONOUN":
            return None
        if hit is not None and self._owners[hit.first] != mention.head:
            return None  # a word inside a longer name
        if hit is not None and not hit.persons:
            return self._entry(mention, hit)
        head = self.document.words[mention.head]
        if hit is not None or (head.upos == "PROPN" and mention.kind in ("PERSON", "OTHER", "ROLE", "ORG", "LOC")):
            named = self._named(mention, hit)
            if named is not None:
                return named
        return self._described(mention)

    def _owner(self, hit: Hit) -> int | None:
        """The head word of the mention that a known name belongs to."""
        inside = range(hit.first, hit.last + 1)
        tops = [index for index in inside if self.document.words[index].head not in inside]
        return next((index for index in (*tops, *inside) if self.document.mention_at(index) is not None), None)

    def _entry(self, mention: Mention, hit: Hit) -> Referent | None:
        entries = self._fitting(hit.entries)
        entry = entries[0]
        head = mention.head
        if len(entries) > 1:
            names_of = tuple(each.id for each in entries)
            return Referent(entry.name, _kind_of(entry), None, _shared(entries), candidates=names_of,
                            why=f"{entry.name}: several bodies go by this name")  # fmt: skip
        if entry.kind == "people":
            return self._people(mention, entry)
        if entry.kind == "body" and fold(self._written(hit)) in self.registry.words["shared"]:
            other = self._another_countrys(entry, hit, head)
            if other is not None:
                return other
        if entry.kind == "adjective" and self.document.words[head].upos == "NOUN":
            return self._people(mention, entry)
        acts, why = self._standing(entry, head)
        return Referent(
            entry.name, _kind_of(entry) if acts or entry.kind != "seat" else "FAC", entry.country, entry.sectors,
            None, entry.id, why, acts=acts, seat=entry.kind in ("capital", "seat"),
        )  # fmt: skip

    def _written(self, hit: Hit) -> str:
        words = self.document.words
        return self.document.text[words[hit.first].span.start : words[hit.last].span.end]

    def _another_countrys(self, entry: Entry, hit: Hit, head: int) -> Referent | None:
        """ "Argentina's Congress", and "Congress" in an article of Peru: not the body that has the name by itself."""
        owners = (
            self.phrases.hit_at.get(child.index)
            for child in self.document.children(head, "nmod:poss", "amod", "compound")
        )
        named = (each.entries[0].country for each in owners if each is not None and each.entries and each != hit)
        owner = next(named, None)
        if owner == entry.country or (owner is None and (not self.lands or entry.country in self.lands)):
            return None
        text = self._written(hit)
        why = f"{text}: a name that bodies of several states bear" + (f"; {owner} by its owner" if owner else "")
        return Referent(text, "ORG", owner, entry.sectors, why=why, noun=fold(text),
                        acts=not locative(self.document, head))  # fmt: skip

    def _standing(self, entry: Entry, head: int) -> tuple[bool, str]:
        text = self.document.words[head].form
        if entry.kind == "body" or entry.kind == "adjective":
            return True, f"{text}: {entry.id} in the registry"
        if entry.kind == "state" or entry.strong:
            acts = not locative(self.document, head)
            return acts, f"{text}: {entry.id} " + ("as actor" if acts else "as a place")
        acts = stands_for_rulers(self.document, head, self.registry)
        return acts, f"{text}: " + (
            f"seat of government for {entry.id} by its part in the clause" if acts else "a place"
        )

    def _fitting(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Entries left after the other countries of the article are asked; a state before a body of the same name."""
        entries = tuple({each.id: each for each in reversed(entries)}.values())[::-1]
        if len(entries) == 1:
            return entries
        states = tuple(each for each in entries if each.kind in ("state", "adjective", "capital", "seat"))
        pool = states or entries
        here = tuple(each for each in pool if each.country in self.countries)
        return here or pool

    def _people(self, mention: Mention, entry: Entry) -> Referent:
        """ "Pakistanis": people of the country; "the Pakistanis", uncounted, mostly those who act for it."""
        document, head = self.document, mention.head
        counted = document.children(head, "nummod", "amod")
        definite = any(child.form.lower() == "the" for child in document.children(head, "det"))
        text = mention.span.of(document.text)
        if definite and not counted:
            return Referent(
                text, "NORP", entry.country, ("GOV",), None, entry.id, f"{text}: those who act for {entry.name}"
            )
        return Referent(text, "NORP", entry.country, ("CVL",), why=f"{text}: people of {entry.name}", noun="people",
                        plural=True)  # fmt: skip

    def _named(self, mention: Mention, hit: Hit | None) -> Referent | None:
        """A personal name with what stands before and after it."""
        written = names.written(self.document, self.phrases, mention, hit)
        if written is None:
            return None
        if hit is None and not written.rank and written.title is None and self._town(mention, written.text):
            return Referent(written.text, "GPE", why=f"{written.text}: a place by its preposition", acts=False)
        found = names.resolve(written, self.registry, self.day, self.countries, hit.persons if hit else ())
        if found.person is None and not found.candidates and written.title is None and not written.rank:
            label = self.document.words[mention.head].label.partition(":")[0]
            if label in ("obj", "obl", "nmod", "compound") and len(Gazetteer.load().find(written.text)[0]) > 0:
                return Referent(written.text, "GPE", why=f"{written.text}: a place by name", acts=False)
        self.titles.update(dict.fromkeys(written.beside, mention.id))
        return self._person(written, found)

    def _town(self, mention: Mention, text: str) -> bool:
        """Whether a name that nothing marks as a person's stands after a preposition of place and is a place's."""
        return locative(self.document, mention.head) and len(Gazetteer.load().find(text)[0]) > 0

    def _person(self, written: names.Written, found: names.Found) -> Referent | None:
        title = written.title
        country = title.country if title else None
        sectors = title.sectors if title else (written.rank,) if written.rank else ()
        role = title.role if title and title.role and not title.former else None
        if found.person is None:
            name = written.text
            why = found.why or f"{name}: not in the registry" + (f"; by the title {role}" if role else "")
            key = title.key if title else ""
            candidates = tuple(each.id for each in found.candidates)
            return Referent(name, "PERSON", country, sectors, role, None, why, candidates, key, written.folded)
        person = found.person
        spell = self._office(person, title.key if title else "", country, written.rank)
        if spell is not None:
            why = f"{written.text}: {found.why}; {_days(spell)}"
            held = replace(_holding(person, spell, why), words=written.folded)
            if (
                title
                and title.noun
                and not title.former
                and spell.key != title.key
                and sectors not in ((), spell.sectors)
            ):
                held = replace(held, role=title.role, sectors=sectors, why=f"{why}; here as {title.role}")
            return held
        known = country or _usual_country(person)
        return Referent(person.name, "PERSON", known, () if title is None or title.former else sectors, role, person.id,
                        f"{written.text}: {found.why}; no office known on {self.day or 'an unknown day'}",
                        key=title.key if title else "", words=written.folded)  # fmt: skip

    def _office(self, person: Person, key: str, country: str | None, rank: str) -> Spell | None:
        """The office to name on the day: the one of the title, else one of the rank's sector ("Gen" …), else the most
        prominent."""
        held = person.held(self.day)
        titled = [spell for spell in held if key and spell.key == key]
        if titled:
            return titled[0]
        local = [spell for spell in held if country is None or spell.country == country]
        local.sort(key=lambda spell: rank == "MIL" and "MIL" not in spell.sectors)
        return local[0] if local else None

    def _described(self, mention: Mention) -> Referent | None:
        head = self.document.words[mention.head]
        phrase = self.phrases.of_head(mention.head) if head.upos in ("NOUN", "PROPN", "ADJ") else None
        if phrase is None or phrase.noun is None:
            return self._generic(mention)
        noun = phrase.noun
        plural = head.xpos in ("NNS", "NNPS") or fold(head.form) not in fold(noun.noun).split()
        if not plural and noun.body and not self._specific(mention, phrase):
            return None
        if not plural and not noun.body and not phrase.former:
            holder = self._holder(mention, phrase)
            if holder is not None:
                return holder
        country = phrase.country
        why = f"{phrase.text}: {noun.noun} ({' '.join(phrase.sectors)})" + (f" of {country}" if country else "")
        if len(phrase.countries) > 1:
            why += f"; of {' and '.join(phrase.countries)}"
        return Referent(
            phrase.text, _described_kind(noun, plural=plural), country, phrase.sectors,
            None if plural or noun.body else phrase.role, None, why, phrase.unsure, phrase.key,
            noun=noun.noun, plural=plural,
            acts=not (noun.body and not plural and locative(self.document, mention.head)), beside=phrase.names,
            countries=phrase.countries if plural and len(phrase.countries) > 1 else (),
        )  # fmt: skip

    def _generic(self, mention: Mention) -> Referent | None:
        """ "the group", "the organisation": nobody by itself, but a way back to a body named before."""
        head = self.document.words[mention.head]
        if head.lemma not in self.registry.words["generic"] or head.xpos != "NN":
            return None
        return Referent(
            mention.span.of(self.document.text), "ORG", noun=head.lemma, acts=not locative(self.document, head.index)
        )

    def _specific(self, mention: Mention, phrase: Phrase) -> bool:
        """Whether a singular noun for a body means one body: it has an article, a country, a name, or needs none."""
        if phrase.countries or phrase.body or phrase.names or _noun(phrase) in _BARE:
            return True
        if _noun(phrase) in ("state", "country", "nation"):
            return bool(self.document.children(mention.head, "det", "nmod:poss"))
        children = self.document.children(mention.head, "det", "nmod", "amod", "compound")
        return any(child.label != "nmod" and child.form.lower() not in ("no", "any", "every") for child in children)

    def _holder(self, mention: Mention, phrase: Phrase) -> Referent | None:
        """The holder of an office named by title alone ("the French foreign minister"), where exactly one held it."""
        determiners = {child.form.lower() for child in self.document.children(mention.head, "det")}
        if determiners & {"a", "an", "another", "any", "every", "no", "some", "each"}:
            return None
        asked = phrase.country or (phrase.body.country if phrase.body else None)
        if asked is None and phrase.unsure:
            # "The Congolese president" is of one Congo or the other, and of no third country that the article names.
            likely = [state.rpartition("/")[2] for state in phrase.unsure]
            named = [country for country in likely if country in self.countries]
            if len(named) != 1:
                return None
            asked = named[0]
        if asked is None and phrase.body is None:
            return self._only_holder(phrase) if "the" in determiners and not phrase.names else None
        for key in _keys(phrase.key):
            holders = self.registry.holders(key, self.day, country=asked)
            if phrase.gone is not None:
                holders = self.registry.holders(key, self.day, country=phrase.gone) or holders
            elif asked is None and not holders:
                holders = self.registry.holders_anywhere(key, self.day)
            text = phrase.text
            if len(holders) > 1:
                why = f"{text}: several held this office on {self.day}"
                return Referent(
                    phrase.text, "PERSON", asked, phrase.sectors, phrase.role, None, why,
                    tuple(person.id for person, _ in holders), key, noun=_noun(phrase),
                )  # fmt: skip
            if holders:
                person, spell = holders[0]
                why = f"{text}: held by {person.name}; {_days(spell)}"
                country = asked if phrase.gone else spell.country
                return replace(_holding(person, spell, why), noun=_noun(phrase), country=country)
        return None

    def part(self, whole: Referent, adjective: str, country: str) -> Referent:
        """One country's part of a sum: the British of "British and French forces"; of "the Indian and Pakistani foreign
        ministers" the one who holds the office."""
        if whole.kind == "GROUP" and whole.key:
            key = title_key(whole.noun, country)
            holders = self.registry.holders(key, self.day, country=country)
            if len(holders) == 1:
                person, spell = holders[0]
                return _holding(person, spell, f"{adjective} in {whole.name}: {_days(spell)}")
        name = f"{adjective} {whole.name.split()[-1]}"
        why = f"{name}: part of {whole.name}"
        return replace(whole, name=name, country=country, why=why, countries=())

    def counterpart(self, referent: Referent, key: str) -> Referent | None:
        """Who holds in the referent's country the office of the key ("his Indian counterpart")."""
        holders = self.registry.holders(key, self.day, country=referent.country)
        if referent.country is None or len(holders) != 1:
            return None
        person, spell = holders[0]
        return _holding(person, spell, f"{referent.name}: counterpart; {_days(spell)}")

    def _only_holder(self, phrase: Phrase) -> Referent | None:
        """The holder of an office without a country, where only one country of the article has a known holder."""
        found = [
            (person, spell)
            for country in self.lands
            for person, spell in self.registry.holders(phrase.key, self.day, country=country)
        ]
        if len(found) != 1 or self.lands[found[0][1].country or ""] < max(self.lands.values()):
            return None  # nobody, or the minister of a country that the article names in passing
        person, spell = found[0]
        why = f"{phrase.text}: the only such office among the article's countries; {_days(spell)}"
        return replace(_holding(person, spell, why), noun=_noun(phrase))


def _holding(person: Person, spell: Spell, why: str) -> Referent:
    return Referent(person.name, "PERSON", spell.country, spell.sectors, spell.title, person.id, why, key=spell.key)


def settled(referent: Referent, other: Referent) -> Referent:
    """The referent with what it lacks taken from the other (country, sectors, role); a body that the registry knows
    without a country has none."""
    if (referent.country and referent.sectors and referent.role) or referent is other:
        return referent
    return replace(
        referent,
        country=referent.country if referent.ident and referent.kind == "ORG" else referent.country or other.country,
        sectors=referent.sectors or other.sectors,
        role=referent.role or other.role,
    )


def _keys(key: str) -> list[str]:
    words = key.split()
    if "chief" not in words:
        return [key]
    others = [" ".join(sorted({*(word for word in words if word != "chief"), each})) for each in _CHIEFS]
    return [key, *others]


def _noun(phrase: Phrase) -> str:
    return phrase.noun.noun if phrase.noun else ""


def _days(spell: Spell) -> str:
    return f"{spell.title} {spell.start} to {spell.end or 'at least ' + spell.until}"


def _usual_country(person: Person) -> str | None:
    countries = Counter(spell.country for spell in person.spells if spell.country)
    return countries.most_common(1)[0][0] if countries else None


def _kind_of(entry: Entry) -> Kind:
    return "ORG" if entry.kind in ("body", "seat") else "NORP" if entry.kind in ("adjective", "people") else "GPE"


def _shared(entries: Sequence[Entry]) -> tuple[str, ...]:
    return entries[0].sectors if len({each.sectors for each in entries}) == 1 else ()


def _described_kind(noun: RoleNoun, *, plural: bool) -> Kind:
    if noun.form == "machine":
        return "WEAPON"
    return "ORG" if noun.body else "GROUP" if plural else "PERSON"
