"""What works without the extras, and the one sentence where something does not."""

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pytest

from communique import errors

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
# A Python in which the two engines of archives are not installed.
_WITHOUT = """
import sys
sys.modules["duckdb"] = sys.modules["pyarrow"] = None
"""


def python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _WITHOUT + program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_reading_and_the_demonstration_need_no_archive() -> None:
    rooms = ("library", "cli.demo", "library.entries", "views.ledger", "views.dossier", "views.notebook", "pipeline")
    done = python("\n".join(f"import communique.{room}" for room in rooms))
    assert done.returncode == 0, done.stderr


def test_an_archive_says_which_extra_it_needs() -> None:
    done = python("from communique.cli import main; main()", "events")
    assert done.returncode == 2
    assert done.stderr.startswith("communique: archives and tables need ")
    assert done.stderr.strip().endswith("is not installed: pip install 'communique[archive]'")


def test_python_says_it_too() -> None:
    done = python("""
import communique
from communique.errors import ExtraError
try:
    communique.open("my.archive")
except ExtraError as error:
    print(error)
""")
    assert "pip install 'communique[archive]'" in done.stdout


def test_what_gives_an_answer_another_form_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.library.relation import Relation
    from communique.views.spacy import to_spacy
    from tests.factories import border_article

    # Made first, because Arrow asks for pandas once for good.
    table = pa.table({"event": ["<1>"], "contexts": [["a"]]})
    relation = Relation(lambda: table)
    for name in ("pandas", "polars", "spacy"):
        monkeypatch.setitem(sys.modules, name, None)
    assert repr(relation) == "<Relation, not asked for yet>"
    with pytest.raises(ImportError, match="pip install pandas"):
        relation.df()
    with pytest.raises(errors.ExtraError, match="pip install polars"):
        relation.pl()
    with pytest.raises(errors.ExtraError, match=r"pip install 'communique\[spacy\]'"):
        to_spacy(border_article())
    assert "<td>&lt;1&gt;</td>" in relation._repr_html_()
    assert repr(relation) == "<Relation of 1 rows: event, contexts>"


def test_each_named_extra_is_declared() -> None:
    declared = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for extra, (_, modules) in errors._EXTRAS.items():
        assert extra in declared
        packages = " ".join(declared[extra]).replace("-", "_")
        assert any(module in packages for module in modules)


def test_a_missing_module_of_nobodys_extra_is_no_advice() -> None:
    with pytest.raises(ModuleNotFoundError) as missing:
        importlib.import_module("no_such_module_anywhere")
    assert errors.lacking(missing.value) is None
