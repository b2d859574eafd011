"""The store: coded articles in, an archive that cannot be half written, tables out.

An archive is a folder. Its truth is Parquet files and a manifest; whatever answers a query is built from them anew.

    archive.json                           the format and its number
    data/<shard>-<table>-<digest>.parquet  the coded articles as they came (table `inputs`), and flat rows of them
    manifest/<shard>.json                  which of those files count; an entry appears whole or not at all
    staging/                               files on their way; worth nothing until they are committed
    writer.lock                            held by the one process that is committing

What enters are :class:`~communique.records.CodedArticle` and fatal :class:`~communique.records.Problem`; what leaves
are Arrow tables, or the coded articles exactly as they came. The store never codes, never asks the clock for an id or
an order, and never changes a committed file.
"""

from typing import TYPE_CHECKING, Any

from communique.errors import lacking

if TYPE_CHECKING:
    from communique.store.archive import Archive, Fault, Receipt

__all__ = ["Archive", "Fault", "Receipt"]


def __getattr__(name: str) -> Any:
    """Load the archive, and the two engines that it stands on, when somebody asks for it: flat rows need neither.

    Raises `ExtraError` where they are not installed.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from communique.store import archive
    except ModuleNotFoundError as error:
        raise lacking(error) or error from None
    return getattr(archive, name)
