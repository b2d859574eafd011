"""What holds for every string: no error, clean paragraphs, nothing cut that did not stand in the input."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.intake import from_html, from_text
from communique.intake.folder import from_bytes
from communique.intake.wording import clean
from communique.records import Article, Problem

PIECES = st.sampled_from(
    [
        "Share:", "By Ann Orr", "October 21, 2010 09:43 IST", "Read more", "Related stories", "(Reuters) -", "PTI", "|",
        "-", "KIRAT CITY, Oct 21 (AP) —", "Get Kirat News in your Inbox:", "© 2010 The Kirat Herald", "01/02/2010",
        "\n", "\n\n",
        "The minister asked Velland for talks.", "“We agree,” she said.", "They met in Kirat City on", "\u00ad",
        "\u202e", "\u00a0", "e\u0301", "\r\n", "\x85", "\u2028", "    ", "US-", "led talks", "# Title", "[link](x)",
        "**bold**", "<p>", "12 Comments", "Home > World", "he said. PTI LKJ", "\ud800", "Tags: a, b", "1 2 3",
    ]
)  # fmt: skip
TAGS = st.sampled_from(["<div>", "</div>", "<p>", "<table><tr><td>", "<!--", "<script>", "&#0;", "<a href=x>"])
PAGES = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map(" ".join))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@settings(max_examples=300, deadline=None)
@given(PAGES, st.booleans())
def test_any_string_gives_an_article_or_a_problem(text: str, markdown: bool) -> None:
    found = from_text(text, source="here", markdown=markdown)
    if isinstance(found, Problem):
        assert found.fatal
        return
    assert found.text
    assert unicodedata.is_normalized("NFC", found.text)
    for paragraph in found.text.split("\n\n"):
        assert paragraph == paragraph.strip() != ""
        assert not re.search(r"[\n\r\t\u00a0\u00ad\u200b-\u200f\u202a-\u202e\x00-\x1f\ud800-\udfff]", paragraph)
        assert "  " not in paragraph
    found.text.encode("utf-8")
    assert found == from_text(text, source="here", markdown=markdown)
    if not markdown:
        page = _bare(clean(text))
        for removed in found.removed:
            assert removed.reason
            assert _bare(removed.text) in page
        for paragraph in found.text.split("\n\n"):
            assert _bare(paragraph) in page


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_the_words_are_kept(text: str) -> None:
    """Title, text and removed pieces together hold every character of the page."""
    found = from_text(text)
    if isinstance(found, Article):
        parts = [found.title or "", found.text, *(removed.text for removed in found.removed)]
        assert sorted(set(_bare(clean(text)))) == sorted(set(_bare("".join(parts))))


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), PAGES.map(lambda text: text.encode("utf-8", "replace"))),
    st.sampled_from(["", ".html", ".md"]),
)
def test_any_bytes_give_an_article_or_a_problem(data: bytes, suffix: str) -> None:
    assert isinstance(from_bytes(data, suffix=suffix), Article | Problem)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            PIECES,
            TAGS,
        ),
        max_size=40,
    ).map("".join)
)
def test_any_page_gives_an_article_or_a_problem(text: str) -> None:
    found = from_html("<html><body>" + text)
    assert isinstance(found, Article | Problem)
    if isinstance(found, Article):
        assert all(each == each.strip() != "" and "\n" not in each for each in found.text.split("\n\n"))
