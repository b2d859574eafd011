"""Sphinx configuration: `make docs` builds the site from the Markdown here and from docstrings, without a network."""

import json
from collections.abc import Iterator
from typing import Any

from docutils.nodes import document
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx

from communique import __version__

project = "Communique"
author = "The Communique developers"
copyright = author  # noqa: A001  (Sphinx asks for this name)
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown", ".ipynb": "notebook"}
exclude_patterns = ["_build", "examples"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_preserve_defaults = True

# Warnings are errors, broken references to our own pages among them; links to other sites are not followed.
nitpicky = False
html_theme = "furo"
html_title = f"Communique {version}"
html_copy_source = False
html_show_sphinx = False


class NotebookParser(MystParser):
    """A notebook as a page: its text as it is written, its cells as code, and what they showed when they were run last
    (`python docs/notebooks/run.py`)."""

    supported = ("notebook",)

    def parse(self, inputstring: str, document: document) -> None:
        """Parse the notebook as the Markdown that it comes to."""
        cells = json.loads(inputstring)["cells"]
        super().parse("\n\n".join(block for cell in cells for block in _blocks(cell)), document)


def _blocks(cell: dict[str, Any]) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for shown in cell["outputs"]:
        data = shown.get("data", {})
        drawn = data.get("text/html") or data.get("image/svg+xml")
        if drawn:
            yield f"````{{raw}} html\n{''.join(drawn)}\n````"
        elif "text" in shown or "text/plain" in data:
            yield f"````text\n{''.join(shown.get('text') or data['text/plain'])}\n````"


def setup(app: Sphinx) -> None:
    """Called by Sphinx: notebooks are pages too."""
    app.add_source_parser(NotebookParser)
