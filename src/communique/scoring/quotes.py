"""Direct quotations with their speakers against those marked by hand: the protocol `quotes`.

A hand-coded document is a text with `quotes` (characters and the name of the speaker) and `mentions` (characters and
the name of the entity), as the LitBank corpus gives them. A marked quotation is *found* if a statement with quoted
words holds at least half of its words. Its *speaker* is right if the speaker's words, or words of the same chain, touch
a mention of the marked one; quotations that were not found count as wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.errors import ScoringError
from communique.records import CodedArticle, Span
from communique.scoring.counting import percent
from communique.scoring.sayings import places

FOUND = 0.5  # the share of a marked quotation's words that one statement holds


@dataclass(frozen=True, slots=True)
class Quote:
    """A marked quotation and the places where its speaker is named."""

    span: Span
    speaker: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class QuotedText:
    """A hand-coded document."""

    text: str
    quotes: tuple[Quote, ...]


def from_form(form: Mapping[str, Any]) -> QuotedText:
    """A hand-coded document from one line of a LitBank-style file.

    Raises `ScoringError` where a field is missing or a quotation lies outside of the text.
    """
    try:
        named: dict[str, list[Span]] = {}
        for each in form["mentions"]:
            named.setdefault(each.get("entity", ""), []).append(Span(each["start"], each["end"]))
        quotes = tuple(
            Quote(Span(each["start"], each["end"]), tuple(named.get(each["speaker"], ()))) for each in form["quotes"]
        )
        text = form["text"]
    except (KeyError, TypeError) as error:
        raise ScoringError(f"a document of quotes has `text`, `quotes` and `mentions`; missing: {error}") from error
    if any(each.span.end > len(text) for each in quotes):
        raise ScoringError("a quotation lies outside of its text; offsets count characters, end exclusive")
    return QuotedText(text, quotes)


def score(pairs: Iterable[tuple[QuotedText, CodedArticle]]) -> dict[str, float]:
    """Counts of documents and quotations, and per cent of them found and given to the right speaker."""
    documents = quotes = found = right = 0
    for document, coded in pairs:
        documents += 1
        for quote in document.quotes:
            quotes += 1
            held = _holding(document, quote, coded)
            if held is not None:
                found += 1
                right += any(one.overlaps(other) for one in _speaker(coded, held) for other in quote.speaker)
    return {
        "documents": documents,
        "quotations": quotes,
        "found": percent(found, quotes),
        "speaker": percent(right, quotes),
        "speaker_of_found": percent(right, found),
    }


def _holding(document: QuotedText, quote: Quote, coded: CodedArticle) -> int | None:
    """The number of the statement with quoted words that holds most of the quotation, if it holds enough."""
    words = places([quote.span], document.text)
    shares = [
        (len(words & places(each.content, document.text)) / max(1, len(words)), -number)
        for number, each in enumerate(coded.statements)
        if each.form != "indirect" and each.content[0].start < quote.span.end
        and quote.span.start < each.content[-1].end
    ]  # fmt: skip
    share, number = max(shares, default=(0.0, 0))
    return -number if share >= FOUND else None


def _speaker(coded: CodedArticle, number: int) -> Sequence[Span]:
    """Where the speaker of a statement is named: the mention and others of its chain."""
    mention = next(each for each in coded.mentions if each.id == coded.statements[number].speaker.mention)
    chain = [] if mention.chain is None else [each.span for each in coded.mentions if each.chain == mention.chain]
    return [mention.span, *chain]
