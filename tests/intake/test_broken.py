"""Broken input: one clear fatal problem each, and the rest of the folder goes on."""

import io
import os
import time
from pathlib import Path

import pytest

from communique.intake import from_html, from_text, read_paths
from communique.intake.folder import from_bytes
from communique.intake.page import measure_tags
from communique.intake.refusals import DEEPEST_NESTING
from communique.records import Article, Problem

GOOD = "Kirat asks Velland for talks\n\nOctober 21, 2010\n\nKirat on Thursday asked Velland for talks on the border.\n"
SENTENCES = "<p>Kirat said on Thursday that it had asked Velland for talks and that they were told to wait. </p>" * 8

BROKEN: dict[str, tuple[bytes, str]] = {
    "a-empty.txt": (b"", "empty-file"),
    "b-blank.txt": (b" \r\n\t\n", "empty-file"),
    "c-pdf.txt": (b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n1 0 obj", "broken-page"),
    "d-picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary-file"),
    "e-nul.txt": (b"Kirat said\0 that it had asked.", "binary-file"),
    "f-noise.txt": (bytes(128 + (7 * i * i + 3 * i) % 128 for i in range(20_000)), "wrong-encoding"),
    "g-huge.html": (b"<html><body>" + b"<p>word</p>" * 4_600_000, "too-large"),
    "h-deep.html": (b"<html><body>" + b"<div>" * 100_000 + SENTENCES.encode() + b"</div>" * 100_000, "too-deep"),
    "i-tags.html": (b"<html><body>" + b"<p>a" * 100_000, "too-many-tags"),
    "j-menu.html": (b"<html><head><title>x</title></head><body><script>var a;</script></body></html>", "no-main-text"),
    "k-furniture.txt": (b"Share:\n\nAdvertisement\n\nCopyright 2010 The Kirat Herald", "no-main-text"),
    "l-long.txt": (b"Kirat asked. " * 90_000, "too-long"),
    "m-lines.txt": (b"Kirat asked.\n" * 30_000, "too-long"),
    "n-utf16.html": ("\ufeff<html>".encode("utf-16-le") + b"\x00\xd8" * 900, "wrong-encoding"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_each_broken_file_gives_one_fatal_problem(name: str) -> None:
    data, code = BROKEN[name]
    began = time.perf_counter()
    found = from_bytes(data, source=name, suffix=Path(name).suffix)
    assert time.perf_counter() - began < 10
    assert isinstance(found, Problem)
    assert (found.code, found.fatal, found.step, found.place) == (code, True, "intake", name)
    assert found.message.startswith(("Found ", "The "))
    assert "accepted" in found.message
    assert found.message.endswith(".")


def test_the_rest_of_the_folder_goes_on(tmp_path: Path) -> None:
    for name, (data, _) in BROKEN.items():
        if len(data) < 1_000_000:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "zz.TXT").write_text(GOOD, encoding="utf-8")
    (tmp_path / "ignored.dat").write_bytes(b"\0")
    (tmp_path / ".hidden.txt").write_text(GOOD, encoding="utf-8")
    found = list(read_paths([tmp_path]))
    articles = [each for each in found if isinstance(each, Article)]
    assert [article.title for article in articles] == ["Kirat asks Velland for talks"] * 2
    assert articles[0] == articles[1]
    assert [each.code for each in found if isinstance(each, Problem)] == [
        code for _, (data, code) in sorted(BROKEN.items()) if len(data) < 1_000_000
    ]


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    paths: list[str | Path] = [
        tmp_path / "missing.txt",
        tmp_path / "empty",
        tmp_path / "pipe.txt",
        tmp_path / "gone.txt",
        "bad\0name",
    ]
    codes = [each.code for each in read_paths(paths) if isinstance(each, Problem)]
    assert codes == ["missing-path", "empty-folder", "not-a-file", "missing-path", "unreadable-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    (found,) = read_paths([path])
    assert isinstance(found, Problem)
    assert found.code == "unreadable-file"


def test_standard_input() -> None:
    (article,) = read_paths(["-"], stdin=io.BytesIO(GOOD.encode()))
    assert isinstance(article, Article)
    assert article.published == "2010-10-21"
    (page,) = read_paths(
        ["-"], stdin=io.BytesIO(b"<!DOCTYPE html><html><body>" + SENTENCES.encode() + b"</body></html>")
    )
    assert isinstance(page, Article)
    assert "<" not in page.text


@pytest.mark.parametrize("tag", ["div", "font", "ul><li", "table><tr><td", "dl><dd", "b"])
def test_a_page_just_inside_the_limit_keeps_its_text(tag: str) -> None:
    deepest = 1
    while measure_tags(f"<{tag}>" * (deepest + 1))[1] <= DEEPEST_NESTING - 5:
        deepest += 1
    found = from_html("<html><body>" + f"<{tag}>" * deepest + SENTENCES)
    assert isinstance(found, Article)
    assert "asked Velland for talks" in found.text


@pytest.mark.parametrize(
    "page",
    ["<!--" * 500_000, "<" * 2_000_000, "<a " * 50_000, "<script>" * 100_000, "<p " + "a=b " * 300_000 + ">x"],
    ids=["comments", "brackets", "open-tags", "scripts", "attributes"],
)
def test_hostile_pages_end_soon(page: str) -> None:
    began = time.perf_counter()
    assert isinstance(from_html("<html><body>" + page), Article | Problem)
    assert time.perf_counter() - began < 10


def test_depth_ignores_comments_scripts_and_void_elements() -> None:
    page = "<div><!-- <div><div> --><script>'<div><div>'</script><br><p>a<p>b<img></div>"
    assert measure_tags(page)[1] == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("\ufeff“Kirat” asked – twice".encode(), "“Kirat” asked – twice"),
        ("“Kirat” asked – twice".encode("utf-16"), "“Kirat” asked – twice"),
        ("Kirat asked them twice".encode("utf-16-be"), "Kirat asked them twice"),
        ("“Kirat” asked – twice".encode("cp1252"), "“Kirat” asked – twice"),
        ("The café in Kirat".encode("latin-1"), "The café in Kirat"),
        ("Zürich asked,\n\n".encode() + "“Kirat” said".encode("cp1252"), "Zürich asked,\n\n“Kirat” said"),
        ("It’s Kirat’s road".encode().decode("cp1252").encode(), "It’s Kirat’s road"),
    ],
    ids=["utf-8-mark", "utf-16", "utf-16-be", "windows-1252", "latin-1", "mixed", "twice-encoded"],
)
def test_encodings(data: bytes, words: str) -> None:
    found = from_bytes(data)
    assert isinstance(found, Article)
    assert words in "\n\n".join(filter(None, (found.title, found.text)))


def test_declared_encoding_of_a_page() -> None:
    head = '<html><head><meta charset="windows-1251"></head><body>'
    page = f"{head}{SENTENCES}<p>Кирать просил о встрече.</p></body></html>"
    found = from_html(page.encode("cp1251"))
    assert isinstance(found, Article)
    assert "Кирать просил" in found.text


def test_nul_in_a_string() -> None:
    found = from_text("Kirat\0 asked")
    assert isinstance(found, Problem)
    assert found.code == "binary-file"
