"""The command line in this process, with a coder that knows one text by heart."""

import dataclasses
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli import main
from communique.records import Article, CodedArticle, Problem
from tests.factories import BORDER, RUN, border_article

Command = Callable[..., tuple[int, str, str]]


class StubCoder:
    """Codes the text of `border_article` as that, and finds nothing in any other."""

    run = RUN

    def __init__(self, codebook: Path | None = None) -> None:
        if codebook is not None:
            self.run = dataclasses.replace(RUN, id="run-2", codebook=f"codebook of {codebook}")

    def code(self, article: Article) -> CodedArticle:
        if "stumble" in article.text:
            problem = Problem("coding-failed", "the article could not be coded", "pipeline", article.id)
            return CodedArticle(self.run, article, (), (), (), (), (*article.problems, problem))
        if BORDER not in article.text:
            return CodedArticle(self.run, article, (), (), (), (), article.problems)
        known = border_article(text=article.text, run=self.run)
        if self.run.id == "run-2":
            known = dataclasses.replace(known, events=(dataclasses.replace(known.events[0], type="ACCUSE"),))
        return dataclasses.replace(known, article=article, problems=article.problems)


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the stub in the place of the trained coder."""
    monkeypatch.setattr("communique.cli.coding.load_coder", StubCoder)


@pytest.fixture
def communique(
    coder: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Runs a command line in an empty folder; gives exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMUNIQUE_ARCHIVE", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    # A closed pipe may end the command, not the tests.
    monkeypatch.setattr("signal.signal", lambda *given: None)

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, told.out, told.err

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A text file that the stub can code."""
    path = tmp_path / "border.txt"
    path.write_text(f"US asks for crossing\n\nOctober 6, 2010\n\n{BORDER}\n", encoding="utf-8")
    return path
