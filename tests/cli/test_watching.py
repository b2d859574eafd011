"""`watch` from the command line: lists of feeds, one round, what is refused."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.factories import BORDER
from tests.intake.servers import Site, serving


def test_one_round_for_cron(communique: Command, tmp_path: Path) -> None:
    paragraphs = "".join(f"&lt;p>{each}&lt;/p>" for each in BORDER.split("\n\n"))
    item = f"<item><title>US asks</title><description>{paragraphs}</description></item>"
    with serving(Site()) as site:
        site.pages["/feed"] = (200, {}, f"<rss><channel><title>Daily</title>{item}</channel></rss>".encode())
        opml = f'<opml version="2.0"><body><outline xmlUrl="{site.url("/feed")}"/></body></opml>'
        (tmp_path / "feeds.opml").write_text(opml, encoding="utf-8")
        (tmp_path / "queries.yaml").write_text("asked: {source: USA}\n", encoding="utf-8")
        line = ["watch", "feeds.opml", "--once", "--queries", "queries.yaml", "--alerts", "alerts"]
        status, out, err = communique(*line)
        assert (status, site.asked) == (3, [])
        assert "no public address" in err
        status, out, err = communique(*line, "--allow-host", "127.0.0.1")
        assert "0 feeds polled" in out  # it failed, and is left alone for a while
        (Path("communique.archive") / "watch.sqlite").unlink()
        status, out, err = communique(*line, "--allow-host", "127.0.0.1")
        assert (status, err) == (0, "")
        assert "1 articles added" in out
        assert "1 alerts" in out
        assert "REQUEST" in (tmp_path / "alerts" / "asked.atom").read_text(encoding="utf-8")


@pytest.mark.parametrize(("line", "told"), [
    (["none.opml"], "cannot be read"), (["page.opml"], "names no feeds"),
    (["https://a.example/feed", "--alerts", "folder"], "nothing to tell without --queries"),
])  # fmt: skip
def test_what_cannot_be_watched(communique: Command, tmp_path: Path, line: list[str], told: str) -> None:
    (tmp_path / "page.opml").write_text("<html></html>", encoding="utf-8")
    status, _, err = communique("watch", *line, "--once")
    assert status == 2
    assert told in err
    assert not Path("communique.archive").exists()
