"""All rooms in their order: articles → coded articles.

Enters: articles. Leaves: coded articles, each a pure function of article, model, registry and codebook. Never: files.
"""

from communique.pipeline.coder import Coder

__all__ = ["Coder"]
