"""A spreadsheet file (.xlsx) whose codes are text cells, so that "025" stays "025" and no cell is a formula.

The file is the least that ECMA-376 (Office Open XML) asks for: one sheet, strings in their cells, numbers as numbers.
"""

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any
from xml.sax.saxutils import escape

from communique.views.printable import printable

# What one sheet and one cell hold at most.
MOST_ROWS, MOST_LETTERS = 1_048_575, 32_767

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
_BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="events" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def write_xlsx(names: Sequence[str], rows: Iterable[Sequence[Any]], out: IO[bytes]) -> int:
    """Write one sheet with a header and give the number of rows; rows beyond what a sheet holds are left out.

    Text stays text, whatever it looks like; numbers are numbers; days are text in ISO 8601.
    """
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, body in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml")),
            ("xl/workbook.xml", _BOOK),
            ("xl/_rels/workbook.xml.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml")),
        ):
            archive.writestr(_named(path), body)
        with archive.open(_named("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write((_SHEET + _row(1, names)).encode())
            for row in rows:
                if count == MOST_ROWS:
                    break
                count += 1
                sheet.write(_row(count + 1, row).encode())
            sheet.write(b"</sheetData></worksheet>")
    return count


def _named(path: str) -> zipfile.ZipInfo:
    # Without a clock, the same rows give the same bytes.
    info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _row(number: int, cells: Sequence[Any]) -> str:
    told = "".join(_cell(f"{_letters(place)}{number}", value) for place, value in enumerate(cells))
    return f'<row r="{number}">{told}</row>'


def _cell(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    if isinstance(value, dt.date):
        value = value.isoformat()
    text = escape(printable(str(value)).replace("\x0b", " ").replace("\x0c", " ")[:MOST_LETTERS])
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(place: int) -> str:
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
