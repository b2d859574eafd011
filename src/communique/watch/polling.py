"""One round of watching: ask the feeds that are due, add what is new, tell what saved queries found in it."""

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from communique.intake import Input
from communique.intake.feeds import is_feed, items
from communique.intake.fetch import HOSTS, Fetched, Fetcher, Page, Unchanged, ahead, as_input
from communique.intake.inputs import Validators
from communique.intake.refusals import refuse
from communique.pipeline.worker import Known, Result
from communique.records import CodedArticle, Problem
from communique.store import Archive
from communique.store.ids import digest
from communique.watch import alerts
from communique.watch.alerts import Query
from communique.watch.state import Feed, Item, State

# An item with fewer words announces its page; the page is fetched then.
WHOLE = 150
# How often the page of an item is asked for in all, with one more round between each two tries.
TRIES = 6
# Items that are worked on and committed together.
BATCH = 128
# A feed that fails is asked after twice the time, then four times …, up to a day.
_DAY = 86_400.0
Codes = Callable[[Iterable[Input | Problem]], Iterator[Result]]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: feeds asked and how many of them failed, items that were new, articles added, articles that
    were known, inputs skipped, items put off, alerts found; and the problems, of which one may be the call's."""

    polled: int = 0
    failed: int = 0
    new: int = 0
    added: int = 0
    known: int = 0
    skipped: int = 0
    put_off: int = 0
    alerts: int = 0
    problems: tuple[Problem, ...] = ()


class Watch:
    """Follows feeds into an archive.

    `code` codes inputs in order, one answer for each; `every` is the seconds between two polls of a feed; `feeds_to` a
    folder for Atom feeds and `webhook` a web address, where queries are told; `now` the clock.
    """

    def __init__(
        self, archive: Archive, state: State, fetcher: Fetcher, code: Codes, *, every: float = 900.0,
        queries: Sequence[Query] = (), feeds_to: Path | None = None, webhook: str | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:  # fmt: skip
        self._archive, self._state, self._fetcher, self._code, self._every = archive, state, fetcher, code, every
        self._queries, self._feeds_to, self._webhook, self._now = tuple(queries), feeds_to, webhook, now
        alerts.check(self._queries, archive)
        alerts.begin(self._queries, archive, state, now=now())

    def round(self, feeds: Sequence[str], *, at_once: bool = False) -> Round:
        """Do what is due; with `at_once`, ask every feed that has not failed, however short ago it was asked."""
        told = self._poll([feed for url in feeds if self._is_due(feed := self._state.feed(url), at_once)])
        while batch := self._state.waiting(self._now().timestamp(), most=BATCH):
            told = self._add(batch, told)
        return self._tell(told)

    def until_due(self, feeds: Sequence[str]) -> float:
        """Seconds until the first of the feeds is due, at most the time between two polls."""
        now = self._now().timestamp()
        return min([self._every, *(max(0.0, self._state.feed(url).due - now) for url in feeds)])

    def _is_due(self, feed: Feed, at_once: bool) -> bool:
        return feed.due <= self._now().timestamp() or (at_once and not feed.failures)

    def _poll(self, feeds: Sequence[Feed]) -> Round:
        told = Round()
        with ThreadPoolExecutor(HOSTS, thread_name_prefix="communique-feeds") as threads:
            pages = threads.map(lambda feed: self._fetcher.get(feed.url, known=feed.validators), feeds)
            for feed, page in zip(feeds, pages, strict=True):
                told = self._polled(feed, page, told)
        return told

    def _polled(self, feed: Feed, page: Fetched, told: Round) -> Round:
        told = replace(told, polled=told.polled + 1)
        due = self._now().timestamp() + self._every
        if isinstance(page, Page) and not is_feed(page.body):
            page = refuse("broken-feed", found="another kind of page", place=feed.url)
        if isinstance(page, Unchanged):
            self._state.polled(replace(feed, due=due, failures=0))
            return told
        if isinstance(page, Problem):
            wait = min(_DAY, self._every * 2 ** min(feed.failures + 1, 16))
            self._state.polled(replace(feed, due=due - self._every + wait, failures=feed.failures + 1))
            return replace(told, failed=told.failed + 1, problems=(*told.problems, page))
        found = list(items(page.body, feed.url, base=page.address))
        problems = tuple(each for each in found if isinstance(each, Problem))
        told_items = [_item(feed.url, each) for each in found if isinstance(each, Input)]
        # A feed in which nothing can be read is asked for whole again.
        validators = page.validators if told_items else Validators()
        new = self._state.polled(Feed(feed.url, validators, due, 0), told_items)
        return replace(told, new=told.new + new, problems=told.problems + problems)

    def _add(self, batch: Sequence[Item], told: Round) -> Round:
        """Work on some items: the archive has them first, then they are noted as done."""
        order: deque[str] = deque()
        later: list[tuple[str, float]] = []
        done: list[str] = []
        results: list[CodedArticle | Problem] = []
        known = 0
        for answer in self._code(self._inputs(batch, order, later)):
            done.append(order.popleft())
            if isinstance(answer, Known):
                known += 1
            else:
                results.append(answer)
        receipt = self._archive.add(results)
        self._state.done(done)
        self._state.later(later)
        problems = tuple(each for each in results if isinstance(each, Problem))
        return replace(
            told, added=told.added + receipt.articles, known=told.known + known + receipt.known,
            skipped=told.skipped + len(problems), put_off=told.put_off + len(later),
            problems=told.problems + problems,
        )  # fmt: skip

    def _inputs(
        self, batch: Sequence[Item], order: deque[str], later: list[tuple[str, float]]
    ) -> Iterator[Input | Problem]:
        """The inputs of the items that can be had; the ids of these go to `order`, those of others to `later`."""
        with ThreadPoolExecutor(HOSTS, thread_name_prefix="communique-pages") as threads:
            pages = ahead((each.source for each in batch), self._fetcher, lambda url: None, threads)
            for item, (source, page) in zip(batch, pages, strict=True):
                assert isinstance(source, Input)
                if isinstance(page, Problem) and page.code == "fetch-failed" and item.tries + 1 < TRIES:
                    later.append((item.id, self._now().timestamp() + self._every * 2**item.tries))
                    continue
                order.append(item.id)
                yield _whole(source, page)

    def _tell(self, told: Round) -> Round:
        if not self._queries:
            return told
        found = alerts.find(self._queries, self._archive, self._state, now=self._now())
        if self._feeds_to is not None:
            alerts.write_feeds(self._queries, self._state, self._feeds_to)
        problem = None
        if self._webhook is not None:
            problem = alerts.call(self._queries, self._state, self._fetcher, self._webhook)
        return replace(told, alerts=found, problems=(*told.problems, *filter(None, (problem,))))


def _item(feed: str, source: Input) -> Item:
    """An item under an id that changes when its title, date or text does: an update is an item of its own. One that
    seems to announce its page gets the page's address."""
    given = source.given
    name = (given.url if given else None) or source.place
    told = (given.title, given.published) if given else ()
    article = b"" if source.url else source.data
    key = digest(["item", feed, name, *told, digest([article.decode("utf-8", "replace")])])
    announces = given is not None and given.url and len(source.data.split()) < WHOLE
    place = given.url if given and given.url else source.place
    return Item(key, replace(source, place=place, url=given.url if announces and given else source.url))


def _whole(source: Input, page: Fetched | None) -> Input | Problem:
    """The page of an item, or the item's own text where there is no page to be had."""
    told = as_input(source, page) if isinstance(page, Page) else page
    if isinstance(told, Input):
        return told
    if source.data:
        return replace(source, url=None)
    return told if isinstance(told, Problem) else source
