"""Ids of what is stored: digests of content, so that the same thing has the same id on every day and machine."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from communique.records import CodedArticle, Event, Participant, Problem, Statement


def digest(parts: Iterable[object], *, length: int = 32) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of `parts`, each kept apart from the next."""
    told = _told(parts)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _told(parts: Iterable[object]) -> str:
    return "".join([f"{len(text)}:{text}" for text in map(str, parts)])


# What ids are made of are codes and places, the same ones over and over. Typed, for 1 and 1.0 are written differently.
@lru_cache(maxsize=1 << 16, typed=True)
def _piece(part: str | int | float | None) -> str:
    text = str(part)
    return f"{len(text)}:{text}"


def article_key(version: str, run: str) -> str:
    """The key of one version of an article under one way of coding."""
    return digest(["article", version, run])


def problem_key(problem: Problem) -> str:
    """The key of an input that gave no article."""
    return digest(["problem", problem.step, problem.code, problem.place, problem.message])


def shard_key(keys: Iterable[str]) -> str:
    """The key of a shard: which rows it holds, whatever their order."""
    return digest(["shard", *sorted(keys)])


def event_ids(coded: CodedArticle) -> dict[str, str]:
    """Global id of each event by its id in the article: version, run, code and the spans that tell of it."""
    spans = _spans(coded)
    return _numbered(coded, [(event.id, _event_told(spans, event)) for event in coded.events])


def statement_ids(coded: CodedArticle) -> dict[str, str]:
    """Global id of each statement by its id in the article: version, run and the spans of its three parts."""
    spans = _spans(coded)
    return _numbered(coded, [(each.id, _statement_told(spans, each)) for each in coded.statements])


def _spans(coded: CodedArticle) -> dict[str, str]:
    """Where each mention stands, as it is told in ids."""
    return {each.id: _piece(each.span.start) + _piece(each.span.end) for each in coded.mentions}


def _numbered(coded: CodedArticle, told: list[tuple[str, str]]) -> dict[str, str]:
    # Two records of one article with the same words and code are told apart by which of them comes first.
    seen: dict[str, int] = {}
    found = {}
    # All records of an article begin with the same two parts, which are digested once.
    begun = hashlib.sha256(_told((coded.article.version, coded.run.id)).encode("utf-8", "surrogatepass"))
    for name, parts in told:
        whole = begun.copy()
        whole.update(parts.encode("utf-8", "surrogatepass"))
        content = whole.hexdigest()[:32]
        seen[content] = count = seen.get(content, 0) + 1
        found[name] = hashlib.sha256(f"32:{content}{_piece(count)}".encode()).hexdigest()[:16]
    return found


def _event_told(spans: Mapping[str, str], event: Event) -> str:
    code = ("event", event.type, event.mode, event.cameo, event.modality, event.trigger.start, event.trigger.end)
    sources, targets = _places(spans, event.sources), _places(spans, event.targets)
    return f"{''.join(map(_piece, code))}{sources}{_TO}{targets}"


def _statement_told(spans: Mapping[str, str], statement: Statement) -> str:
    cue = statement.cue
    speaker = _places(spans, (statement.speaker,))
    content = "".join([_piece(each.start) + _piece(each.end) for each in statement.content])
    return f"{_piece('statement')}{_piece(None if cue is None else cue.start)}{speaker}{_TO}{content}"


def _places(spans: Mapping[str, str], participants: tuple[Participant, ...]) -> str:
    return "".join([spans.get(each.mention, _NOWHERE) for each in participants])


_TO, _NOWHERE = _piece("→"), _piece(None) * 2
