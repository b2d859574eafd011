"""The article as HTML: all of its words, its records, and nothing that a browser would run or fetch."""

import html as entities
import re
from html.parser import HTMLParser

from hypothesis import given, settings

from communique.records import CodedArticle
from communique.views.notebook import html
from tests.factories import BORDER, border_article, coded_articles

_ALLOWED = {
    "div", "strong", "br", "small", "p", "mark", "sub", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def words_of(shown: str) -> str:
    """The text of the article's paragraph without labels and marks."""
    body = re.search(r'<p style="white-space:pre-line">(.*?)</p>', shown, re.DOTALL)
    assert body is not None
    return entities.unescape(re.sub(r"<sub>.*?</sub>|<[^>]+>", "", body.group(1)))


def test_words_records_and_codes_are_shown() -> None:
    shown = html(border_article())
    assert words_of(shown) == BORDER
    assert "asked<sub>e1</sub></mark>" in shown
    assert "REQUEST" in shown
    assert "AGREE, planned" in shown
    assert "United States (USA GOV)" in shown
    assert "direct, promised" in shown
    assert "2010-10-05" in shown


def test_markup_of_an_article_stays_words() -> None:
    evil = f"{BORDER}\n\n<script>alert(1)</script> <img src=x onerror=alert(1)> \u202e"
    shown = html(border_article(text=evil, title="<b onmouseover=alert(1)>A & B</b>"))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b " not in shown
    assert "\u202e" not in shown
    assert words_of(shown) == evil.replace("\u202e", "\ufffd")


@settings(max_examples=40, deadline=None)
@given(coded_articles())
def test_nothing_but_plain_tags_whatever_an_article_holds(coded: CodedArticle) -> None:
    tags = Tags()
    tags.feed(html(coded))
    assert {tag for tag, _ in tags.seen} <= _ALLOWED
    assert {name for _, given in tags.seen for name in given} <= {"style", "title", "class"}
