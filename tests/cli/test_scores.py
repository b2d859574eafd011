"""`score` on files of our own: measures, forms of output, complaints."""

import json
from pathlib import Path

import pytest

from communique.cli.score import KINDS, Program
from communique.records import Article, Document
from tests.cli.conftest import Command

TEXT = "The minister resigned on 5 October 2010. Talks go on."
DAYS = {"id": "t1", "dct": "2010-10-06", "text": TEXT,
        "timex": [{"start": 25, "end": 39, "type": "DATE", "value": "2010-10-05"}]}  # fmt: skip
PAGE = """<html><head><title>Ferry runs again</title></head><body><nav>Home News Sport</nav><article><h1>Ferry runs
again</h1>{}</article><footer>All rights reserved</footer></body></html>"""
PARAGRAPHS = [
    "The ferry between the two towns runs again after three weeks, the harbour master said on Monday morning.",
    "Some four hundred people had waited at the quay since dawn, and many of them had slept in their cars.",
    "The company promised to refund all tickets that were bought for the days on which no ship had sailed.",
]


def bare(self: Program, article: Article) -> Document:
    return Document(article, (), ())


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Program, "read", bare)
    path = tmp_path / "days.jsonl"
    path.write_text(json.dumps(DAYS) + "\n", encoding="utf-8")
    return path


def test_a_score_as_json_names_what_was_scored(communique: Command, days: Path) -> None:
    status, out, _ = communique("score", "dates", str(days), "--format", "json")
    told = json.loads(out)
    assert status == 0
    assert (told["kind"], told["files"], told["gold"]) == ("dates", ["days.jsonl"], 1)
    assert told["value"]["f1"] == 100.0
    assert told["software"].startswith("communique ")


def test_a_score_as_table(communique: Command, days: Path) -> None:
    _, out, _ = communique("score", "dates", str(days))
    assert "strict.f1" in out
    assert "100.0000" in out


def test_pages_are_scored_from_the_folder_of_the_file(communique: Command, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(PAGE.format("".join(f"<p>{each}</p>" for each in PARAGRAPHS)), encoding="utf-8")
    gold = {"id": "1", "html": "one.html", "text": "\n\n".join(PARAGRAPHS), "without": ["All rights reserved"]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    told = json.loads(communique("score", "extraction", "gold.jsonl", "--format", "json")[1])
    assert told["pages"] == 1
    assert told["leaked"] == 0
    assert told["f1"] > 0.9
    (tmp_path / "one.html").unlink()
    status, _, err = communique("score", "extraction", "gold.jsonl")
    assert status == 2
    assert "one.html" in err


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("content", [b"neither rows nor trees\n", b"\xff\xfe\x00", b"{}\n", b"[1]\n"])
def test_a_file_of_another_form_is_refused_in_one_line(
    communique: Command, tmp_path: Path, kind: str, content: bytes
) -> None:
    for name in ("odd.jsonl", "odd.jsonl.gz"):
        (tmp_path / name).write_bytes(content)
        status, out, err = communique("score", kind, name, "--format", "json")
        assert (status, out) == (2, "")
        assert len(err.splitlines()) == 1


def test_unknown_kinds_and_missing_files(communique: Command, days: Path) -> None:
    assert "relations" in communique("score", "beauty", str(days))[2]
    assert "no file" in communique("score", "dates", "nowhere.jsonl")[2]
