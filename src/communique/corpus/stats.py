"""Coverage of a set of articles and rows: how much of everything there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.corpus.annotation import AnnotatedArticle, MarkedEvent
from communique.corpus.briefs import Brief
from communique.corpus.rows import Row
from communique.corpus.split import split_of
from communique.corpus.vocabulary import TYPES, modes_of


@dataclass(frozen=True)
class Coverage:
    """Counts over a corpus.

    `totals` are plain numbers by name; the tables count by value, most frequent first. `missing_modes` are modes of a
    type ("ASSAULT/drone") with fewer actual events than the floor.
    """

    totals: dict[str, int]
    tables: dict[str, Counter[str]] = field(default_factory=dict)
    missing_modes: dict[str, int] = field(default_factory=dict)


# The corpus plan: every mode at least twelve times among actual events.
MODE_FLOOR = 12


def count(articles: Sequence[AnnotatedArticle], rows: Sequence[Row] = (), briefs: Sequence[Brief] = ()) -> Coverage:
    """Counts articles, sentences, layers and their values; `actual` events are neither negated nor hypothetical …"""
    events = [event for article in articles for event in article.events]
    actual = [event for event in events if event.modality == "actual"]
    sentences = sum(len(article.sentences) for article in articles)
    without = sum(_without_event(article) for article in articles)
    totals = {
        "articles": len(articles),
        "sentences": sentences,
        "words": sum(len(article.text.split()) for article in articles),
        "sentences without event": without,
        "sentences without event, per cent": round(100 * without / sentences) if sentences else 0,
        "chains of two mentions or more": sum(_long_chains(article) for article in articles),
        "mentions": sum(len(article.mentions) for article in articles),
        "roles": sum(len(article.roles) for article in articles),
        "statements": sum(len(article.statements) for article in articles),
        "events": len(events),
        "events, actual": len(actual),
        "events, first tellings": sum(event.same is None for event in events),
        "ledger entries": sum(len(article.ledger) for article in articles),
        "ledger moves": sum(len(entry.moves) for article in articles for entry in article.ledger),
        "rows": len(rows),
        "rows, hard": sum(row.hard for row in rows),
        "briefs": len(briefs),
        "briefs, sentences": sum(len(brief.sentences) for brief in briefs),
        "briefs, events": sum(len(brief.events) for brief in briefs),
        "briefs, without event": sum(not brief.events for brief in briefs),
    }
    modes = Counter(f"{event.type}/{mode}" for event in actual for mode in event.modes)
    floor = [f"{type_}/{mode}" for type_ in TYPES for mode in modes_of(type_)]
    return Coverage(
        totals=totals,
        tables=_tables(articles, events, actual, rows, briefs) | {"modes of actual events": modes},
        missing_modes={name: modes[name] for name in floor if articles and modes[name] < MODE_FLOOR},
    )


def _tables(
    articles: Sequence[AnnotatedArticle],
    events: list[MarkedEvent],
    actual: list[MarkedEvent],
    rows: Sequence[Row],
    briefs: Sequence[Brief],
) -> dict[str, Counter[str]]:
    statements = [(article, each) for article in articles for each in article.statements]
    return {
        "types of actual events": Counter(event.type for event in actual),
        "labels under the PLV policy": Counter(event.plv for event in actual),
        "modality": Counter(event.modality for event in events),
        "contexts": Counter(context for event in events for context in event.contexts),
        "statement forms": Counter(each.form for _, each in statements),
        "statement acts": Counter(each.act for _, each in statements),
        "cues": Counter(
            each.cue.of(article.text).lower() if each.cue is not None else "(none)" for article, each in statements
        ),
        "kinds of mentions": Counter(mention.kind for article in articles for mention in article.mentions),
        "source countries": _countries(articles, "sources"),
        "target countries": _countries(articles, "targets"),
        "sectors of sources": _sectors(articles),
        "voices": Counter(article.voice for article in articles),
        "regions": Counter(article.region for article in articles),
        "decades": Counter(f"{(article.article.published or '')[:3]}0s" for article in articles),
        "parts": Counter(split_of(article.id) for article in articles),
        "sentences per article": Counter(_bin(len(article.sentences)) for article in articles),
        "ledger kinds": Counter(entry.kind for article in articles for entry in article.ledger),
        "row labels": Counter(row.label for row in rows),
        "row types, PLOVER 2.0": Counter(row.type for row in rows),
        "types of events in briefs": Counter(event.type for brief in briefs for event in brief.events),
    }


def _without_event(article: AnnotatedArticle) -> int:
    told = {article.sentence_at(event.trigger.start) for event in article.events}
    return len(article.sentences) - len(told)


def _long_chains(article: AnnotatedArticle) -> int:
    return sum(number > 1 for number in Counter(mention.chain for mention in article.mentions).values())


def _countries(articles: Sequence[AnnotatedArticle], side: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for article in articles:
        places = {chain.name: chain.country or (chain.sectors or ("",))[0] for chain in article.chains}
        for event in article.events:
            parties = event.sources if side == "sources" else event.targets
            found.update({places[party.chain] for party in parties if places[party.chain]})
    return found


def _sectors(articles: Sequence[AnnotatedArticle]) -> Counter[str]:
    found: Counter[str] = Counter()
    for article in articles:
        sectors = {chain.name: chain.sectors for chain in article.chains}
        for event in article.events:
            found.update({sector for party in event.sources for sector in sectors[party.chain][:1]})
    return found


def _bin(number: int) -> str:
    low = number // 5 * 5
    return f"{low:02d}-{low + 4:02d}"
