"""What breaks under a running `add`: a disk that is full, a read-only folder, columns that are none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.store import Archive
from tests.cli.test_process import PROGRAM, ROOT
from tests.factories import BORDER
from tests.intake.servers import Site, serving

LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_a_full_disk_is_told_in_one_sentence_and_the_archive_opens(page: Path, tmp_path: Path) -> None:
    to = tmp_path / "archive"
    assert run(PROGRAM, "add", str(page), "--to", str(to)).returncode == 0
    other = tmp_path / "other.txt"
    other.write_text(f"Another report\n\nOctober 8, 2010\n\n{BORDER} Talks went on.\n", encoding="utf-8")
    told = run(LIMITED + PROGRAM, "add", str(other), "--to", str(to))
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert "too large" in told.stderr
    assert not Archive.open(to).verify()
    assert Archive.open(to).articles().num_rows == 1
    assert run(PROGRAM, "add", str(other), "--to", str(to)).returncode == 0
    assert Archive.open(to).articles().num_rows == 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only for the superuser")
def test_a_read_only_folder_is_told_in_one_sentence(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    told = run(PROGRAM, "add", str(page), "--to", str(folder / "archive"))
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


def test_columns_that_are_no_fields_are_told(page: Path, tmp_path: Path) -> None:
    told = run(PROGRAM, "add", str(page), "--to", str(tmp_path / "archive"), "--columns", "words=story")
    assert told.returncode == 2
    assert "the fields are text" in told.stderr


def test_rows_are_the_same_for_every_number_of_processes(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(
            f"Report {number}\n\nOctober 6, 2010\n\n{BORDER} Talks went on for {number} days.\n", encoding="utf-8"
        )
    tables = []
    for jobs in ("1", "2"):
        to = tmp_path / f"archive-{jobs}"
        paths = [str(tmp_path / f"{number}.txt") for number in range(6)]
        assert run(PROGRAM, "add", *paths, "--to", str(to), "--jobs", jobs).returncode == 0
        tables.append([path.read_bytes() for path in sorted((to / "data").rglob("*.parquet"))])
    assert tables[0] == tables[1] != []


def test_addresses_are_fetched_only_when_asked_and_from_named_hosts_only(tmp_path: Path) -> None:
    with serving(Site()) as site:
        page = f"<html><head><title>US asks for crossing</title></head><body><p>{BORDER}</p></body></html>"
        site.pages["/1"] = lambda asked: (
            (304, {}, b"")
            if asked.get("if-none-match") == '"1"'
            else (200, {"Content-Type": "text/html", "ETag": '"1"'}, page.encode())
        )
        to = str(tmp_path / "archive")
        told = run(PROGRAM, "add", site.url("/1"), "--to", to)
        assert (told.returncode, site.asked) == (2, [])
        assert "--fetch" in told.stderr
        told = run(PROGRAM, "add", site.url("/1"), "--to", to, "--fetch")
        assert (told.returncode, site.asked) == (2, [])
        assert "no public address" in told.stderr
        asked = ["add", site.url("/1"), "--to", to, "--fetch", "--allow-host", "127.0.0.1"]
        told = run(PROGRAM, *asked)
        assert "1 article added" in told.stdout
        told = run(PROGRAM, *asked)
        assert "0 articles added, 1 there before" in told.stdout
        assert site.paths() == ["/1", "/1"]
        assert Archive.open(to).articles().column("url").to_pylist() == [site.url("/1")]
