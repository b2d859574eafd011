"""The library: one archive in use, with all that is derived from it, for programs and for the command line.

    library      `open`: events, happenings, stories, the ledger, corrections and runs of one archive
    deriving     coded articles → stories, happenings and the ledger as tables beside the archive
    relation     answers that are asked for when they are needed, as Arrow, pandas or polars
    deciding     an article as people have corrected it, for the ledger
    correcting   a person's decision → a correction with all that follows from it
    differences  two runs → what came, went and changed, by cause
    series       events → counts by day, week or month
    reading      one text → one coded article, with its forms for notebooks and other programs
    component    the coder as a component of a spaCy pipeline
    returning    what people annotated in another program → corrections

Enters: an archive. Leaves: relations and records. What is derived is made anew when the archive has changed since; the
archive's own rows are never changed.
"""

from typing import TYPE_CHECKING, Any

from communique.errors import lacking
from communique.library.reading import Reading, read

if TYPE_CHECKING:
    from communique.library.library import Library, open  # noqa: A004  (the word that a user expects)
    from communique.library.relation import EventView, Relation

__all__ = ["EventView", "Library", "Reading", "Relation", "open", "read"]


def __getattr__(name: str) -> Any:
    """Load what stands on an archive when somebody asks for it: reading one text needs none.

    Raises `ExtraError` where the packages of archives are not installed.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from communique.library import library, relation
    except ModuleNotFoundError as error:
        raise lacking(error) or error from None
    return getattr(relation if hasattr(relation, name) else library, name)
