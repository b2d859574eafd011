"""The corpus's marked sources and targets → weights of the scorer of roles: `python -m communique.training roles …`.

A multinomial logistic regression (none, source, target) over the features of `communique.events.roles`, fitted on the
training part with the trees and mentions that the program itself makes. A mention that shares the chain of a marked
party, but is not the one marked, teaches nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from communique.corpus import MarkedEvent, load_whole, split_of
from communique.encoder import Encoder
from communique.events.repair import repaired
from communique.events.roles import features
from communique.grounding import Grounding, Registry, ground
from communique.reading import read
from communique.records import Article, Mention, Span

_SEEN = 5  # times that a feature must be met to count
_STRENGTH = 0.3  # inverse strength of the regularisation, chosen on the development part
_LEAST = 0.03  # weights nearer to nothing are left out

Example = tuple[list[str], int]


def fit_roles(corpus: Path, reader: Path, out: Path) -> None:
    """Writes the weights, a JSON object of feature → [source, target], to `out`."""
    encoder, registry = Encoder.load(reader), Registry.load()
    articles, _, briefs = load_whole([corpus])
    examples: list[Example] = []
    for article in articles:
        if split_of(article.id) == "train":
            named = {(each.span, each.chain) for each in article.mentions}
            examples += _examples(ground(read(article.article, encoder), registry), article.events, named)
    for brief in briefs:
        if split_of(brief.home) == "train":
            text = Article(id=brief.id, version=brief.id, text=brief.text)
            examples += _examples(ground(read(text, encoder), registry), brief.events, set())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(weights(examples), ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def weights(examples: Sequence[Example]) -> dict[str, list[float]]:
    """The weights of source and target by feature, and their "bias"."""
    counts = Counter(name for names, _ in examples for name in names)
    names = sorted(name for name, count in counts.items() if count >= _SEEN)
    place = {name: number for number, name in enumerate(names)}
    rows = [sorted({place[name] for name in each if name in place}) for each, _ in examples]
    table = csr_matrix(
        (
            np.ones(sum(map(len, rows))),
            np.concatenate([np.array(row, dtype=np.int64) for row in rows]),
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(names)),
    )
    model = LogisticRegression(C=_STRENGTH, max_iter=300).fit(table, [label for _, label in examples])
    table_of_weights = model.coef_[1:] - model.coef_[0]
    bias = model.intercept_[1:] - model.intercept_[0]
    found = {"bias": [round(float(each), 3) for each in bias]}
    for name, number in place.items():
        pair = table_of_weights[:, number]
        if np.abs(pair).max() >= _LEAST:
            found[name] = [round(float(each), 3) for each in pair]
    return found


def _examples(grounding: Grounding, events: Iterable[MarkedEvent], named: Set[tuple[Span, str]]) -> Iterator[Example]:
    """Every mention of a trigger's sentence with its role: 0 none, 1 source, 2 target; `named` are marked mentions
    with their chains."""
    document = repaired(grounding.document)
    for event in events:
        inside = document.words_in(event.trigger)
        if not inside:
            continue
        trigger = inside[0].index
        for mention in document.mentions:
            if document.words[mention.head].sentence != inside[0].sentence or mention.head == trigger:
                continue
            role = _role(event, mention, named)
            if role is not None:
                acts = grounding.actor_of(mention.id) is not None
                yield list(features(document, trigger, mention, event.type, acts=acts)), role


def _role(event: MarkedEvent, mention: Mention, named: Set[tuple[Span, str]]) -> int | None:
    """The role of a found mention; None where it names a party that was marked elsewhere."""
    for role, parties in ((1, event.sources), (2, event.targets)):
        if any(mention.span.overlaps(party.mention) and _alike(mention, party.mention) for party in parties):
            return role
    elsewhere = any((mention.span, party.chain) in named for party in (*event.sources, *event.targets))
    return None if elsewhere else 0


def _alike(mention: Mention, span: Span) -> bool:
    """Whether two overlapping phrases are the same one rather than one inside the other."""
    shared = min(mention.span.end, span.end) - max(mention.span.start, span.start)
    return shared * 2 > max(len(mention.span), len(span))
