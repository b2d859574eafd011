"""The nouns of Communique: frozen, typed, without input or output; one file per noun."""

from communique.records.actor import Actor, Participant
from communique.records.article import Article, Removed
from communique.records.coded import CodedArticle
from communique.records.contract import SCHEMA, from_contract, to_contract
from communique.records.correction import Change, Correction, CorrectionKind
from communique.records.document import Document, Sentence, Word
from communique.records.event import Event, EventType, Evidence, Interval, Modality, Place, Quad
from communique.records.ledger import EntryKind, LedgerEntry, LedgerMove, MoveKind, Party, Report
from communique.records.mention import Kind, Mention
from communique.records.problem import Problem
from communique.records.run import Run
from communique.records.sign import Sign
from communique.records.span import Span
from communique.records.statement import Form, Statement
from communique.records.story import Happening, Joint, Story

__all__ = [
    "SCHEMA", "Actor", "Article", "Change", "CodedArticle", "Correction", "CorrectionKind", "Document", "EntryKind",
    "Event", "EventType", "Evidence", "Form", "Happening", "Interval", "Joint", "Kind", "LedgerEntry", "LedgerMove",
    "Mention", "Modality", "MoveKind", "Participant", "Party", "Place", "Problem", "Quad", "Removed", "Report", "Run",
    "Sentence", "Sign", "Span", "Statement", "Story", "Word", "from_contract", "to_contract",
]  # fmt: skip
