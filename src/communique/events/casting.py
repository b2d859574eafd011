"""Who takes part, by frame, tree and model together.

What enters are the sides that the lexicon's frame gives; what leaves are the sides that hold when each mention of the
sentence is asked three voices: the frame, the scorer of roles over the tree, and the model's link. The model alone may
also name somebody of another sentence.
"""

from communique.events.participants import Parties, Party, Sides
from communique.events.roles import ROLES, Roles
from communique.events.weigh import linked
from communique.grounding import Grounding
from communique.records import Document, Mention, Sign


class Casting:
    """Settles the sides of the triggers of one document."""

    def __init__(self, document: Document, grounding: Grounding, parties: Parties) -> None:
        self._document, self._grounding, self._parties = document, grounding, parties
        self._roles = Roles.load()

    def settle(self, trigger: int, kind: str, sign: Sign, sides: Sides, *, firm: bool) -> Sides:
        """The sides of a trigger of a type; nobody is on both, unless the words say "himself".

        A `firm` frame, one of mutual acts or with conditions of its own, knows its parties wherever they stand.
        """
        near = self._near(trigger, kind)
        sources, targets = (
            self._cast(role, sign, ruled, near, firm=firm)
            for role, ruled in zip(ROLES, (sides.sources, sides.targets), strict=True)
        )
        both = sources.keys() & targets.keys()
        aside = {
            name for name in both
            if sources[name][0] >= targets[name][0] and not self._parties.reflexive(targets[name][1])
        }  # fmt: skip
        return Sides(
            tuple(party for name, (_, party) in sources.items() if name in aside or name not in both),
            tuple(party for name, (_, party) in targets.items() if name not in aside),
        )

    def _near(self, trigger: int, kind: str) -> dict[int, tuple[Mention, dict[str, float]]]:
        """The mentions of the trigger's sentence by head word, with their log-odds by the tree."""
        sentence = self._document.sentence_of(trigger)
        found: dict[int, tuple[Mention, dict[str, float]]] = {}
        for index in range(sentence.first, sentence.last):
            mention = self._document.mention_at(index)
            if mention is not None and index != trigger:
                acts = self._grounding.actor_of(mention.id) is not None
                found[index] = mention, self._roles.odds(self._document, trigger, mention, kind, acts=acts)
        return found

    def _cast(
        self,
        role: str,
        sign: Sign,
        ruled: tuple[Party, ...],
        near: dict[int, tuple[Mention, dict[str, float]]],
        *,
        firm: bool,
    ) -> dict[str | None, tuple[float, Party]]:
        """Who fills a role, by actor, with the log-odds that he does; the frame's parties first."""
        found: dict[str | None, tuple[float, Party]] = {}
        framed: set[int] = set()
        for party in ruled:
            names = self._naming(party)
            framed.update(names)
            by_tree = max((near[each][1][role] for each in names if each in near), default=None)
            if firm or not party.direct:  # `not direct`: the frame has a thing there that stands for its owner
                by_tree = max(by_tree or 0.0, 0.0)
            odds = linked(sign, role, names, by_tree=by_tree, by_frame=True)
            if odds > 0:
                found[party.participant.actor] = odds, party
        held = [each.span for each in ruled]
        for word in sorted((near.keys() | sign.links.get(role, {}).keys()) - framed):
            inside = near[word][0].span if word in near else self._document.words[word].span
            if any(span.contains(inside) or inside.contains(span) for span in held):
                continue  # "the United States coast guard" acts, not the United States beside it
            by_tree = near[word][1][role] if word in near else None
            odds = linked(sign, role, (word,), by_tree=by_tree, by_frame=False)
            for party in self._parties.able(word, owners=False) if odds > 0 else ():
                found.setdefault(party.participant.actor, (odds, party))
                held.append(party.span)
        return found

    def _naming(self, party: Party) -> tuple[int, ...]:
        """Words that name a party where it stands."""
        mention = self._grounding.mention(party.participant.mention)
        return (party.word,) if mention is None or not party.direct else (party.word, mention.head)
