"""Lines to cite statements by: marks only around what stands in marks, and every word of it."""

import dataclasses

from hypothesis import given, settings

from communique.records import CodedArticle
from communique.store.rows import article_row, statement_rows
from communique.views.citation import citation
from communique.views.printable import one_line
from tests.factories import border_article, coded_articles


def lines(item: CodedArticle) -> list[str]:
    origin = article_row(item)
    return [citation({**origin, **row}) for row in statement_rows(item)]


def test_a_line_has_words_speaker_addressee_outlet_day_and_place() -> None:
    item = border_article()
    (line,) = lines(item)
    start = item.statements[0].content[0].start
    assert line.startswith("“We will act within days,” – Abdul Basit")
    for part in ("to reporters", "(promised)", "The Courier, 2010-10-06", f"characters {start}–"):
        assert part in line


def test_a_paraphrase_wears_no_marks() -> None:
    item = border_article()
    said = dataclasses.replace(item.statements[0], form="indirect")
    (line,) = lines(dataclasses.replace(item, statements=(said,)))
    assert not line.startswith("“")


@settings(max_examples=50, deadline=None)
@given(item=coded_articles())
def test_quoted_words_come_out_as_they_stand(item: CodedArticle) -> None:
    text = item.article.text
    for statement, line in zip(item.statements, lines(item), strict=True):
        words = one_line(" … ".join(" ".join(span.of(text).split()) for span in statement.content))
        assert line.startswith(f"“{words}” – " if statement.form == "direct" else f"{words} – ")
