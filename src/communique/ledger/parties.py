"""Parties: how an article's actor stands in the ledger, and whether two of them are the same side."""

from functools import lru_cache

from communique.records import Actor, Party

# Sectors that speak and act for their state: a minister, an ambassador and an army chief make one side.
_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY", "COP"))
# Sectors of bodies that belong to no state, whatever else they are ("NATO": IGO, MIL).
_BODIES = frozenset(("IGO", "NGO", "ISM", "IMG", "MNC"))
# Words of a name that tell nothing apart.
_EMPTY = frozenset(("the", "a", "of", "and", "for", "in", "its", "his", "their", "new", "main", "other", "some"))


def party(actor: Actor) -> Party:
    """The actor as a party."""
    code = " ".join(part for part in (actor.country, *actor.sectors[:1]) if part)
    return Party(actor.name, code, actor.country, actor.sectors, actor.registry_id)


def is_state(one: Party) -> bool:
    """Whether the party acts for a state: by its sectors, or because nothing but a country is known of it."""
    if one.country is None and _BODIES & set(one.sectors):
        return False
    return bool(_STATE & set(one.sectors)) or (one.country is not None and not one.sectors)


@lru_cache(maxsize=1 << 18)
def same(one: Party, other: Party) -> float:
    """How surely two parties are one side, from 0 to 1.

    1 for the same country's state or the same registry row; less where one of them is known in part only; 0 for
    parties that differ in country, or a state and one of its non-state actors.
    """
    if one.registry_id is not None and one.registry_id == other.registry_id:
        return 1.0
    if _shares_name(one, other):
        return 1.0
    if _alike_group(one, other):
        return 0.5
    if is_state(one) != is_state(other):
        # "The company" and "the ministry" differ, but an actor without any code may yet be either.
        return 0.3 if not (one.code and other.code) else 0.0
    if one.country and other.country:
        if one.country != other.country:
            return 0.0
        return 1.0 if is_state(one) else (0.8 if set(one.sectors) & set(other.sectors) else 0.3)
    if is_state(one):
        return 0.7
    return 0.6 if set(one.sectors) & set(other.sectors) else 0.2


@lru_cache(maxsize=1 << 18)
def best(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    """How surely some party of one side is some party of the other; 0.5 where one side is not named."""
    return max((same(one, other) for one in ones for other in others), default=0.5)


def _shares_name(one: Party, other: Party) -> bool:
    """Whether the names are the same, one within the other, or share an acronym ("FNL rebels", "the FNL")."""
    if one.country and other.country and one.country != other.country:
        return False
    acronyms = {word for word in one.name.split() if word.isupper() and len(word) > 2}
    if acronyms & set(other.name.split()):
        return True
    mine, others = (_roots(each.name) for each in (one, other))
    if not mine or not others:
        return False
    proper = one.name[:1].isupper() and other.name[:1].isupper()
    return mine == others or (proper and not (one.code and other.code) and (mine <= others or others <= mine))


def _roots(name: str) -> frozenset[str]:
    # Six letters bring "Europeans" and "European" together.
    return frozenset(word.casefold()[:6] for word in name.split()) - _EMPTY


def _alike_group(one: Party, other: Party) -> bool:
    """Whether both are groups told by the same noun ("the rebels", "Tuareg rebels"), whatever country was guessed."""
    if is_state(one) or is_state(other) or one.registry_id or other.registry_id or not (one.name and other.name):
        return False
    return bool(set(one.sectors) & set(other.sectors)) and one.name.split()[-1] == other.name.split()[-1]
