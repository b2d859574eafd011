"""All rooms in their order: articles → coded articles.

Enters: articles, or inputs for a pool of processes to read (`pool`). Leaves: coded articles, each a pure function
of article, model, registry and codebook. Never: files of its own.
"""

from communique.pipeline.coder import Coder

__all__ = ["Coder"]
