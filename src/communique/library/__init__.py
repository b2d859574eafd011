"""The library: one archive in use, with all that is derived from it, for programs and for the command line.

    library      `open`: events, happenings, stories, the ledger, corrections and runs of one archive
    deriving     coded articles → stories, happenings and the ledger as tables beside the archive
    relation     answers that are asked for when they are needed, as Arrow, pandas or polars
    correcting   a person's decision → a correction with all that follows from it
    differences  two runs → what came, went and changed, by cause
    series       events → counts by day, week or month
    reading      one text → one coded article, with its forms for notebooks and other programs

Enters: an archive. Leaves: relations and records. What is derived is made anew when the archive has changed since; the
archive's own rows are never changed.
"""

from communique.library.library import Library, open  # noqa: A004  (the word that a user expects)
from communique.library.reading import Reading, read
from communique.library.relation import EventView, Relation

__all__ = ["EventView", "Library", "Reading", "Relation", "open", "read"]
