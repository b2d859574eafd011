"""`ground`: the steps of this room in order, and their results as one `Grounding`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from communique.grounding import places, times
from communique.grounding.actors import Referent, Resolver, settled
from communique.grounding.chains import Chains, link
from communique.grounding.registry import Registry
from communique.grounding.result import Grounding
from communique.grounding.scan import Hit, hits
from communique.grounding.settle import at_home, home, settle_counterparts, settle_countries, settle_possessions
from communique.grounding.titles import fold, surnames
from communique.records import Actor, Document, Interval, Kind, Mention, Place, Span
from communique.records.actor import Status

_TIMES = frozenset({"DATE", "TIME", "DURATION"})


def ground(document: Document, registry: Registry) -> Grounding:
    """Ties the mentions of a document to actors, places and calendar intervals, as of the article's day.

    The document comes back with mentions refined: names that the registry knows are mentions even where the reader
    missed them, expressions of time are mentions of their own, kinds are corrected, chains are set.
    """
    document, intervals = _with_times(document)
    found = hits(document, registry)
    document = _with_names(document, found)
    resolver = Resolver(document, registry, found)
    referents: dict[str, Referent] = {}
    for mention in document.mentions:
        referent = resolver.referent(mention) if mention.kind not in _TIMES else None
        if referent is not None:
            referents[mention.id] = referent
    _drop_titles(document, referents, resolver.titles)
    parts = _parted(document, referents, resolver)
    document = _with_surnames(document, referents)
    document = replace(
        document,
        mentions=tuple(_refined(document, mention, referents.get(mention.id)) for mention in document.mentions),
    )
    located = places.resolve(document, document.mentions, literal=lambda each: _literal(referents.get(each.id)))
    by_id = {mention.id: mention for mention in document.mentions}
    country = home(_named_countries(document, by_id, located, found, registry.words["shared"]))
    only = next(iter(resolver.lands)) if len(resolver.lands) == 1 else None
    settle_countries(document, by_id, referents, located, country or only, registry.words["rule"])
    settle_counterparts(document, document.mentions, referents, resolver)
    chains = link(document, document.mentions, referents, resolver.titles)
    settle_possessions(document, by_id, referents, chains)
    actors, actor_ids = _actors(document.mentions, referents, chains)
    if country is not None:
        sums = {actor_ids.get(mention) for mention in parts}
        actors = tuple(actor if actor.id in sums else at_home(actor, country) for actor in actors)
    actors = tuple(replace(each, country=registry.coded(each.country, resolver.day)) for each in actors)
    document = document.with_mentions(_chained(document.mentions, chains))
    return Grounding(
        document, actors, MappingProxyType(actor_ids), MappingProxyType(located), MappingProxyType(intervals),
        MappingProxyType(parts),
    )  # fmt: skip


def _parted(document: Document, referents: dict[str, Referent], resolver: Resolver) -> dict[str, tuple[str, ...]]:
    """Sums of several countries taken apart, in place: the mention of the whole → those of its adjectives, each of
    which then stands for its country's part."""
    found: dict[str, tuple[str, ...]] = {}
    for mention in document.mentions:
        whole = referents.get(mention.id)
        if whole is None or not whole.countries:
            continue
        parts = {}
        for index in document.subtree(mention.head):
            part = document.mention_at(index)
            known = referents.get(part.id) if part is not None and index < mention.head else None
            if part is not None and known is not None and known.kind == "NORP" and known.country in whole.countries:
                parts[known.country] = part
        if len(parts) == len(whole.countries):
            for country, part in parts.items():
                referents[part.id] = resolver.part(whole, document.words[part.head].form, country)
            found[mention.id] = tuple(part.id for part in parts.values())
    return found


def _named_countries(
    document: Document,
    mentions: Mapping[str, Mention],
    places: Mapping[str, Place],
    found: Sequence[Hit],
    shared: frozenset[str],
) -> list[str]:
    """The countries of places, and of states and bodies that the registry knows, in order of text; one a word. Names
    that bodies of several states bear (`shared`) tell of none."""
    at = {mentions[identity].head: place.country for identity, place in places.items() if place.country}
    for hit in found:
        countries = {entry.country for entry in hit.entries if entry.country}
        if (
            len(countries) == 1
            and fold(" ".join(each.form for each in document.words[hit.first : hit.last + 1])) not in shared
        ):
            at[hit.first] = countries.pop()
    return [at[index] for index in sorted(at)]


def _drop_titles(document: Document, referents: dict[str, Referent], titles: Mapping[int, str]) -> None:
    """What stands in a title beside a name is no actor of its own ("Secretary", "State"), but for bodies ("army")."""
    for mention in document.mentions:
        referent = referents.get(mention.id)
        if referent is None or titles.get(mention.head) in (None, mention.id) or not referent.noun:
            continue
        if referent.kind == "PERSON" or referent.noun in ("state", "country", "nation"):
            del referents[mention.id]


def _literal(referent: Referent | None) -> bool:
    """Whether a mention may be a place: it stands for nobody, or for a state, which is both."""
    return referent is None or not referent.acts or (referent.kind == "GPE" and not referent.seat)


def _with_times(document: Document) -> tuple[Document, dict[str, Interval]]:
    """The document with a mention for each expression of time, and the calendar intervals by mention id."""
    kept = list(document.mentions)
    number = _last_number(document)
    intervals: dict[str, Interval] = {}
    for time in times.find(document):
        inside = [word.index for word in document.words_in(time.span)]
        if not inside:
            continue
        head = next((index for index in inside if document.words[index].head not in inside), inside[-1])
        old = next((place for place, mention in enumerate(kept) if mention.head == head), None)
        if old is None:
            number += 1
            kept.append(Mention(f"m{number}", time.span, time.kind, head))
            identity = f"m{number}"
        else:
            kept[old] = replace(kept[old], span=time.span, kind=time.kind, chain=None)
            identity = kept[old].id
        if time.interval is not None:
            intervals[identity] = time.interval
    return _ordered(document, kept), intervals


def _with_names(document: Document, found: Sequence[Hit]) -> Document:
    """The document with a mention for each hit that heads none, ids going on from the reader's."""
    taken = {mention.head for mention in document.mentions}
    added: list[tuple[Span, Kind, int]] = []
    for hit in found:
        inside = range(hit.first, hit.last + 1)
        if taken & set(inside):
            continue
        head = next((index for index in inside if document.words[index].head not in inside), hit.last)
        span = Span(document.words[hit.first].span.start, document.words[hit.last].span.end)
        added.append((span, "PERSON" if hit.persons else "OTHER", head))
    if not added:
        return document
    number = _last_number(document)
    new = [Mention(f"m{number + place}", span, kind, head) for place, (span, kind, head) in enumerate(added, start=1)]
    return _ordered(document, [*document.mentions, *new])


def _with_surnames(document: Document, referents: dict[str, Referent]) -> Document:
    """The document with a mention for each bare surname of a person whom the article names in full, where the reader
    has none ("the Gates-Kayani meeting")."""
    people = {
        form: referent
        for referent in referents.values()
        if referent.kind == "PERSON" and referent.words
        for form in surnames(referent.words, referent.country or "")
    }
    taken = {mention.head for mention in document.mentions}
    number = _last_number(document)
    new: list[Mention] = []
    for word in document.words:
        if word.upos != "PROPN" or word.index in taken or not word.form[:1].isupper():
            continue
        if word.label == "flat" and document.words[word.index - 1].form not in ("-", "–"):
            continue
        referent = people.get(fold(word.form))
        if referent is not None and word.head not in {mention.head for mention in new}:
            number += 1
            new.append(Mention(f"m{number}", word.span, "PERSON", word.index))
            referents[f"m{number}"] = replace(referent, why=f"{word.form}: surname of {referent.name}")
    return _ordered(document, [*document.mentions, *new]) if new else document


def _last_number(document: Document) -> int:
    return max((int(mention.id[1:]) for mention in document.mentions if mention.id[1:].isdigit()), default=0)


def _ordered(document: Document, mentions: Sequence[Mention]) -> Document:
    return document.with_mentions(tuple(sorted(mentions, key=lambda each: (each.span.start, -each.span.end))))


def _actors(
    mentions: Sequence[Mention], referents: dict[str, Referent], chains: Chains
) -> tuple[tuple[Actor, ...], dict[str, str]]:
    """One actor per chain that stands for somebody, in order of first mention; and the actor of each mention."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(chains.of(mention.id), []).append(mention)
    actors: list[Actor] = []
    actor_ids: dict[str, str] = {}
    for group in groups.values():
        said = [referents[mention.id] for mention in group if mention.id in referents and referents[mention.id].acts]
        if not any(each.sectors or each.country or each.words or each.candidates or each.plural for each in said):
            continue
        named = [referents[each.id] for each in group if each.id in referents and referents[each.id].ident]
        best = max([*said, *named], key=_weight)
        for other in said:
            best = settled(best, other)
        identity = f"a{len(actors) + 1}"
        actors.append(
            Actor(identity, best.name, best.country, best.sectors, best.role, best.ident, _status(best),
                  tuple(mention.id for mention in group), best.why, best.candidates)
        )  # fmt: skip
        actor_ids.update((mention.id, identity) for mention in group)
    return tuple(actors), actor_ids


def _weight(referent: Referent) -> tuple[bool, bool, bool, int]:
    """What makes a mention the one that names its chain: a registry row, a name, a country, length."""
    return referent.ident is not None, bool(referent.words), referent.country is not None, len(referent.role or "")


def _status(referent: Referent) -> Status:
    if referent.candidates and referent.ident is None:
        return "country-only" if referent.country else "unresolved"
    if referent.ident is not None or (referent.country and referent.sectors):
        return "resolved"
    return "country-only" if referent.country else "unresolved"


def _refined(document: Document, mention: Mention, referent: Referent | None) -> Mention:
    if referent is None or mention.kind == "PRONOUN":
        return mention
    kind = referent.kind
    if kind == "PERSON" and document.words[mention.head].label == "nmod:desc":
        kind = "ROLE"
    return mention if kind == mention.kind else Mention(mention.id, mention.span, kind, mention.head, mention.chain)


def _chained(mentions: Sequence[Mention], chains: Chains) -> tuple[Mention, ...]:
    """Chains numbered in order of text; a mention alone in its chain has none."""
    sizes: dict[str, int] = {}
    for mention in mentions:
        sizes[chains.of(mention.id)] = sizes.get(chains.of(mention.id), 0) + 1
    numbers: dict[str, str] = {}
    chained = []
    for mention in mentions:
        first = chains.of(mention.id)
        name = numbers.setdefault(first, f"c{len(numbers) + 1}") if sizes[first] > 1 else None
        if name != mention.chain:
            mention = Mention(mention.id, mention.span, mention.kind, mention.head, name)
        chained.append(mention)
    return tuple(chained)
