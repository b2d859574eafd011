"""`Input`: one thing that may hold an article, found but not yet read; `Given`: what stands beside it."""

import dataclasses
import datetime as dt
import email.utils
from dataclasses import dataclass

from communique.intake import identity
from communique.records import Article


@dataclass(frozen=True, slots=True)
class Given:
    """What a table, feed or archive says of an article outside its text. It holds before what the text says."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server calls the state of a page: sent back to it, so that it sends only what has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A file at `path`, or the bytes `data` where there is no file of its own; `place` names it in messages.

    `suffix` (".html", ".md", …) tells what it is, as the ending of a file's name does; "" leaves it to the first tag.
    One with a `url` is an address that nobody has fetched; one with `validators` was fetched and came with them.
    """

    place: str
    path: str | None = None
    data: bytes = b""
    suffix: str = ""
    given: Given | None = None
    url: str | None = None
    validators: Validators | None = None


def with_given(article: Article, given: Given | None) -> Article:
    """The article with what its container says of it, and the ids that follow from that."""
    if given is None:
        return article
    said = {name: value for name, value in dataclasses.asdict(given).items() if value}
    told = dataclasses.replace(article, **said)
    name = identity.article_id(
        url=told.url, outlet=told.outlet, day=told.published, title=told.title, text=told.text
    )  # fmt: skip
    settled = told.published is not None
    problems = tuple(each for each in told.problems if not (settled and each.code in ("no-date", "ambiguous-date")))
    return dataclasses.replace(told, id=name, version=identity.version_id(name, told.text), problems=problems)


def moment(words: str | None) -> str | None:
    """A date of a table, feed or mail (ISO 8601, RFC 2822, eight digits) as ISO 8601 to the minute, or to the day where
    no time is said; None for what is neither."""
    words = (words or "").strip()[:80]
    try:
        found = dt.datetime.fromisoformat(words)
    except ValueError:
        try:
            found = email.utils.parsedate_to_datetime(words)
        except (TypeError, ValueError, IndexError):
            return None
    return found.date().isoformat() if len(words) <= 10 else found.isoformat(timespec="minutes")
