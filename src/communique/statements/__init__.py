"""Statements: who said what, to whom, in which words.

What enters is a `Grounding`, what leaves are `Statement` records: speaker, cue, content, addressee, form, act. Marks
of quotation are read exactly (`marks`), words of saying come from a lexicon (`lexicon`), their content from the
dependency tree (`content`, `cues`), and the two are laid against each other (`quotations`, `bare`). Nothing here
decides what happened: an event inside a statement is the business of `events`, which asks `inside` whose words it
stands in.
"""

from communique.statements.finding import CONFIDENCE, find, inside
from communique.statements.lexicon import Cue, Lexicon, Phrase
from communique.statements.marks import Quotation, scan

__all__ = ["CONFIDENCE", "Cue", "Lexicon", "Phrase", "Quotation", "find", "inside", "scan"]
