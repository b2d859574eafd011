"""Layouts of other data sets, spreadsheets, annotations and text-free exports: columns, zeros, formulas, words."""

import csv
import dataclasses
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from communique.errors import InputError
from communique.records import CodedArticle
from communique.store import Archive
from communique.store.rows import article_row, event_rows
from communique.views import about, exports, layouts, textfree
from communique.views.annotations import annotations
from communique.views.dyads import pairs
from communique.views.workbook import write_xlsx
from tests.factories import border_article, coded_articles


def rows(item: CodedArticle) -> list[dict[str, Any]]:
    return [{**article_row(item), **row} for row in event_rows(item)]


def written(layout: str, item: CodedArticle) -> list[list[str]]:
    out = io.StringIO()
    exports.write_layout(layout, rows(item), out)
    return list(csv.reader(io.StringIO(out.getvalue()), delimiter="\t"))


@pytest.mark.parametrize(
    ("layout", "width", "header"), [("gdelt", 61, False), ("icews", 20, True), ("polecat", 40, True)]
)
def test_layouts_have_their_columns(layout: str, width: int, header: bool) -> None:
    told = written(layout, border_article())
    assert {len(row) for row in told} == {width}
    assert len(told) == 2 + header
    names = [column.name for column in layouts.LAYOUTS[layout]()]
    assert len(set(names)) == width
    assert not header or told[0] == names


def test_codes_keep_their_zeros_and_sides_their_places() -> None:
    names = [column.name for column in layouts.gdelt()]
    row = dict(zip(names, written("gdelt", border_article())[0], strict=True))
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("025", "025", "02")
    assert (row["Day"], row["MonthYear"], row["Year"], row["QuadClass"]) == ("20101005", "201010", "2010", "3")
    assert (row["Actor1Code"], row["Actor2CountryCode"], row["Actor2Type1Code"]) == ("USAGOV", "PAK", "GOV")
    assert (row["ActionGeo_FullName"], row["ActionGeo_FeatureID"], row["AvgTone"]) == ("Torkham", "1163968", "")
    assert row["DATEADDED"] == "20101006043000"
    polecat = written("polecat", border_article())
    row = dict(zip(polecat[0], polecat[1], strict=True))
    assert (row["Event Type"], row["Actor Country"], row["Primary Recipient Sector"]) == ("REQUEST", "USA", "GOV")
    icews = written("icews", border_article())
    assert dict(zip(icews[0], icews[1], strict=True))["CAMEO Code"] == "025"


def test_a_reciprocal_event_is_pairs_and_a_missing_side_is_blank() -> None:
    item = border_article()
    both = dataclasses.replace(item.events[0], sources=(*item.events[0].sources, *item.events[0].targets), targets=())
    told = rows(dataclasses.replace(item, events=(both, item.events[1])))
    assert [(one["country"], other["country"]) for one, other in pairs(told[0])] == [("USA", "PAK")]
    assert [(one["country"], other["country"]) for one, other in pairs(told[1])] == [("PAK", None)]


@settings(max_examples=20, deadline=None)
@given(item=coded_articles())
def test_any_event_fits_every_layout(item: CodedArticle) -> None:
    for layout, width in (("gdelt", 61), ("icews", 20), ("polecat", 40)):
        out = io.StringIO()
        exports.write_layout(layout, rows(item), out)
        found = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter="\t"))
        assert all(len(row) == width for row in found)
        assert not any(each.lstrip(" ").startswith(("=", "@", "+")) for row in found for each in row)
    for row in rows(item):
        json.dumps(layouts.plover(row))


def cells(body: bytes) -> list[list[tuple[str, str]]]:
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        assert archive.testzip() is None
    return [
        [(cell.get("t") or "n", "".join(cell.itertext())) for cell in row.iter(f"{name}c")]
        for row in sheet.iter(f"{name}row")
    ]


def test_a_spreadsheet_keeps_codes_as_text_and_numbers_as_numbers() -> None:
    out = io.BytesIO()
    assert write_xlsx(["cameo", "goldstein", "why"], [["025", -0.3, "=1+1"], [None, 2, dt.date(2010, 1, 2)]], out) == 2
    told = cells(out.getvalue())
    assert told[1] == [("inlineStr", "025"), ("n", "-0.3"), ("inlineStr", "=1+1")]
    assert told[2] == [("n", "2"), ("inlineStr", "2010-01-02")]
    again = io.BytesIO()
    write_xlsx(["cameo", "goldstein", "why"], [["025", -0.3, "=1+1"], [None, 2, dt.date(2010, 1, 2)]], again)
    assert again.getvalue() == out.getvalue()


def test_the_description_cites_the_runs_and_types_the_columns(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "archive")
    archive.add([border_article()])
    path = tmp_path / "events.csv"
    runs = archive.runs().to_pylist()
    columns = exports.columns_of(archive.events())
    told = json.loads(
        about.describe(path, layout="csv", columns=columns, rows=2, runs=runs, stamp="state", asked={"source": "USA"})
    )
    types = {each["titles"]: each["datatype"] for each in told["tableSchema"]["columns"]}
    assert (types["cameo"], types["goldstein"], types["first_day"], types["historical"]) == (
        "string", "number", "date", "boolean",
    )  # fmt: skip
    assert "sources" not in types
    assert all(part in told["dc:bibliographicCitation"] for part in ("run-1", "codebook-1", "model-1", "state"))
    assert told["communique"]["asked"] == {"source": "USA"}
    assert about.path_of(path).name == "events.csv-metadata.json"


@settings(max_examples=15, deadline=None)
@given(item=coded_articles())
def test_annotations_point_to_their_words(item: CodedArticle) -> None:
    text = item.article.text
    told = list(annotations(item))
    assert len(told) == len(item.events)
    for each in told:
        for target in each["target"]:
            place, quote = target["selector"]
            assert quote["exact"] == text[place["start"] : place["end"]]
            assert text[: place["start"]].endswith(quote["prefix"])
    assert list(annotations(item, [])) == []


@settings(max_examples=15, deadline=None)
@given(item=coded_articles())
def test_text_free_exports_have_no_words_and_come_back_whole(item: CodedArticle) -> None:
    form = json.loads(json.dumps(textfree.without_text(item)))
    (back,) = textfree.rehydrate([form], [item.article])
    assert back["found"] == "whole"
    for event, filled in zip(item.events, back["events"], strict=True):
        assert filled["trigger"]["text"] == event.trigger.of(item.article.text)


def test_text_free_exports_tell_other_copies_apart() -> None:
    item = border_article()
    form = textfree.without_text(item, [row for row in event_rows(item) if row["number"] == "e1"])
    assert "asked" not in json.dumps(form)
    assert "Torkham" not in json.dumps(form)
    other = dataclasses.replace(item.article, text=item.article.text.replace("asked", "urged"))
    (back,) = textfree.rehydrate([form], [other])
    assert (back["found"], back["events"][0]["trigger"]["text"]) == ("parts", None)
    assert back["events"][0]["sources"][0]["span"]["text"] == "The United States"
    (back,) = textfree.rehydrate([form], [])
    assert back["found"] == "missing"
    with pytest.raises(InputError, match="schema"):
        list(textfree.rehydrate([{"schema": "other"}], []))
