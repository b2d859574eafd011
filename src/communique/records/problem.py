"""`Problem`: what went wrong with an article; a bad article becomes a row, never an exit."""

from dataclasses import dataclass

from communique.records.span import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One difficulty with one input.

    `code` is stable and lower-case with hyphens ("no-date", "not-english", "empty-file"); `message` is one
    sentence for a person; `step` is the room that met it ("intake", "reading" …); `place` is the file, URL or
    article id; `fatal` says that the input gave no article.
    """

    code: str
    message: str
    step: str
    place: str = ""
    fatal: bool = False
    spans: tuple[Span, ...] = ()
