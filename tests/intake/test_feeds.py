"""Feeds and lists of feeds: items with their text are articles, the others are told; XML bombs are refused."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.intake import Input, read_paths, take
from communique.intake.feeds import addresses, items
from communique.records import Article, Problem

TEXT = "The minister met the president in the capital on Monday and asked for the release of nine prisoners."
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Daily</title>
<item><title>Talks</title><link>https://a.example/1</link><pubDate>Wed, 06 Oct 2010 09:30:00 GMT</pubDate>
<dc:creator>A. Writer</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>{TEXT}</p>]]></content:encoded></item>
<item><title>Elsewhere</title><link>https://a.example/2</link><description>Read on.</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title><entry><title>Talks</title>
<link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/><published>2010-10-06T09:30:00Z</published>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "The Daily",
    "items": [{"id": "1", "url": "https://a.example/1", "title": "Talks", "content_html": f"<p>{TEXT}</p>",
               "date_published": "2010-10-06T09:30:00Z"}, 3],
})  # fmt: skip
BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
)


@pytest.mark.parametrize(("name", "feed"), [("a.rss", RSS), ("a.xml", ATOM), ("a.json", JSON), ("a.xml", RSS)])
def test_items_with_their_text_are_articles(tmp_path: Path, name: str, feed: str) -> None:
    path = tmp_path / name
    path.write_text(feed, encoding="utf-8")
    found = list(read_paths([path]))
    article = found[0]
    assert isinstance(article, Article)
    assert (article.title, article.outlet, article.url, article.published) == (
        "Talks", "The Daily", "https://a.example/1", "2010-10-06T09:30+00:00"
    )  # fmt: skip
    assert TEXT in article.text
    assert [each.place for each in found[1:] if isinstance(each, Problem)] == (
        ["https://a.example/2"] if feed is RSS else []
    )


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    (found,) = items(BOMB.encode(), "here")
    assert isinstance(found, Problem)
    assert found.code == "broken-feed"


def test_a_truncated_feed_keeps_its_good_items() -> None:
    found = list(items(RSS[: RSS.index("Elsewhere") + 4].encode(), "here"))
    assert not isinstance(found[0], Problem)


def test_addresses_of_a_list() -> None:
    opml = (
        b'<opml version="2.0"><body><outline text="x"><outline xmlUrl="https://a.example/f"/></outline></body></opml>'
    )
    assert addresses(opml) == ("https://a.example/f",)
    (item,) = items(opml, "here")
    assert isinstance(item, Input)
    found = take(item)
    assert isinstance(found, Problem)
    assert (found.code, found.place) == ("not-fetched", "https://a.example/f")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.sampled_from([b"", b"<rss>", b"<feed>", b'{"items": [', b"<opml>"]))
def test_no_bytes_raise(data: bytes, head: bytes) -> None:
    assert list(items(head + data, "here"))[:1] or head == b"<opml>" or head.startswith(b"{")
