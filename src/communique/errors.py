"""Every error that Communique raises on purpose.

    CommuniqueError
    ├── InputError            what was given cannot be read (file, page, encoding, option)
    ├── CodebookError         a codebook or lexicon file breaks its own rules
    ├── ModelError            weights are missing, altered or of another version
    ├── RegistryError         a registry file is missing, altered or of another version
    ├── ArchiveError          an archive is damaged, locked, newer than this program, or not an archive
    ├── CorpusError           an annotated file does not follow the corpus format
    ├── ScoringError          a hand-coded file does not follow the protocol of its kind
    └── ExtraError            a package of an extra is needed and not installed

A message says what was found, where (file and line, article and offsets), what is accepted, and
what to do next. Doors print it in one line; a traceback is never shown for bad input.
A bad *article* is not an error: it becomes a :class:`communique.records.Problem`.
"""


class CommuniqueError(Exception):
    """Root of all errors that are raised on purpose."""


class InputError(CommuniqueError):
    """What was given cannot be read."""


class CodebookError(CommuniqueError):
    """A codebook or lexicon file breaks its own rules."""


class ModelError(CommuniqueError):
    """Weights are missing, altered or of another version."""


class RegistryError(CommuniqueError):
    """A registry file is missing, altered or of another version."""


class ArchiveError(CommuniqueError):
    """An archive is damaged, locked, newer than this program, or not an archive."""


class CorpusError(CommuniqueError):
    """An annotated file does not follow the corpus format."""


class ScoringError(CommuniqueError):
    """A hand-coded file does not follow the protocol of its kind."""


class ExtraError(CommuniqueError, ImportError):
    """A package that the core does without is needed and not installed; an `ImportError` too."""


# What each extra is for, and the modules by whose absence it is known.
_EXTRAS = {
    "archive": ("archives and tables need", ("duckdb", "pyarrow")),
    "explore": ("the explorer needs", ("jinja2", "multipart", "python_multipart", "starlette", "uvicorn")),
    "mcp": ("the MCP server needs", ("mcp", "mcp_types")),
    "scale": ("coding on many machines needs", ("ray",)),
    "spacy": ("spaCy documents need", ("spacy",)),
}  # fmt: skip


# Packages that a user may have for a form of an answer, and what that form is.
_FORMS = {"pandas": "a pandas data frame", "polars": "a polars data frame"}


def lacking(error: ModuleNotFoundError) -> ExtraError | None:
    """What an import that failed means for a user, if it lacks a package of an extra: which, and how to get it."""
    name = (error.name or "").partition(".")[0]
    if name in _FORMS:
        return ExtraError(f"{_FORMS[name]} needs {name}, which is not installed: pip install {name}")
    for extra, (purpose, modules) in _EXTRAS.items():
        if name in modules:
            return ExtraError(f"{purpose} {name}, which is not installed: pip install 'communique[{extra}]'")
    return None
