"""Grounding: mention + date of the article → actor, place, calendar interval; or abstention, with the candidates.

What enters is a `Document` as `reading` leaves it and the `Registry`; what leaves is a `Grounding`. Nothing here
decides what happened, and nothing is looked up outside the package.
"""

from communique.grounding.compose import ground
from communique.grounding.registry import Registry
from communique.grounding.result import Grounding

__all__ = ["Grounding", "Registry", "ground"]
