"""The codebook room: YAML tables and the predicate lexicon → one validated, frozen `Codebook`.

Enters: the folder `codebook/data` (or a user's own). Leaves: :class:`Codebook`. Never: reads an article, knows a parser
or a model.
"""

from communique.codebook.codebook import Codebook
from communique.codebook.frames import Frame, Predicate, Tag
from communique.codebook.own import Marked, OwnType, OwnTypes
from communique.codebook.tables import CameoEntry, ContextEntry, ModeEntry, PolicyEntry, SectorEntry, TypeEntry

__all__ = [
    "CameoEntry", "Codebook", "ContextEntry", "Frame", "Marked", "ModeEntry", "OwnType", "OwnTypes", "PolicyEntry",
    "Predicate", "SectorEntry", "Tag", "TypeEntry",
]  # fmt: skip
