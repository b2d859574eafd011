"""Files, folders, pages and standard input → `Article`s: main text, title, byline, outlet, date with its zone.

What enters: text (.txt .text .md) and HTML (.html .htm .xhtml) of unknown encoding. What leaves: an
:class:`~communique.records.Article` for each, its furniture cut off and listed with reasons, or one fatal
:class:`~communique.records.Problem` that says what was found, what is accepted and what to do. Ids are made from
content alone. Only `fetch` asks other machines, where it was told to. This room never invents a date.
"""

from typing import TYPE_CHECKING, Any

from communique.intake.inputs import Input
from communique.intake.plain import from_text

if TYPE_CHECKING:
    from communique.intake.folder import find_inputs, read_paths, take
    from communique.intake.page import from_html

__all__ = ["Input", "find_inputs", "from_html", "from_text", "read_paths", "take"]


def __getattr__(name: str) -> Any:
    # The HTML extractor takes a quarter of a second to import; whoever reads plain text never pays for it.
    if name in ("find_inputs", "read_paths", "take"):
        from communique.intake import folder

        return getattr(folder, name)
    if name == "from_html":
        from communique.intake.page import from_html

        return from_html
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
