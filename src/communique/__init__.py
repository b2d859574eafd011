"""Communique reads news and keeps the record of who said and did what to whom, in which words."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.library import Library

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: "str | Path") -> "Library":  # noqa: A001  (the word that a user expects)
    """The archive at `path`, ready to be asked for events, statements and the ledger.

    Raises `communique.errors.ArchiveError` where there is none.
    """
    from communique.library import open as opened

    return opened(path)
