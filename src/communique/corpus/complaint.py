"""`Complaint`: what is wrong with a place in a corpus file, and what to write instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from communique.errors import CorpusError


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """`file` and `line` (from 1) say where; `message` what was found and what is accepted.

    `level` "error" breaks the format or a rule; "note" is something to look at.
    """

    file: str
    line: int
    message: str
    level: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.message}"


@dataclass
class Complaints:
    """A growing list of complaints about one file."""

    file: str
    found: list[Complaint] = field(default_factory=list)

    def error(self, line: int, message: str) -> None:
        """Adds an error."""
        self.found.append(Complaint(self.file, line, message))

    def note(self, line: int, message: str) -> None:
        """Adds a note."""
        self.found.append(Complaint(self.file, line, message, "note"))

    def source(self, path: Path) -> str:
        """The text of a file; empty, with an error, where it cannot be read."""
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.error(1, f"the file cannot be read as UTF-8 text: {error}")
            return ""

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Turns a `CorpusError` raised inside into an error at this line."""
        try:
            yield
        except CorpusError as error:
            self.error(line, str(error))
