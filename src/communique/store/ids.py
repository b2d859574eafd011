"""Ids of what is stored: digests of content, so that the same thing has the same id on every day and machine."""

import hashlib
from collections.abc import Iterable, Mapping

from communique.records import CodedArticle, Event, Participant, Problem, Span, Statement


def digest(parts: Iterable[object], *, length: int = 32) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of `parts`, each kept apart from the next."""
    told = _told(parts)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _told(parts: Iterable[object]) -> str:
    return "".join([f"{len(text)}:{text}" for text in map(str, parts)])


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
    spans = {mention.id: mention.span for mention in coded.mentions}
    return _numbered(coded, [(event.id, _event_parts(spans, event)) for event in coded.events])


def statement_ids(coded: CodedArticle) -> dict[str, str]:
    """Global id of each statement by its id in the article: version, run and the spans of its three parts."""
    spans = {mention.id: mention.span for mention in coded.mentions}
    return _numbered(coded, [(each.id, _statement_parts(spans, each)) for each in coded.statements])


def _numbered(coded: CodedArticle, told: list[tuple[str, list[object]]]) -> dict[str, str]:
    # Two records of one article with the same words and code are told apart by which of them comes first.
    seen: dict[str, int] = {}
    found = {}
    # All records of an article begin with the same two parts, which are digested once.
    begun = hashlib.sha256(_told((coded.article.version, coded.run.id)).encode("utf-8", "surrogatepass"))
    for name, parts in told:
        whole = begun.copy()
        whole.update(_told(parts).encode("utf-8", "surrogatepass"))
        content = whole.hexdigest()[:32]
        seen[content] = seen.get(content, 0) + 1
        found[name] = digest((content, seen[content]), length=16)
    return found


def _event_parts(spans: Mapping[str, Span], event: Event) -> list[object]:
    return [
        "event", event.type, event.mode, event.cameo, event.modality, event.trigger.start, event.trigger.end,
        *_places(spans, event.sources), "→", *_places(spans, event.targets),
    ]  # fmt: skip


def _statement_parts(spans: Mapping[str, Span], statement: Statement) -> list[object]:
    cue = statement.cue
    content = [place for each in statement.content for place in (each.start, each.end)]
    return ["statement", None if cue is None else cue.start, *_places(spans, (statement.speaker,)), "→", *content]


def _places(spans: Mapping[str, Span], participants: tuple[Participant, ...]) -> list[object]:
    found = [spans.get(each.mention) for each in participants]
    return [place for span in found for place in ((None, None) if span is None else (span.start, span.end))]
