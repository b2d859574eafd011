"""What an annotation seems to have forgotten: pronouns, names and years in no mention, quotations in no content."""

import re
from collections.abc import Iterator

from communique.corpus.annotation import AnnotatedArticle
from communique.corpus.complaint import Complaint
from communique.records import Span

# "it", "you" and "I" are left out: mostly empty, general, or found by their sentence anyway.
_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Ss]he|[Hh]ers?|[Tt]hey|[Tt]hem|[Tt]heirs?|[Ww]e|us|[Oo]urs?|[Ii]ts)\b"
)
_CAPITAL = re.compile(r"\b[A-Z][\w’'.-]*\w")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_QUOTED = re.compile(r'[“"]([^“”"\n]{12,})[”"]')
# A full stop with a capital behind it inside a line, not after initials, titles and other short forms.
_TWO_SENTENCES = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bSgt)(?<!\bLt)(?<!\bCapt)"
    r"(?<!\bMaj)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bNo)(?<!\bArt)[.?!][”\"’']? [“\"‘']?[A-Z]\w*"
)
# Words with a capital that name nobody.
_NO_NAME = frozenset(["I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll", "Mr", "Mrs", "Ms", "Dr", "OK"])


def forgotten(article: AnnotatedArticle, file: str) -> Iterator[Complaint]:
    """Notes on words that look like mentions or statements and are in none; `NONE:` silences the first kind."""
    covered = [each.span for each in article.mentions] + list(article.none)
    yield from _loose(article, file, _PRONOUN, covered, "the pronoun", set())
    openings = {each.start for each in article.sentences}
    openings |= {match.end() for match in re.finditer(r"[“\"(‘]|[:?!]\s|\b\d?\d[:.]\d\d\s|\s[-–—]\s", article.text)}
    yield from _loose(article, file, _CAPITAL, covered, "the name", openings)
    yield from _loose(article, file, _YEAR, covered, "the year", set())
    for sentence in article.sentences:
        for match in _TWO_SENTENCES.finditer(sentence.of(article.text)):
            span = Span(sentence.start + match.start(), sentence.start + match.end())
            yield _note(article, file, span, f"{match.group()!r} looks like two sentences in one line")
    contents = [part for each in article.statements for part in each.content]
    for match in _QUOTED.finditer(article.text):
        span = Span(match.start(1), match.end(1))
        if not any(span.overlaps(each) for each in contents):
            yield _note(article, file, span, f"the quotation {match.group(1)[:40]!r}… is in no statement")


def _loose(
    article: AnnotatedArticle,
    file: str,
    pattern: re.Pattern[str],
    covered: list[Span],
    what: str,
    openings: set[int],
) -> Iterator[Complaint]:
    for match in pattern.finditer(article.text):
        span = Span(match.start(), match.end())
        if match.start() in openings or match.group() in _NO_NAME or any(each.overlaps(span) for each in covered):
            continue
        yield _note(
            article, file, span, f"{what} {match.group()!r} is in no mention (list it in a chain or under NONE)"
        )


def _note(article: AnnotatedArticle, file: str, span: Span, message: str) -> Complaint:
    sentence = article.sentence_at(span.start) + 1
    return Complaint(file, article.first_line, f"sentence {sentence}: {message}", "note")
