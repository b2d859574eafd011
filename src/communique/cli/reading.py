"""`read` and `explain`."""

import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.cli.coding import STDIN, coded, failure, report_skipped
from communique.cli.output import console
from communique.errors import InputError
from communique.records import CodedArticle, Problem, to_contract


class Tally:
    """Passes coded articles on and reports what gave none or could not be coded; `status` is the exit status."""

    def __init__(self, items: Iterable[CodedArticle | Problem]) -> None:
        self._items = items
        self.coded = 0
        self.skipped = 0

    def __iter__(self) -> Iterator[CodedArticle]:
        for item in self._items:
            trouble = failure(item)
            if trouble is None:
                self.coded += 1
            else:
                self.skipped += 1
                report_skipped(trouble)
            if isinstance(item, CodedArticle):
                yield item

    @property
    def status(self) -> int:
        """0 all good, 3 some skipped, 2 nothing could be read."""
        if not self.coded:
            if not self.skipped:
                print("communique: there is nothing to read", file=sys.stderr)
            return 2
        return 3 if self.skipped else 0


def read(paths: list[str], *, form: str, codebook: Path | None = None) -> int:
    """Code the articles under `paths` and write them to standard output; gives the exit status."""
    found = Tally(coded(paths, codebook))
    if form == "jsonl":
        _write_lines(found)
    elif form == "json":
        _write_json(found, single=len(paths) == 1 and not Path(paths[0]).is_dir())
    else:
        _show(found)
    return found.status


def explain(article: str, name: str | None, *, archive: Path, codebook: Path | None = None) -> int:
    """Explain one event of the article in a file, on standard input, or in the archive; gives the exit status."""
    from communique.views.explain import explain as explained
    from communique.views.explain import find, listed

    chosen = _chosen(article, name, archive, codebook)
    if name is None and (_is_input(article) or article in (chosen.article.id, chosen.article.version)):
        raise InputError(f"say which event of {article}: {listed(chosen)}")
    console().print(explained(chosen, find(chosen, name or article)))
    return 0


def _write_lines(found: Iterable[CodedArticle]) -> None:
    from communique.views.exports import json_text

    for each in found:
        sys.stdout.write(json_text(to_contract(each)) + "\n")
        sys.stdout.flush()


def _write_json(found: Iterable[CodedArticle], *, single: bool) -> None:
    from communique.views.exports import json_text, write_json

    articles = iter(found)
    first = list(itertools.islice(articles, 2))
    if single and len(first) == 1:
        sys.stdout.write(json_text(to_contract(first[0]), indent=2) + "\n")
    elif first or not single:
        write_json((to_contract(each) for each in itertools.chain(first, articles)), sys.stdout)


def _show(found: Iterable[CodedArticle]) -> None:
    from communique.store.rows import event_rows, problem_row, statement_rows
    from communique.views import tables

    shown = console()
    for number, each in enumerate(found):
        if number:
            shown.print()
        shown.print(tables.article_head(each.article, len(each.events), len(each.statements)))
        if each.events:
            shown.print()
            shown.print(tables.events(event_rows(each), origin=False))
        if each.statements:
            shown.print()
            shown.print(tables.statements(statement_rows(each), origin=False))
        if each.problems:
            shown.print()
            shown.print(tables.problems(map(problem_row, each.problems)))


def _chosen(article: str, name: str | None, archive: Path, codebook: Path | None) -> CodedArticle:
    if _is_input(article):
        found = list(Tally(coded([article], codebook)))
        # A file of many articles: the one that has the event; `find` says what there is when none has.
        having = [each for each in found if name and _has(each, name)]
        if len(having) > 1:
            raise InputError(f"{article} holds {len(having)} articles with an event {name}; give the event's long id")
        if not found:
            raise InputError(f"{article} gave no article to explain")
        return (having or found)[0]
    from communique.store import Archive

    if not archive.exists():
        raise InputError(f"{article} is no file, and there is no archive at {archive} to look it up in")
    kept = Archive.open(archive).coded(article)
    if kept is None:
        raise InputError(f"{article} is neither a file nor the id of an article or event in {archive}")
    return kept


def _is_input(name: str) -> bool:
    return name == STDIN or Path(name).exists()


def _has(coded_article: CodedArticle, name: str) -> bool:
    from communique.store.ids import event_ids

    names = event_ids(coded_article)
    return name in names or name in names.values()
