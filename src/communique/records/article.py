"""`Article`: one news text with what is known of its origin."""

import datetime as dt
from dataclasses import dataclass, field

from communique.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the page that was cut as furniture, and why; `reason` is a stable code such as `share-line`."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article: main text only, title excluded, paragraphs separated by one blank line.

    `published` is ISO 8601 as the page states it ("2010-10-21T09:43+05:30", or a bare day "2010-10-21"),
    or None. `id` derives from the content's origin (URL, or outlet + day + title), `version` from id + text.
    `problems` are those of intake (no date, not English …); a page that cannot be read at all has no Article.
    """

    id: str
    version: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    removed: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def day(self) -> dt.date | None:
        """The calendar day of publication in the outlet's own zone, if stated."""
        if self.published is None:
            return None
        return dt.date.fromisoformat(self.published[:10])
