"""Relations: answers of an archive that are asked for when they are needed, and events with their words at hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from communique.errors import lacking
from communique.records import CodedArticle, Span

if TYPE_CHECKING:
    import pandas
    import polars

Row = Mapping[str, Any]
# Rows that a notebook shows of an answer.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article and where they stand: `span` counts characters of the article's text."""

    span: Span
    text: str


class Relation:
    """Rows that are fetched when they are first asked for, and once.

    `arrow()`, `df()` (needs pandas) and `pl()` (needs polars) give tables; iterating gives rows. `len` counts them.
    """

    def __init__(self, fetch: Callable[[], pa.Table], view: Callable[[Row], Any] = dict) -> None:
        self._fetch, self._view = fetch, view

    @cached_property
    def _table(self) -> pa.Table:
        return self._fetch()

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self._table

    def df(self) -> "pandas.DataFrame":
        """The rows as a pandas data frame; codes stay text. Raises `ExtraError` where pandas is not installed."""
        try:
            import pandas  # noqa: F401  (Arrow would say less of what is missing)
        except ModuleNotFoundError as error:
            raise lacking(error) or error from None
        return self._table.to_pandas()

    def pl(self) -> "polars.DataFrame":
        """The rows as a polars data frame. Raises `ExtraError` where polars is not installed."""
        try:
            import polars
        except ModuleNotFoundError as error:
            raise lacking(error) or error from None
        return polars.from_arrow(self._table)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __repr__(self) -> str:
        if "_table" not in self.__dict__:
            return "<Relation, not asked for yet>"
        return f"<Relation of {len(self):,} rows: {', '.join(self._table.schema.names)}>"

    def _repr_html_(self) -> str:
        """The first rows as a table, for notebooks; lists of records are left out."""
        names = [each.name for each in self._table.schema if not pa.types.is_nested(each.type)]
        rows = self._table.select(names).slice(0, _SHOWN).to_pylist()
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        cells = (["" if value is None else escape(str(value)) for value in row.values()] for row in rows)
        body = "".join(f"<tr>{''.join(f'<td>{each}</td>' for each in row)}</tr>" for row in cells)
        told = f"<p>{len(rows):,} of {len(self):,} rows</p>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{told}"

    def __iter__(self) -> Iterator[Any]:
        for batch in self._table.to_batches(max_chunksize=256):
            for row in batch.to_pylist():
                yield self._view(row)

    def first(self) -> Any:
        """The first row, or None where there is none."""
        return next(iter(self), None)


class EventView(Mapping[str, Any]):
    """One event: a mapping of its columns, with `evidence` that gives for each field its words."""

    def __init__(self, row: Row, find: Callable[[str], CodedArticle | None]) -> None:
        self._row, self._find = row, find

    def __getitem__(self, name: str) -> Any:
        return self._row[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)

    def __repr__(self) -> str:
        return f"<{self['type']} {self['source'] or '?'} → {self['target'] or '?'}: {self['words']}>"

    @cached_property
    def article(self) -> CodedArticle | None:
        """The whole coded article that tells the event; None for an event that a person added."""
        return self._find(self["event"])

    @cached_property
    def evidence(self) -> Mapping[str, tuple[Quote, ...]]:
        """For each field ("trigger", "source", "target", "when", "where" …) the words that it rests on, in order of
        text. A field that rests on no words is not in it."""
        coded = self.article
        event = None if coded is None else next((each for each in coded.events if each.id == self["number"]), None)
        if coded is None or event is None:
            return {}
        mentions = {each.id: each.span for each in coded.mentions}
        found: dict[str, set[Span]] = {"trigger": {event.trigger}}
        for field, participants in (("source", event.sources), ("target", event.targets)):
            found.setdefault(field, set()).update(mentions[each.mention] for each in participants
                                                  if each.mention in mentions)  # fmt: skip
        for each in event.evidence:
            found.setdefault(each.field, set()).add(each.span)
        if event.where is not None:
            found.setdefault("where", set()).add(event.where.evidence)
        text = coded.article.text
        return {
            field: tuple(Quote(span, span.of(text)) for span in sorted(spans))
            for field, spans in found.items()
            if spans
        }
