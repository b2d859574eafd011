"""`Grounding`: a document whose mentions are tied to actors, places and calendar intervals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from communique.records import Actor, Document, Interval, Mention, Participant, Place


@dataclass(frozen=True)
class Grounding:
    """What the words of one document stand for.

    `document` is the document as read, its mentions refined: kinds corrected by the registry, times, titles and missed
    names added, chains set. `actors` are in order of their first mention. The three mappings are keyed by mention id;
    a mention that stands for nothing known is in none of them, and a mention may have both an actor and a place (the
    place of "in Islamabad" is in Pakistan, but nobody acts there). `parts` gives for the mention of a sum of several
    countries ("British and French forces") the mentions that name its parts.
    """

    document: Document
    actors: tuple[Actor, ...] = ()
    actor_ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    intervals: Mapping[str, Interval] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    _actors: dict[str, Actor] = field(init=False, repr=False, compare=False)
    _mentions: dict[str, Mention] = field(init=False, repr=False, compare=False)
    _chains: dict[str, tuple[Mention, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        chains: dict[str, list[Mention]] = {}
        for mention in self.document.mentions:
            if mention.chain is not None:
                chains.setdefault(mention.chain, []).append(mention)
        object.__setattr__(self, "_actors", {actor.id: actor for actor in self.actors})
        object.__setattr__(self, "_mentions", {mention.id: mention for mention in self.document.mentions})
        object.__setattr__(self, "_chains", {chain: tuple(found) for chain, found in chains.items()})

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id, if any."""
        return self._actors.get(actor_id)

    def actor_of(self, mention_id: str) -> Actor | None:
        """The actor that the mention names, describes or points back to, if any."""
        return self._actors.get(self.actor_ids.get(mention_id, ""))

    def place_of(self, mention_id: str) -> Place | None:
        """The place on the map that the mention names, if any."""
        return self.places.get(mention_id)

    def interval_of(self, mention_id: str) -> Interval | None:
        """The calendar interval that the mention names, if any."""
        return self.intervals.get(mention_id)

    def parts_of(self, mention_id: str) -> tuple[Participant, ...]:
        """Who the mention of a sum is made of, one for each country; nothing for other mentions."""
        return tuple(Participant(each, self.actor_ids.get(each)) for each in self.parts.get(mention_id, ()))

    def mention(self, mention_id: str) -> Mention | None:
        """The mention with this id, if any."""
        return self._mentions.get(mention_id)

    def chain(self, mention_id: str) -> tuple[Mention, ...]:
        """All mentions of the same referent in order of text; the mention alone where it has no chain."""
        mention = self._mentions.get(mention_id)
        if mention is None:
            return ()
        return self._chains.get(mention.chain, (mention,)) if mention.chain is not None else (mention,)

    def participant(self, word_index: int) -> Participant | None:
        """The mention headed by the word, with its actor (for pronouns through their chain); None without a mention."""
        mention = self.document.mention_at(word_index)
        if mention is None:
            return None
        return Participant(mention.id, self.actor_ids.get(mention.id))
