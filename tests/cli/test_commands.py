"""The commands as a user meets them: output, files, exit statuses, one line for each trouble."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

from communique.views.contract import schema
from tests.cli.conftest import Command
from tests.factories import BORDER


def test_read_shows_events_with_their_words(communique: Command, page: Path) -> None:
    status, out, err = communique("read", str(page))
    assert (status, err) == (0, "")
    assert "USA GOV United States" in out
    assert "“The United States asked" in out
    assert all(len(line) <= 100 for line in out.splitlines())
    assert "\x1b" not in out


def test_read_json_of_one_file_is_one_object_after_the_schema(communique: Command, page: Path) -> None:
    status, out, _ = communique("read", str(page), "--format", "json")
    told = json.loads(out)
    jsonschema.validate(told, schema())
    assert status == 0
    assert told["article"]["text"] == BORDER
    assert [event["type"] for event in told["events"]] == ["REQUEST", "AGREE"]


def test_read_json_of_a_folder_is_an_array_and_jsonl_a_line_each(communique: Command, page: Path) -> None:
    (page.parent / "more.txt").write_text(f"Another title\n\nOctober 7, 2010\n\n{BORDER}\n\nMore.", encoding="utf-8")
    _, out, _ = communique("read", str(page.parent), "--format", "json")
    told = json.loads(out)
    assert len(told) == 2
    _, lines, _ = communique("read", str(page.parent), "--format", "jsonl")
    assert [json.loads(line) for line in lines.splitlines()] == told
    for each in told:
        jsonschema.validate(each, schema())


def test_read_from_standard_input(communique: Command) -> None:
    status, out, _ = communique("read", "-", "--format", "json", stdin=BORDER.encode())
    assert status == 0
    assert json.loads(out)["article"]["text"] == BORDER


def test_bad_files_are_skipped_with_a_line_each(communique: Command, page: Path) -> None:
    (page.parent / "empty.txt").touch()
    (page.parent / "noise.txt").write_bytes(bytes(range(256)) * 8)
    status, out, err = communique("read", str(page.parent), "--format", "jsonl")
    assert status == 3
    assert len(out.splitlines()) == 1
    assert len(err.splitlines()) == 2
    assert "empty.txt" in err
    assert "[empty-file]" in err
    assert "Traceback" not in err


def test_an_article_that_could_not_be_coded_counts_as_skipped(communique: Command, page: Path) -> None:
    (page.parent / "hard.txt").write_text("Hard words\n\nOctober 7, 2010\n\nThe coder will stumble here.\n" * 3)
    status, out, err = communique("read", str(page.parent), "--format", "jsonl")
    assert (status, len(out.splitlines()), len(err.splitlines())) == (3, 2, 1)
    assert "[coding-failed]" in err
    status, out, _ = communique("add", str(page.parent))
    assert (status, out) == (3, "communique.archive: 1 article added, 0 there before, 1 skipped\n")
    assert "coding-failed" in communique("problems")[1]
    assert communique("add", "hard.txt")[0] == 2


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_nothing_read_is_status_2(communique: Command, tmp_path: Path, form: str) -> None:
    (tmp_path / "empty.txt").touch()
    status, out, err = communique("read", "empty.txt", "--format", form)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "nowhere.txt"],
        ["read"],
        ["read", "x", "--format", "poem"],
        ["recite"],
        ["events"],
        ["events", "--archive", "border.txt"],
        ["explain", "nowhere", "e1"],
        ["explain", "border.txt", "e9"],
        ["explain", "border.txt"],
        ["add", "nowhere.txt"],
        ["add", "border.txt", "--to", "border.txt"],
        ["verify", "--archive", "."],
        ["codebook", "show", "QUARREL"],
        ["score", "beauty", "border.txt"],
    ],
)
def test_bad_usage_is_status_2_and_never_a_traceback(communique: Command, page: Path, arguments: list[str]) -> None:
    status, out, err = communique(*arguments)
    assert status == 2
    assert out == "" or "Usage" in out
    assert err
    assert "Traceback" not in err


def test_explain_a_file_and_an_event_of_the_archive(communique: Command, page: Path) -> None:
    _, from_file, _ = communique("explain", str(page), "e1")
    assert "[trigger: asked]" in from_file
    communique("add", str(page))
    _, told, _ = communique("events", "--format", "json")
    event = json.loads(told)[0]
    _, by_event, _ = communique("explain", event["event"])
    _, by_article, _ = communique("explain", event["article"], "e1")
    assert from_file == by_event == by_article


def test_add_twice_is_once_and_the_archive_answers(communique: Command, page: Path) -> None:
    (page.parent / "empty.txt").touch()
    assert communique("add", "border.txt", "empty.txt", "--to", "a")[0:2] == (
        3,
        "a: 1 article added, 0 there before, 1 skipped\n",
    )
    assert communique("add", "border.txt", "--to", "a")[0:2] == (0, "a: 0 articles added, 1 there before, 0 skipped\n")
    status, out, _ = communique(
        "events", "--archive", "a", "--source", "USA", "--target", "PAK", "--since", "2010-10-01"
    )
    assert status == 0
    assert "asked Pakistan" in " ".join(out.split())
    assert "“We will act within days,”" in communique("statements", "-a", "a", "--speaker", "Basit")[1]
    (cited,) = communique("statements", "-a", "a", "--act", "promised", "--cite")[1].splitlines()
    assert cited.startswith("“We will act within days,” – Abdul Basit")
    assert ", characters " in cited
    assert "empty-file" in communique("problems", "--archive", "a")[1]
    assert communique("verify", "--archive", "a")[0] == 0


def test_the_archive_may_come_from_the_environment(
    communique: Command, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_ARCHIVE", "elsewhere")
    communique("add", str(page))
    assert Path("elsewhere/archive.json").exists()
    assert communique("events", "--type", "AGREE", "--format", "csv")[1].count("\n") == 2


def test_formats_and_files(communique: Command, page: Path) -> None:
    communique("add", str(page))
    _, lines, _ = communique("events", "--format", "jsonl")
    assert [json.loads(line)["cameo"] for line in lines.splitlines()] == ["025", "030"]
    _, cells, _ = communique("events", "--format", "csv")
    assert [row["cameo"] for row in csv.DictReader(io.StringIO(cells))] == ["025", "030"]
    for name in ("e.json", "e.jsonl", "e.csv", "e.parquet"):
        status, out, err = communique("events", "--out", name)
        assert (status, out, err) == (0, "", f"{name}: 2 rows\n")
    assert pq.read_table("e.parquet").column("cameo").to_pylist() == ["025", "030"]
    assert Path("e.csv").read_text(encoding="utf-8") == cells
    assert communique("events", "--out", "e.poem")[0] == 2
    assert communique("events", "--out", "no/such/folder/e.csv")[0] == 2
    communique("events", "--out", "e.txt", "--format", "table")
    assert "REQUEST" in Path("e.txt").read_text(encoding="utf-8")


def test_a_limit_leaves_rows_out_and_says_so(communique: Command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    communique("add", str(page))
    status, out, err = communique("events", "--limit", "1", "--format", "jsonl")
    assert (status, len(out.splitlines()), err) == (0, 1, "communique: 1 of 2 rows; --limit 0 gives all\n")
    monkeypatch.setattr("communique.cli.keeping.SHOWN", 1)
    assert "AGREE" not in communique("events")[1]
    assert "AGREE" in communique("events", "--limit", "0")[1]
    assert communique("events", "--format", "csv")[1].count("\n") == 3


def test_nothing_found_is_said_on_standard_error(communique: Command, page: Path) -> None:
    communique("add", str(page))
    assert communique("events", "--source", "AFG") == (0, "", "communique: nothing found\n")
    assert communique("events", "--source", "AFG", "--format", "json")[1] == "[]\n"


def test_verify_tells_damage(communique: Command, page: Path) -> None:
    communique("add", str(page))
    (damaged,) = Path("communique.archive/data").glob("*-statements-*")
    damaged.write_bytes(damaged.read_bytes()[:-1])
    status, out, _ = communique("verify")
    assert status == 1
    assert out == f"data/{damaged.name}: has other bytes than were committed\n"


def test_codebook_show(communique: Command) -> None:
    assert "REQUEST" in communique("codebook", "show", "request")[1]
    assert "Appeal" in communique("codebook", "show", "025")[1]
    assert "armed forces" in communique("codebook", "show", "mil")[1]
    assert "cues" in communique("codebook", "show", "terrorism")[1]


def test_demo_reads_the_dossier_of_the_package_and_says_what_to_try_next(communique: Command) -> None:
    status, out, err = communique("demo")
    assert (status, err) == (0, "")
    assert int(out.split()[0]) >= 14
    tried = [line.split() for line in out.partition("Try next:")[2].splitlines() if line]
    assert [words[:2] for words in tried] == [
        ["communique", name] for name in ("read", "explain", "add", "ledger", "events", "statements")
    ]
    assert Path(tried[0][2]).is_file()


def test_version(communique: Command) -> None:
    from communique import __version__

    assert communique("--version")[:2] == (0, f"communique {__version__}\n")
