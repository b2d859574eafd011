"""`codebook show`: everything that the codebook has can be shown, with both policies; what it has not is refused."""

from pathlib import Path

import pytest

from communique.cli.codebook import _named, show
from communique.codebook import Codebook
from communique.errors import InputError
from tests.codebook.conftest import FOUR


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return Codebook.load()


def shown(codebook: Codebook, name: str) -> list[dict[str, list[str]]]:
    """The entries of a name: label → values."""
    entries: list[dict[str, list[str]]] = []
    for lines in _named(codebook, name):
        entries.append({})
        for label, value in lines:
            entries[-1].setdefault(label, []).append(value)
    return entries


def test_every_name_is_shown(codebook: Codebook) -> None:
    names = [*codebook.types, *codebook.contexts, *codebook.sectors, *codebook.cameo, *codebook.policies]
    names += [f"{kind}/{mode}" for kind, mode in codebook.modes]
    for name in names:
        entries = shown(codebook, name)
        assert entries, name
        assert all(len(entry) > 1 for entry in entries), name


def test_lists_have_every_row(codebook: Codebook) -> None:
    for name, rows in (("types", 16), ("modes", 67), ("contexts", 37), ("sectors", 25), ("policies", 2)):
        (entry,) = shown(codebook, name)
        assert len(entry) == rows
    (entry,) = shown(codebook, "cameo codes")
    assert entry.keys() == codebook.cameo.keys()


def test_a_type_shows_both_policies_and_both_sides(codebook: Codebook) -> None:
    (entry,) = shown(codebook, "retreat")
    assert entry["policies"] == ["plover RETREAT (2), cameo YIELD (2)"]
    assert len(entry["mode"]) == 6
    assert entry["example"] == list(codebook.types["RETREAT"].examples)
    assert len(entry["not"]) == len(codebook.types["RETREAT"].others)


def test_a_mode_of_several_types_is_shown_for_each(codebook: Codebook) -> None:
    assert [entry["name"][0].split(",")[0] for entry in shown(codebook, "yield")] == ["REQUEST/yield", "REJECT/yield"]
    assert len(shown(codebook, "REJECT/yield")) == 1
    (entry,) = shown(codebook, "convict")
    assert entry["policies"] == ["plover SANCTION (4), cameo ACCUSE (3)"]


def test_modes_have_examples_on_both_sides(codebook: Codebook) -> None:
    told: set[str] = set()
    for (kind, mode), entry in codebook.modes.items():
        assert len(entry.examples) >= 2
        assert len(entry.others) >= 2
        assert f"{kind}/{mode}" not in entry.others.values()
        for text in (*entry.examples, *entry.others):
            assert text.endswith(".")
            assert text not in entry.examples or text not in told, text
        told.update(entry.examples)


def test_a_code_shows_what_it_is_part_of(codebook: Codebook) -> None:
    (entry,) = shown(codebook, "025")
    assert entry["part of"] == ["02 Appeal"]
    assert len(entry["has"]) == 6
    (entry,) = shown(codebook, "012")
    assert entry["PLOVER"] == ["a mere statement, no event"]


def test_own_types_are_shown_with_their_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert show("eviction", path=FOUR) == 0
    told = capsys.readouterr().out
    assert "what your examples teach" in told
    assert "Goldstein -6.0" in told
    with pytest.raises(InputError, match="the codebook has no “eviction”"):
        show("eviction")


def test_a_missing_file_is_told() -> None:
    with pytest.raises(Exception, match="is not a folder and no file"):
        show("AID", path=Path("nowhere.yaml"))
