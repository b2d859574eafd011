"""`ground`: the steps of this room in order, and their results as one `Grounding`."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from communique.grounding.actors import Referent, Resolver, settled
from communique.grounding.chains import Chains, link
from communique.grounding.registry import Registry
from communique.grounding.result import Grounding
from communique.grounding.scan import Hit, hits
from communique.records import Actor, Document, Interval, Kind, Mention, Span
from communique.records.actor import Status


def ground(document: Document, registry: Registry) -> Grounding:
    """Ties the mentions of a document to actors, places and calendar intervals, as of the article's day.

    The document comes back with mentions refined: names that the registry knows are mentions even where the reader
    missed them, expressions of time are mentions of their own, kinds are corrected, chains are set.
    """
    found = hits(document, registry)
    document = _with_names(document, found)
    resolver = Resolver(document, registry, found)
    referents: dict[str, Referent] = {}
    for mention in document.mentions:
        referent = resolver.referent(mention)
        if referent is not None:
            referents[mention.id] = referent
    chains = link(document, document.mentions, referents)
    actors, actor_ids = _actors(document.mentions, referents, chains)
    refined = tuple(_refined(mention, referents.get(mention.id)) for mention in document.mentions)
    document = replace(document, mentions=_chained(refined, chains))
    return Grounding(document, actors, MappingProxyType(actor_ids), MappingProxyType({}), MappingProxyType({}))


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
    number = max((int(mention.id[1:]) for mention in document.mentions if mention.id[1:].isdigit()), default=0)
    new = [Mention(f"m{number + place}", span, kind, head) for place, (span, kind, head) in enumerate(added, start=1)]
    ordered = sorted([*document.mentions, *new], key=lambda each: (each.span.start, -each.span.end))
    return replace(document, mentions=tuple(ordered))


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
        if not said:
            continue
        best = max(said, key=_weight)
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


def _refined(mention: Mention, referent: Referent | None) -> Mention:
    if referent is None or mention.kind == "PRONOUN":
        return mention
    return replace(mention, kind=referent.kind)


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
        chained.append(replace(mention, chain=name))
    return tuple(chained)


__all__ = ["Interval", "ground"]
