"""What is derived step by step is what is derived at once, whatever came in which order."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from communique.ledger import Act, Board
from communique.library import Library, accounts
from communique.records import CodedArticle
from communique.store import Archive

TABLES = ("stories", "happenings", "entries", "moves")


def tables(library: Library) -> list[list[dict[str, object]]]:
    return [library.archive.ask(f"SELECT * FROM {name}").to_pylist() for name in TABLES]


def same_as_anew(library: Library) -> None:
    library.refresh()
    told = tables(library)
    library.refresh(anew=True)
    assert tables(library) == told


@pytest.fixture
def articles(dossier: Path) -> list[CodedArticle]:
    return list(Archive.open(dossier).all_coded())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all but the last two articles be put aside."""
    monkeypatch.setattr(accounts, "RECENT", 2)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(3))
def test_articles_in_any_order(articles: list[CodedArticle], tmp_path: Path, seed: int) -> None:
    random.Random(seed).shuffle(articles)
    library = Library(Archive.create(tmp_path / "archive"))
    for first in range(0, len(articles), 4):
        library.archive.add(articles[first : first + 4])
        library.refresh()
    same_as_anew(library)


@pytest.mark.usefixtures("few")
def test_the_newest_article_takes_up_what_was_put_aside(
    articles: list[CodedArticle], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.sort(key=lambda each: each.article.published or "")
    library = Library(Archive.create(tmp_path / "archive"))
    library.archive.add(articles[:-1])
    library.refresh()
    taken: list[str] = []
    take = Board.take

    def taking(board: Board, act: Act) -> None:
        taken.append(act.version)
        take(board, act)

    monkeypatch.setattr(Board, "take", taking)
    library.archive.add(articles[-1:])
    library.refresh()
    assert 0 < len(set(taken)) <= 5
    same_as_anew(library)


@pytest.mark.usefixtures("few")
def test_corrections_and_new_versions(library: Library) -> None:
    first, second, third, *_ = [row["event"] for row in library.events(type="REQUEST")]
    made = library.correct(first, kind="reject", because="not told", by="one")
    same_as_anew(library)
    library.take_back(made.id, by="one")
    same_as_anew(library)
    library.correct(second, fields={"first_day": "2010-11-30", "last_day": "2010-11-30"}, because="dated", by="one")
    same_as_anew(library)
    told = next(row["event"] for row in library.events(happenings=True) if row["reports"] > 1)
    joined = next(row for row in library.reports(told) if row["joined_to"] is not None)
    library.correct(joined["event"], kind="split", because="another one", by="one")
    same_as_anew(library)
    library.correct(joined["event"], kind="merge", other=third, because="the same", by="one")
    same_as_anew(library)
    coded = next(library.archive.all_coded())
    text = coded.article.text + "\n\nThe ministry had no comment."
    library.archive.add([replace(coded, article=replace(coded.article, version="later", text=text))])
    same_as_anew(library)


def test_what_was_derived_by_other_rules_is_not_used(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(library)
    monkeypatch.setattr("communique.library.library.MADE_BY", "other rules")
    monkeypatch.setattr("communique.library.deriving.MADE_BY", "other rules")
    monkeypatch.setattr(Board, "restored", lambda lines: pytest.fail("used"))
    assert library.refresh()
    assert tables(library) == before
