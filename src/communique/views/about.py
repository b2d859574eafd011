"""What goes with an export: a schema of its columns and a citation with the digests of the runs, in one JSON file.

The form is the W3C's Metadata Vocabulary for Tabular Data (CSVW), so that a reader can keep codes as text; beside it
stand ready lines for pandas, R and spreadsheets.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from communique import __version__

Row = Mapping[str, Any]
_RUN = ("run", "software", "codebook", "model", "registry")


def path_of(export: Path) -> Path:
    """Where the description of an export lies: `events.csv` → `events.csv-metadata.json`, as CSVW finds it."""
    return export.with_name(export.name + "-metadata.json")


def describe(
    export: Path, *, layout: str, columns: Sequence[tuple[str, str]], rows: int, runs: Sequence[Row], stamp: str,
    asked: Mapping[str, Any], delimiter: str = ",", header: bool = True,
) -> str:  # fmt: skip
    """The description of an export as JSON text.

    `columns` are names with types ("string", "integer", "number", "date", "boolean"); `runs` the runs whose rows are in
    it; `stamp` the state of the archive; `asked` the conditions of the query.
    """
    told = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": export.name,
        "dc:title": f"Political events, {layout} layout",
        "dc:bibliographicCitation": citation(runs=runs, stamp=stamp, rows=rows),
        "dialect": {"delimiter": delimiter, "header": header, "encoding": "utf-8"},
        "tableSchema": {"columns": [{"titles": name, "datatype": type_} for name, type_ in columns]},
        "communique": {
            "software": f"communique {__version__}", "archive": stamp, "rows": rows,
            "asked": {name: value for name, value in asked.items() if value not in (None, False)},
            "runs": [{name: row[name] for name in _RUN} for row in runs],
        },
        "reading": _reading(export.name, columns, delimiter=delimiter, header=header),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _reading(name: str, columns: Sequence[tuple[str, str]], *, delimiter: str, header: bool) -> dict[str, str]:
    """One line each for the programs that most people read tables with; without it they take codes for numbers."""
    texts = [name for name, type_ in columns if type_ == "string"]
    plain = "" if header else ", header=None, names=[each['titles'] for each in schema['tableSchema']['columns']]"
    return {
        "pandas": f"pandas.read_csv({name!r}, sep={delimiter!r}, dtype=dict.fromkeys({texts!r}, str), "
                  f"keep_default_na=False{plain})",
        "R": f"read.table({_in_r(name)}, sep = {_in_r(delimiter)}, quote = {_in_r(chr(34))}, comment.char = \"\", "
             f"fill = TRUE, na.strings = \"\", encoding = \"UTF-8\", check.names = FALSE, {_classes(columns, header)})",
        "spreadsheet": "import the columns of codes as text, or export as .xlsx, where codes are text cells",
    }  # fmt: skip


def _classes(columns: Sequence[tuple[str, str]], header: bool) -> str:
    """The arguments by which R's `read.table` keeps codes as text; it needs no package."""
    classes = [f'{_in_r(name)} = "character"' for name, type_ in columns if type_ == "string"]
    if header:
        return f"header = TRUE, colClasses = c({', '.join(classes)})"
    names = ", ".join(_in_r(name) for name, _ in columns)
    return f"header = FALSE, col.names = c({names}), colClasses = c({', '.join(classes)})"


def _in_r(text: str) -> str:
    """Text as R writes it, which is as JSON does for all that stands in names."""
    return json.dumps(text)


def citation(*, runs: Sequence[Row], stamp: str, rows: int) -> str:
    """One paragraph that says exactly which data these are."""
    parts = [
        f"run {row['run']} ({row['software']}; codebook {row['codebook'][:16]}, model {row['model'][:16]}, "
        f"registry {row['registry'][:16]})"
        for row in runs
    ]
    return (
        f"{rows} rows of political events, coded by Communique {__version__} in {' and '.join(parts) or 'no run'}, "
        f"from an archive in the state {stamp}."
    )
