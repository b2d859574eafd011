"""`Input`: one thing that may hold an article, found but not yet read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """A file at `path`, or the bytes `data` where there is no file of its own; `place` names it in messages.

    `suffix` (".html", ".md", …) tells what it is, as the ending of a file's name does; "" leaves it to the first tag.
    """

    place: str
    path: str | None = None
    data: bytes = b""
    suffix: str = ""
