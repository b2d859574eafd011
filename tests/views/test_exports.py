"""Exports: what is written reads back the same; CAMEO codes keep their zeros; no cell is a formula."""

import csv
import dataclasses
import io
import json
from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from communique.records import CodedArticle, to_contract
from communique.store import Archive
from communique.views import exports
from communique.views.contract import schema
from communique.views.printable import cell
from tests.factories import border_article, coded_articles


@pytest.fixture
def events(tmp_path: Path) -> pa.Table:
    item = border_article()
    odd = dataclasses.replace(item.events[0], why='=HYPERLINK("x")', mode="+1", contexts=("-2", "@me"))
    archive = Archive.create(tmp_path / "archive")
    archive.add([dataclasses.replace(item, events=(odd, item.events[1]))])
    return archive.events()


def test_csv_keeps_zeros_and_neutralises_formulas(events: pa.Table) -> None:
    out = io.StringIO()
    exports.write_csv(events, out)
    assert '"025"' in out.getvalue()
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["cameo"] for row in rows] == ["025", "030"]
    assert [rows[0][name] for name in ("why", "mode", "contexts")] == ['\'=HYPERLINK("x")', "'+1", "'-2; @me"]
    assert (rows[0]["goldstein"], rows[0]["first_day"], rows[0]["historical"]) == ("-0.3", "2010-10-05", "false")
    assert "sources" not in rows[0]
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text
    assert cell("plain = text") == "plain = text"


def test_json_jsonl_and_parquet_say_the_same(events: pa.Table, tmp_path: Path) -> None:
    whole, lines = io.StringIO(), io.StringIO()
    exports.write_json(exports.rows(events), whole)
    exports.write_jsonl(exports.rows(events), lines)
    exports.write_parquet(events, tmp_path / "events.parquet")
    told = json.loads(whole.getvalue())
    assert told == [json.loads(line) for line in lines.getvalue().splitlines()]
    assert told[0]["cameo"] == "025"
    assert told[0]["first_day"] == "2010-10-05"
    assert told[0]["sources"][0]["words"] == "The United States"
    assert pq.read_table(tmp_path / "events.parquet").to_pylist() == events.to_pylist()


def test_no_rows_are_an_empty_array(events: pa.Table) -> None:
    out = io.StringIO()
    exports.write_json(exports.rows(events.slice(0, 0)), out)
    assert json.loads(out.getvalue()) == []


@settings(max_examples=20, deadline=None)
@given(item=coded_articles())
def test_json_of_any_article_keeps_the_schema_and_reads_back(item: CodedArticle) -> None:
    form = to_contract(item)
    told = exports.json_text(form)
    assert json.loads(told) == form
    assert "\n" not in told
    assert not any(0x7F <= ord(sign) <= 0x9F for sign in told)
    jsonschema.validate(json.loads(told), schema())


def test_the_shipped_schema_is_the_public_one() -> None:
    public = Path(__file__).parents[3] / "shared" / "contract" / "coded-article.schema.json"
    if not public.exists():
        pytest.skip("the public contract is not beside the checkout")
    assert schema() == json.loads(public.read_text(encoding="utf-8"))
