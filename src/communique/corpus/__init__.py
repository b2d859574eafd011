"""The corpus room: annotated files in `corpus/` → articles with spans, their checks, counts, agreement and split.

Enters: plain files after `corpus/FORMAT.md`. Leaves: :class:`AnnotatedArticle`, rows with a marked pair, briefs,
complaints, tables. Never: changes a file, knows a parser or a model.
"""

from communique.corpus.agree import Measure, compare
from communique.corpus.annotation import (
    AnnotatedArticle,
    Chain,
    LedgerMark,
    MarkedEvent,
    MarkedMention,
    MarkedStatement,
    MoveMark,
    Party,
    RoleMark,
)  # fmt: skip
from communique.corpus.briefs import Brief, load_briefs, read_briefs
from communique.corpus.check import Checked, check, load_annotated, load_whole
from communique.corpus.complaint import Complaint
from communique.corpus.parse import Reading, load, read, read_text
from communique.corpus.rows import Row, load_rows, read_rows
from communique.corpus.split import part_of_row, split_of
from communique.corpus.stats import count

__all__ = [
    "AnnotatedArticle", "Brief", "Chain", "Checked", "Complaint", "LedgerMark", "MarkedEvent", "MarkedMention",
    "MarkedStatement", "Measure", "MoveMark", "Party", "Reading", "RoleMark", "Row", "check", "compare",
    "count", "load", "load_annotated", "load_briefs", "load_rows", "load_whole", "part_of_row", "read", "read_briefs",
    "read_rows", "read_text", "split_of",
]  # fmt: skip
