"""Text windows → scores of every head, in one pass of one small neural model.

Enters: words. Leaves: scores per word and per pair of words, as numpy arrays. Never: decisions; those are the
reading's.
"""

from communique.encoder.model import ActScores, Encoder, Labels, Scorer, Scores
from communique.encoder.windows import Cutter, Token, Window

__all__ = ["ActScores", "Cutter", "Encoder", "Labels", "Scorer", "Scores", "Token", "Window"]
