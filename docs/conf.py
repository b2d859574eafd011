"""Sphinx configuration: `make docs` builds the site from the Markdown here and from docstrings, without a network."""

from communique import __version__

project = "Communique"
author = "The Communique developers"
copyright = author  # noqa: A001  (Sphinx asks for this name)
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
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
