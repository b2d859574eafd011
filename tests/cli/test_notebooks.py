"""The notebooks of the documentation: every cell runs offline, and what they show was kept when they were run last."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NOTEBOOKS = {each.stem: json.loads(each.read_text(encoding="utf-8")) for each in sorted(FOLDER.glob("*.ipynb"))}


def cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_there_are_three() -> None:
    assert set(NOTEBOOKS) == {"a-year-of-a-dyad", "dossier-to-ledger", "own-codebook"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_run_in_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    known: dict[str, Any] = {"__name__": "notebook"}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        for number, cell in enumerate(cells(NOTEBOOKS[name])):
            exec(compile("".join(cell["source"]), f"{name}, cell {number}", "exec"), known)
    assert out.getvalue().count("\n") > 3


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_they_show_was_kept(name: str) -> None:
    for cell in cells(NOTEBOOKS[name]):
        assert cell["outputs"]
        assert not any(each["output_type"] == "error" for each in cell["outputs"])
    kept = json.dumps(NOTEBOOKS[name])
    assert "/tmp/" not in kept
    assert "/home/" not in kept
