"""An archive of the demonstration dossier, coded by the shipped model once for all tests here."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

from communique import intake
from communique.library import Library
from communique.pipeline import Coder
from communique.records import Article
from communique.store import Archive


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "archive"
    with resources.as_file(resources.files("communique.cli") / "dossier") as folder:
        articles = [each for each in intake.read_paths([folder]) if isinstance(each, Article)]
    archive = Archive.create(path)
    archive.add(list(Coder.load().code_all(articles)))
    Library(archive).refresh()
    return path


@pytest.fixture
def library(dossier: Path, tmp_path: Path) -> Library:
    """A copy that a test may change."""
    return Library(Archive.open(shutil.copytree(dossier, tmp_path / "archive")))
