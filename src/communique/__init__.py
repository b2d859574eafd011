"""Communique reads news and keeps the record of who said and did what to whom, in which words."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.library import Library, Reading

__version__ = "0.1.0"
__all__ = ["__version__", "open", "read"]


def open(path: "str | Path") -> "Library":  # noqa: A001  (the word that a user expects)
    """The archive at `path`, ready to be asked for events, statements and the ledger.

    Raises `communique.errors.ArchiveError` where there is none.
    """
    from communique.library import open as opened

    return opened(path)


def read(text: str, *, source: str = "") -> "Reading":
    """The article in `text` (headline, dateline and body as one string), coded with the shipped model and codebook.

    `source` is a file name or address to remember. The model is loaded at the first call and kept. Raises
    `communique.errors.InputError` for a text that is no English article. One news sentence as an example:

        communique.read("Lima\n\n3 May 2011\n\nPeru expelled the Libyan ambassador on Monday.").events
    """
    from communique.library import read as coded

    return coded(text, source=source)
