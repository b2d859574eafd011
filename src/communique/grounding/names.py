"""A personal name as it is written, with its title → the person in the registry, on the day of the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import JaroWinkler

from communique.grounding.phrases import Phrase, Phrases
from communique.grounding.registry import Person, Registry
from communique.grounding.scan import Hit
from communique.grounding.titles import LEADER, SENIOR, fold, sounds, surnames
from communique.records import Document, Mention, Word

# Likeness (Jaro-Winkler, 0 to 1) of a surname or given name to count as a misspelling of it; asked for only where the
# office agrees, or where nobody else of that surname is in office.
_ALIKE = 0.88
_GIVEN_ALIKE = 0.70
# Points by which the best candidate of a name must lead the next.
_MARGIN = 2
# Bearers of prominent offices from which a surname is too common to stand for one of them without a sign.
_COMMON = 4
_SOUNDING_GIVEN = 0.85  # likeness of given names where surnames sound alike
_TITLE_TAGS = frozenset({"NOUN", "PROPN", "ADJ"})
_HYPHENS = frozenset({"-", "–"})
# Sectors of ranks and forms of address that are no office ("Gen", "Mr", "Professor").
_RANKS = frozenset({"", "MIL", "EDU"})


@dataclass(frozen=True, slots=True)
class Written:
    """A name in the text: `text` and `folded` without title, `surname` folded, the `title` beside it, the sector that a
    rank or form of address implies (`rank`, "" for "Mr"), and the indices of all words of titles (`beside`)."""

    text: str
    folded: str
    surname: str
    title: Phrase | None
    rank: str = ""
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The person, or None with the candidates between whom we abstain; `why` in a few words."""

    person: Person | None
    why: str = ""
    candidates: tuple[Person, ...] = ()


def written(document: Document, phrases: Phrases, mention: Mention, hit: Hit | None) -> Written | None:
    """The name headed by the mention's head word; None where the words are a bare title or no name."""
    first, last = (hit.first, hit.last) if hit else _name_words(document, phrases, mention)
    if first > last:
        return None
    if hit is None and last == first + 2 and _pair(document.words[first : last + 1], phrases.registry):
        last = first
    words = document.words[first : last + 1]
    text = document.text[words[0].span.start : words[-1].span.end]
    folded = fold(text)
    if not folded or folded in phrases.registry.honorifics:
        return None
    before, rank, start = _before(document, phrases, first)
    title = phrases.of_title(before) if before else None
    after = _after(document, phrases, last)
    described = phrases.of_title(after) if after else None
    ahead = _before_comma(document, phrases, start) if title is None and described is None else []
    if ahead:
        title = phrases.of_title(ahead)
    beside = frozenset(word.index for word in (*before, *after, *ahead)) | frozenset(range(start, first))
    return Written(text, folded, folded.split()[-1], _joined(title, described), rank or "", beside)


def resolve(
    name: Written, registry: Registry, day: str | None, countries: Mapping[str, int], full: Sequence[Person]
) -> Found:
    """The person meant; `full` are those who go by the whole name, `countries` those that the article names."""
    if full and " " in name.folded:
        return _best(name, full, day, countries, alone=False)
    if full and len(full) == 1:
        return Found(full[0], "by a name that stands alone")
    by_office = _by_office(name, registry, day, countries)
    if by_office.person or by_office.candidates:
        return by_office
    if " " in name.folded:
        found = _variant(name, registry, day, countries)
        return found if found.person else _sounding(name, registry, day)
    bearers = registry.surnamed(name.folded)
    prominent = [
        person for person in bearers
        if _may_stand_alone(person, day, countries, name, common=len(bearers) > _COMMON)
    ]  # fmt: skip
    return _best(name, prominent, day, countries, alone=True) if prominent else Found(None)


def _best(
    name: Written, people: Sequence[Person], day: str | None, countries: Mapping[str, int], *, alone: bool
) -> Found:
    scored = sorted(((_points(name, person, day, countries), person.id, person) for person in people), reverse=True)
    scored = [each for each in scored if each[0] >= 0]
    if not scored:
        return Found(None)
    best = scored[0]
    if len(scored) > 1 and best[0] - scored[1][0] < _MARGIN:
        return Found(None, f"{name.text}: {len(scored)} persons go by this name", tuple(each[2] for each in scored[:5]))
    famous = best[2].weight <= SENIOR and len(scored) == 1
    if best[0] < 2 and not famous:
        return Found(None, f"{name.text}: one person goes by this name, without any other sign", (best[2],))
    return Found(best[2], "by surname alone" if alone else "by full name")


def _points(name: Written, person: Person, day: str | None, countries: Mapping[str, int]) -> int:
    """How much speaks for the person; negative where the title speaks against."""
    held = person.held(day)
    points = max((6 - spell.weight for spell in held), default=0)
    theirs = {spell.country for spell in person.spells}
    title = name.title
    if title is not None:
        if title.country and title.country not in theirs and None not in theirs:
            return -1
        if any(spell.key == title.key for spell in held):
            points += 8
        elif any(spell.key == title.key for spell in person.spells):
            points += 3
        if title.country and title.country in theirs:
            points += 3
    if theirs & set(countries):
        points += 2
    return points


def _by_office(name: Written, registry: Registry, day: str | None, countries: Mapping[str, int]) -> Found:
    """Holders of the office in the title whose surname is the one written, or close to it."""
    title = name.title
    if title is None or not title.key:
        return Found(None)
    asked: list[str | None] = [*title.countries] or [title.body.country] if title.body else [*title.countries]
    if not asked:
        asked = [*dict.fromkeys([*countries, None])]
    found: dict[str, Person] = {}
    exact = False
    for country in asked:
        for person, _ in registry.holders(title.key, day, country=country):
            known = surnames(fold(person.name), country or "")
            if name.surname in known or name.folded in known:
                if not exact:
                    found, exact = {}, True
                found[person.id] = person
            elif (
                not exact
                and title.countries
                and JaroWinkler.similarity(name.surname, fold(person.name).split()[-1]) >= _ALIKE
            ):
                found[person.id] = person
    people = tuple(found.values())
    if len(people) == 1:
        how = "office and surname" if exact else "office, and a surname spelt nearly so"
        return Found(people[0], how) if _given_fits(name, people[0], registry) else Found(None)
    return Found(None, f"{name.text}: several holders of the office", people) if people else Found(None)


def _given_fits(name: Written, person: Person, registry: Registry) -> bool:
    if " " not in name.folded:
        return True
    one, other = name.folded.split()[0], fold(person.name).split()[0]
    return registry.given_alike(one, other) or JaroWinkler.similarity(one, other) >= _GIVEN_ALIKE


def _variant(name: Written, registry: Registry, day: str | None, countries: Mapping[str, int]) -> Found:
    """A full name that nobody bears exactly: the one prominent holder of the surname with a given name that may be the
    same, from a country of the article."""
    given = name.folded.split()[0]
    people = []
    for person in registry.surnamed(name.surname):
        other = fold(person.name).split()
        theirs = {spell.country for spell in person.held(day)}
        if len(other) > 1 and theirs & set(countries) and registry.given_alike(given, other[0]):
            people.append(person)
    if len(people) == 1 and (
        name.title is None or name.title.country in (None, *(s.country for s in people[0].spells))
    ):
        return Found(people[0], "by surname and another form of the given name")
    return Found(None)


def _sounding(name: Written, registry: Registry, day: str | None) -> Found:
    """A full name in another spelling ("Condoleeza Rice", "Ahmadi-Nejad"): the one person in high office on the day
    whose surname sounds so and whose given name is near it."""
    first, *rest = name.folded.split()
    forms = dict.fromkeys(("".join(rest), rest[-1]))
    people = {}
    for form in forms:
        for person in registry.sounding(form):
            given = fold(person.name).split()[0]
            near = sounds(given) == sounds(first) or JaroWinkler.similarity(given, first) >= _SOUNDING_GIVEN
            if near and any(spell.weight <= SENIOR for spell in person.held(day)) and len(form) > 3:
                people[person.id] = person
    if len(people) != 1:
        return Found(None)
    (person,) = people.values()
    asked = name.title.country if name.title else None
    return Found(person, "by a spelling that sounds so") if asked in (None, *_lands(person)) else Found(None)


def _lands(person: Person) -> set[str | None]:
    return {spell.country for spell in person.spells}


def _may_stand_alone(
    person: Person, day: str | None, countries: Mapping[str, int], name: Written, *, common: bool
) -> bool:
    """Whether the news may call the person by surname without introduction on that day: a leader whose surname few
    bear, or a senior one by his rank ("General Petraeus", "Secretary Clinton") or with his country in the article."""
    held = person.held(day)
    if not held or held[0].weight > SENIOR:
        return False
    if any(spell.country in countries for spell in held):
        return True
    title = name.title.key if name.title else ""
    if title == "secretary":
        return any(spell.title.startswith("Secretary of") for spell in held)
    if name.rank == "MIL":
        return any("MIL" in spell.sectors for spell in held)
    titled = bool(title) and any(spell.key == title for spell in held)
    return held[0].weight == LEADER and (titled or not common)


def _name_words(document: Document, phrases: Phrases, mention: Mention) -> tuple[int, int]:
    """First and last word of a name that no hit covers: the head and the proper nouns that stand with it."""
    words, head = document.words, mention.head
    sentence = document.sentence_of(head)
    first = last = head
    while last + 1 < sentence.last and _continues(words[last + 1], words[last], phrases):
        last += 1
    while last > head and words[last].form in _HYPHENS:
        last -= 1
    while first > sentence.first and words[first - 1].upos == "PROPN" and _part_of_name(words[first - 1], phrases):
        first -= 1
    while first < last and _is_title_word(words[first], phrases):
        first += 1
    if phrases.noun(words[first : last + 1]) is not None:
        return 1, 0
    return first, last


def _pair(words: Sequence[Word], registry: Registry) -> bool:
    """Whether a hyphen joins two people ("the Gates-Kayani meeting")."""
    return words[1].form in _HYPHENS and all(registry.surnamed(fold(words[place].form)) for place in (0, 2))


def _continues(word: Word, before: Word, phrases: Phrases) -> bool:
    if word.index in phrases.hit_at:
        return False
    if word.upos == "PROPN" and word.form[:1].isupper():
        return word.label in ("flat", "compound", "nmod", "appos", "nsubj", "dep") and not _is_title_word(word, phrases)
    return word.form in _HYPHENS and before.span.end == word.span.start and word.label in ("punct", "flat")


def _part_of_name(word: Word, phrases: Phrases) -> bool:
    return word.index not in phrases.hit_at and not _is_title_word(word, phrases)


def _is_title_word(word: Word, phrases: Phrases) -> bool:
    form = fold(word.form)
    return form in phrases.registry.honorifics or phrases.noun([word]) is not None


def _before(document: Document, phrases: Phrases, first: int) -> tuple[list[Word], str | None, int]:
    """The words of a title before a name, the sector of a mere rank or form of address among them (None without one),
    and the index of the first word of it all."""
    words, sentence = document.words, document.sentence_of(first)
    position = first
    while position > sentence.first:
        word = words[position - 1]
        inside = position - 1 in phrases.hit_at and phrases.hit_at[position - 1].kind != "person"
        if not (inside or word.upos in _TITLE_TAGS or word.form in _HYPHENS or word.form.lower() in ("of", "for")):
            break
        if word.form in _HYPHENS and word.span.end != words[position].span.start:
            break
        position -= 1
    while position < first and words[position].form.lower() in ("of", "for", "-", "–"):
        position += 1
    title, rank = list(words[position:first]), None
    while title and fold(title[-1].form) in phrases.registry.honorifics:
        sector = phrases.registry.honorifics[fold(title[-1].form)]
        if sector not in _RANKS and phrases.noun(title[:-1]) is None:
            break
        title.pop()
        rank = rank or sector
    return title, rank, position


def _after(document: Document, phrases: Phrases, last: int) -> list[Word]:
    """The description after a name and a comma ("Robert Gates, the US defence secretary, said")."""
    words, sentence = document.words, document.sentence_of(last)
    if last + 2 >= sentence.last or words[last + 1].form != ",":
        return []
    stretch: list[Word] = []
    for word in words[last + 2 : min(sentence.last, last + 14)]:
        if word.upos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ") and word.form not in _HYPHENS:
            break
        if word.upos == "PRON" or (word.upos == "ADP" and word.form.lower() not in ("of", "for", "to", "in", "at")):
            break
        stretch.append(word)
    cut = next((n for n, word in enumerate(stretch) if word.upos == "ADP"), len(stretch))
    if cut == 0 or stretch[cut - 1].xpos in ("NNS", "NNPS") or phrases.noun(stretch[:cut]) is None:
        return []
    return [word for word in stretch if word.upos != "DET"]


def _before_comma(document: Document, phrases: Phrases, first: int) -> list[Word]:
    """The description before a comma and a name ("Chairman of the Joint Chiefs of Staff, Admiral Mike Mullen"), where
    it names an office that the registry knows."""
    words, sentence = document.words, document.sentence_of(max(first, 0)) if first >= 0 else None
    if sentence is None or first - 2 < sentence.first or words[first - 1].form != ",":
        return []
    position = first - 1
    while position > sentence.first:
        word = words[position - 1]
        inside = position - 1 in phrases.hit_at and phrases.hit_at[position - 1].kind != "person"
        if not (inside or word.upos in _TITLE_TAGS or word.form.lower() in ("of", "the", "for")):
            break
        position -= 1
    stretch = [word for word in words[position : first - 1] if word.form.lower() != "the"]
    phrase = phrases.of_title(stretch) if len(stretch) > 1 else None
    if phrase is None or phrase.noun is None or not phrase.key:
        return []
    known = any(phrases.registry.known_office(phrase.key, country) for country in phrase.countries)
    return stretch if known else []


def _joined(title: Phrase | None, after: Phrase | None) -> Phrase | None:
    """The title before the name, with the country of the one after it where it lacks one."""
    if title is None or title.noun is None:
        return after or title
    if after is None or after.noun is None or title.countries:
        return title
    return replace(title, countries=after.countries, body=title.body or after.body)
