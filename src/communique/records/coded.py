"""`CodedArticle`: an article with everything that was found in it."""

from dataclasses import dataclass

from communique.records.actor import Actor
from communique.records.article import Article
from communique.records.event import Event
from communique.records.mention import Mention
from communique.records.problem import Problem
from communique.records.run import Run
from communique.records.statement import Statement


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """The whole result for one article; its outside form is made by :func:`communique.records.contract.to_contract`."""

    run: Run
    article: Article
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
