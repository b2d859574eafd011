"""Lines that are furniture, with their reasons, and sentences that only begin like them."""

import pytest

from communique.intake import from_text, furniture
from communique.intake.vocabulary import line_patterns
from communique.records import Article

FURNITURE = [
    ("Share:", "share-line"),
    ("E-mail | Print | Share", "share-line"),
    ("Share this article on Facebook", "share-line"),
    ("12 Shares", "share-line"),
    ("Get Kirat News in your Inbox:", "newsletter-box"),
    ("Sign up for our free daily newsletter", "newsletter-box"),
    ("Sign up for alerts by e-mail", "newsletter-box"),
    ("Read more: Talks resume in Kirat", "read-more"),
    ("Read more…", "read-more"),
    ("Click here to read the full statement", "read-more"),
    ("Related: Border traders count their losses", "related-links"),
    ("Photo: Raj Rao/AFP", "photo-credit"),
    ("(AP Photo/Ann Lee)", "photo-credit"),
    ("Ann Lee/Reuters", "photo-credit"),
    ("The minister greets traders at the Oll bridge. (AP Photo/Ann Lee)", "caption"),
    ("Copyright 2010 The Kirat Post. All rights reserved.", "copyright"),
    ("© 2010 The Kirat Post", "copyright"),
    ("We use cookies to give you the best experience.", "cookie-notice"),
    ("12 Comments", "comment-count"),
    ("Be the first to comment", "comment-count"),
    ("AM-US-KIRAT-TALKS", "agency-slug"),
    ("-- Agencies", "agency-slug"),
    ("By Ann Lee and Raj Rao, Staff Writers", "byline"),
    ("From our correspondent", "byline"),
    ("(Reporting by Ann Lee; Editing by Raj Rao)", "credit-line"),
    ("Ann Lee in Kirat City contributed to this report.", "credit-line"),
    ("Updated: October 21, 2010 09:43 IST", "date-line"),
    ("Kirat City, October 21, 2010", "date-line"),
    ("Home > News > World", "navigation"),
    ("Tags: Kirat, Velland", "tags-line"),
    ("Follow us on Twitter", "social-line"),
    ("Advertisement", "advertisement"),
    ("3 min read", "reading-time"),
    ("***", "end-mark"),
    ("https://kirat.example/talks", "url-line"),
    ("Write to Ann Lee at ann@kirat.example", "contact-line"),
    ("(This story has not been edited by our staff and is published from a syndicated feed.)", "agency-note"),
]
TEXT = [
    "Share prices fell in Kirat City on Tuesday",
    "By Tuesday the army had left the valley",
    "By Order of the President, the border is closed",
    "Comments by the minister angered Velland",
    "Read the statement carefully, he told reporters",
    "See more of his men die and the general will sign.",
    "Photo albums found in the house prove the visit, police said.",
    "Copyright law was changed in 2010.",
    "Get the convoy through by Friday, the general said.",
    "Like many on Twitter, the mayor mocked the apology.",
    "Follow the money, said the auditor.",
    "End the war, says minister",
    "From Washington to Kabul, doubts grow",
    "No comment.",
    '"Share this story," the general said.',
    "This report was produced by the United Nations and angered Velland.",
    "Editing by hand, the clerks changed forty names.",
    "By closing the crossing, Kirat set its terms",
    "Contact between the two commands was broken off here on Sunday.",
    "Subscribe to the theory that force works",
]


@pytest.mark.parametrize(("line", "reason"), FURNITURE)
def test_furniture(line: str, reason: str) -> None:
    assert furniture.reason(line) == reason


@pytest.mark.parametrize("line", TEXT)
def test_text(line: str) -> None:
    assert furniture.reason(line) is None
    assert not furniture.heads_links(line)


@pytest.mark.parametrize("line", ["Related stories", "Most read", "You may also like", "More from The Kirat Herald:"])
def test_headings_of_link_lists(line: str) -> None:
    assert furniture.heads_links(line)


def test_every_kind_of_the_table_has_an_example() -> None:
    kinds = {code for code, _, _ in line_patterns()} - {"list-heading", "print-line"}
    assert kinds <= {reason for _, reason in FURNITURE}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("By Ann Lee and Raj Rao, Staff Writers", "Ann Lee and Raj Rao"),
        ("By ANN LEE, Associated Press Writer", "ANN LEE"),
        ("By our staff correspondent", ""),
        ("By Tuesday evening the army had left", None),
    ],
)
def test_bylines(line: str, who: str | None) -> None:
    assert furniture.byline(line) == who


@pytest.mark.parametrize(
    ("paragraph", "cut", "rest"),
    [
        (
            "WASHINGTON, Oct 21 (Reuters) — Kirat asked for talks.",
            "WASHINGTON, Oct 21 (Reuters) —",
            "Kirat asked for talks.",
        ),
        ("KABUL, Afghanistan -- Kirat asked for talks.", "KABUL, Afghanistan --", "Kirat asked for talks."),
        ("New Delhi, Oct 21 (PTI) Kirat asked for talks.", "New Delhi, Oct 21 (PTI)", "Kirat asked for talks."),
        ("ISLAMABAD: Kirat asked for talks.", "ISLAMABAD:", "Kirat asked for talks."),
        ("(CNN) -- Kirat asked for talks.", "(CNN) --", "Kirat asked for talks."),
        ("Washington — not Kirat — asked for talks.", None, "Washington — not Kirat — asked for talks."),
        ("The Minister: Kirat asked for talks.", None, "The Minister: Kirat asked for talks."),
        ("NATO - led by Kirat - asked for talks.", None, "NATO - led by Kirat - asked for talks."),
    ],
)
def test_datelines(paragraph: str, cut: str | None, rest: str) -> None:
    article = from_text(f"Kirat asks for talks\n\n{paragraph}")
    assert isinstance(article, Article)
    assert article.text == rest
    assert [removed.text for removed in article.removed if removed.reason == "dateline"] == ([cut] if cut else [])


def test_a_wrapped_line_inside_a_sentence_is_never_furniture() -> None:
    text = (
        "The foreign minister of Velland told reporters that she had nothing to\n"
        "share\n"
        "with the press before the talks on the border had ended on Thursday and\n"
        "that she would not be asked twice about it, whatever the newspapers of\n"
        "Kirat City wrote about her and the eleven customs officers that week.\n"
    )
    article = from_text("Talks\n\n" + text)
    assert isinstance(article, Article)
    assert "nothing to share with the press" in article.text
