"""CAMEO codes keep their zeros through other programs that read an export as its description says, and write it again.

Programs that are not installed are left out.
"""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from communique.store import Archive
from communique.views import about, exports, layouts
from communique.views.workbook import write_xlsx
from tests.factories import border_article


@pytest.fixture
def events(tmp_path: Path) -> pa.Table:
    archive = Archive.create(tmp_path / "archive")
    archive.add([border_article()])
    return archive.events()


def exported(table: pa.Table, layout: str, path: Path) -> dict[str, Any]:
    """Write a layout and give its description."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if layout == "csv":
            exports.write_csv(table, file)
            columns = exports.columns_of(table)
        else:
            exports.write_layout(layout, exports.rows(table), file)
            columns = [(each.name, each.type) for each in layouts.LAYOUTS[layout]()]
    told: dict[str, Any] = json.loads(about.describe(
        path, layout=layout, columns=columns, rows=table.num_rows, runs=[], stamp="x", asked={},
        delimiter="," if layout == "csv" else "\t", header=layout != "gdelt",
    ))  # fmt: skip
    return told


CODES = {"csv": "cameo", "gdelt": "EventCode", "icews": "CAMEO Code"}


@pytest.mark.parametrize("layout", CODES)
def test_pandas(events: pa.Table, tmp_path: Path, layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    schema = exported(events, layout, tmp_path / "events.csv")
    monkeypatch.chdir(tmp_path)
    frame = eval(schema["reading"]["pandas"], {"pandas": pandas, "schema": schema})
    assert list(frame[CODES[layout]]) == ["025", "030"]
    frame.to_csv("again.csv", index=False)
    again = csv.DictReader(io.StringIO(Path("again.csv").read_text(encoding="utf-8")))
    assert [row[CODES[layout]] for row in again] == ["025", "030"]


@pytest.mark.parametrize("layout", CODES)
def test_r(events: pa.Table, tmp_path: Path, layout: str) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed")
    schema = exported(events, layout, tmp_path / "events.csv")
    lines = f"rows <- {schema['reading']['R']}; write.csv(rows, 'again.csv', row.names = FALSE, na = '')"
    subprocess.run([program, "--vanilla", "-e", lines], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    with (tmp_path / "again.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert [row[CODES[layout]] for row in told] == ["025", "030"]
    if layout == "csv":
        assert float(told[0]["goldstein"]) == events.column("goldstein")[0].as_py()
        assert told[0]["passage"] == events.column("passage")[0].as_py()


def test_a_spreadsheet(events: pa.Table, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "events.xlsx"
    with path.open("wb") as file:
        rows = events.select(["cameo", "goldstein"]).to_pylist()
        write_xlsx(["cameo", "goldstein"], (list(row.values()) for row in rows), file)
    book = openpyxl.load_workbook(path)
    book.save(path)
    told = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert [code for code, _ in told] == ["025", "030"]
    assert told[0][1] == events.column("goldstein")[0].as_py()
