"""Tables, web archives, mail and patterns of paths: good parts are read, bad ones told with their place."""

import gzip
import itertools
import json
import os
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.intake import read_paths
from communique.intake.folder import find_inputs, take
from communique.intake.inputs import moment
from communique.intake.warc import stretches
from communique.records import Article, Problem

WORDS = "The minister met the president in the capital on Monday and asked for the release of nine prisoners number {}."


def html(number: int) -> bytes:
    text = WORDS.format(number)
    return (
        f"<html><head><title>T</title></head><body><article><p>{text}</p><p>{text}</p></article></body></html>".encode()
    )


def record(number: int, *, body: bytes | None = None, head: str = "", kind: str = "response") -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head.encode() + b"\r\n" + (body or html(number))
    told = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n")  # fmt: skip
    return told.encode() + answer + b"\r\n\r\n"


def archive(path: Path, records: list[bytes]) -> Path:
    path.write_bytes(b"".join(gzip.compress(each, mtime=0) if path.suffix == ".gz" else each for each in records))
    return path


def found(*paths: Path | str) -> tuple[list[Article], list[Problem]]:
    items = list(read_paths(paths))
    return (
        [each for each in items if isinstance(each, Article)],
        [each for each in items if isinstance(each, Problem)],
    )


def accounted(path: Path) -> list[tuple[int, int, str]]:
    told = [(each.start, each.end, each.fault) for each in stretches(path)]
    assert told[0][0] == 0
    assert told[-1][1] == path.stat().st_size
    assert all(one[1] == other[0] and one[0] < one[1] for one, other in itertools.pairwise(told))
    return told


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_web_archive(tmp_path: Path, name: str) -> None:
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (html(2)[:50], html(2)[50:])) + b"0\r\n\r\n"
    records = [
        record(0, kind="warcinfo"), record(1), record(2, body=chunked, head="Transfer-Encoding: chunked\r\n"),
        record(3, body=gzip.compress(html(3)), head="Content-Encoding: gzip\r\n"), record(4, kind="request"),
    ]  # fmt: skip
    path = archive(tmp_path / name, records)
    articles, problems = found(path)
    assert [article.url for article in articles] == [f"https://news.example/{n}" for n in (1, 2, 3)]
    assert all(WORDS.format(n) in article.text for n, article in zip((1, 2, 3), articles, strict=True))
    assert not problems
    assert not [fault for *_, fault in accounted(path) if fault]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_flipped_bytes_cost_their_own_records(tmp_path: Path, name: str) -> None:
    records = [record(number) for number in range(40)]
    path = archive(tmp_path / name, records)
    data = bytearray(path.read_bytes())
    step = len(data) // 40
    for number in (3, 17, 30):
        # In a plain archive only a damaged length or first line makes a record unreadable.
        place = number * step + 40 if name.endswith("gz") else bytes(data).index(b"WARC/1.0", number * step)
        data[place] ^= 0xFF
    path.write_bytes(data)
    articles, problems = found(path)
    assert len(articles) == 37
    assert {problem.code for problem in problems} == {"broken-record"}
    assert "bytes" in problems[0].place
    accounted(path)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_truncated_web_archive(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / name, [record(number) for number in range(5)])
    os.truncate(path, path.stat().st_size - 30)
    articles, problems = found(path)
    assert len(articles) == 4
    assert [problem.code for problem in problems] == ["broken-record"]
    accounted(path)


def test_a_gzip_bomb_in_a_web_archive_costs_one_problem(tmp_path: Path) -> None:
    bomb = record(1, body=b"<p>" + b"0" * 50_000_000)
    articles, problems = found(archive(tmp_path / "a.warc.gz", [record(0), bomb, record(2)]))
    assert len(articles) == 2
    assert [problem.code for problem in problems] == ["broken-record"]
    inner = record(1, body=gzip.compress(b"0" * 50_000_000), head="Content-Encoding: gzip\r\n")
    articles, problems = found(archive(tmp_path / "b.warc.gz", [record(0), inner, record(2)]))
    assert len(articles) == 2
    assert [problem.code for problem in problems] == ["too-large"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), zipped=st.booleans(), flips=st.integers(0, 6))
def test_every_byte_of_a_damaged_archive_is_accounted_for(tmp_path: Path, seed: int, zipped: bool, flips: int) -> None:
    chance = random.Random(seed)
    path = archive(tmp_path / ("f.warc.gz" if zipped else "f.warc"), [record(number) for number in range(6)])
    data = bytearray(path.read_bytes())
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data[: chance.randrange(1, len(data) + 1)])
    accounted(path)


def test_lines_with_bad_ones_among_them(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = {
        "body": WORDS.format(1),
        "headline": "Talks",
        "date": "2010-10-06",
        "url": "https://a.example/1",
        "source": "Wire",
    }
    lone = json.dumps({"text": WORDS.format(2) + " \ud800"})
    lines = [json.dumps(row), "{", "[1]", '{"title": "x"}', "", lone, "[" * 100_000]
    path.write_text("\n".join(lines), encoding="utf-8")
    articles, problems = found(path)
    assert [(each.title, each.published, each.outlet, each.url) for each in articles[:1]] == [
        ("Talks", "2010-10-06", "Wire", "https://a.example/1")
    ]
    assert len(articles) == 2
    assert not [each for each in articles[0].problems if each.code == "no-date"]
    assert [(each.code, each.place.rpartition(", ")[2]) for each in problems] == [
        ("broken-record", "row 2"), ("broken-record", "row 3"), ("no-text-column", "row 4"), ("broken-record", "row 7"),
    ]  # fmt: skip


def test_a_line_of_many_megabytes_costs_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": WORDS.format(1)})
    path.write_text(f"{good}\n{'x' * 25_000_000}\n{good}\n", encoding="utf-8")
    articles, problems = found(path)
    assert (len(articles), [each.code for each in problems]) == (2, ["too-large"])


def test_columns_of_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'story,day\n"{WORDS.format(1)}",20101006\n', encoding="utf-8")
    items = list(find_inputs([path], columns={"text": "story", "published": "day"}))
    assert not isinstance(items[0], Problem)
    article = take(items[0])
    assert isinstance(article, Article)
    assert article.published == "2010-10-06"
    assert found(path)[1][0].code == "no-text-column"


def test_parquet_and_a_truncated_one(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [WORDS.format(n) for n in range(3)], "title": ["a", "b", "c"]}), path)
    assert [each.title for each in found(tmp_path)[0]] == ["a", "b", "c"]
    os.truncate(path, path.stat().st_size - 20)
    articles, problems = found(path)
    assert (articles, [each.code for each in problems]) == ([], ["broken-record"])


def test_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: The Daily <news@daily.example>\r\nSubject: Talks\r\nDate: Wed, 06 Oct 2010 09:30:00 +0200\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + WORDS.format(1).encode()
    )
    ((article,), _) = found(tmp_path)
    assert (article.title, article.outlet, article.published) == ("Talks", "The Daily", "2010-10-06T09:30+02:00")
    path.write_bytes(b"Content-Type: image/png\r\n\r\nx")
    assert found(path)[1][0].code == "no-main-text"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".jsonl", ".csv", ".tsv", ".parquet", ".warc", ".warc.gz", ".eml"]),
)
def test_no_bytes_of_any_kind_raise(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"f{suffix}"
    path.write_bytes(data)
    for item in read_paths([path]):
        assert isinstance(item, Article | Problem)


def test_patterns_of_paths(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        (tmp_path / name).write_text(f"{name}\n\n" + WORDS.format(name), encoding="utf-8")
    assert [each.title for each in found(f"{tmp_path}/*.txt")[0]] == ["a.txt", "b.txt"]
    assert len(found(f"{tmp_path}/**/*.txt")[0]) == 3
    assert found(f"{tmp_path}/*.none")[1][0].code == "missing-path"


def test_moments() -> None:
    assert moment("Wed, 06 Oct 2010 09:30:00 GMT") == "2010-10-06T09:30+00:00"
    assert moment("2010-10-06T09:30:00Z") == "2010-10-06T09:30+00:00"
    assert moment("yesterday") is moment("") is moment(None) is None
